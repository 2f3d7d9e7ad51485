//! What mdBook 0.5 does not take in a `book.toml`, most of it written for mdBook 0.4.
//!
//! ```text
//! [book]
//! multilingual = false               mdBook does not build the book; delete it
//! [output.html]
//! curly-quotes = true                mdBook drops the whole table, stylesheets and all; write `smart-punctuation`
//! git-repository-icon = "fa-github"  mdBook stops at the first page; write "fab-github"
//! ```
//!
//! Nothing here knows which keys there are: mdBook's own types read the text, and what they refuse is a finding. Only
//! what became of the keys of mdBook 0.4 is known here, since mdBook does not say it. What has one answer comes with a
//! `Mend`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use font_awesome_as_a_crate as icons;
use mdbook::config::{Config, HtmlConfig};
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use mdbook_bilingual_core::files;
use mdbook_bilingual_core::host::{HtmlOptions, is_stylesheet};
use regex::Regex;
use serde::Deserialize;
use toml::de::{DeTable, DeValue};
use toml_edit::{DocumentMut, Item, TableLike};

/// How many refusals are looked for: mdBook names one at a time, so that each costs another reading.
const MOST: usize = 32;

/// Something that mdBook does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The keys that lead to it.
    pub(crate) path: Vec<String>,
    /// What there is to say.
    pub(crate) diagnostic: Diagnostic,
    /// What puts it right, where there is one answer.
    pub(crate) mend: Option<Mend>,
}

/// A change of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mend {
    /// The key goes, with its value.
    Remove,
    /// The key is called something else.
    Rename(String),
    /// The value is another, written as TOML.
    Value(String),
}

/// Names what a `book.toml` has and mdBook 0.5 refuses. A text that is not TOML has nothing; its error is another's.
/// `root` is the folder of the book, for what the configuration names in it.
pub fn report_refused(book_toml: &BookToml, root: &Path, diagnostics: &mut Diagnostics) {
    for refusal in refused(book_toml.text()) {
        diagnostics.push(refusal.diagnostic);
    }
    named_files(book_toml, root, diagnostics);
}

/// Everything that mdBook does not take in a text.
pub(crate) fn refused(book_toml: &str) -> Vec<Refusal> {
    let book_toml = book_toml.trim_start_matches('\u{feff}');
    let Ok(mut document) = book_toml.parse::<DocumentMut>() else { return Vec::new() };
    let Ok(places) = DeTable::parse(book_toml) else { return Vec::new() };
    // The site hands its options to mdBook's renderer, which takes them as it takes its own.
    let html = options_of_html(|path| get(&document, path).is_some());
    if html == HtmlOptions::Site {
        as_html(&mut document);
    }
    let mut found = Vec::new();
    // Two names for one table; mdBook says of which table it is, and not of which key.
    let both = ["output", "html", "playpen"].map(str::to_owned);
    if get(&document, &both).is_some()
        && get(&document, &both[..2]).is_some_and(|html| html.get("playground").is_some())
    {
        let why = Why {
            said: "mdBook 0.5 does not read {} beside `output.html.playground`, which is its new name".to_owned(),
            remedy: "put its keys there, and delete it".to_owned(),
            is_old: true,
            mend: None,
        };
        found.push((both.to_vec(), why, true));
        remove(&mut document, &both);
    }
    for _ in 0..MOST {
        let text = document.to_string();
        let Some(Answer { path, message, drops }) = ask(&text) else { break };
        let why = Why::of(&path, &message, &document);
        let gone = remove(&mut document, &path);
        found.push((path, why, drops));
        if !gone {
            break;
        }
    }
    found.extend(icon(&document).map(|(path, why)| (path, why, false)));
    let refusal = |(path, why, drops)| refusal(html, (path, why), drops, book_toml, places.get_ref());
    let mut refusals: Vec<Refusal> = found.into_iter().map(refusal).collect();
    refusals.sort_by(|a, b| a.diagnostic.place().cmp(&b.diagnostic.place()));
    refusals
}

