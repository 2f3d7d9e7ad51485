//! The same section on the page in another language: the one at the same place in the outline.
//!
//! ```text
//! zh/a.html              en/a.html
//! <h2 id="安装">         <h2 id="install">     →  the first has a place `install` too, the second a place `安装`
//!   <h3 id="源码">         <h3 id="source">    →  `source`, `源码`
//! <h2 id="只有中文">                           →  nothing: the switch leads to the page
//! ```
//!
//! So a link with the heading's name in one language opens the section in every other one, without a script.
//!
//! Headings are a tree by their levels, whichever level a text begins with and whatever it skips. Of two headings that
//! are at the same place, those below are compared: where there are as many of them, each is the other; else those that
//! look the same (the headings below them, code, pictures, tables and formulas of their own) at the beginning and at the
//! end are the same, and what is left between is paired from its beginning.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use mdbook_bilingual_core::text::html::{self, Token};

use crate::escape::{markup, unescaped};

/// What comes onto a page for its counterparts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// The headings that get further ids, in the order of the page.
    pub at: Vec<Alias>,
    /// For a link to each of the other pages, in the order in which [`between`] got them, what the section with an id of
    /// this page is called there: where that is not the same id, which most are by their aliases. Empty where there is no
    /// such section. The one of the page itself is empty.
    pub sections: Vec<BTreeMap<String, String>>,
}

/// Further ids of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// Its own id.
    pub id: String,
    /// The ids that the same section has on other pages; none of them stands on this one.
    pub others: Vec<String>,
    /// The byte behind its start tag.
    at: usize,
}

/// What each page of one note gets, from the texts in their `<main>`. Each is read once.
#[must_use]
pub fn between(mains: &[&str]) -> Vec<Aliases> {
    let mut pages: Vec<Outline> = mains.iter().map(|main| Outline::read(main)).collect();
    let mut matches: BTreeMap<(usize, usize), Vec<Option<usize>>> = BTreeMap::new();
    for own in 0..pages.len() {
        for other in own + 1..pages.len() {
            let (there, back) = same(&pages[own], &pages[other]);
            matches.insert((own, other), there);
            matches.insert((other, own), back);
        }
    }
    let mut aliases: Vec<Aliases> =
        (0..pages.len()).map(|own| Aliases { at: aliases(own, &mut pages, &matches), ..Aliases::default() }).collect();
    for (own, page) in aliases.iter_mut().enumerate() {
        page.sections = (0..pages.len())
            .map(|other| {
                matches.get(&(own, other)).map_or_else(BTreeMap::new, |to| sections(&pages[own], &pages[other], to))
            })
            .collect();
    }
    aliases
}

/// A text with the ids that its counterparts link to. Every byte of it stays.
#[must_use]
pub fn with_aliases<'m>(main: &'m str, aliases: &Aliases) -> Cow<'m, str> {
    if aliases.at.is_empty() {
        return Cow::Borrowed(main);
    }
    let mut text = String::with_capacity(main.len() + 80 * aliases.at.len());
    let mut done = 0;
    for alias in &aliases.at {
        // A text that is not the one that was read has its places elsewhere.
        let Some(before) = main.get(done..alias.at) else { break };
        text.push_str(before);
        for id in &alias.others {
            text.push_str(&format!("<span class=\"section-alias\" id=\"{}\" aria-hidden=\"true\"></span>", markup(id)));
        }
        done = alias.at;
    }
    Cow::Owned(text + &main[done..])
}

/// The attribute of a link to another page by which the switch keeps a reader's place, with a space before it; empty
/// where every section is called there as it is here.
#[must_use]
pub fn attribute(sections: &BTreeMap<String, String>) -> String {
    if sections.is_empty() {
        return String::new();
    }
    // JSON has quotation marks of its own, which stay readable between apostrophes.
    let json = serde_json::json!(sections).to_string();
    let json = json.replace('&', "&amp;").replace('\'', "&#39;").replace('<', "&lt;").replace('>', "&gt;");
    format!(" data-sections='{json}'")
}

/// The headings of a text.
struct Outline {
    headings: Vec<Heading>,
    /// Every id of the text; those that it gets come to them.
    ids: BTreeSet<String>,
    /// Which heading an id leads to.
    leads: BTreeMap<String, usize>,
    /// The headings below none.
    top: Vec<usize>,
}

