//! Medium: articles, in any language.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "medium",
    hosts: &["medium.com"],
    language: None,
    names: &["medium"],
    publishes: true,
    texts: None,
    redirects: &[],
};
