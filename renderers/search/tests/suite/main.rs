//! The tests of the search as a site has it, in one binary. What readers see of it is tried in a real browser, in
//! `tests/browser`.
//!
//! | module | what |
//! |---|---|
//! | `files` | an index and its files |
//! | `built` | the program, on folders that `mdbook build` writes |

#![allow(clippy::too_many_lines, reason = "what one test tells is told in one piece")]

mod built;
mod files;
