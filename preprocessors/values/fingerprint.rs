//! What a text is, in a few characters that an author can keep beside it.
//!
//! ```text
//! ---                          sha256:5f0c1f0b7a3d9a42
//! title: 显存                   the same for this text with other front matter, with CRLF line ends, or with more
//! ---                     →    blank lines at its end
//! # 显存 …
//! ```

use std::fmt;

use sha2::{Digest, Sha256};

/// How many hexadecimal digits are written.
const DIGITS: usize = 16;

/// The fewest that are believed.
const FEWEST: usize = 12;

/// A hash of a text: of its bytes in UTF-8 without its front matter, a byte order mark, blank lines at its beginning,
/// carriage returns at the ends of lines and white space at its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a file's text, of which `body` is the offset behind the front matter.
    #[must_use]
    pub fn of(text: &str, body: usize) -> Self {
        let mut hash = Sha256::new();
        for (at, line) in bare(text, body).split('\n').enumerate() {
            if at > 0 {
                hash.update(b"\n");
            }
            hash.update(line.trim_end_matches('\r'));
        }
        let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Self(digits[..DIGITS].to_owned())
    }

    /// Reads `sha256:` and at least twelve hexadecimal digits, as [`fmt::Display`] writes them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix("sha256:")?;
        let is_hash = (FEWEST..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| Self(digits.to_ascii_lowercase()))
    }

    /// Whether two fingerprints are of one text, as far as both are written out.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let length = self.0.len().min(other.0.len());
        self.0[..length] == other.0[..length]
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

/// The part of a file that counts as its text.
fn bare(text: &str, body: usize) -> &str {
    text[body..].trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_does_not_count() {
        let plain = Fingerprint::of("# A\n\nb\n", 0);
        assert_eq!(Fingerprint::of("# A\r\n\r\nb", 0), plain);
        assert_eq!(Fingerprint::of("\u{feff}# A\n\nb\n\n \n", 0), plain);
        let with = "---\ntitle: x\n---\n# A\n\nb\n";
        assert_eq!(Fingerprint::of(with, with.find('#').unwrap()), plain);
        let apart = "---\ntitle: x\n---\r\n\r\n# A\n\nb\n";
        assert_eq!(Fingerprint::of(apart, apart.find("\r\n\r\n").unwrap() + 2), plain);
        assert_ne!(Fingerprint::of("# A\n\nc\n", 0), plain);
        assert_ne!(Fingerprint::of("# A\nb\n", 0), plain);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let one = Fingerprint::of("a", 0);
        assert_eq!(one.to_string(), "sha256:ca978112ca1bbdca");
        assert_eq!(Fingerprint::parse(&one.to_string()), Some(one.clone()));
        assert!(Fingerprint::parse("sha256:CA978112CA1B").unwrap().is(&one));
        for text in ["ca978112ca1bbdca", "sha256:ca97", "sha256:xx978112ca1bbdca", "sha256:"] {
            assert_eq!(Fingerprint::parse(text), None, "{text}");
        }
    }
}
