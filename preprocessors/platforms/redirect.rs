//! Addresses of sites that lead on to another site.
//!
//! ```text
//! https://link.zhihu.com/?target=https%3A//example.org/a%3Fb%3D1    →    https://example.org/a?b=1
//! https://www.jianshu.com/go-wild?ac=2&url=https%3A%2F%2Fe.org      →    https://e.org
//! ```
//!
//! Whoever copies a link out of an article on such a site gets one of these. They say where they lead, so nobody has to
//! ask the site; what they say is looked at as any other address is.

use percent_encoding::percent_decode_str;
use url::Url;

use super::SITES;

/// Addresses of a site that lead on.
#[derive(Debug, Clone, Copy)]
pub struct Redirect {
    /// The hosts, and none below them.
    hosts: &'static [&'static str],
    /// The path.
    path: &'static str,
    /// The names of what holds the target.
    names: &'static [&'static str],
    /// Whether the site writes parameters of its own behind the target: a target that is not encoded ends before them.
    goes_on: bool,
}

impl Redirect {
    /// Addresses whose last parameter is the target.
    pub(super) const fn new(
        hosts: &'static [&'static str],
        path: &'static str,
        names: &'static [&'static str],
    ) -> Self {
        Self { hosts, path, names, goes_on: false }
    }

    /// Addresses with other parameters behind the target.
    const fn with_more(hosts: &'static [&'static str], path: &'static str, names: &'static [&'static str]) -> Self {
        Self { hosts, path, names, goes_on: true }
    }
}

/// Those of sites that are known for nothing else.
const OTHERS: &[Redirect] = &[
    Redirect::new(&["gitee.com"], "/link", &["target"]),
    Redirect::new(&["www.oschina.net", "oschina.net"], "/action/GoToLink", &["url"]),
    Redirect::new(&["sspai.com"], "/link", &["target"]),
    Redirect::new(&["link.uisdc.com"], "/", &["redirect"]),
    Redirect::new(&["www.douban.com", "douban.com"], "/link2", &["url"]),
    Redirect::with_more(&["www.google.com", "google.com"], "/url", &["q", "url"]),
    Redirect::with_more(&["www.youtube.com", "youtube.com"], "/redirect", &["q"]),
    Redirect::with_more(&["l.facebook.com"], "/l.php", &["u"]),
];

/// How often a target is encoded once more, or is such an address itself.
const ROUNDS: usize = 5;

/// Where such an address leads; `None` for any other address, and for one that does not say.
#[must_use]
pub fn target(address: &str) -> Option<String> {
    let mut found = step(address)?;
    for _ in 0..ROUNDS {
        match step(&found) {
            Some(next) => found = next,
            None => break,
        }
    }
    Some(found)
}

