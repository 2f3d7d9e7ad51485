//! The first commit and the last change of a text, whatever its history looks like.

use serde_json::json;
use support::history::{History, Mark, on};

use super::listed::Ask;
use super::{EN, ZH, chinese, english};

#[test]
fn a_text_came_with_one_commit_and_was_changed_by_another() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(EN, &english("one")));
    let three = past.add(on("2025-01-03").write(ZH, &chinese("二")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, one, three);
    book.assert_history(&list, EN, two, two);
    let dated = |day: &str, id: &str| json!({"date": day, "origin": {"kind": "git", "commit": id}});
    assert_eq!(list.edition(ZH)["published"], dated("2025-01-01", book.id(one)));
    assert_eq!(list.edition(ZH)["updated"], dated("2025-01-03", book.id(three)));
    assert!(list.said_with("history-missing").is_empty(), "{}", list.said);
}

#[test]
fn the_author_has_the_last_word() {
    let mut past = History::default();
    let text = format!("---\ndate: 2020-02-02\nupdated: 2021-03-03\n---\n{}", chinese("一"));
    let one = past.add(on("2025-01-01").write(ZH, &text));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, one, one);
    for (key, day) in [("published", "2020-02-02"), ("updated", "2021-03-03")] {
        let fact = &list.edition(ZH)[key];
        assert_eq!((fact["date"].as_str(), fact["origin"]["kind"].as_str()), (Some(day), Some("front-matter")));
    }
}

/// The address of an article that Zhihu gave its number at this second.
fn zhihu(second: u64) -> String {
    format!("https://zhuanlan.zhihu.com/p/{}", (second * 1000 - 1_292_780_037_700) << 22)
}

#[test]
fn the_number_of_an_article_tells_its_day() {
    // 2025-01-01T17:00Z, when it is the next day in China already.
    let (early, late) = (zhihu(1_735_750_800), zhihu(1_767_250_800));
    let old = "https://zhuanlan.zhihu.com/p/633219396".to_owned();
    let posted = |url: &str, word| format!("---\nzhihu: {url}\n---\n{}", chinese(word));
    let mut past = History::default();
    past.add(
        on("2025-03-01")
            .write("book/zh/early.md", &posted(&early, "早"))
            .write("book/zh/late.md", &posted(&late, "晚"))
            .write("book/zh/old.md", &posted(&old, "旧"))
            .write("book/zh/dated.md", &posted(&early, "定").replacen("---\n", "---\ndate: 2025-02-02\n", 1)),
    );
    let list = past.book().list();
    let published = |name: &str| {
        let fact = &list.edition(&format!("book/zh/{name}.md"))["published"];
        (fact["date"].as_str().unwrap_or_default(), fact["origin"]["kind"].as_str().unwrap_or_default())
    };
    assert_eq!(published("early"), ("2025-01-02", "zhihu-id"));
    assert_eq!(list.edition("book/zh/early.md")["published"]["origin"]["url"], early);
    assert_eq!(published("late"), ("2025-03-01", "git"));
    // Older numbers say nothing of a day.
    assert_eq!(published("old"), ("2025-03-01", "git"));
    assert_eq!(published("dated"), ("2025-02-02", "front-matter"));
}

