//! A book rendered by mdBook's renderer and by ours, in the process of the test.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::Result;
use mdbook_bilingual_core::Bilingual;
use mdbook_bilingual_site::BilingualSite;
use mdbook_bilingual_site::engine::callouts::KINDS;
use mdbook_bilingual_site::engine::words::{SENTENCES, TEMPLATE};
use mdbook_driver::MDBook;
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::config::Config;
use mdbook_renderer::{RenderContext, Renderer};
use regex::Regex;
use support::files::{files, write};
use tempfile::TempDir;

/// The files of a site by their names.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A book in a folder, which goes with the value.
pub(crate) struct Sample {
    _folder: TempDir,
    root: PathBuf,
    /// What its `book.toml` says of everything but the output.
    toml: String,
}

/// The table in which a test says whose search a site has.
const OURS: &str = "[output.bilingual-site]";

/// Who renders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    MdBook,
    Us,
}

impl Sample {
    /// A book with these tables and these files, by their paths from its root: `src/a.md`.
    pub(crate) fn new(toml: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().to_owned();
        Self::at(folder, root, toml, files)
    }

    /// The same in a folder of a repository, beside which its sources may lie.
    pub(crate) fn below_a_repository(toml: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join(".git")).expect("a folder");
        let root = folder.path().join("docs");
        Self::at(folder, root, toml, files)
    }

    fn at(folder: TempDir, root: PathBuf, toml: &str, files: &[(&str, &str)]) -> Self {
        for (name, text) in files {
            write(&root, name, text);
        }
        Self { _folder: folder, root, toml: format!("{toml}\n[preprocessor.bilingual.history]\ngit = false\n") }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where its site is by default.
    pub(crate) fn site(&self) -> PathBuf {
        self.root().join("book")
    }

    /// Renders it, and gives what we say of its theme. It has options, in which `HTML` stands for the table of the renderer: `[HTML.fold]`.
    pub(crate) fn render(&self, by: By, options: &str, into: &Path) -> Result<Vec<String>> {
        let table = if by == By::MdBook { "output.html" } else { "output.bilingual-site.html" };
        let mut toml = format!("{}\n{}", self.toml, options.replace("[HTML", &format!("[{table}")));
        // What is compared with mdBook's has mdBook's search, unless a test says otherwise.
        if by == By::Us && !toml.contains(OURS) {
            toml.push_str(&format!("\n{OURS}\nsearch = \"mdbook\"\n"));
        }
        write(self.root(), "book.toml", &toml);
        let config: Config = toml.parse()?;
        let mut book = MDBook::load_with_config(self.root(), config)?;
        book.with_preprocessor(Bilingual);
        let renderer: &dyn Renderer = if by == By::MdBook { &HtmlHandlebars::new() } else { &BilingualSite };
        let (pages, context) = book.preprocess_book(renderer)?;
        let mut context_of_renderer = RenderContext::new(self.root(), pages, book.config.clone(), into);
        if by == By::Us {
            return mdbook_bilingual_site::render(&context_of_renderer, None, &|search| search.write());
        }
        // mdBook tells no other renderer.
        context_of_renderer.chapter_titles.extend(context.chapter_titles.borrow_mut().drain());
        renderer.render(&context_of_renderer)?;
        Ok(Vec::new())
    }

    /// Renders it into a folder of its own, and gives what is there.
    #[track_caller]
    pub(crate) fn rendered(&self, by: By, options: &str) -> Files {
        self.attempt(by, options).unwrap_or_else(|error| panic!("{by:?}: {error:#}"))
    }

    /// The same where it may fail.
    pub(crate) fn attempt(&self, by: By, options: &str) -> Result<Files> {
        let out = tempfile::tempdir()?;
        self.render(by, options, &out.path().join("site"))?;
        Ok(read(&out.path().join("site")))
    }
}

/// A book with these languages, the first of which is the default, and these files below `src/`.
pub(crate) fn book(languages: &[&str], files: &[(&str, &str)]) -> Sample {
    with("", languages, files)
}

