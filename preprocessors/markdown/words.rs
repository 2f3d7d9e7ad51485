//! What there is to read on a page.

use pulldown_cmark::{Event, Tag};

use crate::text::Prose;

/// How many letters outside of links may stand above a title: a word or two between links to other languages.
const ABOVE_TITLE: usize = 20;

/// What was read so far.
pub(super) struct WordsRead {
    pub(super) prose: Prose,
    /// Whether there is nothing but the title.
    pub(super) is_blank: bool,
    /// The letters that were passed outside of links and images, and of headings.
    loose: usize,
}

impl WordsRead {
    pub(super) fn new() -> Self {
        Self { prose: Prose::default(), is_blank: true, loose: 0 }
    }

    /// Hears of what the parser sees, besides its text, formulas and HTML.
    pub(super) fn hear(&mut self, event: &Event<'_>, in_heading: bool) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.is_blank = false,
            Event::Start(Tag::Heading { .. } | Tag::HtmlBlock) => {}
            Event::Start(tag) => self.is_blank &= in_heading || matches!(tag, Tag::Paragraph),
            Event::FootnoteReference(_) | Event::Rule | Event::TaskListMarker(_) => self.is_blank &= in_heading,
            _ => {}
        }
    }

    /// Hears a piece of text or code outside of headings.
    pub(super) fn read(&mut self, piece: &str, in_link: bool) {
        self.is_blank &= piece.trim().is_empty();
        self.prose.read(piece);
        // Nobody asks further down.
        if !in_link && self.are_few() {
            self.pass(piece);
        }
    }

    /// Hears the source of a formula.
    pub(super) fn formula(&mut self, written: &str) {
        self.is_blank = false;
        self.pass(written);
    }

    fn pass(&mut self, text: &str) {
        self.loose += text.chars().filter(|c| c.is_alphanumeric()).count();
    }

    /// Whether a title can stand below what was read.
    pub(super) fn are_few(&self) -> bool {
        self.loose <= ABOVE_TITLE
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn blank_is_what_has_no_text() {
        for text in ["", "\n\n", "# A\n", "<!-- a -->\n", "# A\n\n<!-- todo -->\n"] {
            assert!(of(text).blank, "{text:?}");
        }
        for text in ["a", "# A\n\n## B\n", "```\n\n```", "![](a.png)", "---", "<img src=x>", "<!-- status-board -->"] {
            assert!(!of(text).blank, "{text:?}");
        }
    }
}
