//! The archive of a program that is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::archive::{self, Entries, Entry, Style};
use crate::names::{self, PROGRAMS, SUMS, THIRD_PARTY};

/// What `completions` is asked for, and what the files are called that shells look for.
const COMPLETIONS: [(&str, &str); 5] = [
    ("bash", "mdbook-bilingual.bash"),
    ("zsh", "_mdbook-bilingual"),
    ("fish", "mdbook-bilingual.fish"),
    ("powershell", "_mdbook-bilingual.ps1"),
    ("elvish", "mdbook-bilingual.elv"),
];

/// What of the checkout is in an archive.
const DOCUMENTS: [&str; 5] = ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// What becomes an archive.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// The checkout.
    pub root: &'a Path,
    /// The version of the program.
    pub version: &'a str,
    /// The system that the programs are for.
    pub target: &'a str,
    /// The folder that the programs are in.
    pub programs: &'a Path,
    /// The first of the programs, for a system that it runs on here: it writes the completions and the manual pages.
    pub speaker: &'a Path,
    /// The licences of others; see [`crate::third_party`].
    pub third_party: &'a Path,
    /// Where the archive goes.
    pub out: &'a Path,
    /// How it is written.
    pub style: Style,
}

/// Writes the archive and the hashes of all archives of this version beside it, and returns its path.
///
/// # Errors
/// When something that belongs into it is not there, and when nothing can be written.
pub fn package(package: &Package<'_>) -> Result<PathBuf> {
    let entries = entries(package)?;
    fs::create_dir_all(package.out).with_context(|| format!("could not make {}", package.out.display()))?;
    let path = package.out.join(names::archive(package.version, package.target));
    archive::write(&path, &entries, package.style)?;
    fs::write(package.out.join(SUMS), sums(package.out, package.version)?)?;
    Ok(path)
}

fn entries(package: &Package<'_>) -> Result<Entries> {
    let folder = names::folder(package.version, package.target);
    let mut entries = Entries::new();
    let mut add = |name: &str, entry: Entry| entries.insert(format!("{folder}/{name}"), entry);
    for program in PROGRAMS {
        let name = names::executable(program, package.target);
        add(&name, Entry::program(package.programs.join(&name)));
    }
    let read = |path: &Path| fs::read(path).with_context(|| format!("could not read {}", path.display()));
    for document in DOCUMENTS {
        add(document, Entry::text(read(&package.root.join(document))?));
    }
    add(THIRD_PARTY, Entry::text(read(package.third_party)?));
    for (shell, file) in COMPLETIONS {
        add(&format!("completions/{file}"), Entry::text(said(package.speaker, &["completions", shell])?));
    }
    let pages = tempfile::tempdir()?;
    let pages_path = pages.path().to_str().context("the temporary folder has a name that is not Unicode")?;
    said(package.speaker, &["man", pages_path])?;
    let mut is_empty = true;
    for page in fs::read_dir(&pages)? {
        let page = page?;
        let name =
            page.file_name().into_string().map_err(|name| anyhow::anyhow!("{} is not Unicode", name.display()))?;
        add(&format!("man/{name}"), Entry::text(read(&page.path())?));
        is_empty = false;
    }
    if is_empty {
        bail!("`{} man` wrote no page", package.speaker.display());
    }
    Ok(entries)
}

/// What a program prints.
fn said(program: &Path, args: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new(program).args(args).output();
    let output = output.with_context(|| format!("could not run {}", program.display()))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("`{} {}` failed: {}", program.display(), args.join(" "), stderr.trim_end());
    }
    Ok(output.stdout)
}

/// The hashes of the archives of a version in a folder, as `sha256sum` writes them.
///
/// # Errors
/// When one of them cannot be read.
pub fn sums(folder: &Path, version: &str) -> Result<String> {
    let mut sums = String::new();
    let mut archives: Vec<String> = names::TARGETS.iter().map(|target| names::archive(version, target)).collect();
    archives.sort();
    for archive in archives {
        let path = folder.join(&archive);
        if path.exists() {
            sums.push_str(&format!("{}  {archive}\n", archive::sha256(&path)?));
        }
    }
    Ok(sums)
}
