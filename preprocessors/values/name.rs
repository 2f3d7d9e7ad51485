//! Names as people write them, folded to what tells one from another.

/// Lower case, without what decorates a name: brackets, flags, punctuation at the edges.
pub(crate) fn simplified(text: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '.' | '+' | '\'');
    let spaced: String = text.chars().map(|c| if kept(c) { c } else { ' ' }).collect();
    let lower = spaced.to_lowercase();
    lower.split_whitespace().map(|word| word.trim_matches(['.', '\'', '+'])).collect::<Vec<_>>().join(" ")
}
