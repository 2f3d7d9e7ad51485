//! From what was read to the notebook: languages, pairs, inheritance, pages, and everything that is odd about them.

use std::collections::{BTreeMap, BTreeSet};

use super::anatomy::{Anatomy, LEARNING_PATH};
use super::pairing::{self, Candidate, Pairing};
use super::*;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::facts::FrontMatter;
use crate::messages::Messages;
use crate::passes::PassName;

/// Everything that was read, not yet understood.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The chapters that have a page, in reading order.
    pub chapters: Vec<Chapter>,
    /// The Markdown files that `SUMMARY.md` does not list.
    pub unlisted: Vec<Unlisted>,
    /// How many chapters there are, drafts included.
    pub chapter_count: usize,
    /// The book's own language.
    pub language: Option<String>,
    /// The folder of the sources, relative to the book's root, with a slash at its end; empty for the root itself.
    pub source_folder: String,
}

/// A chapter that has a page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its position among all chapters, drafts included, depth first.
    pub number: usize,
    /// Its name in `SUMMARY.md`, with its mark.
    pub name: Fact<String>,
    /// Its page.
    pub page: PagePath,
    /// Its file; `None` for a chapter that another plugin made.
    pub source: Option<SourcePath>,
    /// What its file says of itself.
    pub front_matter: FrontMatter,
    /// The parts of its file.
    pub written: Anatomy,
    /// The parts of the text that was received.
    pub received: Anatomy,
    /// The titles above it, without marks: the part, then the chapters.
    pub section: Vec<String>,
}

/// A Markdown file that `SUMMARY.md` does not list.
#[derive(Debug, Clone)]
pub struct Unlisted {
    /// The file.
    pub source: SourcePath,
    /// What it says of itself.
    pub front_matter: FrontMatter,
    /// Its parts.
    pub written: Anatomy,
}

/// Makes the notebook.
#[must_use]
pub fn assemble(material: Material, config: &Config, diagnostics: &mut Diagnostics) -> Notebook {
    let default = default_language(&material, config);
    let languages = languages(&material, config, &default);
    Assembly { material, config, languages, default, diagnostics }.run()
}

/// The book's own language, as one of its languages.
fn default_language(material: &Material, config: &Config) -> Language {
    let own = material.language.as_deref().and_then(|tag| Language::parse(tag).ok());
    match (own, config.languages.as_slice()) {
        (Some(own), []) => own,
        (None, []) => Language::parse("en").expect("a tag"),
        (Some(own), listed) => Tags::new(listed).get(own.tag()).unwrap_or(&listed[0]).clone(),
        (None, listed) => listed[0].clone(),
    }
}

/// The book's languages: as listed, else as its paths and its front matter show them.
fn languages(material: &Material, config: &Config, default: &Language) -> Vec<Language> {
    if !config.languages.is_empty() {
        return config.languages.clone();
    }
    let sources: Vec<SourcePath> = material.chapters.iter().filter_map(|chapter| chapter.source.clone()).collect();
    let mut languages = pairing::guess_languages(&sources, default);
    for chapter in &material.chapters {
        if let Some(Fact { value: PageLanguage::One(language), .. }) = &chapter.front_matter.language
            && Tags::new(&languages).get(language.tag()).is_none()
        {
            languages.push(language.clone());
        }
    }
    languages
}

struct Assembly<'a> {
    material: Material,
    config: &'a Config,
    languages: Vec<Language>,
    default: Language,
    diagnostics: &'a mut Diagnostics,
}

