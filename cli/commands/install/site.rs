//! `install --site` and `install --no-site`: a book moves to the renderer of the site, and back.
//!
//! ```text
//! [output.html]                  ⇄     [output.bilingual-site]
//! # my styles
//! additional-css = ["my.css"]          [output.bilingual-site.html]
//!                                      # my styles
//! [output.html.search]                 additional-css = ["my.css"]
//! limit = 20
//!                                      [output.bilingual-site.html.search]
//!                                      limit = 20
//! ```
//!
//! The names of tables are spliced, so that all that stands in them stays as it is, and a book that moves back is what it
//! was, byte for byte.

use std::env;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files::{self, repository_of};
use mdbook_bilingual_core::host::renderer::{HTML, SITE};
use mdbook_bilingual_core::host::{HtmlOptions, inside};
use regex::Regex;
use toml::de::DeTable;
use toml_edit::{Array, DocumentMut, Item, value};

use super::{table, with_line_endings_of};
use crate::refused::key_at;

/// The program of the site.
const PROGRAM: &str = "mdbook-bilingual-site";

/// The variable that names it where it is found nowhere; empty, it is not looked for.
pub const PROGRAM_VARIABLE: &str = "BILINGUAL_SITE";

/// A book whose options of HTML stand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::commands) struct Moved {
    /// Its `book.toml`.
    pub(in crate::commands) text: String,
    /// What was done, in words.
    pub(in crate::commands) changes: Vec<String>,
    /// What is left to do by hand, in sentences.
    pub(in crate::commands) left: Vec<String>,
}

/// Whether mdBook would find the program of the site: on the `PATH`, or beside this program, from where it gets there.
#[must_use]
pub fn is_program_there() -> bool {
    if let Some(named) = env::var_os(PROGRAM_VARIABLE) {
        return !named.is_empty() && Path::new(&named).is_file();
    }
    let file = format!("{PROGRAM}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH").unwrap_or_default();
    let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    env::split_paths(&path).chain(beside).any(|folder| folder.join(&file).is_file())
}

/// Moves the options of HTML in the text of a `book.toml` to where they are to stand.
///
/// # Errors
/// When both tables are there, or when one of them is no table.
pub(in crate::commands) fn move_to(target: HtmlOptions, text: &str) -> Result<Moved> {
    let document: DocumentMut = text.parse().context("book.toml is not valid TOML; nothing was changed")?;
    if get(&document, &["output", HTML]).is_some() && get(&document, &["output", SITE]).is_some() {
        bail!(
            "book.toml has both [output.{HTML}] and [output.{SITE}], so mdBook renders the book twice; put what counts into one of them, and delete the other"
        );
    }
    for path in [&["output", HTML] as &[&str], &["output", SITE], &["output", SITE, HTML]] {
        if get(&document, path).is_some_and(|item| !item.is_table_like()) {
            bail!("book.toml: `{}` is not a table; nothing was changed", path.join("."));
        }
    }
    let mut moved = Moved { text: text.to_owned(), changes: Vec::new(), left: Vec::new() };
    match target {
        HtmlOptions::Site => moved.enter_site(&document)?,
        HtmlOptions::Html => moved.enter_html(&document)?,
    }
    moved.text = with_line_endings_of(text, &moved.text);
    Ok(moved)
}

impl Moved {
    fn enter_site(&mut self, before: &DocumentMut) -> Result<()> {
        if get(before, &["output", HTML]).is_some() {
            while let Some(key) = span(&self.text, &["output", HTML]) {
                self.text.replace_range(key, &format!("{SITE}.{HTML}"));
            }
            self.text = with_header(&self.text);
            self.changes.push(format!("book.toml: [output.{HTML}] is now [output.{SITE}.{HTML}]"));
        }
        let mut document = parsed(&self.text)?;
        if get(&document, &["output", SITE]).is_none() {
            let output = table(document.as_table_mut(), "output", true)?;
            table(output, "output.bilingual-site", false)?;
            self.changes.push(format!("book.toml: [output.{SITE}] added"));
        }
        self.add_command(&mut document)?;
        let renderers = renderers(&mut document).filter(|renderers| !has(renderers, SITE));
        if let Some(renderers) = renderers {
            renderers.push(SITE);
            self.changes.push(format!("book.toml: \"{SITE}\" added to `preprocessor.bilingual.renderers`"));
        }
        self.text = document.to_string();
        self.name_others(&document);
        Ok(())
    }

