//! Which notes a folder holds.
//!
//! ```text
//! notes/                       notes       rlhf/ppo/readme.md
//!   .git/  .venv/                          tutorial/src/intro.md
//!   .gitignore: drafts/        summaries   SUMMARY.md
//!   SUMMARY.md                 books       tutorial (src)
//!   drafts/x.md                problems    hosts.md: leads to /etc/hosts
//!   hosts.md -> /etc/hosts
//!   rlhf/ppo/readme.md
//!   tutorial/book.toml
//!   tutorial/src/intro.md
//! ```
//!
//! What git ignores, what is hidden and what programs put there by themselves is never looked at: a site must not
//! publish a virtual environment, and must not wait for one to be walked.

mod skipped;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use mdbook_bilingual_core::files;
use mdbook_bilingual_core::markdown::catalogue::{self, CatalogueKind};
use mdbook_bilingual_core::values::path::inside;
pub use skipped::Skipped;
use walkdir::{DirEntry, WalkDir};

use crate::commands::adopt::rules::IgnoreRules;

/// Folders that package managers fill.
const LEFT_OUT: &[&str] = &["node_modules", "__pycache__", "site-packages"];

/// What makes a folder one to leave out: a virtual environment, one of conda's, a cache (bford.info/cachedir), and a
/// repository of its own, whose `.git` is a file when it is a submodule.
const MARKS: &[&str] = &["pyvenv.cfg", "conda-meta", "CACHEDIR.TAG", ".git"];

/// What makes a folder a book.
const BOOK: &str = "book.toml";

/// How other programs let Markdown files end, in any case. `.md` in lower case is the one that mdBook knows.
const OTHER_ENDINGS: &[&str] = &["md", "markdown", "mdown", "mkd", "mdx"];

/// How many files of one such ending are told one by one.
const TOLD_EACH: usize = 3;

/// What was found below a folder. All paths are relative to it, with forward slashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FolderContents {
    /// The notes, folder by folder, by the bytes of their names.
    pub notes: Vec<String>,
    /// Tables of contents: `SUMMARY.md`, `_sidebar.md` and those of other languages, in the same order.
    pub summaries: Vec<String>,
    /// What frames the pages of a site by docsify, or of a wiki, and is no note, in the same order.
    pub frames: Vec<String>,
    /// Folders that are mdBooks of their own, sorted.
    pub books: Vec<NestedBook>,
    /// Symbolic links to notes that are found anyway.
    pub aliases: Vec<Alias>,
    /// What was left out although somebody may expect it.
    pub problems: Vec<Skipped>,
}

/// A folder with a `book.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedBook {
    /// The folder.
    pub folder: String,
    /// Its `book.src`, relative to the folder, as written there.
    pub src: String,
}

/// A symbolic link that leads to another note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The link.
    pub link: String,
    /// The note.
    pub note: String,
}

impl FolderContents {
    /// The mdBook that a note lies in; the innermost when there are several.
    #[must_use]
    pub fn book_of(&self, note: &str) -> Option<&NestedBook> {
        above(note).find_map(|folder| {
            self.books.binary_search_by(|book| book.folder.as_str().cmp(folder)).ok().map(|index| &self.books[index])
        })
    }
}

/// What the filter learns on its way; it is called from inside of the walker.
#[derive(Default)]
struct Nested {
    books: BTreeMap<String, NestedBook>,
    /// Where the books build into.
    outputs: BTreeSet<String>,
    problems: Vec<Skipped>,
}

/// Finds the notes below a folder, without the folders in `skip`, which are relative to it.
#[must_use]
pub fn walk(dir: &Path, skip: &[String]) -> FolderContents {
    let mut found = FolderContents::default();
    let root = match dir.canonicalize() {
        Ok(root) => root,
        Err(error) => {
            found.problems.push(Skipped::Unreadable { file: ".".to_owned(), error: error.to_string() });
            return found;
        }
    };
    let skip: BTreeSet<String> = skip.iter().filter_map(|folder| joined("", Path::new(folder))).collect();
    let mut nested = Nested::default();
    let mut rules = IgnoreRules::around(&root);
    // Siblings come by name, so that the same tree gives the same messages.
    let walk = WalkDir::new(&root).follow_links(false).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| is_entered(entry, &root, &skip, &mut nested, &mut rules)) {
        match entry {
            Ok(entry) => found.take(&root, &entry),
            Err(error) => {
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.unreadable(&root, error.path().unwrap_or(&root), why);
            }
        }
    }
    // Rules that cannot be read may have kept something out.
    for (file, why) in rules.problems {
        found.unreadable(&root, &file, why);
    }
    found.books = nested.books.into_values().collect();
    found.problems.extend(nested.problems);
    found.settle(&nested.outputs);
    found
}

