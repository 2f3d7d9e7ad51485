//! Where something is built, so that the disk is not what is measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A new folder.
pub(super) struct Place {
    pub(super) folder: PathBuf,
    is_in_memory: bool,
}

impl Place {
    /// One in memory, where the system has that with room for so many bytes. For minutes after files were deleted, ext4 takes
    /// several times as long to create others, and what was measured before would count; elsewhere it is below `other`, and
    /// stays until all is measured.
    pub(super) fn new(name: &str, bytes: u64, other: &Path) -> Self {
        let memory = Path::new("/dev/shm");
        if is_roomy(memory, bytes) {
            let folder = memory.join(format!("mdbook-bilingual-{}-{name}", std::process::id()));
            return Self { folder, is_in_memory: true };
        }
        let out = (0..u32::MAX).map(|number| other.join(format!("out-{number}"))).find(|out| !out.exists());
        Self { folder: out.expect("so many folders were never made"), is_in_memory: false }
    }

    /// Leaves it where it is.
    pub(super) fn keep(mut self) -> PathBuf {
        self.is_in_memory = false;
        std::mem::take(&mut self.folder)
    }

    /// Removes it, wherever it is.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub(super) fn remove(self) -> Result<()> {
        let folder = self.keep();
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_in_memory {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Whether a folder has room for so many bytes.
#[cfg(unix)]
fn is_roomy(folder: &Path, bytes: u64) -> bool {
    // The numbers have other sizes on other systems.
    #[allow(clippy::useless_conversion, reason = "not on all systems")]
    let free =
        |found: nix::sys::statvfs::Statvfs| u64::from(found.blocks_available()) * u64::from(found.fragment_size());
    nix::sys::statvfs::statvfs(folder).is_ok_and(|found| free(found) > bytes)
}

/// The same where nothing is measured.
#[cfg(not(unix))]
fn is_roomy(_: &Path, _: u64) -> bool {
    false
}
