//! Repositories, environments and names that would like to do something.

use std::fs;
use std::path::{Path, PathBuf};

use support::history::{History, Mark, on};
use support::repository::Repository;

use super::listed::Ask;
use super::{EN, ZH, chinese, english};

/// A script that leaves a mark when it is run, and says no.
#[cfg(unix)]
fn script(book: &Repository) -> (PathBuf, PathBuf) {
    use std::os::unix::fs::PermissionsExt;

    let (script, ran) = (book.beside("script"), book.beside("ran"));
    fs::write(&script, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\nexit 1\n", ran.display())).expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("set");
    (script, ran)
}

fn assert_not_run(ran: &Path) {
    assert!(!ran.exists(), "{}", fs::read_to_string(ran).unwrap_or_default());
}

/// Every setting by which a repository can name a program that reading it could run.
#[cfg(unix)]
#[test]
fn a_repository_runs_nothing() {
    let attributes = "*.md diff=evil filter=evil merge=evil\n";
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")).write(".gitattributes", attributes));
    past.add(on("2025-01-02").rename(ZH, "book/zh/moved.md"));
    past.add(on("2025-01-03").rename("book/zh/moved.md", ZH).write(EN, &english("one")));
    let last = past.add(on("2025-01-04").write(ZH, &chinese("二")));
    let book = past.book();
    let (script, ran) = script(&book);
    // A signature that `log.showSignature` would have checked.
    let commit = book.git(&["cat-file", "commit", "HEAD"]);
    let (head, message) = commit.split_once("\n\n").expect("a message");
    let lines = "-----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----";
    let signed = format!("{head}\ngpgsig {lines}\n\n{message}\n");
    let signed = book.fed_git(&["hash-object", "-t", "commit", "-w", "--stdin"], signed.as_bytes());
    book.git(&["reset", "--quiet", "--soft", &signed]);

    let path = script.display().to_string();
    for key in [
        "gpg.program",
        "gpg.openpgp.program",
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "core.editor",
        "core.askPass",
        "core.sshCommand",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "merge.evil.driver",
        "credential.helper",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
        "remote.evil.uploadpack",
    ] {
        book.git(&["config", key, &path]);
    }
    for name in ["log", "rev-parse", "cat-file", "status", "diff", "ls-files", "rev-list", "show", "version", "config"]
    {
        book.git(&["config", &format!("alias.{name}"), &format!("!{path}")]);
    }
    for key in ["log.showSignature", "filter.evil.required", "core.untrackedCache"] {
        book.git(&["config", key, "true"]);
    }
    let hooks = book.beside("hooks");
    fs::create_dir(&hooks).expect("a folder");
    for hook in ["post-index-change", "fsmonitor-watchman", "query-watchman", "pre-auto-gc", "reference-transaction"] {
        fs::copy(&script, hooks.join(hook)).expect("copied");
        fs::copy(&script, book.top.join(".git/hooks").join(hook))
            .or_else(|_| {
                fs::create_dir_all(book.top.join(".git/hooks"))?;
                fs::copy(&script, book.top.join(".git/hooks").join(hook))
            })
            .expect("copied");
    }
    book.git(&["config", "core.hooksPath", &hooks.display().to_string()]);
    let _ = fs::remove_file(&ran);

    // Files that differ from what is committed, and an index that has to look again.
    book.write(EN, &english("two"));
    book.write(ZH, &chinese("二"));
    let list = book.list();
    assert_not_run(&ran);
    let history = &list.edition(ZH)["history"];
    assert_eq!(history["first-commit"]["commit"], book.id(one));
    assert_eq!(history["last-change"]["commit"], *signed);
    assert_eq!(history["last-change"]["date"], book.day(last));
    assert_eq!(list.translation(EN)["state"], "in-step");
    // The trap is one: whoever asks without care falls into it.
    drop(book.command().args(["log", "-1"]).output());
    assert!(ran.exists());
}

#[test]
fn settings_change_nothing() {
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write("book/zh/alt.md", &chinese("一")));
    let base = past.add(on("2025-01-02").rename("book/zh/alt.md", ZH));
    let side = past.add(on("2025-01-03").after(&[base]).write(ZH, &chinese("二")));
    let main = past.add(on("2025-01-04").after(&[base]).write("main.txt", "1\n"));
    let merge = past.add(on("2025-01-05").after(&[main, side]).write(ZH, &chinese("二")).write(EN, &english("one")));
    let book = past.book();
    for (key, value) in [
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.date", "relative"),
        ("log.decorate", "full"),
        ("log.diffMerges", "off"),
        ("log.mailmap", "true"),
        ("format.pretty", "oneline"),
        ("diff.renames", "false"),
        ("diff.renameLimit", "1"),
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("diff.orderFile", "/does/not/exist"),
        ("diff.ignoreSubmodules", "all"),
        ("diff.suppressBlankEmpty", "true"),
        ("diff.algorithm", "patience"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("core.commitGraph", "false"),
        ("core.attributesFile", "/does/not/exist"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("grep.patternType", "perl"),
    ] {
        book.git(&["config", key, value]);
    }
    let list = book.list();
    book.assert_history(&list, ZH, born, side);
    book.assert_history(&list, EN, merge, merge);
}

#[cfg(unix)]
#[test]
fn the_environment_is_not_read() {
    let mut past = History::default();
    past.add(on("2020-01-01").write(ZH, &chinese("零")));
    let other = past.book();
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    let (script, ran) = script(&book);
    let list = book.list_with(|program| {
        program.env("GIT_DIR", other.top.join(".git")).env("GIT_WORK_TREE", &other.top);
        program.env("GIT_COMMON_DIR", other.top.join(".git")).env("GIT_INDEX_FILE", other.top.join(".git/index"));
        program.env("GIT_OBJECT_DIRECTORY", other.top.join(".git/objects")).env("GIT_NAMESPACE", "other");
        program.env("GIT_CEILING_DIRECTORIES", book.top.parent().expect("a folder"));
        for name in ["GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR"] {
            program.env(name, &script);
        }
        for name in ["GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP", "GIT_TRACE_PACKET"] {
            program.env(name, &ran);
        }
        program.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "core.fsmonitor");
        program.env("GIT_CONFIG_VALUE_0", &script).env("GIT_CONFIG_PARAMETERS", "'log.showroot=false'");
        program.env("GIT_LITERAL_PATHSPECS", "1").env("GIT_NOGLOB_PATHSPECS", "1").env("GIT_FLUSH", "0");
        program.env("GIT_DEFAULT_HASH", "sha256").env("GIT_SHALLOW_FILE", book.beside("none"));
        program.env("GIT_EXEC_PATH", book.beside("none"));
    });
    assert_not_run(&ran);
    book.assert_history(&list, ZH, one, two);
}

/// A clone that has no old texts, and whose origin would notice a call.
#[cfg(unix)]
#[test]
fn a_partial_clone_makes_no_call() {
    let (exact, near) = ("book/zh/exact.md", "book/zh/near.md");
    let mut past = History::default();
    let born = past.add(on("2025-01-01").write("book/zh/a.md", &chinese("一")).write("book/zh/b.md", &chinese("乙")));
    past.add(on("2025-01-02").rename("book/zh/a.md", exact));
    let moved = past.add(on("2025-01-03").delete("book/zh/b.md").write(near, &chinese("丙")));
    past.add(on("2025-01-04").write(ZH, &chinese("一")).write(EN, &english("one")));
    let changed = past.add(on("2025-01-05").write(ZH, &chinese("二")));
    let last = past.add(on("2025-01-06").write(ZH, &chinese("三")));
    let book = past.book();
    book.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", book.top.display());
    book.git(&["clone", "--quiet", "--filter=blob:none", &url, "../clone"]);
    let (script, ran) = script(&book);
    let book = book.at("clone");
    fs::rename(book.beside("repository"), book.beside("gone")).expect("moved");
    book.git(&["remote", "set-url", "origin", "ssh://nowhere.invalid/x"]);
    book.git(&["config", "core.sshCommand", &script.display().to_string()]);
    let list = book.list();
    assert_not_run(&ran);
    assert_eq!(list.said_with("history-partial").len(), 1, "{}", list.said);
    book.assert_history(&list, exact, born, born);
    book.assert_history(&list, near, moved, moved);
    let history = &list.edition(ZH)["history"];
    assert_eq!(history["last-change"]["commit"], book.id(last));
    let translation = list.translation(EN);
    assert_eq!((&translation["state"], &translation["commits-behind"]), (&"behind".into(), &2.into()));
    assert_eq!(translation["last"]["commit"], book.id(last));
    assert_ne!(changed, last);
}

/// A replaced commit is shown by git instead of the real one; the real one is what was published.
#[test]
fn replaced_commits_are_as_they_were() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    let forged = book.git(&["cat-file", "commit", book.id(two)]);
    // Another day, and no parent.
    let lines: Vec<&str> = forged.lines().filter(|line| !line.starts_with("parent ")).collect();
    let forged = lines.join("\n").replace(" 17", " 15") + "\n";
    let forged = book.fed_git(&["hash-object", "-t", "commit", "-w", "--stdin"], forged.as_bytes());
    book.git(&["replace", book.id(two), &forged]);
    book.assert_history(&book.list(), ZH, one, two);
}

