//! The only code that changes a book.
//!
//! An edit is a splice in the offsets of the text that was received, a chapter's name, or a new chapter. Splices are
//! ordered by position and then by [`Layer`], so passes need not see each other's output, and a new pass cannot break
//! an old one. Every byte outside of a splice stays as it is, line endings included.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Result, bail};
use mdbook::book::{Book, BookItem, Chapter};

use crate::notebook::AddedChapter;

/// What is written at one position, from top to bottom. A pass may write in several of these, and what always runs in
/// others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The directive for the browser's title.
    WindowTitle,
    /// The beginning of the element that names the page's language.
    LanguageBegins,
    /// The title, and what is taken away from it.
    Title,
    /// Where a link leads.
    Link,
    /// A formula.
    Formula,
    /// An end tag that would close what Markdown opened.
    EndTag,
    /// Text that would be read as something else.
    PlainText,
    /// Quotation marks, hyphens and dots.
    Punctuation,
    /// An emoji.
    Emoji,
    /// What stands between emphasis and its neighbours.
    Emphasis,
    /// A line break of the source.
    LineBreak,
    /// A diagram.
    Diagram,
    /// A callout.
    Callout,
    /// An address in the text.
    Autolink,
    /// The info string of a block of code.
    CodeLanguage,
    /// The review status.
    ReviewStatus,
    /// What the page misses of its source.
    Freshness,
    /// The language switch.
    LanguageSwitch,
    /// The cross-posts.
    CrossPost,
    /// The learning path.
    LearningPath,
    /// The status board.
    StatusBoard,
    /// Reading elsewhere.
    External,
    /// The end of the element that names the page's language.
    LanguageEnds,
    /// The beginning of an element in a line: it stands in the paragraph, and so behind every block above that.
    Inline,
}

/// A change to a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces bytes of a chapter's received text.
    Splice(usize, Splice),
    /// Changes a chapter's name.
    Rename {
        /// The chapter.
        chapter: usize,
        /// Its name in the sidebar.
        name: String,
        /// Its name above the results of a search in its sub-chapters.
        breadcrumb: String,
    },
    /// Names the file that a chapter comes from, as mdBook's edit button shows it.
    Source {
        /// The chapter.
        chapter: usize,
        /// Its path from the folder of the sources.
        source: String,
    },
}

/// What a chapter gets besides splices.
#[derive(Default)]
struct ChapterChanges {
    /// Its name, and its name above the results of a search.
    names: BTreeMap<usize, (String, String)>,
    sources: BTreeMap<usize, String>,
}

/// Text in place of a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that go; an empty range inserts.
    pub range: Range<usize>,
    /// What comes in their place.
    pub text: String,
    /// The order among splices at one position.
    pub layer: Layer,
}

/// Applies edits to a book.
///
/// # Errors
/// When two edits overlap in a way that has no order. That is a bug in a pass, not a mistake of an author.
pub fn apply(book: &mut Book, added: &[AddedChapter], edits: Vec<Edit>) -> Result<()> {
    let mut splices: BTreeMap<usize, Vec<Splice>> = BTreeMap::new();
    let mut names = ChapterChanges::default();
    for edit in edits {
        match edit {
            Edit::Splice(chapter, splice) => splices.entry(chapter).or_default().push(splice),
            Edit::Rename { chapter, name, breadcrumb } => {
                names.names.insert(chapter, (name, breadcrumb));
            }
            Edit::Source { chapter, source } => {
                names.sources.insert(chapter, source);
            }
        }
    }
    let new: Vec<BookItem> = added
        .iter()
        .map(|added| {
            let mut chapter = Chapter::new(&added.name, added.content.clone(), added.path.chapter(), Vec::new());
            // No file: mdBook then offers no link to edit it.
            chapter.source_path = None;
            (added.chapter, chapter)
        })
        .map(|(number, mut chapter)| {
            change(&mut chapter, number, &mut splices, &names)?;
            Ok(BookItem::Chapter(chapter))
        })
        .collect::<Result<_>>()?;
    walk(&mut book.items, &mut 0, &[], &mut splices, &names)?;
    let first = book.items.iter().position(|item| matches!(item, BookItem::Chapter(_)));
    let behind_first = first.map_or(book.items.len(), |at| at + 1);
    book.items.splice(behind_first..behind_first, new);
    Ok(())
}

