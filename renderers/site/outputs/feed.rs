//! A feed for each language, as Atom (RFC 4287), with the whole text of each note.
//!
//! ```text
//! zh/a.html, published, in Chinese    →  feed.xml       an entry
//! en/a.html, translated from it       →  feed-en.xml    an entry that says of what it is a translation
//! a draft, an index, no day           →                 nothing
//! ```
//!
//! A feed has the 50 notes that were published last. It knows no clock: it was changed when one of them was, and one
//! without notes never (the first second of 1970).
//!
//! # What an entry is called
//! A reader shows an entry again when its `id` is another one, so that it is made of what does not change when a file is
//! renamed or moved: the day and the commit that the file came with, and its path in that commit. Where git knows nothing
//! of the file, as in a shallow clone, it is made of the note's key and its language: then it changes with the path,
//! unless the editions share a `translation-key`, and with the year of publication. Every `id` changes when the site moves to
//! another host or when the repository's history is written anew, and that of a copy, made in the commit that its
//! original was moved in, when the order of the two changes.

use std::collections::{BTreeMap, BTreeSet};

use mdbook_bilingual_core::messages::Piece;
use mdbook_bilingual_core::notebook::{Edition, Note};
use mdbook_bilingual_core::text::html::{self, Token};
use mdbook_bilingual_core::values::{Date, Language, PagePath, Status};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::alternates::Homes;
use crate::escape::{markup, unescaped};
use crate::output::Files;
use crate::site::Site;

/// How many notes a feed has at most.
const LONGEST: usize = 50;

/// What a `tag:` URI (RFC 4151) has to escape.
const IN_A_TAG: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The feeds of a site, one for each of its languages; none where nobody knows its address. `main` gives what stands in
/// the `<main>` of a page, as mdBook wrote it.
#[must_use]
pub fn files<'m>(site: &Site<'_>, homes: &Homes<'_>, main: &dyn Fn(&PagePath) -> Option<&'m str>) -> Files {
    let Some(address) = &site.address else { return Files::new() };
    let ids = ids(site, address);
    let feed = |language: &Language| {
        let name = site.named("feed", "xml", language);
        let feed = Feed { site, homes, language, ids: &ids, main };
        let text = feed.written(&site.url_of(&name)?);
        Some((name, text.into_bytes()))
    };
    site.languages.iter().filter_map(feed).collect()
}

/// What each page's entry is called, whether or not it is in a feed.
fn ids<'a>(site: &Site<'a>, address: &Url) -> BTreeMap<&'a PagePath, String> {
    let host = address.host_str().unwrap_or_default();
    let mut ids = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (note, edition, page) in editions(site) {
        let escaped = |text: &str| utf8_percent_encode(text, IN_A_TAG).to_string();
        let tag = edition.language.value.tag();
        let id = match &edition.history {
            Some(history) => {
                let (commit, path) = (&history.first, escaped(&history.came_as));
                format!("tag:{host},{}:{}/{path}", commit.day, commit.id)
            }
            None => {
                let year = edition.published.as_ref().map_or(2000, |day| day.value.year());
                format!("tag:{host},{year:04}:{}?{tag}", escaped(&note.key))
            }
        };
        // Several files can have come out of one.
        let others = [format!("{id}?{tag}"), format!("{id}?{}", escaped(page.chapter()))];
        let id = std::iter::once(id).chain(others).find(|id| !taken.contains(id)).unwrap_or_default();
        taken.insert(id.clone());
        ids.insert(page, id);
    }
    ids
}

/// The texts of a site that have a page, in its order.
fn editions<'a>(site: &Site<'a>) -> impl Iterator<Item = (&'a Note, &'a Edition, &'a PagePath)> {
    let notebook = site.notebook;
    notebook.pages.iter().filter_map(|page| notebook.shown(page).map(|(note, edition)| (note, edition, &page.path)))
}

/// The feed of a language.
struct Feed<'f, 'm> {
    site: &'f Site<'f>,
    homes: &'f Homes<'f>,
    language: &'f Language,
    ids: &'f BTreeMap<&'f PagePath, String>,
    main: &'f dyn Fn(&PagePath) -> Option<&'m str>,
}

/// A note in a feed.
struct Entry<'f> {
    note: &'f Note,
    edition: &'f Edition,
    page: &'f PagePath,
    published: Date,
    updated: Date,
}

