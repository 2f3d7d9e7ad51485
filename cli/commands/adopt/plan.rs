//! The last step: what would be written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook::book::Book;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::files::is_taken;
use mdbook_bilingual_core::host::HtmlOptions;
use mdbook_bilingual_core::markdown::catalogue::CatalogueKind;
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::notebook::{Destination, Edition, PathKind};
use mdbook_bilingual_core::values::{Language, Origin, Repository, SourcePath, Tags};
use toml_edit::{Array, DocumentMut, value};

use super::find::Folder;
use super::layout::new_book_toml;
use super::read::Defaults;
use super::remote::Remote;
use super::summary::{self, PrefixChapter};
use super::{AdoptOptions, EntryCounts, Survey, arrange, contents, join};
use crate::commands::install::{self, FileChange};
use crate::refused::report_refused;

impl Survey {
    /// What is known of a folder whose notes were read, with nothing planned.
    pub(super) fn new(folder: Folder, reading: Reading) -> Self {
        // A sidebar that lists no note is a part of a site, and no more.
        let is_idle = |file: &&String| {
            CatalogueKind::of(file) == CatalogueKind::Sidebar
                && folder.contents.book_of(file).is_none()
                && !reading.config.catalogue.value.contains(*file)
        };
        let found = &folder.contents;
        let mut frames: Vec<String> =
            found.frames.iter().chain(found.summaries.iter().filter(is_idle)).cloned().collect();
        frames.sort();
        Self {
            dir: folder.dir,
            catalogues: counts(&reading),
            layout: folder.layout,
            reading,
            elsewhere: folder.elsewhere,
            joined: folder.joined,
            not_joined: Vec::new(),
            separate: folder.separate.into_iter().map(|book| book.folder).collect(),
            frames,
            old: folder.old,
            book_toml: None,
            summary: None,
            front_page: None,
            links: None,
            is_ready: true,
        }
    }

    /// Plans what is to be written. `listed` is what the table of contents lists, `own` are the notes of this book, and
    /// `left_out` those of others.
    pub(super) fn plan(
        &mut self,
        listed: &Book,
        own: &BTreeSet<SourcePath>,
        left_out: &BTreeSet<SourcePath>,
        defaults: &Defaults,
        options: &AdoptOptions,
    ) -> Result<()> {
        self.plan_summary(listed, left_out)?;
        self.plan_book_toml(defaults, options.html)?;
        if self.layout.is_linked() {
            self.plan_links(own.difference(left_out), options);
        }
        Ok(())
    }

