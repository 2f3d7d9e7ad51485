//! What a construct is, and the book that is made of it.

use std::collections::BTreeMap;

use bilingual_test_support::history::History;
use serde_json::{Value, json};

/// A thing that there can be many of.
pub(super) struct Construct {
    /// What it is called in the table.
    pub(super) name: &'static str,
    /// What is run.
    pub(super) command: Command,
    /// How many there are at first.
    pub(super) n: usize,
    /// The book with so many.
    make: Make,
    /// Why it may grow faster.
    pub(super) exception: Option<&'static str>,
}

/// How its book is made.
enum Make {
    /// From their number.
    Book(fn(usize) -> Book),
    /// From pieces by their numbers, on the page of a pair.
    Pieces(fn(usize) -> String),
    /// From pieces by their numbers, in the catalogue of a book.
    Catalogue(fn(usize) -> String),
    /// From the same piece again and again, in one line of that page.
    Line(&'static str),
}

impl Construct {
    /// What a command has to do with so many of a thing.
    pub(super) const fn new(name: &'static str, command: Command, n: usize, make: fn(usize) -> Book) -> Self {
        Self { name, command, n, make: Make::Book(make), exception: None }
    }

    /// A page with so many of these pieces, each in lines of its own, for the preprocessor.
    pub(super) const fn pieces(name: &'static str, n: usize, piece: fn(usize) -> String) -> Self {
        Self { name, command: Command::Preprocess, n, make: Make::Pieces(piece), exception: None }
    }

    /// A page with so many of these in one line, for the preprocessor.
    pub(super) const fn line(name: &'static str, n: usize, piece: &'static str) -> Self {
        Self { name, command: Command::Preprocess, n, make: Make::Line(piece), exception: None }
    }

    /// A book with a catalogue of so many pieces, for the preprocessor.
    pub(super) const fn catalogue(name: &'static str, n: usize, piece: fn(usize) -> String) -> Self {
        Self { name, command: Command::Preprocess, n, make: Make::Catalogue(piece), exception: None }
    }

    /// The book with `n` of them.
    pub(super) fn book(&self, n: usize) -> Book {
        match self.make {
            Make::Book(make) => make(n),
            Make::Pieces(piece) => Book::page(&format!("# 甲\n\n{}", (0..n).map(piece).collect::<String>())),
            Make::Catalogue(piece) => {
                let mut book = Book::with("catalogue = [\"README.md\"]\n", pairs(10));
                let pieces: String = (0..n).map(piece).collect();
                book.files.insert("README.md".to_owned(), format!("# Notes\n\n{pieces}\n"));
                book
            }
            Make::Line(piece) => Book::page(&format!("# 甲\n\n{}\n", piece.repeat(n))),
        }
    }

    /// One that does not have to, and why.
    pub(super) const fn except(self, reason: &'static str) -> Self {
        Self { exception: Some(reason), ..self }
    }
}

/// What is run on a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Command {
    /// The preprocessor, as mdBook starts it.
    Preprocess,
    /// `check`.
    Check,
    /// `check --format json`.
    CheckJson,
    /// `check --format github`.
    CheckGithub,
    /// `list --format json`.
    List,
    /// `adopt --dry-run`.
    AdoptDry,
    /// `adopt`, in a folder that is new each time.
    Adopt,
    /// `confirm` of all notes in `src/en/`, in a folder that is new each time.
    Confirm,
    /// `install`, in a folder that is new each time.
    Install,
}

impl Command {
    /// How it is called in the table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Preprocess => "preprocessor",
            Self::Check => "check",
            Self::CheckJson => "check --format json",
            Self::CheckGithub => "check --format github",
            Self::List => "list",
            Self::AdoptDry => "adopt --dry-run",
            Self::Adopt => "adopt",
            Self::Confirm => "confirm",
            Self::Install => "install",
        }
    }

    /// Its arguments.
    pub(super) fn args(self, book: &Book) -> Vec<String> {
        let words: &[&str] = match self {
            Self::Preprocess => &[],
            Self::Check => &["check", "--today", "2026-01-01"],
            Self::CheckJson => &["check", "--today", "2026-01-01", "--format", "json"],
            Self::CheckGithub => &["check", "--today", "2026-01-01", "--format", "github"],
            Self::List => &["list", "--format", "json"],
            Self::AdoptDry => &["adopt", "--dry-run"],
            Self::Adopt => &["adopt"],
            Self::Confirm => &["confirm"],
            Self::Install => &["install"],
        };
        let mut args: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        if self == Self::Confirm {
            args.extend(book.files.keys().filter(|path| path.starts_with("src/en/")).cloned());
        }
        args
    }

    /// Whether it leaves something behind, so that it needs a new folder.
    pub(super) fn writes(self) -> bool {
        matches!(self, Self::Adopt | Self::Confirm | Self::Install)
    }
}

