//! The repository that a book lies in, as a site on the web shows it.
//!
//! ```text
//! https://github.com/o/r/blob/main/a/b.md#c              ↔     a/b.md, a file
//! https://github.com/o/r/tree/main/a                     ↔     a, a folder
//! https://raw.githubusercontent.com/o/r/main/a/b.png     →     a/b.png, a file
//! https://github.com/o/r/compare/1a2b...3c4d#diff-5e6f   ←     what changed in a file between two commits
//! ```

use percent_encoding::{percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::values::path::IN_A_PATH;

/// A repository and where it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repository {
    /// Its address without a slash at the end; `None` when nobody says.
    pub address: Option<String>,
    /// The branches whose pages are the book's files; links are written for the first.
    pub branches: Vec<String>,
}

/// What an address shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A page about a file.
    Blob,
    /// A page about a folder.
    Tree,
    /// The file itself.
    Raw,
}

/// A path in the repository, decoded, and the fragment behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryPath {
    /// The path from the root of the repository; empty for the root.
    pub path: String,
    /// What stands behind `#`, as written.
    pub fragment: Option<String>,
}

impl Repository {
    /// Reads the address that a repository is configured or cloned with: `https://…`, `git@host:owner/name.git`.
    #[must_use]
    pub fn normalised(address: &str) -> Option<String> {
        let address = address.trim().trim_end_matches('/');
        let address = address.strip_suffix(".git").unwrap_or(address);
        if let Some(rest) = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")) {
            // A token in front of the host is nobody else's business.
            let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
            return rest.contains('/').then(|| format!("https://{rest}"));
        }
        let rest = address.strip_prefix("ssh://").unwrap_or(address).strip_prefix("git@")?;
        let (host, path) = rest.split_once([':', '/'])?;
        // `ssh://git@host:22/owner/name` has a port, and GitHub a host of its own for those who need port 443.
        let path = match path.split_once('/') {
            Some((port, path)) if address.starts_with("ssh://") && port.bytes().all(|b| b.is_ascii_digit()) => path,
            _ => path,
        };
        let host = if host == "ssh.github.com" { "github.com" } else { host };
        (host.contains('.') && path.contains('/')).then(|| format!("https://{host}/{path}"))
    }

    /// The branch that `edit-url-template` names. `root` is the book's folder in the repository, with a slash at its
    /// end, which stands between the branch and the path.
    #[must_use]
    pub fn branch_of_template<'a>(template: &'a str, root: &str) -> Option<&'a str> {
        let (_, rest) = template.split_once("/edit/").or_else(|| template.split_once("/blob/"))?;
        let (branch, _) = rest.split_once("/{path}").or_else(|| rest.split_once('/'))?;
        let (root, encoded) = (root.trim_end_matches('/'), Self::encoded(root.trim_end_matches('/')));
        let above = [root, &encoded].into_iter().find_map(|root| branch.strip_suffix(root)?.strip_suffix('/'));
        let branch = above.unwrap_or(branch);
        (!branch.is_empty()).then_some(branch)
    }

    /// What an address shows, when it shows a file or a folder of this repository.
    #[must_use]
    pub fn shown(&self, address: &str) -> Option<RepositoryPath> {
        let own = self.address.as_deref()?;
        let (address, fragment) = match address.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment.to_owned())),
            None => (address, None),
        };
        let address = address.split('?').next().unwrap_or(address);
        let path = match own.strip_prefix("https://github.com/") {
            Some(name) => strip_site(address, &format!("raw.githubusercontent.com/{name}"))
                .map(|rest| rest.strip_prefix("/refs/heads").unwrap_or(rest)),
            None => None,
        };
        let rest = match path {
            Some(rest) => rest,
            None => {
                let rest = strip_site(address, own.strip_prefix("https://")?)?;
                let rest = rest.strip_prefix("/-").unwrap_or(rest);
                let views = ["/blob", "/tree", "/raw", "/src/branch", "/src"];
                views.iter().find_map(|view| rest.strip_prefix(view).filter(|rest| rest.starts_with('/')))?
            }
        };
        let rest = percent_decode_str(rest).decode_utf8().ok()?;
        let rest = rest.strip_prefix('/')?;
        let path = self.branches.iter().filter_map(|branch| match rest.strip_prefix(branch.as_str())? {
            "" => Some(""),
            path => path.strip_prefix('/'),
        });
        // `release/2` comes before `release`.
        let path = path.min_by_key(|path| path.len())?;
        Some(RepositoryPath { path: path.trim_end_matches('/').to_owned(), fragment })
    }

    /// A path as it stands in an address.
    #[must_use]
    pub fn encoded(path: &str) -> String {
        path.split('/').map(|part| utf8_percent_encode(part, IN_A_PATH).to_string()).collect::<Vec<_>>().join("/")
    }

    /// The address of a path of this repository.
    #[must_use]
    pub fn address_of(&self, path: &str, view: View) -> Option<String> {
        let own = self.address.as_deref()?;
        let branch = self.branches.first().map_or("HEAD", String::as_str);
        let host = host_of(own)?;
        let name = match view {
            View::Blob => "blob",
            View::Tree => "tree",
            View::Raw => "raw",
        };
        let encode = Self::encoded;
        let view = if host.contains("gitlab") {
            format!("-/{name}/{}", encode(branch))
        } else if host.contains("codeberg") || host.contains("gitea") || host.contains("forgejo") {
            let kind = if view == View::Raw { "raw" } else { "src" };
            format!("{kind}/branch/{}", encode(branch))
        } else {
            format!("{name}/{}", encode(branch))
        };
        let path = encode(path);
        Some(if path.is_empty() { format!("{own}/{view}") } else { format!("{own}/{view}/{path}") })
    }

    /// The address of what changed behind the commit `since`, up to the commit `last`; where the site can be told to
    /// show one file of it, the file at `path`.
    #[must_use]
    pub fn difference(&self, since: &str, last: &str, path: &str) -> Option<String> {
        let own = self.address.as_deref()?;
        let host = host_of(own)?;
        let range = format!("{}...{}", Self::encoded(since), Self::encoded(last));
        Some(if host.contains("gitlab") {
            format!("{own}/-/compare/{range}")
        } else if host.contains("bitbucket") {
            // It has no page for two commits.
            return None;
        } else if host.contains("github") {
            // GitHub's anchor of a file in a difference is made of its path.
            let hash: String = Sha256::digest(path).iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{own}/compare/{range}#diff-{hash}")
        } else {
            format!("{own}/compare/{range}")
        })
    }
}

