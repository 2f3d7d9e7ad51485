//! Addresses that stand in the text without being links.
//!
//! GitHub makes links of them: [GFM §6.9, the autolinks extension](https://github.github.com/gfm/#autolinks-extension-).
//! In our words:
//! - `http://` and `https://` begin an address wherever no letter of ASCII stands before them; `www.` does at the
//!   beginning of a line and behind white space, `*`, `_`, `~` or `(`.
//! - A domain follows: labels of letters, digits, `-` and `_` with dots between, none of them empty; no `_` in the last
//!   two of them. (`http://localhost:8000` has no dot, and is a link on GitHub.) What begins with `www.` has another dot.
//! - The address goes on until white space or `<`. What ends it is no part of it: `?`, `!`, `.`, `,`, `:`, `*`, `_`,
//!   `~`, `'`, `"`; a `)` that closes nothing; something like `&amp;`, and a `;`.
//! - A mail address has letters, digits, `.`, `-`, `_`, `+` before its `@`, and behind it labels with at least one dot
//!   between, the last of which ends in a letter. `mailto:` before it belongs to it.
//!
//! Chinese and Japanese put no space behind an address, so here it ends sooner:
//! - at punctuation of East Asia (`，。；：）】」》、` …) and at `“ ” ‘ ’ … —`, everywhere;
//! - before an ideograph or a kana that does not begin a part of the path or a value: `https://x.org/abc这里` ends
//!   before `这里`, while `https://zh.wikipedia.org/wiki/中文` and `…?q=中文` are whole, for behind `/ = ? & # . - _ :`
//!   it begins one. What goes on behind it, `…/中文abc`, stays too;
//! - and such a letter, or such punctuation, is as good as a space before `www.`.
//!
//! Where code, a formula, HTML, a link or an image begins, or a cell of a table ends, the address ends too. (GitHub goes
//! on, and takes the backticks into the address.)

use std::ops::Range;

/// An address in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its bytes.
    pub range: Range<usize>,
    /// As written.
    pub text: String,
    /// Where it leads.
    pub scheme: Scheme,
    /// Where something has to stand between an emphasis and a letter, for the emphasis to stay one when punctuation
    /// comes to stand inside of it (CommonMark §6.2), or between `!` and what would become an image.
    pub fences: Vec<usize>,
    /// Its line, from 1.
    pub line: usize,
}

/// What an address begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `http://` or `https://`.
    Written,
    /// `www.`, which leads to `http://`.
    Www,
    /// A mail address.
    Mail,
    /// A mail address behind `mailto:`.
    Mailto,
}

/// How many bytes of a directive are looked at before an address.
const LONGEST_DIRECTIVE: usize = 200;

/// A piece of text, as the parser gave it.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Whether it stands in a table, where `|` ends a cell.
    pub(super) in_table: bool,
    /// Whether it stands in a heading, whose id must stay.
    pub(super) in_heading: bool,
    /// Whether what came before it, since the piece before, only begins or ends emphasis.
    pub(super) goes_on: bool,
}

/// Whether a text can have an address in it.
pub(super) fn may_have(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'@', bytes).is_some()
        || memchr::memmem::find(bytes, b"://").is_some()
        || memchr::memmem::find(bytes, b"www.").is_some()
}

/// The addresses in these pieces of a text, in order. `line` tells the line of an offset.
pub(super) fn find(text: &str, pieces: &[Piece], mut line: impl FnMut(usize) -> usize) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        // Text that only emphasis divides is one text for an address.
        let len = pieces[first + 1..].iter().take_while(|piece| piece.goes_on).count() + 1;
        let run = &pieces[first..first + len];
        first += len;
        let whole = run[0].range.start..run[len - 1].range.end;
        if !may_have(&text[whole.clone()]) {
            continue;
        }
        let (in_table, in_heading) = (run[0].in_table, run[0].in_heading);
        let mut at = whole.start;
        while let Some((start, is_mail)) = candidate(text, at..whole.end) {
            let floor = found.last().map_or(whole.start, |last| last.range.end.max(whole.start));
            let address;
            (address, at) = if is_mail {
                (mail(text, start, floor..whole.end), start + 1)
            } else {
                web(text, start, whole.clone(), in_table)
            };
            let Some((range, scheme)) = address else { continue };
            // A backslash is no part of a piece, and a directive of mdBook none of the text.
            let next = run.partition_point(|piece| piece.range.end <= range.start);
            let begins_in_text = run.get(next).is_some_and(|piece| piece.range.start <= range.start);
            // … and it would take away the meaning of the bracket that comes to stand behind it.
            let is_escaped = text[..range.start].ends_with('\\');
            if range.start < floor || !begins_in_text || is_escaped || in_directive(text, range.start) {
                continue;
            }
            at = range.end;
            let written = &text[range.clone()];
            // Typographic dashes and quotation marks are none in a link, and would change the id of a heading.
            if in_heading && (written.contains("--") || written.contains("..") || written.contains(['\'', '"'])) {
                continue;
            }
            found.push(Address {
                fences: fences(text, &range),
                text: written.to_owned(),
                line: line(range.start),
                range,
                scheme,
            });
        }
    }
    // A comment that nobody closes could be closed by what is written here.
    let goes_on = |line: &str| line.rfind("<!--").is_some_and(|at| !line[at..].contains("-->"));
    let is_open = !found.is_empty() && text.lines().any(goes_on);
    found.retain(|address| !is_open || address.fences.is_empty() && !address.text.ends_with('-'));
    found
}

