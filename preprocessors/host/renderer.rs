//! The renderers that are known, and what each of them gets.
//!
//! # Adding a renderer
//! A row in [`RENDERERS`]; one that gets no book is named on the guide's page `reference/renderers.md`, too.

pub use crate::config::SITE;

/// mdBook's own.
pub const HTML: &str = "html";

/// A renderer, by its name in `book.toml`: `html` is that of `[output.html]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renderer {
    /// Its name.
    pub name: &'static str,
    /// Whether it wants the text as its author wrote it, so that no pass runs for it.
    pub untouched: bool,
    /// What its pages are written in.
    pub format: Format,
    /// Whether readers see its pages in a browser, where scripts run.
    pub for_browsers: bool,
    /// Whether its pages have mdBook's button that leads to their file.
    pub edit_button: bool,
}

/// What a renderer reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown with HTML in it.
    Html,
    /// Markdown alone.
    Markdown,
}

/// The renderers that are known.
pub const RENDERERS: &[Renderer] = &[
    Renderer { name: HTML, format: Format::Html, for_browsers: true, edit_button: true, ..OTHER },
    Renderer { name: SITE, format: Format::Html, for_browsers: true, edit_button: true, ..OTHER },
    // `mdbook test` calls itself so.
    Renderer { name: "test", untouched: true, ..OTHER },
    Renderer { name: "linkcheck", untouched: true, ..OTHER },
    Renderer { name: "linkcheck2", untouched: true, ..OTHER },
    Renderer { name: "xgettext", untouched: true, ..OTHER },
];

/// Any other renderer: EPUB, PDF, or one that nobody has heard of, and that may know no HTML.
const OTHER: Renderer =
    Renderer { name: "", untouched: false, format: Format::Markdown, for_browsers: false, edit_button: false };

impl Renderer {
    /// The renderer of a name.
    #[must_use]
    pub fn named(name: &str) -> &'static Self {
        RENDERERS.iter().find(|renderer| renderer.name == name).unwrap_or(&OTHER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_renderers_get() {
        let format = |name: &str| Renderer::named(name).format;
        assert_eq!((format("html"), format("epub"), format("")), (Format::Html, Format::Markdown, Format::Markdown));
        assert!(Renderer::named("linkcheck").untouched && !Renderer::named("typst").untouched);
    }
}
