//! Books in git repositories whose history was made up.
//!
//! Nothing of the machine's own git configuration is read.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::book::book_toml;
use crate::history::{History, Imported, Mark};
use crate::{files, git};

/// A book in a repository, in a folder that goes with it.
#[derive(Debug)]
pub struct Repository {
    temporary: TempDir,
    /// The top folder of the checkout.
    pub top: PathBuf,
    /// The folder of the book.
    pub root: PathBuf,
    made: Imported,
}

impl History {
    /// A repository with this history, checked out, whose top is the book's folder.
    #[must_use]
    #[track_caller]
    pub fn book(&self) -> Repository {
        self.book_in("", &[])
    }

    /// The same, with the book in a folder of the repository, made by `git init` with these arguments.
    ///
    /// # Panics
    /// When there is no git.
    #[must_use]
    #[track_caller]
    pub fn book_in(&self, folder: &str, init: &[&str]) -> Repository {
        let temporary = tempfile::tempdir().expect("a folder");
        let top = temporary.path().join("repository");
        fs::create_dir_all(temporary.path().join("home")).expect("a folder");
        fs::create_dir_all(&top).expect("a folder");
        let made = self.import(&top, init).unwrap_or_else(|error| panic!("{error:#}"));
        if !self.is_empty() {
            git::check_out(&top).unwrap_or_else(|error| panic!("{error:#}"));
        }
        let repository = Repository { root: top.join(folder), top, made, temporary };
        repository.bind("");
        repository
    }
}

impl Repository {
    /// A folder beside the repository, which goes with it.
    #[must_use]
    pub fn beside(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// The full name of a commit.
    #[must_use]
    pub fn id(&self, mark: Mark) -> &str {
        self.made.id(mark)
    }

    /// The day of a commit, as its author wrote it.
    ///
    /// # Panics
    /// When the commit was given none.
    #[must_use]
    #[track_caller]
    pub fn day(&self, mark: Mark) -> &str {
        self.made.day(mark)
    }

    /// `git`, in the top folder.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut git = git::command(&self.top);
        self.house(&mut git);
        git
    }

    /// Takes the machine's and the developer's own git away from a program that runs it, and starts it in the folder of
    /// the book.
    pub fn settle(&self, program: &mut Command) {
        git::forget_variables(program);
        self.house(program);
        program.current_dir(&self.root);
    }

    /// Gives a program a home beside the repository.
    fn house(&self, program: &mut Command) {
        let home = self.beside("home");
        program.env("HOME", &home).env("XDG_CONFIG_HOME", home);
    }

    /// Runs git in the top folder, and returns what it prints.
    #[track_caller]
    pub fn git<S: AsRef<OsStr>>(&self, args: &[S]) -> String {
        self.fed_git(args, b"")
    }

    /// The same, with this on git's standard input.
    ///
    /// # Panics
    /// When git fails.
    #[track_caller]
    pub fn fed_git<S: AsRef<OsStr>>(&self, args: &[S], input: &[u8]) -> String {
        let mut git = self.command();
        git.args(args);
        git::run(git, input).unwrap_or_else(|error| panic!("{error:#}"))
    }

    /// Writes `book.toml` with these lines behind our table, and a `SUMMARY.md` that lists every note that is there.
    /// Neither is committed.
    pub fn bind(&self, more: &str) {
        files::write(&self.root, "book.toml", &book_toml("笔记", more));
        let mut summary = String::from("# Summary\n\n");
        for path in notes(&self.root.join("book")) {
            let escaped = path.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>");
            let _ = writeln!(summary, "- [Note](<{escaped}>)");
        }
        files::write(&self.root, "book/SUMMARY.md", &summary);
    }

    /// Writes a file of the checkout without committing it.
    #[track_caller]
    pub fn write(&self, path: &str, text: &str) {
        files::write(&self.top, path, text);
    }

    /// The same book in another checkout.
    #[must_use]
    pub fn at(self, top: &str) -> Self {
        let top = self.beside(top);
        let book = Self { root: top.clone(), top, ..self };
        book.bind("");
        book
    }
}

/// The Markdown files below a folder, with forward slashes and without `SUMMARY.md`, in order.
fn notes(source: &Path) -> Vec<String> {
    let mut notes: Vec<String> = WalkDir::new(source)
        .follow_links(true)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(source).expect("below it");
            path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
        })
        // mdBook cannot list a name with a line break.
        .filter(|name| name.ends_with(".md") && name != "SUMMARY.md" && !name.contains('\n'))
        .collect();
    notes.sort();
    notes
}
