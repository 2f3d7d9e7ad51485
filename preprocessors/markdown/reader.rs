//! The one run of mdBook's parser over a text that finds all of its parts.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;

use crate::markdown::address::{self, Piece};
use crate::markdown::elements::{Elements, Inside};
use crate::markdown::emphasis::Runs;
use crate::markdown::link::{self, Kind, Link};
use crate::markdown::masks::{Known, Masks};
use crate::markdown::options::mdbook_options;
use crate::markdown::outline::{self, Heading};
use crate::markdown::own_lines::{self, Block, Lead, Shape};
use crate::markdown::plain::{self, Colons};
use crate::markdown::soft_break::Joints;
use crate::markdown::{
    Anatomy, Escape, Fence, Formula, Gap, Joint, MARKERS, Marker, Title, WithoutId, callout, dollars, formula, include,
    info_string, punctuation, shortcode,
};
use crate::text::html::{self, Markup};
use crate::text::{Prose, Wording};

/// How many letters outside of links may stand above a title: a word or two between links to other languages.
const LOOSE_ABOVE_TITLE: usize = 20;

/// What has to stand behind a page's text when an element is put around it.
const CLOSING: &str = "\n\n</div>\n";

/// How many open links around a piece of text have it in their labels: a picture can stand in what is said of a picture.
const MOST_LINKS: usize = 16;

/// Lines, from 1.
struct Lines<'a> {
    text: &'a str,
    /// Where each line begins; empty until somebody asks.
    begins: Vec<usize>,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        if self.begins.is_empty() {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            self.begins = std::iter::once(0).chain(breaks).collect();
        }
        self.begins.partition_point(|begin| *begin <= offset)
    }
}

/// A heading that is still open.
struct OpenHeading {
    level: HeadingLevel,
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
    range: Range<usize>,
    /// How many links, and how many uses of definitions, were passed before it.
    links: (usize, usize),
    /// How many formulas were.
    formulas: usize,
}

/// A joint in a heading.
struct Seam {
    /// Where the space of its line break is, in the heading's text and in what smart punctuation leaves of it.
    space: [usize; 2],
    /// Where the joint begins in the page.
    begin: usize,
}

/// A link that is still open.
struct OpenLink {
    link: Link,
    label: String,
    /// Where the last thing in its text ends.
    text_end: usize,
    /// The definition that it takes its destination from.
    definition: Option<String>,
    is_html: bool,
}