/// What changes what mdBook says.
type Said = Box<dyn Fn(&mut Value)>;

/// A book to run a command on: files, and perhaps a history.
#[derive(Default)]
pub(super) struct Book {
    /// Path from the root → text.
    pub(super) files: BTreeMap<String, String>,
    /// What git is told.
    pub(super) history: Option<History>,
    /// What mdBook says, where it is not what the files say.
    pub(super) protocol: Option<Said>,
}

/// The table without git: a book of the bench lies in the repository of the project.
const TABLE: &str = "languages = [\"zh-CN\", \"en\"]\nhistory.git = false\n";

impl Book {
    /// Loose files, and no book.
    pub(super) fn loose(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { files: files.into_iter().collect(), ..Self::default() }
    }

    /// A book of these files in `src/`, in this order, with this table `[preprocessor.bilingual]`.
    pub(super) fn with_table(table: &str, notes: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut summary = String::from("# Summary\n\n");
        let mut files = BTreeMap::new();
        for (path, text) in notes {
            summary += &format!("- [{}]({path})\n", path.trim_end_matches(".md").replace('/', " "));
            files.insert(format!("src/{path}"), text);
        }
        files.insert("src/SUMMARY.md".to_owned(), summary);
        let toml = format!(
            "[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n\n[preprocessor.bilingual]\nrenderers = [\"html\"]\n{table}"
        );
        files.insert("book.toml".to_owned(), toml);
        Self { files, ..Self::default() }
    }

    /// A book of these files.
    pub(super) fn of(notes: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::with_table(TABLE, notes)
    }

    /// A book with more in its table than its languages.
    pub(super) fn with(table: &str, notes: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::with_table(&format!("{TABLE}{table}"), notes)
    }

    /// A pair of notes, of which the Chinese one is this.
    pub(super) fn page(text: &str) -> Self {
        Self::of(pair(text.to_owned()))
    }

    /// The same book with these files, which are no chapters.
    pub(super) fn beside(mut self, files: impl IntoIterator<Item = (String, String)>) -> Self {
        self.files.extend(files);
        self
    }

    /// The same book with this history, which leaves its files.
    pub(super) fn after(mut self, history: History) -> Self {
        self.history = Some(history);
        let toml = self.files.get_mut("book.toml").expect("a book has one");
        *toml = toml.replace("history.git = false\n", "");
        self
    }

    /// How many bytes its files have.
    pub(super) fn size(&self) -> u64 {
        self.files.iter().map(|(path, text)| (path.len() + text.len()) as u64).sum()
    }

    /// What mdBook would say to a preprocessor.
    pub(super) fn json(&self, root: &str) -> String {
        let toml = self.files.get("book.toml").map_or("", String::as_str);
        let config: Value = toml::from_str::<toml::Table>(toml)
            .ok()
            .and_then(|table| serde_json::to_value(table).ok())
            .unwrap_or_default();
        let listed = self.files.get("src/SUMMARY.md").map_or("", String::as_str).lines();
        let links =
            listed.filter_map(|line| line.trim_start().strip_prefix("- [")?.strip_suffix(')')?.split_once("]("));
        let chapters = links.map(|(name, path)| {
            let content = self.files.get(&format!("src/{path}")).map_or("", String::as_str);
            json!({"Chapter": {
                "name": name, "content": content, "number": [1], "sub_items": [], "path": path, "source_path": path,
                "parent_names": [],
            }})
        });
        let items: Vec<Value> = chapters.collect();
        let mut said = json!([
            {"root": root, "config": config, "renderer": "html", "mdbook_version": "0.5.4"},
            {"items": items},
        ]);
        if let Some(change) = &self.protocol {
            change(&mut said);
        }
        said.to_string()
    }
}

/// A pair of notes, of which the Chinese one is this.
pub(super) fn pair(text: String) -> Vec<(String, String)> {
    vec![("zh/a.md".to_owned(), text), ("en/a.md".to_owned(), "# A\n\nText.\n".to_owned())]
}

/// Pairs of small notes.
pub(super) fn pairs(count: usize) -> Vec<(String, String)> {
    (0..count)
        .flat_map(|at| {
            let zh = format!("# 笔记 {at}\n\n正文。\n");
            let en = format!("# Note {at}\n\nText.\n");
            [(format!("zh/n{at}.md"), zh), (format!("en/n{at}.md"), en)]
        })
        .collect()
}