/// What in a folder says what it is. To ask for each name by its whole path takes longer in deep folders.
fn signs(folder: &Path) -> Vec<&'static str> {
    let names = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.file_name());
    names.filter_map(|name| MARKS.iter().chain([&BOOK]).find(|sign| name == **sign).copied()).collect()
}

/// Whether to look at an entry at all. Notes down the mdBooks on the way.
fn is_entered(
    entry: &DirEntry,
    root: &Path,
    skip: &BTreeSet<String>,
    nested: &mut Nested,
    rules: &mut IgnoreRules,
) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let name = entry.file_name();
    let path = relative(root, entry.path());
    if name.as_encoded_bytes().starts_with(b".")
        || path.as_ref().is_some_and(|path| skip.contains(path))
        || rules.leave_out(entry.path(), entry.file_type().is_dir())
    {
        return false;
    }
    if !entry.file_type().is_dir() {
        return true;
    }
    let signs = signs(entry.path());
    if LEFT_OUT.iter().any(|left_out| name == *left_out) || MARKS.iter().any(|mark| signs.contains(mark)) {
        return false;
    }
    let Some(path) = path else { return true };
    if nested.outputs.contains(&path) {
        return false;
    }
    if signs.contains(&BOOK) && entry.path().join(BOOK).is_file() {
        nested.add(root, path, entry.path());
    }
    true
}

impl Nested {
    /// Reads the `book.toml` of a folder.
    fn add(&mut self, root: &Path, folder: String, real: &Path) {
        let file = format!("{folder}/book.toml");
        let path = real.join("book.toml");
        let is_inside = path.canonicalize().is_ok_and(|path| path.starts_with(root));
        let table = match files::text(&path) {
            _ if !is_inside => {
                self.problems.push(Skipped::Unreadable { file, error: "it leads out of the folder".to_owned() });
                toml::Table::new()
            }
            Ok(text) => text.parse::<toml::Table>().unwrap_or_else(|error| {
                self.problems.push(Skipped::BookToml { file, error: error.message().to_owned() });
                toml::Table::new()
            }),
            Err(error) => {
                self.problems.push(Skipped::Unreadable { file, error: error.to_string() });
                toml::Table::new()
            }
        };
        let key = |table_name: &str, key: &str| table.get(table_name)?.get(key)?.as_str().map(str::to_owned);
        let src = key("book", "src").unwrap_or_else(|| "src".to_owned());
        let output = key("build", "build-dir").unwrap_or_else(|| "book".to_owned());
        // Somebody who builds into the sources, or around them, still has notes there.
        let sources = joined(&folder, Path::new(&src));
        if let Some(output) = joined(&folder, Path::new(&output))
            .filter(|output| !is_in(&folder, output) && !sources.as_ref().is_some_and(|sources| is_in(sources, output)))
        {
            self.outputs.insert(output);
        }
        self.books.insert(folder.clone(), NestedBook { folder, src });
    }
}

