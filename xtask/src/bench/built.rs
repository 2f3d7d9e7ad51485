//! The books that are measured beside mdBook's own: how they are built, and where.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Programs;
use super::place::Place;
use super::used::Used;
use crate::mdbook;

/// More bytes than a pair of notes is on any site, its part of print pages and of the search included.
const LARGEST_OUTPUT: u64 = 400_000;

/// A way of building a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// mdBook alone, with its search.
    Plain,
    /// The suite and the site, without a search.
    Site,
    /// The same with its search.
    SiteWithSearch,
    /// A preprocessor and a renderer that do nothing.
    Nothing,
}

impl Way {
    /// The configuration of a book that is built in this way.
    fn book_toml(self) -> String {
        let site = "\n[preprocessor.bilingual]\nrenderers = [\"bilingual-site\"]\nafter = [\"index\"]\nbefore = \
                    [\"links\"]\nlanguages = [\"zh-CN\", \"en\"]\nhistory.git = false\n\n[output.bilingual-site.html]\n\
                    site-url = \"https://example.org/\"\n";
        let more = match self {
            Self::Plain => String::new(),
            Self::Site => format!("{site}search.enable = false\n"),
            Self::SiteWithSearch => site.to_owned(),
            Self::Nothing => "\n[preprocessor.no-op]\nrenderers = [\"nothing\"]\nafter = [\"index\"]\nbefore = \
                              [\"links\"]\n\n[output.nothing]\ncommand = \"sh -c 'cat > /dev/null'\"\n"
                .to_owned(),
        };
        format!("[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n{more}")
    }
}

/// A book that is built.
#[derive(Clone)]
pub(super) struct Bench<'a> {
    pub(super) folder: PathBuf,
    pub(super) pairs: u32,
    pub(super) programs: &'a Programs,
    pub(super) site: &'a Path,
}

impl Bench<'_> {
    /// Builds by turns, once uncounted.
    ///
    /// # Errors
    /// When a build fails.
    pub(super) fn rounds<const N: usize>(&self, ways: [Way; N], rounds: u32) -> Result<[Vec<Used>; N]> {
        let mut all = ways.map(|_| Vec::new());
        for round in 0..=rounds {
            for (way, used) in ways.into_iter().zip(&mut all) {
                let measured = self.build(way)?;
                used.extend((round > 0).then_some(measured));
            }
        }
        Ok(all)
    }

    /// The command of mdBook for a way of building, with its `book.toml` in place.
    ///
    /// # Errors
    /// When that cannot be written.
    pub(super) fn mdbook(&self, way: Way, verb: &str) -> Result<Command> {
        fs::write(self.folder.join("book.toml"), way.book_toml())?;
        let mut mdbook = Command::new(&self.programs.mdbook);
        mdbook.arg(verb).current_dir(&self.folder).stdin(Stdio::null());
        mdbook::forget_settings(&mut mdbook);
        match way {
            Way::Plain => {}
            Way::Site | Way::SiteWithSearch => with_site(&mut mdbook, &self.programs.suite, self.site)?,
            Way::Nothing => {
                mdbook.env(mdbook::command_variable("no-op"), mdbook::command_line([&self.programs.no_op])?);
            }
        }
        Ok(mdbook)
    }

    /// One build from nothing.
    ///
    /// # Errors
    /// When it fails.
    pub(super) fn build(&self, way: Way) -> Result<Used> {
        let name = self.folder.file_name().context("a folder")?.to_string_lossy();
        let place = Place::new(&format!("{name}-{way:?}"), u64::from(self.pairs) * LARGEST_OUTPUT, &self.folder);
        let mut mdbook = self.mdbook(way, "build")?;
        mdbook.arg("--dest-dir").arg(&place.folder);
        Used::by(&mdbook, &self.folder.join("cpu.log"))
    }
}

/// Tells a command of mdBook which suite and which site to run.
///
/// # Errors
/// When a path is not Unicode.
pub(super) fn with_site(mdbook: &mut Command, suite: &Path, site: &Path) -> Result<()> {
    mdbook.env(mdbook::command_variable("bilingual"), mdbook::command_line([suite])?);
    mdbook.env(mdbook::renderer_variable("bilingual-site"), mdbook::command_line([site])?);
    Ok(())
}
