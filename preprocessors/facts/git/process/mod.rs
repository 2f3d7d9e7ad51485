//! Starting git on a repository that may have been made to harm whoever reads it.
//!
//! A repository's own configuration can name programs, and so can the environment. Nothing here passes a path or a
//! name of the repository as an argument, so none can be read as an option.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;

mod dialogue;
mod running;

pub(super) use dialogue::Dialogue;
pub(super) use running::Running;

/// What git is called on this system.
const GIT: &str = if cfg!(windows) { "git.exe" } else { "git" };

/// Settings that come before those of the repository.
///
/// A commit-graph is a copy of what commits say, and may say something else.
const SETTINGS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.commitGraph=false",
    "log.showSignature=false",
    "advice.graftFileDeprecated=false",
];

/// A file with nothing in it.
const NOTHING: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The git of this machine; `None` when there is none. A `PATH` may name the current folder, which here is the
/// repository, and that may hold a program of this name.
fn program() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let found = || {
        let path = std::env::var_os("PATH")?;
        let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
        folders.map(|folder| folder.join(GIT)).find(|git| is_program(git))
    };
    PROGRAM.get_or_init(found).as_deref()
}

/// Whether a file can be started. A shell looks further where it finds one that cannot, and so do we.
fn is_program(file: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    file.is_file()
}

/// A git command in a folder, with nothing of the environment that git listens to; `None` without a git.
pub(super) fn git(repository: &Path, args: &[&str]) -> Option<Command> {
    let mut command = Command::new(program()?);
    for (name, _) in std::env::vars_os() {
        // On Windows, case does not matter.
        if name.as_encoded_bytes().get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case(b"GIT_")) {
            command.env_remove(name);
        }
    }
    command
        .current_dir(repository)
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        // Not a write for each commit.
        .env("GIT_FLUSH", "0")
        // Nothing is fetched. The second is for a git that does not know the first, and beats what a repository allows.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        // Neither does the history have other parents than its commits say.
        .env("GIT_GRAFT_FILE", NOTHING)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .arg("--no-pager");
    // A folder called `.git` that is none does not lead to the repository around it.
    if let Some(above) = repository.parent() {
        command.env("GIT_CEILING_DIRECTORIES", above);
    }
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args(args);
    Some(command)
}

/// What git says of a branch that has no commit: which of these depends on its version and on how it is asked.
const NO_COMMIT: &[&str] = &["does not have any commits", "unknown revision or path", "bad revision 'HEAD'"];

/// How many characters of what git complains of are repeated.
const LONGEST: usize = 300;

/// Why git told nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// There is no such program.
    NoGit,
    /// The folder is no repository.
    NoRepository,
    /// The repository belongs to another user, and git does not trust it.
    Owner,
    /// There is no commit yet.
    NoCommit,
    /// The program does not know what it is asked for.
    OldGit,
    /// What git said of anything else.
    Other(String),
}

impl Failure {
    pub(super) fn start(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::NotFound { Self::NoGit } else { Self::Other(error.to_string()) }
    }

    /// Why a git failed that ended in this way, and said this.
    pub(super) fn of(stderr: &[u8], status: ExitStatus) -> Self {
        let text = String::from_utf8_lossy(stderr);
        if text.contains("dubious ownership") {
            Self::Owner
        } else if text.contains("not a git repository") {
            Self::NoRepository
        } else if NO_COMMIT.iter().any(|words| text.contains(words)) {
            Self::NoCommit
        } else if text.contains("unrecognized argument") || text.contains("unknown option") {
            Self::OldGit
        } else {
            let line = text.lines().find(|line| line.starts_with("fatal:") || line.starts_with("error:"));
            let said = line.or_else(|| text.lines().next()).map(|line| line.trim().chars().take(LONGEST).collect());
            // A git that was killed said nothing.
            Self::Other(said.unwrap_or_else(|| status.to_string()))
        }
    }
}
