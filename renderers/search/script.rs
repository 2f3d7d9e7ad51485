//! The script that runs in a page, put together from `client/`.

/// Its parts, in the order in which they need each other.
const PARTS: &[&str] = &[
    include_str!("client/text.js"),
    include_str!("client/index.js"),
    include_str!("client/query.js"),
    include_str!("client/marks.js"),
    include_str!("client/box.js"),
];

/// The styles of what mdBook's box does not have.
pub const STYLE: &str = include_str!("client/search.css");

/// The script, without comments and without the spaces before its lines.
#[must_use]
pub fn text() -> String {
    let mut text = String::from("(()=>{\"use strict\";\n");
    for line in PARTS.iter().flat_map(|part| part.lines()).map(str::trim) {
        if !line.is_empty() && !line.starts_with("//") {
            text.push_str(line);
            text.push('\n');
        }
    }
    text + "})();\n"
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_line_is_in_the_middle_of_a_text() {
        // What is left out of a line would be missing from a text that goes on over lines.
        assert!(super::PARTS.iter().flat_map(|part| part.lines()).all(|line| line.matches('`').count() % 2 == 0));
    }
}
