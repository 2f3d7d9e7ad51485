//! Reads what `git log` prints, as it comes.
//!
//! ```text
//! commit 7477… (from 67ea…)          only a merge says from which parent
//! parent 67ea…
//! author Lin <…> 1765743707 -0800
//!
//!     Fix a typo
//!
//! :100644 100644 a069… 4e67… M\0README.md\0:100644 100644 57dc… bbe9… R095\0old.md\0new.md\0\0commit …
//! ```

use std::io::{BufRead, Error, ErrorKind, Read, Result};

use crate::values::Date;

/// The arguments of the one `git log`: all commits of the tree, children before parents, a merge once for each parent.
pub(super) const ARGS: &[&str] = &[
    "log",
    "HEAD",
    "--date-order",
    "--pretty=raw",
    "--encoding=UTF-8",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-abbrev-commit",
    "--diff-merges=separate",
    "--root",
    // Only those without changes: git compares names of objects, and reads none.
    "--find-renames=100%",
    "--no-color",
    "--no-decorate",
    "--no-notes",
    "--no-mailmap",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=none",
    "-O/dev/null",
    // A file may be called HEAD.
    "--",
];

/// A commit, or one of a merge's differences to its parents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) id: String,
    /// The parent that the changes behind it are to, in a merge.
    pub(super) from: Option<String>,
    pub(super) parents: Vec<String>,
    /// The author's own day; `None` for a commit of which it cannot be read.
    pub(super) day: Option<Date>,
    /// Whether its message holds one of the marks.
    pub(super) marked: bool,
}

/// What became of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathChangeKind {
    Added,
    Deleted,
    /// Changed, in its bytes or only in its mode.
    Modified,
    Renamed,
}

/// A change of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PathChange<'a> {
    pub(super) kind: PathChangeKind,
    /// The names of its contents before and after.
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    /// What a renamed file was called before.
    pub(super) from: &'a str,
    pub(super) path: &'a str,
}

/// Who is told what the log says.
pub(super) trait Listener {
    fn commit(&mut self, header: Header);
    fn change(&mut self, change: PathChange<'_>);
}

/// How many bytes one commit's message, or one path, may have: what never ends would fill the memory.
const LONGEST: u64 = 64 << 20;

/// Reads a whole log. `marks` are the texts that a message is searched for.
///
/// # Errors
/// When the stream cannot be read, or a piece of it has no end.
pub(super) fn read(mut stream: impl BufRead, marks: &[String], listener: &mut impl Listener) -> Result<()> {
    let (mut token, mut path, mut other) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        token.clear();
        if piece(&mut stream, &mut token)? == 0 {
            return Ok(());
        }
        // The first change stands in one piece with its commit.
        let text = without_end(&token);
        let meta = if text.starts_with(b"commit ") {
            let at = memchr::memmem::find(text, b"\n:");
            listener.commit(header(&String::from_utf8_lossy(&text[..at.unwrap_or(text.len())]), marks));
            at.map(|at| &text[at + 1..])
        } else {
            Some(text).filter(|text| text.starts_with(b":"))
        };
        let Some(meta) = meta.and_then(|meta| std::str::from_utf8(meta).ok()) else { continue };
        let mut fields = meta.split_ascii_whitespace();
        let modes = (fields.next(), fields.next());
        let (Some(old), Some(new), Some(status)) = (fields.next(), fields.next(), fields.next()) else { continue };
        let kind = match status.as_bytes().first() {
            // A link, or a folder that is another repository, became a file.
            Some(b'T') if !matches!(modes.0, Some(":100644" | ":100755")) => PathChangeKind::Added,
            Some(b'A') => PathChangeKind::Added,
            Some(b'D') => PathChangeKind::Deleted,
            Some(b'R') => PathChangeKind::Renamed,
            _ => PathChangeKind::Modified,
        };
        path.clear();
        piece(&mut stream, &mut path)?;
        if kind == PathChangeKind::Renamed {
            other.clear();
            piece(&mut stream, &mut other)?;
            std::mem::swap(&mut path, &mut other);
        }
        let from = if kind == PathChangeKind::Renamed { without_end(&other) } else { &[] };
        // A link has no text of its own, and another repository is no file.
        if matches!(modes.1, Some("120000" | "160000")) {
            continue;
        }
        // A name that is no text is none of a note.
        if let (Ok(path), Ok(from)) = (std::str::from_utf8(without_end(&path)), std::str::from_utf8(from)) {
            listener.change(PathChange { kind, old, new, from, path });
        }
    }
}

