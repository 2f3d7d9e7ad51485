//! Books in git repositories whose history was made up.
//!
//! A history is written as the input of `git fast-import`, which makes hundreds of commits in the time that `git commit`
//! takes for one. Nothing of the machine's own git configuration is read.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The table that every book has.
const BOOK: &str = "[book]\ntitle = \"笔记\"\nsrc = \"book\"\nlanguage = \"zh-CN\"\n\n[build]\ncreate-missing = false\nbuild-dir = \"public\"\n\n[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n";

/// A commit of a history, by the order in which they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(usize);

/// A commit before it is in a history.
pub(crate) struct Commit {
    day: String,
    author: String,
    committer: Option<String>,
    message: String,
    parents: Option<Vec<Mark>>,
    changes: Vec<u8>,
}

/// A commit of this day, at noon in UTC, on top of the one that was written before it.
pub(crate) fn on(day: &str) -> Commit {
    Commit {
        day: day.to_owned(),
        author: moment(day, "12:00", "+0000"),
        committer: None,
        message: "Note".to_owned(),
        parents: None,
        changes: Vec::new(),
    }
}

/// A moment as git stores it: seconds since 1970, and the zone of the clock that said it.
fn moment(day: &str, time: &str, zone: &str) -> String {
    let clock: jiff::civil::DateTime = format!("{day}T{time}").parse().expect("a moment");
    let (sign, digits) = zone.split_at(1);
    let minutes: i64 = digits[..2].parse::<i64>().expect("hours") * 60 + digits[2..].parse::<i64>().expect("minutes");
    let ahead = if sign == "-" { -minutes } else { minutes } * 60;
    let utc = jiff::tz::Offset::UTC.to_timestamp(clock).expect("a moment").as_second();
    format!("{} {zone}", utc - ahead)
}

/// A path as `git fast-import` reads it: with quotes, so that it may hold anything.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

impl Commit {
    /// At this time, by a clock in this zone (`+0800`).
    pub(crate) fn at(mut self, time: &str, zone: &str) -> Self {
        self.author = moment(&self.day, time, zone);
        self
    }

    /// Committed on another day than it was written.
    pub(crate) fn committed(mut self, day: &str) -> Self {
        self.committer = Some(moment(day, "12:00", "+0000"));
        self
    }

    /// With this message.
    pub(crate) fn says(mut self, message: &str) -> Self {
        message.clone_into(&mut self.message);
        self
    }

    /// On top of these instead: none makes another root, several make a merge.
    pub(crate) fn after(mut self, parents: &[Mark]) -> Self {
        self.parents = Some(parents.to_vec());
        self
    }

    /// Writes a file.
    pub(crate) fn write(self, path: &str, text: &str) -> Self {
        self.entry("100644", path, text)
    }

    /// Writes a file, a program (`100755`) or a link (`120000`).
    pub(crate) fn entry(mut self, mode: &str, path: &str, text: &str) -> Self {
        let change = format!("M {mode} inline {}\ndata {}\n{text}\n", quoted(path), text.len());
        self.changes.extend(change.into_bytes());
        self
    }

    /// Names the commit of another repository that a folder holds.
    pub(crate) fn submodule(mut self, path: &str, commit: &str) -> Self {
        self.changes.extend(format!("M 160000 {commit} {}\n", quoted(path)).into_bytes());
        self
    }

    pub(crate) fn rename(mut self, from: &str, to: &str) -> Self {
        self.changes.extend(format!("R {} {}\n", quoted(from), quoted(to)).into_bytes());
        self
    }

    pub(crate) fn delete(mut self, path: &str) -> Self {
        self.changes.extend(format!("D {}\n", quoted(path)).into_bytes());
        self
    }
}

/// A history, the oldest commit first.
#[derive(Default)]
pub(crate) struct Past {
    stream: Vec<u8>,
    days: Vec<String>,
}

impl Past {
    /// Adds a commit, which becomes the branch's last.
    pub(crate) fn add(&mut self, commit: Commit) -> Mark {
        let mark = self.days.len() + 1;
        let parents = commit.parents.unwrap_or_else(|| if mark > 1 { vec![Mark(mark - 1)] } else { Vec::new() });
        let (author, committer) = (&commit.author, commit.committer.as_ref().unwrap_or(&commit.author));
        let mut head = String::new();
        if parents.is_empty() {
            head.push_str("reset refs/heads/main\n\n");
        }
        let _ = write!(
            head,
            "commit refs/heads/main\nmark :{mark}\nauthor Author <author@example.org> {author}\ncommitter Committer <committer@example.org> {committer}\ndata {}\n{}\n",
            commit.message.len(),
            commit.message
        );
        for (at, parent) in parents.iter().enumerate() {
            let _ = writeln!(head, "{} :{}", if at == 0 { "from" } else { "merge" }, parent.0);
        }
        self.stream.extend(head.into_bytes());
        self.stream.extend(commit.changes);
        self.stream.push(b'\n');
        self.days.push(commit.day);
        Mark(mark)
    }

