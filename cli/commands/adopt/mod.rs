//! `mdbook-bilingual adopt`: an mdBook out of a folder of loose notes, without changing or moving a note.
//!
//! ```text
//! notes/                       notes/book.toml                 src = "book", notes = "."
//!   README.md                  notes/book/SUMMARY.md           in the order of the catalogue, then by folder
//!   rlhf/ppo.md          →     notes/book/README.md            → ../README.md
//!   rlhf/ppo_en.md             notes/book/rlhf/ppo.md          → ../../rlhf/ppo.md
//!   rlhf/ppo.png               notes/book/rlhf/ppo.png         → ../../rlhf/ppo.png
//!   .git/  .venv/              notes/theme/bilingual.css
//!                              notes/site/.gitignore           what is built stays out of git
//! ```
//!
//! mdBook copies everything below its source folder into the site, `.git` and virtual environments included, so the
//! notes' own folder cannot be it. Links, one for each note and each picture that a note shows, keep everything else
//! out, and saving a note is saving the file that mdBook watches. A book that is there already keeps its arrangement:
//! its table of contents gets the notes that it lacks, and its `book.toml` what [`super::install`] adds.
//!
//! | module | does |
//! |---|---|
//! | `layout` | decides where the sources lie |
//! | `walk` | finds the notes |
//! | `rules` | tells what git leaves out |
//! | `catalogues` | finds them |
//! | `join` | makes one book of two that stand beside each other |
//! | `remote` | tells where the repository is shown |
//! | `newcomers` | tells which notes a book lacks |
//! | `contents` | decides their order |
//! | `summary` | writes it down |
//! | `arrange` | makes the links |
//! | `report` | says what was found and done |

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook::book::{Book, BookItem};
use mdbook_bilingual_core::assembly::languages_of_notes;
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use mdbook_bilingual_core::files::{self, Lies, Unread, Worktree, is_taken};
use mdbook_bilingual_core::host::{self, Host, outside};
use mdbook_bilingual_core::markdown::catalogue::Kind;
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::notebook::{Destination, Edition, Found as Thing};
use mdbook_bilingual_core::values::{Date, Language, Origin, PagePath, Repository, SourcePath, Tags};
use mdbook_bilingual_core::{Reading, facts};
use toml_edit::{Array, DocumentMut, value};

use super::install::{self, FileChange, PageFeatures};
use crate::refused::report_refused;
use crate::write::Batch;

pub mod arrange;
mod catalogues;
mod contents;
mod join;
mod layout;
mod newcomers;
pub(crate) mod remote;
mod report;
mod rules;
pub mod summary;
pub mod walk;

use join::Joined;
use layout::{Layout, found_as, layout, new_book_toml};
pub use newcomers::report_newcomers;
use summary::PrefixChapter;

/// What somebody wants.
#[derive(Debug, Clone, Default)]
pub struct AdoptOptions {
    /// The catalogues, relative to the folder; empty to find them.
    pub catalogues: Vec<String>,
    /// The languages; empty to find them.
    pub languages: Vec<Language>,
    /// Copies instead of links.
    pub copy: bool,
    /// Whether books in different languages that stand beside each other become parts of this one.
    pub join: bool,
    /// The day on which the notes are looked at; `None` for everything that must not depend on it.
    pub today: Option<Date>,
    /// Whether git is asked what it knows of the notes: what adopting does needs none of it.
    pub history: bool,
}