/// Reads up to the next NUL, and says how many bytes that are.
fn piece(stream: &mut impl BufRead, into: &mut Vec<u8>) -> Result<usize> {
    let length = stream.by_ref().take(LONGEST).read_until(0, into)?;
    if length as u64 == LONGEST && into.last() != Some(&0) {
        let why = format!("one piece of the log has more than {} MiB", LONGEST >> 20);
        return Err(Error::new(ErrorKind::InvalidData, why));
    }
    Ok(length)
}

fn without_end(token: &[u8]) -> &[u8] {
    token.strip_suffix(b"\0").unwrap_or(token)
}

fn header(text: &str, marks: &[String]) -> Header {
    let mut header = Header::default();
    let mut lines = text.lines();
    let mut dates = (None, None);
    for line in lines.by_ref() {
        let Some((key, value)) = line.split_once(' ') else { break };
        match key {
            "commit" => {
                let (id, from) = match value.split_once(" (from ") {
                    Some((id, from)) => (id, Some(from.trim_end_matches(')').to_owned())),
                    None => (value, None),
                };
                (header.id, header.from) = (id.to_owned(), from);
            }
            "parent" => header.parents.push(value.to_owned()),
            "author" => dates.0 = day(value),
            "committer" => dates.1 = day(value),
            // Signatures, encodings, and the lines that go on with them.
            _ => {}
        }
    }
    header.day = dates.0.or(dates.1);
    if !marks.is_empty() {
        let message: Vec<&str> = lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
        let message = message.join("\n");
        header.marked = marks.iter().any(|mark| message.contains(mark.as_str()));
    }
    header
}

/// The calendar day in `NAME <EMAIL> SECONDS ZONE`, at the place of the zone.
fn day(who: &str) -> Option<Date> {
    let mut parts = who.rsplitn(3, ' ');
    let (zone, seconds) = (parts.next()?, parts.next()?.parse().ok()?);
    let zone: i32 = zone.parse().ok().filter(|zone: &i32| zone.abs() <= 9999).unwrap_or(0);
    let ahead = zone / 100 * 3600 + zone % 100 * 60;
    // A zone that is none on Earth says nothing about the moment.
    Date::of_moment(seconds, ahead).or_else(|| Date::of_moment(seconds, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Told(Vec<String>);

    impl Listener for Told {
        fn commit(&mut self, header: Header) {
            let Header { id, from, parents, day, marked } = header;
            let day = day.map(|day| day.to_string()).unwrap_or_default();
            self.0.push(format!("{id} {from:?} {} {day} {marked}", parents.join("+")));
        }

        fn change(&mut self, change: PathChange<'_>) {
            let PathChange { kind, old, new, from, path } = change;
            self.0.push(format!("{kind:?} {old} {new} {from:?} {path:?}"));
        }
    }

    #[test]
    fn what_never_ends_is_refused() {
        let endless = std::io::BufReader::with_capacity(1 << 20, std::io::repeat(b'c'));
        let error = read(endless, &[], &mut Told::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn a_log_is_read() {
        let log = "commit c (from b)\ntree t\nparent b\nparent a\nauthor A B <a@b> 1765743707 +1400\ncommitter A <a> 1 +0000\n\
                   gpgsig -----BEGIN\n :x\n -----END\n\n    [typo] Fix\n\n:100644 100644 1 2 M\0a\nb.md\0\
                   :100644 100755 2 2 M\0-x.md\0:100644 100644 3 4 R095\0o.md\0n.md\0\0\
                   commit b\ntree t\nparent a\nauthor A <a> 1765743707 -1200\ncommitter A <a> 1 +0000\n\n    None\n    :a\n\0\
                   commit a\nauthor A <a> nonsense\ncommitter A <a> 86400 +2147483647\n\n:000000 100644 0 1 A\0a.md\0\
                   :000000 120000 0 3 A\0link.md\0:120000 100644 3 4 T\0was-link.md\0\
                   :000000 160000 0 5 A\0sub.md\0:160000 100644 5 6 T\0was-sub.md\0";
        let mut told = Told::default();
        read(log.as_bytes(), &["[typo]".to_owned()], &mut told).unwrap();
        assert_eq!(
            told.0,
            [
                "c Some(\"b\") b+a 2025-12-15 true",
                "Modified 1 2 \"\" \"a\\nb.md\"",
                "Modified 2 2 \"\" \"-x.md\"",
                "Renamed 3 4 \"o.md\" \"n.md\"",
                "b None a 2025-12-14 false",
                "a None  1970-01-02 false",
                "Added 0 1 \"\" \"a.md\"",
                "Added 3 4 \"\" \"was-link.md\"",
                "Added 5 6 \"\" \"was-sub.md\"",
            ]
        );
    }
}
