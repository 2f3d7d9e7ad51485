//! Xiaohongshu (小红书, RedNote): short posts, in Chinese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "xiaohongshu",
    hosts: &["xiaohongshu.com"],
    language: Some("zh-CN"),
    names: &["小红书", "xiaohongshu", "rednote"],
    publishes: true,
    texts: None,
    redirects: &[],
};
