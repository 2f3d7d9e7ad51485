//! The chapters of each language: its table of contents, and the pages that are its own.
//!
//! ```text
//! front page (no language)      zh-CN:  front page, 1. 甲, 1.1. 乙     pages: 甲, 乙
//! 1. 甲                    →    en:     front page, 1. A, 1.1. B       pages: A, B
//!   1.1. 乙                     none:   all of them, as they are       pages: front page
//! 2. A
//!   2.1. B
//! ```
//!
//! A page of no language is in the table of each language, and its own table is that of the whole book. A part's title
//! or a separator stays where something of the language follows it, and a chapter whose parent is in another language
//! moves up. Chapters are numbered again as mdBook numbers them: through all parts, from 1.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use mdbook_bilingual_core::values::Language;
use mdbook_renderer::book::{Book, BookItem, Chapter, SectionNumber};

/// What is read in one language, or in none.
#[derive(Debug, Clone)]
pub struct Volume<'b> {
    /// The language; `None` for the pages of no language.
    pub language: Option<Language>,
    /// Its table of contents, without texts.
    pub contents: Vec<BookItem>,
    /// Its pages, in the order of the book.
    pub pages: Vec<Leaf<'b>>,
}

/// A page with its neighbours.
#[derive(Debug, Clone)]
pub struct Leaf<'b> {
    /// The chapter, without its text and those below it.
    pub chapter: Chapter,
    /// Its text.
    pub text: &'b str,
    /// The one before it in its language.
    pub previous: Option<Chapter>,
    /// The one behind it in its language.
    pub next: Option<Chapter>,
}

impl Leaf<'_> {
    /// The path of its page, as mdBook names it.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.chapter.path.as_deref().unwrap_or(Path::new(""))
    }
}

/// What a chapter is to a table of contents.
enum Kept {
    Stays,
    Goes,
}

/// Splits a book. `language_of` gives the language of a page by its chapter's path; `None` for a page of no language.
#[must_use]
pub fn volumes<'b>(
    book: &'b Book,
    languages: &[Language],
    language_of: &dyn Fn(&Path) -> Option<Language>,
) -> Vec<Volume<'b>> {
    let mut volumes: Vec<Volume<'_>> = languages
        .iter()
        .map(|language| {
            let stays = |path: &Path| language_of(path).is_none_or(|own| own == *language);
            let contents = numbered(tidy(kept(&book.items, None, &stays)));
            let is_own = |path: &Path| language_of(path).as_ref() == Some(language);
            Volume { language: Some(language.clone()), pages: leaves(book, &contents, &is_own), contents }
        })
        .collect();
    let whole = kept(&book.items, None, &|_| true);
    let pages = leaves(book, &whole, &|path| language_of(path).is_none());
    volumes.push(Volume { language: None, contents: whole, pages });
    volumes
}

/// What stays of a table of contents, or of what is below a chapter. A draft stays where something stays beside, below or
/// above it.
fn kept(items: &[BookItem], above: Option<&Path>, stays: &dyn Fn(&Path) -> bool) -> Vec<BookItem> {
    let mut all = Vec::new();
    for item in items {
        match item {
            BookItem::Chapter(chapter) => {
                let below = kept(&chapter.sub_items, chapter.path.as_deref().or(above), stays);
                match fate(chapter, &below, items, above, stays) {
                    Kept::Stays => all.push(BookItem::Chapter(Chapter { sub_items: below, ..bare(chapter) })),
                    Kept::Goes => all.extend(below),
                }
            }
            other => all.push(other.clone()),
        }
    }
    all
}

fn fate(
    chapter: &Chapter,
    below: &[BookItem],
    beside: &[BookItem],
    above: Option<&Path>,
    stays: &dyn Fn(&Path) -> bool,
) -> Kept {
    let stays = match &chapter.path {
        Some(path) => stays(path),
        None if !chapter.sub_items.is_empty() => !below.is_empty(),
        // A draft says nothing of its language: it is shown to whoever reads the nearest chapter beside it, or the one
        // that it is below.
        None => nearest(chapter, beside).or(above).is_none_or(stays),
    };
    if stays { Kept::Stays } else { Kept::Goes }
}

