//! Links each page to the same note in the other languages.
//!
//! ```text
//! # 标题     →     # 标题
//!
//!                  简体中文  English: Title  暂无 日本語 版  日本語の目次：ノート
//! ```
//!
//! A line of the note's own that says no more than this ([`crate::markdown::own_lines`]) makes room for it. A list: one plain
//! link for each other edition that has a page; the current language as text; an edition that is missing said in words,
//! with a link to the nearest index in its language. A page of no language, such as the root index, shows where each
//! language begins. Only a link to another edition of the same note is an alternate of the page.

use maud::{Markup, html};

use super::markup::{block, html_line, html_sentence, markdown_link, markdown_sentence, markdown_text, remove};
use super::{Format, Stage};
use crate::config::Missing;
use crate::edit::{Edit, Layer};
use crate::messages::Argument;
use crate::notebook::{Edition, Entrances, Note, Page};
use crate::values::Language;

/// One switch for each page that has something to switch to, or something missing.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if stage.notebook.languages.len() < 2 {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let entrances = Entrances::new(stage.notebook, stage.config);
    for page in &stage.notebook.pages {
        let text = match stage.notebook.shown(page) {
            Some(shown) => between_editions(stage, page, shown, &entrances),
            None => between_homes(stage, page),
        };
        let Some(text) = text else { continue };
        edits.push(block(page, page.anatomy.banner, &text, Layer::LanguageSwitch));
        if stage.config.language_switch.replace {
            edits.extend(page.own_switches.iter().map(|range| remove(page, range, Layer::LanguageSwitch)));
        }
    }
    edits
}

/// What the switch says of one language.
enum Item<'a> {
    Current(&'a Language),
    /// The same note.
    Other {
        language: &'a Language,
        link: String,
        title: &'a str,
    },
    /// Where the language begins.
    Home {
        language: &'a Language,
        link: String,
        title: &'a str,
        description: Option<&'a str>,
    },
    /// No edition, and the text of a link to an index.
    Missing {
        language: &'a Language,
        index: Option<(String, String)>,
    },
    /// No edition in any of these languages, and where the nearest index of each is.
    AllMissing(Vec<(&'a Language, Option<String>)>),
}

/// How many missing editions are each said by themselves: more of them would be in the way of the text.
const MISSING_ONE_BY_ONE: usize = 3;

fn between_editions(
    stage: &Stage<'_>,
    page: &Page,
    (note, shown): (&Note, &Edition),
    entrances: &Entrances<'_>,
) -> Option<String> {
    let current = &shown.language.value;
    // A page can be in a language that the book does not list; its readers still switch.
    let listed = &stage.notebook.languages;
    let languages = listed.iter().chain(Some(current).filter(|current| !listed.contains(current)));
    let items: Vec<Item<'_>> = languages
        .filter_map(|language| {
            if language == current {
                return Some(Item::Current(language));
            }
            match note.counterpart(language) {
                Some((edition, path)) => {
                    Some(Item::Other { language, link: stage.link(page, path), title: &edition.title.value })
                }
                None if note.added || stage.config.language_switch.missing == Missing::Hide => None,
                None => {
                    let index = entrances.nearest(note, shown, language);
                    let index = index.map(|(index, path)| (index_name(stage, index), stage.link(page, path)));
                    Some(Item::Missing { language, index })
                }
            }
        })
        .collect();
    if items.len() < 2 {
        return None;
    }
    Some(write(stage, current, &together(items), "language-switch-label", "language-switch"))
}

/// Says many missing editions in one sentence, behind the others.
fn together(items: Vec<Item<'_>>) -> Vec<Item<'_>> {
    let is_missing = |item: &Item<'_>| matches!(item, Item::Missing { .. });
    if items.iter().filter(|item| is_missing(item)).count() <= MISSING_ONE_BY_ONE {
        return items;
    }
    let mut missing = Vec::new();
    let mut others = Vec::new();
    for item in items {
        match item {
            Item::Missing { language, index } => missing.push((language, index.map(|(_, link)| link))),
            other => others.push(other),
        }
    }
    others.push(Item::AllMissing(missing));
    others
}

/// What a link to an index says, in the language of the index.
fn index_name(stage: &Stage<'_>, index: &Edition) -> String {
    let language = &index.language.value;
    let arguments =
        [("language", Argument::Text(stage.config.autonym(language))), ("title", Argument::Text(&index.title.value))];
    stage.messages.text(language, "language-switch-index", &arguments)
}

/// Where each language begins.
fn between_homes(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let items: Vec<Item<'_>> = stage
        .notebook
        .languages
        .iter()
        .filter_map(|language| {
            let home = stage.notebook.home(language)?;
            let (_, edition) = stage.notebook.shown(home)?;
            let own = stage.config.of(language);
            Some(Item::Home {
                language,
                link: stage.link(page, &home.path),
                title: own.and_then(|own| own.title.as_deref()).unwrap_or(&edition.title.value),
                description: own.and_then(|own| own.description.as_deref()),
            })
        })
        .collect();
    let class = "language-switch language-switch-home";
    (!items.is_empty()).then(|| write(stage, stage.speaks(page), &items, "language-switch-home-label", class))
}

fn write(stage: &Stage<'_>, speaks: &Language, items: &[Item<'_>], label: &str, class: &str) -> String {
    match stage.format {
        Format::Html => {
            let label = stage.messages.text(speaks, label, &[]);
            // Without its markers a list is no list to some screen readers, unless it says so.
            html_line(html! {
                nav class=(class) aria-label=(label) data-pagefind-ignore {
                    ul role="list" {
                        @for item in items { li { (html_item(stage, speaks, item)) } }
                    }
                }
            })
        }
        Format::Markdown => {
            let items: Vec<String> = items.iter().map(|item| markdown_item(stage, speaks, item)).collect();
            items.join(" · ")
        }
    }
}

fn html_item(stage: &Stage<'_>, speaks: &Language, item: &Item<'_>) -> Markup {
    let name = |language| stage.config.autonym(language);
    let titled = |language, title: &str| html! { (name(language)) span.language-switch-title { ": " (title) } };
    match item {
        Item::Current(language) => html! {
            span.language-switch-current lang=(language) aria-current="page" { (name(language)) }
        },
        Item::Other { language, link, title } => html! {
            a href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] rel="alternate" {
                (titled(language, title))
            }
        },
        Item::Home { language, link, title, description } => html! {
            a href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] {
                (titled(language, title))
                @if let Some(description) = description {
                    " " span.language-switch-description { (description) }
                }
            }
        },
        Item::Missing { language, index } => {
            let pieces = stage.messages.sentence(speaks, "edition-missing", &[], &["language"]);
            html! {
                span.language-switch-missing {
                    (html_sentence(&pieces, &[html! { span lang=(language) { (name(language)) } }]))
                }
                @if let Some((text, link)) = index {
                    " "
                    a.language-switch-index href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] {
                        (text)
                    }
                }
            }
        }
        Item::AllMissing(languages) => {
            let separator = stage.messages.text(speaks, "list-separator", &[]);
            let named = html! {
                @for (at, (language, link)) in languages.iter().enumerate() {
                    @if at > 0 { (separator) }
                    @match link {
                        Some(link) => a.language-switch-index href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] {
                            (name(language))
                        },
                        None => span lang=(language) dir=[stage.direction(language)] { (name(language)) },
                    }
                }
            };
            let pieces = stage.messages.sentence(speaks, "editions-missing", &[], &["languages"]);
            html! { span.language-switch-missing { (html_sentence(&pieces, &[named])) } }
        }
    }
}

