//! Names as people write them, folded to what tells one from another.

/// Lower case, without what decorates a name: brackets, flags, punctuation at the edges.
pub(crate) fn simplified(text: &str) -> String {
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '\'');
    let mut name = String::with_capacity(text.len());
    for (at, word) in text.split(|c| !is_kept(c)).filter(|word| !word.is_empty()).enumerate() {
        if at > 0 {
            name.push(' ');
        }
        let word = word.trim_matches(['.', '\'', '+']);
        if word.is_ascii() {
            name.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            name.push_str(&word.to_lowercase());
        }
    }
    name
}