/// What git knows is when a page came into the repository. Where its author says that nobody knows the day, and where the
/// text is elsewhere, that is another day than the text's.
#[test]
fn some_notes_have_no_day_whatever_git_knows() {
    let (old, new) = ("https://zhuanlan.zhihu.com/p/716543182".to_owned(), zhihu(1_735_750_800));
    let mut past = History::default();
    past.add(
        on("2025-03-01")
            .write("book/zh/said.md", &format!("---\ndate: unknown\n---\n{}", chinese("一")))
            .write("book/en/said.md", &english("one"))
            .write("book/zh/both.md", &format!("---\ndate: 未知\n---\n{}", chinese("二")))
            .write("book/en/both.md", &format!("---\ndate: 2024-05-06\n---\n{}", english("two")))
            .write("book/zh/new-said.md", &format!("---\ndate: none\nzhihu: {new}\n---\n{}", chinese("三")))
            .write("book/zh/no-update.md", &format!("---\nupdated: unknown\n---\n{}", chinese("四")))
            .write("book/zh/stub.md", &format!("---\ntitle: 甲\nzhihu: {old}\n---\n"))
            .write("book/en/stub.md", &format!("---\ntitle: A\nsummary: About it.\nzhihu: {old}\n---\n"))
            .write("book/zh/line.md", &format!("# 乙\n\n本文发表于[知乎]({old})。\n"))
            .write("book/zh/unsaid.md", &format!("# 丙\n\n全文见[知乎]({old})。\n"))
            .write("book/zh/new-stub.md", &format!("---\ntitle: 丁\nzhihu: {new}\n---\n"))
            .write("book/zh/new-unsaid.md", &format!("# 戊\n\n全文见 <{new}>。\n"))
            .write("book/zh/dated-stub.md", &format!("---\ntitle: 己\ndate: 2024-08-09\nzhihu: {old}\n---\n"))
            .write("book/zh/half.md", &format!("---\ntitle: 庚\nzhihu: {old}\n---\n"))
            .write("book/en/half.md", &english("five"))
            .write("book/zh/short.md", &format!("---\nzhihu: {old}\n---\n# 辛\n\n一句话。\n"))
            .write("book/zh/title.md", "# 壬\n"),
    );
    let list = past.book().list();
    let told = |name: &str| {
        let edition = list.edition(&format!("book/{name}.md"));
        let day = &edition["published"];
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
        format!("{} {} {}", text(&day["date"]), text(&day["origin"]["kind"]), text(&edition["undated"]))
    };
    for (name, expected) in [
        ("zh/said", "- - said"),
        ("en/said", "- - said"),
        ("zh/both", "- - said"),
        ("en/both", "2024-05-06 front-matter -"),
        ("zh/new-said", "- - said"),
        ("zh/no-update", "2025-03-01 git -"),
        ("zh/stub", "- - elsewhere"),
        ("en/stub", "- - elsewhere"),
        ("zh/line", "- - elsewhere"),
        ("zh/unsaid", "- - elsewhere"),
        ("zh/new-stub", "2025-01-02 zhihu-id -"),
        ("zh/new-unsaid", "2025-01-02 zhihu-id -"),
        ("zh/dated-stub", "2024-08-09 front-matter -"),
        ("zh/half", "- - elsewhere"),
        ("en/half", "2025-03-01 git -"),
        ("zh/short", "2025-03-01 git -"),
        ("zh/title", "2025-03-01 git -"),
    ] {
        assert_eq!(told(name), expected, "{name}");
    }
    for (name, updated) in [("zh/no-update", false), ("zh/stub", false), ("zh/said", true)] {
        assert_eq!(list.edition(&format!("book/{name}.md")).get("updated").is_some(), updated, "{name}");
    }
    let undated: Vec<&str> = list.said_with("undated");
    assert_eq!(undated.len(), 3, "{undated:?}");
}

#[test]
fn renames_are_followed_one_after_the_other() {
    let (a, b, c) = ("book/zh/a.md", "book/zh/b.md", "book/zh/c.md");
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(a, &chinese("一")));
    past.add(on("2025-01-02").rename(a, b));
    let edited = past.add(on("2025-01-03").write(b, &chinese("二")));
    past.add(on("2025-01-04").rename(b, c));
    let book = past.book();
    book.assert_history(&book.list(), c, born, edited);
}

#[test]
fn a_name_that_was_left_can_be_given_again() {
    let (a, b) = ("book/zh/a.md", "book/zh/b.md");
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(a, &chinese("一")));
    past.add(on("2025-01-02").rename(a, b));
    let other = past.add(on("2025-01-03").write(a, "# 别的\n\n这是另一篇笔记，和前一篇没有关系。\n"));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, b, born, born);
    book.assert_history(&list, a, other, other);
}

