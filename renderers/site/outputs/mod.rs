//! The files besides the pages, one file each.

pub mod feed;
pub mod llms;
pub mod markdown;
pub mod not_found;
pub mod print;
pub mod redirects;
pub mod sitemap;
