//! The lines of a note that lead to its other editions and to its copies elsewhere.
//!
//! ```text
//! # 标题
//!
//! 【[English](x_en.md) | [中文](x.md)】          ←  a switch line: links that name languages, and nothing else
//! > 本文同步发表于[知乎](https://…)               ←  a line about a copy: its links lead to a place for articles
//!
//! 正文……参考了[知乎](https://…)上的文章。          ←  a sentence of the text
//! ```
//!
//! They are facts, and in the way once the suite says the same on every page. They stand at the top, above the first
//! heading of the text; a line about a copy may also be the last line.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::markdown::line_start;
use crate::markdown::link::Link;
use crate::platforms::{CrossPost, Platform, linkable};
use crate::text::{Prose, Wording};
use crate::values::Language;

/// How many blocks below the title may still be above the text.
const BLOCKS: usize = 6;

/// How many bytes such a line can have, with the addresses of its links and the HTML around them.
const LONGEST: usize = 4_000;

/// How many letters outside of its links a line about a copy may have.
const LETTERS: usize = 60;

/// How many characters and words a text may have that does no more than lead elsewhere.
const SLIGHT: usize = 40;

/// In how many blocks below its title.
const SLIGHT_BLOCKS: usize = 3;

/// A line that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The bytes of the line with its line break, or of the lines.
    pub range: Range<usize>,
    /// Where it leads, and what the links name.
    pub targets: Vec<LeadTarget>,
    /// Its line, from 1.
    pub line: usize,
    /// Whether it says that the text was published there; a switch line says what it is by its links.
    pub says: bool,
    /// Whether it says nothing else, so that nothing is lost with it.
    pub only: bool,
}

/// One link of such a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeadTarget {
    /// The language that the link names.
    pub language: Option<Language>,
    /// Where it leads, as written.
    pub destination: String,
}

/// A block at the top level of a text.
pub(crate) struct TopBlock {
    pub(crate) shape: Shape,
    pub(crate) range: Range<usize>,
}

/// What a block is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The title.
    Title,
    /// A heading of the text.
    Heading,
    /// A heading that is a switch line.
    Switch,
    /// A paragraph, a quotation or a list: lines can be taken out of it one by one.
    Lines,
    /// HTML or a table, which is one piece.
    Html,
    /// Anything else.
    Text,
}

/// Whether links and what stands beside them only lead to other languages.
pub(crate) fn is_switch<'a>(links: impl IntoIterator<Item = &'a Link>, outside: &str, wording: &Wording) -> bool {
    let links = links.into_iter().filter(|link| !link.image);
    wording.is_switch(links.flat_map(|link| &link.labels).map(String::as_str), outside)
}

/// The switch lines and the lines about copies.
///
/// `links` are the links where readers see them, in order.
pub(crate) fn find(text: &str, blocks: &[TopBlock], links: &[&Link], wording: &Wording) -> (Vec<Lead>, Vec<Lead>) {
    let (mut switches, mut copies) = (Vec::new(), Vec::new());
    let above = |blocks: &[TopBlock]| {
        let first = blocks.iter().position(|block| block.shape == Shape::Title).map_or(0, |at| at + 1);
        let heading = blocks[first..].iter().position(|block| block.shape == Shape::Heading);
        heading.map_or(blocks.len(), |at| first + at).min(first + BLOCKS)
    };
    let top = above(blocks);
    // A block can end on the line that the next one begins on, behind its indentation.
    let mut read = 0;
    let mut pieces_of = |block: &TopBlock| -> Vec<LinkLine> {
        let ranges: Vec<_> = pieces(text, block).into_iter().filter(|range| range.start >= read).collect();
        read = ranges.last().map_or(read, |range| range.end);
        ranges.into_iter().filter_map(|range| LinkLine::of(text, range, links)).collect()
    };
    for block in &blocks[..top] {
        let pieces = pieces_of(block);
        let leads = |piece: &LinkLine<'_>| is_switch(piece.links.iter().copied(), &piece.outside, wording);
        let switches_here: Vec<bool> = pieces.iter().map(leads).collect();
        let has_switch = switches_here.contains(&true);
        for (piece, is_switch) in pieces.into_iter().zip(switches_here) {
            // In a list of languages, the one of this text is often no link.
            let names_itself = || piece.links.is_empty() && wording.language(&piece.outside).is_some();
            if is_switch || has_switch && names_itself() {
                let targets = piece.links.iter().filter(|link| !link.image).map(|link| LeadTarget {
                    language: link.labels.iter().find_map(|label| wording.language(label)).cloned(),
                    destination: link.destination.clone(),
                });
                switches.push(Lead { targets: targets.collect(), range: piece.range, line: 0, says: true, only: true });
            } else if block.shape == Shape::Lines {
                copies.extend(piece.copy(wording));
            }
        }
    }
    if let Some(last) = blocks.last().filter(|block| block.shape == Shape::Lines && blocks.len() > top) {
        copies.extend(pieces_of(last).into_iter().filter_map(|piece| piece.copy(wording)));
    }
    (switches, copies)
}