    fn plan_summary(&mut self, listed: &Book, left_out: &BTreeSet<SourcePath>) -> Result<()> {
        let old = self.old.summary.as_deref();
        let Reading { notebook, config, .. } = &self.reading;
        let messages = Messages::new(&notebook.languages, &config.messages());
        let words = contents::Labels {
            other_notes: &|language| messages.text(language, "other-notes", &[]),
            autonym: &|language| config.autonym(language).to_owned(),
        };
        let linked = self.layout.is_linked();
        // The table of contents of a linked book was written in this order before.
        let order = (old.is_some() && !linked).then_some(listed);
        let mut wanted = contents::wanted(notebook, order, left_out, &words);
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
    pub(super) fn languages(&self) -> Vec<&Language> {
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

    fn plan_book_toml(&mut self, defaults: &Defaults, html: HtmlOptions) -> Result<()> {
        let old = self.old.book_toml.as_deref();
        let (mark, text) = match old {
            Some(old) => {
                report_refused(&BookToml::new(old), &self.dir, &mut self.reading.diagnostics);
                old.strip_prefix('\u{feff}').map_or(("", old), |rest| ("\u{feff}", rest))
            }
            None => ("", ""),
        };
        let own: Vec<Language> = self.languages().into_iter().cloned().collect();
        let language = defaults.languages.first().filter(|language| own.contains(language)).or(own.first());
        let new = install::site::move_to(html, &new_book_toml(&self.layout, &self.title(), language))?.text;
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
        if old.is_none() && self.layout.is_linked() {
            own.insert("notes", value("."));
        }
        if !self.joined.is_empty() {
            self.not_joined = join::complete(&mut document, &self.joined, &self.reading.notebook.languages)?;
        }
        // A book that `adopt` made learns where its repository is shown when there is one.
        let is_ours = old.is_none() || self.layout.is_linked();
        if let Some(remote) = defaults.repository.as_ref().filter(|_| is_ours && has_html) {
            self.show_repository(&mut document, remote)?;
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

    /// Writes where the repository is shown, as far as nobody wrote it.
    fn show_repository(&self, document: &mut DocumentMut, remote: &Remote) -> Result<()> {
        let html = install::html(document)?;
        let known = html.get("git-repository-url").and_then(|item| item.as_str()).map(str::to_owned);
        if known.is_none() {
            html.insert("git-repository-url", value(&remote.address));
        }
        // mdBook's paths begin at the book's folder, and the repository's at its root.
        let root = Repository::encoded(&self.reading.notebook.files.root);
        let template = format!("{}/edit/{}/{root}{{path}}", remote.address, remote.branch);
        // Of another repository we know no branch.
        let same = known.is_none_or(|known| Repository::normalised(&known).as_ref() == Some(&remote.address));
        if same && !html.contains_key("edit-url-template") {
            html.insert("edit-url-template", value(template));
        }
        Ok(())
    }

    /// One link for each note, and for each file that a page shows.
    fn plan_links<'a>(&mut self, sources: impl Iterator<Item = &'a SourcePath> + Clone, options: &AdoptOptions) {
        let notebook = &self.reading.notebook;
        let files = &notebook.files;
        let mut wanted: BTreeSet<String> = sources.clone().map(ToString::to_string).collect();
        for page in sources.filter_map(|source| notebook.page_of(source)) {
            for link in &page.written.links {
                let media = link.image || is_media(&link.destination) || files.repository.address.is_none();
                let path = match files.destination(&page.location, &link.destination) {
                    Destination::File { path, found: PathKind::File, web: false, .. } if media => path,
                    Destination::File { path, found: PathKind::File, web: true, .. } if link.image => path,
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
        let folder = self.dir.join(self.layout.source());
        let is_copy = |file: &String| {
            let place = fs::symlink_metadata(folder.join(file));
            place.map(|found| found.is_file() && found.permissions().readonly()).ok()
        };
        let copies = is_taken(&folder) && wanted.iter().find_map(is_copy).unwrap_or(false);
        let how = if options.copy || copies { arrange::How::Copy } else { arrange::How::Link };
        self.links = Some(arrange::plan(&self.dir, self.layout.source(), &wanted, how));
    }

    /// The path of a file from the folder, unless it is outside of it or hidden.
    fn below_dir(&self, path: &str) -> Option<String> {
        let files = &self.reading.notebook.files;
        let path = path.strip_prefix(&files.sources).or_else(|| path.strip_prefix(&files.root))?;
        (!path.split('/').any(|part| part.starts_with('.'))).then(|| path.to_owned())
    }
}

/// The catalogues of a book, and how many entries of each kind each has.
fn counts(reading: &Reading) -> Vec<(String, EntryCounts)> {
    let mut counts: BTreeMap<&str, EntryCounts> = BTreeMap::new();
    for listing in &reading.notebook.listings {
        let entries = counts.entry(&listing.place.file).or_default();
        *(match (listing.draft, listing.notes.is_empty()) {
            (true, _) => &mut entries.drafts,
            (false, true) => &mut entries.elsewhere,
            (false, false) => &mut entries.notes,
        }) += 1;
    }
    let files = reading.config.catalogue.value.iter();
    files.map(|file| (file.clone(), counts.get(file.as_str()).copied().unwrap_or_default())).collect()
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
