//! The comments at which something is written.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::markdown::input::Input;
use crate::markdown::{MARKERS, Marker};

/// The markers in a piece of HTML, below a heading of this level. `nested` says that no block can be put there.
pub(super) fn find(input: &Input<'_>, place: &Range<usize>, level: usize, nested: bool) -> Vec<Marker> {
    static MARKER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<!--[ \t]*([a-z]+(?:-[a-z]+)*)[ \t]*-->").expect("a valid pattern"));
    let found = MARKER.captures_iter(&input.text[place.clone()]);
    let known = found.filter(|found| MARKERS.contains(&&found[1]));
    known
        .map(|found| {
            let whole = found.get(0).expect("a match has bytes").range();
            let range = place.start + whole.start..place.start + whole.end;
            Marker { name: found[1].to_owned(), line: input.line(range.start), range, level, nested }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::markdown::{LEARNING_PATH, STATUS_BOARD};
    use crate::text::Wording;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn markers_at_block_level_only() {
        let text = "# A\n\n## B\n\n<!-- learning-path -->\n\n- <!-- learning-path -->\n\n`<!-- learning-path -->`\n";
        let markers = of(text).markers;
        assert_eq!(markers.len(), 2);
        assert_eq!(&text[markers[0].range.clone()], "<!-- learning-path -->");
        assert_eq!((markers[0].level, markers[0].nested, markers[0].line), (2, false, 5));
        assert!(markers[1].nested);
        assert!(of("```\n<!-- learning-path -->\n```\n").markers.is_empty());
        let text = "<!--status-board-->\n\n<!-- learning-path -->\n\n<!-- todo -->\n";
        let markers = of(text).markers;
        let names: Vec<&str> = markers.iter().map(|marker| marker.name.as_str()).collect();
        assert_eq!(names, [STATUS_BOARD, LEARNING_PATH]);
    }
}
