//! What an authored catalogue says of each text: a README whose bullets say title, link, status and cross-posts.
//!
//! ```text
//! ## RLHF                                  →   section    RLHF
//! - [Draft] [KV 缓存](./kv.md)：入门笔记，        title      KV 缓存, a draft
//!   同样刊载于[知乎](https://zhuanlan…)和          primary    ./kv.md
//!   [英文版本](./kv_en.md)，参考 [vLLM](…)。       copies     https://zhuanlan…
//!                                              editions   English: ./kv_en.md
//!                                              references the link to vLLM
//! ```
//!
//! Reading is total: whatever is no entry is passed over. `SUMMARY.md` and docsify's `_sidebar.md` are read in the same
//! way; in these, a link that stands in no list is an entry, too, and so is a chapter whose text is still to be written.
//! `outline` finds headings and bullets, `bullet` reads one bullet, and here both are put together.

mod bullet;
mod kind;
mod outline;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use bullet::BulletReading;
use regex::{Captures, Regex};

use crate::text::Wording;
use crate::values::{Language, Status};
pub use kind::{CatalogueKind, is_frame};
use outline::{InlineText, Outline};

/// What a catalogue says of one text. Links are as written: nobody has looked where they lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// The line of the bullet, from 1.
    pub line: usize,
    /// The headings above it, outermost first, without the title of the document; then the titles of the bullets that
    /// it is nested below.
    pub section: Vec<String>,
    /// The lines of the bullets that it is nested below, outermost first; the last titles of the section are theirs.
    pub parents: Vec<usize>,
    /// Its title as plain text, without a status mark; nothing behind the first 300 characters.
    pub title: String,
    /// How far it has come; `None` when the bullet does not say.
    pub status: Option<Status>,
    /// Where the text itself is; none only in a table of contents, when nobody has written it yet: `[Appendix]()`.
    pub primary: Vec<CatalogueTarget>,
    /// The links that name a language, as precisely as they name it; one can lead to a primary target too.
    pub editions: Vec<(Language, CatalogueTarget)>,
    /// The links to copies that were published elsewhere; none leads to a primary target.
    pub copies: Vec<CatalogueTarget>,
    /// Every other link.
    pub references: Vec<CatalogueTarget>,
}

impl CatalogueEntry {
    /// The links that say where a text is: the text itself, its editions, its copies.
    pub fn targets(&self) -> impl Iterator<Item = &CatalogueTarget> {
        self.primary.iter().chain(self.editions.iter().map(|(_, target)| target)).chain(&self.copies)
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueTarget {
    /// Its text.
    pub text: String,
    /// Its destination as Markdown gives it: nothing is decoded or resolved.
    pub url: String,
    /// Its line, from 1.
    pub line: usize,
}

/// How many characters of a title are kept. Each entry repeats the titles above it, so that a title without an end
/// would cost the square of its length.
const LONGEST_TITLE: usize = 300;

/// How many titles above an entry are kept, the outermost ones, for the same reason.
const DEEPEST_SECTION: usize = 32;

/// Reads the entries of a catalogue in the order of its lines.
///
/// The text must not begin with front matter, which is a heading to Markdown; blank lines in its place keep the
/// lines of the entries right.
#[must_use]
pub fn read(text: &str, kind: CatalogueKind, wording: &Wording) -> Vec<CatalogueEntry> {
    let text = if kind == CatalogueKind::Sidebar { &wiki_links(text) } else { text };
    let outline = Outline::of(text, kind.is_contents(), |heading| is_switch(heading, wording));
    let mut readings: Vec<BulletReading> =
        outline.bullets.iter().map(|bullet| bullet::read(&bullet.written, wording)).collect();
    keep_fronts(&outline, &mut readings, wording);
    if kind.is_contents() {
        keep_drafts(&outline, &mut readings, wording);
    }
    let used = outline.bullets.iter().zip(&readings).filter(|(_, reading)| reading.links.is_some());
    let document = outline.document_title(kind, used.filter_map(|(bullet, _)| bullet.heading));

    let sections: Vec<(Vec<String>, Vec<usize>)> = (outline.bullets.iter().zip(&readings))
        .map(|(bullet, reading)| match reading.links {
            Some(_) => section(bullet, &outline, document, &readings),
            None => (Vec::new(), Vec::new()),
        })
        .collect();
    (outline.bullets.iter().zip(readings).zip(sections))
        .filter_map(|((bullet, reading), (section, parents))| {
            let links = reading.links?;
            Some(CatalogueEntry {
                line: bullet.line,
                section,
                parents,
                title: reading.title,
                status: reading.status,
                primary: links.primary,
                editions: links.editions,
                copies: links.copies,
                references: links.references,
            })
        })
        .collect()
}

/// The links of a wiki on GitHub as those of Markdown: `[[Page One]]`, `[[one|Page One]]` → `[one](<Page-One>)`.
fn wiki_links(text: &str) -> Cow<'_, str> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        let word = r"[^\[\]|<>\n]+";
        Regex::new(&format!(r"\[\[({word})(?:\|({word}))?\]\](\()?")).expect("a valid pattern")
    });
    LINK.replace_all(text, |link: &Captures<'_>| {
        // `[[a]](b)` is a link called “[a]”.
        if link.get(3).is_some() {
            return link[0].to_owned();
        }
        let page = link.get(2).map_or(&link[1], |page| page.as_str()).trim();
        format!("[{}](<{}>)", &link[1], page.replace(' ', "-"))
    })
}

