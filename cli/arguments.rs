//! What can be typed.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Parser, Subcommand, ValueEnum, ValueHint};
#[cfg(feature = "export")]
use mdbook_bilingual_core::config::LinkWay;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::platforms::{Platform, Site};
use mdbook_bilingual_core::values::{Date, Language};

/// What `--version` says: which mdBook the suite is made for, too.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (mdBook 0.5)");

const AFTER: &str = "\
Which of these are you?
  no book yet          mdbook-bilingual init my-book
  a folder of notes    mdbook-bilingual adopt path/to/notes
  an mdBook            mdbook-bilingual install path/to/book

Then: mdbook serve --open path/to/book";

/// mdBook preprocessors for books in two or more languages.
///
/// Without a command this is the preprocessor: mdBook starts it and sends it the book.
#[derive(Parser)]
#[command(version = VERSION, about, after_help = AFTER)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Says by its exit code whether a renderer is supported (mdBook asks this)
    Supports {
        /// The renderer's name
        renderer: String,
    },
    /// Prints the notes of a book, each fact with its origin
    #[command(after_help = "\
Examples:
  mdbook-bilingual list                            the book in this folder
  mdbook-bilingual list path/to/notes              what `adopt` would find in a folder of notes
  mdbook-bilingual list --format json | jq .board  how the notes of each section stand")]
    List {
        /// The folder of the book's book.toml
        #[arg(default_value = ".")]
        root: PathBuf,
        /// How to print them
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Says everything that is odd about a book, without rendering it
    #[command(after_help = "\
Examples:
  mdbook-bilingual check --deny warnings           fails on warnings, too
  mdbook-bilingual check --fix --dry-run           shows what has one answer, as a diff
  mdbook-bilingual check --format github           annotations in a workflow
  mdbook-bilingual check --explain link-dead       what a code means

Exit codes: 0 nothing that fails, 1 findings, 2 it could not run")]
    Check {
        /// The folder of the book's book.toml, or of notes
        #[arg(default_value = ".")]
        root: PathBuf,
        /// How to print what was found
        #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
        format: CheckFormat,
        /// Fails on warnings as well
        #[arg(long, value_enum, value_name = "WHAT")]
        deny: Option<Denied>,
        /// The day as of which reviews are overdue, as 2025-08-31 [default: today]
        #[arg(long, value_name = "DATE", value_parser = Date::parse)]
        today: Option<Date>,
        /// When to use colours; NO_COLOR is respected
        #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
        color: Colour,
        /// Makes the changes that have one answer, then says what is left
        #[arg(long)]
        fix: bool,
        /// Prints these changes as a unified diff, and makes none
        #[arg(long, requires = "fix")]
        dry_run: bool,
        /// Prints what a code means, and what to do about it
        #[arg(long, value_name = "CODE", value_parser = Code::find, value_hint = ValueHint::Other)]
        explain: Option<Code>,
    },
    /// Makes a book out of a folder of notes, without touching a note
    #[command(after_help = "\
Examples:
  mdbook-bilingual adopt path/to/notes --dry-run   what would be done
  mdbook-bilingual adopt path/to/notes             does it, and can be run again after new notes
  mdbook-bilingual adopt --languages zh-CN,en      the main language first
  mdbook-bilingual adopt docs --join               one book out of docs/en and docs/zh")]
    Adopt {
        /// The folder of the notes [default: .]
        dir: Option<PathBuf>,
        /// The files that list the notes, from this folder; found by itself where it is left out
        #[arg(long, value_name = "FILE", num_args = 1..)]
        catalogue: Vec<String>,
        /// The languages, as BCP 47 tags; found by itself where it is left out
        #[arg(long, value_name = "TAG", num_args = 1.., value_hint = ValueHint::Other)]
        languages: Vec<String>,
        /// Prints what would be done, and does nothing
        #[arg(long)]
        dry_run: bool,
        /// Copies notes into the book's folder instead of linking them
        #[arg(long)]
        copy: bool,
        /// Joins books in different languages that stand beside each other, such as en/ and zh/, into one
        #[arg(long)]
        join: bool,
        #[command(flatten)]
        site: NewSiteFlags,
        /// How to print what was found
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Writes into notes that they were checked: a translation against its source, a text in a review, or posted elsewhere
    #[command(after_help = "\
Examples:
  mdbook-bilingual confirm src/en/kv.md            the translation is right for its source as it is now
  mdbook-bilingual confirm --review --by Lin src/zh/kv.md
  mdbook-bilingual confirm --copy zhihu src/zh/kv.md https://zhuanlan.zhihu.com/p/1946402397409740613
  mdbook-bilingual confirm --copy zhihu src/zh/kv.md    the same copy again, with the text as it is now")]
    #[command(group(ArgGroup::new("dated").args(["review", "copy"])))]
    Confirm {
        /// The notes, by their files or by their links in the book's folder; behind one, the address of its copy
        #[arg(required = true, value_name = "NOTE")]
        notes: Vec<PathBuf>,
        /// The folder of the book's book.toml [default: the nearest one above the note]
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Writes that the text of the note itself was reviewed, as it is now
        #[arg(long)]
        review: bool,
        /// Who reviewed it
        #[arg(long, value_name = "NAME", requires = "review")]
        by: Option<String>,
        /// Writes that the text was posted on this platform, as it is now; its address is known, or stands behind the note
        #[arg(long, value_name = "PLATFORM", value_parser = Platform::known, value_hint = ValueHint::Other)]
        copy: Option<&'static Site>,
        /// When it was reviewed, or posted [default: today]
        #[arg(long, value_name = "DATE", requires = "dated", value_parser = Date::parse)]
        on: Option<Date>,
    },
    /// Writes notes as another site takes them, and says what is lost
    #[cfg(feature = "export")]
    #[command(after_help = "\
Examples:
  mdbook-bilingual export src/zh/kv.md --for zhihu      writes export/kv.zhihu.md
  mdbook-bilingual export --all --unposted --for juejin every note that has no copy there yet
  mdbook-bilingual export src/zh/kv.md --for dev-to -o - --deny losses
  mdbook-bilingual export --for zhihu --probe           a page to paste into a draft, to see what arrives
  mdbook-bilingual export --list                        the platforms, and what is not sure about them

Exit codes: 0 nothing that is denied, 1 findings that are denied, 2 it could not run")]
    Export(Box<ExportArguments>),
    /// Prints what can be written in book.toml, for editors that complete and check it
    #[command(after_help = "\
Example:
  mdbook-bilingual config --schema > book.schema.json")]
    Config {
        /// Prints it as a JSON schema, which is the only form yet
        #[arg(long, required = true)]
        schema: bool,
    },
    /// Makes a new book in two languages or more
    #[command(after_help = "\
Examples:
  mdbook-bilingual init my-book                    asks for the languages and the title
  mdbook-bilingual init my-book --languages zh-CN,en --title 'ML Systems Notes'")]
    Init {
        /// The folder of the new book; it may be there already, without a book.toml and without src/
        dir: PathBuf,
        /// The languages, the main one first, as BCP 47 tags; a terminal is asked where they are left out
        #[arg(long, value_name = "TAG", num_args = 1.., value_hint = ValueHint::Other)]
        languages: Vec<String>,
        /// The title of the book; a terminal is asked where it is left out [default: the name of the folder]
        #[arg(long, value_hint = ValueHint::Other)]
        title: Option<String>,
        #[command(flatten)]
        site: NewSiteFlags,
    },
    /// Adds the preprocessor and its stylesheet to a book
    #[command(after_help = "\
Examples:
  mdbook-bilingual install                      the book in this folder
  mdbook-bilingual install --upgrade --dry-run  what an older book.toml needs
  mdbook-bilingual install --site               each page in its own language, by mdbook-bilingual-site
  mdbook-bilingual install --no-site            mdBook's own renderer again")]
    Install {
        /// The folder of the book's book.toml
        #[arg(default_value = ".")]
        root: PathBuf,
        /// Puts right what mdBook 0.5 refuses in an older book.toml, where there is one answer
        #[arg(long)]
        upgrade: bool,
        #[command(flatten)]
        site: SiteFlags,
        /// Prints what would be done, and does nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Prints a script with which a shell completes what is typed
    #[command(after_help = "\
Examples:
  mdbook-bilingual completions bash > ~/.local/share/bash-completion/completions/mdbook-bilingual
  mdbook-bilingual completions zsh > \"${fpath[1]}/_mdbook-bilingual\"
  mdbook-bilingual completions fish > ~/.config/fish/completions/mdbook-bilingual.fish")]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Writes a man page for the program, and one for each command
    #[command(after_help = "\
Example:
  mdbook-bilingual man ~/.local/share/man/man1")]
    Man {
        /// The folder that they are written into; it is made where it is missing
        dir: PathBuf,
    },
}

/// What `export` is told.
#[cfg(feature = "export")]
#[derive(clap::Args)]
pub(crate) struct ExportArguments {
    /// The notes: files, or folders of them
    #[arg(value_name = "NOTE")]
    pub(crate) notes: Vec<PathBuf>,
    /// The platform: zhihu, wechat, juejin, csdn, dev-to, markdown, or one of the book's own
    #[arg(long = "for", value_name = "PLATFORM", value_hint = ValueHint::Other)]
    pub(crate) platform: Option<String>,
    /// The folder of the book's book.toml [default: the nearest one above the first note, or this one]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// All notes of a section, by its title
    #[arg(long, value_name = "TITLE", value_hint = ValueHint::Other)]
    pub(crate) section: Vec<String>,
    /// All notes of the book
    #[arg(long)]
    pub(crate) all: bool,
    /// Of these, those that have a copy on the platform
    #[arg(long, conflicts_with = "unposted")]
    pub(crate) posted: bool,
    /// Of these, those that have no copy on the platform
    #[arg(long)]
    pub(crate) unposted: bool,
    /// Of these, those in a language, as a BCP 47 tag
    #[arg(long, value_name = "TAG", value_parser = Language::parse, value_hint = ValueHint::Other)]
    pub(crate) language: Option<Language>,
    /// A file, a folder, or - for standard output [default: the folder export beside book.toml]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Where pictures are on the web: an address, `site` or `repository`
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::Other)]
    pub(crate) images: Option<String>,
    /// Where links to notes lead: the first of these that there is [default: sister,site,repository,text]
    #[arg(long, value_name = "ORDER", value_delimiter = ',', value_parser = LinkWay::find, value_hint = ValueHint::Other)]
    pub(crate) links: Vec<LinkWay>,
    /// A folder with drawn diagrams: 1.png is the first of a note
    #[arg(long, value_name = "DIR")]
    pub(crate) diagrams: Option<PathBuf>,
    /// Leaves the result on the clipboard, too, until something else is copied (in a program with the feature `clipboard`)
    #[arg(long)]
    pub(crate) copy: bool,
    /// How to say what is lost, on standard error
    #[arg(long, value_enum, default_value_t = ExportReport::Human)]
    pub(crate) report: ExportReport,
    /// Fails on anything that is lost, or on a code; can be given more than once
    #[arg(long, value_name = "losses|CODE", value_hint = ValueHint::Other)]
    pub(crate) deny: Vec<String>,
    /// Writes a page with everything a note can hold, to be pasted into a draft there
    #[arg(long)]
    pub(crate) probe: bool,
    /// Prints the platforms, and what is not sure about them
    #[arg(long)]
    pub(crate) list: bool,
    /// Prints what a code means, and what to do about it
    #[arg(long, value_name = "CODE", value_parser = Code::find, value_hint = ValueHint::Other)]
    pub(crate) explain: Option<Code>,
}

