//! Chapters that are read before anybody asks for them, several at once.
//!
//! What stands in a text and where is most of the work of reading a book, and depends on nothing but the text. A chapter
//! most likely holds what its file does; where it does not, its file is read when its turn comes.

use std::collections::HashMap;

use mdbook::book::Book;

use super::anatomy;
use crate::markdown::Anatomy;
use crate::parallel::{Workers, in_parallel};
use crate::text::Wording;

/// What stands in the texts of chapters.
#[derive(Default)]
pub(super) struct ReadAhead {
    /// By where the texts are in memory, which is quicker than comparing them.
    anatomies: HashMap<(usize, usize), Anatomy>,
}

impl ReadAhead {
    /// Reads the texts of all chapters that have a page.
    pub(super) fn of(book: &Book, wording: &Wording, workers: Workers) -> Self {
        let chapters = book.chapters().filter(|chapter| chapter.path.is_some());
        let texts: Vec<&str> = chapters.map(|chapter| &*chapter.content).collect();
        let read = |text: &&str| Ok((place(text), anatomy(text, wording)));
        // One whose reading fails is read again alone, and fails there.
        Self { anatomies: in_parallel(workers, &texts, read).unwrap_or_default().into_iter().collect() }
    }

    /// What stands in a text behind the front matter at its beginning, if it was read. Nobody asks twice.
    pub(super) fn take(&mut self, text: &str) -> Option<Anatomy> {
        self.anatomies.remove(&place(text))
    }
}

/// Where a text is. Those without a letter may all be at one place.
fn place(text: &str) -> (usize, usize) {
    (text.as_ptr().addr(), text.len())
}

#[cfg(test)]
mod tests {
    use mdbook::book::Chapter;

    use super::*;

    #[test]
    fn a_text_is_read_ahead_as_it_is_read_alone() {
        let texts = ["---\ndate: 2025-01-02\n---\n# 甲\n\n[乙](b.md)\n", "# B\n", "", ""];
        let chapters = texts.iter().map(|text| Chapter::new("a", (*text).to_owned(), "a.md", Vec::new()).into());
        let book = Book::new_with_items(chapters.collect());
        let wording = Wording::default();
        let mut ahead = ReadAhead::of(&book, &wording, Workers::all());
        for chapter in book.chapters() {
            let alone = anatomy(&chapter.content, &wording);
            match ahead.take(&chapter.content) {
                Some(read) => assert_eq!(read, alone),
                None => assert_eq!(chapter.content, "", "one without letters stands for all of them"),
            }
        }
        assert!(ahead.take(texts[0]).is_none(), "another text of the same letters");
    }
}