fn walk(
    items: &mut [BookItem],
    number: &mut usize,
    above: &[(String, String)],
    splices: &mut BTreeMap<usize, Vec<Splice>>,
    names: &ChapterChanges,
) -> Result<()> {
    for item in items {
        let BookItem::Chapter(chapter) = item else { continue };
        let own = *number;
        *number += 1;
        let received = chapter.name.clone();
        for name in &mut chapter.parent_names {
            if let Some((_, breadcrumb)) = above.iter().find(|(received, _)| received == name) {
                name.clone_from(breadcrumb);
            }
        }
        change(chapter, own, splices, names)?;
        let mut above = above.to_vec();
        above.extend(names.names.get(&own).map(|(_, breadcrumb)| (received, breadcrumb.clone())));
        walk(&mut chapter.sub_items, number, &above, splices, names)?;
    }
    Ok(())
}

fn change(
    chapter: &mut Chapter,
    number: usize,
    splices: &mut BTreeMap<usize, Vec<Splice>>,
    names: &ChapterChanges,
) -> Result<()> {
    if let Some(splices) = splices.remove(&number) {
        chapter.content = splice(&chapter.content, splices)?;
    }
    if let Some((name, _)) = names.names.get(&number) {
        chapter.name.clone_from(name);
    }
    if let Some(source) = names.sources.get(&number) {
        chapter.source_path = Some(source.into());
    }
    Ok(())
}

/// Applies splices to a text. A replacement swallows the splices inside of it.
///
/// # Errors
/// When two replacements overlap and neither holds the other, or when a range is not in the text.
pub fn splice(text: &str, mut splices: Vec<Splice>) -> Result<String> {
    // At one position, what is inserted comes before what is replaced, and the longest replacement comes first.
    splices.sort_by_key(|splice| {
        let replaces = !splice.range.is_empty();
        (splice.range.start, replaces, std::cmp::Reverse(splice.range.end), splice.layer)
    });
    let mut out = String::with_capacity(text.len() + splices.iter().map(|splice| splice.text.len()).sum::<usize>());
    let mut at = 0;
    let mut replaced: Option<Range<usize>> = None;
    for Splice { range, text: new, layer } in splices {
        if let Some(outer) = &replaced
            && range.start < outer.end
        {
            if range.end <= outer.end && range != *outer {
                continue;
            }
            bail!("two edits overlap at bytes {range:?} ({layer:?}); please report this as a bug of mdbook-bilingual");
        }
        let Some(kept) = text.get(at..range.start).filter(|_| text.get(range.clone()).is_some()) else {
            bail!(
                "an edit at bytes {range:?} ({layer:?}) is not in the text; please report this as a bug of mdbook-bilingual"
            );
        };
        out.push_str(kept);
        out.push_str(&new);
        at = range.end;
        if !range.is_empty() {
            replaced = Some(range);
        }
    }
    out.push_str(&text[at..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(range: Range<usize>, text: &str, layer: Layer) -> Splice {
        Splice { range, text: text.to_owned(), layer }
    }

    #[test]
    fn by_position_then_by_layer() {
        let splices = vec![
            at(2..2, "D", Layer::LanguageSwitch),
            at(2..2, "C", Layer::ReviewStatus),
            at(0..2, "", Layer::Title),
            at(4..4, "F", Layer::LanguageEnds),
            at(4..4, "E", Layer::External),
            at(0..0, "A", Layer::WindowTitle),
        ];
        assert_eq!(splice("xxyy", splices).unwrap(), "ACDyyEF");
    }

    #[test]
    fn what_begins_in_a_line_begins_behind_the_blocks() {
        let splices = vec![
            at(1..1, "<b>", Layer::Inline),
            at(1..1, "\nB\n\n", Layer::ReviewStatus),
            at(2..2, "\n\nE\n", Layer::External),
            at(2..2, "</b>", Layer::Formula),
        ];
        assert_eq!(splice("\nx", splices).unwrap(), "\n\nB\n\n<b>x</b>\n\nE\n");
    }

    #[test]
    fn a_replacement_swallows_what_is_inside() {
        let splices =
            vec![at(1..4, "-", Layer::Title), at(2..3, "b", Layer::CrossPost), at(2..2, "c", Layer::CrossPost)];
        assert_eq!(splice("abcde", splices).unwrap(), "a-e");
    }

    #[test]
    fn other_overlaps_are_bugs() {
        for splices in [
            vec![at(0..3, "", Layer::Title), at(2..4, "", Layer::CrossPost)],
            vec![at(0..3, "", Layer::Title), at(0..3, "", Layer::CrossPost)],
            vec![at(3..9, "", Layer::Title)],
            vec![at(1..1, "", Layer::Title)],
        ] {
            assert!(splice("é234", splices).is_err());
        }
    }
}
