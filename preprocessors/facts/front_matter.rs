//! What a note says of itself between `---` (YAML) or `+++` (TOML).
//!
//! ```text
//! ---                                       title            慢慢理解 FSDP
//! title: 慢慢理解 FSDP                 →    published        2025-08-31
//! date: 2025-08-31T09:00:00+08:00           cross-post       https://zhuanlan.zhihu.com/p/1
//! zhihu: http://zhuanlan.zhihu.com/p/1/edit
//! ---
//! ```
//!
//! Other tools keep keys of their own here, and those are none of our business. Where a key of ours means something
//! else to another tool, the table `bilingual:` holds ours.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::notebook::cross_post::{CrossPost, Refused, linkable};
use crate::notebook::{
    Date, Entry, Fact, Fingerprint, FrontMatter, Language, PageLanguage, Period, Status, TranslatedFrom, Wording,
};

use super::tree::{self, Node, Value};

/// The keys, in the order of the documentation.
pub const KEYS: &[&str] = &[
    "title",
    "language",
    "summary",
    "date",
    "updated",
    "status",
    "reviewed-by",
    "reviewed-on",
    "reviewed",
    "review-in",
    "translation-of",
    "translated-from",
    "zhihu",
    "cross-posts",
    "translation-key",
    "learning-path",
    "external",
    "bilingual",
];

/// The languages that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Toml,
}

/// The front matter of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    pub(super) format: Format,
    pub(super) inner: &'a str,
    /// The offset of the text behind it.
    pub end: usize,
    closed: bool,
}

/// Finds the front matter at the beginning of a text.
///
/// A text can also begin with a thematic break, which is the same three dashes: only what looks like keys is front
/// matter, so that nothing else is ever taken off a page.
#[must_use]
pub fn find(text: &str) -> Option<Block<'_>> {
    let (first, _) = text.split_once('\n')?;
    let format = match first.trim_end() {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return None,
    };
    let start = first.len() + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let closes = match line.trim_end() {
            "---" | "..." => format == Format::Yaml,
            "+++" => format == Format::Toml,
            _ => false,
        };
        if closes {
            let inner = &text[start..at];
            let block = Block { format, inner, end: at + line.len(), closed: true };
            return (format == Format::Toml || looks_like_yaml(inner)).then_some(block);
        }
        at += line.len();
    }
    // Three dashes, a key of ours and no end: somebody forgot the second line of dashes.
    let separator = if format == Format::Yaml { ':' } else { '=' };
    let key = text[start..].lines().next()?.split_once(separator)?.0.trim();
    KEYS.contains(&key).then_some(Block { format, inner: &text[start..], end: 0, closed: false })
}

/// Whether the first line that says anything is a key.
fn looks_like_yaml(inner: &str) -> bool {
    let Some(line) = inner.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) else {
        return true;
    };
    // With a key of ours it is front matter, however badly written; the parser says what is wrong.
    if line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key.trim())) && !inner.starts_with(['\n', '\r']) {
        return true;
    }
    if inner.starts_with(['\n', '\r']) || line.starts_with([' ', '\t', '-']) {
        return false;
    }
    // A colon of a Chinese keyboard behind a key of ours is a slip, not a text.
    if line.split_once('：').is_some_and(|(key, _)| KEYS.contains(&key.trim())) {
        return true;
    }
    let Some((key, value)) = line.split_once(':') else { return line.trim_start().starts_with('{') };
    let key = key.trim().trim_matches(['"', '\'']);
    !key.is_empty()
        && key.len() <= 40
        && !key.contains(['*', '[', '`', '<', '#', '>'])
        && (value.is_empty() || value.starts_with([' ', '\t', '\r']))
}

/// Reads the front matter of `file` (its path from the book's root, for messages).
///
/// What cannot be read is reported and left out; everything else is read all the same.
#[must_use]
pub fn read(block: Block<'_>, file: &str, wording: &Wording, diagnostics: &mut Diagnostics) -> FrontMatter {
    match entries(block, file) {
        Ok(entries) => Reader { file, wording, diagnostics }.read(entries),
        Err(problem) => {
            diagnostics.push(problem);
            FrontMatter::default()
        }
    }
}

