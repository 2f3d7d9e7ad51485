//! Does the book fit a phone, and can it be read in every theme?
//!
//! What a rule cannot say is left to the eye: `target/screenshots/` has a picture of each page that is looked at.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use browser_tests::book::{Target, is_print_page, ours, workspace};
use browser_tests::browser::Viewport;
use browser_tests::past::{BEHIND, BOARDS, CHANGED, Past};
use serde::Deserialize;

use crate::{CHINESE, ENGLISH, Reader, switch_link};

/// mdBook's themes.
pub(crate) const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// The two that a book of this project shows by default, by day and by night.
const PICTURED: [&str; 2] = ["light", "navy"];

/// WCAG 2.2, success criterion 1.4.3, for text of ordinary size.
pub(crate) const CONTRAST: f64 = 4.5;

/// The kinds of mdBook's callouts, whose colours a status has.
const CALLOUTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// A JavaScript function from a selector to the contrast of each piece of text in it.
pub(crate) const CONTRASTS: &str = include_str!("contrasts.js");

/// A JavaScript expression: what sticks out of the window, if the page can be scrolled sideways.
pub(crate) const OVERFLOW: &str = include_str!("overflow.js");

/// A piece of text against what is behind it.
#[derive(Deserialize)]
pub(crate) struct Contrast {
    pub(crate) text: String,
    colour: String,
    background: String,
    pub(crate) ratio: f64,
}

/// Two books: this project's own, and one whose translations fell behind; with pages to look at, by a name for each.
fn books(past: &Past) -> Result<[(Reader, BTreeMap<String, String>); 2]> {
    let own = Reader::new()?;
    let samples = own.samples()?;
    let pages = [("behind", BEHIND), ("changed", CHANGED), ("board-zh", BOARDS[0]), ("board-en", BOARDS[1])];
    let theirs = pages.map(|(name, page)| (format!("past-{name}"), page.to_owned()));
    Ok([(own, samples), (Reader::of(past.book()?)?, BTreeMap::from(theirs))])
}

impl Reader {
    /// Pages that show all that readers meet, by a name for each.
    fn samples(&self) -> Result<BTreeMap<String, String>> {
        let note = self.page_in(CHINESE, &[".language-switch", ".review-status", ".cross-post"])?;
        let translated = self.page_in(CHINESE, &[&switch_link(ENGLISH), ".review-status, .cross-post"])?;
        let mut samples = BTreeMap::from([
            ("home".to_owned(), "index.html".to_owned()),
            ("note-zh".to_owned(), note),
            ("translated-en".to_owned(), self.counterpart(&translated)?),
            ("translated-zh".to_owned(), translated),
            ("path-zh".to_owned(), self.page_in(CHINESE, &[".learning-path"])?),
            ("path-en".to_owned(), self.page_in(ENGLISH, &[".learning-path"])?),
        ]);
        // Another book may have no board.
        for (name, language) in [("board-zh", CHINESE), ("board-en", ENGLISH)] {
            samples.extend(self.page_in(language, &[".status-board"]).map(|page| (name.to_owned(), page)));
        }
        // One page for each status that the notes have: each has a colour of its own.
        for page in self.book.pages().filter(|page| !is_print_page(&page.path)) {
            for callout in page.select(".review-status[data-status]") {
                let status = callout.attr("data-status").unwrap_or_default();
                samples.entry(format!("status-{status}")).or_insert_with(|| page.path.clone());
            }
        }
        Ok(samples)
    }

