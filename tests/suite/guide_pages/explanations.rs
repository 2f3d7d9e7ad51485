//! The texts on the codes in Chinese: each is there, and says as much as the English one, with the same examples.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mdbook_bilingual_core::diagnostic::Code;

use super::{TONGUES, Tongue, read};
use crate::program::checkout;

/// A text on a code, in one language.
pub(super) struct Explanation {
    /// What the code is about, in one sentence without its stop.
    pub(super) meaning: String,
    /// The rest.
    pub(super) text: String,
}

fn folder() -> PathBuf {
    checkout().join("preprocessors/diagnostic/explain")
}

impl Explanation {
    /// The English sentence stands in the table of codes, where the program has it; in a translation it is the heading.
    pub(super) fn of(code: Code, tongue: &Tongue) -> Self {
        if tongue.explanation == ".md" {
            let meaning = code.meaning().trim_end_matches('.').to_owned();
            return Self { meaning, text: code.text().replace("\r\n", "\n").trim().to_owned() };
        }
        let file = format!("{}{}", code.name(), tongue.explanation);
        let text = read(&folder().join(&file));
        let (heading, text) = text.split_once("\n\n").unwrap_or_else(|| panic!("{file}: there is nothing in it"));
        let meaning = heading.strip_prefix("# ").unwrap_or_else(|| panic!("{file}: the first line is no heading"));
        assert!(!meaning.contains(['\n', '。']), "{file}: the heading is more than a sentence without its stop");
        Self { meaning: meaning.to_owned(), text: text.trim().to_owned() }
    }

    /// Its paragraphs and its examples, in their order.
    fn parts(&self) -> Vec<&str> {
        self.text.split("\n\n").collect()
    }
}

/// The columns of a line of an example: code, and behind two spaces what it is.
fn columns(line: &str) -> Vec<&str> {
    line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect()
}

/// Whether two lines are the same, but for what the second says in Chinese.
fn is_translated(line: &str, translation: &str) -> bool {
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (line, translation) = (columns(line), columns(translation));
    line.len() == translation.len() && line.iter().zip(&translation).all(|(is, said)| is == said || is_chinese(said))
}

#[test]
fn every_text_on_a_code_is_there_in_both_languages() {
    let [_, chinese] = &TONGUES;
    for code in Code::ALL {
        let [english, translated] = [0, 1].map(|at| Explanation::of(*code, &TONGUES[at]));
        let (english, translated) = (english.parts(), translated.parts());
        let file = format!("{}{}", code.name(), chinese.explanation);
        assert_eq!(english.len(), translated.len(), "{file}: it has other paragraphs than the English text");
        for (is, said) in english.iter().zip(&translated) {
            let are_examples = [is, said].map(|part| part.starts_with("    "));
            assert_eq!(are_examples[0], are_examples[1], "{file}: {said}");
            let same = are_examples[0] && is.lines().count() == said.lines().count();
            let same = same && is.lines().zip(said.lines()).all(|(is, said)| is_translated(is, said));
            assert!(same || !are_examples[0], "{file}: another example than the English text:\n{is}\n{said}");
            assert!(are_examples[0] || said.lines().count() == 1, "{file}: a paragraph is one line:\n{said}");
        }
    }
}

#[test]
fn there_is_no_text_on_a_code_that_does_not_exist() {
    let names = |ending: &'static str| Code::ALL.iter().map(move |code| format!("{}{ending}", code.name()));
    let want: BTreeSet<String> = TONGUES.iter().flat_map(|tongue| names(tongue.explanation)).collect();
    let files = std::fs::read_dir(folder()).expect("a folder");
    let files: BTreeSet<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, want);
}

#[test]
fn what_is_translated_in_an_example() {
    assert!(is_translated("    book/huge.md   6 MB", "    book/huge.md   6 MB"));
    assert!(is_translated("    a.md   is there", "    a.md            有"));
    assert!(is_translated("    > done   > ☑ done", "    > 做完了   > ☑ 做完了"));
    assert!(!is_translated("    a.md   is there", "    b.md   有"));
    assert!(!is_translated("    a.md   is there", "    a.md   is not there"));
}
