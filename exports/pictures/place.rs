//! Where a picture of the export is put: at an address, in the text itself, or into the hands of its author.

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::messages::Argument;

use super::{Found, Shown, Sought, at, data, files};
use crate::Images;
use crate::note::Note;

/// How many bytes of a picture may lie in a text itself.
pub(super) const LARGEST_INSIDE: usize = 1_000_000;

impl Note<'_> {
    /// A picture that was made: its address exists once its author has put it there.
    pub(super) fn place(&mut self, found: Found, made: &str, sought: Sought<'_>) -> Shown {
        let export = self.export;
        let (Images::At(base), Some(path)) = (&export.options.images, &found.path) else {
            return self.put(found, &format!("{made}, and has no public address"), sought);
        };
        // The author may have another picture of this name there.
        let is_taken = export.sources.bytes(path).is_some_and(|bytes| bytes != found.bytes);
        let below = export.below(path);
        let name = self.keep(&found.name, found.bytes, is_taken);
        let folder = below.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let address = at(base, &format!("{folder}{name}"));
        self.find(
            Code::PictureByHand,
            sought.at,
            Message::new(made, format!("upload {name} so that it is at {address}")),
        );
        self.from(address, sought)
    }

    /// A picture without a public address, in the text itself where the platform takes that.
    pub(super) fn put(&mut self, found: Found, why: &str, sought: Sought<'_>) -> Shown {
        let platform = self.export.platform;
        let media = found.kind.media().filter(|_| platform.takes(found.kind.extension()) && platform.pictures.data);
        let Some(media) = media.filter(|_| found.bytes.len() <= LARGEST_INSIDE) else {
            return self.give(found, why, "", sought);
        };
        let address = format!("data:{media};base64,{}", data::encoded(&found.bytes));
        let name = self.keep(&found.name, found.bytes, false);
        let message = Message::new(
            format!("picture {} lies in the page itself", sought.number),
            format!("where it does not arrive, upload {name}"),
        );
        self.find(Code::PictureByHand, sought.at, message);
        Shown::From(address)
    }

    /// A picture that its author has to upload where words stand.
    pub(super) fn give(&mut self, found: Found, why: &str, how: &str, sought: Sought<'_>) -> Shown {
        let name = self.keep(&found.name, found.bytes, false);
        let words = self.by_words(sought);
        let how = if how.is_empty() { String::new() } else { format!(" {how}") };
        let message = Message::new(why, format!("upload {name}{how} where the text says {words}"));
        self.find(Code::PictureByHand, sought.at, message);
        Shown::Words(words)
    }

    /// Keeps a file of the export, and returns what it is called there: other names are given by its bytes.
    fn keep(&mut self, name: &str, bytes: Vec<u8>, is_taken: bool) -> String {
        let clashes =
            |(known, held): (&String, &Vec<u8>)| files::is_same(known, name) && (known != name || *held != bytes);
        let is_taken = is_taken || self.files.iter().any(clashes);
        let name = if is_taken { files::numbered(name, &bytes) } else { name.to_owned() };
        self.files.insert(name.clone(), bytes);
        name
    }

    /// Says that a picture is not there.
    pub(super) fn lose(&mut self, sought: Sought<'_>, why: String) -> Shown {
        let what = format!("picture {}: {why}, so the export has its words", sought.number);
        self.find(Code::PictureLost, sought.at, Message::new(what, "put the file there, or correct the note"));
        Shown::Words(self.by_words(sought))
    }

    fn by_words(&self, sought: Sought<'_>) -> String {
        let number = sought.number.to_string();
        let number = ("number", Argument::Text(&number));
        match sought.alternative {
            "" => self.words("export-picture", &[number]),
            what => self.words("export-picture-of", &[number, ("what", Argument::Text(what))]),
        }
    }
}
