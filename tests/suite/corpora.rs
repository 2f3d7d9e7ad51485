//! Real notes of other people, which are not a part of the project: each test is skipped, by its name, unless
//! `BILINGUAL_CORPORA` names the folder that holds them.
//!
//! What has to come out of a corpus is in its `pairs.json`, `catalogue.json` and `links.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mdbook::book::Book;
use mdbook_bilingual_core::edit::{Edit, Layer};
use mdbook_bilingual_core::formula::Mathematics;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::{Anatomy, Formula, Marks, outline};
use mdbook_bilingual_core::text::Wording;
use serde_json::Value;
use support::corpora;
use support::files::files;
use support::program::run;
use support::site;

use crate::emphasised;
use crate::program::{build_into, program, run_in};

/// A corpus, unpacked into a folder that goes with it.
pub(crate) struct Corpus {
    /// What has to come out.
    expected: PathBuf,
    folder: tempfile::TempDir,
}

/// The corpus of this name; without it the test is skipped, and says so.
pub(crate) fn corpus(name: &str, test: &str) -> Option<Corpus> {
    let expected = corpora::one(name, test)?;
    let folder = tempfile::tempdir().expect("a folder");
    corpora::unpack(&expected, folder.path());
    Some(Corpus { expected, folder })
}

impl Corpus {
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(self.expected.join(file)).expect(file)).expect(file)
    }

    /// Runs the program in the corpus, and returns what it prints.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let run = run_in(self.root(), args);
        assert_eq!(run.code, Some(0), "{args:?}: {}", run.stderr);
        run.out().to_owned()
    }

    pub(crate) fn list(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(args)).expect("JSON")
    }

    /// The pairs that have to be found: file and language of each side.
    fn pairs(&self) -> BTreeSet<[(String, String); 2]> {
        let rows = self.json("pairs.json");
        let rows = rows.as_array().cloned().unwrap_or_else(|| rows["pairs"].as_array().expect("pairs").clone());
        let side = |file: &Value, language: &str| (text(file), tag(language));
        let pair = |row: &Value| match row.as_array() {
            Some(row) => [side(&row[0], &text(&row[1])), side(&row[2], &text(&row[3]))],
            None => [side(&row["zh"], "zh"), side(&row["en"], "en")],
        };
        rows.iter().map(|row| sorted(pair(row))).collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().map(|texts| texts.iter().map(text).collect()).unwrap_or_default()
}

/// The corpora say `zh`, and books say which Chinese.
fn tag(language: &str) -> String {
    if language == "zh" { "zh-CN".to_owned() } else { language.to_owned() }
}

fn sorted<T: Ord>(mut pair: [T; 2]) -> [T; 2] {
    pair.sort();
    pair
}

/// The pairs of a list.
fn pairs(list: &Value) -> BTreeSet<[(String, String); 2]> {
    let mut found = BTreeSet::new();
    for note in list["notes"].as_array().expect("notes") {
        let editions = note["editions"].as_array().expect("editions");
        let side = |edition: &Value| (text(&edition["source"]), text(&edition["language"]));
        for (at, one) in editions.iter().enumerate() {
            found.extend(editions[at + 1..].iter().map(|other| sorted([side(one), side(other)])));
        }
    }
    found
}

/// Every file below a folder and its bytes, without what git keeps.
fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = files(root).into_iter().filter(|file| !file.starts_with(".git"));
    files.map(|file| (file.clone(), fs::read(root.join(file)).expect("a file"))).collect()
}

/// Adopts a corpus; no file that was there changes.
pub(crate) fn adopt(corpus: &Corpus) {
    let before = contents(corpus.root());
    corpus.run(&["adopt", "."]);
    let after = contents(corpus.root());
    for (file, bytes) in before {
        let name = file.to_string_lossy();
        if !name.ends_with("book.toml") && !name.ends_with("SUMMARY.md") {
            assert_eq!(after.get(&file), Some(&bytes), "{name} changed");
        }
    }
}

#[test]
fn pairs_of_bpf_tutorial() {
    let Some(corpus) = corpus("bpf-tutorial", "pairs_of_bpf_tutorial") else { return };
    adopt(&corpus);
    assert_eq!(pairs(&corpus.list(&["list", ".", "--format", "json"])), corpus.pairs());
    let out = tempfile::tempdir().expect("a folder");
    build_into(corpus.root(), out.path());
    check_site(corpus.root(), out.path());
}

