//! Catalogues: lines that the text has, parents that come before, and the same entries each time.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual_core::markdown::catalogue::{self, CatalogueKind};
use mdbook_bilingual_core::text::Wording;

static WORDING: LazyLock<Wording> = LazyLock::new(Wording::default);

fuzz_target!(|text: &str| {
    let lines = text.split('\n').count() + text.matches('\r').count();
    for kind in [CatalogueKind::List, CatalogueKind::Summary, CatalogueKind::Sidebar] {
        let entries = catalogue::read(text, kind, &WORDING);
        for entry in &entries {
            assert!((1..=lines).contains(&entry.line), "line {} of {lines}", entry.line);
            assert!(entry.parents.is_sorted() && entry.parents.iter().all(|parent| (1..=entry.line).contains(parent)));
            assert!(entry.targets().all(|target| (1..=lines).contains(&target.line)));
        }
        assert_eq!(entries, catalogue::read(text, kind, &WORDING));
    }
});
