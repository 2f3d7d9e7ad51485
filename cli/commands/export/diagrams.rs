//! Pictures of diagrams: drawn by the Chromium of this machine, or by somebody else.
//!
//! All diagrams of a run are drawn by one Chromium, with the Mermaid that the suite carries, on a page in a folder of its
//! own. Nothing is fetched, and a diagram that cannot be drawn is told.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files;
use percent_encoding::percent_decode_str;
use tempfile::TempDir;

use crate::commands::install::MERMAID;

/// The variable that names a browser: a path, or a program on `PATH`.
const VARIABLE: &str = "CHROME";

/// What the browser is called where it is on `PATH`.
const PROGRAMS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where macOS keeps programs that are never on `PATH`.
const MAC_APPS: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// What Chromium is told, so that it draws, prints the page, and does nothing else.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    // Some containers have 64 MB of shared memory, and a page needs more.
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    // Milliseconds of the page's own clock, which is as fast as the page: it ends when there is nothing more to do.
    "--virtual-time-budget=600000",
    "--dump-dom",
];

/// How long Chromium may take for all diagrams.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many bytes it may say: pictures, each byte as two characters.
const MOST: u64 = 512 << 20;

/// How many bytes a picture in a folder may have.
const LARGEST: u64 = 32 << 20;

/// The page. Its scripts are the files beside it, and nothing in a diagram is one.
const PAGE: &str = "<!doctype html>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; script-src file:; style-src 'unsafe-inline'; img-src data:\">\n\
    <body>\n<script src=\"mermaid.min.js\"></script>\n<script src=\"sources.js\"></script>\n<script src=\"draw.js\"></script>\n";

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The pictures of some diagrams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// The PNG of each, by its source.
    pub(crate) pictures: BTreeMap<String, Vec<u8>>,
    /// Why there is none, by the source, each a part of a sentence.
    pub(crate) missing: BTreeMap<String, String>,
}

impl Drawn {
    fn without(sources: &BTreeSet<String>, why: &str) -> Self {
        let missing = sources.iter().map(|source| (source.clone(), why.to_owned())).collect();
        Self { pictures: BTreeMap::new(), missing }
    }
}

/// Draws diagrams with the Chromium of this machine; none where there is no Chromium.
pub(crate) fn draw(sources: &BTreeSet<String>) -> Drawn {
    draw_with(program(), sources, PATIENCE)
}

/// Reads the pictures of the diagrams of one note, in order, from a folder: `1.png`, `2.png`.
pub(crate) fn read(folder: &Path, sources: &[&str]) -> Drawn {
    let mut drawn = Drawn::default();
    for (number, source) in sources.iter().enumerate() {
        let file = folder.join(format!("{}.png", number + 1));
        match files::bytes(&file, LARGEST) {
            Ok(bytes) if bytes.starts_with(PNG) => {
                drawn.pictures.insert((*source).to_owned(), bytes);
            }
            Ok(_) => {
                drawn.missing.insert((*source).to_owned(), format!("{} is no PNG", file.display()));
            }
            Err(error) => {
                drawn.missing.insert((*source).to_owned(), format!("{}: {error}", file.display()));
            }
        }
    }
    drawn
}

fn draw_with(program: Result<PathBuf>, sources: &BTreeSet<String>, patience: Duration) -> Drawn {
    if sources.is_empty() {
        return Drawn::default();
    }
    match program.and_then(|program| said(&program, sources, patience)) {
        Ok(said) => understood(&said, sources),
        Err(why) => Drawn::without(sources, &format!("{why:#}")),
    }
}

/// The Chromium of this machine.
fn program() -> Result<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|named| !named.is_empty()) {
        return found(&named).with_context(|| format!("{VARIABLE} names no program: {}", named.display()));
    }
    let on_path = PROGRAMS.iter().find_map(|name| found(OsStr::new(name)));
    let apps = || MAC_APPS.iter().map(PathBuf::from).find(|app| app.is_file());
    on_path.or_else(apps).with_context(|| format!("there is no Chromium on this machine, and {VARIABLE} names none"))
}

