//! `mdbook-bilingual config --schema`: what can be written in `book.toml`, for the editor in which it is written.

use mdbook_bilingual_core::config;
use mdbook_bilingual_core::host::MESSAGES;

/// The JSON schema of a `book.toml`, with a line break at its end.
#[must_use]
pub fn schema() -> String {
    config::schema(&MESSAGES)
}
