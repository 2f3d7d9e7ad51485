//! The fonts of this machine, for the text of pictures that are drawn.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::{Database, FaceInfo, Family, ID, Query, Style, Weight};
use resvg::usvg::{Font, FontFamily, FontResolver, FontStyle};

/// The fonts of this machine, in an order that does not depend on where they lie: for a character that a font lacks, the
/// first is taken that has it.
pub(super) fn all() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        let mut faces: Vec<_> = fonts.faces().cloned().collect();
        faces.sort_by_cached_key(|face| {
            let family = face.families.first().map_or("", |(family, _)| family).to_owned();
            // Of those for Chinese, Japanese and Korean, the one for most of the books that are posted elsewhere.
            let is_for_others = ["TC", "HK", "JP", "KR"].iter().any(|place| family.ends_with(place));
            let is_plain = face.style == Style::Normal && face.weight == Weight::NORMAL && !family.contains("Serif");
            (is_for_others, !is_plain, family, face.post_script_name.clone(), face.weight, face.index)
        });
        let mut sorted = Database::new();
        sorted.set_serif_family(fonts.family_name(&Family::Serif));
        sorted.set_sans_serif_family(fonts.family_name(&Family::SansSerif));
        sorted.set_cursive_family(fonts.family_name(&Family::Cursive));
        sorted.set_fantasy_family(fonts.family_name(&Family::Fantasy));
        sorted.set_monospace_family(fonts.family_name(&Family::Monospace));
        for face in faces {
            sorted.push_face_info(face);
        }
        Arc::new(sorted)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// Which font a text gets: the one that it names, else one that looks like it, else any, so that nothing vanishes. `lacks`
/// is told of a character that none has.
pub(super) fn resolver(lacks: impl Fn() + Send + Sync + 'static) -> FontResolver<'static> {
    let named = FontResolver::default_font_selector();
    let other = FontResolver::default_fallback_selector();
    FontResolver {
        select_font: Box::new(move |font, fonts| named(font, fonts).or_else(|| like(font, fonts))),
        select_fallback: Box::new(move |c, used, fonts| {
            let unlike = unlike(used, fonts);
            let found = other(c, &unlike, fonts).or_else(|| other(c, used, fonts));
            if found.is_none() && !c.is_control() && !c.is_whitespace() {
                lacks();
            }
            found
        }),
    }
}

/// The fonts that were tried, and those that do not look like the first of them: a bold text stays one.
fn unlike(used: &[ID], fonts: &Database) -> Vec<ID> {
    let look = |face: &FaceInfo| {
        let is_serif = face.families.first().is_some_and(|(family, _)| family.contains("Serif"));
        (face.style, face.weight, is_serif)
    };
    let first = used.first().and_then(|first| fonts.face(*first)).map(look);
    let others = fonts.faces().filter(|face| first.is_some_and(|first| look(face) != first)).map(|face| face.id);
    used.iter().copied().chain(others).collect()
}

/// A font in place of one that the machine has not.
fn like(font: &Font, fonts: &Database) -> Option<ID> {
    let families: &[&str] = match font.families().last() {
        Some(FontFamily::Serif) => {
            &["DejaVu Serif", "Noto Serif", "Liberation Serif", "Times New Roman", "Noto Serif CJK SC"]
        }
        Some(FontFamily::Monospace) => {
            &["DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono", "Courier New", "Menlo"]
        }
        _ => &["DejaVu Sans", "Noto Sans", "Liberation Sans", "Arial", "Noto Sans CJK SC"],
    };
    let families: Vec<Family<'_>> = families.iter().map(|name| Family::Name(name)).collect();
    let style = match font.style() {
        FontStyle::Normal => Style::Normal,
        FontStyle::Italic => Style::Italic,
        FontStyle::Oblique => Style::Oblique,
    };
    let query = Query { families: &families, weight: Weight(font.weight()), style, ..Query::default() };
    fonts.query(&query).or_else(|| fonts.faces().next().map(|face| face.id))
}
