//! The one run of mdBook's parser over a text that finds all of its parts.
//!
//! Each kind of part has a listener: it hears of what the parser sees, notes what concerns it in fields of its own, and
//! settles what it found when all was heard. The reader has the order in which they are told, and hands on what one of
//! them makes of something: the text of a link, what HTML says of its text, the shape of a heading.
//!
//! | listener | of what |
//! |---|---|
//! | `elements` | open elements, of Markdown and of HTML |
//! | `block_structure`, `words` | blocks and callouts; what there is to read |
//! | `headings`, `links`, `markers` | these |
//! | `formulas`, `addresses`, `shortcode` | these, where they can stand |
//! | `emphasis`, `soft_break`, `plain` | where the parser may not see what an author meant |

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, RefDefs, Tag, TagEnd};

use crate::markdown::addresses::Addresses;
use crate::markdown::block_structure::BlockStructure;
use crate::markdown::elements::Elements;
use crate::markdown::emphasis::{EmphasisRepairs, Runs};
use crate::markdown::formulas::Formulas;
use crate::markdown::headings::{Around, Headings};
use crate::markdown::include;
use crate::markdown::input::{Input, Parsed};
use crate::markdown::leads::Leads;
use crate::markdown::links::Links;
use crate::markdown::masks::Masks;
use crate::markdown::own_lines::Shape;
use crate::markdown::plain::Colons;
use crate::markdown::shortcode::{self, Shortcodes};
use crate::markdown::soft_break::{self, Joint, Joints};
use crate::markdown::words::WordsRead;
use crate::markdown::{Anatomy, Escape, Fence, Marker, callout, info_string, markers, punctuation};
use crate::text::html::{self, Token};

/// How many blocks may stand above a title.
const BLOCKS_ABOVE_TITLE: usize = 3;

/// The listeners.
pub(super) struct Reader<'a> {
    input: &'a Input<'a>,
    parsed: &'a Parsed<'a>,
    elements: Elements,
    blocks: BlockStructure,
    words: WordsRead,
    headings: Headings<'a>,
    links: Links<'a>,
    markers: Vec<Marker>,
    formulas: Formulas<'a>,
    addresses: Addresses<'a>,
    shortcodes: Shortcodes<'a>,
    runs: Runs,
    joints: Joints,
    colons: Colons,
}

impl<'a> Reader<'a> {
    pub(super) fn new(input: &'a Input<'a>, parsed: &'a Parsed<'a>) -> Self {
        Self {
            input,
            parsed,
            elements: Elements::default(),
            blocks: BlockStructure::default(),
            words: WordsRead::new(),
            headings: Headings::new(input, parsed),
            links: Links::new(input, parsed),
            markers: Vec::new(),
            formulas: Formulas::new(input, parsed),
            addresses: Addresses::new(input),
            shortcodes: Shortcodes::new(input),
            runs: Runs::of(&parsed.text),
            joints: Joints::default(),
            colons: Colons::default(),
        }
    }

