//! What comes into the `<head>` of a page, for search engines, feed readers and whoever shows a link to it.
//!
//! ```text
//! zh/a.html  →  <meta name="description" content="…">
//!               <link rel="canonical" href="https://example.org/zh/a.html">
//!               <link rel="alternate" hreflang="en" href="https://example.org/en/a.html">     …
//!               <link rel="alternate" type="text/markdown" href="a.md">
//!               <link rel="alternate" type="application/atom+xml" title="…" href="…/feed.xml">
//!               <meta property="og:title" content="…">                                        …
//!               <script type="application/ld+json">{"@type":"Article", …}</script>
//! ```
//!
//! Only facts stand there. What needs the site's whole address is left out where nobody says it, and who wrote a note is
//! never said: a book's authors wrote the book.

use mdbook_bilingual_core::notebook::{Edition, Note};
use mdbook_bilingual_core::values::{Date, Language, PagePath};
use serde_json::{Map, Value, json};

use crate::alternates::{self, Homes};
use crate::escape::{markup, script};
use crate::site::Site;

/// What stands in the head of a page, each element on a line. `here` is where it is shown: its path, or that of
/// the site's root. `title` is what its window is called; it names a page that is no note.
#[must_use]
pub fn block(site: &Site<'_>, homes: &Homes<'_>, path: &PagePath, here: &PagePath, title: &str) -> String {
    let shown = site.shown(path);
    let page =
        Subject { site, homes, path, here, shown, language: shown.map(|(_, edition)| &edition.language.value), title };
    let mut head = Head::default();
    page.description().inspect(|description| head.meta("name", "description", description));
    page.links(&mut head);
    page.open_graph(&mut head);
    if let Some(data) = page.linked_data() {
        head.lines.push_str(&format!("<script type=\"application/ld+json\">{}</script>\n", script(&data)));
    }
    head.lines
}

/// A page of which something is said.
struct Subject<'s> {
    site: &'s Site<'s>,
    homes: &'s Homes<'s>,
    path: &'s PagePath,
    /// Where it is shown: its own place, or the site's root.
    here: &'s PagePath,
    shown: Option<(&'s Note, &'s Edition)>,
    /// `None` for a page of no language.
    language: Option<&'s Language>,
    title: &'s str,
}

