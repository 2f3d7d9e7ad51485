//! Where the destination of a link leads.
//!
//! ```text
//! in a/b.md:   ./c.md#d                                  →     the note a/c.md, fragment d
//!              ../e/                                     →     the index of the folder e, if it has one
//!              https://github.com/o/r/blob/main/e/f.md   →     the note e/f.md, when o/r is the book's repository
//!              script.py                                 →     a file that is not in the book
//!              ../../../x.md                             →     out of the repository
//! ```
//!
//! Everything here is a path from the root of the repository, or from the book's where there is none. A note has two
//! of them when its file in the book is a link: where mdBook sees it, and where its author keeps it. Authors write
//! links for the second, and in most books both are the same.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::platforms::redirect;
use crate::values::{Location, Repository, SourcePath};

/// What is at a path that is no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Nothing.
    Nothing,
}

/// The files that links can lead to.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The notes, each under both of its paths.
    pub notes: BTreeMap<String, SourcePath>,
    /// Where each note really is.
    pub reals: BTreeMap<SourcePath, String>,
    /// Whatever else links were seen to lead to.
    pub others: BTreeMap<String, PathKind>,
    /// The folder of the sources, with a slash at its end.
    pub sources: String,
    /// The book's own folder, with a slash at its end; empty for the root of the repository.
    pub root: String,
    /// Where the repository is shown.
    pub repository: Repository,
    /// The address at which the site is published, with a slash at its end.
    pub site: Option<String>,
}

/// Where a destination leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination<'a> {
    /// Another site, or nothing that a path could say.
    Elsewhere,
    /// A place on the same page.
    Here {
        /// The decoded fragment.
        fragment: String,
    },
    /// A note, in the book or beside it.
    Note {
        /// Its file.
        source: &'a SourcePath,
        /// The decoded fragment.
        fragment: Option<String>,
        /// Whether the destination is a relative path to the file where mdBook sees it.
        plain: bool,
        /// Whether it names no file, but the page that mdBook makes of one: `index.md` for `README.md`.
        page_only: bool,
    },
    /// A file that mdBook copies, and finds as it is written.
    Asset {
        /// Where the file really is, from the root of the repository.
        path: String,
    },
    /// A file or a folder of the repository that is not in the book.
    File {
        /// Its path from the root of the repository.
        path: String,
        /// What it is.
        found: PathKind,
        /// What stands behind it: `#…`, as written.
        fragment: Option<String>,
        /// Whether the destination was an address on the web, which shows the file already.
        web: bool,
    },
    /// Nothing is there.
    Nothing {
        /// The path that was looked for, from the root of the repository.
        path: String,
        /// Whether the destination was an address on the web, which may show what is on another branch.
        web: bool,
    },
    /// It leads out of the repository.
    Outside,
}