/// Where the options of HTML stand.
fn options_of_html(has: impl Fn(&[String]) -> bool) -> HtmlOptions {
    let there = |html: HtmlOptions| has(&html.path().iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    if there(HtmlOptions::Site) && !there(HtmlOptions::Html) { HtmlOptions::Site } else { HtmlOptions::Html }
}

/// Puts the options of the site where mdBook has its own.
fn as_html(document: &mut DocumentMut) {
    let [output, site, html] = HtmlOptions::Site.path() else { return };
    let Some(output) = document.get_mut(output).and_then(Item::as_table_like_mut) else { return };
    let options = output.get_mut(site).and_then(Item::as_table_like_mut).and_then(|site| site.remove(html));
    if let Some(options) = options {
        output.insert(html, options);
    }
}

/// What mdBook says of the first thing that it refuses.
struct Answer {
    /// The keys that lead to it.
    path: Vec<String>,
    message: String,
    /// Whether mdBook goes on without the table [output.html], instead of stopping.
    drops: bool,
}

/// Reads a text as mdBook does.
fn ask(text: &str) -> Option<Answer> {
    /// What the HTML renderer asks for. mdBook passes over an error in it, and over the table with it.
    #[derive(Deserialize)]
    struct Html {
        #[serde(default)]
        output: HtmlTable,
    }
    #[derive(Deserialize, Default)]
    struct HtmlTable {
        #[serde(default, rename = "html")]
        _html: HtmlConfig,
    }
    /// What mdBook's driver asks for; these types are private there.
    #[derive(Deserialize)]
    struct Others {
        #[serde(default, rename = "output")]
        _output: BTreeMap<String, Output>,
        #[serde(default, rename = "preprocessor")]
        _preprocessor: BTreeMap<String, Preprocessor>,
    }
    #[derive(Deserialize)]
    struct Output {
        #[serde(rename = "command")]
        _command: Option<String>,
    }
    #[derive(Deserialize)]
    struct Preprocessor {
        #[serde(rename = "command")]
        _command: Option<String>,
        #[serde(default, rename = "before")]
        _before: Vec<String>,
        #[serde(default, rename = "after")]
        _after: Vec<String>,
        #[serde(default, rename = "optional")]
        _optional: bool,
        #[serde(rename = "renderers")]
        _renderers: Option<Vec<String>>,
    }
    let book = toml::from_str::<Config>(text).err();
    let others = || toml::from_str::<Others>(text).err();
    let html = || toml::from_str::<Html>(text).map(|read| drop(read.output)).err();
    let stops = book.or_else(others);
    let drops = stops.is_none();
    let error = stops.or_else(html)?;
    let places = DeTable::parse(text).ok()?;
    let at = error.span().map_or(0, |span| span.start);
    Some(Answer { path: path_at(places.get_ref(), at).unwrap_or_default(), message: error.message().to_owned(), drops })
}

/// The keys that lead to what stands at a byte.
fn path_at(table: &DeTable<'_>, at: usize) -> Option<Vec<String>> {
    for (key, value) in table {
        let own = || vec![key.get_ref().to_string()];
        if key.span().contains(&at) {
            return Some(own());
        }
        let deeper = match value.get_ref() {
            DeValue::Table(table) => path_at(table, at),
            _ => None,
        };
        if let Some(deeper) = deeper {
            return Some([own(), deeper].concat());
        }
        if value.span().contains(&at) && !value.get_ref().is_table() {
            return Some(own());
        }
    }
    // A table of one line, of the wrong kind as a whole.
    table.iter().find(|(_, value)| value.span().contains(&at)).map(|(key, _)| vec![key.get_ref().to_string()])
}

/// Why something is refused.
struct Why {
    /// What mdBook does not do; `{}` stands for the key.
    said: String,
    remedy: String,
    /// Whether mdBook 0.4 took it.
    is_old: bool,
    mend: Option<Mend>,
}

impl Why {
    fn of(path: &[String], message: &str, document: &DocumentMut) -> Self {
        let value = get(document, path);
        if message.starts_with("unknown field") {
            return Self::old(path, value, document).unwrap_or_else(|| Self::unknown(path, &quoted(message), document));
        }
        let said = format!("mdBook 0.5 does not take the value of {{}} ({message})");
        let text = value.filter(|value| !value.is_table_like()).map(|value| value.to_string().trim().to_owned());
        // What one person is called is a list of one.
        let list = message.contains("expected a sequence") && value.is_some_and(|value| value.is_str());
        let edition = path == ["rust", "edition"] && value.is_some_and(|value| value.is_integer());
        let mend = match text {
            Some(text) if list => Some(format!("[{text}]")),
            Some(text) if edition && ["2015", "2018", "2021", "2024"].contains(&text.as_str()) => {
                Some(format!("\"{text}\""))
            }
            _ => None,
        };
        let accepted = quoted(message);
        let remedy = match &mend {
            Some(value) => format!("write {value}"),
            None if message.starts_with("unknown variant") && !accepted.is_empty() => {
                format!("write one of {}", accepted.iter().map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", "))
            }
            None => "correct it".to_owned(),
        };
        Self { said, remedy, is_old: false, mend: mend.map(Mend::Value) }
    }

    /// A key that an earlier mdBook read; `None` for any other.
    fn old(path: &[String], value: Option<&Item>, document: &DocumentMut) -> Option<Self> {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let (name, above) = path.split_last()?;
        let is_true = value.and_then(Item::as_bool);
        let old = |remedy: &str, mend: Option<Mend>| Self {
            said: "mdBook 0.5 no longer reads {}".to_owned(),
            remedy: remedy.to_owned(),
            is_old: true,
            mend,
        };
        Some(match names.as_slice() {
            ["book", "multilingual"] => old("delete it, as it never did anything", Some(Mend::Remove)),
            ["output", "html", "curly-quotes"] => {
                let other = get(document, above).and_then(|html| html.get("smart-punctuation")).and_then(Item::as_bool);
                // mdBook 0.4 turned quotation marks when either of the two said so.
                match (other, is_true) {
                    (None, Some(_)) => {
                        old("write `smart-punctuation`", Some(Mend::Rename("smart-punctuation".to_owned())))
                    }
                    (Some(other), Some(own)) if other == own || other => {
                        old("delete it, as `smart-punctuation` says it", Some(Mend::Remove))
                    }
                    _ => old("write `smart-punctuation = true` or `false` in its place", None),
                }
            }
            ["output", "html", "google-analytics"] => {
                old("put the script into theme/head.hbs, and delete the key", None)
            }
            ["output", "html", "copy-fonts"] if is_true == Some(true) => {
                old("delete it, as mdBook always copies its fonts", Some(Mend::Remove))
            }
            ["output", "html", "copy-fonts"] => {
                old("delete it; an empty theme/fonts/fonts.css turns the fonts off", None)
            }
            ["output", "html", "playpen" | "playground", "editor"] => {
                old("delete it, as mdBook has one editor", Some(Mend::Remove))
            }
            ["output", "html", "livereload-url"] => old("delete it, as `mdbook serve` knows it", Some(Mend::Remove)),
            ["output", "html", "destination"] => old("write `build-dir` in [build] in its place", None),
            ["build", "preprocess"] => old("write a table [preprocessor.NAME] for each name in it", None),
            ["preprocess"] if value.is_some_and(Item::is_table_like) => {
                old("write [preprocessor.…]", Some(Mend::Rename("preprocessor".to_owned())))
            }
            ["title" | "author" | "authors" | "description" | "source" | "src"] => {
                let new = match name.as_str() {
                    "author" => "authors",
                    "source" => "src",
                    same => same,
                };
                old(&format!("write it as `{new}` in the table [book]"), None)
            }
            _ => return None,
        })
    }

    /// A key that no mdBook reads.
    fn unknown(path: &[String], accepted: &[String], document: &DocumentMut) -> Self {
        let (name, above) = path.split_last().expect("a key has a name");
        let there = |name: &str| get(document, above).is_some_and(|table| table.get(name).is_some());
        let said = "mdBook 0.5 knows no key {}".to_owned();
        let kebab = name.replace('_', "-");
        if kebab != *name && accepted.contains(&kebab) {
            let (remedy, mend) = match there(&kebab) {
                true => (format!("delete it, as `{kebab}` is there"), None),
                false => (format!("write `{kebab}`"), Some(Mend::Rename(kebab))),
            };
            return Self { said, remedy, is_old: false, mend };
        }
        let near =
            accepted.iter().find(|known| !there(known) && strsim::levenshtein(known, name) <= 2 && name.len() > 4);
        let remedy = if let Some(near) = near {
            format!("perhaps `{near}` is meant")
        } else if let Some(table) = table_with(name).filter(|table| *table != above.join(".")) {
            format!("write it in the table [{table}], or delete it")
        } else if above.is_empty() {
            "delete it, or put it below [preprocessor.…] or [output.…], where tables of other programs belong"
                .to_owned()
        } else {
            "delete it, as it never did anything".to_owned()
        };
        Self { said, remedy, is_old: false, mend: None }
    }
}