#[test]
fn grafts_do_no_harm() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    book.write(".git/info/grafts", &format!("{}\nnonsense\n{} {}\n", book.id(two), book.id(one), "0".repeat(40)));
    book.assert_history(&book.list(), ZH, one, two);
    // One with a single name makes that commit the first.
    book.write(".git/info/grafts", &format!("{}\n", book.id(two)));
    book.assert_history(&book.list(), ZH, one, two);
}

/// A commit-graph says of commits what they say themselves, and need not be right.
#[test]
fn a_commit_graph_is_not_believed() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    book.git(&["commit-graph", "write", "--reachable"]);
    let graph = book.top.join(".git/objects/info/commit-graph");
    let whole = fs::read(&graph).expect("a graph");
    let mut permissions = fs::metadata(&graph).expect("it is there").permissions();
    #[allow(clippy::permissions_set_readonly_false, reason = "it is removed with its folder")]
    permissions.set_readonly(false);
    fs::set_permissions(&graph, permissions).expect("set");
    for at in (8..whole.len()).step_by(7) {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        fs::write(&graph, broken).expect("written");
        book.assert_history(&book.list(), ZH, one, two);
    }
}

/// What git would wait for, or read without an end.
#[cfg(unix)]
#[test]
fn what_has_no_end_is_not_read() {
    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let book = past.book();
    let branch = book.git(&["symbolic-ref", "HEAD"]).trim().to_owned();
    for name in ["HEAD", "config", "commondir", "packed-refs", "shallow", "objects/info/alternates", &branch] {
        let path = book.top.join(".git").join(name);
        let held = fs::read(&path).ok();
        for target in ["/dev/zero", "../pipe"] {
            let pipe = book.top.join("pipe");
            if !pipe.exists() {
                support::files::pipe(&pipe);
            }
            let _ = fs::remove_file(&path);
            let target = if target == "../pipe" { pipe } else { PathBuf::from(target) };
            std::os::unix::fs::symlink(&target, &path).expect("a link");
            let list = book.list();
            assert!(list.edition(ZH)["history"].is_null(), "{name}");
            fs::remove_file(&path).expect("removed");
        }
        if let Some(held) = held {
            fs::write(&path, held).expect("written");
        }
    }
}

