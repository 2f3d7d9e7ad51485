//! What one bullet says.
//!
//! ```text
//! [Draft] [KV](kv.md)：text [知乎](z)                      →   title KV, a draft, primary kv.md, copy z
//! [A](a)以及[B](b)：text [C](c)                            →   title A, primary a and b, reference c
//! **KV** [English TODO] | [[中文版](kv.md)]：text           →   title KV, edition and primary kv.md
//! Thanks to [somebody](x)                                 →   no entry
//! ```
//!
//! The lead (what is before the first link) decides: when there is nothing in it but decoration, the link is the title;
//! else the lead is the title, and only links to languages can follow it. Badges before the first link of words are a
//! part of the lead, and so is a word that is set off in it, such as the level of an exercise.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::markdown::catalogue::outline::{BREAK, CatalogueLink, InlineText};
use crate::markdown::catalogue::{CatalogueTarget, one_line, title_of};
use crate::platforms::{Platform, linkable};
use crate::text::Wording;
use crate::text::wording::GROUP;
use crate::values::{Language, Status};

/// A bullet with its meaning.
#[derive(Debug, Default)]
pub(super) struct BulletReading {
    /// What it is called, as an entry or as the section of what is nested in it.
    pub(super) title: String,
    pub(super) status: Option<Status>,
    /// The links of an entry.
    pub(super) links: Option<EntryLinks>,
}

/// The links of an entry by what they are to it; see [`crate::markdown::catalogue::CatalogueEntry`].
#[derive(Debug, Default)]
pub(super) struct EntryLinks {
    pub(super) primary: Vec<CatalogueTarget>,
    pub(super) editions: Vec<(Language, CatalogueTarget)>,
    pub(super) copies: Vec<CatalogueTarget>,
    pub(super) references: Vec<CatalogueTarget>,
}

/// Reads a bullet.
pub(super) fn read(written: &InlineText, wording: &Wording) -> BulletReading {
    // A badge is a title only where nothing else is.
    let badges = written.links.iter().take_while(|link| link.is_picture).count();
    let badges = if badges < written.links.len() { badges } else { 0 };
    let (badges, links) = written.links.split_at(badges);
    let Some(first) = links.first() else {
        return text_title(written, written.text.len(), wording).into_section();
    };
    let label = &written.text[first.range.clone()];
    let lead = &written.text[..first.range.start];
    let lead = blanked(lead, badges.iter().map(|badge| &badge.range));
    let decoration = decoration(&lead, wording);
    if wording.language(label).is_some() {
        let title = text_title(written, lead.len(), wording);
        return match decoration {
            Some(_) if !title.emphasised => BulletReading { title: title_of(label), ..BulletReading::default() },
            _ => titled_by_text(written, links, title, wording),
        };
    }
    if let Some(status) = decoration {
        return titled_by_link(written, links, status, wording);
    }
    // `B` or **2.1** before a link says something of the text behind it.
    match self::decoration(&blanked(&lead, written.set_off.iter().chain(&written.code)), wording) {
        Some(status) => {
            let reading = titled_by_link(written, links, status, wording);
            let named = written
                .set_off
                .iter()
                .find(|range| range.end <= lead.len())
                .map(|range| title_of(&lead[range.clone()]));
            match named.filter(|_| reading.links.is_some() && says_nothing(&reading.title)) {
                Some(title) => BulletReading { title, ..reading },
                None => reading,
            }
        }
        None => text_title(written, written.text.len(), wording).into_section(),
    }
}

/// What a link is called whose text says nothing of where it leads: the title stands before it.
const NAMELESS: &[&str] = &[
    "article",
    "articles",
    "details",
    "doc",
    "docs",
    "full text",
    "here",
    "link",
    "links",
    "markdown",
    "md",
    "more",
    "note",
    "notes",
    "open",
    "page",
    "post",
    "posts",
    "read",
    "read more",
    "text",
    "view",
    "链接",
    "笔记",
    "正文",
    "全文",
    "详情",
    "查看",
    "阅读",
    "阅读全文",
    "点击",
    "点击查看",
    "文章",
    "文档",
    "原文",
    "连接",
    "本文",
];

/// Whether a link is called by one of these, whatever decorates it.
fn says_nothing(label: &str) -> bool {
    let name = label.trim_matches(|c: char| !(c.is_alphabetic() || c.is_ascii_digit()));
    NAMELESS.iter().any(|nameless| nameless.eq_ignore_ascii_case(name))
}

