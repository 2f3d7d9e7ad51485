//! A folder, and a terminal in it, as a reader of a page would have them.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use regex::Regex;
use support::program::skip;
use support::{files, git, host};
use tempfile::TempDir;

use super::page::{Block, commands};
use crate::program::{PROGRAM, program};

/// What the folder is called on a page.
const HOME: &str = "/home/you/notes";

/// What may be run: programs that do the same on each machine.
const PROGRAMS: &[&str] = &[
    "mdbook-bilingual",
    "cat",
    "cd",
    "cp",
    "diff",
    "echo",
    "find",
    "git",
    "grep",
    "head",
    "ln",
    "ls",
    "mkdir",
    "mv",
    "python3",
    "rm",
    "sed",
    "sort",
    "tail",
];

/// What may be missing where the tests run; a hidden block that needs it is skipped there.
const MAY_LACK: &str = "python3";

/// The moment of a commit that says none, so that commits have the same names each time.
const MOMENT: &str = "2025-12-01T12:00:00Z";

/// What git is told about whoever runs it.
const GITCONFIG: &str = "[user]\nname = Author\nemail = author@example.org\n[init]\ndefaultBranch = main\n";

/// A terminal.
pub(super) struct Terminal {
    temporary: TempDir,
    /// The folder of the page.
    root: PathBuf,
    /// Where the next command runs.
    here: PathBuf,
    /// How the last one ended.
    code: i32,
}

impl Terminal {
    pub(super) fn new() -> Self {
        let temporary = tempfile::tempdir().expect("a folder");
        // On macOS the folder for such things is a link, and the program says where it leads.
        let top = temporary.path().canonicalize().expect("it is there");
        let root = top.join("notes");
        for folder in ["notes", "home", "programs"] {
            fs::create_dir(top.join(folder)).expect("a folder");
        }
        files::write(&top, "home/.gitconfig", GITCONFIG);
        symlink(PROGRAM, top.join("programs/mdbook-bilingual")).expect("a link");
        Self { temporary, here: root.clone(), root, code: 0 }
    }