impl<'f> Feed<'f, '_> {
    fn written(&self, own: &Url) -> String {
        let (site, language) = (self.site, self.language);
        let entries = self.entries();
        let updated =
            entries.iter().map(|entry| entry.updated).max().map_or("1970-01-01".to_owned(), |day| day.to_string());
        let title = site.title_in(language).unwrap_or_else(|| site.config.autonym(language));
        let home = site.home(language).and_then(|home| site.url(&home.path)).or_else(|| site.address.clone());
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
            language.tag()
        );
        feed.push_str(&format!("<id>{}</id>\n<title>{}</title>\n", markup(own.as_str()), markup(title)));
        if let Some(description) = site.description_in(language) {
            feed.push_str(&format!("<subtitle>{}</subtitle>\n", markup(description)));
        }
        feed.push_str(&format!("<updated>{updated}T00:00:00Z</updated>\n"));
        // Atom wants an author; where the book names none, the book speaks for itself.
        let authors: Vec<&str> = site.authors.iter().map(String::as_str).collect();
        for author in if authors.is_empty() { vec![title] } else { authors } {
            feed.push_str(&format!("<author><name>{}</name></author>\n", markup(author)));
        }
        let own = markup(own.as_str());
        feed.push_str(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n"));
        if let Some(home) = home {
            let home = markup(home.as_str());
            feed.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n"));
        }
        feed.extend(entries.iter().filter_map(|entry| self.entry(entry)));
        feed.push_str("</feed>\n");
        feed
    }

    /// The notes of the feed, the newest first.
    fn entries(&self) -> Vec<Entry<'f>> {
        let site: &'f Site<'f> = self.site;
        let mut entries: Vec<Entry<'f>> = editions(site)
            .filter(|(note, edition, page)| {
                let is_draft = edition.status.as_ref().is_some_and(|status| status.value == Status::Draft);
                let is_text = !note.added && !note.catalogue && !self.homes.is_front(page) && edition.on_path;
                edition.language.value == *self.language && is_text && !is_draft
            })
            .filter_map(|(note, edition, page)| {
                let published = edition.published.as_ref()?.value;
                let updated = edition.updated.as_ref().map_or(published, |day| day.value.max(published));
                Some(Entry { note, edition, page, published, updated })
            })
            .collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.published));
        entries.truncate(LONGEST);
        entries
    }

    fn entry(&self, entry: &Entry<'f>) -> Option<String> {
        let Entry { note, edition, page, published, updated } = entry;
        let site = self.site;
        let url = site.url(page)?;
        let content = absolute((self.main)(page)?, &url);
        let mut written = format!(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<published>{published}T00:00:00Z</published>\n\
             <updated>{updated}T00:00:00Z</updated>\n",
            markup(self.ids.get(page)?),
            markup(&edition.title.value),
        );
        for (other, page) in note.listed() {
            let (tag, url) = (other.language.value.tag(), site.url(page)?);
            let url = markup(url.as_str());
            let link = format!("<link rel=\"alternate\" type=\"text/html\" hreflang=\"{tag}\" href=\"{url}\"/>\n");
            written.push_str(&link);
        }
        let source = edition.translation.as_ref().map(|translation| note.edition(&translation.of.value));
        if source.is_some() {
            written.push_str("<category term=\"translation\"/>\n");
        }
        if let Some(summary) = &edition.summary {
            written.push_str(&format!("<summary>{}</summary>\n", markup(&summary.value)));
        }
        let announced = source.flatten().and_then(|source| self.translation_of(source)).unwrap_or_default();
        written.push_str(&format!("<content type=\"html\">{}</content>\n</entry>\n", markup(&(announced + &content))));
        Some(written)
    }

    /// The sentence above a translation, as HTML.
    fn translation_of(&self, source: &Edition) -> Option<String> {
        let url = self.site.url(source.page.as_ref()?)?;
        let pieces = self.site.messages.sentence(self.language, "site-feed-translation", &[], &["link"]);
        let said = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => markup(&text),
            Piece::Slot(_) => {
                let (tag, url) = (source.language.value.tag(), markup(url.as_str()));
                format!("<a href=\"{url}\" hreflang=\"{tag}\" lang=\"{tag}\">{}</a>", markup(&source.title.value))
            }
        });
        Some(format!("<p>{}</p>\n", said.collect::<String>()))
    }
}

