//! `export --copy`: what was written, on the clipboard of the desktop.

use anyhow::{Result, bail};

use super::Done;

/// Leaves the text of the only note on the clipboard: rich text where it is HTML. On Linux a program has to run until
/// somebody pastes, so this calls `waits` and returns when something else is copied.
///
/// # Errors
/// When there are several notes, when this program was built without a clipboard, or when there is none.
pub fn copy(done: &Done, waits: impl FnOnce()) -> Result<()> {
    let [only] = done.notes.as_slice() else {
        bail!("--copy is for one note: the clipboard holds one text");
    };
    put(&only.exported.text, done, waits)
}

#[cfg(feature = "clipboard")]
fn put(text: &str, done: &Done, waits: impl FnOnce()) -> Result<()> {
    use anyhow::Context;
    use mdbook_bilingual_export::platform::Output;

    let mut clipboard = arboard::Clipboard::new().context("there is no clipboard")?;
    let set = clipboard.set();
    #[cfg(target_os = "linux")]
    let set = {
        use arboard::SetExtLinux;
        waits();
        set.wait()
    };
    #[cfg(not(target_os = "linux"))]
    waits();
    match done.platform.output {
        Output::Markdown => set.text(text),
        Output::Html => set.html(mdbook_bilingual_export::copied(text), None),
    }
    .context("nothing could be copied")
}

#[cfg(not(feature = "clipboard"))]
fn put(_: &str, _: &Done, _: impl FnOnce()) -> Result<()> {
    bail!("this program was built without a clipboard")
}
