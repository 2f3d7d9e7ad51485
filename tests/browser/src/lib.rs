//! Reads the built book as its readers do, in headless Chromium.
//!
//! | module | holds |
//! |---|---|
//! | [`book`] | the pages that mdBook wrote, found and parsed |
//! | [`checkers`] | programs of others that know the rules for pages: axe-core and the Nu HTML checker |
//! | [`minifier`] | esbuild, for the script of the search |
//! | [`small`] | how the small books are built |
//! | [`diagrams`] | a small book with diagrams, good ones and bad ones |
//! | [`past`] | a small book whose translations fell behind, built for the checks that need one |
//! | [`server`] | the same pages over HTTP, as a static host serves them |
//! | [`chromium`] | how Chromium is started |
//! | [`browser`] | the one tab that a check looks through |
//! | [`devtools`] | the protocol beneath it |
//!
//! The checks themselves are in `tests/reader/`: `built.rs` needs the files alone, all others need a Chromium.
//!
//! ## Adding a check
//! 1. Find its pages through [`book::Book`], by what is in them and never by name: the notes change, the check stays.
//!    What our own book may not have for long, such as a translation that is behind, is in the book of [`past`].
//! 2. A check that reads files belongs in `built.rs`, one that looks at a page in a module of what it asks.
//! 3. Collect everything that is wrong before failing, and name the page with each finding.
//!
//! ## Why the protocol is spoken here
//! The crates that wrap it generate code for all of it, some 140 crates and a minute and a half of compiling, and the
//! synchronous one waits more than a second at every page; WebDriver needs a driver of the browser's own version.
//! The checks need a dozen calls, which are a WebSocket and [`serde_json`].

pub mod book;
pub mod browser;
pub mod checkers;
pub mod chromium;
pub mod devtools;
pub mod diagrams;
pub mod minifier;
pub mod past;
pub mod server;
pub mod small;
