//! Whether the editions of a note have the same headings.
//!
//! ```text
//! a.md             a_en.md
//! # 标题           # Title
//! ## 安装          ## Setup
//! ### 参数         ## Usage         →     “参数” has no counterpart in a_en.md, where “Usage” (line 7) stands instead
//! ## 用法
//! ```
//!
//! Titles do not count, since front matter may hold them, and neither do headings that only lead to other languages.

use super::super::outline::Heading;
use super::*;

impl<'a> Truth<'a> {
    /// Which editions have a heading that their source edition lacks, or the other way round.
    pub(super) fn headings(&mut self) {
        for (note, editions) in self.notes() {
            let said = note.editions.iter().find_map(|edition| note.edition(&edition.translation.as_ref()?.of.value));
            let source = said.unwrap_or(&note.editions[note.source()]);
            let Some(of_source) = self.outline(source) else { continue };
            for edition in editions {
                let Some(own) = self.outline(edition).filter(|_| !std::ptr::eq(edition, source)) else { continue };
                let Some(at) = first_difference(&of_source, &own) else { continue };
                // The longer text has the heading that the other one lacks.
                let more_in_source = of_source.len() >= own.len();
                let (here, there) = if more_in_source { (&of_source, &own) } else { (&own, &of_source) };
                let (file, other) = if more_in_source { (source, edition) } else { (edition, source) };
                let heading = here[at];
                let stands = match there.get(at) {
                    Some(stands) => format!("where “{}” in line {} stands instead", stands.text.trim(), stands.line),
                    None => match there.last() {
                        Some(last) => format!("whose last heading is “{}” in line {}", last.text.trim(), last.line),
                        None => "which has none".to_owned(),
                    },
                };
                let message = format!(
                    "the heading “{}” has no counterpart in {}, {stands}; give both editions the same headings",
                    heading.text.trim(),
                    other.file
                );
                let place = Place { line: Some(heading.line), ..Place::file(&file.file) };
                self.report(Code::OutlineDiffers, place, message);
            }
        }
    }

    /// The headings that count; `None` when nobody can tell them all.
    fn outline(&self, edition: &Edition) -> Option<Vec<&'a Heading>> {
        let anatomy = &self.page(edition)?.written;
        // What a file includes may have headings of its own, and a text that nobody has written yet has none.
        if !anatomy.includes.is_empty() || edition.blank {
            return None;
        }
        let real = anatomy.headings.iter().filter(|heading| heading.level > 0 && !heading.is_switch);
        Some(
            real.enumerate().filter(|(at, heading)| *at > 0 || heading.level > 1).map(|(_, heading)| heading).collect(),
        )
    }
}

/// The position of the first heading that is of another level in the other text, or that is not there.
fn first_difference(ours: &[&Heading], theirs: &[&Heading]) -> Option<usize> {
    let same = ours.iter().zip(theirs).take_while(|(our, their)| our.level == their.level).count();
    (same < ours.len().max(theirs.len())).then_some(same)
}
