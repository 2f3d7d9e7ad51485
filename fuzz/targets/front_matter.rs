//! Front matter: what is found is in the text, is read the same again, and what is written into it takes nothing else away.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual_core::diagnostic::Diagnostics;
use mdbook_bilingual_core::facts::front_matter::{self, edit};
use mdbook_bilingual_core::text::Wording;

static WORDING: LazyLock<Wording> = LazyLock::new(Wording::default);

fuzz_target!(|text: &str| {
    // Whoever reads a file takes its byte order mark away.
    let text = text.trim_start_matches('\u{feff}');
    let read = |text: &str| {
        let mut diagnostics = Diagnostics::default();
        let found =
            front_matter::find(text).map(|block| front_matter::read(block, "x.md", &*WORDING, &mut diagnostics));
        let said: Vec<String> = diagnostics.sorted().iter().map(ToString::to_string).collect();
        (found, said)
    };
    if let Some(block) = front_matter::find(text) {
        // One that nobody closed ends nowhere.
        assert!(text.is_char_boundary(block.end));
    }
    assert_eq!(read(text), read(text));
    // Both ways in which a value stands in it, and two that have to be quoted.
    for (key, value) in [("translated-from", "sha256:0123456789abcdef"), ("reviewed-by", "Lin: \"a\" # 林")] {
        let Ok(written) = edit::set(text, "x.md", key, value) else { continue };
        let body = |text: &str| text[front_matter::find(text).map_or(0, |block| block.end)..].to_owned();
        assert!(body(&written).ends_with(&body(text)), "the text behind it changed");
        let found = front_matter::find(&written).expect("there is some now");
        let found = front_matter::read(found, "x.md", &*WORDING, &mut Diagnostics::default());
        if key == "reviewed-by" {
            assert_eq!(found.reviewed_by.map(|fact| fact.value).as_deref(), Some(value));
        }
        let again = edit::set(&written, "x.md", key, value).expect("it was written before");
        assert_eq!(again, written, "what is there already changes nothing");
    }
});
