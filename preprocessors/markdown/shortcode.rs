//! Emoji by their names, as GitHub knows them: `:warning:`, `:+1:`.
//!
//! The names are those of GitHub's `gemoji`, which the crate `emojis` has. One counts where no letter, digit or colon
//! stands before it and no colon behind it, so that `12:100:45`, `std::b::c` and `a:b:c` stay what they are; GitHub
//! would show pictures in some of them. Code, addresses, formulas, destinations, directives of mdBook, and tags and
//! comments of HTML have none; the text between tags has some, but for code. What GitHub has pictures of its own for
//! (`:octocat:`) is no character, and stays.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use crate::markdown::Address;
use crate::markdown::elements::Inside;
use crate::markdown::input::Input;
use crate::markdown::links::Links;
use crate::text::Dialect;

/// An emoji that is written by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcode {
    /// Its bytes, colons included.
    pub range: Range<usize>,
    /// The emoji.
    pub emoji: &'static str,
}

/// Hears the text in which emoji can be named.
pub(super) struct Shortcodes<'a> {
    input: &'a Input<'a>,
    /// `None` when the page names none.
    named: Option<Vec<Range<usize>>>,
}

impl<'a> Shortcodes<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let may_have =
            input.wording.dialect.shortcodes && memchr::memchr(b':', &input.text.as_bytes()[input.body..]).is_some();
        Self { input, named: may_have.then(Vec::new) }
    }

    /// Hears of what the parser sees.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>, inside: Inside, links: &Links<'_>) {
        let Some(named) = &mut self.named else { return };
        let is_shut = || inside.is_literal || links.is_in_image() || links.is_in_autolink();
        if !matches!(event, Event::Text(_)) || is_shut() {
            return;
        }
        match named.last_mut() {
            // The parser divides a text where a mark of emphasis could be.
            Some(last) if last.end == place.start => last.end = place.end,
            _ => named.push(place.clone()),
        }
    }

    /// Hears a piece of text between the tags of HTML.
    pub(super) fn hear_html(&mut self, place: &Range<usize>, inside: Inside) {
        let Some(named) = &mut self.named else { return };
        if !inside.is_literal && self.input.text[place.clone()].contains(':') {
            named.push(place.clone());
        }
    }

    /// Whether the page can name some.
    pub(super) fn may_be_there(&self) -> bool {
        self.named.is_some()
    }

    /// The emoji in order, with those that are a part of an address.
    pub(super) fn settle(self) -> Vec<Shortcode> {
        find(self.input.text, &self.named.unwrap_or_default())
    }
}

/// How long a name can be; the longest has half of that.
const LONGEST: usize = 80;

/// The names in a piece of text, from its beginning.
fn of(piece: &str) -> impl Iterator<Item = Shortcode> {
    let bytes = piece.as_bytes();
    let mut from = 0;
    let mut ended = None;
    std::iter::from_fn(move || {
        loop {
            let start = from + memchr::memchr(b':', bytes.get(from..)?)?;
            from = start + 1;
            let before = start.checked_sub(1).map(|before| bytes[before]);
            let follows = ended == Some(start);
            if !follows && before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'\\')) {
                continue;
            }
            let name = |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte);
            let len = bytes[from..].iter().take(LONGEST).take_while(name).count();
            if bytes.get(from + len) != Some(&b':') {
                continue;
            }
            let Some(emoji) = emojis::get_by_shortcode(&piece[from..from + len]) else { continue };
            let end = from + len + 1;
            // A colon behind it can begin the next one.
            if bytes.get(end) == Some(&b':') && !is_name(&piece[end..]) {
                continue;
            }
            (from, ended) = (end, Some(end));
            return Some(Shortcode { range: start..end, emoji: emoji.as_str() });
        }
    })
}

/// Whether a text begins with the name of an emoji.
fn is_name(text: &str) -> bool {
    let name = text[1..].split(':').next().unwrap_or_default();
    name.len() < LONGEST && emojis::get_by_shortcode(name).is_some() && text[1..].len() > name.len()
}

/// The emoji in these pieces of a text, in order.
fn find(text: &str, pieces: &[Range<usize>]) -> Vec<Shortcode> {
    let mut found = Vec::new();
    for piece in pieces {
        let at =
            |code: Shortcode| Shortcode { range: piece.start + code.range.start..piece.start + code.range.end, ..code };
        found.extend(
            of(&text[piece.clone()])
                .map(at)
                .filter(|code| !crate::markdown::address::in_directive(text, code.range.start)),
        );
    }
    // Behind a backslash it is text.
    found.retain(|code| !text[..code.range.start].ends_with('\\'));
    found
}