/// Where the next address may be: its first byte, or the `@` of a mail address.
fn candidate(text: &str, within: Range<usize>) -> Option<(usize, bool)> {
    let bytes = &text.as_bytes()[within.clone()];
    let found = bytes.iter().enumerate().find_map(|(at, byte)| match byte {
        b'@' => Some((at, true)),
        b'h' | b'H' if begins_with_scheme(&bytes[at..]).is_some() => Some((at, false)),
        b'w' if bytes[at..].starts_with(b"www.") => Some((at, false)),
        _ => None,
    });
    found.map(|(at, is_mail)| (within.start + at, is_mail))
}

/// How long the scheme is, with its two slashes.
fn begins_with_scheme(bytes: &[u8]) -> Option<usize> {
    ["https://", "http://"]
        .into_iter()
        .find(|scheme| bytes.get(..scheme.len()).is_some_and(|found| found.eq_ignore_ascii_case(scheme.as_bytes())))
        .map(str::len)
}

/// The address that begins here, if one does, and where to look for the next one.
fn web(text: &str, start: usize, run: Range<usize>, in_table: bool) -> (Option<(Range<usize>, Scheme)>, usize) {
    let scheme_len = begins_with_scheme(&text.as_bytes()[start..]);
    let before = text[..start].chars().next_back().filter(|c| start > run.start || matches!(c, '*' | '_' | '~'));
    let allowed = match scheme_len {
        Some(_) => !before.is_some_and(|c| c.is_ascii_alphabetic()),
        None => before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(') || is_east_asian(c) || ends_address(c)
        }),
    };
    let domain = start + scheme_len.unwrap_or(0);
    let dots = if scheme_len.is_some() { 0 } else { 2 };
    // Never behind the run, which can end with the scheme.
    let next = start + scheme_len.unwrap_or(1);
    if !allowed {
        return (None, next);
    }
    let rest = &text[domain..run.end];
    let host_len = rest.find(|c: char| !is_of_label(c) && c != '.').unwrap_or(rest.len());
    if !is_domain(rest[..host_len].trim_end_matches(['.', '_']), dots) {
        return (None, next.max(domain + host_len));
    }
    let reach = reach(rest, in_table);
    let end = domain + without_end(&rest[..reach]);
    // What is left of `https://中.` or of `www.a这里`.
    let host = text[domain..end].split(|c: char| !is_of_label(c) && c != '.').next().unwrap_or_default();
    let is_whole = is_domain(host, dots);
    let scheme = if scheme_len.is_some() { Scheme::Written } else { Scheme::Www };
    (is_whole.then_some((start..end, scheme)), end.max(next))
}

/// How far an address that begins here can go.
fn reach(rest: &str, in_table: bool) -> usize {
    let mut before = '/';
    for (at, c) in rest.char_indices() {
        let ends = c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '`')
            || (in_table && (c == '|' || rest[at..].starts_with("\\|")))
            || ends_address(c)
            || (is_east_asian(c)
                && !is_east_asian(before)
                && !matches!(before, '/' | '=' | '?' | '&' | '#' | '.' | '-' | '_' | ':'));
        if ends {
            return at;
        }
        before = c;
    }
    rest.len()
}