/// A text with spaces for some of its bytes, so that all others stay where they are.
fn blanked<'a>(text: &str, ranges: impl Iterator<Item = &'a Range<usize>>) -> String {
    let mut blanked = text.to_owned();
    for range in ranges.filter(|range| range.end <= text.len()) {
        blanked.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    blanked
}

/// Reads `[mark] [title](url)：text [link](url)`.
fn titled_by_link(
    written: &InlineText,
    links: &[CatalogueLink],
    status: Option<Status>,
    wording: &Wording,
) -> BulletReading {
    let first = &links[0];
    let label = one_line(&written.text[first.range.clone()]);
    let mark = wording.mark(&label).map(|mark| mark.status);
    let title = title_of(&if mark.is_some() { wording.without_mark(&label) } else { label });
    // A list of languages is no list of texts.
    if written.links.len() == 1 && wording.language(&title).is_some() {
        return BulletReading { title, status: None, links: None };
    }
    // A draft of `SUMMARY.md`, or a line of a table of contents: there is no text of its own.
    if first.url.is_empty() || first.url.starts_with('#') {
        return BulletReading { title, status: None, links: None };
    }
    let behind = first.range.end..links.get(1).map_or(written.text.len(), |next| next.range.start);
    let status = status.or(mark).or_else(|| leading_mark(&written.text[behind], wording));
    let links = sorted(written, links, &title, true, wording);
    BulletReading { title, status, links: Some(links) }
}

/// Reads `**Title** [English](url) | [中文](url)：text`.
fn titled_by_text(written: &InlineText, links: &[CatalogueLink], title: TextTitle, wording: &Wording) -> BulletReading {
    let says_something = without_groups(&title.text).contains(char::is_alphanumeric);
    // What ends a sentence and goes on is prose, and `Read this in` is a switch of languages.
    let is_prose = !title.emphasised && (title.text.contains(". ") || title.text.contains('。'));
    if !says_something || is_prose || wording.leads_to_languages(&title.text) {
        return title.into_section();
    }
    let links = sorted(written, links, &title.text, false, wording);
    let is_entry = !links.primary.is_empty();
    BulletReading { title: title.text, status: title.status, links: is_entry.then_some(links) }
}

/// Sorts the links of an entry. When the first is not its title, its text is where the languages are.
fn sorted(
    written: &InlineText,
    all: &[CatalogueLink],
    title: &str,
    first_is_title: bool,
    wording: &Wording,
) -> EntryLinks {
    let mut links = EntryLinks::default();
    let mut others = Vec::new();
    let mut behind = 0;
    let mut joined = first_is_title;
    for (at, link) in all.iter().enumerate() {
        let label = &written.text[link.range.clone()];
        let between = &written.text[behind..link.range.start];
        behind = link.range.end;
        let target = CatalogueTarget { text: one_line(label), url: link.url.clone(), line: link.line };
        let is_title = first_is_title && at == 0;
        let language = wording.language(label).filter(|_| !is_title);
        let is_copy = !is_title && is_copy(link, label, sentence(between), title, wording);
        joined = !link.url.is_empty() && language.is_none() && !is_copy && (is_title || joined && joins(between));
        match language {
            // `[English]()` is still to be written.
            _ if link.url.is_empty() => {}
            _ if joined => links.primary.push(target),
            Some(language) => links.editions.push((language.clone(), target)),
            None => others.push((target, is_copy)),
        }
    }
    if !first_is_title {
        links.primary = links.editions.iter().map(|(_, target)| target.clone()).collect();
    }
    let primary: BTreeSet<&str> = links.primary.iter().map(|target| target.url.as_str()).collect();
    for (target, is_copy) in others {
        let to =
            if is_copy && !primary.contains(target.url.as_str()) { &mut links.copies } else { &mut links.references };
        to.push(target);
    }
    links
}

/// Whether a link leads to a copy of the text. Of a site that is not for articles, the sentence has to say so: the
/// project that a text is about can have the name of the text.
fn is_copy(link: &CatalogueLink, label: &str, before: &str, title: &str, wording: &Wording) -> bool {
    let Ok(url) = linkable(&link.url) else { return false };
    let platform = Platform::of(&url);
    (platform.publishes() || wording.says_published(before)) && wording.is_copy(label, before, title, &platform)
}

/// The sentence that goes on behind a text, as far as the text has it.
fn sentence(text: &str) -> &str {
    let text = text.rfind(BREAK).map_or(text, |at| &text[at + BREAK.len()..]);
    text.rsplit(['。', '；', '！', '？', '.', '!', '?', ';']).next().unwrap_or(text)
}

/// Whether what is between two links puts both in one place: `以及`, `、`, ` and `.
fn joins(between: &str) -> bool {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| {
        let mark = "[、，,&+/|｜]";
        let word = "以及|和|与|與|及|and|と|및";
        Regex::new(&format!(r"^\s*(?:{mark}\s*(?:{word})?|{word})\s*$")).expect("a valid pattern")
    });
    JOINT.is_match(between)
}