    /// A repository with this history, checked out, whose top is the book's folder.
    pub(crate) fn book(self) -> Repository {
        self.book_in("", &[])
    }

    /// The same, with the book in a folder of the repository, made by `git init` with these arguments.
    pub(crate) fn book_in(self, folder: &str, init: &[&str]) -> Repository {
        let temporary = tempfile::tempdir().expect("a folder");
        let top = temporary.path().join("repository");
        fs::create_dir_all(temporary.path().join("home")).expect("a folder");
        fs::create_dir_all(&top).expect("a folder");
        let mut repository = Repository { root: top.join(folder), top, ids: Vec::new(), days: self.days, temporary };
        repository.git(&[&["init", "--quiet", "--initial-branch=main"], init].concat());
        if !repository.days.is_empty() {
            let marks = repository.temporary.path().join("marks");
            let mut import = repository.command();
            import.args(["fast-import", "--quiet"]).arg(format!("--export-marks={}", marks.display()));
            succeeded("fast-import", &fed(import, &self.stream));
            repository.git(&["reset", "--quiet", "--hard"]);
            let said = fs::read_to_string(marks).expect("marks");
            let ids: BTreeMap<usize, String> = said
                .lines()
                .filter_map(|line| line.strip_prefix(':')?.split_once(' '))
                .map(|(mark, id)| (mark.parse().expect("a mark"), id.to_owned()))
                .collect();
            repository.ids = ids.into_values().collect();
        }
        repository.bind("");
        repository
    }
}

/// A book in a repository, in a folder that goes with it.
pub(crate) struct Repository {
    temporary: tempfile::TempDir,
    /// The top folder of the checkout.
    pub(crate) top: PathBuf,
    /// The folder of the book.
    pub(crate) root: PathBuf,
    ids: Vec<String>,
    days: Vec<String>,
}

/// Runs a command with this on its standard input.
fn fed(mut command: Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("git has to be installed for these tests");
    child.stdin.take().expect("a pipe").write_all(input).expect("git reads");
    child.wait_with_output().expect("git ends")
}

