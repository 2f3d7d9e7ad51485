//! Pages that lead to where a page has moved, in the language of that page.

use mdbook_bilingual_core::values::Language;
use url::Url;

use crate::engine::words::Voice;
use crate::escape::markup;
use crate::site::Site;

/// A redirect as mdBook wrote it, in the language of the page that it leads to. A template of the author's that has
/// other words stays as it is.
#[must_use]
pub fn finish(page: &str, voice: Voice<'_>, language: &Language) -> String {
    let direction = if language.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    let page = page.replacen("<html lang=\"en\">", &format!("<html lang=\"{}\"{direction}>", language.tag()), 1);
    let page = page.replacen(
        "<title>Redirecting...</title>",
        &format!("<title>{}</title>", markup(&voice.text("site-moved"))),
        1,
    );
    let Some((before, rest)) = page.split_once("<p>Redirecting to... ") else { return page };
    let Some((link, behind)) = rest.split_once(".</p>") else { return page.clone() };
    let said = voice.sentence("site-moved-to", &["link"], &[link.to_owned()]);
    format!("{before}<p>{said}</p>{behind}")
}

/// The language of the page that a redirect leads to, by its own path and what it says; `None` for a page of no language
/// and for other sites. Where a site says only a path as its `site_url`, addresses begin with that.
#[must_use]
pub fn language<'a>(site: &'a Site<'_>, site_url: Option<&str>, from: &str, to: &str) -> Option<&'a Language> {
    let base = match &site.address {
        Some(address) => address.clone(),
        None => {
            let path = site_url.unwrap_or_default().trim_matches('/');
            let path = if path.is_empty() { String::new() } else { format!("{path}/") };
            Url::parse("https://site.invalid/").ok()?.join(&path).ok()?
        }
    };
    let target = base.join(from.trim_start_matches('/')).ok()?.join(to).ok()?;
    if target.origin() != base.origin() {
        return None;
    }
    let path = percent_encoding::percent_decode_str(target.path()).decode_utf8().ok()?;
    let root = percent_encoding::percent_decode_str(base.path()).decode_utf8().ok()?;
    site.language_of_html(path.strip_prefix(&*root)?)
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::values::Language;

    use crate::engine::words::Voice;
    use crate::test_site::TestSite;

    const FILES: &[(&str, &str)] = &[("zh/a.md", "# 甲\n"), ("en/a.md", "# A\n")];

    #[test]
    fn the_language_of_a_target_below_the_address_of_the_site() {
        let nowhere = TestSite::of(FILES).nowhere();
        let below = TestSite::of(FILES).at("https://example.org/n/");
        let of = |site: &TestSite, site_url: Option<&str>, from: &str, to: &str| {
            super::language(&site.site(), site_url, from, to).map(|language| language.tag().to_owned())
        };
        for (site_url, to, tag) in [
            (None, "/en/a.html", Some("en")),
            (Some("/"), "/en/a.html#part", Some("en")),
            (Some("/n/"), "/n/en/a.html", Some("en")),
            (Some("/n"), "../en/a.html?x=1", Some("en")),
            (Some("/n/"), "/other/en/a.html", None),
            (None, "https://example.org/en/a.html", None),
        ] {
            assert_eq!(of(&nowhere, site_url, "/old/x.html", to).as_deref(), tag, "{site_url:?} {to}");
        }
        for (to, tag) in [
            ("/n/en/a.html", Some("en")),
            ("https://example.org/n/zh/a.html", Some("zh-CN")),
            ("zh/a.html", Some("zh-CN")),
            ("https://other.example/n/zh/a.html", None),
        ] {
            assert_eq!(of(&below, None, "x.html", to).as_deref(), tag, "{to}");
        }
    }

    #[test]
    fn a_page_in_a_language_that_runs_to_the_left_says_so() {
        let site = TestSite::of(FILES);
        let site = site.site();
        let said = |tag: &str| {
            let language = Language::parse(tag).expect("a language");
            super::finish("<html lang=\"en\">", Voice::of(&site, &site.languages), &language)
        };
        assert_eq!(said("ar"), "<html lang=\"ar\" dir=\"rtl\">");
        assert_eq!(said("zh-CN"), "<html lang=\"zh-CN\">");
    }
}