#[test]
fn a_rename_with_an_edit_is_a_rename_and_an_edit() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write("book/zh/old.md", &chinese("一")));
    let moved = past.add(on("2025-01-02").delete("book/zh/old.md").write(ZH, &chinese("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, moved);
}

#[test]
fn a_mass_rename_is_no_edit() {
    let mut past = History::default();
    let mut born = Vec::new();
    for number in 0..40 {
        let path = format!("notes/{number}.md");
        born.push(past.add(on("2025-01-01").write(&path, &chinese(&format!("第 {number} 篇")))));
    }
    let move_all = |from: &str, to: &str, day| {
        (0..40)
            .fold(on(day), |commit, number| commit.rename(&format!("{from}/{number}.md"), &format!("{to}/{number}.md")))
    };
    past.add(move_all("notes", "docs", "2025-02-01"));
    past.add(move_all("docs", "book/zh", "2025-02-02"));
    let book = past.book();
    let list = book.list();
    for (number, mark) in born.into_iter().enumerate() {
        book.assert_history(&list, &format!("book/zh/{number}.md"), mark, mark);
    }
}

#[test]
fn two_notes_can_swap_their_names() {
    let (a, b) = ("book/zh/a.md", "book/zh/b.md");
    let other = "# 别的\n\n这是另一篇笔记。\n\n它和前一篇没有关系。\n";
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(a, &chinese("一")));
    let two = past.add(on("2025-01-02").write(b, other));
    past.add(on("2025-01-03").write(a, other).write(b, &chinese("一")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, a, two, two);
    book.assert_history(&list, b, one, one);
}

#[test]
fn two_notes_can_swap_their_names_by_way_of_a_third() {
    let (a, b, away) = ("book/zh/a.md", "book/zh/b.md", "book/zh/away.md");
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(a, &chinese("一")));
    let two = past.add(on("2025-01-02").write(b, "# 别的\n\n这是另一篇笔记。\n\n它和前一篇没有关系。\n"));
    past.add(on("2025-01-03").rename(a, away));
    past.add(on("2025-01-04").rename(b, a));
    past.add(on("2025-01-05").rename(away, b));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, a, two, two);
    book.assert_history(&list, b, one, one);
}

/// A history in which one commit moves a note into the folder of its language, and copies it into that of another.
fn parted(moved: &str, copied: &str, translated: &str, text: &str) -> (History, [Mark; 3]) {
    let mut past = History::default();
    let born = past.add(on("2020-01-01").write("book/memory.md", text));
    let parted = past.add(on("2021-01-01").delete("book/memory.md").write(moved, text).write(copied, text));
    let other = if translated == moved { copied } else { moved };
    let translated = past.add(on("2022-01-01").write(translated, &english("one")));
    past.add(on("2022-01-02").write(other, &chinese("二")));
    (past, [born, parted, translated])
}

#[test]
fn a_move_together_with_a_copy_is_the_move_of_the_text_in_its_language() {
    // git calls the first name the move, and the other an addition.
    for (moved, copied) in [(ZH, EN), (EN, ZH)] {
        let (past, [born, parted, translated]) = parted(moved, copied, EN, &chinese("一"));
        let book = past.book();
        let list = book.list();
        let first = |file: &str| list.edition(file)["published"]["origin"]["commit"].clone();
        assert_eq!((first(ZH), first(EN)), (json!(book.id(born)), json!(book.id(parted))));
        assert_eq!(list.edition(EN)["updated"]["origin"]["commit"], json!(book.id(translated)));
        assert_eq!(list.edition(ZH)["translation"], json!(null), "the original is no translation");
        assert_eq!(list.edition(EN)["translation"]["of"], "zh-CN");
        assert_eq!(list.edition(EN)["translation"]["commits-behind"], 1);
    }
}