impl Subject<'_> {
    /// What search engines show below its title.
    fn description(&self) -> Option<&str> {
        let summary = self.shown.and_then(|(_, edition)| edition.summary.as_ref());
        let book = || match self.language {
            Some(language) => self.site.description_in(language),
            None => self.site.description.as_deref(),
        };
        summary.map(|summary| summary.value.as_str()).or_else(book).filter(|text| !text.trim().is_empty())
    }

    /// Its name: that of the note, which a window's title goes on with that of the book.
    fn name(&self) -> &str {
        self.shown.map_or(self.title, |(_, edition)| edition.title.value.as_str())
    }

    /// The note, where it is a text, and neither a list of notes nor the front of a language.
    fn article(&self) -> Option<(&Note, &Edition)> {
        let is_text = |note: &Note, edition: &Edition| !note.catalogue && !note.added && !edition.blank;
        self.shown.filter(|(note, edition)| is_text(note, edition) && !self.homes.is_front(self.path))
    }

    fn links(&self, head: &mut Head) {
        if let Some(url) = self.site.url(self.path) {
            head.link("canonical", &[], url.as_str());
        }
        for alternate in alternates::of(self.site, self.homes, self.path) {
            head.link("alternate", &[("hreflang", &alternate.hreflang)], alternate.url.as_str());
        }
        if self.site.options.llms {
            head.link("alternate", &[("type", "text/markdown")], &self.path.markdown_link_from(self.here));
        }
        let languages = match self.language {
            Some(language) => std::slice::from_ref(language),
            None => self.site.languages.as_slice(),
        };
        for language in languages.iter().filter(|_| self.site.options.feeds) {
            let Some(feed) = self.site.url_of(&self.site.named("feed", "xml", language)) else { continue };
            let title = self.site.title_in(language).unwrap_or_else(|| self.site.config.autonym(language));
            head.link("alternate", &[("type", "application/atom+xml"), ("title", title)], feed.as_str());
        }
    }

    fn open_graph(&self, head: &mut Head) {
        let site = self.site;
        let article = self.article();
        head.meta("property", "og:type", if article.is_some() { "article" } else { "website" });
        head.meta("property", "og:title", self.name());
        self.description().inspect(|description| head.meta("property", "og:description", description));
        site.url(self.path).inspect(|url| head.meta("property", "og:url", url.as_str()));
        let language = self.language.unwrap_or_else(|| site.default_language());
        site.title_in(language).inspect(|name| head.meta("property", "og:site_name", name));
        if let Some((note, own)) = self.shown {
            let others = note.listed().map(|(edition, _)| edition).filter(|edition| edition.language != own.language);
            let locales = others.filter_map(|edition| edition.language.value.locale());
            own.language.value.locale().inspect(|locale| head.meta("property", "og:locale", locale));
            locales.for_each(|locale| head.meta("property", "og:locale:alternate", &locale));
        }
        if let Some((_, edition)) = article {
            let (published, updated) = days(edition);
            published.inspect(|day| head.meta("property", "article:published_time", &day.to_string()));
            updated.inspect(|day| head.meta("property", "article:modified_time", &day.to_string()));
        }
    }

    /// What it is in the words of schema.org; only for a text.
    fn linked_data(&self) -> Option<Value> {
        let (note, edition) = self.article()?;
        let site = self.site;
        let language = &edition.language.value;
        let mut data = Map::new();
        let mut say = |key: &str, value: Option<Value>| value.map(|value| data.insert(key.to_owned(), value));
        let url = site.url(self.path).map(|url| Value::from(url.as_str()));
        let (published, updated) = days(edition);
        say("@context", Some("https://schema.org".into()));
        say("@type", Some("Article".into()));
        say("@id", url.clone());
        say("url", url);
        say("headline", Some(edition.title.value.as_str().into()));
        say("inLanguage", Some(language.tag().into()));
        say("description", edition.summary.as_ref().map(|summary| summary.value.as_str().into()));
        say("datePublished", published.map(|day| day.to_string().into()));
        say("dateModified", updated.map(|day| day.to_string().into()));
        say("isPartOf", self.book(language));
        let id = |edition: &Edition| Some(site.url(edition.page.as_ref()?)?.to_string());
        let named = |edition: &Edition| Some(json!({"@id": id(edition)?, "inLanguage": edition.language.value.tag()}));
        let source = edition.translation.as_ref().and_then(|translation| note.edition(&translation.of.value));
        say("translationOfWork", source.and_then(named));
        let is_of_this = |other: &&Edition| other.translation.as_ref().is_some_and(|it| it.of.value == *language);
        let translations: Vec<Value> = note.editions.iter().filter(is_of_this).filter_map(named).collect();
        say("workTranslation", (!translations.is_empty()).then(|| translations.into()));
        Some(data.into())
    }

    /// The book, as that of which a note is a part.
    fn book(&self, language: &Language) -> Option<Value> {
        let site = self.site;
        let mut book = json!({"@type": "Book", "name": site.title_in(language)?});
        if let Some(address) = &site.address {
            book["@id"] = address.as_str().into();
        }
        if !site.authors.is_empty() {
            let person = |name: &String| json!({"@type": "Person", "name": name});
            book["author"] = site.authors.iter().map(person).collect();
        }
        Some(book)
    }
}

/// When a text was published, and when it was last changed, if that is later.
fn days(edition: &Edition) -> (Option<Date>, Option<Date>) {
    let published = edition.published.as_ref().map(|day| day.value);
    let updated = edition.updated.as_ref().map(|day| day.value);
    (published, updated.filter(|day| published.is_none_or(|published| *day >= published)))
}

/// Elements of a head.
#[derive(Default)]
struct Head {
    lines: String,
}

impl Head {
    fn meta(&mut self, kind: &str, name: &str, content: &str) {
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        self.lines.push_str(&format!("<meta {kind}=\"{name}\" content=\"{}\">\n", markup(&content)));
    }

