//! Searches in a browser: each in a frame of its own, which knows of no other, and with what it loaded.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::server::Server;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

const SCRIPT: &str = include_str!("frames.js");

/// The page that holds the frames.
const HOST: &str = "-bench.html";

/// What a frame asks for where the bench wants to tell before from behind.
const THEN: &str = "-then";

/// How many searches are made before the browser says something: it may not be silent for long.
const BATCH: usize = 20;

/// A browser, and the folder that it searches in.
pub(crate) struct Frames {
    browser: Browser,
    server: Server,
    number: usize,
}

/// What was answered.
#[derive(Deserialize)]
struct Answer<A> {
    ok: Option<A>,
    error: Option<String>,
}

/// A search that was made.
pub(crate) struct Asked<A> {
    /// What was answered, or what went wrong.
    pub(crate) answer: Result<A, String>,
    /// The files that were loaded, in each of its parts.
    pub(crate) loaded: Vec<Vec<String>>,
}

impl Frames {
    /// Starts a browser on a folder, with pages that are not in it.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn start(folder: &Path, mut pages: BTreeMap<String, String>) -> Result<Self> {
        pages.insert(HOST.to_owned(), "<!DOCTYPE html><html><body></body></html>".to_owned());
        let server = Server::start_with_pages(folder, pages)?;
        let mut browser = Browser::start()?;
        browser.call("Network.enable", json!({}))?;
        browser.call("Network.setCacheDisabled", json!({"cacheDisabled": true}))?;
        Ok(Self { browser, server, number: 0 })
    }

    /// Makes searches with the function `ask` on `page`, in which `LANGUAGE` stands for that of the query.
    ///
    /// # Errors
    /// When the browser does not answer, or something that is not understood.
    pub(crate) fn ask<Q: Serialize, A: DeserializeOwned>(
        &mut self,
        page: &str,
        ask: &str,
        queries: &[Q],
    ) -> Result<Vec<Asked<A>>> {
        let mut all = Vec::new();
        for batch in queries.chunks(BATCH) {
            // Forgets what the browser has said of the frames before.
            self.browser.open(&self.server.url(HOST))?;
            self.server.asked();
            let first = self.number;
            self.number += batch.len();
            let numbered: Vec<(&Q, usize)> = batch.iter().zip(first..).collect();
            let expression = format!("({SCRIPT})({}, {ask}, {})", json!(page), serde_json::to_string(&numbered)?);
            let answers: Vec<Answer<A>> = self.browser.evaluate(&expression)?;
            ensure!(answers.len() == batch.len(), "the browser answered {} of {}", answers.len(), batch.len());
            let mut loaded = parts(&self.server.asked());
            for (answer, number) in answers.into_iter().zip(first..) {
                let answer = answer.ok.ok_or_else(|| answer.error.unwrap_or_default());
                all.push(Asked { answer, loaded: loaded.remove(&number).unwrap_or_default() });
            }
        }
        Ok(all)
    }

    /// Makes one search.
    ///
    /// # Errors
    /// The same, and when the search fails.
    pub(crate) fn ask_once<Q: Serialize, A: DeserializeOwned>(&mut self, page: &str, ask: &str, query: Q) -> Result<A> {
        let asked = self.ask(page, ask, &[query])?.pop().context("one answer")?;
        asked.answer.map_err(anyhow::Error::msg)
    }
}

/// What was asked for below each number, in parts.
fn parts(asked: &[String]) -> BTreeMap<usize, Vec<Vec<String>>> {
    let mut all: BTreeMap<usize, Vec<Vec<String>>> = BTreeMap::new();
    for target in asked {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy();
        let Some((number, path)) = path.strip_prefix("/~").and_then(|path| path.split_once('/')) else { continue };
        let Ok(number) = number.parse() else { continue };
        let parts = all.entry(number).or_insert_with(|| vec![Vec::new()]);
        if path == THEN {
            parts.push(Vec::new());
        } else {
            parts.last_mut().expect("there is a first part").push(path.to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_told_apart() {
        let asked = ["/~1/a.js", "/~2/a.js", "/-bench.html", "/~1/-then", "/~1/%E7%AC%94.js?x"].map(str::to_owned);
        let parts = parts(&asked);
        assert_eq!(parts[&1], [["a.js"], ["笔.js"]]);
        assert_eq!(parts[&2], [["a.js"]]);
    }
}