#[test]
fn a_copy_that_nobody_translated_yet_is_as_old_as_its_text() {
    let mut past = History::default();
    let born = past.add(on("2020-01-01").write("book/memory.md", &chinese("一")));
    past.add(on("2021-01-01").delete("book/memory.md").write(ZH, &chinese("一")).write(EN, &chinese("一")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, born, born);
    assert_eq!(list.edition(ZH)["translation"], json!(null));
}

#[test]
fn a_move_with_an_edit_together_with_a_copy_is_one_too() {
    let (old, edited) = (chinese("一"), format!("{}\n多一段，为了说明问题。\n", chinese("一")));
    let mut past = History::default();
    let born = past.add(on("2020-01-01").write("book/memory.md", &old));
    // The copy is the same to the byte, so that git calls it the move.
    let parted = past.add(on("2021-01-01").delete("book/memory.md").write(ZH, &edited).write(EN, &old));
    past.add(on("2022-01-01").write(EN, &english("one")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, born, parted);
    assert_eq!(list.edition(EN)["published"]["origin"]["commit"], json!(book.id(parted)));
}

#[test]
fn a_file_that_begins_with_the_text_of_one_that_moved_is_another_note() {
    let stub = "# 待写\n\n这里还没有内容，请稍后再来看，谢谢。\n";
    let mut past = History::default();
    past.add(on("2020-01-01").write("book/zh/old.md", stub));
    let moved = past
        .add(on("2021-01-01").delete("book/zh/old.md").write("book/zh/new.md", stub).write("book/zh/other.md", stub));
    let book = past.book();
    let first = book.list().edition("book/zh/other.md")["published"]["origin"]["commit"].clone();
    let second = book.list().edition("book/zh/new.md")["published"]["origin"]["commit"].clone();
    assert!([first, second].contains(&json!(book.id(moved))));
}

#[test]
fn a_copy_is_a_new_note() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let exact = past.add(on("2025-01-02").write("book/zh/copy.md", &chinese("一")));
    let near = past.add(on("2025-01-03").write("book/zh/near.md", &chinese("三")).write(ZH, &chinese("二")));
    let book = past.book();
    // A repository can ask for copies, and does not get them.
    book.git(&["config", "diff.renames", "copies"]);
    let list = book.list();
    book.assert_history(&list, ZH, born, near);
    book.assert_history(&list, "book/zh/copy.md", exact, exact);
    book.assert_history(&list, "book/zh/near.md", near, near);
}

#[test]
fn a_note_can_be_born_in_a_merge() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let side = past.add(on("2025-01-02").after(&[base]).write("side.txt", "1\n"));
    let main = past.add(on("2025-01-03").after(&[base]).write("main.txt", "1\n"));
    let merge = past.add(on("2025-01-04").after(&[main, side]).write("side.txt", "1\n").write(EN, &english("one")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, EN, merge, merge);
    book.assert_history(&list, ZH, base, base);
}

#[test]
fn a_note_that_was_born_in_a_merge_has_a_life_after_it() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write("main.txt", "1\n"));
    let side = past.add(on("2025-01-02").after(&[base]).write("side.txt", "1\n"));
    let main = past.add(on("2025-01-03").after(&[base]).write("main.txt", "2\n"));
    let born = past.add(on("2025-01-04").after(&[main, side]).write("book/zh/x.md", &chinese("一")));
    past.add(on("2025-01-05").rename("book/zh/x.md", ZH));
    let edited = past.add(on("2025-01-06").write(ZH, &chinese("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, edited);
}

#[test]
fn a_merge_that_brings_a_note_is_not_its_birth() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write("main.txt", "1\n"));
    let side = past.add(on("2025-01-02").after(&[base]).write(ZH, &chinese("一")));
    let main = past.add(on("2025-01-03").after(&[base]).write("main.txt", "2\n"));
    past.add(on("2025-01-04").after(&[main, side]).write(ZH, &chinese("一")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, side, side);
}

#[test]
fn an_edit_inside_of_a_merge_is_a_change() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let side = past.add(on("2025-01-02").after(&[base]).write(ZH, &chinese("二")));
    let main = past.add(on("2025-01-03").after(&[base]).write("main.txt", "1\n"));
    let merge = past.add(on("2025-01-04").after(&[main, side]).write(ZH, &chinese("三")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, base, merge);
}

#[test]
fn a_note_is_renamed_on_one_side_and_edited_on_the_other() {
    let old = "book/zh/old.md";
    // Whichever side is the first parent.
    for renamed_first in [true, false] {
        let mut past = History::default();
        let born = past.add(on("2025-01-01").write(old, &chinese("一")));
        let moved = past.add(on("2025-01-02").after(&[born]).rename(old, ZH));
        let edited = past.add(on("2025-01-03").after(&[born]).write(old, &chinese("二")));
        let merge = on("2025-01-04");
        past.add(if renamed_first {
            merge.after(&[moved, edited]).write(ZH, &chinese("二"))
        } else {
            merge.after(&[edited, moved]).rename(old, ZH)
        });
        let book = past.book();
        book.assert_history(&book.list(), ZH, born, edited);
    }
}

/// A merge without a conflict: nobody wrote its text, but it is in neither parent, and the note has held it since.
#[test]
fn the_text_of_two_sides_is_that_of_their_merge() {
    let other_end = |word: &str| chinese(word).replace("缝隙加起来可以很多。", "缝隙加起来很多。");
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let side = past.add(on("2025-01-02").after(&[born]).write(ZH, &chinese("二")));
    let main = past.add(on("2025-01-03").after(&[born]).write(ZH, &other_end("一")));
    let merge = past.add(on("2025-01-04").after(&[main, side]).write(ZH, &other_end("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, merge);
}

#[test]
fn a_note_that_one_side_deleted_can_stay() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let edited = past.add(on("2025-01-02").after(&[born]).write(ZH, &chinese("二")));
    let deleted = past.add(on("2025-01-03").after(&[born]).delete(ZH));
    past.add(on("2025-01-04").after(&[deleted, edited]).write(ZH, &chinese("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, edited);
}

#[test]
fn of_two_births_the_older_one_counts() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write("main.txt", "1\n"));
    let side = past.add(on("2025-01-02").after(&[base]).write(ZH, &chinese("一")));
    let main = past.add(on("2025-01-03").after(&[base]).write(ZH, &chinese("二")));
    let merge = past.add(on("2025-01-04").after(&[main, side]).write(ZH, &chinese("三")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, side, merge);
}

#[test]
fn a_revert_is_a_change() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let back = past.add(on("2025-01-03").write(ZH, &chinese("一")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, back);
}

#[test]
fn a_note_that_was_deleted_and_came_back_is_as_old_as_it_was() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").delete(ZH));
    past.add(on("2025-01-03").write(ZH, &chinese("一")));
    let last = past.add(on("2025-01-04").write(ZH, &chinese("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, last);
}

/// Git tells no more than that there was a file of this name.
#[test]
fn another_text_under_a_name_that_was_deleted_is_another_note() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").delete(ZH));
    let other = past.add(on("2025-01-03").write(ZH, "# 别的\n\n这是另一篇笔记，和前一篇没有关系。\n"));
    let book = past.book();
    book.assert_history(&book.list(), ZH, other, other);
}

#[test]
fn many_branches_can_be_merged_at_once() {
    let mut past = History::default();
    let base = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let one = past.add(on("2025-01-02").after(&[base]).write(ZH, &chinese("二")));
    let two = past.add(on("2025-01-03").after(&[base]).write(EN, &english("one")));
    let three = past.add(on("2025-01-04").after(&[base]).write("book/zh/third.md", &chinese("三")));
    let merge = past.add(
        on("2025-01-05")
            .after(&[one, two, three])
            .write(EN, &english("one"))
            .write("book/zh/third.md", &chinese("三"))
            .write("book/zh/born.md", &chinese("四")),
    );
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, base, one);
    book.assert_history(&list, EN, two, two);
    book.assert_history(&list, "book/zh/third.md", three, three);
    book.assert_history(&list, "book/zh/born.md", merge, merge);
}

#[test]
fn two_histories_can_become_one() {
    let mut past = History::default();
    let one = past.add(on("2025-01-02").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-01").after(&[]).write(EN, &english("one")));
    past.add(on("2025-01-03").after(&[one, two]).write(EN, &english("one")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, one, one);
    book.assert_history(&list, EN, two, two);
}

#[test]
fn the_order_is_the_history_s_and_the_day_is_the_author_s() {
    let mut past = History::default();
    let first = past.add(on("2025-03-01").committed("2025-06-01").write(ZH, &chinese("一")));
    past.add(on("2025-05-01").committed("2025-06-02").write(ZH, &chinese("二")));
    let last = past.add(on("2025-01-01").committed("2025-06-03").write(ZH, &chinese("三")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, first, last);
    // Committers' clocks can be wrong, too.
    let mut past = History::default();
    let first = past.add(on("2025-03-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-01").write(ZH, &chinese("二")));
    let last = past.add(on("2025-02-01").write(ZH, &chinese("三")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, first, last);
}

#[test]
fn a_day_is_the_day_where_the_author_was() {
    let (east, west) = ("book/zh/east.md", "book/zh/west.md");
    let mut past = History::default();
    // 2024-12-31T10:30Z and 2025-01-02T11:30Z.
    let early = past.add(on("2025-01-01").at("00:30", "+1400").write(east, &chinese("东")));
    let late = past.add(on("2025-01-01").at("23:30", "-1200").write(west, &chinese("西")));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, east, early, early);
    book.assert_history(&list, west, late, late);
}

#[test]
fn line_ends_are_no_text() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一").replace('\n', "\r\n")));
    past.add(on("2025-01-02").write(ZH, &chinese("一")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, born);
}

#[test]
fn a_mode_is_no_text() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").entry("100755", ZH, &chinese("一")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, born);
}

#[test]
fn front_matter_is_no_text() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &format!("---\ntitle: 显存\n---\n{}", chinese("一"))));
    past.add(on("2025-01-03").write(ZH, &format!("+++\ntitle = \"显存\"\n+++\n{}", chinese("一"))));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, born);
    // What comes with a change of the text does not hide it.
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let both = past.add(on("2025-01-02").write(ZH, &format!("---\ntitle: 显存\n---\n{}", chinese("二"))));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, both);
}

/// Most authors leave one.
#[test]
fn a_blank_line_below_front_matter_is_no_text_either() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &format!("---\ntitle: 显存\n---\n\n{}", chinese("一"))));
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, born);
}