/// Leaves those alone that are a part of one of these addresses, which are in order.
pub(super) fn leave(found: &mut Vec<Shortcode>, addresses: &[Address]) {
    found.retain(|code| {
        let next = addresses.partition_point(|address| address.range.end <= code.range.start);
        addresses.get(next).is_none_or(|address| code.range.end <= address.range.start)
    });
}

/// A title with the emoji that it calls by their names, where pages show them.
pub(crate) fn with_emoji<'a>(title: &'a str, dialect: &Dialect) -> Cow<'a, str> {
    if dialect.shortcodes { shown(title) } else { title.into() }
}

/// A title with the emoji that it names.
fn shown(title: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut at = 0;
    for code in of(title) {
        out += &title[at..code.range.start];
        out += code.emoji;
        at = code.range.end;
    }
    if at == 0 { Cow::Borrowed(title) } else { Cow::Owned(out + &title[at..]) }
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn shown(text: &str) -> String {
        let mut out = text.to_owned();
        for code in Anatomy::of(text, 0, &Wording::default()).shortcodes.into_iter().rev() {
            out.replace_range(code.range, code.emoji);
        }
        out
    }

    #[test]
    fn names_of_emoji() {
        for (text, wanted) in [
            (":warning: 注意 :tada:", "⚠️ 注意 🎉"),
            (":+1::-1: :white_check_mark:", "👍👎 ✅"),
            ("中文:warning:中文，:rocket:。", "中文⚠️中文，🚀。"),
            ("**:fire:** _:fire:_ [:book: 文档](x) (:fire:)", "**🔥** _🔥_ [📖 文档](x) (🔥)"),
            ("# :rocket: 开始\n\n- :x: a\n  - [x] :heavy_check_mark: b", "# 🚀 开始\n\n- ❌ a\n  - [x] ✔️ b"),
            ("| :x: | a:x: |\n|:--:|---|\n| :x:|:ok: |\n", "| ❌ | a:x: |\n|:--:|---|\n| ❌|🆗 |\n"),
            ("> [!NOTE]\n> :bulb: 想法", "> [!NOTE]\n> 💡 想法"),
            ("<b>:fire:</b> <details>\n\n:fire:\n\n</details>", "<b>🔥</b> <details>\n\n🔥\n\n</details>"),
            ("[^1]\n\n[^1]: :fire: 注", "[^1]\n\n[^1]: 🔥 注"),
            (":zh: 中 :cn: :jp: :us:", ":zh: 中 🇨🇳 🇯🇵 🇺🇸"),
            ("<h1 align=\"center\">:rocket: 名</h1>\n", "<h1 align=\"center\">🚀 名</h1>\n"),
            ("- <p>:x: a < :x:</p> :x:\n  :x:", "- <p>❌ a < ❌</p> ❌\n  ❌"),
            (
                "> <details><summary>:bulb: 提示</summary>\n> :x:<br>:x:\n>\n> :x:\n> </details>\n\n:x:",
                "> <details><summary>💡 提示</summary>\n> ❌<br>❌\n>\n> ❌\n> </details>\n\n❌",
            ),
            (
                "<div><code>:x:</code>:x:<pre><b>:x:</b></pre></div>\n",
                "<div><code>:x:</code>❌<pre><b>:x:</b></pre></div>\n",
            ),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
        for text in [
            "12:30:45 12:100:45 a::b::c std::b::c :: ::: :nothing: :octocat: :Warning: : x : :",
            "`:fire:` <code>:fire:</code> ![:fire:](x) <span title=\":fire:\">a</span>",
            "```\n:fire:\n```\n\n    :fire:\n",
            "https://a.b/:fire:/x [a](b:fire:.md) <https://a.b/:x:> $a :fire: b$",
            "\\:fire: {{#include a.rs:anchor:}}",
            "<div title=\":fire:\" data-a=':fire:'><!-- :fire: --><kbd>:fire:</kbd><samp>:fire:</samp></div>\n",
            "<div>\n<script>\":fire:\"</script><style>a::before{content:\":fire:\"}</style><textarea>:fire:</textarea>\n",
            "<div>\n{{#include a.html:fire:}} <a title=\":fire:\n",
            "<pre>\n:fire:\n\n:fire:</pre>\n",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn time_is_linear() {
        for text in [
            ":".repeat(200_000),
            ":fire:".repeat(40_000),
            ":a".repeat(100_000),
            ":x:y".repeat(50_000),
            "<p>:x:<b>".repeat(20_000),
        ] {
            let _ = shown(&text);
        }
    }
}
