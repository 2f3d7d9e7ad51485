//! Where each term stands: gathered section by section, in a bounded amount of memory.
//!
//! ```text
//! section 7: 训练@0 训练@9  →  训练: … (7 - 4)·2+1  (2 - 1)·2+1  0  9      4: the section before
//! section 9: 训练@5         →        … (9 - 7)·2   5
//! ```
//!
//! A posting is a section, as the distance from the one before; then, where it is not once and in the text, how often
//! (less one) and whether in the heading; then the positions, each as the distance from the one before. A character by
//! itself has no positions. All of them are [`digits`].
//!
//! When the postings take more than their limit, they are written into a file in the order of their terms,
//! and what comes is gathered anew; in the end all such files are read together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use rustc_hash::FxHashMap;

use crate::digits;
use crate::terms::{PART, Term, turned};

/// How many bytes of postings are gathered before they are put into a file.
const LIMIT: usize = 16 << 20;

/// The position of what has none.
const NOWHERE: u32 = u32::MAX;

/// What a term costs besides its postings, in bytes, more or less.
const TERM: usize = 100;

/// The postings of all terms.
pub struct Postings {
    /// How many bytes are gathered before they are put into a file.
    limit: usize,
    /// The terms of up to three characters: zero where there is none.
    characters: FxHashMap<[char; 3], u32>,
    words: FxHashMap<Box<str>, u32>,
    /// By the numbers of the terms.
    lists: Vec<List>,
    /// How many bytes they take.
    bytes: usize,
    /// The terms of the section that is read: number and position, in one number, since these are sorted in half of the time.
    section: Vec<u64>,
    /// The spelling of a part of a word, whose memory is used again.
    part: String,
    runs: Vec<File>,
}

/// The postings of a term.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct List {
    /// The first section and the last one; the first one is twice its number, and odd where a count follows it.
    first: u32,
    last: u32,
    /// All of it but the number of the first section.
    digits: Vec<u8>,
}

impl Default for Postings {
    fn default() -> Self {
        Self::with_limit(LIMIT)
    }
}

impl Postings {
    /// None yet; so many bytes of them are held in memory.
    #[must_use]
    pub fn with_limit(limit: usize) -> Self {
        Self {
            limit,
            characters: FxHashMap::default(),
            words: FxHashMap::default(),
            lists: Vec::new(),
            bytes: 0,
            section: Vec::new(),
            part: String::new(),
            runs: Vec::new(),
        }
    }

    /// Adds a term of the section that is read.
    pub fn add(&mut self, term: Term<'_>, position: u32) {
        let new = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let number = match term {
            Term::One(c) => *self.characters.entry([c, '\0', '\0']).or_insert(new),
            Term::Two(a, b) => *self.characters.entry([a, b, '\0']).or_insert(new),
            Term::Apart(a, distance, b) => *self.characters.entry([a, distance, b]).or_insert(new),
            Term::Word(word) => self.word(word, new),
            Term::Part(word) => {
                let mut part = std::mem::take(&mut self.part);
                part.clear();
                part.push_str(word);
                part.push(PART);
                let number = self.word(&part, new);
                self.part = part;
                number
            }
        };
        if number == new {
            self.lists.push(List::default());
            self.bytes += TERM;
        }
        // Where it stands is asked of none by itself: a mark that sorts them apart.
        let position = if matches!(term, Term::One(_)) { NOWHERE } else { position };
        self.section.push(u64::from(number) << 32 | u64::from(position));
    }

    /// The number of a word, which is `new` where it was not there.
    fn word(&mut self, word: &str, new: u32) -> u32 {
        match self.words.get(word) {
            Some(number) => *number,
            None => *self.words.entry(word.into()).or_insert(new),
        }
    }

    /// The section is at its end. `heading` is the position at which its heading ends.
    ///
    /// # Errors
    /// When there is no room for a file.
    pub fn end_section(&mut self, number: u32, heading: u32) -> io::Result<()> {
        let mut section = std::mem::take(&mut self.section);
        section.sort_unstable();
        let mut rest = section.as_slice();
        while let Some(first) = rest.first() {
            let term = first >> 32;
            let count = rest.iter().take_while(|other| *other >> 32 == term).count();
            let list = &mut self.lists[term as usize];
            let length = list.digits.len();
            list.add(number, heading, &rest[..count]);
            self.bytes += list.digits.len() - length;
            rest = &rest[count..];
        }
        section.clear();
        self.section = section;
        if self.bytes > self.limit { self.spill() } else { Ok(()) }
    }

    /// Writes what was gathered into a file.
    fn spill(&mut self) -> io::Result<()> {
        let mut run = BufWriter::new(tempfile::tempfile()?);
        for (term, list) in self.sorted() {
            for number in [term.len(), list.first as usize, list.last as usize, list.digits.len()] {
                run.write_all(&u32::try_from(number).map_err(io::Error::other)?.to_le_bytes())?;
            }
            run.write_all(term.as_bytes())?;
            run.write_all(&list.digits)?;
        }
        let mut run = run.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.seek(SeekFrom::Start(0))?;
        self.runs.push(run);
        Ok(())
    }

