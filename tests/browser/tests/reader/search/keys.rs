//! Can the box be used by keys and with an input method, and does Back lead where it should?

use anyhow::Result;
use browser_tests::browser::{Key, Modifier};
use serde_json::json;

use super::Searching;
use super::notes::Notes;

#[test]
fn what_is_typed_is_found_and_led_to() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.sees("who does not see the list hears of it", "seen.role()", json!(["status", "polite"]))?;
    search.press(Key::Letter('/'))?;
    search.sees("/ opens", "[seen.isOpen(), seen.focus(), seen.words()]", json!([true, "box", ""]))?;
    search.look_for("显存")?;
    search.sees("count", "seen.header()", "“显存”有 4 个结果")?;
    search.sees("languages", "[...new Set(seen.languages())]", json!(["zh-CN"]))?;
    let places = ["memory.html#显存的管理", "memory.html#分配", "memory.html#权重更新", "scheduler.html#一致性"];
    search.sees("places", "seen.places()", json!(places.map(|place| format!("zh/{place}"))))?;
    let trails = ["显存的管理", "显存的管理 » 分配", "显存的管理 » 权重更新", "调度器 » 一致性"];
    search.sees("trails", "seen.trails()", json!(trails))?;
    search.sees("teaser", "seen.teasers()[1]", "每个请求各占一段[显存]，不够时先等待。")?;
    search.sees("address", "seen.address()", "zh/memory.html?search=显存")?;

    for (key, focus) in
        [(Key::Down, "result 0"), (Key::Down, "result 1"), (Key::Down, "result 2"), (Key::Up, "result 1")]
    {
        search.press(key)?;
        search.sees("arrows", "seen.focus()", focus)?;
    }
    search.sees("one is marked", "document.querySelectorAll('#mdbook-searchresults .focus').length", 1)?;
    search.press(Key::Enter)?;
    search.sees("Enter", "seen.address()", "zh/memory.html?highlight=显存#分配")?;
    search.sees("marks", "seen.marks()", json!(["显存", "显存", "显", "存", "显存"]))?;
    search.sees("the heading is in the window", "!!document.querySelector(':target')", true)?;
    search.evaluate("document.querySelector('main p mark').click()")?;
    search.sees("a click takes marks away", "[seen.marks(), seen.address()]", json!([[], "zh/memory.html#分配"]))?;
    search.sees(
        "the text is whole again",
        "document.querySelector('main strong').parentElement.childNodes.length",
        3,
    )?;

    search.evaluate("setTimeout(() => history.back())")?;
    search.sees("Back", "seen.address()", "zh/memory.html?search=显存")?;
    search.done("显存")?;
    search.sees("Back", "seen.places().length", 4)?;
    search.press(Key::Escape)?;
    search.sees("Esc", "[seen.isOpen(), seen.address()]", json!([false, "zh/memory.html"]))?;
    search.finish()
}

#[test]
fn arrows_go_through_the_list_and_back() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/long.html")?;
    search.look_for("蝴蝶")?;
    search.sees("count", "seen.header()", "“蝴蝶”有 14 个结果")?;
    for at in 0..14 {
        search.press(Key::Down)?;
        search.sees("↓", "seen.focus()", format!("result {at}"))?;
        search.sees("it is in the window", "seen.isInWindow()", true)?;
    }
    search.press(Key::Down)?;
    search.sees("there is no other", "[seen.focus(), seen.places().length]", json!(["result 13", 14]))?;
    for _ in 0..14 {
        search.press(Key::Up)?;
    }
    search.sees(
        "above the first one is the box",
        "[seen.focus(), getSelection().toString()]",
        json!(["box", "蝴蝶"]),
    )?;
    search.finish()
}

#[test]
fn tab_goes_from_the_box_to_the_buttons_to_the_results() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.look_for("显存")?;
    search.sees("buttons", "seen.buttons()", json!(["English: 1 ↑", "日本語：1 件", "不分简体和繁体"]))?;
    for focus in ["English: 1", "日本語：1 件", "不分简体和繁体", "result 0", "result 1"] {
        search.press(Key::Tab)?;
        search.sees("Tab", "seen.focus()", focus)?;
        search.sees(&format!("it is seen that {focus} has the focus"), "seen.isOutlined()", true)?;
    }
    search.finish()
}

