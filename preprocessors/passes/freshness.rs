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

use maud::html;

use super::markup::{block, html_line, html_sentence, markdown_link, markdown_sentence, markdown_text};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::messages::{Argument, Piece};
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
        let line = Line::new(stage, page, note, edition, &translation.of.value, behind);
        let text = match stage.format {
            Format::Html => line.html(stage),
            Format::Markdown => line.markdown(stage),
        };
        edits.push(block(page, page.anatomy.banner, &text, Layer::Freshness));
    }
    edits
}

/// What the line says.
struct Line<'a> {
    sentence: Vec<Piece>,
    source: &'a Language,
    /// The page of the source edition, where it has one.
    link: Option<String>,
    /// The day of the last change.
    date: String,
    /// The web page that shows what changed, and what the link to it is called.
    difference: Option<(String, String)>,
}

impl<'a> Line<'a> {
    fn new(
        stage: &Stage<'_>,
        page: &Page,
        note: &Note,
        edition: &Edition,
        source: &'a Language,
        behind: &Behind,
    ) -> Self {
        let id = match (behind.commits, &behind.last) {
            (Some(_), Some(_)) => "freshness-changes-on",
            (Some(_), None) => "freshness-changes",
            (None, Some(_)) => "freshness-changed-on",
            (None, None) => "freshness-changed",
        };
        let language = &edition.language.value;
        let arguments = [("changes", Argument::Count(behind.commits.unwrap_or_default()))];
        let difference = difference(stage, note, source, behind);
        Self {
            sentence: stage.messages.sentence(language, id, &arguments, &["source", "date"]),
            source,
            link: note.counterpart(source).map(|(_, to)| stage.link(page, to)),
            date: behind.last.as_ref().map(|commit| commit.day.to_string()).unwrap_or_default(),
            difference: difference.map(|url| (url, stage.messages.text(language, "freshness-difference", &[]))),
        }
    }

    fn html(&self, stage: &Stage<'_>) -> String {
        let source = self.source;
        let (name, direction) = (stage.config.autonym(source), stage.direction(source));
        let named = html! {
            @match &self.link {
                Some(link) => a href=(link) hreflang=(source) lang=(source) dir=[direction] rel="alternate" { (name) },
                None => span lang=(source) dir=[direction] { (name) },
            }
        };
        let date = html! { time datetime=(self.date) { (self.date) } };
        html_line(html! {
            aside.freshness role="note" data-pagefind-ignore {
                p {
                    (html_sentence(&self.sentence, &[named, date]))
                    @if let Some((url, text)) = &self.difference {
                        " " a rel="external" href=(url) { (text) }
                    }
                }
            }
        })
    }

    fn markdown(&self, stage: &Stage<'_>) -> String {
        let name = markdown_text(stage.config.autonym(self.source));
        let named = match &self.link {
            Some(link) => markdown_link(&name, link),
            None => name,
        };
        let mut line = format!("> {}", markdown_sentence(&self.sentence, &[named, self.date.clone()]));
        if let Some((url, text)) = &self.difference {
            line.push_str(&format!(" {}", markdown_link(&markdown_text(text), url)));
        }
        line
    }
}

/// The web page that shows what the source edition's file has gained.
fn difference(stage: &Stage<'_>, note: &Note, source: &Language, behind: &Behind) -> Option<String> {
    let files = &stage.notebook.files;
    let path = files.reals.get(note.edition(source)?.source.as_ref()?)?;
    files.repository.difference(&behind.since.as_ref()?.id, &behind.last.as_ref()?.id, path)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{behind, edition, pages, translation};
    use super::*;
    use crate::notebook::Freshness;

    const FILES: &[(&str, &str)] = &[
        ("SUMMARY.md", "[K](zh/k.md)\n[K](en/k.md)\n"),
        ("zh/k.md", "# 显存\n\n中文。\n"),
        ("en/k.md", "# Memory\n\nText.\n"),
    ];

    /// The English page when it misses this of the Chinese one.
    fn english(files: &[(&str, &str)], format: Format, behind: Behind) -> String {
        let mut pages = pages("freshness", files, format, |notebook| {
            edition(notebook, "en/k.md").translation = translation("zh-CN", Freshness::Behind(behind));
        });
        pages.remove("en/k.md").unwrap()
    }

    #[test]
    fn one_line_with_the_number_the_day_and_two_links() {
        assert_eq!(
            english(FILES, Format::Html, behind()),
            "# Memory\n\n<aside class=\"freshness\" role=\"note\" data-pagefind-ignore><p>The \
             <a href=\"../zh/k.html\" hreflang=\"zh-CN\" lang=\"zh-CN\" rel=\"alternate\">简体中文</a> original has 3 \
             newer changes, the last of <time datetime=\"2025-12-01\">2025-12-01</time>. <a rel=\"external\" \
             href=\"https://github.com/o/r/compare/1a2b...3c4d#diff-\
             64fbc28f6f3d22ecbe4c0afbccf43381ef4f6a2013e71f01624dbd938a6daeee\">See what changed</a></p></aside>\n\n\
             Text.\n"
        );
        assert_eq!(
            english(FILES, Format::Markdown, Behind { commits: Some(1), ..behind() }),
            "# Memory\n\n> The [简体中文](../zh/k.md) original has 1 newer change, of 2025-12-01. [See what \
             changed](https://github.com/o/r/compare/1a2b...3c4d#diff-\
             64fbc28f6f3d22ecbe4c0afbccf43381ef4f6a2013e71f01624dbd938a6daeee)\n\nText.\n"
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let said = |behind| {
            let page = english(FILES, Format::Markdown, behind);
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
        let page = english(&files, Format::Html, without(None));
        assert!(page.contains("The <span lang=\"zh-CN\">简体中文</span> original has changed"), "{page}");
    }

    #[test]
    fn a_page_in_step_shows_nothing_more() {
        for freshness in
            [Freshness::InStep, Freshness::Unknown, Freshness::Behind(Behind { is_worth_saying: false, ..behind() })]
        {
            let pages = pages("freshness", FILES, Format::Html, |notebook| {
                edition(notebook, "en/k.md").translation = translation("zh-CN", freshness);
            });
            assert_eq!(pages["en/k.md"], "# Memory\n\nText.\n");
        }
    }
}
