//! Sites that publish texts: what they are called, what their addresses look like, what these tell.
//!
//! # Adding a site
//! 1. A file here, named as the site's identifier, with its [`Site`]; `mod` and a line in [`SITES`] below.
//! 2. Its name for readers in each file of `messages/`: `platform-zhihu = 知乎`.
//! 3. Its identifier in the guide, in both languages, where the known sites are listed: `write/front-matter.md`.
//!
//! Tests fail where one of these is missing.

mod address;
mod bilibili;
mod cnblogs;
mod cross_post;
mod csdn;
mod dev_to;
mod github;
mod hashnode;
mod huggingface;
mod jianshu;
mod juejin;
mod medium;
mod qiita;
pub mod redirect;
mod segmentfault;
mod substack;
mod wechat;
mod xiaohongshu;
mod zenn;
mod zhihu;

use std::cmp::Ordering;
use std::fmt;

pub use address::{AddressError, AddressFault, danger, linkable};
pub use cross_post::CrossPost;
pub use redirect::Redirect;
use url::Url;
pub use zhihu::SITE as ZHIHU;

use crate::diagnostic::{Code, Message};
use crate::values::{Date, Language};

/// The sites that are known.
pub static SITES: &[&Site] = &[
    &zhihu::SITE,
    &juejin::SITE,
    &csdn::SITE,
    &wechat::SITE,
    &bilibili::SITE,
    &cnblogs::SITE,
    &jianshu::SITE,
    &segmentfault::SITE,
    &xiaohongshu::SITE,
    &qiita::SITE,
    &zenn::SITE,
    &medium::SITE,
    &substack::SITE,
    &dev_to::SITE,
    &hashnode::SITE,
    &github::SITE,
    &huggingface::SITE,
];

/// A site that is known. Two are the same when their identifiers are.
pub struct Site {
    /// Its identifier, in front matter, in the list and in the names of messages: `dev-to`.
    pub id: &'static str,
    /// Its hosts: each with all below it.
    pub hosts: &'static [&'static str],
    /// The tag of the language that is written there, where there is one.
    pub language: Option<&'static str>,
    /// What authors call it, in lower case.
    pub names: &'static [&'static str],
    /// Whether it is a place for articles; code and models are kept on others.
    pub publishes: bool,
    /// What its addresses tell, where it is known; then no other page of the site is a copy of a note.
    pub texts: Option<Texts>,
    /// Its addresses that lead on to other sites.
    pub redirects: &'static [Redirect],
}

/// What is known about the addresses of a site's texts.
pub struct Texts {
    /// What a text is, with its article: `a Zhihu article or answer`.
    pub what: &'static str,
    /// What an author could write.
    pub example: &'static str,
    /// What an address of anything else is reported as.
    pub code: Code,
    /// An address of the site as the site itself writes it; `None` where it is not one of a text.
    pub normalise: fn(&Url) -> Option<String>,
    /// The day on which the text of a normalised address was published, where the address tells.
    pub published: fn(&str) -> Option<Date>,
}

impl Site {
    /// The site of a host.
    fn of_host(host: &str) -> Option<&'static Self> {
        SITES.iter().copied().find(|site| site.has(host))
    }

    fn has(&self, host: &str) -> bool {
        let below = |site: &str| host == site || host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'));
        self.hosts.iter().any(|site| below(site))
    }

    /// The normalised address of a text on this site; `None` for all other addresses.
    fn text(&self, url: &Url) -> Option<String> {
        if !self.has(url.host_str().unwrap_or_default()) {
            return None;
        }
        match &self.texts {
            Some(texts) => (texts.normalise)(url),
            None => Some(url.as_str().to_owned()),
        }
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Site").field(&self.id).finish()
    }
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Site {}

impl PartialOrd for Site {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Site {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(other.id)
    }
}

/// Where a text was published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// A site that the messages have a name for.
    Known(&'static Site),
    /// Any other site, by its host or by the name that the author gave it.
    Other(String),
}

