//! A history as long as one likes: notes that are born, edited, renamed, described and merged over the years, each in a
//! folder of its own with its pictures.
//!
//! Dice say what comes next: mostly an edit, or a branch with an edit, another edit beside it, and their merge; now and
//! then a change of front matter, a rename, or a rename with an edit.
//! Their shares are those of a real repository of notes with 1,016 commits, of which 17 renamed files, 10 renamed and
//! changed them in one, and 307 were merges.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use bilingual_test_support::dice::Dice;
use bilingual_test_support::git;
use bilingual_test_support::history::{Change, History, next};

use super::corpus;
use super::prose::{self, Language};

/// How many pictures lie beside each note.
const PICTURES: usize = 3;

/// Notes and commits.
#[derive(Clone, Copy)]
pub(super) struct Size {
    /// How many notes, in two languages.
    pub(super) notes: usize,
    /// How many commits.
    pub(super) commits: usize,
}

/// Writes a book of this size into `folder`, which is emptied first.
///
/// # Errors
/// When a file cannot be written, or when there is no git.
pub(super) fn write(folder: &Path, size: Size) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    history(size).import(folder, &[])?;
    git::pack(folder)?;
    git::check_out(folder)
}

/// A note on its way through the history.
struct Note {
    language: Language,
    number: usize,
    front_matter: String,
    lines: Vec<String>,
    /// Whether it has the name that the summary knows.
    is_home: bool,
}

impl Note {
    /// A note as it is born, under another name than it will have.
    fn new(language: Language, number: usize, pairs: usize) -> Self {
        let text = in_folders(&corpus::note(language, number, pairs), pairs, "(note-", "(../");
        let (front_matter, body) = text.split_at(text.find("\n# ").unwrap_or_default());
        // A date that the author gives would spare a question.
        let front_matter = front_matter.lines().filter(|line| !line.starts_with("date: "));
        Self {
            language,
            number,
            front_matter: front_matter.map(|line| format!("{line}\n")).collect(),
            lines: body.lines().map(|line| format!("{line}\n")).collect(),
            is_home: false,
        }
    }

    fn path(&self) -> String {
        let name = if self.is_home { "" } else { "draft-" };
        format!("{}{name}note-{:04}.md", self.folder(), self.number)
    }

    fn folder(&self) -> String {
        format!("src/{}/note-{:04}/", self.language.folder(), self.number)
    }

    /// The note as it comes, with the pictures beside it.
    fn born(&self) -> Vec<Change> {
        let picture = |at: usize| {
            let drawn = format!("<svg><!-- {} {} {at} --></svg>\n", self.language.folder(), self.number).repeat(20);
            Change::write(&format!("{}figure-{at}.svg", self.folder()), &drawn)
        };
        std::iter::once(self.written()).chain((1..=PICTURES).map(picture)).collect()
    }

    fn written(&self) -> Change {
        Change::write(&self.path(), &format!("{}{}", self.front_matter, self.lines.concat()))
    }

    /// Another sentence in the place of a paragraph.
    fn edit(&mut self, dice: &mut Dice) -> Change {
        let paragraphs: Vec<usize> = (0..self.lines.len()).filter(|&line| self.lines[line].len() > 150).collect();
        let sentence = format!("{}{}\n", self.language.sentence(dice), self.language.sentence(dice));
        match paragraphs.get(dice.below(paragraphs.len().max(1))) {
            Some(&line) => self.lines[line] = self.lines[line].trim_end().to_owned() + " " + &sentence,
            None => self.lines.push(format!("\n{sentence}")),
        }
        // A note that is edited for years does not grow for ever.
        while self.lines.iter().map(String::len).sum::<usize>() > 11_000 {
            self.lines.remove(dice.below(self.lines.len() - 1) + 1);
        }
        self.written()
    }

