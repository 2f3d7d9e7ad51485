//! Letters and words: how much there is to read, in which script and language, and what authors call things.
//! Nothing here knows Markdown.

pub mod east_asian;
pub mod glob;
pub mod html;
mod nearest;
pub mod prose;
pub mod wording;

pub(crate) use nearest::nearest;
pub use prose::Prose;
pub use wording::{Dialect, Wording, Words};
