//! `mdbook-bilingual adopt`: a book out of a folder of notes, and what it leaves alone.

use std::fs;
use std::path::{Path, PathBuf};

use support::files::{Entry, everything, folder, read, write};
use support::program::Run;

use crate::program::{self, run_in, run_on};

/// Adopts a folder, which has to work.
fn adopt(root: &Path) -> Run {
    let done = run_on("adopt", root, &[]);
    assert_eq!(done.code, Some(0), "{}\n{}", done.out(), done.stderr);
    done
}

/// What lies in the book's folder and is no folder itself, with forward slashes.
fn in_book(root: &Path, book: &str) -> Vec<String> {
    let held = everything(&root.join(book)).into_iter().filter(|(_, entry)| *entry != Entry::Folder);
    let mut files: Vec<String> = held.map(|(file, _)| file.to_string_lossy().replace('\\', "/")).collect();
    files.sort();
    files
}

/// The paths that a table of contents lists, in order.
fn chapters(summary: &str) -> Vec<String> {
    let link = |line: &str| {
        let (_, target) = line.split_once("](")?;
        Some(target.trim_end().trim_end_matches(')').trim_matches(['<', '>']).to_owned())
            .filter(|path| !path.is_empty())
    };
    summary.lines().filter_map(link).collect()
}

/// Builds the book, and gives the names of the site's files.
fn build(root: &Path) -> (PathBuf, Vec<String>) {
    let site = program::build(root);
    let files = in_book(&site, "");
    (site, files)
}

/// Notes as somebody keeps them: a Chinese catalogue, pairs by suffix, pictures, a script, and what programs put there.
fn notes() -> tempfile::TempDir {
    folder(&[
        (
            "README.md",
            "# 我的笔记\n\n## 强化学习\n\n- [GRPO](rl/grpo.md)：一组回答互相比较。\n- [Draft] [PPO](rl/ppo.md)：[英文版](rl/ppo_en.md)\n\n## 系统\n\n- [锁](<深 处/锁【一】.md>)\n",
        ),
        ("rl/grpo.md", "# GRPO\n\n同一个问题采样一组回答，互相比较。\n"),
        (
            "rl/ppo.md",
            "# PPO\n\n策略每次只走一小步。\n\n![损失](./loss.png)\n\n[脚本](train.py)、[锁](../深%20处/锁【一】.md)、[配置](../config/)\n",
        ),
        ("rl/ppo_en.md", "# PPO\n\nThe policy takes small steps only. See [GRPO](grpo.md).\n"),
        ("rl/loss.png", "png"),
        ("rl/unused.png", "png"),
        ("rl/train.py", "print('train')\n"),
        ("config/a.yaml", "a: 1\n"),
        ("深 处/锁【一】.md", "# 锁\n\n同一时刻只有一个线程能拿到锁。\n"),
        ("other.md", "# 其他\n\n这一篇没有写进目录。\n"),
        ("misc/b.md", "# 乙\n\n也没有写进目录。\n"),
        ("misc/a.md", "# 甲\n\n也没有写进目录。\n"),
        (".gitignore", "drafts/\n*.tmp.md\n"),
        ("drafts/secret.md", "# 草稿\n"),
        ("rl/x.tmp.md", "# 临时\n"),
        (".git/HEAD", "ref: refs/heads/trunk\n"),
        (".git/config", "[remote \"origin\"]\n\turl = git@github.com:owner/notes.git\n"),
        (".git/notes.md", "# git\n"),
        (".hidden/a.md", "# hidden\n"),
        (".venv/pyvenv.cfg", ""),
        (".venv/lib/readme.md", "# venv\n"),
        ("env/pyvenv.cfg", ""),
        ("env/lib/readme.md", "# env\n"),
        ("node_modules/pkg/README.md", "# pkg\n"),
    ])
}

#[test]
fn a_folder_of_notes_becomes_a_book() {
    let folder = notes();
    let root = folder.path();
    let before = everything(root);
    let done = adopt(root);
    assert_eq!(done.stderr, "");
    for line in [
        "Languages: 简体中文 (zh-CN) 6, English (en) 1\n",
        "Catalogue: README.md, 3 entries: 3 for notes, 0 for texts elsewhere\n",
        "Repository: https://github.com/owner/notes\n",
        "\nPairs: 1\n  rl/ppo.md  ↔  rl/ppo_en.md  (catalogue, README.md:6)\n",
        "\nUnpaired: 5\n",
        "\nAmbiguous: 0\n",
        "\nIn no catalogue: 3\n",
        "  other.md\n",
        "Plan: book.toml written; book/SUMMARY.md written, 8 chapters\n",
        "book.toml: written\nbook/SUMMARY.md: written\nsite/.gitignore: written\ntheme/bilingual.css: written\nlinks: 9 written, 0 unchanged, 0 removed\n",
    ] {
        assert!(done.out().contains(line), "{line}\n---\n{}", done.out());
    }
    // No note is changed or moved, and nothing else but what was said is written.
    let after = everything(root);
    for (file, content) in &before {
        assert_eq!(after.get(file), Some(content), "{}", file.display());
    }
    let new: Vec<String> = after
        .iter()
        .filter(|(file, entry)| **entry != Entry::Folder && !before.contains_key(*file))
        .map(|(file, _)| file.to_string_lossy().replace('\\', "/"))
        .collect();
    assert_eq!(
        new,
        [
            "book/README.md",
            "book/SUMMARY.md",
            "book/misc/a.md",
            "book/misc/b.md",
            "book/other.md",
            "book/rl/grpo.md",
            "book/rl/loss.png",
            "book/rl/ppo.md",
            "book/rl/ppo_en.md",
            "book/深 处/锁【一】.md",
            "book.toml",
            "site/.gitignore",
            "theme/bilingual.css",
        ]
    );
    // Catalogue order, then the rest by folder; one language after the other.
    assert_eq!(
        chapters(&read(root, "book/SUMMARY.md")),
        [
            "README.md",
            "rl/grpo.md",
            "rl/ppo.md",
            "深 处/锁【一】.md",
            "other.md",
            "misc/a.md",
            "misc/b.md",
            "rl/ppo_en.md"
        ]
    );
    let summary = read(root, "book/SUMMARY.md");
    let at = |text: &str| summary.find(text).unwrap_or_else(|| panic!("{text}\n{summary}"));
    assert!(at("# 强化学习") < at("rl/grpo.md") && at("rl/ppo.md") < at("# 系统") && at("# 系统") < at("锁【一】.md"));
    let toml: toml::Table = toml::from_str(&read(root, "book.toml")).expect("TOML");
    assert_eq!(toml["book"]["title"].as_str(), Some("我的笔记"));
    assert_eq!(toml["book"]["language"].as_str(), Some("zh-CN"));
    assert_eq!(toml["build"]["create-missing"].as_bool(), Some(false));
    let own = &toml["preprocessor"]["bilingual"];
    assert_eq!(own["languages"], toml::Value::from(vec!["zh-CN", "en"]));
    assert_eq!(own["catalogue"], toml::Value::from(vec!["README.md"]));
    assert_eq!(own["renderers"], toml::Value::from(vec!["html"]));
    let edit = toml["output"]["html"]["edit-url-template"].as_str();
    assert_eq!(edit, Some("https://github.com/owner/notes/edit/trunk/{path}"));
}

