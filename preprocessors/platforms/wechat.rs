//! WeChat (微信): articles of its official accounts, in Chinese.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "wechat",
    hosts: &["mp.weixin.qq.com"],
    language: Some("zh-CN"),
    names: &["微信", "公众号", "公眾號", "wechat"],
    publishes: true,
    texts: None,
    redirects: &[],
};
