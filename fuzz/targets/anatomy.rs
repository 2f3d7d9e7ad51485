//! The parts of a page: what is found in a text is in it, and is found again.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "the other targets use the rest")]
#[path = "../../tests/suite/invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| invariants::check_parts(text));
