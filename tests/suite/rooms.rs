//! Whether the rooms of the library import in one direction, whether none of them holds more than its share, and whether
//! each type has its name alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;
use walkdir::WalkDir;

use crate::program::checkout;

/// The rooms of `preprocessors/`, floor by floor: a room imports only from floors above its own in this list, and from no
/// room beside it.
const FLOORS: &[&[&str]] = &[
    &["diagnostic", "formula", "parallel"],
    &["values"],
    &["platforms"],
    &["text"],
    &["markdown"],
    &["notebook"],
    &["config", "messages", "edit", "files"],
    &["assembly", "host", "reading"],
    &["facts", "checks", "passes"],
    &["lib", "fuzzing"],
];

/// Rooms that import nothing of the rest, whatever stands above them.
const ALONE: &[&str] = &["formula", "parallel"];

/// Where findings are made: by the checks, and by what reads the values that somebody wrote for us.
const FINDERS: &[&str] = &["checks/", "config/", "facts/front_matter/"];

/// How much of the library a room may hold, in hundredths.
const LARGEST: usize = 25;

/// One file of a room.
struct File {
    /// Its path below `preprocessors/`.
    path: String,
    /// Its room: the first folder, or the file's own name.
    room: String,
    /// The modules that it lies in, from the crate's root.
    module: Vec<String>,
    /// Its code, without comments and without tests.
    code: String,
    lines: usize,
}

fn files() -> Vec<File> {
    files_of("preprocessors")
}

fn files_of(folder: &str) -> Vec<File> {
    let root = checkout().join(folder);
    let paths = WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("it is read").into_path());
    let paths = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    paths.map(|path| file(&root, &path)).collect()
}

fn file(root: &Path, path: &Path) -> File {
    let below = path.strip_prefix(root).expect("it lies below").with_extension("");
    let mut module: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let room = module[0].clone();
    module.pop_if(|name| name == "mod" || name == "lib");
    let text = std::fs::read_to_string(path).expect("it is read");
    let tests = Regex::new(r"(?m)^#\[cfg\([^\n]*\btest\b[^\n]*\)\]\n(?:#\[[^\n]*\n)*(?:pub(?:\([^)]*\))? )?mod ")
        .expect("a pattern");
    let code = tests.find(&text).map_or(text.as_str(), |tests| &text[..tests.start()]);
    let code = Regex::new(r"//[^\n]*").expect("a pattern").replace_all(code, "").into_owned();
    File { path: below.with_extension("rs").display().to_string(), room, module, code, lines: text.lines().count() }
}

/// The rooms that a file names: `crate::room`, `crate::{room, …}` and `super::super::room`.
fn named(file: &File) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let path = Regex::new(r"\bcrate::(\w+)").expect("a pattern");
    named.extend(path.captures_iter(&file.code).map(|found| found[1].to_owned()));
    let group = Regex::new(r"\bcrate::\{").expect("a pattern");
    for found in group.find_iter(&file.code) {
        named.extend(first_names(&file.code[found.end()..]));
    }
    let above = Regex::new(r"\b((?:super::)+)(\w+)").expect("a pattern");
    for found in above.captures_iter(&file.code) {
        if found[1].len() / "super::".len() == file.module.len() {
            named.insert(found[2].to_owned());
        }
    }
    named
}

/// The names on the first level of a group of imports, from behind its brace to its end.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    names.push(name);
    let first = |name: &String| name.trim().split("::").next().unwrap_or_default().to_owned();
    names.iter().map(first).filter(|name| !name.is_empty()).collect()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

