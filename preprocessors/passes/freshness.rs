//! Says in one line that a page misses changes of the edition that it was translated from.
//!
//! ```text
//! # KV cache     →     # KV cache
//!
//!                      The 简体中文 original has 3 newer changes, the last of 2025-12-01. See what changed
//! ```
//!
//! The language's name leads to the fresher edition, the last words to the repository's web page. What is not known is
//! left out: the number where only the text itself tells that it changed, the difference without a commit to begin at.
//! A page in step shows nothing.

use super::markup::{Aside, Attributes, Block, Inline, MarkupLink};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::messages::Argument;
use crate::notebook::freshness::Behind;
use crate::notebook::{Edition, Note, Page};
use crate::values::Language;

/// One line for each page that is behind.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let Some((note, edition)) = stage.notebook.shown(page) else { continue };
        let Some(translation) = &edition.translation else { continue };
        let Some(behind) = translation.behind() else { continue };
        let text = line(stage, page, (note, edition), &translation.of.value, behind);
        let attributes = Attributes::class("freshness");
        let aside = Block::Aside(Aside { attributes, lead: None, title: None, text });
        edits.extend(splices::blocks(stage, page, page.anatomy.banner, &[aside], Layer::Freshness));
    }
    edits
}

/// What the line says.
fn line<'v>(
    stage: &'v Stage<'_>,
    page: &Page,
    (note, edition): (&Note, &Edition),
    source: &'v Language,
    behind: &Behind,
) -> Vec<Inline<'v>> {
    let id = match (behind.commits, &behind.last) {
        (Some(_), Some(_)) => "freshness-changes-on",
        (Some(_), None) => "freshness-changes",
        (None, Some(_)) => "freshness-changed-on",
        (None, None) => "freshness-changed",
    };
    let language = &edition.language.value;
    let arguments = [("changes", Argument::Count(behind.commits.unwrap_or_default()))];
    // Without a page of its own it has no link.
    let named = match note.counterpart(source) {
        Some((_, to)) => {
            let link = MarkupLink::new(stage.link(page, to), stage.config.autonym(source));
            link.target(stage.to_language(source).with("rel", "alternate")).into()
        }
        None => stage.named(source),
    };
    let day = behind.last.iter().map(|commit| Inline::Day(commit.day)).collect();
    let mut line = stage.sentence(language, id, &arguments, &[("source", vec![named]), ("date", day)]);
    if let Some(url) = difference(stage, note, source, behind) {
        let link = MarkupLink::new(url, stage.text(language, "freshness-difference"));
        line.extend([Inline::text(" "), link.kind(Attributes::default().with("rel", "external")).into()]);
    }
    line
}

/// The web page that shows what the source edition's file has gained.
fn difference(stage: &Stage<'_>, note: &Note, source: &Language, behind: &Behind) -> Option<String> {
    let files = &stage.notebook.files;
    let path = files.reals.get(note.edition(source)?.source.as_ref()?)?;
    files.repository.difference(&behind.since.as_ref()?.id, &behind.last.as_ref()?.id, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::Freshness;
    use crate::passes::test_book::{behind, edition, pages, translation};

    const FILES: &[(&str, &str)] = &[
        ("SUMMARY.md", "[K](zh/k.md)\n[K](en/k.md)\n"),
        ("zh/k.md", "# 显存\n\n中文。\n"),
        ("en/k.md", "# Memory\n\nText.\n"),
    ];

    /// The English page when it misses this of the Chinese one.
    fn english(files: &[(&str, &str)], renderer: &str, behind: Behind) -> String {
        let mut pages = pages(crate::read, "freshness", files, renderer, |notebook| {
            edition(notebook, "en/k.md").translation = translation("zh-CN", Freshness::Behind(behind));
        });
        pages.remove("en/k.md").unwrap()
    }

    #[test]
    fn one_line_with_the_number_the_day_and_two_links() {
        assert_eq!(
            english(FILES, "html", behind()),
            "# Memory\n\n<aside class=\"freshness\" role=\"note\" data-pagefind-ignore><p>The \
             <a href=\"../zh/k.html\" hreflang=\"zh-CN\" lang=\"zh-CN\" rel=\"alternate\">简体中文</a> original has 3 \
             newer changes, the last of <time datetime=\"2025-12-01\">2025-12-01</time>. <a rel=\"external\" \
             href=\"https://github.com/o/r/compare/1a2b...3c4d#diff-\
             64fbc28f6f3d22ecbe4c0afbccf43381ef4f6a2013e71f01624dbd938a6daeee\">See what changed</a></p></aside>\n\n\
             Text.\n"
        );
        assert_eq!(
            english(FILES, "markdown", Behind { commits: Some(1), ..behind() }),
            "# Memory\n\n> The [简体中文](../zh/k.md) original has 1 newer change, of 2025-12-01. [See what \
             changed](https://github.com/o/r/compare/1a2b...3c4d#diff-\
             64fbc28f6f3d22ecbe4c0afbccf43381ef4f6a2013e71f01624dbd938a6daeee)\n\nText.\n"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let said = |behind| {
            let page = english(FILES, "markdown", behind);
            page.lines().find_map(|line| line.strip_prefix("> ")).unwrap().to_owned()
        };
        let source = "The [简体中文](../zh/k.md) original";
        let without = |commits| Behind { commits, last: None, since: None, ..behind() };
        assert_eq!(said(without(Some(2))), format!("{source} has 2 newer changes."));
        assert_eq!(said(without(None)), format!("{source} has changed since this translation."));
        assert_eq!(
            said(Behind { commits: None, since: None, ..behind() }),
            format!("{source} has changed since this translation, last on 2025-12-01.")
        );
        // Only a page that is in the book can be linked.
        let files = [("SUMMARY.md", "[K](en/k.md)\n"), ("zh/k.md", ""), FILES[2]];
        let page = english(&files, "html", without(None));
        assert!(page.contains("The <span lang=\"zh-CN\">简体中文</span> original has changed"), "{page}");
    }

    #[test]
    fn a_page_in_step_shows_nothing_more() {
        for freshness in
            [Freshness::InStep, Freshness::Unknown, Freshness::Behind(Behind { is_worth_saying: false, ..behind() })]
        {
            let pages = pages(crate::read, "freshness", FILES, "html", |notebook| {
                edition(notebook, "en/k.md").translation = translation("zh-CN", freshness);
            });
            assert_eq!(pages["en/k.md"], "# Memory\n\nText.\n");
        }
    }
}