#[test]
fn the_book_builds_and_nothing_else_is_published() {
    let folder = notes();
    let root = folder.path();
    adopt(root);
    let (site, files) = build(root);
    for page in [
        "index.html",
        "rl/grpo.html",
        "rl/ppo.html",
        "rl/ppo_en.html",
        "other.html",
        "深 处/锁【一】.html",
        "rl/loss.png",
    ] {
        assert!(files.iter().any(|file| file == page), "{page}: {files:?}");
    }
    for file in &files {
        let unwanted =
            ["git", "venv", "env/", "node_modules", "hidden", "drafts", "tmp", "unused", ".md", ".py", ".toml"];
        // The only hidden file is mdBook's own.
        assert!(file == ".nojekyll" || !unwanted.iter().any(|part| file.contains(part)), "{file}");
    }
    let page = read(&site, "rl/ppo.html");
    // The real files are named, and what is not in the book leads to the repository.
    assert!(page.contains("/edit/trunk/book/../rl/ppo.md"), "{page}");
    assert!(page.contains("href=\"https://github.com/owner/notes/blob/trunk/rl/train.py\""), "{page}");
    assert!(page.contains("href=\"https://github.com/owner/notes/tree/trunk/config\""), "{page}");
    assert!(page.contains("src=\"./loss.png\""), "{page}");
    assert!(page.contains("href=\"ppo_en.html\" hreflang=\"en\""), "{page}");
    assert!(page.contains("data-status=\"draft\""), "{page}");
    let english = read(&site, "rl/ppo_en.html");
    assert!(english.contains("href=\"grpo.html\"") && english.contains("lang=\"en\""), "{english}");
    let home = read(&site, "index.html");
    assert!(home.contains("href=\"rl/ppo.html\"") && home.contains("href=\"rl/grpo.html\""), "{home}");
}

#[test]
fn a_book_with_a_diagram_gets_its_scripts() {
    let folder = notes();
    let root = folder.path();
    let ppo = read(root, "rl/ppo.md") + "\n```mermaid\ngraph LR\n  A --> B\n```\n";
    fs::write(root.join("rl/ppo.md"), ppo).expect("written");
    let scripts = ["diagrams.js", "mermaid.min.js", "mermaid.license.txt"];
    for change in ["written", "unchanged"] {
        let done = adopt(root);
        for name in scripts {
            assert!(done.out().contains(&format!("\nbook/bilingual/{name}: {change}\n")), "{}", done.out());
            assert!(root.join("book/bilingual").join(name).is_file());
        }
        assert!(!done.stderr.contains("diagram-script-missing"), "{}", done.stderr);
    }
}

#[test]
fn twice_is_the_same_as_once() {
    let folder = notes();
    let root = folder.path();
    adopt(root);
    let once = everything(root);
    for _ in 0..2 {
        let again = adopt(root);
        assert!(
            again.out().contains("book.toml: unchanged\nbook/SUMMARY.md: unchanged\ntheme/bilingual.css: unchanged\nlinks: 0 written, 9 unchanged, 0 removed\n"),
            "{}",
            again.out()
        );
        assert_eq!(everything(root), once);
    }
    // A built site is no note either.
    build(root);
    let built = everything(root);
    adopt(root);
    assert_eq!(everything(root), built);
}

#[test]
fn new_notes_are_picked_up_and_removed_ones_go() {
    let folder = notes();
    let root = folder.path();
    adopt(root);
    write(root, "rl/dpo.md", "# DPO\n\n不需要奖励模型。\n");
    write(root, "rl/grpo_en.md", "# GRPO\n\nAnswers are compared with each other.\n");
    let done = adopt(root);
    assert!(
        done.out().contains("book/SUMMARY.md: updated\n") && done.out().contains("links: 2 written, 9 unchanged"),
        "{}",
        done.out()
    );
    let listed = chapters(&read(root, "book/SUMMARY.md"));
    assert_eq!(listed.len(), 10, "{listed:?}");
    let at =
        |path: &str| listed.iter().position(|listed| listed == path).unwrap_or_else(|| panic!("{path}: {listed:?}"));
    // In catalogue order, the English GRPO comes before the English PPO.
    assert!(at("rl/ppo.md") < at("rl/grpo_en.md") && at("rl/grpo_en.md") < at("rl/ppo_en.md"), "{listed:?}");
    at("rl/dpo.md");

    fs::remove_file(root.join("other.md")).expect("removed");
    fs::remove_file(root.join("rl/loss.png")).expect("removed");
    let done = adopt(root);
    assert!(done.out().contains(" 2 removed"), "{}", done.out());
    let files = in_book(root, "book");
    assert!(!files.iter().any(|file| file == "other.md" || file == "rl/loss.png"), "{files:?}");
}

#[test]
fn what_somebody_wrote_into_the_summary_stays() {
    let folder = notes();
    let root = folder.path();
    adopt(root);
    let edited = "# Summary\n\n[前言](README.md)\n\n# 我的顺序\n\n- [近端策略](rl/ppo.md)\n  - [In English](rl/ppo_en.md)\n<!-- - [GRPO](rl/grpo.md) -->\n- [还没写]()\n\n---\n\n- [锁](<深 处/锁【一】.md>)\n- [其他](other.md)\n- [甲](misc/a.md)\n- [乙](misc/b.md)\n";
    write(root, "book/SUMMARY.md", edited);
    adopt(root);
    assert_eq!(read(root, "book/SUMMARY.md"), edited);
    write(root, "misc/c.md", "# 丙\n\n新写的一篇。\n");
    adopt(root);
    let completed = read(root, "book/SUMMARY.md");
    let without: Vec<&str> = completed.lines().filter(|line| !line.contains("misc/c.md")).collect();
    assert_eq!(without, edited.lines().collect::<Vec<_>>());
    assert!(completed.contains("- [丙](misc/c.md)"), "{completed}");
}

