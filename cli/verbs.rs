//! From arguments to what is printed: one function for each verb.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::CommandFactory;
use clap_complete::Shell;
use mdbook::Preprocessor;
#[cfg(feature = "export")]
use mdbook_bilingual::commands::export;
use mdbook_bilingual::commands::install::site::is_program_there;
use mdbook_bilingual::commands::{self, adopt, check, clock, confirm, init};
use mdbook_bilingual::progress;
use mdbook_bilingual_core::Bilingual;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_core::host::{Host, HtmlOptions, pipe};
use mdbook_bilingual_core::platforms::Site;
use mdbook_bilingual_core::values::Date;

#[cfg(feature = "export")]
use crate::arguments::ExportReport;
use crate::arguments::{self, Arguments, CheckFormat, Colour, Denied, ListFormat, SiteChoice};
use crate::protocol;
use crate::say::{complain, print, report, say};

/// What is being done at first, when a book is looked at.
const READING: &str = "reading the book";

pub(crate) fn preprocess() -> Result<ExitCode> {
    if io::stdin().is_terminal() {
        bail!("mdBook starts this program and sends it the book; run `mdbook build`, or see `mdbook-bilingual --help`");
    }
    let json =
        pipe::read(io::stdin().lock(), |_| true).context("standard input is not the UTF-8 text that mdBook sends")?;
    let (mut host, book) = Host::from_mdbook(&json)?;
    drop(json);
    host.besides = Some(adopt::report_newcomers);
    let (book, reading) = mdbook_bilingual_core::process(&host, book)?;
    let failed = report(&reading.diagnostics, reading.config.denies_warnings());
    if failed {
        return Ok(ExitCode::FAILURE);
    }
    protocol::write(&book, io::stdout().lock()).context("the book")?;
    // The process ends here. To free a whole book piece by piece would only take time.
    std::mem::forget((host, book, reading));
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn supports(renderer: &str) -> Result<ExitCode> {
    let supported = Bilingual.supports_renderer(renderer)?;
    Ok(if supported { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn config() -> Result<ExitCode> {
    print(&commands::config::schema())?;
    Ok(ExitCode::SUCCESS)
}

/// A script that completes what is typed, for a shell.
pub(crate) fn completions(shell: Shell) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "mdbook-bilingual", &mut script);
    let script = String::from_utf8(script)?;
    // clap_complete 4.6 writes a name with a hyphen in two ways there, and nothing behind a verb would be completed.
    let script =
        if shell == Shell::Bash { script.replace("mdbook__subcmd__bilingual", "mdbook__bilingual") } else { script };
    print(&script)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn man(dir: &Path) -> Result<ExitCode> {
    for page in commands::man::write(Arguments::command(), dir)? {
        print(&format!("{}\n", harmless(&page.display().to_string())))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Begins a book; on a terminal, what was not typed is asked for.
pub(crate) fn init(dir: &Path, languages: &[String], title: Option<String>, site: SiteChoice) -> Result<ExitCode> {
    init::refuse_if_taken(dir)?;
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let languages = match adopt::languages(languages)? {
        none if none.is_empty() && asks => {
            ask("Its languages, the main one first, such as zh-CN en", "zh-CN en", init::named_languages)?
        }
        languages => languages,
    };
    let default = init::title_of(dir);
    let title = match title {
        Some(title) => init::title(&title)?,
        None if asks => ask("Its title", &default, init::title)?,
        None => init::title(&default)?,
    };
    let today = clock::today("`date` in the note")?;
    let book = init::init(dir, &init::InitOptions { languages, title, html: for_new_book(site), today })?;
    print(&book.to_string())?;
    say(&book.diagnostics);
    Ok(ExitCode::SUCCESS)
}

/// Which renderer shows a new book: that of the site where its program is there, and nobody wants another.
fn for_new_book(site: SiteChoice) -> HtmlOptions {
    let is_wanted = match site {
        SiteChoice::Yes => true,
        SiteChoice::No => false,
        SiteChoice::Unsaid => is_program_there(),
    };
    if is_wanted { HtmlOptions::Site } else { HtmlOptions::Html }
}

/// Asks somebody at a terminal, until the answer can be used. An empty answer is the one in brackets.
fn ask<T>(question: &str, default: &str, read: impl Fn(&str) -> Result<T>) -> Result<T> {
    loop {
        let _ = write!(io::stderr(), "{question} [{}]: ", harmless(default));
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer).context("the answer")? == 0 {
            bail!("the question was not answered, so nothing was written");
        }
        let answer = answer.trim();
        match read(if answer.is_empty() { default } else { answer }) {
            Ok(read) => return Ok(read),
            Err(why) => complain(&format!("{why:#}")),
        }
    }
}

pub(crate) fn adopt(
    dir: Option<PathBuf>,
    (mut catalogues, mut languages): (Vec<String>, Vec<String>),
    (copy, join): (bool, bool),
    site: SiteChoice,
    dry_run: bool,
    format: ListFormat,
) -> Result<ExitCode> {
    let dir = arguments::folder(dir, &mut catalogues, &mut languages);
    if site != SiteChoice::Unsaid && commands::is_book(&dir) {
        let flag = if site == SiteChoice::Yes { "--site" } else { "--no-site" };
        let there = harmless(&commands::typed(&dir)).into_owned();
        bail!("{flag} is for a new book, and there is one; `mdbook-bilingual install {flag} {there}` moves it");
    }
    let languages = adopt::languages(&languages)?;
    let history = matches!(format, ListFormat::Json);
    let html = for_new_book(site);
    let options = adopt::AdoptOptions { catalogues, languages, copy, join, html, checked_on: None, history };
    survey(&dir, &options, dry_run, format)
}

fn survey(dir: &Path, options: &adopt::AdoptOptions, dry_run: bool, format: ListFormat) -> Result<ExitCode> {
    let survey = progress::during("looking for notes", || adopt::survey(dir, options))?;
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
        let done = progress::during("writing the book", || survey.write())?;
        report(&done.diagnostics, false);
        match format {
            ListFormat::Table => print(&format!("\n{done}"))?,
            // The data is all that a program wants on standard output.
            ListFormat::Json => done.to_string().lines().for_each(complain),
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn confirm(
    notes: &[PathBuf],
    root: Option<&Path>,
    review: bool,
    by: Option<&str>,
    on: Option<Date>,
) -> Result<ExitCode> {
    let what = if review {
        let by = by.map(confirm::reviewer).transpose();
        let on = confirm::reviewed_on(on, clock::today("--on"));
        confirm::Confirmation::Review { by: by?, on: on? }
    } else {
        confirm::Confirmation::Translation
    };
    confirmed(notes, root, &what)
}

/// Behind the notes may stand the address of the copy.
pub(crate) fn confirm_copy(
    mut notes: Vec<PathBuf>,
    root: Option<&Path>,
    site: &'static Site,
    on: Option<Date>,
) -> Result<ExitCode> {
    let address = confirm::address(&mut notes, site)?;
    let day = confirm::posted_on(on, clock::today("--on"))?;
    let copy = confirm::CopyToConfirm { site, address, on: day, is_day_said: on.is_some() };
    confirmed(&notes, root, &confirm::Confirmation::Copy(copy))
}

fn confirmed(notes: &[PathBuf], root: Option<&Path>, what: &confirm::Confirmation) -> Result<ExitCode> {
    match progress::during(READING, || confirm::confirm(notes, root, what))? {
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

/// What `export` does.
#[cfg(feature = "export")]
pub(crate) enum ExportWork {
    /// It says which platforms there are.
    List,
    /// It writes the page that shows what a platform takes.
    Probe,
    /// It writes notes.
    Notes(export::Wanted),
}

#[cfg(feature = "export")]
pub(crate) fn export(
    root: Option<PathBuf>,
    platform: Option<String>,
    work: ExportWork,
    output: Option<PathBuf>,
    said: &export::Said,
    (format, denied): (ExportReport, &[String]),
) -> Result<ExitCode> {
    let first = if let ExportWork::Notes(wanted) = &work { wanted.notes.first() } else { None };
    let root = match (root, first) {
        (Some(root), _) => root,
        (None, Some(note)) => confirm::root_of(note)?,
        (None, None) => PathBuf::from("."),
    };
    if matches!(work, ExportWork::List) {
        print(&export::platforms(&root)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(platform) = platform else {
        bail!("which platform? Write --for zhihu, wechat, juejin, csdn, dev-to or markdown; --list shows all of them");
    };
    let denied: Vec<export::Denied> = denied.iter().map(|what| export::Denied::parse(what)).collect::<Result<_>>()?;
    let place = match output {
        None => export::Place::Beside,
        Some(path) if path == Path::new("-") => export::Place::Printed,
        Some(path) => export::Place::At(path),
    };
    let done = match work {
        ExportWork::Notes(wanted) => {
            if wanted.notes.is_empty() && wanted.sections.is_empty() && !wanted.all {
                bail!("which notes? Name their files or folders, a --section, or --all");
            }
            progress::during(READING, || export::export(&root, &platform, &wanted, &place, said))?
        }
        _ => export::probe(&root, &platform, &place)?,
    };
    if let Some(text) = &done.printed {
        print(text)?;
    }
    match format {
        ExportReport::Human => export::human(&done).lines().for_each(complain),
        ExportReport::Json => export::json(&done)?.lines().for_each(complain),
        ExportReport::None => {}
    }
    Ok(if done.fails(&denied) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What `check` does about findings that have one answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MendMode {
    /// It only says them.
    Nothing,
    /// It shows the changes.
    Shown,
    /// It makes them.
    Made,
}

/// A diff as it is for a program; where a terminal shows it, without what that would obey.
fn as_shown(patch: String) -> String {
    if !io::stdout().is_terminal() {
        return patch;
    }
    patch
        .split_inclusive(['\n', '\t'])
        .map(|part| {
            let text = part.trim_end_matches(['\r', '\n', '\t']);
            format!("{}{}", harmless(text), &part[text.len()..])
        })
        .collect()
}

pub(crate) fn check(
    root: &Path,
    today: Option<Date>,
    format: CheckFormat,
    colour: Colour,
    deny: Option<Denied>,
    mend: MendMode,
) -> Result<ExitCode> {
    let is_for_people = matches!(format, CheckFormat::Human);
    let format = match format {
        CheckFormat::Human => check::ReportFormat::Human { styled: colour.is_wanted() },
        CheckFormat::Json => check::ReportFormat::Json,
        CheckFormat::Github => check::ReportFormat::Github,
        CheckFormat::Sarif => check::ReportFormat::Sarif,
    };
    let deny_warnings = matches!(deny, Some(Denied::Warnings));
    let today = today.map_or_else(|| clock::today("--today"), Ok)?;
    let (mut checked, mending) = progress::during(READING, || match mend {
        MendMode::Nothing => check::check(root, today).map(|checked| (checked, None)),
        MendMode::Shown | MendMode::Made => {
            check::check_to_mend(root, today).map(|(checked, mending)| (checked, Some(mending)))
        }
    })?;
    if let Some(mending) = mending {
        mending.left.iter().for_each(|left| complain(&left.to_string()));
        if mend == MendMode::Shown {
            print(&as_shown(mending.patch()))?;
        } else {
            mending.write()?;
            // The report is all that a program wants on standard output.
            let told: Vec<String> = mending.done.iter().map(ToString::to_string).collect();
            match is_for_people {
                true if !told.is_empty() => print(&format!("{}\n\n", told.join("\n")))?,
                _ => told.iter().for_each(|line| complain(line)),
            }
            if !mending.done.is_empty() {
                checked = progress::during(READING, || check::check(root, today))?;
            }
        }
    }
    if mend != MendMode::Shown {
        print(&checked.report(format))?;
    }
    let failed = checked.diagnostics.fail(deny_warnings || checked.deny_warnings);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

pub(crate) fn list(root: &Path, format: ListFormat) -> Result<ExitCode> {
    // Notes that are no book yet can be listed as well.
    if !commands::is_book(root) && root.is_dir() {
        return survey(root, &adopt::AdoptOptions { history: true, ..adopt::AdoptOptions::default() }, true, format);
    }
    let reading = progress::during(READING, || {
        commands::load(root).map(|(host, book)| mdbook_bilingual_core::read(&host, &book))
    })?;
    let failed = report(&reading.diagnostics, false);
    print(&match format {
        ListFormat::Table => commands::list::table(&reading),
        ListFormat::Json => commands::list::json(&reading)?,
    })?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

pub(crate) fn install(root: &Path, upgrade: bool, site: SiteChoice, dry_run: bool) -> Result<ExitCode> {
    let html = match site {
        SiteChoice::Yes => Some(HtmlOptions::Site),
        SiteChoice::No => Some(HtmlOptions::Html),
        SiteChoice::Unsaid => None,
    };
    let done = commands::install::install(root, commands::install::InstallOptions { upgrade, html, dry_run })?;
    print(&done.to_string())?;
    if site == SiteChoice::Yes && !is_program_there() {
        complain(
            "note: `mdbook-bilingual-site` is neither on the PATH nor beside this program, and mdBook needs it for this book",
        );
    }
    say(&done.diagnostics);
    if !done.diagnostics.fail(false) {
        return Ok(ExitCode::SUCCESS);
    }
    let remedy = if done.can_upgrade { "; `install --upgrade` puts right what has one answer" } else { "" };
    complain(&format!("error: because of the errors above, mdBook 0.5 does not show this book as it should{remedy}"));
    Ok(ExitCode::FAILURE)
}
