//! Juejin (掘金): articles of developers, in Chinese.

use super::{Redirect, Site};

pub(super) static SITE: Site = Site {
    id: "juejin",
    hosts: &["juejin.cn", "juejin.im"],
    language: Some("zh-CN"),
    names: &["掘金", "juejin"],
    publishes: true,
    texts: None,
    redirects: &[Redirect::new(&["link.juejin.cn", "link.juejin.im"], "/", &["target"])],
};