/// What was found in a folder, and what adopting it would do.
pub struct Survey {
    dir: PathBuf,
    layout: Layout,
    /// What is known of the notes.
    pub reading: Reading,
    /// The notes that lie in books of their own below the folder.
    pub elsewhere: BTreeMap<String, Vec<String>>,
    /// The books below the folder that are parts of this one.
    joined: Vec<Joined>,
    /// What their `book.toml` says and the new one does not, for each.
    not_joined: Vec<(String, Vec<String>)>,
    /// The books that could be joined, and are not.
    separate: Vec<String>,
    /// What frames a site, and is no note.
    frames: Vec<String>,
    /// The catalogues, and how many entries of each kind each has.
    catalogues: Vec<(String, EntryCounts)>,
    /// What `book.toml` and the table of contents held.
    old: (Option<String>, Option<String>),
    book_toml: Option<(String, FileChange)>,
    summary: Option<(String, FileChange, usize)>,
    front_page: Option<(String, String)>,
    links: Option<arrange::MirrorPlan>,
    /// Whether mdBook builds the book, whatever its authors want to hear.
    is_ready: bool,
}

/// How many entries of a catalogue lead where.
#[derive(Debug, Clone, Copy, Default)]
struct EntryCounts {
    notes: usize,
    elsewhere: usize,
    drafts: usize,
}

/// What was done.
pub struct Adopted {
    /// Files, and what became of each.
    pub files: Vec<(String, FileChange)>,
    /// What became of the links.
    pub links: Option<arrange::Mirrored>,
    /// Whether mdBook builds the book as it is.
    pub is_ready: bool,
    /// What there is to say.
    pub diagnostics: Diagnostics,
}

/// The languages that somebody typed: `zh-CN en`, `zh-CN,en`.
///
/// # Errors
/// When there is none among them, or when one is no language of a book.
pub fn languages(typed: &[String]) -> Result<Vec<Language>> {
    let tags = typed.iter().flat_map(|word| word.split(',')).map(str::trim).filter(|tag| !tag.is_empty());
    let languages: Vec<Language> = tags
        .map(|tag| match Language::parse(tag) {
            Ok(language) if language.is_of_a_book() => Ok(language),
            Ok(_) => bail!("--languages: “{tag}” is the tag of no language; write those that the notes are in"),
            Err(why) => bail!("--languages: {why}"),
        })
        .collect::<Result<_>>()?;
    if languages.is_empty() && !typed.is_empty() {
        bail!("--languages: there is no tag in it; write BCP 47 tags such as zh-CN, en or ja, or leave it out");
    }
    Ok(languages)
}

