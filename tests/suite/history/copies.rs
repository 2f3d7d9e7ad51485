//! What copies elsewhere miss of their notes.

use mdbook_bilingual_core::values::Fingerprint;
use serde_json::{Value, json};
use support::history::{History, Mark, on};
use support::repository::Repository;

use super::listed::{Ask, Listed};
use super::{EN, ZH, chinese, english};

const ARTICLE: &str = "https://zhuanlan.zhihu.com/p/1";

/// A note whose front matter says that its copy has another text, or the same.
fn copied(text: &str, of: &str) -> String {
    let hash = Fingerprint::of(of, 0);
    format!("---\nzhihu: {{ url: {ARTICLE}, text: \"{hash}\", on: 2025-01-02 }}\n---\n{text}")
}

/// A note that was posted, and then changed twice.
fn behind() -> (History, [Mark; 3]) {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let posted = past.add(on("2025-01-02").write(ZH, &copied(&chinese("一"), &chinese("一"))));
    let one = past.add(on("2025-01-10").write(ZH, &copied(&chinese("二"), &chinese("一"))));
    let text = chinese("三").replace("池满之后才还给系统。\n", "池满之后才还给系统。\n\n也可以不还。\n");
    let two = past.add(on("2025-01-20").write(ZH, &copied(&text, &chinese("一"))));
    (past, [posted, one, two])
}

fn copy(list: &Listed) -> &Value {
    &list.edition(ZH)["cross-posts"][0]
}

#[track_caller]
fn assert_in_step(list: &Listed) {
    assert_eq!(copy(list)["state"], "in-step", "{:#}\n{}", copy(list), list.said);
    assert!(
        list.said_with("copy-behind").is_empty() && list.said_with("copy-text-unknown").is_empty(),
        "{}",
        list.said
    );
}

fn point(book: &Repository, mark: Mark) -> Value {
    json!({"date": book.day(mark), "commit": book.id(mark)})
}

#[test]
fn what_a_copy_misses() {
    let (past, [posted, _, last]) = behind();
    let book = past.book();
    let list = book.list();
    let copy = copy(&list);
    assert_eq!(
        (&copy["platform"], &copy["url"], &copy["on"]),
        (&json!("zhihu"), &json!(ARTICLE), &json!("2025-01-02"))
    );
    assert_eq!(copy["text"], Fingerprint::of(&chinese("一"), 0).to_string());
    assert_eq!(
        (&copy["state"], &copy["commits-behind"], &copy["days-behind"]),
        (&json!("behind"), &json!(2), &json!(18))
    );
    assert_eq!((&copy["lines-added"], &copy["lines-removed"]), (&json!(3), &json!(1)));
    assert_eq!(copy["sections"], json!([{"heading": "分配", "id": "分配"}, {"heading": "回收", "id": "回收"}]));
    assert_eq!((&copy["since"], &copy["last"]), (&point(&book, posted), &point(&book, last)));
    assert_eq!(
        list.said_with("copy-behind"),
        [format!(
            "warning[copy-behind]: {ZH}:2:15: the copy on Zhihu misses 2 changes over 18 days, the last of 2025-01-20 \
             (3 lines new, 1 gone), in “分配” and “回收”; export it again, post it, and run `mdbook-bilingual confirm \
             --copy zhihu {ZH}`"
        )]
    );
    let mut table = book.program();
    table.args(["list", "."]);
    let table = support::program::run(table, b"");
    let line = "    copy        2 changes behind, 18 days, 3 lines new, 1 gone, in 分配, 回收; posted on 2025-01-02  (front matter, ";
    assert!(table.out().contains(line), "{}", table.out());
}

#[test]
fn a_text_that_was_put_back_is_no_change() {
    let (mut past, _) = behind();
    past.add(on("2025-02-01").write(ZH, &copied(&chinese("一"), &chinese("一"))));
    assert_in_step(&past.book().list());
}

