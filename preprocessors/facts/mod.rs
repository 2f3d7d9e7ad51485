//! Where facts come from. The only part of the suite that reads files.
//!
//! What a file says of itself ([`front_matter`]) comes before what a catalogue says of it
//! ([`crate::markdown::catalogue`]), and that before what its place and its letters tell
//! ([`crate::assembly::pairing`]). A chapter's facts are read from the file behind it and never from its content, which
//! earlier plugins may have changed: after another process of ours, the front matter is gone from it.
//!
//! Every file is read once, and whatever a link leads to is looked at once. Front matter that makes no sense as it is
//! written is told here, by its reader; whatever else is seen on the way is kept ([`crate::notebook::sightings`]) for the
//! checks.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use mdbook::book::{Book, BookItem};
use walkdir::WalkDir;

use crate::assembly::listing::Catalogue;
use crate::assembly::{Chapter, Material, NoteFile};
use crate::config::{Config, Need};
use crate::diagnostic::{Diagnostics, Place};
use crate::files::{self, Unread};
use crate::host::{DEEPEST_CHAPTER, Host, ReadingStep, outside};
use crate::markdown::Anatomy;
use crate::markdown::catalogue::{self, CatalogueEntry, CatalogueKind, CatalogueTarget};
use crate::markdown::link::{Link, LinkKind};
use crate::markdown::shortcode::with_emoji;
use crate::notebook::sightings::{
    ChapterFault, LostBecause, LostCatalogue, LostChapter, MissingInclude, MissingNotes, Published, Sightings,
    Unreadable,
};
use crate::notebook::{Files, FrontMatter, PathKind};
use crate::text::Wording;
use crate::values::{Fact, Fingerprint, Language, Location, Origin, PagePath, Repository, SourcePath};

mod ahead;
mod emptied;
pub mod freshness;
pub mod front_matter;
pub mod git;
mod include;
mod mirror;
mod published;
pub(crate) mod source_lines;
pub mod text;

use crate::files::{Lies, Worktree};
use ahead::ReadAhead;
pub use emptied::emptied;
use front_matter::Usage;
use git::{Archive, Search};
pub(crate) use include::seams;
use include::{Library, LostDirective, Put};
pub use source_lines::{ReadLines, SourceLines};
use text::Text;

/// The folder, below that of the sources, of the scripts that pages ask for.
const SCRIPTS: &str = "bilingual";

/// The scripts that draw diagrams.
const DRAWING: &[&str] = &["diagrams.js", "mermaid.min.js"];

/// What was read besides, for [`freshness::find`].
pub struct Past<'t> {
    /// What git knows; `None` when it knows nothing, or was not asked.
    archive: Option<Archive<'t>>,
    /// The texts of the notes.
    texts: BTreeMap<SourcePath, Rc<Text<'t>>>,
}

/// Reads every file of a book once, and its history.
#[must_use]
pub fn gather<'t>(
    host: &Host,
    book: &'t Book,
    config: &Config,
    wording: &Wording,
    diagnostics: &mut Diagnostics,
) -> (Material, Past<'t>) {
    let folder = host.source_folder();
    let worktree = host.worktree();
    let out = outside::leads_out(host);
    let is_inside = out.is_none();
    let files = Files {
        sources: worktree.sources(),
        root: worktree.root(),
        repository: repository(host, config, &worktree.root()),
        site: host.address().map(String::from),
        ..Files::default()
    };
    let language = host.language.as_deref().map(tag_of);
    let sightings = Sightings {
        unknown_mdbook: host.unknown_mdbook.clone(),
        missing_notes: missing_notes(host),
        outside: out.into_iter().collect(),
        book_language: host.language.clone(),
        site_address: host.address_fault().cloned(),
        ..Sightings::default()
    };
    let mut gatherer = Gatherer {
        host,
        config,
        wording,
        summary: SummaryLines::read(host, &folder, is_inside),
        diagnostics,
        usage: Usage::default(),
        worktree,
        ahead: ReadAhead::default(),
        texts: BTreeMap::new(),
        library: Library::default(),
        material: Material { language, source_folder: folder, files, sightings, ..Material::default() },
    };
    host.begins(ReadingStep::Notes);
    // git works while the notes are read.
    let search = gatherer.search();
    if is_inside {
        gatherer.ahead = ReadAhead::of(book, wording, host.workers);
        gatherer.items(&book.items, None, &[]);
        std::mem::take(&mut gatherer.usage).settle(gatherer.diagnostics);
        gatherer.mirror();
        gatherer.unlisted();
    }
    gatherer.publishing(is_inside);
    gatherer.catalogues();
    gatherer.look_at_destinations();
    gatherer.look_for_scripts();
    host.begins(ReadingStep::History);
    let archive = search.and_then(|search| gatherer.history(search));
    (gatherer.material, Past { archive, texts: gatherer.texts })
}

