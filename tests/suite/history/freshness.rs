//! Which edition is the source, and what the others miss.

use mdbook_bilingual_core::values::Fingerprint;
use serde_json::{Value, json};
use support::history::{History, Mark, on};
use support::repository::Repository;

use super::listed::{Ask, Listed};
use super::{EN, ZH, chinese, english};

const JA: &str = "book/ja/memory.md";

/// A note, its translation, and two changes of the note after it.
fn behind() -> (History, [Mark; 4]) {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let translated = past.add(on("2025-01-02").write(EN, &english("one")));
    let one = past.add(on("2025-01-10").write(ZH, &chinese("二")));
    let text = chinese("三").replace("池满之后才还给系统。\n", "池满之后才还给系统。\n\n也可以不还。\n");
    let two = past.add(on("2025-01-20").write(ZH, &text));
    (past, [born, translated, one, two])
}

/// The note of [`behind`] as it is at the end.
fn behind_text() -> String {
    chinese("三").replace("池满之后才还给系统。\n", "池满之后才还给系统。\n\n也可以不还。\n")
}

/// The English text, which says this of itself.
fn saying(front_matter: &str) -> String {
    format!("---\n{front_matter}\n---\n{}", english("one"))
}

fn point(book: &Repository, mark: Mark) -> Value {
    json!({"date": book.day(mark), "commit": book.id(mark)})
}

#[track_caller]
fn assert_in_step(list: &Listed, file: &str) {
    let translation = list.translation(file);
    assert_eq!(translation["state"], "in-step", "{file}: {translation:#}\n{}", list.said);
    assert!(translation.get("commits-behind").is_none_or(|commits| commits == 0), "{translation:#}");
}

#[track_caller]
fn assert_behind(list: &Listed, file: &str, commits: usize) {
    let translation = list.translation(file);
    let have = (&translation["state"], &translation["commits-behind"]);
    assert_eq!(have, (&json!("behind"), &json!(commits)), "{file}: {translation:#}\n{}", list.said);
}

#[test]
fn what_a_translation_misses() {
    let (past, [_, translated, _, last]) = behind();
    let book = past.book();
    let list = book.list();
    let translation = list.translation(EN);
    assert_eq!(list.edition(ZH).get("translation"), None);
    assert_eq!(translation["of"], "zh-CN");
    assert_eq!(translation["state"], "behind");
    assert_eq!(translation["commits-behind"], 2);
    assert_eq!(translation["days-behind"], 18);
    assert_eq!((&translation["lines-added"], &translation["lines-removed"]), (&json!(3), &json!(1)));
    let sections = json!([{"heading": "分配", "id": "分配"}, {"heading": "回收", "id": "回收"}]);
    assert_eq!(translation["sections"], sections);
    assert_eq!(translation["since"], point(&book, translated));
    assert_eq!(translation["last"], point(&book, last));
    assert_eq!(translation["worth-saying"], true);
}

#[test]
fn sections_are_where_the_text_changed() {
    let before = "intro\n\n# Memory\n\na\n\n## Same\n\n1\n\n## Same\n\n2\n\n## Gone\n\n3\n\n## `code` & more\n\n4\n\n```\n## no heading\n5\n```\n\n## Last\n\n6\n";
    let after = before
        .replace("intro", "Intro")
        .replace("2\n\n## Gone\n\n3\n\n", "2 and\n\n")
        .replace("5\n", "five\n")
        .replace("## Last\n\n6\n", "## Last\n\n6\n\n## New\n\n7\n");
    let mut past = History::default();
    past.add(on("2025-01-01").write(EN, before));
    past.add(on("2025-01-02").write(ZH, &chinese("一")));
    past.add(on("2025-01-03").write(EN, &after));
    let list = past.book().list();
    let translation = list.translation(ZH);
    let sections = translation["sections"].as_array().expect("sections");
    let ids: Vec<Option<&str>> = sections.iter().map(|section| section["id"].as_str()).collect();
    let headings: Vec<Option<&str>> = sections.iter().map(|section| section["heading"].as_str()).collect();
    // What stands above all headings has none, and what is gone leads nowhere.
    assert_eq!(headings, [None, Some("Same"), Some("Gone"), Some("code & more"), Some("New")], "{translation:#}");
    // A heading that is there twice has the id of its place.
    assert_eq!(ids, [None, Some("same-1"), None, Some("code--more"), Some("new")], "{translation:#}");
}