/// The same with more tables.
pub(crate) fn with(tables: &str, languages: &[&str], files: &[(&str, &str)]) -> Sample {
    let tags: Vec<String> = languages.iter().map(|tag| format!("\"{tag}\"")).collect();
    let toml = format!(
        "[book]\ntitle = \"Book\"\nlanguage = \"{}\"\n{tables}\n[preprocessor.bilingual]\nlanguages = [{}]\npasses = []\n",
        languages[0],
        tags.join(", ")
    );
    let files: Vec<(String, &str)> = files.iter().map(|(name, text)| (format!("src/{name}"), *text)).collect();
    Sample::new(&toml, &files.iter().map(|(name, text)| (name.as_str(), *text)).collect::<Vec<_>>())
}

/// A small book in two languages.
pub(crate) const TWO: &[(&str, &str)] = &[
    ("SUMMARY.md", "# Summary\n\n- [甲](zh/a.md)\n- [乙](zh/b.md)\n- [A](en/a.md)\n- [B](en/b.md)\n"),
    ("zh/a.md", "# 甲\n\n见[乙](b.md)。\n"),
    ("zh/b.md", "# 乙\n\n正文。\n"),
    ("en/a.md", "# A\n\nSee [B](b.md).\n"),
    ("en/b.md", "# B\n\nText.\n"),
];

/// All files below a folder.
pub(crate) fn read(folder: &Path) -> Files {
    let bytes = |name: &PathBuf| std::fs::read(folder.join(name)).expect("a file");
    files(folder).iter().map(|name| (name.to_string_lossy().into_owned(), bytes(name))).collect()
}

/// The text of a file of a site.
#[track_caller]
pub(crate) fn text<'f>(site: &'f Files, name: &str) -> &'f str {
    let bytes = site.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", site.keys().collect::<Vec<_>>()));
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The messages of a language that say what mdBook says, as lines below its table.
pub(crate) fn mdbooks_words() -> String {
    let mut lines = String::new();
    let mut say = |id: &str, text: &str| {
        let _ = writeln!(lines, "messages.{id} = {}", toml::Value::from(text));
    };
    for (english, id) in TEMPLATE {
        say(id, english);
    }
    for (english, id, names) in SENTENCES {
        let mut pieces = english.split("<kbd>");
        let mut text = pieces.next().expect("a beginning").to_owned();
        for (piece, name) in pieces.zip(*names) {
            let (_, behind) = piece.split_once("</kbd>").expect("an end");
            let _ = write!(text, "{{ ${name} }}{behind}");
        }
        say(id, &text);
    }
    for (kind, english) in KINDS {
        say(&format!("callout-{kind}"), english);
    }
    say("site-not-found-title", "Page not found");
    say("site-moved", "Redirecting...");
    say("site-moved-to", "Redirecting to... { $link }.");
    lines
}

/// A site without what is only ours, and in which scripts that differ by their words have the same names: what has to be
/// the same whoever rendered it.
pub(crate) fn compared(site: &Files) -> Files {
    let is_ours = |name: &str| {
        static OURS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(concat!(
                r"^(bilingual-site.*\.(css|js)|(toc|print)-all.*|sitemap\.xml|feed.*\.xml|llms.*\.txt|.*\.md|",
                r"search/.*|\.bilingual-site)$"
            ))
        });
        OURS.is_match(name)
    };
    let files = site.iter().filter(|(name, _)| !is_ours(name));
    files
        .map(|(name, bytes)| {
            let bytes = match std::str::from_utf8(bytes) {
                // The one page of no language lists all of them.
                Ok(text) if ["404.html", "own.html", "sub/lost.html"].contains(&name.as_str()) => {
                    page(&text.replace("toc-all", "toc")).into_bytes()
                }
                Ok(text) if name.ends_with(".html") => page(text).into_bytes(),
                Ok(text) if name.ends_with(".js") => script(text).into_bytes(),
                _ => bytes.clone(),
            };
            (unhashed(name), bytes)
        })
        .collect()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// A text in which the scripts that each language has are called as mdBook calls them.
