//! The levels of headings, moved to those that a platform has.

use mdbook_bilingual_core::diagnostic::Code;

use crate::document::{Kind, Node};
use crate::note::Note;
use crate::platform::Deeper;

/// How levels are moved.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Levels {
    /// The level that every heading is moved down by.
    by: u8,
    /// Where the title begins, if it goes apart.
    pub(crate) title: Option<usize>,
}

impl Levels {
    /// The levels of a note: all go down together where its highest heading is too high.
    pub(crate) fn of(nodes: &[Node], note: &Note<'_>) -> Self {
        let title = note.title_heading(nodes).map(|at| nodes[at].range.start);
        let mut highest = None;
        for node in nodes {
            node.walk(&mut |node| {
                if let Kind::Heading(level) = node.kind
                    && Some(node.range.start) != title
                {
                    highest = Some(highest.map_or(level, |highest: u8| highest.min(level)));
                }
            });
        }
        let first = note.export.platform.headings.first;
        Self { by: highest.map_or(0, |highest| first.saturating_sub(highest)), title }
    }
}

impl Note<'_> {
    /// The level that a heading would have, which may be deeper than the platform has one; that is told.
    pub(crate) fn move_heading(&mut self, level: u8, levels: &Levels, at: usize) -> u8 {
        let headings = &self.export.platform.headings;
        let wanted = level + levels.by;
        if wanted != level || wanted > headings.last {
            let message = format!(
                "{} has headings from level {} to {}: levels are moved{}",
                self.platform_name(),
                headings.first,
                headings.last,
                if headings.deeper == Deeper::Bold { ", and deeper ones are lines in bold" } else { "" }
            );
            self.find_once(Code::HeadingDepth, "", at, message);
        }
        wanted
    }
}
