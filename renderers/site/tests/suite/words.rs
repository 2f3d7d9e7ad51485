//! The words that mdBook writes by itself: all of them are in our tables, and none is left on a page.
//!
//! mdBook has no list of them, so they are looked for in its template, its scripts and its pages, by more than one could
//! need: what a script shows is not told apart from what looks as if a person could read it. A newer mdBook that says
//! something new fails here.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use mdbook_bilingual_site::engine::callouts::KINDS;
use mdbook_bilingual_site::engine::words::{NAMES, SCRIPT, SEARCHER, SENTENCES, TEMPLATE};
use mdbook_html::theme::Theme;
use mdbook_renderer::config::HtmlConfig;
use regex::Regex;

use crate::built::{By, Files, Sample, read, text};

/// Texts of scripts that nobody is shown, though they look like words.
const UNSEEN: &[&str] = &[
    // Names of keys and of what is sent.
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "Content-Type",
    "Ctrl-Enter",
    "End",
    "Enter",
    "Escape",
    "Home",
    "POST",
    "AND",
    // Into the console.
    "Failed to load \\`${url}\\`: ${error}",
    // Modes, classes and selectors.
    "use strict",
    "position: absolute; opacity: 0;",
    "clip-button tooltipped",
    "result hljs language-bash",
    "pre code",
    "li:first-child button",
    "li:last-child button",
    "(prefers-color-scheme: dark)",
    "meta[name=\"theme-color\"]",
];

/// What stands in a page between its elements and in the attributes that a person hears or sees, without scripts.
fn seen(html: &str) -> BTreeSet<String> {
    static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?s)<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<svg\b.*?</svg>|\{\{[^}]*\}\}+")
    });
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"\s(?:title|alt|placeholder|label|summary|aria-(?:label|description|roledescription|valuetext|placeholder))="([^"]*)""#,
        )
    });
    static TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|>)([^<>]*)(?:<|$)"));
    static SENTENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<p>([^<]*<kbd>.*?)</p>"));
    let html = ASIDE.replace_all(html, "");
    let mut all: BTreeSet<String> = SENTENCE.captures_iter(&html).map(|found| found[1].to_owned()).collect();
    let html = SENTENCE.replace_all(&html, "");
    let tags = pattern(r#"<[a-zA-Z][^<>]*>"#);
    let attributes = tags
        .find_iter(&html)
        .flat_map(|tag| ATTRIBUTE.captures_iter(tag.as_str()).map(|found| found[1].to_owned()).collect::<Vec<_>>());
    all.extend(attributes);
    // Each end of one text is the beginning of the next.
    let spread = html.replace('<', "<<").replace('>', ">>");
    all.extend(TEXT.captures_iter(&spread).map(|found| found[1].trim().to_owned()));
    all.into_iter().filter(|text| text.contains(char::is_alphabetic)).collect()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// The texts in a script, as they are written, with their quotes.
fn literals(script: &str) -> Vec<String> {
    let (mut found, mut rest, mut before) = (Vec::new(), script, ' ');
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '/' if "(,=:[!&|?{};\n".contains(before) => closed(rest, '/'),
            '"' | '\'' | '`' => {
                let length = closed(rest, first);
                found.push(rest[..length].to_owned());
                length
            }
            first => first.len_utf8(),
        };
        if !first.is_whitespace() {
            before = first;
        }
        rest = &rest[length..];
    }
    found
}

/// How long a text is that begins and ends with a character.
fn closed(text: &str, end: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == end => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// The texts of a script that a person could read: those in its mark-up, and those that begin with a capital or have
/// several words.
fn readable(script: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for literal in literals(script) {
        let inner = &literal[1..literal.len() - 1];
        let is_markup = inner.contains('<') || inner.contains("=\"");
        if is_markup {
            // An attribute may begin in one literal and end in another.
            let attributes = pattern(r#"(?:title|aria-label|placeholder|alt)="([^"]+)""#);
            all.extend(attributes.captures_iter(inner).map(|found| found[1].to_owned()));
            if inner.contains('<') {
                all.extend(seen(&inner.replace("\\\n", "")));
            }
        } else if inner.starts_with(char::is_uppercase)
            || (inner.trim().contains(' ') && pattern("[A-Za-z]{2}.* [A-Za-z]{2}").is_match(inner))
        {
            all.insert(inner.to_owned());
        }
    }
    all
}

/// mdBook's own theme.
fn theme(name: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    Theme::copy_theme(&HtmlConfig::default(), folder.path()).expect("a theme");
    fs::read_to_string(folder.path().join("theme").join(name)).expect("a file of the theme")
}

/// The file of a site whose name has a hash.
fn file<'f>(site: &'f Files, stem: &str) -> &'f str {
    let name = pattern(&format!("^{stem}-[0-9a-f]{{8}}\\.js$"));
    text(site, site.keys().find(|key| name.is_match(key)).unwrap_or_else(|| panic!("no {stem}")))
}