fn step(address: &str) -> Option<String> {
    let address = address.trim();
    // Most addresses are none of these, and every link of a book comes by here.
    let (scheme, rest) = address.split_once("//")?;
    if !matches!(scheme.to_ascii_lowercase().as_str(), "https:" | "http:" | "") || !rest.contains('?') {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let all = SITES.iter().flat_map(|site| site.redirects).chain(OTHERS);
    let mut redirects = all.filter(|redirect| redirect.hosts.contains(&host.as_str())).peekable();
    redirects.peek()?;
    let url = Url::parse(&if scheme.is_empty() { format!("https:{address}") } else { address.to_owned() }).ok()?;
    let redirect = redirects.find(|redirect| matches!(url.path().strip_prefix(redirect.path), Some("" | "/")))?;
    // As it was written: an address that is not encoded goes on to the end, with its own `&` and `#`.
    let query = address.split_once('?')?.1;
    let mut at = 0;
    for pair in query.split('&') {
        let value = pair.split_once('=').filter(|(name, _)| redirect.names.contains(name)).map(|(_, value)| value);
        if let Some(value) = value {
            let from = at + pair.len() - value.len();
            let is_plain = value.contains("://");
            let whole = is_plain && !redirect.goes_on;
            let value = if whole { &query[from..] } else { value.split('#').next().unwrap_or(value) };
            return decoded(value, is_plain);
        }
        at += pair.len() + 1;
    }
    None
}

/// The target that a value says: encoded once, or more often.
fn decoded(value: &str, is_plain: bool) -> Option<String> {
    let mut text = value.to_owned();
    for round in 0..ROUNDS {
        let is_whole = Url::parse(&text).is_ok_and(|url| url.scheme().len() > 1);
        if is_whole && (round > 0 || is_plain) {
            break;
        }
        let next = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
        if next == text {
            break;
        }
        text = next;
    }
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn where_they_lead() {
        let article = "https://zhuanlan.zhihu.com/p/1";
        for address in [
            "https://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/1",
            "http://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/1",
            "//link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/1",
            "HTTPS://LINK.ZHIHU.COM/?target=https%3A//zhuanlan.zhihu.com/p/1",
            "https://link.zhihu.com?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            " https://link.zhihu.com/?target=https://zhuanlan.zhihu.com/p/1 ",
            "https://link.zhihu.com/?utm=2&target=https%3A//zhuanlan.zhihu.com/p/1&x=y",
            "https://link.zhihu.com/?target=https%253A%252F%252Fzhuanlan.zhihu.com%252Fp%252F1",
            "https://link.zhihu.com/?target=https%3A//link.juejin.cn/%3Ftarget%3Dhttps%253A%252F%252Fzhuanlan.zhihu.com%252Fp%252F1",
            "https://link.juejin.cn/?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://link.juejin.cn?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://link.csdn.net/?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://link.csdn.net/?from_id=1&target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://link.jianshu.com/?t=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://links.jianshu.com/go?to=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://www.jianshu.com/go-wild?ac=2&url=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://gitee.com/link?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
            "https://www.oschina.net/action/GoToLink?url=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F1",
        ] {
            assert_eq!(target(address).as_deref(), Some(article), "{address}");
        }
        for (address, expected) in [
            ("https://link.zhihu.com/?target=https%3A//e.org/a%3Fb%3D1%26c%3D2%23d", "https://e.org/a?b=1&c=2#d"),
            ("https://link.zhihu.com/?target=https://e.org/a?b=1&c=2#d", "https://e.org/a?b=1&c=2#d"),
            ("https://link.zhihu.com/?target=https%3A//e.org/a%252Fb", "https://e.org/a%2Fb"),
            ("https://link.zhihu.com/?target=http%3A//e.org/%25E4%25B8%25AD", "http://e.org/%E4%B8%AD"),
            ("https://link.zhihu.com/?target=javascript%3Aalert(1)", "javascript:alert(1)"),
            // As Google Docs exports it.
            ("https://www.google.com/url?q=https://e.org/a&sa=D&source=editors&ust=1", "https://e.org/a"),
            ("https://www.google.com/url?q=https://e.org&sa=D", "https://e.org"),
            ("https://www.google.com/url?sa=t&url=https://e.org/a&usg=y", "https://e.org/a"),
            ("https://www.google.com/url?q=https://e.org/a?b%3D1%26c%3D2&sa=D", "https://e.org/a?b%3D1%26c%3D2"),
            ("https://www.google.com/url?q=https%3A%2F%2Fe.org%2Fa%3Fb%3D1%26c%3D2&sa=D", "https://e.org/a?b=1&c=2"),
            ("https://www.youtube.com/redirect?event=video&q=https://e.org/a&v=abc", "https://e.org/a"),
            ("https://l.facebook.com/l.php?u=https://e.org/a&h=x", "https://e.org/a"),
        ] {
            assert_eq!(target(address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn what_leads_nowhere_else() {
        for address in [
            "https://zhuanlan.zhihu.com/p/1?target=https%3A//e.org",
            "https://link.zhihu.com/",
            "https://link.zhihu.com/?target=",
            "https://link.zhihu.com/?x=https%3A//e.org",
            "https://link.zhihu.com.evil.example/?target=https%3A//e.org",
            "https://www.jianshu.com/p/1?url=https%3A//e.org",
            "https://www.google.com/search?q=https%3A//e.org",
            "link.zhihu.com/?target=https%3A//e.org",
            "../a.md?target=https://e.org",
            "javascript://link.zhihu.com/?target=https%3A//e.org",
            "",
        ] {
            assert_eq!(target(address), None, "{address}");
        }
    }
}
