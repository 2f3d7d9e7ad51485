//! Links that lead elsewhere once they are mended.

use crate::diagnostic::{Fix, Place};
use crate::markdown::link::{Link, LinkKind};
use crate::values::path;

/// Where a link says where it leads.
pub(super) fn place_of(file: &str, link: &Link) -> Place {
    Place::line(file, link.line).spanning(link.place.clone().unwrap_or_else(|| link.whole.clone()))
}

/// What makes a link of a file lead elsewhere: `to`, with all that has to be encoded encoded.
///
/// `None` for one that is no path: an address stays what its author wrote, and what is behind a `?` has a meaning that
/// nobody knows here.
pub(super) fn mended(file: &str, link: &Link, to: &str) -> Option<Fix> {
    let is_path = !link.destination.contains("://") && !link.destination.contains('?');
    if is_path { leading(file, link, to) } else { None }
}

/// The same for a link of any destination; `None` for one that shows what it says.
pub(super) fn leading(file: &str, link: &Link, to: &str) -> Option<Fix> {
    if !matches!(link.kind, LinkKind::Inline | LinkKind::Definition | LinkKind::Html) {
        return None;
    }
    let (bytes, text) = link.leading_to(to)?;
    Some(Fix::new(format!("write {to}"), file, bytes, text))
}

/// The way from one file to another as a link has it: in the letters of their names, but for what Markdown, HTML or a
/// browser would read.
pub(super) fn written_path(from: &str, to: &str) -> String {
    let link = path::relative(from, to);
    let names = percent_encoding::percent_decode_str(&link).decode_utf8_lossy();
    names.chars().fold(String::with_capacity(link.len()), |mut out, c| {
        match c {
            ' ' | '"' | '#' | '%' | '&' | '<' | '>' | '?' | '\\' | '`' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
        out
    })
}
