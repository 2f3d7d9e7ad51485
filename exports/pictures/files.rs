//! Names of files that an export has beside it, and addresses of files as such.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// How many bytes of a name are kept: no system takes more than 255, and something is put behind it.
const LONGEST: usize = 200;

/// A name that every system takes for a file.
pub(super) fn name(name: &str) -> String {
    let is_bad = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let plain: String = name.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    // A dot at its beginning hides it, and one at its end is not kept everywhere.
    let plain = plain.trim_matches(|c: char| c == '.' || c == ' ');
    let (stem, extension) = parts(plain);
    let stem = &stem[..stem.floor_char_boundary(LONGEST)];
    let extension = &extension[..extension.floor_char_boundary(LONGEST / 10)];
    match (stem, extension) {
        ("", "") => "picture".to_owned(),
        (stem, "") => stem.to_owned(),
        (stem, extension) => format!("{stem}.{extension}"),
    }
}

/// The same name or path with another extension.
pub(super) fn with_extension(path: &str, extension: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (&path[..=folder.len()], name));
    format!("{folder}{}.{extension}", parts(name).0)
}

/// A name that tells the bytes of its file.
pub(super) fn numbered(name: &str, bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match parts(name) {
        (stem, "") => format!("{stem}-{digits}"),
        (stem, extension) => format!("{stem}-{digits}.{extension}"),
    }
}

/// Whether two names are one on some system.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn parts(name: &str) -> (&str, &str) {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""))
}

/// The address of a file itself, where the address is that of a page about it.
///
/// ```text
/// https://github.com/o/r/blob/main/a.png?raw=true     →     https://github.com/o/r/raw/main/a.png
/// https://gitlab.com/g/o/r/-/blob/main/a.png          →     https://gitlab.com/g/o/r/-/raw/main/a.png
/// ```
pub(super) fn raw(address: &str) -> Cow<'_, str> {
    let page = address.split(['?', '#']).next().unwrap_or(address);
    let Some((scheme, rest)) = page.split_once("://") else { return address.into() };
    let Some((host, path)) = rest.split_once('/') else { return address.into() };
    if let Some((project, file)) = path.split_once("/-/blob/") {
        return format!("{scheme}://{host}/{project}/-/raw/{file}").into();
    }
    let plain = host.to_ascii_lowercase();
    let [blob, raw] = match plain.strip_prefix("www.").unwrap_or(&plain) {
        "github.com" | "gitee.com" => ["blob", "raw"],
        "codeberg.org" => ["src", "raw"],
        _ => return address.into(),
    };
    match path.splitn(4, '/').collect::<Vec<_>>().as_slice() {
        [owner, project, view, file] if *view == blob => {
            format!("{scheme}://{host}/{owner}/{project}/{raw}/{file}").into()
        }
        _ => address.into(),
    }
}

/// The hosts that a file at an address comes from: its own, and the one to which that leads on.
pub(super) fn hosts(address: &str) -> [Option<String>; 2] {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host =
        authority.rsplit('@').next().and_then(|host| host.split(':').next()).unwrap_or_default().to_ascii_lowercase();
    let is_raw = host == "github.com" && rest.split('/').nth(3) == Some("raw");
    // GitHub's address of a file leads on to where its files are.
    [is_raw.then(|| "raw.githubusercontent.com".to_owned()), Some(host)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_system_takes() {
        for (written, want) in [
            ("loss.png", "loss.png"),
            ("曲线 1.png", "曲线 1.png"),
            ("a:b?c\n.png", "a-b-c-.png"),
            (".hidden", "hidden"),
            ("..", "picture"),
            ("", "picture"),
        ] {
            assert_eq!(name(written), want, "{written}");
        }
        assert!(name(&"图".repeat(400)).len() <= LONGEST && name(&format!("a.{}", "图".repeat(400))).len() <= LONGEST);
        assert_eq!(with_extension("a.b/c.d.svg", "png"), "a.b/c.d.png");
        assert_eq!(with_extension("a.b/c", "png"), "a.b/c.png");
        assert_eq!(numbered("a.png", b""), "a-e3b0c442.png");
        assert!(is_same("A.png", "a.PNG") && !is_same("a.png", "b.png"));
    }

    #[test]
    fn pages_about_a_file_and_the_file() {
        for (page, file) in [
            ("https://github.com/o/r/blob/main/a%20b.png?raw=true#x", "https://github.com/o/r/raw/main/a%20b.png"),
            ("https://www.GitHub.com/o/r/blob/v1/b/blob/a.png", "https://www.GitHub.com/o/r/raw/v1/b/blob/a.png"),
            ("https://gitee.com/o/r/blob/main/a.png", "https://gitee.com/o/r/raw/main/a.png"),
            ("https://git.e.org/g/o/r/-/blob/main/a.png", "https://git.e.org/g/o/r/-/raw/main/a.png"),
            ("https://codeberg.org/o/r/src/branch/main/a.png", "https://codeberg.org/o/r/raw/branch/main/a.png"),
            ("https://github.com/o/r/raw/main/a.png?x=y", "https://github.com/o/r/raw/main/a.png?x=y"),
            ("https://h/o/r/blob/main/a.png", "https://h/o/r/blob/main/a.png"),
            ("https://github.com", "https://github.com"),
            ("图", "图"),
        ] {
            assert_eq!(raw(page), file, "{page}");
        }
    }

    #[test]
    fn hosts_of_a_file() {
        let all = |address: &str| hosts(address).into_iter().flatten().collect::<Vec<_>>();
        assert_eq!(all("https://u@E.org:80/a"), ["e.org"]);
        assert_eq!(all("https://github.com/o/r/raw/main/a.png"), ["raw.githubusercontent.com", "github.com"]);
        assert_eq!(all("https://github.com/o/r/assets/1"), ["github.com"]);
        assert_eq!(all("x"), ["x"]);
    }
}
