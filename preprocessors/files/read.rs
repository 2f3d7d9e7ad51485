//! Reads regular files up to a size.

use std::borrow::Cow;
use std::fmt;
use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::diagnostic::Message;

/// How many bytes of a text are read. “War and Peace” has 3.2 million, and no note has more.
pub const LARGEST_TEXT: u64 = 4 << 20;

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    Missing,
    /// What keeps it from being read, and what to do.
    Unreadable(Message),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::Unreadable(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for Unread {}

/// Opens a regular file, or what a link to one leads to.
pub fn open(path: &Path) -> Result<File, Unread> {
    opened(path).map(|(file, _)| file)
}

/// The same, with what the system says of it.
fn opened(path: &Path) -> Result<(File, Metadata), Unread> {
    // To open some devices is to set them going, so the path is asked first; what was opened is asked again, because it
    // may have become another one in between.
    regular(fs::metadata(path).map_err(failed)?.file_type())?;
    let mut options = OpenOptions::new();
    options.read(true);
    // Otherwise a pipe is waited for until somebody writes into it.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    let file = options.open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    regular(metadata.file_type())?;
    Ok((file, metadata))
}

/// What a regular file holds that has so many bytes at most.
pub fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Unread> {
    let (file, metadata) = opened(path)?;
    let too_large = || {
        Unread::Unreadable(Message::new(
            format!("it is larger than {} MB, and so large a file is not read", largest >> 20),
            "divide it",
        ))
    };
    // Some files of the system say that they have no bytes, and have no end.
    if metadata.len() > largest {
        return Err(too_large());
    }
    // With room for all of it and for the end, there is little to ask the system for.
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    file.take(largest + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > largest { Err(too_large()) } else { Ok(bytes) }
}

/// The text of a file, without a byte order mark.
pub fn text(path: &Path) -> Result<String, Unread> {
    text_like(path, "").map(Cow::into_owned)
}

/// The text of a file, without a byte order mark, that most likely is this one: then nobody has to look whether it is one.
pub fn text_like<'l>(path: &Path, likely: &'l str) -> Result<Cow<'l, str>, Unread> {
    const MARK: &str = "\u{feff}";
    let mut bytes = bytes(path, LARGEST_TEXT)?;
    if bytes.starts_with(MARK.as_bytes()) {
        bytes.drain(..MARK.len());
    }
    if bytes == likely.as_bytes() { Ok(Cow::Borrowed(likely)) } else { decoded(bytes).map(Cow::Owned) }
}

/// The text of a file, with its byte order mark.
pub fn whole_text(path: &Path) -> Result<String, Unread> {
    decoded(bytes(path, LARGEST_TEXT)?)
}

fn decoded(bytes: Vec<u8>) -> Result<String, Unread> {
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
        Unread::Unreadable(Message::new(format!("line {} is not UTF-8", line + 1), "save the file as UTF-8"))
    })
}

/// Whether something has this name already, be it a link that leads nowhere.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn failed(error: std::io::Error) -> Unread {
    match error.kind() {
        // A file cannot have files in it.
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::Missing,
        _ => Unread::Unreadable(Message::new(format!("it cannot be read ({error})"), "make it readable")),
    }
}

fn regular(kind: FileType) -> Result<(), Unread> {
    if kind.is_file() {
        return Ok(());
    }
    let what = if kind.is_dir() { "a folder" } else { special(kind) };
    Err(Unread::Unreadable(Message::new(format!("it is {what}, and no file"), "put a file in its place")))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_kind: FileType) -> &'static str {
    "something else"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_files_up_to_a_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(bytes(&path, 3), Err(Unread::Missing));
        fs::write(&path, "abc").unwrap();
        assert_eq!(bytes(&path, 3), Ok(b"abc".to_vec()));
        assert_eq!(bytes(&path.join("b"), 3), Err(Unread::Missing));
        assert!(matches!(bytes(&path, 2), Err(Unread::Unreadable(why)) if why.to_string().contains("larger than")));
        assert!(
            matches!(text(folder.path()), Err(Unread::Unreadable(why)) if why.to_string().starts_with("it is a folder"))
        );
        fs::write(&path, "\u{feff}a").unwrap();
        assert_eq!((text(&path).unwrap().as_str(), whole_text(&path).unwrap().as_str()), ("a", "\u{feff}a"));
        assert_eq!(["a", "b"].map(|likely| text_like(&path, likely).unwrap()), ["a", "a"]);
        fs::write(&path, b"a\n\xff").unwrap();
        assert!(
            matches!(text(&path), Err(Unread::Unreadable(why)) if why.to_string().starts_with("line 2 is not UTF-8"))
        );
        // A file that says it is large is not read at all, whatever it holds.
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert!(
            matches!(text(&path), Err(Unread::Unreadable(why)) if why.to_string().starts_with("it is larger than 4 MB"))
        );
    }

    #[cfg(unix)]
    #[test]
    fn nothing_else_is_opened_or_waited_for() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
        for (link, target) in [("zero", "/dev/zero"), ("to-pipe", "pipe"), ("nowhere", "none"), ("loop", "loop")] {
            symlink(target, at(link)).unwrap();
        }
        let why = |name: &str| whole_text(&at(name)).unwrap_err().to_string();
        for (name, what) in [
            ("pipe", "it is a pipe"),
            ("to-pipe", "it is a pipe"),
            ("socket", "it is a socket"),
            ("zero", "it is a device"),
            ("nowhere", "there is no such file"),
            ("loop", "it cannot be read"),
        ] {
            assert!(why(name).starts_with(what), "{name}: {}", why(name));
        }
        assert!(is_taken(&at("nowhere")) && is_taken(&at("loop")) && !is_taken(&at("none")));
    }
}