/// The text of a page for somebody who reads it elsewhere: without what the suite and mdBook put around it, without the
/// title, and with whole addresses.
fn absolute(main: &str, base: &Url) -> String {
    let mut text = String::with_capacity(main.len());
    let mut done = 0;
    // The element that is left out, and how deep elements of its name are open.
    let mut left_out: Option<(String, usize)> = None;
    let (mut has_title, mut is_in_anchor) = (false, false);
    for (token, range) in html::tokens(main) {
        if let Some((name, depth)) = &mut left_out {
            match &token {
                Token::Open(open) if open == name => *depth += 1,
                Token::Close(close) if close == name => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                left_out = None;
                done = range.end;
            }
            continue;
        }
        let tag = &main[range.clone()];
        match token {
            Token::Open(name) if is_around(&name, tag) || name == "h1" && !has_title => {
                has_title |= name == "h1";
                text.push_str(&main[done..range.start]);
                left_out = Some((name, 1));
            }
            // What mdBook makes of a heading is a link to itself.
            Token::Open(name) if name == "a" && has_class(tag, "header") => {
                text.push_str(&main[done..range.start]);
                (done, is_in_anchor) = (range.end, true);
            }
            Token::Close(name) if name == "a" && is_in_anchor => {
                text.push_str(&main[done..range.start]);
                (done, is_in_anchor) = (range.end, false);
            }
            Token::Open(_) | Token::Empty(_) => {
                text.push_str(&main[done..range.start]);
                text.push_str(&absolute_tag(tag, base));
                done = range.end;
            }
            Token::Text(_) | Token::Close(_) => {}
        }
    }
    if left_out.is_none() {
        text.push_str(&main[done..]);
    }
    text.trim().to_owned()
}

/// Whether an element is no part of the text: the switch, banners, what says a status, and what runs.
fn is_around(name: &str, tag: &str) -> bool {
    match name {
        "script" | "style" | "button" => true,
        "nav" => has_class(tag, "language-switch"),
        "aside" if has_class(tag, "cross-post-only") => false,
        "aside" => ["review-status", "freshness", "cross-post"].iter().any(|class| has_class(tag, class)),
        _ => false,
    }
}

fn has_class(tag: &str, class: &str) -> bool {
    // Most tags need not be read for this.
    tag.contains(class)
        && html::attributes(tag).iter().any(|attribute| {
            attribute.name == "class" && attribute.value.split_ascii_whitespace().any(|own| own == class)
        })
}

/// A tag with whole addresses.
fn absolute_tag(tag: &str, base: &Url) -> String {
    let mut whole = String::with_capacity(tag.len());
    let mut done = 0;
    for attribute in html::attributes(tag) {
        let value = unescaped(&attribute.value);
        let value = match attribute.name.as_str() {
            "href" | "src" | "poster" | "cite" => joined(base, &value),
            "srcset" => joined_each(base, &value),
            _ => continue,
        };
        whole.push_str(&tag[done..attribute.range.start]);
        whole.push_str(&format!("\"{}\"", markup(&value)));
        done = attribute.range.end;
    }
    whole + &tag[done..]
}

/// A whole address; what is none stays as it is.
fn joined(base: &Url, address: &str) -> String {
    base.join(address).map_or_else(|_| address.to_owned(), String::from)
}

