//! The theme of a book as mdBook is given it: the author's files, and in place of mdBook's own template one whose words
//! are in a page's language.
//!
//! mdBook reads a theme from a folder and nowhere else, so each voice gets folders of its own, in memory where the system
//! has such a place.
//!
//! ```text
//! whole/  the author's files, book.js in all languages,       what styles and scripts are made of; no index.hbs
//! pages/  index.hbs, head.hbs and header.hbs, finished       what pages are made of; everything else is empty,
//!                                                            because it would be written again for each call
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::host::THEME_FILES;
use mdbook_html::theme::Theme;
use mdbook_renderer::config::HtmlConfig;
use regex::{Captures, Regex};

use super::callouts;
use super::lifted::Lifted;
use super::marks;
use super::words::{self, Voice};

/// The theme of a book.
#[derive(Debug, Clone)]
pub struct BookTheme {
    /// The author's files, by their names in the folder.
    files: BTreeMap<String, Vec<u8>>,
    /// The template of a page.
    index: String,
    /// Whether the template is the author's.
    is_own_index: bool,
    /// mdBook's script, or the author's.
    script: String,
    is_own_script: bool,
}

/// What a template has to know to name the files of a language.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The names of styles and scripts, by the names in the theme.
    pub resources: BTreeMap<String, String>,
    /// The page with the table of contents, for whoever runs no scripts.
    pub contents: String,
    /// The page with all pages.
    pub print: String,
}

/// The theme of pages, as it was written.
pub struct Finished {
    /// What the author's template lacks, one sentence each.
    pub lacking: Vec<String>,
    /// The whole template of a page.
    pub index: String,
    /// What was taken out of it, and has to be put back into its pages.
    pub lifted: Lifted,
}

impl BookTheme {
    /// Reads the theme of the book in `root`. `scratch` is a folder that may be written into.
    ///
    /// # Errors
    /// When the book names a folder that is not there, or a file in it cannot be read.
    pub fn read(root: &Path, html: &HtmlConfig, scratch: &Path) -> Result<Self> {
        let folder = root.join(html.theme.as_deref().unwrap_or(Path::new("theme")));
        if html.theme.is_some() && !folder.is_dir() {
            bail!("theme dir {} does not exist", folder.display());
        }
        let mut files = BTreeMap::new();
        for name in THEME_FILES {
            let place = folder.join(name);
            if place.exists() {
                // mdBook would go on with its own.
                let read = fs::read(&place).with_context(|| format!("{} cannot be read", place.display()))?;
                files.insert((*name).to_owned(), read);
            }
        }
        for font in fs::read_dir(folder.join("fonts")).into_iter().flatten().flatten() {
            let Some(name) = font.file_name().to_str().map(str::to_owned) else { continue };
            if font.path().is_file() {
                let read =
                    fs::read(font.path()).with_context(|| format!("{} cannot be read", font.path().display()))?;
                files.insert(format!("fonts/{name}"), read);
            }
        }
        Theme::copy_theme(&HtmlConfig::default(), scratch)?;
        let text = |name: &str| -> Result<(String, bool)> {
            match files.get(name) {
                Some(own) => {
                    let text = String::from_utf8(own.clone());
                    Ok((text.with_context(|| format!("{} is not UTF-8", folder.join(name).display()))?, true))
                }
                None => Ok((fs::read_to_string(scratch.join("theme").join(name))?, false)),
            }
        };
        let (index, is_own_index) = text("index.hbs")?;
        let index = reachable(&index);
        let (script, is_own_script) = text("book.js")?;
        Ok(Self { files, index, is_own_index, script, is_own_script })
    }

    /// Whether the author's template lists the chapters itself: then it has to be given all of them.
    #[must_use]
    pub fn lists_chapters(&self) -> bool {
        static LISTS: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\{\{[#~ ]*(toc\b|each +chapters|[^}]*\bchapters\b)").expect("a pattern"));
        let own = ["head.hbs", "header.hbs"].iter().filter_map(|name| self.files.get(*name));
        LISTS.is_match(&self.index) || own.into_iter().any(|text| LISTS.is_match(&String::from_utf8_lossy(text)))
    }

    /// Writes the theme that styles, scripts and the table of contents are made of. Gives the words that the author's
    /// script lacks.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_whole(&self, voice: Voice<'_>, folder: &Path) -> Result<Vec<String>> {
        for (name, bytes) in &self.files {
            write(&folder.join(name), bytes)?;
        }
        // No page is made of it, and to read a template costs as much as many pages.
        write(&folder.join("index.hbs"), b"")?;
        let (script, missing) = words::translate_script(&self.script, voice.site());
        write(&folder.join("book.js"), script.as_bytes())?;
        let missing = missing.into_iter().filter(|_| self.is_own_script);
        Ok(missing.map(|word| format!("book.js has no “{word}”, which stays as it is there")).collect())
    }

    /// Writes the theme that the table of contents of another language is made of, once styles and scripts are there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_contents(&self, html: &HtmlConfig, folder: &Path) -> Result<()> {
        self.write_empty(folder)?;
        for name in ["head.hbs", "toc.js.hbs", "toc.html.hbs"] {
            match self.files.get(name) {
                Some(own) => {
                    write(&folder.join(name), settled(&String::from_utf8_lossy(own), html).as_bytes())?;
                }
                // mdBook's own.
                None => fs::remove_file(folder.join(name))?,
            }
        }
        Ok(())
    }

    /// Empty files in the places of all that mdBook would write again.
    fn write_empty(&self, folder: &Path) -> Result<()> {
        for name in THEME_FILES.iter().filter(|name| !name.starts_with("favicon") || self.has_favicon(name)) {
            write(&folder.join(name), b"")?;
        }
        write(&folder.join("fonts/fonts.css"), b"")
    }

    /// Writes the theme that pages are made of. `callouts` are the titles of those that a template has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_pages(
        &self,
        voice: Voice<'_>,
        callouts: &[String],
        names: &Names,
        html: &HtmlConfig,
        folder: &Path,
    ) -> Result<Finished> {
        self.write_empty(folder)?;
        let (index, missing) = words::translate_template(&self.index, voice);
        let index = marks::set(&settled(&resolved(&index, names), html));
        let index = callouts::translate(&index, callouts).into_owned();
        let (short, lifted) = Lifted::of(&index);
        write(&folder.join("index.hbs"), short.as_bytes())?;
        for name in ["head.hbs", "header.hbs"] {
            let own = self.files.get(name).map(|own| settled(&resolved(&String::from_utf8_lossy(own), names), html));
            write(&folder.join(name), own.unwrap_or_default().as_bytes())?;
        }
        if let Some(own) = self.files.get("redirect.hbs") {
            write(&folder.join("redirect.hbs"), own)?;
        } else {
            fs::remove_file(folder.join("redirect.hbs"))?;
        }
        let words = missing.into_iter().map(|word| format!("index.hbs has no “{word}”, which stays as it is there"));
        let places = marks::missing(&index).into_iter();
        let places = places.map(|(place, what)| format!("index.hbs has no `{place}`: its pages go without {what}"));
        let lacking = words.chain(places).filter(|_| self.is_own_index).collect();
        Ok(Finished { lacking, index, lifted })
    }

