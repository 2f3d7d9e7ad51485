//! What front matter says of copies elsewhere: where they are, and which text they have.
//!
//! ```text
//! zhihu: https://zhuanlan.zhihu.com/p/1                        a copy, of nobody knows which text
//! zhihu: { url: https://…, text: "sha256:…", on: 2025-12-02 }  a copy of this text, posted on this day
//! cross-posts:
//!   - https://juejin.cn/post/7                                 the same for any site
//!   - { platform: juejin, url: https://…, text: "sha256:…", on: 2025-12-02 }
//! ```

use super::value::{Entries, Node, Value};
use super::{FrontMatterReader, entry, is_slip_of, no_hash};
use crate::diagnostic::{Code, Diagnostic, Message};
use crate::notebook::{FrontMatter, Posted};
use crate::platforms::{AddressFault, CrossPost, Site, ZHIHU};
use crate::values::{Day, Fact};

/// The keys of a copy.
const OF_A_COPY: &[&str] = &["platform", "url", "text", "on"];

impl FrontMatterReader<'_> {
    /// An address on Zhihu, a table with one, or a list of these.
    pub(super) fn zhihu(&mut self, key: &Node<String>, value: &Value, found: &mut FrontMatter) {
        let items = match value {
            Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            match item {
                Value::Scalar(text) => match CrossPost::on(&ZHIHU, &text.value) {
                    // `true` and `TODO` are no addresses, not even wrong ones.
                    Err(error) if error.fault == AddressFault::Relative && !text.value.contains(['.', '/', ':']) => {
                        self.report(error.code(), text, error.message());
                    }
                    post => found.cross_posts.extend(self.linked(text, post)),
                },
                Value::Null => {}
                Value::Table(entries) if entry(entries, "url").is_some() => {
                    self.copy(key, item, entries, Some(&ZHIHU), found);
                }
                _ => {
                    self.wrong(key, "this has to be an address, a table such as { url: https://… }, or a list of these")
                }
            }
        }
    }

    /// `[{ platform: juejin, url: … }]`, or plain addresses.
    pub(super) fn cross_posts(&mut self, key: &Node<String>, value: &Value, found: &mut FrontMatter) {
        let Value::List(items) = value else {
            return self.wrong(key, "this is a list, such as [{ platform: juejin, url: https://… }]");
        };
        for item in items {
            match item {
                Value::Scalar(url) => {
                    let post = CrossPost::new(None, &url.value);
                    found.cross_posts.extend(self.linked(url, post));
                }
                Value::Table(entries) => self.copy(key, item, entries, None, found),
                _ => self.without_address(key, item),
            }
        }
    }

    /// A copy that is a table, on a site or on the platform that it names.
    fn copy(
        &mut self,
        key: &Node<String>,
        item: &Value,
        entries: &Entries,
        site: Option<&'static Site>,
        found: &mut FrontMatter,
    ) {
        let platform = entry(entries, "platform").and_then(|(key, value)| self.text(key, value));
        let url = entry(entries, "url").and_then(|(key, value)| self.texts(key, value).into_iter().next());
        let Some(url) = url else { return self.without_address(key, item) };
        let post = match site {
            Some(site) => CrossPost::on(site, &url.value),
            None => CrossPost::new(platform.as_ref().map(|fact| fact.value.as_str()), &url.value),
        };
        let id = post.as_ref().map_or_else(|_| "zhihu".to_owned(), |post| post.platform.id().to_owned());
        let posted = self.posted(entries, &id);
        let Some(post) = self.linked(&url, post) else { return };
        if posted != Posted::default() {
            found.posted.entry(post.value.url.clone()).or_insert(posted);
        }
        found.cross_posts.push(post);
    }

    /// What was confirmed of a copy on a platform.
    fn posted(&mut self, entries: &Entries, platform: &str) -> Posted {
        let mut posted = Posted::default();
        let file = self.file;
        for (key, value) in entries {
            match key.value.as_str() {
                "text" => {
                    let why = |text: &str| no_hash("text", text, &format!("--copy {platform} {file}"));
                    posted.text = self.fingerprint(key, value, why);
                }
                "on" => {
                    posted.on = self.day(key, value).and_then(|fact| match fact.value {
                        Day::On(date) => Some(Fact { value: date, origin: fact.origin }),
                        Day::Unknown => None,
                    });
                }
                _ => self.hint_of_a_copy(key, entries),
            }
        }
        posted
    }

    fn without_address(&mut self, key: &Node<String>, item: &Value) {
        let message = Message::new("an entry has no url", "write { platform: juejin, url: https://… }");
        self.incomplete(key, item, message);
    }

    /// Says so when a key of a copy is one letter away from one of ours, or is what the day is called elsewhere.
    fn hint_of_a_copy(&mut self, key: &Node<String>, entries: &Entries) {
        let name = key.value.to_lowercase();
        // Of two letters, one is too many to be wrong.
        let is_slip = |known: &&&str| **known == name || known.len() > 2 && is_slip_of(known, &name);
        let near = match name.as_str() {
            "date" | "day" | "posted" => Some(&"on"),
            _ => OF_A_COPY.iter().find(is_slip),
        };
        let Some(near) = near.filter(|near| **near != key.value) else { return };
        let is_free = entry(entries, near).is_none();
        let fix = if is_free { self.rewrite(key, near) } else { None };
        let message = Message::new(format!("`{}` is not read", key.value), format!("did you mean `{near}`?"));
        self.said.push(Diagnostic::new(Code::FrontMatterKey, message).at(self.place(key)).fixed_by(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{find, read};
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::text::Wording;

    fn read_text(text: &str) -> (FrontMatter, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let found = read(find(text).expect("front matter"), "x.md", &Wording::default(), &mut diagnostics);
        (found, diagnostics.sorted().iter().map(ToString::to_string).collect())
    }

    /// What a text says of its copies, in short.
    fn copies(text: &str) -> Vec<String> {
        let (found, said) = read_text(text);
        assert_eq!(said, Vec::<String>::new(), "{text}");
        let told = |post: &Fact<CrossPost>| {
            let posted = found.posted.get(&post.value.url).cloned().unwrap_or_default();
            let text = posted.text.map(|fact| format!(" {}", fact.value)).unwrap_or_default();
            let on = posted.on.map(|fact| format!(" {}", fact.value)).unwrap_or_default();
            format!("{} {}{text}{on}", post.value.platform.id(), post.value.url)
        };
        found.cross_posts.iter().map(told).collect()
    }

    #[test]
    fn which_text_a_copy_has() {
        const ZHIHU: &str = "zhihu https://zhuanlan.zhihu.com/p/1 sha256:ee2b7d33904c23ba 2026-11-29";
        const JUEJIN: &str = "juejin https://juejin.cn/post/7 sha256:ee2b7d33904c23ba 2026-11-29";
        let rest = "text: \"sha256:ee2b7d33904c23ba\", on: 2026-11-29";
        for (text, all) in [
            (format!("---\nzhihu: {{ url: https://www.zhihu.com/p/1, {rest} }}\n---\n"), &[ZHIHU][..]),
            (
                format!("---\nzhihu: [https://www.zhihu.com/p/2, {{ url: https://zhihu.com/p/1, {rest} }}]\n---\n"),
                &["zhihu https://zhuanlan.zhihu.com/p/2", ZHIHU],
            ),
            (
                format!("---\ncross-posts:\n  - {{ platform: juejin, url: https://juejin.cn/post/7, {rest} }}\n---\n"),
                &[JUEJIN],
            ),
            (
                "---\ncross-posts:\n  - url: https://juejin.cn/post/7\n    text: sha256:EE2B7D33904C23BA\n    \
                 on: 2026-11-29\n---\n"
                    .to_owned(),
                &[JUEJIN],
            ),
            (
                "+++\nzhihu = { url = \"https://zhihu.com/p/1\", text = \"sha256:ee2b7d33904c23ba\", on = 2026-11-29 }\n\
                 [[cross-posts]]\nurl = \"https://juejin.cn/post/7\"\ntext = \"sha256:ee2b7d33904c23ba\"\n\
                 on = 2026-11-29\n+++\n"
                    .to_owned(),
                &[ZHIHU, JUEJIN],
            ),
            // Of one copy that is named twice, the first word counts.
            (
                format!(
                    "---\nzhihu: https://zhihu.com/p/1\ncross-posts:\n- {{ url: https://zhihu.com/p/1, {rest} }}\n---\n"
                ),
                &[ZHIHU],
            ),
            (
                "---\nzhihu: { url: https://zhihu.com/p/1, on: 2026-11-29, note: mine }\n---\n".to_owned(),
                &["zhihu https://zhuanlan.zhihu.com/p/1 2026-11-29"],
            ),
        ] {
            assert_eq!(copies(&text), all, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_it() {
        for (copy, said) in [
            (
                "text: yes",
                "warning[front-matter-value]: x.md:2:48: `text`: “yes” is not the hash of a text; `mdbook-bilingual \
                 confirm --copy zhihu x.md` writes it",
            ),
            ("text: sha256:12", "warning[front-matter-value]: x.md:2:48: `text`: “sha256:12” is not the hash of"),
            ("text: [a]", "warning[front-matter-value]: x.md:2:42: `text`: this is a list, and not one text;"),
            ("on: soon", "warning[date-invalid]: x.md:2:46: `on`: “soon” is not a date;"),
            ("texts: sha256:1", "note[front-matter-key]: x.md:2:42: `texts` is not read; did you mean `text`?"),
            ("On: 2026-11-29", "note[front-matter-key]: x.md:2:42: `On` is not read; did you mean `on`?"),
            ("date: 2026-11-29", "note[front-matter-key]: x.md:2:42: `date` is not read; did you mean `on`?"),
        ] {
            let (found, all) = read_text(&format!("---\nzhihu: {{ url: https://zhihu.com/p/12345, {copy} }}\n---\n"));
            assert!(all.len() == 1 && all[0].starts_with(said), "{copy}: {all:?}");
            assert_eq!((found.cross_posts.len(), found.posted.len()), (1, 0), "{copy}");
        }
        for (text, said) in [
            (
                "zhihu: { text: x }",
                "warning[front-matter-value]: x.md:2:1: `zhihu`: this has to be an address, a table",
            ),
            (
                "zhihu: { url: https://e.org/ }",
                "warning[zhihu-url]: x.md:2:15: “https://e.org/” is not a Zhihu article",
            ),
            (
                "cross-posts: [{ text: x }]",
                "warning[front-matter-value]: x.md:2:17: `cross-posts`: an entry has no url; write { platform:",
            ),
        ] {
            let (found, all) = read_text(&format!("---\n{text}\n---\n"));
            assert!(all.len() == 1 && all[0].starts_with(said), "{text}: {all:?}");
            assert_eq!(found, FrontMatter::default(), "{text}");
        }
    }
}