    /// Writes a file of the page.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        if path.starts_with('/') || path.split('/').any(|part| part == "..") {
            return Err(format!("{path} is not in the folder of the page"));
        }
        files::write(&self.root, path, text);
        Ok(())
    }

    /// A script has to be one that a shell can read.
    pub(super) fn parse(&self, path: &str) -> Result<(), String> {
        if !path.ends_with(".sh") {
            return Ok(());
        }
        let (code, printed) = self.shell(&self.root, &format!("sh -n {path}"));
        if code == 0 { Ok(()) } else { Err(format!("no shell can read {path}:\n{printed}")) }
    }

    /// Runs the commands of a block that nobody sees.
    pub(super) fn succeed(&mut self, block: &Block) -> Result<(), String> {
        let needs = commands(&block.text).any(|command| command.starts_with(MAY_LACK));
        if needs && self.shell(&self.root, &format!("{MAY_LACK} --version")).0 != 0 {
            skip(&format!("a block of line {}", block.line), &format!("there is no {MAY_LACK}"));
            return Ok(());
        }
        for command in commands(&block.text) {
            let printed = self.run(command)?;
            if self.code != 0 {
                return Err(format!("`{command}` ends with exit code {}:\n{printed}", self.code));
            }
        }
        Ok(())
    }

    /// Runs the commands of a block, and compares what they print with what stands below them.
    /// Returns what should stand in the block where that is to be written.
    pub(super) fn show(&mut self, block: &Block) -> Result<Option<String>, String> {
        let is_blessed = std::env::var_os("BLESS").is_some();
        let Some(steps) = block.text.strip_prefix("$ ") else {
            return Err("a block of `console` begins with a command: `$ …`".to_owned());
        };
        let (mut text, mut wrong) = (String::new(), Vec::new());
        let mut steps = steps.trim_end_matches('\n').split("\n$ ").peekable();
        while let Some(step) = steps.next() {
            let line = block.line + text.lines().count();
            let (command, below) = step.split_once('\n').unwrap_or((step, ""));
            let came = self.run(command)?;
            if self.code != 0 && !block.is_hidden && !steps.peek().is_some_and(|next| next.starts_with("echo $?")) {
                wrong.push(format!(
                    "line {line}: $ {command}\n--- ends with exit code {}, which no `echo $?` shows",
                    self.code
                ));
            }
            let is_right = agrees(below, &came);
            let is_kept = is_right || !is_blessed || below.contains('…');
            if is_kept && !is_right {
                wrong.push(format!("line {line}: $ {command}\n--- the page says\n{below}\n--- what came\n{came}"));
            }
            let below = if is_kept { below } else { came.trim_end() };
            text.push_str(&format!("$ {command}\n{below}"));
            text.push_str(if below.is_empty() { "" } else { "\n" });
        }
        if wrong.is_empty() { Ok((text != block.text).then_some(text)) } else { Err(wrong.join("\n")) }
    }

    /// Whether the program understands a command line: it is carried out in an empty folder, and may say anything there
    /// but how it is used.
    pub(super) fn understands(&self, line: &str) -> Result<(), String> {
        if line.split([' ', '=', '"', '\'']).any(|word| word.starts_with('/')) {
            return Err(format!("`{line}` names a path that may be there"));
        }
        let empty = tempfile::tempdir().expect("a folder");
        let (_, said) = self.shell(empty.path(), line);
        let is_misused =
            said.starts_with("error: ") && said.trim_end().ends_with("For more information, try '--help'.");
        if is_misused { Err(format!("`{line}` is not understood:\n{said}")) } else { Ok(()) }
    }

    /// Runs a command, and returns what it prints.
    fn run(&mut self, command: &str) -> Result<String, String> {
        let first = command.split([' ', ';']).next().unwrap_or_default();
        if first == "mdbook" {
            return self.mdbook(command);
        }
        if !PROGRAMS.contains(&first) {
            return Err(format!("`{first}` is none of the programs that an example may run: {PROGRAMS:?}"));
        }
        if let Some(folder) = command.strip_prefix("cd ") {
            self.here = self.here.join(folder).canonicalize().map_err(|error| format!("{command}: {error}"))?;
            return Ok(String::new());
        }
        let (code, printed) = self.shell(&self.here, command);
        self.code = code;
        Ok(printed)
    }

    /// Runs a line in a shell, in a folder: its exit code, and what it prints to both of its outputs.
    fn shell(&self, folder: &Path, line: &str) -> (i32, String) {
        let mut shell = Command::new("sh");
        // What is said before the line may not change what `$?` is.
        shell.arg("-c").arg(format!("exec 2>&1\n(exit {})\n{line}", self.code)).current_dir(folder);
        let output = self.settle(&mut shell).output().expect("there is a shell");
        (output.status.code().unwrap_or(-1), self.tidy(&output.stdout))
    }

    /// Does what `mdbook build` does, and returns what it prints.
    fn mdbook(&mut self, command: &str) -> Result<String, String> {
        let root = match command.split(' ').collect::<Vec<_>>()[..] {
            ["mdbook", "build"] => self.here.clone(),
            ["mdbook", "build", folder] => self.here.join(folder),
            _ => return Err(format!("`{command}`: an example runs `mdbook build` or `mdbook build FOLDER`")),
        };
        let heard = self.temporary.path().join("heard");
        fs::write(&heard, "").expect("it can be written");
        // mdBook lets a preprocessor say what it has to say itself.
        let preprocessor = format!("sh -c 'exec \"$0\" \"$@\" 2>>\"{}\"' \"{PROGRAM}\"", heard.display());
        let built = host::build_as(&root, &preprocessor, None);
        let mut printed = " INFO Book building has started\n".to_owned();
        printed.push_str(&fs::read_to_string(&heard).expect("it was written"));
        self.code = i32::from(built.is_err());
        let is_html = !files::read(&root, "book.toml").contains("[output.markdown]");
        printed.push_str(&match built {
            Ok(pages) if is_html => {
                format!(" INFO Running the html backend\n INFO HTML book written to `{}`\n", pages.display())
            }
            Ok(_) => " INFO Running the markdown backend\n".to_owned(),
            Err(error) => format!("ERROR {error}\n"),
        });
        Ok(self.tidy(printed.as_bytes()))
    }

    /// Gives a command the environment of nobody in particular.
    fn settle<'command>(&self, command: &'command mut Command) -> &'command mut Command {
        let top = self.root.parent().expect("it is in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        git::forget_variables(command);
        // What the program itself does not listen to in a test.
        for (name, _) in program().get_envs().filter(|(_, value)| value.is_none()) {
            command.env_remove(name);
        }
        command
            .env(support::program::SITE, "")
            .env("PATH", format!("{}:{path}", top.join("programs").display()))
            .env("HOME", top.join("home"))
            .env("XDG_CONFIG_HOME", top.join("home"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", MOMENT)
            .env("GIT_COMMITTER_DATE", MOMENT)
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env_remove("COLUMNS")
            .stdin(Stdio::null())
    }

    /// What was printed, as a page shows it.
    fn tidy(&self, printed: &[u8]) -> String {
        let printed = String::from_utf8_lossy(printed);
        let printed = printed.replace(&shown(&self.root), HOME);
        let printed = printed.replace(&shown(self.root.parent().expect("it is in a folder")), "/home/you");
        let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
        if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Whether a page says what came.
fn agrees(says: &str, came: &str) -> bool {
    let mut pattern = String::from(r"\A");
    for line in says.trim_end().lines() {
        if line.trim() == "…" {
            pattern.push_str("(?:.*\n)*");
        } else {
            let parts: Vec<String> = line.trim_end().split('…').map(regex::escape).collect();
            pattern.push_str(&parts.join(".*"));
            pattern.push('\n');
        }
    }
    pattern.push_str(r"\z");
    Regex::new(&pattern).expect("a pattern").is_match(came)
}

#[test]
fn an_ellipsis_stands_for_any_lines_and_any_text() {
    for (says, came, is_right) in [
        ("a\nb\n", "a\nb\n", true),
        ("a\nb\n\n", "a\nb\n", true),
        ("a\n…\nd\n", "a\nb\nc\nd\n", true),
        ("a\n…\nd\n", "a\nd\n", true),
        ("…\n", "", true),
        ("took … s (one)\n", "took 3.5 s (one)\n", true),
        ("took … s\n", "took 3.5 ms\n", false),
        ("", "a\n", false),
        ("a\n", "a\nb\n", false),
    ] {
        assert_eq!(agrees(says, came), is_right, "{says:?} of {came:?}");
    }
}
