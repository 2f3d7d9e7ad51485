//! Hashnode: blogs of developers, in any language.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "hashnode",
    hosts: &["hashnode.dev", "hashnode.com"],
    language: None,
    names: &["hashnode"],
    publishes: true,
    texts: None,
    redirects: &[],
};