    fn describe(&mut self, dice: &mut Dice) -> Change {
        let summary = format!("summary: {}\n", self.language.phrase(dice));
        let lines = self.front_matter.split_inclusive('\n');
        self.front_matter =
            lines.map(|line| if line.starts_with("summary: ") { &summary } else { line }).collect::<String>();
        self.written()
    }

    fn rename(&mut self) -> Change {
        let from = self.path();
        self.is_home = !self.is_home;
        Change::rename(&from, &self.path())
    }
}

/// A text in which each note lies in a folder of its own. `begins` is what stands in a link before the note's number, and
/// `above` what comes before its folder.
fn in_folders(text: &str, pairs: usize, begins: &str, above: &str) -> String {
    (1..=pairs).fold(text.to_owned(), |text, number| {
        let name = begins.trim_start_matches('(');
        text.replace(&format!("{begins}{number:04}.md)"), &format!("{above}note-{number:04}/{name}{number:04}.md)"))
    })
}

fn history(Size { notes, commits }: Size) -> History {
    let pairs = notes / 2;
    let mut history = History::default();
    let summary = Language::ALL.iter().fold(corpus::summary(pairs), |summary, language| {
        let folder = language.folder();
        in_folders(&summary, pairs, &format!("({folder}/note-"), &format!("({folder}/"))
            .replace(&format!("/{folder}/note-"), "/note-")
    });
    history.add(next().write("src/SUMMARY.md", &summary).write("src/index.md", corpus::HOME));
    let dice = &mut prose::dice(Language::English, commits);
    let mut written: Vec<Note> = Vec::new();
    // Half of the history sees notes come; the last commit brings every note to its place.
    while history.len() + 1 < commits {
        let due = (pairs * 2 * history.len() * 2).div_ceil(commits).clamp(1, pairs * 2);
        if written.len() < due {
            let language = Language::ALL[written.len() % 2];
            let note = Note::new(language, written.len() / 2 + 1, pairs);
            history.add(next().with(note.born()));
            written.push(note);
            continue;
        }
        let one = dice.below(written.len());
        let left = commits - 1 - history.len();
        let change = match dice.below(60) {
            0..=2 => written[one].describe(dice),
            3 => written[one].rename(),
            4 => {
                let renamed = written[one].rename();
                let edited = written[one].edit(dice);
                history.add(next().with([renamed, edited]));
                continue;
            }
            5..=24 if left >= 3 && written.len() > 1 => {
                let base = history.last();
                let side = written[one].edit(dice);
                let other = (one + 1) % written.len();
                let main = written[other].edit(dice);
                let [branch, trunk] =
                    [side, main].map(|change| history.add(next().after(base.as_slice()).with([change])));
                history.add(next().after(&[trunk, branch]).with([written[one].written()]));
                continue;
            }
            _ => written[one].edit(dice),
        };
        history.add(next().with([change]));
    }
    let home: Vec<Change> = written.iter_mut().filter(|note| !note.is_home).map(Note::rename).collect();
    history.add(next().with(home));
    history
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_has_its_size_and_ends_with_every_note_in_its_place() -> Result<()> {
        let folder = tempfile::tempdir()?;
        write(folder.path(), Size { notes: 12, commits: 100 })?;
        let count = |args: &[&str]| -> Result<String> {
            let output = git::command(folder.path()).args(args).output()?;
            Ok(String::from_utf8(output.stdout)?.trim().to_owned())
        };
        assert_eq!(count(&["rev-list", "--count", "HEAD"])?, "100");
        assert_ne!(count(&["rev-list", "--count", "--merges", "HEAD"])?, "0");
        assert!(!count(&["log", "--format=", "--diff-filter=R", "--name-status", "-M"])?.is_empty());
        for number in 1..=6 {
            for language in Language::ALL {
                let path = format!("src/{}/note-{number:04}/note-{number:04}.md", language.folder());
                let size = fs::metadata(folder.path().join(&path))?.len();
                assert!((5_000..14_000).contains(&size), "{path}: {size} bytes");
            }
        }
        Ok(())
    }
}
