//! Links each page to the same note in the other languages.
//!
//! ```text
//! # 标题     →     # 标题
//!
//!                  简体中文  English: Title  日本語 版はまだありません
//! ```
//!
//! A line of the note's own that says no more than this ([`crate::notebook::lead`]) makes room for it. One plain link for each other edition that has a page; the current language as text; an edition that is missing
//! said in words. A page of no language, such as the root index, shows where each language begins.

use maud::{Markup, html};

use super::markup::{block, html_line, html_sentence, markdown_link, markdown_sentence, markdown_text, remove};
use super::{Format, Stage};
use crate::config::Missing;
use crate::edit::{Edit, Layer};
use crate::notebook::{Language, Note, Page};

/// One switch for each page that has something to switch to, or something missing.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if stage.notebook.languages.len() < 2 {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let text = match stage.notebook.shown(page) {
            Some((note, _)) => between_editions(stage, page, note),
            None => between_homes(stage, page),
        };
        let Some(text) = text else { continue };
        edits.push(block(page, page.anatomy.banner, &text, Layer::LanguageSwitch));
        if stage.config.replace_switch {
            edits.extend(page.own_switches.iter().map(|range| remove(page, range, Layer::LanguageSwitch)));
        }
    }
    edits
}

/// What the switch says of one language.
enum Item<'a> {
    Current(&'a Language),
    Other { language: &'a Language, link: String, title: &'a str, description: Option<&'a str> },
    Missing(&'a Language),
}

fn between_editions(stage: &Stage<'_>, page: &Page, note: &Note) -> Option<String> {
    let current = stage.notebook.language(page)?;
    // A page can be in a language that the book does not list; its readers still switch.
    let listed = &stage.notebook.languages;
    let languages = listed.iter().chain(Some(current).filter(|current| !listed.contains(current)));
    let items: Vec<Item<'_>> = languages
        .filter_map(|language| {
            if language == current {
                return Some(Item::Current(language));
            }
            match note.counterpart(language) {
                Some((edition, path)) => Some(Item::Other {
                    language,
                    link: stage.link(page, path),
                    title: &edition.title.value,
                    description: None,
                }),
                None if note.added || stage.config.missing == Missing::Hide => None,
                None => Some(Item::Missing(language)),
            }
        })
        .collect();
    if items.len() < 2 {
        return None;
    }
    Some(write(stage, current, &items, "language-switch-label", "language-switch"))
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
            Some(Item::Other {
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
            html_line(html! {
                nav class=(class) aria-label=(label) data-pagefind-ignore {
                    @for (at, item) in items.iter().enumerate() {
                        @if at > 0 { " " }
                        (html_item(stage, speaks, item))
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
    match item {
        Item::Current(language) => html! {
            span.language-switch-current lang=(language) aria-current="page" { (name(language)) }
        },
        Item::Other { language, link, title, description } => html! {
            a href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] rel="alternate" {
                (name(language))
                span.language-switch-title { ": " (title) }
                @if let Some(description) = description {
                    " " span.language-switch-description { (description) }
                }
            }
        },
        Item::Missing(language) => {
            let pieces = stage.messages.sentence(speaks, "edition-missing", &[], &["language"]);
            html! {
                span.language-switch-missing {
                    (html_sentence(&pieces, &[html! { span lang=(language) { (name(language)) } }]))
                }
            }
        }
    }
}

fn markdown_item(stage: &Stage<'_>, speaks: &Language, item: &Item<'_>) -> String {
    let name = |language| markdown_text(stage.config.autonym(language));
    match item {
        Item::Current(language) => format!("**{}**", name(language)),
        Item::Other { language, link, title, description } => {
            let link = markdown_link(&format!("{}: {}", name(language), markdown_text(title)), link);
            match description {
                Some(description) => format!("{link} {}", markdown_text(description)),
                None => link,
            }
        }
        Item::Missing(language) => {
            let pieces = stage.messages.sentence(speaks, "edition-missing", &[], &["language"]);
            markdown_sentence(&pieces, &[name(language)])
        }
    }
}