/// The table of mdBook's in which a key of this name is known.
fn table_with(name: &str) -> Option<&'static str> {
    let knows = |table: &&str| {
        let probe = ask(&format!("[{table}]\n\"?\" = 0\n"));
        probe.is_some_and(|answer| quoted(&answer.message).iter().any(|known| known == name))
    };
    ["book", "build", "rust", "output.html", "output.html.search", "output.html.playground"].into_iter().find(knows)
}

/// What stands between backquotes in a message, without the first, which is what was found.
fn quoted(message: &str) -> Vec<String> {
    message.split('`').skip(1).step_by(2).skip(1).map(str::to_owned).collect()
}

/// The icon of the repository, which mdBook looks up when it has written the first page.
fn icon(document: &DocumentMut) -> Option<(Vec<String>, Why)> {
    let path = ["output", "html", "git-repository-icon"].map(str::to_owned);
    let html = get(document, &path[..2])?;
    // Without an address there is no button.
    html.get("git-repository-url")?;
    let name = html.get("git-repository-icon")?.as_str()?;
    if is_icon(name) {
        return None;
    }
    let mend = icon_of_now(name);
    let said = format!("mdBook 0.5, which has the icons of Font Awesome 6, knows none called “{name}”");
    let remedy = match &mend {
        Some(now) => format!("write \"{now}\""),
        None => {
            "take one from fontawesome.com/v6/search?m=free, with `fab-` before brands, and `fas-` before solid icons"
                .to_owned()
        }
    };
    let mend = mend.map(|now| Mend::Value(format!("\"{now}\"")));
    Some((path.to_vec(), Why { said, remedy, is_old: true, mend }))
}

