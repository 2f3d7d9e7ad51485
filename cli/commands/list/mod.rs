//! `mdbook-bilingual list`: the notebook as data, each fact with its origin.
//!
//! The JSON is a contract: fields may be added, and are absent while their facts do not exist; none is renamed.

pub(crate) mod rows;

use anyhow::{Context, Result};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_core::notebook::listing::Listing;
use mdbook_bilingual_core::notebook::{Board, Edition, Undated};
use mdbook_bilingual_core::platforms::CrossPost;
use mdbook_bilingual_core::values::Evidence;
use mdbook_bilingual_core::values::{Date, Fact, Language, Origin, SourcePath, Status};
use rows::{BoardRow, HistoryRow, PeriodRow, PostedRow, ReviewRow, TranslationRow};
use serde::Serialize;

use crate::report::json as json_format;

#[derive(Serialize)]
struct List<'a> {
    version: u8,
    languages: &'a [Language],
    notes: Vec<NoteRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external: Vec<ExternalRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    catalogue: Vec<EntryRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    board: Vec<BoardRow<'a>>,
}

/// An entry of a catalogue, as it was read.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EntryRow<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    language: &'a Language,
    section: &'a [String],
    title: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// The notes that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    /// The texts elsewhere that it lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    external: Vec<LinkRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editions: Vec<NamedRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cross_posts: Vec<CopyRow<'a>>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    title: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
}

#[derive(Serialize)]
struct NamedRow<'a> {
    language: &'a Language,
    source: String,
}

#[derive(Serialize)]
struct CopyRow<'a> {
    platform: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct NoteRow<'a> {
    key: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    section: &'a [String],
    editions: Vec<EditionRow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct EditionRow<'a> {
    language: &'a Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    listed: bool,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    paired_by: Option<&'a Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<ValueRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DateRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undated: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<DateRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<ValueRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_by: Option<ValueRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_on: Option<DateRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_in: Option<PeriodRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cross_posts: Vec<CrossPostRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<HistoryRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<TranslationRow<'a>>,
}

#[derive(Serialize)]
struct DateRow<'a> {
    date: String,
    origin: &'a Origin,
}

#[derive(Serialize)]
struct ValueRow<'a> {
    value: &'a str,
    origin: &'a Origin,
}

#[derive(Serialize)]
struct CrossPostRow<'a> {
    platform: &'a str,
    url: &'a str,
    origin: &'a Origin,
    #[serde(flatten)]
    posted: Option<PostedRow<'a>>,
}

#[derive(Serialize)]
struct ExternalRow<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a Language>,
    section: &'a [String],
    origin: &'a Origin,
}

fn date(fact: &Fact<Date>) -> DateRow<'_> {
    DateRow { date: fact.value.to_string(), origin: &fact.origin }
}

fn text(fact: &Fact<String>) -> ValueRow<'_> {
    ValueRow { value: &fact.value, origin: &fact.origin }
}

fn status(fact: &Fact<Status>) -> ValueRow<'_> {
    ValueRow { value: fact.value.name(), origin: &fact.origin }
}

fn source(reading: &Reading, edition: &Edition) -> Option<String> {
    let source = edition.source.as_ref()?;
    // A chapter that another plugin made has no file.
    Some(if edition.file.is_empty() { format!("{}{source}", reading.source_folder) } else { edition.file.clone() })
}

/// The real file behind a source, as people call it.
fn file(reading: &Reading, source: &SourcePath) -> String {
    let files = &reading.notebook.files;
    let real = files.reals.get(source).map(|path| files.for_people(path));
    real.unwrap_or_else(|| format!("{}{source}", reading.source_folder))
}

fn platform(url: &str) -> Option<String> {
    CrossPost::new(None, url).ok().map(|post| post.platform.id().to_owned())
}

fn entry_row<'a>(reading: &Reading, listing: &'a Listing) -> EntryRow<'a> {
    let links = listing.external.iter().map(|(title, url)| LinkRow { title, url, platform: platform(url) });
    let named = listing.editions.iter().map(|(language, source)| NamedRow { language, source: file(reading, source) });
    EntryRow {
        file: &listing.place.file,
        line: listing.place.line,
        language: &listing.language,
        section: &listing.section,
        title: &listing.title,
        kind: match (listing.draft, listing.notes.is_empty()) {
            (true, _) => "draft",
            (false, true) => "external",
            (false, false) => "note",
        },
        status: listing.status.map(Status::name),
        sources: listing.notes.iter().map(|source| file(reading, source)).collect(),
        external: links.collect(),
        editions: named.collect(),
        cross_posts: listing
            .copies
            .iter()
            .map(|post| CopyRow { platform: post.platform.id(), url: &post.url })
            .collect(),
    }
}

fn edition_row<'a>(reading: &Reading, edition: &'a Edition) -> EditionRow<'a> {
    EditionRow {
        language: &edition.language.value,
        source: source(reading, edition),
        page: edition.page.as_ref().map(|page| page.html()),
        listed: edition.page.is_some(),
        title: &edition.title.value,
        paired_by: edition.paired_by.as_ref(),
        summary: edition.summary.as_ref().map(text),
        published: edition.published.as_ref().map(date),
        undated: edition.undated.filter(|_| edition.published.is_none()).map(|why| match why {
            Undated::Said => "said",
            Undated::Elsewhere => "elsewhere",
        }),
        updated: edition.updated.as_ref().map(date),
        status: edition.status.as_ref().map(status),
        reviewed_by: edition.reviewed_by.as_ref().map(text),
        reviewed_on: edition.reviewed_on.as_ref().map(date),
        review: edition.review.map(crate::commands::list::rows::review),
        review_in: edition.review_in.as_ref().map(crate::commands::list::rows::period),
        history: edition.history.as_ref().map(crate::commands::list::rows::history),
        translation: edition.translation.as_ref().map(crate::commands::list::rows::translation),
        cross_posts: edition
            .cross_posts
            .iter()
            .map(|post| CrossPostRow {
                platform: post.value.platform.id(),
                url: &post.value.url,
                origin: &post.origin,
                posted: rows::posted(edition.posted_at(&post.value), edition.copies.get(&post.value.url)),
            })
            .collect(),
    }
}

