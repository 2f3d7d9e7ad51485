//! Where a picture is on the web, or what somebody has to upload.
//!
//! ```text
//! ![曲线](loss.svg)   →   https://e.org/notes/ppo/loss.png     where it was said where pictures are; it was drawn, and
//!                                                              has to be put there
//!                         data:image/png;base64,…              where the platform takes it in the text itself
//!                         【图 2：曲线】                         where somebody has to upload it
//! ```
//!
//! Nothing is fetched, so what is at an address is known by its name alone.

mod data;
mod draw;
mod files;
mod fonts;
mod place;

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::notebook::{Destination, PathKind};
use mdbook_bilingual_core::platforms::redirect;
use mdbook_bilingual_core::values::Repository;
use mdbook_bilingual_core::values::repository::View;

use crate::note::Note;
use crate::{Export, Images};
use data::Kind;
use draw::Undrawn;

/// How a picture is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// From an address: of the web, or `data:`. The export holds a picture there.
    From(String),
    /// Not at all: these words stand where somebody has to put it. The export holds no picture there, and whoever writes
    /// it takes note of one less.
    Words(String),
}

/// A picture of the note that is looked for.
#[derive(Debug, Clone, Copy)]
struct Sought<'p> {
    /// Its number in the export, from 1.
    number: usize,
    alternative: &'p str,
    /// Where it stands in the note.
    at: usize,
}

/// A picture that was found.
struct Found {
    /// What its file is called in the export.
    name: String,
    bytes: Vec<u8>,
    kind: Kind,
    /// Where it is in the book; `None` for one that is in no file.
    path: Option<String>,
}

impl Export<'_> {
    /// The path in the site of a picture of the book: mdBook copies what lies in the folder of the sources.
    fn copied(&self, path: &str) -> Option<String> {
        let files = &self.reading.notebook.files;
        // What a tag of HTML names may not be known.
        files.copied(path).or_else(|| path.strip_prefix(&files.sources).map(str::to_owned))
    }

    /// The path of a picture below the address of all pictures: from the folder of the sources, else from the root of the
    /// repository.
    fn below(&self, path: &str) -> String {
        self.copied(path).unwrap_or_else(|| path.to_owned())
    }

    /// The public address of a picture of the book.
    fn picture_address(&self, path: &str) -> Option<String> {
        let files = &self.reading.notebook.files;
        match &self.options.images {
            Images::At(base) => Some(at(base, &self.below(path))),
            Images::Site => {
                // What has a colon in its name would be read as a scheme.
                let relative = format!("./{}", encoded(&self.copied(path)?));
                self.options.site.as_ref()?.join(&relative).ok().map(String::from)
            }
            Images::Repository => files.repository.address_of(path, View::Raw).map(plain),
            Images::Nowhere => None,
        }
    }
}

