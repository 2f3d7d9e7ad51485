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
}

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
        let (name, code, text) = match key {
            Key::Tab => ("Tab", 9, ""),
            Key::Enter => ("Enter", 13, "\r"),
        };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            self.call(
                "Input.dispatchKeyEvent",
                json!({"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code, "text": text}),
            )?;
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

    fn call(&mut self, method: &str, params: Value) -> Result<Value> {
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
