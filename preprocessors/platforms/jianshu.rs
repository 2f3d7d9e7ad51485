//! Jianshu (简书): articles of all kinds, in Chinese.

use super::{Redirect, Site};

pub(super) static SITE: Site = Site {
    id: "jianshu",
    hosts: &["jianshu.com"],
    language: Some("zh-CN"),
    names: &["简书", "jianshu"],
    publishes: true,
    texts: None,
    redirects: &[
        Redirect::new(&["link.jianshu.com"], "/", &["t", "target", "to"]),
        Redirect::new(&["links.jianshu.com"], "/go", &["to"]),
        Redirect::new(&["www.jianshu.com", "jianshu.com"], "/go-wild", &["url"]),
    ],
};
