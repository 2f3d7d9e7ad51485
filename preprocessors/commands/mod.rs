//! What the program does besides preprocessing, one file for each verb.

pub mod adopt;
pub mod check;
pub mod confirm;
pub mod install;
pub mod list;
