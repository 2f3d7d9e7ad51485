//! Where `mdbook serve` will listen, asked before anything is built.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::net::{TcpListener, ToSocketAddrs};

use anyhow::{Result, bail};

/// Where a server listens: mdBook's own defaults, unless its arguments say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    hostname: String,
    port: String,
}

impl Address {
    /// The address that arguments of `mdbook serve` name.
    pub(crate) fn of(args: &[OsString]) -> Self {
        let mut address = Self { hostname: "localhost".to_owned(), port: "3000".to_owned() };
        let mut args = args.iter().map(|arg| arg.to_string_lossy().into_owned());
        while let Some(arg) = args.next() {
            if arg == "--" {
                break;
            }
            let (name, value) = match arg.strip_prefix("--") {
                Some(long) => match long.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (long.to_owned(), None),
                },
                None => short(&arg),
            };
            match name.as_str() {
                "p" | "port" => address.port = value.or_else(|| args.next()).unwrap_or_default(),
                "n" | "hostname" => address.hostname = value.or_else(|| args.next()).unwrap_or_default(),
                // What follows belongs to these, whatever it looks like.
                "d" | "dest-dir" | "watcher" if value.is_none() => drop(args.next()),
                _ => {}
            }
        }
        address
    }

    /// Says that nobody can listen there, if that is so.
    ///
    /// # Errors
    /// Then, with what to do.
    pub(crate) fn check(&self) -> Result<()> {
        let Self { hostname, port } = self;
        let Ok(number) = port.parse::<u16>() else {
            bail!("“{port}” is no port; try `cargo xtask serve -p 3000`");
        };
        match listen(hostname, number) {
            Ok(()) => Ok(()),
            Err(ErrorKind::AddrInUse) => {
                let free = (number..=u16::MAX).skip(1).take(100).find(|other| listen(hostname, *other).is_ok());
                let host = if hostname == "localhost" { String::new() } else { format!(" -n {hostname}") };
                let remedy = free.map(|free| format!("; try `cargo xtask serve{host} -p {free}`")).unwrap_or_default();
                bail!("port {port} on {hostname} is taken{remedy}")
            }
            Err(ErrorKind::PermissionDenied) => {
                bail!("port {port} on {hostname} may not be used by you; try `cargo xtask serve -p 3000`")
            }
            Err(kind) => bail!("nobody can listen on {hostname}, port {port} ({kind}); correct the name behind `-n`"),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "http://{}:{}", self.hostname, self.port)
    }
}

/// The first short argument with a value in `-op4000`, and the value as far as it is there.
fn short(arg: &str) -> (String, Option<String>) {
    let Some(letters) = arg.strip_prefix('-') else { return (String::new(), None) };
    let Some(at) = letters.find(['p', 'n', 'd']) else { return (String::new(), None) };
    let value = letters[at + 1..].trim_start_matches('=');
    (letters[at..=at].to_owned(), Some(value.to_owned()).filter(|value| !value.is_empty()))
}

/// Listens for a moment, on the address that mdBook would take.
fn listen(hostname: &str, port: u16) -> Result<(), ErrorKind> {
    let address = (hostname, port).to_socket_addrs().map_err(|error| error.kind())?.next();
    let listener = TcpListener::bind(address.ok_or(ErrorKind::AddrNotAvailable)?);
    listener.map(drop).map_err(|error| error.kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(args: &[&str]) -> (String, String) {
        let Address { hostname, port } = Address::of(&args.iter().map(OsString::from).collect::<Vec<_>>());
        (hostname, port)
    }

    #[test]
    fn where_arguments_lead() {
        let local = |port: &str| ("localhost".to_owned(), port.to_owned());
        for (args, address) in [
            (vec![], local("3000")),
            (vec!["-p", "4000"], local("4000")),
            (vec!["-p4000"], local("4000")),
            (vec!["-p=4000"], local("4000")),
            (vec!["--port", "4000"], local("4000")),
            (vec!["--port=4000", "--open"], local("4000")),
            (vec!["-op", "4000"], local("4000")),
            (vec!["-d", "-p", "4000"], local("3000")),
            (vec!["--dest-dir", "--port", "-p", "4000"], local("4000")),
            (vec!["-o", "some/folder"], local("3000")),
            (vec!["--", "-p", "4000"], local("3000")),
            (vec!["-n", "0.0.0.0", "-p", "80"], ("0.0.0.0".to_owned(), "80".to_owned())),
            (vec!["--hostname=::1"], ("::1".to_owned(), "3000".to_owned())),
            (vec!["--hostname", "127.0.0.1"], ("127.0.0.1".to_owned(), "3000".to_owned())),
            (vec!["-n127.0.0.1"], ("127.0.0.1".to_owned(), "3000".to_owned())),
        ] {
            assert_eq!(of(&args), address, "{args:?}");
        }
    }

    #[test]
    fn a_taken_port_is_one_sentence() -> Result<()> {
        let taken = TcpListener::bind("127.0.0.1:0")?;
        let port = taken.local_addr()?.port();
        let address = Address { hostname: "127.0.0.1".to_owned(), port: port.to_string() };
        let said = address.check().unwrap_err().to_string();
        assert!(said.starts_with(&format!("port {port} on 127.0.0.1 is taken")), "{said}");
        assert!(!said.contains('\n'), "{said}");
        drop(taken);
        address.check()?;
        for (hostname, port, part) in [("localhost", "http", "is no port"), ("no such host.invalid", "3000", "-n")] {
            let address = Address { hostname: hostname.to_owned(), port: port.to_owned() };
            let said = address.check().unwrap_err().to_string();
            assert!(said.contains(part), "{said}");
        }
        Ok(())
    }
}