#[test]
fn keys_open_the_box_where_nobody_writes() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    for key in ['s', '/'] {
        for modifier in [Modifier::Alt, Modifier::Control, Modifier::Meta, Modifier::Shift] {
            search.reader.browser.press_with(modifier, Key::Letter(key))?;
            search.sees(&format!("{modifier:?} and {key}"), "seen.isOpen()", false)?;
        }
        for field in ["input", "textarea", "select"] {
            search.evaluate(&format!("document.querySelector('main').prepend(document.createElement('{field}'))"))?;
            search.evaluate(&format!("document.querySelector('main {field}').focus()"))?;
            search.press(Key::Letter(key))?;
            search.sees(&format!("{key} in {field}"), "seen.isOpen()", false)?;
            search.evaluate(&format!("document.querySelector('main {field}').remove()"))?;
        }
        search.press(Key::Letter(key))?;
        search.sees(&format!("{key}"), "[seen.isOpen(), seen.focus(), seen.words()]", json!([true, "box", ""]))?;
        search.press(Key::Letter(key))?;
        search.sees(&format!("{key} in the box"), "seen.words()", key.to_string())?;
        search.press(Key::Backspace)?;
        search.press(Key::Escape)?;
        search.sees("Esc", "[seen.isOpen(), document.activeElement.id]", json!([false, "mdbook-search-toggle"]))?;
    }
    search.finish()
}

#[test]
fn one_step_back_leads_out_of_a_search() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html#分配")?;
    let steps = search.evaluate("history.length")?;
    for words in ["显存", "权重", "cache"] {
        search.look_for(words)?;
    }
    search.sees("one more step", "history.length", steps.as_u64().unwrap_or_default() + 1)?;
    search.evaluate("setTimeout(() => history.back())")?;
    search.sees("Back", "[seen.isOpen(), seen.address()]", json!([false, "zh/memory.html#分配"]))?;
    search.evaluate("history.forward()")?;
    search.done("cache")?;
    search.sees("forward", "[seen.isOpen(), seen.address()]", json!([true, "zh/memory.html?search=cache"]))?;
    // As somebody opens it who was given the address.
    search.open("zh/scheduler.html?search=显存")?;
    search.done("显存")?;
    search.sees("an address that searches", "[seen.focus(), seen.places().length]", json!(["box", 4]))?;
    search.finish()
}

#[test]
fn nothing_is_searched_while_a_word_is_put_together() -> Result<()> {
    let notes = Notes::shared()?;
    let mut search = Searching::from(notes.reader()?, "zh/memory.html")?;
    search.press(Key::Letter('s'))?;
    for letters in ["x", "xi", "xian", "xian'c"] {
        search.reader.browser.compose(letters)?;
    }
    // Longer than a search waits for the next letter.
    search.reader.browser.evaluate::<()>("new Promise(done => setTimeout(done, 200))")?;
    for key in [Key::Enter, Key::Down] {
        search.reader.browser.press_composing(key)?;
    }
    // One that the browser makes would have it empty the field, which an input method keeps it from.
    search.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true}))",
    )?;
    let state = "[seen.words(), seen.isOpen(), seen.focus(), seen.address(), seen.searches(), seen.header()]";
    search.sees("composing", state, json!(["xian'c", true, "box", "zh/memory.html", [], ""]))?;
    search.reader.browser.insert("显存")?;
    // Safari says of the Enter that ended it no more than this.
    search.reader.browser.press_composing(Key::Enter)?;
    search.done("显存")?;
    search.sees("one search", "[seen.searches(), seen.address()]", json!([["显存"], "zh/memory.html?search=显存"]))?;
    // One that is broken off changes nothing.
    search.reader.browser.compose("de")?;
    search.reader.browser.compose("")?;
    search.press(Key::Down)?;
    search.sees("broken off", "[seen.words(), seen.focus(), seen.places().length]", json!(["显存", "result 0", 4]))?;
    search.finish()
}