    /// The terms in the order in which a script compares them, each with its postings. None are left.
    fn sorted(&mut self) -> Vec<(String, List)> {
        self.bytes = 0;
        let mut lists = std::mem::take(&mut self.lists);
        let spelt = |all: [char; 3]| all.into_iter().take_while(|c| *c != '\0').collect::<String>();
        let characters = std::mem::take(&mut self.characters).into_iter().map(|(all, number)| (spelt(all), number));
        let words = std::mem::take(&mut self.words).into_iter().map(|(word, number)| (word.into_string(), number));
        let mut all: Vec<(String, List)> =
            characters.chain(words).map(|(term, number)| (term, std::mem::take(&mut lists[number as usize]))).collect();
        let mut around: Vec<String> = all.iter().filter_map(|(term, _)| turned(term)).collect();
        around.sort_unstable();
        around.dedup();
        all.extend(around.into_iter().map(|term| (term, List::default())));
        all.sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        all
    }

    /// Gives all terms in the order in which a script compares them, each with its postings.
    ///
    /// # Errors
    /// When a file cannot be read, or `give` fails.
    pub fn finish<E: From<io::Error>>(mut self, mut give: impl FnMut(&str, &[u8]) -> Result<(), E>) -> Result<(), E> {
        if self.runs.is_empty() {
            let mut digits = Vec::new();
            for (term, list) in self.sorted() {
                digits.clear();
                list.write(0, &mut digits);
                give(&term, &digits)?;
            }
            return Ok(());
        }
        self.spill()?;
        merge(std::mem::take(&mut self.runs), give)
    }
}

/// Reads files of postings together. They are in the order of their sections.
fn merge<E: From<io::Error>>(runs: Vec<File>, mut give: impl FnMut(&str, &[u8]) -> Result<(), E>) -> Result<(), E> {
    let mut readers: Vec<BufReader<File>> =
        runs.into_iter().map(|run| BufReader::with_capacity(1 << 16, run)).collect();
    let mut heads: Vec<Option<(String, List)>> = readers.iter_mut().map(read).collect::<io::Result<_>>()?;
    let key = |head: &(String, List)| head.0.encode_utf16().collect::<Vec<u16>>();
    let mut next: BinaryHeap<Reverse<(Vec<u16>, usize)>> =
        heads.iter().enumerate().filter_map(|(at, head)| Some(Reverse((key(head.as_ref()?), at)))).collect();
    let (mut current, mut digits, mut last) = (String::new(), Vec::new(), 0);
    while let Some(Reverse((_, at))) = next.pop() {
        let Some((term, list)) = heads[at].take() else { continue };
        if term != current {
            if !current.is_empty() {
                give(&current, &digits)?;
            }
            (current, last) = (term, 0);
            digits.clear();
        }
        list.write(last, &mut digits);
        last = list.last;
        heads[at] = read(&mut readers[at])?;
        next.extend(heads[at].as_ref().map(|head| Reverse((key(head), at))));
    }
    if current.is_empty() { Ok(()) } else { give(&current, &digits) }
}

/// The next term of a file; `None` at its end.
fn read(run: &mut BufReader<File>) -> io::Result<Option<(String, List)>> {
    let mut numbers = [0_u8; 16];
    match run.read_exact(&mut numbers) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let number = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|byte| numbers[4 * at + byte]));
    let mut term = vec![0; number(0) as usize];
    run.read_exact(&mut term)?;
    let mut digits = vec![0; number(3) as usize];
    run.read_exact(&mut digits)?;
    let term = String::from_utf8(term).map_err(io::Error::other)?;
    Ok(Some((term, List { first: number(1), last: number(2), digits })))
}

impl List {
    /// Adds a section. `terms` are those of this term, in the order of their positions.
    fn add(&mut self, section: u32, heading: u32, terms: &[u64]) {
        let has_positions = terms[0] as u32 != NOWHERE;
        // What a name in one word says twice, it says once.
        let is_new = |at: &usize| *at == 0 || !has_positions || terms[*at] != terms[at - 1];
        let count = (0..terms.len()).filter(is_new).count();
        let in_heading = has_positions && (terms[0] as u32) < heading;
        let is_plain = count == 1 && !in_heading;
        if self.digits.is_empty() && self.first == 0 && self.last == 0 {
            self.first = section * 2 + u32::from(!is_plain);
        } else {
            digits::write(u64::from(section - self.last) * 2 + u64::from(!is_plain), &mut self.digits);
        }
        self.last = section;
        if !is_plain {
            digits::write((count as u64 - 1) * 2 + u64::from(in_heading), &mut self.digits);
        }
        let mut before = 0;
        for at in (0..terms.len()).filter(|at| has_positions && is_new(at)) {
            let position = terms[at] as u32;
            digits::write(u64::from(position - before), &mut self.digits);
            before = position;
        }
    }