fn set(words: impl IntoIterator<Item = &'static str>) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_word_of_the_template_is_known() {
    let known = TEMPLATE.iter().map(|(english, _)| *english).chain(NAMES.iter().copied());
    let known = set(known.chain(SENTENCES.iter().map(|(english, ..)| *english)));
    assert_eq!(seen(&theme("index.hbs")), known);
}

#[test]
fn every_word_of_the_scripts_is_known() {
    let shown = |script: &str| -> BTreeSet<String> {
        readable(script).into_iter().filter(|text| !UNSEEN.contains(&text.as_str())).collect()
    };
    assert_eq!(shown(&theme("book.js")), set(SCRIPT.iter().map(|(english, _)| *english)));
    let site = sample("en").rendered(By::MdBook, "");
    let script = file(&site, "searcher");
    for word in shown(script) {
        assert!(SEARCHER.iter().any(|(_, written, ..)| written.contains(&word)), "searcher.js says “{word}”");
    }
    for (name, written, ..) in SEARCHER {
        assert!(script.contains(written), "searcher.js has no “{name}”");
    }
    // It has a display for whoever works on it, so only what is put where a reader sees it.
    let shown_in_contents = pattern(
        r#"(?:(?:innerText|title|textContent|ariaLabel|placeholder)\s*=\s*|setAttribute\(\s*'(?:title|aria-label)',\s*)['"`][^'"`]*[A-Za-z]"#,
    );
    assert_eq!(shown_in_contents.find(file(&site, "toc")).map(|found| found.as_str()), None);
}

/// The pages that mdBook makes by itself, and what we replace on them.
#[test]
fn every_word_of_other_pages_is_known() {
    let site = sample("en").rendered(By::MdBook, "[HTML.redirect]\n\"/old.html\" = \"en/a.html\"");
    assert_eq!(seen(text(&site, "old.html")), set(["Redirecting...", "Redirecting to...", "en/a.html"]));
    let own = set(TEMPLATE
        .iter()
        .map(|(english, _)| *english)
        .chain(NAMES.iter().copied())
        .chain(SENTENCES.iter().map(|(english, ..)| *english)));
    let not_found = seen(text(&site, "404.html"));
    let rest: BTreeSet<String> = not_found.difference(&own).cloned().collect();
    assert_eq!(
        rest,
        set([
            "Book",
            "Document not found (404)",
            "Page not found - Book",
            "This URL is invalid, sorry. Please use the navigation bar or search to continue.",
        ])
    );
    assert_eq!(
        seen(text(&site, "toc.html")),
        set(["1.", "2.", "甲", "乙"]).into_iter().filter(|text| text.contains(char::is_alphabetic)).collect()
    );
    let print = seen(text(&site, "print.html"));
    let rest: BTreeSet<String> = print.difference(&own).cloned().collect();
    assert_eq!(rest, set(["Book", "甲", "乙"]));
}

/// A book in a language, without a letter of English in its own words.
fn sample(language: &str) -> Sample {
    sample_in(&[language])
}

