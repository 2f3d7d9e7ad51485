//! `install --upgrade`: what mdBook 0.5 refuses in a `book.toml`, put right where there is one answer.
//!
//! ```text
//! multilingual = false  # never used     →     # never used
//! curly-quotes = true                    →     smart-punctuation = true
//! git-repository-icon = "fa-github"      →     git-repository-icon = "fab-github"
//! [preprocess.links]                     →     [preprocessor.links]
//! ```
//!
//! Each change is a splice of the text, so that comments, order and spacing stay; nothing is written that is not TOML.

use std::collections::BTreeSet;

use mdbook_bilingual_core::host::HtmlOptions;
use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, TableLike};

use super::with_line_endings_of;
use crate::refused::{Mend, refused};

/// How many changes are made at most: a table with more is nothing that somebody wrote.
const MOST: usize = 128;

/// A text, and each change in words.
pub(super) fn upgrade(book_toml: &str) -> (String, Vec<String>) {
    let mut text = book_toml.to_owned();
    let mut changes = Vec::new();
    let mut failed: BTreeSet<Vec<String>> = BTreeSet::new();
    for _ in 0..MOST {
        let Some((path, mend)) = next(&text, &failed) else { break };
        match apply(&text, &path, &mend) {
            Some((changed, line)) => {
                text = changed;
                changes.push(told(line, &path, &mend));
            }
            None => drop(failed.insert(path)),
        }
    }
    (text, changes)
}

/// The first change that there is to make.
fn next(text: &str, failed: &BTreeSet<Vec<String>>) -> Option<(Vec<String>, Mend)> {
    let refused = refused(text).into_iter().filter_map(|refusal| Some((refusal.path, refusal.mend?)));
    // mdBook still takes this name, for one more version.
    let old_names = [HtmlOptions::Html, HtmlOptions::Site].map(|html| {
        let path = html.path().iter().copied().chain(["playpen"]).map(str::to_owned).collect();
        (path, Mend::Rename("playground".to_owned()))
    });
    refused.chain(old_names).find(|(path, _)| !failed.contains(path))
}

fn told(line: usize, path: &[String], mend: &Mend) -> String {
    let name = path.join(".");
    match mend {
        Mend::Remove => format!("book.toml:{line}: `{name}` deleted"),
        Mend::Rename(new) => format!("book.toml:{line}: `{name}` is now called `{new}`"),
        Mend::Value(new) => format!("book.toml:{line}: `{name}` is now {new}"),
    }
}

/// The text with one change, and the line of that; `None` where it would be no TOML.
fn apply(text: &str, path: &[String], mend: &Mend) -> Option<(String, usize)> {
    let document = DeTable::parse(text).ok()?;
    let (last, above) = path.split_last()?;
    let mut table = document.get_ref();
    for name in above {
        table = table.get(name.as_str())?.get_ref().as_table()?;
    }
    let (key, value) = table.get_key_value(last.as_str())?;
    let (key, is_table) = (key.span(), matches!(value.get_ref(), DeValue::Table(_)));
    let value = value.span();
    let splice = |from: usize, to: usize, new: &str| format!("{}{new}{}", &text[..from], &text[to..]);
    let changed = match mend {
        Mend::Rename(new) => splice(key.start, key.end, new),
        Mend::Value(new) => splice(value.start, value.end, new),
        Mend::Remove => {
            let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at + 1);
            let behind = text[value.end..end].trim();
            // A dotted key has its first names before this one; a table on one line is another matter.
            let is_alone = !text[start..key.start].contains(['{', ',', '=']) && !is_table;
            match behind.chars().next() {
                None if is_alone => splice(start, end, ""),
                Some('#') if is_alone => splice(start, value.end + text[value.end..end].find('#')?, ""),
                _ => removed(text, path)?,
            }
        }
    };
    changed.parse::<DocumentMut>().ok()?;
    Some((changed, text[..key.start].matches('\n').count() + 1))
}

