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
pub mod options;
pub mod output;
pub mod outputs;
pub mod page;
pub mod publish;
pub mod site;
pub mod split;

use anyhow::Result;
use engine::kept::{self, Kept};
use mdbook_bilingual_core::host::Host;
use mdbook_renderer::{RenderContext, Renderer};

/// The renderer.
#[derive(Debug, Clone, Copy, Default)]
pub struct BilingualSite;

impl Renderer for BilingualSite {
    fn name(&self) -> &'static str {
        "bilingual-site"
    }

    fn render(&self, context: &RenderContext) -> Result<()> {
        render(context).map(drop)
    }
}

/// Renders a book into its destination. Gives what the book's own theme lacks, one sentence each.
///
/// # Errors
/// When the book cannot be read or rendered, or the site not written; then the old site stays, but for what was written
/// in that moment.
pub fn render(context: &RenderContext) -> Result<Vec<String>> {
    let options = options::Options::read(context)?;
    let (host, book) = Host::load(&context.root)?;
    let reading = mdbook_bilingual_core::read(&host, &book);
    let site = site::Site::new(&reading, &context.config.book, None);
    let kept = match options.is_served {
        true => Kept::read(&std::fs::read(context.destination.join(kept::FILE)).unwrap_or_default()),
        false => Kept::default(),
    };
    let mut published = publish::publish(context, &options, &site, &kept)?;
    let sources = context.source_dir();
    let build = context.root.join(&context.config.build.build_dir);
    published.output.add_sources(&sources, &[&build, &context.destination])?;
    published.output.write(&context.destination)?;
    Ok(published.lacking)
}
