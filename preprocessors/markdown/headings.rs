//! Hears of headings, and of the terms of definition lists, which mdBook gives an id as well.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::input::{Input, Parsed};
use crate::markdown::links::Links;
use crate::markdown::outline::Heading;
use crate::markdown::own_lines::{self, Shape};
use crate::markdown::{Escape, Gap, Joint, Shortcode, Title, WithoutId, plain, shortcode, slug};

/// What was heard so far.
pub(super) struct Headings<'a> {
    input: &'a Input<'a>,
    parsed: &'a Parsed<'a>,
    pub(super) found: Vec<Heading>,
    /// Those whose author gave them no id, with what could get into it.
    pub(super) without_id: Vec<WithoutId>,
    pub(super) title: Option<Title>,
    /// The place behind the title, or where the text begins.
    pub(super) banner: Gap,
    /// Whether there is one of level 1, in Markdown or in HTML.
    pub(super) has_level_one: bool,
    /// The braces at their ends that only say words.
    pub(super) braces: Vec<Escape>,
    /// The level of the last one at the top level; 1 before the first.
    pub(super) level: usize,
    open: Option<OpenHeading>,
    term: Option<Term>,
    /// Those with joints in them, by their numbers.
    seams: BTreeMap<usize, Vec<Seam>>,
    /// The footnotes by the order of their first references, which numbers them from 1.
    footnotes: HashMap<String, usize>,
}

/// A heading that is still open.
#[derive(Default)]
struct OpenHeading {
    level: usize,
    id: Option<String>,
    /// Whether its author gave it classes or other attributes.
    has_attributes: bool,
    /// All of its text, with that of its images.
    text: String,
    /// What GitHub makes a name of: with the line breaks of the source, and without its images.
    written: String,
    /// What an id is made of.
    plain: String,
    smart: String,
    joints: Vec<Seam>,
    /// What is outside of its links.
    outside: String,
    place: Range<usize>,
    /// How many links, and how many uses of definitions, were passed before it.
    links: (usize, usize),
    /// How many formulas were.
    formulas: usize,
}

/// A term that is still open.
#[derive(Default)]
struct Term {
    text: String,
    joints: Vec<Seam>,
}

/// A joint in a heading.
struct Seam {
    /// Where the space of its line break is, in the heading's text and in what smart punctuation leaves of it.
    space: [usize; 2],
    /// Where the joint begins in the page.
    begin: usize,
}

/// What others know at the end of a heading.
pub(super) struct Around<'a> {
    pub(super) links: &'a Links<'a>,
    /// How many formulas were found.
    pub(super) formulas: usize,
    /// Whether somebody looks for emoji in the page.
    pub(super) may_name_emoji: bool,
    /// Whether it stands inside of nothing.
    pub(super) is_top: bool,
    /// Whether what stands above it leaves it room to be a title.
    pub(super) is_near_top: bool,
}

/// A heading that ended.
pub(super) struct Ended {
    pub(super) shape: Shape,
    pub(super) place: Range<usize>,
    /// All of its text.
    pub(super) text: String,
}

impl<'a> Headings<'a> {
    pub(super) fn new(input: &'a Input<'a>, parsed: &'a Parsed<'a>) -> Self {
        Self {
            input,
            parsed,
            found: Vec::new(),
            without_id: Vec::new(),
            title: None,
            banner: input.gap(input.body),
            has_level_one: false,
            braces: Vec::new(),
            level: 1,
            open: None,
            term: None,
            seams: BTreeMap::new(),
            footnotes: HashMap::new(),
        }
    }

