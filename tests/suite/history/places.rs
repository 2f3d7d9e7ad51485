//! Where a repository, or a part of one, can be, and what is said when there is none.

use std::fs;

use mdbook_bilingual_core::values::Fingerprint;
use support::history::{History, Mark, on};
use support::program::run;
use support::repository::Repository;

use super::listed::Ask;
use super::{EN, ZH, chinese, english};

/// Two commits of one note and one of its translation.
fn short_past() -> (History, [Mark; 3]) {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(EN, &english("one")));
    let three = past.add(on("2025-01-03").write(ZH, &chinese("二")));
    (past, [one, two, three])
}

fn assert_short_past(book: &Repository, [one, two, three]: [Mark; 3]) {
    let list = book.list();
    book.assert_history(&list, ZH, one, three);
    book.assert_history(&list, EN, two, two);
    assert!(!list.said.contains("[history-"), "{}", list.said);
}

#[test]
fn a_book_in_a_folder_of_the_repository() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write("docs/notes/book/zh/memory.md", &chinese("一")));
    // Notes elsewhere, with the same names, are others.
    let other = past.add(on("2025-01-02").write(ZH, &chinese("二")).write("docs/notes/old.md", &chinese("三")));
    let moved = past.add(
        on("2025-01-03").rename(ZH, "docs/notes/book/zh/in.md").rename("docs/notes/old.md", "docs/notes/book/zh/up.md"),
    );
    let book = past.book_in("docs/notes", &[]);
    let list = book.list();
    book.assert_history(&list, ZH, one, one);
    // A note that came from outside of the book is as old as it is.
    book.assert_history(&list, "book/zh/in.md", other, other);
    book.assert_history(&list, "book/zh/up.md", other, other);
    assert_ne!(other, moved);
}

#[test]
fn a_worktree() {
    let (past, marks) = short_past();
    let book = past.book();
    book.git(&["worktree", "add", "--quiet", "--detach", "../tree"]);
    assert_short_past(&book.at("tree"), marks);
}

#[test]
fn a_checkout_of_no_branch() {
    let (past, [one, two, _]) = short_past();
    let book = past.book();
    book.git(&["checkout", "--quiet", "--detach", "HEAD~1"]);
    let list = book.list();
    book.assert_history(&list, ZH, one, one);
    book.assert_history(&list, EN, two, two);
}

#[test]
fn a_repository_with_longer_names() {
    let (past, marks) = short_past();
    let book = past.book_in("", &["--object-format=sha256"]);
    assert_eq!(book.id(marks[0]).len(), 64);
    book.write(".git-blame-ignore-revs", &format!("{}\n", book.id(marks[2])));
    let list = book.list();
    book.assert_history(&list, ZH, marks[0], marks[0]);
    assert_eq!(list.translation(EN)["state"], "in-step");
}

/// Makes what the book shows links to where the notes are.
#[cfg(unix)]
#[test]
fn notes_can_be_links() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write("notes/memory.md", &chinese("一")).write("notes/en.md", &english("one")));
    let two = past.add(on("2025-01-02").write("notes/memory.md", &chinese("二")));
    past.add(on("2025-01-03").entry("120000", ZH, "../../notes/memory.md"));
    let book = past.book();
    // Not committed, and a link to a link.
    fs::create_dir_all(book.root.join("book/en")).expect("a folder");
    std::os::unix::fs::symlink("../notes/en.md", book.root.join("book/between.md")).expect("a link");
    std::os::unix::fs::symlink("../between.md", book.root.join(EN)).expect("a link");
    fs::write(book.root.join("book/SUMMARY.md"), "- [a](zh/memory.md)\n- [b](en/memory.md)\n").expect("written");
    let list = book.list();
    book.assert_history(&list, "notes/memory.md", one, two);
    book.assert_history(&list, "notes/en.md", one, one);
}

#[test]
fn notes_that_were_adopted() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write("memory.md", &chinese("一")));
    let two = past.add(on("2025-01-02").write("memory_en.md", &english("one")));
    let three = past.add(on("2025-01-03").write("memory.md", &chinese("二")));
    let book = past.book();
    fs::remove_dir_all(book.root.join("book")).expect("removed");
    fs::remove_file(book.root.join("book.toml")).expect("removed");
    let mut program = book.program();
    program.args(["adopt", "."]);
    let run = run(program, b"");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let list = book.list();
    book.assert_history(&list, "memory.md", one, three);
    book.assert_history(&list, "memory_en.md", two, two);
}

/// Moves the checkout's `.git` away and leaves a file that leads there, as in a submodule.
fn as_submodule(book: &Repository, modules: &str) {
    let modules = book.beside(modules);
    fs::create_dir_all(modules.parent().expect("a folder")).expect("a folder");
    fs::rename(book.top.join(".git"), &modules).expect("moved");
    fs::write(book.top.join(".git"), format!("gitdir: {}\n", modules.display())).expect("written");
    book.git(&["config", "core.worktree", &book.top.display().to_string()]);
}

#[test]
fn a_book_in_a_submodule() {
    let (past, marks) = short_past();
    let book = past.book();
    as_submodule(&book, "outer/.git/modules/book");
    assert_short_past(&book, marks);
}

