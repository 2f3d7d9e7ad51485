//! The headings of a text, and the fragments that lead to them.
//!
//! ```text
//! ## `--passes`: add more     →     --passes-add-more
//! ## 中文 CJK                  →     中文-cjk
//! ## 中文 CJK                  →     中文-cjk-1
//! ```
//!
//! What a text becomes as an id is said in `slug.rs`; here are the ids of one page, which are all different.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::markdown::slug;

/// A heading, or a term of a definition list, which mdBook gives an id as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level; 0 for a term.
    pub level: usize,
    /// Its text without Markdown and without a status mark, as readers see it.
    pub text: String,
    /// The same as GitHub has it: with its status mark, and with the line breaks of its source.
    pub(crate) written: String,
    /// The text as readers see it, without the hyphens that smart punctuation makes dashes.
    pub(crate) smart: String,
    /// Both, where the lines of a heading are joined between East Asian characters; `None` where nothing is.
    pub(crate) joined: Option<Box<(String, String)>>,
    /// The id that its author gave it.
    pub id: Option<String>,
    /// Its line, from 1.
    pub line: usize,
    /// Its bytes, without the marks before it and without the end of its line; empty for a term.
    pub range: Range<usize>,
    /// Whether it only leads to other languages.
    pub is_switch: bool,
}

/// The id of each heading on the page, and what GitHub calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// On a page of mdBook.
    pub page: String,
    /// On GitHub, for which authors write their fragments.
    pub github: String,
}

/// The ids of the headings of one text.
///
/// `smart_punctuation` is mdBook's option, which makes two hyphens a dash; dashes are no part of an id. `joined` says
/// that lines are joined on the page, so that an id has no hyphen there.
#[must_use]
pub fn ids(headings: &[Heading], smart_punctuation: bool, joined: bool) -> Vec<Ids> {
    let (mut on_page, mut on_github) = (Used::default(), Used::default());
    headings
        .iter()
        .map(|heading| {
            let github = on_github.unique(slug::of_github(&heading.written));
            let page = match &heading.id {
                Some(id) => id.clone(),
                None => on_page.unique(slug::of_mdbook(heading.shown(smart_punctuation, joined))),
            };
            Ids { page, github }
        })
        .collect()
}

impl Heading {
    /// Its text as mdBook sees it.
    fn shown(&self, smart_punctuation: bool, joined: bool) -> &str {
        let (text, smart) = match &self.joined {
            Some(both) if joined => (&both.0, &both.1),
            _ => (&self.text, &self.smart),
        };
        if smart_punctuation { smart } else { text }
    }
}

/// The ids that a page has so far.
#[derive(Default)]
struct Used {
    ids: BTreeSet<String>,
    /// How many numbers were tried for each.
    numbers: BTreeMap<String, usize>,
}

