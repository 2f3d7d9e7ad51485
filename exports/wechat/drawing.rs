//! TeX as a drawing.
//!
//! ```text
//! x^2   →   <svg … viewBox="0 0 1008 864" style="width:1.109em;…"><path d="m…"></path></svg>
//! ```
//!
//! `ratex` lays a formula out as KaTeX does. What it places is drawn here, with the outlines of KaTeX's own fonts and
//! nothing else: no font of this machine is ever asked, so that the same formula is the same bytes everywhere. A character
//! that those fonts do not have is no drawing, and never a gap.
//!
//! A unit of the drawing is a thousandth of the size of its letters, the unit of those fonts, so that all numbers in it are
//! whole.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};
use std::thread;

use mdbook_bilingual_core::formula::LONGEST;
use ratex_font::{FontId, katex_ttf_glyph_char};
use ratex_layout::{LayoutOptions, layout, to_display_list, validate_layout};
use ratex_parser::ParseNode;
use ratex_types::color::Color;
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::math_style::MathStyle;
use ttf_parser::Face;

use super::pen::Pen;

/// Units to the size of a letter.
const EM: f64 = 1000.0;
/// How much larger than the text around it a formula is: KaTeX's letters are small.
const SIZE: f64 = 1.1;
/// The stack on which a formula is laid out, in bytes.
const STACK: usize = 32 << 20;
/// The longest drawing, in bytes: an article holds but two million of them.
const LARGEST: usize = 256 << 10;

/// A part of a formula, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A drawing.
    Svg(Svg),
    /// Words for which there is no drawing.
    Words(Height, String),
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Height {
    /// On the line.
    Line,
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Svg {
    /// The size of what it shows.
    pub(super) view_box: String,
    /// The CSS that places it in a line.
    pub(super) css: String,
    /// What is in it.
    pub(super) paths: String,
}

/// Why there is no drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undrawn {
    /// The engine does not know it; what it says.
    Unknown(String),
    /// There is no glyph for this character.
    Font(char),
}

/// Draws a formula: as one drawing, or as several with the words between for which there is none.
pub(super) fn draw(tex: &str, display: bool) -> Result<Vec<Part>, Undrawn> {
    if tex.len() > LONGEST {
        return Err(Undrawn::Unknown(format!("it is longer than {} KB", LONGEST / 1024)));
    }
    let unknown = || Undrawn::Unknown("the engine gave up".to_owned());
    // What is nested deeply needs more stack than whoever asks may have left.
    thread::scope(|scope| {
        let work = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || drawn(tex, display));
        work.map_err(|_| unknown())?.join().unwrap_or_else(|_| Err(unknown()))
    })
}

fn drawn(tex: &str, display: bool) -> Result<Vec<Part>, Undrawn> {
    let nodes = ratex_parser::parse(tex).map_err(|error| Undrawn::Unknown(error.to_string()))?;
    match svg(&nodes, display) {
        Err(Undrawn::Font(c)) => apart(&nodes, display).ok_or(Undrawn::Font(c)),
        drawn => Ok(vec![Part::Svg(drawn?)]),
    }
}

/// The words of a formula as words, and what stands between them as drawings: those at its top, and those that are all of
/// an index. `None` where characters without a glyph stand deeper.
fn apart(nodes: &[ParseNode], display: bool) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut run = Vec::new();
    for node in nodes {
        let (drawn, height, words) = match (foreign(node), node) {
            (Some(words), _) => (None, Height::Line, words),
            (None, ParseNode::SupSub { base, sup: None, sub: Some(index), .. }) if foreign(index).is_some() => {
                (base.as_deref(), Height::Below, foreign(index)?)
            }
            (None, ParseNode::SupSub { base, sup: Some(index), sub: None, .. }) if foreign(index).is_some() => {
                (base.as_deref(), Height::Above, foreign(index)?)
            }
            _ => {
                run.push(node.clone());
                continue;
            }
        };
        run.extend(drawn.cloned());
        flush(&mut run, &mut parts, display)?;
        parts.push(Part::Words(height, words));
    }
    flush(&mut run, &mut parts, display)?;
    Some(parts)
}

/// Draws what has come together.
fn flush(run: &mut Vec<ParseNode>, parts: &mut Vec<Part>, display: bool) -> Option<()> {
    if !run.is_empty() {
        parts.push(Part::Svg(svg(&std::mem::take(run), display).ok()?));
    }
    Some(())
}

/// Words that are not all of ASCII.
fn foreign(node: &ParseNode) -> Option<String> {
    words(node).filter(|words| !words.is_ascii())
}

