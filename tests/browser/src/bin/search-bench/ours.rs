//! The search of the site, asked as its box asks it: each time from a page that has loaded nothing, then once more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use browser_tests::book::{Book, Page, Target};
use serde::{Deserialize, Serialize};

use crate::frames::{Asked, Frames};
use crate::judge::{Case, Judged, SHOWN, Score, judge};
use crate::sample::Query;
use crate::sizes::{Size, Sizes};
use crate::text::Held;
use crate::truth::{Place, Truth};

/// What a search shows at first, and all that it finds.
const FIRST: &str = include_str!("ours.js");
const ALL: &str = include_str!("all.js");

/// How many searches are made in one page to see all that they find.
const TOGETHER: usize = 50;

/// The page with the search on it.
const FRAME: &str = "site/-frame-LANGUAGE.html";

/// The folder of the site, in the one that is served.
pub(crate) const SITE: &str = "site";

/// What is asked.
#[derive(Serialize)]
struct Question<'a> {
    language: &'a str,
    words: &'a str,
    /// What is searched in the same page then.
    later: &'a str,
}

/// The same, for all hits of many searches.
#[derive(Serialize)]
pub(crate) struct Questions<'a> {
    pub(crate) language: &'a str,
    pub(crate) all: Vec<&'a str>,
}

/// All that a search finds.
#[derive(Deserialize)]
struct Found {
    /// How many hits there are, as the search says.
    count: usize,
    /// The words that were searched instead, if the search says so.
    instead: String,
    /// Where they lead.
    hits: Vec<String>,
}

/// How the search did with a set of queries.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) sections: Score,
    pub(crate) pages: Score,
    /// What a first search loads, and whether it shows ten results.
    pub(crate) first: Vec<(Size, bool)>,
    /// What one in the same page loads then.
    pub(crate) later: Vec<(Size, bool)>,
    /// Each thing that is wrong, in a sentence.
    pub(crate) faults: Vec<String>,
}

/// The search of a site in a browser.
pub(crate) struct Ours<'a> {
    frames: Frames,
    sizes: Sizes,
    /// The script of the search, which is on every page.
    pub(crate) script: Size,
    truth: &'a Truth,
}

impl<'a> Ours<'a> {
    /// Starts it, on the folder in which the site is.
    ///
    /// # Errors
    /// When a language has no page with the search on it, or there is no browser.
    pub(crate) fn start(folder: &Path, truth: &'a Truth) -> Result<Self> {
        let book = Book::read(folder.join(SITE))?;
        let (mut pages, mut sizes, mut script) = (BTreeMap::new(), Sizes::of(folder), Size::default());
        for language in truth.languages() {
            let (page, path) =
                frame(&book, &language).with_context(|| format!("no page in {language} has the search"))?;
            script = sizes.file(&format!("{SITE}/{path}"))?;
            pages.insert(format!("{SITE}/-frame-{language}.html"), page);
        }
        Ok(Self { frames: Frames::start(folder, pages)?, sizes, script, truth })
    }

    /// Asks all queries of a set.
    ///
    /// # Errors
    /// When the browser does not answer. What goes wrong in the search is a fault.
    pub(crate) fn ask(&mut self, queries: &[Query]) -> Result<Outcome> {
        let next = |at: usize| {
            let behind = queries[at + 1..].iter().chain(queries);
            behind.into_iter().find(|other| other.language == queries[at].language).unwrap_or(&queries[at])
        };
        let questions: Vec<Question<'_>> = queries
            .iter()
            .enumerate()
            .map(|(at, query)| Question { language: &query.language, words: &query.words, later: &next(at).words })
            .collect();
        let asked: Vec<Asked<Vec<String>>> = self.frames.ask(FRAME, FIRST, &questions)?;
        let mut outcome = Outcome::default();
        for (at, (query, (asked, found))) in queries.iter().zip(asked.iter().zip(self.all(queries)?)).enumerate() {
            match (&asked.answer, found) {
                (Ok(first), Ok(found)) => {
                    self.weigh(&mut outcome, &asked.loaded, first.len(), next(at))?;
                    self.add(&mut outcome, query, first, &found);
                }
                (Err(error), _) => outcome.faults.push(format!("{}: {error}", said(query))),
                (_, Err(error)) => outcome.faults.push(format!("{} and others: {error}", said(query))),
            }
        }
        Ok(outcome)
    }

    /// All hits of each query.
    fn all(&mut self, queries: &[Query]) -> Result<Vec<Result<Found, String>>> {
        let mut all = Vec::new();
        // Neighbours of one language.
        for some in queries.chunk_by(|one, other| one.language == other.language) {
            for some in some.chunks(TOGETHER) {
                let words = some.iter().map(|query| query.words.as_str()).collect();
                let questions = Questions { language: &some[0].language, all: words };
                let asked: Asked<Vec<Found>> =
                    self.frames.ask(FRAME, ALL, &[questions])?.pop().context("one answer")?;
                match asked.answer {
                    Ok(found) => all.extend(found.into_iter().map(Ok)),
                    Err(error) => all.extend(some.iter().map(|_| Err(error.clone()))),
                }
            }
        }
        Ok(all)
    }

