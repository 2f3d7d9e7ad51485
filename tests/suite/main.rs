//! The tests of the program and of the library as others use it, in one binary: each binary more is the whole library
//! linked once more, and is run after the ones before it instead of beside them.
//!
//! What each module tests is told in CONTRIBUTING.md. `cargo test --test suite golden` runs one of them.
//!
//! ## Adding a test
//! It is a function in the module that it belongs to, or a module here, never a file beside this folder.
//! All of them run in one process: a test changes neither the current directory nor the environment, but gives both to
//! the program that it runs, and every file that it writes is in a folder of its own.

#![allow(clippy::too_many_lines, reason = "what one test tells is told in one piece, and a table is one test")]

mod adopt;
mod archive;
mod autolinks;
mod check;
mod config;
mod confirm;
mod conventions;
mod corpora;
mod documents;
mod emphasis;
mod emphasised;
mod export;
mod golden;
#[cfg(unix)]
mod guide;
mod guide_pages;
mod history;
mod init;
mod install;
mod invariants;
mod line_breaks;
#[cfg(unix)]
mod mirror;
mod program;
mod properties;
mod protocol;
mod rendered;
mod rooms;
#[cfg(unix)]
mod shapes;
mod truth;
#[cfg(unix)]
mod untrusted;
