//! Text that mdBook would take for something that GitHub does not know.
//!
//! - A line of a paragraph that begins with a colon is a definition of what stands above it to mdBook 0.5
//!   (`definition-lists`), whatever follows the colon: `: text`, `:::tip`, `:---`. All such lines of a page that has a
//!   definition list get a backslash, which readers do not see; a page that has none is left alone.
//! - Braces at the end of a heading are attributes to it. Those that say an id, a class or a value, `{#id .class a=b}`,
//!   are meant as such; others, `{a, b}` or `{}`, would only be gone.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Hears where lines begin.
#[derive(Default)]
pub(super) struct Colons {
    found: Vec<usize>,
    inside: bool,
}

impl Colons {
    /// Hears of what the parser sees, in a text without definition lists.
    pub(super) fn hear(&mut self, source: &str, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Text(_) => {
                if !self.inside && source.as_bytes().get(range.start) == Some(&b':') {
                    self.found.push(range.start);
                }
                self.inside = true;
            }
            Event::SoftBreak | Event::HardBreak => self.inside = false,
            // A cell is no line.
            Event::Start(Tag::TableCell) => self.inside = true,
            Event::Start(tag) if !is_inline(&tag.to_end()) => self.inside = false,
            Event::End(tag) if !is_inline(tag) => self.inside = false,
            _ => self.inside = true,
        }
    }

    /// The colons that would begin a definition, if there are any that would.
    pub(super) fn settle(self, source: &str, options: Options) -> Vec<usize> {
        if self.found.is_empty() {
            return self.found;
        }
        let mut events = Parser::new_ext(source, options | Options::ENABLE_DEFINITION_LIST);
        if events.any(|event| event == Event::Start(Tag::DefinitionList)) { self.found } else { Vec::new() }
    }
}

fn is_inline(tag: &TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    matches!(tag, Emphasis | Strong | Strikethrough | Link | Image)
}

/// The braces at the end of the first line of a heading's source, if they only say words: from the space before them.
pub(super) fn braces(line: &str) -> Option<Range<usize>> {
    let inside = line.strip_suffix('}')?;
    let open = inside.rfind('{')?;
    let words = &inside[open + 1..];
    // The parser takes these for no attributes.
    if words.contains(['}', '\\', '<', '>', '\n']) || line[..open].ends_with('\\') {
        return None;
    }
    let says = |word: &str| word.len() > 1 && word.starts_with(['#', '.']) || word.contains('=');
    if words.split_ascii_whitespace().any(says) {
        return None;
    }
    Some(line[..open].trim_end().len()..line.len())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use crate::markdown::Anatomy;
    use crate::text::{Dialect, Wording};

    fn changed(text: &str) -> String {
        let mut out = text.to_owned();
        for escape in Anatomy::of(text, 0, &Wording::default()).plain.into_iter().rev() {
            out.insert(escape.at, '\\');
        }
        out
    }

    #[test]
    fn definitions_are_text() {
        for (text, wanted) in [
            ("前文。\n\n::: tip 提示\n内容\n:::\n", "前文。\n\n\\::: tip 提示\n内容\n\\:::\n"),
            ("前文。\n\n:::tip\n\n内容\n\n:::\n", "前文。\n\n\\:::tip\n\n内容\n\n\\:::\n"),
            ("!!! note\n    内容\n\n:::\n", "!!! note\n    内容\n\n\\:::\n"),
            ("术语\n: 解释\n: 又一个\n", "术语\n\\: 解释\n\\: 又一个\n"),
            ("术语\n\n: 解释\n\n    : 代码\n", "术语\n\n\\: 解释\n\n    : 代码\n"),
            ("- 术语\n  : 解释\n", "- 术语\n  \\: 解释\n"),
            ("> 术语\n> : 解释\n", "> 术语\n> \\: 解释\n"),
            ("[^1]\n\n[^1]: 注\n    : 解释\n", "[^1]\n\n[^1]: 注\n    \\: 解释\n"),
            ("a\n:---\n", "a\n\\:---\n"),
            ("a\n\n:$x$ **b**\n", "a\n\n\\:$x$ **b**\n"),
            ("a\r\n\r\n: b\r\n", "a\r\n\r\n\\: b\r\n"),
        ] {
            assert_eq!(changed(text), wanted, "{text:?}");
            let options = Options::ENABLE_DEFINITION_LIST | Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
            let is_list = |event| event == Event::Start(Tag::DefinitionList);
            assert!(!Parser::new_ext(&changed(text), options).any(is_list), "{text:?}");
        }
        for text in [
            ":::tip\n内容\n",
            "> 术语\n: 解释\n",
            "a\n\n| a |\n|:--|\n| : |\n",
            "```\na\n: b\n```\n",
            "a : b\n",
            "a：\n：b\n",
            "# a\n: b\n",
            "a\\\n\\: b\n",
        ] {
            assert_eq!(changed(text), text);
        }
        let dialect = Dialect { definition_lists: true, ..Dialect::default() };
        let anatomy = Anatomy::of("术语\n: 解释\n", 0, &Wording::default().with_dialect(dialect));
        assert!(anatomy.plain.is_empty());
        assert_eq!(anatomy.headings[0].text, "术语");
    }

    #[test]
    fn braces_behind_a_heading() {
        for (text, wanted, id) in [
            ("# Set {a, b}\n", "# Set {a, b\\}\n", "set-a-b"),
            ("# 集合 {x}\n", "# 集合 {x\\}\n", "集合-x"),
            ("## 空 {}\n", "## 空 {\\}\n", "空-"),
            ("Set {a}\n===\n", "Set {a\\}\n===\n", "set-a"),
            ("# `f` {g, h}  \n", "# `f` {g, h\\}  \n", "f-g-h"),
        ] {
            assert_eq!(changed(text), wanted);
            let headings = Anatomy::of(text, 0, &Wording::default()).headings;
            assert_eq!(crate::markdown::outline::ids(&headings, true, false)[0].page, id, "{text}");
        }
        for text in [
            "# a {#b}\n",
            "# a {.b}\n",
            "# a {#b .c d}\n",
            "# a {b=c}\n",
            "# `{a}`\n",
            "# a \\{b}\n",
            "# {a} b\n",
            "# $\\{a\\}$ {#b}\n",
            "text {a}\n",
        ] {
            assert_eq!(changed(text), text);
        }
    }
}
