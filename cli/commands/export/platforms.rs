//! What is known of platforms, and the page that tells more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_export::platform::{self, Output, word};
use mdbook_bilingual_export::{Exported, Platform, probe as page};

use super::output::{FOLDER, begin_folder};
use super::{Done, DoneNote, OutputPlace};
use crate::commands::is_book;
use crate::write;

/// What a platform takes, in a few words.
fn takes(platform: &Platform) -> String {
    let Platform { math, tables, pictures, text, headings, .. } = platform;
    let formats = if pictures.formats.is_empty() { "any picture".to_owned() } else { pictures.formats.join(" ") };
    [
        format!("headings {} to {}", headings.first, headings.last),
        format!("formulas as {} and {}", word(&math.inline), word(&math.display)),
        format!("cells {}", word(&tables.cells)),
        formats,
        format!("footnotes {}", word(&text.footnotes)),
        format!("diagrams {}", word(&text.diagrams)),
    ]
    .join(", ")
}

/// Writes the page that shows what becomes of each construct on a platform.
///
/// # Errors
/// When there is no platform, or when it cannot be written.
pub fn probe(root: &Path, platform: &str, place: &OutputPlace) -> Result<Done> {
    let is_book = is_book(root);
    let platform = match is_book {
        true => {
            let (host, _) = Host::load(root)?;
            Platform::read(platform, &host.config.export.platforms, &host.book_toml)?
        }
        false => Platform::read(platform, &BTreeMap::new(), &Default::default())?,
    };
    let text = page::page(&platform);
    let extension = if platform.output == Output::Html { "html" } else { "md" };
    let name = format!("probe.{}.{extension}", platform.id);
    let mut done = Done { notes: Vec::new(), printed: None, platform };
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let path = match place {
        OutputPlace::Printed => {
            done.printed = Some(text);
            return Ok(done);
        }
        OutputPlace::At(path) if path.is_dir() => path.join(name),
        OutputPlace::At(path) => path.clone(),
        OutputPlace::Beside => {
            let folder = root.join(FOLDER);
            files.extend(begin_folder(&folder)?);
            folder.join(name)
        }
    };
    files.insert(path.clone(), text.clone().into_bytes());
    let written = write::put(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    let changed = written.contains(&path);
    let exported = Exported { title: "probe".to_owned(), text, ..Exported::default() };
    let file = "the probe page".to_owned();
    done.notes.push(DoneNote { file, is_note: false, written: Some(path), changed, copy: None, exported });
    Ok(done)
}

/// The platforms, what each takes, and when that was last tried.
///
/// # Errors
/// When one of a book's own cannot be read.
pub fn platforms(root: &Path) -> Result<String> {
    let (own, book_toml) = match is_book(root) {
        true => Host::load(root).map(|(host, _)| (host.config.export.platforms, host.book_toml))?,
        false => Default::default(),
    };
    let mut out = String::new();
    for id in platform::identifiers(&own) {
        let platform = Platform::read(&id, &own, &book_toml)?;
        let tried = platform.tried.as_ref().map_or_else(|| "never tried".to_owned(), |day| format!("tried on {day}"));
        let form = if platform.output == Output::Html { "HTML" } else { "Markdown" };
        let name = if platform.name == id { String::new() } else { format!(" ({})", platform.name) };
        out.push_str(&format!("{id}{name}: {form}, {tried}\n    takes: {}\n", takes(&platform)));
        for (construct, what) in &platform.unsure {
            out.push_str(&format!("    not sure: {}: {what}\n", word(construct)));
        }
    }
    Ok(out)
}
