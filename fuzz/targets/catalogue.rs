//! Catalogues: lines that the text has, parents that come before, and the same entries each time.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual::notebook::{Wording, catalogue};

fuzz_target!(|text: &str| {
    let wording = Wording::default();
    let entries = catalogue::read(text, &wording);
    let lines = text.split('\n').count() + text.matches('\r').count();
    for (at, entry) in entries.iter().enumerate() {
        assert!((1..=lines).contains(&entry.line), "line {} of {lines}", entry.line);
        assert!(entry.parents.iter().all(|parent| *parent < at));
        assert!(entry.targets().all(|target| (1..=lines).contains(&target.line)));
    }
    assert_eq!(entries, catalogue::read(text, &wording));
});
