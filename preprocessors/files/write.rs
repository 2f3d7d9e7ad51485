//! Files that are written again and again: only where they differ, and never through a link.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};

/// Writes a file where it does not hold that already, and says whether.
///
/// # Errors
/// When it cannot be written.
pub fn write_changed(file: &Path, bytes: &[u8]) -> Result<bool> {
    let length = make_room(file)?;
    if length == Some(bytes.len() as u64) && holds(file, bytes).unwrap_or_default() {
        return Ok(false);
    }
    fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(true)
}

/// Whether a file holds these bytes, of which it is known to have as many.
fn holds(file: &Path, mut bytes: &[u8]) -> io::Result<bool> {
    let (mut file, mut piece) = (File::open(file)?, [0; 32 << 10]);
    loop {
        let length = match file.read(&mut piece) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let Some(rest) = bytes.strip_prefix(&piece[..length]) else { return Ok(false) };
        if length == 0 {
            return Ok(rest.is_empty());
        }
        bytes = rest;
    }
}

/// Removes what stands in the way of a file: a folder, or a link, which would be written through. Gives the length of the
/// file that is there.
///
/// # Errors
/// When it cannot be removed.
pub fn make_room(file: &Path) -> Result<Option<u64>> {
    let cannot = || format!("{} cannot be written", file.display());
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() => return Ok(Some(found.len())),
        Ok(found) if found.is_dir() => fs::remove_dir_all(file).with_context(cannot)?,
        Ok(_) => fs::remove_file(file).with_context(cannot)?,
        Err(_) => {}
    }
    Ok(None)
}

/// Waits for others who build into this folder, and keeps them waiting until it is dropped. A system that cannot lock a
/// folder goes on without.
#[must_use]
pub fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock().ok().map(|()| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_compared_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let (file, long) = (folder.path().join("a"), vec![b'a'; 100_000]);
        fs::write(&file, &long).unwrap();
        assert!(holds(&file, &long).unwrap() && !write_changed(&file, &long).unwrap());
        for at in [0, 40_000, 99_999] {
            let mut other = long.clone();
            other[at] = b'b';
            assert!(!holds(&file, &other).unwrap() && write_changed(&file, &other).unwrap(), "{at}");
            fs::write(&file, &long).unwrap();
        }
        assert!(!holds(&file, &long[1..]).unwrap() && !holds(&file, &[long, vec![b'a']].concat()).unwrap());
    }
}
