//! What a new book says at first, in the languages that we write.
//!
//! # Adding a language
//! One more entry in [`FIRST_WORDS`]. A book in a language that is not there begins with pages that have a title only.

use mdbook_bilingual_core::values::Language;

/// The first words of a book in one language.
pub(super) struct FirstWords {
    tag: &'static str,
    /// The title of the first note.
    pub(super) note: &'static str,
    /// What stands between two files or folders in a list.
    pub(super) and: &'static str,
    /// Its text; `{files}` are the files of the note, `{folders}` their folders.
    pub(super) note_text: &'static str,
    /// The titles of the two pages that the suite fills.
    pub(super) learning_path: &'static str,
    pub(super) status: &'static str,
    /// The front page; `{note}` and `{path}` are links.
    pub(super) front_page: &'static str,
}

const FIRST_WORDS: &[FirstWords] = &[
    FirstWords {
        tag: "en",
        note: "The first note",
        and: ", ",
        note_text: "This note is there once in each language: {files}.\nFiles with the same path in {folders} are one note, and their pages link to each other.\n\nWrite your own text in its place.\nThe next note is one file in each of these folders, and a line for each of them in `src/SUMMARY.md`.\nWhere a language is still missing, the page says so.\n",
        learning_path: "Learning path",
        status: "State of the translations",
        front_page: "Begin with [the first note]({note}), or see all of them on the [learning path]({path}).",
    },
    FirstWords {
        tag: "zh-CN",
        note: "第一篇笔记",
        and: "、",
        note_text: "这篇笔记的各个语言版本分别在 {files}。{folders} 里路径相同的文件，就是同一篇笔记的不同语言版本，它们的页面会互相链接。\n\n把这里换成你自己的文字吧。再写一篇时，在这些文件夹里各放一个文件，并在 `src/SUMMARY.md` 里各加一行。暂时缺哪种语言，页面上会有说明。\n",
        learning_path: "学习路径",
        status: "翻译进度",
        front_page: "从[第一篇笔记]({note})读起，或在[学习路径]({path})里浏览全部笔记。",
    },
    FirstWords {
        tag: "zh-TW",
        note: "第一篇筆記",
        and: "、",
        note_text: "這篇筆記的各個語言版本分別在 {files}。{folders} 裡路徑相同的檔案，就是同一篇筆記的不同語言版本，它們的頁面會互相連結。\n\n把這裡換成你自己的文字吧。再寫一篇時，在這些資料夾裡各放一個檔案，並在 `src/SUMMARY.md` 裡各加一行。暫時缺哪種語言，頁面上會有說明。\n",
        learning_path: "學習路徑",
        status: "翻譯進度",
        front_page: "從[第一篇筆記]({note})讀起，或在[學習路徑]({path})裡瀏覽全部筆記。",
    },
    FirstWords {
        tag: "ja",
        note: "最初のノート",
        and: "、",
        note_text: "このノートは言語ごとに一つのファイルになっています（{files}）。{folders} の中で同じパスにあるファイルは一つのノートとして扱われ、ページは互いにリンクします。\n\nここに自分の文章を書いてください。次のノートを足すときは、それぞれのフォルダーにファイルを一つずつ置き、`src/SUMMARY.md` に一行ずつ加えます。まだない言語があるあいだは、そのことがページに表示されます。\n",
        learning_path: "学習パス",
        status: "翻訳の状況",
        front_page: "[最初のノート]({note})から読むか、[学習パス]({path})ですべてのノートを見てください。",
    },
];

/// The first words in a language, or in the one of its kind that we write; `None` where we write none.
pub(super) fn of(language: &Language) -> Option<&'static FirstWords> {
    let is_written_alike = |tag: &str| Language::parse(tag).is_ok_and(|ours| ours.script() == language.script());
    let same = |tag: &str| FIRST_WORDS.iter().find(|texts| texts.tag == tag && is_written_alike(tag));
    same(language.tag()).or_else(|| match language.primary() {
        "zh" => same(if language.is_traditional() { "zh-TW" } else { "zh-CN" }),
        primary => same(primary),
    })
}

/// The words that stand in for all others.
pub(super) fn english() -> &'static FirstWords {
    &FIRST_WORDS[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_gets_the_words_of_its_kind() {
        for (tag, words) in [
            ("en-GB", Some("en")),
            ("zh", Some("zh-CN")),
            ("zh-Hant-HK", Some("zh-TW")),
            ("ja", Some("ja")),
            ("zh-Latn", None),
            ("de", None),
        ] {
            let language = Language::parse(tag).unwrap();
            assert_eq!(of(&language).map(|texts| texts.tag), words, "{tag}");
        }
    }

    #[test]
    fn every_text_has_room_for_what_is_put_into_it() {
        for texts in FIRST_WORDS {
            for (text, names) in [
                (texts.note_text, ["{files}", "{folders}"].as_slice()),
                (texts.front_page, ["{note}", "{path}"].as_slice()),
            ] {
                for name in names {
                    assert_eq!(text.matches(name).count(), 1, "{}: {name}", texts.tag);
                }
            }
        }
    }
}
