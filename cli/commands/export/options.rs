//! What `book.toml` and the command line say together.

use std::path::PathBuf;

use anyhow::{Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::platforms::linkable;
use mdbook_bilingual_export::{Images, LinkWay, Options};
use url::Url;

/// What was said on the command line.
#[derive(Debug, Clone, Default)]
pub struct ExportFlags {
    /// Where pictures are on the web: an address, `site` or `repository`.
    pub images: Option<String>,
    /// Where links lead, in order.
    pub links: Vec<LinkWay>,
    /// The folder of drawn diagrams.
    pub diagrams: Option<PathBuf>,
}

/// What is done: as the command line says, else as `book.toml` does, else as is best for most books.
pub(super) fn settle(host: &Host, reading: &Reading, said: &ExportFlags) -> Result<Options> {
    let config = &host.config.export;
    let own = config.site.as_deref().and_then(|site| Url::parse(site).ok());
    let site = own.or_else(|| host.address());
    let has_repository = reading.notebook.files.repository.address.is_some();
    let images = match said.images.as_deref().or(config.images.as_deref()) {
        Some("site") if site.is_none() => {
            bail!("nobody knows the address of the site; write `site` in [preprocessor.bilingual.export]")
        }
        Some("repository") if !has_repository => {
            bail!("nobody knows the address of the repository; write `links.repository` in [preprocessor.bilingual]")
        }
        Some("site") => Images::Site,
        Some("repository") => Images::Repository,
        Some(address) => match linkable(address) {
            Ok(url) => Images::At(format!("{}/", String::from(url).trim_end_matches('/'))),
            Err(error) => bail!("--images: {error}"),
        },
        None if site.is_some() => Images::Site,
        None if has_repository => Images::Repository,
        None => Images::Nowhere,
    };
    let links = [&said.links, &config.links].into_iter().find(|ways| !ways.is_empty());
    let links = links.map_or_else(|| LinkWay::ALL.to_vec(), Vec::clone);
    Ok(Options { site, images, links })
}
