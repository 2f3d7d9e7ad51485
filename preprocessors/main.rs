//! `mdbook-bilingual`: arguments, standard input, the library, standard output. The only code that prints.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand, ValueEnum};
use mdbook::Preprocessor;
use mdbook_bilingual::Bilingual;
use mdbook_bilingual::commands::{self, adopt, check, clock, confirm};
use mdbook_bilingual::diagnostic::{Code, Diagnostics, Severity, harmless};
use mdbook_bilingual::host::{self, Host};
use mdbook_bilingual::values::{Date, Language};
use tracing_core::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};

/// mdBook preprocessors for books in two or more languages.
///
/// Without a command this is the preprocessor: mdBook starts it and sends it the book.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Says by its exit code whether a renderer is supported (mdBook asks this)
    Supports {
        /// The renderer's name
        renderer: String,
    },
    /// Prints the notes of a book, each fact with its origin
    List {
        /// The folder of the book's book.toml
        #[arg(default_value = ".")]
        root: PathBuf,
        /// How to print them
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Says everything that is odd about a book, without rendering it
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
        /// Prints what a code means, and what to do about it
        #[arg(long, value_name = "CODE", value_parser = Code::find)]
        explain: Option<Code>,
    },
    /// Makes a book out of a folder of notes, without touching a note
    Adopt {
        /// The folder of the notes [default: .]
        dir: Option<PathBuf>,
        /// The files that list the notes, from this folder; found by itself where it is left out
        #[arg(long, value_name = "FILE", num_args = 1..)]
        catalogue: Vec<String>,
        /// The languages, as BCP 47 tags; found by itself where it is left out
        #[arg(long, value_name = "TAG", num_args = 1..)]
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
        /// How to print what was found
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
    },
    /// Writes into notes that they were checked: a translation against its source, or a text in a review
    Confirm {
        /// The notes, by their files or by their links in the book's folder
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
        /// When it was reviewed [default: today]
        #[arg(long, value_name = "DATE", requires = "review", value_parser = Date::parse)]
        on: Option<Date>,
    },
    /// Prints what can be written in book.toml, for editors that complete and check it
    Config {
        /// Prints it as a JSON schema, which is the only form yet
        #[arg(long, required = true)]
        schema: bool,
    },
    /// Adds the preprocessor and its stylesheet to a book
    Install {
        /// The folder of the book's book.toml
        #[arg(default_value = ".")]
        root: PathBuf,
        /// Puts right what mdBook 0.5 refuses in an older book.toml, where there is one answer
        #[arg(long)]
        upgrade: bool,
        /// Prints what would be done, and does nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum CheckFormat {
    /// For people: each with the line that it is about
    Human,
    /// For programs
    Json,
    /// Annotations of a workflow on GitHub
    Github,
}

#[derive(Clone, Copy, ValueEnum)]
enum Denied {
    /// Warnings fail
    Warnings,
}

