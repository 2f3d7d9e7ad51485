//! Whether the editions of a note have the same headings.
//!
//! ```text
//! a.md             a_en.md
//! # 标题           # Title
//! ## 安装          ## Setup
//! ### 参数         ## Usage         →     “参数” has no counterpart: a_en.md:3 has “Usage” in its place
//! ## 用法
//! ```
//!
//! Titles do not count, since front matter may hold them, and neither do headings that only lead to other languages.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::Anatomy;
use crate::markdown::outline::Heading;
use crate::notebook::Edition;

/// Which editions have a heading that their source edition lacks, or the other way round.
pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (note, editions) in checked.notes() {
        // Catalogues list what there is in their language, and that differs.
        if note.catalogue {
            continue;
        }
        let said = note.editions.iter().find_map(|edition| note.edition(&edition.translation.as_ref()?.of.value));
        let source = said.unwrap_or(&note.editions[note.source()]);
        let Some(of_source) = outline_of(checked, source) else { continue };
        for edition in editions {
            let Some(own) = outline_of(checked, edition).filter(|_| !std::ptr::eq(edition, source)) else { continue };
            let Some(at) = first_difference(&of_source, &own) else { continue };
            // The longer text has the heading that the other one lacks.
            let more_in_source = of_source.len() >= own.len();
            let (here, there) = if more_in_source { (&of_source, &own) } else { (&own, &of_source) };
            let (file, other) = if more_in_source { (source, edition) } else { (edition, source) };
            let (heading, other) = (here[at], &other.file);
            let message = told(heading, at, there, other, here.len() == there.len());
            let place = Place::line(&file.file, heading.line).spanning(heading.range.clone());
            diagnostics.push(Diagnostic::new(Code::OutlineDiffers, message).at(place));
        }
    }
}

/// The headings that count; `None` when nobody can tell them all.
fn outline_of<'a>(checked: &Checked<'a>, edition: &Edition) -> Option<Vec<&'a Heading>> {
    let anatomy = &checked.page(edition)?.written;
    // What a file includes may have headings of its own, and a text that nobody has written yet has none.
    if anatomy.goes_on_elsewhere() || edition.blank {
        return None;
    }
    Some(outline(anatomy))
}

/// The headings of a text, without its title and without those that lead to other languages.
fn outline(anatomy: &Anatomy) -> Vec<&Heading> {
    let real = anatomy.headings.iter().filter(|heading| heading.level > 0 && !heading.is_switch);
    let is_title = |at: usize, heading: &Heading| at == 0 && heading.level == 1;
    real.enumerate().filter(|(at, heading)| !is_title(*at, heading)).map(|(_, heading)| heading).collect()
}

/// What is wrong with a heading, and where the other text differs.
fn told(heading: &Heading, at: usize, there: &[&Heading], other: &str, is_level: bool) -> Message {
    let name = |heading: &Heading| heading.text.trim().to_owned();
    let own = name(heading);
    let lacks = match (there.get(at), there.last()) {
        (Some(stands), _) if is_level => {
            return Message::new(
                format!(
                    "the heading “{own}” is of level {}, and “{}” in its place, {other}:{}, is of level {}",
                    heading.level,
                    name(stands),
                    stands.line,
                    stands.level
                ),
                "make the two agree",
            );
        }
        (Some(stands), _) => format!("{other}:{} has “{}” in its place", stands.line, name(stands)),
        (None, Some(last)) => format!("{other}:{} has the last one, “{}”", last.line, name(last)),
        (None, None) => format!("{other} has no headings"),
    };
    Message::new(format!("the heading “{own}” has no counterpart: {lacks}"), "give both editions the same headings")
}

/// The position of the first heading that is of another level in the other text, or that is not there.
fn first_difference(ours: &[&Heading], theirs: &[&Heading]) -> Option<usize> {
    let same = ours.iter().zip(theirs).take_while(|(our, their)| our.level == their.level).count();
    (same < ours.len().max(theirs.len())).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn difference(ours: &str, theirs: &str) -> Option<String> {
        let (ours, theirs) = (Anatomy::of(ours, 0, &Wording::default()), Anatomy::of(theirs, 0, &Wording::default()));
        let (ours, theirs) = (outline(&ours), outline(&theirs));
        let at = first_difference(&ours, &theirs)?;
        Some(told(ours[at], at, &theirs, "b.md", ours.len() == theirs.len()).to_string())
    }

    #[test]
    fn the_first_heading_without_a_counterpart() {
        for (theirs, lacks) in [
            ("# T\n## x\n## z\n", "“B” has no counterpart: b.md:3 has “z” in its place"),
            ("## x\n### y\n", "“C; D” has no counterpart: b.md:2 has the last one, “y”"),
            ("# T\n\ntext\n", "“A” has no counterpart: b.md has no headings"),
            (
                "# T\n## x\n## y\n## z\n",
                "“B” is of level 3, and “y” in its place, b.md:3, is of level 2; make the two agree",
            ),
        ] {
            let said = difference("# 标题\n\n## A\n### B\n## C; D\n", theirs).expect(theirs);
            assert!(said.starts_with(&format!("the heading {lacks}")), "{theirs}: {said}");
        }
    }

    #[test]
    fn titles_and_switches_do_not_count() {
        let ours = "# [English](a_en.md) | [简体中文](a.md)\n# 标题\n## A\n";
        for theirs in ["# Title\n## A\n", "## A\n", "[中文](a.md)\n\n# Title\n## A\n"] {
            assert_eq!(difference(ours, theirs), None, "{theirs}");
        }
    }
}
