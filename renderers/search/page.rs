//! The text of a page, in the sections that a reader can be led to.
//!
//! ```text
//! <h1 id="a"><a class="header" href="#a">甲</a></h1><nav>…</nav><p>一<b>二</b></p><p>三</p><h2 id="b">乙</h2>
//!      →  #a 甲: 一二 · 三        #b 甲 » 乙:
//! ```
//!
//! What is no text of the note is left out: switches, banners and callouts of ours, navigation, scripts, pictures. A line
//! break within Chinese is nothing, as on the pages of the suite, and any other white space one space.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use mdbook_bilingual_core::text::east_asian::meet;

/// A section of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The id of its heading; empty for what stands before the first one.
    pub id: String,
    /// Its heading; empty for what stands before the first one.
    pub heading: String,
    /// The headings above it, from the outermost one.
    pub above: Vec<String>,
    /// Its paragraphs, without the heading.
    pub paragraphs: Vec<String>,
}

impl Section {
    fn is_empty(&self) -> bool {
        self.heading.is_empty() && self.paragraphs.is_empty()
    }
}

/// Elements that are no text of a page, with all that is in them.
const LEFT_OUT: &[&[u8]] = &[
    b"annotation",
    b"annotation-xml",
    b"button",
    b"nav",
    b"noscript",
    b"rp",
    b"rt",
    b"script",
    b"select",
    b"style",
    b"svg",
    b"template",
    b"textarea",
];

/// Elements that have no end.
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr",
];

/// Elements within a paragraph: all others begin a new one.
const INLINE: &[&[u8]] = &[
    b"a",
    b"abbr",
    b"annotation",
    b"annotation-xml",
    b"b",
    b"bdi",
    b"bdo",
    b"big",
    b"button",
    b"cite",
    b"code",
    b"del",
    b"dfn",
    b"em",
    b"font",
    b"i",
    b"img",
    b"ins",
    b"kbd",
    b"label",
    b"mark",
    b"math",
    b"mi",
    b"mn",
    b"mo",
    b"mover",
    b"mpadded",
    b"mphantom",
    b"mroot",
    b"mrow",
    b"ms",
    b"mspace",
    b"msqrt",
    b"mstyle",
    b"msub",
    b"msubsup",
    b"msup",
    b"mtext",
    b"munder",
    b"munderover",
    b"mfrac",
    b"menclose",
    b"mmultiscripts",
    b"q",
    b"rp",
    b"rt",
    b"ruby",
    b"s",
    b"samp",
    b"script",
    b"select",
    b"semantics",
    b"small",
    b"span",
    b"strong",
    b"sub",
    b"sup",
    b"svg",
    b"template",
    b"time",
    b"tt",
    b"u",
    b"var",
    b"wbr",
];

/// The sections of the text of a page, which are split at headings down to this level.
#[must_use]
pub fn sections(html: &str, split_level: u8) -> Vec<Section> {
    let mut reader = Reader { split_level, ..Reader::default() };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        reader.take(&event);
        None
    });
    // Nothing in a script is a tag.
    emitter.naively_switch_states(true);
    let mut tokens = Tokenizer::new_with_emitter(html, emitter);
    // There is nothing in it: all of it was taken on its way.
    while let Some(Ok(())) | Some(Err::<(), Infallible>(_)) = tokens.next() {}
    drop(tokens);
    reader.finish()
}

/// What is open.
#[derive(Default)]
struct Reader {
    split_level: u8,
    done: Vec<Section>,
    section: Section,
    /// The headings that the current text stands below, with their levels.
    above: Vec<(u8, String)>,
    /// The paragraph so far.
    paragraph: String,
    /// How many listings are open: in them, the end of a line is one.
    listings: usize,
    /// White space that was read and not yet written, and whether a line ends in it.
    space: Option<bool>,
    /// The level of the heading that is open and begins a section.
    heading: Option<u8>,
    /// What is left out: the name of the element, and how many of that name are open.
    left_out: Option<(Vec<u8>, usize)>,
    tag: Tag,
}