    /// Writes all of it behind the section `last`.
    fn write(&self, last: u32, to: &mut Vec<u8>) {
        // A word that was turned around has none.
        if self.first != 0 {
            digits::write(u64::from(self.first - last * 2), to);
            to.extend_from_slice(&self.digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// What is in a posting: section, count, whether in the heading, positions.
    type Found = (u64, u64, bool, Vec<u64>);

    fn decoded(mut digits: &[u8], has_positions: bool) -> Vec<Found> {
        let (mut all, mut section) = (Vec::new(), 0);
        let number = |digits: &mut &[u8]| {
            let (number, rest) = digits::read(digits).unwrap();
            *digits = rest;
            number
        };
        while !digits.is_empty() {
            let head = number(&mut digits);
            section += head / 2;
            let (mut count, mut in_heading) = (1, false);
            if head % 2 == 1 {
                let counted = number(&mut digits);
                (count, in_heading) = (counted / 2 + 1, counted % 2 == 1);
            }
            let mut positions = Vec::new();
            for _ in (0..count).filter(|_| has_positions) {
                positions.push(positions.last().copied().unwrap_or(0) + number(&mut digits));
            }
            all.push((section, count, in_heading, positions));
        }
        all
    }

    fn gathered(limit: usize, sections: &[Vec<(String, u32)>]) -> Vec<(String, Vec<Found>)> {
        let mut postings = Postings::with_limit(limit);
        for (at, section) in sections.iter().enumerate() {
            for (word, position) in section {
                let term = match *word.chars().collect::<Vec<_>>() {
                    [c] if !c.is_ascii() => Term::One(c),
                    [a, b] if !b.is_ascii() => Term::Two(a, b),
                    [a, gap, b] if !b.is_ascii() => Term::Apart(a, gap, b),
                    _ => word.strip_suffix(PART).map_or(Term::Word(word), Term::Part),
                };
                postings.add(term, *position);
            }
            postings.end_section(at as u32 + 1, 3).unwrap();
        }
        let mut all = Vec::new();
        postings
            .finish(|term, digits| {
                let has_positions = term.chars().count() > 1 || term.is_ascii();
                all.push((term.to_owned(), decoded(digits, has_positions)));
                Ok::<_, io::Error>(())
            })
            .unwrap();
        all
    }

    #[test]
    fn what_is_gathered_is_found() {
        let section = |terms: &[(&str, u32)]| terms.iter().map(|(term, at)| ((*term).to_owned(), *at)).collect();
        let sections: Vec<Vec<(String, u32)>> = vec![
            section(&[("训练", 0), ("训", 0), ("训练", 9), ("训", 9), ("cache", 12)]),
            section(&[]),
            section(&[("训练", 5), ("训", 5)]),
        ];
        let all = gathered(LIMIT, &sections);
        let of = |term: &str| all.iter().find(|(other, _)| other == term).map(|(_, found)| found.clone());
        assert_eq!(of("训练"), Some(vec![(1, 2, true, vec![0, 9]), (3, 1, false, vec![5])]));
        assert_eq!(of("训"), Some(vec![(1, 2, false, vec![]), (3, 1, false, vec![])]));
        assert_eq!(of("cache"), Some(vec![(1, 1, false, vec![12])]));
        assert_eq!(of("~ehcac"), Some(vec![]));
    }

    proptest! {
        #[test]
        fn files_change_nothing(
            sections in prop::collection::vec(
                prop::collection::vec(("(训|练|训练|练训|训5练|\u{20000}训|cache|kv|kv!|abcd)", 0_u32..3000), 0..12), 0..40),
            limit in 0_usize..3000,
        ) {
            let all = gathered(LIMIT, &sections);
            prop_assert_eq!(&gathered(limit, &sections), &all);
            let mut expected: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
            for (at, section) in sections.iter().enumerate() {
                for (term, _) in section {
                    let found = expected.entry(term).or_default();
                    found.extend((found.last() != Some(&(at as u64 + 1))).then_some(at as u64 + 1));
                }
            }
            let found: BTreeMap<&str, Vec<u64>> = all.iter().filter(|(term, _)| !term.starts_with('~'))
                .map(|(term, found)| (term.as_str(), found.iter().map(|found| found.0).collect())).collect();
            prop_assert_eq!(found, expected);
            let order: Vec<Vec<u16>> = all.iter().map(|(term, _)| term.encode_utf16().collect()).collect();
            prop_assert!(order.is_sorted() && order.windows(2).all(|pair| pair[0] != pair[1]));
        }
    }
}
