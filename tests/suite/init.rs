//! `mdbook-bilingual init`: a new book that builds and that nothing is odd about, and what it does not write over; and what
//! else a user gets from the program: man pages, completions, and what a terminal is shown.

use std::fs;
#[cfg(target_os = "linux")]
use std::path::Path;
use std::process::Command;

use support::files::{everything, files, folder, read};
use support::program::skip;

use crate::program::{PROGRAM, build, program, run_in};

/// The files of a new book in two languages.
const FILES: [&str; 12] = [
    ".github/workflows/book.yml",
    ".gitignore",
    "book.toml",
    "src/SUMMARY.md",
    "src/en/first-note.md",
    "src/en/learning-path.md",
    "src/en/status.md",
    "src/index.md",
    "src/zh/first-note.md",
    "src/zh/learning-path.md",
    "src/zh/status.md",
    "theme/bilingual.css",
];

#[test]
fn a_new_book_builds_and_nothing_is_odd_about_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "Notes on `C++` & *more* [1]";
    let run = run_in(folder.path(), &["init", "a/book", "--languages", "zh-CN,en", "--title", title]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let root = folder.path().join("a/book");
    assert_eq!(files(&root), FILES.map(std::path::PathBuf::from));
    for file in FILES {
        assert!(run.out().contains(&format!("{file}: written\n")), "{file}: {}", run.out());
    }
    let checked = run_in(&root, &["check", "--deny", "warnings", "--today", "2026-01-01"]);
    assert_eq!(
        (checked.code, checked.out().lines().last()),
        (Some(0), Some("0 errors, 0 warnings, 1 note")),
        "{}",
        checked.out()
    );
    assert!(checked.out().contains("note[history-missing]"), "{}", checked.out());
    let pages = build(&root);
    let note = read(&pages, "zh/first-note.html");
    assert!(note.contains("<a href=\"../en/first-note.html\" hreflang=\"en\""), "{note}");
    assert!(read(&pages, "en/learning-path.html").contains("<ol class=\"learning-path\""));
    assert!(read(&pages, "zh/status.html").contains("class=\"status-board\""));
    assert!(read(&pages, "index.html").contains("Notes on `C++` &amp; *more* [1]"));

    // A second book does not go over the first one.
    let before = everything(&root);
    let again = run_in(&root, &["init", ".", "--languages", "zh-CN,en"]);
    assert_eq!(again.code, Some(2));
    assert_eq!(
        again.stderr,
        "error: . has a book.toml already; `mdbook-bilingual install .` adds the suite to that book\n"
    );
    assert_eq!(everything(&root), before);
}

