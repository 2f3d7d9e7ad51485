//! The answer of a preprocessor to mdBook. What mdBook sends is read by [`mdbook_bilingual_core::host::pipe`].

use std::io::{self, BufWriter, Write};

use mdbook::book::Book;

/// How much is written at once. A pipe on Linux holds no more.
const PIECE: usize = 64 << 10;

/// Writes a book, without a copy of all of it in memory. mdBook writes all that it has to say before it reads a byte,
/// so everything must have been read by now.
///
/// Where it breaks off, mdBook has a part of the book, and looks at that only when this program ends without an error.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(book: &Book, to: impl Write) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(PIECE, to);
    serde_json::to_writer(&mut to, book)?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use mdbook::book::{BookItem, Chapter};

    use super::*;

    #[test]
    fn a_book_is_written_in_pieces() {
        struct Pieces(Vec<usize>);
        impl Write for Pieces {
            fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
                self.0.push(buffer.len());
                Ok(buffer.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let chapter = |_| Chapter::new("a", "\"é\n".repeat(5_000), "a.md", Vec::new());
        let book = Book::new_with_items((0..10).map(chapter).map(BookItem::Chapter).collect());
        let mut pieces = Pieces(Vec::new());
        write(&book, &mut pieces).unwrap();
        let whole = serde_json::to_string(&book).unwrap();
        assert_eq!(pieces.0.iter().sum::<usize>(), whole.len());
        assert!(pieces.0.iter().all(|piece| *piece <= PIECE) && pieces.0.len() <= whole.len() / PIECE + 2);
    }
}