/// Looks at a folder of notes. Nothing is written.
///
/// # Errors
/// When there are no notes in it, or when its `book.toml` or `SUMMARY.md` cannot be understood.
pub fn survey(dir: &Path, options: &AdoptOptions) -> Result<Survey> {
    if !dir.is_dir() {
        bail!("{} is no folder; name the folder of the notes", dir.display());
    }
    for file in &options.catalogues {
        if !dir.join(file).is_file() {
            bail!("--catalogue {file}: there is no such file in {}", dir.display());
        }
        let why = match Worktree::at(dir).lies(&dir.join(file)) {
            Lies::Inside(_) if Path::new(file).is_relative() => continue,
            Lies::Inside(_) => "it is a whole path".to_owned(),
            _ => format!("“{file}” leads out of the repository"),
        };
        bail!("--catalogue {file}: {why}; write the path of a file from {}", dir.display());
    }
    host::inside(dir, &dir.join("book.toml"))?;
    let old = read_if_there(&dir.join("book.toml"))?;
    let (layout, mut host) = layout(dir, old.as_deref())?;
    if let Some(out) =
        outside::leads_out(&host).or_else(|| facts::emptied(&host, &[])).or_else(|| facts::notes_missing(&host))
    {
        bail!("{out}");
    }
    let mut skip = vec![host.build.to_string_lossy().replace('\\', "/")];
    if let Layout::Linked { source, .. } = &layout {
        skip.push(source.clone());
    }
    let found = walk::walk(dir, &skip);
    let mut diagnostics = Diagnostics::default();
    for problem in &found.problems {
        diagnostics.push(Diagnostic::new(Code::FileSkipped, problem.message()).at(Place::file(problem.file())));
    }

    let summary_path = dir.join(layout.summary());
    let old_summary = read_if_there(&summary_path)?;
    // Books that were joined once stay so.
    let linked = matches!(layout, Layout::Linked { .. });
    let was_joined = |book: &Joined| old_summary.as_deref().is_some_and(|summary| book.is_listed_in(summary));
    let (joined, separate): (Vec<Joined>, Vec<Joined>) =
        join::beside_each_other(dir, &found).into_iter().partition(|book| linked && (options.join || was_joined(book)));
    if options.join && !linked {
        bail!(
            "--join: {} is a book already; name a folder that holds both books, and has no book.toml itself",
            dir.display()
        );
    }
    if options.join && joined.is_empty() {
        bail!(
            "--join: there are no two books in {} whose folders stand beside each other and are called by languages, such as en/book.toml and zh/book.toml",
            dir.display()
        );
    }
    let mut beside_a_book: BTreeSet<&String> = BTreeSet::new();

    // Which notes are this book's, by their path from the source folder.
    let mut own: BTreeMap<SourcePath, PathBuf> = BTreeMap::new();
    let mut elsewhere: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    for note in &found.notes {
        if let Some(book) = found.book_of(note) {
            if let Some(joined) = joined.iter().find(|joined| joined.folder == book.folder) {
                // What lies beside its sources was no part of it.
                if !walk::is_in(note, &joined.source) {
                    beside_a_book.insert(note);
                }
            } else {
                elsewhere.entry(book.folder.clone()).or_default().push(note.clone());
            }
        }
        let from_source = match &layout {
            Layout::Linked { .. } if beside_a_book.contains(note) => None,
            Layout::Linked { .. } => Some(note.as_str()),
            Layout::InPlace { source } if source.is_empty() => Some(note.as_str()),
            Layout::InPlace { source } => note.strip_prefix(&format!("{source}/")),
        };
        let Some(source) = from_source.and_then(|path| SourcePath::new(Path::new(path))) else { continue };
        // `README.md` and `index.md` in one folder are one page.
        let page = PagePath::new(Path::new(source.as_str()), true).map(|page| page.html().to_lowercase());
        match page.and_then(|page| pages.insert(page, note.clone())) {
            Some(other) => {
                let message = Message::new(
                    format!("{other} becomes the same page, so this note was left out"),
                    "rename one of the two",
                );
                diagnostics.push(Diagnostic::new(Code::PageListedTwice, message).at(Place::file(note)));
            }
            None => drop(own.insert(source, dir.join(note))),
        }
    }
    if own.is_empty() && !found.notes.is_empty() && old.is_some() {
        bail!(
            "{} says that the sources are in {}/, and there are no notes; move them there, or correct `src` in [book]",
            dir.join("book.toml").display(),
            layout.source()
        );
    }
    if own.is_empty() && old.is_some() {
        bail!(
            "{} is there, and no Markdown notes are, other than in {}/, which holds links to them; put notes into {}",
            dir.join("book.toml").display(),
            layout.source(),
            dir.display()
        );
    }
    if own.is_empty() {
        bail!("{} holds neither a book.toml nor Markdown notes; name the folder of a book, or of notes", dir.display());
    }
    if let Layout::Linked { .. } = layout {
        host.linked.clone_from(&own);
    }

    let (mut book, listed) = match &old_summary {
        Some(text) => {
            let mut book = host.book(text).with_context(|| {
                format!("{} is not a table of contents that mdBook understands", summary_path.display())
            })?;
            // The front page is ours, and no note. What lies in place may be no note and is there all the same: behind a
            // link that leads out, a pipe, or what git leaves out.
            let is_gone = |source: &SourcePath| {
                !own.contains_key(source) && source.as_str() != "index.md" && (linked || host.missing.contains(source))
            };
            gone(&mut book.items, &is_gone, &mut diagnostics, (text, host.makes_missing && old.is_some()), &layout);
            let listed =
                book.chapters().filter_map(|chapter| SourcePath::new(chapter.source_path.as_deref()?)).collect();
            (book, listed)
        }
        None => (host.book("")?, BTreeSet::new()),
    };
    let order = book.clone();
    own.retain(|source, _| {
        if listed.contains(source) {
            return true;
        }
        let chapter = host.chapter("", Path::new(source.as_str()), &[]);
        // mdBook builds no book with a chapter that it cannot read.
        if let Some((_, why)) = host.unreadable.remove(source) {
            let message = why.and("until then it is left out");
            let file = found_as(&layout, source);
            diagnostics.push(Diagnostic::new(Code::FileUnreadable, message).at(Place::file(file)));
            return false;
        }
        book.push_item(BookItem::Chapter(chapter));
        true
    });
    if own.is_empty() {
        bail!("there are no Markdown notes in {} that can be read", dir.display());
    }
    if let Layout::Linked { .. } = layout {
        host.linked.clone_from(&own);
    }

    // What looks like a catalogue is read as one; what lists too few notes is none.
    let had_catalogues = !host.config.catalogue.value.is_empty();
    let chosen = !options.catalogues.is_empty() || had_catalogues;
    let candidates: Vec<String> = if options.catalogues.is_empty() {
        catalogues::likely(&found, &layout, &joined)
    } else {
        options.catalogues.clone()
    };
    if !had_catalogues {
        host.config.catalogue.value = candidates;
    }
    host.today = options.today;
    if !options.history {
        host.config.history.git = false;
    }
    let (mut main_language, mut shown) = (None, None);
    let mut reading = mdbook_bilingual_core::read_as(&host, &book, |material, config| {
        // Catalogues may list the notes by their addresses there.
        shown = crate::commands::adopt::remote::find(dir, material);
        if let Some(shown) = &shown {
            let repository = &mut material.files.repository;
            let address = repository.address.get_or_insert_with(|| shown.address.clone());
            if *address == shown.address && !repository.branches.contains(&shown.branch) {
                repository.branches.push(shown.branch.clone());
            }
        }
        if !chosen {
            catalogues::drop_small(material, config);
        }
        if !options.languages.is_empty() && config.languages.is_empty() {
            config.languages.clone_from(&options.languages);
        }
        if config.languages.is_empty() {
            config.languages = languages_of_notes(material, config);
        }
        if material.language.is_none() {
            material.language = config.languages.first().map(|language| language.tag().to_owned());
        }
        main_language = config.languages.first().cloned();
        config.catalogue.value = material.catalogues.iter().map(|catalogue| catalogue.note.file.clone()).collect();
    });
    diagnostics.extend(std::mem::take(&mut reading.diagnostics));

    let mut leave_out: BTreeSet<SourcePath> = BTreeSet::new();
    if matches!(layout, Layout::Linked { .. }) {
        leave_out = elsewhere.values().flatten().filter_map(|note| SourcePath::new(Path::new(note))).collect();
        for note in &mut reading.notebook.notes {
            for edition in &mut note.editions {
                if edition.source.as_ref().is_some_and(|source| leave_out.contains(source)) {
                    edition.page = None;
                }
            }
        }
    }
    reading.diagnostics = diagnostics;
    let mut counts: BTreeMap<String, EntryCounts> = BTreeMap::new();
    for listing in &reading.notebook.listings {
        let entries = counts.entry(listing.place.file.clone()).or_default();
        *(match (listing.draft, listing.notes.is_empty()) {
            (true, _) => &mut entries.drafts,
            (false, true) => &mut entries.elsewhere,
            (false, false) => &mut entries.notes,
        }) += 1;
    }
    let catalogues =
        reading.config.catalogue.value.iter().map(|file| (file.clone(), counts.get(file).copied().unwrap_or_default()));
    // A sidebar that lists no note is a part of a site, and no more.
    let is_idle = |file: &&String| {
        Kind::of(file) == Kind::Sidebar
            && found.book_of(file).is_none()
            && !reading.config.catalogue.value.contains(*file)
    };
    let mut frames: Vec<String> = found.frames.iter().chain(found.summaries.iter().filter(is_idle)).cloned().collect();
    frames.sort();
    let mut survey = Survey {
        dir: dir.to_owned(),
        catalogues: catalogues.collect(),
        layout,
        reading,
        elsewhere,
        joined,
        not_joined: Vec::new(),
        separate: separate.into_iter().map(|book| book.folder).collect(),
        frames,
        old: (old.clone(), old_summary.clone()),
        book_toml: None,
        summary: None,
        front_page: None,
        links: None,
        is_ready: true,
    };
    // A folder of books is no book.
    if own.keys().all(|source| leave_out.contains(source)) {
        survey.settle();
        return Ok(survey);
    }
    survey.plan_summary(old_summary.as_deref(), &order, &leave_out)?;
    survey.plan_book_toml(old.as_deref(), main_language.as_ref(), shown.as_ref())?;
    if matches!(survey.layout, Layout::Linked { .. }) {
        let files: Vec<SourcePath> = own.into_keys().filter(|source| !leave_out.contains(source)).collect();
        survey.plan_links(&files, options);
    }
    survey.settle();
    Ok(survey)
}

