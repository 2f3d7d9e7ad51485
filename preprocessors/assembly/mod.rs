//! From what was read to the notebook: languages, pairs, inheritance, pages.

pub mod guess;
pub(crate) mod habits;
pub mod learning_path_pages;
pub mod listing;
pub mod naming;
pub mod own_lines;
pub mod pairing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assembly::learning_path_pages::add_learning_paths;
use crate::assembly::listing::Catalogue;
use crate::assembly::pairing::claims::{self, Settled, Ties, Written};
use crate::assembly::pairing::{Candidate, Paired, Pairing};
use crate::config::{Config, PassName};
use crate::diagnostic::Place;
use crate::markdown::include::{Brought, Fill};
use crate::markdown::{Anatomy, MARKERS};
use crate::notebook::disputes::Disputes;
use crate::notebook::listing::{CatalogueFault, Listing, Said};
use crate::notebook::{Edition, External, Files, FrontMatter, Note, Notebook, Page, Undated};
use crate::text::Prose;
use crate::text::prose::can_title;
use crate::values::{
    Commit, Date, Day, Fact, Fingerprint, History, Language, Location, Origin, PageLanguage, PagePath, Review,
    SourcePath, Status, Tags,
};

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
    /// The catalogues, in the order of the configuration.
    pub catalogues: Vec<Catalogue>,
    /// What links can lead to.
    pub files: Files,
    /// What git knows of each file.
    pub histories: BTreeMap<SourcePath, History>,
}

/// A chapter that has a page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its position among all chapters, drafts included, depth first.
    pub number: usize,
    /// Whether mdBook numbers it: what stands before and behind the numbered chapters is no part of the text's order.
    pub is_numbered: bool,
    /// Its name in `SUMMARY.md`, with its mark.
    pub name: Fact<String>,
    /// Its name without its mark.
    pub bare_name: String,
    /// The status that its name carries.
    pub mark: Option<Status>,
    /// Its page.
    pub page: PagePath,
    /// Its file; `None` for a chapter that another plugin made.
    pub source: Option<SourcePath>,
    /// Where its file lies.
    pub location: Location,
    /// The real file, from the book's folder, for people.
    pub file: String,
    /// What its file says of itself.
    pub front_matter: FrontMatter,
    /// The fingerprint of its file's text, when its front matter says which text was reviewed.
    pub fingerprint: Option<Fingerprint>,
    /// The parts of its file.
    pub written: Arc<Anatomy>,
    /// The parts of the text that was received.
    pub received: Arc<Anatomy>,
    /// The Markdown that mdBook puts into it.
    pub brought: Vec<Brought>,
    /// The directives inside of its formulas, where their files are there.
    pub fills: Vec<Fill>,
    /// The titles above it, without marks: the part, then the chapters.
    pub section: Vec<String>,
}

/// A Markdown file that `SUMMARY.md` does not list.
#[derive(Debug, Clone)]
pub struct Unlisted {
    /// The file.
    pub source: SourcePath,
    /// Where it lies.
    pub location: Location,
    /// The real file, from the book's folder, for people.
    pub file: String,
    /// What it says of itself.
    pub front_matter: FrontMatter,
    /// The fingerprint of its text, when its front matter says which text was reviewed.
    pub fingerprint: Option<Fingerprint>,
    /// Its parts.
    pub written: Arc<Anatomy>,
}

/// Makes the notebook.
///
/// `path_title` is what a learning path is called in a language.
#[must_use]
pub fn assemble(
    mut material: Material,
    config: &Config,
    languages: Vec<Language>,
    path_title: impl Fn(&Language) -> String,
) -> Notebook {
    let default = default_language(&material, &languages);
    let received = material.chapter_count;
    let assembly = Assembly::new(config, languages);
    let pairs = assembly.pairs(&material, &default);
    let histories = std::mem::take(&mut material.histories);
    let mut notebook = assembly.notebook(material, pairs);
    find_undated(&mut notebook);
    date(&mut notebook, histories);
    inherit(&mut notebook);
    date_changes_since_reviews(&mut notebook);
    own_lines::find(&mut notebook);
    if config.runs(PassName::LearningPath) {
        add_learning_paths(&mut notebook, received, &default, path_title);
    }
    notebook
}

