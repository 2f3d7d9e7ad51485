//! Which Chromium this machine has.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

/// Variables that name a browser: a path, or a program on `PATH`.
const VARIABLES: [&str; 2] = ["CHROME", "CHROMIUM"];

/// What the browser is called where it is on `PATH`.
const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where macOS keeps programs that are never on `PATH`.
const MAC_APPS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// The Chromium of this machine: the one that `CHROME` or `CHROMIUM` names, else the first on `PATH`, else macOS' own.
///
/// # Errors
/// When a variable names nothing that can be run: taking another browser in its place would hide the mistake.
pub fn find() -> Result<Option<PathBuf>> {
    let set = |variable| Some((variable, env::var_os(variable).filter(|value| !value.is_empty())?));
    if let Some((variable, named)) = VARIABLES.into_iter().find_map(set) {
        return match which::which(&named) {
            Ok(path) => Ok(Some(path)),
            Err(error) => bail!("{variable} is set to {}: {error}; unset it or name a Chromium", named.display()),
        };
    }
    Ok(PROGRAMS
        .into_iter()
        .find_map(|name| which::which(name).ok())
        .or_else(|| MAC_APPS.into_iter().map(PathBuf::from).find(|path| path.is_file())))
}

/// What to do where there is none.
pub fn remedy() -> String {
    format!("install one ({}), or set {} to the path of one", PROGRAMS.join(", "), VARIABLES.join(" or "))
}
