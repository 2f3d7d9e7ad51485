//! `[output.bilingual-site]`: an mdBook renderer that gives each page of a book its own language, up to `<html lang>`.
//!
//! ```text
//! book.toml     ─→ ahead      ─→ ReadBook   under `mdbook serve`, the next line while mdBook still writes
//! RenderContext ─→ core::plan ─→ Reading    what the book is: notes, languages, facts; read from its files
//!                  texts      ─→ Markdown   each page as the passes make it for renderers that know no HTML
//!                  site       ─→ Site       what is published, and under which addresses
//!                  split      ─→ Volumes    the chapters of each language, in order, numbered again
//!                  engine     ─→ Printed    mdBook's own HTML renderer, called for each language on few chapters
//!                  publish    ─→ Files      each page with its head, its switch and the ids of its counterparts;
//!                                           outputs: print pages, 404, redirects, sitemap, feeds, llms.txt, Markdown
//!                  output     ─→ a folder   what differs is written, what is stale goes, once all of it is there
//! ```
//!
//! # Invariants
//! 1. A page is what mdBook's own renderer makes of its chapter, byte for byte, but for the words around the text, the
//!    head, the menu bar and the ids of its counterparts. A test compares them for every option of `[output.html]`.
//! 2. No source of mdBook's is here, only its public API.
//! 3. Nothing is written before all that can fail has succeeded; the same book gives the same bytes.
//! 4. What a page costs does not grow with the number of pages, unless the author's template lists the chapters.
//! 5. Facts are read from the files of the book, as the preprocessor reads them. What is published comes from mdBook.

pub mod ahead;
pub mod alternates;
pub mod engine;
pub mod escape;
pub mod head;
pub mod options;
pub mod outline;
pub mod output;
pub mod outputs;
pub mod page;
pub mod publish;
pub mod search;
pub mod site;
pub mod split;
#[cfg(test)]
mod test_site;
pub mod texts;

use ahead::{Ahead, ReadBook};
use anyhow::{Context, Result};
use engine::kept::{self, Kept};
use mdbook_bilingual_core::config;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::passes::{Stage, window_titles};
use mdbook_renderer::{RenderContext, Renderer};
use search::Search;

/// What the renderer is called in a `book.toml`.
pub const NAME: &str = config::SITE;

/// How many bytes of stack a book is read and rendered with: as much as a program on Linux begins with.
pub const STACK: usize = 8 << 20;

/// The renderer.
#[derive(Debug, Clone, Copy, Default)]
pub struct BilingualSite;

impl Renderer for BilingualSite {
    fn name(&self) -> &'static str {
        NAME
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        render(context, None, &|search| search.write()).map(drop)
    }
}

/// Renders a book into its destination. `ahead` is what was read of it before mdBook had sent it, and `search` is told of
/// what can be searched. Gives what the book's own theme lacks and which options mean nothing, one sentence each.
///
/// # Errors
/// When the book cannot be read or rendered, or the site not written; then the old site stays, but for what was written
/// in that moment.
pub fn render(
    context: &RenderContext,
    mut ahead: Option<Ahead>,
    search: &dyn Fn(Search<'_>) -> Result<()>,
) -> Result<Vec<String>> {
    let mut options = options::Options::read(context)?;
    let config = serde_json::to_value(&context.config).context("mdBook's configuration")?;
    // What was kept is read while the book is.
    let file = options.is_served.then(|| context.destination.join(kept::FILE));
    let kept = std::thread::spawn(move || file.map(|file| Kept::read(std::fs::read(file).unwrap_or_default())));
    let mut host = Host::for_renderer(&context.root, &config, NAME, None);
    // One that read another book is waited for at the end.
    let read = ahead.as_mut().and_then(|ahead| ahead.read(&host));
    host.workers = options.workers;
    let ReadBook { host, book, reading, edits } = read.map_or_else(|| ReadBook::of(host), Ok)?;
    let mut notes = options.choose(host.site.search, &context.book)?;
    let titles = window_titles(&Stage::new(&reading, &host));
    let texts = host.site.llms.then(|| texts::of(context, &reading, book, edits)).transpose()?;
    let site = site::Site::new(&reading, &context.config.book, &host.site, host.address());
    let kept = kept.join().ok().flatten().unwrap_or_default();
    let book = publish::Book { context, options: &options, site: &site, titles, texts: texts.unwrap_or_default() };
    notes.extend(book.publish(&kept, search)?.into_iter().map(|lacking| format!("the book's theme: {lacking}")));
    Ok(notes)
}