/// The same in the place of an object, of a list of packs, and of a file that a setting names.
#[cfg(unix)]
#[test]
fn no_object_and_no_setting_is_waited_for() {
    use std::time::{Duration, Instant};

    let mut past = History::default();
    past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    book.git(&["config", "include.path", "pipe"]);
    let head = book.git(&["rev-parse", "HEAD"]);
    let blob = book.git(&["rev-parse", &format!("HEAD~1:{ZH}")]);
    let object = |name: &str| format!("objects/{}/{}", &name[..2], name[2..].trim());
    for place in ["pipe", "objects/pack/multi-pack-index", &object(&head), &object(&blob)] {
        let path = book.top.join(".git").join(place);
        let held = fs::read(&path).ok();
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        support::files::pipe(&path);
        let begin = Instant::now();
        let list = book.list();
        assert!(list.edition(ZH)["history"].is_null(), "{place}");
        assert!(begin.elapsed() < Duration::from_secs(50), "{place}");
        fs::remove_file(&path).expect("removed");
        if let Some(held) = held {
            fs::write(&path, held).expect("written");
        }
    }
}

/// Notes whose names could be options, patterns or the end of a line.
#[cfg(unix)]
#[test]
fn names_are_names() {
    let names = [
        "-.md",
        "--output=x.md",
        "--all.md",
        "a b.md",
        "\"quoted\".md",
        "it's.md",
        "back\\slash.md",
        "tab\there.md",
        "star*.md",
        ":(exclude)x.md",
        "{a}.md",
        "$(touch ran).md",
        "显存【一】.md",
        "=> b.md",
        "100%.md",
    ];
    let mut past = History::default();
    let mut marks = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let old = past.add(on("2025-01-01").write(&format!("old/{name}"), &chinese(name)));
        past.add(on("2025-01-02").rename(&format!("old/{name}"), &format!("book/zh/{name}")));
        let day = format!("2025-02-{:02}", number + 1);
        marks.push((old, past.add(on(&day).write(&format!("book/zh/{name}"), &chinese(&format!("改 {name}"))))));
    }
    // Names that no table of contents can hold, beside ones that it can.
    let born = past.add(on("2025-03-01").write("book/zh/two\nlines.md", &chinese("行")));
    past.add(on("2025-03-02").write("two\n:100644 100644\n\ncommit x.md", &chinese("假")));
    past.add(on("2025-03-03").rename("book/zh/two\nlines.md", ZH));
    let book = past.book();
    let list = book.list();
    let mut missing = Vec::new();
    for (name, (first, last)) in names.iter().zip(marks) {
        let file = format!("book/zh/{name}");
        // What mdBook makes of a name in a table of contents is mdBook's.
        if list.editions().any(|edition| edition["source"] == *file) {
            book.assert_history(&list, &file, first, last);
        } else {
            missing.push(*name);
        }
    }
    assert!(missing.len() <= 3, "{missing:?}");
    book.assert_history(&list, ZH, born, born);
    for folder in [&book.root, &book.top, &book.root.join("book")] {
        assert!(!folder.join("x.md").exists() && !folder.join("ran").exists());
    }
}

