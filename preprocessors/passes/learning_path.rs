//! Lists the notes in the order in which they were written, once for each language.
//!
//! ```text
//! <!-- learning-path -->     →     ## RLHF 系统
//!
//!                                  2024-12-22  浅析 post-training 系统的计算流程 · 约 5 分钟 · 知乎
//!                                  2025-08-31  深入浅出 slime · 待审阅 · 约 5 分钟 · English
//!
//!                                  ## 日期不详
//!                                  …
//! ```
//!
//! A language in which no page has the marker gets a page for it ([`crate::assembly`]), so this pass only
//! ever fills markers. A note that is not there in the reader's language is listed in another one, which is named.

use std::collections::BTreeMap;

use super::markup::{Attributes, Block, Entry, Inline, MarkupLink, NoteList, Paragraph};
use super::{Stage, cross_post, external, marker, status_word};
use crate::config::GroupBy;
use crate::edit::{Edit, Layer};
use crate::markdown::LEARNING_PATH;
use crate::messages::Argument;
use crate::notebook::{Edition, External, Note, Page, Sections};
use crate::values::{Date, Language, PagePath};

/// One path in place of each marker.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    marker::fill(stage, LEARNING_PATH, Layer::LearningPath, |page, language, level| {
        Path::new(stage, language).blocks(page, level)
    })
}

/// The notes for readers of one language.
struct Path<'a> {
    stage: &'a Stage<'a>,
    language: &'a Language,
    sections: Sections<'a>,
}

/// A note on the path.
struct Step<'a> {
    /// Its place in the book.
    place: usize,
    note: &'a Note,
    edition: &'a Edition,
    page: &'a PagePath,
    date: Option<Date>,
    /// The section that its group is named after, and the language of that name.
    group: Option<(&'a str, &'a Language)>,
    /// The section below the group.
    section: Option<&'a str>,
}

/// Notes under one heading.
struct Group<'a, 'e> {
    /// The heading; none where the path is not divided, and for notes of no section.
    title: Option<String>,
    /// The language of the heading, where it is the name of a section.
    language: Option<&'a Language>,
    steps: Vec<&'e Step<'a>>,
}

impl<'a> Path<'a> {
    fn new(stage: &'a Stage<'a>, language: &'a Language) -> Self {
        Self { stage, language, sections: Sections::new(stage.notebook, language) }
    }

