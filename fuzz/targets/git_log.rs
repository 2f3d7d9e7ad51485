//! What git prints: commits and changes in an order that holds, and picks as a walk through the history finds them.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|log: &[u8]| mdbook_bilingual_core::fuzzing::git_log(log));
