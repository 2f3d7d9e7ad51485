//! Search for mdBook sites that finds Chinese phrases, exact ones first, in a few dozen kilobytes.
//!
//! ```text
//! HTML of a page ─→ page     ─→ Sections    the text of a page, in the sections that a reader can be led to
//!                   terms    ─→ Terms       pairs of characters, words, and where they stand
//!                   postings ─→ Postings    all terms of a language, sorted, in a bounded amount of memory
//!                   shards   ─→ Shards      small files by ranges of terms, and a table of them
//!                   index    ─→ a folder    all of it for one language, with the texts that are shown
//!                   script   ─→ search.js   what runs in a page, in mdBook's own search box: client/*.js
//! a built book   ─→ book     ─→ the same    for whoever has mdBook's own pages
//! ```
//!
//! # Invariants
//! 1. What stands in a text is found: a term of the text is a term of the index, and a query is cut as a text is.
//! 2. Whether a phrase stands as it was written is known from positions, but for rare signs and several signs at its edge:
//!    there the text is asked. All other texts are loaded for what is shown.
//! 3. Nothing but scripts is loaded, so that a site on a disk and one with a strict Content-Security-Policy can be searched.
//! 4. The same pages give the same bytes; a file that holds what it held is not written.

pub mod book;
pub mod digits;
pub mod folder;
pub mod index;
pub mod page;
pub mod postings;
pub mod script;
pub mod shards;
pub mod terms;
pub mod variants;
pub mod words;
