//! Which notes, where to, what is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::book::book_toml;
use support::files::{files, write};
use support::program::Run;
use tempfile::TempDir;

use crate::program::run_in;

/// The table of contents: two parts, a note in both languages, one in Chinese alone, and one without any text.
const SUMMARY: &str =
    "# 目录\n\n# 推理\n\n- [缓存](zh/kv.md)\n- [KV cache](en/kv.md)\n\n# 训练\n\n- [对齐](zh/ppo.md)\n";

/// The note with a copy on Zhihu.
const KV: &str = "---\nzhihu: https://zhuanlan.zhihu.com/p/1\ntags: [llm]\nsummary: 一句话\n---\n\n# 缓存\n\n$x$ 和脚注。[^a]\n\n[^a]: 注\n";

/// A note that links others.
const PPO: &str = "# 对齐\n\n见 [缓存](kv.md)、[页](kv.md#缓存)、[这里](#节) 和 [代码](../../train.py)。\n\n## 节\n\n![图](loss.png)\n";

/// A book in a repository of its own, with more in its `book.toml`.
fn book(more: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join(".git")).expect("a folder");
    let tables = format!(
        "[preprocessor.bilingual.history]\ngit = false\n[preprocessor.bilingual.links]\n\
         repository = \"https://github.com/o/r\"\n{more}"
    );
    write(root, "book.toml", &book_toml("T", &tables));
    write(root, "train.py", "x = 1\n");
    for (file, text) in
        [("SUMMARY.md", SUMMARY), ("zh/kv.md", KV), ("en/kv.md", "# KV cache\n\nText.\n"), ("zh/ppo.md", PPO)]
    {
        write(&root.join("book"), file, text);
    }
    folder
}

/// The address of the site, as a table.
const SITE: &str = "[preprocessor.bilingual.export]\nsite = \"https://e.org/notes\"\n";

#[track_caller]
fn export(root: &Path, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = ["export"].iter().chain(arguments).copied().collect();
    run_in(root, &arguments)
}

/// The same, where it has to work.
#[track_caller]
fn exported(root: &Path, arguments: &[&str]) -> Run {
    let run = export(root, arguments);
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
    run
}

/// The same, where nothing may be done: it says this, and no file is there that was not there before.
#[track_caller]
fn refused(root: &Path, arguments: &[&str], says: &str) {
    let before = all(root);
    let run = export(root, arguments);
    assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.stderr);
    assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
    assert!(run.stdout.is_empty(), "{arguments:?}");
    assert_eq!(all(root), before, "{arguments:?}");
}

fn all(root: &Path) -> Vec<PathBuf> {
    let mut all = files(root);
    all.sort();
    all
}

/// The names of what is below a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    files(folder).iter().map(|file| file.to_string_lossy().replace('\\', "/")).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn which_notes() {
    let folder = book("");
    let root = folder.path();
    for (arguments, wanted) in [
        (&["book/zh/ppo.md"][..], &["ppo.zhihu.md"][..]),
        // Two notes of the book are called the same.
        (&["book/zh/kv.md"], &["zh/kv.zhihu.md"]),
        (&["book/zh/ppo.md", "book/en/kv.md"], &["en/kv.zhihu.md", "ppo.zhihu.md"]),
        (&["book/zh"], &["ppo.zhihu.md", "zh/kv.zhihu.md"]),
        (&["book/zh", "book/zh/ppo.md"], &["ppo.zhihu.md", "zh/kv.zhihu.md"]),
        (&["--section", "推理"], &["en/kv.zhihu.md", "zh/kv.zhihu.md"]),
        (&["--section", "推理", "--section", "训练", "--language", "en"], &["en/kv.zhihu.md"]),
        (&["--all"], &["en/kv.zhihu.md", "ppo.zhihu.md", "zh/kv.zhihu.md"]),
        (&["--all", "--unposted"], &["en/kv.zhihu.md", "ppo.zhihu.md"]),
        (&["--all", "--posted"], &["zh/kv.zhihu.md"]),
        (&["--all", "--unposted", "--language", "zh-CN"], &["ppo.zhihu.md"]),
        (&["--section", "训练", "book/en/kv.md"], &["en/kv.zhihu.md", "ppo.zhihu.md"]),
    ] {
        let out = tempfile::tempdir().expect("a folder");
        let to = format!("{}/", out.path().display());
        exported(root, &[arguments, &["--for", "zhihu", "-o", &to]].concat());
        // Pictures are not what is asked for here.
        let found: BTreeSet<String> = names(out.path()).into_iter().filter(|name| name.ends_with(".md")).collect();
        assert_eq!(found, set(wanted), "{arguments:?}");
    }
    // From elsewhere, the book is the one above the first note, or the one that is named.
    let elsewhere = tempfile::tempdir().expect("a folder");
    let note = root.join("book/zh/ppo.md").display().to_string();
    exported(elsewhere.path(), &[&note, "--for", "zhihu", "-o", "a.md"]);
    exported(elsewhere.path(), &["--root", &root.display().to_string(), "--all", "--for", "zhihu", "-o", "all/"]);
    assert_eq!(names(elsewhere.path()).iter().filter(|name| name.ends_with(".md")).count(), 4);
}

