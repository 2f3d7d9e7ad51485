//! What a repository can have many of.

use super::construct::Command::{Check, List};
use super::construct::{Book, Construct, pairs};
use crate::bench::repository::{Change, Stream};

const ZH: &str = "src/zh/n0.md";
const EN: &str = "src/en/n0.md";

/// Every construct of a history.
pub(super) const ALL: &[Construct] = &[
    Construct::new("commits of one file", Check, 1_000, |n| {
        past(|stream| (0..n).for_each(|at| _ = stream.commit(&[], &[write(ZH, &format!("# 甲\n\n{at}\n"))])))
    }),
    Construct::new("commits of another file", Check, 1_000, |n| {
        past(|stream| (0..n).for_each(|at| _ = stream.commit(&[], &[write("x.txt", &at.to_string())])))
    }),
    Construct::new("commits that go back and forth", Check, 1_000, |n| {
        past(|stream| (0..n).for_each(|at| _ = stream.commit(&[], &[write(ZH, &format!("# 甲\n\n{}\n", at % 2))])))
    }),
    Construct::new("commits that go in a circle", Check, 1_000, |n| {
        past(|stream| {
            (0..n).for_each(|at| _ = stream.commit(&[], &[write(ZH, &format!("# 甲\n\n{}\n", at % (n / 2)))]))
        })
    }),
    Construct::new("commits of both editions", List, 1_000, |n| {
        past(|stream| {
            for at in 0..n {
                stream.commit(&[], &[write(if at % 2 == 0 { ZH } else { EN }, &format!("# A\n\n{at}\n"))]);
            }
        })
    }),
    Construct::new("commits of front matter", Check, 1_000, |n| {
        past(|stream| (0..n).for_each(|at| _ = stream.commit(&[], &[write(ZH, &format!("---\nx: {at}\n---\n# 甲\n"))])))
    }),
    Construct::new("merges of the same change", Check, 300, |n| past(|stream| merges(stream, n, true))),
    Construct::new("merges of two changes", Check, 300, |n| past(|stream| merges(stream, n, false))),
    Construct::new("changes picked from a long branch", Check, 500, |n| {
        past(|stream| {
            let base = stream.commits();
            let mut tips = [base, base];
            for at in 0..n {
                for (side, tip) in tips.iter_mut().enumerate() {
                    let beside = write(&format!("side{side}.txt"), &at.to_string());
                    *tip = stream.commit(&[*tip], &[write(ZH, &format!("# 甲\n\n{at}\n")), beside]);
                }
            }
            stream.commit(&tips, &[]);
        })
    }),
    Construct::new("branches that are open at once", List, 300, |n| {
        past(|stream| {
            let base = stream.commits();
            let tips: Vec<usize> =
                (0..n).map(|at| stream.commit(&[base], &[write(ZH, &format!("# 甲\n\n{at}\n"))])).collect();
            let first = tips[0];
            tips[1..].iter().fold(first, |main, tip| stream.commit(&[main, *tip], &[write(ZH, "# 甲\n\n0\n")]));
        })
    }),
    Construct::new("renames of one file", List, 500, |n| {
        past(|stream| {
            for at in 0..n {
                let (here, there) = (format!("src/zh/m{at}.md"), format!("src/zh/m{}.md", at + 1));
                let (from, to) =
                    (if at == 0 { ZH.to_owned() } else { here }, if at + 1 == n { ZH.to_owned() } else { there });
                stream.commit(&[], &[Change::Rename { from, to }]);
            }
        })
    }),
    Construct::new("files that a commit renames", List, 100, |n| {
        let mut stream = Stream::default();
        let old: Vec<Change> = pairs(n).iter().map(|(path, text)| write(&format!("old/{path}"), text)).collect();
        stream.commit(&[], &old);
        let new = pairs(n)
            .into_iter()
            .map(|(path, _)| Change::Rename { from: format!("old/{path}"), to: format!("src/{path}") });
        let new: Vec<Change> = new.chain([write("src/index.md", "# Index\n")]).collect();
        stream.commit(&[], &new);
        finish(stream, Book::of(pairs(n)))
    }),
    Construct::new("notes with a commit each", List, 200, |n| {
        let mut stream = Stream::default();
        for (path, text) in pairs(n) {
            stream.commit(&[], &[write(&format!("src/{path}"), &text)]);
        }
        finish(stream, Book::of(pairs(n)))
    }),
    Construct::new("notes of one commit", List, 200, |n| {
        let mut stream = Stream::default();
        let all: Vec<Change> = pairs(n).iter().map(|(path, text)| write(&format!("src/{path}"), text)).collect();
        stream.commit(&[], &all);
        finish(stream, Book::of(pairs(n)))
    }),
    Construct::new("translations that name a commit", Check, 200, |n| {
        let saying = |path: &str, text: String| {
            if path.starts_with("en/") { format!("---\ntranslated-from: 1234567\n---\n{text}") } else { text }
        };
        let notes: Vec<_> = pairs(n).into_iter().map(|(path, text)| (path.clone(), saying(&path, text))).collect();
        let mut stream = Stream::default();
        for (path, text) in &notes {
            stream.commit(&[], &[write(&format!("src/{path}"), text)]);
        }
        finish(stream, Book::of(notes))
    }),
    Construct::new("commits that change no text", List, 1_000, |n| {
        let ignored: String = (0..n).map(|at| format!("{at:040x}\n")).collect();
        let mut book =
            past(|stream| (0..n).for_each(|at| _ = stream.commit(&[], &[write(ZH, &format!("# 甲\n\n{at}\n"))])));
        book.files.insert(".git-blame-ignore-revs".to_owned(), ignored);
        book
    }),
    Construct::new("lines of a source that changed", Check, 4_000, |n| {
        let text = |word: &str| (0..n).map(|at| format!("{word} {at}\n\n")).collect::<String>();
        past(|stream| {
            stream.commit(&[], &[write(ZH, &text("旧"))]);
            stream.commit(&[], &[write(EN, "# A\n\nnew\n")]);
            stream.commit(&[], &[write(ZH, &text("新"))]);
        })
    }),
];

fn write(path: &str, text: &str) -> Change {
    Change::Write { path: path.to_owned(), content: text.to_owned() }
}

/// A pair with this history after its birth.
fn past(more: impl FnOnce(&mut Stream)) -> Book {
    let mut stream = Stream::default();
    stream.commit(&[], &[write(ZH, "# 甲\n")]);
    stream.commit(&[], &[write(EN, "# A\n")]);
    more(&mut stream);
    finish(stream, Book::of(pairs(1)))
}

/// A book after this history, which ends with the files that are no notes.
fn finish(mut stream: Stream, book: Book) -> Book {
    let others =
        ["book.toml", "src/SUMMARY.md"].map(|path| write(path, &book.files[path].replace("history.git = false\n", "")));
    stream.commit(&[], &others);
    book.after(stream)
}

/// Branches with a change on each side, merged one after another.
fn merges(stream: &mut Stream, count: usize, same: bool) {
    let mut tip = stream.commits();
    for at in 0..count {
        let text = |side: usize| format!("# 甲\n\n{}\n", if same { at % 2 } else { at * 2 + side });
        let sides = [0, 1].map(|side| {
            let beside = write(&format!("side{side}.txt"), &at.to_string());
            stream.commit(&[tip], &[write(ZH, &text(side)), beside])
        });
        tip = stream.commit(&sides, &[write(ZH, &text(2))]);
    }
}
