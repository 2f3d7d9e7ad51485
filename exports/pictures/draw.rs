//! Draws an SVG as a PNG, at twice its size and on white: a picture without a ground is black on some sites.
//!
//! The same file gives the same bytes, but for its text: that is drawn with the fonts of the machine, since no font that
//! could be carried along has the characters of every language. Nothing but the file is read; pictures in it of other
//! files are left out. Whatever is left out, and text, is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Size, Tree};

use super::fonts;

/// How many bytes of SVG are drawn.
const LARGEST: usize = 8 << 20;

/// How many pixels a drawn picture has at most: as many as a screen of 4096 × 2048.
const MOST_PIXELS: f32 = 8_388_608.0;

/// How long a side of it may be.
const LONGEST_SIDE: f32 = 8192.0;

/// How many pixels the pictures in an SVG may have together: they are decoded one at a time, but a few bytes can be very
/// many pixels.
const MOST_INNER_PIXELS: u64 = 64 << 20;

/// How much larger a picture is drawn than it says: for screens with small pixels.
const SCALE: f32 = 2.0;

/// Elements in elements need room; more than a thread has by itself.
const STACK: usize = 64 << 20;

/// A drawn picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The bytes of the PNG.
    pub(super) png: Vec<u8>,
    /// What an author has to know of it, each the end of a sentence.
    pub(super) remarks: Vec<&'static str>,
}

/// Why nothing was drawn; the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Undrawn {
    /// It is no SVG that anybody could show.
    Broken(String),
    /// Another program may be able to.
    Unable(&'static str),
}

/// Draws an SVG.
///
/// # Errors
/// Says why it cannot be drawn.
pub(super) fn png(svg: &[u8]) -> Result<Drawn, Undrawn> {
    if svg.len() > LARGEST {
        return Err(Undrawn::Unable("it is too large"));
    }
    if has_tag(svg, b"foreignObject") {
        return Err(Undrawn::Unable("it holds HTML, which only a browser draws"));
    }
    let svg = svg.to_vec();
    let drawing = thread::Builder::new().stack_size(STACK).spawn(move || draw(&svg));
    let drawn = drawing.ok().and_then(|drawing| drawing.join().ok());
    drawn.unwrap_or(Err(Undrawn::Unable("the program that draws failed")))
}

fn draw(svg: &[u8]) -> Result<Drawn, Undrawn> {
    let has_text = has_tag(svg, b"text");
    let watch = Arc::new(Watch::default());
    let all = if has_text { fonts::all() } else { Arc::default() };
    if has_text && all.is_empty() {
        return Err(Undrawn::Unable("it holds text, and this machine has no fonts"));
    }
    let options = Options {
        font_family: "sans-serif".to_owned(),
        image_href_resolver: pictures(&watch),
        font_resolver: fonts::resolver({
            let watch = Arc::clone(&watch);
            move || watch.lacks_characters.store(true, Ordering::Relaxed)
        }),
        fontdb: all,
        ..Options::default()
    };
    let tree = Tree::from_data(svg, &options).map_err(|error| Undrawn::Broken(error.to_string()))?;
    let (width, height, scale) = measured(tree.size());
    let mut pixmap = Pixmap::new(width, height).ok_or(Undrawn::Unable("it is too large"))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale.0, scale.1), &mut pixmap.as_mut());
    let png = pixmap.encode_png().map_err(|error| Undrawn::Broken(error.to_string()))?;
    let remarks = [
        (has_text, "its text has the fonts of this machine, so that it may differ on another one"),
        (watch.lacks_characters.load(Ordering::Relaxed), "no font of this machine has some of its characters"),
        (watch.skips_pictures.load(Ordering::Relaxed), "the pictures of other files in it are left out"),
        (scale.0 < 1.0 || scale.1 < 1.0, "it is smaller than it says"),
    ];
    let remarks = remarks.into_iter().filter_map(|(holds, remark)| holds.then_some(remark)).collect();
    Ok(Drawn { png, remarks })
}

/// What happened while a picture was read.
#[derive(Debug, Default)]
struct Watch {
    lacks_characters: AtomicBool,
    skips_pictures: AtomicBool,
    inner_pixels: AtomicU64,
}

/// The width and the height of a picture in pixels, and how much larger each is than it says.
fn measured(size: Size) -> (u32, u32, (f32, f32)) {
    let (width, height) = (size.width(), size.height());
    let fits = (MOST_PIXELS / width / height).sqrt().min(LONGEST_SIDE / width).min(LONGEST_SIDE / height);
    let scale = SCALE.min(fits);
    // A number that is too large for its type becomes the largest there is.
    let pixels = |length: f32| ((length * scale).ceil() as u32).clamp(1, LONGEST_SIDE as u32);
    let (across, down) = (pixels(width), pixels(height));
    (across, down, (scale, scale))
}

/// Whether a text has an element of this name, in whatever namespace.
fn has_tag(svg: &[u8], name: &[u8]) -> bool {
    svg.windows(name.len() + 1).enumerate().any(|(at, window)| {
        matches!(window[0], b'<' | b':')
            && &window[1..] == name
            && !svg.get(at + window.len()).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'-')
    })
}