/// A heading.
struct Heading {
    level: u8,
    /// `None` where HTML of the author has none.
    id: Option<String>,
    /// The byte behind its start tag.
    inside: usize,
    below: Vec<usize>,
    /// What it looks like in any language: its own code, pictures, tables and formulas, and those below it.
    look: u64,
}

impl Outline {
    fn read(main: &str) -> Self {
        let mut page = Self { headings: Vec::new(), ids: BTreeSet::new(), leads: BTreeMap::new(), top: Vec::new() };
        let mut own: Vec<[u32; 4]> = Vec::new();
        for (token, range) in html::tokens(main) {
            let (Token::Open(name) | Token::Empty(name)) = token else { continue };
            let id = id(&main[range.clone()]);
            if let Some(level) = level(&name) {
                if let Some(id) = &id {
                    page.leads.entry(id.clone()).or_insert(page.headings.len());
                }
                page.headings.push(Heading { level, id: id.clone(), inside: range.end, below: Vec::new(), look: 0 });
                own.push([0; 4]);
            } else if let (Some(kind), Some(counts)) = (kind(&name), own.last_mut()) {
                counts[kind] += 1;
            }
            page.ids.extend(id);
        }
        page.nest();
        page.look(&own);
        page
    }

    /// Puts each heading below the nearest one before it that is of a higher rank.
    fn nest(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.headings.len() {
            let level = self.headings[at].level;
            while open.last().is_some_and(|above| self.headings[*above].level >= level) {
                open.pop();
            }
            match open.last() {
                Some(above) => self.headings[*above].below.push(at),
                None => self.top.push(at),
            }
            open.push(at);
        }
    }

    fn look(&mut self, own: &[[u32; 4]]) {
        // What is below a heading comes behind it.
        for at in (0..self.headings.len()).rev() {
            let mut hasher = DefaultHasher::new();
            own[at].hash(&mut hasher);
            let below = self.headings[at].below.iter();
            below.map(|below| self.headings[*below].look).collect::<Vec<_>>().hash(&mut hasher);
            self.headings[at].look = hasher.finish();
        }
    }
}

/// The id in a start tag.
fn id(tag: &str) -> Option<String> {
    // Most tags need not be read for this; browsers do not care about case.
    let may_have = tag.as_bytes().windows(2).any(|bytes| bytes.eq_ignore_ascii_case(b"id"));
    let found = html::attributes(may_have.then_some(tag)?).into_iter().find(|attribute| attribute.name == "id")?;
    Some(unescaped(&found.value).into_owned()).filter(|id| !id.is_empty())
}

fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What makes a section look alike in every language.
fn kind(name: &str) -> Option<usize> {
    Some(match name {
        "pre" => 0,
        "img" => 1,
        "table" => 2,
        "math" => 3,
        _ => return None,
    })
}

/// Which heading of the other page is each heading of a page, and the other way round.
fn same(own: &Outline, other: &Outline) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut there = vec![None; own.headings.len()];
    let mut back = vec![None; other.headings.len()];
    let mut open = vec![(own.top.as_slice(), other.top.as_slice())];
    while let Some((left, right)) = open.pop() {
        for (a, b) in paired(own, other, left, right) {
            (there[a], back[b]) = (Some(b), Some(a));
            open.push((&own.headings[a].below, &other.headings[b].below));
        }
    }
    (there, back)
}

/// The headings of two lists that are the same.
fn paired<'o>(
    own: &'o Outline,
    other: &'o Outline,
    left: &'o [usize],
    right: &'o [usize],
) -> impl Iterator<Item = (usize, usize)> + 'o {
    let is_same = |(a, b): &(&usize, &usize)| own.headings[**a].look == other.headings[**b].look;
    let (mut begin, mut end) = (0, 0);
    if left.len() != right.len() {
        let shorter = left.len().min(right.len());
        begin = left.iter().zip(right).take_while(is_same).count();
        end = left.iter().rev().zip(right.iter().rev()).take(shorter - begin).take_while(is_same).count();
    }
    let middle = |list: &'o [usize]| -> Range<usize> { begin..list.len() - end };
    let first = left[..begin].iter().zip(&right[..begin]);
    let between = left[middle(left)].iter().zip(&right[middle(right)]);
    let last = left[left.len() - end..].iter().zip(&right[right.len() - end..]);
    first.chain(between).chain(last).map(|(a, b)| (*a, *b))
}