#[test]
fn the_older_edition_is_the_source() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(EN, &english("one")));
    past.add(on("2025-01-02").write(ZH, &chinese("一")));
    past.add(on("2025-01-03").write(ZH, &chinese("二")));
    let list = past.book().list();
    // Changes of a translation are no changes of its source.
    assert_eq!(list.edition(EN).get("translation"), None);
    assert_eq!(list.translation(ZH)["of"], "en");
    assert_in_step(&list, ZH);
}

#[test]
fn of_two_editions_of_one_day_the_history_knows_the_older_one() {
    for (first, second) in [(ZH, EN), (EN, ZH)] {
        let mut past = History::default();
        past.add(on("2025-01-01").at("13:00", "+0800").write(first, &chinese("一")));
        past.add(on("2025-01-01").at("12:00", "+0800").write(second, &english("one")));
        let list = past.book().list();
        assert_eq!(list.edition(first).get("translation"), None);
        assert_in_step(&list, second);
    }
}

#[test]
fn a_translation_can_say_what_it_is_a_translation_of() {
    for line in ["translation-of: en", "translation-of: EN"] {
        let mut past = History::default();
        past.add(on("2025-01-01").write(ZH, &format!("---\n{line}\n---\n{}", chinese("一"))));
        past.add(on("2025-01-02").write(EN, &english("one")));
        let list = past.book().list();
        assert_eq!(list.edition(EN).get("translation"), None, "{line}");
        assert_eq!(list.translation(ZH)["of"], "en", "{line}");
        assert_eq!(list.translation(ZH)["origin"]["kind"], "front-matter");
        assert_behind(&list, ZH, 1);
    }
}

#[test]
fn a_translation_that_says_from_which_text_it_came_is_one() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    let hash = Fingerprint::of(&english("one"), 0);
    past.add(on("2025-01-03").write(ZH, &format!("---\ntranslated-from: {hash}\n---\n{}", chinese("一"))));
    let list = past.book().list();
    assert_eq!(list.edition(EN).get("translation"), None);
    assert_eq!(list.translation(ZH)["of"], "en");
    assert_in_step(&list, ZH);
}

#[test]
fn a_book_can_say_which_language_is_the_source() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")).write("book/zh/other.md", &chinese("乙")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    let other = format!("---\ntranslation-of: zh-CN\n---\n{}", english("two"));
    past.add(on("2025-01-03").write("book/en/other.md", &other));
    let book = past.book();
    book.bind("freshness.source = \"en\"\n");
    let list = book.list();
    assert_eq!(list.edition(EN).get("translation"), None);
    assert_eq!(list.translation(ZH)["of"], "en");
    assert_behind(&list, ZH, 1);
    // What a note says of itself comes first.
    assert_eq!(list.edition("book/zh/other.md").get("translation"), None);
    assert_in_step(&list, "book/en/other.md");
}

#[test]
fn what_changes_no_text_is_missed_by_nobody() {
    let mut past = History::default();
    past.add(on("2025-01-01").write("book/zh/old.md", &chinese("一").replace('\n', "\r\n")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    past.add(on("2025-01-03").write("book/zh/old.md", &chinese("一")));
    past.add(on("2025-01-04").rename("book/zh/old.md", ZH));
    past.add(on("2025-01-05").entry("100755", ZH, &chinese("一")));
    past.add(on("2025-01-06").write(ZH, &format!("---\nstatus: reviewed\n---\n{}", chinese("一"))));
    let ignored = past.add(on("2025-01-07").says("[typo]").write(ZH, &chinese("二")));
    let listed = past.add(on("2025-01-08").write(ZH, &chinese("三")));
    let book = past.book();
    let list = book.list();
    assert_behind(&list, EN, 2);
    book.bind("history.ignore = [\"[typo]\"]\n");
    book.write(".git-blame-ignore-revs", book.id(listed));
    assert_in_step(&book.list(), EN);
    assert_ne!(ignored, listed);
}

#[test]
fn a_change_that_does_not_count_brings_no_translation_up_to_date() {
    let (mut past, [_, translated, ..]) = behind();
    past.add(on("2025-02-01").write(EN, &saying("title: Memory")));
    past.add(on("2025-02-02").rename(EN, "book/en/x.md"));
    past.add(on("2025-02-03").rename("book/en/x.md", EN));
    past.add(on("2025-02-04").says("[typo]").write(EN, &english("won")));
    let book = past.book();
    book.bind("history.ignore = [\"[typo]\"]\n");
    let list = book.list();
    assert_behind(&list, EN, 2);
    assert_eq!(list.translation(EN)["since"], point(&book, translated));
}

#[test]
fn a_change_of_the_translation_brings_it_up_to_date() {
    let (mut past, _) = behind();
    past.add(on("2025-02-01").write(EN, &english("two")));
    assert_in_step(&past.book().list(), EN);
}

#[test]
fn what_changed_with_its_translation_is_not_missed() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    past.add(on("2025-01-03").write(ZH, &chinese("二")).write(EN, &english("two")));
    assert_in_step(&past.book().list(), EN);
}

#[test]
fn days_do_not_tell_what_is_missed() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let base = past.add(on("2025-01-02").write(EN, &english("one")));
    let side = past.add(on("2025-01-05").after(&[base]).write(ZH, &chinese("二")));
    let main = past.add(on("2025-01-10").after(&[base]).write(EN, &english("two")));
    past.add(on("2025-01-12").after(&[main, side]).write(ZH, &chinese("二")));
    let book = past.book();
    let list = book.list();
    // Whoever translated on the main branch did not see what was written on the other.
    assert_behind(&list, EN, 1);
    assert_eq!(list.translation(EN)["since"], point(&book, main));
    assert_eq!(list.translation(EN)["last"], point(&book, side));
    assert_eq!(list.translation(EN)["days-behind"], 0);
    assert_eq!(list.translation(EN)["lines-added"], 1);
}

