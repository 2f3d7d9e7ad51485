//! Folders that come from somebody else: pipes and devices in the place of files, links that lead out, names that a
//! terminal would obey, two writers at once. Nothing is waited for, nothing outside is read, and nothing is left
//! half-done.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::files::{everything, pipe, write};
use support::host::sent;
use support::program::Run;

use crate::program::PROGRAM;

/// How long a command may take. It needs a part of a second; machines that run tests may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the program in a folder, with less memory than a file without an end would take.
fn run(folder: &Path, arguments: &[&str], stdin: &str) -> Run {
    run_with(folder, arguments, stdin, &[])
}

fn run_with(folder: &Path, arguments: &[&str], stdin: &str, environment: &[(&str, &str)]) -> Run {
    let said = tempfile::tempdir().expect("a folder");
    fs::write(said.path().join("in"), stdin).expect("written");
    let open = |name: &str| Stdio::from(File::create(said.path().join(name)).expect("a file"));
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 4000000; exec \"$@\"", "sh", PROGRAM]);
    command.args(arguments).current_dir(folder).env_remove("MDBOOK_LOG").envs(environment.iter().copied());
    command.stdin(File::open(said.path().join("in")).expect("a file")).stdout(open("out")).stderr(open("err"));
    let mut child = command.spawn().expect("the program starts");
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            break status;
        }
        if begin.elapsed() > PATIENCE {
            child.kill().expect("ended");
            panic!("{arguments:?} in {} does not end", folder.display());
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |name: &str| fs::read(said.path().join(name)).expect("it was written");
    let stderr = String::from_utf8(read("err")).expect("UTF-8");
    assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    Run { code: status.code(), stdout: read("out"), stderr }
}

fn all_said(run: &Run) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stdout), run.stderr)
}

const BOOK_TOML: &str = "[book]\nsrc = \"book\"\n[build]\nbuild-dir = \"out\"\n[preprocessor.bilingual]\nrenderers = [\"html\"]\nlanguages = [\"zh-CN\", \"en\"]\ncatalogue = [\"list.md\"]\n[preprocessor.bilingual.history]\ngit = false\n";

/// A book, the folder of which is called `book` in a folder of its own.
fn book() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("repository");
    for (file, text) in [
        ("book.toml", BOOK_TOML),
        ("list.md", "# Notes\n\n- [甲](book/zh/a.md)\n"),
        ("book/SUMMARY.md", "# Summary\n\n[Start](index.md)\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n"),
        ("book/index.md", "# Start\n"),
        ("book/zh/a.md", "# 甲\n\n中文的一段文字。\n"),
        ("book/en/a.md", "# A\n\nSome English words.\n"),
    ] {
        write(&root, file, text);
    }
    (folder, root)
}

/// Every call that reads a book, with what mdBook would send.
const CALLS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json"],
    &["check", "--format", "github"],
    &["list"],
    &["list", "--format", "json"],
    &["adopt", "--dry-run"],
    &["install"],
    &["confirm", "book/en/a.md"],
    &["confirm", "--review", "--by", "L", "book/zh/a.md"],
    &[],
];

/// What stands in the place of a file.
const ODD: &[&str] = &["pipe", "link to a pipe", "device", "socket", "folder", "huge", "nowhere", "loop"];

fn put(odd: &str, path: &Path) -> Option<UnixListener> {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    match odd {
        "pipe" => pipe(path),
        "link to a pipe" => {
            let beside = path.with_file_name("a-pipe");
            pipe(&beside);
            symlink(beside, path).expect("a link");
        }
        "device" => symlink("/dev/zero", path).expect("a link"),
        "socket" => return UnixListener::bind(path).ok(),
        "folder" => fs::create_dir(path).expect("a folder"),
        "huge" => File::create(path).expect("a file").set_len(1 << 40).expect("its size"),
        "nowhere" => symlink("none", path).expect("a link"),
        "loop" => symlink(path.file_name().expect("a name"), path).expect("a link"),
        other => unreachable!("{other}"),
    }
    None
}

#[test]
fn nothing_odd_is_waited_for_in_a_book() {
    for place in [
        "book/zh/a.md",
        "book/zh/unlisted.md",
        "book/SUMMARY.md",
        "book.toml",
        "list.md",
        ".gitignore",
        ".git",
        ".git-blame-ignore-revs",
        "theme/bilingual.css",
        "book/bilingual/diagrams.js",
    ] {
        for odd in ["link to a pipe", "device", "socket", "folder", "huge"] {
            let (_folder, root) = book();
            let json = sent(&root);
            let _kept = put(odd, &root.join(place));
            for call in
                [&["check"][..], &["list"], &["adopt", "--dry-run"], &["install"], &["confirm", "book/en/a.md"], &[]]
            {
                let run = run(&root, call, if call.is_empty() { &json } else { "" });
                assert!(matches!(run.code, Some(0..=2)), "{place}, {odd}, {call:?}: {:?} {}", run.code, run.stderr);
                // A book without a table of contents yet is installed into all the same.
                let is_stopped = place == "book.toml" || place == "book/SUMMARY.md" && call != ["install"];
                if is_stopped && !call.is_empty() {
                    assert!(run.code > Some(0), "{place}, {odd}, {call:?}: {}", all_said(&run));
                }
            }
        }
    }
}

