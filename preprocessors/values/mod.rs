//! The values that a bilingual book is described with: languages, dates, statuses, paths, and facts with their origins.
//! Pure, and without any knowledge of notes or of Markdown.

pub mod cldr;
pub mod commit;
pub mod date;
pub mod evidence;
pub mod fact;
pub mod fingerprint;
pub mod language;
pub mod name;
pub mod path;
pub mod repository;
pub mod review;
pub mod status;
pub mod tags;

pub use commit::{Commit, History};
pub use date::{Date, Day, ParseDateError};
pub use evidence::Evidence;
pub use fact::{Fact, Origin};
pub use fingerprint::Fingerprint;
pub use language::{Language, PageLanguage, ParseLanguageError, Script};
pub use path::{Location, PagePath, SourcePath};
pub use repository::Repository;
pub use review::{ParsePeriodError, Period, Review};
pub use status::{Status, StatusMark};
pub use tags::Tags;