    /// Says which other plugins have to hear of the move.
    fn name_others(&mut self, document: &DocumentMut) {
        let tables =
            |path: &str| get(document, &[path]).and_then(Item::as_table_like).into_iter().flat_map(|it| it.iter());
        for (name, item) in tables("preprocessor").filter(|(name, _)| *name != "bilingual") {
            let own = item.as_table_like().and_then(|table| table.get("renderers")).and_then(Item::as_array);
            if own.is_some_and(|own| has(own, HTML) && !has(own, SITE)) {
                self.left.push(format!(
                    "book.toml: [preprocessor.{name}] runs for \"{HTML}\" and not for \"{SITE}\"; add that to its `renderers`."
                ));
            }
        }
        if let Some((other, _)) = tables("output").find(|(name, _)| *name != SITE) {
            self.left.push(format!(
                "With [output.{other}] beside it, mdBook builds the site in the folder {SITE} of its output, where html was before; whoever publishes that folder has to know."
            ));
        }
    }

    /// Names the program of the site where the preprocessor's is named: it lies beside that.
    fn add_command(&mut self, document: &mut DocumentMut) -> Result<()> {
        let command = get(document, &["preprocessor", "bilingual", "command"]).and_then(Item::as_str);
        let Some(command) = command.filter(|command| *command != "mdbook-bilingual").map(str::to_owned) else {
            return Ok(());
        };
        if get(document, &["output", SITE, "command"]).is_some() {
            return Ok(());
        }
        let Some(beside) = beside(&command) else {
            self.left.push(format!(
                "book.toml: the preprocessor is started by `{command}`, and the site by `{PROGRAM}`; where that is not on the PATH, write its `command` in [output.{SITE}]."
            ));
            return Ok(());
        };
        let output = table(document.as_table_mut(), "output", true)?;
        let site = table(output, "output.bilingual-site", false)?;
        self.changes.push(format!("book.toml: `output.{SITE}.command` is \"{beside}\""));
        site.insert("command", value(beside));
        Ok(())
    }

    fn enter_html(&mut self, before: &DocumentMut) -> Result<()> {
        if let Some(site) = get(before, &["output", SITE]).and_then(Item::as_table_like) {
            let command =
                get(before, &["preprocessor", "bilingual", "command"]).and_then(Item::as_str).and_then(beside);
            for (name, item) in site.iter().filter(|(name, _)| *name != HTML) {
                // What `install --site` wrote says nothing of its own.
                if !(name == "command" && item.as_str() == command.as_deref()) {
                    self.changes.push(format!("book.toml: `output.{SITE}.{name}` deleted"));
                }
            }
            if site.contains_key(HTML) {
                self.changes.push(format!("book.toml: [output.{SITE}.{HTML}] is now [output.{HTML}]"));
            } else {
                self.changes.push(format!("book.toml: [output.{SITE}] deleted"));
            }
            self.leave_site()?;
        }
        let mut document = parsed(&self.text)?;
        if let Some(renderers) = renderers(&mut document) {
            let at = renderers.iter().position(|name| name.as_str() == Some(SITE));
            match at {
                Some(at) if has(renderers, HTML) => {
                    renderers.remove(at);
                    self.changes.push(format!("book.toml: \"{SITE}\" taken out of `preprocessor.bilingual.renderers`"));
                }
                Some(at) => {
                    renderers.replace(at, HTML);
                    self.changes.push(format!(
                        "book.toml: \"{SITE}\" is \"{HTML}\" again in `preprocessor.bilingual.renderers`"
                    ));
                }
                None => {}
            }
        }
        self.text = document.to_string();
        Ok(())
    }

    /// Takes the table of the site away from around the options of HTML.
    fn leave_site(&mut self) -> Result<()> {
        static ABOVE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"(?:bilingual-site|"bilingual-site"|'bilingual-site')\s*\.\s*$"#).expect("a valid pattern")
        });
        let mut from = 0;
        while let Some(key) = span(&self.text, &["output", SITE, HTML]) {
            // In a table of the site's own it stands alone.
            let Some(above) = ABOVE.find(&self.text[from..key.start]) else { break };
            let start = from + above.start();
            self.text.replace_range(start..key.start, "");
            from = 0;
        }
        let mut document = parsed(&self.text)?;
        let output = table(document.as_table_mut(), "output", true)?;
        let Some(site) = output.get_mut(SITE).and_then(Item::as_table_like_mut) else { return Ok(()) };
        let html = site.remove(HTML);
        let names: Vec<String> = site.iter().map(|(name, _)| name.to_owned()).collect();
        names.iter().for_each(|name| drop(site.remove(name)));
        self.text = without_header(&document.to_string()).context("book.toml")?;
        let Some(html) = html else { return Ok(()) };
        let mut document = parsed(&self.text)?;
        let html = match html.into_table() {
            Ok(mut table) => {
                table.set_position(None);
                table.set_dotted(false);
                Item::Table(table)
            }
            Err(item) => item,
        };
        table(document.as_table_mut(), "output", true)?.insert(HTML, html);
        self.text = document.to_string();
        Ok(())
    }
}

