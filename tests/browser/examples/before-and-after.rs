//! Takes the picture of the READMEs: a page of this project's book as mdBook alone shows it, and as it is with the suite.
//!
//! ```sh
//! cargo run --package browser-tests --example before-and-after
//! ```
//!
//! It writes `docs/before-and-after.webp`, and needs a Chromium as the checks do. The page is found by what is in it.

#![allow(clippy::print_stdout, reason = "it says what it wrote")]

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use browser_tests::book::{Book, workspace};
use browser_tests::browser::{Browser, Viewport};
use browser_tests::server::Server;
use mdbook_bilingual_core::Bilingual;
use mdbook_bilingual_site::BilingualSite;
use mdbook_driver::MDBook;

/// Where it goes.
const PICTURE: &str = "docs/before-and-after.webp";

/// Each half, in CSS pixels: too narrow for mdBook's sidebar.
const HALF: Viewport = Viewport { width: 600, height: 540 };

/// What the page has to show: the suite at work.
const SHOWN: [&str; 3] = ["nav.language-switch a[rel=alternate][lang=en]", ".review-status", ".cross-post"];

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (before, after) = (folder.path().join("before"), folder.path().join("after"));
    build(&before, false)?;
    build(&after, true)?;
    let page = Book::read(after.clone())?.first_page_with(&SHOWN)?.path.clone();
    let mut browser = Browser::start()?;
    let halves = [half(&mut browser, &before, &page)?, half(&mut browser, &after, &page)?];
    fs::write(folder.path().join("both.html"), both(&halves))?;
    browser.resize(Viewport { width: 2 * HALF.width + 72, height: HALF.height + 84 })?;
    browser.open(&Server::start(folder.path())?.url("both.html"))?;
    let picture = browser.picture("webp")?;
    fs::write(workspace().join(PICTURE), &picture).with_context(|| format!("writing {PICTURE}"))?;
    println!("{PICTURE}: {page}, {} KB", picture.len().div_ceil(1024));
    Ok(())
}

/// Builds this project's book into a folder, with the suite and its site or with nothing but mdBook.
fn build(out: &Path, with_suite: bool) -> Result<()> {
    let mut book = MDBook::load(workspace())?;
    let mut config = book.config.clone();
    config.build.build_dir = out.to_owned();
    if !with_suite {
        config.set("preprocessor", serde_json::json!({}))?;
        let mut html: serde_json::Value = config.get("output.bilingual-site.html")?.unwrap_or_default();
        html["additional-css"] = serde_json::json!([]);
        config.set("output", serde_json::json!({ "html": html }))?;
    }
    book = MDBook::load_with_config(workspace(), config)?;
    if with_suite {
        book.with_preprocessor(Bilingual);
        book.with_renderer(BilingualSite);
    }
    book.build()
}

/// A page as a picture that another page can hold.
fn half(browser: &mut Browser, folder: &Path, page: &str) -> Result<String> {
    browser.resize(HALF)?;
    browser.open(&Server::start(folder)?.url(page))?;
    Ok(format!("data:image/png;base64,{}", STANDARD.encode(browser.picture("png")?)))
}

/// The two side by side.
fn both(halves: &[String; 2]) -> String {
    let figures = halves
        .iter()
        .zip(["mdBook", "mdBook + mdbook-bilingual"])
        .map(|(picture, name)| format!("<figure><figcaption>{name}</figcaption><img src='{picture}'></figure>"));
    let style = "body { margin: 24px; display: flex; gap: 24px; background: #e8eaed; font: 600 18px system-ui, sans-serif; color: #202124 } \
                 figure { margin: 0 } figcaption { margin-bottom: 12px } img { display: block; border-radius: 6px; box-shadow: 0 1px 4px #0006 }";
    format!("<!doctype html><style>{style}</style>{}", figures.collect::<String>())
}
