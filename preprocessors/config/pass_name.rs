//! What the passes are called in a `book.toml`, and what they need to know.

use super::choice::choices;

choices! {
    /// The passes that a book can choose.
    pub enum PassName {
        /// Links between the editions of a note, and the language of each page's text.
        LanguageSwitch = "language-switch",
        /// Banners that lead to copies on other sites.
        CrossPost = "cross-post",
        /// Callouts that say how far a text has come.
        ReviewStatus = "review-status",
        /// Lines on pages that miss changes of their source.
        Freshness = "freshness",
        /// The notes in the order in which they were written, and reading elsewhere.
        LearningPath = "learning-path",
        /// A page that says how the notes of each section are.
        StatusBoard = "status-board",
        /// Links that lead where a reader of the page expects them to.
        Links = "links",
        /// Formulas as MathML.
        Formulas = "formulas",
        /// Emphasis beside Chinese and Japanese characters.
        Emphasis = "emphasis",
        /// Line breaks of the source between Chinese and Japanese characters.
        LineBreaks = "line-breaks",
        /// Diagrams in Mermaid.
        Diagrams = "diagrams",
        /// Callouts with titles in the page's language.
        Callouts = "callouts",
        /// Addresses in the text as links.
        Autolinks = "autolinks",
        /// Blocks of code whose info string says more than a language.
        CodeLanguages = "code-languages",
        /// Text that mdBook would take for a definition list or for attributes.
        PlainText = "plain-text",
        /// Quotation marks, hyphens and dots that smart punctuation would turn the wrong way.
        Punctuation = "punctuation",
        /// Emoji that are written by their names.
        Emoji = "emoji",
    }
}

/// What is read only for passes that need it, because it takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// What git knows of the notes.
    History,
    /// What is at the ends of links.
    Destinations,
    /// Whether the scripts that draw diagrams are there.
    DrawingScripts,
}

impl PassName {
    /// What the pass needs besides the texts of the notes.
    #[must_use]
    pub fn needs(self) -> Option<Need> {
        match self {
            Self::ReviewStatus | Self::Freshness | Self::LearningPath | Self::StatusBoard => Some(Need::History),
            Self::Links => Some(Need::Destinations),
            Self::Diagrams => Some(Need::DrawingScripts),
            Self::LanguageSwitch
            | Self::CrossPost
            | Self::Formulas
            | Self::Emphasis
            | Self::LineBreaks
            | Self::Callouts
            | Self::Autolinks
            | Self::CodeLanguages
            | Self::PlainText
            | Self::Punctuation
            | Self::Emoji => None,
        }
    }
}
