//! `mdbook-bilingual`: arguments, standard input, the library, standard output. The only code that prints.

mod arguments;
mod protocol;
mod say;
mod verbs;

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use arguments::{Arguments, Command};
#[cfg(feature = "export")]
use mdbook_bilingual::commands::export;
use say::{complain_of, print};

/// What gives the program its memory, as for the site: less CPU time than the system's or musl's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // It quotes what was typed, or what a shell made of a file's name.
        Err(error) if error.use_stderr() => {
            complain_of(&error.render().to_string());
            return ExitCode::from(2);
        }
        Err(help) => help.exit(),
    };
    run(arguments.command).unwrap_or_else(|error| {
        if error.downcast_ref::<io::Error>().is_none_or(|error| error.kind() != io::ErrorKind::BrokenPipe) {
            complain_of(&format!("error: {error:#}"));
        }
        ExitCode::from(2)
    })
}

fn run(command: Option<Command>) -> Result<ExitCode> {
    match command {
        None => verbs::preprocess(),
        Some(Command::Supports { renderer }) => verbs::supports(&renderer),
        Some(Command::List { root, format }) => verbs::list(&root, format),
        Some(Command::Check { explain: Some(code), .. }) => print(&code.explanation()).map(|()| ExitCode::SUCCESS),
        Some(Command::Check { root, format, deny, today, color, fix, dry_run, explain: None }) => {
            let mend = match (fix, dry_run) {
                (false, _) => verbs::MendMode::Nothing,
                (true, true) => verbs::MendMode::Shown,
                (true, false) => verbs::MendMode::Made,
            };
            verbs::check(&root, today, format, color, deny, mend)
        }
        Some(Command::Adopt { dir, catalogue, languages, dry_run, copy, join, site, format }) => {
            verbs::adopt(dir, (catalogue, languages), (copy, join), site.into(), dry_run, format)
        }
        Some(Command::Confirm { notes, root, copy: Some(site), on, .. }) => {
            verbs::confirm_copy(notes, root.as_deref(), site, on)
        }
        Some(Command::Confirm { notes, root, review, by, on, copy: None }) => {
            verbs::confirm(&notes, root.as_deref(), review, by.as_deref(), on)
        }
        #[cfg(feature = "export")]
        Some(Command::Export { explain: Some(code), .. }) => print(&code.explanation()).map(|()| ExitCode::SUCCESS),
        #[cfg(feature = "export")]
        Some(Command::Export {
            notes,
            platform,
            root,
            section,
            all,
            posted,
            unposted,
            language,
            output,
            images,
            links,
            diagrams,
            report,
            deny,
            probe,
            list,
            explain: None,
        }) => {
            let posted = (posted || unposted).then_some(posted);
            let wanted = export::Wanted { notes, sections: section, all, posted, language };
            let said = export::Said { images, links, diagrams };
            let what = match (list, probe) {
                (true, _) => verbs::ExportWork::List,
                (_, true) => verbs::ExportWork::Probe,
                _ => verbs::ExportWork::Notes(wanted),
            };
            verbs::export(root, platform, what, output, &said, (report, &deny))
        }
        Some(Command::Config { schema: _ }) => verbs::config(),
        Some(Command::Init { dir, languages, title, site }) => verbs::init(&dir, &languages, title, site.into()),
        Some(Command::Completions { shell }) => verbs::completions(shell),
        Some(Command::Man { dir }) => verbs::man(&dir),
        Some(Command::Install { root, upgrade, site, dry_run }) => verbs::install(&root, upgrade, site.into(), dry_run),
    }
}