/// A language that heads others is the first page of that language, and no link to another catalogue.
fn keep_fronts(outline: &Outline, readings: &mut [BulletReading], wording: &Wording) {
    let groups: BTreeSet<usize> = outline.bullets.iter().filter_map(|bullet| bullet.parent).collect();
    for at in groups {
        let InlineText { text, links, .. } = &outline.bullets[at].written;
        let [link] = links.as_slice() else { continue };
        let label = &text[link.range.clone()];
        let is_front = readings[at].links.is_none() && !link.url.is_empty() && !link.url.starts_with('#');
        if is_front && wording.language(label).is_some() && readings[at].title == title_of(label) {
            let target = CatalogueTarget { text: one_line(label), url: link.url.clone(), line: link.line };
            readings[at].links = Some(bullet::EntryLinks { primary: vec![target], ..Default::default() });
        }
    }
}

/// A chapter of a table of contents whose text is still to be written is an entry, unless it heads others.
fn keep_drafts(outline: &Outline, readings: &mut [BulletReading], wording: &Wording) {
    let groups: BTreeSet<usize> = outline.bullets.iter().filter_map(|bullet| bullet.parent).collect();
    for (at, (bullet, reading)) in outline.bullets.iter().zip(readings).enumerate() {
        let is_draft = bullet.written.links.len() == 1 && bullet.written.links[0].url.is_empty();
        if is_draft && !groups.contains(&at) && wording.language(&reading.title).is_none() {
            reading.links = Some(bullet::EntryLinks::default());
        }
    }
}

/// The titles above a bullet, outermost first, and the lines of those that are bullets.
fn section(
    bullet: &outline::Bullet,
    outline: &Outline,
    document: Option<usize>,
    readings: &[BulletReading],
) -> (Vec<String>, Vec<usize>) {
    let bullets = std::iter::successors(bullet.parent, |at| outline.bullets[*at].parent);
    let headings = std::iter::successors(bullet.heading, |at| outline.headings[*at].parent);
    let titles = bullets
        .map(|at| (&readings[at].title, Some(outline.bullets[at].line)))
        .chain(headings.filter(|at| Some(*at) != document).map(|at| (&outline.headings[at].title, None)));
    let mut titles: Vec<(&String, Option<usize>)> = titles.filter(|(title, _)| !title.is_empty()).collect();
    titles.reverse();
    titles.truncate(DEEPEST_SECTION);
    (titles.iter().map(|(title, _)| (*title).clone()).collect(), titles.iter().filter_map(|(_, line)| *line).collect())
}

