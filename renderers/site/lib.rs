//! `[output.bilingual-site]`: an mdBook renderer that gives each page of a book its own language, up to `<html lang>`.
//!
//! ```text
//! RenderContext ─→ core::read   ─→ Reading     what the book is: notes, languages, facts; read from its files
//!                  site         ─→ Site        what is published, and under which addresses
//!                  split        ─→ Volumes     the chapters of each language, in order, renumbered
//!                  engine       ─→ Rendered    mdBook's own HTML renderer, called for each language on few chapters
//!                  finish       ─→ files       each page's head, switch and places for links from other languages
//!                  outputs      ─→ files       print pages, 404, sitemap, feeds, llms.txt, Markdown
//!                  output       ─→ the folder  what differs is written, what is stale goes; nothing before all of it is there
//! ```

pub mod engine;
pub mod output;
pub mod outputs;
pub mod site;
pub mod split;
