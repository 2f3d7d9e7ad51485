//! Are answers those to the newest question, whenever their files come, and if they do not?

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use browser_tests::browser::Key;
use serde_json::json;

use super::notes::Notes;
use super::{PATIENCE, Searching};

#[test]
fn letters_in_quick_succession_are_one_search() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "en/memory.html")?;
    search.press(Key::Letter('s'))?;
    search.type_letters("scheduler")?;
    // Before there is an answer.
    search.press(Key::Enter)?;
    let address = "en/scheduler.html?highlight=scheduler#the-scheduler";
    search.sees("Enter waits for the newest answer", "seen.address()", address)?;
    search.finish()
}

#[test]
fn a_late_answer_never_replaces_a_newer_one() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("门厅")?;
    search.reader.server.hold(Some("bilingual-search/zh-CN/"));
    search.write("权重更新")?;
    let end = Instant::now() + PATIENCE;
    while search.reader.server.held() == 0 {
        ensure!(Instant::now() < end, "no file was asked for");
        thread::sleep(Duration::from_millis(5));
    }
    search.reader.server.hold(None);
    search.sees("it is on its way", "[seen.isSearching(), seen.places().length]", json!([true, 1]))?;
    search.look_for("蝶效")?;
    let newest = json!(["“蝶效”有 1 个结果", ["zh/long.html#长篇"], false]);
    search.sees("the newest one", "[seen.header(), seen.places(), seen.isSearching()]", newest.clone())?;
    search.reader.server.release();
    // The page's own search for it, and then what it would do with the answer.
    let late = "search.find('zh-CN', '权重更新').then(({hits}) => hits[0].shown())";
    let then = ".then(() => new Promise(done => setTimeout(done, 50)))";
    search.reader.browser.evaluate::<()>(&format!("{late}{then}"))?;
    search.sees("it came", "[seen.header(), seen.places(), seen.isSearching()]", newest)?;
    search.finish()
}

#[test]
fn files_of_a_site_that_was_built_anew_are_found_again() -> Result<()> {
    let notes = Notes::build("")?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("门厅")?;
    notes.change("zh/traditional.md", "# 繁體\n\n這段顯存不是簡體，後來加了一句權重更新，也有权重更新。\n");
    notes.change("zh/long.md", "# 长篇\n\n现在很短。\n");
    notes.build_again()?;
    search.look_for("权重更新")?;
    let places = json!(["zh/memory.html#权重更新", "zh/traditional.html#繁體"]);
    search.sees("the new ones", "seen.places()", places)?;
    search.look_for("蝴蝶")?;
    search.sees("the new ones", "seen.header()", "没有找到“蝴蝶”。")?;
    search.finish()
}

#[test]
fn files_that_are_missing_are_said_and_looked_for_again() -> Result<()> {
    let notes = Notes::build("")?;
    let failed = "搜索数据加载失败，请再搜一次重试。";
    for before in ["", "门厅"] {
        let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
        let folder = search.reader.book.folder.join("bilingual-search");
        let away = folder.with_extension("away");
        if !before.is_empty() {
            search.look_for(before)?;
        }
        fs::rename(&folder, &away)?;
        search.write("权重更新")?;
        search.sees(
            "they are missing",
            "[seen.header(), seen.places(), seen.isSearching()]",
            json!([failed, [], false]),
        )?;
        fs::rename(&away, &folder)?;
        search.press(Key::Down)?;
        search.done("权重更新")?;
        search.sees(
            "they are back",
            "[seen.places(), seen.focus()]",
            json!([["zh/memory.html#权重更新"], "result 0"]),
        )?;
        search.finish()?;
    }
    Ok(())
}

#[test]
fn what_is_missing_in_another_language_harms_nothing() -> Result<()> {
    let notes = Notes::build("")?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    let folder = search.reader.book.folder.join("bilingual-search");
    fs::remove_file(folder.join("en.js"))?;
    search.look_for("KV cache")?;
    search.sees("results", "seen.header()", "“KV cache”有 3 个结果")?;
    search.sees("the others are offered", "seen.buttons()", json!(["日本語：1 件 ↑"]))?;
    search.finish()
}