impl Files {
    /// Where a destination on a page at `from` leads.
    #[must_use]
    pub fn destination(&self, from: &Location, destination: &str) -> Destination<'_> {
        let led = led_on(destination);
        if let Some(page) = led.as_deref().and_then(|led| self.on_own_site(led)) {
            return page;
        }
        let destination = led.as_deref().unwrap_or(destination);
        if let Some(fragment) = destination.strip_prefix('#') {
            return Destination::Here { fragment: decoded(fragment) };
        }
        if has_scheme(destination) {
            return self.by_address(destination);
        }
        // `//host/path` is another site; an empty destination is this page.
        if destination.starts_with("//") || destination.is_empty() {
            return Destination::Elsewhere;
        }
        let (path, fragment) = split(destination);
        if path.is_empty() {
            return Destination::Elsewhere;
        }
        let candidates = candidates(from, &path, &self.sources);
        if candidates.is_empty() {
            return Destination::Outside;
        }
        self.by_path(candidates, path.starts_with('/'), fragment)
    }

    /// The note whose page an address of the book's own site shows. Who links that directly may mean the site; who was led
    /// there by another one copied a link between notes.
    fn on_own_site(&self, address: &str) -> Option<Destination<'_>> {
        let bare = |address: &'_ str| address.split_once("://").map(|(_, rest)| rest.to_owned());
        let (address, site) = (bare(address)?, bare(self.site.as_deref()?)?);
        let (path, fragment) = split(address.strip_prefix(&site)?);
        let page = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        let source = self.note(&format!("{}{page}", self.sources))?;
        let fragment = fragment.as_deref().map(decoded);
        Some(Destination::Note { source, fragment, plain: false, page_only: false })
    }

    /// Where an address leads.
    fn by_address(&self, destination: &str) -> Destination<'_> {
        match self.repository.shown(destination) {
            Some(shown) if shows_lines(destination) && self.note(&shown.path).is_some() => {
                Destination::File { path: shown.path, found: PathKind::File, fragment: shown.fragment, web: true }
            }
            Some(shown) => self.on_the_web(shown.path, shown.fragment),
            None => Destination::Elsewhere,
        }
    }

    /// What is at the first of several paths that has something; `rooted` says whether the link began with a slash.
    fn by_path(&self, candidates: Vec<String>, rooted: bool, fragment: Option<String>) -> Destination<'_> {
        for (at, candidate) in candidates.iter().enumerate() {
            if let Some(source) = self.note(candidate) {
                let is_file = self.notes.contains_key(candidate) || candidate.ends_with(".html");
                let plain = at == 0 && !rooted && is_file;
                let fragment = fragment.as_deref().map(decoded);
                return Destination::Note { source, fragment, plain, page_only: false };
            }
            let copied = candidate.starts_with(&self.sources) && !candidate.ends_with(".md") && !rooted;
            match self.others.get(candidate) {
                Some(found @ (PathKind::File | PathKind::Folder)) => {
                    // A folder of links that mirrors another one is no place to show anybody.
                    let real = candidates.last().filter(|real| !rooted && self.others.get(*real) == Some(found));
                    let path = real.unwrap_or(candidate).clone();
                    if *found == PathKind::File && at == 0 && copied {
                        return Destination::Asset { path };
                    }
                    return Destination::File { path, found: *found, fragment, web: false };
                }
                Some(PathKind::Nothing) | None => {}
            }
        }
        // mdBook writes `index.html` for `README.md`, and a link to `index.md` leads there.
        let index = |candidate: &String| {
            let folder = candidate.strip_suffix("index.md")?;
            (folder.is_empty() || folder.ends_with('/')).then(|| self.index(folder.trim_end_matches('/')))?
        };
        if let Some((at, source)) = candidates.iter().enumerate().find_map(|(at, path)| Some((at, index(path)?))) {
            let fragment = fragment.as_deref().map(decoded);
            return Destination::Note { source, fragment, plain: at == 0 && !rooted, page_only: true };
        }
        let mut candidates = candidates.into_iter();
        let path = if rooted { candidates.next() } else { candidates.next_back() }.unwrap_or_default();
        Destination::Nothing { path, web: false }
    }

    /// An address that shows a file as a page.
    fn on_the_web(&self, path: String, fragment: Option<String>) -> Destination<'_> {
        if let Some(source) = self.note(&path) {
            let fragment = fragment.as_deref().map(decoded);
            return Destination::Note { source, fragment, plain: false, page_only: false };
        }
        match self.others.get(&path) {
            Some(found @ (PathKind::File | PathKind::Folder)) => {
                Destination::File { path, found: *found, fragment, web: true }
            }
            _ => Destination::Nothing { path, web: true },
        }
    }

    /// The paths that somebody has to look at before [`Files::destination`] can tell where a destination leads.
    #[must_use]
    pub fn unknown(&self, from: &Location, destination: &str) -> Vec<String> {
        let led = led_on(destination);
        let destination = led.as_deref().unwrap_or(destination);
        let mut paths = if destination.starts_with('#') || destination.is_empty() || destination.starts_with("//") {
            Vec::new()
        } else if has_scheme(destination) {
            let shown = self.repository.shown(destination).map(|shown| shown.path);
            shown.into_iter().flat_map(|path| [self.mirrored(&path), Some(path)]).flatten().collect()
        } else {
            candidates(from, &split(destination).0, &self.sources)
        };
        paths.retain(|path| !self.notes.contains_key(path) && !self.others.contains_key(path));
        paths
    }

    /// Where a file of the repository is in the folder of the sources, if that mirrors the book's.
    fn mirrored(&self, path: &str) -> Option<String> {
        path.strip_prefix(&self.root).map(|path| format!("{}{path}", self.sources))
    }

    /// The path in the site of a file of the repository that mdBook copies.
    #[must_use]
    pub fn copied(&self, path: &str) -> Option<String> {
        let places = [self.mirrored(path), Some(path.to_owned())];
        let place = places
            .into_iter()
            .flatten()
            .find(|place| place.starts_with(&self.sources) && self.others.get(place) == Some(&PathKind::File))?;
        place.strip_prefix(&self.sources).map(str::to_owned)
    }

    /// The path in the site of a file or a folder of the sources that a destination names by `/`.
    #[must_use]
    pub fn rooted(&self, destination: &str, path: &str, found: PathKind) -> Option<String> {
        if !destination.starts_with('/') {
            return None;
        }
        match found {
            PathKind::File => self.copied(path),
            _ => path.strip_prefix(&self.sources).filter(|_| found == PathKind::Folder).map(|path| format!("{path}/")),
        }
    }

    /// The note at a path: the file, the index of a folder, or what becomes a page there.
    fn note(&self, path: &str) -> Option<&SourcePath> {
        if let Some(source) = self.notes.get(path) {
            return Some(source);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.') {
            Some((_, "md")) => None,
            Some((_, "html")) => self.note_of_page(path),
            // A folder can have a dot in its name, but somebody has seen it then.
            Some(_) if self.others.get(path) != Some(&PathKind::Folder) => None,
            _ => self.index(path),
        }
    }

    /// The index of a folder.
    fn index(&self, folder: &str) -> Option<&SourcePath> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut names = ["README.md", "readme.md", "Readme.md", "ReadMe.md", "index.md"].iter();
        names.find_map(|name| self.notes.get(&format!("{prefix}{name}")))
    }

    /// The note whose page mdBook writes to a path.
    fn note_of_page(&self, path: &str) -> Option<&SourcePath> {
        let stem = path.strip_suffix(".html")?;
        let index = stem.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        self.notes
            .get(&format!("{stem}.md"))
            .or_else(|| index.and_then(|folder| self.index(folder.trim_end_matches('/'))))
    }

    /// The path of a file for people: from the book's folder, where that can be said.
    #[must_use]
    pub fn for_people(&self, path: &str) -> String {
        match path.strip_prefix(&self.root) {
            Some(path) => path.to_owned(),
            None => format!("{}{path}", "../".repeat(self.root.matches('/').count())),
        }
    }
}