    /// Whether mdBook shows this icon: both where the author has both or neither, else the author's.
    fn has_favicon(&self, name: &str) -> bool {
        self.files.contains_key(name) || !self.files.keys().any(|own| own.starts_with("favicon"))
    }
}

/// A template in which files have their names. What it calls `toc.js` or `css/general.css` is looked up by mdBook in each
/// call, and here no call has all of them.
fn resolved(template: &str, names: &Names) -> String {
    static RESOURCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\{?\{\{(~?)\s*resource\s+(?:"([^"]+)"|'([^']+)')\s*(~\}\}\}?\s*|\}\}\}?)"#).expect("a pattern")
    });
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(\{\{\{?~?\s*(?:@root[./]|(?:\.\.?/)+|this[./])?path_to_root\s*~?\}\}\}?)(toc|print)\.html\b")
            .expect("a pattern")
    });
    let named = RESOURCE.replace_all(template, |found: &Captures<'_>| {
        let name = found.get(2).or(found.get(3)).and_then(|name| names.resources.get(name.as_str()));
        // mdBook looks from the root, too: within `{{#each}}` the short name would be nothing.
        name.map_or_else(|| found[0].to_owned(), |name| format!("{{{{{} @root.path_to_root }}}}{name}", &found[1]))
    });
    let named = PAGE.replace_all(&named, |found: &Captures<'_>| {
        format!("{}{}", &found[1], if &found[2] == "toc" { &names.contents } else { &names.print })
    });
    named.into_owned()
}

/// A template whose menu bar is a landmark, and whose switch of the sidebar is a button: mdBook's is a label of a hidden
/// box, which no key reaches and which may have no name (WCAG 2.1.1, 4.1.2). The label stays for whoever runs no scripts.
fn reachable(template: &str) -> String {
    static SWITCH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?s)<label id="mdbook-sidebar-toggle" class="icon-button" (for="mdbook-sidebar-toggle-anchor") (title="[^"]*") ([^>]*)>(.*?)</label>"#,
        )
        .expect("a pattern")
    });
    let switch = "<button id=\"mdbook-sidebar-toggle\" class=\"icon-button\" type=\"button\" $2 $3>$4</button>\
                  <noscript><label class=\"icon-button\" $1 $2>$4</label></noscript>";
    let bar = "<div id=\"mdbook-menu-bar\" class=\"menu-bar sticky\"";
    SWITCH.replacen(template, 1, switch).replacen(&format!("{bar}>"), &format!("{bar} role=\"banner\">"), 1)
}

/// A template that no longer asks whether there is a print page or a search: mdBook would make them in each call. The
/// names stand in any expression, and may be looked up from the root: `{{#if (or @root.search_enabled x)}}`.
fn settled(template: &str, html: &HtmlConfig) -> String {
    static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{?\{\{[^{}]*\}\}\}?").expect("a pattern"));
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"([\s(=~{])(?:@root[./]|(?:\.\./)+|this[./]|\./)?(print_enable|search_enabled|search_js)\b")
            .expect("a pattern")
    });
    let search = html.search.clone().unwrap_or_default();
    let settle = |found: &Captures<'_>| {
        let is_set = match &found[2] {
            "print_enable" => html.print.enable,
            "search_enabled" => search.enable,
            _ => search.enable && search.copy_js,
        };
        format!("{}{is_set}", &found[1])
    };
    let settled = EXPRESSION.replace_all(template, |found: &Captures<'_>| {
        let text = NAME.replace_all(&found[0], settle).into_owned();
        // Handlebars writes nothing for a value that has no name.
        match text.trim_matches(|c: char| "{~}".contains(c) || c.is_whitespace()) {
            is_set @ ("true" | "false") => is_set.to_owned(),
            _ => text,
        }
    });
    settled.into_owned()
}

/// Writes a file with the folders above it.
pub(super) fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}

/// The folder in which files live in memory, where the system has one; else that of temporary files.
#[must_use]
pub fn memory() -> PathBuf {
    let shared = Path::new("/dev/shm");
    if cfg!(target_os = "linux") && shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() }
}
