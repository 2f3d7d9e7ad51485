//! A copy elsewhere: which one was posted, and which text it has.

use std::path::PathBuf;

use anyhow::{Result, bail};
use mdbook_bilingual_core::diagnostic::Message;
use mdbook_bilingual_core::facts::front_matter::edit::{ConfirmedCopy, set_copy};
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::notebook::{Edition, FrontMatter, Posted};
use mdbook_bilingual_core::platforms::{AddressFault, CrossPost, Platform, Site, linkable};
use mdbook_bilingual_core::values::{Date, Fingerprint};

use super::{WhyUnconfirmed, fingerprint};

/// What was posted where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyToConfirm {
    /// The platform.
    pub site: &'static Site,
    /// The address, as it was typed; where there is none, the copy has to be known.
    pub address: Option<String>,
    /// When.
    pub on: Date,
    /// Whether somebody named that day; else it is today.
    pub is_day_said: bool,
}

/// Takes the address of a copy from behind the notes.
///
/// # Errors
/// When there are several, or several notes that one would belong to.
pub fn address(notes: &mut Vec<PathBuf>, site: &Site) -> Result<Option<String>> {
    let is_address =
        |text: &str| text.contains("://") || site.hosts.iter().any(|host| text.contains(&format!("{host}/")));
    let is_address = |note: &PathBuf| note.to_str().is_some_and(is_address) && !note.exists();
    let address = notes.pop_if(|note| is_address(note));
    if notes.is_empty() {
        bail!("--copy wants a note; write its file before the address of its copy");
    }
    if notes.iter().any(is_address) || (address.is_some() && notes.len() > 1) {
        bail!("an address is that of one copy; confirm each copy by itself, its address behind its note");
    }
    Ok(address.and_then(|address| address.to_str().map(str::to_owned)))
}

impl CopyToConfirm {
    /// The text of a note that says of its copy which text it has, and what was done.
    ///
    /// # Errors
    /// When nobody knows which copy is meant, or when it cannot be written.
    pub(super) fn confirmed(
        &self,
        edition: &Edition,
        text: &str,
        said: &FrontMatter,
    ) -> Result<(String, String), WhyUnconfirmed> {
        let post = self.post(edition)?;
        let now = fingerprint(text);
        let mut line = format!("on {} as it is now ({now}), {}", self.name(), self.on);
        let beside: Vec<&str> = self.own(edition).iter().map(|own| own.url.as_str()).collect();
        if !beside.is_empty() && !beside.contains(&post.url.as_str()) {
            line.push_str(&format!("; another copy, beside {}", beside.join(" and ")));
        }
        let known = said.posted.get(&post.url);
        if known.is_some_and(|known| self.is_known(known, &now)) {
            return Ok((text.to_owned(), line));
        }
        let copy = ConfirmedCopy { post: &post, text: &now, on: self.on };
        let new = set_copy(text, &edition.file, copy)?;
        Ok((new, line))
    }

    /// Whether all of this was confirmed already. The day of a copy that is current stays, unless somebody names one.
    fn is_known(&self, known: &Posted, now: &Fingerprint) -> bool {
        let is_current = known.text.as_ref().is_some_and(|text| text.value.is(now));
        let day = known.on.as_ref().map(|on| on.value);
        is_current && day.is_some() && (!self.is_day_said || day == Some(self.on))
    }

    /// The copies that the note has on the platform already.
    fn own<'e>(&self, edition: &'e Edition) -> Vec<&'e CrossPost> {
        edition.own_copies().iter().map(|fact| &fact.value).filter(|post| self.is_on_site(post)).collect()
    }

    fn is_on_site(&self, post: &CrossPost) -> bool {
        post.platform.site() == Some(self.site)
    }

    fn post(&self, edition: &Edition) -> Result<CrossPost, WhyUnconfirmed> {
        let own = self.own(edition);
        if let Some(address) = &self.address {
            return self.read(address, &own);
        }
        match own.as_slice() {
            [one] => Ok((*one).clone()),
            [] => {
                let of_note = edition.cross_posts.iter().find(|fact| self.is_on_site(&fact.value));
                let place = of_note.and_then(|fact| fact.origin.place()).map(ToString::to_string);
                Err(WhyUnconfirmed::NoCopy { platform: self.name(), of_another: place })
            }
            several => {
                let urls = several.iter().map(|post| post.url.clone()).collect();
                Err(WhyUnconfirmed::SeveralCopies { platform: self.name(), urls })
            }
        }
    }

    /// A copy at an address of the platform; or, under an author's own domain, one that the note gives already.
    fn read(&self, address: &str, own: &[&CrossPost]) -> Result<CrossPost, WhyUnconfirmed> {
        let is_own = |url: &str| own.iter().find(|post| post.url == url).map(|post| (*post).clone());
        let read = match CrossPost::on(self.site, address) {
            Ok(post) => return Ok(post),
            Err(error) if error.fault == AddressFault::NotAText(self.site) => {
                linkable(address).ok().and_then(|url| is_own(url.as_str())).ok_or(error)
            }
            Err(error) => Err(error),
        };
        read.map_err(|error| {
            let is_told = !matches!(error.fault, AddressFault::NotAText(_)) || self.site.texts.is_some();
            WhyUnconfirmed::Address(if is_told { error.message() } else { self.no_address(address) })
        })
    }

    fn no_address(&self, address: &str) -> Message {
        let hosts = self.site.hosts.join(" or ");
        Message::new(
            format!("“{address}” is no address of {}, which is at {hosts}", self.name()),
            "write the address that the copy has there",
        )
    }

    fn name(&self) -> String {
        Messages::for_authors().platform_for_authors(&Platform::Known(self.site))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_behind_its_note() {
        let site = Platform::known("zhihu").unwrap();
        let taken = |arguments: &[&str]| {
            let mut notes: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
            address(&mut notes, site).map(|address| (notes.len(), address)).map_err(|error| error.to_string())
        };
        assert_eq!(taken(&["a.md", "b.md"]), Ok((2, None)));
        for url in ["https://zhuanlan.zhihu.com/p/1", "http://e.org", "zhuanlan.zhihu.com/p/1"] {
            assert_eq!(taken(&["a.md", url]), Ok((1, Some(url.to_owned()))));
        }
        for wrong in [&["a.md", "b.md", "https://e.org"][..], &["a.md", "https://e.org", "https://e.org"]] {
            assert!(taken(wrong).unwrap_err().starts_with("an address is that of one copy; "));
        }
        assert!(taken(&["https://e.org"]).unwrap_err().starts_with("--copy wants a note; "));
    }
}
