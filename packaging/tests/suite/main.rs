//! The tests of what makes a release, in one binary: see `tests/suite/main.rs` of the checkout.

mod names;
mod ready;