    /// Hears of what the parser sees, besides text and line breaks. So many formulas were found before it.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>, links: &Links<'_>, formulas: usize) {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                self.open = Some(OpenHeading {
                    level: *level as usize,
                    id: id.as_ref().map(ToString::to_string),
                    has_attributes: !classes.is_empty() || !attrs.is_empty(),
                    place: place.clone(),
                    links: (links.found.len(), links.references.len()),
                    formulas,
                    ..OpenHeading::default()
                });
            }
            Event::Start(Tag::DefinitionListTitle) => self.term = Some(Term::default()),
            Event::End(TagEnd::DefinitionListTitle) => self.term_ends(),
            Event::FootnoteReference(name) => {
                let next = self.footnotes.len() + 1;
                let number = *self.footnotes.entry(name.to_string()).or_insert(next);
                // mdBook makes the number a part of a heading's id.
                if let Some(heading) = &mut self.open {
                    let number = number.to_string();
                    for text in [&mut heading.written, &mut heading.plain, &mut heading.smart] {
                        text.push_str(&number);
                    }
                }
            }
            _ => {}
        }
    }

    /// Hears a piece of text or code.
    pub(super) fn spell(&mut self, piece: &str, is_code: bool, links: &Links<'_>) {
        if let Some(term) = &mut self.term {
            term.text.push_str(piece);
        }
        if let Some(heading) = &mut self.open {
            heading.text.push_str(piece);
            if !links.is_in_image() {
                heading.written.push_str(piece);
                heading.plain.push_str(piece);
                if is_code {
                    heading.smart.push_str(piece);
                } else {
                    let straight = self.input.wording.dialect.straight;
                    heading.smart.push_str(&slug::without_dashes(piece, straight));
                }
            }
            if !links.is_open() {
                heading.outside.push_str(piece);
            }
        }
    }

    /// Hears a line break.
    pub(super) fn line_break(&mut self, links: &Links<'_>) {
        self.spell(" ", false, links);
        if let Some(heading) = &mut self.open
            && heading.written.ends_with(' ')
        {
            heading.written.pop();
            heading.written.push('\n');
        }
    }

    /// Hears what stands for an image of HTML; it is a part of no id.
    pub(super) fn alternative(&mut self, text: &str) {
        if let Some(heading) = &mut self.open {
            heading.text.push_str(text);
        }
    }

    /// Hears that the line break before what is spelled next is a joint, which begins at an offset of the page.
    pub(super) fn seam(&mut self, begin: usize) {
        let (joints, space) = match (&mut self.open, &mut self.term) {
            (Some(heading), _) => (&mut heading.joints, [heading.plain.len(), heading.smart.len()]),
            (None, Some(term)) => (&mut term.joints, [term.text.len(); 2]),
            (None, None) => return,
        };
        joints.push(Seam { space: space.map(|end| end.saturating_sub(1)), begin });
    }

    /// Whether some of them go on behind a joint.
    pub(super) fn have_seams(&self) -> bool {
        !self.seams.is_empty()
    }

    /// Whether a heading is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn term_ends(&mut self) {
        let Some(Term { text, joints }) = self.term.take() else { return };
        self.note_seams(joints);
        let smart = slug::without_dashes(&text, self.input.wording.dialect.straight);
        self.found.push(Heading {
            level: 0,
            // It is none on GitHub, but takes a name here.
            written: text.clone(),
            text,
            smart,
            joined: None,
            id: None,
            line: 0,
            range: 0..0,
            is_switch: false,
        });
    }

    /// Notes the joints of the next heading.
    fn note_seams(&mut self, joints: Vec<Seam>) {
        if !joints.is_empty() {
            self.seams.insert(self.found.len(), joints);
        }
    }

    /// Hears that the open heading ends.
    pub(super) fn ends(&mut self, around: &Around<'_>) -> Option<Ended> {
        let mut heading = self.open.take()?;
        self.read_attributes(&mut heading, around);
        let OpenHeading { level, id, text, written, plain, smart, joints, outside, place, links, .. } = heading;
        self.note_seams(joints);
        let own = around.links.found[links.0..].iter().chain(&around.links.references[links.1..]);
        let is_switch = own_lines::is_switch(own, &outside, self.input.wording);
        // A title can have badges or a line of links above it; below text, a level-1 heading is a part of the text.
        let is_first = self.level == 1 && around.is_near_top && !self.has_level_one;
        let is_title = level == 1 && around.is_top && !is_switch && is_first;
        let line = self.input.line(place.start);
        let range = without_marks(self.input.text, &place);
        self.found.push(Heading { level, text: plain, written, smart, joined: None, id, line, range, is_switch });
        if !is_switch {
            self.has_level_one |= level == 1;
            if around.is_top {
                self.level = level;
            }
        }
        if is_title {
            self.note_title(&text, &place, line);
        }
        let shape = match (is_switch, is_title) {
            (true, _) => Shape::Switch,
            (_, true) => Shape::Title,
            _ => Shape::Heading,
        };
        Some(Ended { shape, place, text })
    }

    /// Reads the braces at the end of a heading, and notes the place for an id where it may need one.
    fn read_attributes(&mut self, heading: &mut OpenHeading, around: &Around<'_>) {
        let place = heading.place.clone();
        let line = first_line(&self.input.text[place.clone()]);
        let braces = plain::braces(line).filter(|_| self.input.wording.dialect.plain_braces);
        if let Some(braces) = &braces {
            let words = &line[braces.clone()];
            for shown in [&mut heading.text, &mut heading.written, &mut heading.plain, &mut heading.smart] {
                shown.push_str(words);
            }
            self.braces.push(Escape { at: place.start + braces.end - 1, character: '}' });
        }
        let has_formula = around.formulas > heading.formulas;
        if heading.id.is_none() && (has_formula || around.may_name_emoji && heading.text.contains(':')) {
            let in_braces = heading.has_attributes && braces.is_none() && line.ends_with('}');
            self.without_id.push(WithoutId {
                heading: self.found.len(),
                begin: place.start,
                at: place.start + line.len() - usize::from(in_braces),
                in_braces,
                has_formula,
                has_emoji: false,
            });
        }
    }

    /// Notes that the last heading is the title of the page.
    fn note_title(&mut self, text: &str, place: &Range<usize>, line: usize) {
        let (page, wording) = (self.input.text, self.input.wording);
        let source = written_text(&page[place.clone()]);
        let content = source.trim_start_matches(['#', ' ', '\t']);
        let content_start = place.start + source.len() - content.len();
        // `**[Draft] KV**` says the same, but nothing can be taken out of it byte by byte.
        let mark = wording.mark(text).map(|found| {
            let bytes = wording.mark(content).filter(|source| source.status == found.status);
            let range = |range: Range<usize>| content_start + range.start..content_start + range.end;
            (found.status, bytes.map(|mark| range(mark.range)))
        });
        let text = if mark.is_some() { wording.without_mark(text) } else { text.to_owned() };
        if let (Some((_, Some(_))), Some(heading)) = (&mark, self.found.last_mut()) {
            heading.smart = slug::without_dashes(&text, wording.dialect.straight);
            heading.text.clone_from(&text);
        }
        self.title = Some(Title { text: text.trim().to_owned(), mark, line });
        let is_whole = page[..place.end].ends_with('\n');
        let end = page[place.end..].find('\n').map_or(page.len(), |at| place.end + at + 1);
        self.banner = self.input.gap(if is_whole { place.end } else { end });
    }

    /// Settles what hangs on others: the text of headings with emphasis that CommonMark does not see, by their numbers,
    /// and which joints can be closed. Those that a heading's id could not stand are taken away.
    pub(super) fn settle(&mut self, emphasised: Vec<(usize, Vec<(String, bool)>)>, joints: &mut Vec<Joint>) {
        // What was counted in the text of these as it was holds no longer.
        let mut lost = HashSet::new();
        for (number, pieces) in emphasised {
            self.emphasise(number, &pieces);
            lost.extend(self.seams.remove(&number).into_iter().flatten().map(|seam| seam.begin));
        }
        joints.retain(|joint| !lost.contains(&joint.range.start));
        self.join(joints);
    }

    /// Takes the marks of emphasis out of the text of a heading in which CommonMark does not see them.
    fn emphasise(&mut self, number: usize, pieces: &[(String, bool)]) {
        let wording = self.input.wording;
        let straight = wording.dialect.straight;
        let (mut text, mut smart) = (String::new(), String::new());
        for (piece, is_code) in pieces {
            let piece = if *is_code { piece.clone() } else { self.parsed.real(piece).into_owned() };
            text.push_str(&piece);
            smart.push_str(&if *is_code { piece } else { slug::without_dashes(&piece, straight) });
        }
        let Some(heading) = self.found.get_mut(number) else { return };
        let title = self.title.as_mut().filter(|title| heading.level == 1 && title.line == heading.line);
        if let Some(title) = title {
            let unmarked = title.mark.as_ref().map(|_| wording.without_mark(&text));
            unmarked.as_ref().unwrap_or(&text).trim().clone_into(&mut title.text);
            // A mark that is taken out of the page is no part of the id.
            if let (Some(unmarked), Some((_, Some(_)))) = (unmarked, &title.mark) {
                (text, smart) = (unmarked.clone(), slug::without_dashes(&unmarked, straight));
            }
        }
        (heading.text, heading.smart) = (text, smart);
    }

    /// Gives each heading with joints the text that readers see where the lines are joined.
    fn join(&mut self, joints: &mut Vec<Joint>) {
        let seams = std::mem::take(&mut self.seams);
        if seams.is_empty() {
            return;
        }
        let in_headings: HashSet<usize> = seams.values().flatten().map(|seam| seam.begin).collect();
        // What an id is made of cannot hang on another pass.
        joints.retain(|joint| joint.as_written == joint.emphasised || !in_headings.contains(&joint.range.start));
        let closed: HashSet<usize> = joints.iter().map(|joint| joint.range.start).collect();
        for (number, seams) in seams {
            let heading = &mut self.found[number];
            let kept: Vec<&Seam> = seams.iter().filter(|seam| closed.contains(&seam.begin)).collect();
            if kept.is_empty() {
                continue;
            }
            let without = |text: &str, which: usize| {
                let spaces: HashSet<usize> = kept.iter().map(|seam| seam.space[which]).collect();
                text.char_indices().filter(|(at, _)| !spaces.contains(at)).map(|(_, c)| c).collect::<String>()
            };
            let joined = (without(&heading.text, 0), without(&heading.smart, 1));
            if let Some(title) = &mut self.title
                && title.line == heading.line
                && title.text == heading.text.trim()
            {
                joined.0.trim().clone_into(&mut title.text);
            }
            heading.joined = Some(Box::new(joined));
        }
    }

    /// Settles which headings name emoji, which must not change their ids; the title shows its own.
    pub(super) fn name_emoji(&mut self, shortcodes: &[Shortcode]) {
        for place in &mut self.without_id {
            let end = shortcodes.partition_point(|code| code.range.end <= place.at);
            place.has_emoji = end > 0 && shortcodes[end - 1].range.start >= place.begin;
        }
        self.without_id.retain(|place| place.has_formula || place.has_emoji);
        if let Some(title) = &mut self.title
            && !shortcodes.is_empty()
        {
            title.text = shortcode::with_emoji(&title.text, &self.input.wording.dialect).into_owned();
        }
    }
}