/// Whether a heading only leads to the document in other languages: it names no section, and ends none.
fn is_switch(heading: &InlineText, wording: &Wording) -> bool {
    let mut rest = String::new();
    let mut at = 0;
    for link in &heading.links {
        rest.push_str(&heading.text[at..link.range.start]);
        rest.push(' ');
        at = link.range.end;
    }
    rest.push_str(&heading.text[at..]);
    wording.is_switch(heading.links.iter().map(|link| &heading.text[link.range.clone()]), &rest)
}

impl Outline {
    /// The heading that is the title of the document, given the headings that entries are directly below.
    ///
    /// That is the first heading of a document, when it is of level 1 and no list is above it. Some documents have
    /// sections of level 1 and no title: there, another heading of level 1 has entries too, and so has the first.
    fn document_title(&self, kind: CatalogueKind, used: impl Iterator<Item = usize>) -> Option<usize> {
        let first = self.headings.first().filter(|heading| heading.level == 1 && !heading.below_bullets)?;
        let root = |at: usize| std::iter::successors(Some(at), |at| self.headings[*at].parent).last().unwrap_or(at);
        let roots: BTreeSet<usize> = used.map(root).filter(|at| self.headings[*at].level == 1).collect();
        // mdBook takes this one for the title, and books write their chapters directly below it.
        let is_summary = kind == CatalogueKind::Summary || first.title.eq_ignore_ascii_case("summary");
        (is_summary || !roots.contains(&0) || roots.len() == 1).then_some(0)
    }
}

/// A title in one line, no longer than a title is.
fn title_of(text: &str) -> String {
    let cut = text.char_indices().nth(LONGEST_TITLE).map_or(text, |(at, _)| &text[..at]);
    one_line(cut)
}

