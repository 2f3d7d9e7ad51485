//! Findings as text: one file for each form of `check --format`.

pub mod github;
pub mod human;
pub mod json;
pub mod patch;
pub mod sarif;