/// The ids that a page gets. An id that stands on it already is left out.
fn aliases(own: usize, pages: &mut [Outline], matches: &BTreeMap<(usize, usize), Vec<Option<usize>>>) -> Vec<Alias> {
    let mut all = Vec::new();
    for at in 0..pages[own].headings.len() {
        let Some(id) = pages[own].headings[at].id.clone() else { continue };
        let mut others = Vec::new();
        for other in 0..pages.len() {
            let found = matches.get(&(own, other)).and_then(|to| to[at]);
            let Some(alias) = found.and_then(|found| pages[other].headings[found].id.clone()) else { continue };
            if pages[own].ids.insert(alias.clone()) {
                pages[own].leads.insert(alias.clone(), at);
                others.push(alias);
            }
        }
        let inside = pages[own].headings[at].inside;
        if !others.is_empty() {
            all.push(Alias { id, others, at: inside });
        }
    }
    all
}

/// What the sections of a page are called on another one that has its further ids, where that is another id.
fn sections(own: &Outline, other: &Outline, to: &[Option<usize>]) -> BTreeMap<String, String> {
    let named = own.headings.iter().zip(to).filter_map(|(heading, to)| {
        let id = heading.id.as_ref()?;
        let there = to.and_then(|to| Some((to, other.headings[to].id.as_ref()?)));
        match there {
            Some((to, _)) if other.leads.get(id) == Some(&to) => None,
            Some((_, there)) => Some((id.clone(), there.clone())),
            None => Some((id.clone(), String::new())),
        }
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Headings as mdBook writes them, from `2 install`, `3 source`; a heading with a star has code.
    fn main(headings: &[&str]) -> String {
        let heading = |heading: &&str| {
            let (level, id) = heading.split_once(' ').unwrap();
            let (id, code) = id.strip_suffix('*').map_or((id, ""), |id| (id, "<pre><code>x</code></pre>\n"));
            format!("<h{level} id=\"{id}\"><a class=\"header\" href=\"#{id}\">{id}</a></h{level}>\n<p>…</p>\n{code}")
        };
        headings.iter().map(heading).collect()
    }

    /// The further ids of the first of two pages, as `own=alias`.
    fn aliases(own: &[&str], other: &[&str]) -> Vec<String> {
        let (own, other) = (main(own), main(other));
        let all = between(&[&own, &other]);
        all[0].at.iter().map(|alias| format!("{}={}", alias.id, alias.others.join(","))).collect()
    }

    #[test]
    fn equal_outlines_are_one_to_one() {
        assert_eq!(
            aliases(&["1 甲", "2 安装", "3 源码", "2 用"], &["1 a", "2 install", "3 source", "2 use"]),
            ["甲=a", "安装=install", "源码=source", "用=use"]
        );
        // Whichever level they begin with, and whatever they skip.
        assert_eq!(aliases(&["2 一", "4 二", "2 三"], &["1 a", "2 b", "1 c"]), ["一=a", "二=b", "三=c"]);
        assert_eq!(aliases(&["2 same", "2 x"], &["2 same", "2 y"]), ["x=y"]);
    }

    #[test]
    fn a_section_that_one_edition_lacks() {
        // At its place by what sections look like.
        assert_eq!(aliases(&["2 一", "2 二*", "2 三", "2 四"], &["2 a", "2 c", "2 d"]), ["一=a", "三=c", "四=d"]);
        // Only the part that it is in is moved.
        assert_eq!(aliases(&["2 一", "3 二", "2 三", "3 四"], &["2 a", "2 c", "3 d"]), ["一=a", "三=c", "四=d"]);
        assert_eq!(aliases(&["1 一", "2 二"], &["1 a"]), ["一=a"]);
        assert!(aliases(&["1 一"], &[]).is_empty());
    }

    #[test]
    fn the_switch_knows_what_ids_do_not() {
        // `b` is another section of the other page.
        let pages = [main(&["2 a", "2 b", "2 x"]), main(&["2 b", "2 c", "2 y"]), main(&["2 a"])];
        let all = between(&[&pages[0], &pages[1], &pages[2]]);
        assert_eq!(all[0].at.iter().map(|alias| alias.others.join(",")).collect::<Vec<_>>(), ["c", "y"]);
        let map = |from: usize, to: usize| -> Vec<String> {
            all[from].sections[to].iter().map(|(own, there)| format!("{own}→{there}")).collect()
        };
        assert_eq!(map(0, 1), ["b→c"]);
        assert_eq!(map(1, 0), ["b→a"]);
        assert_eq!(map(0, 2), ["b→", "x→"]);
        assert!(map(0, 0).is_empty());
        assert_eq!(attribute(&all[0].sections[1]), " data-sections='{\"b\":\"c\"}'");
        assert_eq!(attribute(&all[0].sections[0]), "");
        let odd = BTreeMap::from([("it's<&".to_owned(), "\"".to_owned())]);
        assert_eq!(attribute(&odd), " data-sections='{\"it&#39;s&lt;&amp;\":\"\\\"\"}'");
    }

    #[test]
    fn further_ids_stand_before_the_link() {
        let (own, other) = (main(&["2 安装"]), main(&["2 a\"b"]).replace("a\"b", "a&quot;b"));
        let all = between(&[&own, &other]);
        let alias = "<span class=\"section-alias\" id=\"a&quot;b\" aria-hidden=\"true\"></span>";
        let expected = format!("<h2 id=\"安装\">{alias}<a class=\"header\" href=\"#安装\">安装</a></h2>\n<p>…</p>\n");
        assert_eq!(with_aliases(&own, &all[0]), expected);
        assert_eq!(with_aliases("", &all[0]), "");
    }

    fn page() -> impl Strategy<Value = String> {
        let heading = (1u8..=6, "[abc甲乙]{1,2}", prop::bool::ANY)
            .prop_map(|(level, id, code)| main(&[&format!("{level} {id}{}", if code { "*" } else { "" })]));
        let piece = prop_oneof![
            4 => heading,
            1 => "<p id=\"[abc甲乙]\">[a-z]{0,3}</p>",
            1 => "(<h[1-6]>|</h2>|<h2 id=a>|<!--|-->|<script>|[ <>\"'=a-z甲]{0,6})",
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| {
            // A page has each id once.
            let mut seen = BTreeSet::new();
            pieces.into_iter().filter(|piece| id_of(piece).is_none_or(|id| seen.insert(id))).collect()
        })
    }

    fn id_of(piece: &str) -> Option<String> {
        html::tokens(piece).find_map(|(_, range)| id(&piece[range]))
    }

    fn ids(main: &str) -> Vec<String> {
        let tags = html::tokens(main).filter(|(token, _)| matches!(token, Token::Open(_) | Token::Empty(_)));
        tags.filter_map(|(_, range)| id(&main[range])).collect()
    }

    proptest! {
        #[test]
        fn ids_stay_unique_and_bytes_stay(pages in prop::collection::vec(page(), 1..4)) {
            let mains: Vec<&str> = pages.iter().map(String::as_str).collect();
            let all = between(&mains);
            let span = regex::Regex::new("<span class=\"section-alias\" id=\"[^\"]*\" aria-hidden=\"true\"></span>").unwrap();
            let written: Vec<Cow<'_, str>> = mains.iter().zip(&all).map(|(main, own)| with_aliases(main, own)).collect();
            for ((main, written), own) in mains.iter().zip(&written).zip(&all) {
                prop_assert_eq!(span.replace_all(written, ""), *main);
                let (before, after) = (ids(main), ids(written));
                let unique = |ids: &[String]| ids.iter().collect::<BTreeSet<_>>().len();
                let added: usize = own.at.iter().map(|alias| alias.others.len()).sum();
                prop_assert_eq!(after.len(), before.len() + added);
                prop_assert_eq!(unique(&after), unique(&before) + added);
            }
            // Where the switch is told nothing, the id leads somewhere there.
            for (own, page) in all.iter().enumerate() {
                for (other, sections) in page.sections.iter().enumerate().filter(|(other, _)| *other != own) {
                    for heading in Outline::read(mains[own]).headings {
                        let Some(id) = heading.id else { continue };
                        let there = sections.get(&id).unwrap_or(&id);
                        prop_assert!(there.is_empty() || ids(&written[other]).contains(there), "{} → {}", id, there);
                    }
                }
            }
        }
    }
}