/// The text with a header of the site's own table above those of the tables in it, and above what is said of the first of
/// them. Where the tables have no headers, it needs none.
fn with_header(text: &str) -> String {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^(?:[ \t]*#[^\n]*\n)*[ \t]*\[[ \t]*output[ \t]*\.[ \t]*bilingual-site[ \t]*\.")
            .expect("a valid pattern")
    });
    let Some(first) = FIRST.find(text) else { return text.to_owned() };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut with = text.to_owned();
    with.insert_str(first.start(), &format!("[output.{SITE}]{end}{end}"));
    if with.parse::<DocumentMut>().is_ok() { with } else { text.to_owned() }
}

/// The text without the site's own table, in which nothing stands any more.
fn without_header(text: &str) -> Result<String> {
    static HEADER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^[ \t]*\[output\.bilingual-site\][ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*\r?\n)?")
            .expect("a valid pattern")
    });
    let without = HEADER.replace(text, "").into_owned();
    if get(&parsed(&without)?, &["output", SITE]).is_none() {
        return Ok(without);
    }
    // It was written in another way.
    let mut document = parsed(text)?;
    table(document.as_table_mut(), "output", true)?.remove(SITE);
    Ok(document.to_string())
}

/// The program of the site beside a preprocessor that is started by its path; `None` for any other command.
fn beside(command: &str) -> Option<String> {
    let (stem, extension) = command.strip_suffix(".exe").map_or((command, ""), |stem| (stem, ".exe"));
    let is_path = stem.ends_with("/mdbook-bilingual") || stem.ends_with("\\mdbook-bilingual");
    (is_path && !command.contains(char::is_whitespace)).then(|| format!("{stem}-site{extension}"))
}

/// What workflows say to a renderer that the book no longer has, in sentences. They stay as they are.
pub(super) fn workflows(root: &Path, target: HtmlOptions) -> Vec<String> {
    static SET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\bMDBOOK_OUTPUT__(BILINGUAL_SITE__)?HTML__\w+").expect("a valid pattern"));
    let Ok(real) = fs::canonicalize(root) else { return Vec::new() };
    let folder = repository_of(&real).unwrap_or(&real).join(".github/workflows");
    let entries = fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".yml") || name.ends_with(".yaml"));
    names.sort();
    let mut said = Vec::new();
    for name in names {
        let path = folder.join(&name);
        let Some(text) = inside(&real, &path).ok().and_then(|()| files::whole_text(&path).ok()) else { continue };
        for found in SET.captures_iter(&text) {
            let is_of_site = found.get(1).is_some();
            if is_of_site == (target == HtmlOptions::Site) {
                continue;
            }
            let old = &found[0];
            let (from, to) = ("MDBOOK_OUTPUT__HTML__", "MDBOOK_OUTPUT__BILINGUAL_SITE__HTML__");
            let new = if is_of_site { old.replacen(to, from, 1) } else { old.replacen(from, to, 1) };
            let sentence = format!(".github/workflows/{name}: `{old}` has to become `{new}`; it was not changed.");
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
    }
    said
}

/// The renderers that our table names.
fn renderers(document: &mut DocumentMut) -> Option<&mut Array> {
    let preprocessor = document.get_mut("preprocessor")?.as_table_like_mut()?;
    preprocessor.get_mut("bilingual")?.as_table_like_mut()?.get_mut("renderers")?.as_array_mut()
}

fn has(names: &Array, name: &str) -> bool {
    names.iter().any(|own| own.as_str() == Some(name))
}

fn get<'a>(document: &'a DocumentMut, path: &[&str]) -> Option<&'a Item> {
    path.iter().try_fold(document.as_item(), |item, key| item.get(key))
}

fn parsed(text: &str) -> Result<DocumentMut> {
    text.parse().context("book.toml")
}