    /// Reads the text.
    ///
    /// # Errors
    /// When it can be read better, as long as that is wanted: the masks for it. Nothing else is settled then.
    pub(super) fn read(mut self, is_last: bool) -> Result<Anatomy, Masks> {
        let parsed = self.parsed;
        let mut is_closed = false;
        let mut events = Parser::new_ext(&parsed.text, parsed.with_formulas).into_offset_iter();
        while let Some((event, range)) = events.next() {
            if parsed.is_closing(&event, &range) && self.blocks.is_top() {
                is_closed = self.elements.are_closed();
                break;
            }
            let place = parsed.place(&range);
            self.hear(&event, &range, &place);
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    // The block's own events say the same again, line by line.
                    events.by_ref().take_while(|(event, _)| *event != Event::End(TagEnd::HtmlBlock)).for_each(drop);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let contents = events.by_ref().map(|(event, _)| event);
                    self.code(&kind, &place, contents.take_while(|event| *event != Event::End(TagEnd::CodeBlock)));
                }
                _ => {}
            }
        }
        if !is_last && let Some(better) = self.formulas.better() {
            return Err(better);
        }
        Ok(self.settle(events.reference_definitions(), is_closed))
    }

    /// Tells the listeners what the parser sees, at a range of what it was shown and at a place of the page.
    fn hear(&mut self, event: &Event<'_>, range: &Range<usize>, place: &Range<usize>) {
        let source = &self.parsed.text;
        self.runs.hear(event, range);
        self.elements.hear(event);
        let inside = self.elements.inside();
        let joint = self.joints.hear(source, event, range);
        if matches!(event, Event::SoftBreak) && inside.is_preformatted {
            self.joints.forget();
        }
        if self.input.wording.dialect.plain_colons {
            self.colons.hear(source, event, range);
        }
        let in_heading = self.headings.is_open();
        self.addresses.hear(event, place, in_heading, !self.links.is_open() && !inside.is_verbatim());
        self.shortcodes.hear(event, place, inside, &self.links);
        self.formulas.hear(event, place, inside);
        self.blocks.hear(event, place, in_heading);
        self.words.hear(event, in_heading);
        self.links.hear(event, place);
        self.headings.hear(event, place, &self.links, self.formulas.found.len());
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.html(place, !self.blocks.is_top());
                // A link that begins in a block of HTML ends in it.
                self.links.html_ends();
            }
            Event::InlineHtml(_) => self.html(place, true),
            Event::InlineMath(tex) => self.tex(tex, false, place),
            Event::DisplayMath(tex) => self.tex(tex, true, place),
            Event::End(TagEnd::Heading(_)) => self.heading_ends(),
            Event::Text(piece) => {
                if let Some(begin) = joint {
                    self.headings.seam(self.input.body + begin);
                }
                let parsed = self.parsed;
                self.text(&parsed.real(piece), false);
            }
            Event::Code(piece) => self.text(piece, true),
            Event::SoftBreak | Event::HardBreak => {
                self.links.spell(" ");
                self.headings.line_break(&self.links);
            }
            _ => {}
        }
    }

    /// Reads a piece of text or code.
    fn text(&mut self, piece: &str, is_code: bool) {
        self.spell(piece, is_code);
        if !self.headings.is_open() {
            self.words.read(piece, self.links.is_open());
        }
    }

    /// Adds a piece of text to everything that is open and has a name.
    fn spell(&mut self, piece: &str, is_code: bool) {
        self.links.spell(piece);
        self.headings.spell(piece, is_code, &self.links);
    }

    /// Reads what the parser takes for a formula.
    fn tex(&mut self, tex: &str, display: bool, place: &Range<usize>) {
        let written = &self.input.text[place.clone()];
        if self.formulas.hear_tex(tex, display, place, self.elements.inside(), &self.links) {
            self.spell(written, true);
            self.words.formula(written);
        } else {
            self.text(written, false);
        }
    }

    /// Reads a block of code.
    fn code<'e>(&mut self, kind: &CodeBlockKind<'_>, place: &Range<usize>, contents: impl Iterator<Item = Event<'e>>) {
        if matches!(kind, CodeBlockKind::Indented) {
            return contents.for_each(drop);
        }
        let fence = Fence::read(self.input, place, contents);
        self.formulas.hear_fence(&fence);
        self.blocks.fences.push(fence);
    }

    fn heading_ends(&mut self) {
        let around = Around {
            links: &self.links,
            formulas: self.formulas.found.len(),
            may_name_emoji: self.shortcodes.may_be_there(),
            is_top: self.blocks.is_top(),
            is_near_top: self.blocks.at_top.len() <= BLOCKS_ABOVE_TITLE && self.words.are_few(),
        };
        let Some(ended) = self.headings.ends(&around) else { return };
        self.words.prose.read(&ended.text);
        self.words.is_blank &= ended.shape == Shape::Title;
        self.blocks.note(ended.shape, &ended.place);
    }

    /// Reads the tags and the markers of a piece of HTML, and the text between them. `nested` says that it stands inside of
    /// something.
    fn html(&mut self, place: &Range<usize>, nested: bool) {
        let markers = markers::find(self.input, place, self.headings.level, nested);
        self.words.is_blank &= markers.is_empty();
        self.markers.extend(markers);
        let html = &self.input.text[place.clone()];
        for (token, range) in html::tokens(html) {
            let is_last = range.end == html.len();
            let place = place.start + range.start..place.start + range.end;
            self.headings.alternative(&self.links.hear_html(&token, &place, is_last));
            match token {
                Token::Text(_) => {
                    let inside = self.elements.inside();
                    self.shortcodes.hear_html(&place, inside);
                    self.formulas.hear_html(&place, inside, self.links.is_open());
                }
                Token::Open(name) => {
                    self.words.is_blank = false;
                    self.headings.has_level_one |= name == "h1";
                    self.elements.opens(name);
                }
                Token::Empty(name) => self.words.is_blank &= name == "br",
                Token::Close(name) => self.elements.closes(name, place.clone(), || self.input.line(place.start)),
            }
        }
    }

    /// What was found, once all was heard.
    fn settle(mut self, definitions: &RefDefs<'_>, is_closed: bool) -> Anatomy {
        let (input, parsed) = (self.input, self.parsed);
        self.links.settle(definitions);
        let leads = Leads::find(input, &self.blocks, &self.links, &self.formulas);
        self.words.prose.without(&leads.names);
        let dialect = &input.wording.dialect;
        let is_asked = dialect.is_mended() || self.runs.are_in_names() || self.headings.have_seams();
        let (emphasis, mut joints) =
            if is_asked { repairs(self.runs, self.joints, parsed) } else { Default::default() };
        let mark = self.headings.title.iter().filter_map(|title| title.mark.as_ref()?.1.clone());
        soft_break::leave(&mut joints, leads.lines().chain(mark).collect());
        self.headings.settle(emphasis.headings, &mut joints);
        let escape = |at: usize| Escape { at: input.body + at, character: char::from(parsed.text.as_bytes()[at]) };
        let mut plain = std::mem::take(&mut self.headings.braces);
        if dialect.is_mended() {
            plain.extend(self.colons.settle(&parsed.text, parsed.with_formulas).into_iter().map(escape));
        }
        plain.sort_unstable_by_key(|escape| escape.at);
        let straight = || punctuation::find(&parsed.text, parsed.with_formulas);
        let straight = (dialect.edits && dialect.straight).then(straight).unwrap_or_default();
        let mut shortcodes = self.shortcodes.settle();
        // An address is a link, or is no emoji.
        let addresses = if dialect.edits || !shortcodes.is_empty() { self.addresses.settle() } else { Vec::new() };
        shortcode::leave(&mut shortcodes, &addresses);
        self.headings.name_emoji(&shortcodes);
        let BlockStructure { fences, quotes, .. } = self.blocks;
        let callouts = || callout::find(input.text, input.body, &quotes, parsed.options);
        let callouts = dialect.edits.then(callouts).unwrap_or_default();
        Anatomy {
            front_matter: 0..input.body,
            body: input.body,
            title: self.headings.title,
            has_level_one: self.headings.has_level_one,
            banner: self.headings.banner,
            end: input.gap(input.text.len()),
            markers: self.markers,
            closed: is_closed,
            blank: self.words.is_blank,
            leads: leads.only,
            prose: self.words.prose,
            headings: self.headings.found,
            anchors: self.links.anchors,
            includes: include::find(input.text, &fences),
            window_title: include::window_title(input.text),
            links: self.links.found,
            switches: leads.switches,
            copies: leads.copies,
            infos: fences.iter().filter_map(|fence| info_string::read(input.text, fence)).collect(),
            fences,
            formulas: self.formulas.found,
            without_id: self.headings.without_id,
            straight: straight.into_iter().map(escape).collect(),
            plain,
            shortcodes,
            emphasis: emphasis.comments.iter().map(|at| input.body + at).collect(),
            joints,
            addresses,
            callouts,
            end_tags: self.elements.end_tags,
        }
    }
}

/// Where emphasis and line breaks of a text are repaired, the latter in the page.
fn repairs(runs: Runs, joints: Joints, parsed: &Parsed<'_>) -> (EmphasisRepairs, Vec<Joint>) {
    let emphasis = runs.settle(&parsed.text, parsed.with_formulas);
    let joints = joints.settle(&parsed.text, &emphasis.comments, parsed.with_formulas);
    let in_page = |joint: Joint| Joint { range: parsed.in_page(joint.range), ..joint };
    (emphasis, joints.into_iter().map(in_page).collect())
}
