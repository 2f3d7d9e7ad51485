//! What the passes are called in a `book.toml`.

/// The passes that a book can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassName {
    /// Links between the editions of a note, and the language of each page's text.
    LanguageSwitch,
    /// Banners that lead to copies on other sites.
    CrossPost,
    /// Callouts that say how far a text has come.
    ReviewStatus,
    /// The notes in the order in which they were written, and reading elsewhere.
    LearningPath,
    /// Links that lead where a reader of the page expects them to.
    Links,
    /// Lines on pages that miss changes of their source.
    Freshness,
    /// A page that says how the notes of each section are.
    StatusBoard,
    /// Formulas as MathML.
    Formulas,
    /// Emphasis beside Chinese and Japanese characters.
    Emphasis,
    /// Line breaks of the source between Chinese and Japanese characters.
    LineBreaks,
    /// Diagrams in Mermaid.
    Diagrams,
    /// Callouts with titles in the page's language.
    Callouts,
    /// Addresses in the text as links.
    Autolinks,
    /// Blocks of code whose info string says more than a language.
    CodeLanguages,
    /// Text that mdBook would take for a definition list or for attributes.
    PlainText,
    /// Quotation marks, hyphens and dots that smart punctuation would turn the wrong way.
    Punctuation,
    /// Emoji that are written by their names.
    Emoji,
}

impl PassName {
    /// Every pass, in the order of the documentation.
    pub const ALL: &[Self] = &[
        Self::LanguageSwitch,
        Self::CrossPost,
        Self::ReviewStatus,
        Self::Freshness,
        Self::LearningPath,
        Self::StatusBoard,
        Self::Links,
        Self::Formulas,
        Self::Emphasis,
        Self::LineBreaks,
        Self::Diagrams,
        Self::Callouts,
        Self::Autolinks,
        Self::CodeLanguages,
        Self::PlainText,
        Self::Punctuation,
        Self::Emoji,
    ];

    /// The name in `passes = […]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LanguageSwitch => "language-switch",
            Self::CrossPost => "cross-post",
            Self::ReviewStatus => "review-status",
            Self::LearningPath => "learning-path",
            Self::Links => "links",
            Self::Freshness => "freshness",
            Self::StatusBoard => "status-board",
            Self::Formulas => "formulas",
            Self::Emphasis => "emphasis",
            Self::LineBreaks => "line-breaks",
            Self::Diagrams => "diagrams",
            Self::Callouts => "callouts",
            Self::Autolinks => "autolinks",
            Self::CodeLanguages => "code-languages",
            Self::PlainText => "plain-text",
            Self::Punctuation => "punctuation",
            Self::Emoji => "emoji",
        }
    }
}
