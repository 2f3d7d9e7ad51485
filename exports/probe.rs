//! A page with every construct in every form that a platform's file can choose.

use crate::platform::Platform;

/// The probe page of a platform.
#[must_use]
pub fn page(platform: &Platform) -> String {
    format!("{}\n", platform.name)
}