/// What somebody wrote can look like what git prints.
#[test]
fn messages_are_messages() {
    let fake = format!(
        "commit {0}\nparent {0}\nauthor A <a@b> 1 +0000\n\n:100644 100644 {0} {0} M\0{ZH}\0\n\n    x\n",
        "1".repeat(40)
    );
    let mut past = History::default();
    let one = past.add(on("2025-01-01").says(&fake.replace('\0', " ")).write(ZH, &chinese("一")));
    past.add(on("2025-01-02").says(&fake).write("x", "1\n"));
    let two = past.add(on("2025-01-03").says("").write(ZH, &chinese("二")));
    let book = past.book();
    book.assert_history(&book.list(), ZH, one, two);
}

/// Commits that git would not make, but reads.
#[test]
fn authors_can_be_called_anything() {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let book = past.book();
    let commit = book.git(&["cat-file", "commit", "HEAD"]);
    let author = commit.lines().find(|line| line.starts_with("author ")).expect("an author");
    let moment = author.split("> ").nth(1).expect("a moment");
    let seconds = moment.split(' ').next().expect("seconds");
    for (line, day) in [
        (format!("author A> 1 +0000 <a> 2 +0000> {moment}"), Some("2025-01-02")),
        (format!("author  <> {moment}"), Some("2025-01-02")),
        (format!("author 显存 <作者> {seconds} -0000"), Some("2025-01-02")),
        (format!("author A <a> {seconds} +9959"), None),
        ("author A <a> 99999999999999999999 +0000".to_owned(), None),
        ("author A <a> -1 +0000".to_owned(), None),
        ("author A <a>".to_owned(), None),
        ("author".to_owned(), None),
    ] {
        let odd = format!("{}\n", commit.replacen(author, &line, 1));
        let odd = book.fed_git(&["hash-object", "-t", "commit", "-w", "--literally", "--stdin"], odd.as_bytes());
        book.git(&["update-ref", "refs/heads/main", &odd]);
        let list = book.list();
        let history = &list.edition(ZH)["history"];
        let last = &history["last-change"];
        if day.is_some() {
            assert_eq!((last["commit"].as_str(), last["date"].as_str()), (Some(odd.as_str()), day), "{line}");
            assert_eq!(history["first-commit"]["commit"], book.id(one), "{line}");
        }
        // No day is made up where there is none.
        let today = jiff::Zoned::now().date().to_string();
        assert!(last["date"] != *today, "{line}: {last}");
    }
}

/// The same name to a reader, and two to most file systems.
#[test]
fn names_are_compared_by_their_bytes() {
    let (composed, decomposed) = ("book/zh/caf\u{e9}.md", "book/zh/cafe\u{301}.md");
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(composed, &chinese("一")));
    let two = past.add(on("2025-01-02").write(decomposed, &chinese("二")));
    let book = past.book();
    let list = book.list();
    if list.editions().count() == 2 {
        book.assert_history(&list, composed, one, one);
        book.assert_history(&list, decomposed, two, two);
    }
}

