//! What is printed, and how much of it.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use mdbook_bilingual_core::diagnostic::{Diagnostics, Severity, harmless};
use tracing_core::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};

/// How many notes of one kind are printed before the rest is counted.
const NOTES_OF_A_KIND: usize = 3;

/// How many warnings.
const WARNINGS_OF_A_KIND: usize = 20;

/// Prints what there is to say, and tells whether it fails the build.
pub(crate) fn report(diagnostics: &Diagnostics, deny_warnings: bool) -> bool {
    let hears_errors = say(diagnostics);
    let failed = diagnostics.fail(deny_warnings);
    if failed && hears_errors {
        let why = if diagnostics.fail(false) { "errors above" } else { "warnings above, which this book denies" };
        complain(&format!("error: mdbook-bilingual stopped because of the {why}"));
    }
    failed
}

/// Prints what there is to say, as far as `MDBOOK_LOG` wants to hear it, and tells whether it wants to hear errors.
pub(crate) fn say(diagnostics: &Diagnostics) -> bool {
    // mdBook's own default and its own syntax.
    let heard: Targets = std::env::var("MDBOOK_LOG")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let hears = |level| heard.would_enable("mdbook_bilingual", &level);
    let sorted = diagnostics.sorted();
    let mut printed = std::collections::BTreeMap::new();
    for (at, diagnostic) in sorted.iter().enumerate() {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARN,
            Severity::Note => Level::INFO,
        };
        if !hears(level) {
            continue;
        }
        let count: &mut usize = printed.entry(diagnostic.code()).or_default();
        *count += 1;
        let most = match diagnostic.severity() {
            Severity::Error => usize::MAX,
            Severity::Warning => WARNINGS_OF_A_KIND,
            Severity::Note => NOTES_OF_A_KIND,
        };
        let few = hears(Level::DEBUG) || *count <= most;
        if few {
            complain(&diagnostic.to_string());
        }
        let last = sorted[at + 1..].iter().all(|later| later.code() != diagnostic.code());
        if last && !few {
            let (severity, name, more) = (diagnostic.severity(), diagnostic.code().name(), *count - most);
            complain(&format!("{severity}[{name}]: and {more} more like these; MDBOOK_LOG=debug shows all"));
        }
    }
    hears(Level::ERROR)
}

/// Writes an error to standard error. A cause may take several lines, and may quote a note or the name of a file; no
/// line of it is a command of a workflow of GitHub.
pub(crate) fn complain_of(error: &str) {
    let mut error = error.to_owned();
    // What was typed and where we are may hold a line break, which is no end of a line of ours.
    let folder = std::env::current_dir().ok().map(PathBuf::into_os_string);
    for typed in std::env::args_os().chain(folder).map(|typed| typed.to_string_lossy().into_owned()) {
        if let std::borrow::Cow::Owned(harmless) = harmless(&typed) {
            error = error.replace(&typed, &harmless);
        }
    }
    for line in error.lines() {
        let mark = if line.trim_start().starts_with("::") { "| " } else { "" };
        complain(&format!("{mark}{}", harmless(line)));
    }
}

/// Writes a line to standard error. When nobody listens there, there is nobody to tell.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
