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

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix, Message, Place};
use crate::facts::front_matter::value::{Entries, Node, Value};
use crate::markdown::shortcode::with_emoji;
use crate::notebook::{ExternalText, FrontMatter, TranslatedFrom};
use crate::platforms::{self, AddressError, CrossPost, linkable};
use crate::text::{Wording, nearest};
use crate::values::{Date, Day, Fact, Fingerprint, Language, PageLanguage, Period, Status};

mod block;
mod copies;
pub mod edit;
mod entries;
mod usage;
pub(crate) mod value;

pub(super) use block::FrontMatterFormat;
pub use block::{FrontMatterBlock, find};
pub(super) use entries::entries;
pub(super) use usage::Usage;

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

/// Reads the front matter of `file` (its path from the book's root, for messages).
///
/// What cannot be read is reported and left out; everything else is read all the same.
#[must_use]
pub fn read(block: FrontMatterBlock<'_>, file: &str, wording: &Wording, diagnostics: &mut Diagnostics) -> FrontMatter {
    let mut usage = Usage::default();
    let found = read_in(block, file, wording, &mut usage, diagnostics);
    usage.settle(diagnostics);
    found
}

/// What another tool's key holds, as a list of texts: one text is split at its commas. Nothing where it is not there, or
/// holds anything else.
#[must_use]
pub fn texts(block: FrontMatterBlock<'_>, key: &str) -> Vec<String> {
    let (entries, _) = entries::readable(block, "");
    let found = entries.into_iter().find(|(name, _)| name.value == key).map(|(_, value)| value);
    let trimmed = |text: &str| text.trim().to_owned();
    let texts: Vec<String> = match found {
        Some(Value::Scalar(text)) => text.value.split([',', '，']).map(trimmed).collect(),
        Some(Value::List(values)) => {
            let text = |value: &Value| if let Value::Scalar(text) = value { Some(trimmed(&text.value)) } else { None };
            values.iter().filter_map(text).collect()
        }
        _ => Vec::new(),
    };
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

/// The same for one of many notes: what their values say together is settled when all are read.
pub(super) fn read_in(
    block: FrontMatterBlock<'_>,
    file: &str,
    wording: &Wording,
    usage: &mut Usage,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let (entries, faults) = entries::readable(block, file);
    faults.into_iter().for_each(|fault| diagnostics.push(fault));
    let (above, start, keys) = (block.above(), block.start, BTreeSet::new());
    let (meant, said, slips) = (None, Vec::new(), Vec::new());
    FrontMatterReader { file, above, start, keys, meant, wording, usage, diagnostics, said, slips }.read(entries)
}

/// How the hash of a text begins.
const HASH: &str = "sha256:";

struct FrontMatterReader<'a> {
    file: &'a str,
    /// How many lines stand above the front matter.
    above: usize,
    /// Its offset in the file.
    start: usize,
    /// The keys that are there.
    keys: BTreeSet<String>,
    /// How many of them are, or may be meant to be, each of ours; counted where it is asked for.
    meant: Option<BTreeMap<&'static str, usize>>,
    wording: &'a Wording,
    usage: &'a mut Usage,
    diagnostics: &'a mut Diagnostics,
    /// What was said of the key that is read now: values of another kind, which another tool may want so.
    said: Vec<Diagnostic>,
    /// What was said of values of that key that are meant for us, and badly written.
    slips: Vec<Diagnostic>,
}

