//! What a renderer reads, and what depends on it: nothing else in a pass asks for it.

use super::markup::{Attributes, Block, Paragraph, html, markdown};
use crate::host::Format;
use crate::values::PagePath;

/// As what a format shows formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormulasAs {
    /// MathML, which browsers show by themselves.
    MathMl,
    /// TeX between dollars, for programs that know it.
    Tex,
}

impl Format {
    /// Blocks as the text of a page; empty where the format leaves all of them out.
    pub(super) fn write(self, blocks: &[Block<'_>]) -> String {
        match self {
            Self::Html => html::write(blocks),
            Self::Markdown => markdown::write(blocks),
        }
    }

    /// What begins and ends an element around the text of a page; `None` where a format has no elements. A `title`
    /// is the first in it.
    pub(super) fn around(
        self,
        name: &'static str,
        attributes: &Attributes<'_>,
        title: Option<&Paragraph<'_>>,
    ) -> Option<(String, String)> {
        match self {
            Self::Html => {
                let (mut begin, end) = html::around(name, attributes);
                begin.extend(title.map(html::paragraph));
                Some((begin, end))
            }
            Self::Markdown => None,
        }
    }

    /// A link from one page to another.
    pub(super) fn link(self, from: &PagePath, to: &PagePath) -> String {
        match self {
            Self::Html => to.link_from(from),
            Self::Markdown => to.markdown_link_from(from),
        }
    }

    /// Whether mdBook makes pages of it: with a title in the window, with ids that a heading says in braces, and not where
    /// an end tag stops it.
    pub(super) fn is_for_mdbook(self) -> bool {
        match self {
            Self::Html => true,
            Self::Markdown => false,
        }
    }

    /// As what it shows formulas.
    pub(super) fn formulas(self) -> FormulasAs {
        match self {
            Self::Html => FormulasAs::MathMl,
            Self::Markdown => FormulasAs::Tex,
        }
    }
}
