//! Files as an archive, such that the same files are the same bytes on every machine and every day.
//!
//! Entries are sorted by their names; each belongs to nobody in particular, has one of two modes and the one time that was
//! asked for; and the head of the gzip file says neither a name nor a time.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// The files of an archive, by their paths in it, with slashes.
pub type Entries = BTreeMap<String, Entry>;

/// A file of an archive.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is in it.
    pub content: Content,
    /// Whether it is a program.
    pub is_executable: bool,
}

/// Where what is in a file comes from.
#[derive(Clone, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file on this machine, which may be large.
    File(PathBuf),
}

/// How an archive is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The time of all files, in seconds since 1970.
    pub time: i64,
    /// Whether a small archive is worth the time: tests say no.
    pub is_small: bool,
}

impl Entry {
    /// A file that is no program.
    #[must_use]
    pub fn text(bytes: impl Into<Vec<u8>>) -> Self {
        Self { content: Content::Bytes(bytes.into()), is_executable: false }
    }

    /// A program on this machine.
    #[must_use]
    pub fn program(path: PathBuf) -> Self {
        Self { content: Content::File(path), is_executable: true }
    }

    fn mode(&self) -> u32 {
        if self.is_executable { 0o755 } else { 0o644 }
    }

    /// What is in it, and how many bytes that are.
    fn open(&self) -> Result<(u64, Box<dyn Read + '_>)> {
        Ok(match &self.content {
            Content::Bytes(bytes) => (bytes.len() as u64, Box::new(bytes.as_slice())),
            Content::File(path) => {
                let file = File::open(path).with_context(|| format!("could not read {}", path.display()))?;
                (file.metadata()?.len(), Box::new(BufReader::new(file)))
            }
        })
    }
}

impl Style {
    fn compression(self) -> Compression {
        if self.is_small { Compression::best() } else { Compression::none() }
    }
}

/// Writes an archive, a `.zip` if its name says so and else a `.tar.gz`.
///
/// # Errors
/// When a file cannot be read, or the archive not be written.
pub fn write(path: &Path, entries: &Entries, style: Style) -> Result<()> {
    let file = File::create(path).with_context(|| format!("could not write {}", path.display()))?;
    let is_zip = path.extension().is_some_and(|extension| extension == "zip");
    let mut out = BufWriter::new(file);
    let written = if is_zip { write_zip(&mut out, entries, style) } else { write_tar_gz(&mut out, entries, style) };
    written.and_then(|()| Ok(out.flush()?)).with_context(|| format!("could not write {}", path.display()))
}

fn write_tar_gz(out: impl Write, entries: &Entries, style: Style) -> Result<()> {
    let gzip = GzBuilder::new().write(out, style.compression());
    let mut tar = tar::Builder::new(gzip);
    for (name, entry) in entries {
        let (size, content) = entry.open()?;
        let mut header = tar::Header::new_ustar();
        header.set_size(size);
        header.set_mode(entry.mode());
        header.set_mtime(u64::try_from(style.time).context("the time is before 1970")?);
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, name, content)?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}

fn write_zip(out: impl Write + Seek, entries: &Entries, style: Style) -> Result<()> {
    let time = Timestamp::from_second(style.time)?.to_zoned(TimeZone::UTC).datetime();
    let [month, day, hour, minute, second] =
        [time.month(), time.day(), time.hour(), time.minute(), time.second()].map(i8::unsigned_abs);
    let time = zip::DateTime::from_date_and_time(time.year().unsigned_abs(), month, day, hour, minute, second)?;
    let method = if style.is_small { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let mut zip = zip::ZipWriter::new(out);
    for (name, entry) in entries {
        let (_, mut content) = entry.open()?;
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(style.is_small.then_some(9))
            .last_modified_time(time)
            .unix_permissions(entry.mode());
        zip.start_file(name, options)?;
        io::copy(&mut content, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}

/// Unpacks what [`write()`] has packed, or another archive of these kinds.
///
/// # Errors
/// When it cannot be read, or files cannot be written.
pub fn unpack(path: &Path, to: &Path) -> Result<()> {
    let file = File::open(path).with_context(|| format!("could not read {}", path.display()))?;
    if path.extension().is_some_and(|extension| extension == "zip") {
        zip::ZipArchive::new(file)?.extract(to)?;
    } else {
        let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
        // Cargo packs files with one old time, and would not see that they are others than those it has compiled.
        archive.set_preserve_mtime(false);
        archive.unpack(to)?;
    }
    Ok(())
}

/// The SHA-256 of a file, in hexadecimal digits.
///
/// # Errors
/// When it cannot be read.
pub fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Entries {
        let text = |name: &str, text: &str| (name.to_owned(), Entry::text(text));
        Entries::from([text("a/README.md", "# 读我\n"), text("a/b.txt", "b")])
    }

    #[test]
    fn the_same_files_are_the_same_bytes() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for (name, is_small) in [("a.tar.gz", true), ("a.zip", true), ("b.tar.gz", false), ("b.zip", false)] {
            let style = Style { time: 1_700_000_000, is_small };
            let [first, second] = ["first", "second"].map(|it| folder.path().join(format!("{it}-{name}")));
            write(&first, &entries(), style)?;
            write(&second, &entries(), style)?;
            assert_eq!(std::fs::read(&first)?, std::fs::read(&second)?, "{name}");
            assert_eq!(sha256(&first)?, sha256(&second)?);
            write(&second, &entries(), Style { time: 1_700_000_100, is_small })?;
            assert_ne!(std::fs::read(&first)?, std::fs::read(&second)?, "{name}: the time is that which was asked for");
        }
        Ok(())
    }

    #[test]
    fn what_is_packed_is_there_again() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for (name, is_small) in [("a.tar.gz", true), ("a.zip", true), ("b.tar.gz", false), ("b.zip", false)] {
            let (path, to) = (folder.path().join(name), folder.path().join(format!("{name}-unpacked")));
            write(&path, &entries(), Style { time: 1_700_000_000, is_small })?;
            unpack(&path, &to)?;
            assert_eq!(std::fs::read_to_string(to.join("a/README.md"))?, "# 读我\n", "{name}");
            assert_eq!(std::fs::read_to_string(to.join("a/b.txt"))?, "b", "{name}");
        }
        Ok(())
    }

    #[test]
    fn entries_belong_to_nobody_and_have_the_time_that_was_asked_for() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.tar.gz");
        let program = Entry { is_executable: true, ..Entry::text("c") };
        let entries = entries().into_iter().chain([("a/c".to_owned(), program)]).collect();
        write(&path, &entries, Style { time: 1_700_000_000, is_small: true })?;
        let mut archive = tar::Archive::new(GzDecoder::new(File::open(&path)?));
        let mut seen = Vec::new();
        for file in archive.entries()? {
            let file = file?;
            let header = file.header();
            assert_eq!((header.uid()?, header.gid()?, header.mtime()?), (0, 0, 1_700_000_000));
            seen.push((file.path()?.display().to_string(), header.mode()?));
        }
        assert_eq!(seen, [("a/README.md".into(), 0o644), ("a/b.txt".into(), 0o644), ("a/c".to_owned(), 0o755)]);
        Ok(())
    }
}