/// The book's own language, as one of its languages.
fn default_language(material: &Material, languages: &[Language]) -> Language {
    let own = material.language.as_deref().and_then(|tag| Tags::new(languages).get(tag).cloned());
    own.unwrap_or_else(|| languages[0].clone())
}

/// The book's languages, at least one: as listed, else as its files show them.
#[must_use]
pub fn languages(material: &Material, config: &Config) -> Vec<Language> {
    if !config.languages.is_empty() {
        return config.languages.clone();
    }
    let own = material.language.as_deref().and_then(|tag| Language::parse(tag).ok());
    let own = own.unwrap_or_else(Language::english);
    in_use(material, config, guess::languages(material, &own, &config.words.languages))
}

/// The files of catalogues: those that are read as such, and the same in other languages.
#[must_use]
pub fn catalogues_of_notes(material: &Material, config: &Config) -> BTreeSet<SourcePath> {
    guess::catalogues(material, &config.words.languages)
}

/// The languages of loose notes, at least one, the one of most notes first.
#[must_use]
pub fn languages_of_notes(material: &Material, config: &Config) -> Vec<Language> {
    in_use(material, config, guess::languages_of_notes(material, &config.words.languages))
}

/// The languages that a page of the book is in, or that somebody wrote something down for, at least one.
fn in_use(material: &Material, config: &Config, languages: Vec<Language>) -> Vec<Language> {
    if languages.len() == 1 {
        return languages;
    }
    let default = default_language(material, &languages);
    let Pairs { candidates, pairing, .. } = Assembly::new(config, languages.clone()).pairs(material, &default);
    let is_shown = |files: &&Vec<Paired>| files.iter().any(|file| candidates[file.candidate].listed);
    let files = pairing.groups.iter().map(|(_, files)| files).filter(is_shown).flatten();
    let tags = Tags::new(&languages);
    let written = config
        .language
        .keys()
        .chain(config.freshness.source.as_ref().map(|source| &source.value))
        .filter_map(|it| tags.get(it.tag()));
    let used: BTreeSet<&Language> =
        files.filter_map(|file| file.language.as_ref()).map(|fact| &fact.value).chain(written).collect();
    let found: Vec<Language> = languages.iter().filter(|language| used.contains(language)).cloned().collect();
    if found.is_empty() { vec![default] } else { found }
}

/// The files of a book, paired.
struct Pairs {
    candidates: Vec<Candidate>,
    listings: Vec<Listing>,
    faults: Vec<CatalogueFault>,
    ties: Ties,
    pairing: Pairing,
}

impl Pairs {
    /// What there is to ask about the pairs.
    fn disputes(&mut self) -> Disputes {
        let Self { candidates, listings, ties, pairing, .. } = self;
        let listed_apart = pairing::listed_apart(candidates, pairing, ties, listings);
        let misnamed = std::mem::take(&mut ties.misnamed).into_iter();
        let misnamed = misnamed.map(|(at, fact)| (candidates[at].source.clone(), fact)).collect();
        let unknown = std::mem::take(&mut ties.unknown);
        Disputes { misnamed, listed_apart, unknown, ..std::mem::take(&mut pairing.disputes) }
    }
}

struct Assembly<'a> {
    languages: Vec<Language>,
    tags: Tags,
    config: &'a Config,
}

impl<'a> Assembly<'a> {
    fn new(config: &'a Config, languages: Vec<Language>) -> Self {
        let tags = Tags::new(&languages).with_names(&config.words.languages);
        Self { tags, languages, config }
    }

    /// Pairs the files.
    fn pairs(&self, material: &Material, default: &Language) -> Pairs {
        let (listings, faults) = listing::follow(material, &self.tags, default);
        let mut candidates = self.candidates(material);
        let readings = naming::read_paths(&candidates, &self.tags);
        self.mark_catalogues(material, &mut candidates, &readings, default);
        let ties = self.ties(material, &mut candidates, &listings);
        let pairing = pairing::pair(&candidates, &readings, &ties.together, &ties.apart, &self.tags, default);
        Pairs { candidates, listings, faults, ties, pairing }
    }

