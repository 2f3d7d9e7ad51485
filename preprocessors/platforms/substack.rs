//! Substack: newsletters, in any language.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "substack",
    hosts: &["substack.com"],
    language: None,
    names: &["substack"],
    publishes: true,
    texts: None,
    redirects: &[],
};
