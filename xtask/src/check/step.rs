//! The steps of `cargo xtask test`.

use std::process::Command;

use crate::workspace::cargo;

/// The day on which the book's reviews are looked at, whenever that is: one that has become due is no reason for a
/// commit to fail, and the page and `check` say so without this step.
const DAY: &str = "2026-12-01";

/// One of the things that have to pass.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Formatting,
    Lints,
    BareLints,
    Tests,
    Examples,
    Docs,
    Packages,
    Truth,
    GuideTruth,
    Book,
    Guide,
    Readers,
}

impl Step {
    pub(super) const ALL: [Self; 12] = [
        Self::Formatting,
        Self::Lints,
        Self::BareLints,
        Self::Tests,
        Self::Examples,
        Self::Docs,
        Self::Packages,
        Self::Truth,
        Self::GuideTruth,
        Self::Book,
        Self::Guide,
        Self::Readers,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Formatting => "formatting",
            Self::Lints => "lints",
            Self::BareLints => "lints without features",
            Self::Tests => "tests",
            Self::Examples => "examples in the docs",
            Self::Docs => "docs",
            Self::Packages => "packages for crates.io",
            Self::Truth => "what the book says",
            Self::GuideTruth => "what the guide says",
            Self::Book => "book",
            Self::Guide => "guide",
            Self::Readers => "what readers see",
        }
    }

    /// What runs, and what repeats the step.
    ///
    /// Cargo compiles a dependency again for each set of its features, and they depend on the packages that are
    /// chosen: so all tests choose the whole workspace, and what is made of the book runs the program that
    /// `cargo xtask build` builds.
    pub(super) fn command(self) -> Command {
        match self {
            Self::Formatting => cargo(["fmt", "--all", "--check"]),
            Self::Lints => cargo(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]),
            // What `cargo install --no-default-features` compiles.
            Self::BareLints => {
                let program = ["clippy", "--package", "mdbook-bilingual", "--no-default-features", "--locked"];
                let mut lints = cargo(program);
                lints.args(["--", "-D", "warnings"]);
                lints
            }
            Self::Tests => cargo(["test", "--workspace", "--lib", "--bins", "--test", "suite", "--locked"]),
            // Cargo runs them apart from all other tests.
            Self::Examples => cargo(["test", "--workspace", "--doc", "--locked"]),
            Self::Docs => {
                let mut docs = cargo(["doc", "--workspace", "--no-deps", "--locked"]);
                docs.env("RUSTDOCFLAGS", "-D warnings");
                docs
            }
            Self::Packages => cargo(["xtask", "package", "--crates"]),
            Self::Truth => check("."),
            Self::GuideTruth => check("guide"),
            Self::Book => cargo(["xtask", "build"]),
            Self::Guide => cargo(["xtask", "build", "--guide"]),
            Self::Readers => cargo(["test", "--workspace", "--test", "reader", "--locked"]),
        }
    }

    /// The component of the toolchain without which the step cannot run.
    pub(super) fn component(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Formatting => Some(("fmt", "rustfmt")),
            Self::Lints | Self::BareLints => Some(("clippy", "clippy")),
            Self::Tests
            | Self::Examples
            | Self::Docs
            | Self::Packages
            | Self::Truth
            | Self::GuideTruth
            | Self::Book
            | Self::Guide
            | Self::Readers => None,
        }
    }
}

/// What is odd about a book of ours.
fn check(book: &str) -> Command {
    let mut check = cargo(["run", "--quiet", "--locked", "--bin", "mdbook-bilingual", "--"]);
    check.args(["check", book, "--deny", "warnings", "--today", DAY]);
    check
}
