//! Does it say how texts stand: a translation behind, a review of an older text, all of them at a glance?

use anyhow::{Context, Result};
use browser_tests::book::{Book, Target};
use browser_tests::browser::Viewport;
use browser_tests::past::{BEHIND, BOARDS, CHANGED, IN_STEP, Past, REPOSITORY, SOURCE};
use serde::Deserialize;

use crate::looks::OVERFLOW;
use crate::{CHINESE, Reader};

/// A table as the browser sees it.
#[derive(Deserialize)]
struct Table {
    caption: String,
    /// The heading of each column that says it is one.
    columns: Vec<String>,
    /// Of each row below: how many headings of a row it has, and how many cells of each kind in all.
    rows: Vec<(usize, usize)>,
    /// How wide the box is in which it scrolls, and how wide what is in it.
    width: f64,
    content: f64,
    /// How far it could be scrolled.
    scrolled: f64,
    /// Whether Tab gets into the box.
    focusable: bool,
}

/// Where the links of a page that match a selector lead.
fn targets(book: &Book, page: &str, selector: &str) -> Result<Vec<Target>> {
    let page = book.page(page).with_context(|| format!("there is no {page}"))?;
    page.select(selector).iter().map(|link| page.resolve(link.attr("href").unwrap_or_default())).collect()
}

#[test]
fn a_translation_behind_leads_to_what_it_misses() -> Result<()> {
    let past = Past::build()?;
    let mut reader = Reader::of(past.book()?)?;
    let lines = reader.book.page(BEHIND).context("the page that is behind")?.select(".freshness").len();
    assert_eq!(lines, 1, "{BEHIND} says so once");

    let [source, difference] = &targets(&reader.book, BEHIND, ".freshness a[href]")?[..] else {
        panic!("{BEHIND} leads to its source and to what changed");
    };
    assert_eq!(*source, Target::Inside(SOURCE.to_owned(), None));
    let Target::Outside(difference) = difference else { panic!("{difference:?} is not in the repository") };
    let (known, last) = &past.missed;
    let compare = format!("{REPOSITORY}/compare/{known}...{last}");
    assert!(difference.as_str().starts_with(&compare), "{difference} does not show {compare}");

    reader.open(BEHIND)?;
    let said: String = reader.browser.evaluate("document.querySelector('.freshness').innerText")?;
    assert!(said.contains("2 newer changes") && said.contains("2025-03-01"), "{said}");
    // It stands between the title and the text, where it is read before the text is.
    let is_first: bool = reader.browser.evaluate(
        "(() => {
            const [title, line, text] = ['h1', '.freshness', 'main h2']
                .map(selector => document.querySelector(selector).getBoundingClientRect());
            return title.bottom <= line.top && line.bottom <= text.top;
        })()",
    )?;
    assert!(is_first, "{BEHIND}: the line is not above the text");
    let href: String = reader.browser.evaluate("document.querySelector('.freshness a').href")?;
    reader.browser.open(&href)?;
    let language: String = reader.browser.evaluate("document.querySelector('main .edition').lang")?;
    assert_eq!(language, CHINESE, "{href}");

    for page in [SOURCE, IN_STEP, CHANGED] {
        assert!(!reader.book.page(page).context(page)?.shows(".freshness"), "{page} misses nothing");
    }
    Ok(())
}

#[test]
fn a_review_of_an_older_text_says_so() -> Result<()> {
    let past = Past::build()?;
    let mut reader = Reader::of(past.book()?)?;
    reader.open(CHANGED)?;
    let said: Vec<String> = reader
        .browser
        .evaluate("[...document.querySelectorAll('.review-status')].map(callout => callout.innerText)")?;
    let [said] = &said[..] else { panic!("{CHANGED} has one callout: {said:?}") };
    for part in ["审阅后有改动", "Lin", "2025-01-03", "2025-03-02"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let warns: bool = reader
        .browser
        .evaluate("document.querySelector('.review-status[data-review=changed]').matches('.blockquote-tag-warning')")?;
    assert!(warns, "{CHANGED}: a review of another text looks like one of this text");
    // Who reads the translation was promised nothing.
    assert!(!reader.book.page(IN_STEP).context(IN_STEP)?.shows(".review-status"), "{IN_STEP} was not reviewed");
    Ok(())
}

#[test]
fn a_board_is_a_table_that_fits_a_phone() -> Result<()> {
    let past = Past::build()?;
    let mut reader = Reader::of(past.book()?)?;
    reader.browser.resize(Viewport::PHONE)?;
    for page in BOARDS {
        reader.open(page)?;
        let table: Table = reader.browser.evaluate(
            "(() => {
                const box = document.querySelector('.status-board');
                const table = box.querySelector('table');
                box.scrollLeft = 9999;
                return {
                    caption: table.caption.innerText,
                    columns: [...table.querySelectorAll('thead th[scope=col]')].map(column => column.innerText),
                    rows: [...table.querySelectorAll('tbody tr, tfoot tr')]
                        .map(row => [row.querySelectorAll('th[scope=row]').length, row.cells.length]),
                    width: box.getBoundingClientRect().width,
                    content: box.scrollWidth,
                    scrolled: box.scrollLeft,
                    focusable: box.tabIndex === 0 && box.getAttribute('aria-label') !== '',
                };
            })()",
        )?;
        assert!(!table.caption.is_empty(), "{page}: the table has no caption");
        assert!(table.columns.iter().all(|column| !column.is_empty()), "{page}: {:?}", table.columns);
        assert_eq!(
            table.rows,
            vec![(1, table.columns.len()); 3],
            "{page}: two sections and the sum, as wide as the head"
        );
        let phone = f64::from(Viewport::PHONE.width);
        assert!(table.width <= phone, "{page}: the box is {} pixels wide", table.width);
        let hidden = table.content - table.width;
        assert!(hidden < 1.0 || table.scrolled >= hidden - 1.0, "{page}: {hidden} pixels are out of reach");
        assert!(table.focusable, "{page}: who has only a keyboard cannot scroll the table");
        let sticking_out: Vec<String> = reader.browser.evaluate(OVERFLOW)?;
        assert!(sticking_out.is_empty(), "{page}: {}", sticking_out.join(", "));

        let links = targets(&reader.book, page, ".status-board-list a[href]")?;
        // The translation behind and the two sections that changed, the changed review, the note that waits, and its
        // missing edition.
        assert!(links.len() >= 6, "{page}: {links:?}");
        let faults: Vec<String> = links.iter().filter_map(|target| reader.book.fault(target)).collect();
        assert!(faults.is_empty(), "{page}: {}", faults.join(", "));
    }
    Ok(())
}