pub(super) struct Reader<'a> {
    text: &'a str,
    wording: &'a Wording,
    /// What the parser sees instead of some bytes.
    masks: &'a Masks,
    /// What stands in for a dollar under the masks.
    stand_in: Option<char>,
    /// What is no text, and what the cells of tables are, where somebody will ask.
    known: Option<Known>,
    /// Where formulas in lines are, and dollars that begin none.
    inline: (Vec<Range<usize>>, Vec<usize>),
    /// What the parser takes for a formula between two single dollars, and is none.
    rejected: Vec<Range<usize>>,
    lines: Lines<'a>,
    anatomy: Anatomy,
    /// The blocks at the top level.
    blocks: Vec<Block>,
    /// The letters that were passed outside of links and images.
    loose: usize,
    level: usize,
    heading: Option<OpenHeading>,
    term: Option<(String, Vec<Seam>)>,
    /// The headings and terms with joints in them, by their numbers.
    seams: BTreeMap<usize, Vec<Seam>>,
    /// The footnotes by the order of their first references, which numbers them from 1.
    footnotes: HashMap<String, usize>,
    links: Vec<OpenLink>,
    /// The uses of definitions, each as a link that nobody can edit.
    references: Vec<Link>,
    /// The labels of the uses of each definition, and whether one of them is an image.
    uses: BTreeMap<String, (Vec<String>, bool)>,
    /// How many containers of Markdown are open.
    depth: usize,
    /// The elements of Markdown and of HTML that are open.
    elements: Elements,
    /// The text that may have addresses in it; `None` when there is none.
    pieces: Option<Vec<Piece>>,
    /// Whether only emphasis began or ended since the last piece.
    goes_on: bool,
    /// The text that may name emoji; `None` when none does.
    named: Option<Vec<Range<usize>>>,
    in_table: bool,
    in_cell: bool,
    /// The quotes that are callouts.
    quotes: Vec<(BlockQuoteKind, Range<usize>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, body: usize, wording: &'a Wording, masks: &'a Masks) -> Self {
        let gap = |at: usize| Gap {
            at,
            after_line_break: at == 0 || text[..at].ends_with('\n'),
            before_blank: text[at..].lines().next().is_none_or(|line| line.trim().is_empty()),
        };
        Self {
            text,
            wording,
            masks,
            stand_in: None,
            known: (wording.dialect.formulas && Masks::may_be_needed(&text[body..])).then(Known::default),
            inline: (Vec::new(), Vec::new()),
            rejected: Vec::new(),
            lines: Lines { text, begins: Vec::new() },
            anatomy: Anatomy {
                front_matter: 0..body,
                body,
                title: None,
                has_level_one: false,
                banner: gap(body),
                end: gap(text.len()),
                markers: Vec::new(),
                closed: false,
                blank: true,
                leads: None,
                prose: Prose::default(),
                headings: Vec::new(),
                anchors: BTreeSet::new(),
                includes: Vec::new(),
                links: Vec::new(),
                switches: Vec::new(),
                copies: Vec::new(),
                fences: Vec::new(),
                formulas: Vec::new(),
                without_id: Vec::new(),
                straight: Vec::new(),
                plain: Vec::new(),
                shortcodes: Vec::new(),
                emphasis: Vec::new(),
                joints: Vec::new(),
                infos: Vec::new(),
                addresses: Vec::new(),
                callouts: Vec::new(),
                end_tags: Vec::new(),
            },
            pieces: address::may_have(&text[body..]).then(Vec::new),
            goes_on: false,
            named: (wording.dialect.shortcodes && memchr::memchr(b':', &text.as_bytes()[body..]).is_some())
                .then(Vec::new),
            in_table: false,
            in_cell: false,
            quotes: Vec::new(),
            blocks: Vec::new(),
            loose: 0,
            level: 1,
            heading: None,
            term: None,
            seams: BTreeMap::new(),
            footnotes: HashMap::new(),
            links: Vec::new(),
            references: Vec::new(),
            uses: BTreeMap::new(),
            depth: 0,
            elements: Elements::default(),
        }
    }

    /// Reads the text.
    ///
    /// # Errors
    /// When it can be read better, as long as that is wanted: the masks for it. Nothing else is settled then.
    pub(super) fn read(mut self, is_last: bool) -> Result<Anatomy, Masks> {
        let body = self.anatomy.body;
        let source = if self.masks.is_empty() {
            format!("{}{CLOSING}", &self.text[body..])
        } else {
            let (masked, stand_in) = self.masks.apply(self.text);
            self.stand_in = stand_in;
            format!("{}{CLOSING}", &masked[body..])
        };
        let text_len = source.len() - CLOSING.len();
        let sentinel = text_len + CLOSING.find('<').expect("it is a tag");
        // It costs a little, for braces as well.
        let may_have_formulas = self.wording.dialect.formulas && memchr::memchr(b'$', source.as_bytes()).is_some();
        let dialect = self.wording.dialect;
        let base = mdbook_options(dialect.definition_lists);
        let options = base | if may_have_formulas { Options::ENABLE_MATH } else { Options::empty() };
        let (mut runs, mut joints) = (Runs::of(&source), Joints::default());
        let mut colons = Colons::default();
        let mut events = Parser::new_ext(&source, options).into_offset_iter();
        while let Some((event, range)) = events.next() {
            runs.hear(&event, &range);
            self.elements.hear(&event);
            let joint = joints.hear(&source, &event, &range);
            if dialect.plain_colons {
                colons.hear(&source, &event, &range);
            }
            if event == Event::SoftBreak && self.elements.inside().is_preformatted {
                joints.forget();
            }
            let in_text = body + range.start.min(text_len)..body + range.end.min(text_len);
            if let Some(open) = self.links.last_mut()
                && !matches!(event, Event::End(_))
            {
                open.text_end = in_text.end;
            }
            self.piece(&event, &in_text);
            self.name(&event, &in_text);
            self.bound(&event, &in_text);
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    if range.start == sentinel && self.depth == 0 {
                        self.anatomy.closed = self.elements.are_closed();
                        break;
                    }
                    self.block(Shape::Html, &in_text);
                    self.opaque(&in_text);
                    self.html(in_text, self.depth == 0);
                    // A link that begins in a block of HTML ends in it.
                    while self.links.last().is_some_and(|open| open.is_html) {
                        self.link_ends(None);
                    }
                    // The block's own events say the same again, line by line.
                    for (event, _) in events.by_ref() {
                        if event == Event::End(TagEnd::HtmlBlock) {
                            break;
                        }
                    }
                }
                Event::InlineHtml(_) => {
                    self.opaque(&in_text);
                    self.html(in_text, false);
                }
                Event::InlineMath(ref tex) => self.formula(tex, false, &in_text),
                Event::DisplayMath(ref tex) => self.formula(tex, true, &in_text),
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    self.heading = Some(OpenHeading {
                        level,
                        id: id.map(|id| id.to_string()),
                        has_attributes: !classes.is_empty() || !attrs.is_empty(),
                        text: String::new(),
                        written: String::new(),
                        plain: String::new(),
                        smart: String::new(),
                        joints: Vec::new(),
                        outside: String::new(),
                        range: in_text,
                        links: (self.anatomy.links.len(), self.references.len()),
                        formulas: self.anatomy.formulas.len(),
                    });
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some(heading) = self.heading.take() {
                        self.heading(heading);
                    }
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.anatomy.blank = false;
                    self.block(Shape::Text, &in_text);
                    self.opaque(&in_text);
                    let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                    let mut fence = is_fenced.then(|| {
                        let line = self.lines.of(in_text.start);
                        Fence::new(self.text, in_text, line)
                    });
                    for (event, _) in events.by_ref() {
                        match (event, &mut fence) {
                            (Event::End(TagEnd::CodeBlock), _) => break,
                            (Event::Text(piece), Some(fence)) if fence.is_shown() => fence.contents.push_str(&piece),
                            _ => {}
                        }
                    }
                    if let Some(fence) = &fence
                        && fence.language == "math"
                        && self.wording.dialect.formulas
                    {
                        self.anatomy.formulas.push(Formula::fenced(self.text, fence));
                    }
                    self.anatomy.fences.extend(fence);
                }
                Event::Start(ref tag) => {
                    match tag {
                        Tag::Link { link_type, dest_url, id, .. } => {
                            self.link_begins(*link_type, dest_url, id, in_text.clone(), false);
                        }
                        Tag::Image { link_type, dest_url, id, .. } => {
                            self.link_begins(*link_type, dest_url, id, in_text.clone(), true);
                        }
                        Tag::DefinitionListTitle => self.term = Some((String::new(), Vec::new())),
                        Tag::TableCell => {
                            self.in_cell = true;
                            if let Some(known) = &mut self.known {
                                known.cells.push(in_text.clone());
                            }
                        }
                        Tag::BlockQuote(Some(kind)) => self.quotes.push((*kind, in_text.clone())),
                        _ => {}
                    }
                    if self.heading.is_none() {
                        let shape = match tag {
                            Tag::Table(_) => Shape::Html,
                            Tag::DefinitionList | Tag::FootnoteDefinition(_) => Shape::Text,
                            _ => Shape::Lines,
                        };
                        self.block(shape, &in_text);
                        self.depth += 1;
                        self.anatomy.blank &= matches!(event, Event::Start(Tag::Paragraph));
                    }
                }
                Event::End(tag) => {
                    match tag {
                        TagEnd::Link | TagEnd::Image => {
                            // HTML that was not closed in the link's text ends with it.
                            while self.links.last().is_some_and(|open| open.is_html) {
                                self.link_ends(None);
                            }
                            self.link_ends(Some(in_text));
                        }
                        TagEnd::TableCell => self.in_cell = false,
                        TagEnd::DefinitionListTitle => {
                            if let Some((text, joints)) = self.term.take() {
                                if !joints.is_empty() {
                                    self.seams.insert(self.anatomy.headings.len(), joints);
                                }
                                let smart = outline::without_dashes(&text, self.wording.dialect.straight);
                                self.anatomy.headings.push(Heading {
                                    level: 0,
                                    // It is none on GitHub, but takes a name here.
                                    written: text.clone(),
                                    text,
                                    smart,
                                    joined: None,
                                    id: None,
                                    line: 0,
                                    is_switch: false,
                                });
                            }
                        }
                        _ => {}
                    }
                    if self.heading.is_none() {
                        self.depth = self.depth.saturating_sub(1);
                    }
                }
                Event::Text(ref piece) => {
                    if let Some(begin) = joint {
                        self.seam(body + begin);
                    }
                    if self.known.is_some() && self.elements.inside().is_literal {
                        // A backslash before it is no part of the piece.
                        let is_escaped = self.text[..in_text.start].ends_with('\\');
                        self.opaque(&(in_text.start - usize::from(is_escaped)..in_text.end));
                    }
                    match self.real(piece) {
                        Cow::Borrowed(piece) => self.words(piece, false),
                        Cow::Owned(piece) => self.words(&piece, false),
                    }
                }
                Event::Code(ref piece) => {
                    self.opaque(&in_text);
                    self.words(piece, true);
                }
                Event::SoftBreak | Event::HardBreak => {
                    self.spell(" ", false);
                    if let Some(heading) = &mut self.heading
                        && heading.written.ends_with(' ')
                    {
                        heading.written.pop();
                        heading.written.push('\n');
                    }
                }
                Event::FootnoteReference(ref name) => {
                    let next = self.footnotes.len() + 1;
                    let number = *self.footnotes.entry(name.to_string()).or_insert(next);
                    // mdBook makes the number a part of a heading's id.
                    if let Some(heading) = &mut self.heading {
                        let number = number.to_string();
                        for text in [&mut heading.written, &mut heading.plain, &mut heading.smart] {
                            text.push_str(&number);
                        }
                    } else {
                        self.anatomy.blank = false;
                    }
                }
                _ if self.heading.is_some() => {}
                _ => self.anatomy.blank = false,
            }
        }
        if !is_last && let Some(better) = self.better() {
            return Err(better);
        }
        for (label, definition) in events.reference_definitions().iter() {
            let span = definition.span.start.min(text_len)..definition.span.end.min(text_len);
            let place = link::definition_destination(&source, &span, &definition.dest);
            let (labels, image) = self.uses.remove(&link::folded(label)).unwrap_or_default();
            let whole = body + span.start..body + span.end;
            self.anatomy.links.push(Link {
                destination: definition.dest.to_string(),
                place: place.map(|place| body + place.start..body + place.end),
                line: self.lines.of(whole.start),
                whole,
                labels,
                kind: Kind::Definition,
                image,
            });
        }
        let settled = runs.settle(&source, options);
        let joints = joints.settle(&source, &settled.comments, options);
        self.anatomy.links.sort_by_key(|link| (link.whole.start, link.whole.end));
        let mut shown: Vec<&Link> = self.anatomy.links.iter().filter(|link| link.kind != Kind::Definition).collect();
        shown.extend(&self.references);
        shown.sort_by_key(|link| (link.whole.start, link.whole.end));
        let found = own_lines::find(self.text, &self.blocks, &shown, self.wording);
        self.anatomy.leads = own_lines::elsewhere(self.text, &self.blocks, &shown, &found.0);
        (self.anatomy.switches, self.anatomy.copies) = found;
        // A line that a formula goes on behind cannot be taken away from it.
        let formulas = &self.anatomy.formulas;
        let cuts = |line: &Range<usize>, formula: &Range<usize>| {
            formula.start < line.end
                && line.start < formula.end
                && !(line.start <= formula.start && formula.end <= line.end)
        };
        let is_whole = |line: &Lead| {
            // They stand in their order, and none in another one.
            let begin = formulas.partition_point(|formula| formula.held().end <= line.range.start);
            let touched = formulas[begin..].iter().take_while(|formula| formula.held().start < line.range.end);
            !touched.into_iter().any(|formula| cuts(&line.range, &formula.held()))
        };
        self.anatomy.switches.retain(is_whole);
        self.anatomy.copies.retain(is_whole);
        let names = own_lines::names(self.text, &self.blocks, &shown, &self.anatomy.switches);
        self.anatomy.prose.without(&names);
        for line in self.anatomy.switches.iter_mut().chain(&mut self.anatomy.copies) {
            line.line = self.lines.of(line.range.start);
        }
        let escape = |at: usize| Escape { at: body + at, character: char::from(source.as_bytes()[at]) };
        self.anatomy.plain.extend(colons.settle(&source, options).into_iter().map(escape));
        self.anatomy.plain.sort_unstable_by_key(|escape| escape.at);
        if dialect.straight {
            self.anatomy.straight = punctuation::find(&source, options).into_iter().map(escape).collect();
        }
        self.anatomy.emphasis = settled.comments.iter().map(|at| body + at).collect();
        let at_place = |joint: Joint| Joint { range: body + joint.range.start..body + joint.range.end, ..joint };
        self.anatomy.joints = joints.into_iter().map(at_place).collect();
        self.retain_joints();
        // What was counted in the text of these as it was holds no longer.
        let mut lost = HashSet::new();
        for (number, pieces) in settled.headings {
            self.emphasise(number, &pieces);
            lost.extend(self.seams.remove(&number).into_iter().flatten().map(|seam| seam.begin));
        }
        self.anatomy.joints.retain(|joint| !lost.contains(&joint.range.start));
        self.join_headings();
        self.anatomy.infos =
            self.anatomy.fences.iter().filter_map(|fence| info_string::read(self.text, fence)).collect();
        let pieces = self.pieces.take().unwrap_or_default();
        self.anatomy.addresses = address::find(self.text, &pieces, |offset| self.lines.of(offset));
        self.anatomy.includes = include::find(self.text, &self.anatomy.fences);
        self.anatomy.callouts = callout::find(self.text, body, &self.quotes, base);
        self.shortcodes();
        self.anatomy.end_tags = self.elements.end_tags;
        Ok(self.anatomy)
    }

    /// The masks under which more formulas would be found, or fewer dollars taken for the beginning of one.
    fn better(&mut self) -> Option<Masks> {
        let known = self.known.as_mut()?;
        let (formulas, dollars) = &mut self.inline;
        dollars.extend(dollars::beginning_none(self.text, known, &self.rejected));
        dollars.sort_unstable();
        let masks = if self.masks.is_empty() {
            Masks::find(self.text, self.anatomy.body, known, formulas, dollars)
        } else {
            self.masks.with(dollars)
        };
        Some(masks).filter(|masks| masks != self.masks)
    }

    /// Notes what is no text.
    fn opaque(&mut self, range: &Range<usize>) {
        if let Some(known) = &mut self.known {
            known.opaque.push(range.clone());
        }
    }

    /// Notes where a block begins and ends.
    fn bound(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let Some(known) = &mut self.known else { return };
        if let Event::Start(tag) = event
            && !matches!(
                tag,
                Tag::Emphasis
                    | Tag::Strong
                    | Tag::Strikethrough
                    | Tag::Superscript
                    | Tag::Subscript
                    | Tag::Link { .. }
                    | Tag::Image { .. }
            )
        {
            known.bounds.extend([range.start, range.end]);
        }
    }

    /// A piece of the text under the masks, as its author wrote it.
    fn real<'b>(&self, piece: &'b str) -> Cow<'b, str> {
        match self.stand_in {
            Some(stand_in) if piece.contains(stand_in) => Cow::Owned(piece.replace(stand_in, "$")),
            _ => Cow::Borrowed(piece),
        }
    }

    /// Reads what the parser takes for a formula.
    fn formula(&mut self, tex: &str, display: bool, range: &Range<usize>) {
        let written = &self.text[range.clone()];
        let masked = self.masks.tex(self.text, range);
        // What is meant as it is has none; its second dollar can stand behind that.
        if masked.is_none() && self.elements.inside().is_literal {
            let marks = if display { 2 } else { 1 };
            let ends = if written.contains('<') { None } else { Some(range.end - marks..range.end) };
            self.inline.1.extend((range.start..range.start + marks).chain(ends.into_iter().flatten()));
            self.opaque(&(range.start..range.start + marks));
            return self.words(written, false);
        }
        // A dollar under a mask is none that a formula could hold.
        let has_dollar = self.stand_in.is_some_and(|stand_in| tex.contains(stand_in));
        if masked.is_none() && !display && (has_dollar || !formula::is_formula(self.text, range, tex)) {
            self.rejected.push(range.clone());
            return self.words(written, false);
        }
        if masked.is_none() && display && formula::is_words(self.text, range) {
            // The pair at the end can begin a formula, unless it is one with the pair before it.
            let pairs =
                if written.trim_matches('$').trim().is_empty() { range.clone() } else { range.start..range.start + 2 };
            self.inline.1.extend(pairs.filter(|at| self.text.as_bytes()[*at] == b'$'));
            return self.words(written, false);
        }
        self.inline.0.push(range.clone());
        self.spell(written, true);
        self.anatomy.blank = false;
        self.loose += written.chars().filter(|c| c.is_alphanumeric()).count();
        // An image has a text in place of it, and that is no place for a formula.
        if self.links.iter().any(|open| open.link.image) {
            return;
        }
        let is_masked = masked.is_some();
        // A table takes the backslash before a bar for its own, before anything else is read.
        let masked = masked.map(|tex| if self.in_cell { tex.replace("\\|", "|") } else { tex });
        let tex = masked.unwrap_or_else(|| tex.to_owned());
        let line = self.lines.of(range.start);
        let in_link = !self.links.is_empty();
        self.anatomy.formulas.push(Formula::inline(self.text, range.clone(), tex, display, is_masked, line, in_link));
    }

    /// Notes that the line break before this is a joint, if it is in a heading.
    fn seam(&mut self, begin: usize) {
        let (joints, space) = match (&mut self.heading, &mut self.term) {
            (Some(heading), _) => (&mut heading.joints, [heading.plain.len(), heading.smart.len()]),
            (None, Some((term, joints))) => (joints, [term.len(); 2]),
            (None, None) => return,
        };
        joints.push(Seam { space: space.map(|end| end.saturating_sub(1)), begin });
    }

    /// Leaves the line breaks alone that others may take away, in part or together with more.
    fn retain_joints(&mut self) {
        let leads = self.anatomy.switches.iter().chain(&self.anatomy.copies).map(|lead| lead.range.clone());
        let mark = self.anatomy.title.iter().filter_map(|title| title.mark.as_ref()?.1.clone());
        let mut taken: Vec<Range<usize>> = leads.chain(mark).collect();
        taken.sort_unstable_by_key(|taken| taken.start);
        self.anatomy.joints.retain(|joint| {
            // None of them lies in another one, so the last that begins before a joint's end is the last to end.
            let before = taken.partition_point(|taken| taken.start <= joint.range.end);
            before.checked_sub(1).is_none_or(|last| taken[last].end < joint.range.start)
        });
    }

    /// Takes the marks of emphasis out of the text of a heading in which CommonMark does not see them.
    fn emphasise(&mut self, number: usize, pieces: &[(String, bool)]) {
        let straight = self.wording.dialect.straight;
        let (mut text, mut smart) = (String::new(), String::new());
        for (piece, is_code) in pieces {
            let piece = if *is_code { piece.clone() } else { self.real(piece).into_owned() };
            text.push_str(&piece);
            smart.push_str(&if *is_code { piece } else { outline::without_dashes(&piece, straight) });
        }
        let Some(heading) = self.anatomy.headings.get_mut(number) else { return };
        let title = self.anatomy.title.as_mut().filter(|title| heading.level == 1 && title.line == heading.line);
        if let Some(title) = title {
            let unmarked = title.mark.as_ref().map(|_| self.wording.without_mark(&text));
            unmarked.as_ref().unwrap_or(&text).trim().clone_into(&mut title.text);
            // A mark that is taken out of the page is no part of the id.
            if let (Some(unmarked), Some((_, Some(_)))) = (unmarked, &title.mark) {
                (text, smart) = (unmarked.clone(), outline::without_dashes(&unmarked, straight));
            }
        }
        (heading.text, heading.smart) = (text, smart);
    }

    /// Gives each heading with joints the text that readers see where the lines are joined.
    fn join_headings(&mut self) {
        let joints = &mut self.anatomy.joints;
        let seams = std::mem::take(&mut self.seams);
        if seams.is_empty() {
            return;
        }
        let in_headings: HashSet<usize> = seams.values().flatten().map(|seam| seam.begin).collect();
        // What an id is made of cannot hang on another pass.
        joints.retain(|joint| joint.as_written == joint.emphasised || !in_headings.contains(&joint.range.start));
        let closed: HashSet<usize> = joints.iter().map(|joint| joint.range.start).collect();
        for (number, seams) in seams {
            let heading = &mut self.anatomy.headings[number];
            let kept: Vec<&Seam> = seams.iter().filter(|seam| closed.contains(&seam.begin)).collect();
            if kept.is_empty() {
                continue;
            }
            let without = |text: &str, which: usize| {
                let spaces: HashSet<usize> = kept.iter().map(|seam| seam.space[which]).collect();
                text.char_indices().filter(|(at, _)| !spaces.contains(at)).map(|(_, c)| c).collect::<String>()
            };
            let joined = (without(&heading.text, 0), without(&heading.smart, 1));
            if let Some(title) = &mut self.anatomy.title
                && title.line == heading.line
                && title.text == heading.text.trim()
            {
                joined.0.trim().clone_into(&mut title.text);
            }
            heading.joined = Some(Box::new(joined));
        }
    }

    /// Notes a block at the top level.
    fn block(&mut self, shape: Shape, range: &Range<usize>) {
        if self.depth == 0 {
            self.blocks.push(Block { shape, range: range.clone() });
        }
    }

    /// Notes a piece of text in which an address can stand.
    fn piece(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let Some(pieces) = &mut self.pieces else { return };
        match event {
            Event::Text(_) if self.links.is_empty() && !self.elements.inside().is_verbatim() => {
                let (in_table, in_heading, goes_on) = (self.in_table, self.heading.is_some(), self.goes_on);
                pieces.push(Piece { range: range.clone(), in_table, in_heading, goes_on });
                self.goes_on = true;
                return;
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => return,
            Event::Start(Tag::Table(_)) => self.in_table = true,
            Event::End(TagEnd::Table) => self.in_table = false,
            _ => {}
        }
        self.goes_on = false;
    }

    /// Notes a piece of text in which an emoji can be named.
    fn name(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let Some(named) = &mut self.named else { return };
        let is_shut = || self.links.iter().any(|open| open.link.image || open.link.kind == Kind::Autolink);
        if !matches!(event, Event::Text(_)) || is_shut() || self.elements.inside().is_literal {
            return;
        }
        match named.last_mut() {
            // The parser divides a text where a mark of emphasis could be.
            Some(last) if last.end == range.start => last.end = range.end,
            _ => named.push(range.clone()),
        }
    }

    /// Finds the emoji that are named, and the headings whose id they must not change.
    fn shortcodes(&mut self) {
        let named = self.named.take().unwrap_or_default();
        let anatomy = &mut self.anatomy;
        anatomy.shortcodes = shortcode::find(self.text, &named, &anatomy.addresses);
        for place in &mut anatomy.without_id {
            let end = anatomy.shortcodes.partition_point(|code| code.range.end <= place.at);
            place.has_emoji = end > 0 && anatomy.shortcodes[end - 1].range.start >= place.begin;
        }
        anatomy.without_id.retain(|place| place.has_formula || place.has_emoji);
        if let Some(title) = &mut anatomy.title
            && !anatomy.shortcodes.is_empty()
        {
            title.text = shortcode::with_emoji(&title.text, &self.wording.dialect).into_owned();
        }
    }

    /// Reads a piece of text or code.
    fn words(&mut self, piece: &str, code: bool) {
        self.spell(piece, code);
        if self.heading.is_some() {
            return;
        }
        self.anatomy.blank &= piece.trim().is_empty();
        self.anatomy.prose.read(piece);
        // Nobody asks further down.
        if self.links.is_empty() && self.loose <= LOOSE_ABOVE_TITLE {
            self.loose += piece.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }

    /// Adds a piece of text to everything that is open and has a name.
    fn spell(&mut self, piece: &str, code: bool) {
        for open in self.links.iter_mut().rev().take(MOST_LINKS) {
            open.label.push_str(piece);
        }
        if let Some((term, _)) = &mut self.term {
            term.push_str(piece);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(piece);
            if !self.links.iter().any(|open| open.link.image) {
                heading.written.push_str(piece);
                heading.plain.push_str(piece);
                if code {
                    heading.smart.push_str(piece);
                } else {
                    heading.smart.push_str(&outline::without_dashes(piece, self.wording.dialect.straight));
                }
            }
            if self.links.is_empty() {
                heading.outside.push_str(piece);
            }
        }
    }

    /// Reads the addresses in a `srcset` that stands at `at`, in a tag at `offset`.
    fn picture_set(&mut self, written: &str, at: usize, offset: usize, len: usize) {
        let value = written.trim_matches(['"', '\'']);
        let at = at + usize::from(value.len() < written.len());
        for address in html::addresses(value) {
            self.anatomy.links.push(Link {
                destination: value[address.clone()].replace("&amp;", "&"),
                place: Some(at + address.start..at + address.end),
                line: self.lines.of(offset),
                whole: offset..offset + len,
                labels: Vec::new(),
                kind: Kind::HtmlPart,
                image: true,
            });
        }
    }

    /// Adds what stands for an image of HTML to what is open and has a name; it is a part of no id.
    fn alternative(&mut self, text: &str) {
        for open in &mut self.links {
            open.label.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn link_begins(&mut self, kind: LinkType, destination: &str, id: &str, range: Range<usize>, image: bool) {
        // Brackets in it are its own, and what the parser takes for a formula is one there as well.
        if let Some(known) = &mut self.known {
            // One in another is a part of it.
            if known.links.last().is_none_or(|last| last.end <= range.start) {
                known.links.push(range.clone());
            }
        }
        let definition = link::is_reference(kind).then(|| link::folded(id));
        // An address between angle brackets leads to a mail, and does not say so.
        let scheme = if kind == LinkType::Email { "mailto:" } else { "" };
        let kind = if matches!(kind, LinkType::Autolink | LinkType::Email) { Kind::Autolink } else { Kind::Inline };
        let text_end = range.start + 1 + usize::from(image);
        self.links.push(OpenLink {
            link: Link {
                destination: format!("{scheme}{}", self.real(destination)),
                place: (kind == Kind::Autolink).then(|| range.clone()),
                line: self.lines.of(range.start),
                whole: range,
                labels: Vec::new(),
                kind,
                image,
            },
            label: String::new(),
            text_end,
            definition,
            is_html: false,
        });
    }

    /// Closes the innermost link. `range` is the whole of a Markdown link.
    fn link_ends(&mut self, range: Option<Range<usize>>) {
        let Some(OpenLink { mut link, label, text_end, definition, is_html }) = self.links.pop() else { return };
        if let Some(open) = self.links.last_mut() {
            open.text_end = open.text_end.max(link.whole.end);
        }
        if let Some(definition) = definition {
            let uses = self.uses.entry(definition).or_default();
            uses.0.push(label.clone());
            uses.1 |= link.image;
            self.references.push(Link { labels: vec![label], kind: Kind::Definition, ..link });
            return;
        }
        if let Some(range) = range.filter(|_| link.kind == Kind::Inline && !is_html) {
            link.place = link::inline_destination(self.text, text_end, range.end, &link.destination);
        }
        link.labels.push(label);
        self.anatomy.links.push(link);
    }

    fn heading(&mut self, heading: OpenHeading) {
        let OpenHeading {
            level,
            id,
            has_attributes,
            mut text,
            mut written,
            mut plain,
            mut smart,
            joints,
            outside,
            range,
            links,
            formulas,
        } = heading;
        let line = heading_line(&self.text[range.clone()]);
        let braces = plain::braces(line).filter(|_| self.wording.dialect.plain_braces);
        if let Some(braces) = &braces {
            let words = &line[braces.clone()];
            for shown in [&mut text, &mut written, &mut plain, &mut smart] {
                shown.push_str(words);
            }
            self.anatomy.plain.push(Escape { at: range.start + braces.end - 1, character: '}' });
        }
        let has_formula = self.anatomy.formulas.len() > formulas;
        if id.is_none() && (has_formula || self.named.is_some() && text.contains(':')) {
            let in_braces = has_attributes && braces.is_none() && line.ends_with('}');
            let at = range.start + line.len() - usize::from(in_braces);
            let heading = self.anatomy.headings.len();
            let place = WithoutId { heading, begin: range.start, at, in_braces, has_formula, has_emoji: false };
            self.anatomy.without_id.push(place);
        }
        if !joints.is_empty() {
            self.seams.insert(self.anatomy.headings.len(), joints);
        }
        let (level, top) = (level as usize, self.depth == 0);
        self.anatomy.prose.read(&text);
        let own = self.anatomy.links[links.0..].iter().chain(&self.references[links.1..]);
        let is_switch = own_lines::is_switch(own, &outside, self.wording);
        let line = self.lines.of(range.start);
        let shape = if is_switch { Shape::Switch } else { Shape::Heading };
        // A title can have badges or a line of links above it; below text, a level-1 heading is a part of the text.
        let at_the_top = self.level == 1 && self.blocks.len() <= 3 && self.loose <= LOOSE_ABOVE_TITLE;
        let is_title = level == 1 && top && !is_switch && !self.anatomy.has_level_one && at_the_top;
        self.block(if is_title { Shape::Title } else { shape }, &range);
        let shown = Heading { level, text: plain, written, smart, joined: None, id, line, is_switch };
        self.anatomy.headings.push(shown);
        if is_switch {
            self.anatomy.blank = false;
            return;
        }
        self.anatomy.has_level_one |= level == 1;
        if top {
            self.level = level;
        }
        if !is_title {
            self.anatomy.blank = false;
            return;
        }
        let end = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at + 1);
        let end = if self.text[..range.end].ends_with('\n') { range.end } else { end };
        let source = heading_text(&self.text[range.clone()]);
        let content = source.trim_start_matches(['#', ' ', '\t']);
        let content_start = range.start + source.len() - content.len();
        // `**[Draft] KV**` says the same, but nothing can be taken out of it byte by byte.
        let mark = self.wording.mark(&text).map(|found| {
            let bytes = self.wording.mark(content).filter(|source| source.status == found.status);
            let range = |range: Range<usize>| content_start + range.start..content_start + range.end;
            (found.status, bytes.map(|mark| range(mark.range)))
        });
        let text = if mark.is_some() { self.wording.without_mark(&text) } else { text };
        if let (Some((_, Some(_))), Some(heading)) = (&mark, self.anatomy.headings.last_mut()) {
            heading.smart = outline::without_dashes(&text, self.wording.dialect.straight);
            heading.text.clone_from(&text);
        }
        self.anatomy.title = Some(Title { text: text.trim().to_owned(), mark, line });
        self.anatomy.banner = Gap {
            at: end,
            after_line_break: self.text[..end].ends_with('\n'),
            before_blank: self.text[end..].lines().next().is_none_or(|line| line.trim().is_empty()),
        };
    }

    /// Reads the tags and the markers of a piece of HTML.
    fn html(&mut self, range: Range<usize>, block: bool) {
        static MARKER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"<!--[ \t]*([a-z]+(?:-[a-z]+)*)[ \t]*-->").expect("a valid pattern"));
        let html = &self.text[range.clone()];
        for found in MARKER.captures_iter(html) {
            if MARKERS.contains(&&found[1]) {
                let whole = found.get(0).expect("a match has bytes");
                let line = self.lines.of(range.start + whole.start());
                self.anatomy.markers.push(Marker {
                    name: found[1].to_owned(),
                    range: range.start + whole.start()..range.start + whole.end(),
                    level: self.level,
                    nested: !block,
                    line,
                });
                self.anatomy.blank = false;
            }
        }
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.name_in_html(range.end - rest.len(), &rest[..at]);
            self.formulas_in_html(range.end - rest.len(), &rest[..at]);
            if !self.links.is_empty() {
                let text = rest[..at].split_whitespace().collect::<Vec<_>>().join(" ");
                self.spell(&text, false);
            }
            rest = &rest[at..];
            let offset = range.end - rest.len();
            let next = Markup::next(rest);
            if let Some((Markup::Open(name) | Markup::Empty(name), len)) = &next {
                self.tag(name, &rest[..*len], offset);
            }
            if let Some((Markup::Close(name), len)) = &next
                && name == "a"
                && let Some(open) = self.links.last_mut().filter(|open| open.is_html)
            {
                open.link.whole.end = offset + len;
                self.link_ends(None);
            }
            rest = match next {
                Some((Markup::Comment | Markup::Unclosed, len)) => &rest[len..],
                Some((Markup::Open(name), len)) => {
                    self.anatomy.has_level_one |= name == "h1";
                    self.anatomy.blank = false;
                    rest = &rest[len..];
                    // Nothing inside of these is a tag but their own end.
                    if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
                        rest = &rest[end_tag(rest, &name).unwrap_or(rest.len())..];
                    }
                    self.elements.opens(name);
                    rest
                }
                Some((Markup::Empty(name), len)) => {
                    self.anatomy.blank &= name == "br";
                    &rest[len..]
                }
                Some((Markup::Close(name), len)) => {
                    self.elements.closes(name, offset..offset + len, || self.lines.of(offset));
                    &rest[len..]
                }
                None => &rest[1..],
            };
        }
        self.name_in_html(range.end - rest.len(), rest);
        self.formulas_in_html(range.end - rest.len(), rest);
    }

    /// Reads the formulas of a piece of text between the tags of HTML.
    fn formulas_in_html(&mut self, at: usize, piece: &str) {
        if self.known.is_none() || memchr::memchr(b'$', piece.as_bytes()).is_none() {
            return;
        }
        let Inside { is_literal, is_drawn, .. } = self.elements.inside();
        if is_literal || is_drawn {
            return;
        }
        for (range, display) in dollars::in_html(self.text, at..at + piece.len()) {
            let marks = if display { 2 } else { 1 };
            let tex = formula::without_line_marks(self.text, &range, marks);
            let (line, in_link) = (self.lines.of(range.start), !self.links.is_empty());
            self.anatomy.formulas.push(Formula::inline(self.text, range, tex, display, false, line, in_link));
        }
    }

    /// Notes a piece of text between the tags of HTML in which an emoji can be named.
    fn name_in_html(&mut self, at: usize, piece: &str) {
        let Some(named) = &mut self.named else { return };
        if piece.contains(':') && !self.elements.inside().is_literal {
            named.push(at..at + piece.len());
        }
    }

    /// Reads the links and the anchors of a tag at `offset`.
    fn tag(&mut self, name: &str, tag: &str, offset: usize) {
        if tag.len() == name.len() + 2 {
            return;
        }
        for attribute in html::attributes(tag) {
            let image = match (name, attribute.name.as_str()) {
                ("a", "href") => false,
                ("img" | "video" | "audio" | "source" | "embed" | "track" | "iframe", "src")
                | ("video", "poster")
                | ("object", "data") => true,
                ("img" | "source", "srcset") => {
                    self.picture_set(&tag[attribute.range.clone()], offset + attribute.range.start, offset, tag.len());
                    continue;
                }
                ("a", "name") | (_, "id") => {
                    self.anatomy.anchors.insert(attribute.value);
                    continue;
                }
                _ => continue,
            };
            let whole = offset..offset + tag.len();
            let link = Link {
                destination: attribute.value,
                place: Some(offset + attribute.range.start..offset + attribute.range.end),
                line: self.lines.of(offset),
                whole,
                labels: Vec::new(),
                kind: Kind::Html,
                image,
            };
            if image {
                self.anatomy.links.push(link);
                if let Some(alt) = html::attributes(tag).into_iter().find(|attribute| attribute.name == "alt") {
                    self.alternative(&alt.value);
                }
            } else {
                // In HTML a link ends where the next one begins.
                if self.links.last().is_some_and(|open| open.is_html) {
                    self.link_ends(None);
                }
                let (label, text_end) = (String::new(), offset + tag.len());
                self.links.push(OpenLink { link, label, text_end, definition: None, is_html: true });
            }
        }
    }
}

/// Where the end tag of an element begins.
fn end_tag(html: &str, name: &str) -> Option<usize> {
    html.match_indices("</").map(|(at, _)| at).find(|at| {
        html.as_bytes()
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The source of a heading up to what is behind its text: the line of `=`, closing `#`, attributes such as `{#id}`.
fn heading_text(source: &str) -> &str {
    let text = source.trim_end().trim_end_matches('=').trim_end();
    let text = match text.rfind('{') {
        Some(at) if text.ends_with('}') && !text[at..].contains('\n') => text[..at].trim_end(),
        _ => text,
    };
    let without = text.trim_end_matches('#');
    if without.ends_with([' ', '\t']) { without.trim_end() } else { text }
}

/// The source of a heading up to where attributes such as `{#id}` stand: without a line of `=` or `-` below it.
fn heading_line(source: &str) -> &str {
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