#[test]
fn blame_and_history_ignore_the_same_commits() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")).write(EN, &english("one")));
    let edited = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let ignored = past.add(on("2025-01-03").write(ZH, &chinese("三")));
    let other = past.add(on("2025-01-04").write(EN, &english("two")));
    let book = past.book();
    let wrong = format!("{}\nzzz\n{}z\n{}\n", &book.id(other)[..12], &book.id(other)[..39], "0".repeat(40));
    // A text is born once, whatever is ignored.
    let list = format!("# 排版\n\n  {}  \n{wrong}\n{} # born\n", book.id(ignored), book.id(born));
    book.write(".git-blame-ignore-revs", &list);
    let list = book.list();
    book.assert_history(&list, ZH, born, edited);
    book.assert_history(&list, EN, born, other);
}

#[test]
fn a_mark_in_a_message_is_ignored_too() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").says("[typo] 新笔记").write(ZH, &chinese("一")));
    let edited = past.add(on("2025-01-02").says("typo in the title").write(ZH, &chinese("二")));
    past.add(on("2025-01-03").says("[typo] 一个字").write(ZH, &chinese("三")));
    past.add(on("2025-01-04").says("Words\n\nSee #1, [skip-date].\n").write(ZH, &chinese("四")));
    let book = past.book();
    book.bind("history.ignore = [\"[typo]\", \"[skip-date]\"]\n");
    book.assert_history(&book.list(), ZH, born, edited);
}