/// What there is to read in switch lines: names of languages, which tell nothing of the one that the text is in.
pub(crate) fn names(text: &str, blocks: &[TopBlock], links: &[&Link], switches: &[Lead]) -> Prose {
    let mut prose = Prose::default();
    // HTML at block level is not read.
    let is_html = |lead: &&Lead| {
        let is_in = |block: &TopBlock| block.range.start < lead.range.end && lead.range.start < block.range.end;
        blocks
            .iter()
            .any(|block| block.shape == Shape::Html && text[block.range.clone()].starts_with('<') && is_in(block))
    };
    for lead in switches.iter().filter(|lead| !is_html(lead)) {
        let Some(piece) = LinkLine::of(text, lead.range.clone(), links) else { continue };
        prose.read(&piece.outside);
        // A picture in a link calls both the same.
        let is_inside = |link: &&Link| {
            let is_around = |other: &&Link| {
                other.whole != link.whole && other.whole.start <= link.whole.start && link.whole.end <= other.whole.end
            };
            piece.links.iter().any(is_around)
        };
        let links = piece.links.iter().filter(|link| !is_inside(link));
        links.flat_map(|link| &link.labels).for_each(|label| prose.read(label));
    }
    prose
}

/// Where the links of a text lead that has nothing of its own to read: a title, lines that lead to its other languages,
/// links to texts elsewhere, and beside them one short sentence at most, which goes with such a link or names a site.
/// `None` for any other text.
pub(crate) fn elsewhere(text: &str, blocks: &[TopBlock], links: &[&Link], switches: &[Lead]) -> Option<Vec<CrossPost>> {
    let (mut said, mut posts, mut rest, mut names) = (Prose::default(), Vec::new(), 0, false);
    for block in blocks {
        match block.shape {
            Shape::Title | Shape::Switch => continue,
            Shape::Html if text[block.range.clone()].trim().starts_with("<!--") => continue,
            Shape::Lines if rest < SLIGHT_BLOCKS => rest += 1,
            _ => return None,
        }
        for range in pieces(text, block) {
            if switches.iter().any(|lead| lead.range.start <= range.start && range.end <= lead.range.end) {
                continue;
            }
            let piece = LinkLine::of(text, range, links)?;
            // What mdBook puts there is a text.
            if piece.links.iter().any(|link| link.image) || piece.outside.contains("{{#") {
                return None;
            }
            let (outside, bare) = without_addresses(&piece.outside);
            // More than one sentence is a text.
            if outside
                .trim_end_matches(|c: char| !c.is_alphanumeric())
                .contains(['。', '！', '？', '!', '?', ';', '；'])
            {
                return None;
            }
            said.read(&outside);
            let lower = outside.to_lowercase();
            names |= Platform::all_names().any(|name| lower.contains(name));
            for address in piece.links.iter().map(|link| link.destination.clone()).chain(bare) {
                posts.push(CrossPost::new(None, &address).ok()?);
            }
        }
    }
    // A sentence that leads nowhere is a text, however short.
    let leads = !posts.is_empty() || names || said == Prose::default();
    (leads && said.characters() + said.words() <= SLIGHT).then_some(posts)
}

/// The bare addresses of a line, and the line without them.
fn without_addresses(outside: &str) -> (String, Vec<String>) {
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"https?://[^\s()<>"'（）《》【】「」，。；]+"#).expect("a valid pattern"));
    let bare = BARE.find_iter(outside).map(|found| found.as_str().to_owned()).collect();
    (BARE.replace_all(outside, " ").into_owned(), bare)
}