#[test]
fn what_changes_no_text_is_silent() {
    let text = chinese("一");
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &copied(&text, &text)));
    let titled = copied(&text, &text).replacen("---\n", "---\ntitle: 显存\n", 1);
    past.add(on("2025-01-10").write(ZH, &titled));
    past.add(on("2025-01-11").write(ZH, &format!("{titled}\n\n").replace('\n', "\r\n")));
    assert_in_step(&past.book().list());
    // A slip of the pen, by its author's word.
    past.add(on("2025-01-12").says("Mend [typo]").write(ZH, &titled.replace('一', "二")));
    let book = past.book();
    book.bind("[preprocessor.bilingual.history]\nignore = [\"[typo]\"]\n");
    assert_in_step(&book.list());
}

#[test]
fn what_is_not_committed_yet_is_only_listed() {
    let text = chinese("一");
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &copied(&text, &text)));
    let book = past.book();
    book.write(ZH, &copied(&chinese("二"), &text));
    let list = book.list();
    assert_eq!((&copy(&list)["state"], &copy(&list)["commits-behind"]), (&json!("behind"), &json!(0)));
    assert_eq!(copy(&list)["worth-saying"], false);
    assert!(list.said_with("copy-behind").is_empty(), "{}", list.said);
}

#[test]
fn how_much_is_worth_saying() {
    for (line, is_said) in [
        ("commits = 2", true),
        ("commits = 3", false),
        ("days = 18", true),
        ("days = 19", false),
        ("lines = 4", true),
        ("lines = 5", false),
    ] {
        let book = behind().0.book();
        book.bind(&format!("\n[preprocessor.bilingual.copies]\n{line}\n"));
        assert_eq!(book.list().said_with("copy-behind").len(), usize::from(is_said), "{line}");
    }
}

#[test]
fn a_text_that_no_commit_has_is_behind_without_a_number() {
    let (mut past, _) = behind();
    past.add(on("2025-02-01").write(ZH, &copied(&chinese("四"), &chinese("九"))));
    let list = past.book().list();
    assert_eq!((&copy(&list)["state"], copy(&list).get("commits-behind")), (&json!("behind"), None));
    assert_eq!(
        list.said_with("copy-text-unknown"),
        [format!(
            "warning[copy-text-unknown]: {ZH}:2:15: the copy on Zhihu has another text than this note, and the history \
             does not have that text; export it again, post it, and run `mdbook-bilingual confirm --copy zhihu {ZH}`"
        )]
    );

    // Who does not ask git, or has only a part of the history, hears the same of another cause.
    let book = behind().0.book();
    book.bind("[preprocessor.bilingual.history]\ngit = false\n");
    assert!(book.list().said_with("copy-text-unknown")[0].contains("and git is not asked what it misses; "));
    let url = format!("file://{}", book.top.display());
    book.git(&["clone", "--quiet", "--depth", "1", &url, "../clone"]);
    let clone = book.at("clone");
    let said = clone.list();
    assert!(
        said.said_with("copy-text-unknown")[0]
            .contains("and this clone has only a part of the history, so that nobody"),
        "{}",
        said.said
    );
}

#[test]
fn a_current_copy_is_one_in_a_shallow_clone_too() {
    let (mut past, _) = behind();
    past.add(on("2025-02-01").write(ZH, &copied(&chinese("四"), &chinese("四"))));
    let book = past.book();
    let url = format!("file://{}", book.top.display());
    book.git(&["clone", "--quiet", "--depth", "1", &url, "../clone"]);
    assert_in_step(&book.at("clone").list());
}

#[test]
fn copies_that_nobody_confirmed_are_named_on_request() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &format!("---\nzhihu: {ARTICLE}\n---\n{}", chinese("一"))));
    past.add(on("2025-01-02").write(EN, &english("one")));
    let book = past.book();
    assert!(book.list().said_with("copy-unconfirmed").is_empty());
    assert_eq!(copy(&book.list()).get("state"), None);
    book.bind("[preprocessor.bilingual.copies]\nunconfirmed = true\n");
    // The English edition shows it as well, and is not what was posted.
    assert_eq!(
        book.list().said_with("copy-unconfirmed"),
        [format!(
            "note[copy-unconfirmed]: {ZH}:2:8: nobody has said which text the copy on Zhihu has; post the text of now, and \
             run `mdbook-bilingual confirm --copy zhihu {ZH}`"
        )]
    );
    book.write(ZH, &copied(&chinese("一"), &chinese("一")));
    assert!(book.list().said_with("copy-unconfirmed").is_empty());
}