#[test]
fn what_is_not_committed_has_no_date() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let book = past.book();
    book.write("book/zh/new.md", &chinese("新"));
    book.write(EN, &english("one"));
    book.git(&["add", EN]);
    book.bind("");
    let list = book.list();
    book.assert_history(&list, ZH, born, born);
    for file in ["book/zh/new.md", EN] {
        for key in ["published", "updated", "history"] {
            assert_eq!(list.edition(file).get(key), None, "{key} of {file}");
        }
    }
}

#[test]
fn git_is_not_asked_when_the_book_says_so() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let book = past.book();
    book.bind("history.git = false\n");
    let list = book.list();
    for key in ["published", "updated", "history"] {
        assert_eq!(list.edition(ZH).get(key), None, "{key}");
    }
    assert!(!list.said.contains("[history-"), "{}", list.said);
}

#[test]
fn a_long_history_is_read_to_its_start() {
    let mut past = History::default();
    let born = past.add(on("2015-01-01").write(ZH, &chinese("一")));
    let edited = past.add(on("2015-01-02").write(ZH, &chinese("二")));
    for number in 0..10_000 {
        past.add(on("2025-01-01").write(&format!("data/{}.txt", number % 7), &number.to_string()));
    }
    let book = past.book();
    book.assert_history(&book.list(), ZH, born, edited);
}