/// The length of an address without the punctuation that ends the sentence around it.
fn without_end(address: &str) -> usize {
    let mut len = address.len();
    // Counted once: an address of nothing but parentheses would take for ever otherwise.
    let count = |text: &str, c: u8| text.bytes().filter(|byte| *byte == c).count();
    let (mut round, mut square) = (
        count(address, b')').saturating_sub(count(address, b'(')),
        count(address, b']').saturating_sub(count(address, b'[')),
    );
    while let Some(last) = address[..len].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '\\' => len -= 1,
            ')' if round > 0 => {
                round -= 1;
                len -= 1;
            }
            ']' if square > 0 => {
                square -= 1;
                len -= 1;
            }
            ';' => {
                let name = address[..len - 1].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
                let entity = len - 1 - name;
                len = if name > 0 && address[..entity].ends_with('&') { entity - 1 } else { len - 1 };
            }
            _ => break,
        }
    }
    len
}

/// Whether GitHub takes this for a domain.
fn is_domain(host: &str, dots: usize) -> bool {
    let mut last_two = host.rsplit('.').take(2);
    host.starts_with(char::is_alphanumeric)
        && host.split('.').all(|label| !label.is_empty())
        && !last_two.any(|label| label.contains('_'))
        && host.matches('.').count() >= dots
}

fn is_of_label(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// The mail address around an `@`.
fn mail(text: &str, at: usize, within: Range<usize>) -> Option<(Range<usize>, Scheme)> {
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let before = bytes[within.start..at].iter().rev().take_while(|byte| local(byte)).count();
    let name = &text[at - before..at];
    // Dots and signs alone are no name, and what begins with one has lost its beginning.
    let start = at - before + name.find(|c: char| c.is_ascii_alphanumeric())?;
    let of_domain = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let len = bytes[at + 1..within.end].iter().take_while(of_domain).count();
    let domain = text[at + 1..at + 1 + len].trim_end_matches('.');
    let is_end = domain.ends_with(|c: char| c.is_ascii_alphabetic());
    if !is_end
        || !domain.contains('.')
        || domain.split('.').any(str::is_empty)
        || bytes.get(at + 1 + len) == Some(&b'@')
    {
        return None;
    }
    let end = at + 1 + domain.len();
    let mailto = text[within.start..start].ends_with("mailto:");
    let prefix = if mailto { "mailto:".len() } else { 0 };
    Some((start - prefix..end, if mailto { Scheme::Mailto } else { Scheme::Mail }))
}

/// Whether a place is in a directive of mdBook, `{{#title https://…}}`.
fn in_directive(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[at.saturating_sub(LONGEST_DIRECTIVE)..at];
    let open = memchr::memmem::rfind(before, b"{{#");
    open.is_some_and(|open| !before[open..].contains(&b'\n') && memchr::memmem::find(&before[open..], b"}}").is_none())
}

/// Where runs of `*` or `~` that touch the address touch a letter or a digit on their other side.
fn fences(text: &str, range: &Range<usize>) -> Vec<usize> {
    let is_mark = |c: char| matches!(c, '*' | '~');
    let before = text[..range.start].trim_end_matches(is_mark);
    let behind = text[range.end..].trim_start_matches(is_mark);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut fences = Vec::new();
    // A link behind `!` would be an image.
    if text[..range.start].ends_with('!') {
        fences.push(range.start);
    }
    if before.len() < range.start && letter(before.chars().next_back()) {
        fences.push(before.len());
    }
    let behind_at = text.len() - behind.len();
    if behind_at > range.end && letter(behind.chars().next()) {
        fences.push(behind_at);
    }
    fences
}

/// Letters of languages that put no space between words, or none beside an address.
fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3105}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff10}'..='\u{ff19}'
        | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation that no address has in it as it is.
fn ends_address(c: char) -> bool {
    matches!(c,
        '\u{2014}' | '\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}'
        | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303b}'..='\u{303f}'
        | '\u{3099}'..='\u{309c}' | '\u{30a0}' | '\u{30fb}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        | '\u{ffe0}'..='\u{ffee}')
}

#[cfg(test)]
mod tests {
    use crate::notebook::{Anatomy, Wording};