/// The folder that the sources mirror, when it is none of the repository.
pub fn missing_notes(host: &Host) -> Option<MissingNotes> {
    let notes = host.config.notes.as_ref()?;
    let worktree = host.worktree();
    let is_there = worktree.path(&notes.value).is_some_and(|path| worktree.on_disk(&path).is_dir());
    (!is_there).then(|| MissingNotes { folder: notes.value.clone(), place: notes.place() })
}

/// What the book says of its repository.
fn repository(host: &Host, config: &Config, root: &str) -> Repository {
    let address = config.links.repository.clone();
    let address = address.or_else(|| host.repository.as_deref().and_then(Repository::normalised));
    let edited = host.edit_template.as_deref().and_then(|template| Repository::branch_of_template(template, root));
    let mut branches: Vec<String> = config.links.branches.clone();
    for branch in edited.into_iter().chain(["HEAD", "main", "master"]) {
        if !branches.iter().any(|known| known == branch) {
            branches.push(branch.to_owned());
        }
    }
    Repository { address, branches }
}

struct Gatherer<'a, 't> {
    host: &'a Host,
    config: &'a Config,
    wording: &'a Wording,
    summary: SummaryLines,
    diagnostics: &'a mut Diagnostics,
    /// How the chapters use the keys of front matter.
    usage: Usage,
    worktree: Worktree,
    /// Chapters that were read before their turn.
    ahead: ReadAhead,
    texts: BTreeMap<SourcePath, Rc<Text<'t>>>,
    library: Library,
    material: Material,
}

