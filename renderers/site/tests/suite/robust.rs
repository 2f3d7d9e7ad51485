//! Odd books and odd names.

use std::path::Path;

use support::site::main_part;

use crate::built::{By, Files, TWO, book, read, text, with};

/// The names of chapters in a table of contents, in their order.
fn listed(site: &Files, name: &str) -> Vec<String> {
    let link = regex::Regex::new(r#"<(?:a|span)\b[^>]*>(?:<strong[^>]*>([^<]*)</strong> )?([^<]+)</(?:a|span)>"#)
        .expect("a pattern");
    let number_and_name =
        |found: regex::Captures<'_>| format!("{}{}", found.get(1).map_or("", |number| number.as_str()), &found[2]);
    link.captures_iter(text(site, name)).map(number_and_name).collect()
}

#[test]
fn a_book_of_one_language() {
    let book = book(&["en"], &[("SUMMARY.md", "# Summary\n\n- [A](a.md)\n"), ("a.md", "# A\n\nText.\n")]);
    let site = book.rendered(By::Us, "");
    let page = text(&site, "a.html");
    assert!(page.contains("<html lang=\"en\"") && !page.contains("language-menu"), "{page}");
    assert_eq!(listed(&site, "toc.html"), ["1.A"]);
    let is_second = |name: &&String| name.contains("-en.") && !name.starts_with("llms");
    assert_eq!(site.keys().find(is_second), None);
}

#[test]
fn a_language_without_chapters() {
    let files = [("SUMMARY.md", "# Summary\n\n- [甲](zh/a.md)\n"), ("zh/a.md", "# 甲\n\n正文。\n")];
    let site = book(&["zh-CN", "en"], &files).rendered(By::Us, "");
    assert!(text(&site, "zh/a.html").contains("<html lang=\"zh-CN\""));
    assert_eq!(listed(&site, "toc.html"), ["1.甲"]);
    assert!(listed(&site, "toc-en.html").is_empty());
    // And the other way round: the default language has none.
    let files = [("SUMMARY.md", "# Summary\n\n- [A](en/a.md)\n"), ("en/a.md", "# A\n\nText.\n")];
    let site = book(&["zh-CN", "en"], &files).rendered(By::Us, "");
    assert!(text(&site, "en/a.html").contains("<html lang=\"en\""));
    assert!(text(&site, "index.html").contains("<html lang=\"en\""));
    assert_eq!(listed(&site, "toc-en.html"), ["1.A"]);
}

#[test]
fn a_book_without_chapters() {
    let book = book(&["zh-CN", "en"], &[("SUMMARY.md", "# Summary\n\n- [Draft]()\n")]);
    let site = book.rendered(By::Us, "");
    assert!(site.contains_key("404.html") && site.contains_key("toc.html"));
    let stock = book.rendered(By::MdBook, "");
    assert_eq!(site.contains_key("index.html"), stock.contains_key("index.html"));
    assert_eq!(site.contains_key("print.html"), stock.contains_key("print.html"));
}

#[test]
fn parts_and_drafts() {
    let summary = "# Summary\n\n# 中文部分\n\n- [甲](zh/a.md)\n  - [草稿]()\n- [乙](zh/b.md)\n\n---\n\n# English part\n\n- [A](en/a.md)\n- [Draft]()\n\n# Nothing\n\n# End\n\n- [B](en/b.md)\n";
    let files: Vec<(&str, &str)> = TWO.iter().skip(1).copied().chain([("SUMMARY.md", summary)]).collect();
    let site = book(&["zh-CN", "en"], &files).rendered(By::Us, "");
    assert_eq!(listed(&site, "toc.html"), ["1.甲", "1.1.草稿", "2.乙"]);
    assert_eq!(listed(&site, "toc-en.html"), ["1.A", "2.Draft", "3.B"]);
    let (chinese, english) = (text(&site, "toc.html"), text(&site, "toc-en.html"));
    assert!(chinese.contains("中文部分") && !chinese.contains("English part") && !chinese.contains("Nothing"));
    assert!(!english.contains("中文部分") && english.contains("English part") && english.contains("End"));
    assert!(!english.contains("Nothing"), "a part without chapters");
    // From the last page of a language nothing leads on.
    assert!(!text(&site, "zh/b.html").contains("rel=\"next"), "{}", text(&site, "zh/b.html"));
    assert!(!text(&site, "en/a.html").contains("rel=\"prev\""));
}

/// The page for addresses that do not exist is shown below any address: its links begin at the site's root, which its
/// `<base>` names, wherever its file is.
#[test]
fn a_page_for_what_is_not_there_in_a_folder() {
    let files: Vec<(&str, &str)> = TWO.iter().copied().chain([("err/own.md", "# Lost\n")]).collect();
    let options = "[HTML]\ninput-404 = \"err/own.md\"\nsite-url = \"/notes/\"\nhash-files = false";
    let site = book(&["zh-CN", "en"], &files).rendered(By::Us, options);
    let page = text(&site, "err/own.html");
    assert!(page.contains("<base href=\"/notes/\">"), "{page}");
    for link in ["href=\"bilingual-site.css\"", "src=\"bilingual-site.js\"", "href=\"zh/a.html\"", "href=\"en/a.html\""]
    {
        assert!(page.contains(link), "{link}: {page}");
    }
    assert!(!page.contains("=\"../"), "{page}");
}

/// In a table of all languages a part's title is in the language of what follows it, where that is one.
#[test]
fn titles_of_parts_have_a_language() {
    let summary = "# Summary\n\n# 中文部分\n\n- [甲](zh/a.md)\n\n# English part\n\n- [A](en/a.md)\n  - [B](en/b.md)\n- [Draft]()\n\n---\n\n# עברית\n\n- [א](he/a.md)\n\n# Both\n\n- [乙](zh/b.md)\n- [C](en/c.md)\n\n# None\n\n- [All](all.md)\n";
    let pages = [
        ("he/a.md", "# א\n"),
        ("en/c.md", "# C\n"),
        ("all.md", "---\nlanguage: mul\n---\n# All\n"),
        ("SUMMARY.md", summary),
    ];
    let files: Vec<(&str, &str)> = TWO.iter().skip(1).copied().chain(pages).collect();
    let site = book(&["zh-CN", "en", "he"], &files).rendered(By::Us, "[HTML]\nhash-files = false");
    for name in ["toc-all.html", "toc-all.js"] {
        let table = text(&site, name);
        for title in [
            "<li class=\"part-title\">中文部分</li>",
            "<li class=\"part-title\" lang=\"en\">English part</li>",
            "<li class=\"part-title\" lang=\"he\" dir=\"rtl\">עברית</li>",
            "<li class=\"part-title\">Both</li>",
            "<li class=\"part-title\">None</li>",
        ] {
            assert!(table.contains(title), "{name}: {title}: {table}");
        }
    }
    assert!(text(&site, "toc-en.html").contains("<li class=\"part-title\">English part</li>"));
}

#[test]
fn ten_languages() {
    let tags = ["zh-CN", "zh-TW", "en", "ja", "ko", "fr", "de", "pt-BR", "ar", "he"];
    let mut summary = "# Summary\n\n[Home](index.md)\n\n".to_owned();
    let mut files = vec![("index.md".to_owned(), "---\nlanguage: mul\n---\n# Home\n".to_owned())];
    for tag in tags {
        summary.push_str(&format!("- [Note {tag}]({tag}/note.md)\n"));
        files.push((format!("{tag}/note.md"), format!("---\nlanguage: {tag}\n---\n# Note {tag}\n\nText.\n")));
    }
    files.push(("SUMMARY.md".to_owned(), summary));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let site = book(&tags, &files).rendered(By::Us, "");
    for (at, tag) in tags.iter().enumerate() {
        let direction = if ["ar", "he"].contains(tag) { "rtl" } else { "ltr" };
        let page = text(&site, &format!("{tag}/note.html"));
        let html = format!("<html lang=\"{tag}\" class=\"light sidebar-visible\" dir=\"{direction}\">");
        assert!(page.contains(&html), "{tag}");
        for other in tags.iter().filter(|other| *other != tag) {
            let other_direction = if ["ar", "he"].contains(other) { "rtl" } else { "ltr" };
            let link = format!("hreflang=\"{other}\" lang=\"{other}\" dir=\"{other_direction}\"");
            assert!(page.contains(&link), "{tag}: {other}");
        }
        let name = |stem: &str| if at == 0 { format!("{stem}.html") } else { format!("{stem}-{tag}.html") };
        let own = listed(&site, &name("toc"));
        assert_eq!(own.len(), 2, "{own:?}");
        assert_eq!(own[1], format!("1.Note {tag}"));
        assert!(text(&site, &name("toc")).contains(&format!("dir=\"{direction}\"")), "{tag}");
        assert!(text(&site, &name("print")).contains(&html), "{tag}");
    }
    let home = text(&site, "index.html");
    assert!(home.contains("<html lang=\"zh-CN\""));
    let whole = text(&site, "toc-all.html");
    assert!(whole.contains("<a lang=\"ar\" dir=\"rtl\" href=\"ar/note.html\""), "{whole}");
    assert!(whole.contains("<a lang=\"en\" href=\"en/note.html\""), "{whole}");
    assert_eq!(listed(&site, "toc-all.html").len(), 11);
}

/// A book whose default language runs from right to left.
#[test]
fn right_to_left_beside_left_to_right() {
    let files = [
        ("SUMMARY.md", "# Summary\n\n- [א](he/a.md)\n- [ב](he/b.md)\n- [A](en/a.md)\n- [B](en/b.md)\n"),
        ("he/a.md", "# א\n\nטקסט.\n"),
        ("he/b.md", "# ב\n\nטקסט.\n"),
        ("en/a.md", "# A\n\nText.\n"),
        ("en/b.md", "# B\n\nText.\n"),
    ];
    for tables in ["", "text-direction = \"rtl\""] {
        let site = with(tables, &["he", "en"], &files).rendered(By::Us, "");
        assert!(text(&site, "he/a.html").contains("<html lang=\"he\" class=\"light sidebar-visible\" dir=\"rtl\">"));
        assert!(text(&site, "en/a.html").contains("<html lang=\"en\" class=\"light sidebar-visible\" dir=\"ltr\">"));
        assert!(text(&site, "toc-all.html").contains("<a lang=\"en\" dir=\"ltr\" href=\"en/a.html\""));
        // The arrow to the next page points the way the text runs: to the left, as the one back does in English.
        let arrow = |page: &str, rel: &str| {
            let (_, rest) = text(&site, page).split_once(&format!("<a rel=\"{rel}")).expect("a link");
            let (_, rest) = rest.split_once("<svg").expect("an icon");
            rest.split_once("</svg>").expect("an end").0.to_owned()
        };
        assert_eq!(arrow("he/a.html", "next"), arrow("en/b.html", "prev"));
        assert_ne!(arrow("he/a.html", "next"), arrow("en/a.html", "next"));
    }
}

/// A chapter that the book has only because another plugin made it.
#[test]
fn a_page_that_another_plugin_made() {
    use mdbook_bilingual_core::Bilingual;
    use mdbook_bilingual_site::BilingualSite;
    use mdbook_driver::MDBook;
    use mdbook_renderer::book::{BookItem, Chapter};
    use mdbook_renderer::{RenderContext, Renderer};

    let sample = book(&["zh-CN", "en"], TWO);
    sample.rendered(By::Us, "");
    let mut book = MDBook::load(sample.root()).expect("a book");
    book.with_preprocessor(Bilingual);
    let (mut pages, _) = book.preprocess_book(&BilingualSite).expect("pages");
    let mut chapter = Chapter::new("Made", "# Made\n\n[A](en/a.md)\n".to_owned(), "made/page.md", Vec::new());
    chapter.source_path = None;
    pages.items.push(BookItem::Chapter(chapter));
    let out = tempfile::tempdir().expect("a folder");
    let context = RenderContext::new(sample.root(), pages, book.config.clone(), out.path());
    BilingualSite.render(&context).expect("a site");
    let site = read(out.path());
    assert!(main_part(text(&site, "made/page.html")).contains("<a href=\"en/a.html\">A</a>"));
    for name in ["toc.html", "toc-en.html", "toc-all.html"] {
        assert!(listed(&site, name).contains(&"Made".to_owned()), "{name}");
    }
}

/// A chapter whose page would be one of ours.
#[test]
fn names_that_are_ours_are_refused() {
    for name in ["print-en", "toc-en", "print", "toc"] {
        let file = format!("{name}.md");
        let summary = format!("# Summary\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [Ours]({file})\n");
        let text = "---\nlanguage: en\n---\n# Ours\n";
        let files: Vec<(&str, &str)> =
            TWO.iter().skip(1).copied().chain([("SUMMARY.md", summary.as_str()), (file.as_str(), text)]).collect();
        let book = book(&["zh-CN", "en"], &files);
        match book.attempt(By::Us, "") {
            Err(error) => {
                let error = format!("{error:#}");
                assert!(error.contains(name), "{error}");
                assert!(name == "print" || error.contains("give the chapter another file name"), "{error}");
            }
            Ok(_) => panic!("{name} is taken"),
        }
    }
}

/// A file of the author's that is no page does not take the place of one.
#[test]
fn files_that_are_named_like_pages() {
    let files: Vec<(&str, &str)> =
        TWO.iter().copied().chain([("toc-en.html", "mine"), ("en/a.html", "mine"), ("x/mine.html", "mine")]).collect();
    let book = book(&["zh-CN", "en"], &files);
    let site = book.rendered(By::Us, "");
    assert!(text(&site, "en/a.html").contains("<html lang=\"en\""));
    assert!(text(&site, "toc-en.html").contains("<html lang=\"en\""));
    assert_eq!(text(&site, "x/mine.html"), "mine");
}

#[test]
fn odd_names_of_files() {
    let long = "长".repeat(60);
    let names = [
        "with space",
        "per%cent",
        "ha#sh",
        "quo'te",
        "a&b",
        "中文 名",
        "plus+",
        "dots.in.name",
        "emoji🎉",
        "(paren)",
        "semi;colon",
        "back`tick",
        "(1) a,b=c@d!e~f",
        &long,
    ];
    let mut files: Vec<(String, String)> = Vec::new();
    let mut summary = "# Summary\n\n".to_owned();
    for (at, name) in names.iter().enumerate() {
        let other = names[(at + 1) % names.len()];
        let link = |name: &str| name.replace('%', "%25").replace('#', "%23");
        for folder in ["zh", "en"] {
            summary.push_str(&format!("- [N{at}](<{folder}/{name}.md>)\n"));
            let text = format!("# N{at}\n\n[other](<{}.md>)\n", link(other));
            files.push((format!("{folder}/{name}.md"), text));
        }
    }
    files.push(("SUMMARY.md".to_owned(), summary));
    files.push(("img/pic ture%#.png".to_owned(), "picture".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let book = book(&["zh-CN", "en"], &files);
    let ours = book.rendered(By::Us, "");
    let stock = book.rendered(By::MdBook, "");
    for name in
        stock.keys().filter(|name| name.starts_with("zh/") || name.starts_with("en/") || name.starts_with("img/"))
    {
        assert!(ours.contains_key(name), "{name}");
    }
    let menu = regex::Regex::new(r#"<div class="language-menu"[^>]*><a href="([^"]*)""#).expect("a pattern");
    let tag_of = |name: &str| if name.starts_with("en/") { "en" } else { "zh-CN" };
    for (name, _) in ours.iter().filter(|(name, _)| name.ends_with(".html") && name.contains('/')) {
        let page = text(&ours, name);
        assert!(page.contains(&format!("<html lang=\"{}\"", tag_of(name))), "{name}");
        for link in support::site::links(main_part(page)) {
            let target = support::site::target(Path::new(name), &link).to_string_lossy().into_owned();
            assert!(ours.contains_key(&target), "{name}: {link} leads nowhere");
        }
        let link = &menu.captures(page).unwrap_or_else(|| panic!("{name} has no other language"))[1];
        let link = link.replace("&#39;", "'").replace("&amp;", "&");
        let target = support::site::target(Path::new(name), &link).to_string_lossy().into_owned();
        assert!(ours.contains_key(&target), "{name}: {link} leads nowhere");
    }
}

/// What mdBook copies, and into what it does not copy itself.
#[test]
fn files_of_the_sources() {
    let files: Vec<(&str, &str)> = TWO
        .iter()
        .copied()
        .chain([
            ("img/a.png", "a"),
            (".hidden", "h"),
            (".folder/x.txt", "x"),
            ("en/deep/er/y.pdf", "y"),
            ("notes.MD", "big"),
            ("unlisted.md", "# Not a chapter\n"),
            ("no-suffix", "n"),
            ("empty/.keep", ""),
        ])
        .collect();
    let book = book(&["zh-CN", "en"], &files);
    #[cfg(unix)]
    std::os::unix::fs::symlink("img/a.png", book.root().join("src/link.png")).expect("a link");
    let of_sources = |site: &Files| -> Files {
        let is = |name: &str| files.iter().any(|(own, _)| *own == name) || name == "link.png";
        site.iter().filter(|(name, _)| is(name)).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    };
    let stock = of_sources(&book.rendered(By::MdBook, ""));
    // Each page is there as Markdown, too.
    let ours: Files = of_sources(&book.rendered(By::Us, "[output.bilingual-site]\nllms = false")).into_iter().collect();
    assert_eq!(ours, stock);
    // A site below the sources does not take itself in.
    let inside = book.root().join("src/site");
    for _ in 0..2 {
        book.render(By::Us, "", &inside).expect("a site");
        assert!(inside.join("zh/a.html").exists() && !inside.join("site").exists());
        assert!(inside.join("img/a.png").exists());
    }
}

/// Ours comes first, as everything that pages name: mdBook would have written it before them, too.
#[test]
fn our_style_is_ours_whatever_else_is_called_so() {
    let book = book(&["zh-CN", "en"], TWO);
    support::files::write(book.root(), "bilingual-site.css", "p { color: red }");
    let site = book.rendered(By::Us, "[HTML]\nhash-files = false\nadditional-css = [\"bilingual-site.css\"]");
    assert!(text(&site, "bilingual-site.css").contains("language-menu"));
    let redirected = "[HTML]\nhash-files = false\n[HTML.redirect]\n\"/bilingual-site.css\" = \"zh/a.html\"";
    let error = book.attempt(By::Us, redirected).expect_err("two things");
    assert!(error.to_string().contains("two things would be bilingual-site.css"), "{error}");
}