/// The path of the nearest chapter beside a draft, in the same part: before it, else behind it.
fn nearest<'a>(draft: &Chapter, beside: &'a [BookItem]) -> Option<&'a Path> {
    let at =
        beside.iter().position(|item| matches!(item, BookItem::Chapter(chapter) if std::ptr::eq(chapter, draft)))?;
    let is_same_part = |item: &&BookItem| !matches!(item, BookItem::PartTitle(_));
    let path = |item: &'a BookItem| match item {
        BookItem::Chapter(chapter) => chapter.path.as_deref(),
        _ => None,
    };
    let before = beside[..at].iter().rev().take_while(is_same_part).find_map(path);
    before.or_else(|| beside[at..].iter().take_while(is_same_part).find_map(path))
}

/// Parts and separators without anything behind them go, and so does a separator at either end.
fn tidy(items: Vec<BookItem>) -> Vec<BookItem> {
    let mut tidied: Vec<BookItem> = Vec::new();
    for item in items {
        let last = tidied.last();
        match item {
            BookItem::Separator if matches!(last, None | Some(BookItem::Separator)) => {}
            BookItem::PartTitle(_) => {
                while matches!(tidied.last(), Some(BookItem::PartTitle(_))) {
                    tidied.pop();
                }
                tidied.push(item);
            }
            BookItem::Separator if matches!(last, Some(BookItem::PartTitle(_))) => {
                tidied.pop();
                if !matches!(tidied.last(), None | Some(BookItem::Separator)) {
                    tidied.push(item);
                }
            }
            item => tidied.push(item),
        }
    }
    while matches!(tidied.last(), Some(BookItem::Separator | BookItem::PartTitle(_))) {
        tidied.pop();
    }
    tidied
}

fn numbered(mut items: Vec<BookItem>) -> Vec<BookItem> {
    number(&mut items, &[]);
    items
}

fn number(items: &mut [BookItem], above: &[u32]) {
    let mut count = 0;
    for item in items {
        let BookItem::Chapter(chapter) = item else { continue };
        let mut own = above.to_vec();
        if chapter.number.is_some() {
            count += 1;
            own.push(count);
            chapter.number = Some(SectionNumber::new(own.clone()));
        }
        number(&mut chapter.sub_items, &own);
    }
}

/// A chapter without its text and without those below it.
fn bare(chapter: &Chapter) -> Chapter {
    let mut bare = Chapter::new(&chapter.name, String::new(), PathBuf::new(), chapter.parent_names.clone());
    bare.number.clone_from(&chapter.number);
    bare.path.clone_from(&chapter.path);
    bare.source_path.clone_from(&chapter.source_path);
    bare
}