/// The source of a heading up to what is behind its text: the line of `=`, closing `#`, attributes such as `{#id}`.
fn written_text(source: &str) -> &str {
    let text = source.trim_end().trim_end_matches('=').trim_end();
    let text = match text.rfind('{') {
        Some(at) if text.ends_with('}') && !text[at..].contains('\n') => text[..at].trim_end(),
        _ => text,
    };
    let without = text.trim_end_matches('#');
    if without.ends_with([' ', '\t']) { without.trim_end() } else { text }
}

/// The source of a heading up to where attributes such as `{#id}` stand: without a line of `=` or `-` below it.
fn first_line(source: &str) -> &str {
    let text = source.trim_end();
    match text.rsplit_once('\n') {
        Some((above, below))
            if !below.trim().is_empty() && below.trim().trim_matches(['=', '-', '>', ' ']).is_empty() =>
        {
            above.trim_end()
        }
        _ => text,
    }
}

/// The bytes of a heading without the marks of its level before it, and without the end of its last line.
fn without_marks(text: &str, place: &Range<usize>) -> Range<usize> {
    let Some(heading) = text.get(place.clone()) else { return place.clone() };
    let begin = heading.len() - heading.trim_start_matches('#').trim_start().len();
    place.start + begin..place.start + heading.trim_end().len().max(begin)
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;
    use crate::values::Status;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn title_and_banner() {
        let at = |text: &str| {
            let anatomy = of(text);
            (anatomy.title.map(|title| title.text), text[anatomy.banner.at..].to_owned())
        };
        assert_eq!(at("# A `b` c\n\ntext\n"), (Some("A b c".into()), "\ntext\n".into()));
        assert_eq!(at("# A"), (Some("A".into()), String::new()));
        assert_eq!(at("A\n===\ntext"), (Some("A".into()), "text".into()));
        assert_eq!(at("[English](x.md)\n\n# A #\r\ntext"), (Some("A".into()), "text".into()));
        assert_eq!(at("text\n\n## B\n\n# A\n"), (None, "text\n\n## B\n\n# A\n".into()));
        assert_eq!(at("> # A\n"), (None, "> # A\n".into()));
        assert_eq!(at("a\n\nb\n\nc\n\nd\n\n# A\n").0, None);
        assert_eq!(at("Some text that is not a line of links.\n\n# A\n").0, None);
        assert_eq!(
            at("[A long line of links](a.md) | [and of badges that can go on](b.md)\n\n# A\n").0,
            Some("A".into())
        );
        assert_eq!(at("").0, None);
    }

    #[test]
    fn a_mark_leaves_the_heading() {
        for (text, rest) in [
            ("# [Pending Review] A\n", "# A\n"),
            ("# 【待审阅】A\n", "# A\n"),
            ("# \\[Draft\\] A\n", "# A\n"),
            ("A [WIP]\n===\n", "A\n===\n"),
            ("# A [WIP] {#a}\n", "# A {#a}\n"),
            ("# A [WIP] ##\n", "# A ##\n"),
            ("# A 【待审阅】 ## {#a .b}\n", "# A ## {#a .b}\n"),
        ] {
            let title = of(text).title.unwrap();
            assert_eq!(title.text, "A");
            let range = title.mark.unwrap().1.unwrap();
            assert_eq!(format!("{}{}", &text[..range.start], &text[range.end..]), rest);
        }
        // The fact stays where the bytes cannot be told.
        for text in ["# **[Draft] A**\n", "# &#91;Draft&#93; A\n"] {
            assert_eq!(of(text).title.unwrap().mark, Some((Status::Draft, None)), "{text}");
        }
    }

    #[test]
    fn where_the_id_of_a_heading_has_room() {
        for (text, want) in [
            ("## $x$\n", "## $x$@\n"),
            ("## $x$ {.a}\n", "## $x$ {.a@}\n"),
            ("## $x$ {.a b=c} \n", "## $x$ {.a b=c@} \n"),
            ("> $x$ {.a}\n> ---\n", "> $x$ {.a@}\n> ---\n"),
            ("## $\\{x\\}$\n", "## $\\{x\\}$@\n"),
            ("## $x$ {#a}\n", "## $x$ {#a}\n"),
        ] {
            let mut out = text.to_owned();
            for place in Anatomy::of(text, 0, &Wording::default()).without_id {
                assert_eq!(place.in_braces, text.contains(".a"), "{text}");
                out.insert(place.at, '@');
            }
            assert_eq!(out, want);
        }
    }
}