#[test]
fn imports_point_in_one_direction() {
    let mut wrong = Vec::new();
    let files = files();
    for file in &files {
        let Some(own) = floor(&file.room) else {
            wrong.push(format!("{}: the room {} stands on no floor; give it one in FLOORS", file.path, file.room));
            continue;
        };
        for other in named(file).into_iter().filter(|other| *other != file.room) {
            // What the root itself exports is the root's.
            let other_floor = floor(&other).unwrap_or(FLOORS.len() - 1);
            if ALONE.contains(&file.room.as_str()) || other_floor >= own && file.room != "lib" {
                wrong.push(format!("{}: {} imports {other}", file.path, file.room));
            }
        }
    }
    let rooms: BTreeSet<&str> = files.iter().map(|file| file.room.as_str()).collect();
    wrong.extend(
        FLOORS
            .iter()
            .copied()
            .flatten()
            .filter(|room| !rooms.contains(*room))
            .map(|room| format!("no room is called {room}")),
    );
    assert!(wrong.is_empty(), "imports that run back:\n{}", wrong.join("\n"));
}

#[test]
fn findings_are_made_by_checks() {
    let made = Regex::new(r"\bDiagnostic::new\b").expect("a pattern");
    for file in files() {
        let may_find = FINDERS.iter().any(|folder| file.path.starts_with(folder));
        assert!(
            may_find || !made.is_match(&file.code),
            "{} makes a finding: keep what was seen in notebook/sightings.rs, and let a file of checks/ say it",
            file.path
        );
    }
}

#[test]
fn a_type_has_its_name_alone() {
    let defined = Regex::new(r"(?m)^ *(?:pub(?:\([\w: ]+\))? )?(struct|enum|trait|type) (\w+)").expect("a pattern");
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (folder, file) in
        ["preprocessors", "cli"].into_iter().flat_map(|it| files_of(it).into_iter().map(move |file| (it, file)))
    {
        for found in defined.captures_iter(&file.code) {
            // In an implementation, `type` is a name of its trait's.
            let is_associated = &found[1] == "type" && found[0].starts_with(' ');
            if !is_associated {
                places.entry(found[2].to_owned()).or_default().insert(format!("{folder}/{}", file.path));
            }
        }
    }
    places.retain(|_, places| places.len() > 1);
    assert!(places.is_empty(), "types that are called the same: {places:#?}");
}

#[test]
fn an_arrow_that_runs_back_is_found() {
    let file = |code: &str| File {
        path: String::new(),
        room: "values".to_owned(),
        module: vec!["values".to_owned(), "date".to_owned()],
        code: code.to_owned(),
        lines: 1,
    };
    for code in [
        "use crate::facts::Text;",
        "use crate::{diagnostic::Place, facts::{git, Text}};",
        "let text = super::super::facts::text();",
        "fn f() -> crate::facts::Text {}",
    ] {
        assert!(named(&file(code)).contains("facts"), "{code}");
    }
    assert!(!named(&file("use super::facts; use std::facts::X;")).contains("facts"));
}

#[test]
fn no_room_holds_more_than_its_share() {
    let files = files();
    let all: usize = files.iter().map(|file| file.lines).sum();
    for room in FLOORS.iter().copied().flatten() {
        let own: usize = files.iter().filter(|file| file.room == *room).map(|file| file.lines).sum();
        assert!(own * 100 <= all * LARGEST, "{room} holds {own} of {all} lines: give a part of it a room of its own");
    }
}

#[test]
fn the_documents_name_every_room_and_no_other_place() {
    let read = |file: &str| std::fs::read_to_string(checkout().join(file)).expect("it is read");
    let lib = read("preprocessors/lib.rs");
    for room in FLOORS.iter().copied().flatten().filter(|room| !["lib", "fuzzing"].contains(room)) {
        assert!(lib.contains(&format!("[`{room}`]")), "the table of lib.rs has no {room}");
    }
    let contributing = read("CONTRIBUTING.md");
    let place = Regex::new(r"`((?:preprocessors|cli|tests|theme|xtask|renderers|docs|fuzz|book|packaging)/[\w./-]*)`")
        .expect("a pattern");
    for found in place.captures_iter(&contributing) {
        let place = &found[1];
        let is_pattern = ["NAME", "TAG", "<"].iter().any(|part| place.contains(part));
        assert!(is_pattern || checkout().join(place).exists(), "CONTRIBUTING.md names {place}, which is not there");
    }
}
