//! The headings of a text, and the fragments that lead to them.
//!
//! ```text
//! ## `--passes`: add more     →     --passes-add-more
//! ## 中文 CJK                  →     中文-cjk
//! ## 中文 CJK                  →     中文-cjk-1
//! ```
//!
//! mdBook gives a heading its id in a private function. This is the one place that says it again; a test compares it
//! with the pages that mdBook renders.

use std::collections::BTreeSet;

/// A heading, or a term of a definition list, which mdBook gives an id as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its level; 0 for a term.
    pub level: usize,
    /// Its text without Markdown and without a status mark, as readers see it.
    pub text: String,
    /// The same, without the hyphens that smart punctuation makes dashes.
    pub(super) smart: String,
    /// Both, where the lines of a heading are joined between East Asian characters; `None` where nothing is.
    pub(super) joined: Option<Box<(String, String)>>,
    /// The id that its author gave it.
    pub id: Option<String>,
    /// Its line, from 1.
    pub line: usize,
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
    let (mut on_page, mut on_github) = (BTreeSet::new(), BTreeSet::new());
    headings
        .iter()
        .map(|heading| {
            let github = unique(slug(&heading.text), &mut on_github);
            let page = match &heading.id {
                Some(id) => id.clone(),
                None => unique(slug(heading.shown(smart_punctuation, joined)), &mut on_page),
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

fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

fn unique(id: String, used: &mut BTreeSet<String>) -> String {
    if used.insert(id.clone()) {
        return id;
    }
    (1..).map(|count| format!("{id}-{count}")).find(|id| used.insert(id.clone())).expect("some number is free")
}

/// Text as smart punctuation leaves it for an id: two hyphens or more become dashes, one stays.
pub(super) fn without_dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('-') {
        out.push_str(&rest[..at]);
        let run = rest[at..].bytes().take_while(|byte| *byte == b'-').count();
        if run == 1 {
            out.push('-');
        }
        rest = &rest[at + run..];
    }
    out.push_str(rest);
    out
}

/// The position of the heading that a fragment leads to, among the headings that are no switch lines.
#[must_use]
pub fn find(headings: &[Heading], ids: &[Ids], fragment: &str) -> Option<usize> {
    let at = ids
        .iter()
        .position(|ids| ids.page == fragment)
        .or_else(|| ids.iter().position(|ids| ids.github == fragment))
        .or_else(|| ids.iter().position(|ids| ids.github == fragment.to_lowercase()))?;
    Some(at).filter(|at| !headings[*at].is_switch)
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
            smart: without_dashes(text),
            joined: None,
            id: None,
            line: 1,
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
        assert_eq!(find(&headings, &ids, "a----b"), Some(0));
        assert_eq!(find(&headings, &ids, "nothing"), None);
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