/// Whether mdBook's HTML renderer finds an icon of this name: what is before the first hyphen says in which set.
fn is_icon(name: &str) -> bool {
    let set = match name.split('-').next() {
        Some("fas") => icons::Type::Solid,
        Some("fab") => icons::Type::Brands,
        _ => icons::Type::Regular,
    };
    let stripped = ["fa-", "fab-", "fas-"].into_iter().find_map(|prefix| name.strip_prefix(prefix));
    icons::svg(set, stripped.unwrap_or(name)).is_ok()
}

/// The name that an icon of Font Awesome 4 has for mdBook 0.5: `fa-github` → `fab-github`, `fa-file-o` → `fa-file`.
fn icon_of_now(name: &str) -> Option<String> {
    let name = name.split_whitespace().last()?;
    let prefix = ["fa-", "fab-", "fas-", "far-"].into_iter().find_map(|prefix| name.strip_prefix(prefix));
    let bare = prefix.unwrap_or(name);
    let squared = bare.strip_suffix("-square").map(|bare| format!("square-{bare}"));
    let outlined = bare.strip_suffix("-o").map(|bare| format!("fa-{bare}"));
    let names = outlined.into_iter().chain(
        [Some(bare.to_owned()), squared]
            .into_iter()
            .flatten()
            .flat_map(|bare| ["fab", "fas", "fa"].map(|set| format!("{set}-{bare}"))),
    );
    names.into_iter().find(|name| is_icon(name))
}