    /// A text with its addresses in double angle brackets.
    fn marked(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for address in Anatomy::of(text, 0, &Wording::default()).addresses {
            out += &format!("{}«{}»", &text[at..address.range.start], address.text);
            at = address.range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn what_github_links() {
        for line in [
            "see «https://a.b/x_y_z» and «http://localhost:30000» ok",
            "(«https://a.b/x») [x](https://a.b) «https://a.b/(x)» («https://a.b/x») («https://a.b/(x)»)",
            "\"«https://a.b»\" '«https://a.b»' [«https://a.b»] «https://a.b/[y]»",
            "«https://a.b/c\\_d» «https://a.b/?x=1&amp;y=2» «https://a.b/?x»&copy; «https://a.b/x;y»;",
            "**«https://a.b/x»** *«https://a.b*c»* ~~«https://a.b»~~ «https://a.b/x~y»~",
            "«www.a.b/x». «www.a.b»... («www.a.b») www.x WWW.a.b Www.a.b «HTTPS://a.b»",
            "«a@b.c» «a@b.c». a@b.9 «a.b+c-d_e@x-y.z_w.com» «mailto:a@b.c» «git@github.com»:foo/bar.git",
            "https://a_b.c_d.com «https://a_b.cc.com» https:// https://- «https://x». «https://中文.com» «https://a»",
            "xhttps://a.b 1«https://a.b» ftp://a.b «https://a.b/?q=(a)(b)»)",
            "a/«b@c.d» #«a@b.c» @b.c a@b a@b. «a@b.c-d» a@@b.c python@3.11",
            "`https://a.b` ![https://a.b](x.png) <https://a.b> [https://a.b][x] a <b>«https://a.b»</b>",
            "a <code>https://a.b</code> <a name=\"x\">https://a.b</a> <a href=\"x\">www.a.b</a> «https://a.b»",
            "«https://a.b»<br>«https://a.b»`c` {{#title https://a.b}}",
            "# «https://a.b/x_y» and https://a.b/x--y",
        ] {
            let line = format!("{line}\n\n[x]: https://a.b\n");
            assert_eq!(marked(&line.replace(['«', '»'], "")), line);
        }
        for text in [
            "| «https://a.b»\\|c | x |\n|---|---|\n| «https://a.b»|y |\n",
            "<div>https://a.b</div>\n",
            "    https://a.b\n",
        ] {
            assert_eq!(marked(&text.replace(['«', '»'], "")), text);
        }
    }

    #[test]
    fn beside_chinese() {
        for line in [
            "参考«https://a.b/x»这里，和«www.a.b»这里（«www.a.b»）",
            "见«https://zh.wikipedia.org/wiki/中文»，«https://a.b/?q=中文&x=1»。",
            "“«https://a.b»” 「«https://a.b/x.html»」《«https://a.b/»》—«https://a.b»——«https://a.b/#锚点»；",
            "邮箱«a@b.com»，或«mailto:a@b.com»。",
            "**«https://a.b/x»**这里，«https://a.b/x»**这里**，«https://a.b/2024-总结.md»",
            "«https://a.b»です。«https://a.b»입니다",
        ] {
            assert_eq!(marked(&line.replace(['«', '»'], "")), line);
        }
    }

    #[test]
    fn what_only_begins_an_address() {
        for begin in ["http://", "https://", "xhttp://", "HTTP://", "www.", "ftp://", "mailto:", "a@", "@", "://"] {
            for text in [
                "{}",
                "# {}",
                "地址的开头是 {}",
                "以{}`x`",
                "**{}**",
                "~~{}~~ x",
                "- {}",
                "> {}",
                "| {} |\n|---|\n| {}|",
                "{}中",
                "{}，",
                "{}〼",
                "{}<br>",
                "{}{}",
                "[{}](x) {}",
                "{}\n{}\n===",
                "[^1]: {}\n\n[^1]",
                "{}😀",
                "{}.",
                "a{}",
            ] {
                let text = text.replace("{}", begin);
                let _ = marked(&text);
                let _ = marked(&format!("{text}\n"));
            }
            let own = format!("{begin} 和 {begin}");
            assert_eq!(marked(&own), own);
        }
    }

    #[test]
    fn emphasis_that_would_break() {
        let fences = |text: &str| {
            let anatomy = Anatomy::of(text, 0, &Wording::default());
            anatomy.addresses.into_iter().flat_map(|address| address.fences).collect::<Vec<_>>()
        };
        assert_eq!(fences("a **https://a.b** c"), Vec::<usize>::new());
        assert_eq!(fences("见**https://a.b**这"), [3, 18]);
        assert_eq!(fences("**见 https://a.b**这"), [19]);
        assert_eq!(fences("看!https://a.b"), [4]);
    }

    #[test]
    fn time_is_linear() {
        for text in [
            format!("https://a.b/{}", ")".repeat(200_000)),
            "a@".repeat(100_000),
            "https://".repeat(50_000),
            "www.".repeat(50_000),
            format!("https://a.b/{}", "&amp;".repeat(50_000)),
            "https://a.b ".repeat(20_000),
        ] {
            let _ = marked(&text);
        }
    }
}
