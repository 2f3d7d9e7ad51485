//! Is what was typed found, in its order, and said so where it is not?

use anyhow::Result;
use browser_tests::browser::Key;
use serde_json::json;

use super::Searching;
use super::notes::Notes;

#[test]
fn every_kind_of_query_finds_its_sections_in_order() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    // Shorter than their paths.
    let [top, slots, update] = ["zh/memory.html#显存的管理", "zh/memory.html#分配", "zh/memory.html#权重更新"];
    let [scheduler, same] = ["zh/scheduler.html#调度器", "zh/scheduler.html#一致性"];
    let [signs, others] = ["zh/signs.html#前", "zh/signs.html#我们的验收"];
    let [plus, letter, arrow] = ["zh/signs.html#加号", "zh/signs.html#字母", "zh/signs.html#箭头"];
    let table: [(&str, &[&str]); 36] = [
        // The exact phrase comes first, and words that stand apart behind it.
        ("KV cache 显存", &[update, same]),
        ("KV cache", &[update, scheduler, same]),
        ("\"KV cache\"", &[update, scheduler]),
        ("“KV cache”", &[update, scheduler]),
        ("ＫＶ　ｃａｃｈｅ", &[update, scheduler, same]),
        ("kV CACHE", &[update, scheduler, same]),
        ("sched", &[scheduler]),
        ("weights_from", &[update]),
        ("update_weights_from_tensor", &[update]),
        ("update_wei", &[update]),
        ("训推不一致", &[same]),
        ("推不一", &[same]),
        ("权重更新", &[update]),
        // Pages come last that have each in a section of its own.
        ("显存 请求", &[slots, same]),
        ("调度器 训推不一致", &[scheduler]),
        ("鳖", &[]),
        ("蝶效", &["zh/long.html#长篇"]),
        ("谁", &[top]),
        // A sign is part of a phrase.
        ("验，我们", &[signs, others]),
        ("\"验，我们\"", &[signs]),
        ("\"验。我们\"", &[]),
        ("“我们，凑数”", &[signs]),
        ("“，凑数”", &[signs]),
        ("Q++", &[plus, letter]),
        ("\"Q++\"", &[plus]),
        ("\"Q++\" 语言", &[plus]),
        ("甲→乙", &[arrow, letter]),
        ("\"甲→乙\"", &[arrow]),
        ("甲、乙", &[letter, arrow]),
        // A word is no sign, and a word's part no word of the text.
        ("\"a_b\"", &[plus]),
        ("\"tp/dp\"", &[plus]),
        ("\"a b\"", &[]),
        ("q", &[letter, plus]),
        ("qux baz", &[letter]),
        ("\"qux baz\"", &[]),
        ("lobby", &["index.html#笔记--notes"]),
    ];
    for (words, places) in table {
        search.look_for(words)?;
        search.sees(words, "seen.places()", json!(places))?;
    }
    search.finish()
}

#[test]
fn what_is_no_text_of_the_notes_is_not_found() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    for (what, selector) in [("a banner", "main .review-status"), ("a switch", "main .language-switch")] {
        let text = search.evaluate(&format!("document.querySelector('{selector}').textContent"))?;
        let expected = if what == "a banner" { "请谨慎参考" } else { "Video memory" };
        assert!(text.as_str().is_some_and(|text| text.contains(expected)), "{what} says {text}");
    }
    for words in ["请谨慎参考", "待审阅", "Video memory", "深藏不露", "找不到的章节"] {
        search.look_for(words)?;
        let said = "[seen.header(), seen.places()]";
        search.sees(words, said, json!([format!("没有找到“{words}”。"), []]))?;
    }
    search.finish()
}

#[test]
fn another_spelling_is_found_and_said() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("schduler")?;
    search.sees("typo", "seen.header()", "没有找到“schduler”，但“scheduler”有 1 个结果")?;
    search.sees("typo", "seen.teasers()[0].includes('[scheduler]')", true)?;
    search.press(Key::Enter)?;
    search.sees("what it marks", "seen.address()", "zh/scheduler.html?highlight=scheduler#调度器")?;
    search.sees("what it marks", "seen.marks()", json!(["scheduler"]))?;
    search.look_for("\"a_b\" langauge")?;
    search.sees("beside a quotation", "seen.places()", json!(["zh/signs.html#加号"]))?;
    search.finish()
}