    fn mark_catalogues(
        &self,
        material: &Material,
        candidates: &mut [Candidate],
        readings: &[naming::Reading],
        default: &Language,
    ) {
        let read: BTreeSet<&SourcePath> =
            material.catalogues.iter().filter_map(|catalogue| catalogue.source.as_ref()).collect();
        let among: Vec<&Language> = self.languages.iter().collect();
        let letters = |prose: &Prose, taken: &BTreeSet<Language>| {
            let mut free = std::iter::once(default)
                .chain(&self.languages)
                .filter(|language| !taken.contains(language) && prose.can_be(language) != Some(false));
            prose.language(&among).or_else(|| free.next()).cloned()
        };
        listing::mark_catalogues(candidates, |source| read.contains(source), readings, letters);
    }

    /// Chapters first, then unlisted files; a chapter without a file stands under the path of its page. A file that is
    /// listed twice is one candidate.
    fn candidates(&self, material: &Material) -> Vec<Candidate> {
        let mut seen = BTreeSet::new();
        let chapters = material.chapters.iter().map(|chapter| Candidate {
            source: source_of(chapter),
            listed: true,
            language: self.known(&chapter.front_matter),
            said: None,
            catalogue: false,
            translation_key: chapter.front_matter.translation_key.clone(),
            prose: chapter.written.prose.clone(),
        });
        let unlisted = material.unlisted.iter().map(|file| Candidate {
            source: file.source.clone(),
            listed: false,
            language: self.known(&file.front_matter),
            said: None,
            catalogue: false,
            translation_key: file.front_matter.translation_key.clone(),
            prose: file.written.prose.clone(),
        });
        chapters.chain(unlisted).filter(|candidate| seen.insert(candidate.source.clone())).collect()
    }

    /// What people said of pairs, and the languages that they named, which go to the candidates.
    fn ties(&self, material: &Material, candidates: &mut [Candidate], listings: &[Listing]) -> Ties {
        let places: BTreeMap<SourcePath, usize> =
            candidates.iter().enumerate().map(|(at, candidate)| (candidate.source.clone(), at)).collect();
        let chapters = material.chapters.iter().filter(|chapter| chapter.source.is_some()).filter_map(|chapter| {
            let (location, file, anatomy) = (&chapter.location, chapter.file.as_str(), &*chapter.written);
            Some(Written { candidate: *places.get(&source_of(chapter))?, location, file, anatomy })
        });
        let unlisted = material.unlisted.iter().filter_map(|unlisted| {
            let (location, file, anatomy) = (&unlisted.location, unlisted.file.as_str(), &*unlisted.written);
            Some(Written { candidate: *places.get(&unlisted.source)?, location, file, anatomy })
        });
        let written: Vec<Written<'_>> = chapters.chain(unlisted).collect();
        let settled = Settled { pairs: &self.config.pair, separate: &self.config.separate };
        let ties = claims::ties(candidates, &written, &material.files, listings, settled, &self.tags);
        for (at, language) in &ties.languages {
            candidates[*at].said = Some(language.clone());
        }
        ties
    }

    /// The language of a front matter as one of the book's: `zh` in a book of `zh-CN` is `zh-CN`.
    fn known(&self, front_matter: &FrontMatter) -> Option<Fact<PageLanguage>> {
        let fact = front_matter.language.clone()?;
        Some(match &fact.value {
            PageLanguage::One(language) => match self.tags.get(language.tag()) {
                Some(own) => Fact { value: PageLanguage::One(own.clone()), origin: fact.origin },
                None => fact,
            },
            PageLanguage::None => fact,
        })
    }

