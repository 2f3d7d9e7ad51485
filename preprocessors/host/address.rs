//! The address of the site, for what has to name pages to somebody who is not on one of them: search engines, feeds,
//! previews of links.
//!
//! ```toml
//! [output.bilingual-site.html]
//! site-url = "https://example.org/notes/"   # the address
//!
//! site-url = "/notes/"                      # a path alone, as `[output.html]` wants it, is one
//! cname = "example.org"                     # together with the name that GitHub Pages is told
//! ```

use serde_json::Value;
use url::Url;

use super::Host;
use super::renderer::SITE;
use crate::notebook::sightings::SiteAddressFault;

impl Host {
    /// The address at which `mdbook-bilingual-site` publishes the book, with a slash at its end, whichever renderer this is
    /// for; `None` where `book.toml` does not say it.
    #[must_use]
    pub fn address(&self) -> Option<Url> {
        self.address.as_ref().ok().cloned()
    }

    /// Why there is none, where the book has a site, and this is for it or for nobody.
    pub(crate) fn address_fault(&self) -> Option<&SiteAddressFault> {
        let has_site = self.outputs.iter().any(|name| name == SITE);
        let is_for_others = self.renderer.as_deref().is_some_and(|name| name != SITE);
        self.address.as_ref().err().filter(|_| has_site && !is_for_others)
    }
}

/// The address that a table with the options of HTML says.
pub(super) fn of(html: &Value) -> Result<Url, SiteAddressFault> {
    let text = |key: &str| html[key].as_str().map(str::trim).filter(|text| !text.is_empty());
    let (site_url, cname) = (text("site-url"), text("cname"));
    match (site_url, cname) {
        (Some(whole), _) if is_whole(whole) => {
            parse(whole).ok_or_else(|| SiteAddressFault::Invalid { key: "site-url", value: whole.to_owned() })
        }
        (path, Some(cname)) => {
            let mut url = parse(&format!("https://{cname}/"))
                .filter(|url| url.path() == "/" && url.port().is_none())
                .ok_or_else(|| SiteAddressFault::Invalid { key: "cname", value: cname.to_owned() })?;
            url.set_path(&closed(path.unwrap_or_default()));
            Ok(url)
        }
        (Some(path), None) => Err(SiteAddressFault::Path(path.to_owned())),
        (None, None) => Err(SiteAddressFault::Unwritten),
    }
}

/// Whether a text is to be a whole address, right or wrong.
fn is_whole(text: &str) -> bool {
    text.contains("://")
}

/// An address of the web without a name, a password, a query or a fragment, with a slash at its end.
fn parse(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    let is_plain = matches!(url.scheme(), "https" | "http")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let path = closed(url.path());
    url.set_path(&path);
    is_plain.then_some(url)
}

/// A path with a slash at both ends.
fn closed(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(site_url: &str, cname: &str) -> Result<String, SiteAddressFault> {
        of(&serde_json::json!({"site-url": site_url, "cname": cname})).map(|url| url.to_string())
    }

    #[test]
    fn a_whole_address_or_a_name_with_a_path() {
        for (site_url, cname, want) in [
            ("https://example.org/notes/", "", "https://example.org/notes/"),
            ("https://example.org/notes", "other.org", "https://example.org/notes/"),
            ("https://example.org", "", "https://example.org/"),
            ("http://localhost:3000/", "", "http://localhost:3000/"),
            ("https://例子.org/笔记/", "", "https://xn--fsqu00a.org/%E7%AC%94%E8%AE%B0/"),
            ("/notes/", "example.org", "https://example.org/notes/"),
            ("notes", "example.org", "https://example.org/notes/"),
            ("/", "example.org", "https://example.org/"),
            ("", "example.org", "https://example.org/"),
        ] {
            assert_eq!(said(site_url, cname).as_deref(), Ok(want), "{site_url} {cname}");
        }
        assert_eq!(of(&Value::Null), Err(SiteAddressFault::Unwritten));
    }

    #[test]
    fn what_says_no_address() {
        let invalid = |key, value: &str| Err(SiteAddressFault::Invalid { key, value: value.to_owned() });
        assert_eq!(said("", ""), Err(SiteAddressFault::Unwritten));
        assert_eq!(said(" / ", ""), Err(SiteAddressFault::Path("/".to_owned())));
        for url in ["ftp://a.b/", "https://", "https://me:secret@a.b/", "https://a.b/?x", "https://a.b/#x", "://"] {
            assert_eq!(said(url, ""), invalid("site-url", url));
        }
        for name in ["a b", "a.b/c", "a.b:80", "https://a.b", "me@a.b"] {
            assert_eq!(said("/", name), invalid("cname", name));
        }
    }
}