/// Which renderer shows a book in browsers.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct SiteFlags {
    /// Gives the book to mdbook-bilingual-site, for which [output.html] becomes [output.bilingual-site.html]
    #[arg(long, overrides_with = "no_site")]
    site: bool,
    /// Gives the book to mdBook's own renderer, by [output.html]
    #[arg(long, overrides_with = "site")]
    no_site: bool,
}

/// Which renderer shows a new book in browsers.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct NewSiteFlags {
    /// Lets mdbook-bilingual-site show a new book [default: where that program is on the PATH or beside this one]
    #[arg(long, overrides_with = "no_site")]
    site: bool,
    /// Lets mdBook's own renderer show a new book
    #[arg(long, overrides_with = "site")]
    no_site: bool,
}

/// What somebody said of something that may be left unsaid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum SiteChoice {
    Yes,
    No,
    Unsaid,
}

impl SiteChoice {
    fn of(site: bool, no_site: bool) -> Self {
        match (site, no_site) {
            (true, _) => Self::Yes,
            (_, true) => Self::No,
            _ => Self::Unsaid,
        }
    }
}

impl From<SiteFlags> for SiteChoice {
    fn from(flags: SiteFlags) -> Self {
        Self::of(flags.site, flags.no_site)
    }
}

impl From<NewSiteFlags> for SiteChoice {
    fn from(flags: NewSiteFlags) -> Self {
        Self::of(flags.site, flags.no_site)
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

#[cfg(feature = "export")]
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ExportReport {
    /// For people
    Human,
    /// For programs
    Json,
    /// Not at all
    None,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people: each with the line that it is about
    Human,
    /// For programs
    Json,
    /// Annotations of a workflow on GitHub
    Github,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Denied {
    /// Warnings fail
    Warnings,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Colour {
    pub(crate) fn is_wanted(self) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                io::stdout().is_terminal()
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// The folder of `adopt`, which can stand behind a list, too. One that is called by a language, in a list of languages,
/// is one of them, unless the list stands before it in one word: `--languages zh-CN,en ja`.
pub(crate) fn folder(dir: Option<PathBuf>, catalogue: &mut Vec<String>, languages: &mut Vec<String>) -> PathBuf {
    let mut dir = dir;
    let listed = languages.iter().any(|word| word.contains(','));
    for (list, are_tags) in [(catalogue, false), (languages, !listed)] {
        let is_folder =
            |word: &&String| Path::new(word).is_dir() && !(are_tags && Language::parse(word).is_ok()) && dir.is_none();
        if let Some(folder) = list.pop_if(|word| is_folder(&&*word)) {
            dir = Some(PathBuf::from(folder));
        }
    }
    dir.unwrap_or_else(|| PathBuf::from("."))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use mdbook_bilingual_core::host::MDBOOK;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_version_names_the_mdbook_that_the_suite_is_made_for() {
        assert!(VERSION.ends_with(&format!(" (mdBook {})", MDBOOK.trim_start_matches('^'))), "{VERSION}");
    }
}
