//! The values that a bilingual book is described with: languages, dates, statuses, paths, and facts with their origins.
//! Pure, and without any knowledge of notes or of Markdown.

pub(crate) mod cldr;
pub mod commit;
pub(crate) mod date;
pub(crate) mod fact;
pub(crate) mod fingerprint;
pub(crate) mod language;
pub(crate) mod path;
pub mod repository;
pub mod review;
pub(crate) mod status;
pub(crate) mod tags;

pub use commit::{Commit, History};
pub use date::{Date, Day};
pub use fact::{Fact, Origin};
pub use fingerprint::Fingerprint;
pub use language::{Language, PageLanguage, Script};
pub use path::{PagePath, SourcePath};
pub use repository::Repository;
pub use review::{Period, Review};
pub use status::{Mark, Status};
pub use tags::Tags;
