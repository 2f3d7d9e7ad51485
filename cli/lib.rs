//! What the program `mdbook-bilingual` does: its commands, its reports, and the files that it gives to a book.
//!
//! What a book is, and what its readers see, is [`mdbook_bilingual_core`]. Nothing here is meant for other programs, and
//! anything may change; it is a library so that it can be tested.

pub mod commands;
pub mod progress;
pub mod refused;
pub mod report;
pub mod write;
