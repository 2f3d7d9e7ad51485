//! The tests of the renderer as a book uses it, in one binary.
//!
//! | module | what |
//! |---|---|
//! | `words` | every word that mdBook writes by itself is known, and none is left on a page of another language |
//! | `options` | each option of `[output.html]`: the same bytes as mdBook's own renderer, but for what is ours |
//! | `languages` | each language of a book: the same bytes as mdBook makes of that language alone |
//! | `robust` | odd books, odd names |
//! | `builds` | builds that come again, that fail, that run at once; what the program does |
//! | `built` | how a book is rendered here, by mdBook's renderer and by ours |
//!
//! All of them run in one process: a test changes neither the current directory nor the environment.

#![allow(clippy::too_many_lines, reason = "what one test tells is told in one piece, and a table is one test")]

mod builds;
mod built;
mod languages;
mod options;
mod robust;
mod words;