fn unhashed(text: &str) -> String {
    static SCRIPTS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(toc|searcher|searchindex|book)(-[0-9a-f]{8})?\.js\b"));
    SCRIPTS.replace_all(text, "$1.js").into_owned()
}

/// A page without our elements, and a head without empty lines.
fn page(text: &str) -> String {
    static FOOT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"<script src="[^"]*bilingual-site[^"]*\.js"></script>\n    "#));
    static MENU: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?s)<div class="language-menu" role="group".*?</div>|<details class="language-menu">.*?</div></details>"#,
        )
    });
    static ALIAS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"<span class="section-alias" id="[^"]*" aria-hidden="true"></span>"#));
    // The button of the sidebar, which is mdBook's label for whoever runs scripts.
    static SWITCH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?s)(<button id="mdbook-sidebar-toggle" class="icon-button") type="button" (.*?)</button><noscript>.*?</noscript>"#,
        )
    });
    const HEAD: &[&str] = &[
        "<meta name=\"description\"",
        "<meta property=",
        "<link rel=\"canonical\"",
        "<link rel=\"alternate\"",
        "<script type=\"application/ld+json\">",
    ];
    let (head, rest) = text.split_once("</head>").unwrap_or((text, ""));
    let is_ours = |line: &str| {
        let line = line.trim_start();
        HEAD.iter().any(|ours| line.starts_with(ours))
            || (line.starts_with("<link rel=\"stylesheet\"") && line.contains("bilingual-site"))
    };
    let is_redirect = text.contains("http-equiv=\"refresh\"");
    let kept = head.lines().filter(|line| is_redirect || (!is_ours(line) && !line.trim().is_empty()));
    let kept: Vec<&str> = kept.map(str::trim_end).collect();
    let text = format!("{}</head>{rest}", kept.join("\n"));
    let text = text.replace(" class=\"menu-bar sticky\" role=\"banner\">", " class=\"menu-bar sticky\">");
    let text = SWITCH.replace(&text, "$1 for=\"mdbook-sidebar-toggle-anchor\" $2</label>");
    let text = text.replace("<button id=\"mdbook-sidebar-toggle\"", "<label id=\"mdbook-sidebar-toggle\"");
    unhashed(&ALIAS.replace_all(&MENU.replace_all(&FOOT.replace_all(&text, ""), ""), ""))
}

/// A script that looks up no words: it says them in English again.
fn script(text: &str) -> String {
    static PRELUDE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?s)^const bilingual(Book|Search)Text = \(\(\) => \{.*?\n\}\)\(\);\n"));
    static IN_MARKUP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r#""' \+ bilingual(?:Book|Search)Text\('([^']*)'\)\.replace\(/"/g, '&quot;'\) \+ '""#)
    });
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(r"bilingualBookText\(('[^']*')\)"));
    let mut text = IN_MARKUP.replace_all(&PRELUDE.replace(text, ""), "\"$1\"").into_owned();
    for (english, written, behind, _) in mdbook_bilingual_site::engine::words::SEARCHER {
        text = text.replace(&format!("bilingualSearchText('{english}'){behind}"), written);
    }
    unhashed(&WORD.replace_all(&text, "$1"))
}

/// Fails where two sites differ, with the first place where they do.
#[track_caller]
pub(crate) fn assert_same(what: &str, stock: &Files, ours: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(stock), names(ours), "{what}: the names of files");
    for (name, bytes) in stock {
        assert_equal(&format!("{what}: {name}"), bytes, &ours[name]);
    }
}

/// Fails where two files differ, with the place.
#[track_caller]
pub(crate) fn assert_equal(what: &str, stock: &[u8], ours: &[u8]) {
    if stock == ours {
        return;
    }
    let at = stock.iter().zip(ours).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 300).min(bytes.len())]).into_owned()
    };
    panic!("{what}: byte {at} differs\n--- mdBook\n{}\n--- ours\n{}", around(stock), around(ours));
}