impl Assembly<'_> {
    fn run(mut self) -> Notebook {
        self.check_pages();
        let candidates = self.candidates();
        let pairing = pairing::pair(&candidates, &self.languages, &self.default);
        self.report_clashes(&candidates, &pairing);
        let mut notebook = self.notes(&candidates, &pairing);
        inherit(&mut notebook);
        self.report_editions(&notebook);
        self.report_cross_posts(&notebook);
        if self.config.runs(PassName::LanguageSwitch) {
            self.report_unmarked(&notebook);
        }
        if self.config.runs(PassName::LearningPath) {
            self.add_learning_paths(&mut notebook);
        }
        notebook
    }

    /// The path of a file from the book's root.
    fn file(&self, source: &SourcePath) -> String {
        format!("{}{source}", self.material.source_folder)
    }

    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(place));
    }

    fn summary(&self) -> Place {
        Place::file(format!("{}SUMMARY.md", self.material.source_folder))
    }

    fn check_pages(&mut self) {
        let repeated: Vec<String> = repeated(self.material.chapters.iter().map(|chapter| &chapter.page))
            .keys()
            .map(|path| path.html())
            .collect();
        for page in repeated {
            let message = format!("two chapters are written to {page}, so one of them is lost; list each page once");
            self.report(Code::PageListedTwice, self.summary(), message);
        }
        let first = self.material.chapters.first().map(|chapter| chapter.page.clone());
        if let Some(first) = first.filter(|page| page.depth() > 0) {
            let message = format!(
                "the first chapter ({}) is also shown as index.html, where its relative links lead nowhere; put a page at the root first",
                first.html()
            );
            self.report(Code::FirstChapterNested, self.summary(), message);
        }
    }

    /// Chapters first, then unlisted files; a chapter without a file stands under the path of its page. A file that is
    /// listed twice is one candidate.
    fn candidates(&self) -> Vec<Candidate> {
        let mut seen = BTreeSet::new();
        let chapters = self.material.chapters.iter().map(|chapter| Candidate {
            source: source_of(chapter),
            listed: true,
            language: self.known(&chapter.front_matter),
            translation_key: chapter.front_matter.translation_key.clone(),
            prose: chapter.written.prose,
        });
        let unlisted = self.material.unlisted.iter().map(|file| Candidate {
            source: file.source.clone(),
            listed: false,
            language: self.known(&file.front_matter),
            translation_key: file.front_matter.translation_key.clone(),
            prose: file.written.prose,
        });
        chapters.chain(unlisted).filter(|candidate| seen.insert(candidate.source.clone())).collect()
    }

    /// The language of a front matter as one of the book's: `zh` in a book of `zh-CN` is `zh-CN`.
    fn known(&self, front_matter: &FrontMatter) -> Option<Fact<PageLanguage>> {
        let fact = front_matter.language.clone()?;
        Some(match &fact.value {
            PageLanguage::One(language) => match Tags::new(&self.languages).get(language.tag()) {
                Some(own) => Fact { value: PageLanguage::One(own.clone()), origin: fact.origin },
                None => fact,
            },
            PageLanguage::None => fact,
        })
    }

    fn report_clashes(&mut self, candidates: &[Candidate], pairing: &Pairing) {
        for clash in &pairing.clashes {
            let (kept, lost) = (&candidates[clash.kept], &candidates[clash.lost]);
            if !kept.listed && !lost.listed {
                continue;
            }
            let (kept, lost_file) = (self.file(&kept.source), self.file(&lost.source));
            let language = self.config.autonym(&clash.language).to_owned();
            match &clash.translation_key {
                Some(Fact { value: key, origin }) => {
                    let place = origin.place().cloned().unwrap_or_else(|| Place::file(lost_file));
                    let message = format!(
                        "the translation-key “{key}” in {language} already belongs to {kept}; give one of the two another key"
                    );
                    self.report(Code::TranslationKeyDuplicate, place, message);
                }
                None => {
                    let message = format!(
                        "{kept} is already the {language} edition of this note; rename one of the two, or say `language:` in its front matter"
                    );
                    self.report(Code::EditionDuplicate, Place::file(lost_file), message);
                }
            }
        }
    }

    fn notes(&mut self, candidates: &[Candidate], pairing: &Pairing) -> Notebook {
        let mut notebook = Notebook {
            languages: self.languages.clone(),
            notes: Vec::new(),
            pages: Vec::new(),
            external: Vec::new(),
            added: Vec::new(),
        };
        let material = std::mem::take(&mut self.material);
        self.material.source_folder.clone_from(&material.source_folder);
        self.material.chapter_count = material.chapter_count;
        let mut chapters: BTreeMap<SourcePath, Vec<&Chapter>> = BTreeMap::new();
        for chapter in &material.chapters {
            chapters.entry(source_of(chapter)).or_default().push(chapter);
        }
        let unlisted: BTreeMap<&SourcePath, &Unlisted> =
            material.unlisted.iter().map(|file| (&file.source, file)).collect();

        // Chapter number → its edition.
        let mut shown: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (key, files) in &pairing.groups {
            if files.iter().all(|file| !candidates[file.candidate].listed) {
                continue;
            }
            let mut editions: Vec<(Edition, Vec<usize>)> = Vec::new();
            for file in files {
                let Some(language) = &file.language else { continue };
                let candidate = &candidates[file.candidate];
                self.check_language(candidate, language);
                let (edition, numbers) = match chapters.get(&candidate.source).map(Vec::as_slice) {
                    Some([first, rest @ ..]) => {
                        let numbers = std::iter::once(first.number).chain(rest.iter().map(|chapter| chapter.number));
                        (self.edition_of(first, language), numbers.collect())
                    }
                    _ => (self.unlisted_edition(unlisted[&candidate.source], language), Vec::new()),
                };
                let paired_by = (files.len() > 1).then(|| file.evidence.clone());
                editions.push((Edition { paired_by, ..edition }, numbers));
            }
            if editions.is_empty() {
                continue;
            }
            let rank =
                |language: &Language| self.languages.iter().position(|own| own == language).unwrap_or(usize::MAX);
            editions.sort_by_key(|(edition, _)| (rank(&edition.language.value), edition.language.value.clone()));
            for (at, (_, numbers)) in editions.iter().enumerate() {
                shown.extend(numbers.iter().map(|number| (*number, (notebook.notes.len(), at))));
            }
            let editions = editions.into_iter().map(|(edition, _)| edition).collect();
            notebook.notes.push(Note { key: key.clone(), editions, added: false });
        }

        for chapter in material.chapters {
            let edition = shown.get(&chapter.number).copied();
            let language = edition.map(|(note, at)| notebook.notes[note].editions[at].language.value.clone());
            let title = &chapter.front_matter.title;
            let section = heads(&chapter);
            let first_external = notebook.external.len();
            for Fact { value: entry, origin } in chapter.front_matter.external {
                notebook.external.push(External {
                    title: Fact { value: entry.title, origin },
                    urls: entry.urls,
                    language: language.clone(),
                    section: section.clone(),
                });
            }
            notebook.pages.push(Page {
                chapter: chapter.number,
                path: chapter.page,
                name: chapter.name.value,
                edition,
                title: title.as_ref().filter(|_| !chapter.received.has_level_one).map(|fact| fact.value.clone()),
                external: (first_external..notebook.external.len()).collect(),
                anatomy: chapter.received,
            });
        }
        notebook
    }

    fn check_language(&mut self, candidate: &Candidate, language: &Fact<Language>) {
        if candidate.listed && !self.languages.contains(&language.value) {
            let place = language.origin.place().cloned().unwrap_or_else(|| Place::file(self.file(&candidate.source)));
            let message = format!(
                "the book does not list the language {}; add it to `languages` in [preprocessor.bilingual]",
                language.value
            );
            self.report(Code::LanguageUnknown, place, message);
        }
    }

    fn edition_of(&mut self, chapter: &Chapter, language: &Fact<Language>) -> Edition {
        let said = |mark: Option<Mark>| mark.map(|mark| mark.status);
        let in_name = said(mark(&chapter.name.value)).map(|value| Fact { value, origin: chapter.name.origin.clone() });
        let file = self.file(&source_of(chapter));
        let title = chapter.written.title.as_ref();
        let in_heading = title.and_then(|title| {
            let status = title.mark.as_ref()?.0;
            Some(Fact { value: status, origin: Origin::Heading(Place::at(&file, title.line, 1)) })
        });
        let status = self.agreed([chapter.front_matter.status.clone(), in_name, in_heading]);
        let name = without_mark(&chapter.name.value);
        let title =
            chapter.front_matter.title.clone().or_else(|| {
                (!name.trim().is_empty()).then(|| Fact { value: name, origin: chapter.name.origin.clone() })
            });
        let (written, front_matter) = (&chapter.written, &chapter.front_matter);
        Edition {
            page: Some(chapter.page.clone()),
            status,
            section: chapter.section.clone(),
            heads: heads(chapter),
            ..edition(source_of(chapter), file, title, front_matter, written, language)
        }
    }

    fn unlisted_edition(&self, unlisted: &Unlisted, language: &Fact<Language>) -> Edition {
        let file = self.file(&unlisted.source);
        let title = unlisted.front_matter.title.clone();
        edition(unlisted.source.clone(), file, title, &unlisted.front_matter, &unlisted.written, language)
    }

    /// The first status that was said, after a word on those that disagree with it.
    fn agreed(&mut self, said: [Option<Fact<Status>>; 3]) -> Option<Fact<Status>> {
        let mut said = said.into_iter().flatten();
        let first = said.next()?;
        for other in said.filter(|other| other.value != first.value) {
            let (Some(here), Some(there)) = (first.origin.place(), other.origin.place()) else { continue };
            let message = format!(
                "the status is {} here, but {} at {there}; make the two agree",
                first.value.name(),
                other.value.name()
            );
            self.report(Code::FactsDisagree, here.clone(), message);
        }
        Some(first)
    }

    fn report_editions(&mut self, notebook: &Notebook) {
        for note in &notebook.notes {
            for edition in &note.editions {
                let Some(source) = &edition.source else { continue };
                let file = self.file(source);
                if edition.page.is_none() {
                    let language = self.config.autonym(&edition.language.value).to_owned();
                    let message = format!(
                        "this is the {language} edition of {}, but SUMMARY.md does not list it; add it there",
                        note.key
                    );
                    self.report(Code::EditionUnlisted, Place::file(file), message);
                    continue;
                }
                if edition.status.as_ref().is_some_and(|fact| fact.value == Status::PendingReview) {
                    self.report(Code::ReviewPending, Place::file(file), "this edition waits for its review");
                }
            }
            for language in &notebook.languages {
                if note.edition(language).is_some() {
                    continue;
                }
                let Some((edition, _)) = note.listed().next() else { continue };
                let Some(source) = &edition.source else { continue };
                let place = Place::file(self.file(source));
                let name = self.config.autonym(language).to_owned();
                let remedy = self.file_in(source, language, notebook);
                self.report(Code::EditionMissing, place, format!("no {name} edition; add {remedy}"));
            }
            let dated = note.editions.iter().any(|edition| edition.published.is_some());
            if self.config.runs(PassName::LearningPath)
                && !dated
                && let Some((edition, _)) = note.listed().find(|(edition, _)| edition.on_path)
                && let Some(source) = &edition.source
            {
                let place = Place::file(self.file(source));
                self.report(
                    Code::Undated,
                    place,
                    "no date, so the learning path lists this note last; add `date:` to its front matter",
                );
            }
        }
    }

    /// Where the edition of a note in another language would lie, by the habits of this book.
    fn file_in(&self, source: &SourcePath, language: &Language, notebook: &Notebook) -> String {
        let tags = Tags::new(&self.languages);
        let folders = source.folders();
        if let Some(at) = folders.iter().position(|folder| tags.get(folder).is_some()) {
            // The folder that the language already has, else its tag.
            let used = notebook
                .notes
                .iter()
                .flat_map(|note| &note.editions)
                .filter_map(|edition| edition.source.as_ref())
                .find_map(|source| {
                    source.folders().into_iter().find(|folder| tags.get(folder) == Some(language)).map(str::to_owned)
                });
            let mut folders: Vec<String> = folders.iter().map(|folder| (*folder).to_owned()).collect();
            folders[at] = used.unwrap_or_else(|| language.tag().to_owned());
            let name = source.as_str().rsplit('/').next().unwrap_or_default();
            return format!("{}{}/{name}", self.material.source_folder, folders.join("/"));
        }
        let folders: String = folders.iter().map(|folder| format!("{folder}/")).collect();
        format!("{}{folders}{}.{language}.md", self.material.source_folder, source.stem())
    }

    fn report_cross_posts(&mut self, notebook: &Notebook) {
        let mut first: BTreeMap<&str, (usize, &Origin)> = BTreeMap::new();
        for (at, note) in notebook.notes.iter().enumerate() {
            for post in note.editions.iter().flat_map(|edition| &edition.cross_posts) {
                let (owner, origin) = *first.entry(&post.value.url).or_insert((at, &post.origin));
                if owner == at {
                    continue;
                }
                let (Some(place), Some(other)) = (post.origin.place(), origin.place()) else { continue };
                let message =
                    format!("{} is already given at {other}, for another note; correct one of the two", post.value.url);
                self.report(Code::CrossPostDuplicate, place.clone(), message);
            }
        }
    }

    fn report_unmarked(&mut self, notebook: &Notebook) {
        for page in notebook.pages.iter().filter(|page| !page.anatomy.closed) {
            let Some((_, Edition { source: Some(source), .. })) = notebook.shown(page) else { continue };
            let place = Place::file(self.file(source));
            let message = "the text ends inside of a code fence or with open HTML, so it does not name its language; close what is open";
            self.report(Code::LanguageNotMarked, place, message);
        }
    }

    /// A learning path for each language in which no page has the marker.
    fn add_learning_paths(&mut self, notebook: &mut Notebook) {
        let usable =
            |page: &Page| page.anatomy.markers.iter().any(|marker| marker.name == LEARNING_PATH && !marker.nested);
        let nested: Vec<(Place, usize)> = notebook
            .pages
            .iter()
            .flat_map(|page| {
                let file = notebook.shown(page).and_then(|(_, edition)| edition.source.clone());
                let file = file.map_or_else(|| page.path.chapter().to_owned(), |source| source.to_string());
                let file = format!("{}{file}", self.material.source_folder);
                page.anatomy
                    .markers
                    .iter()
                    .filter(|marker| marker.nested)
                    .map(move |marker| (Place::file(&file), marker.line))
            })
            .collect();
        for (place, line) in nested {
            let place = Place { line: Some(line), ..place };
            let message = format!(
                "<!-- {LEARNING_PATH} --> is read only on a line of its own, outside of lists and quotations; move it there"
            );
            self.report(Code::MarkerNested, place, message);
        }
        if notebook.pages.iter().any(|page| page.edition.is_none() && usable(page)) {
            return;
        }
        let messages = Messages::new(&notebook.languages, self.config);
        let with_marker = |notebook: &Notebook, language: &Language| {
            notebook
                .pages
                .iter()
                .find(|page| notebook.language(page) == Some(language) && usable(page))
                .map(|page| page.edition)
        };
        let mut home = notebook
            .languages
            .iter()
            .find_map(|language| with_marker(notebook, language))
            .flatten()
            .map(|(note, _)| note);
        for language in notebook.languages.clone() {
            let on_path = |note: &Note| note.listed().any(|(edition, _)| edition.on_path);
            let has_notes = notebook.pages.iter().any(|page| notebook.language(page) == Some(&language));
            if !has_notes || !notebook.notes.iter().any(on_path) || with_marker(notebook, &language).is_some() {
                continue;
            }
            let name = messages.text(&language, "learning-path-title", &[]);
            let path = self.free_path(notebook, &language);
            let content = format!("# {}\n\n<!-- {LEARNING_PATH} -->\n", crate::passes::markup::markdown_text(&name));
            let anatomy = Anatomy::of(&content, 0);
            let chapter = self.material.chapter_count + notebook.added.len();
            let edition = Edition {
                page: Some(path.clone()),
                source: None,
                on_path: false,
                ..edition(
                    SourcePath::new(std::path::Path::new(path.chapter())).expect("a page path is relative"),
                    path.chapter().to_owned(),
                    Some(Fact { value: name.clone(), origin: Origin::Default }),
                    &FrontMatter::default(),
                    &anatomy,
                    &Fact { value: language.clone(), origin: Origin::Default },
                )
            };
            // The page with the marker in another language is the same note, if it has no edition here yet.
            let note = home.filter(|note| notebook.notes[*note].edition(&language).is_none()).unwrap_or_else(|| {
                notebook.notes.push(Note { key: LEARNING_PATH.to_owned(), editions: Vec::new(), added: true });
                notebook.notes.len() - 1
            });
            home = Some(note);
            notebook.notes[note].editions.push(edition);
            let shown = notebook.notes[note].editions.len() - 1;
            notebook.pages.push(Page {
                chapter,
                path: path.clone(),
                name: name.clone(),
                edition: Some((note, shown)),
                title: None,
                external: Vec::new(),
                anatomy,
            });
            notebook.added.push(AddedChapter { chapter, name, path, content });
        }
    }

    /// A path that no page has: in the language's folder where it has one.
    fn free_path(&self, notebook: &Notebook, language: &Language) -> PagePath {
        let tags = Tags::new(&self.languages);
        let home = notebook.home(language).and_then(|home| {
            let folders: Vec<&str> = home.path.chapter().split('/').collect();
            let at = folders[..folders.len() - 1].iter().position(|folder| tags.get(folder) == Some(language))?;
            Some(folders[..=at].join("/"))
        });
        let stem = match home {
            Some(folder) => format!("{folder}/{LEARNING_PATH}"),
            None if *language == self.default => LEARNING_PATH.to_owned(),
            None => format!("{LEARNING_PATH}.{language}"),
        };
        (1..)
            .map(|count| if count == 1 { format!("{stem}.md") } else { format!("{stem}-{count}.md") })
            .filter_map(|path| PagePath::new(std::path::Path::new(&path), false))
            .find(|path| notebook.pages.iter().all(|page| page.path != *path))
            .expect("some number is free")
    }
}