/// The notebook as JSON.
///
/// # Errors
/// When a value cannot be written as JSON, which no value of ours is.
pub fn json(reading: &Reading) -> Result<String> {
    let notebook = &reading.notebook;
    let notes = notebook.notes.iter().filter(|note| !note.added && !note.catalogue).map(|note| NoteRow {
        key: &note.key,
        section: note.section(&notebook.languages),
        editions: note
            .editions
            .iter()
            .filter(|edition| edition.source.is_some())
            .map(|edition| edition_row(reading, edition))
            .collect(),
    });
    let external = notebook.external.iter().flat_map(|entry| {
        let urls =
            if entry.urls.is_empty() { vec![None] } else { entry.urls.iter().map(|url| Some(url.as_str())).collect() };
        urls.into_iter().map(|url| ExternalRow {
            title: &entry.title.value,
            url,
            platform: url.and_then(platform),
            language: entry.language.as_ref(),
            section: &entry.section,
            origin: &entry.title.origin,
        })
    });
    let board = notebook.languages.first().map(|language| Board::new(notebook, language));
    let list = List {
        version: 1,
        board: board.iter().flat_map(|board| &board.rows).map(crate::commands::list::rows::board).collect(),
        languages: &notebook.languages,
        notes: notes.collect(),
        external: external.collect(),
        catalogue: notebook.listings.iter().map(|listing| entry_row(reading, listing)).collect(),
    };
    Ok(json_format::harmless(serde_json::to_string_pretty(&list).context("the list")? + "\n"))
}

/// Writes a line. What names and titles hold comes from anywhere, and could be a line of its own.
macro_rules! say {
    ($out:expr, $($text:tt)*) => {{
        $out.push_str(&harmless(&format!($($text)*)));
        $out.push('\n');
    }};
}

/// The notebook for people: each note, its editions, and what is known of each.
#[must_use]
pub fn table(reading: &Reading) -> String {
    let mut out = String::new();
    for note in reading.notebook.notes.iter().filter(|note| !note.added && !note.catalogue) {
        say!(out, "{}", note.key);
        for edition in note.editions.iter().filter(|edition| edition.source.is_some()) {
            let source = source(reading, edition).unwrap_or_default();
            let page = edition.page.as_ref().map_or_else(|| "not in SUMMARY.md".to_owned(), |page| page.html());
            say!(out, "  {:<6} {source} → {page}", edition.language.value.tag());
            let mut line = |name: &str, value: &str, origin: &Origin| {
                say!(out, "    {name:<11} {value}  ({})", told(origin));
            };
            line("language", edition.language.value.tag(), &edition.language.origin);
            line("title", &edition.title.value, &edition.title.origin);
            for (name, fact) in [
                ("published", &edition.published),
                ("updated", &edition.updated),
                ("reviewed on", &edition.reviewed_on),
            ] {
                if let Some(fact) = fact {
                    line(name, &fact.value.to_string(), &fact.origin);
                }
            }
            if let Some(fact) = &edition.status {
                line("status", fact.value.name(), &fact.origin);
            }
            if let Some(fact) = &edition.reviewed_by {
                line("reviewed by", &fact.value, &fact.origin);
            }
            let reviewed_on = edition.reviewed_on.as_ref().map(|fact| &fact.origin);
            let reviewed = reviewed_on.or(edition.status.as_ref().map(|fact| &fact.origin));
            if let Some((review, origin)) = edition.review.zip(reviewed) {
                line("review", &crate::commands::list::rows::reviewed(review), origin);
            }
            if let Some(fact) = &edition.review_in {
                line("review in", &fact.value.to_string(), &fact.origin);
            }
            if let Some(translation) = &edition.translation {
                line("translation", &crate::commands::list::rows::stands(translation), &translation.of.origin);
            }
            for post in &edition.cross_posts {
                line("cross-post", &post.value.url, &post.origin);
                let stands = edition.copies.get(&post.value.url);
                if let Some((copy, origin)) =
                    edition.posted_at(&post.value).and_then(|posted| rows::copy(posted, stands))
                {
                    line("copy", &copy, &origin);
                }
            }
        }
    }
    for entry in &reading.notebook.external {
        let (title, urls) = (&entry.title, entry.urls.join(" "));
        say!(out, "external: {}  {urls}  ({})", title.value, told(&title.origin));
    }
    out
}

/// An origin in words.
fn told(origin: &Origin) -> String {
    let kind = match origin {
        Origin::FrontMatter(_) => "front matter",
        Origin::Catalogue(_) => "catalogue",
        Origin::SwitchLine(_) => "switch line",
        Origin::CrossPostLine(_) => "cross-post line",
        Origin::Summary(_) => "table of contents",
        Origin::Heading(_) => "first heading",
        Origin::Folder => "folder",
        Origin::FileName => "file name",
        Origin::Counterpart => "what its counterpart leaves over",
        Origin::Script => "its letters",
        Origin::Git { commit } => return format!("git, commit {}", &commit[..commit.len().min(10)]),
        Origin::ZhihuId { .. } => "the time in its Zhihu id",
        Origin::Config(_) => "configuration",
        Origin::Default => "default",
    };
    match origin.place() {
        Some(place) => format!("{kind}, {place}"),
        None => kind.to_owned(),
    }
}