/// The keys and values of front matter, or what keeps it from being read.
pub(super) fn entries(block: Block<'_>, file: &str) -> Result<Vec<(Node<String>, Value)>, Diagnostic> {
    if !block.closed {
        let message = "the front matter never ends; put a line of --- behind it";
        return Err(Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, 1, 1)));
    }
    if let Some((at, key)) = full_width_colon(block) {
        let message = format!("the colon behind `{key}` is a full-width one; write `{key}: …`");
        return Err(Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, at + 2, 1)));
    }
    let parsed = match block.format {
        Format::Yaml => tree::yaml(block.inner),
        Format::Toml => tree::toml(block.inner),
    };
    parsed.map_err(|problem| {
        // The first line is the dashes.
        let place = Place::at(file, problem.line + 1, problem.column);
        let about = |word: &str| problem.message.contains(word);
        let remedy = match block.format {
            _ if about("twice") || about("duplicate") => "remove one of the two",
            _ if about("deep") || about("recursion") => "use fewer levels",
            Format::Yaml if about("tab") => "indent with spaces",
            Format::Yaml if about("`key: value`") => "put a space behind each colon",
            Format::Yaml => "a value with a colon or another special character goes into quotation marks",
            Format::Toml => "texts go into quotation marks",
        };
        let message = format!("the front matter cannot be read: {}; {remedy}", problem.message);
        Diagnostic::new(Code::FrontMatterSyntax, message).at(place)
    })
}

/// The first line with a key of ours and a colon that YAML does not know, from 0.
fn full_width_colon(block: Block<'_>) -> Option<(usize, &str)> {
    block.inner.lines().enumerate().find_map(|(at, line)| {
        let (key, _) = line.split_once('：').filter(|_| block.format == Format::Yaml)?;
        KEYS.contains(&key.trim()).then_some((at, key.trim()))
    })
}

