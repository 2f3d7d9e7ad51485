//! Where facts come from. The only part of the suite that reads files.
//!
//! What a file says of itself ([`front_matter`]) comes before what its place and its letters tell
//! ([`crate::notebook::pairing`]). A chapter's facts are read from the file behind it and never from its content,
//! which earlier plugins may have changed: after another process of ours, the front matter is gone from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook::book::{Book, BookItem};
use walkdir::WalkDir;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::host::Host;
use crate::notebook::{self, Anatomy, Fact, FrontMatter, Material, Origin, PagePath, SourcePath, Unlisted, Wording};

pub mod front_matter;
mod tree;

/// Reads every file of a book once.
#[must_use]
pub fn gather(host: &Host, book: &Book, wording: &Wording, diagnostics: &mut Diagnostics) -> Material {
    let folder = host.source_folder();
    let mut gatherer = Gatherer {
        host,
        wording,
        summary: SummaryLines::read(host, &folder),
        diagnostics,
        material: Material { language: host.language.clone(), source_folder: folder, ..Material::default() },
    };
    gatherer.items(&book.items, None, &[]);
    gatherer.unlisted();
    gatherer.material
}

struct Gatherer<'a> {
    host: &'a Host,
    wording: &'a Wording,
    summary: SummaryLines,
    diagnostics: &'a mut Diagnostics,
    material: Material,
}

impl Gatherer<'_> {
    fn items(&mut self, items: &[BookItem], part: Option<&str>, above: &[String]) {
        let mut part = part.map(str::to_owned);
        let mut numbered = false;
        for item in items {
            match item {
                BookItem::PartTitle(title) => part = Some(title.clone()),
                BookItem::Separator => {}
                BookItem::Chapter(chapter) => {
                    numbered |= chapter.number.is_some();
                    // Behind all parts come the chapters that belong to none.
                    if above.is_empty() && numbered && chapter.number.is_none() {
                        part = None;
                    }
                    let number = self.material.chapter_count;
                    self.material.chapter_count += 1;
                    self.chapter(number, chapter, part.as_deref(), above);
                    let mut below = above.to_vec();
                    below.push(self.wording.without_mark(&chapter.name));
                    self.items(&chapter.sub_items, part.as_deref(), &below);
                }
            }
        }
    }

    fn chapter(&mut self, number: usize, chapter: &mdbook::book::Chapter, part: Option<&str>, above: &[String]) {
        // A draft has no page, so there is nothing to say about it.
        let Some(path) = &chapter.path else { return };
        let source = chapter.source_path.as_deref().map(|path| (path, SourcePath::new(path)));
        let page = PagePath::new(path, self.host.index);
        let (Some(page), None | Some((_, Some(_)))) = (page, &source) else {
            let message = format!("{} lies outside of the book's folder; move the file into it", path.display());
            self.diagnostics.push(Diagnostic::new(Code::PathOutside, message).at(self.summary.place(path)));
            return;
        };
        let source = source.and_then(|(_, source)| source);
        let text = source.as_ref().and_then(|source| self.text(source, true));
        let text = text.as_deref().unwrap_or(&chapter.content);
        let file = match &source {
            Some(source) => format!("{}{source}", self.material.source_folder),
            None => page.chapter().to_owned(),
        };
        let (front_matter, written) = read(text, &file, self.wording, self.diagnostics);
        let received =
            if chapter.content == text { written.clone() } else { received(&chapter.content, text, self.wording) };
        let origin = Origin::Summary(self.summary.place(chapter.source_path.as_deref().unwrap_or(path)));
        self.material.chapters.push(notebook::Chapter {
            number,
            name: Fact { value: chapter.name.clone(), origin },
            bare_name: self.wording.without_mark(&chapter.name),
            mark: self.wording.mark(&chapter.name).map(|mark| mark.status),
            page,
            source,
            front_matter,
            written,
            received,
            section: part.map(str::to_owned).into_iter().chain(above.iter().cloned()).collect(),
        });
    }

    /// The text of a file as mdBook sees it: without a byte order mark.
    fn text(&mut self, source: &SourcePath, listed: bool) -> Option<String> {
        let path = self.host.root.join(&self.host.source).join(source.as_str());
        // A chapter whose file another plugin made up has only its content.
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if listed && error.kind() == std::io::ErrorKind::NotFound => return None,
            Err(error) if listed => {
                self.unreadable(source, &format!("it cannot be read ({error}); make it readable"));
                return None;
            }
            // What is wrong in a file that nobody lists is no problem of the book yet.
            Err(_) => return None,
        };
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                Some(text)
            }
            Err(_) if !listed => None,
            Err(error) => {
                let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
                self.unreadable(source, &format!("line {} is not UTF-8; save the file as UTF-8", line + 1));
                None
            }
        }
    }

    fn unreadable(&mut self, source: &SourcePath, why: &str) {
        let place = Place::file(format!("{}{source}", self.material.source_folder));
        self.diagnostics.push(Diagnostic::new(Code::FileUnreadable, why).at(place));
    }

    /// The Markdown files below the source folder that no chapter shows.
    fn unlisted(&mut self) {
        let root = self.host.root.join(&self.host.source);
        let listed: std::collections::BTreeSet<SourcePath> =
            self.material.chapters.iter().filter_map(|chapter| chapter.source.clone()).collect();
        let build = self.host.root.join(&self.host.build);
        let walk = WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules" || entry.path() == build)
        });
        // What the operating system will not show us, mdBook will not show either.
        for entry in walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
            let path = entry.path();
            if path.extension().is_none_or(|extension| extension != "md")
                || path.file_name().is_some_and(|name| name == "SUMMARY.md")
            {
                continue;
            }
            let Some(source) = path.strip_prefix(&root).ok().and_then(SourcePath::new) else { continue };
            if listed.contains(&source) {
                continue;
            }
            let Some(text) = self.text(&source, false) else { continue };
            let (front_matter, written) = read(&text, source.as_str(), self.wording, &mut Diagnostics::default());
            self.material.unlisted.push(Unlisted { source, front_matter, written });
        }
    }
}