/// A start tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    attribute: Vec<u8>,
    id: Option<String>,
    is_left_out: bool,
}

impl Reader {
    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.name.clear();
                self.tag.name.extend_from_slice(name);
                self.tag.id = None;
                self.tag.attribute.clear();
                self.tag.is_left_out = LEFT_OUT.contains(name);
            }
            CallbackEvent::AttributeName { name } => {
                self.tag.attribute.clear();
                self.tag.attribute.extend_from_slice(name);
                self.tag.is_left_out |= matches!(*name, b"data-pagefind-ignore" | b"hidden");
            }
            CallbackEvent::AttributeValue { value } => match self.tag.attribute.as_slice() {
                b"id" => self.tag.id = Some(String::from_utf8_lossy(value).into_owned()),
                b"class" => self.tag.is_left_out |= is_mere_mark(value),
                _ => {}
            },
            CallbackEvent::CloseStartTag { self_closing } => self.open(*self_closing),
            CallbackEvent::EndTag { name } => self.close(name),
            CallbackEvent::String { value } if self.left_out.is_none() => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn open(&mut self, self_closing: bool) {
        let is_void = VOID.contains(&self.tag.name.as_slice());
        if let Some((name, depth)) = &mut self.left_out {
            // A paragraph ends where another one begins.
            if *name != self.tag.name || *name != b"p" {
                *depth += usize::from(*name == self.tag.name && !is_void && !self_closing);
                return;
            }
            self.left_out = None;
        }
        if !INLINE.contains(&self.tag.name.as_slice()) {
            self.end_paragraph();
        }
        if self.tag.is_left_out && !is_void {
            // In HTML such a tag closes nothing, but in a picture or a formula it does.
            self.left_out = (!self_closing).then(|| (self.tag.name.clone(), 1));
            return;
        }
        self.listings += usize::from(self.tag.name == b"pre");
        if let Some(level) = level(&self.tag.name).filter(|level| *level <= self.split_level)
            && let Some(id) = self.tag.id.take().filter(|id| !id.is_empty())
        {
            self.end_section();
            self.above.retain(|(other, _)| *other < level);
            self.section.id = id;
            self.section.above = self.above.iter().map(|(_, heading)| heading.clone()).collect();
            self.heading = Some(level);
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some((open, depth)) = &mut self.left_out {
            if open == name {
                *depth -= 1;
                if *depth == 0 {
                    self.left_out = None;
                }
            }
            return;
        }
        if INLINE.contains(&name) {
            return;
        }
        if name == b"pre" {
            self.listings = self.listings.saturating_sub(1);
        }
        self.end_paragraph();
        if self.heading.is_some() && level(name) == self.heading {
            self.heading = None;
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{a0}' {
                let ends_line = matches!(c, '\n' | '\r') && self.listings == 0;
                self.space = Some(self.space.unwrap_or_default() || ends_line);
                continue;
            }
            // Within a word, and shown by no browser. What else is not seen, such as a joiner, changes what is beside it.
            if matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
                continue;
            }
            if let Some(ends_line) = self.space.take()
                && let Some(before) = self.paragraph.chars().next_back()
                && !(ends_line && meet(before, c))
            {
                self.paragraph.push(' ');
            }
            self.paragraph.push(c);
        }
    }

    fn end_paragraph(&mut self) {
        self.space = None;
        if self.paragraph.is_empty() {
            return;
        }
        let paragraph = std::mem::take(&mut self.paragraph);
        match self.heading {
            None => self.section.paragraphs.push(paragraph),
            Some(level) => {
                if !self.section.heading.is_empty() {
                    self.section.heading.push(' ');
                    self.above.pop();
                }
                self.section.heading.push_str(&paragraph);
                self.above.push((level, self.section.heading.clone()));
            }
        }
    }

    fn end_section(&mut self) {
        self.heading = None;
        let section = std::mem::take(&mut self.section);
        if !section.is_empty() {
            self.done.push(section);
        }
    }

    fn finish(mut self) -> Vec<Section> {
        self.end_paragraph();
        self.end_section();
        self.done
    }
}

