//! What the page on commands says beside what `--help` prints: every verb, and every option of each.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use support::program::{command, run};

use super::{TONGUES, read};
use crate::program::PROGRAM;

const PAGE: &str = "reference/commands.md";

fn help(verb: Option<&str>) -> String {
    let mut program = command(Path::new(PROGRAM));
    program.args(verb).arg("--help");
    run(program, b"").out().to_owned()
}

/// The verbs that the program's own help lists, without the one that prints it.
fn verbs() -> Vec<String> {
    let text = help(None);
    let listed = text.split_once("Commands:\n").expect("a list").1.split_once("\n\n").expect("its end").0;
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned));
    names.filter(|name| !name.is_empty() && name != "help").collect()
}

#[test]
fn the_page_on_commands_has_every_option() {
    let option = Regex::new("--[a-z][a-z-]*").expect("a pattern");
    for tongue in &TONGUES {
        let text = read(&tongue.page(PAGE));
        for verb in verbs() {
            let heading = format!("\n## {verb}\n");
            let (_, section) =
                text.split_once(&heading).unwrap_or_else(|| panic!("{PAGE} ({}) has no ## {verb}", tongue.folder));
            let section = section.split("\n## ").next().unwrap_or_default();
            // What `--help` prints stands in a block, and does not say what an option does in the page's language.
            let prose: String = section.split("```").step_by(2).collect();
            let help = help(Some(&verb));
            let options: BTreeSet<&str> = option.find_iter(&help).map(|found| found.as_str()).collect();
            for option in options.into_iter().filter(|option| *option != "--help") {
                assert!(
                    prose.contains(&format!("`{option}`")) || prose.contains(&format!("`{option} ")),
                    "{PAGE} ({}) does not say what {option} of {verb} does",
                    tongue.folder
                );
            }
        }
    }
}
