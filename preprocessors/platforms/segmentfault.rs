//! SegmentFault (思否): questions and articles of developers, in Chinese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "segmentfault",
    hosts: &["segmentfault.com"],
    language: Some("zh-CN"),
    names: &["思否", "segmentfault"],
    publishes: true,
    texts: None,
    redirects: &[],
};
