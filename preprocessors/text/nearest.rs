//! The word that somebody may have meant by another.

use crate::text::east_asian::is_cjk;

/// The one of some words that another is a slip of: one letter too many, too few, wrong, or in the wrong place; two in a
/// word of eight letters or more. `None` where there is no such word, or where two are as near.
///
/// Another digit is another word, and so is another character of Chinese, Japanese or Korean in a short one.
///
/// ```text
/// publishd     →     published
/// pt           →     neither pb nor pd
/// ```
#[must_use]
pub(crate) fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let far = |other: &str| strsim::damerau_levenshtein(&word, &other.to_lowercase());
    let most = match (word.chars().count(), word.chars().any(is_cjk)) {
        (0..3, _) | (3..6, true) => return None,
        (3..8, false) | (6.., true) => 1,
        (8.., false) => 2,
    };
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let near =
        |other: &&str| other.chars().count().abs_diff(word.chars().count()) <= most && digits(other) == digits(&word);
    let mut found: Vec<(usize, &str)> = words.into_iter().filter(near).map(|other| (far(other), other)).collect();
    found.retain(|(distance, _)| *distance <= most);
    found.sort_unstable();
    match found.as_slice() {
        [(_, only)] => Some(only),
        [(first, nearest), (second, _), ..] if first < second => Some(nearest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn one_answer_or_none() {
        let words = ["draft", "published", "pending-review", "reviewed", "outdated"];
        for (word, meant) in [
            ("publishd", Some("published")),
            ("Drafts", Some("draft")),
            ("darft", Some("draft")),
            ("pending-reveiw", Some("pending-review")),
            ("done", None),
            ("", None),
            ("草稿", None),
        ] {
            assert_eq!(nearest(word, words), meant, "{word}");
        }
        assert_eq!(nearest("cot", ["cat", "cut"]), None);
        assert_eq!(nearest("dates", ["date", "data"]), Some("date"));
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("step-3", ["step-2"]), None);
        assert_eq!(nearest("安全", ["安装"]), None);
        assert_eq!(nearest("权重同步的实现", ["权重同歩的实现", "显存"]), Some("权重同歩的实现"));
    }
}