impl<'t> Gatherer<'_, 't> {
    fn items(&mut self, items: &'t [BookItem], part: Option<&str>, above: &[String]) {
        let mut part = part.map(str::to_owned);
        let mut numbered = false;
        for item in items {
            match item {
                BookItem::PartTitle(title) => part = Some(title.clone()),
                BookItem::Separator => {}
                BookItem::Chapter(chapter) => {
                    numbered |= chapter.number.is_some();
                    // Behind all parts come the chapters that belong to none.
                    if above.is_empty() && numbered && chapter.number.is_none() {
                        part = None;
                    }
                    if above.len() == DEEPEST_CHAPTER {
                        let path = chapter.source_path.as_deref().or(chapter.path.as_deref());
                        let place = self.summary.place(path.unwrap_or(Path::new("")));
                        self.lost_chapter(ChapterFault::TooDeep, place);
                    }
                    let number = self.material.chapter_count;
                    self.material.chapter_count += 1;
                    self.chapter(number, chapter, part.as_deref(), above);
                    let mut below = above.to_vec();
                    below.push(self.wording.without_mark(&chapter.name));
                    self.items(&chapter.sub_items, part.as_deref(), &below);
                }
            }
        }
    }

    fn chapter(&mut self, number: usize, chapter: &'t mdbook::book::Chapter, part: Option<&str>, above: &[String]) {
        // A draft has no page, so there is nothing to say about it.
        let Some(path) = &chapter.path else { return };
        let source = chapter.source_path.as_deref().map(|path| (path, SourcePath::new(path)));
        let page = PagePath::new(path, self.host.index);
        let (Some(page), None | Some((_, Some(_)))) = (page, &source) else {
            return self.lost_chapter(ChapterFault::OutOfFolder(path.clone()), self.summary.place(path));
        };
        let source = source.and_then(|(_, source)| source);
        if let Some(source) = source.as_ref().filter(|source| self.host.missing.contains(source)) {
            let is_unlinked = self.host.mirrored(source).is_some_and(|(note, _)| note.is_file());
            let gone = ChapterFault::Gone { source: source.clone(), is_unlinked, is_made: self.host.makes_missing };
            return self.lost_chapter(gone, self.summary.place(path));
        }
        let place = source.as_ref().map(|source| self.host.path_of(source));
        let lies = place.as_ref().map(|place| self.worktree.lies(place));
        if let (Some(source), Some(Lies::Outside(target))) = (&source, &lies) {
            return self.outside(Published::Chapter(source.clone()), target.clone(), self.summary.place(path));
        }
        let located = source.as_ref().zip(lies).map(|(source, lies)| self.locate(source, lies));
        let text = match (&source, &place, &located) {
            (Some(source), Some(place), Some((_, file))) => self.listed_text(source, place, file, &chapter.content),
            _ => None,
        };
        // A chapter that was loaded without mdBook is what its file holds.
        let text = text.unwrap_or(Cow::Borrowed(&chapter.content));
        let (location, file) = located.unwrap_or_else(|| (Location::default(), page.chapter().to_owned()));
        let ahead = self.ahead.take(&text);
        let (front_matter, mut written) = read(&text, ahead, &file, self.wording, &mut self.usage, self.diagnostics);
        let Put { brought, fills, missing } = self.put(source.as_ref(), &location, &written, &text);
        missing.into_iter().for_each(|missing| self.missing_include(&file, missing));
        // Who reads the page reads that, too, and a directive is in no language.
        brought.iter().for_each(|brought| written.prose.add(&brought.anatomy.prose));
        let written = Arc::new(written);
        let received = if matches!(text, Cow::Borrowed(_)) {
            Arc::clone(&written)
        } else {
            let ahead = self.ahead.take(&chapter.content);
            let mut received = received(&chapter.content, ahead, &text, self.wording);
            if self.host.expanded {
                // What looks like a directive now was behind a backslash.
                received.includes.clear();
            }
            Arc::new(received)
        };
        let text = Rc::new(Text::new(text));
        let fingerprint = fingerprint(&text, &front_matter);
        if let Some(source) = &source {
            self.texts.insert(source.clone(), text);
        }
        let origin = Origin::Summary(self.summary.place(chapter.source_path.as_deref().unwrap_or(path)));
        self.material.chapters.push(Chapter {
            number,
            is_numbered: chapter.number.is_some(),
            name: Fact { value: chapter.name.clone(), origin },
            bare_name: with_emoji(&self.wording.without_mark(&chapter.name), &self.wording.dialect).into_owned(),
            mark: self.wording.mark(&chapter.name).map(|mark| mark.status),
            page,
            note: NoteFile { source, location, file, front_matter, fingerprint, anatomy: written },
            received,
            brought,
            fills,
            section: part.map(str::to_owned).into_iter().chain(above.iter().cloned()).collect(),
        });
    }

    /// Keeps a chapter that the book cannot show.
    fn lost_chapter(&mut self, fault: ChapterFault, place: Place) {
        self.material.sightings.lost_chapters.push(LostChapter { fault, place });
    }

    /// What mdBook puts into a chapter.
    fn put(&mut self, source: Option<&SourcePath>, location: &Location, written: &Anatomy, text: &str) -> Put {
        let Some(source) = source.filter(|_| self.host.expands && !written.includes.is_empty()) else {
            return Put::default();
        };
        let place = self.host.path_of(source);
        let folder = place.parent().unwrap_or(&self.host.root);
        self.library.put((written, text), (&location.shown, folder), &mut self.worktree, self.wording)
    }

    /// Keeps a directive of a page's file, or of one that comes with it, whose file is not there.
    fn missing_include(&mut self, page: &str, lost: LostDirective) {
        let LostDirective { within, line, bytes, directive, target } = lost;
        let files = &self.material.files;
        let file = within.map_or_else(|| page.to_owned(), |within| files.for_people(&within));
        let target = target.map(|target| files.for_people(&target));
        let place = Place::line(file, line);
        let place = match bytes {
            Some(bytes) => place.spanning(bytes),
            None => place,
        };
        self.material.sightings.missing_includes.push(MissingInclude { place, directive, target });
    }

    /// Sends git through the history, where something will be said of it.
    fn search(&self) -> Option<Search> {
        let is_used = self.host.renderer.is_none() || self.config.needs(Need::History);
        (is_used && self.config.history.git).then(|| Search::start(self.worktree.repository()))
    }

    /// Asks git about every note.
    fn history(&mut self, search: Search) -> Option<Archive<'t>> {
        let reals = &self.material.files.reals;
        if reals.is_empty() {
            return None;
        }
        // Two links to one file are one file.
        let paths: BTreeSet<String> = reals.values().cloned().collect();
        let paths = paths.into_iter().collect();
        let mut archive = match search.archive(paths, &self.config.history) {
            Ok(archive) => archive,
            Err(gap) => {
                self.material.sightings.history = Some(gap);
                return None;
            }
        };
        let texts = &self.texts;
        let now: Vec<_> = reals
            .iter()
            .filter_map(|(source, real)| Some((source.clone(), real.as_str(), Rc::clone(texts.get(source)?))))
            .collect();
        self.material.histories = archive.histories(&now).into_iter().collect();
        Some(archive)
    }

    /// Where a file lies, and what it is called to people. `seen` is where that lies which mdBook sees.
    fn locate(&mut self, source: &SourcePath, seen: Lies) -> (Location, String) {
        let location = self.worktree.locate(seen, source);
        for path in [&location.shown, &location.real] {
            self.material.files.notes.insert(path.clone(), source.clone());
        }
        self.material.files.reals.insert(source.clone(), location.real.clone());
        let file = self.material.files.for_people(&location.real);
        (location, file)
    }

    /// The text of a chapter's file as mdBook sees it: without a byte order mark. `content` is what it most likely holds.
    ///
    /// `None` for a chapter that has only its content: another plugin made it up, or it was read already.
    fn listed_text<'c>(
        &mut self,
        source: &SourcePath,
        place: &Path,
        file: &str,
        content: &'c str,
    ) -> Option<Cow<'c, str>> {
        if self.host.is_read {
            let unreadable = self.host.unreadable.get(source).map(|unreadable| (file.to_owned(), unreadable.clone()));
            self.material.sightings.unreadable.extend(unreadable);
            return None;
        }
        match files::text_like(place, content) {
            Ok(text) => Some(text),
            Err(Unread::Missing) => None,
            Err(Unread::Unreadable(why)) => {
                self.material.sightings.unreadable.push((file.to_owned(), Unreadable { why, stops: false }));
                None
            }
        }
    }

    fn catalogues(&mut self) {
        for path in &self.config.catalogue.value {
            let (inside, text) = match self.catalogue_text(path) {
                Ok(read) => read,
                Err(fault) => {
                    let lost = LostCatalogue { path: path.clone(), fault, place: self.config.catalogue.place() };
                    self.material.sightings.lost_catalogues.push(lost);
                    continue;
                }
            };
            let file = self.material.files.for_people(&inside);
            // What is wrong with its front matter was said where it is a chapter.
            let (front_matter, anatomy) =
                read(&text, None, &file, self.wording, &mut Usage::default(), &mut Diagnostics::default());
            let source = self.material.files.notes.get(&inside).cloned();
            // A catalogue is written where it lies, and not where the book links to it.
            let location = Location { shown: inside.clone(), real: inside };
            self.material.catalogues.push(Catalogue {
                kind: CatalogueKind::of(path),
                empty: empty_links(path, &anatomy.links, self.wording),
                links: anatomy.links.clone(),
                entries: catalogue::read(&without_front_matter(&text), CatalogueKind::of(path), self.wording),
                note: NoteFile { source, location, file, front_matter, fingerprint: None, anatomy: Arc::new(anatomy) },
            });
        }
    }

    /// Where a catalogue lies in the repository, and its text.
    fn catalogue_text(&mut self, path: &str) -> Result<(String, String), LostBecause> {
        let inside = self.worktree.path(Path::new(path)).ok_or(LostBecause::Outside)?;
        let on_disk = self.host.root.join(path);
        if on_disk.exists() && !self.worktree.holds(&on_disk) {
            return Err(LostBecause::LinkOutside);
        }
        // What is a note as well was read already.
        let note = self.material.files.notes.get(&inside).and_then(|source| self.texts.get(source));
        if let Some(note) = note {
            return Ok((inside, note.whole().to_owned()));
        }
        match files::text(&on_disk) {
            Ok(text) => Ok((inside, text)),
            Err(Unread::Missing) => Err(LostBecause::Missing),
            Err(Unread::Unreadable(why)) => Err(LostBecause::Unreadable(why)),
        }
    }

    /// Looks at what the links lead to that is no note.
    fn look_at_destinations(&mut self) {
        let Material { chapters, catalogues, files, .. } = &mut self.material;
        let mut unknown = BTreeSet::new();
        let mut look = |from: &Location, destination: &str| unknown.extend(files.unknown(from, destination));
        if self.config.needs(Need::Destinations) {
            for chapter in chapters.iter().filter(|chapter| chapter.note.source.is_some()) {
                let received = (!Arc::ptr_eq(&chapter.note.anatomy, &chapter.received)).then_some(&chapter.received);
                for link in
                    chapter.note.anatomy.links.iter().chain(received.into_iter().flat_map(|anatomy| &anatomy.links))
                {
                    look(&chapter.note.location, &link.destination);
                }
            }
        }
        for catalogue in catalogues {
            for target in catalogue.entries.iter().flat_map(CatalogueEntry::targets) {
                look(&catalogue.note.location, &target.url);
            }
        }
        for path in unknown {
            let found = match fs::metadata(self.worktree.on_disk(&path)) {
                Ok(metadata) if metadata.is_dir() => PathKind::Folder,
                Ok(_) => PathKind::File,
                Err(_) => PathKind::Nothing,
            };
            files.others.insert(path, found);
        }
    }

    /// Whether the scripts that draw diagrams are where pages with one ask for them.
    fn look_for_scripts(&mut self) {
        if self.config.needs(Need::DrawingScripts) && self.host.is_for_browsers() {
            let folder = self.host.root.join(&self.host.source).join(SCRIPTS);
            let missing = DRAWING.iter().find(|name| !folder.join(name).is_file());
            self.material.sightings.missing_script =
                missing.map(|name| format!("{}{SCRIPTS}/{name}", self.material.source_folder));
        }
    }

    /// The Markdown files below the source folder that no chapter shows.
    fn unlisted(&mut self) {
        let root = self.host.root.join(&self.host.source);
        let listed: BTreeSet<SourcePath> =
            self.material.chapters.iter().filter_map(|chapter| chapter.note.source.clone()).collect();
        let build = self.host.root.join(&self.host.build);
        let walk = WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || entry.path() == build)
        });
        // What the operating system will not show us, mdBook will not show either. A link to a note is a note.
        for entry in walk.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()) {
            let path = entry.path();
            if path.extension().is_none_or(|extension| extension != "md")
                || path.file_name().is_some_and(|name| is_no_note(&name.to_string_lossy()))
            {
                continue;
            }
            let Some(source) = path.strip_prefix(&root).ok().and_then(SourcePath::new) else { continue };
            if listed.contains(&source) || (entry.path_is_symlink() && !self.worktree.holds(path)) {
                continue;
            }
            let place = self.host.path_of(&source);
            let lies = self.worktree.lies(&place);
            let (location, file) = self.locate(&source, lies);
            // What is wrong in a file that nobody lists is no problem of the book yet.
            let Ok(text) = files::text(&place) else { continue };
            let (front_matter, written) =
                read(&text, None, &file, self.wording, &mut Usage::default(), &mut Diagnostics::default());
            let text = Rc::new(Text::new(text));
            let fingerprint = fingerprint(&text, &front_matter);
            self.texts.insert(source.clone(), text);
            let (source, anatomy) = (Some(source), Arc::new(written));
            self.material.unlisted.push(NoteFile { source, location, file, front_matter, fingerprint, anatomy });
        }
    }
}