#[test]
fn a_note_in_a_submodule_has_no_date() {
    let mut inner = History::default();
    let note = inner.add(on("2024-01-01").write("x.md", &chinese("内")));
    let inner = inner.book();
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").submodule("book/zh/inner", inner.id(note)));
    let book = past.book();
    let folder = book.root.join("book/zh/inner");
    book.git(&["clone", "--quiet", &inner.top.display().to_string(), &folder.display().to_string()]);
    book.bind("");
    let list = book.list();
    book.assert_history(&list, ZH, one, one);
    assert_eq!(list.edition("book/zh/inner/x.md").get("history"), None);
    assert_eq!(list.edition("book/zh/inner/x.md").get("published"), None);
    assert!(!list.said.contains("[history-"), "{}", list.said);
}

/// A clone of a book, in which a commit says that the translation is right for `from`.
fn shallow(depth: &str, confirmed: Option<&str>) -> Repository {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")).write(EN, &english("one")));
    for word in ["二", "三", "四", "五"] {
        past.add(on("2025-01-05").write(ZH, &chinese(word)));
    }
    let confirmed = confirmed.map(|hash| format!("---\ntranslated-from: {hash}\n---\n"));
    let text = format!("{}{}", confirmed.unwrap_or_default(), english("two"));
    past.add(on("2025-01-06").write(EN, &text));
    let book = past.book();
    let url = format!("file://{}", book.top.display());
    book.git(&["clone", "--quiet", "--depth", depth, &url, "../clone"]);
    book.at("clone")
}

#[test]
fn a_shallow_clone_dates_nothing() {
    for depth in ["1", "3"] {
        let list = shallow(depth, None).list();
        list.assert_undated("history-shallow", "fetch-depth: 0");
        assert!(list.said.contains("git fetch --unshallow"), "{}", list.said);
        assert_eq!(list.translation(EN).get("commits-behind"), None);
        assert_ne!(list.translation(EN)["state"], "behind");
    }
}

#[test]
fn a_fingerprint_tells_in_a_shallow_clone_too() {
    for depth in ["1", "3"] {
        let now = Fingerprint::of(&chinese("五"), 0).to_string();
        let list = shallow(depth, Some(&now)).list();
        list.assert_undated("history-shallow", "fetch-depth: 0");
        assert_eq!(list.translation(EN)["state"], "in-step", "{:#}", list.translation(EN));
        assert_eq!(list.translation(EN)["of"], "zh-CN");

        let before = Fingerprint::of(&chinese("一"), 0).to_string();
        let list = shallow(depth, Some(&before)).list();
        list.assert_undated("history-shallow", "fetch-depth: 0");
        assert_eq!(list.translation(EN)["state"], "behind", "{:#}", list.translation(EN));
        assert_eq!(list.translation(EN).get("days-behind"), None);
    }
}

#[test]
fn no_repository() {
    let (past, _) = short_past();
    let book = past.book();
    fs::remove_dir_all(book.top.join(".git")).expect("removed");
    book.list().assert_undated("history-missing", "git init");
}

#[test]
fn a_repository_without_a_commit() {
    let book = History::default().book();
    book.write(ZH, &chinese("一"));
    book.bind("");
    book.list().assert_undated("history-missing", "no commit yet");
}

#[test]
fn a_repository_that_is_broken() {
    let (past, _) = short_past();
    let book = past.book();
    fs::remove_dir_all(book.top.join(".git/objects")).expect("removed");
    fs::create_dir(book.top.join(".git/objects")).expect("a folder");
    book.list().assert_undated("history-missing", "mend the repository");
}

#[test]
fn no_git() {
    let (past, _) = short_past();
    let book = past.book();
    let empty = book.beside("nothing");
    fs::create_dir(&empty).expect("a folder");
    book.list_with(|program| {
        program.env("PATH", &empty);
    })
    .assert_undated("history-missing", "git");
}

/// Git refuses a repository of somebody else. Only root can make one.
#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else() {
    use std::io::Write;
    use std::os::unix::fs::chown;

    let (past, marks) = short_past();
    let book = past.book();
    let all = walkdir::WalkDir::new(&book.top).into_iter().filter_map(Result::ok);
    let given_away = all.map(|entry| chown(entry.path(), Some(65_534), None)).all(|done| done.is_ok());
    let mut git = book.command();
    git.env_remove("GIT_CONFIG_NOSYSTEM").args(["rev-parse", "--git-dir"]);
    if !given_away || git.output().expect("git").status.success() {
        // Not `println!`: what a passing test prints is not shown, and this has to be.
        let why = "only root can give a folder away, where git trusts no other owner";
        let _ = writeln!(std::io::stderr(), "skipped: a_repository_of_somebody_else ({why})");
        return;
    }
    let list = book.list();
    list.assert_undated("history-missing", "safe.directory");
    // What the owner of the machine says counts.
    let top = book.top.display().to_string();
    fs::write(book.beside("home").join(".gitconfig"), format!("[safe]\n\tdirectory = {top}\n")).expect("written");
    assert_short_past(&book, marks);
}
