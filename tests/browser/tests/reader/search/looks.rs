//! Does it fit a phone, and can it be read in every theme?

use anyhow::Result;
use browser_tests::browser::{Key, Viewport};
use browser_tests::checkers;
use serde_json::json;
use support::program::skip;

use super::Searching;
use super::notes::Notes;
use crate::looks::{CONTRAST, OVERFLOW, THEMES};
use crate::site::AXE;

/// What is searched in two languages, with buttons for others, and how many buttons there are.
const OPENED: [(&str, &str, usize); 2] = [("zh/memory.html", "显存", 3), ("en/memory.html", "KV cache", 2)];

/// Buttons that a finger does not meet. How wide the one in the menu bar is, is mdBook's.
const SMALL: &str = "[...document.querySelectorAll('.search-choices button, #mdbook-search-toggle')]
    .filter(button => button.checkVisibility())
    .map(button => [button, button.getBoundingClientRect()])
    .filter(([{id}, {width, height}]) => !id && width < 44 || height < 44)
    .map(([{id, textContent}, {width, height}]) => `${id || textContent} is ${width} × ${height}`)";

impl Searching {
    /// Searches, and waits for the buttons; the first result has the focus.
    fn open_search(&mut self, page: &str, words: &str, buttons: usize) -> Result<()> {
        self.open(page)?;
        self.look_for(words)?;
        self.sees("buttons", "seen.buttons().length", buttons)?;
        self.press(Key::Down)?;
        self.sees("↓", "seen.focus()", "result 0")
    }

    fn fault(&mut self, theme: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{} ({theme}): {what}", self.page));
    }
}

#[test]
fn an_open_search_fits_a_phone_and_has_contrast() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "index.html")?;
    for theme in THEMES {
        search.reader.choose(theme)?;
        for (page, words, buttons) in OPENED {
            let language = page.split('/').next().unwrap_or_default();
            for (size, viewport) in [("wide", Viewport::WIDE), ("phone", Viewport::PHONE)] {
                search.reader.browser.resize(viewport)?;
                search.open_search(page, words, buttons)?;
                if ["light", "navy"].contains(&theme) {
                    search.reader.picture(&format!("search-{language}-{size}-{theme}"))?;
                }
                let wide: Vec<String> = search.reader.browser.evaluate(OVERFLOW)?;
                let small: Vec<String> = search.reader.browser.evaluate(SMALL)?;
                for fault in wide.into_iter().chain(small) {
                    search.fault(theme, format!("{size}: {fault}"));
                }
            }
            // By themselves, and one of them pressed.
            for turned in [false, true] {
                if turned {
                    search.evaluate("document.querySelector('.search-choices button[lang=ja]').click()")?;
                    search.sees("turned", "[...new Set(seen.languages())]", json!(["ja"]))?;
                    search.press(Key::Down)?;
                    if theme == "light" {
                        search.reader.picture(&format!("search-{language}-turned-{theme}"))?;
                    }
                }
                let contrasts = search.reader.contrasts("#mdbook-searchresults-outer, .search-choices")?;
                assert!(contrasts.len() > 5, "{page}: {} texts", contrasts.len());
                for it in contrasts.iter().filter(|it| it.ratio < CONTRAST) {
                    search.fault(theme, format!("{:?} has {:.2}:1", it.text, it.ratio));
                }
            }
            search.open(&format!("{page}?highlight={words}"))?;
            search.sees("marks", "seen.marks().length > 0 || location.pathname.includes('/en/')", true)?;
            for it in search.reader.contrasts("main mark")?.iter().filter(|it| it.ratio < CONTRAST) {
                search.fault(theme, format!("the mark {:?} has {:.2}:1", it.text, it.ratio));
            }
        }
    }
    search.finish()
}

#[test]
fn axe_finds_nothing_in_an_open_search() -> Result<()> {
    let axe = match checkers::axe() {
        Ok(axe) => axe,
        Err(why) => {
            skip("axe_finds_nothing_in_an_open_search", &format!("{why:#}"));
            return Ok(());
        }
    };
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "index.html")?;
    for (page, words, buttons) in OPENED {
        search.open_search(page, words, buttons)?;
        search.reader.browser.evaluate::<()>(&format!("{axe}; undefined"))?;
        let found: Vec<String> = search.reader.browser.evaluate(&format!("({AXE})([])"))?;
        search.sees("it is still open", "seen.isOpen()", true)?;
        for fault in found {
            search.fault("axe", fault);
        }
    }
    search.finish()
}