/// The words of a `\text` that holds nothing but words.
fn words(node: &ParseNode) -> Option<String> {
    match node {
        ParseNode::Text { body, .. } | ParseNode::OrdGroup { body, .. } => body.iter().map(words).collect(),
        ParseNode::TextOrd { text, .. } => match text.strip_prefix('\\') {
            None => Some(text.clone()),
            // A sign that TeX would read.
            Some(sign) => (sign.len() == 1 && sign != "\\").then(|| sign.to_owned()),
        },
        ParseNode::SpacingNode { .. } => Some(" ".to_owned()),
        _ => None,
    }
}

fn svg(nodes: &[ParseNode], display: bool) -> Result<Svg, Undrawn> {
    let style = if display { MathStyle::Display } else { MathStyle::Text };
    let root = layout(nodes, &LayoutOptions { style, ..LayoutOptions::default() });
    validate_layout(&root).map_err(Undrawn::Unknown)?;
    let list = to_display_list(&root);
    let sizes = [list.width, list.height, list.depth];
    if sizes.iter().any(|size| !size.is_finite() || size.abs() > 1000.0) {
        return Err(Undrawn::Unknown("it is larger than any page".to_owned()));
    }
    let paths = paths(&list)?;
    if paths.is_empty() {
        return Err(Undrawn::Unknown("there is nothing to see".to_owned()));
    }
    if paths.len() > LARGEST {
        return Err(Undrawn::Unknown(format!("its drawing is larger than {} KB", LARGEST / 1024)));
    }
    let units = |em: f64| (em * EM).ceil().max(1.0);
    // Adding nothing makes a zero of one below zero.
    let ems = |em: f64| format!("{}em", (em * SIZE * EM).round() / EM + 0.0);
    let total = list.height + list.depth;
    Ok(Svg {
        view_box: format!("0 0 {} {}", units(list.width), units(total)),
        css: format!(
            "width:{};height:{};vertical-align:{}",
            ems(list.width.max(0.001)),
            ems(total.max(0.001)),
            ems(-list.depth)
        ),
        paths,
    })
}

/// What the drawing of a formula is made of.
fn paths(list: &DisplayList) -> Result<String, Undrawn> {
    let mut pen = Pen::default();
    for item in &list.items {
        match item {
            DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
                pen.ink(paint(color), "");
                glyph(&mut pen, (*x * EM, *y * EM), *scale, font, *char_code)?;
            }
            DisplayItem::Line { x, y, width, thickness, color, dashed } => {
                let (from, thick) = ((*x * EM, *y * EM), (*thickness * EM).max(1.0));
                pen.lift();
                pen.ink(paint(color), "");
                let (dash, gap) = if *dashed { (thick * 3.0, thick * 3.0) } else { (*width * EM, 1.0) };
                let (mut at, end) = (from.0, from.0 + *width * EM);
                while at < end {
                    pen.rectangle((at, from.1 - thick / 2.0), (dash.min(end - at), thick));
                    at += dash + gap;
                }
                pen.lift();
            }
            DisplayItem::Rect { x, y, width, height, color } => {
                pen.lift();
                pen.ink(paint(color), "");
                pen.rectangle((*x * EM, *y * EM), (*width * EM, *height * EM));
                pen.lift();
            }
            DisplayItem::Path { x, y, commands, fill, color } => {
                pen.lift();
                pen.ink(paint(color), if *fill { "" } else { "stroke" });
                pen.commands((*x * EM, *y * EM), EM, commands);
                pen.lift();
            }
        }
    }
    Ok(pen.finish())
}

/// A colour of a drawing; `None` for that of the text.
fn paint(color: &Color) -> Option<String> {
    let part = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    let rgb = [part(color.r), part(color.g), part(color.b)];
    (rgb != [0, 0, 0]).then(|| format!("#{:02x}{:02x}{:02x}", rgb[0], rgb[1], rgb[2]))
}

/// The outline of a glyph, in whole units of its font: its name, and the glyph.
type Outlines = BTreeMap<(String, u32), Option<Vec<ratex_types::path_command::PathCommand>>>;

/// Those that were asked for so far, by the font and the character.
static OUTLINES: LazyLock<Mutex<Outlines>> = LazyLock::new(Mutex::default);