/// A program by its path, or by its name on `PATH`: that may name the current folder, which others may have made.
fn found(name: &OsStr) -> Option<PathBuf> {
    let path = Path::new(name);
    if path.components().count() > 1 {
        return path.is_file().then(|| path.to_owned());
    }
    let folders = env::var_os("PATH")?;
    let mut file = OsString::from(name);
    if !Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("exe")) {
        file.push(env::consts::EXE_SUFFIX);
    }
    let folders = env::split_paths(&folders).filter(|folder| folder.is_absolute());
    folders.map(|folder| folder.join(&file)).find(|path| path.is_file())
}

/// What Chromium prints of the page with these diagrams.
fn said(program: &Path, sources: &BTreeSet<String>, patience: Duration) -> Result<String> {
    let folder = tempfile::Builder::new().prefix("bilingual-diagrams-").tempdir()?;
    let page = write_page(&folder, sources)?;
    let mut profile = OsString::from("--user-data-dir=");
    profile.push(folder.path().join("profile"));
    let mut command = Command::new(program);
    command.args(ARGUMENTS).arg(profile);
    if belongs_to_root(folder.path()) {
        // Chromium refuses to run as root with its sandbox.
        command.arg("--no-sandbox");
    }
    command.arg(page).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = command.spawn().with_context(|| format!("{} cannot be started", program.display()))?;
    let stdout = process.stdout.take().context("it was asked for")?;
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        let read = stdout.take(MOST).read_to_end(&mut said).map(|_| said);
        // Nobody may be waiting any more.
        let _ = sender.send(read);
    });
    let said = receiver.recv_timeout(patience);
    // It has said all that it will say, or too much time has passed.
    let _ = process.kill();
    let _ = process.wait();
    match said {
        Ok(said) => Ok(String::from_utf8_lossy(&said?).into_owned()),
        Err(_) => bail!("Chromium took longer than {} seconds", patience.as_secs()),
    }
}

/// Writes the page and its scripts, and returns its address.
fn write_page(folder: &TempDir, sources: &BTreeSet<String>) -> Result<String> {
    let sources = format!("const SOURCES = {};\n", serde_json::to_string(sources)?);
    let files: [(&str, &[u8]); 4] = [
        ("page.html", PAGE.as_bytes()),
        ("mermaid.min.js", MERMAID),
        ("sources.js", sources.as_bytes()),
        ("draw.js", include_bytes!("diagrams.js")),
    ];
    for (name, contents) in files {
        fs::write(folder.path().join(name), contents)?;
    }
    let page = fs::canonicalize(folder.path())?.join("page.html");
    let page = url::Url::from_file_path(page).map_err(|()| anyhow::anyhow!("the temporary folder has no address"))?;
    Ok(page.into())
}