/// The front matter of a text, and what stands in it, unless that was read `ahead`.
fn read(
    text: &str,
    ahead: Option<Anatomy>,
    file: &str,
    wording: &Wording,
    usage: &mut Usage,
    diagnostics: &mut Diagnostics,
) -> (FrontMatter, Anatomy) {
    let block = front_matter::find(text);
    let found = block.map(|block| front_matter::read_in(block, file, wording, usage, diagnostics)).unwrap_or_default();
    (found, ahead.unwrap_or_else(|| Anatomy::of(text, block.map_or(0, |block| block.end), wording)))
}

/// What stands in a text behind the front matter at its beginning.
fn anatomy(text: &str, wording: &Wording) -> Anatomy {
    Anatomy::of(text, front_matter::find(text).map_or(0, |block| block.end), wording)
}

/// The tag of the language that `[book]` names, as far as it can be told.
fn tag_of(written: &str) -> String {
    let tag = Language::meant_by(written).or_else(|| Language::named(written).ok());
    tag.map_or_else(|| written.to_owned(), |tag| tag.tag().to_owned())
}

/// The links of a catalogue that lead nowhere, and are no editions that are still to be written. In a table of contents,
/// they are drafts.
fn empty_links(path: &str, links: &[Link], wording: &Wording) -> Vec<CatalogueTarget> {
    let empty = links.iter().filter(|link| link.destination.is_empty() && link.kind == LinkKind::Inline && !link.image);
    empty
        .map(|link| CatalogueTarget { text: link.labels.concat(), url: String::new(), line: link.line })
        .filter(|target| !CatalogueKind::of(path).is_contents() && wording.language(&target.text).is_none())
        .collect()
}

