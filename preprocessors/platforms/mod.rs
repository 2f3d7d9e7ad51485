//! Copies of a note that were published elsewhere.
//!
//! ```text
//! http://www.zhihu.com/p/123/edit?utm_psn=9   →   zhihu, https://zhuanlan.zhihu.com/p/123
//! ```

pub mod redirect;

use url::Url;

use crate::values::{Date, Language};

/// How many seconds China is ahead of UTC.
const CHINA: i32 = 8 * 3600;

/// A copy of a note on another site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrossPost {
    /// Where it was published.
    pub platform: Platform,
    /// Its address: `https:` or `http:`, normalised.
    pub url: String,
}

/// A site that publishes texts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// A site that the messages have a name for, by its identifier: `zhihu`.
    Known(&'static str),
    /// Any other site, by its host or by the name that the author gave it.
    Other(String),
}

/// Identifier; hosts (a host and all below it); language of the site; what authors call it, in lower case. The messages
/// have a name for each identifier and each language.
type Row = (&'static str, &'static [&'static str], &'static str, &'static [&'static str]);

const PLATFORMS: &[Row] = &[
    ("zhihu", &["zhihu.com"], "zh-CN", &["知乎", "zhihu"]),
    ("juejin", &["juejin.cn", "juejin.im"], "zh-CN", &["掘金", "juejin"]),
    ("csdn", &["csdn.net"], "zh-CN", &["csdn"]),
    ("wechat", &["mp.weixin.qq.com"], "zh-CN", &["微信", "公众号", "公眾號", "wechat"]),
    ("bilibili", &["bilibili.com"], "zh-CN", &["哔哩哔哩", "b站", "b 站", "bilibili"]),
    ("cnblogs", &["cnblogs.com"], "zh-CN", &["博客园", "cnblogs"]),
    ("jianshu", &["jianshu.com"], "zh-CN", &["简书", "jianshu"]),
    ("segmentfault", &["segmentfault.com"], "zh-CN", &["思否", "segmentfault"]),
    ("xiaohongshu", &["xiaohongshu.com"], "zh-CN", &["小红书", "xiaohongshu", "rednote"]),
    ("qiita", &["qiita.com"], "ja", &["qiita"]),
    ("zenn", &["zenn.dev"], "ja", &["zenn"]),
    ("medium", &["medium.com"], "", &["medium"]),
    ("substack", &["substack.com"], "", &["substack"]),
    ("dev-to", &["dev.to"], "", &["dev.to"]),
    ("hashnode", &["hashnode.dev", "hashnode.com"], "", &["hashnode"]),
    ("github", &["github.com", "github.io"], "", &["github"]),
    ("huggingface", &["huggingface.co"], "", &["hugging face", "huggingface"]),
];

/// Why an address was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It would run something, read something, or give a password away.
    Forbidden(String),
    /// Not an absolute `https:` or `http:` address.
    NoAddress(String),
    /// On Zhihu, but not an article or an answer; or not on Zhihu at all.
    NotZhihu(String),
}

impl Platform {
    /// The platform of a host.
    #[must_use]
    pub fn of_host(host: &str) -> Self {
        let below = |site: &str| host == site || host.strip_suffix(site).is_some_and(|rest| rest.ends_with('.'));
        PLATFORMS.iter().find(|(_, hosts, ..)| hosts.iter().any(|site| below(site))).map_or_else(
            || Self::Other(host.strip_prefix("www.").unwrap_or(host).to_owned()),
            |(id, ..)| Self::Known(id),
        )
    }

    /// The platform that an author named.
    fn named(name: &str) -> Self {
        let id = name.trim().to_lowercase().replace([' ', '.', '_'], "-");
        PLATFORMS
            .iter()
            .find(|(known, ..)| *known == id)
            .map_or_else(|| Self::Other(name.trim().to_owned()), |(id, ..)| Self::Known(id))
    }

    /// The identifier, or the name of a platform that has none.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Known(id) => id,
            Self::Other(name) => name,
        }
    }

    /// The language that is written there, where there is one.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        let (_, _, tag, _) = PLATFORMS.iter().find(|(id, ..)| *id == self.id())?;
        Language::parse(tag).ok()
    }

    /// What authors call it, in lower case.
    #[must_use]
    pub fn names(&self) -> &'static [&'static str] {
        PLATFORMS.iter().find(|(id, ..)| *id == self.id()).map_or(&[], |(.., names)| names)
    }

    /// What authors call the places that are known.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        PLATFORMS.iter().flat_map(|(.., names)| names.iter().copied())
    }

    /// Whether it is a place for articles, and known as one; code and models are kept on others.
    #[must_use]
    pub fn publishes(&self) -> bool {
        matches!(self, Self::Known(id) if !matches!(*id, "github" | "huggingface"))
    }
}

