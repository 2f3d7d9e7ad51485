//! What there is to say of sources that are not what they are in the repository: see [`Stands`].

use super::Gatherer;
use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::host::mirror::Stands;
use crate::values::SourcePath;

impl Gatherer<'_> {
    /// Looks at each chapter's file. Lost links are said once, since all of them go together.
    pub(super) fn mirror(&mut self) {
        let mut lost: Vec<String> = Vec::new();
        let sources: Vec<SourcePath> =
            self.material.chapters.iter().filter_map(|chapter| chapter.note.source.clone()).collect();
        for source in sources {
            let file = format!("{}{source}", self.material.source_folder);
            let mut say = |why: Message| {
                self.diagnostics.push(Diagnostic::new(Code::CopyStale, why).at(Place::file(&file)));
            };
            match self.host.stands(&source) {
                Stands::Well => {}
                Stands::TextOfLink => lost.push(file),
                Stands::OldCopy => say(Message::new(
                    format!("this is a copy of {source} as it was, and readers see it so"),
                    "run `mdbook-bilingual adopt` again",
                )),
                Stands::LostCopy => say(Message::new(
                    format!("this is a copy of {source}, which is gone"),
                    "delete it, and its line in SUMMARY.md, or run `mdbook-bilingual adopt` when the note was moved",
                )),
                Stands::Taken => say(Message::new(
                    format!("this is no link to {source} and says something else, and readers see it"),
                    "move it away and run `mdbook-bilingual adopt`",
                )),
            }
        }
        let Some(first) = lost.first() else { return };
        let others = match lost.len() - 1 {
            0 => String::new(),
            1 => ", as does one more file".to_owned(),
            count => format!(", as do {count} more files"),
        };
        let repair = match self.host.notes() {
            Some(_) => "run `mdbook-bilingual adopt`, which puts links in their places, or copies where the system makes no links".to_owned(),
            None => "put the notes themselves there, or check out with links: `git config core.symlinks true`, then `git checkout -- .`".to_owned(),
        };
        let message = Message::new(
            format!(
                "this file holds the text of a symbolic link and is none{others}: the checkout was made without links, and readers would see paths in place of notes"
            ),
            repair,
        );
        self.diagnostics.push(Diagnostic::new(Code::LinkAsText, message).at(Place::file(first)));
    }
}
