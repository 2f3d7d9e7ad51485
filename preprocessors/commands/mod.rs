//! What the program does besides preprocessing, one file for each verb.

pub mod adopt;
pub mod install;
pub mod list;
