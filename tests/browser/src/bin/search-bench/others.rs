//! The searches that ours is compared with: mdBook's own, and Pagefind. Their hits are counted as pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::frames::Frames;
use crate::judge::{Case, Score, judge};
use crate::ours::{Questions, pages};
use crate::sample::Query;
use crate::sizes::{Size, Sizes};
use crate::truth::Truth;

/// Their folders, in the one that is served.
pub(crate) const MDBOOK: &str = "mdbook";
pub(crate) const PAGEFIND: &str = "pagefind";

/// How a search did.
pub(crate) struct Compared {
    pub(crate) score: Score,
    /// What a first search loads.
    pub(crate) first: Vec<Size>,
    /// How many searches failed.
    pub(crate) failed: usize,
}

/// Asks mdBook's own search. Its book has one language.
///
/// # Errors
/// When its index cannot be loaded.
pub(crate) fn mdbook(folder: &Path, truth: &Truth, sets: &[&[Query]]) -> Result<Vec<Compared>> {
    let named = |begin: &str| -> Result<String> {
        let files = fs::read_dir(folder.join(MDBOOK))?.flatten().map(|entry| entry.file_name());
        let mut names = files.filter_map(|name| name.into_string().ok());
        let is_it = |name: &String| name.starts_with(begin) && name.ends_with(".js");
        Ok(format!("{MDBOOK}/{}", names.find(is_it).with_context(|| format!("mdBook wrote no {begin}"))?))
    };
    let [elasticlunr, index, mark, searcher] = ["elasticlunr", "searchindex", "mark", "searcher"].map(named);
    let (elasticlunr, index) = (elasticlunr?, index?);
    let frame = format!(
        "<!DOCTYPE html><html><body><script>window.search = {{}}</script><script src=\"/{elasticlunr}\"></script>\
         <script src=\"/{index}\"></script></body></html>"
    );
    let page = format!("{MDBOOK}/-frame.html");
    let mut frames = Frames::start(folder, BTreeMap::from([(page.clone(), frame)]))?;
    let all = sets.iter().flat_map(|set| set.iter()).map(|query| query.words.as_str()).collect();
    let mut hits: std::vec::IntoIter<Vec<String>> = frames
        .ask_once::<_, Vec<Vec<String>>>(&page, include_str!("mdbook.js"), Questions { language: "", all })?
        .into_iter();
    let size = Sizes::of(folder).files(&[elasticlunr, index, mark?, searcher?])?;
    let of_set = |set: &&[Query]| {
        let mut score = Score::default();
        for (query, hits) in set.iter().zip(hits.by_ref()) {
            score.add(&judge(&case(truth, None, query, &hits, MDBOOK)));
        }
        Compared { score, first: vec![size], failed: 0 }
    };
    Ok(sets.iter().map(of_set).collect())
}

/// Asks Pagefind, in the language of each query; a phrase in quotes if it is to be found as it is.
///
/// # Errors
/// When the browser does not answer.
pub(crate) fn pagefind(folder: &Path, truth: &Truth, sets: &[&[Query]], quoted: bool) -> Result<Vec<Compared>> {
    #[derive(Serialize)]
    struct Question<'a> {
        language: &'a str,
        words: String,
    }
    #[derive(Deserialize)]
    struct Found {
        hits: Vec<String>,
    }
    let frame = |language: &String| {
        let load = "<script>window.loaded = import('./pagefind.js')</script>";
        let page = format!("<!DOCTYPE html><html lang=\"{language}\"><body>{load}</body></html>");
        (format!("{PAGEFIND}/-frame-{language}.html"), page)
    };
    let mut frames = Frames::start(folder, truth.languages().iter().map(frame).collect())?;
    let mut sizes = Sizes::of(folder);
    let mut all = Vec::new();
    for set in sets {
        let typed = |words: &String| if quoted { format!("\"{words}\"") } else { words.clone() };
        let questions: Vec<Question<'_>> =
            set.iter().map(|query| Question { language: &query.language, words: typed(&query.words) }).collect();
        let asked = frames.ask::<_, Found>(
            &format!("{PAGEFIND}/-frame-LANGUAGE.html"),
            include_str!("pagefind.js"),
            &questions,
        )?;
        let mut compared = Compared { score: Score::default(), first: Vec::new(), failed: 0 };
        for (query, asked) in set.iter().zip(asked) {
            let Ok(found) = asked.answer else {
                compared.failed += 1;
                continue;
            };
            compared.score.add(&judge(&case(truth, Some(&query.language), query, &found.hits, "")));
            compared.first.push(sizes.files(asked.loaded.first().context("what was loaded")?)?);
        }
        all.push(compared);
    }
    Ok(all)
}

/// Which pages hold a phrase, and which were found.
fn case(truth: &Truth, language: Option<&str>, query: &Query, hits: &[String], folder: &str) -> Case<String> {
    let mut case = truth.case(language, &query.phrase());
    for hit in hits {
        let page = hit.split('#').next().unwrap_or_default();
        let page = page.strip_prefix(folder).unwrap_or(page).trim_start_matches('/');
        let index = if page.is_empty() || page.ends_with('/') { "index.html" } else { "" };
        case.hits.push((format!("{page}{index}"), String::new()));
    }
    pages(&case)
}
