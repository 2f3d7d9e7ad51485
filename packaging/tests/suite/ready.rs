//! `cargo xtask release`, in a copy of the checkout.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use release_tools::address::{self, Repository};
use release_tools::names::PROGRAMS;
use release_tools::{git, manifest, ready};

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in packaging/").to_owned()
}

/// Folders of many files, which say nothing of us.
const LEFT_OUT: [&str; 2] = ["tests/golden/", "fuzz/seeds/"];

/// The checkout as git knows it, in a repository of its own.
fn copy() -> Result<tempfile::TempDir> {
    let (from, to) = (checkout(), tempfile::tempdir()?);
    for file in git::files(&from)? {
        if LEFT_OUT.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let (source, copy) = (from.join(&file), to.path().join(&file));
        fs::create_dir_all(copy.parent().context("a folder")?)?;
        // Links lead to files that are copied as well, and a folder behind one needs no second copy.
        if source.is_file() {
            fs::copy(&source, &copy)?;
        }
    }
    git::git(to.path(), &["init", "--quiet"])?;
    commit(to.path())?;
    Ok(to)
}

fn commit(root: &Path) -> Result<()> {
    git::git(root, &["add", "--all", "--force"])?;
    let own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    git::git(root, &[&own[..], &["commit", "--quiet", "--no-verify", "-m", "A"]].concat())?;
    Ok(())
}

fn write_changelog(root: &Path, version: &str, rest: &str) -> Result<()> {
    fs::write(
        root.join("CHANGELOG.md"),
        format!("# Changelog\n\n## [{version}] - 2026-12-01\n\n- It is there.\n{rest}"),
    )?;
    Ok(())
}

/// What is missing, of which each piece has to be in one sentence and no sentence be left over.
#[track_caller]
fn assert_missing(missing: &[String], pieces: &[&str]) {
    assert_eq!(missing.len(), pieces.len(), "{missing:#?}");
    for (sentence, piece) in missing.iter().zip(pieces) {
        assert!(sentence.contains(piece), "{piece} is not in: {sentence}");
    }
}

#[test]
fn what_is_missing_is_named_until_nothing_is() -> Result<()> {
    let copy = copy()?;
    let root = copy.path();
    let version = manifest::published(&checkout())?[0].version.clone();
    // As the owner begins, whatever this checkout says by now.
    address::fill(root, &Repository::placeholder(), None, None)?;
    fs::write(root.join("CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n\n- It is there.\n")?;
    commit(root)?;
    let placeholder = Repository::placeholder().url();
    assert_missing(
        &ready::look(root, Some("v0.0.7"))?.missing,
        &[&placeholder, "no section `## [", "under [Unreleased]", "the tag is called v0.0.7"],
    );

    let repository = Repository::parse("https://github.com/Some-Body/bilingual")?;
    let changed = address::fill(root, &repository, Some("https://example.org/"), None)?;
    for file in ["Cargo.toml", "packaging/install.sh", "packaging/Dockerfile", "packaging/mdbook-bilingual.json"] {
        assert!(changed.iter().any(|it| it == file), "{file} is not in {changed:?}");
    }
    write_changelog(root, &version, "")?;
    let readiness = ready::look(root, Some(&format!("v{version}")))?;
    assert_missing(&readiness.missing, &["not as they were committed"]);
    commit(root)?;
    assert_missing(&ready::look(root, None)?.missing, &[]);

    let readme = fs::read_to_string(root.join("README.md"))?;
    let old = "mdbook-bilingual@0.0.1, mdbook-bilingual-v0.0.1-x86_64, mdbook-bilingual@v7. mdbook-bilingual:9.9";
    fs::write(
        root.join("README.md"),
        format!("{old}\nmdbook-bilingual: 1 book; mdbook-bilingual@{version}.\n{readme}"),
    )?;
    commit(root)?;
    let said = ["@0.0.1,", "-v0.0.1,", "@v7,", ":9.9,"].map(|it| format!("README.md:1 says mdbook-bilingual{it}"));
    assert_missing(&ready::look(root, None)?.missing, &said.each_ref().map(String::as_str));

    let published = manifest::published(root)?;
    for package in &published {
        assert_eq!(package.addresses[0].as_deref(), Some("https://github.com/Some-Body/bilingual"), "{}", package.name);
        assert_eq!(package.addresses[1].as_deref(), Some("https://example.org/"), "{}", package.name);
    }
    // Those that others need are published first.
    for (at, package) in published.iter().enumerate() {
        let later = published[at..].iter().find(|later| package.needs.iter().any(|(name, _)| *name == later.name));
        assert!(later.is_none(), "{} comes before {later:?}", package.name);
    }
    Ok(())
}

#[test]
fn a_repository_that_moves_is_written_again() -> Result<()> {
    let [once, twice] = [copy()?, copy()?];
    // In pieces, because this file is one of those that addresses are replaced in.
    let [first, last] = ["First", "last"].map(|owner| Repository::parse(&format!("https://github.com/{owner}/book")));
    let last = last?;
    address::fill(twice.path(), &first?, None, None)?;
    address::fill(twice.path(), &last, None, None)?;
    address::fill(once.path(), &last, None, None)?;
    for (once, twice) in address::texts(once.path())?.into_iter().zip(address::texts(twice.path())?) {
        assert!(once == twice, "{}", once.0);
    }
    Ok(())
}

#[test]
fn versions_have_to_agree() -> Result<()> {
    let copy = copy()?;
    let root = copy.path();
    let version = manifest::published(root)?[0].version.clone();
    address::fill(root, &Repository::parse("https://github.com/some/body")?, None, None)?;
    write_changelog(root, &version, "\n## [0.0.9] - 2026-01-01\n")?;
    let manifest = fs::read_to_string(root.join("Cargo.toml"))?;
    let wanted = format!("path = \"preprocessors\", version = \"{version}\"");
    assert!(manifest.contains(&wanted));
    fs::write(root.join("Cargo.toml"), manifest.replace(&wanted, "path = \"preprocessors\", version = \"0.0.1\""))?;
    commit(root)?;
    // Cargo refuses it outright where the numbers exclude each other.
    match ready::look(root, None) {
        Ok(readiness) => {
            let published = manifest::published(root)?;
            let needs_it =
                published.iter().filter(|it| it.needs.iter().any(|(name, _)| name == "mdbook-bilingual-core"));
            let expected: Vec<String> =
                needs_it.map(|it| format!("{} needs mdbook-bilingual-core ^0.0.1", it.name)).collect();
            assert!(expected.len() >= PROGRAMS.len());
            assert_missing(&readiness.missing, &expected.iter().map(String::as_str).collect::<Vec<_>>());
        }
        Err(error) => assert!(format!("{error:#}").contains("0.0.1"), "{error:#}"),
    }
    Ok(())
}