#[test]
fn nothing_odd_is_waited_for_among_loose_notes() {
    for place in ["a.md", "en/a.md", ".gitignore", "en/.gitignore", ".git", "src/SUMMARY.md", "sub/book.toml"] {
        for odd in ODD {
            let folder = tempfile::tempdir().expect("a folder");
            let root = folder.path();
            write(root, "a.md", "# 甲\n\n中文的一段文字。\n");
            write(root, "b.md", "# 乙\n\n中文的一段文字。\n");
            write(root, "en/b.md", "# B\n\nSome English words.\n");
            let _kept = put(odd, &root.join(place));
            for call in [&["check"][..], &["list"], &["adopt", "--dry-run"], &["adopt"]] {
                let run = run(root, call, "");
                assert!(matches!(run.code, Some(0..=2)), "{place}, {odd}, {call:?}: {:?} {}", run.code, run.stderr);
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    for (odd, why) in [
        ("pipe", "it is a pipe, and no file"),
        ("socket", "it is a socket, and no file"),
        ("folder", "it is a folder, and no file"),
        ("huge", "it is larger than 4 MB"),
    ] {
        let (_folder, root) = book();
        let _kept = put(odd, &root.join("book/zh/a.md"));
        let said = run(&root, &["check"], "");
        let all = all_said(&said);
        // mdBook stops at all but a large text.
        let (code, what) =
            if odd == "huge" { (0, "warning[file-unreadable]") } else { (1, "error[chapter-unreadable]") };
        assert_eq!(said.code, Some(code), "{all}");
        assert!(all.contains(what) && all.contains(why) && all.contains("book/zh/a.md"), "{all}");

        let (_folder, root) = book();
        let _kept = put(odd, &root.join("book.toml"));
        let said = run(&root, &["check"], "");
        assert_eq!(said.code, Some(2), "{}", all_said(&said));
        assert!(said.stderr.starts_with("error: ") && said.stderr.contains(why), "{}", said.stderr);

        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.md", "# A\n");
        let _kept = put(odd, &folder.path().join(".gitignore"));
        let said = run(folder.path(), &["adopt", "--dry-run"], "");
        assert!(
            said.stderr.contains("warning[file-skipped]: .gitignore: ") && said.stderr.contains(why),
            "{}",
            said.stderr
        );
    }
}

/// What must never be told.
const SECRET: &str = "hunter2";

#[test]
fn nothing_outside_of_the_repository_is_read() {
    let secret = format!(
        "---\ntitle: {SECRET}\ndate: {SECRET}\nstatus: {SECRET}\n---\n# {SECRET}\n\n[{SECRET}]({SECRET}.md) ${{{SECRET}$\n"
    );
    type Change = fn(&Path, &Path);
    let changes: &[(&str, Change)] = &[
        ("a note", |root, outside| link(&outside.join("zh/a.md"), &root.join("book/zh/a.md"))),
        ("a folder", |root, outside| link(&outside.join("zh"), &root.join("book/zh"))),
        ("a relative link", |root, _| link(Path::new("../../../outside/zh/a.md"), &root.join("book/zh/a.md"))),
        ("a link to a link", |root, outside| {
            link(&outside.join("zh/a.md"), &root.join("hop.md"));
            link(Path::new("../../hop.md"), &root.join("book/zh/a.md"));
        }),
        ("what git keeps", |root, _| {
            write(root, ".git/a.md", &format!("# {SECRET}\n"));
            link(Path::new("../../.git/a.md"), &root.join("book/zh/a.md"));
        }),
        ("the table of contents", |root, outside| link(&outside.join("SUMMARY.md"), &root.join("book/SUMMARY.md"))),
        ("the sources, by a link", |root, outside| link(outside, &root.join("book"))),
        ("the sources, by a path", |root, _| set_source(root, "../outside")),
        ("the sources, by a whole path", |root, outside| set_source(root, outside.to_str().expect("UTF-8"))),
    ];
    for (what, change) in changes {
        let (folder, root) = book();
        let outside = folder.path().join("outside");
        write(&outside, "zh/a.md", &secret);
        write(&outside, "en/a.md", &secret);
        write(&outside, "index.md", &secret);
        write(
            &outside,
            "SUMMARY.md",
            &format!("# Summary\n\n[Start](index.md)\n\n- [{SECRET}](zh/a.md)\n- [A](en/a.md)\n"),
        );
        fs::create_dir(root.join(".git")).expect("a folder");
        change(&root, &outside);
        for call in &CALLS[..5] {
            let run = run(&root, call, "");
            let all = all_said(&run);
            assert_eq!(run.code, Some(1), "{what}, {call:?}: {all}");
            assert!(all.contains("path-outside") && all.contains("outside of the book's repository"), "{what}: {all}");
            assert!(!all.contains(SECRET), "{what}, {call:?}: {all}");
        }
        // mdBook itself reads it, and hands it on; the build ends there.
        let json = sent(&root);
        let built = run(&root, &[], &json);
        assert_eq!(built.code, Some(1), "{what}: {}", built.stderr);
        assert!(built.stderr.contains("path-outside") && built.stdout.is_empty(), "{what}: {}", built.stderr);
        assert!(!built.stderr.contains(SECRET), "{what}: {}", built.stderr);
        for call in [&["confirm", "--review", "book/zh/a.md"][..], &["adopt", "--dry-run"], &["install"]] {
            let run = run(&root, call, "");
            assert!(!all_said(&run).contains(SECRET), "{what}, {call:?}: {}", all_said(&run));
            if call[0] == "confirm" {
                assert!(run.code > Some(0), "{what}: {}", all_said(&run));
            }
        }
        assert_eq!(fs::read_to_string(outside.join("zh/a.md")).expect("it is there"), secret, "{what}");
    }
}

#[test]
fn nothing_outside_of_the_repository_is_published() {
    type Change = fn(&Path, &Path);
    let append = |root: &Path, text: &str| {
        let toml = fs::read_to_string(root.join("book.toml")).expect("it is there");
        fs::write(root.join("book.toml"), format!("{toml}{text}")).expect("written");
    };
    let changes: &[(&str, &str, &str, Change)] = &[
        ("a picture", "", "book/zh/x.png: this link leads to ", |root, outside| {
            link(&outside.join("x.png"), &root.join("book/zh/x.png"));
        }),
        ("a folder", "", "book/img: this link leads to ", |root, outside| link(outside, &root.join("book/img"))),
        ("a picture of a folder of the repository", "", "pictures/deep/x.png: this link", |root, outside| {
            fs::create_dir_all(root.join("pictures/deep")).expect("a folder");
            link(&outside.join("x.png"), &root.join("pictures/deep/x.png"));
            link(Path::new("../pictures"), &root.join("book/img"));
            link(Path::new("deep"), &root.join("pictures/again"));
        }),
        ("what git keeps", "", "book/history: this link", |root, _| {
            link(Path::new("../.git"), &root.join("book/history"))
        }),
        ("a file of the theme", "", "theme/head.hbs: this file of the theme leads to ", |root, outside| {
            fs::create_dir_all(root.join("theme")).expect("a folder");
            link(&outside.join("x.png"), &root.join("theme/head.hbs"));
        }),
        ("a font", "", "theme/fonts/a.woff2: this file of the theme", |root, outside| {
            fs::create_dir_all(root.join("theme/fonts")).expect("a folder");
            link(&outside.join("x.png"), &root.join("theme/fonts/a.woff2"));
        }),
        ("the theme, by a link", "", "the theme “theme” leads to ", |root, outside| {
            link(outside, &root.join("theme"))
        }),
        ("the theme, by a path", "[output.html]\ntheme = \"../outside\"\n", "book.toml:12:1: the theme", |_, _| {}),
        (
            "a stylesheet",
            "[output.html]\nadditional-css = [\"../outside/x.png\"]\n",
            "book.toml:12:1: `output.html.additional-css`: “../outside/x.png” leads to ",
            |_, _| {},
        ),
        ("the page for what is not there", "", "book.toml: the page for addresses", |root, outside| {
            link(&outside.join("a.md"), &root.join("book/404.md"));
        }),
        ("a file that a page brings", "", "book/zh/a.md:3: what “../../../outside/a.md” brings", |root, _| {
            write(root, "book/zh/a.md", "# 甲\n\n{{#include ../../../outside/a.md}}\n");
        }),
        (
            "a file that a page brings, first",
            "after = [\"links\"]\n",
            "book/zh/a.md:3: what “../../../outside/a.md” brings",
            |root, _| write(root, "book/zh/a.md", "# 甲\n\n{{#include ../../../outside/a.md}}\n"),
        ),
        ("a file that code brings", "", "book/zh/a.md:4: what “../../outside/x.png” brings", |root, _| {
            write(root, "book/zh/a.md", "# 甲\n\n```\n{{#include ../../b.rs}}\n```\n");
            write(root, "b.rs", "// {{#include ../outside/x.png}}\n".replace("../outside", "../../outside").as_str());
            fs::create_dir_all(root.join("x")).expect("a folder");
            fs::rename(root.join("b.rs"), root.join("x/b.rs")).expect("moved");
            link(Path::new("x/b.rs"), &root.join("b.rs"));
            write(root, "book/zh/a.md", "# 甲\n\n```\n{{#include ../../x/b.rs}}\n```\n");
        }),
    ];
    for (what, table, place, change) in changes {
        let (folder, root) = book();
        let outside = folder.path().join("outside");
        write(&outside, "x.png", SECRET);
        write(&outside, "a.md", SECRET);
        fs::create_dir(root.join(".git")).expect("a folder");
        if table.starts_with("after") {
            let toml = BOOK_TOML.replace("languages", &format!("{table}languages"));
            fs::write(root.join("book.toml"), toml).expect("written");
        } else {
            append(&root, table);
        }
        change(&root, &outside);
        for call in &CALLS[..5] {
            let run = run(&root, call, "");
            let all = all_said(&run);
            assert_eq!(run.code, Some(1), "{what}, {call:?}: {all}");
            assert!(!all.contains(SECRET), "{what}, {call:?}: {all}");
            if call.len() == 1 {
                assert_eq!(all.matches("path-outside").count(), 1, "{what}, {call:?}: {all}");
            }
        }
        let json = sent(&root);
        let built = run(&root, &[], &json);
        assert_eq!(built.code, Some(1), "{what}: {}", built.stderr);
        let said = format!("error[path-outside]: {place}");
        let has_place = built.stderr.contains(&said) || built.stderr.contains(place);
        assert!(has_place && built.stdout.is_empty(), "{what}: {}", built.stderr);
        assert!(!built.stderr.contains(SECRET), "{what}: {}", built.stderr);
    }
    // A configuration that leads out is no configuration to `check`, and stops the build.
    let (folder, root) = book();
    write(&folder.path().join("outside"), "book.toml", BOOK_TOML);
    link(&folder.path().join("outside/book.toml"), &root.join("book.toml"));
    let json = sent(&root);
    let built = run(&root, &[], &json);
    assert!(built.stderr.contains("error[path-outside]: book.toml: this configuration leads to "), "{}", built.stderr);
    assert_eq!(run(&root, &["check"], "").code, Some(2));
}

#[test]
fn mdbook_empties_no_notes() {
    for build in ["book", ".", "..", "theme", "book/zh"] {
        let (_folder, root) = book();
        fs::create_dir(root.join("theme")).expect("a folder");
        let toml = BOOK_TOML.replace("build-dir = \"out\"", &format!("build-dir = \"{build}\""));
        fs::write(root.join("book.toml"), toml).expect("written");
        let before = everything(&root);
        for call in [&["check"][..], &["list"], &["adopt"], &["install"], &[]] {
            // `install` looks at no note.
            if build == "book/zh" && call == ["install"] {
                continue;
            }
            let json = if call.is_empty() { sent(&root) } else { String::new() };
            let run = run(&root, call, &json);
            let all = all_said(&run);
            assert!(run.code > Some(0), "{build}, {call:?}: {all}");
            assert!(all.contains("build-dir-taken"), "{build}, {call:?}: {all}");
            assert!(everything(&root) == before, "{build}, {call:?}");
        }
    }
}

/// What mdBook hands to a plugin, and can read back.
#[test]
fn chapters_are_as_deep_as_mdbook_hands_them_on() {
    let (_folder, root) = book();
    let line = |at: usize| format!("{}- [{at}](zh/{at}.md)\n", "  ".repeat(at));
    for (depth, is_taken) in [(41, true), (42, false)] {
        write(&root, "book/SUMMARY.md", &format!("# Summary\n\n{}", (0..depth).map(line).collect::<String>()));
        for at in 0..depth {
            write(&root, &format!("book/zh/{at}.md"), "# 甲\n\n中文的一段文字。\n");
        }
        let json = sent(&root);
        let (built, checked) = (run(&root, &[], &json), run(&root, &["check"], ""));
        if is_taken {
            assert_eq!((built.code, checked.code), (Some(0), Some(0)), "{}{}", built.stderr, all_said(&checked));
            serde_json::from_slice::<mdbook::book::Book>(&built.stdout).expect("mdBook reads it");
        } else {
            assert_eq!((built.code, checked.code), (Some(2), Some(1)), "{}", all_said(&checked));
            assert!(built.stderr.contains("chapters are nested more than 41 deep"), "{}", built.stderr);
            let said = "error[chapter-unreadable]";
            assert!(
                all_said(&checked).contains(said) && all_said(&checked).contains("SUMMARY.md:44"),
                "{}",
                all_said(&checked)
            );
        }
    }
}

#[test]
fn what_is_said_of_an_odd_call_is_true() {
    // A folder with a line break in its name.
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("two\nlines");
    fs::create_dir(&odd).expect("a folder");
    let said = run(&odd, &["check", odd.to_str().expect("UTF-8")], "");
    assert!(said.stderr.contains("two\\nlines") && said.stderr.lines().count() == 1, "{}", said.stderr);
    // A catalogue that is none of the folder's.
    let root = folder.path().join("notes");
    write(&root, "a.md", "# 甲\n\n中文的一段文字。\n");
    for file in ["/etc/passwd", "../two\nlines/x"] {
        let said = run(&root, &["adopt", "--dry-run", "--catalogue", file], "");
        assert_eq!(said.code, Some(2), "{}", said.stderr);
        assert!(
            said.stderr.starts_with("error: --catalogue ") && !said.stderr.contains("book.toml"),
            "{}",
            said.stderr
        );
    }
    for tags in ["", ",", "mul", "und,en"] {
        let said = run(&root, &["adopt", "--dry-run", "--languages", tags], "");
        assert_eq!(said.code, Some(2), "{tags}: {}", said.stderr);
        assert!(said.stderr.starts_with("error: --languages: "), "{tags}: {}", said.stderr);
    }
    // A configuration that is wrong is no missing one.
    for (table, what) in [
        ("[build]\nbuild-dir = \"src\"\n", "build-dir-taken"),
        ("[preprocessor.bilingual]\nnotes = \"../secret\"\n", "`notes`: “../secret” is no folder"),
    ] {
        let (_folder, root) = book();
        fs::rename(root.join("book"), root.join("src")).expect("moved");
        fs::write(root.join("book.toml"), table).expect("written");
        let said = run(&root, &["adopt"], "");
        assert_eq!(said.code, Some(2), "{}", said.stderr);
        assert!(said.stderr.contains(what) && !said.stderr.contains("neither"), "{}", said.stderr);
    }
    // A pipe is no picture.
    write(&root, "a.md", "# 甲\n\n中文的一段文字。\n\n![图](x.png)\n");
    put("pipe", &root.join("x.png"));
    let said = run(&root, &["adopt"], "");
    assert!(
        said.stderr.contains("x.png: this is no file") && !said.stderr.contains("there is no such file"),
        "{}",
        all_said(&said)
    );
}

/// What `install --dry-run` promises, `install` does.
#[test]
fn a_dry_run_refuses_what_a_run_refuses() {
    type Change = fn(&Path, &Path);
    let changes: &[(&str, Change)] = &[
        ("the theme", |root, outside| link(outside, &root.join("theme"))),
        ("scripts", |root, outside| {
            write(root, "book/zh/a.md", "# 甲\n\n```mermaid\nflowchart\n```\n");
            link(outside, &root.join("book/bilingual"));
        }),
        ("fonts", |root, outside| {
            write(root, "book/zh/a.md", "# 甲\n\n$x$\n");
            fs::create_dir(root.join("theme")).expect("a folder");
            link(outside, &root.join("theme/fonts"));
        }),
        ("a link that leads nowhere", |root, _| {
            fs::create_dir(root.join("theme")).expect("a folder");
            link(Path::new("none"), &root.join("theme/bilingual.css"));
        }),
    ];
    for (what, change) in changes {
        let (folder, root) = book();
        let outside = folder.path().join("outside");
        fs::create_dir(&outside).expect("a folder");
        change(&root, &outside);
        let before = everything(folder.path());
        for call in [&["install", "--dry-run"][..], &["install"]] {
            let said = run(&root, call, "");
            assert_eq!(said.code, Some(2), "{what}, {call:?}: {}", all_said(&said));
            assert!(everything(folder.path()) == before, "{what}, {call:?}");
        }
    }
    // Other ways to write the path of the stylesheet.
    for written in ["./theme/bilingual.css", "ROOT/theme/bilingual.css"] {
        let (_folder, root) = book();
        let real = fs::canonicalize(&root).expect("a folder");
        let written = written.replace("ROOT", real.to_str().expect("UTF-8"));
        let toml = format!("{BOOK_TOML}[output.html]\nadditional-css = [\"{written}\"]\n");
        fs::write(root.join("book.toml"), toml).expect("written");
        let said = run(&root, &["install"], "");
        assert_eq!(said.code, Some(0), "{written}: {}", all_said(&said));
        let toml = fs::read_to_string(root.join("book.toml")).expect("it is there");
        assert_eq!(toml.matches("bilingual.css").count(), 1, "{toml}");
    }
}

/// A run of `adopt` that was stopped: the next one goes on where it was.
#[test]
fn a_book_that_was_begun_is_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for at in 0..30 {
        write(root, &format!("n{at}.md"), &format!("# 第 {at} 篇\n\n中文的一段文字。\n"));
    }
    fs::create_dir(root.join("book")).expect("a folder");
    for at in 0..12 {
        symlink(format!("../n{at}.md"), root.join(format!("book/n{at}.md"))).expect("a link");
    }
    let said = run(root, &["adopt"], "");
    assert_eq!(said.code, Some(0), "{}", all_said(&said));
    let toml = fs::read_to_string(root.join("book.toml")).expect("it is there");
    assert!(toml.contains("src = \"book\"") && !root.join("mdbook").exists(), "{toml}");
    assert!((0..30).all(|at| root.join(format!("book/n{at}.md")).is_symlink()));
}

fn link(target: &Path, path: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    symlink(target, path).expect("a link");
}

fn set_source(root: &Path, source: &str) {
    fs::write(root.join("book.toml"), BOOK_TOML.replace("src = \"book\"", &format!("src = \"{source}\"")))
        .expect("written");
}

#[test]
fn links_inside_of_the_repository_are_followed() {
    let (_folder, root) = book();
    fs::create_dir(root.join(".git")).expect("a folder");
    fs::rename(root.join("book"), root.join("notes")).expect("moved");
    symlink("notes", root.join("book")).expect("a link");
    fs::rename(root.join("notes/zh"), root.join("zh")).expect("moved");
    symlink("../zh", root.join("notes/zh")).expect("a link");
    let checked = run(&root, &["check"], "");
    assert_eq!(checked.code, Some(0), "{}", all_said(&checked));
    // A book in a folder of the repository, and one that is reached by a link.
    let (_folder, root) = book();
    fs::create_dir(root.parent().expect("a folder").join(".git")).expect("a folder");
    fs::rename(root.join("book"), root.parent().expect("a folder").join("notes")).expect("moved");
    set_source(&root, "../notes");
    symlink(&root, root.with_file_name("way")).expect("a link");
    for root in [&root, &root.with_file_name("way")] {
        let checked = run(root, &["check"], "");
        assert_eq!(checked.code, Some(0), "{}", all_said(&checked));
    }
}

#[test]
fn nothing_outside_of_the_repository_is_written() {
    for place in ["theme", "theme/bilingual.css", "book.toml"] {
        let (folder, root) = book();
        let outside = folder.path().join("outside");
        write(&outside, "bilingual.css", "/* theirs */\n");
        write(&outside, "book.toml", BOOK_TOML);
        fs::create_dir_all(root.join("theme")).expect("a folder");
        let target =
            if place == "theme" { outside.clone() } else { outside.join(place.rsplit('/').next().expect("a name")) };
        link(&target, &root.join(place));
        let before = everything(folder.path());
        for call in [&["install"][..], &["adopt"]] {
            let run = run(&root, call, "");
            assert_eq!(run.code, Some(2), "{place}, {call:?}: {}", all_said(&run));
            assert!(run.stderr.contains("outside of the book's repository"), "{place}: {}", run.stderr);
            assert!(everything(folder.path()) == before, "{place}, {call:?}");
        }
    }
}

#[test]
fn names_that_a_terminal_would_obey() {
    let is_raw = |c: char| {
        c != '\n' && c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for evil in
        ["n\u{1b}]0;PWN\u{7}", "n\u{9b}31m", "n\u{7f}\u{8}", "n\u{202e}dm", "n\u{2066}x", "n\n::error::x", "n\rx"]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for (file, text) in [
            (format!("{evil}.md"), "---\ntitle: \"a\\e[2Jb\"\n---\n# 甲\n\n中文的一段文字。\n"),
            (format!("{evil}_en.md"), "# A\n\nSome English words.\n"),
            (format!("{evil}/{evil}.md"), "# B\n\nSome English words.\n"),
            (format!("{evil}/README.md"), "# C\n\n[x](y.md) ![z](z.png)\n"),
            (format!("sub{evil}/book.toml"), "["),
            (format!("sub{evil}/src/a.md"), "# D\n"),
        ] {
            write(root, &file, text);
        }
        symlink("none", root.join(format!("{evil}-link.md"))).expect("a link");
        let file = format!("{evil}.md");
        let calls: &[&[&str]] = &[
            &["list"],
            &["list", "--format", "json"],
            &["check"],
            &["check", "--color", "never"],
            &["check", "--format", "json"],
            &["check", "--format", "github"],
            &["adopt", "--dry-run"],
            &["adopt", "--dry-run", "--format", "json"],
            &["adopt", "--catalogue", &file],
            &["adopt", "--languages", evil],
            &["adopt", evil],
            &["adopt", "--format", "json"],
            &["adopt"],
            &["list"],
            &["check"],
            &["install"],
            &["confirm", &file],
            &["confirm", "--review", "--by", evil, &file],
            &["confirm", "--root", evil, &file],
            &["check", "--explain", evil],
            &["check", evil],
            &["check", "--today", evil],
            &["list", evil],
            &["install", evil],
            &["supports", evil],
            &[evil],
            &["--", evil],
        ];
        for call in calls {
            let run = run(root, call, "");
            let all = all_said(&run);
            assert!(!all.contains(is_raw), "{call:?}: {all:?}");
            if evil.contains('\n') {
                assert!(!all.lines().any(|line| line.starts_with("::error::x")), "{call:?}: {all}");
            }
        }
    }
}

#[test]
fn two_who_confirm_at_once_lose_nothing() {
    for _ in 0..10 {
        let (_folder, root) = book();
        std::thread::scope(|scope| {
            for call in [
                &["confirm", "book/en/a.md"][..],
                &["confirm", "--review", "--by", "L", "book/en/a.md"],
                &["confirm", "--review", "book/en/a.md"],
            ] {
                let root = &root;
                scope.spawn(move || {
                    let done = run(root, call, "");
                    assert_eq!(done.code, Some(0), "{}", all_said(&done));
                });
            }
        });
        let text = fs::read_to_string(root.join("book/en/a.md")).expect("it is there");
        for key in ["translated-from: ", "reviewed-by: ", "reviewed-on: ", "reviewed: "] {
            assert_eq!(text.matches(key).count(), 1, "{text}");
        }
        assert!(text.ends_with("# A\n\nSome English words.\n"), "{text}");
        let names: Vec<_> =
            fs::read_dir(root.join("book/en")).expect("a folder").map(|entry| entry.expect("it").file_name()).collect();
        assert_eq!(names, ["a.md"]);
    }
}

#[test]
fn a_name_that_is_taken_by_a_link_is_not_free() {
    for (name, fails) in [("book", false), ("site", false), ("theme", true), ("book.toml", true), ("src", false)] {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        write(root, "a.md", "# 甲\n\n中文的一段文字。\n");
        write(root, "en/b.md", "# B\n\nSome English words.\n");
        symlink("nowhere", root.join(name)).expect("a link");
        let before = everything(root);
        let run = run(root, &["adopt"], "");
        assert_eq!(run.code, Some(if fails { 2 } else { 0 }), "{name}: {}", all_said(&run));
        assert!(root.join(name).is_symlink());
        if fails {
            assert!(run.stderr.contains("leads"), "{name}: {}", run.stderr);
            assert!(everything(root) == before, "{name}");
        } else {
            let taken =
                ["book", "mdbook", "book-src"].iter().filter(|name| root.join(name).join("SUMMARY.md").is_file());
            assert_eq!(taken.count(), 1, "{name}");
        }
    }
}

#[test]
fn what_fails_leaves_everything_as_it_was() {
    type Change = fn(&Path);
    let changes: &[(&str, Change)] = &[
        ("a theme that is a file", |root| write(root, "theme", "")),
        ("a theme that leads nowhere", |root| symlink("nowhere", root.join("theme")).expect("a link")),
        ("a stylesheet that is a folder", |root| {
            fs::create_dir_all(root.join("theme/bilingual.css")).expect("a folder")
        }),
        ("a stylesheet that leads nowhere", |root| {
            fs::create_dir_all(root.join("theme")).expect("a folder");
            symlink("nowhere", root.join("theme/bilingual.css")).expect("a link");
        }),
        ("a script that is a folder", |root| {
            fs::create_dir_all(root.join("book/bilingual/mermaid.min.js")).expect("a folder");
        }),
        ("a book.toml that is no TOML", |root| write(root, "book.toml", "[")),
        ("a book.toml that leads nowhere", |root| {
            let _ = fs::remove_file(root.join("book.toml"));
            symlink("nowhere", root.join("book.toml")).expect("a link");
        }),
        ("a table of contents that leads nowhere", |root| {
            let _ = fs::remove_file(root.join("book/SUMMARY.md"));
            symlink("nowhere", root.join("book/SUMMARY.md")).expect("a link");
        }),
    ];
    for (what, change) in changes {
        let (_folder, root) = book();
        write(&root, "book/index.md", "# Start\n\n```mermaid\ngraph LR\n```\n");
        change(&root);
        for call in [&["install"][..], &["adopt"]] {
            // A book without a table of contents yet is installed into all the same.
            if call[0] == "install" && what.contains("table of contents") {
                continue;
            }
            let before = everything(&root);
            let run = run(&root, call, "");
            assert_eq!(run.code, Some(2), "{what}, {call:?}: {}", all_said(&run));
            assert!(everything(&root) == before, "{what}, {call:?}");
        }
    }
}

#[test]
fn a_time_zone_is_no_file_without_an_end() {
    let (_folder, root) = book();
    for zone in [":/dev/zero", "/dev/zero", ":/proc/self/mem", "", ":", "CST-8", "Nowhere/At_All", &"x".repeat(100_000)]
    {
        let checked = run_with(&root, &["check"], "", &[("TZ", zone)]);
        assert_eq!(checked.code, Some(0), "{}", all_said(&checked));
    }
}

#[test]
fn braces_do_not_fill_the_stack() {
    let deep = "{".repeat(100_000);
    for (table, key) in [
        ("[preprocessor.bilingual.language.en.messages]\nstatus-draft", "status-draft"),
        ("[preprocessor.bilingual.silence]\nfiles", "files"),
        ("[preprocessor.bilingual.formulas.macros]\nx", "x"),
    ] {
        let (_folder, root) = book();
        let value = if key == "files" { format!("[\"{deep}\"]") } else { format!("\"{deep}\"") };
        fs::write(root.join("book.toml"), format!("{BOOK_TOML}{table} = {value}\n")).expect("written");
        let json = sent(&root);
        for call in CALLS {
            let run = run(&root, call, if call.is_empty() { &json } else { "" });
            assert!(matches!(run.code, Some(0..=2)), "{key}, {call:?}: {:?}", run.code);
            if call.first().is_none_or(|verb| *verb == "check") {
                assert_eq!(run.code, Some(1), "{key}, {call:?}: {}", all_said(&run));
                assert!(all_said(&run).contains("config-value"), "{key}: {}", all_said(&run));
            }
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", "# A\n");
    write(folder.path(), ".gitignore", &format!("{deep}\n{}\nb.md\n", "{a,".repeat(50_000)));
    write(folder.path(), "b.md", "# B\n");
    let listed = run(folder.path(), &["adopt", "--dry-run"], "");
    assert_eq!(listed.code, Some(0), "{}", all_said(&listed));
    assert!(!all_said(&listed).contains("b.md"), "{}", all_said(&listed));
}

#[test]
fn nothing_is_too_deep() {
    let many = |text: &str| text.repeat(30_000 / text.len());
    let indented = |bullet: &str| (0..400).map(|at| format!("{}{bullet}", "  ".repeat(at))).collect::<String>();
    let notes = [
        many(">"),
        many("- "),
        many("1. "),
        many("["),
        many("!["),
        many("[a]("),
        many("*"),
        many("**a"),
        many("_"),
        many("~"),
        many("<div>"),
        many("<details>\n\n"),
        many("<b"),
        many("("),
        many("`"),
        many("$"),
        many("{"),
        many("\\"),
        format!("${}x{}$", many("{"), many("}")),
        format!("${}$", many("\\frac{")),
        format!("${}$", many("\\left(")),
        format!("$${}$$", many("\\begin{matrix}")),
        format!("{}x", many("> [!NOTE]\n> ")),
        many("[^a]: "),
        many("{{#include "),
        many("<!--"),
        many("**“"),
        indented("- a\n"),
        format!("---\na: {}\n---\n", many("[")),
        format!("---\na: {}\n---\n", many("{a: ")),
        format!("---\n{}\n---\n", many("- ")),
        format!("---\n{}\n---\n", many("? ")),
        format!("---\n{}x\n---\n", many("a: ")),
        format!("+++\na = {}\n+++\n", many("[")),
        format!("+++\na = {}\n+++\n", many("{a = ")),
        format!("+++\n{}a = 1\n+++\n", many("a.")),
        format!("+++\n[{}a]\n+++\n", many("a.")),
        "---\nreview-in: P99999999999999999999D\n---\n".to_owned(),
        format!("---\nreview-in: {} days\n---\n", many("9")),
        format!("---\ndate: {}\n---\n", many("9")),
    ];
    for note in &notes {
        let (_folder, root) = book();
        write(&root, "book/zh/a.md", note);
        let json = sent(&root);
        for call in [&["check"][..], &["list", "--format", "json"], &["adopt", "--dry-run"], &[]] {
            let run = run(&root, call, if call.is_empty() { &json } else { "" });
            let begin: String = note.chars().take(20).collect();
            assert!(matches!(run.code, Some(0..=2)), "{begin}, {call:?}: {:?} {:.300}", run.code, run.stderr);
        }
    }
    let chapters = |count: usize, bullet: &str| {
        (0..count).map(|at| format!("{}{bullet}[a](zh/a.md)\n", "  ".repeat(at))).collect::<String>()
    };
    for summary in [chapters(400, "- "), chapters(1400, "- "), many("- "), many("["), many("# a\n"), many("> ")] {
        let (_folder, root) = book();
        write(&root, "book/SUMMARY.md", &summary);
        for call in [&["check"][..], &["list", "--format", "json"], &["adopt", "--dry-run"], &["install"]] {
            let run = run(&root, call, "");
            let begin: String = summary.chars().take(20).collect();
            assert!(matches!(run.code, Some(0..=2)), "{begin}, {call:?}: {:?} {:.300}", run.code, run.stderr);
        }
    }
    for toml in [
        format!("{}a = 1\n", many("a.")),
        format!("a = {}\n", many("[")),
        format!("a = {}\n", many("{a = ")),
        format!("[{}a]\n", many("a.")),
        format!("[preprocessor.bilingual]\npair = {}1{}\n", many("["), many("]")),
    ] {
        let (_folder, root) = book();
        write(&root, "book.toml", &toml);
        for call in [&["check"][..], &["list"], &["adopt", "--dry-run"], &["install"], &["confirm", "book/en/a.md"]] {
            let run = run(&root, call, "");
            let begin: String = toml.chars().take(20).collect();
            assert!(matches!(run.code, Some(0..=2)), "{begin}, {call:?}: {:?} {:.300}", run.code, run.stderr);
        }
    }
    // Folders in folders, very deep, with one that leads back to the first.
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", "# A\n");
    let deep = folder.path().join("d/".repeat(400));
    fs::create_dir_all(&deep).expect("folders");
    fs::write(deep.join("b.md"), "# B\n").expect("written");
    symlink(folder.path(), deep.join("back")).expect("a link");
    for call in [&["check"][..], &["list"], &["adopt", "--dry-run"]] {
        let run = run(folder.path(), call, "");
        assert!(matches!(run.code, Some(0..=2)), "{call:?}: {:?} {:.300}", run.code, run.stderr);
    }
}
