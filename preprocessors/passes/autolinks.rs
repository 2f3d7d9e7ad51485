//! Makes links of addresses that stand in the text, as GitHub does.
//!
//! ```text
//! 参考https://example.org/abc这里。     →     参考<https://example.org/abc>这里。
//! see www.example.org/a_b.            →     see [www\.example\.org/a\_b](<http://www.example.org/a_b>).
//! mail to a@example.org               →     mail to <a@example.org>
//! 见**https://example.org**一文        →     见<!---->**<https://example.org>**<!---->一文
//! `curl https://example.org`          stays: code
//! ```
//!
//! What is an address, and where it ends, is said in `markdown/address.rs`. An address of the book's own
//! repository leads into the book, as any other link does, unless the pass `links` is switched off. The brackets are
//! punctuation, and may take an emphasis away from the words around it; an empty comment gives it back.
//!
//! Markdown for other renderers gets the same: CommonMark has no links without brackets.

use super::links::LinkResolver;
use super::{Stage, splices};
use crate::config::PassName;
use crate::edit::{Edit, Layer};
use crate::markdown::link::{Link, LinkKind};
use crate::markdown::{Address, COMMENT, Scheme};
use crate::notebook::Page;

/// One link for each address.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let links = stage.config.runs(PassName::Links).then(|| LinkResolver::new(stage));
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| !page.anatomy.addresses.is_empty()) {
        let is_removed = |address: &Address| removed(stage, page, address);
        for address in page.anatomy.addresses.iter().filter(|address| !is_removed(address)) {
            let text = links.as_ref().and_then(|links| inward(links, page, address)).unwrap_or_else(|| link(address));
            edits.push(splices::replace(page, address.range.clone(), text, Layer::Autolink));
            let comment = |at: &usize| splices::insert(page, *at, COMMENT.to_owned(), Layer::Autolink);
            edits.extend(address.fences.iter().map(comment));
        }
    }
    edits
}

/// Whether the line of an address goes, because ours says the same.
fn removed(stage: &Stage<'_>, page: &Page, address: &Address) -> bool {
    let config = stage.config;
    let switches = config.language_switch.replace && config.runs(PassName::LanguageSwitch);
    let copies = config.cross_post.replace && config.runs(PassName::CrossPost);
    let lines = page.own_switches.iter().filter(|_| switches).chain(page.own_copies.iter().filter(|_| copies));
    lines.into_iter().any(|line| line.start <= address.range.start && address.range.end <= line.end)
}

/// A link into the book, for an address of the book's own repository.
fn inward(links: &LinkResolver<'_>, page: &Page, address: &Address) -> Option<String> {
    if address.scheme != Scheme::Written || page.location.shown.is_empty() || address.text.contains(['\\', '&']) {
        return None;
    }
    let link = Link {
        destination: address.text.clone(),
        place: Some(address.range.clone()),
        whole: address.range.clone(),
        labels: vec![address.text.clone()],
        kind: LinkKind::Autolink,
        image: false,
        line: address.line,
    };
    let url = links.destination(page, &link)?;
    link.leading_to(&url).map(|(_, text)| text)
}

/// An address as a link.
fn link(address: &Address) -> String {
    let Address { text, scheme, .. } = address;
    // Between angle brackets there are no escapes and no entities, and a mail address has no `_` in its domain.
    let plain = match scheme {
        Scheme::Written => !text.contains('\\') && !has_entity(text),
        Scheme::Www | Scheme::Mailto => false,
        Scheme::Mail => !text.rsplit('@').next().unwrap_or_default().contains('_'),
    };
    if plain {
        return format!("<{text}>");
    }
    let before = match scheme {
        Scheme::Written | Scheme::Mailto => "",
        Scheme::Www => "http://",
        Scheme::Mail => "mailto:",
    };
    format!("[{}](<{before}{}>)", shown(text), text.replace("{{", "%7B%7B"))
}

fn has_entity(text: &str) -> bool {
    text.contains('&') && text.contains(';')
}

/// An address as the text of a link that shows it as it is; its escapes and entities stay what they are.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    for c in text.chars() {
        // Two of these are a dash, or a part of an ellipsis.
        let is_typographic = matches!(c, '-' | '.') && before == Some(c);
        let is_markup = matches!(c, '[' | ']' | '*' | '_' | '~' | '\'' | '"' | '{' | '$' | '!');
        if before != Some('\\') && (is_markup || is_typographic) {
            out.push('\\');
        }
        // What is escaped escapes nothing.
        before = Some(if c == '\\' && before == Some('\\') { ' ' } else { c });
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    #[test]
    fn a_link_shows_and_leads() {
        for (text, scheme, shows, leads) in [
            ("https://a.b/x_y*z", Scheme::Written, "https://a.b/x_y*z", "https://a.b/x_y*z"),
            ("https://a.b/x\\_y", Scheme::Written, "https://a.b/x_y", "https://a.b/x_y"),
            ("https://a.b?x&amp;y--z", Scheme::Written, "https://a.b?x&y--z", "https://a.b?x&y--z"),
            ("www.a.b/[x]--{{#y}}", Scheme::Www, "www.a.b/[x]--{{#y}}", "http://www.a.b/[x]--%7B%7B#y}}"),
            ("a@b.c", Scheme::Mail, "a@b.c", "a@b.c"),
            ("a_b@c_d.e", Scheme::Mail, "a_b@c_d.e", "mailto:a_b@c_d.e"),
            ("mailto:a@b.c", Scheme::Mailto, "mailto:a@b.c", "mailto:a@b.c"),
        ] {
            let address = Address { range: 0..0, text: text.to_owned(), scheme, fences: Vec::new(), line: 1 };
            let markdown = format!("是{}。", link(&address));
            assert!(!markdown.contains("{{"), "{markdown}");
            let (mut shown, mut led) = (String::new(), None);
            for event in Parser::new_ext(&markdown, Options::all()) {
                match event {
                    Event::Text(piece) => shown.push_str(&piece),
                    Event::Start(Tag::Link { dest_url, .. }) => led = Some(dest_url.to_string()),
                    _ => {}
                }
            }
            assert_eq!((shown, led.as_deref()), (format!("是{shows}。"), Some(leads)), "{markdown}");
        }
    }
}
