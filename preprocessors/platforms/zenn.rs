//! Zenn: articles and books of developers, in Japanese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "zenn",
    hosts: &["zenn.dev"],
    language: Some("ja"),
    names: &["zenn"],
    publishes: true,
    texts: None,
    redirects: &[],
};
