//! `SUMMARY.md`: a fresh one, and one that is there already and gets what it lacks.
//!
//! ```text
//! Wanted ─ write ────→ # Summary
//!
//!                      [Notes](README.md)
//!
//!                      # RLHF
//!
//!                      - [PPO](rlhf/ppo.md)
//!                      - [Loss]()
//!                        - [KL \[k3\]](<rlhf/kl (k3).md>)
//!
//! - [A](a.md)                        - [A](a.md)
//! <!-- - [C](c.md) -->  ─ complete → - [B](b.md)
//! [Thanks](thanks.md)                <!-- - [C](c.md) -->
//!                                    [Thanks](thanks.md)
//! ```

mod complete;
mod outline;

use std::collections::BTreeSet;

pub use complete::{Completed, complete};
pub(super) use outline::mentioned;

/// What a table of contents is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The chapters before the numbered ones.
    pub prefix: Vec<PrefixChapter>,
    /// The numbered chapters. A part without a title joins the part before it, as Markdown has nothing between them.
    pub parts: Vec<SummaryPart>,
}

impl Wanted {
    /// The file of the first chapter that has one.
    #[must_use]
    pub fn first(&self) -> Option<&str> {
        fn first(chapters: &[NumberedChapter]) -> Option<&str> {
            chapters.iter().find_map(|chapter| chapter.path.as_deref().or_else(|| first(&chapter.children)))
        }
        let prefix = self.prefix.first().map(|entry| entry.path.as_str());
        prefix.or_else(|| self.parts.iter().find_map(|part| first(&part.chapters)))
    }
}

/// A chapter without a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrefixChapter {
    /// Its title, as plain text.
    pub title: String,
    /// Its file, relative to the book's source folder.
    pub path: String,
}

/// Chapters under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SummaryPart {
    /// The heading, as plain text.
    pub title: Option<String>,
    /// The chapters.
    pub chapters: Vec<NumberedChapter>,
}

/// A numbered chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberedChapter {
    /// Its title, as plain text.
    pub title: String,
    /// Its file, relative to the book's source folder; `None` for a draft that only groups.
    pub path: Option<String>,
    /// The chapters below it.
    pub children: Vec<NumberedChapter>,
}

/// Writes a table of contents that mdBook reads back as it is wanted.
///
/// White space in a title becomes single spaces. A path that comes twice is written once, because mdBook refuses a
/// file that is listed twice. A path that holds `%20` cannot be written: mdBook always reads a space.
#[must_use]
pub fn write(wanted: &Wanted) -> String {
    let mut text = "# Summary\n".to_owned();
    let mut listed = BTreeSet::new();
    for entry in &wanted.prefix {
        if listed.insert(normal(&entry.path)) {
            text += &format!("\n{}\n", link(&entry.title, &entry.path));
        }
    }
    for part in &wanted.parts {
        if let Some(title) = &part.title {
            text += &format!("\n{}\n", heading(title));
        }
        let mut list = String::new();
        write_list(&part.chapters, "", &mut listed, &mut list);
        if !list.is_empty() {
            text += &format!("\n{list}");
        }
    }
    text
}

fn write_list(chapters: &[NumberedChapter], indent: &str, listed: &mut BTreeSet<String>, text: &mut String) {
    for chapter in chapters {
        let path = chapter.path.as_deref().filter(|path| !path.is_empty());
        let is_new = path.is_none_or(|path| listed.insert(normal(path)));
        if is_new || !chapter.children.is_empty() {
            let path = path.filter(|_| is_new).unwrap_or_default();
            *text += &format!("{indent}- {}\n", link(&chapter.title, path));
            write_list(&chapter.children, &format!("{indent}  "), listed, text);
        }
    }
}

/// The heading of a part.
fn heading(title: &str) -> String {
    let mut title = inline(title);
    // `# C #` is a heading that says C.
    if title.ends_with('#') {
        title.insert(title.len() - 1, '\\');
    }
    format!("# {title}").trim_end().to_owned()
}

fn link(title: &str, path: &str) -> String {
    format!("[{}]({})", inline(title), destination(path))
}

/// A title on one line, without control characters, which Markdown has no way to write.
fn fold(title: &str) -> String {
    let words = title.split(|character: char| character.is_ascii_whitespace() || character.is_control());
    let folded = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    folded.trim().to_owned()
}

/// A title as Markdown that reads as that title. Only what would be read as something else is escaped.
fn inline(title: &str) -> String {
    let title = fold(title);
    let mut text = String::with_capacity(title.len());
    let mut before = None;
    for (at, character) in title.char_indices() {
        let after = &title[at + character.len_utf8()..];
        let is_escaped = match character {
            '\\' | '[' | ']' | '*' | '`' | '<' => true,
            // Inside of a word it is no emphasis, and file names read better without a backslash.
            '_' => {
                !(before.is_some_and(char::is_alphanumeric) && after.chars().next().is_some_and(char::is_alphanumeric))
            }
            '&' => is_entity(after),
            _ => false,
        };
        if is_escaped {
            text.push('\\');
        }
        text.push(character);
        before = Some(character);
    }
    text
}

/// Whether `&` and this may be a character reference.
fn is_entity(after: &str) -> bool {
    after
        .find(|character: char| character != '#' && !character.is_ascii_alphanumeric())
        .is_some_and(|end| end > 0 && after[end..].starts_with(';'))
}

