//! A note's text: what of a file counts when two of them are compared.

use std::borrow::Cow;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::front_matter;
use crate::values::Fingerprint;

/// The text of a note, now or at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    whole: Cow<'a, str>,
    body: usize,
    /// Whether its bytes are those of the file behind its byte order mark: not where the ends of lines were made plain.
    is_as_written: bool,
}

impl<'a> Text<'a> {
    /// What a file holds.
    pub fn new(whole: impl Into<Cow<'a, str>>) -> Self {
        let mut whole = whole.into();
        let is_as_written = memchr::memchr(b'\r', whole.as_bytes()).is_none();
        if !is_as_written {
            let lines: Vec<&str> = whole.split('\n').map(|line| line.trim_end_matches('\r')).collect();
            whole = lines.join("\n").into();
        }
        let bom = whole.len() - whole.trim_start_matches('\u{feff}').len();
        whole = match whole {
            Cow::Borrowed(whole) => Cow::Borrowed(&whole[bom..]),
            Cow::Owned(mut whole) => {
                whole.drain(..bom);
                Cow::Owned(whole)
            }
        };
        let body = front_matter::find(&whole).map_or(0, |block| block.end);
        let blank = whole[body..].len() - whole[body..].trim_start_matches('\n').len();
        Self { whole, body: body + blank, is_as_written }
    }

    /// Whether git would give this name to a file that holds it. Not so for one with other ends of lines.
    pub(crate) fn is_object(&self, name: &str) -> bool {
        let (head, text) = (format!("blob {}\0", self.whole.len()), self.whole());
        match name.len() {
            40 => hexadecimal(&Sha1::new().chain_update(head).chain_update(text).finalize()) == name,
            64 => hexadecimal(&Sha256::new().chain_update(head).chain_update(text).finalize()) == name,
            _ => false,
        }
    }

    /// All of it, with plain ends of lines.
    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    /// All of it, where its bytes are those of the file.
    pub(super) fn as_written(&self) -> Option<&str> {
        self.is_as_written.then_some(&self.whole)
    }

    /// The line on which what counts as its text begins, from 1.
    pub(crate) fn first_line(&self) -> usize {
        self.whole[..self.body].matches('\n').count() + 1
    }

    /// The fingerprint of what counts as its text.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.body(), 0)
    }

    /// What counts as its text: neither front matter, nor blank lines at its beginning, nor white space at its end.
    pub(crate) fn body(&self) -> &str {
        self.whole[self.body..].trim_end()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_the_names_that_git_gives_them() {
        let is = |text: &str, name: &str| Text::new(text.to_owned()).is_object(name);
        assert!(is("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
        assert!(is("", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"));
        assert!(!is("a", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
        assert!(!is("a", ""));
    }

    #[test]
    fn what_counts_as_a_text() {
        let body = |text: &str| Text::new(text.to_owned()).body().to_owned();
        assert_eq!(body("---\r\ntitle: x\r\n---\r\n# A\r\n\r\nb\r\n"), "# A\n\nb");
        assert_eq!(body("\u{feff}# A\n\nb\n\n"), "# A\n\nb");
        assert_eq!(Text::new("---\ntitle: x\n---\n# A\n".to_owned()).first_line(), 4);
        assert_eq!(body("\u{feff}\u{feff}---\r\r\ntitle: x\r\r\n---\r\r\n# A\r\r\nb\r"), "# A\nb");
        let text = Text::new("---\ntitle: x\n---\n\n# A\n".to_owned());
        assert_eq!((text.first_line(), text.body()), (5, "# A"));
    }
}
