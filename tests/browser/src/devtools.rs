//! The Chrome DevTools Protocol, as much of it as the checks need: call a method, wait for an event.
//!
//! A message is JSON over a WebSocket; a call carries an `id` and is answered by a message with the same `id`, and
//! what has no `id` is an event (<https://chromedevtools.github.io/devtools-protocol/>).

use std::collections::VecDeque;
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tungstenite::{Message, WebSocket};
use url::Url;

/// How long Chromium may stay silent before a check gives up on it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to a running Chromium.
pub struct DevTools {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    events: VecDeque<Event>,
}

/// Something that happened in the browser.
pub struct Event {
    /// The event's name, such as `Page.lifecycleEvent`.
    pub method: String,
    /// What the protocol says of it.
    pub params: Value,
}

impl DevTools {
    /// Connects to the `ws://` address that Chromium printed.
    ///
    /// # Errors
    /// When nothing answers there.
    pub fn connect(address: &str) -> Result<Self> {
        let url = Url::parse(address).with_context(|| format!("DevTools address {address}"))?;
        let host = url.host_str().context("the DevTools address has no host")?;
        let port = url.port().context("the DevTools address has no port")?;
        let stream = TcpStream::connect((host, port)).with_context(|| format!("connecting to {address}"))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // A call is one small message that waits for its answer.
        stream.set_nodelay(true)?;
        let (socket, _) = tungstenite::client(address, stream).with_context(|| format!("handshake with {address}"))?;
        Ok(Self { socket, last_id: 0, events: VecDeque::new() })
    }

    /// Calls `method` and returns its answer.
    /// Without a `session` the browser itself is called, with one the page that it is attached to.
    ///
    /// # Errors
    /// When Chromium refuses the call or stays silent.
    pub fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        let mut call = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string())).with_context(|| format!("calling {method}"))?;
        loop {
            let mut message = self.receive().with_context(|| format!("waiting for the answer to {method}"))?;
            if message["id"] == id {
                if let Some(error) = message.get("error") {
                    bail!("{method}: {error}");
                }
                return Ok(message["result"].take());
            }
            self.keep(message);
        }
    }

    /// Waits for the first event that is `wanted`, and forgets those before it.
    ///
    /// # Errors
    /// When Chromium stays silent; `what` says what did not happen.
    pub fn wait_for(&mut self, what: &str, wanted: impl Fn(&Event) -> bool) -> Result<Event> {
        loop {
            while let Some(event) = self.events.pop_front() {
                if wanted(&event) {
                    return Ok(event);
                }
            }
            let message = self.receive().with_context(|| format!("waiting for {what}"))?;
            self.keep(message);
        }
    }

    /// Forgets the events that nobody has waited for.
    pub fn forget_events(&mut self) {
        self.events.clear();
    }

    fn keep(&mut self, mut message: Value) {
        if let Some(method) = message["method"].as_str() {
            self.events.push_back(Event { method: method.to_owned(), params: message["params"].take() });
        }
    }

    fn receive(&mut self) -> Result<Value> {
        loop {
            let message = self.socket.read().with_context(|| format!("Chromium said nothing for {PATIENCE:?}"))?;
            if let Message::Text(text) = message {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }
}
