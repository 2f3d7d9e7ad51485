//! Whether the web has a file of a repository as it is here, as far as a clone knows.

use std::fs;
use std::path::Path;

use mdbook_bilingual_core::facts::git::pushed::Pushed;

use support::git;

/// Runs git in a folder.
fn run(folder: &Path, args: &[&str]) {
    let mut command = git::command(folder);
    command.args(args);
    git::run(command, b"").unwrap();
}

#[test]
fn a_picture_is_pushed_when_the_web_has_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (web, here) = (folder.path().join("web.git"), folder.path().join("here"));
    run(folder.path(), &["init", "--quiet", "--bare", "--initial-branch=main", "web.git"]);
    run(folder.path(), &["init", "--quiet", "--initial-branch=main", "here"]);
    let is_pushed = |path: &str| Pushed::new(&here, Some("main")).has(path);
    for (path, bytes) in [("图/a 1.png", &b"\x89PNG\r\n"[..]), ("b.svg", b"<svg>\n"), ("c.png", b"c")] {
        fs::create_dir_all(here.join("图")).unwrap();
        fs::write(here.join(path), bytes).unwrap();
    }
    run(&here, &["add", "图", "b.svg"]);
    run(&here, &["commit", "--quiet", "-m", "Pictures"]);
    // Nobody knows of any web.
    assert!(!is_pushed("b.svg"));
    run(&here, &["remote", "add", "origin", &web.display().to_string()]);
    assert!(!is_pushed("b.svg"));
    run(&here, &["push", "--quiet", "origin", "main"]);
    let mut pushed = Pushed::new(&here, Some("main"));
    assert!(pushed.has("图/a 1.png") && pushed.has("b.svg") && pushed.has("b.svg"));
    assert!(!pushed.has("c.png") && !pushed.has("d.png") && !pushed.has("图") && !pushed.has(""));
    assert!(!pushed.has("a\nb"));
    fs::write(here.join("b.svg"), "<svg>\r\n").unwrap();
    assert!(is_pushed("b.svg"));
    // It was changed; then that was committed; then it was pushed, but to another branch.
    fs::write(here.join("b.svg"), "<svg/>\n").unwrap();
    assert!(!is_pushed("b.svg"));
    run(&here, &["commit", "--quiet", "-a", "-m", "Changed"]);
    assert!(!is_pushed("b.svg"));
    run(&here, &["push", "--quiet", "origin", "main:other"]);
    assert!(!is_pushed("b.svg"));
    run(&here, &["push", "--quiet", "origin", "main"]);
    assert!(is_pushed("b.svg"));
    // Of no branch, or of one that this clone does not know, any will do.
    assert!(Pushed::new(&here, None).has("b.svg"));
    assert!(!Pushed::new(folder.path(), Some("main")).has("here/b.svg"));
}