/// The bytes of a key, at one of the places that it is written at.
fn span(text: &str, path: &[&str]) -> Option<std::ops::Range<usize>> {
    let places = DeTable::parse(text).ok()?;
    key_at(places.get_ref(), &path.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(target: HtmlOptions, text: &str) -> String {
        let moved = move_to(target, text).unwrap();
        let again = move_to(target, &moved.text).unwrap();
        assert_eq!((again.text.as_str(), again.changes), (moved.text.as_str(), Vec::new()), "{text}");
        moved.text
    }

    #[test]
    fn there_and_back_nothing_has_changed() {
        for text in [
            "[output.html]\n",
            "# a\n[book]\ntitle = \"x\" # b\n\n# styles\n# and more\n[output.html] # c\n# d\nadditional-css = [\"a.css\"] # e\n\n[output.html.search]\nlimit = 2\n\n[preprocessor.other]\n",
            "[output.html.search]\nlimit = 2\n[output.html]\ntheme = \"x\"\n[output.epub]\n",
            "[book]\r\ntitle = \"x\"\r\n\r\n[output.html]\r\ntheme = \"x\"\r\n",
            "output.html.theme = \"x\"\noutput.html.fold.enable = true\n[book]\n",
            "[output]\nhtml.theme = \"x\"\nhtml.fold = { enable = true }\n",
            "[output]\nhtml = { theme = \"x\" } # y\n",
            "output = { html = { theme = \"x\" } }\n",
            "[output.\"html\"]\ntheme = \"x\"\n[output.html.redirect]\n\"/a.html\" = \"b.html\"\n",
            "[preprocessor.bilingual]\nrenderers = [\"html\"] # x\n[output.html]\n",
            "[preprocessor.bilingual]\nrenderers = [\n    \"html\",\n    \"epub\",\n]\n[output.epub]\n[output.html]\n",
            "[preprocessor.bilingual]\ncommand = \"/opt/bin/mdbook-bilingual\"\n[output.html]\ntheme = \"x\"\n",
            "[preprocessor.bilingual]\ncommand = \"cargo run --\"\n\n[output.html]\n",
        ] {
            let site = moved(HtmlOptions::Site, text);
            let host = mdbook_bilingual_core::host::Host::of_toml(Path::new("/nowhere"), &site).unwrap();
            assert_eq!((host.html, host.has_html), (HtmlOptions::Site, true), "{site}");
            assert!(span(&site, &["output", HTML]).is_none(), "{site}");
            assert_eq!(moved(HtmlOptions::Html, &site), text.replace(".\"html\"]", ".html]"), "{site}");
        }
    }

    #[test]
    fn what_is_written() {
        let text = "[preprocessor.bilingual]\nrenderers = [\"html\"]\ncommand = \"bin/mdbook-bilingual\"\n\n# styles\n[output.html]\ntheme = \"x\"\n\n[output.html.search]\nlimit = 2\n";
        let moved = move_to(HtmlOptions::Site, text).unwrap();
        assert_eq!(
            moved.text,
            "[preprocessor.bilingual]\nrenderers = [\"html\", \"bilingual-site\"]\ncommand = \"bin/mdbook-bilingual\"\n\n[output.bilingual-site]\ncommand = \"bin/mdbook-bilingual-site\"\n\n# styles\n[output.bilingual-site.html]\ntheme = \"x\"\n\n[output.bilingual-site.html.search]\nlimit = 2\n"
        );
        assert_eq!(moved.changes.len(), 3, "{:?}", moved.changes);
        assert_eq!(move_to(HtmlOptions::Site, "").unwrap().text, "[output.bilingual-site]\n");
    }

    #[test]
    fn what_a_site_says_of_its_own_goes_with_it_and_is_told() {
        let site = "[output.bilingual-site]\n# no feeds\nfeeds = false\nhreflang = { en = \"en-GB\" }\nhtml.theme = \"x\"\n\n[preprocessor.bilingual]\nrenderers = [\"bilingual-site\"]\n";
        let moved = move_to(HtmlOptions::Html, site).unwrap();
        assert_eq!(moved.text, "[preprocessor.bilingual]\nrenderers = [\"html\"]\n\n[output.html]\ntheme = \"x\"\n");
        let want = [
            "book.toml: `output.bilingual-site.feeds` deleted",
            "book.toml: `output.bilingual-site.hreflang` deleted",
            "book.toml: [output.bilingual-site.html] is now [output.html]",
            "book.toml: \"bilingual-site\" is \"html\" again in `preprocessor.bilingual.renderers`",
        ];
        assert_eq!(moved.changes, want);
    }

    #[test]
    fn what_cannot_be_moved() {
        let error = |target, text: &str| move_to(target, text).unwrap_err().to_string();
        for target in [HtmlOptions::Site, HtmlOptions::Html] {
            assert!(error(target, "[output.html]\n[output.bilingual-site]\n").starts_with("book.toml has both"));
            assert!(error(target, "output.html = 1\n").contains("`output.html` is not a table"));
            assert!(error(target, "[output.bilingual-site]\nhtml = 1\n").contains("is not a table"));
        }
    }

    #[test]
    fn the_program_beside_another() {
        for (command, want) in [
            ("/opt/mdbook-bilingual", Some("/opt/mdbook-bilingual-site")),
            (r"C:\bin\mdbook-bilingual.exe", Some(r"C:\bin\mdbook-bilingual-site.exe")),
            ("mdbook-bilingual", None),
            ("cargo run --bin /mdbook-bilingual", None),
            ("/opt/mdbook-bilingual-old", None),
        ] {
            assert_eq!(beside(command).as_deref(), want, "{command}");
        }
    }
}
