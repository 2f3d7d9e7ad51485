//! What an export has to say to an author: what is lost, what is said in another way, what there is to do by hand.
//!
//! A finding is one of the suite's diagnostics, so that each has a code that can be explained. How much it matters
//! follows from its code.

use std::fmt;

use mdbook_bilingual_core::diagnostic::{Code, Diagnostic};
use serde::Serialize;

/// What a finding means for the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// The author has something to do there.
    ByHand,
    /// The reader of the copy cannot have it.
    Lost,
    /// It is said in another way.
    Changed,
}

impl Grade {
    /// What a code means for the copy.
    #[must_use]
    pub fn of(code: Code) -> Self {
        match code {
            Code::CodeLanguage
            | Code::PictureByHand
            | Code::PictureSlow
            | Code::PictureUnpushed
            | Code::PostLimits
            | Code::PostUnsure
            | Code::SiteAddressMissing => Self::ByHand,
            Code::Callout
            | Code::CodePath
            | Code::Details
            | Code::FormulaRisky
            | Code::HeadingDepth
            | Code::LinkNoCopy
            | Code::LinksNumbered
            | Code::PictureInline
            | Code::QuoteDepth
            | Code::TableCell
            | Code::Task => Self::Changed,
            _ => Self::Lost,
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ByHand => "by hand",
            Self::Lost => "lost",
            Self::Changed => "changed",
        })
    }
}

/// What there is to say of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it means for the copy.
    pub grade: Grade,
    /// What is to be said.
    pub diagnostic: Diagnostic,
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { grade: Grade::of(diagnostic.code()), diagnostic }
    }
}