/// Takes out the chapters whose notes are gone, and names them: mdBook does not build a book that lists them, or makes
/// them anew (`is_made`).
fn gone(
    items: &mut Vec<BookItem>,
    is_gone: &dyn Fn(&SourcePath) -> bool,
    diagnostics: &mut Diagnostics,
    (summary, is_made): (&str, bool),
    layout: &Layout,
) {
    items.retain_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return true };
        gone(&mut chapter.sub_items, is_gone, diagnostics, (summary, is_made), layout);
        let source = chapter.source_path.as_deref().and_then(SourcePath::new);
        let Some(source) = source.filter(is_gone) else { return true };
        let line = summary.lines().position(|line| line.contains(source.as_str())).map(|at| at + 1);
        let place = Place { line, ..Place::file(layout.summary()) };
        diagnostics.push(facts::chapter_missing(&source, place, false, is_made));
        // What is listed below it stays in the book.
        !chapter.sub_items.is_empty()
    });
}

impl Survey {
    /// Whether something that somebody chose cannot be: writing it down would make a book that does not build.
    #[must_use]
    pub fn is_misled(&self) -> bool {
        let chosen = [Code::ConfigKey, Code::ConfigValue, Code::BuildDirTaken];
        self.reading.diagnostics.sorted().iter().any(|found| chosen.contains(&found.code()))
    }

