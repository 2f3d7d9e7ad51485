//! Letters and words: how much there is to read, in which script and language, and what authors call things.
//! Nothing here knows Markdown.

pub mod east_asian;
pub mod glob;
pub mod html;
pub mod prose;
pub mod wording;

pub use prose::Prose;
pub use wording::{Dialect, Wording, Words};
