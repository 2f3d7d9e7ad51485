//! Bilibili (哔哩哔哩): videos and columns, in Chinese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "bilibili",
    hosts: &["bilibili.com"],
    language: Some("zh-CN"),
    names: &["哔哩哔哩", "b站", "b 站", "bilibili"],
    publishes: true,
    texts: None,
    redirects: &[],
};