/// How many characters words in brackets have at most: what is longer is prose.
const LONGEST_GROUP: usize = 40;

/// Whether so few words stand between these brackets.
fn is_short(group: &Captures<'_>) -> bool {
    group[1].chars().count() <= LONGEST_GROUP
}

/// A text with a space for each group of words in brackets.
fn without_groups(text: &str) -> Cow<'_, str> {
    let instead = |group: &Captures<'_>| if is_short(group) { " ".to_owned() } else { group[0].to_owned() };
    GROUP.replace_all(text, instead)
}

/// Whether there is nothing in a lead but what decorates a title, and the status that it then says.
///
/// Decoration is words in brackets, dates, numbers, letters that number, emoji, and a bare word for a status:
/// `WIP: [KV](kv.md)`.
fn decoration(lead: &str, wording: &Wording) -> Option<Option<Status>> {
    static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
        let east_asian = "第[0-9一二三四五六七八九十百]+[章节節篇课課讲講期天回集周部]分?|[0-9] *[年月日号號]";
        let counted = r"\b(?:chapter|ch|part|section|sec|lecture|lesson|lab|unit|module|step|exercise|ex|problem|topic|episode|ep|vol|appendix|day|week|no)[. ]*[0-9]+";
        let numbered =
            r"(?:^|\s)(?:[a-z]|[ivx]+)[.)、：:]|[一二三四五六七八九十]+[、.．：:]|\b(?:appendix|附录|附錄) *[a-z]?\b";
        let said = r":[a-z0-9_+-]+:|\bnew\b|新增|更新";
        let date = r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|[0-9](?:st|nd|rd|th)\b";
        Regex::new(&format!("(?i){east_asian}|{counted}|{numbered}|{said}|{date}")).expect("a valid pattern")
    });
    // For what has neither words nor brackets, no pattern is compiled.
    if !lead.contains(|c: char| c.is_alphabetic() || "[【［(（".contains(c)) {
        return Some(None);
    }
    let status = GROUP.captures_iter(lead).filter(is_short).find_map(|group| wording.status(&group[1]));
    let rest = without_groups(lead);
    if !COUNTED.replace_all(&rest, " ").contains(char::is_alphabetic) {
        return Some(status);
    }
    wording.status(rest.trim_matches(|c: char| !c.is_alphanumeric())).map(Some)
}

/// The status of a mark that a text begins with.
fn leading_mark(text: &str, wording: &Wording) -> Option<Status> {
    let text = text.trim_start();
    if !text.starts_with(['[', '【', '［', '(', '（']) {
        return None;
    }
    let begins = |group: &Captures<'_>| group.get(0).is_some_and(|whole| whole.start() == 0);
    let group = GROUP.captures(text).filter(|group| begins(group) && is_short(group))?;
    wording.status(&group[1])
}

/// A title that is no link.
#[derive(Debug)]
struct TextTitle {
    text: String,
    status: Option<Status>,
    /// Whether the author set it off.
    emphasised: bool,
}

impl TextTitle {
    fn into_section(self) -> BulletReading {
        BulletReading { title: self.text, ..BulletReading::default() }
    }
}

