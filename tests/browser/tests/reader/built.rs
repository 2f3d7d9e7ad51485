//! Checks that read the built files and need no browser.

use anyhow::Result;
use browser_tests::book::{Book, ours};

#[test]
fn no_link_of_the_suite_is_dead() -> Result<()> {
    let book = Book::built()?;
    let selector = format!("{} a[href]", ours());
    let mut links = 0;
    let mut faults = Vec::new();
    for page in book.pages() {
        for link in page.select(&selector) {
            links += 1;
            let href = link.attr("href").expect("the selector asks for one");
            match page.resolve(href).map(|target| book.fault(&target)) {
                Ok(None) => {}
                Ok(Some(fault)) => faults.push(format!("{}: {href}: {fault}", page.path)),
                Err(error) => faults.push(format!("{}: {href}: {error:#}", page.path)),
            }
        }
    }
    assert!(links > 0, "no page has a link of the suite: was the book built without it?");
    assert!(faults.is_empty(), "{} of {links} links are dead:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}
