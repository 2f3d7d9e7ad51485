//! Notes to measure with: made up, of a real note's size and kind, and the same every time.
//!
//! A note has about 9 KB: headings, paragraphs in its language, links, a list, a table, a listing and front matter.
//! The folder is a git repository with three commits a pair, because notes have a history and the suite reads it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use bilingual_test_support::dice::Dice;
use bilingual_test_support::git;
use bilingual_test_support::history::{History, next};

use super::prose::{self, Language, identifier};

/// Size of a note, in bytes.
const NOTE: usize = 9_000;

/// The page of no language that comes first.
pub(super) const HOME: &str = "---\nlanguage: mul\n---\n\n# Bench\n";

/// How many notes a part of the summary has.
const PART: usize = 25;

/// Writes a book of `pairs` notes in two languages into `folder`, which is emptied first.
///
/// # Errors
/// When a file cannot be written, or when there is no git.
pub(super) fn write(folder: &Path, pairs: u32) -> Result<()> {
    let pairs = usize::try_from(pairs)?;
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    let source = folder.join("src");
    for language in Language::ALL {
        fs::create_dir_all(source.join(language.folder())).with_context(|| format!("creating {}", source.display()))?;
        for number in 1..=pairs {
            fs::write(source.join(path(language, number)), note(language, number, pairs))?;
        }
    }
    fs::write(source.join("SUMMARY.md"), summary(pairs))?;
    fs::write(source.join("index.md"), HOME)?;
    history(pairs).import(folder, &[])?;
    // The last revision of each file lies there already.
    git::index(folder)
}

/// A note's path, relative to the sources.
fn path(language: Language, number: usize) -> String {
    format!("{}/note-{number:04}.md", language.folder())
}

/// The table of contents.
pub(super) fn summary(pairs: usize) -> String {
    let mut summary = String::from("# Summary\n\n[Bench](index.md)\n");
    for language in Language::ALL {
        for number in 1..=pairs {
            if number % PART == 1 {
                let _ = write!(summary, "\n# {}\n\n", language.part(number / PART + 1));
            }
            let _ = writeln!(summary, "- [{}]({})", language.title(number), path(language, number));
        }
    }
    summary
}

/// The text of a note.
pub(super) fn note(language: Language, number: usize, pairs: usize) -> String {
    let dice = &mut prose::dice(language, number);
    let mut note = front_matter(language, number, dice);
    let _ = write!(note, "\n# {}\n", language.title(number));
    while note.len() < NOTE {
        section(&mut note, language, pairs, dice);
    }
    note
}

fn section(note: &mut String, language: Language, pairs: usize, dice: &mut Dice) {
    let _ = write!(note, "\n## {}\n", language.phrase(dice));
    for _ in 0..4 {
        let paragraph: String = (0..5).map(|_| language.sentence(dice)).collect();
        let _ = write!(note, "\n{}\n", paragraph.trim_end());
    }
    note.push('\n');
    for _ in 0..2 {
        let other = dice.below(pairs) + 1;
        let _ = writeln!(note, "- [{}](note-{other:04}.md), `{}`", language.title(other), identifier(dice));
    }
    let [result, left, right] = [(); 3].map(|()| identifier(dice));
    let _ = write!(
        note,
        "\n```python\nfor step in range({}):\n    {result} = {left}(step) + {right}[step]\n    {result}.backward()\n```\n",
        dice.below(100)
    );
    let [first, second] = [(); 2].map(|()| dice.below(100_000));
    let _ =
        write!(note, "\n| GPU | tokens/s | GB |\n|---|---:|---:|\n| H100 | {first} | 80 |\n| A100 | {second} | 40 |\n");
}

fn front_matter(language: Language, number: usize, dice: &mut Dice) -> String {
    let (year, month, day) = (2024 + number / 336 % 2, number / 28 % 12 + 1, number % 28 + 1);
    let mut yaml = format!("---\ntitle: \"{}\"\ndate: {year}-{month:02}-{day:02}\n", language.title(number));
    let status = match number % 5 {
        0 => "pending-review",
        1 => "reviewed",
        _ => "published",
    };
    let _ = writeln!(yaml, "status: {status}\nsummary: {}", language.phrase(dice));
    if language == Language::Chinese && number.is_multiple_of(2) {
        let _ = writeln!(yaml, "zhihu: https://zhuanlan.zhihu.com/p/{}", 600_000_000 + number);
    }
    yaml + "---\n"
}

/// What was written when: each original is written, translated and then changed once more.
fn history(pairs: usize) -> History {
    let mut history = History::default();
    let mut write = |path: &str, text: &str| {
        history.add(next().write(&format!("src/{path}"), text));
    };
    for number in 1..=pairs {
        let [original, translation] = Language::ALL.map(|language| note(language, number, pairs));
        let draft: String = original.split_inclusive("\n\n").take(12).collect();
        write(&path(Language::Chinese, number), &draft);
        write(&path(Language::English, number), &translation);
        write(&path(Language::Chinese, number), &original);
    }
    write("SUMMARY.md", &summary(pairs));
    write("index.md", HOME);
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_is_the_same_every_time() -> Result<()> {
        let (one, two) = (tempfile::tempdir()?, tempfile::tempdir()?);
        for folder in [&one, &two] {
            write(folder.path(), 3)?;
        }
        for file in ["SUMMARY.md", "index.md", "zh/note-0001.md", "en/note-0003.md"] {
            let [first, second] = [&one, &two].map(|folder| fs::read(folder.path().join("src").join(file)));
            assert_eq!(first?, second?, "{file}");
        }
        let head = |folder: &Path| fs::read(folder.join(".git/refs/heads/main"));
        assert_eq!(head(one.path())?, head(two.path())?, "same names, dates and contents give the same commit");
        Ok(())
    }

    #[test]
    fn a_note_has_about_nine_kilobytes() {
        for language in Language::ALL {
            for number in 1..=20 {
                let size = note(language, number, 20).len();
                assert!((NOTE..NOTE + 3_500).contains(&size), "{size} bytes");
            }
        }
    }

    #[test]
    fn notes_differ() {
        assert_ne!(note(Language::Chinese, 1, 5), note(Language::Chinese, 2, 5));
    }

    #[test]
    fn every_note_is_in_the_summary_once() {
        let summary = summary(30);
        for language in Language::ALL {
            for number in 1..=30 {
                assert_eq!(summary.matches(&path(language, number)).count(), 1);
            }
        }
        assert_eq!(summary.matches("\n# ").count(), 4, "two parts in each language");
    }
}
