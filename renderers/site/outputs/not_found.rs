//! The page for addresses that do not exist, which a site has once: it speaks every language.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_bilingual_core::values::Language;
use mdbook_renderer::RenderContext;
use mdbook_renderer::config::HtmlConfig;

use crate::engine::words::Voice;
use crate::escape::markup;
use crate::site::Site;

/// What mdBook puts into the title of the page.
const ENGLISH: &str = "Page not found";

/// Its text as Markdown: the author's, else ours in each language. `None` where the book wants no such page.
///
/// # Errors
/// When the file that the book names cannot be read.
pub fn text(context: &RenderContext, html: &HtmlConfig, site: &Site<'_>) -> Result<Option<String>> {
    let sources = context.root.join(&context.config.book.src);
    match html.input_404.as_deref() {
        Some("") => Ok(None),
        Some(name) => read(&sources.join(name)).map(Some),
        None if sources.join("404.md").exists() => read(&sources.join("404.md")).map(Some),
        None => Ok(Some(ours(site))),
    }
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file)
        .with_context(|| format!("the page for addresses that do not exist, {}", file.display()))
}

fn ours(site: &Site<'_>) -> String {
    let mut text = String::new();
    let english = Language::english();
    let said = |language: &Language| site.text(language, "site-not-found");
    // What nobody has translated is English, and is said once.
    let speaks = |language: &Language| language.primary() == "en" || said(language) != said(&english);
    let mut spoken: Vec<&Language> = site.languages.iter().filter(|language| speaks(language)).collect();
    let needs_english = spoken.len() < site.languages.len() && !spoken.iter().any(|own| own.primary() == "en");
    spoken.extend(needs_english.then_some(&english));
    for (at, language) in spoken.into_iter().enumerate() {
        let level = if at == 0 { "#" } else { "##" };
        let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
        let _ = write!(
            text,
            "<div lang=\"{}\" dir=\"{direction}\">\n\n{level} {}\n\n{}\n\n</div>\n\n",
            language.tag(),
            markup(&site.text(language, "site-not-found-title")),
            markup(&site.text(language, "site-not-found")),
        );
    }
    text
}

/// The page with a title in every language.
#[must_use]
pub fn finish(page: &str, site: &Site<'_>) -> String {
    let own = markup(&Voice::of(site, &site.languages).text("site-not-found-title"));
    page.replacen(&format!("<title>{ENGLISH}"), &format!("<title>{own}"), 1)
}
