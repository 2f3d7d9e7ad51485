//! What mdBook sends: a book that comes back without a byte lost, or a message.

#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual_core::host::Host;

fuzz_target!(|json: &str| {
    let Ok((mut host, book)) = Host::from_mdbook(json) else { return };
    // No file of this machine is read, and no program of it is run.
    host.root = PathBuf::from("/nowhere/at/all");
    host.source = PathBuf::from("src");
    host.theme = PathBuf::from("theme");
    host.config.notes = None;
    host.config.catalogue.value.clear();
    host.config.history.git = false;
    let run = || {
        let (book, reading) = mdbook_bilingual_core::process(&host, book.clone()).expect("edits have an order");
        let said: Vec<String> = reading.diagnostics.sorted().iter().map(ToString::to_string).collect();
        (serde_json::to_string(&book).expect("a book is JSON"), said)
    };
    assert_eq!(run(), run(), "two runs differ");
});
