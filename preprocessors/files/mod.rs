//! The one way in which files are read and written.
//!
//! | module | does |
//! |---|---|
//! | `read` | reads regular files up to a size, and waits for none |
//! | `real` | tells where paths lead, links followed |
//! | `write` | writes what is built, where it differs |
//! | `worktree` | tells what lies in the book's repository, and what outside of it |
//!
//! A repository may come from anybody, and git carries links: what is called `a.md` may be a pipe that never ends, a
//! device that never stops, or a link to either. So no other module opens a file by itself.

pub mod read;
mod real;
mod worktree;
mod write;

pub use read::{LARGEST_TEXT, Unread, bytes, is_taken, open, text, text_like, whole_text};
pub use real::{RealPaths, slashed};
pub use worktree::{Lies, Worktree, repository_of};
pub use write::{lock, make_room, write_changed};