impl FolderContents {
    fn take(&mut self, root: &Path, entry: &DirEntry) {
        let extension = entry.path().extension();
        let is_note = extension.is_some_and(|extension| extension == "md");
        let kind = entry.file_type();
        let is_link = kind.is_symlink();
        let is_other = |it: &&str| extension.is_some_and(|extension| extension.eq_ignore_ascii_case(it));
        if !is_note && kind.is_file() && OTHER_ENDINGS.iter().any(is_other) {
            let file = slashes(entry.path().strip_prefix(root).unwrap_or(entry.path()));
            return self.problems.push(Skipped::OtherEnding { file, more: 0 });
        }
        if !is_link && (!is_note || kind.is_dir()) {
            return;
        }
        let Some(file) = relative(root, entry.path()) else {
            if is_note {
                let file = entry.path().strip_prefix(root).unwrap_or(entry.path());
                self.problems.push(Skipped::NotUtf8 { file: slashes(file) });
            }
            return;
        };
        if !is_link && !kind.is_file() {
            self.problems.push(Skipped::Special { file });
        } else if is_link {
            self.follow(root, entry.path(), file, is_note);
        } else if CatalogueKind::of(&file).is_contents() {
            self.summaries.push(file);
        } else if catalogue::is_frame(&file) {
            self.frames.push(file);
        } else if gets_lost(&file) {
            self.problems.push(Skipped::Unlistable { file });
        } else {
            self.notes.push(file);
        }
    }

    /// Looks where a symbolic link leads. A link to a file concerns a book only when it looks like a note.
    fn follow(&mut self, root: &Path, path: &Path, file: String, is_note: bool) {
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return self.problems.push(Skipped::Dangling { file });
            }
            // The kind for loops has no stable name yet, so the link is asked: one that can be read but not followed.
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied && path.read_link().is_ok() => {
                return self.problems.push(Skipped::Loop { file });
            }
            Err(error) => return self.problems.push(Skipped::Unreadable { file, error: error.to_string() }),
        };
        let is_folder = target.is_dir();
        match target.strip_prefix(root) {
            Err(_) if is_folder || is_note => {
                self.problems.push(Skipped::Outside { file, target: slashes(&target) });
            }
            Ok(inside) if is_note && !is_folder => self.aliases.push(Alias { link: file, note: slashes(inside) }),
            _ => {}
        }
    }

    fn unreadable(&mut self, root: &Path, path: &Path, error: String) {
        let file = slashes(path.strip_prefix(root).unwrap_or(path));
        let file = if file.is_empty() { ".".to_owned() } else { file };
        self.problems.push(Skipped::Unreadable { file, error });
    }

    /// What can be said only when all is found.
    fn settle(&mut self, outputs: &BTreeSet<String>) {
        // A build folder may lie beside its book, and may have been walked first.
        let is_output = |path: &str| above(path).any(|folder| outputs.contains(folder));
        self.notes.retain(|note| !is_output(note));
        self.summaries.retain(|summary| !is_output(summary));
        self.frames.retain(|frame| !is_output(frame));
        self.books.retain(|book| !outputs.contains(&book.folder) && !is_output(&book.folder));
        self.notes.sort_by(|a, b| a.split('/').cmp(b.split('/')));
        self.summaries.sort_by(|a, b| a.split('/').cmp(b.split('/')));

        let known: BTreeSet<&String> = self.notes.iter().chain(&self.summaries).collect();
        let (aliases, lost) = std::mem::take(&mut self.aliases).into_iter().partition(|it| known.contains(&it.note));
        self.aliases = aliases;
        let lost: Vec<Alias> = lost;
        self.problems.extend(lost.into_iter().map(|it| Skipped::NoNote { file: it.link, target: it.note }));

        self.one_of_each_spelling();
        self.problems.sort_by(|a, b| a.file().cmp(b.file()));
        self.gather_endings();
    }

    /// Keeps one of the notes whose paths differ only in the case of letters: the one that is spelt like a note elsewhere,
    /// which may be its translation, else the first.
    fn one_of_each_spelling(&mut self) {
        let mut groups: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for note in &self.notes {
            groups.entry(note.to_lowercase()).or_default().push(note);
        }
        if groups.len() == self.notes.len() {
            return;
        }
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for note in groups.values().filter(|notes| notes.len() == 1).flatten() {
            let name = note.rsplit('/').next().unwrap_or(note);
            names.entry(name).or_default().push(note);
            // `a_en.md` is spelt like `a.md`.
            let bare = name.trim_end_matches(".md").rsplit_once(['-', '_', '.']).map(|(bare, _)| bare);
            if let Some(bare) = bare {
                names.entry(bare).or_default().push("");
            }
        }
        let alike = |note: &str| {
            let name = note.rsplit('/').next().unwrap_or(note);
            let shared = |other: &&str| note.rsplit('/').zip(other.rsplit('/')).take_while(|(a, b)| a == b).count();
            let same = names.get(name).into_iter().flatten().map(shared).max();
            (same.unwrap_or(0), names.contains_key(name.trim_end_matches(".md")))
        };
        let mut lost = Vec::new();
        for notes in groups.values().filter(|notes| notes.len() > 1) {
            // Of several that are as good, `max_by_key` takes the last.
            let Some(kept) = notes.iter().rev().max_by_key(|note| alike(note)) else { continue };
            let others = notes.iter().filter(|note| note != &kept);
            lost.extend(others.map(|note| ((*note).clone(), (*kept).clone())));
        }
        let gone: BTreeSet<String> = lost.iter().map(|(note, _)| note.clone()).collect();
        self.notes.retain(|note| !gone.contains(note));
        self.problems.extend(lost.into_iter().map(|(file, kept)| Skipped::SameButForCase { file, kept }));
    }

    /// Tells of many files that end in one way at once.
    fn gather_endings(&mut self) {
        let ending = |problem: &Skipped| match problem {
            Skipped::OtherEnding { file, .. } => file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()),
            _ => None,
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for ending in self.problems.iter().filter_map(ending) {
            *counts.entry(ending).or_default() += 1;
        }
        counts.retain(|_, count| *count > TOLD_EACH);
        let mut told = BTreeSet::new();
        self.problems.retain_mut(|problem| {
            let many = ending(problem).and_then(|ending| counts.get_key_value(&ending));
            let Some((ending, count)) = many else { return true };
            if let Skipped::OtherEnding { more, .. } = problem {
                *more = count - 1;
            }
            told.insert(ending)
        });
    }
}

