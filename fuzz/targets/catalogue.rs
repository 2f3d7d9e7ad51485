//! Catalogues of each kind: lines that the text has, parents that come before, and the same entries each time.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual::notebook::catalogue::{self, Kind};
use mdbook_bilingual::notebook::Wording;

fuzz_target!(|text: &str| {
    let wording = Wording::default();
    let lines = text.split('\n').count() + text.matches('\r').count();
    for kind in [Kind::List, Kind::Summary, Kind::Sidebar] {
        let entries = catalogue::read(text, kind, &wording);
        for entry in &entries {
            assert!((1..=lines).contains(&entry.line), "line {} of {lines}", entry.line);
            assert!(entry.parents.iter().all(|parent| *parent <= entry.line));
            assert!(entry.targets().all(|target| (1..=lines).contains(&target.line)));
        }
        assert_eq!(entries, catalogue::read(text, kind, &wording));
    }
});