    fn notebook(&self, material: Material, mut pairs: Pairs) -> Notebook {
        let disputes = pairs.disputes();
        let Pairs { candidates, listings, faults, pairing, .. } = pairs;
        let said = Said::new(&listings);
        let mut notebook = Notebook {
            languages: self.languages.clone(),
            tags: self.tags.clone(),
            notes: Vec::new(),
            pages: Vec::new(),
            external: Vec::new(),
            added: Vec::new(),
            listings: Vec::new(),
            catalogue_faults: faults,
            disputes,
            source_folder: material.source_folder,
            files: material.files,
            pages_by_source: BTreeMap::new(),
        };
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
                let (edition, numbers) = match chapters.get(&candidate.source).map(Vec::as_slice) {
                    Some([first, rest @ ..]) => {
                        let numbers = std::iter::once(first.number).chain(rest.iter().map(|chapter| chapter.number));
                        (self.edition_of(first, language, &said), numbers.collect())
                    }
                    _ => (self.unlisted_edition(unlisted[&candidate.source], language, &said), Vec::new()),
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
            let editions: Vec<Edition> = editions.into_iter().map(|(edition, _)| edition).collect();
            let mut catalogued: BTreeMap<Language, Vec<String>> = BTreeMap::new();
            let sources = editions.iter().filter_map(|edition| edition.source.as_ref());
            let mut listed: Vec<&Listing> = sources.flat_map(|source| said.of(source)).copied().collect();
            // A note can stand in two sections; the first one counts.
            listed.sort_by_key(|listing| (listing.catalogue, listing.place.line));
            for listing in listed {
                catalogued.entry(listing.language.clone()).or_insert_with(|| listing.section.clone());
            }
            let catalogue = files.iter().any(|file| candidates[file.candidate].catalogue);
            notebook.notes.push(Note { key: key.clone(), editions, added: false, catalogue, catalogued });
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
            if let Some(source) = &chapter.source {
                notebook.pages_by_source.entry(source.clone()).or_insert(notebook.pages.len());
            }
            notebook.pages.push(Page {
                chapter: chapter.number,
                is_numbered: chapter.is_numbered,
                path: chapter.page,
                source: chapter.source,
                file: chapter.file,
                name: chapter.name.value,
                bare_name: chapter.bare_name,
                edition,
                title: title.as_ref().filter(|_| !chapter.received.has_level_one).map(|fact| fact.value.clone()),
                external: (first_external..notebook.external.len()).collect(),
                anatomy: chapter.received,
                written: chapter.written,
                brought: chapter.brought,
                fills: chapter.fills,
                location: chapter.location,
                own_switches: Vec::new(),
                own_copies: Vec::new(),
            });
        }
        for listing in &listings {
            for (title, url) in &listing.external {
                notebook.external.push(External {
                    title: Fact { value: title.clone(), origin: Origin::Catalogue(listing.place.clone()) },
                    urls: vec![url.clone()],
                    language: Some(listing.language.clone()),
                    section: listing.section.clone(),
                });
            }
        }
        notebook.listings = listings;
        notebook
    }

    fn edition_of(&self, chapter: &Chapter, language: &Fact<Language>, said: &Said<'_>) -> Edition {
        let in_name = chapter.mark.map(|value| Fact { value, origin: chapter.name.origin.clone() });
        let source = source_of(chapter);
        let file = chapter.file.clone();
        let title = chapter.written.title.as_ref();
        let in_heading = title.and_then(|title| {
            let status = title.mark.as_ref()?.0;
            Some(Fact { value: status, origin: Origin::Heading(Place::at(&file, title.line, 1)) })
        });
        let authored = std::iter::once(chapter.front_matter.status.clone()).flatten();
        let statuses: Vec<Fact<Status>> =
            authored.chain(said.statuses(&source)).chain(in_name).chain(in_heading).collect();
        let name = chapter.bare_name.clone();
        let named = || (!name.trim().is_empty()).then(|| Fact { value: name, origin: chapter.name.origin.clone() });
        let titles = titles(said, &source, &language.value, &chapter.written);
        let title = titles.into_iter().next().or_else(named);
        let edition = edition(source, file, title, &chapter.front_matter, &chapter.written, language, said);
        Edition {
            review: review(&chapter.front_matter, chapter.fingerprint.as_ref()),
            page: Some(chapter.page.clone()),
            status: statuses.first().cloned().or(edition.status),
            statuses,
            section: chapter.section.clone(),
            heads: heads(chapter),
            ..edition
        }
    }

    fn unlisted_edition(&self, unlisted: &Unlisted, language: &Fact<Language>, said: &Said<'_>) -> Edition {
        let title = titles(said, &unlisted.source, &language.value, &unlisted.written).into_iter().next();
        let (source, file) = (unlisted.source.clone(), unlisted.file.clone());
        let edition = edition(source, file, title, &unlisted.front_matter, &unlisted.written, language, said);
        Edition { review: review(&unlisted.front_matter, unlisted.fingerprint.as_ref()), ..edition }
    }
}

