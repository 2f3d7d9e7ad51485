//! Places in a page of mdBook's that are filled when the page is known: marks in the template, which are comments.
//!
//! ```text
//! <head> … MARK-HEAD … </head>  …  <div class="right-buttons">MARK-MENU …  MARK-TEXT text of the note MARK-END …  MARK-FOOT </body>
//! ```
//!
//! All marks but the last but one stand before a note's text or behind it, and are looked for from that side, so a note
//! may hold any text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const HEAD: &str = "<!-- bilingual-site: head -->";
const MENU: &str = "<!-- bilingual-site: menu -->";
const TEXT: &str = "<!-- bilingual-site: text -->";
const END: &str = "<!-- bilingual-site: end -->";
const FOOT: &str = "<!-- bilingual-site: foot -->";

/// Puts the marks into the template of a page.
#[must_use]
pub fn set(template: &str) -> String {
    static CONTENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{\{\{\s*content\s*\}\}\}|\{\{&\s*content\s*\}\}").expect("a pattern"));
    static DESCRIPTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<meta name="description" content="\{\{\s*description\s*\}\}">"#).expect("a pattern")
    });
    static BUTTONS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"<div class="right-buttons">"#).expect("a pattern"));
    let text = CONTENT.replacen(template, 1, format!("{TEXT}$0{END}"));
    let text = match DESCRIPTION.is_match(&text) {
        true => DESCRIPTION.replacen(&text, 1, HEAD),
        false => text.replacen("</head>", &format!("{HEAD}</head>"), 1).into(),
    };
    let text = BUTTONS.replacen(&text, 1, format!("$0{MENU}"));
    match text.rsplit_once("</body>") {
        Some((before, behind)) => format!("{before}{FOOT}</body>{behind}"),
        None => text.into_owned(),
    }
}

/// What a template with its marks has no place for: the place, and what its pages go without.
#[must_use]
pub fn missing(template: &str) -> Vec<(&'static str, &'static str)> {
    let places = [
        (HEAD, "</head>", "our stylesheet and what search engines are told"),
        (MENU, "<div class=\"right-buttons\">", "the languages in the menu bar"),
        (TEXT, "{{{ content }}}", "all that is ours, and print pages and feeds without texts"),
        (FOOT, "</body>", "our script"),
    ];
    places.into_iter().filter(|(mark, ..)| !template.contains(mark)).map(|(_, place, what)| (place, what)).collect()
}

/// Where a note's text is on a page, without the marks around it.
#[must_use]
pub fn text(page: &str) -> Option<Range<usize>> {
    let begin = page.find(TEXT)? + TEXT.len();
    let end = page[begin..].rfind(END)?;
    Some(begin..begin + end)
}

/// A page as mdBook rendered it, cut at the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut<'a> {
    /// Before what comes into the head; `None` where the template has no end of a head.
    pub before: Option<&'a str>,
    /// Between the head and the languages in the menu bar; `None` where the template has no menu bar.
    pub to_menu: Option<&'a str>,
    /// Before the text.
    pub to_text: &'a str,
    /// The text.
    pub text: &'a str,
    /// Behind it, before our script; `None` where the template has no end of a body.
    pub to_foot: Option<&'a str>,
    /// The rest.
    pub rest: &'a str,
}

/// Cuts a page; `None` where its template lacks the place for the text.
#[must_use]
pub fn cut(page: &str) -> Option<Cut<'_>> {
    let place = text(page)?;
    let (shell, rest) = (&page[..place.start - TEXT.len()], &page[place.end + END.len()..]);
    let (before, shell) = match shell.split_once(HEAD) {
        Some((before, shell)) => (Some(before), shell),
        None => (None, shell),
    };
    let (to_menu, to_text) = match shell.split_once(MENU) {
        Some((menu, text)) => (Some(menu), text),
        None => (None, shell),
    };
    let (to_foot, rest) = match rest.rsplit_once(FOOT) {
        Some((foot, rest)) => (Some(foot), rest),
        None => (None, rest),
    };
    Some(Cut { before, to_menu, to_text, text: &page[place], to_foot, rest })
}

impl Cut<'_> {
    /// The page with its places filled.
    #[must_use]
    pub fn filled(&self, head: &str, menu: &str, text: &str, foot: &str) -> String {
        let head = if self.before.is_some() { head } else { "" };
        let menu = if self.to_menu.is_some() { menu } else { "" };
        let foot = if self.to_foot.is_some() { foot } else { "" };
        [
            self.before.unwrap_or_default(),
            head,
            self.to_menu.unwrap_or_default(),
            menu,
            self.to_text,
            text,
            self.to_foot.unwrap_or_default(),
            foot,
            self.rest,
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_and_filled() {
        let template = "<head><meta name=\"description\" content=\"{{ description }}\"></head><div class=\"right-buttons\">x</div>\
                        <main>{{{ content }}}</main></body>";
        let page = set(template).replace("{{{ content }}}", "a note on <!-- bilingual-site: text --> and the other");
        let cut = cut(&page).expect("marks");
        assert_eq!(cut.text, "a note on <!-- bilingual-site: text --> and the other");
        assert_eq!(
            cut.filled("H", "M", "T", "F"),
            "<head>H</head><div class=\"right-buttons\">Mx</div><main>T</main>F</body>"
        );
    }

    #[test]
    fn a_template_without_places() {
        assert_eq!(super::cut("no marks"), None);
        let page = set("<head></head>{{{content}}}").replace("{{{content}}}", "text");
        assert_eq!(super::cut(&page).map(|cut| cut.filled("H", "M", "T", "F")), Some("<head>H</head>T".to_owned()));
        let page = set("<!DOCTYPE html>\n<body>{{{ content }}}</body>");
        assert_eq!(
            missing(&page).iter().map(|(place, _)| *place).collect::<Vec<_>>(),
            ["</head>", "<div class=\"right-buttons\">"]
        );
        let page = page.replace("{{{ content }}}", &format!("text {HEAD}"));
        let filled = super::cut(&page).map(|cut| cut.filled("H", "M", "T", "F"));
        assert_eq!(filled, Some("<!DOCTYPE html>\n<body>TF</body>".to_owned()));
    }
}
