//! Texts that are like others and not the same: a tenth of their characters and words in each other's places.

use std::collections::{BTreeMap, BTreeSet};

use bilingual_test_support::dice::Dice;

/// Which share of all characters and words changes places, as one of so many.
const ONE_OF: usize = 10;

/// A word of fewer letters is rather a particle, or a part of mark-up.
const SHORTEST: usize = 4;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Markdown,
    Html,
}

/// All characters and words of some texts.
#[derive(Default)]
pub(super) struct Vocabulary {
    chars: BTreeSet<char>,
    words: BTreeSet<String>,
}

impl Vocabulary {
    /// Adds what a text has.
    pub(super) fn add(&mut self, text: &str, written: Written) {
        pieces(text, written, |piece, is_text| {
            for part in is_text.then(|| parts(piece)).into_iter().flatten() {
                match part {
                    Part::Char(char) => drop(self.chars.insert(char)),
                    Part::Word(word) => drop(self.words.insert(word.to_owned())),
                    Part::Rest(_) => {}
                }
            }
        });
    }

    /// What changes places in a copy, which is the same every time. Nothing does in the one with number 0.
    pub(super) fn exchange(&self, copy: usize) -> Exchange<'_> {
        let mut dice = Dice::seeded(copy as u64);
        if copy == 0 {
            return Exchange::default();
        }
        let chars: Vec<char> = self.chars.iter().copied().collect();
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        Exchange { chars: turned(&chars, &mut dice), words: turned(&words, &mut dice) }
    }
}

/// Some of all, each of which takes the place of another one.
fn turned<T: Ord + Copy>(all: &[T], dice: &mut Dice) -> BTreeMap<T, T> {
    let mut some: Vec<T> = all.iter().copied().filter(|_| dice.below(ONE_OF) == 0).collect();
    for at in (1..some.len()).rev() {
        some.swap(at, dice.below(at + 1));
    }
    let next = some.iter().cycle().skip(1);
    some.iter().copied().zip(next.copied()).collect()
}

/// What stands in the place of what.
#[derive(Default)]
pub(super) struct Exchange<'a> {
    chars: BTreeMap<char, char>,
    words: BTreeMap<&'a str, &'a str>,
}

impl Exchange<'_> {
    /// A text with all of that in other places; its mark-up stays.
    pub(super) fn of(&self, text: &str, written: Written) -> String {
        let mut changed = String::with_capacity(text.len());
        pieces(text, written, |piece, is_text| {
            if !is_text {
                changed.push_str(piece);
                return;
            }
            for part in parts(piece) {
                match part {
                    Part::Char(char) => changed.push(*self.chars.get(&char).unwrap_or(&char)),
                    Part::Word(word) => changed.push_str(self.words.get(word).copied().unwrap_or(word)),
                    Part::Rest(rest) => changed.push_str(rest),
                }
            }
        });
        changed
    }
}

enum Part<'a> {
    Char(char),
    Word(&'a str),
    Rest(&'a str),
}

/// The Chinese characters and the words of a text, and what is between them.
fn parts(mut text: &str) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        let first = text.chars().next()?;
        let is_letter = |char: char| char.is_ascii_alphabetic();
        let length = match first {
            '\u{4e00}'..='\u{9fff}' => first.len_utf8(),
            _ if is_letter(first) => text.find(|char| !is_letter(char)).unwrap_or(text.len()),
            _ => text.find(|char| is_letter(char) || matches!(char, '\u{4e00}'..='\u{9fff}')).unwrap_or(text.len()),
        };
        let (part, rest) = text.split_at(length);
        text = rest;
        Some(match first {
            '\u{4e00}'..='\u{9fff}' => Part::Char(first),
            _ if is_letter(first) && length >= SHORTEST => Part::Word(part),
            _ => Part::Rest(part),
        })
    })
}

/// Where mark-up begins, and where it ends then.
const MARKUP: [(&str, &[char]); 8] = [
    ("<", &['>']),
    ("&", &[';', ' ', '\n']),
    ("](", &[')', '\n']),
    ("`", &['`', '\n']),
    ("$", &['$', '\n']),
    ("\\", &[' ', '\n']),
    ("http", &[' ', ')', '\n']),
    ("[^", &[']', '\n']),
];

/// Takes a text apart into what is read and what is not, in their order.
fn pieces(text: &str, written: Written, mut take: impl FnMut(&str, bool)) {
    if written == Written::Html {
        return apart(text, &MARKUP[..2], &mut take);
    }
    let (body, mut fence) = (front_matter(text), None);
    take(&text[..body], false);
    for line in text[body..].split_inclusive('\n') {
        let mark = ["```", "~~~", "$$"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                apart(line, &MARKUP, &mut take);
                continue;
            }
            _ => {}
        }
        take(line, false);
    }
}

/// Where a note begins, behind what is said about it.
fn front_matter(text: &str) -> usize {
    let end = text.starts_with("---\n").then(|| text.find("\n---\n")).flatten();
    end.map_or(0, |end| end + "\n---\n".len())
}

fn apart(mut text: &str, markup: &[(&str, &[char])], take: &mut impl FnMut(&str, bool)) {
    while let Some((begin, ends)) =
        markup.iter().filter_map(|(begin, ends)| Some((text.find(begin)?, ends))).min_by_key(|(at, _)| *at)
    {
        take(&text[..begin], true);
        let marked = &text[begin..];
        // The first character is where it begins, and may be one that ends it.
        let end = marked[1..].find(*ends).map_or(marked.len(), |end| end + 2);
        take(&marked[..end], false);
        text = &marked[end..];
    }
    take(text, true);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "---\ntitle: 显存\n---\n# 显存与训练\n\nA [training note](training.md) on `training`, $training$ 训练\n\
                        ```python\ntraining\n```\nSee https://training.example/ for training\n";

    #[test]
    fn a_copy_is_the_same_every_time_and_not_like_another() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(NOTE, Written::Markdown);
        let words: Vec<&str> = vocabulary.words.iter().map(String::as_str).collect();
        assert_eq!(words, ["note", "training"]);
        assert_eq!(vocabulary.chars, BTreeSet::from(['与', '存', '显', '练', '训']));
        assert_eq!(vocabulary.exchange(0).of(NOTE, Written::Markdown), NOTE);
        let copies =
            || (0..50).map(|copy| vocabulary.exchange(copy).of(NOTE, Written::Markdown)).collect::<BTreeSet<_>>();
        assert_eq!(copies(), copies());
        assert!(copies().len() > 3, "{:?}", copies());
    }

    #[test]
    fn only_what_is_read_changes() {
        let exchange = Exchange {
            chars: BTreeMap::from([('训', '显'), ('显', '训')]),
            words: BTreeMap::from([("training", "inference")]),
        };
        let changed = "---\ntitle: 显存\n---\n# 训存与显练\n\nA [inference note](training.md) on `training`, $training$ 显练\n\
                       ```python\ntraining\n```\nSee https://training.example/ for inference\n";
        assert_eq!(exchange.of(NOTE, Written::Markdown), changed);
        let page = "<p title=\"training\">training &lt;training&gt; 训</p>";
        let changed = "<p title=\"training\">inference &lt;inference&gt; 显</p>";
        assert_eq!(exchange.of(page, Written::Html), changed);
    }
}