#[test]
fn other_languages_are_counted_and_turned_to() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("KV cache")?;
    search.sees("counts", "seen.buttons()", json!(["English: 1 ↑", "日本語：1 件"]))?;
    search.press(Key::Up)?;
    search.sees("↑", "seen.header()", "English · “KV cache”有 1 个结果")?;
    search.sees("↑", "[seen.languages(), seen.focus()]", json!([["en"], "box"]))?;
    search.sees("↑", "seen.buttons()", json!(["简体中文：3 个", "English: 1 *", "日本語：1 件 ↑"]))?;
    search.press(Key::Up)?;
    search.sees("↑ ↑", "seen.header()", "日本語 · “KV cache”有 1 个结果")?;
    search.press(Key::Up)?;
    search.press(Key::Escape)?;
    search.look_for("KV cache")?;
    search.sees("closed meanwhile", "seen.header()", "“KV cache”有 3 个结果")?;
    search.press(Key::Up)?;
    search.press(Key::Up)?;
    search.press(Key::Up)?;
    search.sees("↑ ↑ ↑", "seen.header()", "“KV cache”有 3 个结果")?;
    search.evaluate("document.querySelector('.search-choices button[lang=ja]').focus()")?;
    search.press(Key::Enter)?;
    search.sees("a button", "[seen.languages(), seen.focus()]", json!([["ja"], "日本語：1 件"]))?;

    search.open("zh/memory.html")?;
    search.look_for("prefix")?;
    search.sees("none", "[seen.header(), seen.places()]", json!(["没有找到“prefix”。", []]))?;
    search.sees("none, but elsewhere", "seen.buttons()", json!(["English: 1 ↑"]))?;
    search.sees("it is said", "document.querySelector('.search-choices').ariaLive", "polite")?;
    search.press(Key::Up)?;
    search.sees("elsewhere", "seen.places()", json!(["en/scheduler.html#the-scheduler"]))?;

    search.open("en/memory.html")?;
    search.look_for("weight update")?;
    search.sees("in English", "seen.header()", "2 results for “weight update”")?;
    search.sees("exact before inexact", "seen.places()", json!(["en/memory.html#later", "en/memory.html#weights"]))?;
    search.look_for("显存")?;
    search.sees("in English", "seen.header()", "1 result for “显存”")?;
    search.sees(
        "in English",
        "seen.buttons()",
        json!(["简体中文：4 个", "日本語：1 件 ↑", "Simplified and traditional alike"]),
    )?;
    search.look_for("qqqq")?;
    search.sees("nowhere", "[seen.header(), seen.buttons()]", json!(["No results for “qqqq”.", []]))?;
    search.finish()
}

#[test]
fn simplified_and_traditional_characters_can_be_the_same() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("顯存")?;
    search.sees("as it is written", "seen.places()", json!(["zh/traditional.html#繁體"]))?;
    search.sees("both are offered", "seen.buttons()", json!(["不分简体和繁体"]))?;
    search.press(Key::Tab)?;
    search.press(Key::Enter)?;
    search.sees("pressed", "seen.header()", "“顯存”有 5 个结果")?;
    search.sees("pressed", "seen.buttons()", json!(["English: 1 ↑", "日本語：1 件", "不分简体和繁体 *"]))?;
    search.sees("pressed", "seen.teasers().every(teaser => /\\[[显顯]存\\]/.test(teaser))", true)?;
    search.look_for("\"Q++\"")?;
    search.sees("signs all the same", "seen.places()", json!(["zh/signs.html#加号"]))?;
    search.look_for("\"顯，存\"")?;
    search.sees("signs all the same", "seen.places()", json!([]))?;
    search.look_for("顯存")?;
    search.evaluate("document.querySelector('#mdbook-searchresults a[href*=scheduler]').click()")?;
    search.sees("marked all the same", "seen.marks()", json!(["显存"]))?;
    search.finish()
}
