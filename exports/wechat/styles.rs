//! How elements look: CSS in the elements themselves, since all other CSS is lost in a paste.
//!
//! ```text
//! "h2"   →   <h2 style="font-size:1.4em;…">
//! ```
//!
//! Text has the colour of what it is pasted into, and lines and backgrounds are a transparent grey, so that all of it can
//! be read by day and by night. Code alone has its own background, since its colours need one.
//!
//! A book says another one in `[preprocessor.bilingual.export.wechat.styles]`, by the names below.

use std::borrow::Cow;

use super::escape::escaped;
use crate::platform::Platform;

/// What is built in, by name.
const STYLES: &[(&str, &str)] = &[
    ("article", "font-size:16px;line-height:1.75;text-align:left;overflow-wrap:break-word"),
    ("p", "margin:0 0 1em;line-height:1.75"),
    ("h1", "margin:1.6em 0 .8em;font-size:1.5em;font-weight:bold;line-height:1.4"),
    ("h2", "margin:1.6em 0 .8em;font-size:1.35em;font-weight:bold;line-height:1.4"),
    ("h3", "margin:1.4em 0 .7em;font-size:1.2em;font-weight:bold;line-height:1.4"),
    ("h4", "margin:1.2em 0 .6em;font-size:1.08em;font-weight:bold;line-height:1.4"),
    ("h5", "margin:1.2em 0 .6em;font-size:1em;font-weight:bold;line-height:1.4"),
    ("h6", "margin:1.2em 0 .6em;font-size:1em;font-weight:bold;line-height:1.4"),
    ("heading-deeper", "margin:1.2em 0 .6em;font-weight:bold;line-height:1.4"),
    (
        "blockquote",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid rgba(128,128,128,.5);background-color:rgba(128,128,128,.1)",
    ),
    (
        "callout",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid rgba(128,128,128,.5);background-color:rgba(128,128,128,.1)",
    ),
    (
        "callout-note",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid #3b82d6;background-color:rgba(59,130,214,.1)",
    ),
    (
        "callout-tip",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid #2f9e5b;background-color:rgba(47,158,91,.1)",
    ),
    (
        "callout-important",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid #8b6fd6;background-color:rgba(139,111,214,.1)",
    ),
    (
        "callout-warning",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid #c08a1e;background-color:rgba(192,138,30,.1)",
    ),
    (
        "callout-caution",
        "margin:0 0 1em;padding:.6em 1em .1em;border-left:4px solid #d65050;background-color:rgba(214,80,80,.1)",
    ),
    ("callout-title", "margin:0 0 .4em;font-weight:bold"),
    ("ul", "margin:0 0 1em;padding-left:1.6em;list-style-type:disc"),
    ("ol", "margin:0 0 1em;padding-left:1.8em;list-style-type:decimal"),
    ("list-inner", "margin:0 0 .3em;padding-left:1.6em"),
    ("li", "margin:0 0 .3em;line-height:1.75"),
    ("item", "margin:0"),
    ("item-deeper", "margin:0 0 .3em;padding-left:1.6em"),
    ("table-scroll", "margin:0 0 1em;overflow-x:auto"),
    ("table", "border-collapse:collapse;font-size:.94em"),
    ("thead", "font-weight:bold;background-color:rgba(128,128,128,.14)"),
    ("tbody", "border:0"),
    ("tr", "border:0"),
    ("th", "border:1px solid rgba(128,128,128,.5);padding:.4em .7em;font-weight:bold"),
    ("td", "border:1px solid rgba(128,128,128,.5);padding:.4em .7em;min-width:4em"),
    (
        "pre",
        "margin:0 0 1em;padding:.8em 1em;overflow-x:auto;white-space:nowrap;text-align:left;border-radius:4px;font-family:Menlo,Consolas,monospace;font-size:14px;line-height:1.6;color:#24292f;background-color:#f5f6f8",
    ),
    ("line", "margin:0;white-space:nowrap"),
    ("code-path", "margin:0 0 .3em;font-size:.88em;font-family:Menlo,Consolas,monospace"),
    (
        "code",
        "padding:.1em .3em;border-radius:3px;font-family:Menlo,Consolas,monospace;font-size:.9em;background-color:rgba(128,128,128,.16)",
    ),
    ("hr", "margin:1.6em 0;border:0;border-top:1px solid rgba(128,128,128,.5)"),
    ("strong", "font-weight:bold"),
    ("em", "font-style:italic"),
    ("del", "text-decoration:line-through"),
    ("sup", "font-size:.75em;line-height:0;vertical-align:super"),
    ("sub", "font-size:.75em;line-height:0;vertical-align:sub"),
    ("a", "text-decoration:underline"),
    ("img", "max-width:100%;height:auto"),
    ("formula", "margin:0 0 1em;overflow-x:auto;text-align:center"),
    ("summary", "margin:0 0 .5em;font-weight:bold"),
    ("term", "margin:0;font-weight:bold"),
    ("meaning", "margin:0 0 .6em;padding-left:1.6em"),
    ("notes-title", "margin:2em 0 .6em;padding-top:.8em;border-top:1px solid rgba(128,128,128,.5);font-weight:bold"),
    ("note", "margin:0 0 .4em;font-size:.88em;line-height:1.6;overflow-wrap:anywhere"),
];

/// The style of an element; empty where there is none of its name.
pub(super) fn style<'p>(platform: &'p Platform, name: &str) -> &'p str {
    let own = platform.styles.get(name).map(String::as_str);
    let built_in = || STYLES.iter().find(|(known, _)| *known == name).map(|(_, css)| *css);
    own.or_else(built_in).unwrap_or_default()
}

/// Its attribute, with a space before it and with `more` CSS behind it.
pub(super) fn attribute(platform: &Platform, name: &str, more: &str) -> String {
    let css = style(platform, name);
    let both = match (css.is_empty(), more.is_empty()) {
        (true, true) => return String::new(),
        (false, false) => Cow::from(format!("{};{more}", css.trim_end_matches(';'))),
        (true, false) => Cow::from(more),
        (false, true) => Cow::from(css),
    };
    format!(" style=\"{}\"", escaped(&both))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_has_the_last_word() {
        let mut platform = Platform::default();
        assert!(attribute(&platform, "h2", "").contains("font-size:1.35em"));
        assert_eq!(attribute(&platform, "nothing", ""), "");
        platform.styles.insert("h2".to_owned(), "color:\"red\"".to_owned());
        assert_eq!(attribute(&platform, "h2", "margin:0"), " style=\"color:&quot;red&quot;;margin:0\"");
    }

    #[test]
    fn nothing_has_the_colour_of_paper_or_ink_but_code() {
        for (name, css) in STYLES.iter().filter(|(name, _)| *name != "pre") {
            assert!(!css.contains("color:#") || css.contains("rgba("), "{name}");
            assert!(!css.contains("color:#fff") && !css.starts_with("color:") && !css.contains(";color:"), "{name}");
        }
    }
}