/// What catalogues call a text, the best first. A title in other letters than those of the text is its translation, and
/// counts where the text has no title of its own.
pub(crate) fn titles(
    said: &Said<'_>,
    source: &SourcePath,
    language: &Language,
    written: &Anatomy,
) -> Vec<Fact<String>> {
    let mut titles = said.titles(source, language);
    titles.retain(|title| written.title.is_none() || can_title(language, &title.value));
    titles
}

/// An edition without a page: what its file says of itself.
fn edition(
    source: SourcePath,
    file: String,
    title: Option<Fact<String>>,
    front_matter: &FrontMatter,
    written: &Anatomy,
    language: &Fact<Language>,
    said: &Said<'_>,
) -> Edition {
    let front_matter = front_matter.clone();
    let title = front_matter
        .title
        .or(title)
        .or_else(|| {
            let heading = written.title.as_ref()?;
            let origin = Origin::Heading(Place::at(&file, heading.line, 1));
            Some(Fact { value: heading.text.clone(), origin })
        })
        .unwrap_or_else(|| Fact { value: source.stem().to_owned(), origin: Origin::FileName });
    // Who names a reviewer, a day or a text says that it was reviewed.
    let reviewed = [
        front_matter.reviewed_by.as_ref().map(|fact| &fact.origin),
        front_matter.reviewed_on.as_ref().map(|fact| &fact.origin),
        front_matter.reviewed.as_ref().map(|fact| &fact.origin),
    ];
    let reviewed = reviewed.into_iter().flatten().next().cloned();
    let reviewed = reviewed.map(|origin| Fact { value: Status::Reviewed, origin });
    let status = front_matter.status.or(reviewed).or_else(|| said.statuses(&source).into_iter().next());
    let mut cross_posts = front_matter.cross_posts;
    for copy in said.copies(&source) {
        if !cross_posts.iter().any(|post| post.value.url == copy.value.url) {
            cross_posts.push(copy);
        }
    }
    for copy in own_lines::copies(&file, written) {
        if !cross_posts.iter().any(|post| post.value.url == copy.value.url) {
            cross_posts.push(copy);
        }
    }
    let on = |fact: Option<Fact<Day>>| match fact {
        Some(Fact { value: Day::On(date), origin }) => Some(Fact { value: date, origin }),
        Some(Fact { value: Day::Unknown, .. }) | None => None,
    };
    let is_unknown = |fact: &Option<Fact<Day>>| fact.as_ref().is_some_and(|fact| fact.value == Day::Unknown);
    // A page on which the notes are listed is no note to read.
    let lists = MARKERS.iter().any(|marker| written.places(marker).next().is_some());
    Edition {
        language: language.clone(),
        summary: front_matter.summary,
        undated: is_unknown(&front_matter.published).then_some(Undated::Said),
        published: on(front_matter.published),
        never_updated: is_unknown(&front_matter.updated),
        updated: on(front_matter.updated),
        status,
        reviewed_by: front_matter.reviewed_by,
        reviewed_on: front_matter.reviewed_on,
        review_in: front_matter.review_in,
        translation_of: front_matter.translation_of,
        translated_from: front_matter.translated_from,
        cross_posts,
        file,
        on_path: front_matter.learning_path.is_none_or(|fact| fact.value) && !lists,
        ..Edition::new(Some(source), title, &language.value, written)
    }
}

/// Whether a text is the one that was reviewed.
fn review(front_matter: &FrontMatter, now: Option<&Fingerprint>) -> Option<Review> {
    let reviewed = &front_matter.reviewed.as_ref()?.value;
    Some(if reviewed.is(now?) { Review::OfThisText } else { Review::ChangedSince(None) })
}

/// Gives the day to each text that was changed since its review, now that it is known when texts were changed.
fn date_changes_since_reviews(notebook: &mut Notebook) {
    for edition in notebook.notes.iter_mut().flat_map(|note| &mut note.editions) {
        if let Some(Review::ChangedSince(day)) = &mut edition.review {
            let reviewed = edition.reviewed_on.as_ref().map(|fact| fact.value);
            // A change that came before the review is not the one that nobody reviewed.
            *day = edition.updated.as_ref().map(|fact| fact.value).filter(|day| reviewed.is_none_or(|on| on <= *day));
        }
    }
}

/// The section of the chapters below a chapter.
fn heads(chapter: &Chapter) -> Vec<String> {
    chapter.section.iter().cloned().chain([chapter.bare_name.clone()]).collect()
}