impl Used {
    fn unique(&mut self, id: String) -> String {
        if self.ids.insert(id.clone()) {
            return id;
        }
        let number = self.numbers.entry(id.clone()).or_default();
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if self.ids.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Where the fragments of one page lead.
pub struct Fragments {
    /// The ids of its headings.
    pub ids: Vec<Ids>,
    on_page: BTreeMap<String, usize>,
    on_github: BTreeMap<String, usize>,
}

impl Fragments {
    /// The fragments for these ids, of which the first with a name has it.
    #[must_use]
    pub fn new(ids: Vec<Ids>) -> Self {
        let first = |of: fn(&Ids) -> &String| {
            ids.iter().enumerate().rev().map(|(at, ids)| (of(ids).clone(), at)).collect::<BTreeMap<_, _>>()
        };
        Self { on_page: first(|ids| &ids.page), on_github: first(|ids| &ids.github), ids }
    }

    /// The position of the heading that a fragment leads to, among the headings that are no switch lines.
    #[must_use]
    pub fn find(&self, headings: &[Heading], fragment: &str) -> Option<usize> {
        let on_github = |fragment: &str| self.on_github.get(fragment);
        let at =
            self.on_page.get(fragment).or_else(|| on_github(fragment)).or_else(|| on_github(&fragment.to_lowercase()));
        at.copied().filter(|at| !headings[*at].is_switch)
    }
}

/// The heading in another text that stands where this one stands, when the two texts have the same outline.
#[must_use]
pub fn corresponding(from: &[Heading], at: usize, to: &[Heading]) -> Option<usize> {
    let real = |headings: &[Heading]| -> Vec<(usize, usize)> {
        let real = headings.iter().enumerate().filter(|(_, heading)| !heading.is_switch);
        real.map(|(at, heading)| (at, heading.level)).collect()
    };
    let (ours, theirs) = (real(from), real(to));
    if !ours.iter().map(|(_, level)| level).eq(theirs.iter().map(|(_, level)| level)) {
        return None;
    }
    let place = ours.iter().position(|(own, _)| *own == at)?;
    Some(theirs[place].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(texts: &[(usize, &str)]) -> Vec<Heading> {
        let heading = |(level, text): &(usize, &str)| Heading {
            level: *level,
            text: (*text).to_owned(),
            written: (*text).to_owned(),
            smart: slug::without_dashes(text, true),
            joined: None,
            id: None,
            line: 1,
            range: 0..0,
            is_switch: text.contains('|'),
        };
        texts.iter().map(heading).collect()
    }

    #[test]
    fn ids_of_a_page_and_of_github() {
        let headings = headings(&[(1, "A -- b"), (2, "中文 CJK!"), (2, "中文 CJK"), (3, "a-b_c --- d")]);
        let ids = ids(&headings, true, false);
        let page: Vec<&str> = ids.iter().map(|ids| ids.page.as_str()).collect();
        assert_eq!(page, ["a--b", "中文-cjk", "中文-cjk-1", "a-b_c--d"]);
        assert_eq!(ids[0].github, "a----b");
        let fragments = Fragments::new(ids);
        assert_eq!(fragments.find(&headings, "a----b"), Some(0));
        assert_eq!(fragments.find(&headings, "nothing"), None);
    }

    #[test]
    fn what_github_calls_a_heading() {
        for (heading, page, github) in [
            ("## ⚙️ 设置", "-设置", "\u{fe0f}-设置"),
            ("## ❤️ Love", "-love", "\u{fe0f}-love"),
            ("## 🚀 Launch", "-launch", "-launch"),
            ("## :rocket: Launch", "rocket-launch", "rocket-launch"),
            ("## ![ok](ok.png) 1.2 Second rule", "12-second-rule", "-12-second-rule"),
            ("## ![ok] Second rule\n\n[ok]: ok.png", "second-rule", "-second-rule"),
            ("## <img src=\"x.png\" alt=\"x\"> Title", "title", "-title"),
            ("## Title ![ok](ok.png)", "title", "title-"),
            ("## ![甲](x.png) ![乙](y.png) 丙", "丙", "--丙"),
            ("## <a name=\"x\"></a> Title", "title", "-title"),
            ("## `code`: `a_b` and **bold**", "code-a_b-and-bold", "code-a_b-and-bold"),
            ("## [链接](x.md)（一）", "链接一", "链接一"),
            ("## ① 第一 ² ½", "①-第一-²-½", "-第一--"),
            ("## Ⅳ 第四", "ⅳ-第四", "ⅳ-第四"),
            ("## ไทย ทั้งหมด", "ไทย-ท\u{e31}งหมด", "ไทย-ท\u{e31}\u{e49}งหมด"),
            ("## a‿b x—y “z”", "ab-xy-z", "a‿b-xy-z"),
            ("## 100% [WIP] A", "100-wip-a", "100-wip-a"),
            ("甲\n乙\n---", "甲-乙", "甲乙"),
            ("## a &amp; b", "a--b", "a--b"),
            ("## 👨‍👩‍👧 家", "-家", "-家"),
            ("## --passes 与 i-- -- x", "--passes-与-i----x", "--passes-与-i------x"),
            ("## 集合 {a, b}", "集合-a-b", "集合-a-b"),
        ] {
            let headings = crate::markdown::Anatomy::of(heading, 0, &crate::text::Wording::default()).headings;
            let ids = ids(&headings, true, false);
            assert_eq!((ids[0].page.as_str(), ids[0].github.as_str()), (page, github), "{heading}");
        }
    }

    #[test]
    fn many_of_one_name_are_numbered_in_one_go() {
        let many: Vec<(usize, &str)> = vec![(2, "A"); 20_000];
        let ids = ids(&headings(&many), true, false);
        assert_eq!((ids[0].page.as_str(), ids[19_999].github.as_str()), ("a", "a-19999"));
    }

    #[test]
    fn headings_correspond_when_outlines_agree() {
        let ours = headings(&[(1, "A"), (2, "[en](x) | [zh](y)"), (2, "B")]);
        let theirs = headings(&[(1, "甲"), (2, "乙")]);
        assert_eq!(corresponding(&ours, 2, &theirs), Some(1));
        assert_eq!(corresponding(&theirs, 1, &ours), Some(2));
        assert_eq!(corresponding(&ours, 2, &theirs[..1]), None);
    }
}
