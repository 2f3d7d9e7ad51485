//! Zhihu (知乎): articles, answers and pins, in Chinese.
//!
//! ```text
//! http://www.zhihu.com/p/123/edit?utm_psn=9   →   https://zhuanlan.zhihu.com/p/123
//! ```

use url::Url;

use super::{Redirect, Site, Texts};
use crate::diagnostic::Code;
use crate::values::Date;

/// Zhihu.
pub static SITE: Site = Site {
    id: "zhihu",
    hosts: &["zhihu.com"],
    language: Some("zh-CN"),
    names: &["知乎", "zhihu"],
    publishes: true,
    texts: Some(Texts {
        what: "a Zhihu article or answer",
        example: "https://zhuanlan.zhihu.com/p/… or https://www.zhihu.com/question/…/answer/…",
        code: Code::ZhihuUrl,
        normalise,
        published,
    }),
    redirects: &[Redirect::new(&["link.zhihu.com"], "/", &["target"])],
};

/// How many seconds China is ahead of UTC.
const CHINA: i32 = 8 * 3600;

/// An address as Zhihu itself writes it: `https`, the host of its kind, nothing behind the id.
///
/// Articles (`/p/ID`), answers (`/question/ID/answer/ID`, `/answer/ID`) and pins (`/pin/ID`) are texts; so are the
/// addresses that the editor and the phone show for them. Columns, people and questions are none.
fn normalise(url: &Url) -> Option<String> {
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
        _ => return None,
    };
    Some(format!("https://{path}"))
}

/// The day on which it was published, in China: the number of an article with 19 digits holds the time.
///
/// `unix_ms = (id >> 22) + 1292780037700`, found on articles whose time of publication is known, to within the hour.
/// Shorter numbers are older, and hold no time.
fn published(url: &str) -> Option<Date> {
    let id = url.rsplit('/').next().filter(|id| id.len() == 19)?;
    let id: u64 = id.parse().ok()?;
    let seconds = ((id >> 22) + 1_292_780_037_700) / 1000;
    Date::of_moment(i64::try_from(seconds).ok()?, CHINA)
}

#[cfg(test)]
mod tests {
    use super::super::{AddressFault, CrossPost};
    use super::SITE;

    #[test]
    fn addresses_in_the_wild() {
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
            assert_eq!(CrossPost::on(&SITE, text).unwrap().url, article, "{text}");
        }
        for (text, url) in [
            ("https://www.zhihu.com/question/12/answer/34?utm_id=0", "https://www.zhihu.com/question/12/answer/34"),
            ("https://m.zhihu.com/question/12/answer/34", "https://www.zhihu.com/question/12/answer/34"),
            ("https://oia.zhihu.com/answers/34", "https://www.zhihu.com/answer/34"),
            ("https://www.zhihu.com/pin/5", "https://www.zhihu.com/pin/5"),
        ] {
            assert_eq!(CrossPost::on(&SITE, text).unwrap().url, url);
        }
    }

    #[test]
    fn what_is_no_text() {
        for text in [
            "https://www.zhihu.com/people/somebody",
            "https://www.zhihu.com/question/12",
            "https://zhuanlan.zhihu.com/c_123",
            "https://zhuanlan.zhihu.com/p/abc",
            "https://zhuanlan.zhihu.com/write",
            "https://notzhihu.com/p/1",
            "https://zhihu.com.evil.example/p/1",
        ] {
            let error = CrossPost::on(&SITE, text).unwrap_err();
            assert!(matches!(error.fault, AddressFault::NotAText(_)), "{text}");
            assert_eq!(
                error.to_string(),
                format!(
                    "“{text}” is not a Zhihu article or answer; write https://zhuanlan.zhihu.com/p/… or https://www.zhihu.com/question/…/answer/…"
                )
            );
        }
    }

    #[test]
    fn numbers_hold_their_day() {
        let day = |id: &str| {
            let post = CrossPost::on(&SITE, &format!("https://zhuanlan.zhihu.com/p/{id}")).unwrap();
            post.published().map(|day| day.to_string())
        };
        assert_eq!(day("1946402397409740613").as_deref(), Some("2025-09-03"));
        assert_eq!(day("123456789"), None);
    }
}