#[derive(Clone, Copy, ValueEnum)]
enum Colour {
    /// On a terminal
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Colour {
    fn is_wanted(self) -> bool {
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

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // It quotes what was typed, or what a shell made of a file's name.
        Err(error) if error.use_stderr() => {
            complain_of(&error.render().to_string());
            return ExitCode::from(2);
        }
        Err(help) => help.exit(),
    };
    let done = match arguments.command {
        None => preprocess(),
        Some(Command::Supports { renderer }) => Bilingual
            .supports_renderer(&renderer)
            .map(|supported| if supported { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Some(Command::List { root, format }) => list(&root, format),
        Some(Command::Check { explain: Some(code), .. }) => print(&code.explanation()).map(|()| ExitCode::SUCCESS),
        Some(Command::Check { root, format, deny, today, color, explain: None }) => {
            let format = match format {
                CheckFormat::Human => check::Format::Human { styled: color.is_wanted() },
                CheckFormat::Json => check::Format::Json,
                CheckFormat::Github => check::Format::Github,
            };
            let deny_warnings = matches!(deny, Some(Denied::Warnings));
            let today = today.map_or_else(|| clock::today("--today"), Ok);
            today.and_then(|today| check(&root, today, format, deny_warnings))
        }
        Some(Command::Adopt { mut dir, mut catalogue, mut languages, dry_run, copy, join, format }) => {
            // The folder can stand behind a list, too. One that is called by a language, in a list of languages, is one
            // of them, unless the list stands before it in one word: `--languages zh-CN,en ja`.
            let listed = languages.iter().any(|word| word.contains(','));
            for (list, are_tags) in [(&mut catalogue, false), (&mut languages, !listed)] {
                let is_folder = |word: &&String| {
                    Path::new(word).is_dir() && !(are_tags && Language::parse(word).is_ok()) && dir.is_none()
                };
                if let Some(folder) = list.pop_if(|word| is_folder(&&*word)) {
                    dir = Some(PathBuf::from(folder));
                }
            }
            let dir = dir.unwrap_or_else(|| PathBuf::from("."));
            adopt::languages(&languages).and_then(|languages| {
                adopt(
                    &dir,
                    &adopt::Options {
                        catalogues: catalogue,
                        languages,
                        copy,
                        join,
                        today: None,
                        history: matches!(format, ListFormat::Json),
                    },
                    dry_run,
                    format,
                )
            })
        }
        Some(Command::Confirm { notes, root, review, by, on }) => {
            let what = if review {
                let reviewer = by.as_deref().map(confirm::reviewer).transpose();
                let on = confirm::reviewed_on(on, clock::today("--on"));
                reviewer.and_then(|by| Ok(confirm::What::Review { by, on: on? }))
            } else {
                Ok(confirm::What::Translation)
            };
            what.and_then(|what| confirm(&notes, root.as_deref(), &what))
        }
        Some(Command::Config { schema: _ }) => print(&commands::config::schema()).map(|()| ExitCode::SUCCESS),
        Some(Command::Install { root, upgrade, dry_run }) => {
            commands::install::install(&root, commands::install::Options { upgrade, dry_run }).and_then(|done| {
                print(&done.to_string())?;
                say(&done.diagnostics);
                if !done.diagnostics.fail(false) {
                    return Ok(ExitCode::SUCCESS);
                }
                let remedy = if done.can_upgrade { "; `install --upgrade` puts right what has one answer" } else { "" };
                complain(&format!(
                    "error: because of the errors above, mdBook 0.5 does not show this book as it should{remedy}"
                ));
                Ok(ExitCode::FAILURE)
            })
        }
    };
    done.unwrap_or_else(|error| {
        if error.downcast_ref::<io::Error>().is_none_or(|error| error.kind() != io::ErrorKind::BrokenPipe) {
            complain_of(&format!("error: {error:#}"));
        }
        ExitCode::from(2)
    })
}

fn preprocess() -> Result<ExitCode> {
    if io::stdin().is_terminal() {
        anyhow::bail!(
            "mdBook starts this program and sends it the book; run `mdbook build`, or see `mdbook-bilingual --help`"
        );
    }
    // mdBook writes all of it before it reads a byte of ours.
    let mut json = String::new();
    io::stdin().read_to_string(&mut json).context("standard input is not the UTF-8 text that mdBook sends")?;
    let mut diagnostics = Diagnostics::default();
    let (host, book) = Host::from_mdbook(&json, &mut diagnostics)?;
    drop(json);
    let (book, mut reading) = mdbook_bilingual::process(&host, book)?;
    diagnostics.extend(std::mem::take(&mut reading.diagnostics));
    reading.config.silence.apply(&mut diagnostics);
    let failed = report(&diagnostics, reading.config.denies_warnings());
    if failed {
        return Ok(ExitCode::FAILURE);
    }
    print(&serde_json::to_string(&book).context("the book")?)?;
    // The process ends here. To free a whole book piece by piece would only take time.
    std::mem::forget((host, book, reading));
    Ok(ExitCode::SUCCESS)
}

fn adopt(dir: &Path, options: &adopt::Options, dry_run: bool, format: ListFormat) -> Result<ExitCode> {
    let survey = adopt::survey(dir, options)?;
    for diagnostic in survey.diagnostics() {
        complain(&diagnostic.to_string());
    }
    match format {
        ListFormat::Table => print(&survey.to_string())?,
        ListFormat::Json => print(&commands::list::json(&survey.reading)?)?,
    }
    if survey.is_misled() {
        complain("error: nothing was written, because of the errors above");
        return Ok(ExitCode::FAILURE);
    }
    if !dry_run {
        let done = survey.write()?;
        report(&done.diagnostics, false);
        match format {
            ListFormat::Table => print(&format!("\n{done}"))?,
            // The data is all that a program wants on standard output.
            ListFormat::Json => done.to_string().lines().for_each(complain),
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn confirm(notes: &[PathBuf], root: Option<&Path>, what: &confirm::What) -> Result<ExitCode> {
    match confirm::confirm(notes, root, what)? {
        Ok(done) => {
            print(&done.to_string())?;
            for remark in &done.remarks {
                complain(&remark.to_string());
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in &problems {
                complain(&problem.to_string());
            }
            complain("error: nothing was written, because of the errors above");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn check(root: &Path, today: Date, format: check::Format, deny_warnings: bool) -> Result<ExitCode> {
    let checked = check::check(root, today)?;
    print(&checked.report(format))?;
    let failed = checked.diagnostics.fail(deny_warnings || checked.deny_warnings);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn list(root: &Path, format: ListFormat) -> Result<ExitCode> {
    // Notes that are no book yet can be listed as well.
    if !commands::is_book(root) && root.is_dir() {
        return adopt(root, &adopt::Options { history: true, ..adopt::Options::default() }, true, format);
    }
    let (host, book) = Host::load(root)?;
    let mut reading = mdbook_bilingual::read(&host, &book);
    host::report_refused(&host.book_toml, &host.root, &mut reading.diagnostics);
    reading.config.silence.apply(&mut reading.diagnostics);
    let failed = report(&reading.diagnostics, false);
    print(&match format {
        ListFormat::Table => commands::list::table(&reading),
        ListFormat::Json => commands::list::json(&reading)?,
    })?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// How many notes of one kind are printed before the rest is counted.
const NOTES_OF_A_KIND: usize = 3;

/// How many warnings.
const WARNINGS_OF_A_KIND: usize = 20;

/// Prints what there is to say, and tells whether it fails the build.
fn report(diagnostics: &Diagnostics, deny_warnings: bool) -> bool {
    let hears_errors = say(diagnostics);
    let failed = diagnostics.fail(deny_warnings);
    if failed && hears_errors {
        let why = if diagnostics.fail(false) { "errors above" } else { "warnings above, which this book denies" };
        complain(&format!("error: mdbook-bilingual stopped because of the {why}"));
    }
    failed
}

/// Prints what there is to say, as far as `MDBOOK_LOG` wants to hear it, and tells whether it wants to hear errors.
fn say(diagnostics: &Diagnostics) -> bool {
    // mdBook's own default and its own syntax.
    let heard: Targets = std::env::var("MDBOOK_LOG")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let hears = |level| heard.would_enable("mdbook_bilingual", &level);
    let sorted = diagnostics.sorted();
    let mut printed = std::collections::BTreeMap::new();
    for (at, diagnostic) in sorted.iter().enumerate() {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARN,
            Severity::Note => Level::INFO,
        };
        if !hears(level) {
            continue;
        }
        let count: &mut usize = printed.entry(diagnostic.code()).or_default();
        *count += 1;
        let most = match diagnostic.severity() {
            Severity::Error => usize::MAX,
            Severity::Warning => WARNINGS_OF_A_KIND,
            Severity::Note => NOTES_OF_A_KIND,
        };
        let few = hears(Level::DEBUG) || *count <= most;
        if few {
            complain(&diagnostic.to_string());
        }
        let last = sorted[at + 1..].iter().all(|later| later.code() != diagnostic.code());
        if last && !few {
            let (severity, name, more) = (diagnostic.severity(), diagnostic.code().name(), *count - most);
            complain(&format!("{severity}[{name}]: and {more} more like these; MDBOOK_LOG=debug shows all"));
        }
    }
    hears(Level::ERROR)
}

/// Writes an error to standard error. A cause may take several lines, and may quote a note or the name of a file; no
/// line of it is a command of a workflow of GitHub.
fn complain_of(error: &str) {
    let mut error = error.to_owned();
    // What was typed and where we are may hold a line break, which is no end of a line of ours.
    let folder = std::env::current_dir().ok().map(PathBuf::into_os_string);
    for typed in std::env::args_os().chain(folder).map(|typed| typed.to_string_lossy().into_owned()) {
        if let std::borrow::Cow::Owned(harmless) = harmless(&typed) {
            error = error.replace(&typed, &harmless);
        }
    }
    for line in error.lines() {
        let mark = if line.trim_start().starts_with("::") { "| " } else { "" };
        complain(&format!("{mark}{}", harmless(line)));
    }
}

/// Writes a line to standard error. When nobody listens there, there is nobody to tell.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