#[test]
fn every_language_makes_a_book() {
    for languages in ["en,de", "ru,ko,ar", "zh-TW,ja", "zh-CN,zh-TW", "pt-BR,pt-PT"] {
        let folder = tempfile::tempdir().expect("a folder");
        let run = run_in(folder.path(), &["init", "book", "--languages", languages]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{languages}");
        let root = folder.path().join("book");
        let checked = run_in(&root, &["check", "--deny", "warnings", "--today", "2026-01-01"]);
        assert_eq!(checked.code, Some(0), "{languages}: {}", checked.out());
        let main = languages.split(',').next().expect("one");
        assert!(read(&root, "book.toml").contains(&format!("title = \"book\"\nlanguage = \"{main}\"\n")));
    }
}

#[test]
fn what_is_there_stays() {
    let there = [(".gitignore", "/mine/\n"), ("README.md", "# Mine\n"), (".github/workflows/book.yml", "name: Mine\n")];
    let folder = folder(&there);
    let run = run_in(folder.path(), &["init", ".", "--languages", "zh-CN", "en"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    for (file, text) in there {
        assert_eq!(read(folder.path(), file), text);
    }
    assert!(run.out().contains(".gitignore: kept\n.github/workflows/book.yml: kept\n"), "{}", run.out());
    assert!(run.out().contains("Add `/book/` to .gitignore"), "{}", run.out());
}

#[test]
fn what_is_there_is_named_where_it_matters() {
    let there = [(".gitignore", "book/\n"), ("kv.md", "# KV\n"), ("theme/bilingual.css", "/* mine */\n")];
    let folder = folder(&there);
    let run = run_in(folder.path(), &["init", ".", "--languages", "zh-CN", "en", "--title", "a\n b"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!run.out().contains("Add `/book/`"), "{}", run.out());
    assert!(run.out().contains("kv.md is no part of the new book"), "{}", run.out());
    assert!(run.stderr.starts_with("warning[stylesheet-edited]: theme/bilingual.css"), "{}", run.stderr);
    assert!(read(folder.path(), "book.toml").contains("title = \"a b\""));
}

#[test]
fn nothing_is_left_of_a_book_that_cannot_be_begun() {
    let folder = folder(&[("notes/src/a.md", "# A\n"), ("site/book/mine.html", "mine")]);
    let before = everything(folder.path());
    for (arguments, why) in [
        (
            ["init", "new/book", "--languages", "en"].as_slice(),
            "error: a bilingual book has two languages or more; name them",
        ),
        (&["init", "new/book"], "error: a bilingual book has two languages or more; name them"),
        (&["init", "new/book", "--languages", "en,en"], "error: “en” is there twice"),
        (&["init", "new/book", "--languages", "zh-CN,en", "--title", " "], "error: the title is empty"),
        (
            &["init", "new/book", "--languages", "zh-CN,en", "--title", "a\u{1b}[31m"],
            "holds characters that nobody sees",
        ),
        (
            &["init", "new/book", "--languages", "zh-CN,en", "--title", "a\u{202e}b"],
            "holds characters that nobody sees",
        ),
        (&["init", "site", "--languages", "zh-CN,en"], "and mdBook empties that folder"),
        (&["init", "new/book", "--languages", "en,!"], "error: --languages: “!” is not a language tag"),
        (&["init", "notes", "--languages", "zh-CN,en"], "a new book would be mixed with it"),
        (&["init", "notes/src/a.md/book", "--languages", "zh-CN,en"], "cannot be made"),
    ] {
        let run = run_in(folder.path(), arguments);
        assert_eq!((run.code, run.out()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
        assert_eq!(everything(folder.path()), before, "{arguments:?}");
    }
}

#[test]
fn a_book_in_a_folder_of_a_repository_gets_no_workflow() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join(".git")).expect("a folder");
    let run = run_in(folder.path(), &["init", "docs", "--languages", "zh-CN,en"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path().join("docs/.github").exists());
    assert!(run.out().contains("GitHub reads workflows only at the root of a repository"), "{}", run.out());
}

#[test]
fn man_pages_replace_only_their_own_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let man = || run_in(folder.path(), &["man", "man1"]);
    let run = man();
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let check = read(folder.path(), "man1/mdbook-bilingual-check.1");
    for part in [".TH mdbook-bilingual-check", "--deny", ".SH EXAMPLES", "Exit codes", env!("CARGO_PKG_VERSION")] {
        assert!(check.replace('\\', "").contains(part), "{part}: {check}");
    }
    let before = everything(folder.path());
    assert_eq!(man().code, Some(0));
    assert_eq!(everything(folder.path()), before);
    for theirs in ["mine", ".TH mdbook-bilingual-check 1 foreign\n"] {
        fs::write(folder.path().join("man1/mdbook-bilingual-check.1"), theirs).expect("written");
        let run = man();
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("is not written over"), "{}", run.stderr);
        assert_eq!(read(folder.path(), "man1/mdbook-bilingual-check.1"), theirs);
    }
}

#[test]
fn every_shell_gets_its_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run_in(folder.path(), &["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{shell}");
        for word in ["adopt", "explain"] {
            assert!(run.out().contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn bash_completes_verbs_options_and_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = run_in(folder.path(), &["completions", "bash"]).out().to_owned();
    fs::write(folder.path().join("completions"), script).expect("written");
    for (typed, word, offered) in [
        ("mdbook-bilingual ch", "ch", "check"),
        ("mdbook-bilingual check --f", "--f", "--format"),
        ("mdbook-bilingual check --format g", "g", "github"),
        ("mdbook-bilingual completions z", "z", "zsh"),
    ] {
        let words: Vec<&str> = typed.split(' ').collect();
        let previous = words[words.len() - 2];
        let ask = format!(
            "source ./completions; COMP_WORDS=({typed}); COMP_CWORD={}; _mdbook__bilingual mdbook-bilingual '{word}' '{previous}'; echo \"${{COMPREPLY[@]}}\"",
            words.len() - 1
        );
        let mut bash = Command::new("bash");
        bash.args(["--norc", "-c", &ask]).current_dir(folder.path());
        let Ok(output) = bash.output() else {
            skip("bash_completes_verbs_options_and_values", "there is no bash");
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.split_whitespace().any(|word| word == offered), "{typed}: {said}");
    }
}

/// What a program shows on a terminal, to which this is typed; nothing where no terminal can be had.
#[cfg(target_os = "linux")]
fn on_a_terminal(command: &str, folder: &Path, path: &str, typed: &str) -> Option<String> {
    if Command::new("script").arg("--version").output().is_err() {
        skip("what a terminal shows", "there is no `script`, which is a part of util-linux");
        return None;
    }
    let mut script = Command::new("script");
    script.args(["-qec", command, "/dev/null"]).current_dir(folder).env("TERM", "xterm").env("PATH", path);
    script.env(support::program::SITE, "");
    Some(support::program::run(script, typed.as_bytes()).out().to_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_asked_until_it_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let init = |folder_name: &str, typed: &str| {
        on_a_terminal(&format!("'{PROGRAM}' init {folder_name}"), folder.path(), &path, typed)
    };
    let Some(said) = init("asked", "klingonisch\rEnglish，ja\rMy book\r") else { return };
    assert!(said.contains("“klingonisch” is not a language tag"), "{said}");
    let book_toml = read(folder.path(), "asked/book.toml");
    assert!(book_toml.contains("title = \"My book\"\nlanguage = \"en\"\n"), "{book_toml}");
    assert!(book_toml.contains("languages = [\"en\", \"ja\"]"), "{book_toml}");
    let said = init("ended", "\u{4}").expect("a terminal");
    assert!(said.contains("the question was not answered, so nothing was written"), "{said}");
    assert!(!folder.path().join("ended").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn who_waits_at_a_terminal_sees_what_is_done() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[("notes/a.md", "# A\n\nText.\n"), ("bin/git", "#!/bin/sh\nsleep 2\nexit 1\n")]);
    fs::create_dir_all(folder.path().join("notes/.git")).expect("a folder");
    fs::set_permissions(folder.path().join("bin/git"), fs::Permissions::from_mode(0o755)).expect("set");
    let path = format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
    let check = format!("'{PROGRAM}' check notes");
    let Some(said) = on_a_terminal(&check, folder.path(), &path, "") else { return };
    let (drawn, report) = said.rsplit_once("\u{1b}[2K").expect("something was drawn, and taken away");
    assert!(drawn.contains("asking git (1s)"), "{said}");
    assert!(report.contains("note"), "{said}");
    // In a pipe, nothing is.
    let mut program = program();
    program.args(["check", "notes"]).current_dir(folder.path()).env("PATH", &path);
    let run = support::program::run(program, b"");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_new_book_for_the_site_says_so_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = run_in(folder.path(), &["init", "notes", "--languages", "zh-CN,en", "--site"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let read = |file: &str| fs::read_to_string(folder.path().join("notes").join(file)).expect("written");
    let toml = read("book.toml");
    let tables =
        "[output.bilingual-site]\n\n[output.bilingual-site.html]\nadditional-css = [\"theme/bilingual.css\"]\n";
    assert!(toml.contains(tables) && toml.contains("renderers = [\"bilingual-site\"]"), "{toml}");
    let workflow = read(".github/workflows/book.yml");
    let address = "MDBOOK_OUTPUT__BILINGUAL_SITE__HTML__SITE_URL: https://${{ github.repository_owner }}.github.io/${{ github.event.repository.name }}/\n";
    assert!(workflow.contains(address) && !workflow.contains("OUTPUT__HTML"), "{workflow}");
    // Moved to mdBook's renderer, it says what it would have said.
    run_in(folder.path(), &["install", "notes", "--no-site"]);
    run_in(folder.path(), &["init", "other", "--languages", "zh-CN,en", "--title", "notes", "--no-site"]);
    let other = fs::read_to_string(folder.path().join("other/book.toml")).expect("written");
    let table = |text: &str| text.parse::<toml::Table>().expect("TOML");
    assert_eq!(table(&read("book.toml")), table(&other));
}

#[test]
fn the_site_is_chosen_where_its_program_is() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a-program"), "").expect("written");
    let is_for_site = |name: &str, path: &str, flags: &[&str]| {
        let mut program = program();
        program.args(["init", name, "--languages", "zh-CN,en"]).args(flags);
        program.current_dir(folder.path()).env(support::program::SITE, path);
        assert_eq!(support::program::run(program, b"").code, Some(0), "{name}");
        fs::read_to_string(folder.path().join(name).join("book.toml")).expect("written").contains("bilingual-site")
    };
    assert!(is_for_site("there", "a-program", &[]));
    assert!(!is_for_site("refused", "a-program", &["--no-site"]));
    assert!(!is_for_site("gone", "no-program", &[]));
    assert!(is_for_site("asked", "", &["--site"]));
}