/// The same for each address of a `srcset`.
fn joined_each(base: &Url, value: &str) -> String {
    let mut whole = String::new();
    let mut done = 0;
    for range in html::addresses(value) {
        whole.push_str(&value[done..range.start]);
        whole.push_str(&joined(base, &value[range.clone()]));
        done = range.end;
    }
    whole + &value[done..]
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::process::{Command, Stdio};

    use super::*;
    use crate::test_site::{TestSite, write_book};

    fn feeds(test: &TestSite, main: &str) -> Vec<(String, String)> {
        let site = test.site();
        let files = files(&site, &Homes::of(&site), &|_| Some(main));
        files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
    }

    /// The texts of all elements of a name.
    fn all<'t>(feed: &'t str, element: &str) -> Vec<&'t str> {
        let (begin, end) = (format!("<{element}>"), format!("</{element}>"));
        feed.split(&begin).skip(1).filter_map(|rest| Some(rest.split_once(&end)?.0)).collect()
    }

    #[test]
    fn notes_with_a_day_the_newest_first() {
        let test = TestSite::of(&[
            ("zh/a.md", "---\ndate: 2025-01-02\nupdated: 2025-06-01\n---\n# 甲 & <乙>\n\n一篇笔记的正文。\n"),
            ("en/a.md", "---\ndate: 2025-02-03\ntranslation-of: zh-CN\nsummary: Short\n---\n# A\n\nThe text of it.\n"),
            ("zh/b.md", "---\ndate: 2025-03-04\n---\n# 丙\n\n另一篇笔记的正文。\n"),
            ("zh/c.md", "---\ndate: 2025-03-05\nstatus: draft\n---\n# 草稿\n\n还没有写完的正文。\n"),
            ("zh/d.md", "---\ndate: unknown\n---\n# 丁\n\n没有日期的正文。\n"),
        ]);
        let feeds = feeds(&test, "<p>x</p>");
        assert_eq!(feeds.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["feed-en.xml", "feed.xml"]);
        let (english, chinese) = (&feeds[0].1, &feeds[1].1);
        assert_eq!(all(chinese, "title"), ["Notes &amp; &lt;more&gt;", "丙", "甲 &amp; &lt;乙&gt;"]);
        assert_eq!(all(chinese, "published"), ["2025-03-04T00:00:00Z", "2025-01-02T00:00:00Z"]);
        assert_eq!(all(chinese, "updated"), ["2025-06-01T00:00:00Z", "2025-03-04T00:00:00Z", "2025-06-01T00:00:00Z"]);
        assert!(chinese.contains("xml:lang=\"zh-CN\"") && !chinese.contains("term=\"translation\""));
        assert!(english.contains("<category term=\"translation\"/>\n<summary>Short</summary>"));
        assert!(english.contains("hreflang=\"zh-CN\" href=\"https://example.org/zh/a.html\"/>"));
        let sentence = "<p>This is a translation of <a href=\"https://example.org/zh/a.html\" hreflang=\"zh-CN\" \
                        lang=\"zh-CN\">甲 &amp; &lt;乙&gt;</a>.</p>\n<p>x</p>";
        assert!(english.contains(&format!("<content type=\"html\">{}</content>", markup(sentence))), "{english}");
        assert!(self::feeds(&test.nowhere(), "").is_empty());
    }

    #[test]
    fn a_language_without_notes_has_an_empty_feed() {
        let feeds = feeds(&TestSite::of(&[("zh/a.md", "---\ndate: 2025-01-02\n---\n# 甲\n\n正文在这里。\n")]), "");
        assert_eq!(all(&feeds[0].1, "updated"), ["1970-01-01T00:00:00Z"]);
        assert!(!feeds[0].1.contains("<entry>"));
    }

    #[test]
    fn fifty_notes_are_enough() {
        let name = |at: usize| format!("zh/{at}.md");
        let text = |at: usize| format!("---\ndate: {}-01-01\n---\n# 第 {at} 篇\n\n这一篇的正文。\n", 1950 + at);
        let files: Vec<(String, String)> = (0..60).map(|at| (name(at), text(at))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let feeds = feeds(&TestSite::of(&files), "");
        let titles = all(&feeds[1].1, "title");
        assert_eq!((titles.len(), titles[1], titles[50]), (51, "第 59 篇", "第 10 篇"));
    }

    #[test]
    fn an_id_survives_a_renamed_file() {
        let text = "---\ndate: 2025-01-02\n---\n# 甲\n\n一篇笔记的正文，讲显存。\n";
        let ids = |past: &str, path: &str| {
            let folder = tempfile::tempdir().unwrap();
            write_book(folder.path(), "languages = [\"zh-CN\", \"en\"]", &format!("- [甲]({path})\n"), &[(path, text)]);
            import(folder.path(), past);
            let feeds = feeds(&TestSite::read(folder), "");
            all(&feeds[1].1, "id")[1].to_owned()
        };
        let new = |path: &str, text: &str| format!("M 100644 inline \"{path}\"\ndata {}\n{text}\n", text.len());
        let mut past = String::new();
        commit(&mut past, 1, &(new("src/zh/a 1.md", text) + &new("src/zh/other.md", "# 别的\n")));
        commit(&mut past, 2, "R \"src/zh/a 1.md\" \"src/zh/b.md\"\n");
        let before = ids(&past, "zh/b.md");
        assert!(before.starts_with("tag:example.org,2025-01-01:") && before.ends_with("/src/zh/a%201.md"), "{before}");
        commit(&mut past, 3, "R \"src/zh/b.md\" \"src/zh/more/c.md\"\n");
        assert_eq!(ids(&past, "zh/more/c.md"), before);
    }

    /// Goes on with what `git fast-import` reads: a commit on a day of January 2025.
    fn commit(past: &mut String, day: u32, changes: &str) {
        let who = format!("A <a@example.org> {} +0000", 1_735_689_600 + (day - 1) * 86_400);
        write!(past, "commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 1\nx\n{changes}\n").unwrap();
    }

    /// A repository with this history in a folder.
    fn import(folder: &std::path::Path, past: &str) {
        for (arguments, input) in [
            (&["init", "--quiet"][..], ""),
            (&["fast-import", "--quiet"], past),
            (&["symbolic-ref", "HEAD", "refs/heads/main"], ""),
        ] {
            let mut git = Command::new("git");
            git.args(arguments).current_dir(folder).env_remove("GIT_DIR").stdin(Stdio::piped());
            let mut child = git.spawn().unwrap();
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
            assert!(child.wait().unwrap().success(), "{arguments:?}");
        }
    }

    #[test]
    fn without_a_history_a_key_names_a_note() {
        let text = "---\ndate: 2025-01-02\ntranslation-key: memory\n---\n# 甲\n\n正文在这里。\n";
        let of = |path: &str| {
            let english = "---\ntranslation-key: memory\n---\n# A\n\nThe text of it.\n";
            let feeds = feeds(&TestSite::of(&[(path, text), ("en/x.md", english)]), "");
            all(&feeds[1].1, "id")[1].to_owned()
        };
        assert_eq!(of("zh/a.md"), "tag:example.org,2025:memory?zh-CN");
        assert_eq!(of("zh/b.md"), of("zh/a.md"));
    }

    #[test]
    fn a_text_is_read_elsewhere() {
        let base = Url::parse("https://example.org/zh/a.html").unwrap();
        for (main, text) in [
            ("<h1 id=\"a\"><a class=\"header\" href=\"#a\">甲</a></h1>\n<p>x</p>", "<p>x</p>"),
            ("<h2 id=\"a\"><a class=\"header\" href=\"#a\">甲<em>b</em></a></h2>", "<h2 id=\"a\">甲<em>b</em></h2>"),
            (
                "<a href=\"../en/b.html?c&amp;d#e\">b</a> <a href=\"#f\">f</a> <a href='mailto:a@b.c'>m</a>",
                "<a href=\"https://example.org/en/b.html?c&amp;d#e\">b</a> <a href=\"https://example.org/zh/a.html#f\">f</a> \
                 <a href=\"mailto:a@b.c\">m</a>",
            ),
            (
                "<img src=\"x y.png\" alt=\"a > b\" srcset=\"x.png 1x, y.png 2x\">",
                "<img src=\"https://example.org/zh/x%20y.png\" alt=\"a > b\" \
                 srcset=\"https://example.org/zh/x.png 1x, https://example.org/zh/y.png 2x\">",
            ),
            (
                "<div lang=\"zh\"><nav class=\"language-switch\"><nav>x</nav></nav>\n<aside class=\"review-status a\">y</aside>\
                 <aside class=\"freshness\">f</aside><aside class=\"cross-post\">z</aside>k</div>",
                "<div lang=\"zh\">\nk</div>",
            ),
            (
                "<aside class=\"cross-post cross-post-only\">z</aside>",
                "<aside class=\"cross-post cross-post-only\">z</aside>",
            ),
            ("a<script>\"<b>\"</script>b<style>c</style>", "ab"),
            ("a < b <!-- <h1> --> <h1>open", "a < b <!-- <h1> -->"),
            ("<aside class=\"callout\">n</aside>", "<aside class=\"callout\">n</aside>"),
        ] {
            assert_eq!(absolute(main, &base), text);
        }
    }
}