/// The text without a key, by the TOML library.
fn removed(text: &str, path: &[String]) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let (last, above) = path.split_last()?;
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for name in above {
        table = table.get_mut(name).and_then(Item::as_table_like_mut)?;
    }
    table.remove(last)?;
    Some(with_line_endings_of(text, &document.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, changes: &[&str]) {
        let (text, said) = upgrade(before);
        assert_eq!(
            (text.as_str(), said.iter().map(String::as_str).collect::<Vec<_>>()),
            (after, changes.to_vec()),
            "{before}"
        );
        assert_eq!(upgrade(&text), (text.clone(), Vec::new()), "{before}");
    }

    #[test]
    fn what_has_one_answer_in_the_options_of_the_site() {
        check(
            "[output.bilingual-site.html]\ncurly-quotes = true\n[output.bilingual-site.html.playpen]\n",
            "[output.bilingual-site.html]\nsmart-punctuation = true\n[output.bilingual-site.html.playground]\n",
            &[
                "book.toml:2: `output.bilingual-site.html.curly-quotes` is now called `smart-punctuation`",
                "book.toml:3: `output.bilingual-site.html.playpen` is now called `playground`",
            ],
        );
    }

    #[test]
    fn what_has_one_answer() {
        check(
            "# a\n[book]\n# b\nmultilingual = false # c\ntitle = \"T\" # d\n",
            "# a\n[book]\n# b\n# c\ntitle = \"T\" # d\n",
            &["book.toml:4: `book.multilingual` deleted"],
        );
        check(
            "[book]\r\nmultilingual = false\r\nauthors = 'me'\r\n",
            "[book]\r\nauthors = ['me']\r\n",
            &["book.toml:2: `book.multilingual` deleted", "book.toml:2: `book.authors` is now ['me']"],
        );
        check(
            "[output.html]\ncurly-quotes = true\ncopy-fonts = true\n",
            "[output.html]\nsmart-punctuation = true\n",
            &[
                "book.toml:2: `output.html.curly-quotes` is now called `smart-punctuation`",
                "book.toml:3: `output.html.copy-fonts` deleted",
            ],
        );
        check(
            "output.html.copy-fonts = true\noutput.html.theme = \"x\"\n",
            "output.html.theme = \"x\"\n",
            &["book.toml:1: `output.html.copy-fonts` deleted"],
        );
        check(
            "[output]\nhtml = { copy-fonts = true, mathjax-support = true }\n",
            "[output]\nhtml = { mathjax-support = true }\n",
            &["book.toml:2: `output.html.copy-fonts` deleted"],
        );
        check(
            "[output.html]\ngit-repository-url = \"https://github.com/o/r\"\ngit-repository-icon = \"fa-github\"\n",
            "[output.html]\ngit-repository-url = \"https://github.com/o/r\"\ngit-repository-icon = \"fab-github\"\n",
            &["book.toml:3: `output.html.git-repository-icon` is now \"fab-github\""],
        );
        check(
            "[preprocess.a]\n[preprocess.b]\nx = 1\n",
            "[preprocessor.a]\n[preprocessor.b]\nx = 1\n",
            &[
                "book.toml:1: `preprocess` is now called `preprocessor`",
                "book.toml:2: `preprocess` is now called `preprocessor`",
            ],
        );
        check(
            "[output.html.playpen]\neditor = \"ace\"\neditable = true\n",
            "[output.html.playground]\neditable = true\n",
            &[
                "book.toml:2: `output.html.playpen.editor` deleted",
                "book.toml:1: `output.html.playpen` is now called `playground`",
            ],
        );
        check(
            "[rust]\nedition = 2021\n",
            "[rust]\nedition = \"2021\"\n",
            &["book.toml:2: `rust.edition` is now \"2021\""],
        );
        check(
            "[output.html]\nadditional_css = [\"a.css\"]\n",
            "[output.html]\nadditional-css = [\"a.css\"]\n",
            &["book.toml:2: `output.html.additional_css` is now called `additional-css`"],
        );
    }

    #[test]
    fn what_has_none_stays() {
        for text in [
            "[output.html]\ngoogle-analytics = \"UA-1\"\n",
            "[output.html]\ncopy-fonts = false\n",
            "[output.html]\ncurly-quotes = true\nsmart-punctuation = false\n",
            "[output.html.search]\nlimit = 2\n",
            "[preprocess.a]\nx = 1\n[preprocessor.a]\ny = 1\n",
            "[mermaid]\nx = 1\n",
            "title = \"T\"\n",
            "[book]\ntitle = \"T\"\n",
            "[rust]\nedition = \"2027\"\n",
            "[output.html]\ngit-repository-icon = \"fa-github\"\n",
            "[output.html]\ngit-repository-url = \"u\"\ngit-repository-icon = \"fa-no-such-icon\"\n",
            "not toml",
        ] {
            check(text, text, &[]);
        }
    }
}
