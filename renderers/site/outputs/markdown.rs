//! A page as Markdown, beside its HTML, for whoever reads text rather than a layout: its facts, then the text.
//!
//! ```text
//! # 显存      →     ---
//!                   "title": "显存"
//! 正文。            "language": "zh-CN"
//!                   "url": "https://example.org/zh/memory.html"
//!                   "date": "2025-01-02"
//!                   "translations":
//!                     "en": "https://example.org/en/memory.html"
//!                   ---
//!
//!                   # 显存
//!
//!                   正文。
//! ```
//!
//! Keys and values stand in quotation marks: without them `no` is false to some parsers of YAML, and a day is a moment in
//! a time zone.

use mdbook_bilingual_core::values::{Date, Fact, PagePath};

use crate::escape::quoted;
use crate::site::Site;

/// The text of a page with its facts above. `text` is its Markdown as the suite hands it to renderers that keep Markdown,
/// `title` what a page that is no note is called.
#[must_use]
pub fn page(site: &Site<'_>, path: &PagePath, title: &str, text: &str) -> String {
    let mut block = Block { text: "---\n".to_owned() };
    let shown = site.shown(path);
    block.value("title", Some(shown.map_or(title, |(_, edition)| edition.title.value.as_str())));
    block.value("language", shown.map(|(_, edition)| edition.language.value.tag()));
    block.value("url", site.url(path));
    if let Some((note, edition)) = shown {
        let day = |fact: &Option<Fact<Date>>| fact.as_ref().map(|fact| fact.value);
        block.value("date", day(&edition.published));
        block.value("updated", day(&edition.updated));
        block.value("status", edition.status.as_ref().map(|status| status.value.name()));
        block.value("summary", edition.summary.as_ref().map(|summary| &summary.value));
        let others = note.listed().filter(|(other, _)| other.language.value != edition.language.value);
        let others = others.map(|(other, page)| {
            let url = site.url(page).map_or_else(|| page.markdown_link_from(path), String::from);
            (other.language.value.tag().to_owned(), url)
        });
        block.map("translations", others.collect());
        block.value("translation-of", edition.translation.as_ref().map(|translation| translation.of.value.tag()));
        block.list("cross-posts", edition.cross_posts.iter().map(|post| post.value.url.as_str()));
        block.value("reviewed-by", edition.reviewed_by.as_ref().map(|reviewer| &reviewer.value));
        block.value("reviewed-on", day(&edition.reviewed_on));
    }
    format!("{}---\n\n{}", block.text, text.trim_start_matches(['\n', '\r']))
}

/// A front matter.
struct Block {
    text: String,
}

impl Block {
    fn value(&mut self, key: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.text.push_str(&format!("{}: {}\n", quoted(key), quoted(&value.to_string())));
        }
    }

    fn map(&mut self, key: &str, entries: Vec<(String, String)>) {
        if !entries.is_empty() {
            self.text.push_str(&format!("{}:\n", quoted(key)));
        }
        for (key, value) in entries {
            self.text.push_str(&format!("  {}: {}\n", quoted(&key), quoted(&value)));
        }
    }

    fn list<'a>(&mut self, key: &str, items: impl Iterator<Item = &'a str>) {
        for (at, item) in items.enumerate() {
            if at == 0 {
                self.text.push_str(&format!("{}:\n", quoted(key)));
            }
            self.text.push_str(&format!("  - {}\n", quoted(item)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::test_site::{TestSite, page};

    #[test]
    fn a_note_with_its_facts() {
        let test = TestSite::of(&[
            ("zh/a.md", "---\ndate: 2025-01-02\nupdated: 2025-03-04\n---\n# 甲\n\n正文。\n"),
            (
                "en/a.md",
                "---\ntitle: \"A: \\\"no\\\" # \\\\ x\"\nsummary: |\n  one\n  two\nstatus: reviewed\nreviewed-by: Li\n\
                 reviewed-on: 2025-04-05\ntranslation-of: zh-CN\ncross-posts:\n  - https://dev.to/x/y\n---\n# A\n\nA text.\n",
            ),
        ]);
        let site = test.site();
        assert_eq!(
            super::page(&site, &page("zh/a.md"), "", "\n# 甲\n\n正文。\n"),
            "---\n\"title\": \"甲\"\n\"language\": \"zh-CN\"\n\"url\": \"https://example.org/zh/a.html\"\n\
             \"date\": \"2025-01-02\"\n\"updated\": \"2025-03-04\"\n\"translations\":\n  \
             \"en\": \"https://example.org/en/a.html\"\n---\n\n# 甲\n\n正文。\n"
        );
        let english = super::page(&site, &page("en/a.md"), "", "# A\n");
        for line in [
            r#""title": "A: \"no\" # \\ x""#,
            r#""status": "reviewed""#,
            r#""reviewed-by": "Li""#,
            r#""reviewed-on": "2025-04-05""#,
            r#""translation-of": "zh-CN""#,
            r#"  - "https://dev.to/x/y""#,
            r#"  "zh-CN": "https://example.org/zh/a.html""#,
        ] {
            assert!(english.lines().any(|found| found == line), "{line}\n{english}");
        }
    }

    #[test]
    fn a_page_of_no_language_has_its_title_alone() {
        let test = TestSite::of(&[("README.md", "---\nlanguage: mul\n---\n# Book\n"), ("zh/a.md", "# 甲\n")]).nowhere();
        let text = super::page(&test.site(), &page("index.md"), "Book", "# Book\n");
        assert_eq!(text, "---\n\"title\": \"Book\"\n---\n\n# Book\n");
    }
}