    fn link(&mut self, rel: &str, attributes: &[(&str, &str)], href: &str) {
        let attributes = attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", markup(value)));
        let attributes: String = attributes.collect();
        self.lines.push_str(&format!("<link rel=\"{rel}\"{attributes} href=\"{}\">\n", markup(href)));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::alternates::Homes;
    use crate::test_site::{TestSite, page};

    fn block(site: &TestSite, path: &str) -> String {
        let site = site.site();
        super::block(&site, &Homes::of(&site), &page(path), &page(path), "A window")
    }

    fn data(block: &str) -> Value {
        let (_, rest) = block.split_once("ld+json\">").expect("linked data");
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    const ZH: (&str, &str) = (
        "zh/甲 1.md",
        "---\ndate: 2025-01-02\nupdated: 2025-03-04\nsummary: 讲 \"显存\" <b>\ntitle: 甲</script>\n---\n# 甲\n\n正文在这里。\n",
    );
    const EN: (&str, &str) = (
        "en/甲 1.md",
        "---\ndate: 2025-02-02\ntranslation-of: zh-CN\n---\n# A & B\n\nA text of its own that is in English.\n",
    );

    #[test]
    fn a_note_in_two_languages() {
        let site = TestSite::of(&[ZH, EN]);
        let chinese = block(&site, ZH.0);
        let own = "https://example.org/zh/%E7%94%B2%201.html";
        let expected = [
            r#"<meta name="description" content="讲 &quot;显存&quot; &lt;b&gt;">"#.to_owned(),
            format!(r#"<link rel="canonical" href="{own}">"#),
            format!(r#"<link rel="alternate" hreflang="zh-Hans" href="{own}">"#),
            r#"<link rel="alternate" hreflang="en" href="https://example.org/en/%E7%94%B2%201.html">"#.to_owned(),
            format!(r#"<link rel="alternate" hreflang="x-default" href="{own}">"#),
            r#"<link rel="alternate" type="text/markdown" href="%E7%94%B2%201.md">"#.to_owned(),
            r#"<link rel="alternate" type="application/atom+xml" title="Notes &amp; &lt;more&gt;" href="https://example.org/feed.xml">"#.to_owned(),
            r#"<meta property="og:type" content="article">"#.to_owned(),
            r#"<meta property="og:title" content="甲&lt;/script&gt;">"#.to_owned(),
            r#"<meta property="og:description" content="讲 &quot;显存&quot; &lt;b&gt;">"#.to_owned(),
            format!(r#"<meta property="og:url" content="{own}">"#),
            r#"<meta property="og:site_name" content="Notes &amp; &lt;more&gt;">"#.to_owned(),
            r#"<meta property="og:locale" content="zh_CN">"#.to_owned(),
            r#"<meta property="og:locale:alternate" content="en_US">"#.to_owned(),
            r#"<meta property="article:published_time" content="2025-01-02">"#.to_owned(),
            r#"<meta property="article:modified_time" content="2025-03-04">"#.to_owned(),
        ];
        let (elements, _) = chinese.split_once("<script").unwrap();
        assert_eq!(elements.lines().collect::<Vec<_>>(), expected);
        let data = data(&chinese);
        assert_eq!((&data["@id"], &data["inLanguage"]), (&own.into(), &"zh-CN".into()));
        assert_eq!(data["workTranslation"][0]["@id"], "https://example.org/en/%E7%94%B2%201.html");
        assert_eq!(data["headline"], "甲</script>");
        assert_eq!(data["isPartOf"]["author"][0]["name"], "Lin");
        assert!(data.get("author").is_none() && data.get("translationOfWork").is_none());
    }

    #[test]
    fn a_translation_says_of_what() {
        let site = TestSite::of(&[ZH, EN]);
        let english = block(&site, EN.0);
        assert!(english.contains(r#"<meta name="description" content="What we &quot;learnt&quot;">"#), "{english}");
        assert!(english.contains("https://example.org/feed-en.xml"));
        let data = data(&english);
        assert_eq!(data["headline"], "A & B");
        assert_eq!(data["translationOfWork"]["@id"], "https://example.org/zh/%E7%94%B2%201.html");
        assert!(data.get("workTranslation").is_none() && data.get("dateModified").is_none());
    }

    #[test]
    fn nothing_absolute_without_an_address() {
        let site = TestSite::of(&[ZH, EN]).nowhere();
        let chinese = block(&site, ZH.0);
        assert!(!chinese.replace("https://schema.org", "").contains("://"), "{chinese}");
        assert!(chinese.contains("text/markdown") && !chinese.contains("hreflang"));
        assert_eq!(data(&chinese)["datePublished"], "2025-01-02");
    }

    #[test]
    fn the_front_of_a_language_is_no_article() {
        let site = TestSite::of(&[("zh/README.md", "# 首页\n\n从这里开始读。\n"), ZH]);
        let front = block(&site, "zh/index.md");
        assert!(front.contains("\"website\"") && !front.contains("ld+json"), "{front}");
        assert!(front.contains("og:locale") && front.contains("hreflang=\"zh-Hans\""));
    }

    #[test]
    fn a_page_of_no_language() {
        let site = TestSite::of(&[("README.md", "---\nlanguage: mul\n---\n# Book\n"), ZH, EN]);
        let root = block(&site, "index.md");
        assert!(root.contains(r#"<link rel="canonical" href="https://example.org/">"#), "{root}");
        assert!(root.contains("og:title\" content=\"A window\"") && root.contains("\"website\""));
        assert!(root.contains("/feed.xml") && root.contains("/feed-en.xml"));
        assert!(root.contains(r#"hreflang="x-default" href="https://example.org/">"#));
        assert!(!root.contains("og:locale") && !root.contains("ld+json"));
    }
}
