//! An index and its files.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use mdbook_bilingual_search::folder;
use mdbook_bilingual_search::index::{Index, Made, Options, Page};
use serde_json::{Value, json};
use support::files::files;

/// Makes the index of pages: address and HTML.
fn index(site: &Path, pages: &[(&str, &str)]) -> Made {
    let mut index = Index::new(site, "zh-CN", Options::default()).expect("a folder");
    for (address, html) in pages {
        let names = [format!("Page {address}")];
        index.add(&Page { address, names: &names, html, is_shared: *address == "index.html" }).expect("an index");
    }
    index.finish("简体中文", &json!({"none": "nothing"})).expect("an index")
}

/// What a file of the index holds, and the name that it says.
fn held(site: &Path, name: &str) -> (String, Value) {
    let text = std::fs::read_to_string(site.join(folder::NAME).join(format!("{name}.js"))).expect("a file");
    let call = text.strip_prefix("bilingualSearch(").and_then(|text| text.strip_suffix(')')).expect("a call");
    let call: Vec<Value> = serde_json::from_str(&format!("[{call}]")).expect("JSON");
    (call[0].as_str().expect("a name").to_owned(), call[1].clone())
}

/// All shards of the index.
fn shards(site: &Path) -> BTreeMap<String, Value> {
    let names = files(&site.join(folder::NAME).join("zh-CN"));
    names.iter().map(|name| held(site, &format!("zh-CN/{}", name.with_extension("").display()))).collect()
}

const PAGES: &[(&str, &str)] = &[
    ("index.html", "<h1 id=\"all\">All</h1><p>shared</p>"),
    ("zh/a b.html", "<h1 id=\"甲\">甲</h1><p>训推不一致</p><h2 id=\"x%y\">乙 KV cache</h2><p>显存</p>"),
];

#[test]
fn a_site_is_told_what_it_needs() {
    let site = tempfile::tempdir().expect("a folder");
    let made = index(site.path(), PAGES);
    let (name, root) = held(site.path(), "zh-CN");
    assert_eq!(name, "zh-CN");
    for (key, value) in [
        ("name", json!("简体中文")),
        ("limit", json!(30)),
        ("teaser", json!(30)),
        ("boost", json!(2)),
        ("shared", json!(1)),
    ] {
        assert_eq!(root[key], value, "{key}");
    }
    assert_eq!(root["pages"], "12");
    assert_eq!(root["say"]["none"], "nothing");
    let shards = shards(site.path());
    assert_eq!(made.files, shards.len() + 1);
    assert_eq!(made.sections, 3);
    // Each is named by the table that it is in.
    for key in ["terms", "texts"] {
        for entry in root[key].as_str().expect("a table").split(';') {
            let (_, name) = entry.split_once(' ').expect("a key and a name");
            assert!(shards.contains_key(&format!("zh-CN/{name}")), "{key}: {entry}");
        }
    }
    let variants = &shards[&format!("zh-CN/{}", root["variants"].as_str().expect("a name"))];
    assert!(variants.as_str().expect("groups").contains("显顯"), "{variants}");
    let texts = shards.values().find_map(Value::as_array).expect("texts");
    assert_eq!(texts[1], json!([2, 0, "训推不一致", "zh/a b.html#甲", ["Page zh/a b.html", "甲"]]));
    assert_eq!(texts[2], json!([3, 0, "显存", "zh/a b.html#x%25y", ["Page zh/a b.html", "甲", "乙 KV cache"]]));
    let terms: Vec<&str> = shards.values().filter_map(Value::as_str).filter(|text| text.contains(';')).collect();
    assert_eq!(terms.len(), 1);
    // 训推 is in section 2, at position 32, behind the heading and the end of it: 2·2, 32.
    assert!(terms[0].ends_with(";1推 4X0"), "{}", terms[0]);
}

#[test]
fn the_same_pages_are_not_written_again_and_old_files_go() {
    let site = tempfile::tempdir().expect("a folder");
    let pages: Vec<(String, String)> = (0..60)
        .map(|page| {
            let text: String = (0..300)
                .map(|at| char::from_u32(0x4e00 + (page * 131 + at * 17) % 5_000).expect("a character"))
                .collect();
            (format!("zh/{page}.html"), format!("<h1 id=\"a\">Page {page}</h1><p>{text}</p>"))
        })
        .collect();
    let borrowed = |pages: &[(String, String)]| -> Made {
        index(site.path(), &pages.iter().map(|(a, h)| (a.as_str(), h.as_str())).collect::<Vec<_>>())
    };
    let first = borrowed(&pages);
    assert!(first.files > 40 && first.written == first.files, "{first:?}");
    let times = || -> BTreeMap<_, SystemTime> {
        let folder = site.path().join(folder::NAME);
        let of = |name: &Path| folder.join(name).metadata().expect("a file").modified().expect("a time");
        files(&folder).into_iter().map(|name| (name.clone(), of(&name))).collect()
    };
    let then = times();
    assert_eq!(borrowed(&pages).written, 0);
    assert_eq!(times(), then);
    // One page changes.
    let mut changed = pages.clone();
    changed[30].1 = changed[30].1.replace("</p>", "新的一句话</p>");
    let second = borrowed(&changed);
    assert!((2..first.files).contains(&second.written), "{second:?}");
    assert_eq!(times().len(), second.files);
    // And back: the same files as at first.
    borrowed(&pages);
    assert!(times().keys().eq(then.keys()));
}

#[test]
fn long_tables_are_cut() {
    let site = tempfile::tempdir().expect("a folder");
    let page = |page: u32| {
        let text: String =
            (0..700).map(|at| char::from_u32(0x4e00 + (page * 977 + at * 31) % 20_000).expect("a character")).collect();
        format!("<h1 id=\"a\">Page {page}</h1><p>{text}</p>")
    };
    let pages: Vec<(String, String)> = (0..800).map(|at| (format!("{at}.html"), page(at))).collect();
    index(site.path(), &pages.iter().map(|(a, h)| (a.as_str(), h.as_str())).collect::<Vec<_>>());
    let (_, root) = held(site.path(), "zh-CN");
    let shards = shards(site.path());
    for key in ["terms", "texts"] {
        let table = root[key].as_str().expect("a table").strip_prefix('+').unwrap_or_else(|| panic!("{key} is short"));
        let mut found = 0;
        for entry in table.split(';') {
            let (first, name) = entry.split_once(' ').expect("a key and a name");
            let below = shards[&format!("zh-CN/{name}")].as_str().expect("a table").to_owned();
            assert_eq!(below.split_once(' ').map(|(key, _)| key), Some(first));
            for entry in below.split(';') {
                let (_, name) = entry.split_once(' ').expect("a key and a name");
                assert!(shards.contains_key(&format!("zh-CN/{name}")), "{entry}");
                found += 1;
            }
        }
        assert!(found > 600, "{key}: {found}");
    }
}

#[test]
fn indexes_of_other_languages_go() {
    let site = tempfile::tempdir().expect("a folder");
    index(site.path(), PAGES);
    let english = Index::new(site.path(), "en", Options::default()).expect("a folder");
    english.finish("English", &json!({})).expect("an index");
    let folder = site.path().join(folder::NAME);
    std::fs::write(folder.join("mine.txt"), "mine").expect("a file");
    folder::clear(site.path(), &["zh-CN"]).expect("cleared");
    assert!(!folder.join("en").exists() && !folder.join("en.js").exists());
    assert!(folder.join("zh-CN.js").exists() && folder.join("mine.txt").exists());
}