/// The host of a repository's address, by which its site can be told.
fn host_of(address: &str) -> Option<&str> {
    address.strip_prefix("https://")?.split('/').next()
}

/// What stands behind a host and a path in an address; their letters' case does not matter.
fn strip_site<'a>(address: &'a str, site: &str) -> Option<&'a str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let head = rest.get(..site.len())?;
    head.eq_ignore_ascii_case(site).then(|| &rest[site.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn github() -> Repository {
        Repository {
            address: Some("https://github.com/o/r".to_owned()),
            branches: ["main", "release", "release/2"].map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn addresses_are_read_as_people_clone_them() {
        for text in [
            "https://github.com/o/r",
            "https://github.com/o/r.git",
            "http://github.com/o/r/",
            "git@github.com:o/r.git",
            "ssh://git@github.com/o/r.git",
            "ssh://git@ssh.github.com:443/o/r.git",
            "ssh://git@github.com:22/o/r",
            "https://user:token@github.com/o/r.git",
        ] {
            assert_eq!(Repository::normalised(text).as_deref(), Some("https://github.com/o/r"), "{text}");
        }
        for text in ["", "/some/folder", "../r.bundle", "file:///x", "https://github.com"] {
            assert_eq!(Repository::normalised(text), None, "{text}");
        }
        for (behind, root, branch) in [
            ("main/{path}", "", "main"),
            ("a/b/{path}", "", "a/b"),
            ("main/docs/a%20b/{path}", "docs/a b/", "main"),
            ("a/b/docs/{path}", "docs/", "a/b"),
            ("docs/{path}", "docs/", "docs"),
        ] {
            let template = format!("https://github.com/o/r/edit/{behind}");
            assert_eq!(Repository::branch_of_template(&template, root), Some(branch), "{template}");
        }
    }

    #[test]
    fn own_addresses_show_own_files() {
        let repository = github();
        let shown = |address: &str| repository.shown(address).map(|shown| (shown.path, shown.fragment));
        let path = |path: &str| Some((path.to_owned(), None));
        for (address, want) in [
            ("https://github.com/o/r/blob/main/a/b.md", path("a/b.md")),
            ("http://www.github.com/O/R/blob/main/a/b.md?plain=1", path("a/b.md")),
            ("https://github.com/o/r/tree/main/a/", path("a")),
            ("https://github.com/o/r/tree/main", path("")),
            ("https://github.com/o/r/raw/main/a%20b/%E7%AC%94.png", path("a b/笔.png")),
            ("https://raw.githubusercontent.com/o/r/main/a.png", path("a.png")),
            ("https://raw.githubusercontent.com/o/r/refs/heads/main/a.png", path("a.png")),
            ("https://github.com/o/r/blob/release/2/a.md", path("a.md")),
            ("https://github.com/o/r/blob/main/a.md#x%20y", Some(("a.md".into(), Some("x%20y".into())))),
            ("https://github.com/o/r/blob/other/a.md", None),
            ("https://github.com/o/r/issues/131", None),
            ("https://github.com/o/r2/blob/main/a.md", None),
            ("https://github.com/o/r", None),
            ("https://example.org/o/r/blob/main/a.md", None),
        ] {
            assert_eq!(shown(address), want, "{address}");
        }
    }

    #[test]
    fn addresses_of_files_on_several_sites() {
        let at = |address: &str| Repository { address: Some(address.to_owned()), branches: vec!["main".to_owned()] };
        for (site, want) in [
            ("https://github.com/o/r", "https://github.com/o/r/blob/main/a%20b.py"),
            ("https://gitee.com/o/r", "https://gitee.com/o/r/blob/main/a%20b.py"),
            ("https://gitlab.com/o/g/r", "https://gitlab.com/o/g/r/-/blob/main/a%20b.py"),
            ("https://codeberg.org/o/r", "https://codeberg.org/o/r/src/branch/main/a%20b.py"),
        ] {
            let repository = at(site);
            let address = repository.address_of("a b.py", View::Blob).unwrap();
            assert_eq!(address, want);
            assert_eq!(repository.shown(&address).unwrap().path, "a b.py");
        }
        let mut repository = github();
        repository.branches.clear();
        assert_eq!(repository.address_of("", View::Tree).unwrap(), "https://github.com/o/r/tree/HEAD");
    }

    #[test]
    fn differences_on_several_sites() {
        let at = |address: &str| Repository { address: Some(address.to_owned()), branches: Vec::new() };
        for (site, want) in [
            (
                "https://github.com/o/r",
                "https://github.com/o/r/compare/1a2b...3c4d#diff-b335630551682c19a781afebcf4d07bf978fb1f8ac04c6bf87428ed5106870f5",
            ),
            ("https://gitee.com/o/r", "https://gitee.com/o/r/compare/1a2b...3c4d"),
            ("https://gitlab.com/o/g/r", "https://gitlab.com/o/g/r/-/compare/1a2b...3c4d"),
            ("https://codeberg.org/o/r", "https://codeberg.org/o/r/compare/1a2b...3c4d"),
        ] {
            assert_eq!(at(site).difference("1a2b", "3c4d", "README.md").as_deref(), Some(want));
        }
        assert_eq!(Repository::default().difference("1a2b", "3c4d", "README.md"), None);
    }
}
