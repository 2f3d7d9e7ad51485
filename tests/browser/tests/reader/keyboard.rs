//! Can the book be used without a mouse?

use anyhow::{Result, ensure};
use browser_tests::book::ours;
use browser_tests::browser::{Key, Viewport};
use serde::Deserialize;

use crate::{CHINESE, ENGLISH, Reader, switch_link};

/// What can have the focus, as far as a page's own elements go.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";

/// The element that has the focus.
#[derive(Deserialize)]
pub(crate) struct Focused {
    /// Its place among everything that can have the focus; none is the document itself.
    place: Option<usize>,
    /// Whether it is the element that was looked for.
    wanted: bool,
    /// Whether it is inside something that the suite wrote.
    ours: bool,
    /// Whether a sighted reader can see where the focus is.
    pub(crate) outlined: bool,
    /// How the page's source would show it.
    html: String,
}

impl Reader {
    fn focused(&mut self, wanted: &str) -> Result<Focused> {
        let ours = ours();
        self.browser.evaluate(&format!(
            r#"(() => {{
                const element = document.activeElement ?? document.body;
                const place = [...document.querySelectorAll("{FOCUSABLE}")].indexOf(element);
                const style = getComputedStyle(element);
                const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                return {{
                    place: place < 0 ? null : place,
                    wanted: element.matches("{wanted}"),
                    ours: !!element.closest("{ours}"),
                    outlined: outline || style.boxShadow !== "none",
                    html: element.cloneNode().outerHTML,
                }};
            }})()"#
        ))
    }

    /// More presses of Tab than the page has places for.
    fn presses(&mut self) -> Result<usize> {
        let places: usize = self.browser.evaluate(&format!(r#"document.querySelectorAll("{FOCUSABLE}").length"#))?;
        Ok(places + 5)
    }

    /// Presses Tab until an element that matches `wanted` has the focus.
    pub(crate) fn tab_to(&mut self, wanted: &str) -> Result<Focused> {
        for _ in 0..self.presses()? {
            self.browser.press(Key::Tab)?;
            let focused = self.focused(wanted)?;
            if focused.wanted {
                return Ok(focused);
            }
        }
        anyhow::bail!("Tab never reaches {wanted}")
    }

    /// Follows the switch link to `language` by keyboard, and checks where that leads.
    fn switch_to(&mut self, language: &str) -> Result<()> {
        let link = switch_link(language);
        let from: String = self.browser.evaluate("location.href")?;
        let target: String = self.browser.evaluate(&format!(r#"document.querySelector("{link}").href"#))?;
        let focused = self.tab_to(&link)?;
        ensure!(focused.outlined, "{from}: nothing shows that {} has the focus", focused.html);
        self.browser.follow_with_enter()?;
        let arrived: String = self.browser.evaluate("location.href")?;
        ensure!(arrived == target, "{from}: the switch to {language} leads to {arrived} instead of {target}");
        let text: Option<String> = self.browser.evaluate("document.querySelector('main .edition')?.lang ?? null")?;
        ensure!(text.as_deref() == Some(language), "{arrived}: the text says that its language is {text:?}");
        let current: Option<String> =
            self.browser.evaluate("document.querySelector('.language-switch [aria-current=page]')?.lang ?? null")?;
        ensure!(
            current.as_deref() == Some(language),
            "{arrived}: the switch says that the current language is {current:?}"
        );
        Ok(())
    }
}

#[test]
fn a_reader_switches_language_and_back_by_keyboard() -> Result<()> {
    let mut reader = Reader::new()?;
    let page = reader.page_in(CHINESE, &[&switch_link(ENGLISH)])?;
    reader.open(&page)?;
    let start: String = reader.browser.evaluate("location.href")?;
    reader.switch_to(ENGLISH)?;
    reader.switch_to(CHINESE)?;
    let end: String = reader.browser.evaluate("location.href")?;
    assert_eq!(end, start, "there and back again leads somewhere else");
    Ok(())
}

#[test]
fn tab_passes_through_what_the_suite_adds() -> Result<()> {
    let mut reader = Reader::new()?;
    let ours = ours();
    // Below the width at which mdBook shows its sidebar, whose links would come first.
    reader.browser.resize(Viewport::PHONE)?;
    for page in [
        reader.page_in(CHINESE, &[".review-status", ".cross-post", ".language-switch"])?,
        reader.page_in(CHINESE, &[".learning-path"])?,
        reader.page_in(ENGLISH, &[".learning-path"])?,
    ] {
        reader.open(&page)?;
        let expected: Vec<usize> = reader.browser.evaluate(&format!(
            r#"[...document.querySelectorAll("{FOCUSABLE}")].flatMap((element, place) => element.matches(
                "{ours} a[href]") ? [place] : [])"#
        ))?;
        let mut last = None;
        let mut left = false;
        let mut reached = Vec::new();
        for _ in 0..reader.presses()? {
            reader.browser.press(Key::Tab)?;
            let focused = reader.focused("*")?;
            assert!(focused.place.is_none() || focused.place != last, "{page}: Tab does not leave {}", focused.html);
            if focused.ours {
                assert!(focused.outlined, "{page}: nothing shows that {} has the focus", focused.html);
                reached.extend(focused.place);
            } else if reached.len() >= expected.len() {
                left = true;
                break;
            }
            last = focused.place;
        }
        assert_eq!(reached, expected, "{page}: Tab reaches each link of the suite once, in the order of the page");
        assert!(left, "{page}: Tab never leaves what the suite added");
    }
    Ok(())
}