#[test]
fn notes_that_are_not_there() {
    let folder = book("");
    let root = folder.path();
    write(root, "README.md", "# R\n");
    write(root, "empty/x.txt", "x\n");
    let for_zhihu = |arguments: &[&'static str]| [arguments, &["--for", "zhihu"]].concat();
    for (arguments, says) in [
        (&[][..], "which notes? Name their files or folders, a --section, or --all"),
        (&["README.md"], "README.md is no note of the book in"),
        (&["empty"], "empty holds no note of the book in"),
        (&["gone.md"], "gone.md cannot be found"),
        (&["--section", "没有"], "there is no section “没有”; `mdbook-bilingual list` shows the sections"),
        (&["book/en/kv.md", "--posted"], "there is no note to export"),
        (&["--all", "--language", "fr"], "there is no note to export"),
        (&["--all", "--posted", "--unposted"], "cannot be used with"),
    ] {
        refused(root, &for_zhihu(arguments), says);
    }
    // One that is wanted and cannot be had stops all of them.
    refused(root, &for_zhihu(&["book/zh/ppo.md", "gone.md"]), "gone.md cannot be found");
}

#[test]
fn a_folder_that_is_no_book() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", "# A\n");
    refused(folder.path(), &["--all", "--for", "zhihu"], "book.toml");
    refused(folder.path(), &["a.md", "--for", "zhihu"], "book.toml");
    // What there is to choose from can be asked for anywhere.
    let list = exported(folder.path(), &["--list"]);
    assert!(list.out().starts_with("zhihu (Zhihu): Markdown, "), "{}", list.out());
}

#[test]
fn platforms() {
    let more = "[preprocessor.bilingual.export.blog]\nname = \"My blog\"\nlinks.fragment = \"keep\"\n\
                text.tasks = \"characters\"\nsteps = [\"send it\"]\n";
    let folder = book(more);
    let root = folder.path();
    refused(root, &["--all"], "which platform? Write --for zhihu, ");
    refused(
        root,
        &["--all", "--for", "mastodon"],
        "there is no platform “mastodon”; the platforms are zhihu, wechat, juejin, csdn, dev-to, markdown, blog",
    );
    // A platform that is made in book.toml alone.
    let run = exported(root, &["book/zh/ppo.md", "--for", "blog", "-o", "-"]);
    assert!(run.out().contains("[这里](#节)") || run.out().contains("[这里](#%E8%8A%82)"), "{}", run.out());
    assert!(run.stderr.contains("1. send it\n"), "{}", run.stderr);
    let list = exported(root, &["--list"]).out().to_owned();
    for id in [
        "zhihu (Zhihu)",
        "wechat (WeChat)",
        "juejin (Juejin)",
        "csdn (CSDN)",
        "dev-to (DEV)",
        "markdown (Markdown)",
        "blog (My blog)",
    ] {
        assert_eq!(list.lines().filter(|line| line.starts_with(id)).count(), 1, "{id}: {list}");
    }
    assert!(list.contains("    not sure: "), "{list}");
}

