//! Addresses of the web: what may be linked at all.
//!
//! ```text
//! https://example.org/a     →   may be linked
//! javascript:alert(1)       →   runs a program, and is never linked
//! ../a.md                   →   leads to nothing elsewhere
//! ```

use std::fmt;

use url::Url;

use super::{Site, redirect};
use crate::diagnostic::{Code, Message};

/// An address that was refused; it displays as one line, with what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    /// The address as its author wrote it.
    pub address: String,
    /// What is wrong with it.
    pub fault: AddressFault,
}

/// Why an address was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// Not an absolute address: a path, a number, a word.
    Relative,
    /// An absolute address, but not one of the web: its scheme, as in `mailto`.
    NotWeb(String),
    /// It runs a program, or reads something: its scheme, as in `javascript`.
    Harmful(String),
    /// It gives a name or a password away.
    Credentials,
    /// Not the address of a text on this site; or not on this site at all.
    NotAText(&'static Site),
}

impl AddressError {
    /// Whether the address harms who follows it; any other is a mistake.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        matches!(self.fault, AddressFault::Harmful(_) | AddressFault::Credentials)
    }

    /// What it is reported as.
    #[must_use]
    pub fn code(&self) -> Code {
        match &self.fault {
            AddressFault::Harmful(_) | AddressFault::Credentials => Code::UrlForbidden,
            AddressFault::Relative | AddressFault::NotWeb(_) => Code::UrlInvalid,
            AddressFault::NotAText(site) => site.texts.as_ref().map_or(Code::UrlInvalid, |texts| texts.code),
        }
    }

    /// What is wrong with it, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        let Self { address, fault } = self;
        let why = match fault {
            AddressFault::Relative => "it is not a full address".to_owned(),
            AddressFault::NotWeb(scheme) | AddressFault::Harmful(scheme) => format!("{scheme}: is not a web address"),
            AddressFault::Credentials => "it holds a name or a password".to_owned(),
            AddressFault::NotAText(site) => {
                let (what, example) = site.texts.as_ref().map_or((site.id, "its address"), |it| (it.what, it.example));
                return Message::new(format!("“{address}” is not {what}"), format!("write {example}"));
            }
        };
        Message::new(format!("“{address}” cannot be linked: {why}"), "write an https: address")
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for AddressError {}

/// Reads an address that may be linked. An address of a site that leads on to another is the other one.
///
/// # Errors
/// Refuses all that is not an absolute `https:` or `http:` address: `javascript:` and its relatives run programs, and
/// a path is not a place elsewhere.
pub fn linkable(text: &str) -> Result<Url, AddressError> {
    let refused = |fault| AddressError { address: text.to_owned(), fault };
    let led = redirect::target(text);
    let url = Url::parse(led.as_deref().unwrap_or(text).trim()).map_err(|_| refused(AddressFault::Relative))?;
    match url.scheme() {
        "https" | "http" if url.username().is_empty() && url.password().is_none() => Ok(url),
        "https" | "http" => Err(refused(AddressFault::Credentials)),
        scheme if HARMFUL.contains(&scheme) => Err(refused(AddressFault::Harmful(scheme.to_owned()))),
        scheme => Err(refused(AddressFault::NotWeb(scheme.to_owned()))),
    }
}

/// Why a link that an author wrote into a text would harm who follows it; `None` for all others.
///
/// It runs a program, or gives a password away. What only leads nowhere from a site (`file:`, `chrome:`), or names a user
/// and no password, is left alone: authors write such addresses, and no browser harms anybody with them.
#[must_use]
pub fn danger(text: &str) -> Option<AddressError> {
    let is_plain = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(['@', '?']);
    // The site that an address leads through is what is linked here, and it asks whoever comes from there.
    if is_plain || !text.contains(':') || redirect::target(text).is_some() {
        return None;
    }
    let error = linkable(text).err()?;
    let harms = match &error.fault {
        AddressFault::Harmful(scheme) => !LOCAL.contains(&scheme.as_str()),
        AddressFault::Credentials => Url::parse(text.trim()).is_ok_and(|url| url.password().is_some()),
        AddressFault::Relative | AddressFault::NotWeb(_) | AddressFault::NotAText(_) => false,
    };
    harms.then_some(error)
}

/// What leads to something of the reader's own machine.
const LOCAL: &[&str] = &["file", "filesystem", "about", "view-source", "chrome", "resource", "feed"];

/// What runs programs in a browser, or reads the reader's files.
const HARMFUL: &[&str] = &[
    "javascript",
    "vbscript",
    "livescript",
    "jscript",
    "mocha",
    "data",
    "blob",
    "file",
    "filesystem",
    "about",
    "view-source",
    "chrome",
    "resource",
    "jar",
    "feed",
    "ms-its",
    "mhtml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dangers_of_a_text() {
        for text in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "https://me:secret@example.org/",
        ] {
            assert!(danger(text).is_some_and(|why| why.to_string().contains("cannot be linked")), "{text}");
        }
        for text in [
            "a.md",
            "a.md#javascript:x",
            "#a:b",
            "https://example.org/a:b",
            "https://example.org/@me?a=b:c@d",
            "https://me@example.org/r.git",
            "https://link.zhihu.com/?target=javascript%3Aalert(1)",
            "mailto:me@example.org",
            "file:///C:/a.txt",
            "chrome://flags",
            "C:\\a",
        ] {
            assert_eq!(danger(text), None, "{text}");
        }
    }

    #[test]
    fn what_may_not_be_linked() {
        for text in [
            "javascript:alert(1)",
            " java\tscript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://link.zhihu.com/?target=javascript%3Aalert(1)",
            "https://me:secret@zhuanlan.zhihu.com/p/1",
            "https://zhuanlan.zhihu.com@evil.example/p/1",
        ] {
            assert!(linkable(text).unwrap_err().is_forbidden(), "{text}");
        }
        for text in ["../x.md", "/p/1", "", "mailto:a@b.c", "1946402397409740613", "www.zhihu.com/p/1", "待发布"] {
            assert_eq!(linkable(text).unwrap_err().code(), Code::UrlInvalid, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_them() {
        for (text, line) in [
            ("a.md", "“a.md” cannot be linked: it is not a full address; write an https: address"),
            ("mailto:a@b.c", "“mailto:a@b.c” cannot be linked: mailto: is not a web address; write an https: address"),
            ("data:,x", "“data:,x” cannot be linked: data: is not a web address; write an https: address"),
            (
                "https://a:b@c/",
                "“https://a:b@c/” cannot be linked: it holds a name or a password; write an https: address",
            ),
        ] {
            assert_eq!(linkable(text).unwrap_err().to_string(), line);
        }
    }
}
