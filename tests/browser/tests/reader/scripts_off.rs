//! Is it all there without JavaScript?

use anyhow::Result;
use browser_tests::past::{BEHIND, BOARDS, CHANGED, Past};
use serde::Deserialize;

use crate::{CHINESE, ENGLISH, Reader, switch_link};

/// How an element stands on the page.
#[derive(Deserialize)]
struct Shown {
    html: String,
    width: f64,
    height: f64,
    visible: bool,
    /// Whether it is itself what a click on its middle would meet.
    uncovered: bool,
}

#[test]
fn nothing_needs_javascript() -> Result<()> {
    let mut reader = Reader::new()?;
    let note = reader.page_in(CHINESE, &[".language-switch", ".review-status", ".cross-post"])?;
    let translated = reader.page_in(CHINESE, &[&switch_link(ENGLISH)])?;
    let path = reader.page_in(CHINESE, &[".learning-path"])?;
    let english_path = reader.page_in(ENGLISH, &[".learning-path"])?;
    let pages = [
        (note, vec![".language-switch".to_owned(), ".review-status".to_owned(), ".cross-post a".to_owned()]),
        (translated, vec![switch_link(ENGLISH)]),
        (path, vec![".learning-path > li a[href]".to_owned(), ".learning-path > li time".to_owned()]),
        (english_path, vec![".learning-path > li a[href]".to_owned(), ".learning-path > li time".to_owned()]),
    ];
    assert_shown(&mut reader, pages)
}

#[test]
fn how_texts_stand_needs_no_javascript_either() -> Result<()> {
    let past = Past::build()?;
    let mut reader = Reader::of(past.book()?)?;
    let [chinese, english] = BOARDS.map(|board| {
        let selectors = [".status-board caption", ".status-board thead th", ".status-board-list a[href]"];
        (board.to_owned(), selectors.map(str::to_owned).to_vec())
    });
    let pages = [
        (BEHIND.to_owned(), vec![".freshness a[href]".to_owned(), ".freshness time".to_owned()]),
        (CHANGED.to_owned(), vec![".review-status[data-review=changed] p".to_owned()]),
        chinese,
        english,
    ];
    assert_shown(&mut reader, pages)
}

/// Asserts that, without scripts, each page has elements for each of its selectors, and that all of them can be seen.
fn assert_shown<const N: usize>(reader: &mut Reader, pages: [(String, Vec<String>); N]) -> Result<()> {
    reader.browser.allow_scripts(false)?;
    let mut faults = Vec::new();
    for (page, selectors) in pages {
        reader.open(&page)?;
        let scripts_ran: bool = reader.browser.evaluate("document.documentElement.classList.contains('js')")?;
        assert!(!scripts_ran, "{page}: scripts are off, and yet mdBook's have run");
        for selector in selectors {
            let shown: Vec<Shown> = reader.browser.evaluate(&format!(
                r#"[...document.querySelectorAll("{selector}")].map(element => {{
                    element.scrollIntoView({{block: "center", behavior: "instant"}});
                    const box = element.getClientRects()[0] ?? new DOMRect();
                    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                    return {{
                        html: element.cloneNode().outerHTML,
                        width: box.width,
                        height: box.height,
                        visible: element.checkVisibility({{opacityProperty: true, visibilityProperty: true}}),
                        uncovered: element.contains(met),
                    }};
                }})"#
            ))?;
            if shown.is_empty() {
                faults.push(format!("{page}: there is no {selector}"));
            }
            for element in shown {
                if element.width < 1.0 || element.height < 1.0 || !element.visible || !element.uncovered {
                    faults.push(format!(
                        "{page}: {} is {} × {} pixels, visible: {}, uncovered: {}",
                        element.html, element.width, element.height, element.visible, element.uncovered
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "without JavaScript:\n{}", faults.join("\n"));
    Ok(())
}