    /// What is left to be known when everything was said.
    fn settle(&mut self) {
        let stops = [
            Code::ChapterGone,
            Code::ChapterUnreadable,
            Code::ConfigOld,
            Code::ConfigRefused,
            // Our own preprocessor stops at it.
            Code::PathOutside,
        ];
        self.is_ready = !self.reading.diagnostics.sorted().iter().any(|found| stops.contains(&found.code()));
        mdbook_bilingual_core::finish(&mut self.reading.diagnostics, &self.reading.config, &self.dir);
    }

    fn plan_summary(&mut self, old: Option<&str>, order: &Book, leave_out: &BTreeSet<SourcePath>) -> Result<()> {
        let Reading { notebook, config, .. } = &self.reading;
        let messages = Messages::new(&notebook.languages, &config.messages());
        let words = contents::Labels {
            other_notes: &|language| messages.text(language, "other-notes", &[]),
            autonym: &|language| config.autonym(language).to_owned(),
        };
        let linked = matches!(self.layout, Layout::Linked { .. });
        // The table of contents of a linked book was written in this order before.
        let order = (old.is_some() && !linked).then_some(order);
        let mut wanted = contents::wanted(notebook, order, leave_out, &words);
        // mdBook shows the first chapter at the root as well, and the links of a page in a folder are broken there.
        if linked && old.is_none() && wanted.first().is_some_and(|path| path.contains('/')) {
            let title = self.title();
            let path = format!("{}/index.md", self.layout.source());
            // A title is in no language, and is no note that somebody could date or translate.
            let heading = mdbook_bilingual_core::markdown::escape::text(&title);
            self.front_page = Some((path, format!("---\nlanguage: mul\n---\n\n# {heading}\n")));
            wanted.prefix.insert(0, PrefixChapter { title, path: "index.md".to_owned() });
        }
        let path = self.layout.summary();
        let (text, change, added) = match old {
            None => {
                let text = summary::write(&wanted);
                let notes = notebook.notes.iter().filter(|note| !note.added);
                let added = notes.flat_map(|note| note.listed()).count();
                (text, FileChange::Written, added)
            }
            Some(old) => {
                let completed = summary::complete(old, &wanted).with_context(|| format!("{path} stays as it is"))?;
                let change = if completed.added.is_empty() { FileChange::Unchanged } else { FileChange::Updated };
                (completed.text, change, completed.added.len())
            }
        };
        self.summary = Some((text, change, added));
        Ok(())
    }

