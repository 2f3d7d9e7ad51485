//! Everything that is odd about a notebook, said to its author.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::assembly::Chapter;
use crate::assembly::listing::Listing;
use crate::assembly::pairing::claims::Ties;
use crate::assembly::pairing::{Candidate, Evidence, Paired, Pairing, Refused};
use crate::config::{Config, PassName};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::markdown::link::Link;
use crate::markdown::{EndTag, LEARNING_PATH, STATUS_BOARD, catalogue, outline};
use crate::notebook::habits::Habits;
use crate::notebook::{Destination, Edition, Found, Note, Notebook, Page, Undated};
use crate::text::Prose;
use crate::values::{Fact, Language, Origin, SourcePath, Status, Tags, path};

/// Says what is odd, and where.
pub(crate) struct Reporter<'a> {
    /// The folder of the sources, relative to the book's root, with a slash at its end.
    pub(crate) source_folder: String,
    /// The real file of each source, from the book's root.
    pub(crate) real: BTreeMap<SourcePath, String>,
    pub(crate) config: &'a Config,
    pub(crate) diagnostics: &'a mut Diagnostics,
    pub(crate) links: LinkCache,
}

/// How many of the languages that a note misses are named.
const NAMED: usize = 8;

/// What is asked for many links, and found out once.
#[derive(Default)]
pub(crate) struct LinkCache {
    /// The fragments that lead somewhere on each page, by its chapter.
    fragments: RefCell<BTreeMap<usize, BTreeSet<String>>>,
    /// The paths of the notes by their lower-case forms.
    lower: OnceCell<BTreeMap<String, String>>,
}

