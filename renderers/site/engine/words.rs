//! What mdBook says in English, and which of our messages says it in a page's language.
//!
//! mdBook has no translations: its words stand in the template of a page and in two scripts. They are replaced there by
//! exact text, once for each language and before anything is rendered, so that no word of a note is ever touched. A test
//! finds every word of mdBook's own theme that is not in these tables.

use std::fmt::Write;

use aho_corasick::{AhoCorasick, MatchKind};
use mdbook_bilingual_core::messages::{Argument, Piece};
use mdbook_bilingual_core::values::Language;

use crate::escape::markup;
use crate::site::Site;

/// Words of the template that stand alone in an attribute or in an element.
pub const TEMPLATE: &[(&str, &str)] = &[
    ("Table of contents", "site-contents"),
    ("Toggle Table of Contents", "site-contents-toggle"),
    ("Change theme", "site-theme-change"),
    ("Themes", "site-themes"),
    ("Auto", "site-theme-auto"),
    ("Light", "site-theme-light"),
    ("Search (`/`)", "site-search"),
    ("Toggle Searchbar", "site-search-toggle"),
    ("Search this book ...", "site-search-placeholder"),
    ("Print this book", "site-print"),
    ("Git repository", "site-repository"),
    ("Suggest an edit", "site-edit"),
    ("Page navigation", "site-navigation"),
    ("Previous chapter", "site-previous"),
    ("Next chapter", "site-next"),
    ("Keyboard shortcuts", "site-keys"),
];

/// Names of themes, which are the same in all languages.
pub const NAMES: &[&str] = &["Rust", "Coal", "Navy", "Ayu"];

/// Sentences of the template with keys in them: what mdBook writes, and the message with its variables, in this order.
pub const SENTENCES: &[(&str, &str, &[&str])] = &[
    ("Press <kbd>←</kbd> or <kbd>→</kbd> to navigate between chapters", "site-keys-chapters", &["left", "right"]),
    ("Press <kbd>S</kbd> or <kbd>/</kbd> to search in the book", "site-keys-search", &["letter", "sign"]),
    ("Press <kbd>?</kbd> to show this help", "site-keys-help", &["key"]),
    ("Press <kbd>Esc</kbd> to hide this help", "site-keys-close", &["key"]),
];

/// Words of `book.js`.
pub const SCRIPT: &[(&str, &str)] = &[
    ("Running...", "site-code-running"),
    ("No output", "site-code-no-output"),
    ("Playground Communication: ", "site-code-unreachable"),
    ("Show hidden lines", "site-code-show"),
    ("Hide lines", "site-code-hide"),
    ("Copy to clipboard", "site-code-copy"),
    ("Run this code", "site-code-run"),
    ("Undo changes", "site-code-undo"),
    ("Copied!", "site-code-copied"),
    ("Clipboard error!", "site-code-not-copied"),
];

/// Words of `searcher.js`: what it is called in the table of the script, what mdBook writes, what takes its place behind
/// the looked-up words, and the message.
pub const SEARCHER: &[(&str, &str, &str, &str)] = &[
    (
        "search result",
        r"count + ' search result for \'' + searchterm + '\':'",
        ".replace('{words}', () => searchterm)",
        "site-search-one",
    ),
    (
        "No search results",
        r"'No search results for \'' + searchterm + '\'.'",
        ".replace('{words}', () => searchterm)",
        "site-search-none",
    ),
    (
        "search results",
        r"count + ' search results for \'' + searchterm + '\':'",
        ".replace('{count}', count).replace('{words}', () => searchterm)",
        "site-search-many",
    ),
    ("Search Result Teaser", "\"Search Result Teaser\"", "", "site-search-teaser"),
];

/// What a page says around its text: in one language, or in several at once.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    site: &'a Site<'a>,
    languages: &'a [Language],
}

/// What stands between the same words in two languages.
const BETWEEN: &str = " · ";

impl<'a> Voice<'a> {
    /// These languages, in this order.
    #[must_use]
    pub fn of(site: &'a Site<'a>, languages: &'a [Language]) -> Self {
        Self { site, languages }
    }

    /// What it speaks of.
    #[must_use]
    pub fn site(&self) -> &'a Site<'a> {
        self.site
    }

    /// A message without variables, not escaped. What several languages say alike is said once.
    #[must_use]
    pub fn text(&self, id: &str) -> String {
        joined(self.languages.iter().map(|language| self.site.text(language, id)))
    }

    /// A message with HTML in the places of variables, in their order, as HTML.
    #[must_use]
    pub fn sentence(&self, id: &str, names: &[&str], html: &[String]) -> String {
        joined(self.languages.iter().map(|language| {
            let pieces = self.site.messages.sentence(language, id, &[], names);
            let said = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => markup(text),
                Piece::Slot(at) => html[*at].clone(),
            });
            said.collect()
        }))
    }
}

fn joined(said: impl Iterator<Item = String>) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in said {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(BETWEEN)
}

