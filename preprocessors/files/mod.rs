//! The one way in which files are read and written.
//!
//! | module | does |
//! |---|---|
//! | `read` | reads regular files up to a size, and waits for none |
//! | `real` | tells where paths lead, links followed |
//! | `worktree` | tells what lies in the book's repository, and what outside of it |
//! | `write` | writes several files or none of them, and only what is still as it was |
//!
//! A repository may come from anybody, and git carries links: what is called `a.md` may be a pipe that never ends, a
//! device that never stops, or a link to either. So no other module opens a file by itself.

mod read;
mod real;
mod worktree;
mod write;

pub(crate) use read::{LARGEST_TEXT, Unread, bytes, is_taken, open, text, whole_text};
pub(crate) use real::RealPaths;
pub(crate) use worktree::{Lies, Worktree, repository_of};
pub(crate) use write::{Batch, Replaced, is_staged, replace};