/// The pages of a table of contents that are its own, each with its text.
fn leaves<'b>(book: &'b Book, contents: &[BookItem], is_own: &dyn Fn(&Path) -> bool) -> Vec<Leaf<'b>> {
    let texts: HashMap<&Path, &str> =
        book.chapters().filter_map(|chapter| Some((chapter.path.as_deref()?, &*chapter.content))).collect();
    let listed = Book::new_with_items(contents.to_vec());
    let order: Vec<&Chapter> = listed.chapters().collect();
    let neighbour = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|chapter| bare(chapter));
    let own = order.iter().enumerate().filter(|(_, chapter)| chapter.path.as_deref().is_some_and(is_own));
    own.map(|(at, chapter)| {
        let text = chapter.path.as_deref().and_then(|path| texts.get(path)).copied().unwrap_or_default();
        Leaf { chapter: bare(chapter), text, previous: neighbour(at.checked_sub(1)), next: neighbour(Some(at + 1)) }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(path: &str, number: Option<&[u32]>, below: Vec<BookItem>) -> BookItem {
        let mut chapter = Chapter::new(path, format!("text of {path}"), format!("{path}.md"), Vec::new());
        chapter.number = number.map(|number| SectionNumber::new(number.to_vec()));
        chapter.sub_items = below;
        chapter.into()
    }

    /// A table of contents in one line.
    fn shown(items: &[BookItem]) -> String {
        let item = |item: &BookItem| match item {
            BookItem::Chapter(chapter) => {
                let number = chapter.number.as_ref().map(ToString::to_string).unwrap_or_default();
                let below = if chapter.sub_items.is_empty() { String::new() } else { shown(&chapter.sub_items) };
                format!("{number}{}{below}", chapter.name)
            }
            BookItem::Separator => "---".to_owned(),
            BookItem::PartTitle(title) => format!("# {title}"),
        };
        format!("({})", items.iter().map(item).collect::<Vec<_>>().join(" "))
    }

    fn language_of(path: &Path) -> Option<Language> {
        let tag = path.to_str()?.split('/').next().filter(|tag| ["zh", "en"].contains(tag))?;
        Some(Language::parse(tag).unwrap())
    }

    fn split(book: &Book) -> Vec<Volume<'_>> {
        let languages = [Language::parse("zh").unwrap(), Language::parse("en").unwrap()];
        volumes(book, &languages, &language_of)
    }

    #[test]
    fn each_language_has_its_own_table() {
        let book = Book::new_with_items(vec![
            chapter("index", None, vec![]),
            BookItem::PartTitle("中文".to_owned()),
            chapter(
                "zh/a",
                Some(&[1]),
                vec![chapter("zh/b", Some(&[1, 1]), vec![]), chapter("en/x", Some(&[1, 2]), vec![])],
            ),
            BookItem::Separator,
            BookItem::PartTitle("English".to_owned()),
            chapter("en/a", Some(&[2]), vec![chapter("en/b", Some(&[2, 1]), vec![])]),
            BookItem::Separator,
            chapter("zh/end", None, vec![]),
        ]);
        let volumes = split(&book);
        let tables: Vec<String> = volumes.iter().map(|volume| shown(&volume.contents)).collect();
        assert_eq!(tables[0], "(index # 中文 1.zh/a(1.1.zh/b) --- zh/end)");
        assert_eq!(tables[1], "(index # 中文 1.en/x --- # English 2.en/a(2.1.en/b))");
        assert!(tables[2].starts_with("(index # 中文 1.zh/a(1.1.zh/b 1.2.en/x) --- # English 2.en/a"));
        let english = &volumes[1].pages;
        assert_eq!(english.iter().map(|leaf| leaf.chapter.name.as_str()).collect::<Vec<_>>(), ["en/x", "en/a", "en/b"]);
        assert_eq!(english[0].previous.as_ref().unwrap().name, "index");
        assert_eq!(english[1].text, "text of en/a");
        assert!(english[2].next.is_none());
        assert_eq!(volumes[2].pages.len(), 1);
        assert_eq!(volumes[2].pages[0].next.as_ref().unwrap().name, "zh/a");
    }

    #[test]
    fn drafts_stay_beside_their_language() {
        let draft = |name: &str| -> BookItem { Chapter::new_draft(name, Vec::new()).into() };
        let book = Book::new_with_items(vec![
            chapter("zh/a", None, vec![]),
            draft("later"),
            BookItem::PartTitle("nothing".to_owned()),
            BookItem::PartTitle("English".to_owned()),
            draft("later"),
            chapter("en/a", None, vec![draft("below")]),
        ]);
        let volumes = split(&book);
        let tables: Vec<String> = volumes.iter().map(|volume| shown(&volume.contents)).collect();
        assert_eq!(tables[0], "(zh/a later)");
        assert_eq!(tables[1], "(# English later en/a(below))");
    }

    #[test]
    fn a_language_without_chapters_has_an_empty_table() {
        let book = Book::new_with_items(vec![chapter("zh/a", Some(&[1]), vec![])]);
        let volumes = split(&book);
        assert_eq!(shown(&volumes[1].contents), "()");
        assert!(volumes[1].pages.is_empty());
    }
}
