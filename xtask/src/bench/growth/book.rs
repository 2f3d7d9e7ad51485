//! What a book, its configuration, its catalogue and mdBook's JSON can have many of.

use serde_json::{Value, json};

use super::construct::Command::{Adopt, AdoptDry, Check, CheckGithub, CheckJson, Confirm, Install, List, Preprocess};
use super::construct::{Book, Construct, pairs};
use super::text::{letters, many};

/// Every construct of a book.
pub(super) const ALL: &[Construct] = &[
    // Notes.
    Construct::new("pairs of notes", Preprocess, 200, |n| Book::of(pairs(n))),
    Construct::new("pairs of notes", Check, 200, |n| Book::of(pairs(n))),
    Construct::new("pairs of notes", List, 200, |n| Book::of(pairs(n))),
    Construct::new("pairs of notes", Install, 200, |n| Book::of(pairs(n))),
    Construct::new("pairs of notes", Confirm, 100, |n| Book::of(pairs(n))),
    Construct::new("notes of one language", Preprocess, 400, |n| Book::of(only("zh", n))),
    Construct::new("notes of one language", CheckJson, 400, |n| Book::of(only("zh", n))),
    Construct::new("notes of one language", CheckGithub, 400, |n| Book::of(only("zh", n))),
    Construct::new("notes with statuses and days", Preprocess, 200, |n| {
        Book::of(
            pairs(n)
                .into_iter()
                .map(|(path, text)| (path, format!("---\ndate: 2025-01-01\nstatus: draft\n---\n{text}"))),
        )
    }),
    Construct::new("notes that link to the next", Preprocess, 200, |n| {
        Book::of(
            pairs(n)
                .into_iter()
                .enumerate()
                .map(|(at, (path, text))| (path, format!("{text}\n[x](n{}.md)\n", at / 2 + 1))),
        )
    }),
    Construct::new("notes of one title", Preprocess, 200, |n| {
        Book::of(pairs(n).into_iter().map(|(path, _)| (path, "# A\n\nText.\n".to_owned())))
    }),
    Construct::new("notes in folders of their own", Preprocess, 200, |n| {
        Book::of((0..n).flat_map(|at| ["zh", "en"].map(|tag| (format!("{tag}/f{at}/README.md"), format!("# N{at}\n")))))
    }),
    Construct::new("pairs by their names", Preprocess, 200, |n| {
        Book::of((0..n).flat_map(|at| ["", "_en"].map(|tag| (format!("n{at}{tag}.md"), format!("# N{at}\n")))))
    }),
    Construct::new("languages with a note each", Preprocess, 20, |n| Book::with_table(&languages(n), in_languages(n)))
        .except("each page names each language, so the output is n²"),
    Construct::new("languages of one note", Preprocess, 20, |n| {
        Book::with_table(&languages(n), (0..n).map(|at| (format!("{}/a.md", tag(at)), format!("# A {at}\n"))))
    })
    .except("each page links to each language, so the output is n²"),
    // Files beside the notes.
    Construct::new("files in a ring that a page includes", Check, 200, |n| {
        let include = |at| format!("{{{{#include ../r{at}.md}}}}\n\n");
        let ring = (0..n).map(|at| (format!("src/r{at}.md"), include((at + 1) % n).replace("../", "")));
        Book::page(&format!("# 甲\n\n{}", many(n, include))).beside(ring)
    }),
    Construct::new("pictures beside notes", Check, 1_000, |n| {
        Book::of(pairs(1)).beside((0..n).map(|at| (format!("src/f{at}/p.png"), String::new())))
    }),
    // Configuration.
    Construct::new("pairs in the configuration", Preprocess, 200, |n| Book::with(&listed("pair", n), apart(n))),
    Construct::new("separate notes", Preprocess, 200, |n| Book::with(&listed("separate", n), pairs(n))),
    Construct::new("patterns to silence", Preprocess, 500, |n| {
        let patterns = many(n, |at| format!("\"zh/n{at}.md\", "));
        Book::with(&format!("[preprocessor.bilingual.silence]\nedition-missing = [{patterns}]\n"), only("zh", 100))
    }),
    Construct::new("patterns and notes to silence", Check, 100, |n| {
        let patterns = many(n, |at| format!("\"zh/n{at}.md\", "));
        Book::with(&format!("[preprocessor.bilingual.silence]\nedition-missing = [{patterns}]\n"), only("zh", n))
    }),
    Construct::new("macros of a book", Preprocess, 500, |n| {
        let macros = many(n, |at| format!("{} = \"x\"\n", letters(at)));
        Book::with(
            &format!("[preprocessor.bilingual.formulas.macros]\n{macros}"),
            [("zh/a.md".to_owned(), "# 甲\n\n$x$\n".to_owned())],
        )
    }),
    Construct::new("words", Preprocess, 1_000, |n| {
        let words = many(n, |at| format!("\"word {at}\", "));
        Book::with(&format!("[preprocessor.bilingual.words]\ndraft = [{words}]\n"), pairs(20))
    }),
    Construct::new("messages that nobody knows", Preprocess, 500, |n| {
        let messages = many(n, |at| format!("m{at} = \"x\"\n"));
        Book::with(&format!("[preprocessor.bilingual.language.en.messages]\n{messages}"), pairs(1))
    }),
    Construct::new("a long message", Preprocess, 50_000, |n| {
        Book::with(
            &format!("[preprocessor.bilingual.language.en.messages]\nstatus-draft = \"{}\"\n", "x".repeat(n)),
            pairs(1),
        )
    }),
    Construct::new("keys that nobody knows", Check, 500, |n| {
        Book::with(&many(n, |at| format!("key{at} = 1\n")), pairs(1))
    }),
    Construct::new("lines of a book.toml", Install, 5_000, |n| {
        let mut book = Book::of(pairs(1));
        let toml = book.files.get_mut("book.toml").expect("a book has one");
        *toml += &format!("\n[output.html]\nadditional-js = [\n{}]\n", many(n, |at| format!("  \"x{at}.js\",\n")));
        book
    }),
    // Tables of contents and catalogues.
    Construct::new("chapters of one file", Check, 200, |n| summary(&"- [A](zh/a.md)\n".repeat(n))),
    Construct::new("chapters without a file", Check, 500, |n| summary(&many(n, |at| format!("- [A{at}]()\n")))),
    Construct::new("parts", Check, 300, |n| summary(&many(n, |at| format!("# P{at}\n\n- [A](zh/a{at}.md)\n\n")))),
    Construct::new("nested chapters, in bytes", Check, 5_000, |n| {
        summary(&many(n.isqrt(), |at| format!("{}- [A](zh/a{at}.md)\n", "  ".repeat(at))))
    }),
    Construct::new("lines of a SUMMARY.md that are none", Check, 2_000, |n| summary(&"text\n\n".repeat(n))),
    Construct::catalogue("bullets of a catalogue", 500, |at| format!("- [N{at}](zh/n{at}.md)\n")),
    Construct::catalogue("bullets of a catalogue to one note", 500, |_| {
        "- [N](zh/n0.md) | [en](en/n0.md)\n".to_owned()
    }),
    Construct::catalogue("bullets of a catalogue that lead out", 500, |at| {
        format!("- [N{at}](https://zhuanlan.zhihu.com/p/{at})\n")
    }),
    Construct::catalogue("headings of a catalogue", 500, |at| format!("## H{at}\n\n- [N](zh/n{at}.md)\n\n")),
    Construct::catalogue("rows of a catalogue", 500, |at| {
        format!("{}| [N](zh/n{at}.md) | x |\n", if at == 0 { "| a | b |\n|---|---|\n" } else { "" })
    }),
    Construct::catalogue("links of one bullet", 500, |at| {
        format!("{}[N{at}](zh/n{at}.md) ", if at == 0 { "- " } else { "" })
    }),
    Construct::catalogue("nested bullets", 3_000, |_| "- ".to_owned()),
    Construct::catalogue("brackets of a catalogue", 10_000, |_| "- [".to_owned()),
    // Loose notes.
    Construct::new("loose notes", AdoptDry, 100, |n| Book::loose(pairs(n))),
    Construct::new("loose notes", Adopt, 100, |n| Book::loose(pairs(n))),
    Construct::new("loose notes by their names", AdoptDry, 200, |n| {
        Book::loose((0..n).flat_map(|at| ["", "_en"].map(|tag| (format!("n{at}{tag}.md"), format!("# N{at}\n")))))
    }),
    Construct::new("loose notes that link to the next", AdoptDry, 200, |n| {
        Book::loose((0..n).map(|at| (format!("n{at}.md"), format!("# N{at}\n\n[x](n{}.md) ![p](p{at}.png)\n", at + 1))))
    }),
    Construct::new("loose notes of a catalogue", AdoptDry, 200, |n| {
        let readme = many(n, |at| format!("- [N{at}](zh/n{at}.md) [en](en/n{at}.md)\n"));
        Book::loose(pairs(n).into_iter().chain([("README.md".to_owned(), format!("# Notes\n\n{readme}"))]))
    }),
    Construct::new("loose notes in folders of their own", AdoptDry, 200, |n| {
        Book::loose((0..n).map(|at| (format!("f{at}/README.md"), format!("# N{at}\n"))))
    }),
    Construct::new(
        "loose notes, each in the folder of the one before, in bytes of their paths",
        AdoptDry,
        20_000,
        |n| Book::loose((0..n.isqrt()).map(|at| (format!("{}n.md", "d/".repeat(at)), format!("# N{at}\n")))),
    ),
    Construct::new("a loose note in a deep folder", AdoptDry, 100, |n| {
        Book::loose([(format!("{}n.md", "d/".repeat(n)), "# N\n".to_owned())])
    })
    .except("each folder is looked at by its whole path, which the system follows anew, and a path ends at 4 KB"),
    Construct::new("loose files that are no notes", AdoptDry, 300, |n| {
        Book::loose(
            (0..n).map(|at| (format!("f{at}.png"), String::new())).chain([("a.md".to_owned(), "# A\n".to_owned())]),
        )
    }),
    Construct::new("lines of a .gitignore", AdoptDry, 1_000, |n| {
        let ignored = many(n, |at| format!("x{at}/*.md\n"));
        Book::loose(pairs(10).into_iter().chain([(".gitignore".to_owned(), ignored)]))
    }),
    // What mdBook says.
    Construct::new("keys of mdBook's that are new", Preprocess, 5_000, |n| {
        said(move |said| {
            let keys = (0..n).map(|at| (format!("key{at}"), json!([{"a": null}])));
            said[0]["config"]["new"] = Value::Object(keys.collect());
        })
    }),
    Construct::new("chapters that no file has", Preprocess, 500, |n| {
        said(move |said| {
            let chapter = |at| json!({"Chapter": {"name": format!("C{at}"), "content": "# C\n\nText.\n", "number": null, "sub_items": [], "path": null, "source_path": null, "parent_names": []}});
            said[1]["items"] = (0..n).map(chapter).collect();
        })
    }),
    Construct::new("chapters of one path", Preprocess, 500, |n| {
        said(move |said| {
            let chapter = |at| json!({"Chapter": {"name": format!("C{at}"), "content": "# C\n", "number": null, "sub_items": [], "path": "zh/n0.md", "source_path": "zh/n0.md", "parent_names": []}});
            said[1]["items"] = (0..n).map(chapter).collect();
        })
    }),
    Construct::new("separators", Preprocess, 5_000, |n| {
        said(move |said| said[1]["items"] = vec![json!("Separator"); n].into())
    }),
    Construct::new("a long chapter name", Preprocess, 20_000, |n| {
        said(move |said| said[1]["items"][0]["Chapter"]["name"] = "x\u{1b}\"".repeat(n).into())
    }),
    Construct::new("names of chapters above", Preprocess, 5_000, |n| {
        said(move |said| said[1]["items"][0]["Chapter"]["parent_names"] = vec![json!("above"); n].into())
    }),
];