    /// The languages of the book, without those that only other books below the folder are in.
    fn languages(&self) -> Vec<&Language> {
        let notebook = &self.reading.notebook;
        let is_here = |language: &&Language| {
            let notes = notebook.notes.iter().filter(|note| !note.added);
            let mut editions = notes.filter_map(|note| note.edition(language));
            self.elsewhere.is_empty() || editions.any(|edition| edition.page.is_some())
        };
        notebook.languages.iter().filter(is_here).collect()
    }

    /// The title of the book: of its front page, else of its folder.
    fn title(&self) -> String {
        let notebook = &self.reading.notebook;
        let front = notebook.notes.iter().flat_map(|note| &note.editions).filter(|edition| {
            edition.source.as_ref().is_some_and(|source| {
                source.folders().is_empty() && matches!(source.stem().to_lowercase().as_str(), "readme" | "index")
            })
        });
        // A catalogue calls it “Home”; the page itself knows better.
        let title_of = |edition: &Edition| {
            let page = edition.source.as_ref().and_then(|source| notebook.page_of(source));
            let heading = page.and_then(|page| page.written.title.as_ref()).map(|title| title.text.clone());
            let catalogued = matches!(edition.title.origin, Origin::Catalogue(_));
            heading.filter(|_| catalogued).unwrap_or_else(|| edition.title.value.clone()).trim().to_owned()
        };
        let of_all = ["README.md", "readme.md", "index.md"].into_iter().filter_map(|name| {
            let page = notebook.page_of(&SourcePath::new(Path::new(name))?)?;
            page.edition.is_none().then(|| page.written.title.as_ref().map(|title| title.text.clone()))?
        });
        let title = of_all.chain(front.map(title_of)).find(|title| !title.is_empty());
        let tags = Tags::new(&notebook.languages);
        let of_joined = |language: &Language| {
            let book = self.joined.iter().find(|book| book.is_in(language, &tags))?;
            book.title().map(str::to_owned)
        };
        let title = title.or_else(|| notebook.languages.iter().find_map(of_joined));
        title.unwrap_or_else(|| {
            let dir = fs::canonicalize(&self.dir).unwrap_or_else(|_| self.dir.clone());
            dir.file_name().map_or_else(|| "Notes".to_owned(), |name| name.to_string_lossy().into_owned())
        })
    }