impl Platform {
    /// The platform of an address.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        Site::of_host(host)
            .map_or_else(|| Self::Other(host.strip_prefix("www.").unwrap_or(host).to_owned()), Self::Known)
    }

    /// The platform that an author named.
    fn named(name: &str) -> Self {
        let id = name.trim().to_lowercase().replace([' ', '.', '_'], "-");
        SITES
            .iter()
            .find(|site| site.id == id)
            .map_or_else(|| Self::Other(name.trim().to_owned()), |site| Self::Known(site))
    }

    /// The site that an author names by its identifier.
    ///
    /// # Errors
    /// When no such site is known.
    pub fn known(name: &str) -> Result<&'static Site, Message> {
        match Self::named(name) {
            Self::Known(site) => Ok(site),
            Self::Other(name) => {
                let ids: Vec<&str> = SITES.iter().map(|site| site.id).collect();
                Err(Message::new(format!("there is no platform “{name}”"), format!("choose from {}", ids.join(", "))))
            }
        }
    }

    /// The site, where it is known.
    #[must_use]
    pub fn site(&self) -> Option<&'static Site> {
        match self {
            Self::Known(site) => Some(site),
            Self::Other(_) => None,
        }
    }

    /// The identifier, or the name of a platform that has none.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Known(site) => site.id,
            Self::Other(name) => name,
        }
    }

    /// The language that is written there, where there is one.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        Language::parse(self.site()?.language?).ok()
    }

    /// What authors call it, in lower case.
    #[must_use]
    pub fn names(&self) -> &'static [&'static str] {
        self.site().map_or(&[], |site| site.names)
    }

    /// What authors call the places that are known.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        SITES.iter().flat_map(|site| site.names.iter().copied())
    }

    /// Whether it is a place for articles, and known as one.
    #[must_use]
    pub fn publishes(&self) -> bool {
        self.site().is_some_and(|site| site.publishes)
    }
}

/// An address as its site writes those of its texts; any other address as it is.
#[must_use]
pub fn normalised(url: Url) -> String {
    let text = Site::of_host(url.host_str().unwrap_or_default()).and_then(|site| site.text(&url));
    text.unwrap_or_else(|| url.into())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::*;

    /// The files of this folder that are not a site.
    const OTHER_FILES: [&str; 4] = ["address.rs", "cross_post.rs", "mod.rs", "redirect.rs"];

    #[test]
    fn each_site_is_a_file_and_each_file_is_a_site() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/platforms");
        let files: BTreeSet<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let sites = SITES.iter().map(|site| format!("{}.rs", site.id.replace('-', "_")));
        let expected: BTreeSet<String> = sites.chain(OTHER_FILES.map(str::to_owned)).collect();
        assert_eq!(files, expected);
    }

    #[test]
    fn nothing_belongs_to_two_sites() {
        let all = |of: fn(&Site) -> &'static [&'static str]| SITES.iter().flat_map(move |site| of(site));
        for (at, host) in all(|site| site.hosts).enumerate() {
            let owner = Site::of_host(host).unwrap();
            assert!(owner.hosts.contains(host), "{host} is also below a host of {}", owner.id);
            assert_eq!(all(|site| site.hosts).position(|other| other == host), Some(at), "{host} stands there twice");
        }
        for (at, name) in all(|site| site.names).enumerate() {
            assert_eq!(name.to_lowercase(), *name, "names are looked for in lower case");
            assert_eq!(all(|site| site.names).position(|other| other == name), Some(at), "{name} stands there twice");
        }
        for site in SITES {
            assert!(site.language.is_none_or(|tag| Language::parse(tag).is_ok()), "{}", site.id);
            assert_eq!(Platform::named(site.id), Platform::Known(site));
        }
    }

    #[test]
    fn sites_are_known_by_their_identifiers() {
        assert_eq!(Platform::known(" Dev.to ").unwrap().id, "dev-to");
        let said = Platform::known("zhuhi").unwrap_err().to_string();
        assert!(said.starts_with("there is no platform “zhuhi”; choose from zhihu, juejin, csdn, wechat, "), "{said}");
    }

    #[test]
    fn only_texts_are_normalised() {
        let written = |text: &str| normalised(Url::parse(text).unwrap());
        assert_eq!(written("http://m.zhihu.com/p/1?utm=2"), "https://zhuanlan.zhihu.com/p/1");
        assert_eq!(written("https://www.zhihu.com/people/x"), "https://www.zhihu.com/people/x");
        assert_eq!(written("https://juejin.cn/post/1?a=b"), "https://juejin.cn/post/1?a=b");
    }
}