fn read(text: &str, file: &str, wording: &Wording, diagnostics: &mut Diagnostics) -> (FrontMatter, Anatomy) {
    let block = front_matter::find(text);
    let found = block.map(|block| front_matter::read(block, file, wording, diagnostics)).unwrap_or_default();
    (found, Anatomy::of(text, block.map_or(0, |block| block.end), wording))
}

/// The parts of a text that an earlier plugin changed. What it wrote above the file's front matter does not make that
/// a part of the text.
fn received(content: &str, file: &str, wording: &Wording) -> Anatomy {
    if let Some(block) = front_matter::find(content) {
        return Anatomy::of(content, block.end, wording);
    }
    let block = front_matter::find(file).map(|block| &file[..block.end]).filter(|block| !block.is_empty());
    let mut places = block.into_iter().flat_map(|block| content.match_indices(block));
    match (places.next(), places.next()) {
        (Some((at, block)), None) if content[..at].ends_with('\n') => {
            Anatomy::behind(content, at..at + block.len(), wording)
        }
        _ => Anatomy::of(content, 0, wording),
    }
}

/// On which line of `SUMMARY.md` a file is listed.
struct SummaryLines {
    file: String,
    lines: BTreeMap<PathBuf, usize>,
}

impl SummaryLines {
    fn read(host: &Host, folder: &str) -> Self {
        let text = fs::read_to_string(host.root.join(&host.source).join("SUMMARY.md")).unwrap_or_default();
        let mut lines = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            let Some((_, target)) = line.rsplit_once("](") else { continue };
            let target = target.trim_end().strip_suffix(')').unwrap_or(target).trim_matches(['<', '>']);
            // mdBook decodes spaces and nothing else.
            let target = target.replace("%20", " ");
            lines.entry(clean(Path::new(&target))).or_insert(at + 1);
        }
        Self { file: format!("{folder}SUMMARY.md"), lines }
    }

    fn place(&self, path: &Path) -> Place {
        let line = self.lines.get(&clean(path)).copied();
        Place { line, ..Place::file(&self.file) }
    }
}

fn clean(path: &Path) -> PathBuf {
    path.components().filter(|component| !matches!(component, std::path::Component::CurDir)).collect()
}
