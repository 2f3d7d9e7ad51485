//! `SUMMARY.md`: what it lacks is added by insertions, and mdBook reads all of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual::commands::adopt::summary::{NumberedChapter, PrefixChapter, SummaryPart, Wanted, complete};

/// Whether `text` has all bytes of `old`, in their order.
fn is_kept(old: &str, text: &str) -> bool {
    let mut bytes = text.bytes();
    old.bytes().all(|byte| bytes.any(|other| other == byte))
}

fuzz_target!(|text: &str| {
    let chapter = |title: &str, path: Option<&str>, children| NumberedChapter {
        title: title.to_owned(),
        path: path.map(str::to_owned),
        children,
    };
    let below = vec![chapter("C", Some("zh/c.md"), Vec::new()), chapter("[D]", Some("zh/d (1).md"), Vec::new())];
    let wanted = Wanted {
        prefix: vec![PrefixChapter { title: "Home".to_owned(), path: "index.md".to_owned() }],
        parts: vec![
            SummaryPart { title: None, chapters: vec![chapter("甲 | *x*", Some("zh/a.md"), Vec::new())] },
            SummaryPart { title: Some("RLHF".to_owned()), chapters: vec![chapter("Draft", None, below)] },
        ],
    };
    let Ok(done) = complete(text, &wanted) else { return };
    assert!(is_kept(text, &done.text), "a byte is gone");
    assert!(mdbook_summary::parse_summary(&done.text).is_ok());
    let again = complete(&done.text, &wanted).expect("it was completed once");
    assert!(again.added.is_empty() && again.text == done.text, "something is added twice: {:?}", again.added);
});
