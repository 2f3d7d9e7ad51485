//! Qiita: articles of developers, in Japanese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "qiita",
    hosts: &["qiita.com"],
    language: Some("ja"),
    names: &["qiita"],
    publishes: true,
    texts: None,
    redirects: &[],
};
