//! How long it takes from a key to the first result, in the page and the box that readers have.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use browser_tests::browser::Browser;
use browser_tests::server::Server;
use serde_json::json;

use crate::ours::SITE;
use crate::sample::{self, Query};
use crate::truth::Truth;

const SCRIPT: &str = include_str!("typing.js");

/// How many phrases are typed.
const PHRASES: usize = 20;

/// Measures the sites in these folders and prints a table. What is typed is taken from the first one, and has to be in all.
///
/// # Errors
/// When a result does not come, or there is no browser.
pub(crate) fn run(folders: &[(&str, &Path)]) -> Result<()> {
    let (_, first) = folders.first().context("a folder")?;
    let truth = Truth::read(&first.join(SITE))?;
    let mut queries = sample::named(&truth);
    queries.extend(sample::strings(&truth, 3 * PHRASES).into_iter().filter(|query| query.words.chars().count() > 1));
    queries.truncate(PHRASES);
    println!(
        "\nMilliseconds from the key to the first result, medians of {PHRASES} phrases, and the longest: in a page that was \
         just opened, and in the same page after another search.\n\n\
         | site | first search | longest | later search | longest |\n|---|---|---|---|---|"
    );
    for (name, folder) in folders {
        let server = Server::start(&folder.join(SITE))?;
        let mut browser = Browser::start()?;
        let (mut fresh, mut later) = (Vec::new(), Vec::new());
        for (at, query) in queries.iter().enumerate() {
            let page = page(&truth, query)?;
            browser.open(&server.url(page))?;
            open_box(&mut browser)?;
            fresh.push(typed(&mut browser, &query.words)?);
            let behind = queries[at + 1..].iter().chain(&queries).find(|other| other.language == query.language);
            later.push(typed(&mut browser, &behind.context("another phrase")?.words)?);
        }
        let [fresh, later] = [fresh, later].map(|mut all: Vec<f64>| {
            all.sort_by(f64::total_cmp);
            format!("{:.0} | {:.0}", all[all.len() / 2], all[all.len() - 1])
        });
        println!("| {name} | {fresh} | {later} |");
    }
    Ok(())
}

/// A page in the language of a query, with little on it.
fn page<'a>(truth: &'a Truth, query: &Query) -> Result<&'a str> {
    let sections = truth.sections.iter().filter(|section| section.language() == Some(&query.language));
    let shortest = sections.min_by_key(|section| (section.texts.iter().map(String::len).sum::<usize>(), &section.page));
    Ok(&shortest.context("a page in the language of the query")?.page)
}

/// Presses the key that opens the box.
fn open_box(browser: &mut Browser) -> Result<()> {
    for kind in ["keyDown", "keyUp"] {
        let text = if kind == "keyDown" { "/" } else { "" };
        let key = json!({"type": kind, "key": "/", "code": "Slash", "windowsVirtualKeyCode": 191, "text": text});
        browser.call("Input.dispatchKeyEvent", key)?;
    }
    Ok(())
}

/// Types words, and waits for the first result.
fn typed(browser: &mut Browser, words: &str) -> Result<f64> {
    ensure!(browser.evaluate::<bool>(SCRIPT)?, "the box of the search is not open");
    browser.call("Input.insertText", json!({"text": words}))?;
    browser.evaluate("window.typed").with_context(|| format!("typing {words}"))
}
