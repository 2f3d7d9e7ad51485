//! The files of a site, in memory until all of them are there.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Files by their paths from the site's root, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The name of a file with a hash of what it holds, as mdBook writes it: `toc-0123abcd.js`.
#[must_use]
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match name.split_once('.') {
        Some((stem, suffix)) => format!("{stem}-{hash}.{suffix}"),
        None => format!("{name}-{hash}"),
    }
}
