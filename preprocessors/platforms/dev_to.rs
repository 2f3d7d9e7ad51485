//! DEV: articles of developers, in any language.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "dev-to",
    hosts: &["dev.to"],
    language: None,
    names: &["dev.to"],
    publishes: true,
    texts: None,
    redirects: &[],
};
