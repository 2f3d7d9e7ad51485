//! What the tests, the checks in a browser and the bench have in common.
//!
//! | module | holds |
//! |---|---|
//! | [`git`] | a git that knows nothing of whoever runs it |
//! | [`history`] | histories that are made up, written hundreds of commits at a time |
//! | [`dice`] | chance that is the same every time |
//! | [`chromium`] | which Chromium this machine has |
//! | `files` | files of a folder: written, read, listed, compared |
//! | `program` | a program that is run: what it is told, what it answers |
//! | `book` | books, with their `book.toml` |
//! | `repository` | books in git repositories |
//! | `host` | mdBook: what it sends to a preprocessor, and what it builds with one |
//! | `corpora` | sample notes of other people |
//! | `site` | what is on the pages that mdBook wrote |
//!
//! All but the first four are there with the feature `books`.
//!
//! Nothing here knows the suite: a test says which program it means, and how it is started.
//! Whatever cannot be done ends the test that asked for it, with a panic at the place where it did; what the bench uses
//! as well returns its errors, because they are told to a person.

pub mod chromium;
pub mod dice;
pub mod git;
pub mod history;
pub mod program;

#[cfg(feature = "books")]
pub mod book;
#[cfg(feature = "books")]
pub mod corpora;
#[cfg(feature = "books")]
pub mod files;
#[cfg(feature = "books")]
pub mod host;
#[cfg(feature = "books")]
pub mod repository;
#[cfg(feature = "books")]
pub mod site;
