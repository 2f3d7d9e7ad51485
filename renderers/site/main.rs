//! `mdbook-bilingual-site`: the program of `[output.bilingual-site]`. The only code that prints.

#![allow(clippy::print_stderr, reason = "this is the program")]

use std::collections::BTreeSet;
use std::env::current_exe;
use std::fmt;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};
use clap::Parser;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_core::host::pipe;
use mdbook_bilingual_site::STACK;
use mdbook_bilingual_site::ahead::Ahead;
use mdbook_bilingual_site::search::{self, Search};
use mdbook_renderer::RenderContext;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context as LayerContext, SubscriberExt};

/// What gives the program its memory. The system's takes a fifth more CPU time for a site of a thousand pages, and that of
/// musl, which programs for Linux have that need no C library, lets one thread ask at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// In how many bytes of mdBook's JSON the folder of the book is named.
const LONGEST_BEGIN: usize = 64 << 10;

/// Gives each page of a bilingual book its own language: an mdBook renderer.
///
/// mdBook starts it where a book has [output.bilingual-site] in its book.toml, and sends the book on standard input.
/// `mdbook-bilingual install --site` moves a book to it.
#[derive(Parser)]
#[command(name = "mdbook-bilingual-site", version = concat!(env!("CARGO_PKG_VERSION"), " (mdBook 0.5)"))]
struct Arguments {
    /// Makes the indexes of a site whose pages are there: what is searched comes on standard input.
    #[arg(long, hide = true)]
    index: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let run = if arguments.index { || search::later(io::stdin()) } else { run };
    // On some systems a program begins with a stack of 1 MB, and texts may be nested deeper than that.
    match thread::Builder::new().stack_size(STACK).spawn(run).map(thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) => {
            say("error", &format!("{error:#}"));
            ExitCode::from(1)
        }
        // What a panic says is said already.
        Ok(Err(_)) => ExitCode::from(101),
        Err(error) => {
            say("error", &format!("no thread can be begun: {error}"));
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<()> {
    if io::stdin().is_terminal() {
        bail!(
            "mdBook starts this program and sends it a book; run `mdbook build` in a book with [output.bilingual-site]"
        );
    }
    // Where another subscriber is, its words are heard there.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Heard::default()));
    // mdBook starts a renderer in the folder of its site.
    let is_awaited = Ahead::is_worth_it(Path::new("."));
    let mut ahead = None;
    let json = pipe::read(io::stdin(), |begin| {
        ahead = is_awaited.then(|| Ahead::of(begin)).flatten();
        // Whatever is longer is no beginning of mdBook's.
        !is_awaited || ahead.is_some() || begin.len() > LONGEST_BEGIN
    })?;
    let context: RenderContext = serde_json::from_str(&json).context(
        "this is not what mdBook 0.5 sends to a renderer; the program is made for the mdBook that `--version` names",
    )?;
    drop(json);
    let index = |found: Search<'_>| if found.is_served() { found.begin(&current_exe()?) } else { found.write() };
    for note in mdbook_bilingual_site::render(&context, ahead, &index)? {
        say("note", &note);
    }
    Ok(())
}

/// Writes to standard error. No line of it is a command of a terminal or of a workflow.
fn say(what: &str, text: &str) {
    for (at, line) in text.lines().enumerate() {
        let line = harmless(line);
        if at == 0 { eprintln!("{what}: {line}") } else { eprintln!("  {line}") }
    }
}

/// What mdBook's renderer warns of: each once, because it is called several times for a book.
#[derive(Default)]
struct Heard(Mutex<BTreeSet<String>>);

impl<S: Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &Event<'_>, _: LayerContext<'_, S>) {
        let what = match *event.metadata().level() {
            Level::ERROR => "error",
            Level::WARN => "warning",
            _ => return,
        };
        let mut text = Text::default();
        event.record(&mut text);
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if said.insert(text.0.clone()) {
            say(what, &text.0);
        }
    }
}

/// The message of an event.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
