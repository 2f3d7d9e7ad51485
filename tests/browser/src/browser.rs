//! The one tab that a check looks through.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::chromium::Chromium;
use crate::devtools::DevTools;

/// Width and height of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

impl Viewport {
    /// A laptop's window, wide enough for mdBook's sidebar.
    pub const WIDE: Self = Self { width: 1280, height: 900 };
    /// A phone, upright.
    pub const PHONE: Self = Self { width: 390, height: 844 };
}

/// A key that a reader without a mouse uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next link or control.
    Tab,
    /// Follows the link that has the focus.
    Enter,
    /// Closes what is open.
    Escape,
    /// To the entry above.
    Up,
    /// To the entry below.
    Down,
    /// Takes away what is before the caret, or what is selected.
    Backspace,
    /// Writes itself into a text field; anywhere else it may be a shortcut.
    Letter(char),
}

impl Key {
    /// What the protocol calls it: its name, its number, and what it writes.
    fn named(self) -> (String, u32, String) {
        let (name, number, text) = match self {
            Self::Tab => ("Tab", 9, ""),
            Self::Enter => ("Enter", 13, "\r"),
            Self::Escape => ("Escape", 27, ""),
            Self::Up => ("ArrowUp", 38, ""),
            Self::Down => ("ArrowDown", 40, ""),
            Self::Backspace => ("Backspace", 8, ""),
            Self::Letter('/') => ("/", 191, "/"),
            Self::Letter(letter) => {
                return (letter.to_string(), u32::from(letter.to_ascii_uppercase()), letter.to_string());
            }
        };
        (name.to_owned(), number, text.to_owned())
    }
}

/// A key that is held down while another one is pressed, by its bit in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Alt.
    Alt = 1,
    /// Ctrl.
    Control = 2,
    /// The command key of a Mac.
    Meta = 4,
    /// Shift.
    Shift = 8,
}

/// The number of any key that an input method takes for itself.
const COMPOSING: u32 = 229;

/// A headless Chromium with one tab.
pub struct Browser {
    devtools: DevTools,
    session: String,
    // Dropped last, after `Drop` has asked it to close.
    _chromium: Chromium,
}

impl Browser {
    /// Starts Chromium with an empty tab at [`Viewport::WIDE`].
    ///
    /// # Errors
    /// When there is no Chromium or it does not start.
    pub fn start() -> Result<Self> {
        let chromium = Chromium::start()?;
        let mut devtools = DevTools::connect(&chromium.address)?;
        let target = devtools.call(None, "Target.createTarget", json!({"url": "about:blank"}))?;
        let attached =
            devtools.call(None, "Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}))?;
        let session = attached["sessionId"].as_str().context("Chromium gave no session")?.to_owned();
        let mut browser = Self { devtools, session, _chromium: chromium };
        browser.call("Page.enable", json!({}))?;
        browser.call("Page.setLifecycleEventsEnabled", json!({"enabled": true}))?;
        // A headless window has no focus of its own, and without it nothing matches `:focus-visible`.
        browser.call("Emulation.setFocusEmulationEnabled", json!({"enabled": true}))?;
        browser.resize(Viewport::WIDE)?;
        Ok(browser)
    }

    /// Opens `url` and waits until it has loaded, its scripts and styles included.
    ///
    /// # Errors
    /// When the page cannot be loaded.
    pub fn open(&mut self, url: &str) -> Result<()> {
        self.devtools.forget_events();
        let answer = self.call("Page.navigate", json!({"url": url}))?;
        if let Some(error) = answer["errorText"].as_str() {
            bail!("{url}: {error}");
        }
        self.wait_for_load(answer["loaderId"].clone()).with_context(|| format!("opening {url}"))
    }

    /// Presses `key` and lets go of it.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn press(&mut self, key: Key) -> Result<()> {
        let (name, number, text) = key.named();
        self.stroke(&name, number, 0, &text)
    }

