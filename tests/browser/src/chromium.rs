//! How Chromium is started.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use support::chromium;
use tempfile::TempDir;

/// What Chromium is told, so that a page looks the same everywhere and nothing but the book is fetched.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    // Some containers have 64 MB of shared memory, and a page needs more.
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    // Notes show pictures from elsewhere: a check waits for nobody's server.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
];

/// How long a cold start may take.
const START: Duration = Duration::from_secs(60);

/// A running Chromium with a profile of its own, which ends with this value.
pub struct Chromium {
    process: Child,
    /// Where DevTools listens: a `ws://` address.
    pub address: String,
    // Dropped after the process has ended: a profile in use cannot be removed.
    _profile: TempDir,
}

impl Chromium {
    /// Starts the Chromium of this machine.
    ///
    /// # Errors
    /// When there is none, or when it does not start; its own words are part of the message.
    pub fn start() -> Result<Self> {
        let Some(program) = chromium::find()? else { bail!("no Chromium: {}", chromium::remedy()) };
        let profile = tempfile::Builder::new().prefix("browser-tests-").tempdir()?;
        let mut command = Command::new(&program);
        command.args(ARGUMENTS);
        if belongs_to_root(profile.path())? {
            // Chromium refuses to run as root with its sandbox.
            command.arg("--no-sandbox");
        }
        let mut data = OsStr::new("--user-data-dir=").to_owned();
        data.push(profile.path());
        let mut process = command
            .arg(data)
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        match listening_address(&mut process) {
            Ok(address) => Ok(Self { process, address, _profile: profile }),
            Err(error) => {
                // It may have ended already.
                let _ = process.kill();
                let _ = process.wait();
                Err(error.context(format!("{} did not start", program.display())))
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // `Browser` has asked it to close; this is for a browser that did not listen.
        for _ in 0..50 {
            if !matches!(self.process.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Whether whoever runs this is root, which the owner of a file that was just made tells without a system call of ours.
#[cfg(unix)]
fn belongs_to_root(fresh: &Path) -> Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(fresh.metadata()?.uid() == 0)
}

#[cfg(not(unix))]
fn belongs_to_root(_: &Path) -> Result<bool> {
    Ok(false)
}

/// Reads stderr up to the address, and goes on reading it for as long as the browser lives: a full pipe would stop it.
fn listening_address(process: &mut Child) -> Result<String> {
    let stderr = process.stderr.take().context("stderr was asked for")?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            // Nobody listens any more once the address is known.
            let _ = sender.send(line);
        }
    });
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(START) {
            Ok(line) => match line.strip_prefix("DevTools listening on ") {
                Some(address) => return Ok(address.trim().to_owned()),
                None => said.push(line),
            },
            Err(mpsc::RecvTimeoutError::Timeout) => {
                bail!("silent for {START:?} after:\n{}", said.join("\n"))
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => bail!("it said:\n{}", said.join("\n")),
        }
    }
}
