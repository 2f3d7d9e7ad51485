//! The page with the button.
//!
//! ```text
//! <section …>…</section>   →   <!DOCTYPE html>… <button>Copy for WeChat</button> … <section …>…</section> …
//! ```
//!
//! What is copied is the section as it stands in the file. The page around it has a script and a style of its own, and
//! loads nothing.

use super::escape::escaped;
use crate::note::Note;

/// What begins the section that is copied.
pub(super) const BEGIN: &str = "<section data-wechat=\"article\"";
/// What stands before and behind it.
const BEFORE: &str = "<main>\n";
const BEHIND: &str = "\n</main>";

const STYLE: &str = "
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 677px; padding: 0 16px 64px; background: #fff; color: #222; font-family: system-ui, sans-serif; }
header { position: sticky; top: 0; display: flex; align-items: center; gap: 12px; padding: 12px 0; background: inherit; border-bottom: 1px solid rgba(128, 128, 128, .4); }
button { padding: 8px 16px; border: 0; border-radius: 6px; background: #067a3f; color: #fff; font: inherit; cursor: pointer; }
button:focus-visible { outline: 3px solid #3b82d6; outline-offset: 2px; }
p[role] { margin: 0; }
main { padding-top: 16px; }
@media (prefers-color-scheme: dark) { body { background: #191919; color: #d5d5d5; } }
";

const SCRIPT: &str = "
const button = document.querySelector('button');
const told = document.querySelector('[role=status]');
const article = document.querySelector('[data-wechat]');
const select = () => {
  const selection = getSelection();
  selection.removeAllRanges();
  const range = document.createRange();
  range.selectNode(article);
  selection.addRange(range);
};
const copySelection = () => {
  // The bytes of the file, and not what the browser would make of the page.
  const hear = event => {
    event.clipboardData.setData('text/html', article.outerHTML);
    event.clipboardData.setData('text/plain', article.innerText);
    event.preventDefault();
  };
  document.addEventListener('copy', hear);
  select();
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', hear);
  if (copied) getSelection().removeAllRanges();
  return copied;
};
button.addEventListener('click', async () => {
  let copied = true;
  try {
    const blob = (text, type) => new Blob([text], { type });
    await navigator.clipboard.write([new ClipboardItem({
      'text/html': blob(article.outerHTML, 'text/html'),
      'text/plain': blob(article.innerText, 'text/plain'),
    })]);
  } catch {
    copied = copySelection();
  }
  told.textContent = copied ? button.dataset.copied : button.dataset.failed;
});
";

/// What a page says around what it copies.
pub(super) struct Words {
    /// The language of the page.
    pub(super) language: String,
    /// Whether that is written from right to left.
    pub(super) is_right_to_left: bool,
    /// The title of its window.
    pub(super) title: String,
    /// What the button says, and what is said when it was pressed: that it copied, and that it could not.
    pub(super) button: [String; 3],
}

impl Words {
    /// Those of a note.
    pub(super) fn of(note: &Note<'_>) -> Self {
        Self {
            language: note.language.tag().to_owned(),
            is_right_to_left: note.language.is_right_to_left(),
            title: note.title().to_owned(),
            button: ["export-copy", "export-copied", "export-not-copied"].map(|message| note.words(message, &[])),
        }
    }
}

/// The page of a fragment.
pub(super) fn page(words: &Words, fragment: &str) -> String {
    let direction = if words.is_right_to_left { " dir=\"rtl\"" } else { "" };
    let [copy, copied, failed] = words.button.each_ref().map(|words| escaped(words));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <button type=\"button\" data-copied=\"{copied}\" data-failed=\"{failed}\">{copy}</button>\n\
         <p role=\"status\"></p>\n</header>\n{BEFORE}{fragment}{BEHIND}\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        language = escaped(&words.language),
        title = escaped(&words.title),
    )
}

/// What the button of a page copies.
pub(super) fn fragment(page: &str) -> &str {
    let begin = page.find(BEFORE).map_or(0, |at| at + BEFORE.len());
    let end = page.rfind(BEHIND).filter(|end| *end >= begin).unwrap_or(page.len());
    &page[begin..end]
}