/// The paths that a relative destination can mean: from where mdBook sees the page, then from where its file is.
fn candidates(from: &Location, path: &str, sources: &str) -> Vec<String> {
    if let Some(path) = path.strip_prefix('/') {
        // GitHub begins at the root of the repository, other sites at the root of the book.
        return [joined("", path), joined(sources, path)].into_iter().flatten().collect();
    }
    let mut paths: Vec<String> = Vec::new();
    let real = (from.real != from.shown).then_some(&from.real);
    for file in [Some(&from.shown), real].into_iter().flatten() {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(path) = joined(folder, path)
            && !paths.contains(&path)
        {
            paths.push(path);
        }
    }
    paths
}

/// Follows a relative path from a folder; `None` when it leads out of the repository.
#[must_use]
pub fn joined(folder: &str, path: &str) -> Option<String> {
    // Without a list of the parts: this runs a few times for each link of a book.
    let mut joined = String::with_capacity(folder.len() + 1 + path.len());
    joined.push_str(folder.trim_end_matches('/'));
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// The decoded path of a destination, and what stands behind `#`.
fn split(destination: &str) -> (String, Option<String>) {
    let (path, fragment) = match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (destination, None),
    };
    (decoded(path.split('?').next().unwrap_or(path)), fragment)
}

/// Whether an address of a repository shows lines of a file, `#L3` and `#L3-L5`. Rendered notes have no lines, so these
/// are no headings of them.
fn shows_lines(address: &str) -> bool {
    let is_line = |part: &str| {
        let number = part.strip_prefix('L').map(|rest| rest.split_once('C').map_or(rest, |(line, _)| line));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    address.split_once('#').is_some_and(|(_, fragment)| fragment.splitn(3, '-').all(is_line))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Where an address of a site that leads on leads, if that is an address as well: no site leads to a path of this book.
fn led_on(destination: &str) -> Option<String> {
    redirect::target(destination).filter(|led| has_scheme(led) || led.starts_with("//"))
}

/// Whether a destination begins with a scheme such as `https:` or `mailto:`.
fn has_scheme(destination: &str) -> bool {
    let Some((scheme, _)) = destination.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn files() -> Files {
        let note = |path: &str| (path.to_owned(), SourcePath::new(Path::new(&path.replace("book/", ""))).unwrap());
        let mut notes: BTreeMap<String, SourcePath> =
            ["book/a/b.md", "book/a/c.md", "book/e/README.md"].map(note).into();
        for path in ["a/b.md", "a/c.md", "e/README.md"] {
            notes.insert(path.to_owned(), SourcePath::new(Path::new(path)).unwrap());
        }
        let others = [
            ("book/a/x.png", PathKind::File),
            ("a/x.png", PathKind::File),
            ("a/s.py", PathKind::File),
            ("a", PathKind::Folder),
            ("book/a", PathKind::Folder),
        ];
        Files {
            notes,
            reals: BTreeMap::new(),
            others: others.map(|(path, found)| (path.to_owned(), found)).into(),
            sources: "book/".to_owned(),
            root: String::new(),
            repository: Repository {
                address: Some("https://github.com/o/r".to_owned()),
                branches: vec!["main".to_owned()],
            },
            site: None,
        }
    }

    #[test]
    fn where_links_of_a_linked_note_lead() {
        let files = files();
        let from = Location { shown: "book/a/b.md".to_owned(), real: "a/b.md".to_owned() };
        let to = |destination: &str| match files.destination(&from, destination) {
            Destination::Note { source, fragment, plain, page_only } => {
                format!(
                    "{source}{}{}{}",
                    fragment.map(|f| format!(" #{f}")).unwrap_or_default(),
                    if plain { " plain" } else { "" },
                    if page_only { " page" } else { "" }
                )
            }
            Destination::File { path, found, .. } => format!("{path} {found:?}"),
            other => format!("{other:?}"),
        };
        for (destination, want) in [
            ("c.md", "a/c.md plain"),
            ("https://link.zhihu.com/?target=c.md", "Elsewhere"),
            ("https://link.zhihu.com/?target=gone.example", "Elsewhere"),
            ("https://link.zhihu.com/?target=%23d", "Elsewhere"),
            ("./c.md#%E6%98%BE", "a/c.md #显 plain"),
            ("../e/", "e/README.md"),
            ("../e", "e/README.md"),
            ("../e/README.md", "e/README.md plain"),
            ("/e/README.md", "e/README.md"),
            ("https://github.com/o/r/blob/main/a/c.md#x", "a/c.md #x"),
            ("https://github.com/o/r/tree/main/e", "e/README.md"),
            ("https://github.com/o/r/blob/main/a/c.md?plain=1", "a/c.md"),
            ("https://github.com/o/r/blob/main/a/c.md?plain=1#L3-L5", "a/c.md File"),
            ("https://github.com/o/r/blob/main/a/c.md#L3C1-L5C2", "a/c.md File"),
            ("https://github.com/o/r/blob/main/a/c.md#L3-train", "a/c.md #L3-train"),
            ("https://github.com/o/r/blob/main/a/c.md#Low", "a/c.md #Low"),
            ("https://example.org/a", "Elsewhere"),
            ("mailto:a@b.c", "Elsewhere"),
            ("#x", "Here { fragment: \"x\" }"),
            ("x.png", "Asset { path: \"a/x.png\" }"),
            ("c.html#x", "a/c.md #x plain"),
            ("../e/index.html", "e/README.md plain"),
            ("../e/index.md", "e/README.md plain page"),
            ("../e/index.md#x", "e/README.md #x plain page"),
            ("/e/index.md", "e/README.md page"),
            ("index.md", "Nothing { path: \"a/index.md\", web: false }"),
            ("s.py", "a/s.py File"),
            (".", "a Folder"),
            ("nothing.md", "Nothing { path: \"a/nothing.md\", web: false }"),
            ("../../../x.md", "Outside"),
            ("", "Elsewhere"),
        ] {
            assert_eq!(to(destination), want, "{destination}");
        }
        assert_eq!(files.unknown(&from, "t.py"), ["book/a/t.py", "a/t.py"]);
        assert!(files.unknown(&from, "c.md").is_empty());
    }
}