/// A finding about a key, in the text as its author wrote it.
fn refusal(
    html: HtmlOptions,
    (mut path, why): (Vec<String>, Why),
    drops: bool,
    text: &str,
    places: &DeTable<'_>,
) -> Refusal {
    let own = HtmlOptions::Html;
    if path.iter().take(2).eq(own.path()) {
        path.splice(..2, html.path().iter().map(|name| (*name).to_owned()));
    }
    let named = |said: String| said.replace(&own.name(), &html.name());
    let place = key_at(places, &path).map_or_else(
        || Place::file("book.toml"),
        |span| {
            let before = &text[..span.start];
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
            Place::at("book.toml", before.matches('\n').count() + 1, column + 1)
        },
    );
    let so = if drops {
        named("drops the whole table [output.html] because of it, stylesheets included".to_owned())
    } else {
        "does not build the book".to_owned()
    };
    let code = if why.is_old { Code::ConfigOld } else { Code::ConfigRefused };
    let name = if path.is_empty() { "a table".to_owned() } else { format!("`{}`", path.join(".")) };
    let said = named(why.said).replacen("{}", &name, 1);
    let message = Message::new(format!("{said}, and {so}"), named(why.remedy));
    Refusal { path, diagnostic: Diagnostic::new(code, message).at(place), mend: why.mend }
}

/// Where a key stands.
pub(crate) fn key_at(table: &DeTable<'_>, path: &[String]) -> Option<Range<usize>> {
    let (last, above) = path.split_last()?;
    let mut table = table;
    for name in above {
        table = table.get(name.as_str())?.get_ref().as_table()?;
    }
    Some(table.get_key_value(last.as_str())?.0.span())
}

/// What stands behind keys.
fn get<'a>(document: &'a DocumentMut, path: &[String]) -> Option<&'a Item> {
    path.iter().try_fold(document.as_item(), |item, key| item.get(key.as_str()))
}

/// Takes a key out, and says whether it was there.
fn remove(document: &mut DocumentMut, path: &[String]) -> bool {
    let Some((last, above)) = path.split_last() else { return false };
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for name in above {
        match table.get_mut(name).and_then(Item::as_table_like_mut) {
            Some(inner) => table = inner,
            None => return false,
        }
    }
    table.remove(last).is_some()
}

/// What stands behind keys, as they are read.
fn at<'a>(table: &'a toml::Table, path: &[String]) -> Option<&'a toml::Value> {
    let (first, below) = path.split_first()?;
    below.iter().try_fold(table.get(first)?, |value, name| value.get(name))
}