/// The fingerprint of a text that says which text was reviewed. To hash every text would take time for nothing.
fn fingerprint(text: &Text<'_>, front_matter: &FrontMatter) -> Option<Fingerprint> {
    front_matter.reviewed.as_ref().map(|_| text.fingerprint())
}

/// A text with blank lines in place of its front matter, so that its lines keep their numbers.
fn without_front_matter(text: &str) -> String {
    let end = front_matter::find(text).map_or(0, |block| block.end);
    format!("{}{}", "\n".repeat(text[..end].matches('\n').count()), &text[end..])
}

/// The parts of a text that an earlier plugin changed. What it wrote above the file's front matter does not make that
/// a part of the text.
fn received(content: &str, ahead: Option<Anatomy>, file: &str, wording: &Wording) -> Anatomy {
    let of = |end| ahead.unwrap_or_else(|| Anatomy::of(content, end, wording));
    if let Some(block) = front_matter::find(content) {
        return of(block.end);
    }
    let block = front_matter::find(file).map(|block| &file[..block.end]).filter(|block| !block.is_empty());
    let mut places = block.into_iter().flat_map(|block| content.match_indices(block));
    match (places.next(), places.next()) {
        (Some((at, block)), None) if content[..at].ends_with('\n') => {
            Anatomy::behind(content, at..at + block.len(), wording)
        }
        _ => of(0),
    }
}

