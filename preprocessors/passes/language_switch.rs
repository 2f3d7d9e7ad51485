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

use super::markup::{Attributes, Block, Inline, MarkupLink, Navigation, joined};
use super::{Stage, splices};
use crate::config::{MissingEdition, PassName};
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
    let entrances = Entrances::new(stage.notebook, stage.config.runs(PassName::LearningPath));
    for page in &stage.notebook.pages {
        let switch = match stage.notebook.shown(page) {
            Some(shown) => between_editions(stage, page, shown, &entrances),
            None => between_homes(stage, page),
        };
        let Some(switch) = switch else { continue };
        let switch = [Block::Navigation(switch)];
        edits.extend(splices::blocks(stage, page, page.anatomy.banner, &switch, Layer::LanguageSwitch));
        if stage.config.language_switch.replace {
            let own = page.own_switches.iter();
            edits.extend(own.map(|range| splices::remove(page, range.clone(), Layer::LanguageSwitch)));
        }
    }
    edits
}

/// How many missing editions are each said by themselves: more of them would be in the way of the text.
const MISSING_ONE_BY_ONE: usize = 3;

/// What the switch says of one language.
enum Item<'v> {
    /// The page that is shown, or one to go to.
    There(Vec<Inline<'v>>),
    /// No edition.
    Missing(Absence<'v>),
}

/// A language in which there is no edition.
struct Absence<'v> {
    language: &'v Language,
    /// The text of a link to the nearest index in that language, and where it leads.
    index: Option<(String, String)>,
}

fn between_editions<'v>(
    stage: &'v Stage<'_>,
    page: &Page,
    (note, shown): (&'v Note, &'v Edition),
    entrances: &Entrances<'_>,
) -> Option<Navigation<'v>> {
    let current = &shown.language.value;
    // A page can be in a language that the book does not list; its readers still switch.
    let listed = &stage.notebook.languages;
    let languages = listed.iter().chain(Some(current).filter(|current| !listed.contains(current)));
    let items = languages.filter_map(|language| {
        if language == current {
            let attributes = Attributes::class("language-switch-current").with("lang", language.tag());
            return Some(Item::There(vec![Inline::Current(attributes, stage.config.autonym(language).into())]));
        }
        match note.counterpart(language) {
            Some((edition, path)) => {
                let link = titled(stage, language, &edition.title.value, stage.link(page, path));
                let target = stage.to_language(language).with("rel", "alternate");
                Some(Item::There(vec![link.target(target).into()]))
            }
            None if note.added || stage.config.language_switch.missing == MissingEdition::Hide => None,
            None => {
                let index = entrances.nearest(note, shown, language);
                let index = index.map(|(index, path)| (index_name(stage, index), stage.link(page, path)));
                Some(Item::Missing(Absence { language, index }))
            }
        }
    });
    let items: Vec<Item<'v>> = items.collect();
    (items.len() > 1).then(|| Navigation {
        class: "language-switch",
        label: stage.text(current, "language-switch-label"),
        items: said(stage, current, items),
    })
}

/// Says each item; many missing editions in one sentence, behind the others.
fn said<'v>(stage: &'v Stage<'_>, speaks: &Language, items: Vec<Item<'v>>) -> Vec<Vec<Inline<'v>>> {
    let missing = items.iter().filter(|item| matches!(item, Item::Missing(_))).count();
    let mut said = Vec::new();
    let mut together = Vec::new();
    for item in items {
        match item {
            Item::There(item) => said.push(item),
            Item::Missing(absence) if missing > MISSING_ONE_BY_ONE => together.push(absence),
            Item::Missing(absence) => said.push(absent(stage, speaks, absence)),
        }
    }
    if !together.is_empty() {
        said.push(all_absent(stage, speaks, together));
    }
    said
}

/// A link to a page in a language, by the language's name and the page's title.
fn titled<'v>(stage: &'v Stage<'_>, language: &'v Language, title: &str, url: String) -> MarkupLink<'v> {
    let mut link = MarkupLink::new(url, stage.config.autonym(language)).target(stage.to_language(language));
    link.text.push(Inline::span(Attributes::class("language-switch-title"), format!(": {title}")));
    link
}

/// What is said of one missing edition, with a link to the nearest index.
fn absent<'v>(stage: &'v Stage<'_>, speaks: &Language, absence: Absence<'v>) -> Vec<Inline<'v>> {
    let Absence { language, index } = absence;
    let lang = Attributes::default().with("lang", language.tag());
    let named = Inline::span(lang, stage.config.autonym(language));
    let sentence = stage.sentence(speaks, "edition-missing", &[], &[("language", vec![named])]);
    let mut said = vec![Inline::Span(Attributes::class("language-switch-missing"), sentence)];
    if let Some((text, url)) = index {
        let link = to_index(stage, language, url, text);
        said.extend([Inline::text(" "), Inline::Addition(Box::new(link))]);
    }
    said
}

/// What is said of many missing editions. The name of each language leads to the nearest index.
fn all_absent<'v>(stage: &'v Stage<'_>, speaks: &Language, absences: Vec<Absence<'v>>) -> Vec<Inline<'v>> {
    let named = absences.into_iter().map(|Absence { language, index }| match index {
        Some((_, url)) => to_index(stage, language, url, stage.config.autonym(language)),
        None => stage.named(language),
    });
    let named = joined(named.collect(), &stage.text(speaks, "list-separator"));
    let sentence = stage.sentence(speaks, "editions-missing", &[], &[("languages", named)]);
    vec![Inline::Span(Attributes::class("language-switch-missing"), sentence)]
}