#[test]
fn a_dry_run_writes_nothing_and_json_is_the_list() {
    let folder = notes();
    let root = folder.path();
    let before = everything(root);
    let done = run_on("adopt", root, &["--dry-run"]);
    assert_eq!(done.code, Some(0));
    assert!(done.out().contains("Plan: book.toml written"), "{}", done.out());
    let json = run_on("adopt", root, &["--dry-run", "--format", "json"]);
    assert_eq!((json.code, json.stderr.as_str()), (Some(0), ""));
    assert_eq!(everything(root), before);

    let list: serde_json::Value = serde_json::from_str(json.out()).expect("JSON");
    assert_eq!(list["version"], 1);
    assert_eq!(list["languages"], serde_json::json!(["zh-CN", "en"]));
    let notes = list["notes"].as_array().expect("notes");
    let sources: Vec<&str> = notes
        .iter()
        .flat_map(|note| note["editions"].as_array().expect("editions"))
        .map(|edition| edition["source"].as_str().expect("a source"))
        .collect();
    for source in &sources {
        assert!(root.join(source).is_file(), "{source}");
    }
    assert_eq!(sources.len(), 7, "{sources:?}");
    let ppo = notes.iter().find(|note| note["key"] == "rl/ppo").expect("the pair");
    assert_eq!(ppo["section"], serde_json::json!(["强化学习"]));
    assert_eq!(ppo["editions"][0]["status"]["value"], "draft");
    assert_eq!(ppo["editions"][1]["page"], "rl/ppo_en.html");

    // The same from `list`, before and after there is a book.
    let list_of = || {
        let done = run_on("list", root, &["--format", "json"]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        serde_json::from_slice::<serde_json::Value>(&done.stdout).expect("JSON")
    };
    assert_eq!(list_of(), list);
    assert_eq!(everything(root), before);
    adopt(root);
    let facts = |list: &serde_json::Value| {
        let mut facts: Vec<String> = list["notes"]
            .as_array()
            .expect("notes")
            .iter()
            .flat_map(|note| note["editions"].as_array().expect("editions"))
            .map(|edition| {
                format!("{} {} {} {}", edition["source"], edition["language"], edition["page"], edition["paired-by"])
            })
            .collect();
        facts.sort();
        facts
    };
    assert_eq!(facts(&list_of()), facts(&list));
}

/// Whoever makes a book hears of its pages when it is built, and of the notes before that when they are checked.
#[test]
fn what_a_build_says_is_left_to_it() {
    let folder = folder(&[("a.md", "# 甲\n\n中文的正文，[没有](gone.md)，$\\gone{x}$。\n")]);
    let root = folder.path();
    let are_said = || {
        let checked = run_on("check", root, &[]);
        for code in ["formula-invalid", "link-dead"] {
            assert!(checked.out().contains(&format!("[{code}]")), "{code}: {}", checked.out());
        }
    };
    assert_eq!(run_on("adopt", root, &["--dry-run"]).stderr, "");
    are_said();
    assert_eq!(adopt(root).stderr, "");
    are_said();
}

#[test]
fn catalogues_and_languages_can_be_chosen() {
    let folder = folder(&[
        ("README.md", "# Readme\n\n- [B](b.md)\n- [A](a.md)\n- [C](c.md)\n"),
        ("docs/index-of-notes.md", "# 目录\n\n- [丙](../c.md)\n- [甲](../a.md)\n"),
        ("a.md", "# 甲\n\n第一篇笔记。\n"),
        ("b.md", "# 乙\n\n第二篇笔记。\n"),
        ("c.md", "# 丙\n\n第三篇笔记。\n"),
        ("c.ja.md", "# 丙\n\nこれは三つ目のノートです。\n"),
    ]);
    let root = folder.path();
    let done = run_on("adopt", root, &["--catalogue", "docs/index-of-notes.md", "--languages", "zh-CN,ja"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(
        done.out().contains("Catalogue: docs/index-of-notes.md, 2 entries: 2 for notes, 0 for texts elsewhere\n"),
        "{}",
        done.out()
    );
    let toml: toml::Table = toml::from_str(&read(root, "book.toml")).expect("TOML");
    let own = &toml["preprocessor"]["bilingual"];
    assert_eq!(own["catalogue"], toml::Value::from(vec!["docs/index-of-notes.md"]));
    assert_eq!(own["languages"], toml::Value::from(vec!["zh-CN", "ja"]));
    let listed = chapters(&read(root, "book/SUMMARY.md"));
    let at =
        |path: &str| listed.iter().position(|listed| listed == path).unwrap_or_else(|| panic!("{path}: {listed:?}"));
    assert!(at("c.md") < at("a.md") && at("a.md") < at("b.md"), "{listed:?}");

    let here = |arguments: &[&str]| {
        let folder = self::folder(&[("zh/a.md", "# 甲\n\n第一篇笔记。\n"), ("en/a.md", "# A\n\nThe first note.\n")]);
        let run = run_in(folder.path(), &[&["adopt"], arguments].concat());
        (run.code, folder.path().join("book.toml").is_file(), folder.path().join("en/book.toml").is_file())
    };
    // A language is no folder, though there is one of its name.
    for arguments in [&["--languages", "zh-CN,en"][..], &["--languages", "zh-CN", "en"], &["--languages=zh-CN,en"]] {
        assert_eq!(here(arguments), (Some(0), true, false), "{arguments:?}");
    }
    assert_eq!(here(&["--languages", "zh-CN,en", "en"]), (Some(0), false, true));
    let wrong = run_on("adopt", root, &["--languages", "Chinese language"]);
    assert_eq!(wrong.code, Some(2));
}

#[test]
fn a_catalogue_that_is_not_there_is_named() {
    let folder = folder(&[("a.md", "# 甲\n\n第一篇笔记。\n")]);
    let done = run_on("adopt", folder.path(), &["--catalogue", "LIST.md"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("--catalogue LIST.md: there is no such file in "), "{}", done.stderr);
    assert!(!folder.path().join("book.toml").exists());
}

#[test]
fn without_a_catalogue_folders_decide() {
    let folder = folder(&[
        ("zh/intro.md", "# 简介\n\n从这里开始读。\n"),
        ("zh/gpu/kernel.md", "# 内核\n\n内核在显卡上运行。\n"),
        ("en/intro.md", "# Introduction\n\nBegin here.\n"),
        ("en/gpu/kernel.md", "# Kernels\n\nA kernel runs on the device.\n"),
        ("en/extra.md", "# Extra\n\nOnly in English.\n"),
    ]);
    let root = folder.path();
    let done = adopt(root);
    assert!(done.out().contains("\nPairs: 2\n") && !done.out().contains("Catalogue"), "{}", done.out());
    assert!(
        done.out().contains("zh/intro.md  ↔  en/intro.md  (folder)")
            || done.out().contains("en/intro.md  ↔  zh/intro.md  (folder)"),
        "{}",
        done.out()
    );
    let listed = chapters(&read(root, "book/SUMMARY.md"));
    // A page at the root comes first, since the first chapter is also the site's front page.
    assert_eq!(listed.len(), 6, "{listed:?}");
    assert!(!listed[0].contains('/'), "{listed:?}");
    let (_, files) = build(root);
    assert!(files.iter().any(|file| file == "en/gpu/kernel.html"), "{files:?}");
    let once = everything(root);
    adopt(root);
    assert_eq!(everything(root), once);
}

#[test]
fn copies_where_somebody_wants_them() {
    let folder = notes();
    let root = folder.path();
    let done = run_on("adopt", root, &["--copy"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.out().contains("copies: 9 written"), "{}", done.out());
    let copy = root.join("book/rl/ppo.md");
    let is_copy = || {
        let found = fs::symlink_metadata(&copy).expect("a file");
        assert!(found.is_file() && found.permissions().readonly());
        assert_eq!(fs::read(&copy).expect("read"), fs::read(root.join("rl/ppo.md")).expect("read"));
    };
    is_copy();
    write(root, "rl/ppo.md", "# PPO\n\n改过的文字。\n");
    let done = run_on("adopt", root, &["--copy"]);
    assert!(
        done.out().contains("copies: 1 written, 7 unchanged") || done.out().contains("copies: 1 written, 8 unchanged"),
        "{}",
        done.out()
    );
    is_copy();
    let (site, _) = build(root);
    let page = read(&site, "rl/ppo.html");
    assert!(page.contains("改过的文字") && page.contains("/edit/trunk/book/../rl/ppo.md"), "{page}");
}

#[test]
fn a_book_that_is_there_is_completed() {
    let toml = "# my book\n[book]\ntitle = \"Book\" # a title\nmultilingual = false\n\n[output.html]\n# my styles\nadditional-css = [\"my.css\"]\ncurly-quotes = true\n";
    let folder = folder(&[
        ("book.toml", toml),
        ("src/SUMMARY.md", "# Summary\n\n[Book](index.md)\n\n- [甲](a.md) <!-- first -->\n"),
        ("src/index.md", "# Book\n"),
        ("src/a.md", "# 甲\n\n第一篇笔记。\n"),
        ("src/a_en.md", "# A\n\nThe first note.\n"),
        ("src/b.md", "# 乙\n\n第二篇笔记。\n"),
        ("elsewhere/c.md", "# 丙\n\n书外的笔记。\n"),
    ]);
    let root = folder.path();
    let done = adopt(root);
    assert!(
        done.stderr.contains(
            "error[config-old]: book.toml:4:1: mdBook 0.5 no longer reads `book.multilingual`, and does not build"
        ),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("write `smart-punctuation`"), "{}", done.stderr);
    let after = read(root, "book.toml");
    for line in toml.lines().filter(|line| !line.starts_with("additional-css")) {
        assert!(after.lines().any(|other| other == line), "{line} is lost:\n{after}");
    }
    assert!(after.contains("[preprocessor.bilingual]") && !after.contains("src ="), "{after}");
    let summary = read(root, "src/SUMMARY.md");
    assert!(summary.contains("- [甲](a.md) <!-- first -->\n"), "{summary}");
    let listed = chapters(&summary.replace(" <!-- first -->", ""));
    assert_eq!(listed.iter().filter(|path| ["a_en.md", "b.md"].contains(&path.as_str())).count(), 2, "{listed:?}");
    assert!(!root.join("book").exists() && !root.join("site").exists());
    let once = everything(root);
    adopt(root);
    assert_eq!(everything(root), once);
}

#[test]
fn a_folder_without_notes_is_refused() {
    for files in [&[][..], &[("a.txt", "text")], &[("drafts/a.md", "# A\n"), (".gitignore", "drafts\n")]] {
        let folder = folder(files);
        let before = everything(folder.path());
        let done = run_on("adopt", folder.path(), &[]);
        assert_eq!(done.code, Some(2), "{}", done.out());
        assert!(
            done.stderr
                .contains("holds neither a book.toml nor Markdown notes; name the folder of a book, or of notes"),
            "{}",
            done.stderr
        );
        assert_eq!(everything(folder.path()), before);
    }
    let done = run_on("adopt", Path::new("/no/such/folder"), &[]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("/no/such/folder is no folder"), "{}", done.stderr);
}

#[test]
fn a_book_toml_that_is_no_toml_stays() {
    let folder = folder(&[("a.md", "# A\n"), ("book.toml", "[book\n")]);
    let before = everything(folder.path());
    let done = run_on("adopt", folder.path(), &[]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("not valid TOML"), "{}", done.stderr);
    assert_eq!(everything(folder.path()), before);
}

#[test]
fn what_cannot_be_read_is_named_and_skipped() {
    let folder = folder(&[("a.md", "# 甲\n\n第一篇笔记。\n"), ("c/d.md", "# 丁\n\n另一篇笔记。\n")]);
    let root = folder.path();
    fs::write(root.join("b.md"), b"# B\n\nfine\n\xff\xfe\n").expect("written");
    let done = adopt(root);
    assert!(
        done.stderr.contains("b.md: line 4 is not UTF-8; save the file as UTF-8; until then it is left out"),
        "{}",
        done.stderr
    );
    assert_eq!(in_book(root, "book"), ["SUMMARY.md", "a.md", "c/d.md"]);
    let (_, files) = build(root);
    assert!(files.iter().any(|file| file == "a.html") && files.iter().any(|file| file == "c/d.html"), "{files:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[("a.md", "# 甲\n\n第一篇笔记。\n"), ("b.md", "# 乙\n\n第二篇笔记。\n")]);
    let root = folder.path();
    fs::set_permissions(root.join("b.md"), fs::Permissions::from_mode(0o000)).expect("set");
    // Root reads everything.
    if fs::read(root.join("b.md")).is_ok() {
        return;
    }
    let done = adopt(root);
    assert!(done.stderr.contains("b.md: ") && done.stderr.contains("cannot be read"), "{}", done.stderr);
    assert!(chapters(&read(root, "book/SUMMARY.md")).iter().any(|path| path == "a.md"));
}

/// What `SUMMARY.md` lists, and what is no note, is there all the same.
#[cfg(unix)]
#[test]
fn chapters_that_are_no_files_are_not_gone() {
    use std::os::unix::fs::symlink;

    let folder = folder(&[
        ("book.toml", "[book]\ntitle = \"Book\"\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n- [D](d.md)\n- [E](e.md)\n- [F](f.md)\n- [G](.g.md)\n",
        ),
        ("src/a.md", "# A\n\nThe first note.\n"),
        ("src/f.md", "# F\n\nA note that git leaves out.\n"),
        ("src/.g.md", "# G\n\nA hidden note.\n"),
        (".gitignore", "f.md\n"),
    ]);
    let root = folder.path();
    symlink("/etc/hostname", root.join("src/b.md")).expect("a link");
    symlink("/dev/zero", root.join("src/c.md")).expect("a link");
    support::files::pipe(&root.join("src/d.md"));
    let done = adopt(root);
    for line in [
        "error[path-outside]: src/SUMMARY.md:4: b.md leads to /etc/hostname, ",
        "error[path-outside]: src/SUMMARY.md:5: c.md leads to /dev/zero, ",
        "error[chapter-unreadable]: src/d.md: it is a pipe, ",
        "warning[chapter-missing]: src/SUMMARY.md:7: e.md is listed here, and is gone; ",
    ] {
        assert!(done.stderr.contains(line), "{line}\n---\n{}", done.stderr);
    }
    assert_eq!(done.stderr.matches("is gone").count(), 1, "{}", done.stderr);
    assert!(done.out().contains("mdBook does not build this book before"), "{}", done.out());
}

#[cfg(unix)]
#[test]
fn links_that_lead_astray() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("secret.md", "# Secret\n"), ("pic.png", "png")]);
    let folder =
        folder(&[("a.md", "# 甲\n\n![图](pic.png)\n\n第一篇笔记。\n"), ("sub/b.md", "# 乙\n\n第二篇笔记。\n")]);
    let root = folder.path();
    symlink(outside.path().join("secret.md"), root.join("secret.md")).expect("a link");
    symlink(outside.path().join("pic.png"), root.join("pic.png")).expect("a link");
    symlink(outside.path(), root.join("outside")).expect("a link");
    symlink("../sub", root.join("sub/loop")).expect("a link");
    symlink("nothing.md", root.join("dangling.md")).expect("a link");
    symlink("round.md", root.join("round.md")).expect("a link");
    symlink("sub/b.md", root.join("alias.md")).expect("a link");
    let before = everything(root);
    let done = adopt(root);
    for (file, why) in [
        ("secret.md", "outside of the folder"),
        ("dangling.md", "this link leads nowhere"),
        ("round.md", "leads back to itself"),
    ] {
        let line = done.stderr.lines().find(|line| line.contains(&format!(" {file}: ")));
        assert!(line.is_some_and(|line| line.contains(why)), "{file}: {}", done.stderr);
    }
    let files = in_book(root, "book");
    assert!(
        files.iter().all(|file| !file.contains("secret")
            && !file.contains("outside")
            && !file.contains("loop")
            && !file.contains("pic")),
        "{files:?}"
    );
    assert!(files.iter().any(|file| file == "sub/b.md"), "{files:?}");
    let after = everything(root);
    for (file, content) in before {
        assert_eq!(after.get(&file), Some(&content));
    }
    let (site, files) = build(root);
    assert!(
        files.iter().any(|file| file == "sub/b.html") && !files.iter().any(|file| file.contains("secret")),
        "{files:?}"
    );
    let _ = site;
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_in_case() {
    let folder = folder(&[("Notes.md", "# 甲\n\n第一篇笔记。\n"), ("notes.md", "# 乙\n\n第二篇笔记。\n")]);
    let done = adopt(folder.path());
    assert!(done.stderr.contains("differ only in the case of letters"), "{}", done.stderr);
    assert_eq!(in_book(folder.path(), "book").len(), 2, "{:?}", in_book(folder.path(), "book"));
}

#[test]
fn two_notes_for_one_page() {
    let folder = folder(&[
        ("README.md", "# 首页\n\n从这里开始。\n"),
        ("sub/README.md", "# 甲\n\n第一篇笔记。\n"),
        ("sub/index.md", "# 乙\n\n第二篇笔记。\n"),
    ]);
    let done = adopt(folder.path());
    assert!(
        done.stderr.contains("becomes the same page, so this note was left out; rename one of the two"),
        "{}",
        done.stderr
    );
    build(folder.path());
}

#[test]
fn a_catalogue_that_leads_out_of_the_folder() {
    let folder = folder(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (
            "README.md",
            "# 笔记\n\n- [甲](a.md)\n- [乙](b.md)\n- [丙](c.md)\n- [外面](../../etc/passwd.md)\n- [没有](gone.md)\n",
        ),
        ("a.md", "# 甲\n\n第一篇笔记。\n"),
        ("b.md", "# 乙\n\n第二篇笔记。\n"),
        ("c.md", "# 丙\n\n第三篇笔记。\n"),
    ]);
    let done = adopt(folder.path());
    assert!(
        done.stderr.contains("README.md:6:8: “../../etc/passwd.md” lies outside of the repository"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("README.md:7:8: “gone.md” leads nowhere: there is no gone.md"), "{}", done.stderr);
    assert_eq!(chapters(&read(folder.path(), "book/SUMMARY.md")), ["README.md", "a.md", "b.md", "c.md"]);
}

#[test]
fn names_that_need_care() {
    let names = [
        "a b.md",
        "(c).md",
        "d(e.md",
        "f)g.md",
        "[h].md",
        "i [j](k).md",
        "n&o.md",
        "50%.md",
        "p'q.md",
        "_r_*s*.md",
        "文 件（一）.md",
        "日本語/ノート.md",
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for (at, name) in names.iter().enumerate() {
        if cfg!(windows) && name.contains('*') {
            continue;
        }
        write(root, name, &format!("# 标题 {at} [括号] `code` *星*\n\n这是第 {at} 篇笔记。\n"));
    }
    let done = adopt(root);
    assert_eq!(done.stderr, "");
    let (_, files) = build(root);
    for name in names {
        let page = name.replace(".md", ".html");
        assert!(files.contains(&page) || cfg!(windows) && name.contains('*'), "{page}: {files:?}");
    }
    let once = everything(root);
    adopt(root);
    assert_eq!(everything(root), once);
}

#[test]
fn names_that_are_taken() {
    let folder = folder(&[
        ("a.md", "# 甲\n\n第一篇笔记。\n"),
        ("book/b.md", "# 乙\n\n第二篇笔记。\n"),
        ("site/index.html", "<p>mine</p>\n"),
        ("theme/mine.css", "p {}\n"),
    ]);
    let root = folder.path();
    adopt(root);
    let toml: toml::Table = toml::from_str(&read(root, "book.toml")).expect("TOML");
    let source = toml["book"]["src"].as_str().expect("a folder").to_owned();
    assert_ne!(source, "book");
    assert!(!toml["build"]["build-dir"].as_str().expect("a folder").starts_with("site/"));
    assert_eq!(in_book(root, &source), ["SUMMARY.md", "a.md", "book/b.md"]);
    let (_, files) = build(root);
    assert!(files.iter().any(|file| file == "book/b.html"), "{files:?}");
    assert_eq!(read(root, "site/index.html"), "<p>mine</p>\n");
    assert_eq!(read(root, "theme/mine.css"), "p {}\n");
}

#[test]
fn a_name_that_git_ignores_is_not_taken() {
    let folder = folder(&[
        ("a.md", "# 甲\n\n第一篇笔记。\n"),
        (".gitignore", "book/\nsite\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ]);
    let root = folder.path();
    adopt(root);
    let toml: toml::Table = toml::from_str(&read(root, "book.toml")).expect("TOML");
    assert_ne!(toml["book"]["src"].as_str(), Some("book"));
    let once = everything(root);
    adopt(root);
    assert_eq!(everything(root), once);
}

#[test]
fn a_folder_of_a_bigger_repository() {
    let folder = folder(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/config", "[remote \"origin\"]\n\turl = https://github.com/owner/project.git\n"),
        ("src/lib.rs", "fn main() {}\n"),
        ("CHANGES.md", "# Changes\n"),
        ("docs/notes/README.md", "# 笔记\n\n- [甲](a.md)\n- [乙](deep/b.md)\n- [丙](c.md)\n"),
        (
            "docs/notes/a.md",
            "# 甲\n\n[源码](../../src/lib.rs)、[变化](../../CHANGES.md)、[乙](https://github.com/owner/project/blob/main/docs/notes/deep/b.md)、![图](../pic.png)\n",
        ),
        ("docs/notes/deep/b.md", "# 乙\n\n第二篇笔记，见[甲](../a.md)。\n"),
        ("docs/notes/c.md", "# 丙\n\n第三篇笔记。\n"),
        ("docs/pic.png", "png"),
    ]);
    let root = folder.path().join("docs/notes");
    let before = everything(folder.path());
    adopt(&root);
    for (file, _) in everything(folder.path()).iter().filter(|(file, _)| !before.contains_key(*file)) {
        assert!(file.starts_with("docs/notes"), "{}", file.display());
    }
    assert_eq!(in_book(&root, "book"), ["README.md", "SUMMARY.md", "a.md", "c.md", "deep/b.md"]);
    let (site, _) = build(&root);
    let page = read(&site, "a.html");
    for link in [
        "href=\"https://github.com/owner/project/blob/main/src/lib.rs\"",
        "href=\"https://github.com/owner/project/blob/main/CHANGES.md\"",
        "href=\"deep/b.html\"",
        "src=\"https://github.com/owner/project/raw/main/docs/pic.png\"",
        "/edit/main/docs/notes/book/../a.md\"",
    ] {
        assert!(page.contains(link), "{link}\n{page}");
    }
}

#[test]
fn books_below_the_folder_are_left_to_themselves() {
    let folder = folder(&[
        ("a.md", "# 甲\n\n第一篇笔记。\n"),
        ("tutorial/book.toml", "[book]\ntitle = \"T\"\n"),
        ("tutorial/src/SUMMARY.md", "# Summary\n\n- [A](a.md)\n"),
        ("tutorial/src/a.md", "# A\n"),
    ]);
    let root = folder.path();
    let done = adopt(root);
    assert!(
        done.out()
            .contains("tutorial/ is a book of its own (notes: 1); run `mdbook-bilingual install tutorial` for it"),
        "{}",
        done.out()
    );
    assert_eq!(in_book(root, "book"), ["SUMMARY.md", "a.md"]);
}

/// None of two thousand is left out. How long they take, `cargo xtask bench --growth "loose notes"` measures.
#[test]
fn many_notes() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let count = 1_000;
    for at in 0..count {
        let (file, text) = (
            format!("part-{}/note-{at}.md", at % 50),
            format!(
                "# 笔记 {at}\n\n[英文](note-{at}_en.md)。这是第 {at} 篇。\n\n## 一节\n\n见[另一篇](../part-{}/note-{}.md)。\n",
                (at + 1) % 50,
                (at + 1) % count
            ),
        );
        write(root, &file, &text);
        write(root, &file.replace(".md", "_en.md"), &format!("# Note {at}\n\nThis is number {at}.\n\n## A section\n"));
    }
    let done = adopt(root);
    assert!(done.out().contains(&format!("\nPairs: {count}\n")), "{}", &done.out()[..200]);
    assert_eq!(in_book(root, "book").len(), 2 * count + 2);
}

/// Bullets below bullets are chapters below chapters, whatever they are called.
#[test]
fn nested_bullets_are_nested_chapters() {
    let folder = folder(&[
        ("README.md", "# 目录\n\n我的目录。\n\n- [甲](a.md)\n  - [乙](b.md)\n- [甲](c.md)\n  - [丁](d.md)\n"),
        ("a.md", "---\ntitle: 另一个题目\n---\n\n机器学习的笔记。\n"),
        ("b.md", "# 乙\n\n机器学习的笔记。\n"),
        ("c.md", "# 甲\n\n机器学习的笔记。\n"),
        ("d.md", "# 丁\n\n机器学习的笔记。\n"),
    ]);
    adopt(folder.path());
    let summary = read(folder.path(), "book/SUMMARY.md");
    let want = "- [另一个题目](a.md)\n  - [乙](b.md)\n- [甲](c.md)\n  - [丁](d.md)\n";
    assert!(summary.ends_with(want), "{summary}");
}

/// The first catalogue counts, and whoever reads the message finds both lines.
#[test]
fn catalogues_that_disagree_about_an_edition() {
    let folder = folder(&[
        ("README.md", "# 目录\n\n这是目录。\n\n- [甲](a.md)，[英文版](a_en.md)\n- [乙](b.md)\n- [丁](d.md)\n"),
        (
            "README_en.md",
            "# List\n\nThis is it.\n\n- [A](a_en.md), [Chinese version](c.md)\n- [B](b_en.md)\n- [D](d_en.md)\n",
        ),
        ("a.md", "# 甲\n\n机器学习的笔记。\n"),
        ("a_en.md", "# A\n\nA note on learning.\n"),
        ("b.md", "# 乙\n\n机器学习的笔记。\n"),
        ("b_en.md", "# B\n\nA note on learning.\n"),
        ("c.md", "# 丙\n\n机器学习的笔记。\n"),
        ("d.md", "# 丁\n\n机器学习的笔记。\n"),
        ("d_en.md", "# D\n\nA note on learning.\n"),
    ]);
    let done = run_on("adopt", folder.path(), &["--dry-run"]);
    assert!(done.out().contains("  a.md  ↔  a_en.md  (catalogue, README.md:5)\n"), "{}", done.out());
    let said = "warning[pair-refused]: README_en.md:5: this makes a_en.md and c.md editions of one note, but README.md:5 gives that note another";
    assert!(done.stderr.contains(said), "{}", done.stderr);
}

/// A list of titles has no kana, and is Japanese all the same where everything else is.
#[test]
fn japanese_notes_make_no_chinese_book() {
    let folder = folder(&[
        ("README.md", "# 目次\n\n- [A](a.md)：[English](a.en.md)\n- [B](b.md)\n- [C](c.md)\n"),
        ("a.md", "# 機械学習\n\nこれは日本語のメモです。\n"),
        ("a.en.md", "# Machine learning\n\nEnglish prose.\n"),
        ("b.md", "# 深層学習\n\nこれも日本語のメモです。\n"),
        ("c.md", "# 用語集\n\n- 機械学習\n- 深層学習\n- 強化学習\n"),
    ]);
    let done = adopt(folder.path());
    assert!(done.out().starts_with("Languages: 日本語 (ja) 3, English (en) 1\n"), "{}", done.out());
}

/// A book that was made before there was a remote learns of it, and its links go on leading somewhere.
#[test]
fn a_repository_that_comes_later() {
    let folder = folder(&[
        ("a.md", "# 笔记\n\n机器学习脚本见 [train](train.py)。\n"),
        ("b.md", "# 乙\n\n机器学习的笔记。\n"),
        ("train.py", "print()\n"),
    ]);
    let root = folder.path();
    adopt(root);
    assert!(root.join("book/train.py").exists());
    fs::create_dir(root.join(".git")).expect("a folder");
    fs::write(root.join(".git/config"), "[remote \"origin\"]\n\turl = https://github.com/o/r.git\n").expect("written");
    fs::write(root.join(".git/HEAD"), "ref: refs/heads/main\n").expect("written");
    adopt(root);
    let toml = read(root, "book.toml");
    assert!(toml.contains("git-repository-url = \"https://github.com/o/r\""), "{toml}");
    assert!(toml.contains("edit-url-template = \"https://github.com/o/r/edit/main/{path}\""), "{toml}");
    // What the author changed stays.
    fs::write(root.join("book.toml"), toml.replace("github.com/o/r\"", "example.org/mine\"")).expect("written");
    adopt(root);
    assert!(read(root, "book.toml").contains("https://example.org/mine"));
}

/// Neither the notes nor an author's output folder lose anything to the folder of the site.
#[test]
fn another_build_folder_hides_no_note() {
    let folder = folder(&[("zh/a.md", "# 甲\n\n机器学习的笔记。\n"), ("en/a.md", "# A\n\nA note on learning.\n")]);
    let root = folder.path();
    adopt(root);
    let toml = read(root, "book.toml").replace("site/html", "zh/html");
    fs::write(root.join("book.toml"), toml).expect("written");
    let done = adopt(root);
    assert!(done.out().contains("0 removed"), "{}", done.out());
    assert!(!done.stderr.contains("chapter-missing"), "{}", done.stderr);
}

/// What a fragment says is shown to readers, and neither Markdown nor mdBook reads it.
#[test]
fn a_fragment_of_a_link_includes_nothing() {
    let folder = folder(&[
        ("a.md", "# A\n\nEnglish [f](<s.py#\\{\\{#include ../s.py\\}\\}>) and [g](<s.py#a\\>b \"c>).\n"),
        ("b.md", "# B\n\nEnglish prose.\n"),
        ("s.py", "SECRET = 1\n"),
        (".git/config", "[remote \"origin\"]\n\turl = https://github.com/o/r.git\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ]);
    let root = folder.path();
    adopt(root);
    build(root);
    let page = read(root, "site/html/a.html");
    assert!(!page.contains("SECRET"), "{page}");
    let address = "https://github.com/o/r/blob/main/s.py";
    assert!(
        page.contains(&format!("{address}#%7B%7B#include%20../s.py%7D%7D"))
            || page.contains(&format!("{address}#%7B%7B%23include%20../s.py%7D%7D")),
        "{page}"
    );
    assert!(page.contains(&format!("{address}#a%3Eb%20%22c")), "{page}");
}

#[cfg(unix)]
#[test]
fn a_catalogue_behind_a_link_out_of_the_folder_is_not_read() {
    let elsewhere = folder(&[("list.md", "# o\n\n- [甲](a.md)\n- [乙](b.md)\n- [丙](c.md)\n")]);
    let folder = folder(&[
        ("a.md", "# 甲\n\n机器学习的笔记。\n"),
        ("b.md", "# 乙\n\n机器学习的笔记。\n"),
        ("c.md", "# 丙\n\n机器学习的笔记。\n"),
    ]);
    let root = folder.path();
    std::os::unix::fs::symlink(elsewhere.path().join("list.md"), root.join("CAT.md")).expect("a link");
    let done = run_on("adopt", root, &["--catalogue", "CAT.md"]);
    assert!(done.stderr.contains("“CAT.md” leads out of the repository"), "{}", done.stderr);
    assert!(!root.join("book.toml").exists());
}

#[test]
fn languages_that_no_note_is_in() {
    let english = "This is a plain text in English, which tells the reader a little about training.\n";
    let chinese = "这是一段简体中文，对读者说明问题。\n";
    let japanese = "これは日本語の文章です。\n";
    for (files, languages) in [
        // The front page belongs to no language.
        (&[("README.md", english), ("zh/a.md", chinese), ("zh/b.md", chinese)] as &[_], "简体中文 (zh-CN) 2"),
        (&[("README.md", english), ("zh/a.md", chinese), ("ja/a.md", japanese)], "日本語 (ja) 1, 简体中文 (zh-CN) 1"),
        // A switch line names the other one.
        (
            &[("a.md", "[English](b.md)\n\n这是一段简体中文，对读者说明问题。\n"), ("b.md", "![x](x.png)\n")],
            "简体中文 (zh-CN) 1, English (en) 1",
        ),
    ] {
        let folder = folder(files);
        let done = run_on("adopt", folder.path(), &["--dry-run"]);
        assert!(done.out().starts_with(&format!("Languages: {languages}\n")), "{}", done.out());
    }
}

#[test]
fn the_front_page_that_is_written_is_no_note() {
    let chinese = "这是一段简体中文，对读者说明问题：显存不够时，我们应该怎么办。";
    let german = "Größere Übungen führen außerdem zu schöneren Ergebnissen für später.";
    for (text, languages) in [(chinese, "简体中文 (zh-CN) 3"), (german, "简体中文 (zh-CN) 2, Deutsch (de) 1")] {
        let mut notes: Vec<(String, String)> =
            ["redis", "mq"].map(|name| (format!("{name}/README.md"), format!("# {name}\n\n{chinese}\n"))).to_vec();
        notes.push(("de/README.md".to_owned(), format!("# de\n\n{text}\n")));
        let notes: Vec<(&str, &str)> = notes.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
        let folder = folder(&notes);
        let root = folder.path();
        let said = format!("Languages: {languages}\n");
        let done = adopt(root);
        assert!(done.out().starts_with(&said), "{}", done.out());
        let once = everything(root);
        let done = adopt(root);
        assert!(done.out().starts_with(&said), "{}", done.out());
        assert_eq!(everything(root), once);
        let run = run_on("check", root, &[]);
        let said = run.out().to_owned();
        assert!(!said.contains("index.md"), "{said}");
        let (site, _) = build(root);
        let page = read(&site, "index.html");
        assert!(!page.contains("language: mul") && !page.contains("version yet"), "{page}");
    }
}

#[test]
fn a_book_of_notes_can_be_for_the_site() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in [("a.md", "# 甲\n\n中文正文，足够长。\n"), ("a_en.md", "# A\n\nEnglish text.\n")] {
        fs::write(folder.path().join(file), text).expect("written");
    }
    let run = run_on("adopt", folder.path(), &["--site"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let toml = fs::read_to_string(folder.path().join("book.toml")).expect("written");
    assert!(toml.contains("[output.bilingual-site.html]") && !toml.contains("[output.html]"), "{toml}");
    assert!(toml.contains("renderers = [\"bilingual-site\"]"), "{toml}");
    // Again after new notes it stays so, and a flag for new books is no word on this one.
    assert_eq!(run_on("adopt", folder.path(), &[]).code, Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("book.toml")).expect("there"), toml);
    let run = run_on("adopt", folder.path(), &["--no-site"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("install --no-site"), "{}", run.stderr);
}

#[test]
fn links_of_notes_lead_through_other_sites() {
    let folder = folder(&[
        (
            "README.md",
            "# 我的笔记\n\n- [甲](https://link.zhihu.com/?target=https%3A//github.com/o/r/blob/main/a.md)，\
             也发表在[知乎](https://link.juejin.cn/?target=https%3A%2F%2Fzhuanlan.zhihu.com%2Fp%2F11)。\n- [乙](b.md)\n- [丙](c.md)\n- [丁](d.md)\n\
             - [只在知乎](https://link.zhihu.com/?target=https%3A//zhuanlan.zhihu.com/p/12)\n",
        ),
        ("a.md", "# 甲\n\n同一个问题采样一组回答，互相比较。\n"),
        (
            "b.md",
            "# 乙\n\n本文也发表于[掘金](https://link.zhihu.com/?target=https%3A//juejin.cn/post/7)。\n\n同一时刻只有一个线程能拿到锁。\n",
        ),
        ("c.md", "# 丙\n\n一个块有一千个线程。\n"),
        ("d.md", "# 丁\n\n显存到哪里去了。\n"),
        (".git/config", "[remote \"origin\"]\n\turl = https://github.com/o/r\n"),
    ]);
    let root = folder.path();
    for verb in ["list", "adopt"] {
        let run = run_on(verb, root, &["--format", "json"]);
        assert_eq!(run.code, Some(0), "{verb}: {}", run.stderr);
        let list: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
        let notes = list["notes"].as_array().expect("notes").clone();
        let copies = |file: &str| -> Vec<String> {
            let editions = notes.iter().flat_map(|note| note["editions"].as_array().expect("editions").clone());
            let mut own =
                editions.filter(|edition| edition["source"].as_str().is_some_and(|path| path.ends_with(file)));
            let own = own.next().unwrap_or_else(|| panic!("{verb}: no {file} in {list:#}"));
            let posts = own["cross-posts"].as_array().cloned().unwrap_or_default();
            posts.iter().map(|post| post["url"].as_str().expect("an address").to_owned()).collect()
        };
        assert_eq!(copies("a.md"), ["https://zhuanlan.zhihu.com/p/11"], "{verb}");
        assert_eq!(copies("b.md"), ["https://juejin.cn/post/7"], "{verb}");
        assert_eq!(list["external"][0]["url"], "https://zhuanlan.zhihu.com/p/12", "{verb}");
    }
    assert!(chapters(&read(root, "book/SUMMARY.md")).contains(&"a.md".to_owned()));
}