/// Whether a file is a table of contents, of this book or of another language's beside it, or frames the pages of a
/// site.
fn is_no_note(name: &str) -> bool {
    CatalogueKind::of(name).is_contents() || catalogue::is_frame(name)
}

/// On which line of `SUMMARY.md` a file is listed.
struct SummaryLines {
    file: String,
    lines: BTreeMap<PathBuf, usize>,
}

impl SummaryLines {
    fn read(host: &Host, folder: &str, is_inside: bool) -> Self {
        let read = || files::text(&host.root.join(&host.source).join("SUMMARY.md")).unwrap_or_default();
        let text = host.summary.clone().unwrap_or_else(|| if is_inside { read() } else { String::new() });
        let mut lines = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let Some((_, target)) = line.rsplit_once("](") else { continue };
            let target = target.trim_end().strip_suffix(')').unwrap_or(target).trim_matches(['<', '>']);
            // mdBook decodes spaces and nothing else.
            let target = target.replace("%20", " ");
            lines.entry(clean(Path::new(&target))).or_insert(at + 1);
        }
        Self { file: format!("{folder}SUMMARY.md"), lines }
    }

    fn place(&self, path: &Path) -> Place {
        let line = self.lines.get(&clean(path)).copied();
        Place { line, ..Place::file(&self.file) }
    }
}

fn clean(path: &Path) -> PathBuf {
    path.components().filter(|component| !matches!(component, std::path::Component::CurDir)).collect()
}