#[test]
fn a_wrong_key_is_named_with_its_line() {
    for (more, says) in [
        ("[preprocessor.bilingual.export.zhihu]\n\ntext.task = \"keep\"\n", "`export.zhihu`: unknown field `task`"),
        ("[preprocessor.bilingual.export.zhihu]\nmath.inline = \"euros\"\n", "unknown variant `euros`"),
        ("[preprocessor.bilingual.export.zhihu]\nheadings.last = 9\n", "have to be levels from 1 to 6"),
        ("[preprocessor.bilingual.export]\nsites = \"https://e.org\"\n", "sites"),
        ("[preprocessor.bilingual.export]\nimages = \"javascript:1\"\n", "images"),
        (
            "[preprocessor.bilingual.export]\nlinks = [\"web\"]\n",
            "`export.links`: there is no way for links “web”; choose from sister, site, repository, text",
        ),
    ] {
        let folder = book(more);
        let text = fs::read_to_string(folder.path().join("book.toml")).expect("book.toml");
        let first =
            text.lines().position(|line| line.starts_with("[preprocessor.bilingual.export")).expect("a table") + 1;
        let run = export(folder.path(), &["--all", "--for", "zhihu"]);
        assert_eq!(run.code, Some(2), "{more}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{more}: {}", run.stderr);
        let names_line = |text: &str| (first..first + 3).any(|line| text.contains(&format!("book.toml:{line}:")));
        assert!(names_line(&run.stderr), "{more}: {}", run.stderr);
        assert!(!folder.path().join("export").exists());
        // Nobody has to export to hear of it.
        let run = run_in(folder.path(), &["check"]);
        assert_eq!(run.code, Some(1), "{more}: {}", run.out());
        assert!(
            says.split("; ").all(|part| run.out().contains(part)) && names_line(run.out()),
            "{more}: {}",
            run.out()
        );
    }
}

#[test]
fn the_folder_beside_book_toml() {
    let folder = book("");
    let root = folder.path();
    let run = exported(root, &["book/zh/ppo.md", "--for", "zhihu"]);
    assert!(run.stderr.contains("book/zh/ppo.md → ") && !run.stderr.contains("as it was"), "{}", run.stderr);
    let names_now = names(&root.join("export"));
    assert!(names_now.is_superset(&set(&[".gitignore", "ppo.zhihu.md"])), "{names_now:?}");
    let ignore = fs::read_to_string(root.join("export/.gitignore")).expect("it is there");
    assert!(ignore.lines().any(|line| line == "*"), "{ignore}");
    let before = fs::read_to_string(root.join("export/ppo.zhihu.md")).expect("it is there");
    // It says that nothing changed, and other exports are put beside.
    let again = exported(root, &["book/zh/ppo.md", "--for", "zhihu"]);
    assert!(again.stderr.contains("(as it was)"), "{}", again.stderr);
    exported(root, &["book/zh/ppo.md", "--for", "juejin"]);
    assert!(names(&root.join("export")).is_superset(&set(&[".gitignore", "ppo.zhihu.md", "ppo.juejin.md"])));
    assert_eq!(fs::read_to_string(root.join("export/ppo.zhihu.md")).expect("it is there"), before);
}

#[test]
fn a_folder_of_the_authors_own_is_left_alone() {
    let folder = book("");
    let root = folder.path();
    write(root, "export/thesis.md", "mine\n");
    refused(
        root,
        &["--all", "--for", "zhihu"],
        "was not made by export, so nothing was written; name another folder with -o",
    );
    // With a .gitignore of its author's, too.
    write(root, "export/.gitignore", "*.log\n");
    refused(root, &["--all", "--for", "zhihu"], "was not made by export");
    refused(root, &["--for", "zhihu", "--probe"], "was not made by export");
    assert_eq!(fs::read_to_string(root.join("export/.gitignore")).expect("a text"), "*.log\n");
    // Whoever names it means it.
    exported(root, &["book/en/kv.md", "--for", "zhihu", "-o", "export/"]);
    // An empty one is nobody's.
    let folder = book("");
    fs::create_dir(folder.path().join("export")).expect("a folder");
    exported(folder.path(), &["book/en/kv.md", "--for", "zhihu"]);
    // A file is no folder.
    let folder = book("");
    write(folder.path(), "export", "mine\n");
    refused(folder.path(), &["book/en/kv.md", "--for", "zhihu"], "export");
    assert_eq!(fs::read_to_string(folder.path().join("export")).expect("a text"), "mine\n");
}

#[test]
fn where_to() {
    let folder = book("");
    let root = folder.path();
    let note = ["book/en/kv.md", "--for", "juejin"];
    exported(root, &[&note[..], &["-o", "out/mine.txt"]].concat());
    exported(root, &[&note[..], &["-o", "there/"]].concat());
    fs::create_dir(root.join("known")).expect("a folder");
    exported(root, &[&note[..], &["-o", "known"]].concat());
    exported(root, &["book/zh/kv.md", "book/zh/ppo.md", "--for", "juejin", "-o", "several"]);
    let printed = exported(root, &[&note[..], &["-o", "-"]].concat());
    assert_eq!(printed.out(), fs::read_to_string(root.join("out/mine.txt")).expect("it is there"));
    assert!(!printed.stderr.contains('→') || printed.stderr.contains("formulas"), "{}", printed.stderr);
    let all = names(root);
    for file in [
        "out/mine.txt",
        "there/en/kv.juejin.md",
        "known/en/kv.juejin.md",
        "several/zh/kv.juejin.md",
        "several/ppo.juejin.md",
    ] {
        assert!(all.contains(file), "{file}: {all:?}");
    }
    assert!(!root.join("export").exists());
}

