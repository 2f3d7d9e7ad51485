//! Simplified and traditional characters, which are kept apart unless a reader asks for both.
//!
//! A group is a simplified character and what simplifies to it: 发發髮. Only those are sent to a reader of which the texts
//! hold one.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The groups, one to a line.
const TABLE: &str = include_str!("variants.txt");

fn groups() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|line| !line.starts_with('#'))
}

/// The lines that each character is in.
static LINES: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lines: HashMap<char, Vec<&'static str>> = HashMap::new();
    for group in groups() {
        group.chars().for_each(|c| lines.entry(c).or_default().push(group));
    }
    lines
});

/// The groups of these characters, each once, with spaces between them.
#[must_use]
pub fn of(characters: impl Iterator<Item = char>) -> String {
    let mut found: Vec<&str> = characters.filter_map(|c| LINES.get(&c)).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_their_variants() {
        assert_eq!(of("显发发x".chars()), "发發髮 显顯");
        assert_eq!(of("顯".chars()), "显顯");
        assert_eq!(of("線".chars()), "线線 缐線");
        assert_eq!(of("山".chars()), "");
    }

    #[test]
    fn the_table_is_in_order() {
        let all: Vec<&str> = groups().collect();
        assert!(all.len() > 2_000 && all.is_sorted());
        assert!(all.iter().all(|group| group.chars().count() > 1 && group.chars().all(|c| matches!(c, '一'..='鿿'))));
    }
}
