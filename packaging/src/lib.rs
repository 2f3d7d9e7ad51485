//! What makes a release.
//!
//! | module | holds |
//! |---|---|
//! | [`names`] | what an archive is called, what is in it, and for which systems there is one |
//! | [`package`] | the archive of a program that is built |
//! | [`archive`] | files as a `.tar.gz` or a `.zip`: the same files are the same bytes |
//! | [`third_party`] | the licences of what the program holds of others |
//! | [`manifest`] | what Cargo says of our packages |
//! | [`address`] | where the repository is, written wherever it stands |
//! | [`ready`] | what is missing for a release |
//! | [`changelog`] | what a version brings |
//!
//! Nothing here prints or compiles: `main.rs` does.

pub mod address;
pub mod archive;
pub mod changelog;
pub mod git;
pub mod manifest;
pub mod names;
pub mod package;
pub mod ready;
pub mod third_party;