impl Note<'_> {
    /// How a picture of the note is shown; what there is to do by hand is told.
    ///
    /// Each call is another picture of the export: it is numbered. Of [`Shown::Words`], the caller takes note of a picture
    /// less.
    pub(crate) fn show(&mut self, destination: &str, alternative: &str, at: usize) -> Shown {
        let sought = self.next_picture(alternative, at);
        let files = &self.export.reading.notebook.files;
        match files.destination(&self.page.location, destination) {
            Destination::Elsewhere if data::is_data(destination) => self.show_data(destination, sought),
            Destination::Elsewhere
            | Destination::File { web: true, .. }
            | Destination::Nothing { web: true, .. } => self.show_address(destination, sought),
            Destination::Asset { path }
            | Destination::File { path, found: PathKind::File, .. }
            // Nobody has looked at what a tag of HTML names.
            | Destination::Nothing { path, .. } => self.show_file(&path, sought),
            Destination::Outside => self.lose(sought, format!("`{destination}` leads out of the repository")),
            _ => self.lose(sought, format!("`{destination}` is no picture")),
        }
    }

    /// A diagram as a picture; `None` where nobody can draw it, which is told.
    ///
    /// The export holds a block of code less where this is `Some`, and a picture more where it is [`Shown::From`]: the
    /// caller takes note of both. `at` is where the block begins; its number among the diagrams of the note is part of the
    /// name of its file.
    pub(crate) fn draw_diagram(&mut self, source: &str, at: usize) -> Option<Shown> {
        let sources = self.export.sources;
        let drawn = sources.diagram(source).and_then(|bytes| {
            let kind = Kind::of(&bytes, Some("png")).filter(|kind| *kind == Kind::Png)?;
            Some((bytes, kind))
        });
        let Some((bytes, kind)) = drawn else {
            let why = sources.why_undrawn(source).map(|why| format!(" ({why})")).unwrap_or_default();
            let message = Message::new(
                format!(
                    "{} draws no diagrams, and this one could not be drawn{why}: its source stands there",
                    self.platform_name()
                ),
                "install Chromium, or name a folder with drawn ones by --diagrams",
            );
            self.find(Code::Diagram, at, message);
            return None;
        };
        let diagrams = self.page.anatomy.fences.iter().filter(|fence| fence.is_diagram());
        let number = diagrams.filter(|fence| fence.range.end <= at).count() + 1;
        let alternative = self.words("export-diagram", &[]);
        let sought = self.next_picture(&alternative, at);
        let name = format!("{}-diagram-{number}.png", self.stem());
        let folder = self.export.below(&self.page.location.real);
        let path =
            format!("{}{name}", folder.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/")));
        let found = Found { name, bytes, kind, path: Some(path) };
        let made = format!("picture {} was drawn", sought.number);
        Some(self.place(found, &made, sought))
    }

    fn next_picture<'p>(&mut self, alternative: &'p str, at: usize) -> Sought<'p> {
        let number = self.picture;
        self.picture += 1;
        Sought { number, alternative: alternative.trim(), at }
    }

    /// The name of the note's file, without its extension; that of its folder for the index of one.
    fn stem(&self) -> String {
        let path = &self.page.location.real;
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let is_index = ["readme", "index"].iter().any(|index| stem.eq_ignore_ascii_case(index));
        let folder = folder.rsplit('/').next().unwrap_or_default();
        files::name(if is_index && !folder.is_empty() { folder } else { stem })
    }

    /// A picture at an address of the web.
    fn show_address(&mut self, destination: &str, sought: Sought<'_>) -> Shown {
        let led = redirect::target(destination).unwrap_or_else(|| destination.to_owned());
        let address = if led.starts_with("//") { format!("https:{led}") } else { led };
        let is_web = ["https://", "http://"]
            .iter()
            .any(|scheme| address.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme)));
        if !is_web {
            return self.lose(sought, format!("`{destination}` leads nowhere on the web"));
        }
        let address = files::raw(&address).into_owned();
        if let Some(extension) = data::extension_at(&address)
            && !self.export.platform.takes(&extension)
        {
            let message = Message::new(
                format!(
                    "picture {} is of the format {extension}, which {} does not take",
                    sought.number,
                    self.platform_name()
                ),
                "upload it by hand, in another format",
            );
            self.find(Code::PictureByHand, sought.at, message);
        }
        self.from(address, sought)
    }

    /// Shows a picture from an address, and tells where it is slow.
    fn from(&mut self, address: String, sought: Sought<'_>) -> Shown {
        let slow = &self.export.platform.pictures.slow;
        if let Some(host) = files::hosts(&address).into_iter().flatten().find(|host| {
            slow.iter()
                .any(|slow| host == slow || host.strip_suffix(slow.as_str()).is_some_and(|above| above.ends_with('.')))
        }) {
            let message = Message::new(
                format!("{} fetches from {host} slowly, or not at all", self.platform_name()),
                "look whether the pictures have arrived, and upload those that have not",
            );
            self.find_once(Code::PictureSlow, &host, sought.at, message);
        }
        Shown::From(address)
    }

    /// A picture of the book.
    fn show_file(&mut self, path: &str, sought: Sought<'_>) -> Shown {
        let export = self.export;
        let for_people = export.reading.notebook.files.for_people(path);
        let Some(bytes) = export.sources.bytes(path) else {
            return self.lose(sought, format!("`{for_people}` is not there, or cannot be read"));
        };
        let extension = data::extension(path);
        let Some(kind) = Kind::of(&bytes, extension.as_deref()) else {
            return self.lose(sought, format!("`{for_people}` is no picture"));
        };
        let extension = extension.unwrap_or_else(|| kind.extension().to_owned());
        let name = files::name(path.rsplit('/').next().unwrap_or(path));
        let found = Found { name, bytes, kind, path: Some(path.to_owned()) };
        if export.platform.takes(&extension) {
            let Some(address) = export.picture_address(path) else { return self.put_or_draw(found, sought) };
            if export.options.images == Images::Repository && !export.sources.is_pushed(path) {
                let message = Message::new(
                    format!(
                        "`{for_people}` is not in the repository on the web as it is here, as far as this clone knows"
                    ),
                    "commit and push it before you post the note",
                );
                self.find(Code::PictureUnpushed, sought.at, message);
            }
            return self.from(address, sought);
        }
        self.draw_or_give(found, &extension, sought)
    }

    /// A picture that lies in its address.
    fn show_data(&mut self, destination: &str, sought: Sought<'_>) -> Shown {
        let read = data::decoded(destination).and_then(|bytes| Some((Kind::of(&bytes, None)?, bytes)));
        let Some((kind, bytes)) = read else {
            return self.lose(sought, "what lies in its address is no picture".to_owned());
        };
        let extension = kind.extension();
        let takes = self.export.platform.takes(extension);
        if takes && self.export.platform.pictures.data {
            return Shown::From(destination.to_owned());
        }
        let name = format!("{}-picture-{}.{extension}", self.stem(), sought.number);
        let found = Found { name, bytes, kind, path: None };
        if takes { self.put_or_draw(found, sought) } else { self.draw_or_give(found, extension, sought) }
    }

    /// A picture of a format that the platform takes, and which is nowhere on the web.
    fn put_or_draw(&mut self, found: Found, sought: Sought<'_>) -> Shown {
        // A text can hold a PNG, and an SVG only sometimes.
        if found.kind == Kind::Svg && self.export.platform.pictures.data {
            return self.draw_or_give(found, "svg", sought);
        }
        let why = format!("picture {} has no public address", sought.number);
        self.put(found, &why, sought)
    }

    /// A picture of a format that the platform does not take: drawn where that can be done, else left to its author.
    fn draw_or_give(&mut self, found: Found, extension: &str, sought: Sought<'_>) -> Shown {
        let number = sought.number;
        if found.kind != Kind::Svg {
            let why =
                format!("picture {number} is of the format {extension}, which {} does not take", self.platform_name());
            return self.give(found, &why, "in another format", sought);
        }
        match draw::png(&found.bytes) {
            Ok(drawn) => {
                let name = files::with_extension(&found.name, "png");
                for remark in drawn.remarks {
                    let message =
                        Message::new(format!("picture {number} was drawn, but {remark}"), format!("look at {name}"));
                    self.find(Code::PictureByHand, sought.at, message);
                }
                let path = found.path.map(|path| files::with_extension(&path, "png"));
                let made = format!("picture {number} was drawn from {}", found.name);
                self.place(Found { name, bytes: drawn.png, kind: Kind::Png, path }, &made, sought)
            }
            Err(Undrawn::Broken(why)) => self.lose(sought, format!("{} cannot be read as SVG: {why}", found.name)),
            Err(Undrawn::Unable(why)) => {
                let why = format!("picture {number} could not be drawn: {why}");
                self.give(found, &why, "in another format", sought)
            }
        }
    }
}

/// The address of a path below another address.
fn at(base: &str, path: &str) -> String {
    format!("{}/{}", base.trim_end_matches('/'), encoded(path))
}

/// A path as it stands in an address. Brackets would end the address in Markdown.
fn encoded(path: &str) -> String {
    plain(Repository::encoded(path))
}

fn plain(address: String) -> String {
    address.replace('(', "%28").replace(')', "%29")
}

#[cfg(test)]
mod tests;