    /// The contrast of each piece of text inside the elements that match a selector.
    pub(crate) fn contrasts(&mut self, selector: &str) -> Result<Vec<Contrast>> {
        self.browser.evaluate(&format!(r#"({CONTRASTS})("{selector}")"#))
    }

    /// The path of the English edition of the Chinese page at `path`.
    fn counterpart(&self, path: &str) -> Result<String> {
        let page = self.book.page(path).context("the page was found in the book")?;
        let link = page.select(&switch_link(ENGLISH));
        let href = link.first().and_then(|link| link.attr("href")).context("the page was chosen for this link")?;
        match page.resolve(href)? {
            Target::Inside(counterpart, _) => Ok(counterpart),
            Target::Outside(url) => {
                anyhow::bail!("{path}: the language switch leads out of the book, to {url}")
            }
        }
    }

    /// Chooses a theme as mdBook's own menu does; pages that are opened from now on have it.
    pub(crate) fn choose(&mut self, theme: &str) -> Result<()> {
        self.open("index.html")?;
        self.browser.evaluate(&format!("localStorage.setItem('mdbook-theme', '{theme}')"))
    }

    /// Takes a picture of the page as it is, into `target/screenshots/`.
    pub(crate) fn picture(&mut self, name: &str) -> Result<()> {
        let pictures = workspace().join("target").join("screenshots");
        fs::create_dir_all(&pictures).with_context(|| format!("creating {}", pictures.display()))?;
        self.browser.screenshot(&pictures.join(format!("{name}.png")))
    }
}

#[test]
fn no_page_scrolls_sideways_on_a_phone() -> Result<()> {
    let past = Past::build()?;
    let mut faults = Vec::new();
    for (mut reader, samples) in books(&past)? {
        for theme in PICTURED {
            reader.choose(theme)?;
            for (size, viewport) in [("wide", Viewport::WIDE), ("phone", Viewport::PHONE)] {
                reader.browser.resize(viewport)?;
                for (name, page) in &samples {
                    reader.open(page)?;
                    // A picture is no use before its letters are there.
                    reader.browser.evaluate::<bool>("document.fonts.ready.then(() => true)")?;
                    reader.picture(&format!("{name}-{size}-{theme}"))?;
                    let sticking_out: Vec<String> = reader.browser.evaluate(OVERFLOW)?;
                    if viewport == Viewport::PHONE && !sticking_out.is_empty() {
                        faults.push(format!("{page} ({theme}): {}", sticking_out.join(", ")));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "wider than a phone of {} pixels:\n{}", Viewport::PHONE.width, faults.join("\n"));
    Ok(())
}

/// A title that is longer than any line, also of words that a line cannot hold.
const LONG: &str = "从零开始完整实现一个支持张量并行与专家并行的推理引擎, a complete record of \
    pipeline_parallelism_and_expert_parallelism_and_everything_else_that_an_engine_needs_besides";

#[test]
fn a_long_title_in_the_switch_is_never_cut() -> Result<()> {
    let mut reader = Reader::new()?;
    let page = reader.page_in(CHINESE, &[&switch_link(ENGLISH)])?;
    for width in [320, 390, 1200] {
        reader.browser.resize(Viewport { width, ..Viewport::PHONE })?;
        reader.open(&page)?;
        let cut: Vec<String> = reader.browser.evaluate(&format!(
            r#"(() => {{
                const title = document.querySelector(".language-switch-title");
                title.textContent = "{LONG}";
                const {{width, height}} = title.getBoundingClientRect();
                const hidden = width < 50 || height < 20 ? ["the title"] : [];
                const all = [...document.querySelectorAll(".language-switch, .language-switch *")];
                return hidden.concat(all.filter(element => element.scrollWidth > element.clientWidth + 1
                    && element.clientWidth > 0).map(element => element.cloneNode().outerHTML));
            }})()"#
        ))?;
        assert!(cut.is_empty(), "{page} at {width} pixels: {}", cut.join(", "));
        let sticking_out: Vec<String> = reader.browser.evaluate(OVERFLOW)?;
        assert!(sticking_out.is_empty(), "{page} at {width} pixels: {}", sticking_out.join(", "));
    }
    Ok(())
}

#[test]
fn text_has_contrast_in_every_theme() -> Result<()> {
    let past = Past::build()?;
    let mut measured = 0;
    let mut faults = Vec::new();
    for (mut reader, samples) in books(&past)? {
        for theme in THEMES {
            reader.choose(theme)?;
            for page in samples.values() {
                reader.open(page)?;
                let chosen: bool =
                    reader.browser.evaluate(&format!("document.documentElement.classList.contains('{theme}')"))?;
                assert!(chosen, "{page}: mdBook does not show the theme {theme}");
                let mut contrasts = reader.contrasts(&ours())?;
                // Few notes are outdated or drafts, so a callout is shown in the colours of each kind.
                for kind in CALLOUTS {
                    reader.browser.evaluate::<()>(&format!(
                        r#"document.querySelectorAll(".review-status").forEach(callout => {{
                            callout.className = "review-status blockquote-tag blockquote-tag-{kind}";
                        }})"#
                    ))?;
                    contrasts.extend(reader.contrasts(".review-status")?);
                }
                measured += contrasts.len();
                faults.extend(contrasts.iter().filter(|contrast| contrast.ratio < CONTRAST).map(|contrast| {
                    format!(
                        "{page} ({theme}): {:?} has {:.2}:1, {} on {}",
                        contrast.text, contrast.ratio, contrast.colour, contrast.background
                    )
                }));
            }
        }
    }
    assert!(measured > 0, "no text of the suite was found");
    assert!(faults.is_empty(), "less than {CONTRAST}:1:\n{}", faults.join("\n"));
    Ok(())
}