impl Reporter<'_> {
    /// What is odd about the notes and the pages of a book.
    pub(crate) fn notebook(&mut self, notebook: &Notebook) {
        self.editions(notebook);
        self.cross_posts(notebook);
        self.end_tags(notebook);
        if self.config.runs(PassName::LanguageSwitch) {
            self.unmarked(notebook);
        }
        for (pass, marker) in [(PassName::LearningPath, LEARNING_PATH), (PassName::StatusBoard, STATUS_BOARD)] {
            if self.config.runs(pass) {
                self.nested_markers(notebook, marker);
            }
        }
    }

    /// Which links lead nowhere.
    pub(crate) fn links(&mut self, notebook: &Notebook) {
        if self.config.runs(PassName::Links) && self.config.links.dead {
            // A catalogue's link may have been reported as an entry's.
            let said = self.diagnostics.places(Code::CatalogueTarget);
            for page in &notebook.pages {
                self.dead_links(notebook, page, &said);
            }
        }
    }

    /// The path of a file from the book's root.
    pub(crate) fn file(&self, source: &SourcePath) -> String {
        self.real.get(source).cloned().unwrap_or_else(|| format!("{}{source}", self.source_folder))
    }

    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(place));
    }

    fn summary(&self) -> Place {
        Place::file(format!("{}SUMMARY.md", self.source_folder))
    }

    /// What is odd about the list of chapters.
    pub(crate) fn pages(&mut self, chapters: &[Chapter]) {
        let mut first: BTreeMap<String, &Chapter> = BTreeMap::new();
        let mut said = BTreeSet::new();
        for chapter in chapters {
            let page = chapter.page.html();
            let before = *first.entry(page.clone()).or_insert(chapter);
            if before.number == chapter.number || !said.insert(page.clone()) {
                continue;
            }
            if before.source.is_some() && before.source == chapter.source {
                let message = format!("{} is listed twice, and has one page, {page}; list it once", chapter.file);
                self.report(Code::PageListedTwice, self.summary(), message);
            } else {
                let message = format!(
                    "{} and {} are both written to {page}, so one of them is lost; rename one of the two, or list one only",
                    before.file, chapter.file
                );
                self.report(Code::PageOverwritten, self.summary(), message);
            }
        }
        let first = chapters.first().map(|chapter| chapter.page.clone());
        if let Some(first) = first.filter(|page| page.depth() > 0) {
            let message = format!(
                "the first chapter ({}) is also shown as index.html, where its relative links lead nowhere; put a page at the root first",
                first.html()
            );
            self.report(Code::FirstChapterNested, self.summary(), message);
        }
    }

    /// Which files claim a place that is taken.
    pub(crate) fn clashes(&mut self, candidates: &[Candidate], pairing: &Pairing) {
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

    /// Which evidence for a pair did not count, and which pairs have none but their names.
    pub(crate) fn pairs(&mut self, candidates: &[Candidate], pairing: &Pairing, listings: &[Listing], ties: &Ties) {
        for Refused { tie, language, stronger } in &pairing.refused {
            let (a, b) = (self.file(&candidates[tie.a].source), self.file(&candidates[tie.b].source));
            let Some(place) = tie.evidence.place().cloned() else { continue };
            let message = match language {
                Some(language) => {
                    let stronger = stronger.as_ref().and_then(Evidence::place);
                    let stronger = stronger.map_or_else(|| "stronger evidence".to_owned(), ToString::to_string);
                    format!(
                        "this makes {a} and {b} editions of one note, but {stronger} gives that note another {} edition; correct one of the two, or settle it with `pair` or `separate` in [preprocessor.bilingual]",
                        self.config.autonym(language)
                    )
                }
                // Whoever wrote `separate` knows.
                None if !matches!(tie.evidence, Evidence::Config(_)) => continue,
                None => format!("{a} and {b} are kept apart by `separate`; remove one of the two"),
            };
            self.report(Code::PairRefused, place, message);
        }
        for (at, Fact { value: language, origin }) in &ties.misnamed {
            let Some(place) = origin.place().cloned() else { continue };
            let file = self.file(&candidates[*at].source);
            let message = format!(
                "a link here calls {file} {}, and others, with its letters, call it otherwise; correct the link",
                self.config.autonym(language)
            );
            self.report(Code::LanguageDoubtful, place, message);
        }
        // File → where catalogues list it as a note of its own.
        let mut listed: BTreeMap<&SourcePath, Vec<&Listing>> = BTreeMap::new();
        for listing in listings {
            if let Some(first) = listing.notes.first() {
                listed.entry(first).or_default().push(listing);
            }
        }
        for (_, files) in &pairing.groups {
            for (at, one) in files.iter().enumerate() {
                for other in &files[at + 1..] {
                    self.doubtful_pair(candidates, pairing, ties, &listed, one, other);
                }
            }
        }
    }

    /// Says so when a catalogue lists two files of one note as two notes.
    fn doubtful_pair(
        &mut self,
        candidates: &[Candidate],
        pairing: &Pairing,
        ties: &Ties,
        listed: &BTreeMap<&SourcePath, Vec<&Listing>>,
        one: &Paired,
        other: &Paired,
    ) {
        let (a, b) = (&candidates[one.candidate].source, &candidates[other.candidate].source);
        let entries = |source| listed.get(source).map_or(&[][..], Vec::as_slice);
        let apart = entries(a).iter().find_map(|a| {
            let other = entries(b).iter().find(|b| b.catalogue == a.catalogue && b.place != a.place)?;
            Some((*a, *other))
        });
        let Some((first, second)) = apart else { return };
        let remedy = format!(
            "write separate = [[\"{}\", \"{}\"]] in [preprocessor.bilingual] if they are two notes, or `pair` instead of `separate` if they are one",
            self.file(a),
            self.file(b)
        );
        if pairing.said[one.candidate] != pairing.said[other.candidate] {
            // Two folders of two languages with the same name in both are more than a name.
            if one.evidence == Evidence::Folder && other.evidence == Evidence::Folder {
                return;
            }
            let message = format!(
                "“{}” is listed here and “{}” at {} as two notes, but their names make them one; {remedy}",
                first.title, second.title, second.place
            );
            self.report(Code::PairDoubtful, first.place.clone(), message);
            return;
        }
        // Another catalogue says that they are one, and nobody else does.
        let own_word = ties.together.iter().any(|tie| {
            let both = [tie.a, tie.b];
            !matches!(tie.evidence, Evidence::Catalogue(_))
                && both.contains(&one.candidate)
                && both.contains(&other.candidate)
        });
        if own_word {
            return;
        }
        let said = ties.together.iter().find_map(|tie| match &tie.evidence {
            Evidence::Catalogue(place) if place.file != first.place.file => {
                let both = [tie.a, tie.b];
                (both.contains(&one.candidate) && both.contains(&other.candidate)).then_some(place)
            }
            _ => None,
        });
        if let Some(place) = said {
            let message = format!(
                "“{}” is listed here and “{}” at {} as two notes, but {place} makes them one; {remedy}",
                first.title, second.title, second.place
            );
            self.report(Code::PairDoubtful, first.place.clone(), message);
        }
    }

    /// Which editions are missing, unlisted, undated or wait for a review.
    fn editions(&mut self, notebook: &Notebook) {
        let habits = Habits::of(notebook);
        for note in notebook.notes.iter().filter(|note| !note.catalogue) {
            let mut said = BTreeSet::new();
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
                // A translation that inherits its status waits for nothing of its own.
                if let Some(Fact { value: Status::PendingReview, origin }) = &edition.status
                    && said.insert(origin)
                {
                    let place = origin.place().filter(|place| place.file == file).cloned();
                    let message = format!(
                        "this edition waits for its review; review it, and run `mdbook-bilingual confirm --review {file}`"
                    );
                    self.report(Code::ReviewPending, place.unwrap_or_else(|| Place::file(file.clone())), message);
                }
                self.doubtful(note, edition, &file, &notebook.languages);
            }
            self.missing(note, &notebook.languages, &habits);
            let dated = note.editions.iter().any(|edition| edition.published.is_some());
            // Without a history nobody has a date, and that was said once.
            let is_said = [Code::HistoryShallow, Code::HistoryMissing].iter().any(|code| self.diagnostics.say(*code));
            if self.config.runs(PassName::LearningPath)
                && !is_said
                && !dated
                && note.editions.iter().all(|edition| edition.undated != Some(Undated::Said))
                && let Some((edition, _)) = note.listed().find(|(edition, _)| edition.on_path)
                && let Some(source) = &edition.source
            {
                let place = Place::file(self.file(source));
                let message = match edition.undated {
                    Some(Undated::Elsewhere) => {
                        "no date, since the text is elsewhere, and git knows only when this page was written; add `date:` to its front matter, or `date: unknown` if nobody knows it"
                    }
                    _ => "no date, so the learning path lists this note last; add `date:` to its front matter",
                };
                self.report(Code::Undated, place, message);
            }
        }
    }

    /// Which editions of a note are missing, and where they would lie: each by itself, or many at once.
    fn missing(&mut self, note: &Note, languages: &[Language], habits: &Habits) {
        let missing: Vec<&Language> = languages.iter().filter(|language| note.edition(language).is_none()).collect();
        let Some((edition, _)) = note.listed().next() else { return };
        let Some(source) = &edition.source else { return };
        let place = || Place::file(self.file(source));
        // Behind a link, people add files where the real one is.
        let real = SourcePath::new(std::path::Path::new(&edition.file));
        let real = real.filter(|_| edition.file != format!("{}{source}", self.source_folder));
        let remedy = |language: &Language| {
            let proposed = match &real {
                Some(real) => habits.path_of(real, language).to_string(),
                None => self.file(&habits.path_of(source, language)),
            };
            // A page whose front matter contradicts its name: the name is no guide to its counterpart's.
            if proposed == edition.file { "one, and give both the same `translation-key`".to_owned() } else { proposed }
        };
        let name = |language: &&&Language| self.config.autonym(language).to_owned();
        let messages: Vec<String> = match missing.as_slice() {
            [first, _, _, _, ..] => {
                let mut names: Vec<String> = missing.iter().take(NAMED).map(|language| name(&language)).collect();
                names.extend(missing.len().checked_sub(NAMED + 1).map(|more| format!("and {} more", more + 1)));
                let (count, names) = (missing.len(), names.join(", "));
                vec![format!("no edition in {count} languages ({names}); add {} for the first of them", remedy(first))]
            }
            few => {
                few.iter().map(|language| format!("no {} edition; add {}", name(&language), remedy(language))).collect()
            }
        };
        let place = place();
        for message in messages {
            self.report(Code::EditionMissing, place.clone(), message);
        }
    }

    /// Whether a text that says nothing of its language looks like another one than its counterpart leaves over.
    fn doubtful(&mut self, note: &Note, edition: &Edition, file: &str, languages: &[Language]) {
        let all: Vec<&Language> = languages.iter().collect();
        let Some(looks_like) = edition.prose.language(&all) else { return };
        let enough = edition.prose.characters() + edition.prose.words() >= 50;
        if edition.language.origin != Origin::Counterpart || *looks_like == edition.language.value || !enough {
            return;
        }
        let other = note.edition(looks_like).and_then(|edition| edition.source.as_ref());
        let other = other.map(|source| self.file(source)).unwrap_or_default();
        let (is, looks) = (self.config.autonym(&edition.language.value), self.config.autonym(looks_like));
        let message = format!(
            "this counts as {is}, since {other} is the {looks} edition, but its text looks like {looks}; say `language:` in its front matter"
        );
        self.report(Code::LanguageDoubtful, Place::file(file), message);
    }

    /// Which addresses are given for two notes.
    fn cross_posts(&mut self, notebook: &Notebook) {
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

    /// Which links of a page lead nowhere.
    fn dead_links(&mut self, notebook: &Notebook, page: &Page, said: &BTreeSet<Place>) {
        let file = notebook.files.for_people(&page.location.real);
        let ours = |link: &Link| {
            // The lines that we replace are gone, and with them their links.
            let replaced = |lines: &[std::ops::Range<usize>]| lines.iter().any(|line| line.contains(&link.whole.start));
            Arc::ptr_eq(&page.anatomy, &page.written)
                && (self.config.language_switch.replace && replaced(&page.own_switches)
                    || self.config.cross_post.replace && replaced(&page.own_copies))
        };
        if page.location.shown.is_empty() {
            return;
        }
        let links: Vec<&Link> = page.written.links.iter().filter(|link| !ours(link)).collect();
        for link in links {
            let Some((code, why)) = self.why_dead(notebook, page, link) else { continue };
            let place = Place { line: Some(link.line), ..Place::file(&file) };
            if !said.contains(&place) {
                self.report(code, place, why);
            }
        }
    }

    fn why_dead(&self, notebook: &Notebook, page: &Page, link: &Link) -> Option<(Code, String)> {
        let files = &notebook.files;
        let written = &link.destination;
        match files.destination(&page.location, written) {
            Destination::Nothing { path, .. } if is_written_for(notebook, &path) => None,
            Destination::Nothing { path, .. } => {
                let there = files.for_people(&path);
                let remedy = match self.meant(notebook, page, &path, written) {
                    Some(meant) => format!("did you mean {meant}?"),
                    None => "correct the link".to_owned(),
                };
                Some((Code::LinkDead, format!("“{written}” leads nowhere: there is no {there}; {remedy}")))
            }
            Destination::Outside => Some((
                Code::LinkDead,
                format!("“{written}” leads out of the repository; copy the file into it, or write an https: address"),
            )),
            // The book has it, and it is found from the root.
            Destination::File { path, found: Found::File, .. }
                if self.config.links.pages && files.rooted(written, &path, Found::File).is_some() =>
            {
                None
            }
            Destination::File { path, web: false, .. }
                if self.config.links.outward && files.repository.address.is_none() =>
            {
                let file = files.for_people(&path);
                Some((
                    Code::LinkUnpublished,
                    format!(
                        "“{written}” leads to {file}, which is not in the book; say where the repository is shown with `git-repository-url` in [output.html], and the link will lead there"
                    ),
                ))
            }
            Destination::Note { source, .. } if notebook.page_of(source).is_none() => {
                let file = self.file(source);
                // An address on the web shows the note, and so does the one that we write.
                let shown =
                    written.contains("://") || (self.config.links.outward && files.repository.address.is_some());
                (!shown).then(|| {
                    let why = format!("“{written}” leads to {file}, which SUMMARY.md does not list; add it there");
                    (Code::LinkUnpublished, why)
                })
            }
            Destination::Note { source, fragment, page_only, .. } => {
                let target = notebook.page_of(source)?;
                let no_heading = fragment.and_then(|fragment| self.no_heading(notebook, target, &fragment, written));
                no_heading.or_else(|| {
                    page_only.then(|| {
                        let real = path::relative(&page.location.real, &target.location.real);
                        let why = format!(
                            "“{written}” leads to the page of {real}, but there is no such file, on GitHub or in an editor; write {real}, which leads there everywhere"
                        );
                        (Code::LinkPageOnly, why)
                    })
                })
            }
            Destination::Here { fragment } => self.no_heading(notebook, page, &fragment, written),
            _ => None,
        }
    }

    fn no_heading(&self, notebook: &Notebook, target: &Page, fragment: &str, written: &str) -> Option<(Code, String)> {
        // Where mdBook has put other files into a page, their headings are on it.
        let is_whole = target.written.goes_on_elsewhere() && !target.anatomy.goes_on_elsewhere();
        let anatomy = if is_whole { &target.anatomy } else { &target.written };
        let mut pages = self.links.fragments.borrow_mut();
        let fragments = pages.entry(target.chapter).or_insert_with(|| {
            let ids = [false, true].into_iter().flat_map(|joined| outline::ids(&anatomy.headings, true, joined));
            ids.flat_map(|ids| [ids.page, ids.github]).collect()
        });
        // GitHub's own pages begin at the top with these, and lines of code are GitHub's, too.
        let top = fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:");
        let known = anatomy.goes_on_elsewhere()
            || anatomy.anchors.contains(fragment)
            || fragments.contains(fragment)
            || fragments.contains(&fragment.to_lowercase());
        let file = notebook.files.for_people(&target.location.real);
        (!top && !known).then(|| {
            let why = format!("“{written}” leads to the top of {file}: no heading there is called “{fragment}”; correct what is behind `#`");
            (Code::LinkDead, why)
        })
    }

    /// What an author may have meant by a path where nothing is.
    fn meant(&self, notebook: &Notebook, page: &Page, path: &str, written: &str) -> Option<String> {
        let files = &notebook.files;
        let from_root = written.split(['#', '?']).next()?.trim_start_matches("./");
        let root = format!("{}{from_root}", files.root);
        let lower = self.links.lower.get_or_init(|| {
            // The first of several comes last, and stays.
            files.notes.keys().rev().map(|known| (known.to_lowercase(), known.clone())).collect()
        });
        let found = if files.notes.contains_key(&root) { root } else { lower.get(&path.to_lowercase())?.clone() };
        Some(path::relative(&page.location.real, &found))
    }

    /// Which pages cannot name their language.
    fn unmarked(&mut self, notebook: &Notebook) {
        for page in notebook.pages.iter().filter(|page| !page.anatomy.closed) {
            let Some((_, Edition { source: Some(source), .. })) = notebook.shown(page) else { continue };
            let place = Place::file(self.file(source));
            let message = "the text ends inside of a code fence, or its HTML is open or was closed once too often, so it does not name its language; give each tag its partner";
            self.report(Code::LanguageNotMarked, place, message);
        }
    }

    /// Which tags close what Markdown opened.
    fn end_tags(&mut self, notebook: &Notebook) {
        for page in &notebook.pages {
            let file = notebook.files.for_people(&page.location.real);
            for EndTag { name, line, .. } in &page.written.end_tags {
                let place = Place { line: Some(*line), ..Place::file(&file) };
                let message = format!(
                    "`</{name}>` closes what Markdown opened, and mdBook would stop there, so it is left out; delete it, or write `<{name}>` before it"
                );
                self.report(Code::EndTagUnmatched, place, message);
            }
        }
    }

    /// Which markers of a name stand where no block can be put.
    fn nested_markers(&mut self, notebook: &Notebook, name: &str) {
        for page in &notebook.pages {
            let source = notebook.shown(page).and_then(|(_, edition)| edition.source.as_ref());
            let file = source.map_or_else(|| page.path.chapter(), SourcePath::as_str);
            for marker in page.anatomy.markers.iter().filter(|marker| marker.nested && marker.name == name) {
                let place = Place { line: Some(marker.line), ..Place::file(format!("{}{file}", self.source_folder)) };
                let message = format!(
                    "<!-- {name} --> is read only on a line of its own, outside of lists and quotations; move it there"
                );
                self.report(Code::MarkerNested, place, message);
            }
        }
    }

    /// Whether a page is in a language that the book does not list.
    pub(crate) fn language(
        &mut self,
        candidate: &Candidate,
        language: &Fact<Language>,
        languages: &[Language],
        tags: &Tags,
    ) {
        // A bare code of another language, in a name that counts as one of the book's.
        let suffix = candidate.source.stem().rsplit_once('.').map(|(_, suffix)| suffix);
        if let Some(named) = suffix.and_then(|suffix| Tags::new(&Language::guessed()).get(suffix).cloned())
            && candidate.listed
            && tags.get(named.tag()).is_none()
            && languages.contains(&language.value)
        {
            let place = Place::file(self.file(&candidate.source));
            let message = format!(
                "the name says {named}, which the book does not list; add it to `languages` in [preprocessor.bilingual]"
            );
            self.report(Code::LanguageUnknown, place, message);
        }
        if candidate.listed && !languages.contains(&language.value) {
            let place = language.origin.place().cloned().unwrap_or_else(|| Place::file(self.file(&candidate.source)));
            let message = format!(
                "the book does not list the language {}; add it to `languages` in [preprocessor.bilingual]",
                language.value
            );
            self.report(Code::LanguageUnknown, place, message);
        }
    }

    /// Whether two catalogues call one text by two titles. A catalogue of another language may well have its own, what
    /// stands in a sidebar is short, and a catalogue that lists a note by day and by subject may call it otherwise each
    /// time. `language` is that of the catalogue at a place.
    pub(crate) fn titles<'a>(&mut self, titles: &[Fact<String>], language: impl Fn(&Place) -> Option<&'a Language>) {
        let is_long = |title: &&Fact<String>| {
            title.origin.place().is_none_or(|place| !catalogue::Kind::of(&place.file).is_contents())
        };
        let mut titles = titles.iter().filter(is_long);
        let Some(first) = titles.next() else { return };
        let script = |title: &str| Prose::of(title).script();
        let differs =
            |other: &&Fact<String>| other.value != first.value && script(&other.value) == script(&first.value);
        // Titles of two languages translate each other. One in other letters than its catalogue is a title in neither.
        let is_at_home = |place: &Place, title: &Fact<String>| {
            language(place).is_some_and(|language| Some(language.script()) == script(&title.value))
        };
        let is_translation = |here: &Place, first: &Fact<String>, there: &Place, other: &Fact<String>| {
            language(here) != language(there) && is_at_home(here, first) && is_at_home(there, other)
        };
        for other in titles.filter(differs) {
            let (Some(here), Some(there)) = (first.origin.place(), other.origin.place()) else { continue };
            if here.file == there.file || is_translation(here, first, there, other) {
                continue;
            }
            let message =
                format!("the title is “{}” here, but “{}” at {there}; make the two agree", first.value, other.value);
            self.report(Code::FactsDisagree, here.clone(), message);
        }
    }

    /// The first status that was said, after a word on those that disagree with it.
    pub(crate) fn agreed(&mut self, mut said: impl Iterator<Item = Fact<Status>>) -> Option<Fact<Status>> {
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
}

/// Whether a page is at a path that has no file: one that the suite adds, or that mdBook writes for each book.
fn is_written_for(notebook: &Notebook, path: &str) -> bool {
    let Some(page) = path.strip_prefix(&notebook.files.sources) else { return false };
    ["print.html", "toc.html", "404.html"].contains(&page)
        || notebook.added.iter().any(|added| added.path.chapter() == page || added.path.html() == page)
}
