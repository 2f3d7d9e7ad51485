//! cnblogs (博客园): blogs of developers, in Chinese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "cnblogs",
    hosts: &["cnblogs.com"],
    language: Some("zh-CN"),
    names: &["博客园", "cnblogs"],
    publishes: true,
    texts: None,
    redirects: &[],
};