fn markdown_item(stage: &Stage<'_>, speaks: &Language, item: &Item<'_>) -> String {
    let name = |language| markdown_text(stage.config.autonym(language));
    let titled =
        |language, title, link: &str| markdown_link(&format!("{}: {}", name(language), markdown_text(title)), link);
    match item {
        Item::Current(language) => format!("**{}**", name(language)),
        Item::Other { language, link, title } => titled(language, title, link),
        Item::Home { language, link, title, description } => {
            let link = titled(language, title, link);
            match description {
                Some(description) => format!("{link} {}", markdown_text(description)),
                None => link,
            }
        }
        Item::Missing { language, index } => {
            let pieces = stage.messages.sentence(speaks, "edition-missing", &[], &["language"]);
            let sentence = markdown_sentence(&pieces, &[name(language)]);
            match index {
                Some((text, link)) => format!("{sentence} ({})", markdown_link(&markdown_text(text), link)),
                None => sentence,
            }
        }
        Item::AllMissing(languages) => {
            let separator = stage.messages.text(speaks, "list-separator", &[]);
            let named = languages.iter().map(|(language, link)| match link {
                Some(link) => markdown_link(&name(language), link),
                None => name(language),
            });
            let pieces = stage.messages.sentence(speaks, "editions-missing", &[], &["languages"]);
            markdown_sentence(&pieces, &[named.collect::<Vec<_>>().join(&markdown_text(&separator))])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial;
    use super::*;

    /// What the switch of a page leads to in English, where the page has no English edition; each file is one line.
    fn index_of(summary: &str, files: &[&str], page: &str) -> Option<String> {
        let mut book = vec![("SUMMARY.md", summary.to_owned())];
        book.extend(files.iter().map(|path| {
            let is_english = path.starts_with("en/") || path.contains("_en") || path.contains(".en");
            (*path, format!("# {}\n", if is_english { format!("In {path}") } else { format!("在{path}") }))
        }));
        let book: Vec<(&str, &str)> = book.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let pages = trial::pages("language-switch", &book, Format::Html, |_| {});
        let switch = pages[page].split_once("<nav").expect("a switch").1;
        assert!(switch.contains("暂无"), "{switch}");
        assert!(!switch.contains("rel="), "{switch}");
        let (_, link) = switch.split_once("class=\"language-switch-index\" href=\"")?;
        Some(link.split_once('"').expect("an attribute").0.to_owned())
    }

    #[test]
    fn a_missing_edition_leads_to_the_nearest_index() {
        let chapters = |paths: &[&str]| -> String { paths.iter().map(|path| format!("- [x]({path})\n")).collect() };
        let both = ["zh/README.md", "en/README.md", "zh/rl/README.md", "en/rl/README.md", "zh/rl/deep/a.md", "zh/b.md"];
        let cases: Vec<(String, Vec<&str>, &str, Option<&str>)> = vec![
            // The index of the folder, the one further out, and the root's.
            (chapters(&both), both.to_vec(), "zh/rl/deep/a.md", Some("../../../en/rl/index.html")),
            (chapters(&both), both.to_vec(), "zh/b.md", Some("../en/index.html")),
            // An index that is not there in Chinese is one, too.
            (
                chapters(&["zh/rl/a.md", "en/rl/index.md", "en/rl/c.md"]),
                vec!["zh/rl/a.md", "en/rl/index.md", "en/rl/c.md"],
                "zh/rl/a.md",
                Some("../../en/rl/index.html"),
            ),
            // An index has itself no index but one further out.
            (
                chapters(&["zh/README.md", "en/README.md", "zh/rl/README.md"]),
                vec!["zh/README.md", "en/README.md", "zh/rl/README.md"],
                "zh/rl/README.md",
                Some("../../en/index.html"),
            ),
            // Suffixes in place of folders.
            (
                chapters(&["rl/README.md", "rl/README_en.md", "rl/a.md", "rl/b.md"]),
                vec!["rl/README.md", "rl/README_en.md", "rl/a.md", "rl/b.md"],
                "rl/a.md",
                Some("README_en.html"),
            ),
            // A chapter that it stands below, whatever the folders.
            (
                "- [课](zh/course.md)\n  - [一](zh/one.md)\n- [Course](en/course.md)\n  - [Two](en/two.md)\n"
                    .to_owned(),
                vec!["zh/course.md", "zh/one.md", "en/course.md", "en/two.md"],
                "zh/one.md",
                Some("../en/course.html"),
            ),
            // … unless the folder has a nearer one than the index of everything.
            (
                "- [全](zh/README.md)\n  - [一](zh/rl/a.md)\n- [All](en/README.md)\n  - [RL](en/rl/README.md)\n"
                    .to_owned(),
                vec!["zh/README.md", "zh/rl/a.md", "en/README.md", "en/rl/README.md"],
                "zh/rl/a.md",
                Some("../../en/rl/index.html"),
            ),
            // A preface begins the English part, and so does a chapter with others below it.
            (
                "[前言](zh/preface.md)\n[Preface](en/start.md)\n\n- [甲](zh/a.md)\n- [B](en/b.md)\n".to_owned(),
                vec!["zh/preface.md", "en/start.md", "zh/a.md", "en/b.md"],
                "zh/a.md",
                Some("../en/start.html"),
            ),
            (
                "- [甲](zh/a.md)\n- [English](en/all.md)\n  - [B](en/b.md)\n".to_owned(),
                vec!["zh/a.md", "en/all.md", "en/b.md"],
                "zh/a.md",
                Some("../en/all.html"),
            ),
            // A note like any other is no index.
            (chapters(&["zh/a.md", "en/b.md"]), vec!["zh/a.md", "en/b.md"], "zh/a.md", None),
            ("[甲](zh/a.md)\n[B](en/b.md)\n".to_owned(), vec!["zh/a.md", "en/b.md"], "zh/a.md", None),
            // Nothing at all in English.
            (chapters(&["zh/a.md", "zh/README.md"]), vec!["zh/a.md", "zh/README.md"], "zh/a.md", None),
        ];
        for (summary, files, page, index) in cases {
            let summary = format!("# Summary\n\n{summary}");
            assert_eq!(index_of(&summary, &files, page).as_deref(), index, "{page} in\n{summary}");
        }
    }
}
