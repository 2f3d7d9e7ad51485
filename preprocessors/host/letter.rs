//! Reads what mdBook writes to a preprocessor: `[context, book]`, in one pass.

use std::fmt;

use anyhow::{Context, Error, Result, bail};
use mdbook::book::Book;
use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::{Host, too_deep};

/// What to do when something else than mdBook has started the program.
pub(super) const NOT_MDBOOK: &str = "standard input is not what mdBook sends to a preprocessor; run `mdbook build` instead, which starts this program, or see `mdbook-bilingual --help`";

/// Reads the context, and then the book, if it comes from an mdBook that we understand.
pub(super) fn read(json: &str) -> Result<(Host, Book)> {
    let mut refused = None;
    let mut reader = serde_json::Deserializer::from_str(json);
    let read = Letter { refused: &mut refused }.deserialize(&mut reader);
    let read = read.and_then(|read| reader.end().map(|()| read));
    match (refused, read) {
        (Some(why), _) => Err(why),
        // The library has no name for this error.
        (None, Err(error)) if error.to_string().starts_with("recursion limit exceeded") => bail!(too_deep()),
        (None, read) => read.context(NOT_MDBOOK),
    }
}

struct Letter<'a> {
    /// Why the context is not followed by a book that we read.
    refused: &'a mut Option<Error>,
}

impl<'de> DeserializeSeed<'de> for Letter<'_> {
    type Value = (Host, Book);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Letter<'_> {
    type Value = (Host, Book);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a context and a book")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut letter: A) -> Result<Self::Value, A::Error> {
        let context: Value = letter.next_element()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
        let host = Host::of_context(&context).map_err(|why| {
            *self.refused = Some(why);
            de::Error::custom("the context")
        })?;
        let book = letter.next_element()?.ok_or_else(|| de::Error::custom("the context, and no book"))?;
        Ok((host, book))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        format!("{:#}", read(json).err().unwrap())
    }

    #[test]
    fn a_context_and_a_book() {
        let context = r#"{"root": "x", "config": {}, "renderer": "html", "mdbook_version": "0.5.4"}"#;
        let (host, book) = read(&format!("[{context}, {{\"items\": []}}]\n")).unwrap();
        assert_eq!((host.renderer.as_deref(), book.items.len()), (Some("html"), 0));
        for rest in
            ["", ", 1]", ", {\"items\": 1}]", ", {\"items\": []}, 1]", ", {\"items\": []}] x", ", {\"items\": ["]
        {
            assert!(error(&format!("[{context}{rest}")).starts_with(NOT_MDBOOK), "{rest}");
        }
    }

    #[test]
    fn what_is_no_letter_of_mdbook() {
        for json in ["", "x", "{}", "[]", "[1]", "[{}, {}]", r#"[{"mdbook_version": "0.5.4"}, {}]"#] {
            assert!(error(json).starts_with(NOT_MDBOOK), "{json}");
        }
        // Its book is in a form that nobody knows.
        let older =
            r#"[{"root": "x", "config": {}, "renderer": "html", "mdbook_version": "0.4.52"}, {"sections": []}]"#;
        assert!(error(older).starts_with("this is mdBook 0.4.52"), "{}", error(older));
    }
}
