//! A page for each code, the table of all, and their entries in the table of contents.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use mdbook_bilingual_core::diagnostic::{Code, Severity};
use regex::Regex;

use super::explanations::Explanation;
use super::{TONGUES, Tongue, read, settle, with_block};
use crate::program::checkout;

const FOLDER: &str = "check/diagnostics";

/// Whether `check --fix` has something to write for a code: its text says so.
fn is_fixed(code: Code) -> bool {
    code.text().contains("`check --fix`")
}

/// A directive of mdBook, which would be obeyed in an example, too.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{\{#\w+\s").expect("a pattern"));

fn page(code: Code, tongue: &Tongue) -> String {
    let name = code.name();
    let Explanation { meaning, text } = Explanation::of(code, tongue);
    let at = Tongue::of(code.severity());
    let text = DIRECTIVE.replace_all(&text, r"\$0");
    let [does, silencing] = tongue.headings;
    let fixed = tongue.fixes[usize::from(!is_fixed(code))];
    let mut page = format!(
        "# {name}\n\n<!-- Generated from preprocessors/diagnostic/explain/{name}{}: change that, then run `BLESS=1 cargo test --test suite guide`. -->\n\n{}{meaning}{}\n\n{text}\n\n## {does}\n\n{}{}{fixed}\n\n## {silencing}\n\n",
        tongue.explanation, tongue.leads[at], tongue.stop, tongue.consequences[at], tongue.gap,
    );
    if code.severity() < Severity::Error {
        page += &format!(
            "{}\n\n```toml\n[preprocessor.bilingual.silence]\ncodes = [\"{name}\"]\n\n[preprocessor.bilingual.silence.in]\n\"src/old/*.md\" = [\"{name}\"]\n```\n",
            tongue.silencing[0]
        );
    } else {
        page += &format!("{}\n", tongue.silencing[1]);
    }
    page + &format!("\n{}\n", tongue.back)
}

fn table(tongue: &Tongue) -> String {
    let [code, severity, meaning] = tongue.codes;
    let mut table = format!("| {code} | {severity} | {meaning} |\n|---|---|---|\n");
    for code in Code::ALL {
        let (name, severity) = (code.name(), tongue.severities[Tongue::of(code.severity())]);
        table += &format!("| [`{name}`]({name}.md) | {severity} | {} |\n", Explanation::of(*code, tongue).meaning);
    }
    table
}

/// The table of contents, with the entries of the codes below that of their table.
fn summary(text: &str, tongue: &Tongue) -> String {
    let index = format!("({}/{FOLDER}/index.md)", tongue.folder);
    let mut out = String::new();
    let mut is_below = false;
    for line in text.lines() {
        is_below &= line.starts_with("    ");
        if !is_below {
            out += &format!("{line}\n");
        }
        if line.contains(&index) {
            is_below = true;
            for name in Code::ALL.iter().map(|code| code.name()) {
                out += &format!("    - [{name}]({}/{FOLDER}/{name}.md)\n", tongue.folder);
            }
        }
    }
    out
}

#[test]
fn each_code_has_a_page() {
    for tongue in &TONGUES {
        let folder = tongue.page(FOLDER);
        for code in Code::ALL {
            settle(&folder.join(format!("{}.md", code.name())), &page(*code, tongue));
        }
        let index = folder.join("index.md");
        settle(&index, &with_block(&read(&index), "<!-- codes -->", &table(tongue)));
        for file in std::fs::read_dir(&folder).expect("a folder") {
            let path = file.expect("a file").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            if name == "index" || Code::find(&name).is_ok() {
                continue;
            }
            assert!(std::env::var_os("BLESS").is_some(), "{}: there is no such code any more", path.display());
            std::fs::remove_file(&path).expect("a file that can be removed");
        }
    }
}

#[test]
fn each_code_is_in_the_table_of_contents() {
    let path = checkout().join("guide/src/SUMMARY.md");
    let made = TONGUES.iter().fold(read(&path), |text, tongue| summary(&text, tongue));
    settle(&path, &made);
}

#[test]
fn the_table_of_fixes_has_the_codes_that_are_fixed() {
    let want: BTreeSet<&str> = Code::ALL.iter().filter(|code| is_fixed(**code)).map(|code| code.name()).collect();
    for tongue in &TONGUES {
        let text = read(&tongue.page("check/check.md"));
        let rows = text.lines().filter_map(|line| line.strip_prefix("| [`")?.split_once('`'));
        let rows: BTreeSet<&str> = rows.map(|(name, _)| name).filter(|name| Code::find(name).is_ok()).collect();
        assert_eq!(rows, want, "{}", tongue.folder);
    }
}