/// The lines of a block, each with its line break; a block that is one piece is one.
fn pieces(text: &str, block: &TopBlock) -> Vec<Range<usize>> {
    let end = text[block.range.end..].find('\n').map_or(text.len(), |at| block.range.end + at + 1);
    let end = if text[..block.range.end].ends_with('\n') { block.range.end } else { end };
    let start = line_start(text, block.range.start);
    match block.shape {
        Shape::Switch | Shape::Html => std::iter::once(start..end).collect(),
        Shape::Lines => {
            let mut at = start;
            let lines = text[start..end].split_inclusive('\n').map(|line| {
                at += line.len();
                at - line.len()..at
            });
            lines.collect()
        }
        Shape::Title | Shape::Heading | Shape::Text => Vec::new(),
    }
}

/// A line and the links on it.
struct LinkLine<'a> {
    range: Range<usize>,
    links: Vec<&'a Link>,
    /// What stands outside of the links.
    outside: String,
}

impl<'a> LinkLine<'a> {
    /// `None` where a link does not end on the line, or is defined on it.
    fn of(text: &str, range: Range<usize>, links: &[&'a Link]) -> Option<Self> {
        if range.len() > LONGEST {
            return None;
        }
        let from = links.partition_point(|link| link.whole.start < range.start);
        let inside: Vec<&Link> =
            links[from..].iter().copied().take_while(|link| link.whole.start < range.end).collect();
        if inside.iter().any(|link| link.whole.end > range.end) {
            return None;
        }
        let mut outside = String::new();
        let mut at = range.start;
        for link in &inside {
            // An image can stand inside of a link.
            if link.whole.start >= at {
                outside.push_str(&text[at..link.whole.start]);
                outside.push(' ');
                at = link.whole.end;
            }
        }
        outside.push_str(&text[at..range.end]);
        static TAG: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"</?[A-Za-z][^<>]*>|&nbsp;").expect("a valid pattern"));
        if outside.contains(['<', '&']) {
            outside = TAG.replace_all(&outside, " ").into_owned();
        }
        Some(Self { range, links: inside, outside })
    }

    /// The line as one about copies: short, and with no link but to places for articles.
    fn copy(self, wording: &Wording) -> Option<Lead> {
        if self.links.is_empty() && !self.outside.contains("://") {
            return None;
        }
        let (outside, bare) = without_addresses(&self.outside);
        let labels = self.links.iter().flat_map(|link| &link.labels).map(String::as_str);
        let said = std::iter::once(outside.as_str()).chain(labels).collect::<Vec<_>>().join(" ");
        let addresses: Vec<String> = self.links.iter().map(|link| link.destination.clone()).chain(bare).collect();
        let published = |address: &String| linkable(address).is_ok_and(|url| Platform::of(&url).publishes());
        let letters = outside.chars().filter(|c| c.is_alphanumeric()).count();
        if addresses.is_empty() || letters > LETTERS || !addresses.iter().all(published) {
            return None;
        }
        let targets = addresses.into_iter().map(|destination| LeadTarget { language: None, destination }).collect();
        let (says, only) = (wording.says_published(&said), wording.says_only_published(&outside));
        Some(Lead { range: self.range, targets, line: 0, says, only })
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn switch_lines_in_every_style() {
        for line in [
            "[English](x_en.md) | [中文](x.md)\n",
            "【[English](x_en.md) | [中文](x.md)】\n",
            "## [English version](./x_en.md) | [简体中文](./x.md)\n",
            "[English Version](x_en.md)\n",
            "> [英文版本](x_en.md)\n",
            "**[English](x_en.md)** · 中文\n",
            "Read this in other languages: [English](x_en.md), 中文\n",
            "语言：[English](x_en.md) / 简体中文\n",
            "[![English](badge.svg)](x_en.md) [![中文](badge.svg)](x.md)\n",
            "<p align=\"center\"><a href=\"x_en.md\">English</a> | <b>中文</b></p>\n",
            "- [English](x_en.md)\n",
            "[🇬🇧 English](x_en.md)&nbsp;|&nbsp;🇨🇳 中文\n",
            "| [English](x_en.md) | 中文 |\n|---|---|\n",
            "[English][en]\n",
            "## [English][en] | 中文\n",
        ] {
            let text = format!("# 标题\n\n{line}\n正文第一段。\n\n## 一节\n");
            let text = if line.contains("[en]") { format!("{text}\n[en]: ./x_en.md\n") } else { text };
            let anatomy = of(&text);
            let found: Vec<&str> = anatomy.switches.iter().map(|lead| &text[lead.range.clone()]).collect();
            assert_eq!(found, [line]);
            let target = &anatomy.switches[0].targets[0];
            assert_eq!(target.language.as_ref().map(|language| language.tag()), Some("en"), "{line}");
            assert!(target.destination.ends_with("x_en.md"));
            assert_eq!(anatomy.switches[0].line, 3);
            assert_eq!(anatomy.title.unwrap().text, "标题");
            // It says nothing of the language of the text.
            let without = of(&text.replacen(line, "", 1)).prose;
            assert_eq!(anatomy.prose, without, "{line}");
        }
    }

    #[test]
    fn a_line_of_a_paragraph_can_be_a_switch_line() {
        let text = "# A\n[English](a_en.md)\n\nText\n";
        assert_eq!(&text[of(text).switches[0].range.clone()], "[English](a_en.md)\n");
        let text = "# A\n\n【[English](a_en.md) | [中文](a.md)】\n这篇文章是[某人](https://x.org)写的。\n";
        assert_eq!(&text[of(text).switches[0].range.clone()], "【[English](a_en.md) | [中文](a.md)】\n");
    }

    #[test]
    fn a_switch_heading_is_no_title_and_no_part_of_the_outline() {
        let anatomy = of("# [English](x_en.md) | [中文](x.md)\n\n# 标题\n\ntext\n");
        assert_eq!(anatomy.title.unwrap().text, "标题");
        assert!(anatomy.headings[0].is_switch && !anatomy.headings[1].is_switch);
    }

    #[test]
    fn links_in_the_text_are_no_switch() {
        for text in [
            "# A\n\nSee the [English version](x_en.md) for the details of this.\n",
            "# A\n\n## B\n\n[English](x_en.md)\n",
            "# A\n\n[Part 1](x.md) | [English](x_en.md)\n",
            "# A\n\n```\n[English](x_en.md)\n```\n",
            "# A\n\nSee the [English][en] for more about it.\n\n> [en]: x_en.md\n",
        ] {
            assert_eq!(of(text).switches, [], "{text}");
        }
    }

    #[test]
    fn a_line_is_found_once() {
        let dialect = crate::text::Dialect { definition_lists: true, ..Default::default() };
        let of = |text| Anatomy::of(text, 0, &Wording::default().with_dialect(dialect));
        let text = "text---\n: d\n\n本文发表于[知乎](https://zhuanlan.zhihu.com/p/1)\n";
        assert_eq!(of(text).copies.len(), 1);
        let text = "text\n: [English](x_en.md)\n\n[English](x_en.md)\n";
        assert_eq!(of(text).switches.len(), 1);
    }

    #[test]
    fn lines_about_copies() {
        let zhihu = "https://zhuanlan.zhihu.com/p/1";
        for (line, says) in [
            (format!("> 对应知乎原文：《PPO》（{zhihu}）\n"), false),
            (format!("本文同步发布于[知乎]({zhihu})。\n"), true),
            (format!("Also published on [Zhihu]({zhihu}).\n"), true),
        ] {
            let text = format!("# A\n\n{line}\n正文。\n");
            let copies = of(&text).copies;
            assert_eq!(copies.len(), 1, "{line}");
            assert_eq!((&text[copies[0].range.clone()], copies[0].says), (line.as_str(), says));
            assert_eq!(copies[0].targets[0].destination, zhihu);
        }
        let last = format!("# A\n\n正文。\n\n## B\n\n正文。\n\n同步发布于[知乎]({zhihu})\n");
        assert_eq!(of(&last).copies.len(), 1);
        for text in [
            format!(
                "# A\n\n本文参考了很多资料，其中最重要的是猛猿小姐姐写的[这篇文章]({zhihu})，在此感谢，她的图解让我第一次真正明白了整个流程，建议先阅读原文，然后再回来看本文后面的内容，会容易很多。\n"
            ),
            format!("# A\n\n## B\n\n[知乎]({zhihu})\n\n结束。\n"),
            "# A\n\n[code](https://github.com/a/b)\n".to_owned(),
        ] {
            assert_eq!(of(&text).copies, [], "{text}");
        }
        // Whoever adds something says it on the page, too.
        for (line, only) in [
            (format!("本文也发布在[知乎]({zhihu})，欢迎到那里提问。\n"), false),
            (format!("Originally published on [Zhihu]({zhihu}) on 2024-05-01; joint work with Bob.\n"), false),
            (format!("> 对应知乎原文：《PPO》（{zhihu}）\n"), true),
            (format!("本文同步发布于[知乎]({zhihu})和[掘金](https://juejin.cn/post/1)。\n"), true),
            (format!("This note was also published on [Zhihu]({zhihu}).\n"), true),
            (format!("感谢[某人]({zhihu})的知乎文章。\n"), false),
        ] {
            let copies = of(&format!("# A\n\n{line}\n正文。\n")).copies;
            assert_eq!(copies[0].only, only, "{line}");
        }
        // Short, and nothing but thanks: it is known, and does not say that it is a copy.
        let thanks = format!("# A\n\n感谢[某人的知乎文章]({zhihu})。\n\n正文。\n");
        assert!(of(&thanks).copies.iter().all(|lead| !lead.says));
    }

    #[test]
    fn a_line_that_two_blocks_share_is_one() {
        let text = "> ---\n- # A\n[z]: x_zh.md\n\t[中文](x_zh.md)\n";
        let anatomy = crate::markdown::Anatomy::of(text, 0, &Wording::default());
        let ranges: Vec<_> = anatomy.switches.iter().map(|lead| (lead.range.start, lead.range.end)).collect();
        assert_eq!(ranges, [(25, text.len())]);
    }

    #[test]
    fn what_only_leads_elsewhere() {
        let zhihu = "https://zhuanlan.zhihu.com/p/1";
        for text in [
            String::new(),
            "# A\n".to_owned(),
            "# A\n\n<!-- to come -->\n".to_owned(),
            format!("# A\n\n<{zhihu}>\n"),
            format!("# A\n\n{zhihu}\n"),
            format!("# A\n\n本文见[知乎]({zhihu})。\n"),
            format!("全文发表于知乎：{zhihu}\n"),
            format!("# A\n\n> 本文首发于[知乎]({zhihu})，请移步阅读。\n"),
            format!(
                "# A\n\n[English](a_en.md) | [中文](a.md)\n\n- [知乎]({zhihu})\n- [掘金](https://juejin.cn/post/1)\n"
            ),
            format!("# A\n\nThe text of this note is on [Zhihu]({zhihu}).\n"),
            "# A\n\n*这篇笔记的全文尚未收入本书，目前可以在知乎上阅读。*\n".to_owned(),
        ] {
            assert!(of(&text).leads.is_some(), "{text}");
        }
        for text in [
            "# A\n\nA short note.\n".to_owned(),
            "# A\n\n一句话。\n".to_owned(),
            format!("# A\n\n## B\n\n[知乎]({zhihu})\n"),
            "# A\n\n{{#include zhihu.md}}\n".to_owned(),
            format!("# A\n\n![图](a.png)\n\n[知乎]({zhihu})\n"),
            format!("# A\n\n```\ncode\n```\n\n[知乎]({zhihu})\n"),
            format!("# A\n\n这里是正文。后面还有一句。见[知乎]({zhihu})。\n"),
            format!("# A\n\n[知乎]({zhihu}) [another note](b.md)\n"),
            format!(
                "# A\n\n聊天模型并不知道什么是对话，它只是在续写一串扁平的编号，角色与轮次之所以存在全靠训练时始终如一地使用某些特定的编号，见[知乎]({zhihu})\n"
            ),
            format!("# A\n\n一。\n\n二\n\n三\n\n四 [知乎]({zhihu})\n"),
        ] {
            assert_eq!(of(&text).leads, None, "{text}");
        }
    }
}