    /// Presses `key` while `modifier` is held down.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn press_with(&mut self, modifier: Modifier, key: Key) -> Result<()> {
        let (name, number, _) = key.named();
        self.stroke(&name, number, modifier as u32, "")
    }

    /// Presses a key that an input method takes, so that the page hears of it and should do nothing.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn press_composing(&mut self, key: Key) -> Result<()> {
        self.stroke(&key.named().0, COMPOSING, 0, "")
    }

    /// Shows letters in the text field that has the focus, as an input method does before it knows what they will be.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn compose(&mut self, letters: &str) -> Result<()> {
        let end = letters.encode_utf16().count();
        let params = json!({"text": letters, "selectionStart": end, "selectionEnd": end});
        self.call("Input.imeSetComposition", params).map(|_| ())
    }

    /// Puts text into the field that has the focus, as an input method does at its end, without any key.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn insert(&mut self, text: &str) -> Result<()> {
        self.call("Input.insertText", json!({"text": text})).map(|_| ())
    }

    fn stroke(&mut self, name: &str, number: u32, modifiers: u32, text: &str) -> Result<()> {
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            let params = json!({
                "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": number, "modifiers": modifiers, "text": text,
            });
            self.call("Input.dispatchKeyEvent", params)?;
        }
        Ok(())
    }

    /// Presses Enter on a link and waits until the page behind it has loaded.
    ///
    /// # Errors
    /// When no page follows.
    pub fn follow_with_enter(&mut self) -> Result<()> {
        self.devtools.forget_events();
        self.press(Key::Enter)?;
        let navigated = self.devtools.wait_for("the page behind the link", |event| {
            event.method == "Page.frameNavigated" && event.params["frame"]["parentId"].is_null()
        })?;
        self.wait_for_load(navigated.params["frame"]["loaderId"].clone())
    }

    /// Evaluates a JavaScript expression in the page and returns its value.
    /// It works on a page whose own scripts are off, too.
    ///
    /// # Errors
    /// When the expression throws, or when its value is no `T`.
    pub fn evaluate<T: DeserializeOwned>(&mut self, expression: &str) -> Result<T> {
        let mut answer = self
            .call("Runtime.evaluate", json!({"expression": expression, "returnByValue": true, "awaitPromise": true}))?;
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("{expression}\nthrew {}", exception["exception"]["description"]);
        }
        let value = answer["result"]["value"].take();
        serde_json::from_value(value.clone()).with_context(|| format!("{expression}\nis {value}"))
    }

    /// Has every page that is opened from now on run a script before its own ones.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn prepare(&mut self, script: &str) -> Result<()> {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).map(|_| ())
    }

    /// Gives the window another size.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn resize(&mut self, viewport: Viewport) -> Result<()> {
        let Viewport { width, height } = viewport;
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        )?;
        Ok(())
    }

    /// Shows the page as paper would, or as a screen does again.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn show_as_paper(&mut self, paper: bool) -> Result<()> {
        self.call("Emulation.setEmulatedMedia", json!({"media": if paper { "print" } else { "" }}))?;
        Ok(())
    }

    /// Turns the scripts of the pages that are opened from now on off, or on again.
    ///
    /// # Errors
    /// When Chromium does not answer.
    pub fn allow_scripts(&mut self, allowed: bool) -> Result<()> {
        self.call("Emulation.setScriptExecutionDisabled", json!({"value": !allowed}))?;
        Ok(())
    }

    /// Writes what the window shows to `path`, as PNG.
    ///
    /// # Errors
    /// When there is no picture, or no way to write it.
    pub fn screenshot(&mut self, path: &Path) -> Result<()> {
        let picture = self.picture("png")?;
        fs::write(path, picture).with_context(|| format!("writing {}", path.display()))
    }

    /// What the window shows, in a format of pictures: `png`, `webp` or `jpeg`.
    ///
    /// # Errors
    /// When there is no picture.
    pub fn picture(&mut self, format: &str) -> Result<Vec<u8>> {
        let mut wanted = json!({"format": format});
        if format != "png" {
            // Letters stay sharp, and a page of documentation stays light.
            wanted["quality"] = json!(55);
        }
        let answer = self.call("Page.captureScreenshot", wanted)?;
        let data = answer["data"].as_str().context("Chromium took no picture")?;
        Ok(STANDARD.decode(data)?)
    }

    /// Calls a method of the protocol for the tab.
    ///
    /// # Errors
    /// When Chromium refuses it or does not answer.
    pub fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        self.devtools.call(Some(&self.session), method, params)
    }

    /// Waits for the `load` event of the document that `loader` brings.
    fn wait_for_load(&mut self, loader: Value) -> Result<()> {
        self.devtools.wait_for("the page to load", |event| {
            event.method == "Page.lifecycleEvent"
                && event.params["name"] == "load"
                && event.params["loaderId"] == loader
        })?;
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that cannot be asked any more is ended by `Chromium`.
        let _ = self.devtools.call(None, "Browser.close", json!({}));
    }
}
