//! A copy of a note that was published elsewhere.

use super::{AddressError, AddressFault, Platform, Site, linkable};
use crate::values::Date;

/// A copy of a note on another site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrossPost {
    /// Where it was published.
    pub platform: Platform,
    /// Its address: `https:` or `http:`, normalised.
    pub url: String,
}

impl CrossPost {
    /// Reads a cross-post on any platform. An address of a site that tells texts from other pages is checked, whatever
    /// its author calls the site.
    ///
    /// # Errors
    /// See [`linkable`] and [`CrossPost::on`].
    pub fn new(platform: Option<&str>, text: &str) -> Result<Self, AddressError> {
        let url = linkable(text)?;
        let by_host = Platform::of(&url);
        let platform = platform.map_or_else(|| by_host.clone(), Platform::named);
        let checks = |platform: &Platform| platform.site().filter(|site| site.texts.is_some());
        match checks(&platform).or_else(|| checks(&by_host)) {
            Some(site) => Self::on(site, text),
            None => Ok(Self { platform, url: url.into() }),
        }
    }

    /// Reads the address of a text on a site, and writes it as the site itself does.
    ///
    /// # Errors
    /// Refuses what [`linkable`] refuses, addresses of other sites, and pages of the site that are not a text.
    pub fn on(site: &'static Site, text: &str) -> Result<Self, AddressError> {
        let url = linkable(text)?;
        match site.text(&url) {
            Some(url) => Ok(Self { platform: Platform::Known(site), url }),
            None => Err(AddressError { address: text.to_owned(), fault: AddressFault::NotAText(site) }),
        }
    }

    /// The day on which it was published, where its address tells.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        let texts = self.platform.site()?.texts.as_ref()?;
        (texts.published)(&self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_by_host_and_by_name() {
        let platform = |name, url| CrossPost::new(name, url).unwrap().platform;
        assert_eq!(platform(None, "https://juejin.cn/post/7300000000000000000").id(), "juejin");
        assert_eq!(platform(None, "https://blog.csdn.net/x").id(), "csdn");
        assert_eq!(platform(None, "https://www.example.org/a"), Platform::Other("example.org".to_owned()));
        assert_eq!(platform(Some("Juejin"), "https://example.org/a").id(), "juejin");
        assert_eq!(platform(Some("My blog"), "https://example.org/a"), Platform::Other("My blog".to_owned()));
        // A Zhihu address is checked, whatever it is called.
        assert!(CrossPost::new(Some("blog"), "https://www.zhihu.com/people/x").is_err());
        assert_eq!(platform(Some("blog"), "https://www.zhihu.com/p/1").id(), "zhihu");
        // What is called Zhihu has to be there.
        assert!(CrossPost::new(Some("Zhihu"), "https://example.org/a").is_err());
    }
}