/// The level of a heading.
fn level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Whether a class says that an element is a number that stands for a note at the end of the page.
fn is_mere_mark(class: &[u8]) -> bool {
    class.split(u8::is_ascii_whitespace).any(|name| name == b"footnote-reference")
}

/// The text of some HTML without its tags.
#[must_use]
pub fn plain(html: &str) -> String {
    sections(html, 0).into_iter().flat_map(|section| section.paragraphs).collect::<Vec<_>>().join(" ")
}

/// A part of an address as a link has it: what a browser would take for something else is encoded. Letters of all scripts
/// stay what they are, in a third of the bytes.
#[must_use]
pub fn encoded(part: &str) -> String {
    let mut encoded = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            ' ' | '"' | '#' | '%' | '<' | '>' | '?' | '\\' | '^' | '`' | '{' | '|' | '}' | '\0'..='\x1f' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => encoded.push(c),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let line = |section: Section| {
            let mut trail = section.above;
            trail.push(section.heading);
            format!("#{} {}: {}", section.id, trail.join(" » "), section.paragraphs.join(" · "))
        };
        sections(html, 3).into_iter().map(line).collect()
    }

    #[test]
    fn a_page_has_sections() {
        let table: [(&str, &[&str]); 19] = [
            ("", &[]),
            ("<p>text</p>", &["# : text"]),
            (
                "<h1 id=\"a\"><a class=\"header\" href=\"#a\">甲 <code>x</code></a></h1><p>一<b>二</b></p><p>三</p><h2 id=b>乙</h2>",
                &["#a 甲 x: 一二 · 三", "#b 甲 x » 乙: "],
            ),
            ("<h2 id=a>A</h2>x<h3 id=b>B</h3>y<h2 id=c>C</h2>z", &["#a A: x", "#b A » B: y", "#c C: z"]),
            ("<h2 id=a>A</h2>x<h4 id=b>B</h4>y<h2>C</h2>z", &["#a A: x · B · y · C · z"]),
            ("<p>before</p><h2 id=a>A</h2>", &["# : before", "#a A: "]),
            ("<p>训练\n推理 and\n more</p>", &["# : 训练推理 and more"]),
            ("<p>a&amp;b &lt;c&gt; x\u{200b}y</p>", &["# : a&b <c> xy"]),
            (
                "<nav>switch<nav>x</nav>y</nav><aside class=q data-pagefind-ignore><p>banner</p><aside>z</aside>w</aside><p>t</p>",
                &["# : t"],
            ),
            (
                "<p>训练<sup class=\"footnote-reference\" id=\"fr-1\"><a href=\"#f\">1</a></sup>的</p><script>let x = '<p>';</script>",
                &["# : 训练的"],
            ),
            ("<p>one<br>two <svg><text>no</text><path/></svg>three</p><p hidden>no</p>", &["# : one · two three"]),
            ("<p>open <em>text", &["# : open text"]),
            ("<p hidden>a<p>b", &["# : b"]),
            ("<pre hidden>a</pre><p>训练\n推理</p>", &["# : 训练推理"]),
            ("<script>document.write(\"<script src=x.js>\")</script><p>behind</p>", &["# : behind"]),
            ("<p><ruby>训<rt>xùn</rt>练<rp>(</rp><rt>liàn</rt></ruby></p>", &["# : 训练"]),
            ("<pre><code>甲乙\n丙丁</code></pre>", &["# : 甲乙 丙丁"]),
            ("<p>训练，\n推理。\nA</p>", &["# : 训练，推理。 A"]),
            ("<p>단어\n다음</p>", &["# : 단어 다음"]),
        ];
        for (html, expected) in table {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn formulas_are_one_text() {
        let html = "<p>with <math><mrow><msub><mi>W</mi><mi>q</mi></msub><mo>=</mo><mn>1</mn></mrow>\
                    <annotation encoding=\"application/x-tex\">W_q=1</annotation></math> here</p>";
        assert_eq!(shown(html), ["# : with Wq=1 here"]);
    }
}
