//! What the project's own commands have in common, those of `release-tools` included.

#![allow(clippy::print_stdout, reason = "a command that is run is shown to who runs it")]

pub mod workspace;