struct Reader<'a> {
    file: &'a str,
    wording: &'a Wording,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn read(mut self, entries: Vec<(Node<String>, Value)>) -> FrontMatter {
        let mut entries = entries;
        let own = entries.iter().position(|(key, _)| key.value == "bilingual");
        if let Some(at) = own {
            let (key, value) = entries.remove(at);
            match value {
                Value::Table(own) => {
                    entries.retain(|(key, _)| own.iter().all(|(other, _)| other.value != key.value));
                    entries.extend(own);
                }
                _ => self.wrong(&key, "this is a table of our keys"),
            }
        }
        let mut found = FrontMatter::default();
        for (key, value) in &entries {
            if matches!(value, Value::Null) {
                continue;
            }
            match key.value.as_str() {
                "title" => found.title = self.text(key, value),
                "summary" => found.summary = self.text(key, value),
                "reviewed-by" => found.reviewed_by = self.text(key, value),
                "translation-key" => found.translation_key = self.text(key, value),
                "date" => found.published = self.parsed(key, value, Code::DateInvalid, Date::parse),
                "updated" => found.updated = self.parsed(key, value, Code::DateInvalid, Date::parse),
                "reviewed-on" => found.reviewed_on = self.parsed(key, value, Code::DateInvalid, Date::parse),
                "reviewed" => found.reviewed = self.fingerprint(key, value),
                "review-in" => found.review_in = self.parsed(key, value, Code::FrontMatterValue, Period::parse),
                "translation-of" => {
                    found.translation_of = self.parsed(key, value, Code::LanguageInvalid, Language::parse)
                }
                "translated-from" => found.translated_from = self.translated_from(key, value),
                "status" => found.status = self.status(key, value),
                "language" => found.language = self.language(key, value),
                "learning-path" => found.learning_path = self.flag(key, value),
                "zhihu" => {
                    for text in self.texts(key, value) {
                        let post = CrossPost::zhihu(&text.value);
                        found.cross_posts.extend(self.linked(&text, post));
                    }
                }
                "cross-posts" => self.cross_posts(key, value, &mut found.cross_posts),
                "external" => self.external(key, value, &mut found.external),
                other => self.hint(key, other),
            }
        }
        // A title may carry its mark here as well.
        if let Some(title) = &mut found.title
            && let Some(mark) = self.wording.mark(&title.value)
        {
            let status = Fact { value: mark.status, origin: title.origin.clone() };
            title.value = self.wording.without_mark(&title.value);
            if let (Some(said), Some(place)) = (&found.status, title.origin.place())
                && said.value != status.value
            {
                let message = format!(
                    "the title says {}, but `status` {}; make the two agree",
                    status.value.name(),
                    said.value.name()
                );
                self.diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(place.clone()));
            }
            found.status = found.status.or(Some(status));
        }
        if let (Some(published), Some(updated)) = (&found.published, &found.updated)
            && updated.value < published.value
            && let (Some(place), Some(other)) = (updated.origin.place(), published.origin.place())
        {
            let (updated, published) = (updated.value, published.value);
            let message = format!(
                "it was updated on {updated}, before `date` in {other} says it was published, {published}; correct one of the two"
            );
            self.diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(place.clone()));
        }
        // `zhihu` and `cross-posts` may name the same copy.
        let mut seen = std::collections::BTreeSet::new();
        found.cross_posts.retain(|post| seen.insert(post.value.url.clone()));
        found
    }

    fn place<T>(&self, node: &Node<T>) -> Place {
        Place::at(self.file, node.line + 1, node.column)
    }

    fn report<T>(&mut self, code: Code, node: &Node<T>, message: impl Into<String>) {
        let place = self.place(node);
        self.diagnostics.push(Diagnostic::new(code, message).at(place));
    }

    fn wrong(&mut self, key: &Node<String>, why: &str) {
        self.report(Code::FrontMatterValue, key, format!("`{}`: {why}", key.value));
    }

    /// A value that has to be one line of text; numbers are taken as they are written.
    fn text(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<String>> {
        match value {
            Value::Scalar(node) => {
                // Neither controls nor overrides of direction: they would reach beyond the title.
                let harmless =
                    |c: char| !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
                let text: String = node.value.chars().map(|c| if harmless(c) { c } else { ' ' }).collect();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                (!text.is_empty()).then(|| Fact::authored(text, self.place(node)))
            }
            Value::Null => None,
            Value::Alias => {
                self.wrong(key, "an alias is not followed here; write the text out");
                None
            }
            Value::List(_) | Value::Table(_) => {
                self.wrong(
                    key,
                    "this is one text, not a list or a table; in quotation marks it may hold any character",
                );
                None
            }
        }
    }

    /// A text, or a list of texts.
    fn texts(&mut self, key: &Node<String>, value: &Value) -> Vec<Node<String>> {
        let items = match value {
            Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut texts = Vec::new();
        for item in items {
            match item {
                Value::Scalar(node) => texts.push(node.clone()),
                Value::Null => {}
                _ => self.wrong(key, "this has to be a text or a list of texts"),
            }
        }
        texts
    }

    /// A text that has to mean something; `code` is said of one that does not.
    fn parsed<T>(
        &mut self,
        key: &Node<String>,
        value: &Value,
        code: Code,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Fact<T>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        match parse(&text.value) {
            Ok(value) => Some(Fact { value, origin: text.origin }),
            Err(why) => {
                self.report(code, node, format!("`{}`: {why}", key.value));
                None
            }
        }
    }

    fn flag(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<bool>> {
        let text = self.text(key, value)?;
        match text.value.as_str() {
            "true" => Some(Fact { value: true, origin: text.origin }),
            "false" => Some(Fact { value: false, origin: text.origin }),
            _ => {
                self.wrong(key, "this is true or false");
                None
            }
        }
    }

    fn status(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<Status>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        let status = Status::from_name(&text.value);
        if status.is_none() {
            let names: Vec<_> = Status::ALL.iter().map(|status| status.name()).collect();
            let message = format!("“{}” is not a status; choose from {}", text.value, names.join(", "));
            self.report(Code::StatusUnknown, node, message);
        }
        Some(Fact { value: status?, origin: text.origin })
    }

    fn language(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<PageLanguage>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        if text.value.eq_ignore_ascii_case("mul") {
            return Some(Fact { value: PageLanguage::None, origin: text.origin });
        }
        match Language::parse(&text.value) {
            Ok(language) => Some(Fact { value: PageLanguage::One(language), origin: text.origin }),
            Err(why) => {
                self.report(Code::LanguageInvalid, node, format!("{why}, or mul for a page of no language"));
                None
            }
        }
    }

    fn fingerprint(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<Fingerprint>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        let fingerprint = Fingerprint::parse(&text.value);
        if fingerprint.is_none() {
            let file = self.file;
            let message = match Date::parse(&text.value) {
                Ok(_) => "`reviewed` says of which text the review was; the day goes into `reviewed-on`".to_owned(),
                Err(_) => format!(
                    "`reviewed`: “{}” is not the hash of a text; `mdbook-bilingual confirm --review {file}` writes it",
                    text.value
                ),
            };
            self.report(Code::FrontMatterValue, node, message);
        }
        Some(Fact { value: fingerprint?, origin: text.origin })
    }

    /// A commit's object name, or the fingerprint of a text.
    fn translated_from(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<TranslatedFrom>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        let digits = &text.value;
        let is_commit = (7..=64).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let from = if is_commit {
            Some(TranslatedFrom::Commit(digits.to_ascii_lowercase()))
        } else {
            Fingerprint::parse(digits).map(TranslatedFrom::Text)
        };
        if from.is_none() {
            let message = format!(
                "`translated-from`: “{}” is neither a commit of seven digits or more nor the hash of a text; `mdbook-bilingual confirm {}` writes it",
                text.value, self.file
            );
            self.report(Code::FrontMatterValue, node, message);
        }
        Some(Fact { value: from?, origin: text.origin })
    }

    fn linked(&mut self, text: &Node<String>, post: Result<CrossPost, Refused>) -> Option<Fact<CrossPost>> {
        match post {
            Ok(post) => Some(Fact::authored(post, self.place(text))),
            Err(refused) => {
                self.refused(text, refused);
                None
            }
        }
    }

    fn refused(&mut self, text: &Node<String>, refused: Refused) {
        match refused {
            Refused::Forbidden(why) => self.report(Code::UrlForbidden, text, why),
            Refused::NotZhihu(why) => self.report(Code::ZhihuUrl, text, why),
        }
    }

    /// `[{ platform: juejin, url: … }]`, or plain addresses.
    fn cross_posts(&mut self, key: &Node<String>, value: &Value, found: &mut Vec<Fact<CrossPost>>) {
        let Value::List(items) = value else {
            return self.wrong(key, "this is a list, such as [{ platform: juejin, url: https://… }]");
        };
        for item in items {
            let (platform, url) = match item {
                Value::Scalar(url) => (None, Some(url.clone())),
                Value::Table(entries) => {
                    let platform = entry(entries, "platform").and_then(|(key, value)| self.text(key, value));
                    let url = entry(entries, "url").and_then(|(key, value)| self.texts(key, value).into_iter().next());
                    (platform, url)
                }
                _ => (None, None),
            };
            let Some(url) = url else {
                self.wrong(key, "an entry has no url; write { platform: juejin, url: https://… }");
                continue;
            };
            let post = CrossPost::new(platform.as_ref().map(|fact| fact.value.as_str()), &url.value);
            found.extend(self.linked(&url, post));
        }
    }

    /// `[{ title: …, url: … }]`; several addresses may be given, or none.
    fn external(&mut self, key: &Node<String>, value: &Value, found: &mut Vec<Fact<Entry>>) {
        let Value::List(items) = value else {
            return self.wrong(key, "this is a list, such as [{ title: …, url: https://… }]");
        };
        for item in items {
            let Value::Table(entries) = item else {
                self.wrong(key, "an entry is a table, such as { title: …, url: https://… }");
                continue;
            };
            let Some(title) = entry(entries, "title").and_then(|(key, value)| self.text(key, value)) else {
                self.wrong(key, "an entry has no title; write { title: …, url: https://… }");
                continue;
            };
            let mut urls = Vec::new();
            for text in entry(entries, "url").map(|(key, value)| self.texts(key, value)).unwrap_or_default() {
                // A Zhihu address is written as Zhihu writes it, but another person's page may be of any kind.
                match linkable(&text.value) {
                    Ok(url) => urls.push(CrossPost::zhihu(&text.value).map_or_else(|_| url.into(), |post| post.url)),
                    Err(refused) => self.refused(&text, refused),
                }
            }
            found.push(Fact { value: Entry { title: title.value, urls }, origin: title.origin });
        }
    }

    /// Says so when a key is one letter away from one of ours; any other key is somebody else's.
    fn hint(&mut self, key: &Node<String>, name: &str) {
        let name_in_lower_case = name.to_lowercase();
        let near = match name_in_lower_case.as_str() {
            // One letter from `reviewed`, but it holds a name.
            "reviewer" => Some(&"reviewed-by"),
            lower => KEYS.iter().find(|known| strsim::damerau_levenshtein(known, lower) <= 1),
        };
        if let Some(near) = near {
            let message = format!("`{name}` is not read; did you mean `{near}`?");
            self.report(Code::FrontMatterKey, key, message);
        }
    }
}

fn entry<'a>(entries: &'a [(Node<String>, Value)], name: &str) -> Option<(&'a Node<String>, &'a Value)> {
    entries.iter().find(|(key, _)| key.value == name).map(|(key, value)| (key, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (FrontMatter, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let block = find(text).expect("there is front matter");
        let found = read(block, "x.md", &Wording::default(), &mut diagnostics);
        (found, diagnostics.sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_key_in_yaml_and_in_toml() {
        let yaml = "---
title: 深入浅出
language: zh-CN
summary: 一句话。
date: 2025-08-31T08:00:00+08:00
updated: 2025-12-01
status: pending-review
reviewed-by: Lin
reviewed-on: 2025-12-02
reviewed: sha256:5F0C1F0B7a3d9a42
review-in: 6 months
translation-of: en
translated-from: 12345678
zhihu: http://zhuanlan.zhihu.com/p/1946402397409740613/edit
cross-posts:
  - { platform: juejin, url: \"https://juejin.cn/post/7300000000000000000\" }
translation-key: slime
learning-path: false
external:
  - { title: Elsewhere, url: https://example.org/ }
---
";
        let toml = "+++
title = \"深入浅出\"
language = \"zh-CN\"
summary = \"一句话。\"
date = 2025-08-31T08:00:00+08:00
updated = 2025-12-01
status = \"pending-review\"
reviewed-by = \"Lin\"
reviewed-on = 2025-12-02
reviewed = \"sha256:5F0C1F0B7a3d9a42\"
review-in = \"6 months\"
translation-of = \"en\"
translated-from = 12345678
zhihu = \"http://zhuanlan.zhihu.com/p/1946402397409740613/edit\"
cross-posts = [{ platform = \"juejin\", url = \"https://juejin.cn/post/7300000000000000000\" }]
translation-key = \"slime\"
learning-path = false
external = [{ title = \"Elsewhere\", url = \"https://example.org/\" }]
+++
";
        for text in [yaml, toml] {
            let (found, said) = read_text(text);
            assert_eq!(said, Vec::<String>::new());
            assert_eq!(found.title.as_ref().unwrap().value, "深入浅出");
            assert_eq!(found.title.unwrap().origin.place().unwrap().line, Some(2));
            assert_eq!(found.published.unwrap().value.to_string(), "2025-08-31");
            assert_eq!(found.status.unwrap().value, Status::PendingReview);
            assert_eq!(found.reviewed.unwrap().value.to_string(), "sha256:5f0c1f0b7a3d9a42");
            assert_eq!(found.review_in.unwrap().value.to_string(), "6 months");
            assert_eq!(found.translation_of.unwrap().value.tag(), "en");
            assert_eq!(found.translated_from.unwrap().value, TranslatedFrom::Commit("12345678".to_owned()));
            assert_eq!(found.cross_posts.len(), 2);
            assert_eq!(found.cross_posts[0].value.url, "https://zhuanlan.zhihu.com/p/1946402397409740613");
            assert!(!found.learning_path.unwrap().value);
            assert_eq!(found.external[0].value.urls, ["https://example.org/"]);
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_the_rest_is_read() {
        let (found, said) = read_text(
            "---
title: 1.10
status: done
date: 2025-02-30
updated: soon
zhihu: [https://www.zhihu.com/people/x, \"javascript:alert(1)\"]
reviewed_by: Lin
language: klingonish language
summary: [a]
tags: [x]
---
",
        );
        assert_eq!(found.title.unwrap().value, "1.10");
        assert_eq!(said.len(), 8, "{said:#?}");
        for start in [
            "note[front-matter-key]: x.md:7:1: `reviewed_by` is not read; did you mean `reviewed-by`?",
            "warning[status-unknown]: x.md:3:9: “done” is not a status; choose from published, draft,",
            "error[date-invalid]: x.md:4:7: `date`: the calendar has no 2025-02-30;",
            "error[date-invalid]: x.md:5:10: `updated`: “soon” is not a date;",
            "error[zhihu-url]: x.md:6:9: “https://www.zhihu.com/people/x” is not a Zhihu article",
            "error[url-forbidden]: x.md:6:41: “javascript:alert(1)” cannot be linked:",
            "error[language-invalid]: x.md:8:11: “klingonish language” is not a language tag;",
            "error[front-matter-value]: x.md:9:1: `summary`: this is one text, not a list or a table;",
        ] {
            assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{said:#?}");
        }
    }

    #[test]
    fn what_a_translation_is_right_for() {
        let read = |value: &str| {
            let (found, said) = read_text(&format!("---\ntranslated-from: {value}\n---\n"));
            (found.translated_from.map(|fact| fact.value), said)
        };
        let commit = |name: &str| (Some(TranslatedFrom::Commit(name.to_owned())), Vec::<String>::new());
        // Of these, other readers of YAML make numbers.
        for name in ["1234567", "1e50000", "0123456", "12345678901234567890"] {
            assert_eq!(read(name), commit(name));
        }
        let (found, said) = read_text("+++\ntranslated-from = 12345e678\n+++\n");
        assert_eq!((found.translated_from.map(|fact| fact.value), said), commit("12345e678"));
        assert_eq!(read("'ABCDEF0'"), commit("abcdef0"));
        assert_eq!(read(&"a".repeat(64)), commit(&"a".repeat(64)));
        let text = Fingerprint::of("a", 0);
        assert_eq!(read(&text.to_string()), (Some(TranslatedFrom::Text(text)), Vec::new()));
        for wrong in ["abcdef", "HEAD", "sha256:12", "v1.0", "0x12345", &"a".repeat(65)] {
            let (found, said) = read(wrong);
            assert_eq!(found, None, "{wrong}");
            assert!(said[0].starts_with("error[front-matter-value]: x.md:2:18: `translated-from`: “"), "{said:?}");
            assert!(said[0].ends_with("`mdbook-bilingual confirm x.md` writes it"), "{said:?}");
        }
    }

    #[test]
    fn slips_in_what_a_review_says() {
        let (found, said) = read_text(
            "---
reviewed: 2025-12-02
review-in: soon
translation-of: klingonish language
reviewer: Lin
---
",
        );
        assert_eq!(found, FrontMatter::default());
        for start in [
            "error[front-matter-value]: x.md:2:11: `reviewed` says of which text the review was; the day goes into `reviewed-on`",
            "error[front-matter-value]: x.md:3:12: `review-in`: “soon” is no length of time; write it as",
            "error[language-invalid]: x.md:4:17: `translation-of`: “klingonish language” is not a language tag;",
            "note[front-matter-key]: x.md:5:1: `reviewer` is not read; did you mean `reviewed-by`?",
        ] {
            assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{said:#?}");
        }
        let (_, said) = read_text("---\nreviewed: yes\n---\n");
        assert!(said[0].contains("`mdbook-bilingual confirm --review x.md` writes it"), "{said:?}");
    }

    #[test]
    fn broken_front_matter_is_one_error() {
        for (text, line) in [
            ("---\ntitle: \"open\ndate: x\n---\n", 2),
            ("---\ntitle: a\n  b: c\n---\n", 3),
            ("---\ntitle: [a\n---\n", 2),
            ("+++\ntitle = \n+++\n", 2),
            ("---\ntitle: a\ntitle: b\n---\n", 3),
            ("---\ntitle: a\n\n# Text\n", 1),
            ("---\ntitle：中文\n---\n", 2),
            ("---\nstatus:draft\n---\n", 2),
            ("+++\ntitle = \"x\"\n\ntext\n", 1),
            ("---\ntitle: Jekyll: the post\n---\n", 2),
        ] {
            let (found, said) = read_text(text);
            assert_eq!(found, FrontMatter::default(), "{text}");
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].starts_with("error[front-matter-syntax]: x.md:"), "{said:?}");
            assert!(said[0].contains(&format!("x.md:{line}:")), "{text}: {said:?}");
        }
    }

    #[test]
    fn thematic_breaks_stay() {
        for text in [
            "---\n\nText\n\n---\n",
            "---\nText and more\n---\n",
            "---\n- a: b\n---\n",
            "---\n",
            "----\na: b\n---\n",
            "---\n**Note**: text\n---\n",
            "---\nhttps://example.org\n---\n",
            "---\n\ntitle: a\n---\n",
            " ---\na: b\n---\n",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
        for text in
            ["---\n---\n", "---\n# only a comment\n---\n", "---\r\ntitle: a\r\n---\r\nText", "---\n\"title\": a\n...\n"]
        {
            assert!(find(text).is_some(), "{text}");
        }
    }

    #[test]
    fn own_table_wins_over_clashing_keys() {
        let (found, said) =
            read_text("---\nstatus: 3\ndate: {year: 1}\nbilingual:\n  status: draft\n  date: 2025-01-02\n---\n");
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(found.status.unwrap().value, Status::Draft);
    }

    #[test]
    fn a_mark_leaves_the_title() {
        let (found, _) = read_text("---\ntitle: \"[Draft] A\"\n---\n");
        assert_eq!((found.title.unwrap().value.as_str(), found.status.unwrap().value), ("A", Status::Draft));
        let (found, _) = read_text("---\ntitle: \"A 【待审阅】\"\nstatus: published\n---\n");
        assert_eq!((found.title.unwrap().value.as_str(), found.status.unwrap().value), ("A", Status::Published));
    }

    #[test]
    fn an_update_comes_behind_the_publication() {
        let (_, said) = read_text("---\ndate: 2025-08-31\nupdated: 2024-12-01\n---\n");
        assert_eq!(said.len(), 1);
        assert_eq!(
            said[0],
            "warning[facts-disagree]: x.md:3:10: it was updated on 2024-12-01, before `date` in x.md:2:7 says it was published, 2025-08-31; correct one of the two"
        );
        let (_, said) = read_text("---\ndate: 2025-08-31\nupdated: 2025-08-31\n---\n");
        assert_eq!(said, Vec::<String>::new());
    }

    #[test]
    fn aliases_and_depth_are_bounded() {
        let bomb = "---\na: &a [x]\nb: &b [*a, *a]\ntitle: *b\n---\n";
        let (_, said) = read_text(bomb);
        assert_eq!(said.len(), 1, "{said:?}");
        let deep = format!("---\na: {}\n---\n", "[".repeat(5000));
        let (_, said) = read_text(&deep);
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