/// A link to an index in a language.
fn to_index<'v>(
    stage: &Stage<'_>,
    language: &'v Language,
    url: String,
    text: impl Into<std::borrow::Cow<'v, str>>,
) -> Inline<'v> {
    let class = Attributes::class("language-switch-index");
    MarkupLink::new(url, text).kind(class).target(stage.to_language(language)).into()
}

/// What a link to an index says, in the language of the index.
fn index_name(stage: &Stage<'_>, index: &Edition) -> String {
    let language = &index.language.value;
    let arguments =
        [("language", Argument::Text(stage.config.autonym(language))), ("title", Argument::Text(&index.title.value))];
    stage.messages.text(language, "language-switch-index", &arguments)
}

/// Where each language begins.
fn between_homes<'v>(stage: &'v Stage<'_>, page: &'v Page) -> Option<Navigation<'v>> {
    let items = stage.notebook.languages.iter().filter_map(|language| {
        let home = stage.notebook.home(language)?;
        let (_, edition) = stage.notebook.shown(home)?;
        let own = stage.config.of(language);
        let title = own.and_then(|own| own.title.as_deref()).unwrap_or(&edition.title.value);
        let description = own.and_then(|own| own.description.as_deref());
        let description = description
            .map(|description| Box::new(Inline::span(Attributes::class("language-switch-description"), description)));
        let link = titled(stage, language, title, stage.link(page, &home.path));
        Some(vec![MarkupLink { description, ..link }.into()])
    });
    let items: Vec<Vec<Inline<'v>>> = items.collect();
    (!items.is_empty()).then(|| Navigation {
        class: "language-switch language-switch-home",
        label: stage.text(stage.speaks(page), "language-switch-home-label"),
        items,
    })
}

#[cfg(test)]
mod tests {
    use crate::passes::test_book;

    /// What the switch of a page leads to in English, where the page has no English edition; each file that the table of
    /// contents lists is one line.
    fn index_of(summary: &str, page: &str) -> Option<String> {
        let listed = summary.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let mut book = vec![("SUMMARY.md", format!("# Summary\n\n{summary}"))];
        book.extend(listed.map(|path| {
            let is_english = path.starts_with("en/") || path.contains("_en") || path.contains(".en");
            (path, format!("# {}\n", if is_english { format!("In {path}") } else { format!("在{path}") }))
        }));
        let book: Vec<(&str, &str)> = book.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let pages = test_book::pages(crate::read, "language-switch", &book, "html", |_| {});
        let switch = pages[page].split_once("<nav").expect("a switch").1;
        assert!(switch.contains("暂无"), "{switch}");
        assert!(!switch.contains("rel="), "{switch}");
        let (_, link) = switch.split_once("class=\"language-switch-index\" href=\"")?;
        Some(link.split_once('"').expect("an attribute").0.to_owned())
    }

    #[test]
    fn a_missing_edition_leads_to_the_index_of_a_folder() {
        let both = ["zh/README.md", "en/README.md", "zh/rl/README.md", "en/rl/README.md", "zh/rl/deep/a.md", "zh/b.md"];
        for (listed, page, index) in [
            // The index of the folder, the one further out, and the root's.
            (&both[..], "zh/rl/deep/a.md", Some("../../../en/rl/index.html")),
            (&both, "zh/b.md", Some("../en/index.html")),
            // An index that is not there in Chinese is one, too.
            (&["zh/rl/a.md", "en/rl/index.md", "en/rl/c.md"], "zh/rl/a.md", Some("../../en/rl/index.html")),
            // An index has itself no index but one further out.
            (&["zh/README.md", "en/README.md", "zh/rl/README.md"], "zh/rl/README.md", Some("../../en/index.html")),
            // Suffixes in place of folders.
            (&["rl/README.md", "rl/README_en.md", "rl/a.md", "rl/b.md"], "rl/a.md", Some("README_en.html")),
            // A note like any other is no index.
            (&["zh/a.md", "en/b.md"], "zh/a.md", None),
            // Nothing at all in English.
            (&["zh/a.md", "zh/README.md"], "zh/a.md", None),
        ] {
            let summary: String = listed.iter().map(|path| format!("- [x]({path})\n")).collect();
            assert_eq!(index_of(&summary, page).as_deref(), index, "{page} in\n{summary}");
        }
    }

    #[test]
    fn a_missing_edition_leads_to_what_it_would_stand_below() {
        for (summary, page, index) in [
            // A chapter, whatever the folders.
            (
                "- [课](zh/course.md)\n  - [一](zh/one.md)\n- [Course](en/course.md)\n  - [Two](en/two.md)\n",
                "zh/one.md",
                Some("../en/course.html"),
            ),
            // … unless the folder has a nearer one than the index of everything.
            (
                "- [全](zh/README.md)\n  - [一](zh/rl/a.md)\n- [All](en/README.md)\n  - [RL](en/rl/README.md)\n",
                "zh/rl/a.md",
                Some("../../en/rl/index.html"),
            ),
            // A preface begins the English part, and so does a chapter with others below it.
            (
                "[前言](zh/preface.md)\n[Preface](en/start.md)\n\n- [甲](zh/a.md)\n- [B](en/b.md)\n",
                "zh/a.md",
                Some("../en/start.html"),
            ),
            ("- [甲](zh/a.md)\n- [English](en/all.md)\n  - [B](en/b.md)\n", "zh/a.md", Some("../en/all.html")),
            ("[甲](zh/a.md)\n[B](en/b.md)\n", "zh/a.md", None),
        ] {
            assert_eq!(index_of(summary, page).as_deref(), index, "{page} in\n{summary}");
        }
    }
}
