//! `mdbook-bilingual check --fix`: makes the edits of the findings that have one answer.
//!
//! ```text
//! warning[link-dead]: book/a.md:3:9: “B.md” leads nowhere; did you mean b.md?     →     `b.md` in its place
//! ```
//!
//! Only the bytes of an edit change: line ends, marks and everything else stay. All files are written or none is, each
//! only while it is still as it was read, and none outside of the book's repository. Of two edits that overlap, the first
//! is made; when it is, the other is looked for anew.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Fix, Place, harmless};
use mdbook_bilingual_core::facts::SourceLines;

use crate::report::patch;
use crate::write::Batch;

/// What can be mended, and what becomes of it.
pub struct Mending {
    root: PathBuf,
    files: BTreeMap<PathBuf, ChangedFile>,
    /// What is mended, in the order of places.
    pub done: Vec<Mended>,
    /// What is not, though there is an answer.
    pub left: Vec<Left>,
}

/// A finding that is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    code: Code,
    place: Option<Place>,
    title: String,
}

/// A finding that stays, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    mended: Mended,
    why: WhyLeft,
}

/// Why a finding with an answer stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyLeft {
    /// The file is gone, or no text any more.
    Unreadable,
    /// Its file is not the book's to change.
    Outside,
    /// Its file may not be written.
    ReadOnly,
    /// The text is not what was read.
    Changed,
    /// An edit of another finding has the same bytes.
    Overlap,
}

/// A file that changes.
#[derive(PartialEq, Eq)]
struct ChangedFile {
    /// Its path from the root of the repository.
    shown: String,
    /// What it holds, with its byte order mark.
    text: String,
    /// The edits, in order: bytes of that, and what comes in their place.
    edits: BTreeMap<(usize, usize), String>,
}

impl fmt::Display for Mended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        write!(f, "fixed[{}]: {}", self.code.name(), harmless(&format!("{place}{}", self.title)))
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = self.mended.to_string();
        write!(f, "left{}: {}", told.strip_prefix("fixed").unwrap_or(&told), self.why)
    }
}

impl fmt::Display for WhyLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "the file cannot be read any more",
            Self::Outside => "the file is outside of the book's repository",
            Self::ReadOnly => "the file is read-only",
            Self::Changed => "the file was changed meanwhile",
            Self::Overlap => "another fix changes the same text; run it again",
        })
    }
}

/// How often a book is looked at whose files do not rest.
const TRIES: usize = 4;

/// Looks at the book in `root` until its files are the same before and after, and plans what can be mended: the bytes of an
/// edit are those of the text that was looked at, and somebody may save it meanwhile.
///
/// # Errors
/// When it cannot be looked at, or when its files do not rest.
pub fn plan_at_rest<T>(
    root: &Path,
    mut look: impl FnMut() -> Result<T>,
    diagnostics: impl Fn(&T) -> &Diagnostics,
) -> Result<(T, Mending)> {
    let mut before: Option<Mending> = None;
    for _ in 0..TRIES {
        let found = look()?;
        let mending = plan(root, diagnostics(&found));
        // These texts were read before it was looked at, and again behind that.
        let is_same = |before: &Mending| (&before.files, &before.left) == (&mending.files, &mending.left);
        if mending.files.is_empty() && mending.left.is_empty() || before.as_ref().is_some_and(is_same) {
            return Ok((found, mending));
        }
        before = Some(mending);
    }
    bail!("nothing was changed, because the files change while they are looked at; run it again when they do not")
}

/// Finds out which findings of the book in `root` can be mended together.
fn plan(root: &Path, diagnostics: &Diagnostics) -> Mending {
    let mut mending = Mending { root: root.to_owned(), files: BTreeMap::new(), done: Vec::new(), left: Vec::new() };
    let mut lines = SourceLines::new(root);
    let mut found: Vec<(&Diagnostic, &Fix)> =
        diagnostics.sorted().into_iter().filter_map(|found| Some((found, found.fix()?))).collect();
    found.sort_by_key(|(found, _)| found.place());
    for (found, fix) in found {
        let mended = Mended { code: found.code(), place: found.place().cloned(), title: fix.title.clone() };
        match mending.take(fix, &mut lines) {
            Ok(()) => mending.done.push(mended),
            Err(why) => mending.left.push(Left { mended, why }),
        }
    }
    mending
}