#[test]
fn a_change_that_was_taken_back_is_not_missed() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    past.add(on("2025-01-03").write(ZH, &chinese("二")));
    past.add(on("2025-01-04").write(ZH, &chinese("一")));
    assert_in_step(&past.book().list(), EN);
}

#[test]
fn the_same_change_on_two_branches_is_one() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let base = past.add(on("2025-01-02").write(EN, &english("one")));
    let side = past.add(on("2025-01-05").after(&[base]).write(ZH, &chinese("二")));
    let main =
        past.add(on("2025-01-05").committed("2025-01-06").after(&[base]).write(ZH, &chinese("二")).write("x", "1\n"));
    past.add(on("2025-01-07").after(&[main, side]).write(ZH, &chinese("二")));
    assert_behind(&past.book().list(), EN, 1);
}

#[test]
fn a_change_that_was_picked_before_the_translation_is_known() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let base = past.add(on("2025-01-02").write(EN, &english("one")));
    let side = past.add(on("2025-01-05").after(&[base]).write(ZH, &chinese("二")));
    past.add(on("2025-01-06").after(&[base]).write(ZH, &chinese("二")).write("x", "1\n"));
    let main = past.add(on("2025-01-07").write(EN, &english("two")));
    past.add(on("2025-01-08").after(&[main, side]).write(EN, &english("two")).write("x", "1\n"));
    assert_in_step(&past.book().list(), EN);
}

/// Two people worked on the translation, and only one of them saw the change; their merge holds it.
#[test]
fn a_merge_of_two_translations_knows_what_both_knew() {
    let other_end = |word: &str| english(word).replace("Together they can be large.", "They add up.");
    for seen_first in [true, false] {
        let mut past = History::default();
        past.add(on("2025-01-01").write(ZH, &chinese("一")));
        let base = past.add(on("2025-01-02").write(EN, &english("one")));
        let day = |first: bool| if first { "2025-01-05" } else { "2025-01-06" };
        let seen = past.add(on(day(!seen_first)).after(&[base]).write(ZH, &chinese("二")).write(EN, &english("two")));
        let main = past.add(on(day(seen_first)).after(&[base]).write(EN, &other_end("one")));
        past.add(on("2025-01-07").after(&[main, seen]).write(ZH, &chinese("二")).write(EN, &other_end("two")));
        assert_in_step(&past.book().list(), EN);
    }
}

#[test]
fn a_commit_confirms_a_translation() {
    let (past, [_, translated, one, two]) = behind();
    let book = past.book();
    let confirmed = |id: &str| {
        book.write(EN, &saying(&format!("translated-from: {id}")));
        book.git(&["add", EN]);
        book.git(&["commit", "--quiet", "--message", "Confirmed"]);
        book.list()
    };
    for digits in [40, 12, 7] {
        let list = confirmed(&book.id(one)[..digits]);
        assert_behind(&list, EN, 1);
        let translation = list.translation(EN);
        assert_eq!(translation["days-behind"], 10);
        assert_eq!(translation["since"], point(&book, one));
        assert_eq!(translation["last"], point(&book, two));
        assert_eq!((&translation["lines-added"], &translation["lines-removed"]), (&json!(3), &json!(1)));
        assert!(list.said_with("commit-unknown").is_empty(), "{}", list.said);
        assert_in_step(&confirmed(&book.id(two)[..digits]), EN);
    }
    // It says less than the translation's own change would.
    let list = confirmed(book.id(translated));
    assert_behind(&list, EN, 2);
    // A commit that changed something else knows what was there.
    let head = book.git(&["rev-parse", "HEAD"]);
    assert_in_step(&confirmed(&head), EN);
}

