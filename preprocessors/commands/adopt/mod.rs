//! `mdbook-bilingual adopt`: an mdBook out of a folder of loose notes, without changing or moving a note.

pub mod arrange;
pub mod summary;
pub mod walk;