fn sample_in(languages: &[&str]) -> Sample {
    let tags: Vec<String> = languages.iter().map(|tag| format!("\"{tag}\"")).collect();
    let titles: String = languages
        .iter()
        .filter(|tag| **tag != "en")
        .map(|tag| format!("[preprocessor.bilingual.language.{tag}]\ntitle = \"书\"\n"))
        .collect();
    let toml = format!(
        "[book]\ntitle = \"Book\"\nlanguage = \"{}\"\n[preprocessor.bilingual]\nlanguages = [{}]\npasses = []\n{titles}",
        languages[0],
        tags.join(", ")
    );
    let mut files = Vec::new();
    let mut summary = "# Summary\n\n".to_owned();
    for tag in languages {
        summary.push_str(&format!("- [甲]({tag}/a.md)\n- [乙]({tag}/b.md)\n"));
        files.push((format!("src/{tag}/a.md"), format!("---\nlanguage: {tag}\n---\n# 甲\n")));
        files.push((format!("src/{tag}/b.md"), format!("---\nlanguage: {tag}\n---\n# 乙\n")));
    }
    files.push(("src/SUMMARY.md".to_owned(), summary));
    Sample::new(&toml, &files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// Names and keys, which are the same in all languages, and the sign in the menu bar.
const SAME: &[&str] = &["Rust", "Coal", "Navy", "Ayu", "Git", "S", "Esc", "kbd", "A"];

#[test]
fn no_english_is_left_around_the_text_of_another_language() {
    let languages = ["zh-CN", "zh-TW", "ja", "en"];
    let site = sample_in(&languages).rendered(
        By::Us,
        "[HTML]\ngit-repository-url = \"https://example.org\"\nedit-url-template = \"https://example.org/{path}\"\n\
         [HTML.playground]\neditable = true\n[HTML.redirect]\n\"/ja/old.html\" = \"a.html\"\n\"/zh-TW/old.html\" = \"a.html\"",
    );
    let word = pattern("[A-Za-z]+");
    let other = pattern(r#"(?s)<(a|div|h1|p)\b[^>]*\slang="[^"]*"[^>]*>.*?</(a|div|h1|p)>"#);
    let check = |name: &str| {
        let page = text(&site, name);
        let around = match page.split_once("<main>") {
            Some((before, rest)) => format!("{before}{}", rest.rsplit_once("</main>").expect("an end").1),
            None => page.to_owned(),
        };
        // What is in another language says so.
        let around = other.replace_all(&around, "");
        for shown in seen(&around) {
            let shown = shown.replace("a.html", "");
            let english = word.find_iter(&shown).find(|word| !SAME.contains(&word.as_str()));
            assert!(english.is_none(), "{name} says “{shown}”");
        }
    };
    for tag in ["zh-CN", "zh-TW", "ja"] {
        let suffix = if tag == "zh-CN" { String::new() } else { format!("-{tag}") };
        for name in ["a.html", "b.html"] {
            check(&format!("{tag}/{name}"));
            let page = text(&site, &format!("{tag}/{name}"));
            assert!(
                page.contains(&format!("<html lang=\"{tag}\" class=\"light sidebar-visible\" dir=\"ltr\">")),
                "{tag}"
            );
        }
        check(&format!("print{suffix}.html"));
        check(&format!("toc{suffix}.html"));
    }
    check("ja/old.html");
    check("zh-TW/old.html");
    assert!(text(&site, "ja/old.html").contains("<html lang=\"ja\">"));
    let not_found = text(&site, "404.html");
    for said in ["页面不存在", "找不到頁面", "ページが見つかりません", "Page not found"] {
        assert!(not_found.contains(said), "{said}");
    }
    assert!(!not_found.contains("Document not found"), "{not_found}");
    for (stem, words) in [
        ("book", SCRIPT.iter().map(|(english, _)| *english).collect::<Vec<_>>()),
        ("searcher(?:-en)?", SEARCHER.iter().map(|(english, ..)| *english).collect()),
    ] {
        let script = file(&site, stem);
        for tag in languages {
            let begin = format!("    \"{tag}\": {{");
            let line = script.lines().find(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("{stem}: {tag}"));
            for english in &words {
                assert!(line.contains(&format!("{}:", toml::Value::from(*english))), "{stem}: {tag}: {english}");
            }
            assert!(tag == "en" || words.iter().all(|english| !line.contains(&format!(":\"{english}"))), "{line}");
        }
        for (english, _) in SCRIPT.iter().filter(|_| stem == "book") {
            let mut said = script.lines().filter(|line| !line.starts_with("    \"") && line.contains(english));
            assert!(said.all(|line| line.contains("bilingualBookText(")), "{english}");
        }
    }
}

/// Where the suite's pass is off, mdBook writes titles.
#[test]
fn callouts_are_called_in_the_language_of_the_page() {
    let text_of = |tag: &str| {
        let kinds = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        let callouts: String = kinds.iter().map(|kind| format!("> [!{kind}]\n> 文\n\n")).collect();
        (format!("src/{tag}/a.md"), format!("---\nlanguage: {tag}\n---\n# 甲\n\n{callouts}- > [!NOTE]\n  > 文\n"))
    };
    let book = sample_in(&["zh-CN", "en"]);
    for (name, text) in [text_of("zh-CN"), text_of("en")] {
        support::files::write(book.root(), &name, &text);
    }
    let main = |site: &Files, name: &str| seen(support::site::main_part(text(site, name)));
    let known = set(KINDS.iter().map(|(_, english)| *english).chain(["文", "甲"]));
    assert_eq!(main(&book.rendered(By::MdBook, ""), "en/a.html"), known);
    let site = book.rendered(By::Us, "");
    assert_eq!(main(&site, "en/a.html"), known);
    let chinese = main(&site, "zh-CN/a.html");
    assert_eq!(chinese.len(), known.len(), "{chinese:?}");
    assert!(chinese.iter().all(|text| !text.contains(|c: char| c.is_ascii_alphabetic())), "{chinese:?}");
    assert_eq!(text(&site, "print.html").matches("blockquote-tag-title").count(), 6);
    assert!(!text(&site, "print.html").contains(">Note<"), "the print page");
}

/// An author's template may have other words; then ours are not there, and somebody is told.
#[test]
fn what_a_theme_lacks_is_said() {
    let book = sample_in(&["zh-CN", "en"]);
    let said = || book.render(By::Us, "", &book.site()).expect("a site");
    assert_eq!(said(), [""; 0]);
    Theme::copy_theme(&HtmlConfig::default(), book.root()).expect("a theme");
    assert_eq!(said(), [""; 0]);
    for (file, from, to) in [("index.hbs", "Change theme", "Colours"), ("book.js", "Copied!", "Done")] {
        let text = support::files::read(&book.root().join("theme"), file).replace(from, to);
        support::files::write(&book.root().join("theme"), file, &text);
    }
    assert_eq!(
        said(),
        [
            "the book's theme: book.js has no “Copied!”, which stays as it is there",
            "the book's theme: index.hbs has no “Change theme”, which stays as it is there"
        ]
    );
    let site = read(&book.site());
    assert!(text(&site, "zh-CN/a.html").contains("title=\"Colours\""));
    assert!(text(&site, "zh-CN/a.html").contains("title=\"打印本书\""), "the others are in the page's language");
}

/// A page without a head of its own stays a page of today's HTML: nothing comes before its `<!DOCTYPE html>`.
#[test]
fn a_theme_without_places_for_what_is_ours() {
    let book = sample_in(&["zh-CN", "en"]);
    support::files::write(
        book.root(),
        "theme/index.hbs",
        "<!DOCTYPE html>\n<title>{{ title }}</title>\n<body>{{{ content }}}</body>\n",
    );
    let said = book.render(By::Us, "", &book.site()).expect("a site");
    let places: Vec<&String> = said.iter().filter(|said| !said.contains("stays as it is there")).collect();
    assert_eq!(
        places,
        [
            "the book's theme: index.hbs has no `</head>`: its pages go without our stylesheet and what search engines are told",
            "the book's theme: index.hbs has no `<div class=\"right-buttons\">`: its pages go without the languages in the menu bar",
        ]
    );
    let site = read(&book.site());
    let page = text(&site, "zh-CN/a.html");
    assert!(page.starts_with("<!DOCTYPE html>\n<title>"), "{page}");
    assert!(page.contains("bilingual-site"), "the script at the end of the body: {page}");
}

/// Also where it is so long that it is taken out of the template while mdBook renders.
#[test]
fn callouts_of_a_theme_are_called_in_the_language_of_the_page() {
    let book = crate::built::book(&["zh-CN", "en"], crate::built::TWO);
    crate::options::theme(&book);
    let index = std::fs::read_to_string(book.root().join("theme/index.hbs")).expect("a template");
    for picture in
        ["", "<path d=\"M0 8a8 8 0 1 1 16 0A8 8 0 0 1 0 8Zm8-6.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z\"></path>"]
    {
        let callout = format!(
            "\n\n<blockquote class=\"blockquote-tag blockquote-tag-note\">\n<p class=\"blockquote-tag-title\"><svg viewbox=\"0 0 \
             16 16\" width=\"18\" height=\"18\">{picture}</svg>Note</p>\n<p>x</p>\n</blockquote>\n\n</body>"
        );
        support::files::write(book.root(), "theme/index.hbs", &index.replacen("</body>", &callout, 1));
        let site = book.rendered(By::Us, "");
        assert!(text(&site, "zh/a.html").contains("</svg>说明</p>"), "{}", text(&site, "zh/a.html"));
        assert!(text(&site, "en/a.html").contains("</svg>Note</p>"));
    }
}