impl Mending {
    /// Adds all edits of a fix, or none.
    fn take(&mut self, fix: &Fix, lines: &mut SourceLines) -> Result<(), WhyLeft> {
        let mut new = Vec::new();
        for edit in &fix.edits {
            let source = lines.source(&edit.file).ok_or(WhyLeft::Unreadable)?;
            let on_disk = lines.on_disk(&edit.file).ok_or(WhyLeft::Outside)?;
            // Two names may lead to one file.
            let real = fs::canonicalize(&on_disk).map_err(|_| WhyLeft::Unreadable)?;
            if fs::metadata(&real).is_ok_and(|found| found.permissions().readonly()) {
                return Err(WhyLeft::ReadOnly);
            }
            source.text().get(edit.bytes.range()).ok_or(WhyLeft::Changed)?;
            let bytes = (source.mark() + edit.bytes.start, source.mark() + edit.bytes.end);
            if !self.files.contains_key(&real) {
                let shown = lines.in_repository(&edit.file).unwrap_or_else(|| edit.file.clone());
                let file = ChangedFile { shown, text: source.whole(), edits: BTreeMap::new() };
                self.files.insert(real.clone(), file);
            }
            let there = &self.files[&real].edits;
            if there.iter().any(|(other, text)| overlap(*other, bytes) && (*other != bytes || *text != edit.text)) {
                return Err(WhyLeft::Overlap);
            }
            new.push((real, bytes, edit.text.clone()));
        }
        for (real, bytes, text) in new {
            if let Some(file) = self.files.get_mut(&real) {
                file.edits.insert(bytes, text);
            }
        }
        Ok(())
    }

    /// The edits as a unified diff, with paths from the root of the repository.
    #[must_use]
    pub fn patch(&self) -> String {
        let changed = self.files.values().filter(|file| !file.edits.is_empty());
        changed.map(|file| patch::of(&file.shown, &file.text, &file.splices())).collect()
    }

    /// Writes the files.
    ///
    /// # Errors
    /// When one cannot be written, must not, or was changed meanwhile. Then none was written.
    pub fn write(&self) -> Result<()> {
        let mut batch = Batch::new(&self.root);
        for (path, file) in self.files.iter().filter(|(_, file)| !file.edits.is_empty()) {
            batch.add(path, Some(file.text.clone().into_bytes()), file.mended().as_bytes())?;
        }
        batch.commit()
    }
}

impl ChangedFile {
    fn splices(&self) -> Vec<(Range<usize>, String)> {
        self.edits.iter().map(|((start, end), text)| (*start..*end, text.clone())).collect()
    }

    fn mended(&self) -> String {
        let (mut out, mut at) = (String::with_capacity(self.text.len()), 0);
        for ((start, end), text) in &self.edits {
            out.push_str(&self.text[at..*start]);
            out.push_str(text);
            at = *end;
        }
        out.push_str(&self.text[at..]);
        out
    }
}