    fn plan_book_toml(
        &mut self,
        old: Option<&str>,
        language: Option<&Language>,
        shown: Option<&crate::commands::adopt::remote::Remote>,
    ) -> Result<()> {
        let (mark, text) = match old {
            Some(old) => {
                report_refused(&BookToml::new(old), &self.dir, &mut self.reading.diagnostics);
                old.strip_prefix('\u{feff}').map_or(("", old), |rest| ("\u{feff}", rest))
            }
            None => ("", ""),
        };
        let own: Vec<Language> = self.languages().into_iter().cloned().collect();
        let language = language.filter(|language| own.contains(language)).or(own.first());
        let new = new_book_toml(&self.layout, &self.title(), language);
        let mut document: DocumentMut = if old.is_some() { text } else { &new }
            .parse()
            .context("book.toml is not valid TOML; nothing was changed")?;
        let languages: Vec<String> = own.iter().map(|language| language.tag().to_owned()).collect();
        let has_html = install::complete(&mut document, &self.dir, &languages, self.reading.includes_text())?;
        let preprocessor = install::table(document.as_table_mut(), "preprocessor", true)?;
        let own = install::table(preprocessor, "preprocessor.bilingual", false)?;
        if !own.contains_key("catalogue") && !self.catalogues.is_empty() {
            own.insert("catalogue", value(Array::from_iter(self.catalogues.iter().map(|(file, _)| file.as_str()))));
        }
        if old.is_none() && matches!(self.layout, Layout::Linked { .. }) {
            own.insert("notes", value("."));
        }
        if !self.joined.is_empty() {
            self.not_joined = join::complete(&mut document, &self.joined, &self.reading.notebook.languages)?;
        }
        // A book that `adopt` made learns where its repository is shown when there is one.
        let ours = old.is_none() || matches!(self.layout, Layout::Linked { .. });
        if let (Some(shown), true, true) = (shown, ours, has_html) {
            let output = install::table(document.as_table_mut(), "output", true)?;
            let html = install::table(output, "output.html", false)?;
            let known = html.get("git-repository-url").and_then(|item| item.as_str()).map(str::to_owned);
            if known.is_none() {
                html.insert("git-repository-url", value(&shown.address));
            }
            // mdBook's paths begin at the book's folder, and the repository's at its root.
            let root = Repository::encoded(&self.reading.notebook.files.root);
            let template = format!("{}/edit/{}/{root}{{path}}", shown.address, shown.branch);
            // Of another repository we know no branch.
            let same = known.is_none_or(|known| Repository::normalised(&known).as_ref() == Some(&shown.address));
            if same && !html.contains_key("edit-url-template") {
                html.insert("edit-url-template", value(template));
            }
        }
        let completed = install::with_line_endings_of(text, &document.to_string());
        let change = match old {
            None => FileChange::Written,
            Some(_) if completed == text => FileChange::Unchanged,
            Some(_) => FileChange::Updated,
        };
        self.book_toml = Some((format!("{mark}{completed}"), change));
        Ok(())
    }

    /// One link for each note, and for each file that a page shows.
    fn plan_links(&mut self, sources: &[SourcePath], options: &AdoptOptions) {
        let notebook = &self.reading.notebook;
        let files = &notebook.files;
        let mut wanted: BTreeSet<String> = sources.iter().map(ToString::to_string).collect();
        for page in sources.iter().filter_map(|source| notebook.page_of(source)) {
            for link in &page.written.links {
                let media = link.image || is_media(&link.destination) || files.repository.address.is_none();
                let path = match files.destination(&page.location, &link.destination) {
                    Destination::File { path, found: Thing::File, web: false, .. } if media => path,
                    Destination::File { path, found: Thing::File, web: true, .. } if link.image => path,
                    // The link of an earlier run.
                    Destination::Asset { path } if media => path,
                    _ => continue,
                };
                wanted.extend(self.below_dir(&path));
            }
            let folder = page.location.real.rsplit_once('/').map_or("", |(folder, _)| folder);
            for include in &page.written.includes {
                let path = SourcePath::new(&Path::new(folder).join(&include.target));
                wanted.extend(
                    path.and_then(|path| self.below_dir(path.as_str())).filter(|path| self.dir.join(path).is_file()),
                );
            }
        }
        let wanted: Vec<String> = wanted.into_iter().collect();
        // Where there are copies, somebody wanted copies, or could have nothing else.
        let is_copy = |file: &String| {
            let place = fs::symlink_metadata(self.dir.join(self.layout.source()).join(file));
            place.map(|found| found.is_file() && found.permissions().readonly()).ok()
        };
        let copies = wanted.iter().find_map(is_copy).unwrap_or(false);
        let how = if options.copy || copies { arrange::How::Copy } else { arrange::How::Link };
        self.links = Some(arrange::plan(&self.dir, self.layout.source(), &wanted, how));
    }

