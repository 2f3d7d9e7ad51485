//! Hugging Face: models and data.

use super::Site;

pub(super) static SITE: Site = Site {
    id: "huggingface",
    hosts: &["huggingface.co"],
    language: None,
    names: &["hugging face", "huggingface"],
    publishes: false,
    texts: None,
    redirects: &[],
};
