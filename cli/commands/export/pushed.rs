//! Which pictures the repository on the web shows as they are here, as far as this clone knows.

use std::cell::RefCell;
use std::path::Path;

use mdbook_bilingual_core::facts::git::pushed;
use mdbook_bilingual_core::values::Repository;

/// What the web has of a repository. Git is asked once, when the first picture is.
pub(crate) struct Pushed(RefCell<pushed::Pushed>);

impl Pushed {
    /// Of the repository in a folder, where `shown` says what the web shows of it.
    pub(crate) fn new(folder: &Path, shown: &Repository) -> Self {
        Self(RefCell::new(pushed::Pushed::new(folder, shown.branches.first().map(String::as_str))))
    }

    /// Whether the web has the file at a path from the root of the repository, as it is here.
    pub(crate) fn is_pushed(&self, path: &str) -> bool {
        self.0.borrow_mut().has(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::fs;

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
        let shown = Repository { address: None, branches: vec!["main".to_owned()] };
        let is_pushed = |path: &str| Pushed::new(&here, &shown).is_pushed(path);
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
        let pushed = Pushed::new(&here, &shown);
        assert!(pushed.is_pushed("图/a 1.png") && pushed.is_pushed("b.svg") && pushed.is_pushed("b.svg"));
        assert!(
            !pushed.is_pushed("c.png")
                && !pushed.is_pushed("d.png")
                && !pushed.is_pushed("图")
                && !pushed.is_pushed("")
        );
        assert!(!pushed.is_pushed("a\nb"));
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
        assert!(Pushed::new(&here, &Repository::default()).is_pushed("b.svg"));
        assert!(!Pushed::new(folder.path(), &shown).is_pushed("here/b.svg"));
    }
}