    /// The notes, oldest first; at one date, in the order of the book. Those without a date come last.
    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps: Vec<Step<'a>> = self
            .stage
            .notebook
            .notes
            .iter()
            .enumerate()
            .filter_map(|(place, note)| {
                let own = note.counterpart(self.language);
                let (edition, page) = own.or_else(|| note.listed().next())?;
                if !edition.on_path {
                    return None;
                }
                let belongs = self.sections.of(note);
                let titles = belongs.map_or(&[][..], |belongs| belongs.titles);
                let date = note.published(edition).map(|fact| fact.value);
                let by_section = self.stage.config.learning_path.group_by == GroupBy::Section;
                let below = if by_section { titles.get(1..).and_then(<[String]>::last) } else { titles.last() };
                Some(Step {
                    place,
                    note,
                    edition,
                    page,
                    date,
                    group: titles.first().zip(belongs).map(|(title, belongs)| (title.as_str(), belongs.language)),
                    section: below.map(String::as_str),
                })
            })
            .collect();
        // The sort is stable, and the notes come in the order of the book.
        steps.sort_by_key(|step| (step.date.is_none(), step.date));
        steps
    }

    fn blocks(&self, page: &Page, level: usize) -> Vec<Block<'a>> {
        let steps = self.steps();
        let mut blocks = Vec::new();
        let (dated, undated): (Vec<&Step<'a>>, Vec<&Step<'a>>) = steps.iter().partition(|step| step.date.is_some());
        for Group { title, language, steps } in self.groups(&dated) {
            if let Some(title) = title {
                let other = language.filter(|language| *language != self.language);
                blocks.push(marker::heading(level + 1, title, other));
            }
            blocks.push(self.list(page, &steps));
        }
        if !undated.is_empty() {
            blocks.push(marker::heading(level + 1, self.text("undated"), None));
            blocks.push(self.list(page, &undated));
        }
        if blocks.is_empty() {
            blocks.push(Block::Paragraph(vec![Inline::text(self.text("learning-path-empty"))]));
        }
        let external = self.external();
        if !external.is_empty() {
            blocks.push(marker::heading(level + 1, self.text("external-title"), None));
            blocks.push(external::with_sections(&external));
        }
        blocks
    }

    fn text(&self, id: &str) -> String {
        self.stage.text(self.language, id)
    }

    /// The steps with a date in their groups.
    fn groups<'e>(&self, dated: &[&'e Step<'a>]) -> Vec<Group<'a, 'e>> {
        let mut by_book: Vec<&'e Step<'a>> = dated.to_vec();
        if self.stage.config.learning_path.group_by == GroupBy::Section {
            // Sections come in the order of the book; inside of each, the oldest note comes first. What belongs to no
            // section comes before them, or it would seem to belong to the last.
            let mut first: BTreeMap<Option<(&str, &Language)>, usize> = BTreeMap::new();
            for step in dated {
                let place = first.entry(step.group).or_insert(step.place);
                *place = (*place).min(step.place);
            }
            by_book.sort_by_key(|step| (step.group.is_some(), first[&step.group]));
        }
        let mut groups: Vec<Group<'a, 'e>> = Vec::new();
        for step in by_book {
            let (title, language) = match self.stage.config.learning_path.group_by {
                GroupBy::None => (None, None),
                GroupBy::Section => step.group.map(|(title, language)| (title.to_owned(), language)).unzip(),
                GroupBy::Year => {
                    let year = step.date.map(Date::year).unwrap_or_default().to_string();
                    let arguments = [("year", Argument::Text(year.as_str()))];
                    (Some(self.stage.messages.text(self.language, "learning-path-year", &arguments)), None)
                }
            };
            match groups.last_mut() {
                Some(last) if last.title == title && last.language == language => last.steps.push(step),
                _ => groups.push(Group { title, language, steps: vec![step] }),
            }
        }
        groups
    }

    /// Reading elsewhere for these readers; where nobody chose any for them, what was chosen for others.
    fn external(&self) -> Vec<&'a External> {
        let all = &self.stage.notebook.external;
        let own: Vec<_> = all
            .iter()
            .filter(|entry| entry.language.as_ref().is_none_or(|language| language == self.language))
            .collect();
        if own.is_empty() { all.iter().collect() } else { own }
    }

    fn list(&self, page: &Page, steps: &[&Step<'a>]) -> Block<'a> {
        Block::List(NoteList {
            is_of_pages: true,
            class: "learning-path",
            is_ordered: true,
            entry_class: Some("learning-path-entry"),
            facts_class: "learning-path-facts",
            entries: steps.iter().map(|step| self.entry(page, step)).collect(),
        })
    }

    fn entry(&self, page: &Page, step: &Step<'a>) -> Entry<'a> {
        let Step { edition, note, .. } = *step;
        let stage = self.stage;
        let language = &edition.language.value;
        // The language of the title, where it is not the reader's.
        let other = Some(language).filter(|language| *language != self.language);
        let target = other.map(|other| stage.to_language(other)).unwrap_or_default();
        let title = MarkupLink::new(stage.link(page, step.page), edition.title.value.as_str());
        let title = title.kind(Attributes::class("learning-path-title")).target(target);
        let lang = Attributes::default().maybe("lang", other.map(Language::tag));
        let named = other.map(|other| {
            Inline::span(Attributes::class("learning-path-language").and(lang.clone()), stage.config.autonym(other))
        });
        let summary = edition.summary.as_ref().map(|summary| Paragraph {
            attributes: Attributes::class("learning-path-summary").and(lang.clone()),
            text: vec![Inline::text(summary.value.as_str())],
        });
        let section = step.section.map(|section| Inline::span(Attributes::class("learning-path-section"), section));
        let time = self.reading_time(edition);
        let time = time.map(|time| Inline::span(Attributes::class("learning-path-time"), time));
        let others = note.listed().filter(|(other, _)| other.language.value != *language);
        let others = others.map(|(other, path)| {
            let language = &other.language.value;
            let link = MarkupLink::new(stage.link(page, path), stage.config.autonym(language));
            link.target(stage.to_language(language)).into()
        });
        let posts = edition.cross_posts.iter();
        let posts = posts.map(|post| cross_post::link(stage, self.language, &post.value).into());
        Entry {
            day: step.date,
            title: vec![title.into()],
            beside: named.into_iter().chain(self.status(edition)).collect(),
            summary,
            facts: section.into_iter().chain(time).chain(others).chain(posts).collect(),
        }
    }

    fn status(&self, edition: &Edition) -> Option<Inline<'a>> {
        let status = status_word::worth_saying(edition)?;
        let attributes = Attributes::class("learning-path-status")
            .with("data-status", status.name())
            .maybe("data-review", status_word::is_changed(edition).then_some("changed"));
        Some(Inline::span(attributes, status_word::of(self.stage, self.language, edition, status)))
    }

    /// Chinese, Japanese and Korean are read by characters, everything else by words; code is not read.
    fn reading_time(&self, edition: &Edition) -> Option<String> {
        let config = self.stage.config;
        if edition.blank {
            return None;
        }
        // In thousandths of a minute.
        let characters = edition.prose.characters() * 1000 / config.learning_path.characters_per_minute;
        let words = edition.prose.words() * 1000 / config.learning_path.words_per_minute;
        let minutes = (characters + words + 500) / 1000;
        Some(self.stage.messages.text(self.language, "reading-time", &[("minutes", Argument::Count(minutes.max(1)))]))
    }
}