/// What the lines of the page say.
fn understood(said: &str, sources: &BTreeSet<String>) -> Drawn {
    let mut drawn = Drawn::without(sources, "Chromium did not finish its page");
    let sources: Vec<&String> = sources.iter().collect();
    for line in said.lines() {
        let mut words = line.split(' ');
        let (Some("diagram"), Some(number), Some(how), Some(what)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        let Some(source) = number.parse().ok().and_then(|number: usize| sources.get(number)) else { continue };
        match how {
            "png" if let Some(png) = bytes(what).filter(|png| png.starts_with(PNG)) => {
                drawn.pictures.insert((*source).clone(), png);
                drawn.missing.remove(*source);
            }
            "failed" => {
                let why = percent_decode_str(what).decode_utf8_lossy();
                let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
                drawn.missing.insert((*source).clone(), format!("Mermaid says: {why}"));
            }
            _ => {}
        }
    }
    drawn
}

/// Bytes that are written with two digits each.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = digits.chars().map(|digit| digit.to_digit(16)?.try_into().ok()).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Whether whoever runs this is root, which the owner of a folder that was just made tells.
fn belongs_to_root(fresh: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(fresh).is_ok_and(|folder| folder.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = fresh;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(sources: &[&str]) -> BTreeSet<String> {
        sources.iter().map(|source| (*source).to_owned()).collect()
    }

    #[test]
    fn chromium_draws_them_at_once() {
        let Ok(program) = program() else {
            eprintln!("skipped: there is no Chromium on this machine");
            return;
        };
        let sources = set(&[
            "graph TD\n  A[开始 </script>] --> B{判断?}\n",
            "graph TD\n  A --",
            "sequenceDiagram\n  A->>B: hi\n",
            "graph TD\n  A[\"$$x^2$$\"]\n",
            "%%{init: {\"htmlLabels\": true}}%%\ngraph LR\n  A[\"<b>x</b><br>y\"]\n",
        ]);
        let drawn = draw_with(Ok(program), &sources, PATIENCE);
        assert_eq!(drawn.pictures.len(), 4, "{:?}", drawn.missing);
        assert!(drawn.pictures.values().all(|png| png.starts_with(PNG) && png.len() > 1000));
        let why = &drawn.missing["graph TD\n  A --"];
        assert!(why.starts_with("Mermaid says: Parse error on line "), "{why}");
        // The same diagram is the same picture, whatever is drawn with it.
        let again = draw(&set(&["sequenceDiagram\n  A->>B: hi\n"]));
        let [(source, png)] = Vec::from_iter(again.pictures).try_into().unwrap();
        assert!(drawn.pictures[&source] == png);
    }

    #[test]
    fn without_a_browser_each_says_why() {
        let sources = set(&["a", "b"]);
        let none = draw_with(Err(anyhow::anyhow!("there is none")), &sources, PATIENCE);
        assert_eq!(none, Drawn::without(&sources, "there is none"));
        let gone = draw_with(Ok(PathBuf::from("/no/such/program")), &sources, PATIENCE);
        assert!(gone.missing["a"].starts_with("/no/such/program cannot be started: "), "{:?}", gone.missing);
        assert_eq!(draw_with(Err(anyhow::anyhow!("x")), &BTreeSet::new(), PATIENCE), Drawn::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_browser_that_does_not_answer_is_ended() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("browser");
        for (script, why) in [
            ("#!/bin/sh\nexec sleep 600\n", "Chromium took longer than 0 seconds"),
            ("#!/bin/sh\necho 'diagram 9 png 00'\necho diagram 0 png zz\n", "Chromium did not finish its page"),
        ] {
            let new = folder.path().join("new");
            fs::write(&new, script).unwrap();
            fs::set_permissions(&new, fs::Permissions::from_mode(0o755)).unwrap();
            fs::rename(&new, &program).unwrap();
            let patience = if why.ends_with("seconds") { Duration::from_millis(200) } else { PATIENCE };
            let drawn = draw_with(Ok(program.clone()), &set(&["a"]), patience);
            assert_eq!(drawn, Drawn::without(&set(&["a"]), why));
        }
    }

    #[test]
    fn pictures_that_somebody_else_drew() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("1.png"), PNG).unwrap();
        fs::write(folder.path().join("3.png"), "a").unwrap();
        let drawn = read(folder.path(), &["a", "b", "c"]);
        assert_eq!(drawn.pictures, BTreeMap::from([("a".to_owned(), PNG.to_vec())]));
        assert!(drawn.missing["c"].ends_with("3.png is no PNG") && drawn.missing["b"].contains("2.png: "), "{drawn:?}");
    }

    #[test]
    fn digits_are_bytes() {
        assert_eq!(bytes("00fF10"), Some(vec![0, 255, 16]));
        assert_eq!(bytes(""), Some(Vec::new()));
        assert_eq!([bytes("0"), bytes("0g"), bytes("图图")], [None, None, None]);
    }
}
