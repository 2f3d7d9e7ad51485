//! The files of a site, in memory until all of them are there.

use std::collections::BTreeMap;

/// Files by their paths from the site's root, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;
