//! How deep braces are nested in a pattern of files, before a library reads it that goes one call deeper for each.
//!
//! A stack that is full ends the program, and nothing can be said any more.

/// The longest pattern that is read, in bytes: few systems have longer paths.
pub(crate) const LONGEST: usize = 4096;

/// How deep braces may be nested in one.
pub(crate) const DEEPEST: usize = 8;

/// Whether a pattern can be read.
pub fn is_sound(pattern: &str) -> bool {
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in pattern.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    pattern.len() <= LONGEST && deepest <= DEEPEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_counts() {
        for pattern in ["", "book/**/*.md", "{a,{b,{c,d}}}", "}}}}}}}}}}{", &"{a}".repeat(1000)] {
            assert!(is_sound(pattern), "{pattern}");
        }
        for pattern in ["{".repeat(9), "{a,".repeat(1000), "a".repeat(LONGEST + 1)] {
            assert!(!is_sound(&pattern), "{pattern}");
        }
    }
}