/// The title that the first bytes of a bullet are.
fn text_title(written: &InlineText, end: usize, wording: &Wording) -> TextTitle {
    let lead = &written.text[..end];
    let set_off = |range: &&Range<usize>| range.end <= end && is_set_off(&lead[range.end..]);
    let emphasised = written.emphasised.as_ref().filter(set_off).and_then(|range| {
        let status = decoration(&lead[..range.start], wording)?;
        Some((lead[range.clone()].trim(), status))
    });
    let (text, status) = emphasised.unwrap_or_else(|| {
        let paragraph = lead.trim().split(BREAK).next().unwrap_or_default();
        let before_link = end < written.text.len();
        let text = if before_link { before_languages(paragraph, wording) } else { paragraph };
        (text.trim_start_matches(|c: char| c.is_whitespace() || is_emoji(c)), None)
    });
    let status = status.or(wording.mark(text).map(|mark| mark.status));
    let text = wording.without_mark(text);
    let text = title_of(text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：')));
    TextTitle { text, status, emphasised: emphasised.is_some() }
}

/// Whether what follows an emphasised text cannot belong to the same title.
fn is_set_off(rest: &str) -> bool {
    let line = rest.trim_start_matches([' ', '\t']);
    line.is_empty() || line.starts_with(['\n', ':', '：', '-', '–', '—', '|', '[', '【', '［'])
}

/// A title without what leads from it to the first link: `KV [English TODO] | [` → `KV`.
fn before_languages<'a>(title: &'a str, wording: &Wording) -> &'a str {
    let opens = |c: char| matches!(c, '[' | '【' | '［' | '(' | '（');
    let leads = |at: &usize, title: &str| wording.leads_to_languages(&title[*at..]);
    let mut title = title;
    loop {
        title = title.trim_end_matches(|c: char| c.is_whitespace() || ":：-–—|/·".contains(c) || opens(c));
        // Nobody needs longer words for a language, and each group is looked at once.
        let bracket = title.ends_with([']', '】', '］', ')', '）']).then(|| {
            let mut last = title.char_indices().rev().take(LONGEST_GROUP);
            last.find(|(_, c)| opens(*c)).map(|(at, _)| at)
        });
        let group = bracket.flatten().filter(|at| leads(at, title));
        match group.or_else(|| title.rfind('\n').filter(|at| leads(at, title))) {
            Some(at) => title = &title[..at],
            None => return title,
        }
    }
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::catalogue::{CatalogueEntry, CatalogueKind, read};

    fn entry(text: &str) -> Option<CatalogueEntry> {
        let mut entries = read(text, CatalogueKind::List, &Wording::default());
        assert!(entries.len() < 2, "{text}");
        entries.pop()
    }

    fn urls(targets: &[CatalogueTarget]) -> Vec<&str> {
        targets.iter().map(|target| target.url.as_str()).collect()
    }

    fn editions(entry: &CatalogueEntry) -> Vec<(&str, &str)> {
        entry.editions.iter().map(|(language, target)| (language.tag(), target.url.as_str())).collect()
    }

    /// Whether a bullet says of a note that it is called `KV` and is at `kv.md`, and this of its status.
    fn says_kv(text: &str, status: Option<Status>) {
        let found = entry(text).expect(text);
        assert_eq!((found.title.as_str(), found.status, urls(&found.primary)), ("KV", status, vec!["kv.md"]), "{text}");
    }

    #[test]
    fn the_first_link_is_the_title() {
        for text in [
            "- [KV](kv.md)",
            "- [KV](kv.md)：text",
            "- [KV](kv.md): text",
            "- [KV](kv.md)，text",
            "* [KV](kv.md) text",
            "+ [KV](kv.md)text",
            "1. [KV](kv.md)\n\n   text",
            "- [*K*`V`](kv.md)",
            "- [~~K~~V](kv.md)",
            "- **[🔥 debugging] [KV](kv.md)**：text",
            "- [🔥相关调试] [KV](kv.md)",
            "- 🔥 **[KV](kv.md)**",
            "- [x] [KV](kv.md)",
            "- [ ] [KV](kv.md)",
            "- 2024-08-01 [KV](kv.md)",
            "- 2024 年 8月1日：[KV](kv.md)",
            "- (Aug 2024) [KV](kv.md)",
            "- 3.1 [KV](kv.md)",
            "- 第一章 [KV](kv.md)",
            "- Part 2: [KV](kv.md)",
            "- [[KV](kv.md)]：text",
            "- [![KV](kv.png)](kv.md)",
            "- ![icon](icon.png) [KV](kv.md)",
            "- [![](ci.svg)](https://ci.example) [KV](kv.md)",
            "- [![Open in Colab](c.svg)](https://colab.example/x) [![CI](ci.svg)](https://ci.example) [KV](kv.md)",
            "- ![build](ci.svg) [KV](kv.md)",
            "* `B` [KV](kv.md)",
            "* `B` `easy` [KV](kv.md)",
            "- **B** [KV](kv.md)",
            "- *Beginner*: [KV](kv.md)",
            "- <kbd>B</kbd> [KV](kv.md)",
            "- <b>B</b> — [KV](kv.md)",
            "- `2024-08` **hot** 🔥 [x] [KV](kv.md)",
            "- [x] `B` [KV](kv.md)",
            "- :fire: [KV](kv.md)",
            "- ✅ [KV](kv.md)",
            "- A. [KV](kv.md)",
            "- II. [KV](kv.md)",
            "- 一、[KV](kv.md)",
            "- 附录 A [KV](kv.md)",
            "- Lab 3: [KV](kv.md)",
            "- **NEW** [KV](kv.md)",
            "- NEW! [KV](kv.md)",
            "- **KV** [notes](kv.md)",
            "- **KV**：[笔记](kv.md)",
            "- `B` **[KV](kv.md)**",
            "- [KV][kv]\n\n[kv]: kv.md",
            "- [KV](kv.md): [Outdated]: text",
        ] {
            says_kv(text, None);
        }
    }

    #[test]
    fn a_status_stands_before_the_title_or_behind_it() {
        for (text, status) in [
            ("- `B` [Draft] [KV](kv.md)", Status::Draft),
            ("- [Pending Review] [KV](kv.md)：text", Status::PendingReview),
            ("- [Pending Review][KV](kv.md)", Status::PendingReview),
            ("- **[Draft] [KV](kv.md)**: text", Status::Draft),
            ("- [x] [🔥] [Draft] [KV](kv.md)", Status::Draft),
            ("- 【Not finished】[KV](kv.md)", Status::NotFinished),
            ("- [[Draft] KV](kv.md)", Status::Draft),
            ("- [KV【未完成】](kv.md)", Status::NotFinished),
            ("- WIP: [KV](kv.md)", Status::NotFinished),
            ("- [KV](kv.md) [Outdated]: text", Status::Outdated),
        ] {
            says_kv(text, Some(status));
        }
    }

    #[test]
    fn titles_keep_their_brackets_and_links_their_form() {
        assert_eq!(entry("- [[原创][深度] DDP 入门](a.md)：b").unwrap().title, "[原创][深度] DDP 入门");
        for (text, url) in [
            ("- [a](./SGLang%20调度/a.md)", "./SGLang%20调度/a.md"),
            ("- [a](<a b.md>)", "a b.md"),
            ("- [a](../x/a.md#第一节)", "../x/a.md#第一节"),
            ("- [a](https://zhuanlan.zhihu.com/p/1?x=2)", "https://zhuanlan.zhihu.com/p/1?x=2"),
        ] {
            assert_eq!(urls(&entry(text).unwrap().primary), [url]);
        }
    }

    #[test]
    fn joined_links_are_one_text() {
        for joint in ["以及", "和", " 与 ", "及", "、", "，", " and ", " & ", " + ", " / ", " | ", "と", ", and "]
        {
            let found = entry(&format!("- [A](a.md){joint}[B](b.md)：text {joint}[C](c.md)")).unwrap();
            assert_eq!((found.title.as_str(), urls(&found.primary)), ("A", vec!["a.md", "b.md"]), "{joint}");
            assert_eq!((found.primary[1].text.as_str(), urls(&found.references)), ("B", vec!["c.md"]));
        }
        for apart in [" ", "", "：", " (", "。", "，另见"] {
            let found = entry(&format!("- [A](a.md){apart}[B](b.md)、[C](c.md)")).unwrap();
            assert_eq!(
                (urls(&found.primary), urls(&found.references)),
                (vec!["a.md"], vec!["b.md", "c.md"]),
                "{apart}"
            );
        }
        let found = entry("- [A](a.md) | [English](b.md) | [知乎](https://zhuanlan.zhihu.com/p/1)").unwrap();
        assert_eq!((urls(&found.primary), found.editions.len(), found.copies.len()), (vec!["a.md"], 1, 1));
    }

    #[test]
    fn links_of_a_description() {
        let zhihu = "https://zhuanlan.zhihu.com/p/1";
        for before in [
            "还有[知乎]",
            "，同样刊载于[知乎：深入 KV]",
            ": on [Zhihu]",
            "：同样记录于知乎 [一篇]",
            "：参考 [x](x.md)。也发表为[文章]",
            "：见 [KV]",
            " [知乎]",
        ] {
            let found = entry(&format!("- [KV](kv.md){before}({zhihu})")).unwrap();
            assert_eq!(urls(&found.copies), [zhihu], "{before}");
        }
        for (before, url) in [
            ("：感谢作者的[知乎]", zhihu),
            ("：建议看[这篇]", zhihu),
            ("：代码在 [GitHub]", "https://github.com/a/b"),
            ("：介绍 [KV]", "https://kv.example"),
            ("：[知乎]", "kv.md"),
            ("：[知乎]", "./zhihu.md"),
        ] {
            let found = entry(&format!("- [KV](kv.md){before}({url})")).unwrap();
            assert_eq!((urls(&found.copies), urls(&found.references)), (vec![], vec![url]), "{before}");
        }
        let blog = entry("- [KV](kv.md): also published on [my blog](https://blog.example/kv)").unwrap();
        assert_eq!(urls(&blog.copies), ["https://blog.example/kv"]);
        // What is only there is no copy of itself.
        let only = entry(&format!("- [KV]({zhihu})：[知乎]({zhihu})")).unwrap();
        assert_eq!((urls(&only.primary), only.copies.len(), urls(&only.references)), (vec![zhihu], 0, vec![zhihu]));
        let languages = entry(
            "- [KV](a.md)：[英文版本](b.md)、[英文版](a.md)，[Chinese version](c.md)，[繁體中文](d.md)，[todo]()",
        );
        let languages = languages.unwrap();
        assert_eq!(editions(&languages), [("en", "b.md"), ("en", "a.md"), ("zh", "c.md"), ("zh-TW", "d.md")]);
        assert!(languages.references.is_empty());
    }

    #[test]
    fn a_text_is_the_title_of_languages() {
        let both = [("en", "a.md"), ("zh", "b.md")];
        for (text, status, expected) in [
            ("- **KV cache**  \n  [English TODO] | [[中文版](b.md)]：text", None, &both[1..]),
            ("- **KV cache**\n\n  [English TODO] | [[中文版](b.md)]", None, &both[1..]),
            ("- **KV cache:**\n\n  [[English](a.md)]", None, &both[..1]),
            ("- **KV cache**: [English](a.md) | [中文](b.md)", None, &both),
            (
                "- [Pending Review] **KV cache**\n  [[English version](a.md) | [中文版](b.md)] : text",
                Some(Status::PendingReview),
                &both,
            ),
            ("- **[WIP] KV cache** [English](a.md)", Some(Status::NotFinished), &both[..1]),
            ("- KV cache [EN](a.md) [中文](b.md)", None, &both),
            ("- 🔥 KV cache：[English](a.md)，[中文](b.md)", None, &both),
            ("- [Draft] KV cache (English TODO) [中文](b.md)", Some(Status::Draft), &both[1..]),
            ("- KV cache\n  [English TODO] | [[中文版](b.md)]", None, &both[1..]),
            ("- KV cache\n  Read in [English](a.md)", None, &both[..1]),
            ("- KV cache<br>[English](a.md)", None, &both[..1]),
            ("- 📝 **KV cache** — [English]() / [中文](b.md)", None, &both[1..]),
        ] {
            let found = entry(text).expect(text);
            assert_eq!((found.title.as_str(), found.status), ("KV cache", status), "{text}");
            assert_eq!(editions(&found), expected, "{text}");
            assert_eq!(urls(&found.primary), expected.iter().map(|(_, url)| *url).collect::<Vec<_>>(), "{text}");
        }
        assert_eq!(entry("- **Week 1**\n  [中文](b.md)").unwrap().title, "Week 1");
        let later =
            entry("- **KV**\n  [中文](b.md)：also on [Zhihu](https://zhuanlan.zhihu.com/p/1), see [x](x.md)").unwrap();
        assert_eq!(
            (urls(&later.copies), urls(&later.references)),
            (vec!["https://zhuanlan.zhihu.com/p/1"], vec!["x.md"])
        );
    }

    #[test]
    fn what_is_no_entry() {
        for text in [
            "- text",
            "- Thanks to [somebody](https://example.org)",
            "- 感谢[某人](a.md)，见[英文版](b.md)",
            "- **Note**: see [x](x.md)",
            "- `cargo test` runs [tests](x.md)",
            "- use `B` of [x](x.md)",
            "- A [tool](x.md) for it",
            "- [English](a.md) | [中文](b.md)",
            "- 🌐 [中文](b.md)",
            "- Read this in [English](a.md)",
            "- 语言：[English](a.md)",
            "- 我写了很多。请看[英文版](a.md)",
            "- **KV**: [English]()",
            "- [Contents](#contents)",
            "- [draft]()：[知乎](https://zhuanlan.zhihu.com/p/1)",
            "- [](a.md)",
            "- [ ] todo",
        ] {
            assert_eq!(entry(text), None, "{text}");
        }
    }
}
