//! Two kinds of paths that look alike: where a note's text lies, and where its page will be.

use std::fmt;
use std::path::{Component, Path};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What has to be written as `%XX` in the path of a link: what RFC 3986 keeps out of a path, and `%` itself, because
/// a file may really be called `100%20.md`.
pub(crate) const IN_A_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A Markdown file, relative to the book's source folder, with forward slashes. The name of the real file:
/// `rlhf/README.md` stays `rlhf/README.md`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(String);

/// A page, named by its chapter's path (`rlhf/index.md` for a `README.md`), relative to the site's root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PagePath(String);

/// Where a note lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// Where mdBook sees it.
    pub shown: String,
    /// Where its file really is.
    pub real: String,
}

/// Joins the normal components of a relative path; `None` when it leaves the folder it starts from.
pub fn inside(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

impl SourcePath {
    /// The path of a file; `None` when it lies outside of the source folder or is not UTF-8.
    #[must_use]
    pub fn new(path: &Path) -> Option<Self> {
        inside(path).map(Self)
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders above the file, outermost first.
    #[must_use]
    pub fn folders(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.0.split('/').collect();
        parts.pop();
        parts
    }

    /// The file's name without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or(&self.0);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether mdBook's `index` preprocessor turns a file with this stem into the index of its folder.
#[must_use]
pub(crate) fn is_readme(stem: &str) -> bool {
    stem.eq_ignore_ascii_case("readme")
}

impl PagePath {
    /// The page of a chapter; `None` when it would lie outside of the site.
    ///
    /// `index` says whether mdBook's `index` preprocessor runs, which makes `README.md` the index of its folder.
    #[must_use]
    pub fn new(chapter: &Path, index: bool) -> Option<Self> {
        let path = inside(chapter)?;
        let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if index && is_readme(stem) {
            return Some(Self(if folder.is_empty() { "index.md".to_owned() } else { format!("{folder}/index.md") }));
        }
        Some(Self(path))
    }

    /// The chapter's path, as mdBook names it.
    #[must_use]
    pub fn chapter(&self) -> &str {
        &self.0
    }

    /// The HTML file, relative to the site's root.
    #[must_use]
    pub fn html(&self) -> String {
        let stem_end = match (self.0.rfind('.'), self.0.rfind('/')) {
            (Some(dot), slash) if slash.is_none_or(|slash| dot > slash + 1) => dot,
            _ => self.0.len(),
        };
        format!("{}.html", &self.0[..stem_end])
    }

    /// How deep the page lies: 0 at the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// A link to this page's HTML file from another page, percent-encoded.
    #[must_use]
    pub fn link_from(&self, from: &Self) -> String {
        let link = relative(&from.0, &self.html());
        // mdBook takes whatever follows `.md` in a link for the end of a file name.
        link.replace(".md", "%2Emd")
    }

    /// A link to this page's Markdown file from another page's, percent-encoded, for renderers that keep Markdown.
    #[must_use]
    pub fn markdown_link_from(&self, from: &Self) -> String {
        relative(&from.0, &self.0)
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The way from one file to another below the same root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let (from_folders, to_folders) = (&from[..from.len() - 1], &to[..to.len() - 1]);
    let shared = from_folders.iter().zip(to_folders).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), from_folders.len() - shared);
    let down = to[shared..].iter().map(|part| utf8_percent_encode(part, IN_A_PATH).to_string());
    let link = up.chain(down).collect::<Vec<_>>().join("/");
    // `a:b.html` would be read as a scheme.
    if link.split('/').next().is_some_and(|first| first.contains(':')) { format!("./{link}") } else { link }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> PagePath {
        PagePath::new(Path::new(path), true).unwrap()
    }

    #[test]
    fn readme_is_the_index_of_its_folder() {
        assert_eq!(page("README.md").html(), "index.html");
        assert_eq!(page("rlhf/readme.md").html(), "rlhf/index.html");
        assert_eq!(page("rlhf/readme_en.md").html(), "rlhf/readme_en.html");
        assert_eq!(PagePath::new(Path::new("a/README.md"), false).unwrap().html(), "a/README.html");
        assert_eq!(SourcePath::new(Path::new("a/README.md")).unwrap().as_str(), "a/README.md");
    }

    #[test]
    fn links_between_any_two_depths() {
        for (from, to, link) in [
            ("zh/a/x.md", "en/a/x.md", "../../en/a/x.html"),
            ("x.md", "x_zh.md", "x_zh.html"),
            ("a/b/c.md", "a/d.md", "../d.html"),
            ("a/README.md", "a/readme_en.md", "readme_en.html"),
            ("index.md", "zh/README.md", "zh/index.html"),
            ("zh/a.md", "en/Scheduler 技术变迁.md", "../en/Scheduler%20%E6%8A%80%E6%9C%AF%E5%8F%98%E8%BF%81.html"),
            ("a.md", "Q&A's.md", "Q&A's.html"),
            ("a.md", "100%20.md", "100%2520.html"),
            ("a.md", "b: c.md", "./b:%20c.html"),
            ("a.md", "why.mdbook.md", "why%2Emdbook.html"),
        ] {
            assert_eq!(page(to).link_from(&page(from)), link);
        }
        assert_eq!(page("en/a b.md").markdown_link_from(&page("zh/x.md")), "../en/a%20b.md");
    }

    #[test]
    fn what_lies_outside_is_no_path() {
        for path in ["../x.md", "a/../../x.md", "/etc/passwd", ""] {
            assert_eq!(SourcePath::new(Path::new(path)), None, "{path}");
        }
        assert_eq!(SourcePath::new(Path::new("./a/../b.md")).unwrap().as_str(), "b.md");
    }
}
