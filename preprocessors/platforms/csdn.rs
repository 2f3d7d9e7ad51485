//! CSDN: articles of developers, in Chinese.

use super::{Redirect, Site};

pub(super) static SITE: Site = Site {
    id: "csdn",
    hosts: &["csdn.net"],
    language: Some("zh-CN"),
    names: &["csdn"],
    publishes: true,
    texts: None,
    redirects: &[Redirect::new(&["link.csdn.net"], "/", &["target"])],
};