fn succeeded(what: &str, output: &Output) {
    assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Takes the machine's and the developer's own git away from a command.
pub(crate) fn alone(command: &mut Command, home: &Path) {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("HOME", home).env("XDG_CONFIG_HOME", home);
}

impl Repository {
    /// A folder beside the repository, which goes with it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// The full name of a commit.
    pub(crate) fn id(&self, mark: Mark) -> &str {
        &self.ids[mark.0 - 1]
    }

    /// The day of a commit, as its author wrote it.
    pub(crate) fn day(&self, mark: Mark) -> &str {
        &self.days[mark.0 - 1]
    }

    /// `git`, in the top folder.
    pub(crate) fn command(&self) -> Command {
        let mut git = Command::new("git");
        let home = self.beside("home");
        alone(&mut git, &home);
        git.current_dir(&self.top)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", home.join("none"))
            .env("GIT_AUTHOR_NAME", "Author")
            .env("GIT_AUTHOR_EMAIL", "author@example.org")
            .env("GIT_COMMITTER_NAME", "Committer")
            .env("GIT_COMMITTER_EMAIL", "committer@example.org");
        git
    }

    /// Runs git in the top folder, and returns what it prints.
    pub(crate) fn git<S: AsRef<OsStr>>(&self, args: &[S]) -> String {
        self.fed_git(args, b"")
    }

    /// The same, with this on git's standard input.
    pub(crate) fn fed_git<S: AsRef<OsStr>>(&self, args: &[S], input: &[u8]) -> String {
        let mut git = self.command();
        git.args(args);
        let what = format!("{git:?}");
        let output = fed(git, input);
        succeeded(&what, &output);
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Writes `book.toml` with these lines behind our table, and a `SUMMARY.md` that lists every note that is there.
    /// Neither is committed.
    pub(crate) fn bind(&self, more: &str) {
        let source = self.root.join("book");
        fs::create_dir_all(&source).expect("a folder");
        fs::write(self.root.join("book.toml"), format!("{BOOK}{more}")).expect("written");
        let mut summary = String::from("# Summary\n\n");
        for (path, _) in notes(&source) {
            let escaped = path.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>");
            let _ = writeln!(summary, "- [Note](<{escaped}>)");
        }
        fs::write(source.join("SUMMARY.md"), summary).expect("written");
    }

    /// Writes a file of the checkout without committing it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.top.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    /// The built program, without the machine's git and with all that it has to say.
    pub(crate) fn program(&self) -> Command {
        let mut program = super::program();
        alone(&mut program, &self.beside("home"));
        program.current_dir(&self.root).env("MDBOOK_LOG", "debug");
        program
    }

    /// What `list` prints for the book.
    pub(crate) fn list(&self) -> Listed {
        self.list_with(|_| {})
    }

    /// What `list` prints for the book, started in another way.
    pub(crate) fn list_with(&self, how: impl FnOnce(&mut Command)) -> Listed {
        let mut program = self.program();
        program.args(["list", ".", "--format", "json"]);
        how(&mut program);
        let run = super::run(program, b"");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        Listed { json: serde_json::from_slice(&run.stdout).expect("JSON"), said: run.stderr }
    }

    /// The same book in another checkout.
    pub(crate) fn at(self, top: &str) -> Self {
        let top = self.beside(top);
        let book = Self { root: top.clone(), top, ..self };
        book.bind("");
        book
    }

    /// Asserts that a file came with one commit and was last changed by another.
    #[track_caller]
    pub(crate) fn assert_history(&self, listed: &Listed, file: &str, first: Mark, last: Mark) {
        let history = &listed.edition(file)["history"];
        let want = |mark| (Some(self.day(mark)), Some(self.id(mark)));
        let have = |key: &str| (history[key]["date"].as_str(), history[key]["commit"].as_str());
        assert_eq!(have("first-commit"), want(first), "{file}: first commit\n{}", listed.said);
        assert_eq!(have("last-change"), want(last), "{file}: last change\n{}", listed.said);
    }
}

/// The Markdown files below a folder, with forward slashes and without `SUMMARY.md`, in order.
fn notes(source: &Path) -> BTreeMap<String, PathBuf> {
    walkdir::WalkDir::new(source)
        .follow_links(true)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(source).expect("below it");
            (path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"), path.to_owned())
        })
        // mdBook cannot list a name with a line break.
        .filter(|(name, _)| name.ends_with(".md") && name != "SUMMARY.md" && !name.contains('\n'))
        .collect()
}

/// What `list` printed.
pub(crate) struct Listed {
    pub(crate) json: Value,
    /// What was said on standard error.
    pub(crate) said: String,
}

impl Listed {
    /// Every edition of the book.
    pub(crate) fn editions(&self) -> impl Iterator<Item = &Value> {
        let notes = self.json["notes"].as_array().expect("notes");
        notes.iter().flat_map(|note| note["editions"].as_array().expect("editions"))
    }

    /// The edition in a file.
    #[track_caller]
    pub(crate) fn edition(&self, file: &str) -> &Value {
        self.editions()
            .find(|edition| edition["source"] == file)
            .unwrap_or_else(|| panic!("there is no {file}: {:#}\n{}", self.json, self.said))
    }

    /// How a file keeps up with its source.
    #[track_caller]
    pub(crate) fn translation(&self, file: &str) -> &Value {
        &self.edition(file)["translation"]
    }

    /// What was said with this code.
    pub(crate) fn said_with(&self, code: &str) -> Vec<&str> {
        self.said.lines().filter(|line| line.contains(&format!("[{code}]"))).collect()
    }

    /// Asserts that nothing is dated, and that one sentence of this code says why and what to do.
    #[track_caller]
    pub(crate) fn assert_undated(&self, code: &str, remedy: &str) {
        for edition in self.editions() {
            for key in ["published", "updated", "history"] {
                assert_eq!(edition.get(key), None, "{key} of {}\n{}", edition["source"], self.said);
            }
        }
        let said: Vec<&str> = self.said.lines().filter(|line| line.contains("[history-")).collect();
        assert_eq!(said.len(), 1, "{}", self.said);
        assert!(said[0].contains(&format!("note[{code}]")) && said[0].contains(remedy), "{}", said[0]);
    }
}