/// Notes in one language.
fn only(tag: &str, count: usize) -> Vec<(String, String)> {
    (0..count).map(|at| (format!("{tag}/n{at}.md"), format!("# 笔记 {at}\n\n正文。\n"))).collect()
}

/// Notes that nothing but the configuration pairs.
fn apart(count: usize) -> Vec<(String, String)> {
    let notes = (0..count).flat_map(|at| {
        [(format!("zh/x{at}.md"), format!("# 甲 {at}\n")), (format!("en/y{at}.md"), format!("# A {at}\n"))]
    });
    notes.collect()
}

/// `pair` or `separate`, of the notes of [`apart`] and of [`pairs`].
fn listed(key: &str, count: usize) -> String {
    let (zh, en) = if key == "pair" { ("x", "y") } else { ("n", "n") };
    let entries = many(count, |at| format!("  [\"zh/{zh}{at}.md\", \"en/{en}{at}.md\"],\n"));
    format!("{key} = [\n{entries}]\n")
}

/// A language of our own for each number: `qaa` to `qtz` are for private use.
fn tag(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).unwrap_or(0));
    format!("q{}{}", letter(number / 26), letter(number))
}

fn languages(count: usize) -> String {
    format!("history.git = false\nlanguages = [{}]\n", many(count, |at| format!("\"{}\", ", tag(at))))
}

fn in_languages(count: usize) -> Vec<(String, String)> {
    (0..count).map(|at| (format!("{}/n{at}.md", tag(at)), format!("# N {at}\n"))).collect()
}

/// A book with this table of contents.
fn summary(lines: &str) -> Book {
    let mut book = Book::of(pairs(1));
    book.files.insert("src/SUMMARY.md".to_owned(), format!("# Summary\n\n- [甲](zh/n0.md)\n\n{lines}"));
    book
}

/// A small book of which mdBook says something else.
fn said(change: impl Fn(&mut Value) + 'static) -> Book {
    Book { protocol: Some(Box::new(change)), ..Book::of(pairs(1)) }
}