#[test]
fn an_output_that_cannot_be_written() {
    let folder = book("");
    let root = folder.path();
    write(root, "file", "x\n");
    refused(root, &["book/en/kv.md", "--for", "zhihu", "-o", "file/kv.md"], "file");
    refused(root, &["book/zh", "--for", "zhihu", "-o", "file"], "file");
    assert_eq!(fs::read_to_string(root.join("file")).expect("a text"), "x\n");
    // Where one of several cannot be written, none is.
    fs::create_dir_all(root.join("out/zh/kv.zhihu.md")).expect("a folder");
    refused(root, &["book/zh", "--for", "zhihu", "-o", "out/"], "kv.zhihu.md");
}

#[test]
fn what_is_denied() {
    let folder = book("");
    let root = folder.path();
    let of = |note: &str, denied: &[&str]| {
        let mut arguments = vec![note, "--for", "zhihu", "-o", "out/"];
        denied.iter().for_each(|denied| arguments.extend(["--deny", denied]));
        export(root, &arguments)
    };
    for (note, denied, code) in [
        ("book/zh/ppo.md", &[][..], 0),
        ("book/zh/ppo.md", &["losses"], 1),
        ("book/zh/ppo.md", &["anchor"], 1),
        ("book/zh/ppo.md", &["footnote"], 0),
        ("book/zh/ppo.md", &["footnote", "anchor"], 1),
        ("book/zh/kv.md", &["footnote"], 1),
        ("book/en/kv.md", &["losses"], 0),
        ("book/en/kv.md", &["nonsense"], 2),
    ] {
        let run = of(note, denied);
        assert_eq!(run.code, Some(code), "{note} {denied:?}: {}", run.stderr);
    }
    assert!(of("book/en/kv.md", &["nonsense"]).stderr.contains("neither `losses` nor a code"));
    // What is denied was written all the same: it can be looked at.
    assert!(root.join("out/ppo.zhihu.md").exists());
}

