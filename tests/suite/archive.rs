//! What somebody has who downloads an archive of a release: no Rust, no network, and a book that is not ours.

use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use release_tools::archive::{Style, unpack};
use release_tools::names::{self, PROGRAMS, SUMS};
use release_tools::package::{Package, package};
use support::files::{files, folder, read};
use support::program::{Run, run};

use crate::program::{PROGRAM, checkout};

/// An archive has the name of a system, and this is the one that is nearest.
const TARGET: &str = if cfg!(windows) {
    "x86_64-pc-windows-msvc"
} else if cfg!(target_os = "macos") {
    "aarch64-apple-darwin"
} else {
    "x86_64-unknown-linux-gnu"
};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is in an archive besides manual pages.
const IN_ARCHIVE: [&str; 12] = [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "README.zh-CN.md",
    "THIRD-PARTY.md",
    "completions/_mdbook-bilingual",
    "completions/_mdbook-bilingual.ps1",
    "completions/mdbook-bilingual.bash",
    "completions/mdbook-bilingual.elv",
    "completions/mdbook-bilingual.fish",
    "man/mdbook-bilingual.1",
];

/// A book as somebody else has it.
const BOOK: [(&str, &str); 6] = [
    ("book.toml", "[book]\ntitle = \"Notes\"\n"),
    ("src/SUMMARY.md", "# Summary\n\n[Notes](index.md)\n\n- [缓存](zh/cache.md)\n- [Caches](en/cache.md)\n"),
    ("src/index.md", "# Notes\n"),
    ("src/zh/cache.md", "# 缓存\n\n键和值都要留着：$k_i^\\top q$。\n"),
    ("src/en/cache.md", "# Caches\n\nKeys and values have to be kept: $k_i^\\top q$.\n"),
    (".gitignore", "book/\n"),
];

/// Writes the archive of the program that these tests test, and returns its path.
fn archive(out: &Path) -> PathBuf {
    let third_party = out.join("licences.md");
    fs::write(&third_party, "# Licences\n").expect("written");
    let programs = Path::new(PROGRAM).parent().expect("a folder");
    let made = package(&Package {
        root: &checkout(),
        version: VERSION,
        target: TARGET,
        programs,
        speaker: Path::new(PROGRAM),
        third_party: &third_party,
        out,
        // The program is large here, because it can be debugged.
        style: Style { time: 1_700_000_000, is_small: false },
    });
    made.unwrap_or_else(|error| panic!("{error:#}"))
}

/// A program on this machine.
fn on_this_machine(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{EXE_SUFFIX}");
    let own = checkout().join("target/tools/bin").join(&file);
    let path = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&path).map(|folder| folder.join(&file));
    Some(own).filter(|own| own.is_file()).or_else(|| places.find(|path| path.is_file()))
}

/// Runs a program in a folder; of all programs of this machine, it finds those in `programs`.
#[track_caller]
fn run_alone(programs: &Path, folder: &Path, name: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(programs.join(format!("{name}{EXE_SUFFIX}")));
    command.args(arguments).current_dir(folder).env_clear().env("PATH", programs).env("HOME", programs);
    // Without it, no program starts on Windows.
    command.envs(env::var_os("SystemRoot").map(|value| ("SystemRoot", value)));
    let done = run(command, b"");
    assert_eq!(done.code, Some(0), "{name} {arguments:?}\n{}{}", String::from_utf8_lossy(&done.stdout), done.stderr);
    done
}

#[test]
fn an_archive_is_all_that_a_book_of_somebody_else_needs() {
    let built = Path::new(PROGRAM).parent().expect("a folder");
    if let Some(missing) = PROGRAMS.iter().find(|program| !built.join(names::executable(program, TARGET)).is_file()) {
        // Cargo builds the programs of the packages that are tested.
        let why = format!("{missing} is not built; `cargo build --bins` builds it");
        support::program::skip("an_archive_is_all_that_a_book_of_somebody_else_needs", &why);
        return;
    }
    let machine = tempfile::tempdir().expect("a folder");
    let archive = archive(machine.path());
    let sums = read(machine.path(), SUMS);
    assert!(sums.ends_with(&format!("  {}\n", names::archive(VERSION, TARGET))) && sums.lines().count() == 1, "{sums}");

    let unpacked = machine.path().join("unpacked");
    unpack(&archive, &unpacked).expect("an archive");
    let release = unpacked.join(names::folder(VERSION, TARGET));
    let program = names::executable(PROGRAMS[0], TARGET);
    let mut inside: Vec<String> =
        files(&unpacked).iter().map(|file| file.display().to_string().replace('\\', "/")).collect();
    inside.retain(|file| !file.contains("/man/mdbook-bilingual-"));
    let programs = PROGRAMS.iter().map(|program| names::executable(program, TARGET));
    let mut wanted: Vec<String> = IN_ARCHIVE.iter().map(|file| (*file).to_owned()).chain(programs).collect();
    wanted.iter_mut().for_each(|file| *file = format!("{}/{file}", names::folder(VERSION, TARGET)));
    inside.sort();
    wanted.sort();
    assert_eq!(inside, wanted);
    assert!(read(&release, "completions/mdbook-bilingual.bash").contains("complete -F"));
    assert!(read(&release, "man/mdbook-bilingual-check.1").contains("mdbook-bilingual"));

    let (Some(mdbook), Some(git)) = (on_this_machine("mdbook"), on_this_machine("git")) else {
        support::program::skip(
            "the rest of an_archive_is_all_that_a_book_of_somebody_else_needs",
            "there is no mdbook, or no git",
        );
        return;
    };
    let programs = machine.path().join("programs");
    fs::create_dir(&programs).expect("a folder");
    fs::rename(release.join(&program), programs.join(&program)).expect("installed");
    for (name, path) in [("mdbook", mdbook), ("git", git)] {
        link(&path, &programs.join(format!("{name}{EXE_SUFFIX}")));
    }
    let book = folder(&BOOK);
    run_alone(&programs, book.path(), "git", &["init", "--quiet"]);
    run_alone(&programs, book.path(), "git", &["add", "."]);
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Notes"];
    run_alone(&programs, book.path(), "git", &who);
    let said = run_alone(&programs, book.path(), "mdbook-bilingual", &["install"]);
    assert!(said.out().contains("book.toml: updated\n"), "{}", said.out());
    let checked = run_alone(&programs, book.path(), "mdbook-bilingual", &["check", "--deny", "warnings"]);
    assert!(checked.out().contains("0 errors, 0 warnings"), "{}", checked.out());
    run_alone(&programs, book.path(), "mdbook", &["build"]);
    let page = read(book.path(), "book/zh/cache.html");
    for part in ["lang=\"zh-CN\"", "href=\"../en/cache.html\" hreflang=\"en\"", "<math", "bilingual"] {
        assert!(page.contains(part), "{part} is not in: {page}");
    }
}

/// Puts a program at another place, as if it were installed there.
fn link(from: &Path, to: &Path) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(from, to).expect("a link");
    #[cfg(not(unix))]
    fs::copy(from, to).map(drop).expect("a copy");
}