/// Pictures in a picture: those that lie in the file itself, as far as they are not too large.
fn pictures(watch: &Arc<Watch>) -> ImageHrefResolver<'static> {
    let (inner, outer) = (Arc::clone(watch), Arc::clone(watch));
    let read = ImageHrefResolver::default_data_resolver();
    ImageHrefResolver {
        resolve_data: Box::new(move |media, bytes, options| {
            let pixels =
                imagesize::blob_size(&bytes).map_or(0, |size| (size.width as u64).saturating_mul(size.height as u64));
            let all = inner.inner_pixels.fetch_add(pixels.min(MOST_INNER_PIXELS + 1), Ordering::Relaxed);
            if all.saturating_add(pixels) > MOST_INNER_PIXELS {
                inner.skips_pictures.store(true, Ordering::Relaxed);
                return None;
            }
            read(media, bytes, options)
        }),
        resolve_string: Box::new(move |_, _| {
            outer.skips_pictures.store(true, Ordering::Relaxed);
            None
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(attributes: &str, inside: &str) -> Vec<u8> {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}>{inside}</svg>").into_bytes()
    }

    fn size(drawn: &Drawn) -> (usize, usize) {
        let size = imagesize::blob_size(&drawn.png).unwrap();
        (size.width, size.height)
    }

    #[test]
    fn a_picture_is_drawn_at_twice_its_size_on_white() {
        let drawn =
            png(&svg("width=\"30\" height=\"20\"", "<rect width=\"10\" height=\"20\" fill=\"#f00\"/>")).unwrap();
        assert_eq!(size(&drawn), (60, 40));
        assert!(drawn.remarks.is_empty());
        let pixels = Pixmap::decode_png(&drawn.png).unwrap();
        let colour = |x, y| pixels.pixel(x, y).map(|pixel| (pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()));
        assert_eq!((colour(5, 5), colour(40, 5)), (Some((255, 0, 0, 255)), Some((255, 255, 255, 255))));
    }

    #[test]
    fn no_picture_is_too_large() {
        for (width, height) in [("1e9", "1"), ("1", "1e9"), ("100000", "100000"), ("1e30", "1e30"), ("0.001", "0.001")]
        {
            let Ok(drawn) = png(&svg(&format!("width=\"{width}\" height=\"{height}\""), "<rect/>")) else { continue };
            let (width, height) = size(&drawn);
            assert!(width * height <= 8_400_000 && width.max(height) <= 8192, "{width} × {height}");
        }
        assert_eq!(png(&vec![b' '; LARGEST + 1]), Err(Undrawn::Unable("it is too large")));
    }

    #[test]
    fn what_is_no_svg_says_why() {
        for broken in [
            &b""[..],
            b"<svg",
            b"\xff\xfe<svg",
            b"<html/>",
            b"\x1f\x8b\x08",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"-1\" height=\"0\"/>",
        ] {
            assert!(matches!(png(broken), Err(Undrawn::Broken(_))), "{}", String::from_utf8_lossy(broken));
        }
        let html = svg("width=\"9\" height=\"9\"", "<foreignObject><b>a</b></foreignObject>");
        assert!(matches!(png(&html), Err(Undrawn::Unable(_))));
    }

    #[test]
    fn nesting_and_references_end() {
        let deep = "<g opacity=\".9\">".repeat(5000) + &"</g>".repeat(5000);
        let _ = png(&svg("width=\"9\" height=\"9\"", &deep));
        let groups: String =
            (1..60).map(|n| format!("<g id=\"a{n}\"><use href=\"#a{0}\"/><use href=\"#a{0}\"/></g>", n - 1)).collect();
        let _ = png(&svg("width=\"9\" height=\"9\"", &format!("<g id=\"a0\"><rect/></g>{groups}<use href=\"#a59\"/>")));
        let _ = png(&svg("width=\"9\" height=\"9\"", "<g id=\"a\"><use href=\"#a\"/></g>"));
    }

    #[test]
    fn no_other_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.png");
        let red = png(&svg("width=\"9\" height=\"9\"", "<rect width=\"9\" height=\"9\" fill=\"#f00\"/>")).unwrap().png;
        std::fs::write(&file, &red).unwrap();
        let image =
            |href: &str| svg("width=\"9\" height=\"9\"", &format!("<image width=\"9\" height=\"9\" href=\"{href}\"/>"));
        let drawn = png(&image(&file.display().to_string())).unwrap();
        assert_eq!(drawn.png, png(&svg("width=\"9\" height=\"9\"", "")).unwrap().png);
        assert_eq!(drawn.remarks, ["the pictures of other files in it are left out"]);
        let data = format!("data:image/png;base64,{}", super::super::data::encoded(&red));
        let drawn = png(&image(&data)).unwrap();
        assert!(drawn.remarks.is_empty() && drawn.png == red);
    }

    #[test]
    fn text_is_drawn_and_told() {
        let plain = png(&svg("width=\"90\" height=\"20\"", "")).unwrap();
        match png(&svg("width=\"90\" height=\"20\"", "<text y=\"16\" font-family=\"no such font\">曲线 loss</text>"))
        {
            Ok(drawn) => {
                assert!(drawn.remarks[0].starts_with("its text has the fonts of this machine"), "{:?}", drawn.remarks);
                assert_ne!(drawn.png, plain.png);
            }
            // A machine without fonts says so.
            Err(why) => assert_eq!(why, Undrawn::Unable("it holds text, and this machine has no fonts")),
        }
    }

    #[test]
    fn tags_are_found_by_their_whole_name() {
        for (text, is_there) in
            [("<text>", true), ("<svg:text x", true), ("<textPath>", false), ("text", false), ("<text", true)]
        {
            assert_eq!(has_tag(text.as_bytes(), b"text"), is_there, "{text}");
        }
    }
}