#[test]
fn what_lies_about_does_no_harm() {
    let mut past = History::default();
    // A name like that of a commit, a zone that is none, and a link in the place of a list.
    let born = past.add(on("2025-01-01").write(ZH, &chinese("一")).write("HEAD", "HEAD\n"));
    let mut last = on("2025-01-02").write(ZH, &chinese("二"));
    last = last.entry("120000", ".git-blame-ignore-revs", "/dev/zero");
    let last = past.add(last.entry("120000", "book/zh/link.md", "../../../elsewhere.md"));
    let book = past.book();
    let list = book.list();
    book.assert_history(&list, ZH, born, last);
    let commit = book.git(&["cat-file", "commit", "HEAD"]);
    let odd = commit.replace(" +0000\ncommitter", " +2147483647\ncommitter");
    assert_ne!(odd, commit, "the author's zone is another one now");
    let odd = book.fed_git(&["hash-object", "--literally", "-t", "commit", "-w", "--stdin"], odd.as_bytes());
    book.git(&["reset", "--quiet", "--soft", &odd]);
    let history = book.list().edition(ZH)["history"].clone();
    assert_eq!(history["last-change"]["date"], book.day(last));
}

/// A git that stands first on the `PATH`, as a shell script. `GIT` in it is the real one.
#[cfg(unix)]
fn git_that(book: &Repository, script: &str, mode: u32) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt as _;
    let path = std::env::var_os("PATH").expect("a PATH");
    let real = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).expect("a git");
    let folder = book.beside("programs");
    fs::create_dir_all(&folder).expect("made");
    let program = folder.join("git");
    fs::write(&program, format!("#!/bin/sh\n{}\n", script.replace("GIT", &real.display().to_string())))
        .expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(mode)).expect("set");
    std::env::join_paths(std::iter::once(folder).chain(std::env::split_paths(&path))).expect("joined")
}

/// One note whose last commit changed its front matter alone.
#[cfg(unix)]
fn past_with_front_matter() -> (Repository, [Mark; 3]) {
    let mut past = History::default();
    let one = past.add(on("2025-01-01").write(ZH, &chinese("一")));
    let two = past.add(on("2025-01-02").write(ZH, &chinese("二")));
    let three = past.add(on("2025-01-03").write(ZH, &format!("---\nsummary: x\n---\n{}", chinese("二"))));
    (past.book(), [one, two, three])
}

#[cfg(unix)]
#[test]
fn a_git_that_fails_half_way_is_said_to() {
    let (book, _) = past_with_front_matter();
    for (script, said) in [
        ("GIT \"$@\" | head -c 300; echo 'fatal: the disk is full' >&2; exit 128", "fatal: the disk is full"),
        ("GIT \"$@\" | head -c 300; kill -9 $$", "signal: 9"),
        ("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1", "xxx"),
    ] {
        let path = git_that(&book, script, 0o755);
        let list = book.list_with(|program| {
            program.env("PATH", path);
        });
        list.assert_undated("history-missing", said);
        assert!(list.said.len() < 2_000, "{}", list.said);
    }
}

/// What is not known is not made up in silence.
#[cfg(unix)]
#[test]
fn texts_that_git_cannot_tell_are_said_to_be_lacking() {
    let (book, [one, two, _]) = past_with_front_matter();
    book.assert_history(&book.list(), ZH, one, two);
    for script in [
        "case \"$*\" in *cat-file*) exit 128;; esac; exec GIT \"$@\"",
        "case \"$*\" in *cat-file*) exec yes;; esac; exec GIT \"$@\"",
    ] {
        let path = git_that(&book, script, 0o755);
        let list = book.list_with(|program| {
            program.env("PATH", path);
        });
        assert_eq!(list.said_with("history-partial").len(), 1, "{}", list.said);
    }
    // A file that is not there any more.
    let blob = book.git(&["rev-parse", &format!("{}:{ZH}", book.id(two))]);
    let (folder, file) = blob.trim().split_at(2);
    fs::remove_file(book.top.join(".git/objects").join(folder).join(file)).expect("it is loose");
    let list = book.list();
    assert_eq!(list.said_with("history-partial").len(), 1, "{}", list.said);
    assert!(list.said.contains("git fsck"), "{}", list.said);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_no_program_is_passed_over() {
    let (book, [one, two, _]) = past_with_front_matter();
    let path = git_that(&book, "exit 1", 0o644);
    book.assert_history(
        &book.list_with(|program| {
            program.env("PATH", path);
        }),
        ZH,
        one,
        two,
    );
}