/// A theme of the book's own.
fn named_files(book_toml: &BookToml, root: &Path, diagnostics: &mut Diagnostics) {
    let Ok(table) = book_toml.text().trim_start_matches('\u{feff}').parse::<toml::Table>() else { return };
    let options = options_of_html(|path| at(&table, path).is_some());
    let html = at(&table, &options.path().iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let named = html.and_then(|html| html.get("theme")).and_then(toml::Value::as_str);
    let theme = named.unwrap_or("theme").trim_end_matches('/');
    templates(root, theme, diagnostics);
    if named.is_some() && !root.join(theme).is_dir() {
        let place = options.place("theme", book_toml);
        let message = Message::new(
            format!("`{}.theme` names {theme}, which is no folder, so mdBook does not build the book", options.name()),
            "make it, or delete the key",
        );
        diagnostics.push(Diagnostic::new(Code::ConfigRefused, message).at(place));
    }
    let source = table.get("book").and_then(|book| book.get("src")).and_then(toml::Value::as_str).unwrap_or("src");
    for (key, folder) in [("additional-css", ""), ("additional-js", ""), ("input-404", source)] {
        let files = match html.and_then(|html| html.get(key)) {
            Some(toml::Value::Array(files)) => files.as_slice(),
            Some(file) => std::slice::from_ref(file),
            None => &[],
        };
        let is_there = |file: &&str| root.join(folder).join(file).is_file();
        // `install` writes the stylesheet.
        let named = files.iter().filter_map(toml::Value::as_str);
        let named = named.filter(|file| !file.is_empty() && !is_stylesheet(root, file));
        let missing: Vec<&str> = named.filter(|file| !is_there(file)).collect();
        let Some((first, others)) = missing.split_first() else { continue };
        let more = if others.is_empty() { String::new() } else { format!(", and {} more like it", others.len()) };
        let place = options.place(key, book_toml);
        let message = Message::new(
            format!(
                "`{}.{key}` names {first}, which is no file{more}, so mdBook does not build the book",
                options.name()
            ),
            "put the file there, or take its name out",
        );
        diagnostics.push(Diagnostic::new(Code::ConfigRefused, message).at(place));
    }
}

/// A template is larger than this in no theme.
const LARGEST_TEMPLATE: u64 = 1 << 20;

/// Templates of mdBook 0.4 in a theme: the helpers that they call are gone, and mdBook stops at the first page.
fn templates(root: &Path, theme: &str, diagnostics: &mut Diagnostics) {
    static GONE: LazyLock<Regex> = LazyLock::new(|| {
        let gone = r"\{\{~?(?:# *(?:previous|next)\s*~?\}\}|\s*theme_option\b)";
        Regex::new(gone).expect("a valid pattern")
    });
    for name in ["index.hbs", "head.hbs", "header.hbs"] {
        let path = root.join(theme).join(name);
        let Some(text) = files::bytes(&path, LARGEST_TEMPLATE).ok().and_then(|bytes| String::from_utf8(bytes).ok())
        else {
            continue;
        };
        let Some(call) = GONE.find(&text) else { continue };
        let line = text[..call.start()].matches('\n').count() + 1;
        let message = Message::new(
            format!(
                "this template of mdBook 0.4 calls `{}`, which mdBook 0.5 does not have, and does not build the book",
                call.as_str()
            ),
            "delete the file, or write your changes into the one that `mdbook init --theme` makes in an empty folder",
        );
        let place = Place::line(format!("{theme}/{name}"), line);
        diagnostics.push(Diagnostic::new(Code::ConfigOld, message).at(place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        refused(text).iter().map(|refusal| refusal.diagnostic.to_string()).collect()
    }

    #[test]
    fn the_options_of_the_site_are_those_of_mdbook() {
        let text = "[output.bilingual-site]\nfeeds = true\n[output.bilingual-site.html]\ncurly-quotes = true\ngit-repository-url = \"u\"\ngit-repository-icon = \"fa-github\"\nhash-files = false\nlimit-results = 1\n";
        let drops = "drops the whole table [output.bilingual-site.html] because of it, stylesheets included";
        let want = [
            format!(
                "error[config-old]: book.toml:4:1: mdBook 0.5 no longer reads `output.bilingual-site.html.curly-quotes`, and {drops}; write `smart-punctuation`"
            ),
            "error[config-old]: book.toml:6:1: mdBook 0.5, which has the icons of Font Awesome 6, knows none called “fa-github”, and does not build the book; write \"fab-github\"".to_owned(),
            format!(
                "error[config-refused]: book.toml:8:1: mdBook 0.5 knows no key `output.bilingual-site.html.limit-results`, and {drops}; write it in the table [output.bilingual-site.html.search], or delete it"
            ),
        ];
        assert_eq!(said(text), want);
        let folder = tempfile::tempdir().unwrap();
        let mut diagnostics = Diagnostics::default();
        let book_toml = BookToml::new("[output.bilingual-site.html]\ntheme = \"none\"\nadditional-css = [\"x.css\"]\n");
        report_refused(&book_toml, folder.path(), &mut diagnostics);
        let found: Vec<String> = diagnostics.sorted().iter().map(ToString::to_string).collect();
        let want = [
            "error[config-refused]: book.toml:2:1: `output.bilingual-site.html.theme` names none, which is no folder, so mdBook does not build the book; make it, or delete the key",
            "error[config-refused]: book.toml:3:1: `output.bilingual-site.html.additional-css` names x.css, which is no file, so mdBook does not build the book; put the file there, or take its name out",
        ];
        assert_eq!(found, want);
    }

    #[test]
    fn each_refusal_says_where_and_what_to_do() {
        let drops = "and drops the whole table [output.html] because of it, stylesheets included";
        for (text, expected) in [
            (
                "[book]\ntitle = \"T\"\nmultilingual = false\n",
                "error[config-old]: book.toml:3:1: mdBook 0.5 no longer reads `book.multilingual`, and does not build the book; delete it, as it never did anything".to_owned(),
            ),
            (
                "[output.html]\ncurly-quotes = true\n",
                format!("error[config-old]: book.toml:2:1: mdBook 0.5 no longer reads `output.html.curly-quotes`, {drops}; write `smart-punctuation`"),
            ),
            (
                "[output.html]\ngoogle-analytics = \"UA-1\"\n",
                format!("error[config-old]: book.toml:2:1: mdBook 0.5 no longer reads `output.html.google-analytics`, {drops}; put the script into theme/head.hbs, and delete the key"),
            ),
            (
                "[output.html.playpen]\neditor = \"ace\"\n",
                format!("error[config-old]: book.toml:2:1: mdBook 0.5 no longer reads `output.html.playpen.editor`, {drops}; delete it, as mdBook has one editor"),
            ),
            (
                "[preprocess.links]\n",
                "error[config-old]: book.toml:1:2: mdBook 0.5 no longer reads `preprocess`, and does not build the book; write [preprocessor.…]".to_owned(),
            ),
            (
                "[output.html.search]\nlimit = 3\n",
                format!("error[config-refused]: book.toml:2:1: mdBook 0.5 knows no key `output.html.search.limit`, {drops}; delete it, as it never did anything"),
            ),
            (
                "[output.html]\nmathjax-suport = true\n",
                format!("error[config-refused]: book.toml:2:1: mdBook 0.5 knows no key `output.html.mathjax-suport`, {drops}; perhaps `mathjax-support` is meant"),
            ),
            (
                "[book]\nbuild-dir = \"x\"\n",
                "error[config-refused]: book.toml:2:1: mdBook 0.5 knows no key `book.build-dir`, and does not build the book; write it in the table [build], or delete it".to_owned(),
            ),
            (
                "[mermaid]\nx = 1\n",
                "error[config-refused]: book.toml:1:2: mdBook 0.5 knows no key `mermaid`, and does not build the book; delete it, or put it below [preprocessor.…] or [output.…], where tables of other programs belong".to_owned(),
            ),
            (
                "[output.html]\ngit-repository-url = \"u\"\ngit-repository-icon = \"fa-github\"\n",
                "error[config-old]: book.toml:3:1: mdBook 0.5, which has the icons of Font Awesome 6, knows none called “fa-github”, and does not build the book; write \"fab-github\"".to_owned(),
            ),
        ] {
            assert_eq!(said(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_table_stops_mdbook() {
        for (text, place) in [
            ("[output]\nhtml = \"x\"\n", "2:1"),
            ("[output]\nhtml = []\n", "2:1"),
            ("[[output.html]]\n", "1:10"),
            ("[output.html]\ncommand = 1\n", "2:1"),
        ] {
            let said = said(text);
            let begins =
                format!("error[config-refused]: book.toml:{place}: mdBook 0.5 does not take the value of `output.html");
            assert!(said.len() == 1 && said[0].starts_with(&begins), "{text}: {said:?}");
            assert!(said[0].contains(", and does not build the book; "), "{text}: {said:?}");
        }
    }

    #[test]
    fn all_are_found_at_once_and_values_too() {
        let text = "title = \"T\"\n[book]\nmultilingual = true\nauthors = \"me\"\n[rust]\nedition = 2021\n[output.html]\nsite-url = 1\ncopy-fonts = true\nnone = 1\n[output.html.fold]\nlevel = \"x\"\n[preprocessor.links]\nbefore = \"index\"\n[output.linkcheck]\ncommand = 1\n[output.html.playpen]\n[output.html.playground]\n";
        let lines: Vec<usize> = refused(text).iter().map(|it| it.diagnostic.place().unwrap().line.unwrap()).collect();
        assert_eq!(lines, [1, 3, 4, 6, 8, 9, 10, 12, 14, 16, 17], "{:#?}", said(text));
    }

    #[test]
    fn what_mdbook_takes_is_no_finding() {
        for text in [
            "",
            "\u{feff}[book]\ntitle = \"T\"\n",
            "[book]\ntitle = \"T\"\nauthors = [\"A\"]\ndescription = \"D\"\nsrc = \"x\"\nlanguage = \"zh\"\ntext-direction = \"ltr\"\n[build]\nbuild-dir = \"b\"\ncreate-missing = false\nuse-default-preprocessors = true\nextra-watch-dirs = [\"x\"]\n[rust]\nedition = \"2024\"\n",
            "[output.html]\ntheme = \"t\"\ndefault-theme = \"ayu\"\npreferred-dark-theme = \"navy\"\nsmart-punctuation = true\nmathjax-support = true\nadditional-css = [\"a\"]\nadditional-js = []\nno-section-label = true\ngit-repository-url = \"u\"\ngit-repository-icon = \"fab-github\"\nedit-url-template = \"x\"\nsite-url = \"/\"\ncname = \"c\"\ninput-404 = \"\"\n[output.html.print]\nenable = false\npage-break = true\n[output.html.fold]\nenable = true\nlevel = 1\n[output.html.playground]\neditable = true\n[output.html.search]\nenable = true\nlimit-results = 1\n[output.html.search.chapter]\n\"a\" = { enable = false }\n[output.html.redirect]\n\"/a\" = \"/b\"\n[output.html.code.hidelines]\npython = \"~\"\n",
            "[output.html.playpen]\neditable = true\n",
            "[output.html]\ngit-repository-icon = \"nonsense\"\n",
            "[output.html]\ngit-repository-url = \"u\"\ngit-repository-icon = \"fas-code-fork\"\n",
            "[output.epub]\nany = { thing = 1 }\n[output.linkcheck]\noptional = true\n",
            "[preprocessor.mermaid]\ncommand = \"x\"\nbefore = [\"links\"]\nown = [1, { a = 2 }]\n[preprocessor.bilingual]\nlanguages = [\"zh-CN\"]\n",
            "not toml at all",
        ] {
            assert_eq!(said(text), [] as [&str; 0], "{text}");
        }
    }

    #[test]
    fn themes() {
        let folder = tempfile::tempdir().unwrap();
        let said = |toml: &str| {
            let mut diagnostics = Diagnostics::default();
            report_refused(&BookToml::new(toml), folder.path(), &mut diagnostics);
            diagnostics.sorted().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(said(""), [] as [&str; 0]);
        let files = said(
            "[output.html]\nadditional-css = [\"theme/bilingual.css\", \"no.css\"]\nadditional-js = [\"a/no.js\"]\ninput-404 = \"no.md\"\n",
        );
        let names: Vec<bool> = (2..)
            .zip(["no.css", "a/no.js", "no.md"])
            .map(|(line, name)| {
                files.iter().any(|said| {
                    said.contains(&format!("book.toml:{line}:1: ")) && said.contains(&format!("names {name},"))
                })
            })
            .collect();
        assert_eq!((files.len(), names), (3, vec![true; 3]), "{files:?}");
        let none = said("[output.html]\ntheme = \"mine\"\n");
        assert!(none.len() == 1 && none[0].starts_with("error[config-refused]: book.toml:2:1: "), "{none:?}");
        std::fs::create_dir(folder.path().join("theme")).unwrap();
        let template = folder.path().join("theme/index.hbs");
        for (text, line) in [
            ("<html>\n{{#if previous}}{{previous.link}}{{/if}}{{#each chapters}}{{/each}}", None),
            ("<html>\n{{#previous}}\n<a href=\"{{ path_to_root }}{{link}}\">", Some(2)),
            ("{{~# next ~}}", Some(1)),
            ("\n\n{{ theme_option \"Light\" }}", Some(3)),
        ] {
            std::fs::write(&template, text).unwrap();
            let said = said("");
            let expected =
                line.map(|line| format!("error[config-old]: theme/index.hbs:{line}: this template of mdBook 0.4"));
            assert_eq!(said.len(), usize::from(line.is_some()), "{text}: {said:?}");
            assert!(expected.is_none_or(|expected| said[0].starts_with(&expected)), "{said:?}");
        }
    }

    #[test]
    fn icons_of_font_awesome_4() {
        for (old, now) in [
            ("fa-github", Some("fab-github")),
            ("fa-github-alt", Some("fab-github-alt")),
            ("fa-github-square", Some("fab-square-github")),
            ("fa fa-gitlab", Some("fab-gitlab")),
            ("fab fa-github", Some("fab-github")),
            ("github", Some("fab-github")),
            ("fas-github", Some("fab-github")),
            ("fa-code-fork", Some("fas-code-fork")),
            ("fa-book", Some("fas-book")),
            ("fa-file-o", Some("fa-file")),
            ("fa-git", Some("fab-git")),
            ("fa-bitbucket", Some("fab-bitbucket")),
            ("fa-no-such-icon", None),
            ("", None),
        ] {
            assert_eq!(icon_of_now(old).as_deref(), now, "{old}");
        }
        assert!(is_icon("fa-file") && is_icon("file") && !is_icon("fa-github") && !is_icon("far-file"));
    }
}
