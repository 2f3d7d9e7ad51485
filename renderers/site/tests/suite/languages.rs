//! Each language of a book beside what mdBook makes of that language alone.

use crate::built::{By, Sample, assert_equal, compared, mdbooks_words};
use crate::options::theme;

/// Each language of a book, as if the others were not there.
#[test]
fn each_language_is_what_mdbook_makes_of_it_alone() {
    let words = mdbooks_words();
    let notes = |language: &str, names: [&str; 3]| -> Vec<(String, String)> {
        let [a, b, c] = names;
        let at = |file: &str| format!("src/{language}/{file}.md");
        vec![
            (
                at("a"),
                format!(
                    "# {a}\n\n## Part\n\n[b](sub/b.md#part) [other](../{}/a.md)\n",
                    if language == "en" { "zh" } else { "en" }
                ),
            ),
            (at("sub/b"), format!("## Part\n\n{b} [a](../a.md) ![p](p.png)\n")),
            (at("c"), format!("# {c}\n\n> [!NOTE]\n> x\n\n## Part\n")),
        ]
    };
    let (zh, en) = (notes("zh", ["甲", "乙", "丙"]), notes("en", ["A", "B", "C"]));
    let listed = |language: &str, names: [&str; 3]| {
        let [a, b, c] = names;
        format!(
            "# {language}\n\n- [{a}]({language}/a.md)\n  - [{b}]({language}/sub/b.md)\n- [{c}]({language}/c.md)\n\n"
        )
    };
    let (list_zh, list_en) = (listed("zh", ["甲", "乙", "丙"]), listed("en", ["A", "B", "C"]));
    let both = format!("# Summary\n\n[Home](index.md)\n\n{list_zh}{list_en}");
    let toml = |languages: &str, own: &str| {
        format!(
            "[book]\n{own}\nsrc = \"src\"\n[preprocessor.bilingual]\nlanguages = [{languages}]\npasses = []\n\
             [preprocessor.bilingual.language.en]\ntitle = \"Notes\"\ndescription = \"English\"\n{words}\n\
             [preprocessor.bilingual.language.zh-CN]\ntitle = \"笔记\"\ndescription = \"中文\"\n{words}"
        )
    };
    let files = |summary: &str| {
        let mut files = vec![("src/SUMMARY.md".to_owned(), summary.to_owned())];
        files.push(("src/index.md".to_owned(), "---\nlanguage: mul\n---\n# Home\n".to_owned()));
        files.extend([zh.clone(), en.clone()].concat());
        files
    };
    let sample = |toml: &str, summary: &str| {
        let all = files(summary);
        Sample::new(toml, &all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    };
    for options in [
        "[HTML]\nedit-url-template = \"https://example.org/edit/{path}\"",
        "[HTML]\nhash-files = false",
        "[HTML]\nsite-url = \"/x/\"\nno-section-label = true\nadditional-css = [\"theme/own.css\"]\n[HTML.fold]\nenable = true",
        "[HTML.print]\nenable = false",
        "[HTML.search]\nenable = false",
        "[HTML.redirect]\n\"/zh/a.html#x\" = \"c.html\"\n\"/en/c.html#x\" = \"a.html\"",
        // A theme of its own, in which the author has left mdBook's words.
        "[HTML]\ntheme = \"look\"",
    ] {
        let book = sample(&toml("\"zh-CN\", \"en\"", "title = \"笔记\"\nlanguage = \"zh-CN\""), &both);
        let dress = |book: &Sample| {
            support::files::write(book.root(), "theme/own.css", "a { color: red }");
            theme(book);
            let _ = std::fs::rename(book.root().join("theme/index.hbs"), book.root().join("index.hbs"));
            let index = std::fs::read_to_string(book.root().join("index.hbs")).expect("a template");
            let index = index.replace("<main>", "<p>{{ path }} {{ chapter_title }} {{ language }}</p><main>");
            support::files::write(book.root(), "look/index.hbs", &index);
        };
        dress(&book);
        let raw = book.rendered(By::Us, options);
        let ours = compared(&raw);
        for (own, tag, suffix, list) in [
            ("title = \"笔记\"\nlanguage = \"zh-CN\"", "zh", "", &list_zh),
            ("title = \"Notes\"\nlanguage = \"en\"", "en", "-en", &list_en),
        ] {
            let alone = sample(&toml("\"zh-CN\", \"en\"", own), &format!("# Summary\n\n[Home](index.md)\n\n{list}"));
            dress(&alone);
            // It knows nothing of the other's pages.
            let other = if tag == "en" { "\"/zh/" } else { "\"/en/" };
            let own_options: Vec<&str> = options.lines().filter(|line| !line.contains(other)).collect();
            let stock = compared(&alone.rendered(By::MdBook, &own_options.join("\n")));
            let scripts = regex::Regex::new(&format!(r"\b(toc|searcher|searchindex){suffix}(-[0-9a-f]{{8}})?\.js"))
                .expect("a pattern");
            let as_stock = |bytes: &[u8]| {
                let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
                let text = scripts.replace_all(&text, "$1.js");
                let text = text.replace(&format!("toc{suffix}.html"), "toc.html");
                text.replace(&format!("print{suffix}.html"), "print.html")
            };
            for page in ["a", "sub/b", "c"] {
                let name = format!("{tag}/{page}.html");
                assert_equal(&format!("{options}: {name}"), &stock[&name], as_stock(&ours[&name]).as_bytes());
            }
            for name in ["toc", "print"] {
                let (own, stock) = (format!("{name}{suffix}.html"), stock.get(&format!("{name}.html")));
                assert_eq!(ours.contains_key(&own), stock.is_some(), "{options}: {own}");
                let Some(stock) = stock else { continue };
                assert_equal(&format!("{options}: {own}"), stock, as_stock(&ours[&own]).as_bytes());
            }
            for name in ["toc", "searchindex"] {
                let found = raw
                    .keys()
                    .find(|key| scripts.replace(key, "$1.js") == format!("{name}.js") && scripts.is_match(key));
                assert_eq!(found.is_some(), stock.contains_key(&format!("{name}.js")), "{options}: {name}");
                let Some(own) = found else { continue };
                assert_equal(
                    &format!("{options}: {own}"),
                    &stock[&format!("{name}.js")],
                    as_stock(&raw[own]).as_bytes(),
                );
            }
        }
    }
}