fn glyph(pen: &mut Pen, at: (f64, f64), scale: f64, font: &str, code: u32) -> Result<(), Undrawn> {
    let character = char::from_u32(code).unwrap_or('\u{fffd}');
    // Nothing of them is to be seen.
    if character.is_whitespace() || matches!(code, 0x200b..=0x200f | 0x2060..=0x2064 | 0xfeff | 0xfe0f) {
        return Ok(());
    }
    let mut known = OUTLINES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let outline = known.entry((font.to_owned(), code)).or_insert_with(|| {
        let own = FontId::parse(font).and_then(|font| outline(font, code));
        // As KaTeX does: what a font does not have, its text font may.
        own.or_else(|| outline(FontId::MainRegular, code))
    });
    let outline = outline.as_ref().ok_or(Undrawn::Font(character))?;
    pen.commands(at, scale, outline);
    Ok(())
}

fn outline(font: FontId, code: u32) -> Option<Vec<ratex_types::path_command::PathCommand>> {
    let bytes = ratex_katex_fonts::ttf_bytes(&format!("KaTeX_{}.ttf", font.as_str()))?;
    let face = Face::parse(&bytes, 0).ok()?;
    let glyph = face.glyph_index(katex_ttf_glyph_char(font, code))?;
    let mut outline = super::pen::Outline::new(1000.0 / f64::from(face.units_per_em()));
    face.outline_glyph(glyph, &mut outline)?;
    Some(outline.commands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(tex: &str) -> Svg {
        match draw(tex, true).unwrap_or_else(|why| panic!("{tex}: {why:?}")).as_slice() {
            [Part::Svg(svg)] => svg.clone(),
            parts => panic!("{tex}: {parts:?}"),
        }
    }

    #[test]
    fn what_is_drawn_is_paths_alone() {
        for tex in [
            "x^2",
            r"\pi_\theta(a \mid s)",
            r"\begin{aligned} a &= b \\ &= \frac{c}{d} \end{aligned}",
            r"\begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\sqrt[3]{\frac{\partial L}{\partial x}} \tag{1}",
            r"\mathbb{E}_{\tau\sim\mathcal{D}} \left[ \sum_{t=0}^{T} \underbrace{r_t}_{a} \right]",
            r"\boxed{\hat{y} = \overline{x}}",
            r"\color{red} x",
            r"\cancel{x} \xrightarrow{f} \widehat{abc} \begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{array}{c|c:c} a & b & c \\ \hline 1 & 2 & 3 \\ \hdashline 4 & 5 & 6 \end{array}",
            r"\text{a b} \; \mathrm{d}x \operatorname{KL}",
        ] {
            let svg = one(tex);
            let mut rest = svg.paths.as_str();
            while !rest.is_empty() {
                let end = rest.find("</path>").unwrap_or_else(|| panic!("{tex}: {rest}"));
                assert!(rest.starts_with("<path "), "{tex}: {rest}");
                assert!(!rest[6..end].contains('<'), "{tex}: {rest}");
                rest = &rest[end + 7..];
            }
        }
    }

    #[test]
    fn what_nobody_knows_or_can_draw_is_said() {
        for tex in [r"\nobodyknows{x}", "{", r"\frac{a}", &"x".repeat(LONGEST + 1), "", " "] {
            assert!(matches!(draw(tex, false), Err(Undrawn::Unknown(_))), "{tex}");
        }
        assert_eq!(draw(r"\frac{1}{\text{显存}}", false), Err(Undrawn::Font('显')));
        assert_eq!(draw(r"\text{😀}", false).map(|parts| parts.len()), Ok(1));
    }

    #[test]
    fn chinese_words_at_the_top_stand_beside_drawings() {
        for (tex, expected) in [
            (r"\text{显存 } = \frac{a}{b}", &["Line 显存 ", "svg"][..]),
            (r"P_{\text{显存}} + x^{上}", &["svg", "Below 显存", "svg", "Above 上"]),
            (r"\text{占 50\%} \infty", &["Line 占 50%", "svg"]),
        ] {
            let parts = draw(tex, false).unwrap();
            let shown: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Part::Words(height, words) => format!("{height:?} {words}"),
                    Part::Svg(_) => "svg".to_owned(),
                })
                .collect();
            assert_eq!(shown, expected, "{tex}");
        }
    }

    #[test]
    fn nothing_is_too_deep() {
        for (open, close) in [("{", "}"), (r"\sqrt{", "}"), (r"\frac{1}{", "}"), (r"\left(", r"\right)"), ("x^{", "}")]
        {
            for depth in [30, 300, 1500] {
                let tex = open.repeat(depth) + "x" + &close.repeat(depth);
                let _ = draw(&tex, true);
            }
        }
    }

    #[test]
    fn the_same_formula_is_the_same_drawing() {
        assert_eq!(one(r"\sum_i x_i"), one(r"\sum_i x_i"));
        assert!(one("x").css.starts_with("width:0.629em;height:0.474em;vertical-align:0em"), "{:?}", one("x"));
    }
}