/// Whether two edits change the same bytes, or put something into one place.
fn overlap(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1 || one.0 == other.0
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::diagnostic::{Code, Replacement, Span};

    use super::*;

    fn dead(file: &str, line: usize, bytes: Range<usize>, text: &str) -> Diagnostic {
        let fix = Fix::new(format!("write {text}"), file, bytes.clone(), text);
        Diagnostic::new(Code::LinkDead, "x").at(Place::line(file, line).spanning(bytes)).fixed_by(fix)
    }

    #[test]
    fn only_the_bytes_of_edits_change() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let text = "\u{feff}看\r\n[b](b.md) c\r\n\tno end";
        fs::write(folder.path().join("a.md"), text).unwrap();
        let mut all = Diagnostics::default();
        all.push(dead("a.md", 2, 9..13, "c/b.md"));
        // The same edit for two findings is made once, and what overlaps it is left.
        all.push(dead("a.md", 3, 9..13, "c/b.md"));
        all.push(dead("a.md", 4, 12..13, "y"));
        all.push(dead("a.md", 5, 15..16, "d"));
        all.push(dead("none.md", 1, 0..1, "d"));
        all.push(dead("a.md", 9, 900..901, "d"));
        let mending = plan(folder.path(), &all);
        let done: Vec<String> = mending.done.iter().map(ToString::to_string).collect();
        assert_eq!(
            done,
            [
                "fixed[link-dead]: a.md:2: write c/b.md",
                "fixed[link-dead]: a.md:3: write c/b.md",
                "fixed[link-dead]: a.md:5: write d"
            ]
        );
        let left: Vec<String> = mending.left.iter().map(ToString::to_string).collect();
        assert_eq!(
            left,
            [
                "left[link-dead]: a.md:4: write y: another fix changes the same text; run it again",
                "left[link-dead]: a.md:9: write d: the file was changed meanwhile",
                "left[link-dead]: none.md:1: write d: the file cannot be read any more"
            ]
        );
        let patch = mending.patch();
        assert!(patch.contains("-[b](b.md) c\r\n+[b](c/b.md) d\r\n"), "{patch}");
        assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), text);
        mending.write().unwrap();
        let mended = text.replace("b.md) c", "c/b.md) d");
        assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), mended);
        // It is not what was read any more.
        assert!(mending.write().unwrap_err().to_string().contains("was changed meanwhile"));
    }

    /// Who saves a note while the book is looked at loses nothing.
    #[test]
    fn the_bytes_of_an_edit_are_those_of_the_text_that_was_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let file = folder.path().join("a.md");
        // What is there when the book is looked at, and what is saved before the text is read for the edits.
        let saved = |texts: &[(&str, &str)]| {
            let mut texts = texts.iter();
            let look = || {
                let (seen, saved) = texts.next().expect("it is looked at so often");
                let at = seen.find("B.md").expect("a link");
                let mut all = Diagnostics::default();
                all.push(dead("a.md", 1, at..at + 4, "b.md"));
                fs::write(&file, saved)?;
                Ok(all)
            };
            let (_, mending) = plan_at_rest(folder.path(), look, |all| all)?;
            mending.write()?;
            Ok::<String, anyhow::Error>(fs::read_to_string(&file)?)
        };
        let (old, new) = ("[b](B.md)", "new [b](B.md)");
        assert_eq!(saved(&[(old, old), (old, old)]).unwrap(), "[b](b.md)");
        assert_eq!(saved(&[(old, new), (new, new), (new, new)]).unwrap(), "new [b](b.md)");
        assert_eq!(saved(&[(old, old), (old, new), (new, new), (new, new)]).unwrap(), "new [b](b.md)");
        let restless = saved(&[(old, new), (new, old), (old, new), (new, old)]);
        assert!(restless.unwrap_err().to_string().contains("nothing was changed"));
        assert_eq!(fs::read_to_string(&file).unwrap(), old);
    }

    #[test]
    fn all_edits_of_a_fix_or_none() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join("a.md"), "abc").unwrap();
        let edit = |bytes: Range<usize>| Replacement {
            file: "a.md".to_owned(),
            bytes: Span::from(bytes),
            text: String::new(),
        };
        let both = Fix { title: "both".to_owned(), edits: vec![edit(0..1), edit(2..9)] };
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::LinkDead, "x").at(Place::file("a.md")).fixed_by(both));
        let mending = plan(folder.path(), &all);
        assert!(mending.done.is_empty() && mending.patch().is_empty());
        mending.write().unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), "abc");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_of_the_repository_alone() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository/docs");
        fs::create_dir_all(&root).unwrap();
        fs::create_dir(folder.path().join("repository/.git")).unwrap();
        fs::write(folder.path().join("theirs.md"), "abc").unwrap();
        fs::write(folder.path().join("repository/ours.md"), "abc").unwrap();
        symlink(folder.path().join("theirs.md"), root.join("theirs.md")).unwrap();
        symlink("../ours.md", root.join("a.md")).unwrap();
        symlink("../ours.md", root.join("b.md")).unwrap();
        let mut all = Diagnostics::default();
        all.push(dead("theirs.md", 1, 0..1, "x"));
        all.push(dead("a.md", 1, 0..1, "x"));
        all.push(dead("b.md", 1, 2..3, "y"));
        let mending = plan(&root, &all);
        assert_eq!((mending.done.len(), mending.left.len()), (2, 1));
        mending.write().unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("theirs.md")).unwrap(), "abc");
        assert_eq!(fs::read_to_string(folder.path().join("repository/ours.md")).unwrap(), "xby");
        assert!(root.join("a.md").is_symlink());
    }
}