/// A file without a page.
fn edition(
    source: SourcePath,
    file: String,
    title: Option<Fact<String>>,
    front_matter: &FrontMatter,
    written: &Anatomy,
    language: &Fact<Language>,
) -> Edition {
    let front_matter = front_matter.clone();
    let title = title
        .or_else(|| {
            let heading = written.title.as_ref()?;
            let origin = Origin::Heading(Place::at(&file, heading.line, 1));
            Some(Fact { value: heading.text.clone(), origin })
        })
        .unwrap_or_else(|| Fact { value: source.stem().to_owned(), origin: Origin::FileName });
    Edition {
        language: language.clone(),
        source: Some(source),
        page: None,
        paired_by: None,
        title,
        summary: front_matter.summary,
        published: front_matter.published,
        updated: front_matter.updated,
        status: front_matter.status,
        reviewed_by: front_matter.reviewed_by,
        reviewed_on: front_matter.reviewed_on,
        cross_posts: front_matter.cross_posts,
        on_path: front_matter.learning_path.is_none_or(|fact| fact.value)
            && written.markers.iter().all(|marker| marker.name != LEARNING_PATH),
        prose: written.prose,
        blank: written.blank,
        section: Vec::new(),
        heads: Vec::new(),
    }
}

/// The section of the chapters below a chapter.
fn heads(chapter: &Chapter) -> Vec<String> {
    chapter.section.iter().cloned().chain([without_mark(&chapter.name.value)]).collect()
}

/// The file of a chapter; a chapter without one stands under the path of its page.
fn source_of(chapter: &Chapter) -> SourcePath {
    chapter.source.clone().unwrap_or_else(|| {
        SourcePath::new(std::path::Path::new(chapter.page.chapter())).expect("a page path is relative")
    })
}

/// Gives each edition what it does not say itself and its source edition does.
fn inherit(notebook: &mut Notebook) {
    for note in &mut notebook.notes {
        let source = note.editions[note.source()].clone();
        for edition in &mut note.editions {
            if edition.published.is_none() {
                edition.published.clone_from(&source.published);
            }
            if edition.status.is_none() {
                edition.status.clone_from(&source.status);
                edition.reviewed_by.clone_from(&source.reviewed_by);
                edition.reviewed_on.clone_from(&source.reviewed_on);
            }
            if edition.cross_posts.is_empty() {
                edition.cross_posts.clone_from(&source.cross_posts);
            }
            edition.on_path &= source.on_path;
        }
    }
}