#[test]
fn pairs_of_async_book() {
    let Some(corpus) = corpus("async-book", "pairs_of_async_book") else { return };
    // mdBook 0.5 refuses this key, and says so of itself; the suite names it.
    let toml = corpus.root().join("book.toml");
    let before = fs::read_to_string(&toml).expect("book.toml");
    assert!(
        run_in(corpus.root(), &["adopt", ".", "--dry-run"])
            .stderr
            .contains("error[config-old]: book.toml:8:2: mdBook 0.5 no longer reads `preprocess`")
    );
    fs::write(&toml, before.replace("[preprocess.links]\n", "")).expect("written");
    let (_, old) = Host::load(corpus.root()).expect("it loads");
    adopt(&corpus);
    assert_eq!(pairs(&corpus.list(&["list", ".", "--format", "json"])), corpus.pairs());

    // What the table of contents listed is there still, drafts included.
    let (host, new) = Host::load(corpus.root()).expect("it loads");
    let names = |book: &Book| -> Vec<(String, bool)> {
        book.iter()
            .filter_map(|item| match item {
                mdbook::book::BookItem::Chapter(chapter) => Some((chapter.name.clone(), chapter.path.is_none())),
                _ => None,
            })
            .collect()
    };
    let (old, new_names) = (names(&old), names(&new));
    assert!(old.iter().filter(|(_, draft)| *draft).count() >= 7);
    assert_eq!(new_names[..old.len()], old);
    assert!(new.chapters().filter(|chapter| chapter.content.contains("{{#include")).count() > 3);
    let (processed, _) = mdbook_bilingual_core::process(&host, new.clone()).expect("it is processed");
    let includes =
        |book: &Book| -> usize { book.chapters().map(|chapter| chapter.content.matches("{{#include").count()).sum() };
    assert_eq!(includes(&processed), includes(&new));

    let out = tempfile::tempdir().expect("a folder");
    build_into(corpus.root(), out.path());
    check_site(corpus.root(), out.path());
}

#[test]
fn pairs_of_vsag_docs() {
    let Some(corpus) = corpus("vsag-docs", "pairs_of_vsag_docs") else { return };
    let list = corpus.list(&["list", ".", "--format", "json"]);
    assert_eq!(pairs(&list), corpus.pairs());
    // Each folder is a book of its own, so that there is nothing to make, and nothing to link.
    let before = contents(corpus.root());
    corpus.run(&["adopt", "."]);
    assert_eq!(contents(corpus.root()), before);
    for book in ["docs/docs/en", "docs/docs/zh"] {
        let root = corpus.root().join(book);
        let toml = fs::read_to_string(root.join("book.toml")).expect("book.toml");
        corpus.run(&["install", book]);
        let installed = fs::read_to_string(root.join("book.toml")).expect("book.toml");
        assert!(installed.starts_with(toml.trim_end()), "{installed}");
        let out = tempfile::tempdir().expect("a folder");
        build_into(&root, out.path());
        let pages: BTreeMap<PathBuf, String> = site::pages(out.path()).into_iter().collect();
        check_ids(&root, &pages);
        for (page, html) in pages {
            for link in site::links(site::main_part(&html)).iter().filter(|link| !link.contains(':')) {
                let depth = page.components().count() - 1;
                assert!(link.matches("../").count() <= depth, "{}: {link} leads out of the book", page.display());
            }
        }
    }
}

/// The one line that settles what two catalogues disagree about.
const SEPARATE: &str = "separate = [[\"torch/nccl/readme.md\", \"torch/nccl/readme_en.md\"]]\n";

pub(crate) fn awesome(test: &str) -> Option<Corpus> {
    let corpus = corpus("awesome-ml-sys", test)?;
    adopt(&corpus);
    let toml = corpus.root().join("book.toml");
    let text = fs::read_to_string(&toml).expect("book.toml");
    fs::write(&toml, text.replace("notes = \".\"\n", &format!("notes = \".\"\n{SEPARATE}"))).expect("written");
    Some(corpus)
}

