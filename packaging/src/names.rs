//! What an archive is called, and for which systems there is one.
//!
//! The names stand once more where no Rust is read: in `Cargo.toml` for `cargo binstall`, in the workflow, in the script of
//! the action, in the `Dockerfile` and in the manifest for another install action. The tests in `tests/names.rs` compare
//! them all.

/// What archives begin with.
pub const NAME: &str = "mdbook-bilingual";

/// The programs in an archive, each in the package of its name. The first one writes completions and manual pages; the
/// second one is for books that have neither of the others, and the third one is started by mdBook alone.
pub const PROGRAMS: &[&str] = &["mdbook-bilingual", "mdbook-bilingual-search", "mdbook-bilingual-site"];

/// The systems that a release has an archive for.
pub const TARGETS: [&str; 7] = [
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
    "x86_64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-pc-windows-msvc",
];

/// The file with the hashes of all archives, as `sha256sum` writes and checks it.
pub const SUMS: &str = "SHA256SUMS";

/// The file with the licences of others, in an archive.
pub const THIRD_PARTY: &str = "THIRD-PARTY.md";

/// The one folder in an archive: `mdbook-bilingual-v0.1.0-x86_64-unknown-linux-musl`.
#[must_use]
pub fn folder(version: &str, target: &str) -> String {
    format!("{NAME}-v{version}-{target}")
}

/// The file name of an archive.
#[must_use]
pub fn archive(version: &str, target: &str) -> String {
    let suffix = if is_windows(target) { "zip" } else { "tar.gz" };
    format!("{}.{suffix}", folder(version, target))
}

/// The file name of a program.
#[must_use]
pub fn executable(program: &str, target: &str) -> String {
    format!("{program}{}", if is_windows(target) { ".exe" } else { "" })
}

fn is_windows(target: &str) -> bool {
    target.contains("-windows-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_has_its_own_kind_of_archive() {
        assert_eq!(archive("1.2.3", TARGETS[0]), "mdbook-bilingual-v1.2.3-x86_64-unknown-linux-musl.tar.gz");
        assert_eq!(archive("1.2.3", TARGETS[6]), "mdbook-bilingual-v1.2.3-aarch64-pc-windows-msvc.zip");
        assert_eq!(executable("mdbook-bilingual", TARGETS[6]), "mdbook-bilingual.exe");
    }
}