/// A text with single spaces for white space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<CatalogueEntry> {
        super::read(text, CatalogueKind::List, &Wording::default())
    }

    /// Line, section and title of each entry.
    fn titles(text: &str) -> Vec<(usize, String, String)> {
        read(text).into_iter().map(|entry| (entry.line, entry.section.join(" > "), entry.title)).collect()
    }

    fn rows(rows: &[(usize, &str, &str)]) -> Vec<(usize, String, String)> {
        rows.iter().map(|(line, section, title)| (*line, (*section).to_owned(), (*title).to_owned())).collect()
    }

    #[test]
    fn an_entry_has_everything() {
        let text = "# Notes\n\n## 推理\n\n### 缓存\n\n- [Pending Review] [KV 缓存](./kv.md)：入门，同样刊载于\n  [知乎](https://zhuanlan.zhihu.com/p/1)和[英文版本](./kv_en.md)。参考 [vLLM](https://vllm.ai)。\n";
        let target = |text: &str, url: &str, line| CatalogueTarget { text: text.to_owned(), url: url.to_owned(), line };
        let english = Language::parse("en").unwrap();
        let entry = CatalogueEntry {
            line: 7,
            section: vec!["推理".to_owned(), "缓存".to_owned()],
            parents: Vec::new(),
            title: "KV 缓存".to_owned(),
            status: Some(Status::PendingReview),
            primary: vec![target("KV 缓存", "./kv.md", 7)],
            editions: vec![(english, target("英文版本", "./kv_en.md", 8))],
            copies: vec![target("知乎", "https://zhuanlan.zhihu.com/p/1", 8)],
            references: vec![target("vLLM", "https://vllm.ai", 8)],
        };
        let entries = [entry];
        assert_eq!(read(text), entries);
        assert_eq!(read(&text.replace('\n', "\r\n")), entries);
    }

    #[test]
    fn sections_are_headings_and_bullets() {
        let text = "\
# Notes

## [English](a.md) | [简体中文](b.md)

- [above](x.md)

## **RL** `infra` and [links](l.md)

- [one](x.md)

---

- [two](x.md)

Read this in: [English](a.md)
---

1. [three](x.md)
   * [four](x.md)
     + [five](x.md)

   Still three.

   * [six](x.md)
- **RLHF**：所有
  - [seven](x.md)
- 2024
  - [eight](x.md)

#### Deep

- [nine](x.md)

## Other
> # Quoted

- [ten](x.md)
";
        let rl = "RL infra and links";
        assert_eq!(
            titles(text),
            rows(&[
                (5, "", "above"),
                (9, rl, "one"),
                (13, rl, "two"),
                (18, rl, "three"),
                (19, &format!("{rl} > three"), "four"),
                (20, &format!("{rl} > three > four"), "five"),
                (24, &format!("{rl} > three"), "six"),
                (26, &format!("{rl} > RLHF"), "seven"),
                (28, &format!("{rl} > 2024"), "eight"),
                (32, &format!("{rl} > Deep"), "nine"),
                (37, "Other", "ten"),
            ])
        );
    }

    #[test]
    fn an_entry_is_on_the_line_of_its_bullet() {
        // Entries are told apart by their lines, so that two of one line would be nested in each other.
        for indent in ["\t", "    ", "  ", " \t"] {
            for parent in ["- Part", "- [Part](p.md)", "* Part", "1. Part"] {
                if parent.starts_with('1') && indent == "  " {
                    continue;
                }
                let text = format!("# Notes\n\n{parent}\n{indent}- [A](a.md)\n{indent}- [B](b.md)\n");
                for text in [text.clone(), text.replace('\n', "\r\n")] {
                    let entries = read(&text);
                    let below = entries.iter().filter(|entry| entry.title != "Part");
                    let found: Vec<_> = below.map(|entry| (entry.line, entry.parents.clone())).collect();
                    assert_eq!(found, [(4, vec![3]), (5, vec![3])], "{text:?}");
                }
            }
        }
    }

    #[test]
    fn the_title_of_the_document_is_no_section() {
        let sections =
            |text: &str| -> Vec<String> { titles(text).into_iter().map(|(_, section, _)| section).collect() };
        assert_eq!(sections("# Notes\n- [a](a)\n"), [""]);
        assert_eq!(sections("Notes\n=====\n## A\n- [a](a)\n"), ["A"]);
        assert_eq!(sections("# Notes\n# A\n- [a](a)\n# B\n- [b](b)\n"), ["A", "B"]);
        assert_eq!(sections("# Notes\n- [a](a)\n# License\nfree\n"), [""]);
        assert_eq!(sections("# A\n- [a](a)\n# B\n## C\n- [c](c)\n"), ["A", "B > C"]);
        assert_eq!(sections("- [a](a)\n# B\n- [b](b)\n"), ["", "B"]);
        assert_eq!(sections("## A\n- [a](a)\n# B\n- [b](b)\n"), ["A", "B"]);
        assert_eq!(sections("## [EN](e) · [中文](z)\n# Notes\n- [a](a)\n"), [""]);
    }

    #[test]
    fn a_summary_is_a_catalogue() {
        let text = "\
# Summary

[Preface](preface.md)

- [One](one.md)
  - [Draft]()
    - [Below](below.md)
      - [Lower](lower.md)
- [WIP] [Two](two.md)

# Part

- [Three](three.md)
";
        let found = [
            (5, "", "One"),
            (7, "One > Draft", "Below"),
            (8, "One > Draft > Below", "Lower"),
            (9, "", "Two"),
            (13, "Part", "Three"),
        ];
        assert_eq!(titles(text), rows(&found));
    }

    #[test]
    fn a_table_of_contents_has_chapters_outside_of_lists() {
        let text = "\
# 目录

[前言](preface.md)
[凡例](<how to.md>)

# 基础

- [一](one.md)
  - [草稿]()

# 进阶

- [二](two.md)

---

[**致谢**](thanks.md)

[Later]()
";
        let found = [
            (3, "", "前言"),
            (4, "", "凡例"),
            (8, "基础", "一"),
            (9, "基础 > 一", "草稿"),
            (13, "进阶", "二"),
            (17, "进阶", "致谢"),
            (19, "进阶", "Later"),
        ];
        let read = |kind| -> Vec<(usize, String, String)> {
            let entries = super::read(text, kind, &Wording::default());
            entries.into_iter().map(|entry| (entry.line, entry.section.join(" > "), entry.title)).collect()
        };
        assert_eq!(read(CatalogueKind::Summary), rows(&found));
        assert_eq!(read(CatalogueKind::List), rows(&[found[2], found[4]]));
    }

    #[test]
    fn a_sidebar_of_a_wiki_has_links_of_its_own() {
        for (text, url) in [
            ("* [[One]]", "One"),
            ("* [[ Page One ]]", "Page-One"),
            ("* [[One|Page One#part]]", "Page-One#part"),
            ("[[One]]", "One"),
            ("* [One](Page-One)", "Page-One"),
            ("* [[One](Page-One)]", "Page-One"),
        ] {
            let entries = super::read(text, CatalogueKind::Sidebar, &Wording::default());
            let found: Vec<&str> = entries.iter().map(|entry| entry.primary[0].url.as_str()).collect();
            assert_eq!(found, [url], "{text}");
            assert!(entries[0].title.ends_with("One"), "{text}");
        }
        let other = super::read("* [[One]](a.md)\n* [[One]", CatalogueKind::Sidebar, &Wording::default());
        assert_eq!((other.len(), other[0].primary[0].url.as_str()), (1, "a.md"));
        assert_eq!(read("* [[One]]"), []);
    }

    #[test]
    fn what_is_no_bullet() {
        for text in [
            "",
            "[a](a.md)\n",
            "<!-- - [a](a.md)\n\n- [b](b.md) -->\n",
            "```\n- [a](a.md)\n```\n",
            "    - [a](a.md)\n",
            "- \n      [a](a.md)\n",
            "- `[a](a.md)`\n",
            "- ![a](a.png)\n",
            "- <!-- [a](a.md) -->\n",
            "| [a](a.md) |\n|---|\n",
        ] {
            assert_eq!(titles(text), [], "{text}");
        }
    }

    #[test]
    fn input_without_an_end() {
        let nested = "- ".repeat(10_000) + "[a](a.md)";
        assert_eq!(titles(&nested), rows(&[(1, "", "a")]));
        let deep: String = (0..200).map(|depth| format!("{}- [{depth}](a.md)\n", "  ".repeat(depth))).collect();
        let deepest = read(&deep).pop().unwrap();
        assert_eq!((deepest.title.as_str(), deepest.section.len()), ("199", DEEPEST_SECTION));
        let long = format!("- [{0}](a.md)：{0}[知乎](https://zhihu.com/p/1){0}\n  - [b](b.md)\n", "字".repeat(300_000));
        let entries = read(&long);
        assert_eq!(entries[0].title.chars().count(), LONGEST_TITLE);
        assert_eq!(entries[0].copies.len(), 1);
        assert_eq!(entries[1].section, [entries[0].title.clone()]);
        for piece in [
            "[a](a)",
            "[中文] ",
            "[",
            "**a",
            "[中文](a)",
            "- [a](b)\n",
            "> - ",
            "# a\n",
            "[](",
            "以及",
            ":)\n  ",
            "![",
            "<",
        ] {
            let repeated = piece.repeat(20_000 / piece.len());
            read(&format!("- {repeated}"));
            read(&format!("- [a](a){repeated}"));
            read(&format!("- a{repeated}[中文](a)"));
        }
    }
}
