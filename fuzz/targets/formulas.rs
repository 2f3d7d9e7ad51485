//! Formulas: an element that is inert where it stands, or a message with a place.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mdbook_bilingual_core::formula::Mathematics;

#[allow(dead_code, reason = "the other targets use the rest")]
#[path = "../../tests/suite/invariants.rs"]
mod invariants;

fuzz_target!(|tex: &str| {
    let macros = [("E", r"\mathbb{E}"), ("norm", r"\left\|#1\right\|"), ("loop", r"\loop")];
    let mathematics = Mathematics::new(&macros.map(|(name, body)| (name.to_owned(), body.to_owned())).into());
    for display in [false, true] {
        invariants::check_formula(&mathematics, tex, display);
        let [once, again] = [(); 2].map(|()| mathematics.mathml(tex, display).map_err(|problem| problem.to_string()));
        assert_eq!(once, again);
    }
});