#[test]
fn a_commit_that_is_not_there_is_named() {
    let (past, _) = behind();
    let book = past.book();
    for id in ["0123456789abcdef0123456789abcdef01234567", "0123456"] {
        book.write(EN, &saying(&format!("translated-from: \"{id}\"")));
        book.git(&["add", EN]);
        book.git(&["commit", "--quiet", "--message", "Confirmed"]);
        let list = book.list();
        let said = list.said_with("commit-unknown");
        assert_eq!(said.len(), 1, "{}", list.said);
        assert!(
            said[0].contains("warning[commit-unknown]: book/en/memory.md:2") && said[0].contains(id),
            "{}",
            said[0]
        );
        assert_ne!(list.translation(EN)["state"], "in-step");
    }
}

#[test]
fn a_fingerprint_confirms_a_translation() {
    let (past, [_, _, one, two]) = behind();
    let book = past.book();
    let confirmed = |text: &str| {
        let hash = Fingerprint::of(text, 0);
        book.write(EN, &saying(&format!("translated-from: {hash}")));
        book.git(&["add", EN]);
        book.git(&["commit", "--quiet", "--message", "Confirmed"]);
        book.list()
    };
    assert_in_step(&confirmed(&behind_text()), EN);
    // A text that the history has.
    let list = confirmed(&chinese("二"));
    assert_behind(&list, EN, 1);
    let translation = list.translation(EN);
    assert_eq!(translation["days-behind"], 10);
    assert_eq!(translation["since"], point(&book, one));
    assert_eq!(translation["last"], point(&book, two));
    assert_eq!(translation["sections"][1]["heading"], "回收");
    // One that it has not: only that the text is another is known.
    let list = confirmed("# 别的\n");
    let translation = list.translation(EN);
    assert_eq!(translation["state"], "behind", "{translation:#}");
    for key in ["commits-behind", "days-behind", "lines-added", "since"] {
        assert_eq!(translation.get(key), None, "{key}: {translation:#}");
    }
}

#[test]
fn a_fingerprint_is_of_the_text_below_the_front_matter() {
    // The blank line below it is there or not, and was there when the translation was confirmed, or not.
    let texts = [
        chinese("一"),
        format!("---\ntitle: 显存\n---\n{}", chinese("一")),
        format!("---\ntitle: 显存\n---\n\n{}", chinese("一")),
    ];
    for confirmed in &texts {
        let body = confirmed.rfind("---\n").map_or(0, |fence| fence + 4);
        let hash = Fingerprint::of(confirmed, body);
        for text in &texts {
            let mut past = History::default();
            past.add(on("2025-01-01").write(ZH, text));
            past.add(on("2025-01-02").write(EN, &saying(&format!("translated-from: {hash}"))));
            let list = past.book().list();
            assert_eq!(list.translation(EN)["state"], "in-step", "confirmed {confirmed:?}, has {text:?}");
        }
    }
}

#[test]
fn a_fingerprint_needs_no_history() {
    let (mut past, _) = behind();
    past.add(on("2025-02-01").write(EN, &saying(&format!("translated-from: {}", Fingerprint::of(&behind_text(), 0)))));
    let book = past.book();
    book.bind("history.git = false\n");
    assert_in_step(&book.list(), EN);
    book.write(ZH, &chinese("四"));
    assert_eq!(book.list().translation(EN)["state"], "behind");
}

#[test]
fn a_translation_that_is_being_changed_is_in_step() {
    let (past, _) = behind();
    let book = past.book();
    book.write(EN, &english("being written"));
    assert_in_step(&book.list(), EN);
    book.git(&["add", EN]);
    assert_in_step(&book.list(), EN);
    book.git(&["reset", "--quiet", "--hard"]);
    book.bind("");
    assert_behind(&book.list(), EN, 2);
}

