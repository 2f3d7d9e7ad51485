//! `[preprocessor.bilingual.links]`: each part of the links pass can be switched off.

use super::key::Key;
use super::table::table;
use crate::diagnostic::Code;
use crate::platforms::{AddressError, linkable};
use crate::values::Repository;

table! {
    /// What the links pass does.
    pub struct LinksConfig {
        /// Whether links to `README.md`, to folders and to headings as GitHub calls them lead to their pages.
        pub pages: bool = flag("pages", true),
        /// Whether a link to a note leads to the edition in the language of the page.
        pub own_language: bool = flag("own-language", true),
        /// Whether addresses of the repository lead into the book.
        pub inward: bool = flag("inward", true),
        /// Whether links to files that are not in the book lead to the repository's web page.
        pub outward: bool = flag("outward", true),
        /// Whether links that lead nowhere are reported.
        pub dead: bool = flag("dead", true),
        /// The address of the repository, as `https://…` or `git@…`; that of `output.html.git-repository-url` where it is
        /// not written.
        pub repository: Option<String> = repository("repository"),
        /// Branches whose pages show this book, before those that are known anyway; links are written for the first.
        pub branches: Vec<String> = texts("branches"),
    }
}

impl Key<'_, '_> {
    /// The address of a repository, without what differs from clone to clone.
    fn repository(&mut self) -> Option<String> {
        let text = self.text()?;
        if let Some(error) = linkable(&text).err().filter(AddressError::is_forbidden) {
            let name = self.full_name();
            self.report(Code::UrlForbidden, error.message().of(format_args!("`{name}`")));
            return None;
        }
        let address = Repository::normalised(&text);
        if address.is_none() {
            self.wrong(format!("“{text}” is not the address of a repository, such as https://github.com/owner/name"));
        }
        address
    }
}
