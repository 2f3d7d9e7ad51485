//! The files besides the pages, one file each.

pub mod not_found;
pub mod print;
pub mod redirects;