#[test]
fn a_book_says_how_much_is_worth_saying() {
    let (past, _) = behind();
    let book = past.book();
    for (line, worth) in [
        ("commits = 2", true),
        ("commits = 3", false),
        ("days = 18", true),
        ("days = 19", false),
        ("lines = 4", true),
        ("lines = 5", false),
        ("commits = 1\ndays = 30\nlines = 1", false),
    ] {
        book.bind(&format!("\n[preprocessor.bilingual.freshness]\n{line}\n"));
        let list = book.list();
        assert_behind(&list, EN, 2);
        assert_eq!(list.translation(EN)["worth-saying"], worth, "{line}");
    }
}

#[test]
fn three_languages_have_one_source() {
    let japanese = |word: &str| format!("# メモリ\n\nメモリはどこから来てどこへ行くのか。\n\n{word}\n");
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(EN, &english("one")));
    past.add(on("2025-01-03").write(ZH, &chinese("二")));
    past.add(on("2025-01-04").write(JA, &japanese("一つ")));
    past.add(on("2025-01-05").write(ZH, &chinese("三")));
    past.add(on("2025-01-06").write(EN, &format!("---\ntitle: x\n---\n{}", english("one"))));
    let book = past.book();
    // This key is in the table already.
    let toml = book.root.join("book.toml");
    let text = std::fs::read_to_string(&toml).expect("book.toml").replace("\"en\"]", "\"en\", \"ja\"]");
    std::fs::write(&toml, text).expect("written");
    let list = book.list();
    assert_eq!((&list.translation(EN)["of"], &list.translation(JA)["of"]), (&json!("zh-CN"), &json!("zh-CN")));
    assert_behind(&list, EN, 2);
    assert_behind(&list, JA, 1);
    // One can be a translation of a translation.
    book.write(JA, &format!("---\ntranslation-of: en\n---\n{}", japanese("一つ")));
    book.git(&["add", JA]);
    book.git(&["commit", "--quiet", "--message", "From English"]);
    let list = book.list();
    assert_eq!(list.translation(JA)["of"], "en");
    assert_in_step(&list, JA);
    assert_behind(&list, EN, 2);
}

#[test]
fn a_note_in_one_language_is_no_translation() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &chinese("二")));
    assert_eq!(past.book().list().edition(ZH).get("translation"), None);
}

/// What somebody wrote while he merged is in no other commit.
#[test]
fn a_text_that_only_a_merge_has_is_missed() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let side = past.add(on("2025-01-02").after(&[born]).write(ZH, &chinese("二")).write(EN, &english("two")));
    let main = past.add(on("2025-01-03").after(&[born]).write("main.txt", "1\n"));
    let merge = past.add(on("2025-01-10").after(&[main, side]).write(ZH, &behind_text()).write(EN, &english("two")));
    let book = past.book();
    let list = book.list();
    assert_behind(&list, EN, 1);
    assert_eq!(list.translation(EN)["last"], point(&book, merge));
    assert_eq!(list.translation(EN)["days-behind"], 8);
}

/// The same change, made again after it was undone, is no pick.
#[test]
fn a_change_that_is_made_again_counts_again() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &chinese("二")));
    past.add(on("2025-01-03").write(ZH, &chinese("三")));
    past.add(on("2025-01-04").write(EN, &english("three")));
    past.add(on("2025-01-05").write(ZH, &chinese("一")));
    let last = past.add(on("2025-01-06").write(ZH, &chinese("二")));
    let book = past.book();
    let list = book.list();
    assert_behind(&list, EN, 2);
    assert_eq!(list.translation(EN)["last"], point(&book, last));
}

#[test]
fn two_translations_of_each_other_contradict() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &format!("---\ntranslation-of: en\n---\n{}", chinese("一"))));
    past.add(on("2025-01-02").write(EN, &saying("translation-of: zh-CN")));
    let list = past.book().list();
    let said = list.said_with("facts-disagree");
    assert_eq!(said.len(), 1, "{}", list.said);
    assert!(said[0].contains("book/zh/memory.md:2:17") && said[0].contains("book/en/memory.md:2:17"), "{said:?}");
}

#[test]
fn a_language_that_is_not_there_is_no_source() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(EN, &saying("translation-of: ja")));
    let book = past.book();
    book.bind("[preprocessor.bilingual.freshness]\nsource = \"ko\"\n");
    let list = book.list();
    let said = list.said_with("language-unknown").join("\n");
    assert!(
        said.contains("this note has no other edition in ja") && said.contains("has no language ko"),
        "{}",
        list.said
    );
}
