//! Is it the same on a disk, under a strict policy, without scripts, with mdBook's own search?

use std::fs;

use anyhow::{Context, Result};
use browser_tests::browser::Key;
use browser_tests::server::Server;
use browser_tests::small::built;
use mdbook_bilingual_search::book::index;
use mdbook_bilingual_search::index::Options;
use mdbook_driver::MDBook;
use serde_json::json;
use support::files::write;
use url::Url;

use super::Searching;
use super::notes::Notes;
use crate::Reader;

impl Searching {
    /// Opens the box by a key, searches, follows a result and comes back.
    fn there_and_back(&mut self) -> Result<()> {
        self.press(Key::Letter('/'))?;
        self.sees("/ opens", "[seen.isOpen(), seen.focus()]", json!([true, "box"]))?;
        self.look_for("显存")?;
        self.sees("results", "[seen.header(), seen.places().length]", json!(["“显存”有 4 个结果", 4]))?;
        self.sees("address", "seen.address()", "zh/memory.html?search=显存")?;
        self.sees("counts", "seen.buttons()", json!(["English: 1 ↑", "日本語：1 件", "不分简体和繁体"]))?;
        for _ in 0..4 {
            self.press(Key::Down)?;
        }
        self.sees("arrows", "seen.focus()", "result 3")?;
        self.press(Key::Enter)?;
        self.sees("Enter", "seen.address()", "zh/scheduler.html?highlight=显存#一致性")?;
        self.sees("marks", "seen.marks()", json!(["显存"]))?;
        self.evaluate("setTimeout(() => history.back())")?;
        self.done("显存")?;
        self.sees("Back", "[seen.isOpen(), seen.places().length]", json!([true, 4]))
    }
}

#[test]
fn a_site_on_a_disk_is_searched() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "index.html")?;
    let file = search.reader.book.folder.join("zh/memory.html");
    let url = Url::from_file_path(&file).ok().context("the folder of a book is absolute")?;
    search.reader.browser.open(url.as_str())?;
    url.as_str().clone_into(&mut search.page);
    search.there_and_back()?;
    search.finish()
}

#[test]
fn a_book_of_mdbooks_own_is_searched() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root, "book.toml", "[book]\nlanguage = \"zh-CN\"\n\n[build]\nbuild-dir = \"out\"\n");
    write(root, "src/SUMMARY.md", "- [前](a.md)\n- [](b.md)\n");
    write(root, "src/a.md", "# 前\n\n在一行的末尾训练\n推理，在下一行。\n");
    write(root, "src/b.md", "Q++，没有标题。\n");
    MDBook::load(root)?.build()?;
    index(&root.join("out"), Options::default())?;
    let mut search = Searching::from(Reader::of(built(root)?)?, "b.html")?;
    search.look_for("\"Q++\"")?;
    search.sees("without a name", "seen.places()", json!(["b.html"]))?;
    search.look_for("练推")?;
    search.press(Key::Enter)?;
    search.sees("a line's end", "[seen.address(), seen.marks()]", json!(["a.html?highlight=练推#前", ["练\n推"]]))?;
    search.finish()
}

#[test]
fn a_policy_that_forbids_scripts_within_pages_forbids_no_search() -> Result<()> {
    let notes = Notes::shared()?;
    let mut reader = notes.reader()?;
    reader.server = Server::start_with(&reader.book.folder, "Content-Security-Policy: script-src 'self'")?;
    let mut search = Searching::from(reader, "zh/memory.html")?;
    search.sees("the policy holds", "document.documentElement.classList.contains('js')", false)?;
    search.sees("the button is there", "document.getElementById('mdbook-search-toggle').checkVisibility()", true)?;
    search.there_and_back()?;
    // What mdBook writes into its pages has not run, and its own scripts miss it.
    search.finish_with("seen.ourFaults()")
}

#[test]
fn without_scripts_there_is_no_box_and_no_button() -> Result<()> {
    let notes = Notes::shared()?;
    let mut reader = notes.reader()?;
    reader.browser.allow_scripts(false)?;
    let mut faults = Vec::new();
    for page in ["index.html", "zh/memory.html", "zh/memory.html?search=显存", "en/memory.html"] {
        reader.open(page)?;
        let shown: Vec<String> = reader.browser.evaluate(
            "[...document.querySelectorAll('[id^=mdbook-search], .search-choices')].filter(it => it.checkVisibility()).map(it => it.id)",
        )?;
        faults.extend((!shown.is_empty()).then(|| format!("{page}: {}", shown.join(", "))));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn the_search_of_mdbook_is_an_option() -> Result<()> {
    for (options, own, other) in [
        ("[output.bilingual-site]\nsearch = \"mdbook\"", "searcher", "bilingual-search"),
        ("", "bilingual-search", "searcher"),
    ] {
        let notes = Notes::build(options)?;
        let mut search = Searching::from(notes.reader()?, "en/memory.html")?;
        let names = |of: &str| format!("!!document.querySelector('script[src*=\"{of}\"]')");
        search.sees(options, &format!("[{}, {}]", names(own), names(other)), json!([true, false]))?;
        let files: Vec<String> = fs::read_dir(&search.reader.book.folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_>>()?;
        let [has, lacks] = [own, other].map(|name| files.iter().any(|file| file.starts_with(name)));
        assert!(has && !lacks, "{options}: {files:?}");
        search.press(Key::Letter('s'))?;
        search.type_letters("prefix")?;
        search.sees(options, "seen.places().includes('en/scheduler.html#the-scheduler')", true)?;
        search.finish()?;
    }
    Ok(())
}