    /// The path of a file from the folder, unless it is outside of it or hidden.
    fn below_dir(&self, path: &str) -> Option<String> {
        let files = &self.reading.notebook.files;
        let path = path.strip_prefix(&files.sources).or_else(|| path.strip_prefix(&files.root))?;
        (!path.split('/').any(|part| part.starts_with('.'))).then(|| path.to_owned())
    }

    /// Writes what was planned.
    ///
    /// # Errors
    /// When a file cannot be written. Then none is, and everything is as it was.
    pub fn write(&self) -> Result<Adopted> {
        let mut done =
            Adopted { files: Vec::new(), links: None, is_ready: self.is_ready, diagnostics: Diagnostics::default() };
        let (Some((book_toml, change)), Some((summary, summary_change, _))) = (&self.book_toml, &self.summary) else {
            return Ok(done);
        };
        let mut batch = Batch::new(&self.dir);
        let summary_file = self.layout.summary();
        let texts = [
            ("book.toml".to_owned(), &self.old.0, book_toml, *change),
            (summary_file, &self.old.1, summary, *summary_change),
        ];
        for (file, old, text, change) in texts {
            if change != FileChange::Unchanged {
                batch.add(&self.dir.join(&file), old.clone().map(String::into_bytes), text.as_bytes())?;
            }
            done.files.push((file, change));
        }
        if let Some((file, text)) = &self.front_page
            && !is_taken(&self.dir.join(file))
        {
            batch.add(&self.dir.join(file), None, text.as_bytes())?;
            done.files.push((file.clone(), FileChange::Written));
        }
        if let Layout::Linked { build, .. } = &self.layout
            && let Some((site, _)) = build.split_once('/')
            && !is_taken(&self.dir.join(site))
        {
            let file = format!("{site}/.gitignore");
            // What is built is nobody's source; mdBook empties only the folder inside of this one.
            batch.add(&self.dir.join(&file), None, b"*\n")?;
            done.files.push((file, FileChange::Written));
        }
        let host = Host::of_toml(&self.dir, book_toml.trim_start_matches('\u{feff}')).context("book.toml")?;
        if host.has_html {
            let shown = PageFeatures::of(&self.reading);
            done.files.extend(install::prepare_files(&host, shown, Some(&mut batch), &mut done.diagnostics)?);
        }
        let links = self.links.as_ref().map(arrange::MirrorPlan::apply_for_now).transpose()?;
        if let Err(error) = batch.commit() {
            links.iter().for_each(|(_, made)| made.undo());
            return Err(error);
        }
        if let Some((links, _)) = links {
            for problem in &links.problems {
                let place = Place::file(problem.file());
                done.diagnostics.push(Diagnostic::new(Code::FileSkipped, problem.message()).at(place));
            }
            done.links = Some(links);
        }
        mdbook_bilingual_core::finish(&mut done.diagnostics, &self.reading.config, &self.dir);
        Ok(done)
    }
}

/// Whether a browser shows a file of this name by itself.
fn is_media(path: &str) -> bool {
    let path = path.split(['#', '?']).next().unwrap_or(path).to_lowercase();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(
        extension,
        "avif" | "gif" | "jpeg" | "jpg" | "mp3" | "mp4" | "ogg" | "pdf" | "png" | "svg" | "wav" | "webm" | "webp"
    )
}

fn read_if_there(path: &Path) -> Result<Option<String>> {
    match files::whole_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(Unread::Missing) if !is_taken(path) => Ok(None),
        Err(Unread::Missing) => bail!("{} is a link that leads nowhere; mend it, or delete it", path.display()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}
