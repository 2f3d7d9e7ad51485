//! What a repository can have many of.

use bilingual_test_support::history::{Change, History, Mark, next};

use super::construct::Command::{Check, List};
use super::construct::{Book, Construct, pairs};

const ZH: &str = "src/zh/n0.md";
const EN: &str = "src/en/n0.md";

/// Every construct of a history.
pub(super) const ALL: &[Construct] = &[
    Construct::new("commits of one file", Check, 1_000, |n| {
        past(|history| (0..n).for_each(|at| _ = history.add(next().write(ZH, &format!("# 甲\n\n{at}\n")))))
    }),
    Construct::new("commits of another file", Check, 1_000, |n| {
        past(|history| (0..n).for_each(|at| _ = history.add(next().write("x.txt", &at.to_string()))))
    }),
    Construct::new("commits that go back and forth", Check, 1_000, |n| {
        past(|history| (0..n).for_each(|at| _ = history.add(next().write(ZH, &format!("# 甲\n\n{}\n", at % 2)))))
    }),
    Construct::new("commits that go in a circle", Check, 1_000, |n| {
        past(|history| (0..n).for_each(|at| _ = history.add(next().write(ZH, &format!("# 甲\n\n{}\n", at % (n / 2))))))
    }),
    Construct::new("commits of both editions", List, 1_000, |n| {
        past(|history| {
            for at in 0..n {
                history.add(next().write(if at % 2 == 0 { ZH } else { EN }, &format!("# A\n\n{at}\n")));
            }
        })
    }),
    Construct::new("commits of front matter", Check, 1_000, |n| {
        past(|history| (0..n).for_each(|at| _ = history.add(next().write(ZH, &format!("---\nx: {at}\n---\n# 甲\n")))))
    }),
    Construct::new("merges of the same change", Check, 300, |n| past(|history| merges(history, n, true))),
    Construct::new("merges of two changes", Check, 300, |n| past(|history| merges(history, n, false))),
    Construct::new("changes picked from a long branch", Check, 500, |n| {
        past(|history| {
            let base = history.last().expect("the birth of the pair");
            let mut tips = [base, base];
            for at in 0..n {
                for (side, tip) in tips.iter_mut().enumerate() {
                    let commit = next().after(&[*tip]).write(ZH, &format!("# 甲\n\n{at}\n"));
                    *tip = history.add(commit.write(&format!("side{side}.txt"), &at.to_string()));
                }
            }
            history.add(next().after(&tips));
        })
    }),
    Construct::new("branches that are open at once", List, 300, |n| {
        past(|history| {
            let base = history.last().expect("the birth of the pair");
            let tips: Vec<Mark> =
                (0..n).map(|at| history.add(next().after(&[base]).write(ZH, &format!("# 甲\n\n{at}\n")))).collect();
            let first = tips[0];
            tips[1..].iter().fold(first, |main, tip| history.add(next().after(&[main, *tip]).write(ZH, "# 甲\n\n0\n")));
        })
    }),
    Construct::new("renames of one file", List, 500, |n| {
        past(|history| {
            for at in 0..n {
                let (here, there) = (format!("src/zh/m{at}.md"), format!("src/zh/m{}.md", at + 1));
                let (from, to) =
                    (if at == 0 { ZH.to_owned() } else { here }, if at + 1 == n { ZH.to_owned() } else { there });
                history.add(next().rename(&from, &to));
            }
        })
    }),
    Construct::new("files that a commit renames", List, 100, |n| {
        let mut history = History::default();
        let old = pairs(n).into_iter().map(|(path, text)| Change::write(&format!("old/{path}"), &text));
        history.add(next().with(old));
        let new = pairs(n).into_iter().map(|(path, _)| Change::rename(&format!("old/{path}"), &format!("src/{path}")));
        history.add(next().with(new).write("src/index.md", "# Index\n"));
        finish(history, Book::of(pairs(n)))
    }),
    Construct::new("notes with a commit each", List, 200, |n| {
        let mut history = History::default();
        for (path, text) in pairs(n) {
            history.add(next().write(&format!("src/{path}"), &text));
        }
        finish(history, Book::of(pairs(n)))
    }),
    Construct::new("notes of one commit", List, 200, |n| {
        let mut history = History::default();
        let all = pairs(n).into_iter().map(|(path, text)| Change::write(&format!("src/{path}"), &text));
        history.add(next().with(all));
        finish(history, Book::of(pairs(n)))
    }),
    Construct::new("translations that name a commit", Check, 200, |n| {
        let saying = |path: &str, text: String| {
            if path.starts_with("en/") { format!("---\ntranslated-from: 1234567\n---\n{text}") } else { text }
        };
        let notes: Vec<_> = pairs(n).into_iter().map(|(path, text)| (path.clone(), saying(&path, text))).collect();
        let mut history = History::default();
        for (path, text) in &notes {
            history.add(next().write(&format!("src/{path}"), text));
        }
        finish(history, Book::of(notes))
    }),
    Construct::new("commits that change no text", List, 1_000, |n| {
        let ignored: String = (0..n).map(|at| format!("{at:040x}\n")).collect();
        let mut book =
            past(|history| (0..n).for_each(|at| _ = history.add(next().write(ZH, &format!("# 甲\n\n{at}\n")))));
        book.files.insert(".git-blame-ignore-revs".to_owned(), ignored);
        book
    }),
    Construct::new("lines of a source that changed", Check, 4_000, |n| {
        let text = |word: &str| (0..n).map(|at| format!("{word} {at}\n\n")).collect::<String>();
        past(|history| {
            history.add(next().write(ZH, &text("旧")));
            history.add(next().write(EN, "# A\n\nnew\n"));
            history.add(next().write(ZH, &text("新")));
        })
    }),
];

/// A pair with this history after its birth.
fn past(more: impl FnOnce(&mut History)) -> Book {
    let mut history = History::default();
    history.add(next().write(ZH, "# 甲\n"));
    history.add(next().write(EN, "# A\n"));
    more(&mut history);
    finish(history, Book::of(pairs(1)))
}

/// A book after this history, which ends with the files that are no notes.
fn finish(mut history: History, book: Book) -> Book {
    let others = ["book.toml", "src/SUMMARY.md"];
    let with_git = |path| Change::write(path, &book.files[path].replace("history.git = false\n", ""));
    history.add(next().with(others.map(with_git)));
    book.after(history)
}

/// Branches with a change on each side, merged one after another.
fn merges(history: &mut History, count: usize, same: bool) {
    let mut tip = history.last().expect("the birth of the pair");
    for at in 0..count {
        let text = |side: usize| format!("# 甲\n\n{}\n", if same { at % 2 } else { at * 2 + side });
        let sides = [0, 1].map(|side| {
            let commit = next().after(&[tip]).write(ZH, &text(side));
            history.add(commit.write(&format!("side{side}.txt"), &at.to_string()))
        });
        tip = history.add(next().after(&sides).write(ZH, &text(2)));
    }
}