/// The folders above a path, innermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// Whether a path is a folder or lies in it.
pub(super) fn is_in(path: &str, folder: &str) -> bool {
    path == folder || above(path).any(|above| above == folder)
}

/// A path below the root, with forward slashes; `None` when it is not UTF-8.
pub(super) fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// A path as it is shown.
pub(super) fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.trim_start_matches(r"\\?\").replace('\\', "/") } else { text.into_owned() }
}

/// A relative path read from a folder on; `None` when it is the root, or leaves it.
pub(super) fn joined(folder: &str, path: &Path) -> Option<String> {
    inside(&Path::new(folder).join(path))
}

/// Whether mdBook cannot list a file of this name, or cannot link its page: it writes names into links as they are.
fn gets_lost(file: &str) -> bool {
    let encoded =
        |at: usize| file.as_bytes()[at + 1..].iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count() == 2;
    file.contains(['#', '?', '\\']) || file.match_indices('%').any(|(at, _)| encoded(at))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with these files; a name with a slash at its end is a folder.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let (file, text) = file.split_once('=').unwrap_or((file, ""));
            let path = dir.path().join(file);
            if file.ends_with('/') {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        dir
    }

    #[test]
    fn what_is_no_note_is_left_out() {
        let dir = folder(&[
            ".git/x.md",
            ".hidden.md",
            ".venv/x.md",
            ".gitignore=/drafts/\n*.tmp.md\n!.hidden.md\n!.venv/\n",
            "drafts/x.md",
            "a.tmp.md",
            "node_modules/p/readme.md",
            "a/__pycache__/x.md",
            "env/pyvenv.cfg",
            "env/x.md",
            "conda/conda-meta/",
            "conda/x.md",
            "target/CACHEDIR.TAG",
            "target/x.md",
            "clone/.git/",
            "clone/x.md",
            "module/.git=gitdir: ../.git/modules/module",
            "module/x.md",
            "book/a.md",
            "a/note.md",
            "a.MD",
            "a.markdown",
            "folder.md/",
            "a-b.md",
            "a/z/readme.md",
            "B.md",
        ]);
        let found = walk(dir.path(), &["./book/".to_owned()]);
        assert_eq!(found.notes, ["B.md", "a/note.md", "a/z/readme.md", "a-b.md"]);
        let other = |file: &str| Skipped::OtherEnding { file: file.to_owned(), more: 0 };
        assert_eq!(found.problems, [other("a.MD"), other("a.markdown")]);
    }

    #[test]
    fn many_files_of_another_ending_are_told_at_once() {
        let dir = folder(&["a.md", "b.markdown", "x/a.mdx", "x/b.mdx", "x/c.mdx", "y/d.mdx"]);
        let found = walk(dir.path(), &[]);
        assert_eq!(found.notes, ["a.md"]);
        let other = |file: &str, more| Skipped::OtherEnding { file: file.to_owned(), more };
        assert_eq!(found.problems, [other("b.markdown", 0), other("x/a.mdx", 3)]);
        let message = found.problems[1].message().to_string();
        assert!(message.starts_with("mdBook reads no MDX, so this and 3 more `.mdx` files were left out"), "{message}");
        assert_eq!(
            walk(&dir.path().join("x"), &[]).problems,
            [other("a.mdx", 0), other("b.mdx", 0), other("c.mdx", 0)]
        );
    }

    #[test]
    fn of_two_spellings_the_one_of_a_counterpart_is_kept() {
        for (files, kept) in [
            (&["A.md", "a.md", "en/a.md"][..], &["a.md", "en/a.md"][..]),
            (&["A.md", "a.md", "en/A.md"], &["A.md", "en/A.md"]),
            (&["A.md", "a.md", "a_en.md"], &["a.md", "a_en.md"]),
            (&["X/n.md", "x/n.md", "en/x/n.md"], &["en/x/n.md", "x/n.md"]),
            (&["A.md", "a.md", "en/b.md"], &["A.md", "en/b.md"]),
        ] {
            let dir = folder(files);
            // A file system without case has one file for both.
            if WalkDir::new(dir.path()).into_iter().flatten().filter(|entry| entry.path().is_file()).count()
                < files.len()
            {
                return;
            }
            let found = walk(dir.path(), &[]);
            assert_eq!(found.notes, kept, "{files:?}");
            assert!(matches!(&found.problems[..], [Skipped::SameButForCase { .. }]), "{files:?}");
        }
    }

    #[test]
    fn a_rule_above_the_folder_holds_inside_of_a_repository_only() {
        let dir = folder(&[".gitignore=secret.md\n", "notes/secret.md", "notes/a.md", "repository/.git/"]);
        fs::write(dir.path().join("repository/secret.md"), "").unwrap();
        assert_eq!(walk(&dir.path().join("notes"), &[]).notes, ["a.md"]);
        assert_eq!(walk(&dir.path().join("repository"), &[]).notes, ["secret.md"]);
    }

    #[test]
    fn nested_books_are_known_and_their_output_is_not_walked() {
        let dir = folder(&[
            "book.toml",
            "t/book.toml=[book]\nsrc = \"text\"\n[build]\nbuild-dir = \"../a-site\"",
            "t/text/a.md",
            "t/text/inner/book.toml",
            "t/text/inner/src/b.md",
            "t/text/inner/book/c.md",
            "a-site/d.md",
            "broken/book.toml=[",
            "broken/src/e.md",
            "same/book.toml=[book]\nsrc='book'",
            "same/book/f.md",
            "g.md",
        ]);
        let found = walk(dir.path(), &[]);
        assert_eq!(found.notes, ["broken/src/e.md", "g.md", "same/book/f.md", "t/text/a.md", "t/text/inner/src/b.md"]);
        let of = |note| found.book_of(note).map(|book| (book.folder.as_str(), book.src.as_str()));
        assert_eq!(of("t/text/a.md"), Some(("t", "text")));
        assert_eq!(of("t/text/inner/src/b.md"), Some(("t/text/inner", "src")));
        assert_eq!(of("g.md"), None);
        assert!(matches!(&found.problems[..], [Skipped::BookToml { file, .. }] if file == "broken/book.toml"));
    }

    #[test]
    fn tables_of_contents_are_no_notes() {
        let dir = folder(&[
            "SUMMARY.md",
            "summary.zh-CN.md",
            "Summary_en.md",
            "SUMMARY-zh.md",
            "summary-of-2024.md",
            "summary_paper.md",
            "summarya.md",
        ]);
        let found = walk(dir.path(), &[]);
        assert_eq!(found.notes, ["summary-of-2024.md", "summary_paper.md", "summarya.md"]);
        assert_eq!(found.summaries, ["SUMMARY-zh.md", "SUMMARY.md", "Summary_en.md", "summary.zh-CN.md"]);
    }

    #[test]
    fn names_that_would_collide_or_get_lost() {
        let dir = folder(&["A/x.md", "a/X.md", "a/y.md", "100%20.md", "c#.md", "100% b.md", "b c（括号）.md"]);
        let found = walk(dir.path(), &[]);
        // A file system without case has one folder here, and no problem.
        if dir.path().join("a/x.md").exists() {
            return;
        }
        assert_eq!(found.notes, ["100% b.md", "A/x.md", "a/y.md", "b c（括号）.md"]);
        assert_eq!(
            found.problems,
            [
                Skipped::Unlistable { file: "100%20.md".to_owned() },
                Skipped::SameButForCase { file: "a/X.md".to_owned(), kept: "A/x.md".to_owned() },
                Skipped::Unlistable { file: "c#.md".to_owned() }
            ]
        );
        assert!(found.problems[1].message().to_string().starts_with("a/X.md and A/x.md differ only"));
    }

    #[test]
    fn a_folder_that_is_not_there() {
        let dir = folder(&[]);
        assert!(matches!(&walk(&dir.path().join("x"), &[]).problems[..], [Skipped::Unreadable { .. }]));
    }

    #[cfg(unix)]
    #[test]
    fn links() {
        use std::os::unix::fs::symlink;

        let outside = folder(&["secret.md", "folder/x.md"]);
        let dir = folder(&["a/note.md", ".private.md", "data.txt"]);
        let to = |target: &Path, link: &str| symlink(target, dir.path().join(link)).unwrap();
        to(&outside.path().join("secret.md"), "secret.md");
        to(&outside.path().join("folder"), "folder");
        to(&outside.path().join("secret.md"), "python3");
        to(Path::new("a/note.md"), "alias.md");
        to(Path::new(".private.md"), "private.md");
        to(Path::new("a"), "inside");
        to(Path::new(".."), "a/up");
        to(Path::new("gone.md"), "dangling.md");
        to(Path::new("loop.md"), "loop.md");
        let found = walk(dir.path(), &[]);
        assert_eq!(found.notes, ["a/note.md"]);
        assert_eq!(found.aliases, [Alias { link: "alias.md".to_owned(), note: "a/note.md".to_owned() }]);
        let said: Vec<(&str, String)> =
            found.problems.iter().map(|problem| (problem.file(), problem.message().to_string())).collect();
        let files: Vec<&str> = said.iter().map(|(file, _)| *file).collect();
        // Links to folders inside say nothing, and `python3` is no note.
        assert_eq!(files, ["dangling.md", "folder", "loop.md", "private.md", "secret.md"]);
        assert!(said[4].1.contains("outside of the folder, so it was left out"), "{said:?}");
        assert!(matches!(found.problems[2], Skipped::Loop { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_read_does_not_stop_the_rest() {
        use std::os::unix::fs::PermissionsExt;

        let dir = folder(&["a/x.md", "b/y.md"]);
        let closed = dir.path().join("a");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        // Root reads everything.
        let all = fs::read_dir(&closed).is_ok();
        let found = walk(dir.path(), &[]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
        if !all {
            assert_eq!(found.notes, ["b/y.md"]);
            assert!(matches!(&found.problems[..], [Skipped::Unreadable { file, .. }] if file == "a"));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8() {
        use std::os::unix::ffi::OsStrExt;

        let dir = folder(&["a.md"]);
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"\xff.md")), "").unwrap();
        let found = walk(dir.path(), &[]);
        assert_eq!(found.notes, ["a.md"]);
        assert_eq!(found.problems, [Skipped::NotUtf8 { file: "\u{fffd}.md".to_owned() }]);
    }
}
