//! GitHub: code, and the sites that are made from it.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "github",
    hosts: &["github.com", "github.io"],
    language: None,
    names: &["github"],
    publishes: false,
    texts: None,
    redirects: &[],
};