#[test]
fn catalogue_of_awesome_ml_sys() {
    let Some(corpus) = awesome("catalogue_of_awesome_ml_sys") else { return };
    let list = corpus.list(&["list", ".", "--format", "json"]);
    let mut wrong = Vec::new();
    let entries: BTreeMap<u64, &Value> = list["catalogue"]
        .as_array()
        .expect("catalogue")
        .iter()
        .filter(|entry| entry["file"] == "README.md")
        .map(|entry| (entry["line"].as_u64().expect("a line"), entry))
        .collect();
    let editions: BTreeMap<String, &Value> = list["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .flat_map(|note| note["editions"].as_array().expect("editions"))
        .map(|edition| (text(&edition["source"]), edition))
        .collect();
    let expected = corpus.json("catalogue.json");
    let expected = expected.as_array().expect("entries");
    assert_eq!((expected.len(), entries.len()), (77, 77));
    for want in expected {
        let line = want["line"].as_u64().expect("a line");
        let entry = entries[&line];
        let mut section = vec![text(&want["section"])];
        section.extend(want["subsection"].as_str().map(str::to_owned));
        let zhihu = |roles: &[&str]| -> BTreeSet<String> {
            let links = want["zhihu"].as_array().expect("zhihu").iter();
            links
                .filter(|link| roles.contains(&link["role"].as_str().expect("a role")))
                .map(|link| text(&link["url"]))
                .collect()
        };
        let urls = |key: &str| -> BTreeSet<String> {
            entry[key].as_array().into_iter().flatten().map(|link| text(&link["url"])).collect()
        };
        let translations: Vec<(String, String)> = want["translations"]
            .as_array()
            .expect("translations")
            .iter()
            .map(|one| (tag(&text(&one["lang"])), text(&one["path"])))
            .collect();
        let named: Vec<(String, String)> = entry["editions"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| (text(&one["language"]), text(&one["source"])))
            .collect();
        let kind = if want["kind"] == "local-note" { "note" } else { "external" };
        let mut same = |what: &str, is: bool| {
            if !is {
                wrong.push(format!("line {line}: {what}: {want:#}\n{entry:#}"));
            }
        };
        same("title", entry["title"] == want["title"]);
        same("section", texts(&entry["section"]) == section);
        same("status", entry["status"].as_str().unwrap_or("published") == want["status"]);
        same("kind", entry["kind"] == kind);
        same("path", entry["sources"].get(0).unwrap_or(&Value::Null) == want.get("path").unwrap_or(&Value::Null));
        same("translations", named == translations);
        same("cross-posts", urls("cross-posts") == zhihu(&["cross-post"]));
        if want["kind"] == "zhihu-only" {
            same("addresses", urls("external") == zhihu(&["primary", "co-primary"]));
        }
        // What the entry says is what the book knows of the edition.
        if let Some(path) = want["path"].as_str() {
            let edition = editions[path];
            same("the edition's title", edition["title"] == want["title"]);
            same("the edition's language", edition["language"] == tag(&text(&want["lang"])));
            same("the edition's status", edition["status"]["value"].as_str().unwrap_or("published") == want["status"]);
            let posts: BTreeSet<String> =
                edition["cross-posts"].as_array().into_iter().flatten().map(|post| text(&post["url"])).collect();
            same("the edition's cross-posts", posts.is_superset(&zhihu(&["cross-post"])));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn pairs_of_awesome_ml_sys() {
    let Some(corpus) = awesome("pairs_of_awesome_ml_sys") else { return };
    let list = corpus.list(&["list", ".", "--format", "json"]);
    assert_eq!(corpus.pairs().len(), 32);
    assert_eq!(pairs(&list), corpus.pairs());
    // Languages of notes without a counterpart, where the reader who judged them was sure.
    let languages: BTreeMap<String, String> = list["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .flat_map(|note| note["editions"].as_array().expect("editions"))
        .map(|edition| (text(&edition["source"]), text(&edition["language"])))
        .collect();
    for row in corpus.json("pairs.json")["unpaired"].as_array().expect("unpaired") {
        let (path, language) = (text(&row["path"]), text(&row["lang"]));
        // The catalogues are no notes.
        if language != "mixed" && !path.starts_with("README") {
            assert_eq!(languages.get(&path), Some(&tag(&language)), "{path}");
        }
    }
}

#[test]
fn site_of_awesome_ml_sys() {
    let Some(corpus) = awesome("site_of_awesome_ml_sys") else { return };
    let out = tempfile::tempdir().expect("a folder");
    build_into(corpus.root(), out.path());
    assert!(check_site(corpus.root(), out.path()) > 60);

    // Nothing but pages, pictures and mdBook's own files.
    for file in files(out.path()) {
        let name = file.to_string_lossy().into_owned();
        assert!(!name.ends_with(".md") && (!name.starts_with(".git") || name == ".nojekyll"), "{name}");
    }
    let html = fs::read_to_string(out.path().join("rlhf/slime/fp8/index.html")).expect("a page");
    let edit = "https://github.com/zhaochenyang20/Awesome-ML-SYS-Tutorial/edit/main/book/../rlhf/slime/fp8/readme.md";
    assert!(html.contains(edit), "the edit button names another file");

    let page_of = |file: &str| {
        let path = Path::new(file);
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let stem = if stem.eq_ignore_ascii_case("readme") { "index".to_owned() } else { stem };
        path.with_file_name(format!("{stem}.html"))
    };
    let pages: BTreeMap<PathBuf, String> = site::pages(out.path()).into_iter().collect();
    let targets = |file: &str| -> BTreeSet<PathBuf> {
        let page = page_of(file);
        let html = site::main_part(&pages[&page]);
        site::links(html).iter().filter(|link| !link.contains("://")).map(|link| site::target(&page, link)).collect()
    };
    let links = corpus.json("links.json");
    let rows = |key: &str| links[key].as_array().expect(key).clone();
    let mut followed = 0;
    for row in rows("wrong_language").iter().chain(&rows("wrong_language_absolute")) {
        let (from, written, own, label) = (text(&row[0]), text(&row[3]), text(&row[4]), text(&row[5]));
        // An English version that is called so is meant.
        let deliberate = label.contains("英文") || (from == "README.md" && label.is_empty());
        let wanted = if deliberate { written.clone() } else { own };
        let wanted = wanted.split('#').next().expect("a path").trim_start_matches("./").to_owned();
        assert!(targets(&from).contains(&page_of(&wanted)), "{from}: {written} does not lead to {wanted}");
        followed += usize::from(!deliberate);
    }
    assert!(followed >= 20, "only {followed} links lead to their own language");
    for row in rows("absolute_self_urls") {
        let (from, url, rest, kind) = (text(&row[0]), text(&row[3]), text(&row[4]), text(&row[5]));
        let path = rest.split_once("/main/").map_or("", |(_, path)| path);
        let path = percent_encoding::percent_decode_str(path.split('#').next().expect("a path"))
            .decode_utf8()
            .expect("UTF-8")
            .into_owned();
        // The pictures are not in the corpus.
        if kind == "raw" {
            continue;
        }
        let has_target = corpus.root().join(&path).exists() && !path.is_empty();
        let html = site::main_part(&pages[&page_of(&from)]);
        assert_eq!(!site::links(html).contains(&url), has_target, "{from}: {url}");
    }
    // Whatever was dead is named with its line.
    let mut program = program();
    program.current_dir(corpus.root()).env("MDBOOK_LOG", "debug").args(["list", "."]);
    let said = run(program, b"").stderr;
    for row in rows("dead").iter().chain(&rows("dead_images")) {
        let (file, line, written) = (text(&row[0]), &row[1], text(&row[3]));
        // A switch line that we replace is no link of the page any more.
        let replaced = file == "sglang/code-walk-through/readme.md" && written == "./README-eng.md";
        let named = said.lines().any(|said| {
            said.contains(&format!("{file}:{line}:")) && (said.contains(&written) || said.contains("catalogue-target"))
        });
        assert_eq!(named, !replaced, "{file}:{line}: {written}");
    }
}

/// The editions of a list, by file.
fn editions(list: &Value) -> BTreeMap<String, &Value> {
    let notes = list["notes"].as_array().expect("notes").iter();
    let editions = notes.flat_map(|note| note["editions"].as_array().expect("editions"));
    editions.map(|edition| (text(&edition["source"]), edition)).collect()
}

/// The day of the time in an article's number of 19 digits, in China.
fn day_on_zhihu(url: &str) -> Option<String> {
    let number = url.rsplit('/').next().filter(|number| number.len() == 19)?.parse::<i64>().ok()?;
    let second = ((number >> 22) + 1_292_780_037_700).div_euclid(1000);
    let moment = jiff::Timestamp::from_second(second).expect("a moment");
    Some(jiff::tz::Offset::constant(8).to_datetime(moment).date().to_string())
}

#[test]
fn dates_of_awesome_ml_sys() {
    let Some(corpus) = awesome("dates_of_awesome_ml_sys") else { return };
    let list = corpus.list(&["list", ".", "--format", "json"]);
    let editions = editions(&list);
    let expected = corpus.json("catalogue.json");
    let entries: Vec<&Value> =
        expected.as_array().expect("entries").iter().filter(|entry| entry["kind"] == "local-note").collect();
    assert_eq!(entries.len(), 58);
    let mut wrong = Vec::new();
    for want in entries {
        let path = text(&want["path"]);
        let edition = editions[&path];
        for (what, key, wanted) in
            [("first", "first-commit", &want["first_commit"]), ("last", "last-change", &want["last_content_change"])]
        {
            let day = &edition["history"][key]["date"];
            if day != wanted {
                wrong.push(format!("{path}: {what}: {day} instead of {wanted}"));
            }
        }
        // The earlier of the first commit and the time in the number of a copy.
        let posts = want["zhihu"].as_array().expect("zhihu").iter().filter(|post| post["role"] == "cross-post");
        let first = text(&edition["history"]["first-commit"]["date"]);
        let copied = posts.filter_map(|post| day_on_zhihu(post["url"].as_str()?)).min();
        let (day, kind) = match copied {
            Some(copied) if copied < first => (copied, "zhihu-id"),
            _ => (first, "git"),
        };
        let published = &edition["published"];
        if published["date"] != *day || published["origin"]["kind"] != kind {
            wrong.push(format!("{path}: published: {published} instead of {day} ({kind})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let from_zhihu = editions.values().filter(|edition| edition["published"]["origin"]["kind"] == "zhihu-id").count();
    assert!(from_zhihu >= 2, "{from_zhihu}");
}

/// Pairs whose source is not the older file: the source, and why a reader took it for that.
const YOUNGER_SOURCES: &[(&str, &str)] = &[
    (
        "sglang/latency-accelerate-for-weight-updates/readme-CN.md",
        "eb4c069 moved the Chinese text of readme.md there, and wrote the English one in its place: to git a new file",
    ),
    ("sglang/sglang-worker/readme-CN.md", "818d421 did the same"),
];

/// Lines that are counted otherwise: the translation, what a reader counted, what we count, reason.
const OTHER_LINES: &[(&str, [u64; 2], [u64; 2], &str)] = &[
    (
        "engineer/how-to-use-docker/readme_en.md",
        [180, 93],
        [184, 93],
        "the older text ends with four blank lines more, which are no text; they cannot stand for new lines",
    ),
    (
        "rlhf/verl/multi-turn/code-walk-through/readme-5-EN.md",
        [4, 3],
        [3, 2],
        "the last line got its line end, which is no text",
    ),
];

/// The other direction, where it is counted otherwise: the source, what a reader counted, what we count, reason.
const OTHER_WAY: &[(&str, u64, u64, &str)] = &[(
    "rlhf/verl/multi-turn/release_log/verl-multiturn-rollout-Release.md",
    2,
    3,
    "ae52e9b changed the Chinese text on a branch, under the name that it had before d22e578",
)];

/// Adds the language of the sources to a corpus that was adopted, for one list.
fn list_from(corpus: &Corpus, source: &str) -> Value {
    let toml = corpus.root().join("book.toml");
    let before = fs::read_to_string(&toml).expect("book.toml");
    fs::write(&toml, format!("{before}\n[preprocessor.bilingual.freshness]\nsource = \"{source}\"\n"))
        .expect("written");
    let list = corpus.list(&["list", ".", "--format", "json"]);
    fs::write(&toml, before).expect("written");
    list
}

#[test]
fn freshness_of_awesome_ml_sys() {
    let Some(corpus) = awesome("freshness_of_awesome_ml_sys") else { return };
    let lists =
        [corpus.list(&["list", ".", "--format", "json"]), list_from(&corpus, "zh-CN"), list_from(&corpus, "en")];
    let [own, chinese, english] = [&lists[0], &lists[1], &lists[2]].map(editions);
    let rows = corpus.json("staleness.json");
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), 32);
    let mut wrong = Vec::new();
    let mut stale = 0;
    for row in rows {
        let is_chinese = row["source"] == "zh";
        let [zh, en] = ["zh", "en"].map(|side| text(&row[side]));
        let [zh_last, en_last] =
            ["zh_last", "en_last"].map(|side| text(&row[side]).parse::<jiff::civil::Date>().expect("a day"));
        let (source, translation, from_source, from_translation, lag) = if is_chinese {
            (&zh, &en, &chinese, &english, en_last.until(zh_last))
        } else {
            (&en, &zh, &english, &chinese, zh_last.until(en_last))
        };
        let mut same = |what: &str, have: &Value, want: Value| {
            if *have != want {
                wrong.push(format!("{translation}: {what}: {have} instead of {want}"));
            }
        };
        // The older one is the source, if nobody says anything.
        let is_younger = YOUNGER_SOURCES.iter().any(|(file, _)| file == source);
        same("the source", &own[source].get("translation").is_none().into(), (!is_younger).into());
        same("the source", &own[translation].get("translation").is_none().into(), is_younger.into());

        let have = &from_source[translation]["translation"];
        let behind = row["commits_behind"].as_u64().expect("a number");
        same("of", &have["of"], if is_chinese { "zh-CN" } else { "en" }.into());
        same("state", &have["state"], if behind > 0 { "behind" } else { "in-step" }.into());
        if behind > 0 {
            stale += 1;
            same("commits", &have["commits-behind"], behind.into());
            let lag = lag.expect("a span").get_days();
            same("days", &have["days-behind"], lag.into());
            // The row counts hours; calendars of two zones can be more than a day apart from that.
            assert!((f64::from(lag) - row["lag_days"].as_f64().expect("a number")).abs() < 1.5, "{row}");
            let lines = ["src_added_since", "src_deleted_since"].map(|key| row[key].as_u64().expect("a number"));
            let other = OTHER_LINES.iter().find(|(file, ..)| file == translation);
            assert!(other.is_none_or(|(_, theirs, ..)| *theirs == lines), "{row}");
            let [added, removed] = other.map_or(lines, |(_, _, ours, _)| *ours);
            same("lines added", &have["lines-added"], added.into());
            same("lines removed", &have["lines-removed"], removed.into());
            assert!(!have["sections"].as_array().expect("sections").is_empty(), "{translation}");
        }
        // And the other way round.
        let have = &from_translation[source]["translation"];
        let behind = row["reverse_behind"].as_u64().expect("a number");
        let behind = OTHER_WAY.iter().find(|(file, ..)| file == source).map_or(behind, |(_, _, ours, _)| *ours);
        same("the other way", have.get("commits-behind").unwrap_or(&0.into()), behind.into());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(stale, 12);
}

/// Every link that the suite wrote or rewrote leads to a page, and to a place on it, and headings have the ids that we
/// think they have. Returns how many links were rewritten.
fn check_site(root: &Path, out: &Path) -> usize {
    let (host, book) = Host::load(root).expect("it loads");
    let (reading, edits) = mdbook_bilingual_core::plan(&host, &book);
    let pages: BTreeMap<PathBuf, String> = site::pages(out).into_iter().collect();
    let ids: BTreeMap<&PathBuf, BTreeSet<String>> = pages.iter().map(|(page, html)| (page, site::ids(html))).collect();
    let check = |page: &Path, link: &str| {
        if link.contains("://") {
            return;
        }
        let target = site::target(page, link);
        assert!(pages.contains_key(&target), "{}: {link} leads nowhere", page.display());
        if let Some(fragment) = site::fragment(link) {
            assert!(ids[&target].contains(&fragment), "{}: {link} leads to no heading", page.display());
        }
    };
    let by_chapter: BTreeMap<usize, PathBuf> =
        reading.notebook.pages.iter().map(|page| (page.chapter, PathBuf::from(page.path.html()))).collect();
    let mut count = 0;
    for edit in &edits {
        let Edit::Splice(chapter, splice) = edit else { continue };
        if splice.layer == Layer::Link {
            count += 1;
            let link = splice.text.rsplit_once("](").map_or(splice.text.as_str(), |(_, link)| link);
            let link = link.trim_matches(['"', '<', '>', ')']).replace("&amp;", "&");
            check(&by_chapter[chapter], &link);
        }
    }
    let first = reading.notebook.pages.first().map(|page| page.path.depth());
    for (page, html) in &pages {
        // A first chapter in a folder is shown at the root too, with links that cannot work there.
        if page == Path::new("index.html") && first > Some(0) {
            continue;
        }
        for link in site::own_links(html) {
            check(page, &link);
        }
    }
    check_ids(root, &pages);
    count
}

/// Headings have the ids that we think they have.
fn check_ids(root: &Path, pages: &BTreeMap<PathBuf, String>) {
    let (host, book) = Host::load(root).expect("it loads");
    let (processed, reading) = mdbook_bilingual_core::process(&host, book).expect("it is processed");
    // Includes bring headings that nobody knows before.
    for chapter in processed.chapters().filter(|chapter| !chapter.content.contains("{{#")) {
        let Some(path) = &chapter.path else { continue };
        let html = &pages[&reading_page(path)];
        let anatomy = Anatomy::of(&chapter.content, 0, &reading.wording);
        let ours: Vec<String> = outline::ids(&anatomy.headings, true, false).into_iter().map(|ids| ids.page).collect();
        assert_eq!(ours, site::heading_ids(html), "{}", path.display());
        // Nothing that GitHub links is mere text, and no info string says what the highlighter does not understand.
        assert!(anatomy.addresses.is_empty(), "{}: {:?}", path.display(), anatomy.addresses);
        assert!(anatomy.infos.is_empty(), "{}: {:?}", path.display(), anatomy.infos);
    }
}

fn reading_page(path: &Path) -> PathBuf {
    let page = mdbook_bilingual_core::values::PagePath::new(path, true).expect("a page");
    PathBuf::from(page.html())
}

/// What GitHub's renderer and the CJK-friendly rules emphasise is emphasised, and so is what only the latter do.
#[test]
fn emphasis_and_line_breaks_of_the_corpora() {
    let test = "emphasis_and_line_breaks_of_the_corpora";
    let Some(notes) = corpus("awesome-ml-sys", test) else { return };
    let found = emphasised::compare(notes.root());
    assert!(found.gained >= 10 && found.files >= 6 && found.joints >= 25, "{found:?}");
    for name in ["async-book", "bpf-tutorial", "vsag-docs"] {
        if let Some(corpus) = corpus(name, test) {
            println!("{name}: {:?}", emphasised::compare(corpus.root()));
        }
    }
}

#[test]
fn formulas_of_awesome_ml_sys() {
    let Some(corpus) = corpus("awesome-ml-sys", "formulas_of_awesome_ml_sys") else { return };
    let mathematics = Mathematics::new(&BTreeMap::new());
    let (mut count, mut failed) = (0, Vec::new());
    for file in files(corpus.root()).into_iter().filter(|file| file.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(corpus.root().join(&file)).expect("a text");
        let formulas = Anatomy::of(&text, 0, &Wording::default()).formulas;
        // Every block that says that it is one.
        let blocks = text.lines().filter(|line| line.trim_start_matches(['>', ' ']) == "```math").count();
        let fenced = |formula: &&Formula| matches!(formula.marks, Marks::Fences { .. });
        assert_eq!(formulas.iter().filter(fenced).count(), blocks, "{}", file.display());
        for formula in formulas {
            count += 1;
            // What a shell or a shop writes has none of what TeX has, and more letters in a row.
            let tex = &formula.tex;
            let is_tex = tex.contains(['\\', '_', '^', '=', '(', '+', '-', '|', '[']);
            let has_word = tex.split(|c: char| !c.is_ascii_alphabetic()).any(|word| word.len() > 3);
            assert!(is_tex || !has_word, "{}:{}: {tex}", file.display(), formula.line);
            assert!(!text[..formula.range.start].ends_with(|c: char| c.is_ascii_digit()), "{tex}");
            if let Err(problem) = mathematics.mathml(tex, formula.display) {
                failed.push((format!("{}:{}", file.display(), formula.line), problem.to_string()));
            }
        }
    }
    assert_eq!(count, 650);
    // None is left to be explained.
    assert_eq!(failed, []);
}