impl FrontMatterReader<'_> {
    fn read(mut self, entries: Entries) -> FrontMatter {
        let mut found = FrontMatter::default();
        let (entries, others) = self.unfolded(entries);
        self.keys = entries.iter().map(|(key, _)| key.value.clone()).collect();
        self.merges(&entries);
        for (at, (key, value)) in entries.iter().enumerate() {
            if matches!(value, Value::Null) {
                continue;
            }
            self.value(key, value, &mut found);
            self.slips.drain(..).for_each(|slip| self.diagnostics.push(slip));
            let said = std::mem::take(&mut self.said);
            // In the table of ours, nothing belongs to another tool.
            if at < others && KEYS.contains(&key.value.as_str()) {
                self.usage.add(&key.value, said, self.diagnostics);
            } else {
                said.into_iter().for_each(|said| self.diagnostics.push(said));
            }
        }
        self.take_mark(&mut found);
        self.compare_dates(&found);
        // `zhihu` and `cross-posts` may name the same copy.
        let mut seen = BTreeSet::new();
        found.cross_posts.retain(|post| seen.insert(post.value.url.clone()));
        found
    }

    /// The entries with those of the table `bilingual` behind the others, which they win against, and how many others
    /// there are.
    fn unfolded(&mut self, entries: Entries) -> (Entries, usize) {
        let mut entries = self.once(entries);
        let mut ours = Entries::new();
        if let Some(at) = entries.iter().position(|(key, _)| key.value == "bilingual") {
            let (key, value) = entries.remove(at);
            match value {
                Value::Table(own) => ours = self.once(own),
                Value::Null => {}
                _ => self.wrong(&key, "this is a table of our keys"),
            }
            self.said.drain(..).for_each(|said| self.diagnostics.push(said));
        }
        let names: BTreeSet<&str> = ours.iter().map(|(key, _)| key.value.as_str()).collect();
        entries.retain(|(key, _)| !names.contains(key.value.as_str()));
        let others = entries.len();
        entries.extend(ours);
        (entries, others)
    }

    /// A title may carry a mark of review, as the names of chapters do.
    fn take_mark(&mut self, found: &mut FrontMatter) {
        let Some(title) = &mut found.title else { return };
        title.value = with_emoji(&title.value, &self.wording.dialect).into_owned();
        let Some(mark) = self.wording.mark(&title.value) else { return };
        let status = Fact { value: mark.status, origin: title.origin.clone() };
        title.value = self.wording.without_mark(&title.value);
        if let (Some(said), Some(place)) = (&found.status, title.origin.place())
            && said.value != status.value
        {
            let message = Message::new(
                format!("the title says {}, but `status` {}", status.value.name(), said.value.name()),
                "make the two agree",
            );
            self.diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(place.clone()));
        }
        found.status = found.status.take().or(Some(status));
    }

    /// Nothing is updated before it is published.
    fn compare_dates(&mut self, found: &FrontMatter) {
        if let (Some(published), Some(updated)) = (&found.published, &found.updated)
            && let (Day::On(first), Day::On(last)) = (published.value, updated.value)
            && last < first
            && let (Some(place), Some(other)) = (updated.origin.place(), published.origin.place())
        {
            let message = Message::new(
                format!("it was updated on {last}, before `date` in {other} says it was published, {first}"),
                "correct one of the two",
            );
            self.diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(place.clone()));
        }
    }

    /// Says which keys of ours a merge would have brought: `<<: *defaults`.
    fn merges(&mut self, entries: &Entries) {
        let Some((merge, value)) = entries.iter().find(|(key, _)| key.value == "<<") else { return };
        let is_there = |name: &str| entries.iter().any(|(key, _)| key.value == name);
        // Which table an alias stands for is not known here, and it is one of these.
        let tables = entries.iter().map(|(_, value)| value).chain([value]).filter_map(|value| match value {
            Value::Table(table) => Some(table),
            _ => None,
        });
        let lost: BTreeSet<&str> = tables
            .flatten()
            .map(|(key, _)| key.value.as_str())
            .filter(|name| KEYS.contains(name) && !is_there(name))
            .collect();
        if !lost.is_empty() {
            let names = lost.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let message = Message::new(
                "`<<`: what it would merge is not read here",
                format!("write {names} out as keys of their own"),
            );
            let place = self.place(merge);
            self.diagnostics.push(Diagnostic::new(Code::FrontMatterValue, message).at(place));
        }
    }

    /// The keys that are there once. Of two values of ours, nobody knows which one is meant.
    fn once(&mut self, entries: Entries) -> Entries {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        let mut left_out = BTreeSet::new();
        for (at, (key, value)) in entries.iter().enumerate() {
            let before = *first.entry(key.value.clone()).or_insert(at);
            let (other, old) = &entries[before];
            let is_ours = KEYS.contains(&key.value.as_str());
            let is_same = matches!((value, old), (Value::Scalar(new), Value::Scalar(old)) if new.value == old.value);
            if before == at || !is_ours {
                continue;
            }
            left_out.insert(at);
            if !is_same {
                left_out.insert(before);
                let line = self.place(other).line.unwrap_or_default();
                let message = Message::new(
                    format!("the key `{}` is there twice, here and in line {line}, so neither is read", key.value),
                    "remove one of the two",
                );
                let place = self.place(key);
                self.diagnostics.push(Diagnostic::new(Code::FrontMatterSyntax, message).at(place));
            }
        }
        let kept = entries.into_iter().enumerate().filter(|(at, _)| !left_out.contains(at));
        kept.map(|(_, entry)| entry).collect()
    }

    fn value(&mut self, key: &Node<String>, value: &Value, found: &mut FrontMatter) {
        match key.value.as_str() {
            "title" => found.title = self.text(key, value),
            "summary" => found.summary = self.text(key, value),
            "reviewed-by" => found.reviewed_by = self.text(key, value),
            "translation-key" => found.translation_key = self.text(key, value),
            "date" => found.published = self.day(key, value),
            "updated" => found.updated = self.day(key, value),
            "reviewed-on" => {
                found.reviewed_on = self.day(key, value).and_then(|fact| match fact.value {
                    Day::On(date) => Some(Fact { value: date, origin: fact.origin }),
                    Day::Unknown => None,
                })
            }
            "reviewed" => found.reviewed = self.reviewed(key, value),
            "review-in" => {
                let is_meant = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
                found.review_in = self.parsed(key, value, Code::FrontMatterValue, Period::parse, is_meant);
            }
            "translation-of" => {
                found.translation_of = self.parsed(key, value, Code::LanguageInvalid, Language::named, |_| false);
            }
            "translated-from" => found.translated_from = self.translated_from(key, value),
            "status" => found.status = self.status(key, value),
            "language" => found.language = self.language(key, value),
            "learning-path" => found.learning_path = self.flag(key, value),
            "zhihu" => self.zhihu(key, value, found),
            "cross-posts" => self.cross_posts(key, value, found),
            "external" => self.external(key, value, &mut found.external),
            other => self.hint(key, other, value),
        }
    }

    fn place<T>(&self, node: &Node<T>) -> Place {
        Place::at(self.file, node.line + self.above, node.column).spanning(self.bytes(&node.bytes))
    }

    /// The bytes of the file for those of the front matter.
    fn bytes(&self, Range { start, end }: &Range<usize>) -> Range<usize> {
        self.start + start..self.start + end
    }

    /// Says that a value is of another kind.
    fn report<T>(&mut self, code: Code, node: &Node<T>, message: impl Into<Message>) {
        let place = self.place(node);
        self.said.push(Diagnostic::new(code, message).at(place));
    }

    /// Says that a value is badly written.
    fn slip<T>(&mut self, code: Code, node: &Node<T>, message: impl Into<Message>) {
        let place = self.place(node);
        self.slips.push(Diagnostic::new(code, message).at(place));
    }

    fn report_or_slip<T>(&mut self, is_slip: bool, code: Code, node: &Node<T>, message: impl Into<Message>) {
        if is_slip { self.slip(code, node, message) } else { self.report(code, node, message) }
    }

    fn wrong(&mut self, key: &Node<String>, why: impl Into<Message>) {
        self.report(Code::FrontMatterValue, key, why.into().of(format_args!("`{}`", key.value)));
    }

    /// Says that an item of a list lacks something, at the item where its place is known.
    fn incomplete(&mut self, key: &Node<String>, item: &Value, why: Message) {
        let message = why.of(format_args!("`{}`", key.value));
        self.slip(Code::FrontMatterValue, begin(item).unwrap_or(key), message);
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
                self.wrong(key, Message::new("an alias is not followed here", "write the text out"));
                None
            }
            Value::List(_) | Value::Table(_) => {
                let what = if matches!(value, Value::List(_)) { "a list" } else { "a table" };
                let why = Message::new(
                    format!("this is {what}, and not one text"),
                    "if another tool wants it so, put ours into a table `bilingual:`",
                );
                self.wrong(key, why);
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

    /// A text that has to mean something; `code` is said of one that does not. `is_meant` tells whether that is one of
    /// ours all the same, badly written.
    fn parsed<T, E: Into<Message>>(
        &mut self,
        key: &Node<String>,
        value: &Value,
        code: Code,
        parse: impl Fn(&str) -> Result<T, E>,
        is_meant: impl Fn(&str) -> bool,
    ) -> Option<Fact<T>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        match parse(&text.value) {
            Ok(value) => Some(Fact { value, origin: text.origin }),
            Err(error) => {
                let message = error.into().of(format_args!("`{}`", key.value));
                self.report_or_slip(is_meant(&text.value), code, node, message);
                None
            }
        }
    }

    /// A day, or that nobody knows it. The zero of Go is as good as nothing.
    fn day(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<Day>> {
        let what = match value {
            Value::Table(_) => "a table",
            Value::List(_) => "a list",
            _ => {
                let day = self.parsed(key, value, Code::DateInvalid, Day::parse, Day::is_meant);
                return day.filter(|day| !matches!(day.value, Day::On(date) if date.is_zero_of_go()));
            }
        };
        let message = Message::new(
            format!("`{key}` is {what} here, and not a day", key = key.value),
            format!(
                "leave it if another tool wants it so, and put ours into a table `bilingual:`, as in `bilingual: {{ {key}: 2025-08-31 }}`",
                key = key.value
            ),
        );
        self.report(Code::DateInvalid, key, message);
        None
    }

    fn flag(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<bool>> {
        let text = self.text(key, value)?;
        match text.value.as_str() {
            // As YAML 1.2 has them.
            "true" | "True" | "TRUE" => Some(Fact { value: true, origin: text.origin }),
            "false" | "False" | "FALSE" => Some(Fact { value: false, origin: text.origin }),
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
            let message =
                Message::new(format!("“{}” is not a status", text.value), format!("choose from {}", names.join(", ")));
            let meant = nearest(&text.value, names);
            let fix = meant.and_then(|meant| self.rewrite(node, meant));
            self.said.push(Diagnostic::new(Code::StatusUnknown, message).at(self.place(node)).fixed_by(fix));
        }
        Some(Fact { value: status?, origin: text.origin })
    }

    fn language(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<PageLanguage>> {
        // A list of one.
        let value = match value {
            Value::List(items) if items.len() == 1 => &items[0],
            one => one,
        };
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        if text.value.eq_ignore_ascii_case("mul") {
            return Some(Fact { value: PageLanguage::None, origin: text.origin });
        }
        match Language::named(&text.value) {
            Ok(language) => Some(Fact { value: PageLanguage::One(language), origin: text.origin }),
            Err(error) => {
                let why = Message::from(error);
                let remedy = format!("{}, or mul for a page of no language", why.remedy.unwrap_or_default());
                self.report(Code::LanguageInvalid, node, Message::new(why.what, remedy));
                None
            }
        }
    }

    /// The text that was reviewed.
    fn reviewed(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<Fingerprint>> {
        let file = self.file;
        self.fingerprint(key, value, |text| match Date::parse(text) {
            Ok(_) => Message::new("`reviewed` says of which text the review was", "the day goes into `reviewed-on`"),
            Err(_) => no_hash("reviewed", text, &format!("--review {file}")),
        })
    }

    /// The hash of a text; `why` says what is wrong with a text that is none.
    fn fingerprint(
        &mut self,
        key: &Node<String>,
        value: &Value,
        why: impl Fn(&str) -> Message,
    ) -> Option<Fact<Fingerprint>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        let fingerprint = Fingerprint::parse(&text.value);
        if fingerprint.is_none() {
            let is_meant = text.value.starts_with(HASH);
            self.report_or_slip(is_meant, Code::FrontMatterValue, node, why(&text.value));
        }
        Some(Fact { value: fingerprint?, origin: text.origin })
    }

    /// A commit's object name, or the fingerprint of a text.
    fn translated_from(&mut self, key: &Node<String>, value: &Value) -> Option<Fact<TranslatedFrom>> {
        let text = self.text(key, value)?;
        let Value::Scalar(node) = value else { return None };
        let digits = &text.value;
        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_commit = (7..=64).contains(&digits.len()) && is_hexadecimal;
        let from = if is_commit {
            Some(TranslatedFrom::Commit(digits.to_ascii_lowercase()))
        } else {
            Fingerprint::parse(digits).map(TranslatedFrom::Text)
        };
        if from.is_none() {
            let message = Message::new(
                format!(
                    "`translated-from`: “{}” is neither a commit of seven digits or more nor the hash of a text",
                    text.value
                ),
                format!("`mdbook-bilingual confirm {}` writes it", self.file),
            );
            let is_meant = is_hexadecimal || digits.starts_with(HASH);
            self.report_or_slip(is_meant, Code::FrontMatterValue, node, message);
        }
        Some(Fact { value: from?, origin: text.origin })
    }

    fn linked(&mut self, text: &Node<String>, post: Result<CrossPost, AddressError>) -> Option<Fact<CrossPost>> {
        match post {
            Ok(post) => Some(Fact::authored(post, self.place(text))),
            Err(error) => {
                self.slip(error.code(), text, error.message());
                None
            }
        }
    }

    /// `[{ title: …, url: … }]`; several addresses may be given, or none.
    fn external(&mut self, key: &Node<String>, value: &Value, found: &mut Vec<Fact<ExternalText>>) {
        let Value::List(items) = value else {
            return self.wrong(key, "this is a list, such as [{ title: …, url: https://… }]");
        };
        for item in items {
            let Value::Table(entries) = item else {
                let why = "an entry is a table, such as { title: …, url: https://… }";
                let message = format!("`{}`: {why}", key.value);
                self.report(Code::FrontMatterValue, begin(item).unwrap_or(key), message);
                continue;
            };
            let Some(title) = entry(entries, "title").and_then(|(key, value)| self.text(key, value)) else {
                self.incomplete(key, item, Message::new("an entry has no title", "write { title: …, url: https://… }"));
                continue;
            };
            let mut urls = Vec::new();
            for text in entry(entries, "url").map(|(key, value)| self.texts(key, value)).unwrap_or_default() {
                // An address is written as its site writes it, but another person's page may be of any kind.
                match linkable(&text.value) {
                    Ok(url) => urls.push(platforms::normalised(url)),
                    Err(error) => self.slip(error.code(), &text, error.message()),
                }
            }
            found.push(Fact { value: ExternalText { title: title.value, urls }, origin: title.origin });
        }
    }

    /// Says so when a key is one letter away from one of ours; any other key is somebody else's.
    fn hint(&mut self, key: &Node<String>, name: &str, value: &Value) {
        let near = match name.to_lowercase().as_str() {
            // One letter from `reviewed`, but it holds a name.
            "reviewer" => Some(&"reviewed-by"),
            lower => KEYS.iter().find(|known| is_slip_of(known, lower)),
        };
        if let Some(near) = near {
            let message = Message::new(format!("`{name}` is not read"), format!("did you mean `{near}`?"));
            // Of two that have one name neither would be read.
            let fix = if self.is_alone(near) && self.fits(key, near, value) { self.rewrite(key, near) } else { None };
            self.said.push(Diagnostic::new(Code::FrontMatterKey, message).at(self.place(key)).fixed_by(fix));
        }
    }

    /// Whether one key alone is, or may be meant to be, this one of ours.
    fn is_alone(&mut self, near: &str) -> bool {
        let keys = &self.keys;
        let meant = self.meant.get_or_insert_with(|| {
            let mut meant = BTreeMap::new();
            for key in keys.iter().map(|key| key.to_lowercase()) {
                KEYS.iter()
                    .filter(|ours| is_slip_of(ours, &key))
                    .for_each(|ours| *meant.entry(*ours).or_default() += 1);
            }
            meant
        });
        meant.get(near) == Some(&1)
    }

    /// Whether a value is one that a key of ours may have: `data` with a table is another tool's, and no slip of `date`.
    fn fits(&mut self, key: &Node<String>, name: &str, value: &Value) -> bool {
        let said = std::mem::take(&mut self.said);
        self.value(&Node { value: name.to_owned(), ..key.clone() }, value, &mut FrontMatter::default());
        let is_fine = self.said.is_empty() && self.slips.is_empty();
        self.said = said;
        self.slips.clear();
        is_fine
    }

    /// Writes another word in the place of one; `None` where it is not written as it is read.
    fn rewrite(&self, node: &Node<String>, word: &str) -> Option<Fix> {
        let mut bytes = self.bytes(&node.bytes);
        match bytes.len().checked_sub(node.value.len())? {
            0 => {}
            // Its quotation marks stay.
            2 => bytes = bytes.start + 1..bytes.end - 1,
            _ => return None,
        }
        Some(Fix::new(format!("write `{word}`"), self.file, bytes, word))
    }
}

/// Says that the value of a key is not the hash of a text, and what writes one.
fn no_hash(key: &str, text: &str, arguments: &str) -> Message {
    Message::new(
        format!("`{key}`: “{text}” is not the hash of a text"),
        format!("`mdbook-bilingual confirm {arguments}` writes it"),
    )
}

/// Whether a name in lower case is at most a letter away from a key.
fn is_slip_of(key: &str, name: &str) -> bool {
    // Most names are as long as none of ours, and the comparison is slow.
    key.len().abs_diff(name.len()) <= 1 && strsim::damerau_levenshtein(key, name) <= 1
}

/// Where a value begins, as far as its parts tell.
fn begin(value: &Value) -> Option<&Node<String>> {
    match value {
        Value::Scalar(node) => Some(node),
        Value::Table(table) => table.first().map(|(key, _)| key),
        Value::List(items) => items.first().and_then(begin),
        Value::Null | Value::Alias => None,
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
            assert_eq!(found.published.unwrap().value, Day::On(Date::parse("2025-08-31").unwrap()));
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
zhihu: [https://www.zhihu.com/people/x, \"javascript:alert(1)\", TODO]
reviewed_by: Lin
language: klingonish language
summary: [a]
tags: [x]
---
",
        );
        assert_eq!(found.title.unwrap().value, "1.10");
        assert_eq!(said.len(), 9, "{said:#?}");
        for start in [
            "note[front-matter-key]: x.md:7:1: `reviewed_by` is not read; did you mean `reviewed-by`?",
            "warning[status-unknown]: x.md:3:9: “done” is not a status; choose from published, draft,",
            "warning[date-invalid]: x.md:4:7: `date`: the calendar has no 2025-02-30;",
            "warning[date-invalid]: x.md:5:10: `updated`: “soon” is not a date;",
            "warning[zhihu-url]: x.md:6:9: “https://www.zhihu.com/people/x” is not a Zhihu article",
            "error[url-forbidden]: x.md:6:41: “javascript:alert(1)” cannot be linked:",
            "warning[language-invalid]: x.md:8:11: “klingonish language” is not a language tag;",
            "warning[url-invalid]: x.md:6:64: “TODO” cannot be linked: it is not a full address;",
            "warning[front-matter-value]: x.md:9:1: `summary`: this is a list, and not one text;",
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
            assert!(said[0].starts_with("warning[front-matter-value]: x.md:2:18: `translated-from`: “"), "{said:?}");
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
            "warning[front-matter-value]: x.md:2:11: `reviewed` says of which text the review was; the day goes into `reviewed-on`",
            "warning[front-matter-value]: x.md:3:12: `review-in`: “soon” is no length of time; write it as",
            "warning[language-invalid]: x.md:4:17: `translation-of`: “klingonish language” is not a language tag;",
            "note[front-matter-key]: x.md:5:1: `reviewer` is not read; did you mean `reviewed-by`?",
        ] {
            assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{said:#?}");
        }
        let (_, said) = read_text("---\nreviewed: yes\n---\n");
        assert!(said[0].contains("`mdbook-bilingual confirm --review x.md` writes it"), "{said:?}");
    }

    /// What a front matter says, in short.
    fn short(found: &FrontMatter) -> String {
        let day = |fact: &Fact<Day>| match fact.value {
            Day::On(date) => date.to_string(),
            Day::Unknown => "unknown".to_owned(),
        };
        let said = [
            found.title.as_ref().map(|fact| fact.value.clone()),
            found.published.as_ref().map(day),
            found.status.as_ref().map(|fact| fact.value.name().to_owned()),
            found.cross_posts.first().map(|fact| fact.value.url.clone()),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_cannot_be_read_takes_nothing_with_it() {
        for (text, read, said) in [
            (
                "---\ntitle: \"open\ndate: 2025-01-02\n---\n",
                "2025-01-02",
                vec![
                    "2:8: `title` is not read: a closing quotation mark is missing for the one that opens here; write \" at the end of the value",
                ],
            ),
            (
                "---\ndate: 2025-01-02\ntitle: \"open\nsummary: \"x\"\nstatus: draft\n---\n",
                "2025-01-02 | draft",
                vec!["3:8: `title` is not read: a closing quotation mark is missing"],
            ),
            (
                "---\ntitle: 'open\nstatus: draft\n---\n",
                "draft",
                vec!["2:8: `title` is not read: a closing quotation mark"],
            ),
            (
                "---\ntags:\n  - \"a\n  - \"b\"\nstatus: draft\n---\n",
                "draft",
                vec!["3:5: `tags` is not read: a closing quotation mark is missing"],
            ),
            (
                "---\ntags: [\"a, b]\nstatus: draft\n---\n",
                "draft",
                vec!["2:8: `tags` is not read: a closing quotation mark"],
            ),
            ("\n\n---\ntitle: \"open\n---\n", "", vec!["4:8: `title` is not read: a closing quotation mark"]),
            ("---\ntitle: a\n  b: c\nstatus: draft\n---\n", "draft", vec!["3:4: `title` is not read: "]),
            ("---\ntitle: [a\ndate: 2025-01-02\n---\n", "2025-01-02", vec!["2:8: `title` is not read: "]),
            (
                "---\n  title: a\ndate: 2025-01-02\n---\n",
                "a | 2025-01-02",
                vec!["2:3: `title` begins further right than other keys; begin all keys in the first column"],
            ),
            (
                "---\n# c\n  title: a\n  status: draft\ndate: 2025-01-02\n---\n",
                "a | 2025-01-02 | draft",
                vec!["3:3: `title` begins further right than other keys"],
            ),
            (
                "---\ntitle: \"a\"\n  date: 2025-01-02\n    tags: x\nstatus: draft\n---\n",
                "a | 2025-01-02 | draft",
                vec!["3:3: `date` begins further right than other keys"],
            ),
            (
                "---\n    title: a\n  date: 2025-01-02\n  status: @x\n---\n",
                "a | 2025-01-02",
                vec!["2:5: `title` begins further right than other keys", "4:11: `status` is not read: "],
            ),
            ("---\n\ttitle: a\ndate: 2025-01-02\n---\n", "a | 2025-01-02", vec!["2:2: `title` begins further right"]),
            ("---\nseo:\n  title: a\n  date: [x\nstatus: draft\n---\n", "draft", vec!["4:9: `seo` is not read: "]),
            ("---\nsummary: |\n  title: a\nstatus: draft\nx: @y\n---\n", "draft", vec!["5:4: `x` is not read: "]),
            (
                "---\ntitle: a\ntitle: b\nstatus: draft\n---\n",
                "draft",
                vec![
                    "3:1: the key `title` is there twice, here and in line 2, so neither is read; remove one of the two",
                ],
            ),
            ("---\ntags: a\ntags: b\nstatus: draft\nstatus: draft\n---\n", "draft", vec![]),
            (
                "---\ntitle: a\ndate: 2025-01-02\n\n# Text\n",
                "a | 2025-01-02",
                vec![
                    "1:1: the front matter never ends, and is taken to end with line 3; put a line of --- behind that",
                ],
            ),
            (
                "---\ntitle: a\nText at once\n",
                "a",
                vec!["1:1: the front matter never ends, and is taken to end with line 2;"],
            ),
            ("---\ntitle: a", "a", vec!["1:1: the front matter never ends, and is taken to end with line 2;"]),
            (
                "---\ntitle：中文\nstatus: draft\n---\n",
                "draft",
                vec!["2:1: the colon behind `title` is a full-width one; write `title: …`"],
            ),
            (
                "---\nstatus: draft\ntitle：中文\n---\n",
                "draft",
                vec!["3:1: the colon behind `title` is a full-width one"],
            ),
            (
                "---\nstatus:draft\ntitle: a\n---\n",
                "a",
                vec!["2:1: `status` is not read: a space is missing behind its colon; write `status: …`"],
            ),
            (
                "---\ntitle:无空格\ndate:2024-01-02\ntags:x\nstatus: draft\n---\n",
                "draft",
                vec![
                    "2:1: `title` is not read: a space is missing behind its colon; write `title: …`",
                    "3:1: `date` is not read: a space is missing behind its colon; write `date: …`",
                    "4:1: `tags` is not read: a space is missing behind its colon; write `tags: …`",
                ],
            ),
            (
                "---\ntitle:Part 1: the beginning\nstatus: draft\n---\n",
                "draft",
                vec!["2:1: `title` is not read: a space is missing behind its colon; write `title: …`"],
            ),
            (
                "---\ntitle: a\n作者：张三\nstatus: draft\n---\n",
                "a | draft",
                vec!["3:1: the colon behind `作者` is a full-width one; write `作者: …`"],
            ),
            ("---\nsummary: |\n  title：x\n  date:x\nstatus: draft\n---\n", "draft", vec![]),
            ("---\ntitle: Jekyll: the post\nstatus: draft\n---\n", "draft", vec!["2:14: `title` is not read: "]),
            ("---\ntitle: \"A\" and B\nstatus: draft\n---\n", "draft", vec!["2:"]),
            ("---\ntitle: @home\nstatus: draft\n---\n", "draft", vec!["2:8: `title` is not read: "]),
            (
                "---\ntitle: *重要*的笔记\nsummary: 注意: 冒号\nstatus: draft\n---\n",
                "draft",
                vec![
                    "2:8: `title` is not read: * stands for another value in YAML, and here is none of that name; put the whole value into quotation marks, or write out what it stands for",
                    "3:12: `summary` is not read: ",
                ],
            ),
            (
                "---\ntitle: *重要*的笔记\ny: @z\nstatus: draft\n---\n",
                "draft",
                vec!["2:8: `title` is not read: ", "3:4: `y` is not read: "],
            ),
            ("---\nstatus: draft\nx: *y*\n---\n", "draft", vec!["3:4: `x` is not read: "]),
            (
                "---\na: @a\nb: @b\nc: @c\ntitle: @d\ndate: *e\nd: @d\nstatus: draft\n---\n",
                "draft",
                vec![
                    "2:4: `a` is not read: ",
                    "3:4: `b` is not read: ",
                    "4:4: `c` is not read: ",
                    "5:8: `title` is not read: ",
                    "6:7: `date` is not read: ",
                    "7:4: `d` is not read either; put right what is said of the others",
                ],
            ),
            (
                "---\ntitle: a\nno key at all\nstatus: draft\n---\n",
                "a | draft",
                vec![
                    "3:1: this is not read: it is not a table of `key: value` lines; write a line as `key: value`, with a space behind the colon",
                ],
            ),
            (
                "---\ntitle: a\nhttps://example.org\nstatus: draft\n---\n",
                "a | draft",
                vec!["3:1: this is not read: it"],
            ),
            (
                "---\n标题：我的笔记\ndate: 2025-01-02\n---\n",
                "2025-01-02",
                vec!["2:1: the colon behind `标题` is a full-width one; write `标题: …`"],
            ),
            (
                "---\n作者:张三\ntitle: a\n---\n",
                "a",
                vec!["2:1: `作者` is not read: a space is missing behind its colon; write `作者: …`"],
            ),
            (
                "---\n<!-- c -->\ntitle: a\n---\n",
                "a",
                vec!["2:1: this is not read: a comment begins with # here; write it so, or take it out"],
            ),
            ("---\n%c\ntitle: a\n// d\n---\n", "a", vec!["2:1: this is not read: a c", "4:1: this is not read: a c"]),
            (
                "---\n{{ x }}\ntitle: a\n---\n",
                "a",
                vec!["2:1: this is not read: it is not a table of `key: value` lines; write a line as `key: value`"],
            ),
            ("---\n- x\ntitle: a\n---\n", "a", vec!["2:1: this is not read: it is not a table"]),
            ("+++\nstray\ntitle = \"a\"\n+++\n", "a", vec!["2:6: this is not read: "]),
            ("+++\ntitle: a\ndate: 2025-01-02\n+++\n", "a | 2025-01-02", vec![]),
            ("---\ntitle = \"a: b\"\ndate = 2025-01-02\n---\n", "a: b | 2025-01-02", vec![]),
            (
                "---\ntitle = \"a\"\ndate: 2025-01-02\n---\n",
                "2025-01-02",
                vec!["2:1: `title` is not read: in YAML, a colon stands behind a key; write `title: …`"],
            ),
            (
                "+++\ntitle: a\ndate = 2025-01-02\n+++\n",
                "2025-01-02",
                vec!["2:1: `title` is not read: in TOML, = stands behind a key; write `title = …`"],
            ),
            (
                "+++\ntitle: a\ndate: 2025-01-02\n\nText\n",
                "a | 2025-01-02",
                vec![
                    "1:1: the front matter never ends, and is taken to end with line 3; put a line of +++ behind that",
                ],
            ),
            ("---yaml\ntitle: a\n---\n", "a", vec![]),
            ("---toml\ntitle = \"a\"\n---\n", "a", vec![]),
            ("---json\n{ \"x\": 1,\n\"title\": \"a\" }\n---\n", "a", vec![]),
            ("--- # comment\ntitle: a\nstatus: @b\n---\n", "a", vec!["3:9: `status` is not read: "]),
            ("title: a\ndate: 2025-01-02\n---\n", "a | 2025-01-02", vec![]),
            ("title: a\nstatus: @b\n---\n", "a", vec!["2:9: `status` is not read: "]),
            ("---\ndate: -\ntitle: a\n---\n", "a | unknown", vec![]),
            ("---\ntitle: a\ndate: ?\n---\n", "a | unknown", vec![]),
            ("+++\ntitle = \nstatus = \"draft\"\n+++\n", "draft", vec!["2:9: `title` is not read: "]),
            (
                "+++\ntitle = \"open\nstatus = \"draft\"\n+++\n",
                "draft",
                vec!["2:9: `title` is not read: a closing quotation mark is missing"],
            ),
            (
                "+++\ntitle = \"a\"\ndate = 2025/13/01\n[extra]\nb = \n+++\n",
                "a",
                vec!["3:8: `date` is not read: ", "5:5: "],
            ),
            (
                "+++\nx = y\ntitle = \"\"\"a\ndate = b\"\"\"\"\n\ndate = 2025-01-02\n+++\n",
                "a date = b\" | 2025-01-02",
                vec!["2:5: `x` is not read: "],
            ),
            ("+++\nx = y\ntitle = '''a\\\n'''\n+++\n", "a\\", vec!["2:5: `x` is not read: "]),
            (
                "+++\ndate = 2025-01-02\ntitle = \"\"\"a\nstatus = \"draft\"\n+++\n",
                "2025-01-02",
                vec![
                    "3:9: `title` is not read, and neither is what follows: the \"\"\" at the end of its value is missing",
                ],
            ),
            (
                "+++\na = x\nb = x\nc = x\nd = x\ne = x\ntitle = \"t\"\n+++\n",
                "t",
                vec!["2:5: `a` is", "3:5: `b` is", "4:5: `c` is", "5:5: `d`, `e` are not read either; put right what"],
            ),
            (
                "+++\ntitle = \"a\"\ntitle = \"b\"\n+++\n",
                "",
                vec!["3:1: the key `title` is there twice, here and in line 2"],
            ),
            ("+++\nsummary = \"\"\"\na\"\"\"\nx = y\ntitle = \"a\"\n+++\n", "a", vec!["4:5: `x` is not read: "]),
            (
                "---\ntitle: a\nx: *y*\n\n# Text\n",
                "a",
                vec!["1:1: the front matter never ends", "3:4: `x` is not read: "],
            ),
            (
                "+++\ntitle = \"x\"\n\ntext\n",
                "x",
                vec![
                    "1:1: the front matter never ends, and is taken to end with line 2; put a line of +++ behind that",
                ],
            ),
            (
                "{\"title\": \"a\"\n\ntext\n",
                "",
                vec!["1:1: the front matter never ends, and is taken to end with line 1;"],
            ),
            (
                "\n\n{\"title\": \"a\",\n\ntext\n",
                "",
                vec!["3:1: the front matter never ends, and is taken to end with line 3;"],
            ),
            ("{\n  \"title\": \"a\",\n  \"date\": \"2025/1/2\"\n}\n", "a | 2025-01-02", vec![]),
            ("{\n  \"title\": \"a\"\n  \"status\": \"draft\"\n}\n", "", vec!["3:3: this is not read: "]),
        ] {
            let (found, told) = read_text(text);
            assert_eq!(short(&found), read, "{text}\n{told:#?}");
            assert_eq!(told.len(), said.len(), "{text}\n{told:#?}");
            for (told, start) in told.iter().zip(said) {
                let start = format!("warning[front-matter-syntax]: x.md:{start}");
                assert!(told.starts_with(&start), "{text}\n{told}\n{start}");
            }
        }
        // As many as these are not told apart.
        let text = format!("---\nstatus: draft\n{}---\n", "a: b: c\n".repeat(500));
        let (found, told) = read_text(&text);
        assert_eq!((short(&found).as_str(), told.len()), ("draft", 4), "{told:#?}");
        let more = "warning[front-matter-syntax]: x.md:6:5: `a` and 496 more are not read either; ";
        assert!(told[3].starts_with(more), "{told:#?}");
    }

    #[test]
    fn front_matter_of_other_tools() {
        for (text, read, said) in [
            // Hugo
            (
                "---\ntitle: \"Post\"\ndate: 2024-01-02T08:05:00+08:00\nlastmod: 2024-02-03\ndraft: false\ntags: [\"a\", \"b\"]\ncategories: []\nmenu:\n  main:\n    weight: 1\n---\n",
                "Post | 2024-01-02",
                vec![],
            ),
            (
                "+++\ntitle = 'Post'\ndate = 2024-01-02T08:05:00+08:00\ndraft = true\n[params]\n  author = 'L'\n+++\n",
                "Post | 2024-01-02",
                vec![],
            ),
            (
                "{\n   \"title\": \"Post\",\n   \"date\": \"2024-01-02T08:05:00Z\",\n   \"draft\": true\n}\n",
                "Post | 2024-01-02",
                vec![],
            ),
            ("---\ntitle: Post\ndate: 0001-01-01T00:00:00Z\nupdated: 0001-01-01\n---\n", "Post", vec![]),
            ("+++\ntitle = 'Post'\ndate = 0001-01-01T00:00:00Z\n+++\n", "Post", vec![]),
            // Zola
            (
                "+++\ntitle = \"Post\"\ndate = 2024-01-02\n[taxonomies]\ntags = [\"a\"]\n[extra]\ntoc = true\n+++\n",
                "Post | 2024-01-02",
                vec![],
            ),
            // Jekyll
            (
                "---\nlayout: post\ntitle:  \"Welcome to Jekyll!\"\ndate:   2024-01-02 08:05:00 -0600\ncategories: jekyll update\npermalink: /:year/:title/\n---\n",
                "Welcome to Jekyll! | 2024-01-02",
                vec![],
            ),
            // Hexo
            (
                "---\ntitle: 博客\ndate: 2024/1/2 8:05:00\nupdated: 2024-02-03 08:00:00\ntags:\n  - Hexo\ncategories:\n- [环境, 配置]\nmathjax: true            # 公式\ntop_img: # https://x\nreferences:\n  - title: # 官网\n    url: # https://hexo.io\n---\n",
                "博客 | 2024-01-02",
                vec![],
            ),
            (
                "---\ntitle: {{ title }}\ndate: {{ date }}\ntags:\n---\n",
                "",
                vec!["warning[front-matter-value]", "warning[date-invalid]"],
            ),
            // Docusaurus
            (
                "---\nid: intro\nsidebar_position: 1\nslug: /\ntitle: 'It''s here'\nhide_table_of_contents: false\nkeywords: [a, b]\nlast_update:\n  date: 1/2/2024\n  author: L\n---\n",
                "It's here",
                vec![],
            ),
            // VuePress, VitePress
            (
                "---\nlang: zh-CN\ntitle: 指南\nprev: false\nhead:\n  - [meta, { name: a, content: b }]\noutline: [2, 3]\n---\n",
                "指南",
                vec![],
            ),
            // Material for MkDocs
            (
                "---\ndate:\n  created: 2024-01-02\n  updated: 2024-02-03\nauthors: [squid]\ncategories:\n  - A\nhide:\n  - toc\nstatus: new\n---\n",
                "",
                vec!["warning[date-invalid]", "warning[status-unknown]"],
            ),
            // Obsidian
            (
                "---\naliases: \ntags:\n  - a/b\ncreated: 2024-01-02T08:05\ncssclasses: []\nlink: \"[[Note]]\"\nrating: 5\ndone: true\n---\n",
                "",
                vec![],
            ),
            (
                "---\ndate: <% tp.date.now(\"YYYY-MM-DD\") %>\ntitle: <% tp.file.title %>\n---\n",
                "<% tp.file.title %>",
                vec!["warning[date-invalid]"],
            ),
            // Quarto, R Markdown
            (
                "---\ntitle: Post\nauthor: L\ndate: \"January 2, 2024\"\noutput:\n  html_document:\n    toc: yes\nbibliography: refs.bib\n---\n",
                "Post | 2024-01-02",
                vec![],
            ),
            ("---\ntitle: Post\ndate: \"`r Sys.Date()`\"\n---\n", "Post", vec!["warning[date-invalid]"]),
            // Marp
            (
                "---\nmarp: true\ntheme: gaia\npaginate: true\nstyle: |\n  section {\n    color: red;\n  }\n\n  h1 { color: blue; }\n---\n",
                "",
                vec![],
            ),
            // Hugging Face
            (
                "---\nlicense: apache-2.0\nlanguage:\n- zh\n- en\npipeline_tag: text-generation\nlibrary_name: transformers\n---\n",
                "",
                vec!["warning[front-matter-value]"],
            ),
            ("---\nlanguage: [zh]\ntitle: a\n---\n", "a", vec![]),
            // Ghost, Notion, dev.to
            (
                "---\ntitle: Post\npublished: true\ndescription: a\ncover_image: https://e.org/a.png\n# Use a ratio of 100:42\n---\n",
                "Post",
                vec![],
            ),
            (
                "---\ntitle: Post\ndate: 2024-01-02 08:05:00 UTC\nurl: https://e.org\ncanonical_url: null\n---\n",
                "Post | 2024-01-02",
                vec![],
            ),
            // Zhihu, where it cannot be known
            (
                "---\ntitle: a\nzhihu: https://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/1\n---\n",
                "a | https://zhuanlan.zhihu.com/p/1",
                vec![],
            ),
            ("---\ntitle: a\nzhihu: 待发布\n---\n", "a", vec!["warning[url-invalid]"]),
            ("---\ntitle: a\nzhihu: https://www.zhihu.com/people/x\n---\n", "a", vec!["warning[zhihu-url]"]),
            ("---\ntitle: a\nzhihu: \"javascript:alert(1)\"\n---\n", "a", vec!["error[url-forbidden]"]),
            // Tags and anchors
            ("---\ntitle: &t Post\nalso: *t\ndate: !!timestamp 2024-01-02\n---\n", "Post | 2024-01-02", vec![]),
        ] {
            let (found, told) = read_text(text);
            assert_eq!(short(&found), read, "{text}\n{told:#?}");
            assert_eq!(told.len(), said.len(), "{text}\n{told:#?}");
            for start in said {
                assert!(told.iter().any(|told| told.starts_with(start)), "{text}\n{told:#?}");
            }
        }
    }

    #[test]
    fn what_hides_a_value_is_named() {
        for (text, title, said) in [
            (
                "---\ntitle:\u{a0}A\nstatus: draft\n---\n",
                "draft",
                vec![
                    "front-matter-syntax]: x.md:2:1: `title` is not read: the space behind its colon is a no-break one, U+00A0,",
                ],
            ),
            (
                "---\ntitle:\u{3000}A\n---\n",
                "",
                vec![
                    "front-matter-syntax]: x.md:2:1: `title` is not read: the space behind its colon is a full-width one, U+3000,",
                ],
            ),
            (
                "+++\ntitle =\u{a0}\"A\"\n+++\n",
                "",
                vec!["front-matter-syntax]: x.md:2:8: `title` is not read: the space here is a no-break one,"],
            ),
            (
                "---\nd: &d\n  status: draft\n  title: A\n  x: y\n<<: *d\ntitle: B\n---\n",
                "B",
                vec!["front-matter-value]: x.md:6:1: `<<`: what it would merge is not read here; write `status` out"],
            ),
            ("---\nd: &d\n  layout: x\n<<: *d\n---\n", "", vec![]),
            (
                "---\ncross-posts:\n  - platform: juejin\n  - { platform: csdn }\n  - https://e.org/a\n---\n",
                "https://e.org/a",
                vec![
                    "front-matter-value]: x.md:3:5: `cross-posts`: an entry has no url",
                    "front-matter-value]: x.md:4:7: `cross-posts`: an entry has no url",
                ],
            ),
            (
                "---\nexternal:\n  - { url: https://e.org/a }\n  - text\n---\n",
                "",
                vec![
                    "front-matter-value]: x.md:3:7: `external`: an entry has no title",
                    "front-matter-value]: x.md:4:5: `external`: an entry is a table",
                ],
            ),
            ("\"title\": \"A\",\n\"date\": \"2024-02-30\"\n;;;\n", "A", vec!["date-invalid]: x.md:2:9: `date`"]),
            (";;;\n\"title\": \"A\",\n\"status\": \"draft\"\n;;;\n", "A | draft", vec![]),
            ("\"title\": \"A\"\n\"date\": \"2024-01-02\"\n;;;\n", "", vec!["front-matter-syntax]: x.md:2:1: "]),
        ] {
            let (found, told) = read_text(text);
            assert_eq!(short(&found), title, "{text}\n{told:#?}");
            assert_eq!(told.len(), said.len(), "{text}\n{told:#?}");
            for (told, said) in told.iter().zip(said) {
                assert!(told.starts_with(&format!("warning[{said}")), "{text}\n{told}\n{said}");
            }
        }
        for (flag, wanted) in [("True", true), ("TRUE", true), ("False", false), ("FALSE", false)] {
            let (found, said) = read_text(&format!("---\nlearning-path: {flag}\n---\n"));
            assert_eq!((found.learning_path.map(|fact| fact.value), said), (Some(wanted), Vec::new()));
        }
    }

    #[test]
    fn a_day_of_toml_that_no_calendar_has() {
        for (day, column) in [
            ("date = 2024-02-30", 8),
            ("updated =  2024-13-40 # c\n# d\n", 12),
            ("\"date\" = 2024-06-31T08:00:00Z", 10),
        ] {
            let (found, said) = read_text(&format!("+++\n{day}\ntitle = \"\"\"a\nb\"\"\"\n+++\n"));
            assert_eq!(short(&found), "a b");
            assert_eq!(said.len(), 1, "{said:#?}");
            let start = format!("warning[date-invalid]: x.md:2:{column}: `");
            assert!(said[0].starts_with(&start) && said[0].contains("the calendar has no 2024-"), "{said:#?}");
        }
        // Days of other tools are theirs.
        let (_, said) = read_text("+++\nexpiryDate = 2024-02-30\ntitle = \"a\"\n+++\n");
        assert!(said[0].starts_with("warning[front-matter-syntax]: x.md:2:"), "{said:#?}");
    }

    #[test]
    fn a_table_is_no_day() {
        let (_, said) = read_text("---\ndate:\n  created: 2024-01-02\n---\n");
        assert_eq!(
            said,
            [
                "warning[date-invalid]: x.md:2:1: `date` is a table here, and not a day; leave it if another tool wants it so, and put ours into a table `bilingual:`, as in `bilingual: { date: 2025-08-31 }`"
            ]
        );
    }

    /// What is said of notes that give a key these values; the file of each is called by its number.
    fn told(key: &str, values: &[&str]) -> Vec<String> {
        let (mut usage, mut diagnostics) = (Usage::default(), Diagnostics::default());
        for (at, value) in values.iter().enumerate() {
            let text = format!("---\n{key}: {value}\n---\n");
            let block = find(&text).unwrap();
            let _ = read_in(block, &format!("{at}.md"), &Wording::default(), &mut usage, &mut diagnostics);
        }
        usage.settle(&mut diagnostics);
        let mut said: Vec<&Diagnostic> = diagnostics.sorted();
        said.sort_by_key(|said| said.place().map(|place| place.file.clone()));
        said.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_a_whole_book_says_is_told_once() {
        assert_eq!(
            told("status", &["Final", "Final", "Live", "Final", "draft"]),
            [
                "warning[status-unknown]: 0.md:2:9: 4 notes have values of `status` that are not ours, this one and 1.md, 2.md, 3.md: “Final” is not a status; if the key is another tool's, leave it, and put ours into a table `bilingual:` where a note needs it"
            ]
        );
        assert_eq!(told("status", &["Final", "Final"]).len(), 2);
        assert_eq!(told("status", &["Final", "Final", "Final", "draft", "draft", "draft"]).len(), 3);
        assert_eq!(told("status", &["draft"; 5]), Vec::<String>::new());
        let many = told("status", &["Final"; 13]);
        assert!(many[0].contains("13 notes have") && many[0].contains(", 9.md, 10.md and 2 more: “"), "{many:?}");
    }

    #[test]
    fn a_slip_is_told_where_it_is() {
        for (key, values) in [
            ("date", ["2024-02-30", "03/04/2025", "2024-13-01"]),
            ("date", ["2025-12", "12/19/25", "13/13/2025"]),
            ("updated", ["12月19日", "2025-00-00 08:00", "31 June 2025"]),
            ("zhihu", ["https://www.zhihu.com/people/x", "zhuanlan.zhihu.com/p/1", "https://example.org/"]),
            ("cross-posts", ["[{ platform: juejin }]", "[TODO]", "https://juejin.cn/post/1"]),
            ("external", ["[{ url: https://example.org/ }]", "[{ title: a, url: TODO }]", "[{}]"]),
            ("reviewed", ["sha256:12", "sha256:xyz", "sha256:"]),
            ("translated-from", ["abcdef", "sha256:12", "12"]),
            ("review-in", ["6 monhts", "90", "1 aeon"]),
        ] {
            let told = told(key, &values);
            assert_eq!(told.len(), 3, "{told:#?}");
            for (at, told) in told.iter().enumerate() {
                assert!(told.contains(&format!("]: {at}.md:2:")), "{told}");
            }
        }
        // What is of another kind is the other tool's, whatever slips there are beside it.
        let told = told("date", &["{ a: 1 }", "2024-02-30", "<% now %>", "[2025]"]);
        let starts: Vec<&str> = told.iter().map(|told| told.split(": ").nth(2).unwrap()).collect();
        assert_eq!(starts, ["3 notes have values of `date` that are not ours, this one and 2.md, 3.md", "`date`"]);
    }

    /// Where this took a time that grows faster than the text, it would be over tomorrow.
    #[test]
    fn many_keys_are_read_in_one_go() {
        let keys = |line: &dyn Fn(usize) -> String| (0..10_000).map(line).collect::<String>();
        for text in [
            format!("---\n{}---\n", keys(&|at| format!("key{at}: value\n"))),
            format!("---\ntitle: \"open\n{}---\n", keys(&|at| format!("key{at}: value\n"))),
            format!("---\ntitle: \"open\n\n{}tags: x\n---\n", keys(&|_| "# c\n\n".repeat(20))),
            format!("---\n{}title: a\ndate: 2025-01-02\n---\n", keys(&|_| "// c\n\n".to_owned())),
            format!("---\ntitle: a\n{}", keys(&|_| "  date: 2025-01-02\n".to_owned()) + "---\n"),
            format!(
                "---\n{}---\n",
                keys(&|at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1)).replacen("*a0, *a0", "x", 1)
            ),
            format!("---\n{}---\n", keys(&|_| "date: 2025\n".to_owned())),
            format!("---\nbilingual:\n{}---\n", keys(&|at| format!("  key{at}: value\n"))),
            format!("+++\n{}+++\n", keys(&|at| format!("key{at} = \"值\"\n"))),
            format!("+++\nbroken = \n{}+++\n", keys(&|at| format!("key{at} = \"值\"\n"))),
            format!("+++\nkeys = {{{}x = 1}}\n+++\n", keys(&|at| format!("key{at} = \"值\", "))),
            format!("+++\n{}+++\n", keys(&|at| format!("[key{at}]\na = 1\n"))),
            format!("{{\"title\": \"a\"{}}}\n", keys(&|at| format!(", \"key{at}\": \"值\""))),
        ] {
            let (_, said) = read_text(&text);
            assert!(said.len() <= 5, "{:?}", &said[..5]);
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
        for deep in [
            "a.".repeat(50_000) + "a = 1",
            format!("[{}a]", "a.".repeat(50_000)),
            format!("a = {}", "[".repeat(50_000)),
        ] {
            let (_, said) = read_text(&format!("+++\ntitle = \"a\"\n{deep}\n+++\n"));
            assert_eq!(said.len(), 1, "{said:?}");
        }
        let bomb = "---\na: &a [x]\nb: &b [*a, *a]\ntitle: *b\n---\n";
        let (_, said) = read_text(bomb);
        assert_eq!(said.len(), 1, "{said:?}");
        let deep = format!("---\na: {}\n---\n", "[".repeat(5000));
        let (_, said) = read_text(&deep);
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