/// The template of a page in other words. Gives also which of mdBook's words it does not have.
#[must_use]
pub fn translate_template(template: &str, voice: Voice<'_>) -> (String, Vec<&'static str>) {
    let mut pairs: Vec<(String, String, &'static str)> = Vec::new();
    for (english, id) in TEMPLATE {
        let own = in_template(&markup(&voice.text(id)));
        pairs.push((format!("=\"{english}\""), format!("=\"{own}\""), english));
        pairs.push((format!(">{english}<"), format!(">{own}<"), english));
    }
    for (english, id, names) in SENTENCES {
        let own = in_template(&voice.sentence(id, names, &keys(english)));
        pairs.push((format!(">{english}<"), format!(">{own}<"), english));
    }
    let (text, found) = replaced(template, &pairs);
    let all = TEMPLATE.iter().map(|(english, _)| *english).chain(SENTENCES.iter().map(|(english, ..)| *english));
    (text, all.filter(|english| !found.contains(english)).collect())
}

/// The keys in one of [`SENTENCES`], as elements.
fn keys(sentence: &str) -> Vec<String> {
    let keys = sentence.split("<kbd>").skip(1).filter_map(|rest| rest.split("</kbd>").next());
    keys.map(|key| format!("<kbd>{key}</kbd>")).collect()
}

/// `book.js`, whose words are looked up by the language of the page. Gives also which of them it does not have.
///
/// One script serves all languages, so that it is loaded once.
#[must_use]
pub fn translate_script(script: &str, site: &Site<'_>) -> (String, Vec<&'static str>) {
    const NAME: &str = "bilingualBookText";
    let mut pairs = Vec::new();
    for (english, _) in SCRIPT {
        let call = format!("{NAME}('{english}')");
        // In mark-up inside of a text: `'<button title="Show hidden lines">'`.
        pairs.push((format!("\"{english}\""), in_markup(&call), *english));
        pairs.push((format!("'{english}'"), call, *english));
    }
    translated(script, NAME, &pairs, SCRIPT, site)
}

/// The same of `searcher.js`.
#[must_use]
pub fn translate_searcher(script: &str, site: &Site<'_>) -> (String, Vec<&'static str>) {
    const NAME: &str = "bilingualSearchText";
    let pairs: Vec<_> = SEARCHER
        .iter()
        .map(|(english, written, behind, _)| {
            let call = format!("{NAME}('{english}'){behind}");
            let own = if written.starts_with('"') { in_markup(&call) } else { call };
            ((*written).to_owned(), own, *english)
        })
        .collect();
    let words: Vec<_> = SEARCHER.iter().map(|(english, .., id)| (*english, *id)).collect();
    translated(script, NAME, &pairs, &words, site)
}

/// A script with these replacements, behind the function of this name that looks the words up; and which of them it does
/// not have.
fn translated(
    script: &str,
    name: &str,
    pairs: &[(String, String, &'static str)],
    words: &[(&'static str, &'static str)],
    site: &Site<'_>,
) -> (String, Vec<&'static str>) {
    let (text, found) = replaced(script, pairs);
    let missing = words.iter().map(|(english, _)| *english).filter(|english| !found.contains(english)).collect();
    (prelude(name, words, site) + &text, missing)
}

/// An attribute's value in a text of a script that is mark-up between `'`.
fn in_markup(call: &str) -> String {
    format!("\"' + {call}.replace(/\"/g, '&quot;') + '\"")
}

/// The function that looks words up.
fn prelude(name: &str, words: &[(&str, &str)], site: &Site<'_>) -> String {
    let arguments = [("count", Argument::Text("{count}")), ("words", Argument::Text("{words}"))];
    let mut table = String::new();
    for language in &site.languages {
        let own: serde_json::Map<String, serde_json::Value> = words
            .iter()
            .map(|(english, id)| ((*english).to_owned(), site.messages.text(language, id, &arguments).into()))
            .collect();
        let _ = writeln!(table, "    {}: {},", json(language.tag()), json(&own));
    }
    format!(
        "const {name} = (() => {{\n  const words = {{\n{table}  }};\n  const own = words[document.documentElement.lang] || \
         {{}};\n  return text => own[text] || text;\n}})();\n"
    )
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Replaces each of the first by the second, and gives the names of those that were there.
fn replaced(text: &str, pairs: &[(String, String, &'static str)]) -> (String, Vec<&'static str>) {
    let patterns = pairs.iter().map(|(from, ..)| from.as_str());
    let Ok(automaton) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns) else {
        return (text.to_owned(), Vec::new());
    };
    let (mut out, mut found, mut end) = (String::with_capacity(text.len()), Vec::new(), 0);
    for hit in automaton.find_iter(text) {
        let (_, to, name) = &pairs[hit.pattern().as_usize()];
        out.push_str(&text[end..hit.start()]);
        out.push_str(to);
        found.push(*name);
        end = hit.end();
    }
    out.push_str(&text[end..]);
    (out, found)
}

/// HTML that Handlebars leaves alone.
fn in_template(html: &str) -> String {
    html.replace('{', "&#123;")
}
