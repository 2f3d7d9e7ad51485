//! What `export` writes, and what it says.
//!
//! | module | asks |
//! |---|---|
//! | `golden` | one folder for each construct: `tests/export/<case>/` |
//! | `command` | which notes, where to, what is refused |

mod command;
mod golden;
