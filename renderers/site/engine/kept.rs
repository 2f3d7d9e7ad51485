//! Pages that were rendered before, for a server that builds the same book again and again.
//!
//! A page is what mdBook made of its chapter, of the names and addresses beside it, of the template and of the
//! configuration; its key is a hash of all of these. What is put into a page later is not in it: a new date or a new
//! title elsewhere costs no rendering. They lie in one file beside the site, which a build for readers does not write.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_bilingual_core::files::{lock, make_room};
use mdbook_renderer::book::Chapter;
use sha2::{Digest, Sha256};

use crate::split::Leaf;

/// The name of the file.
pub const FILE: &str = ".bilingual-site";

/// What the file begins with: another one is none of ours.
const BEGIN: &[u8] = concat!("bilingual-site ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

/// A hash of all that a page is made of.
pub type Key = [u8; 32];

/// Pages by their keys.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Kept {
    bytes: Vec<u8>,
    /// Where each is.
    pages: HashMap<Key, Range<usize>>,
}

impl Kept {
    /// What a file holds; nothing of one that is damaged, or of another version.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Self {
        let mut pages = HashMap::new();
        let mut rest = bytes.strip_prefix(BEGIN).unwrap_or_default();
        while let Some((key, behind)) = rest.split_first_chunk::<32>() {
            let Some((length, behind)) = behind.split_first_chunk::<8>() else { break };
            let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
            let Some((page, behind)) = behind.split_at_checked(length) else { break };
            let begin = bytes.len() - behind.len() - page.len();
            pages.insert(*key, begin..begin + length);
            rest = behind;
        }
        Self { bytes, pages }
    }

    /// The keys of all of them, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.pages.keys()
    }

    /// A page.
    #[must_use]
    pub fn page(&self, key: &Key) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(self.pages.get(key)?.clone())?).ok()
    }
}

/// Writes the file of pages into a folder, unless it holds just these. Whoever builds into the folder meanwhile waits.
///
/// # Errors
/// When it cannot be written.
pub fn write(folder: &Path, kept: &Kept, pages: &[(&Key, &str)]) -> Result<()> {
    if pages.len() == kept.pages.len() && pages.iter().all(|(key, _)| kept.page(key).is_some()) {
        return Ok(());
    }
    let _lock = lock(folder);
    let file = folder.join(FILE);
    make_room(&file)?;
    let write = || -> io::Result<()> {
        let mut file = BufWriter::new(File::create(&file)?);
        file.write_all(BEGIN)?;
        for (key, page) in pages {
            file.write_all(&key[..])?;
            file.write_all(&(page.len() as u64).to_le_bytes())?;
            file.write_all(page.as_bytes())?;
        }
        file.flush()
    };
    write().with_context(|| format!("{} cannot be written", file.display()))
}

/// The key of a page. `shared` is a hash of the template and the configuration.
#[must_use]
pub fn key(shared: &Key, leaf: &Leaf<'_>, title: Option<&str>) -> Key {
    let mut hash = Sha256::new();
    hash.update(shared);
    for chapter in [Some(&leaf.chapter), leaf.previous.as_ref(), leaf.next.as_ref()] {
        add(&mut hash, chapter);
    }
    piece(&mut hash, leaf.text);
    piece(&mut hash, title.unwrap_or("\0"));
    hash.finalize().into()
}

/// A hash of texts.
#[must_use]
pub fn shared<'t>(texts: impl Iterator<Item = &'t [u8]>) -> Key {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().into()
}

fn add(hash: &mut Sha256, chapter: Option<&Chapter>) {
    let Some(chapter) = chapter else { return piece(hash, "\0") };
    let path = |path: Option<&Path>| path.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    piece(hash, &chapter.name);
    piece(hash, &chapter.number.as_ref().map(ToString::to_string).unwrap_or_default());
    piece(hash, &path(chapter.path.as_deref()));
    piece(hash, &path(chapter.source_path.as_deref()));
}

fn piece(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_as_they_were_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let pages = [(&[1; 32], "<p>甲</p>"), (&[2; 32], "")];
        write(folder.path(), &Kept::default(), &pages).expect("a file");
        let bytes = std::fs::read(folder.path().join(FILE)).expect("the file");
        let kept = Kept::read(bytes.clone());
        assert_eq!(kept.page(&[1; 32]), Some("<p>甲</p>"));
        assert_eq!((kept.page(&[2; 32]), kept.page(&[3; 32])), (Some(""), None));
        for end in 0..bytes.len() {
            let _ = Kept::read(bytes[..end].to_vec());
        }
        assert_eq!(Kept::read(b"something else".to_vec()).page(&[1; 32]), None);
    }

    #[test]
    #[cfg(unix)]
    fn pages_are_not_written_through_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let mine = folder.path().join("mine");
        std::fs::write(&mine, "mine").expect("a file");
        std::os::unix::fs::symlink(&mine, folder.path().join(FILE)).expect("a link");
        write(folder.path(), &Kept::default(), &[(&[1; 32], "page")]).expect("a file");
        assert_eq!(std::fs::read_to_string(&mine).expect("the file"), "mine");
        assert!(Kept::read(std::fs::read(folder.path().join(FILE)).expect("the pages")).page(&[1; 32]).is_some());
    }

    #[test]
    fn a_page_is_another_when_anything_about_it_is() {
        let leaf = |name: &str, text: &'static str, next: Option<&str>| Leaf {
            chapter: Chapter::new(name, String::new(), "a.md", Vec::new()),
            text,
            previous: None,
            next: next.map(|name| Chapter::new(name, String::new(), "b.md", Vec::new())),
        };
        let shared = [0; 32];
        let first = key(&shared, &leaf("a", "text", Some("b")), None);
        assert_eq!(first, key(&shared, &leaf("a", "text", Some("b")), None));
        for other in [
            key(&[1; 32], &leaf("a", "text", Some("b")), None),
            key(&shared, &leaf("c", "text", Some("b")), None),
            key(&shared, &leaf("a", "other", Some("b")), None),
            key(&shared, &leaf("a", "text", Some("c")), None),
            key(&shared, &leaf("a", "text", None), None),
            key(&shared, &leaf("a", "text", Some("b")), Some("title")),
        ] {
            assert_ne!(first, other);
        }
    }
}