/// Reads an address that may be linked.
///
/// # Errors
/// Refuses all that is not an absolute `https:` or `http:` address: `javascript:` and its relatives run programs, and
/// a path is not a place elsewhere. An address of a site that leads on to another is the other one.
pub fn linkable(text: &str) -> Result<Url, Refused> {
    let said = |why: &str| format!("“{text}” cannot be linked: {why}; write an https: address");
    let led = redirect::target(text);
    let url = Url::parse(led.as_deref().unwrap_or(text).trim())
        .map_err(|_| Refused::NoAddress(said("it is not a full address")))?;
    match url.scheme() {
        "https" | "http" if url.username().is_empty() && url.password().is_none() => Ok(url),
        "https" | "http" => Err(Refused::Forbidden(said("it holds a name or a password"))),
        scheme => {
            let why = said(&format!("{scheme}: is not a web address"));
            Err(if HARMFUL.contains(&scheme) { Refused::Forbidden(why) } else { Refused::NoAddress(why) })
        }
    }
}

/// Why a link that an author wrote into a text would harm who follows it; `None` for all others.
///
/// It runs a program, or gives a password away. What only leads nowhere from a site (`file:`, `chrome:`), or names a user
/// and no password, is left alone: authors write such addresses, and no browser harms anybody with them.
#[must_use]
pub fn danger(text: &str) -> Option<String> {
    let is_plain = (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(['@', '?']);
    // The site that an address leads through is what is linked here, and it asks whoever comes from there.
    if is_plain || !text.contains(':') || redirect::target(text).is_some() {
        return None;
    }
    let Err(Refused::Forbidden(why)) = linkable(text) else { return None };
    let url = Url::parse(text.trim()).ok()?;
    let harms = if matches!(url.scheme(), "https" | "http") {
        url.password().is_some()
    } else {
        !LOCAL.contains(&url.scheme())
    };
    harms.then_some(why)
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

impl CrossPost {
    /// Reads a cross-post on any platform. A Zhihu address is checked as [`CrossPost::zhihu`] does.
    ///
    /// # Errors
    /// See [`linkable`] and [`CrossPost::zhihu`].
    pub fn new(platform: Option<&str>, text: &str) -> Result<Self, Refused> {
        let url = linkable(text)?;
        let by_host = Platform::of_host(url.host_str().unwrap_or_default());
        let platform = platform.map_or_else(|| by_host.clone(), Platform::named);
        if platform == Platform::Known("zhihu") || by_host == Platform::Known("zhihu") {
            return Self::zhihu(text);
        }
        Ok(Self { platform, url: url.into() })
    }

    /// The day on which it was published, in China: the number of an article on Zhihu with 19 digits holds the time.
    ///
    /// `unix_ms = (id >> 22) + 1292780037700`, found on articles whose time of publication is known, to within the hour.
    /// Shorter numbers are older, and hold no time.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        let id =
            self.url.rsplit('/').next().filter(|id| self.platform == Platform::Known("zhihu") && id.len() == 19)?;
        let id: u64 = id.parse().ok()?;
        let seconds = ((id >> 22) + 1_292_780_037_700) / 1000;
        Date::of_moment(i64::try_from(seconds).ok()?, CHINA)
    }

    /// Reads a Zhihu address and writes it as Zhihu itself does: `https`, the host of its kind, nothing behind the id.
    ///
    /// Articles (`/p/ID`), answers (`/question/ID/answer/ID`, `/answer/ID`) and pins (`/pin/ID`) are texts; so are
    /// the addresses that the editor and the phone show for them.
    ///
    /// # Errors
    /// Refuses addresses of other sites, and pages of Zhihu that are not a text (columns, people, questions).
    pub fn zhihu(text: &str) -> Result<Self, Refused> {
        let url = linkable(text)?;
        let refused = || {
            Refused::NotZhihu(format!(
                "“{text}” is not a Zhihu article or answer; write https://zhuanlan.zhihu.com/p/… or https://www.zhihu.com/question/…/answer/…"
            ))
        };
        if Platform::of_host(url.host_str().unwrap_or_default()) != Platform::Known("zhihu") {
            return Err(refused());
        }
        let number = |text: &str| !text.is_empty() && text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
        let mut parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
        if parts.last() == Some(&"edit") {
            parts.pop();
        }
        // The phone's page of an article or an answer.
        if let ["appview" | "column" | "tardis", rest @ ..] = parts.as_slice() {
            parts = rest.iter().copied().filter(|part| !matches!(*part, "zm" | "bd")).collect();
        }
        let path = match parts.as_slice() {
            ["p" | "art", id] if number(id) => format!("zhuanlan.zhihu.com/p/{id}"),
            ["question" | "questions", question, "answer" | "answers", id] if number(question) && number(id) => {
                format!("www.zhihu.com/question/{question}/answer/{id}")
            }
            ["answer" | "answers" | "ans", id] if number(id) => format!("www.zhihu.com/answer/{id}"),
            ["pin", id] if number(id) => format!("www.zhihu.com/pin/{id}"),
            _ => return Err(refused()),
        };
        Ok(Self { platform: Platform::Known("zhihu"), url: format!("https://{path}") })
    }
}

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
            assert!(danger(text).is_some_and(|why| why.contains("cannot be linked")), "{text}");
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
    fn zhihu_addresses_in_the_wild() {
        let article = "https://zhuanlan.zhihu.com/p/1946402397409740613";
        for text in [
            article,
            "http://zhuanlan.zhihu.com/p/1946402397409740613",
            "https://zhuanlan.zhihu.com/p/1946402397409740613/",
            "https://zhuanlan.zhihu.com/p/1946402397409740613?utm_psn=19&utm_source=wechat#comments",
            "https://zhuanlan.zhihu.com/p/1946402397409740613/edit",
            "https://www.zhihu.com/p/1946402397409740613",
            "https://m.zhihu.com/p/1946402397409740613",
            "https://www.zhihu.com/column/p/1946402397409740613",
            "https://www.zhihu.com/appview/p/1946402397409740613",
            "https://www.zhihu.com/tardis/zm/art/1946402397409740613?source_id=1003",
            " https://ZHUANLAN.zhihu.com/p/1946402397409740613 ",
            "https://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/1946402397409740613",
        ] {
            assert_eq!(CrossPost::zhihu(text).unwrap().url, article, "{text}");
        }
        for (text, url) in [
            ("https://www.zhihu.com/question/12/answer/34?utm_id=0", "https://www.zhihu.com/question/12/answer/34"),
            ("https://m.zhihu.com/question/12/answer/34", "https://www.zhihu.com/question/12/answer/34"),
            ("https://oia.zhihu.com/answers/34", "https://www.zhihu.com/answer/34"),
            ("https://www.zhihu.com/pin/5", "https://www.zhihu.com/pin/5"),
        ] {
            assert_eq!(CrossPost::zhihu(text).unwrap().url, url);
        }
    }

    #[test]
    fn what_is_no_zhihu_text() {
        for text in [
            "https://www.zhihu.com/people/somebody",
            "https://www.zhihu.com/question/12",
            "https://zhuanlan.zhihu.com/c_123",
            "https://zhuanlan.zhihu.com/p/abc",
            "https://zhuanlan.zhihu.com/write",
            "https://notzhihu.com/p/1",
            "https://zhihu.com.evil.example/p/1",
        ] {
            assert!(matches!(CrossPost::zhihu(text), Err(Refused::NotZhihu(_))), "{text}");
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
            assert!(matches!(CrossPost::new(None, text), Err(Refused::Forbidden(_))), "{text}");
        }
        for text in ["../x.md", "/p/1", "", "mailto:a@b.c", "1946402397409740613", "www.zhihu.com/p/1", "待发布"] {
            assert!(matches!(CrossPost::new(None, text), Err(Refused::NoAddress(_))), "{text}");
        }
    }

    #[test]
    fn platforms_by_host_and_by_name() {
        let platform = |name, url| CrossPost::new(name, url).unwrap().platform;
        assert_eq!(platform(None, "https://juejin.cn/post/7300000000000000000"), Platform::Known("juejin"));
        assert_eq!(platform(None, "https://blog.csdn.net/x"), Platform::Known("csdn"));
        assert_eq!(platform(None, "https://www.example.org/a"), Platform::Other("example.org".to_owned()));
        assert_eq!(platform(Some("Juejin"), "https://example.org/a"), Platform::Known("juejin"));
        assert_eq!(platform(Some("My blog"), "https://example.org/a"), Platform::Other("My blog".to_owned()));
        // A Zhihu address is checked, whatever it is called.
        assert!(CrossPost::new(Some("blog"), "https://www.zhihu.com/people/x").is_err());
    }
}
