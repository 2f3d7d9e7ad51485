//! How many bytes a search loads: as files, and as a server sends them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Bytes of files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) raw: u64,
    /// After `gzip -6`, each file by itself.
    pub(crate) zipped: u64,
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.zipped += other.zipped;
    }
}

/// The sizes of the files of a folder, each of which is compressed once.
pub(crate) struct Sizes {
    folder: PathBuf,
    known: BTreeMap<String, Size>,
}

impl Sizes {
    pub(crate) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), known: BTreeMap::new() }
    }

    /// The size of a file, given its path; nothing for what is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn file(&mut self, path: &str) -> Result<Size> {
        if let Some(size) = self.known.get(path) {
            return Ok(*size);
        }
        let file = self.folder.join(path);
        let size = if file.is_file() { size_of(&fs::read(file)?)? } else { Size::default() };
        self.known.insert(path.to_owned(), size);
        Ok(size)
    }

    /// The same of some files.
    ///
    /// # Errors
    /// The same.
    pub(crate) fn files(&mut self, paths: &[String]) -> Result<Size> {
        let mut all = Size::default();
        for path in paths {
            all += self.file(path)?;
        }
        Ok(all)
    }
}

fn size_of(content: &[u8]) -> Result<Size> {
    let mut zipped = GzEncoder::new(Vec::new(), Compression::new(6));
    zipped.write_all(content)?;
    Ok(Size { raw: content.len() as u64, zipped: zipped.finish()?.len() as u64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_has_no_size() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a.js"), "显存".repeat(100))?;
        let mut sizes = Sizes::of(folder.path());
        let size = sizes.files(&["a.js".to_owned(), "-then".to_owned()])?;
        assert!(size.raw == 600 && size.zipped < 60, "{size:?}");
        Ok(())
    }
}