/// The keys of a JSON object.
fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn the_report_for_programs() {
    let folder = book(SITE);
    let root = folder.path();
    let run = exported(root, &["book/zh", "--for", "zhihu", "-o", "out/", "--report", "json"]);
    assert!(run.stdout.is_empty() && run.stderr.ends_with("}\n"), "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stderr).expect("JSON");
    assert_eq!(keys(&report), set(&["version", "platform", "notes"]));
    assert_eq!((&report["version"], &report["platform"]), (&1.into(), &"zhihu".into()));
    let notes = report["notes"].as_array().expect("notes");
    assert_eq!(notes.len(), 2);
    let common = ["file", "written", "title", "tags", "pictures", "before", "after", "links", "findings"];
    let kv = &notes[0];
    assert_eq!(keys(kv), &set(&common) | &set(&["summary", "copy"]));
    assert_eq!(kv["file"], "book/zh/kv.md");
    assert_eq!(kv["title"], "缓存");
    assert_eq!(kv["copy"], "https://zhuanlan.zhihu.com/p/1");
    assert_eq!(kv["tags"], serde_json::json!(["llm"]));
    assert_eq!(kv["before"], serde_json::json!({"formulas": 1, "pictures": 0, "tables": 0, "links": 0, "code": 0}));
    assert_eq!(kv["before"], kv["after"]);
    let ppo = &notes[1];
    assert_eq!(keys(ppo), set(&common));
    assert_eq!(keys(&ppo["links"]), set(&["sister", "site", "repository", "elsewhere", "text"]));
    assert_eq!(ppo["links"]["sister"], 2);
    for finding in notes.iter().flat_map(|note| note["findings"].as_array().expect("findings")) {
        let keys = keys(finding);
        assert!(keys.is_superset(&set(&["grade", "severity", "code", "message"])), "{finding}");
        assert!(keys.is_subset(&set(&["grade", "severity", "code", "message", "file", "line", "help"])), "{finding}");
        assert!(["by-hand", "lost", "changed"].contains(&finding["grade"].as_str().expect("a grade")), "{finding}");
    }
    let footnote = kv["findings"].as_array().expect("findings").iter().find(|finding| finding["code"] == "footnote");
    assert_eq!(footnote.expect("a finding")["line"], 9);
    // On standard output there is the note alone.
    let run = exported(root, &["book/en/kv.md", "--for", "juejin", "-o", "-", "--report", "json"]);
    assert_eq!(run.out(), "Text.\n");
    let report: Value = serde_json::from_str(&run.stderr).expect("JSON");
    assert!(report["notes"][0].get("written").is_none());
    let run = exported(root, &["book/en/kv.md", "--for", "juejin", "-o", "-", "--report", "none"]);
    assert_eq!((run.out(), run.stderr.as_str()), ("Text.\n", ""));
}

#[test]
fn the_report_for_an_author() {
    let folder = book(SITE);
    let run = exported(folder.path(), &["book/zh/kv.md", "--for", "zhihu"]);
    for line in [
        "by hand  title: 缓存",
        "by hand  summary: 一句话",
        "by hand  tags: llm",
        "lost     book/zh/kv.md:9  nobody can jump to the footnote: it stands at the end  [footnote]",
        "formulas 1, pictures 0, tables 0, links 0, blocks of code 0",
        "4. after posting: mdbook-bilingual confirm --copy zhihu book/zh/kv.md https://zhuanlan.zhihu.com/p/1",
    ] {
        let is_there = run.stderr.lines().any(|said| said == line);
        assert!(is_there, "{line}: {}", run.stderr);
    }
}

#[test]
fn where_links_lead() {
    let folder = book(SITE);
    let root = folder.path();
    let text = |more: &[&str]| {
        exported(
            root,
            &[&["book/zh/ppo.md", "--for", "zhihu", "--images", "https://i.e.org", "-o", "-"], more].concat(),
        )
        .out()
        .to_owned()
    };
    let sister = "[缓存](https://zhuanlan.zhihu.com/p/1)";
    let site = "[缓存](https://e.org/notes/zh/kv.html)";
    let repository = "[代码](https://github.com/o/r/blob/HEAD/train.py)";
    assert!(text(&[]).contains(sister), "{}", text(&[]));
    assert!(text(&["--links", "site,text"]).contains(site), "{}", text(&["--links", "site,text"]));
    assert!(text(&["--links", "site,text"]).contains("和 代码。"), "{}", text(&["--links", "site,text"]));
    assert!(text(&["--links", "repository"]).contains(repository), "{}", text(&["--links", "repository"]));
    assert!(text(&["--links", "text"]).contains("见 缓存、页、这里 和 代码。"), "{}", text(&["--links", "text"]));
    refused(root, &["--all", "--for", "zhihu", "--links", "web"], "“web” is no way for a link");
    refused(root, &["--all", "--for", "zhihu", "--images", "x"], "--images: ");
    let bare = book("");
    refused(bare.path(), &["--all", "--for", "zhihu", "--images", "site"], "nobody knows the address of the site");
}

#[test]
fn what_a_code_means() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = exported(folder.path(), &["--explain", "footnote"]);
    assert!(run.out().contains("footnote"), "{}", run.out());
    refused(folder.path(), &["--explain", "nonsense"], "nonsense");
}

#[test]
fn the_probe_page() {
    let folder = tempfile::tempdir().expect("a folder");
    exported(folder.path(), &["--for", "zhihu", "--probe"]);
    assert!(names(&folder.path().join("export")).contains("probe.zhihu.md"));
    let printed = exported(folder.path(), &["--for", "zhihu", "--probe", "-o", "-"]);
    assert!(!printed.out().is_empty());
}

#[test]
fn an_include_whose_file_is_missing_has_a_line() {
    let folder = book("");
    let root = folder.path();
    let text = "---\nsummary: \"{{#include part.md}}\"\n---\n\n# 对齐\n\n`\\{{#include 例}}` \\{{#include 例}}\n\n\
                {{#include part.md}}\n\n{{#include gone.md}}\n\n[死](dead.md)\n";
    write(root, "book/zh/ppo.md", text);
    write(root, "book/zh/part.md", "一\n\n二\n");
    let run = exported(root, &["book/zh/ppo.md", "--for", "csdn", "-o", "-"]);
    assert_eq!(run.out(), "`{{#include 例}}` {{#include 例}}\n\n一\n\n二\n\n死\n", "{}", run.stderr);
    let missing = "lost     book/zh/ppo.md:11  `{{#include gone.md}}` brings nothing: its file is not there, cannot be \
                   read, or is too much  [include-missing]";
    let dead = "lost     book/zh/ppo.md:13  `dead.md` is not there, so the link is its words";
    for line in [missing, dead] {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
}
