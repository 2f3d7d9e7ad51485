//! What `export` writes, and what it says.
//!
//! | module | asks |
//! |---|---|
//! | `golden` | one folder for each construct: `tests/export/<case>/` |
//! | `command` | which notes, where to, what is refused |
//! | `corpora` | real notes: nothing vanishes without a line |
//! | `pushed` | has the web a picture as it is here? |
//! | `properties` | what holds for every text |
//! | `second` | what another parser finds in an export |

mod command;
mod corpora;
mod golden;
mod properties;
mod pushed;
mod second;