    /// Adds what was loaded.
    fn weigh(&mut self, outcome: &mut Outcome, loaded: &[Vec<String>], shown: usize, later: &Query) -> Result<()> {
        let [first, then, ..] = loaded else { return Ok(()) };
        outcome.first.push((self.sizes.files(first)?, shown == SHOWN));
        let phrase = later.phrase();
        let of_language = self.truth.sections.iter().filter(|section| section.is_in(&later.language));
        let is_full = of_language.filter(|section| section.holds(&phrase) == Held::Yes).take(SHOWN).count() == SHOWN;
        outcome.later.push((self.sizes.files(then)?, is_full));
        Ok(())
    }

    fn add(&self, outcome: &mut Outcome, query: &Query, first: &[String], found: &Found) {
        let case = self.case(query, &found.hits, &mut outcome.faults);
        let judged = judge(&case);
        outcome.sections.add(&judged);
        outcome.pages.add(&judge(&pages(&case)));
        outcome.faults.extend(self.faults(query, first, found, &judged));
    }

    /// What holds a phrase, and what was found. What leads nowhere is a fault.
    fn case(&self, query: &Query, hits: &[String], faults: &mut Vec<String>) -> Case<Place> {
        let mut case = self.truth.case(Some(&query.language), &query.phrase());
        for hit in hits {
            let (page, id) = hit.split_once('#').unwrap_or((hit, ""));
            let page = page.strip_prefix(&format!("{SITE}/")).unwrap_or(page);
            match self.truth.at(page, id) {
                Some(section) => case.hits.push(section.place()),
                None => {
                    faults.push(format!("{}: leads to {hit}, where no text is", said(query)));
                    case.hits.push((page.to_owned(), id.to_owned()));
                }
            }
        }
        case
    }

    /// What is wrong with a search, in sentences.
    fn faults(&self, query: &Query, first: &[String], found: &Found, judged: &Judged<Place>) -> Vec<String> {
        let (is_quoted, query, mut faults) = (query.is_quoted(), said(query), Vec::new());
        if found.count != found.hits.len() {
            faults.push(format!("{query}: says {} and gives {}", found.count, found.hits.len()));
        }
        let distinct: BTreeSet<&String> = found.hits.iter().collect();
        if distinct.len() != found.hits.len() {
            faults.push(format!("{query}: gives {} hits, of which {} differ", found.hits.len(), distinct.len()));
        }
        let shown = &found.hits[..found.hits.len().min(SHOWN)];
        if first != shown {
            faults.push(format!("{query}: shows other hits first than it gives when all are asked for"));
        }
        if judged.holding > 0 && !found.instead.is_empty() {
            faults.push(format!("{query}: searches {} instead, though it is there", found.instead));
        }
        if let Some(wrong) = judged.wrong.as_ref().filter(|_| is_quoted) {
            faults.push(format!("{query}: finds {}, which does not hold it", self.described(wrong)));
        }
        if let Some(place) = judged.missing.first() {
            let (missing, holding) = (judged.missing.len(), judged.holding);
            faults.push(format!("{query}: misses {missing} of {holding}, such as {}", self.described(place)));
        }
        if let Some((wrong, behind)) = &judged.turned {
            let (wrong, behind) = (self.described(wrong), self.described(behind));
            faults.push(format!("{query}: {wrong}, which does not hold it, stands before {behind}"));
        }
        faults
    }

    /// A place, with the beginning of its text.
    fn described(&self, (page, id): &Place) -> String {
        let section = self.truth.at(page, id);
        let text: String =
            section.map(|section| section.texts.join(" ¶ ").chars().take(30).collect()).unwrap_or_default();
        format!("{page}#{id} ({text}…)")
    }
}

fn said(query: &Query) -> String {
    format!("`{}` in {}", query.words, query.language)
}

/// The same, with pages in place of sections.
pub(crate) fn pages(case: &Case<Place>) -> Case<String> {
    let of = |places: &BTreeSet<Place>| places.iter().map(|(page, _)| page.clone()).collect::<BTreeSet<String>>();
    let (holding, mut known) = (of(&case.holding), BTreeSet::new());
    Case {
        doubtful: of(&case.doubtful).difference(&holding).cloned().collect(),
        holding,
        hits: case.hits.iter().map(|(page, _)| page.clone()).filter(|page| known.insert(page.clone())).collect(),
    }
}

/// A page in a language with the search on it and nothing else: its script, and the box that the script needs. And the path
/// of the script.
fn frame(book: &Book, language: &str) -> Option<(String, String)> {
    let has_search = |page: &&Page| {
        let is_of_language = page.select("html").iter().any(|html| html.attr("lang") == Some(language));
        is_of_language && page.shows("script[data-languages]")
    };
    let page = book.pages().find(has_search)?;
    let script = page.select("script[data-languages]").into_iter().next()?;
    let source = script.attr("src")?;
    let Target::Inside(path, _) = page.resolve(source).ok()? else { return None };
    let box_parts = page.select("#mdbook-search-toggle, #mdbook-search-wrapper");
    let box_parts: String = box_parts.iter().map(|part| part.html()).collect();
    let script = script.html().replacen(source, &path, 1);
    let page = format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"></head><body>{box_parts}<main></main>\
         {script}</body></html>"
    );
    Some((page, path))
}
