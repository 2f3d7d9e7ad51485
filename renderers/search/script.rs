//! The script that runs in a page, put together from `client/`.
//!
//! What pages load is `client/search.min.js`, which esbuild makes of the parts: it is half as long, and no newcomer needs a
//! program for it. `BLESS=1 cargo test -p browser-tests --locked --test reader script` makes it anew; a test says when that
//! was forgotten.

use sha2::{Digest, Sha256};

/// Its parts, in the order in which they need each other.
const PARTS: &[&str] = &[
    include_str!("client/text.js"),
    include_str!("client/index.js"),
    include_str!("client/texts.js"),
    include_str!("client/query.js"),
    include_str!("client/marks.js"),
    include_str!("client/box.js"),
];

/// The styles of what mdBook's box does not have.
pub const STYLE: &str = include_str!("client/search.css");

/// The script, as pages load it.
pub const SCRIPT: &str = include_str!("client/search.min.js");

/// The sum of the sources that [`SCRIPT`] was made of.
pub const SUM: &str = include_str!("client/search.min.sum");

/// The parts in one, as they were written.
#[must_use]
pub fn source() -> String {
    format!("(() => {{\n\"use strict\";\n{}}})();\n", PARTS.concat())
}

/// The sum of a source, as [`SUM`] has it.
#[must_use]
pub fn sum(source: &str) -> String {
    let digits: String = Sha256::digest(source.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    digits + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_was_made_of_its_parts() {
        let remedy = "BLESS=1 cargo test -p browser-tests --locked --test reader script";
        assert_eq!(sum(&source()), SUM, "client/ has changed; run `{remedy}`, which needs npm");
    }
}