/// A path as the destination of a link.
fn destination(path: &str) -> String {
    let is_plain =
        |character: char| !(character.is_whitespace() || character.is_control() || "()<>\\&`".contains(character));
    if path.chars().all(is_plain) {
        return path.to_owned();
    }
    let mut text = "<".to_owned();
    for character in path.chars() {
        match character {
            '\\' | '<' | '>' | '&' | '`' => text.extend(['\\', character]),
            _ if character.is_control() => text += &format!("&#{};", u32::from(character)),
            _ => text.push(character),
        }
    }
    text + ">"
}

/// A path by which two ways of writing it are compared, as mdBook takes it from a link.
fn normal(path: &str) -> String {
    let path = path.replace("%20", " ");
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use mdbook_summary::{Summary, SummaryItem, parse_summary};
    use proptest::prelude::*;

    use super::*;

    fn chapters(items: &[SummaryItem]) -> Vec<NumberedChapter> {
        let links = items.iter().filter_map(|item| match item {
            SummaryItem::Link(link) => Some(link),
            _ => None,
        });
        links
            .map(|link| NumberedChapter {
                title: link.name.clone(),
                path: link.location.as_ref().map(|path| path.to_str().unwrap().to_owned()),
                children: chapters(&link.nested_items),
            })
            .collect()
    }

    /// What mdBook makes of a table of contents, in our words.
    pub(super) fn read(summary: &Summary) -> Wanted {
        let prefix = chapters(&summary.prefix_chapters);
        let prefix =
            prefix.into_iter().map(|it| PrefixChapter { title: it.title, path: it.path.unwrap_or_default() }).collect();
        let mut parts: Vec<SummaryPart> = Vec::new();
        for item in &summary.numbered_chapters {
            match item {
                SummaryItem::PartTitle(title) => {
                    parts.push(SummaryPart { title: Some(title.clone()), chapters: Vec::new() })
                }
                item => {
                    if parts.is_empty() {
                        parts.push(SummaryPart::default());
                    }
                    parts.last_mut().unwrap().chapters.extend(chapters(std::slice::from_ref(item)));
                }
            }
        }
        Wanted { prefix, parts }
    }

    fn chapter(title: &str, path: &str, children: Vec<NumberedChapter>) -> NumberedChapter {
        NumberedChapter { title: title.to_owned(), path: (!path.is_empty()).then(|| path.to_owned()), children }
    }

    #[test]
    fn a_fresh_summary() {
        let wanted = Wanted {
            prefix: vec![
                PrefixChapter { title: "Notes".to_owned(), path: "README.md".to_owned() },
                PrefixChapter { title: "Again".to_owned(), path: "./README.md".to_owned() },
            ],
            parts: vec![SummaryPart {
                title: Some("RLHF C#".to_owned()),
                chapters: vec![
                    chapter("PPO_2 & Q&A", "rlhf/ppo.md", vec![]),
                    chapter(" Loss\n* ", "", vec![chapter("KL [k3]", "rlhf/kl (k3).md", vec![])]),
                    chapter("twice", "README.md", vec![]),
                ],
            }],
        };
        assert_eq!(
            write(&wanted),
            "# Summary\n\n[Notes](README.md)\n\n# RLHF C\\#\n\n- [PPO_2 & Q&A](rlhf/ppo.md)\n- [Loss \\*]()\n  - [KL \\[k3\\]](<rlhf/kl (k3).md>)\n"
        );
    }

    fn title() -> impl Strategy<Value = String> {
        prop_oneof![r"[\[\]\\*_`<>&;#!$~a显。\n \t\r|{}()-]{0,12}", r"&[a-z#0-9]{1,5};", any::<String>()]
    }

    fn path() -> impl Strategy<Value = String> {
        prop_oneof![r"[\[\]\\*_`<>&;#!$~a显。\n ()|{}'\x22%:-]{1,12}\.md", r"\PC{1,10}\.md"]
            .prop_filter("a file that mdBook can name", |path| {
                !path.contains("%20") && normal(path) == *path && !path.contains('\0')
            })
    }

    proptest! {
        #[test]
        fn titles_and_paths_come_back(titles in prop::collection::vec(title(), 5), a in path(), b in path(), c in path()) {
            prop_assume!(a != b && b != c && a != c);
            let wanted = Wanted {
                prefix: vec![PrefixChapter { title: titles[0].clone(), path: a }],
                parts: vec![
                    SummaryPart { title: None, chapters: vec![chapter(&titles[1], &b, vec![])] },
                    SummaryPart { title: Some(titles[2].clone()), chapters: vec![
                        chapter(&titles[3], "", vec![chapter(&titles[4], &c, vec![])]),
                    ] },
                ],
            };
            let mut folded = wanted.clone();
            folded.prefix[0].title = fold(&titles[0]);
            folded.parts[0].chapters[0].title = fold(&titles[1]);
            folded.parts[1].title = Some(fold(&titles[2]));
            folded.parts[1].chapters[0].title = fold(&titles[3]);
            folded.parts[1].chapters[0].children[0].title = fold(&titles[4]);
            let text = write(&wanted);
            prop_assert_eq!(read(&parse_summary(&text).unwrap()), folded, "{}", text);
            prop_assert_eq!(complete(&text, &wanted).unwrap(), Completed { text, added: vec![] });
        }
    }
}