/// The file of a chapter; a chapter without one stands under the path of its page.
fn source_of(chapter: &Chapter) -> SourcePath {
    chapter.source.clone().unwrap_or_else(|| {
        SourcePath::new(std::path::Path::new(chapter.page.chapter())).expect("a page path is relative")
    })
}

/// The earliest day that the numbers of its copies tell.
fn told_by_copies(edition: &Edition) -> Option<Fact<Date>> {
    let told = edition.cross_posts.iter().filter_map(|post| {
        let origin = Origin::ZhihuId { url: post.value.url.clone() };
        Some(Fact { value: post.value.published()?, origin })
    });
    told.min_by_key(|fact| fact.value)
}

/// Finds the editions of which a commit tells no day: those whose author says that nobody knows it, with all others of
/// their note, and those that have no text of their own and lead to a copy elsewhere.
fn find_undated(notebook: &mut Notebook) {
    for note in &mut notebook.notes {
        let known: BTreeSet<String> =
            note.editions.iter().flat_map(|edition| &edition.cross_posts).map(|post| post.value.url.clone()).collect();
        let is_said = note.editions.iter().any(|edition| edition.undated == Some(Undated::Said));
        for edition in &mut note.editions {
            // An article that nobody calls a copy may be somebody else's.
            let leads = edition.leads.as_ref().filter(|_| !known.is_empty());
            let is_elsewhere = leads.is_some_and(|leads| leads.iter().all(|post| known.contains(&post.url)));
            if is_said {
                edition.undated = Some(Undated::Said);
            } else if is_elsewhere {
                edition.undated = Some(Undated::Elsewhere);
            }
        }
    }
}

/// Gives each edition what git and the numbers of its copies tell of its dates.
fn date(notebook: &mut Notebook, mut histories: BTreeMap<SourcePath, History>) {
    for edition in notebook.notes.iter_mut().flat_map(|note| &mut note.editions) {
        edition.history = edition.source.as_ref().and_then(|source| histories.remove(source));
        let committed = |commit: &Commit| Fact { value: commit.day, origin: Origin::Git { commit: commit.id.clone() } };
        let copied = edition.cross_posts.iter().filter_map(|post| {
            let origin = Origin::ZhihuId { url: post.value.url.clone() };
            Some(Fact { value: post.value.published()?, origin })
        });
        let first = edition.history.iter().map(|history| committed(&history.first));
        edition.computed = first.chain(copied).min_by_key(|fact| fact.value);
        if edition.updated.is_none() && !edition.never_updated && edition.undated != Some(Undated::Elsewhere) {
            edition.updated = edition.history.as_ref().map(|history| committed(&history.last));
        }
    }
}

/// Gives each edition what it does not say itself and its source edition does.
fn inherit(notebook: &mut Notebook) {
    let catalogued = |origin: &Origin| matches!(origin, Origin::Catalogue(_));
    for note in &mut notebook.notes {
        let source = note.editions[note.source()].clone();
        let mut statuses = note.editions.iter().filter_map(|edition| edition.status.as_ref());
        let status = statuses.find(|fact| catalogued(&fact.origin)).or(source.status.as_ref()).cloned();
        // A review is of one text: nobody has reviewed the translation of a reviewed original.
        let status = status.filter(|fact| fact.value != Status::Reviewed);
        let mut listed =
            note.editions.iter().filter(|edition| edition.cross_posts.iter().any(|post| catalogued(&post.origin)));
        let cross_posts = listed.next().unwrap_or(&source).cross_posts.clone();
        for edition in &mut note.editions {
            if edition.published.is_none() && edition.undated != Some(Undated::Said) {
                edition.published.clone_from(&source.published);
            }
            if edition.published.is_none() {
                edition.published = match edition.undated {
                    None => edition.computed.clone(),
                    Some(Undated::Said) => None,
                    Some(Undated::Elsewhere) => told_by_copies(edition),
                };
            }
            if edition.status.is_none() {
                edition.status.clone_from(&status);
            }
            if edition.cross_posts.is_empty() {
                edition.cross_posts.clone_from(&cross_posts);
            }
            edition.on_path &= source.on_path && !note.catalogue;
        }
    }
}
