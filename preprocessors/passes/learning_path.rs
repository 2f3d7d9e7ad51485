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

use maud::{Markup, html};

use super::marker::{self, heading};
use super::markup::{html_line, markdown_block_text, markdown_link, markdown_text};
use super::{Format, Stage, cross_post, external, review_status};
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
        Path::new(stage, language).write(page, level)
    })
}

/// The notes for readers of one language.
struct Path<'a> {
    stage: &'a Stage<'a>,
    language: &'a Language,
    sections: Sections<'a>,
}

/// A note on the path.
struct Entry<'a> {
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
    entries: Vec<&'e Entry<'a>>,
}

impl<'a> Path<'a> {
    fn new(stage: &'a Stage<'a>, language: &'a Language) -> Self {
        Self { stage, language, sections: Sections::new(stage.notebook, language) }
    }

    /// The notes, oldest first; at one date, in the order of the book. Those without a date come last.
    fn entries(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = self
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
                Some(Entry {
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
        entries.sort_by_key(|entry| (entry.date.is_none(), entry.date));
        entries
    }

    fn write(&self, page: &Page, level: usize) -> String {
        let entries = self.entries();
        let mut parts: Vec<String> = Vec::new();
        let (dated, undated): (Vec<&Entry<'a>>, Vec<&Entry<'a>>) =
            entries.iter().partition(|entry| entry.date.is_some());
        for Group { title, language, entries } in self.groups(&dated) {
            if let Some(title) = title {
                let other = language.filter(|language| *language != self.language);
                parts.push(heading(self.stage, level + 1, &title, other));
            }
            parts.push(self.list(page, &entries));
        }
        if !undated.is_empty() {
            let title = self.stage.messages.text(self.language, "undated", &[]);
            parts.push(heading(self.stage, level + 1, &title, None));
            parts.push(self.list(page, &undated));
        }
        if parts.is_empty() {
            parts.push(markdown_text(&self.stage.messages.text(self.language, "learning-path-empty", &[])));
        }
        let external = self.external();
        if !external.is_empty() {
            let title = self.stage.messages.text(self.language, "external-title", &[]);
            parts.push(heading(self.stage, level + 1, &title, None));
            parts.push(external::list(self.stage, &external, true));
        }
        parts.join("\n\n")
    }

    /// The dated entries in their groups.
    fn groups<'e>(&self, dated: &[&'e Entry<'a>]) -> Vec<Group<'a, 'e>> {
        let mut by_book: Vec<&'e Entry<'a>> = dated.to_vec();
        if self.stage.config.learning_path.group_by == GroupBy::Section {
            // Sections come in the order of the book; inside of each, the oldest note comes first. What belongs to no
            // section comes before them, or it would seem to belong to the last.
            let mut first: BTreeMap<Option<(&str, &Language)>, usize> = BTreeMap::new();
            for entry in dated {
                let place = first.entry(entry.group).or_insert(entry.place);
                *place = (*place).min(entry.place);
            }
            by_book.sort_by_key(|entry| (entry.group.is_some(), first[&entry.group]));
        }
        let mut groups: Vec<Group<'a, 'e>> = Vec::new();
        for entry in by_book {
            let (title, language) = match self.stage.config.learning_path.group_by {
                GroupBy::None => (None, None),
                GroupBy::Section => entry.group.map(|(title, language)| (title.to_owned(), language)).unzip(),
                GroupBy::Year => {
                    let year = entry.date.map(Date::year).unwrap_or_default().to_string();
                    let arguments = [("year", Argument::Text(year.as_str()))];
                    (Some(self.stage.messages.text(self.language, "learning-path-year", &arguments)), None)
                }
            };
            match groups.last_mut() {
                Some(last) if last.title == title && last.language == language => last.entries.push(entry),
                _ => groups.push(Group { title, language, entries: vec![entry] }),
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

    fn list(&self, page: &Page, entries: &[&Entry<'a>]) -> String {
        match self.stage.format {
            // Without its marker a list is no list to some screen readers, unless it says so.
            Format::Html => html_line(html! {
                ol.learning-path role="list" {
                    @for entry in entries { li { (self.html_entry(page, entry)) } }
                }
            }),
            Format::Markdown => {
                entries.iter().enumerate().map(|(at, entry)| self.markdown_entry(page, at + 1, entry)).collect()
            }
        }
    }

    fn html_entry(&self, page: &Page, entry: &Entry<'_>) -> Markup {
        let stage = self.stage;
        let Facts { title, link, other, status, time, languages, summary } = self.facts(page, entry);
        let facts = html! {
            @if let Some(section) = entry.section { span.learning-path-section { (section) } " " }
            @if let Some(time) = time { span.learning-path-time { (time) } " " }
            @for (language, link) in languages {
                a href=(link) hreflang=(language) lang=(language) dir=[stage.direction(language)] {
                    (stage.config.autonym(language))
                }
                " "
            }
            @for post in self.posts(entry) { (cross_post::html_link(stage, self.language, post, false)) " " }
        };
        html! {
            @if let Some(date) = entry.date { time datetime=(date) { (date) } " " }
            div.learning-path-entry {
                a.learning-path-title href=(link) hreflang=[other] lang=[other] dir=[other.and_then(|other| stage.direction(other))] { (title) }
                @if let Some(other) = other { " " span.learning-path-language lang=(other) { (stage.config.autonym(other)) } }
                @if let Some((status, word)) = status { " " span.learning-path-status data-status=(status) data-review=[review_status::is_changed(entry.edition).then_some("changed")] { (word) } }
                @if let Some(summary) = summary { p.learning-path-summary lang=[other] { (summary) } }
                @if !facts.0.is_empty() { p.learning-path-facts { (facts) } }
            }
        }
    }

    fn markdown_entry(&self, page: &Page, number: usize, entry: &Entry<'_>) -> String {
        let stage = self.stage;
        let Facts { title, link, other, status, time, languages, summary } = self.facts(page, entry);
        let mut parts = vec![markdown_link(&markdown_text(title), &link)];
        parts.extend(other.map(|other| markdown_text(stage.config.autonym(other))));
        parts.extend(status.map(|(_, word)| markdown_text(&word)));
        parts.extend(entry.section.map(markdown_text));
        parts.extend(time.map(|time| markdown_text(&time)));
        let name = |language| markdown_text(stage.config.autonym(language));
        parts.extend(languages.into_iter().map(|(language, link)| markdown_link(&name(language), &link)));
        parts.extend(self.posts(entry).map(|post| cross_post::markdown_link_to(stage, self.language, post)));
        let date = entry.date.map(|date| format!("{date} ")).unwrap_or_default();
        let mut text = format!("{number}. {date}{}\n", parts.join(" · "));
        if let Some(summary) = summary {
            // As deep as the text behind the number, or it would not belong to the entry.
            let indent = " ".repeat(number.to_string().len() + 2);
            text.push_str(&format!("\n{indent}{}\n\n", markdown_block_text(summary)));
        }
        text
    }

    fn posts<'e>(&self, entry: &'e Entry<'_>) -> impl Iterator<Item = &'e crate::platforms::CrossPost> {
        entry.edition.cross_posts.iter().map(|post| &post.value)
    }

    fn facts<'e>(&'e self, page: &Page, entry: &'e Entry<'_>) -> Facts<'e> {
        let stage = self.stage;
        let edition = entry.edition;
        let language = &edition.language.value;
        let status = review_status::worth_saying(edition)
            .map(|status| (status.name(), review_status::word_of(stage, self.language, edition, status)));
        let languages = entry.note.listed().filter(|(other, _)| other.language.value != *language);
        Facts {
            title: &edition.title.value,
            link: stage.link(page, entry.page),
            other: Some(language).filter(|language| *language != self.language),
            status,
            time: self.reading_time(edition),
            languages: languages.map(|(other, path)| (&other.language.value, stage.link(page, path))).collect(),
            summary: edition.summary.as_ref().map(|fact| fact.value.as_str()),
        }
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

/// What is said of an entry in either format.
struct Facts<'e> {
    title: &'e str,
    link: String,
    /// The language of the title, where it is not the reader's.
    other: Option<&'e Language>,
    status: Option<(&'static str, String)>,
    time: Option<String>,
    languages: Vec<(&'e Language, String)>,
    summary: Option<&'e str>,
}
