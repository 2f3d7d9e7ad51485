//! Addresses that stand in the text without being links.
//!
//! GitHub makes links of them: [GFM §6.9, the autolinks extension](https://github.github.com/gfm/#autolinks-extension-).
//! In our words:
//! - `http://` and `https://` begin an address wherever no letter of ASCII stands before them; `www.` does at the
//!   beginning of a line and behind white space, `*`, `_`, `~` or `(`.
//! - A domain follows: labels of letters, digits, `-` and `_` with dots between; no `_` in the last two of them.
//!   (`http://localhost:8000` has no dot, and is a link on GitHub.) What begins with `www.` has another dot.
//! - The address goes on until white space or `<`. What ends it is no part of it: `?`, `!`, `.`, `,`, `:`, `*`, `_`,
//!   `~`, `'`, `"`; a `)` that closes nothing; something like `&amp;`, and a `;`.
//! - A mail address has letters, digits, `.`, `-`, `_`, `+` before its `@`, and behind it labels with at least one dot
//!   between, the last of which ends in a letter. `mailto:` before it belongs to it.
//!
//! Chinese and Japanese put no space behind an address, so here it ends sooner:
//! - at punctuation of East Asia (`，。；：）】」》、` …) and at `“ ” ‘ ’ … —`, everywhere;
//! - before an ideograph or a kana that does not begin a part of the path or a value: `https://x.org/abc这里` ends
//!   before `这里`, while `https://zh.wikipedia.org/wiki/中文` and `…?q=中文` are whole, for behind `/ = ? & # . - _ : +`
//!   it begins one. What goes on behind it, `…/中文abc`, stays too. So does a letter in the title of an entry,
//!   `…/wiki/C语言`, and one that is followed by what only an address has, `…/item/C语言/105958`;
//! - what stands between brackets that match is a part of it, as on GitHub, whatever it is: `…/LVM_(简体中文)`; brackets
//!   of East Asia are only behind `_`, `=`, `-` and `+`, where no address ends: `…/LVM_（简体中文）`, but not in
//!   `https://e.com/x（官网）`;
//! - so are the dots in a name, `…/wiki/ジョン・レノン`;
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

/// How many bytes of an address can stand between brackets with ideographs in them, or in a title.
const LONGEST_BRACKET: usize = 300;

/// A piece of text, as the parser gave it.
#[derive(Debug, Clone)]
pub(super) struct TextPiece {
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
    // Each has one of these, and most pieces of a text have none.
    memchr::memchr3(b'@', b':', b'.', bytes).is_some()
        && (memchr::memchr(b'@', bytes).is_some()
            || memchr::memmem::find(bytes, b"://").is_some()
            || memchr::memmem::find(bytes, b"www.").is_some())
}

/// The addresses in these pieces of a text, in order. `line` tells the line of an offset.
pub(super) fn find(text: &str, pieces: &[TextPiece], mut line: impl FnMut(usize) -> usize) -> Vec<Address> {
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
        // A mark of emphasis ends a mail address, and an underscore in a word is none.
        let chunks = run.chunk_by(|before, behind| before.range.end == behind.range.start);
        let chunks: Vec<Range<usize>> =
            chunks.map(|chunk| chunk[0].range.start..chunk[chunk.len() - 1].range.end).collect();
        let mut at = whole.start;
        while let Some((start, is_mail)) = candidate(text, at..whole.end) {
            let floor = found.last().map_or(whole.start, |last| last.range.end.max(whole.start));
            let address;
            (address, at) = if is_mail {
                let chunk = &chunks[chunks.partition_point(|chunk| chunk.end <= start).min(chunks.len() - 1)];
                let within = floor.max(chunk.start)..chunk.end;
                (if within.contains(&start) { mail(text, start, within) } else { None }, start + 1)
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
    let domain = start + scheme_len.unwrap_or("www.".len());
    // Never behind the run, which can end with the scheme.
    if !allowed {
        return (None, domain);
    }
    let is_www = scheme_len.is_none();
    let rest = &text[domain..run.end];
    let host = host(rest);
    if !is_domain(host, is_www) {
        // Another scheme can begin in its last label.
        return (None, domain + host.rfind('.').map_or(0, |dot| dot + 1));
    }
    let reach = reach(rest, in_table);
    // What is left of `www.a这里`.
    let is_whole = is_domain(self::host(&rest[..reach]), is_www);
    let end = start + without_end(&text[start..domain + reach]);
    let scheme = if is_www { Scheme::Www } else { Scheme::Written };
    ((is_whole && end > domain).then_some((start..end, scheme)), end.max(domain))
}

/// How far an address that begins here can go.
fn reach(rest: &str, in_table: bool) -> usize {
    let mut before = '/';
    let mut at = 0;
    while let Some(c) = rest[at..].chars().next() {
        if ends_everywhere(&rest[at..], c, in_table) {
            return at;
        }
        let len = c.len_utf8();
        let behind = &rest[at + len..];
        if let Some(close) = closing(c, before)
            && let Some(inside) = bracketed(behind, c, close, in_table)
        {
            at += len + inside;
            before = ')';
            continue;
        }
        // Two addresses with a word between them.
        if is_east_asian(before) && begins_with_scheme(&rest.as_bytes()[at..]).is_some() {
            return at;
        }
        let ends = if is_dot(c) {
            !is_east_asian(before) || !behind.starts_with(is_east_asian)
        } else if ends_address(c) {
            true
        } else {
            is_east_asian(c)
                && !(is_east_asian(before) || is_dot(before) || begins_value(before))
                && !(before.is_ascii_alphanumeric() && is_in_title(&rest[..at]))
                && !goes_on(&rest[at..])
        };
        if ends {
            // A bracket that has nothing behind it is one of the sentence.
            return at - usize::from(matches!(before, '(' | '[' | '{'));
        }
        before = c;
        at += len;
    }
    rest.len()
}

/// What no address has in it, in brackets or not.
fn ends_everywhere(rest: &str, c: char, in_table: bool) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '`')
        || (in_table && (c == '|' || rest.starts_with("\\|")))
}

/// What closes a bracket that can be one of the address, behind this character. An address can end at a letter, and then
/// a bracket of East Asia is one of the sentence around it; it does not end at `_`, `=`, `-` or `+`.
fn closing(open: char, before: char) -> Option<char> {
    match open {
        '(' => Some(')'),
        '[' => Some(']'),
        _ if !matches!(before, '_' | '=' | '-' | '+') => None,
        '（' => Some('）'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        '【' => Some('】'),
        _ => None,
    }
}

/// How far it is to behind the bracket that closes this one, in the same address; `None` where none does.
fn bracketed(behind: &str, open: char, close: char, in_table: bool) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, c) in behind.char_indices() {
        // Another address in it is none of this one.
        if at > LONGEST_BRACKET || ends_everywhere(&behind[at..], c, in_table) || behind[at..].starts_with("://") {
            return None;
        }
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// Whether what follows begins a part of the path, or a value.
fn begins_value(before: char) -> bool {
    matches!(before, '/' | '=' | '?' | '&' | '#' | '.' | '-' | '_' | ':' | '+' | '~' | '@')
}

/// The dots between the parts of a name: `史蒂夫·乔布斯`, `ジョン・レノン`.
fn is_dot(c: char) -> bool {
    matches!(c, '\u{b7}' | '\u{30fb}' | '\u{2027}')
}

/// Whether the last part of this path is the title of an entry, which can go on with an ideograph: `…/wiki/C语言`.
fn is_in_title(path: &str) -> bool {
    const ABOVE: &[&str] = &["wiki", "item", "title", "index.php", "zh-cn", "zh-tw", "zh-hans", "zh-hant"];
    let bytes = path.as_bytes();
    let near = &bytes[bytes.len().saturating_sub(LONGEST_BRACKET)..];
    let Some(slash) = memchr::memrchr(b'/', near) else { return false };
    ABOVE.iter().any(|above| near[..slash].strip_suffix(above.as_bytes()).is_some_and(|path| path.ends_with(b"/")))
}

/// Whether the East Asian letters that begin here are followed by what only an address has: `C语言/105958`, `文档.pdf`.
fn goes_on(rest: &str) -> bool {
    let mut characters = rest.chars().skip_while(|c| is_east_asian(*c));
    let (first, second) = (characters.next(), characters.next());
    let is_ascii = second.is_some_and(|c| c.is_ascii_alphanumeric());
    match first {
        Some('/' | '?' | '#' | '&' | '=' | '.' | '%') => is_ascii,
        Some('_') => is_ascii || second == Some('('),
        _ => false,
    }
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

/// What stands where the domain of an address does.
fn host(rest: &str) -> &str {
    rest.split(|c: char| !is_of_label(c) && c != '.').next().unwrap_or_default()
}

/// Whether GitHub takes this for a domain.
fn is_domain(host: &str, is_www: bool) -> bool {
    let dots = host.matches('.').count();
    let mut last_two = host.rsplit('.').take(2);
    let begins = if is_www { dots > 0 } else { host.starts_with(char::is_alphanumeric) };
    // It looks no further at one of many labels.
    begins && (dots > 10 || !last_two.any(|label| label.contains('_')))
}

fn is_of_label(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// The mail address around an `@`.
fn mail(text: &str, at: usize, within: Range<usize>) -> Option<(Range<usize>, Scheme)> {
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let name = bytes[within.start..at].iter().rev().take_while(|byte| local(byte)).count();
    let domain = &bytes[at + 1..within.end];
    let begins_label = |at: usize| domain.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let len = (0..domain.len())
        .take_while(|at| match domain[*at] {
            b'.' => begins_label(at + 1),
            byte => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
        })
        .count();
    let is_whole = domain.get(len) != Some(&b'@') && len > 0 && domain[len - 1].is_ascii_alphabetic();
    if name == 0 || !is_whole || !domain[..len].contains(&b'.') {
        return None;
    }
    let (start, end) = (at - name, at + 1 + len);
    let before = text[within.start..start].strip_suffix("mailto:");
    let is_mailto = before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphabetic()));
    let prefix = if is_mailto { "mailto:".len() } else { 0 };
    Some((start - prefix..end, if is_mailto { Scheme::Mailto } else { Scheme::Mail }))
}

/// Whether a place is in a directive of mdBook, `{{#title https://…}}`.
pub(super) fn in_directive(text: &str, at: usize) -> bool {
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
    use crate::markdown::Anatomy;
    use crate::text::Wording;

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
            // Brackets that match.
            "«https://wiki.archlinux.org/index.php/LVM_(简体中文)»",
            "- «https://zh.wikipedia.org/wiki/图灵_(消歧义)»，见此",
            "见«https://zh.wikipedia.org/wiki/图灵_(消歧义)»的说明，和«https://zh.wikipedia.org/wiki/图灵_(消歧义)#生平»。",
            "（见 «https://zh.wikipedia.org/wiki/图灵_(消歧义)»）",
            "(见 «https://zh.wikipedia.org/wiki/图灵_(消歧义)»)",
            "(«https://a.b/中文») («https://a.b/x»)中文(«https://a.b/x»，y)",
            "«https://ja.wikipedia.org/wiki/東京_(曖昧さ回避)»を参照。",
            "«https://ko.wikipedia.org/wiki/C_(프로그래밍_언어)» 참고",
            "«https://zh.moegirl.org.cn/初音未来(虚拟歌手)»",
            "«https://a.b/x(甲(乙)丙)/丁»。",
            "«https://a.b/x_(甲，乙：丙)»。",
            "«https://a.b/x»(见下文 «https://a.b/y»(见«https://c.d»)",
            "«https://a.b/[中文]»这里，«https://a.b/x»[中文",
            "«https://a.b/LVM_（简体中文）»，«https://a.b/x»（官网），«https://zh.wikipedia.org/wiki/中文»（维基百科）",
            "«https://a.b/?q=「甲」&p=1»「乙」",
            "**«https://a.b/x_(甲)»**后",
            "> [!NOTE]\n> 见 «https://zh.wikipedia.org/wiki/图灵_(消歧义)»。",
            // Titles and names.
            "«https://zh.wikipedia.org/wiki/C语言»，«https://zh.wikipedia.org/wiki/Category:C语言»",
            "«https://baike.baidu.com/item/C语言/105958»、«https://baike.baidu.com/item/人工智能/9180?fr=aladdin»",
            "«https://zh.wikipedia.org/wiki/史蒂夫·乔布斯»，«https://ja.wikipedia.org/wiki/ジョン・レノン»・«https://a.b/甲»・",
            "«https://ja.wikipedia.org/wiki/日本語»】«https://a.b/x»」«https://a.b/x»；«https://a.b/x»！«https://a.b/x»？",
            "«https://zh.wikipedia.org/wiki/Wikipedia:首页»。",
            // Queries, fragments, files.
            "«https://www.baidu.com/s?wd=深度学习&ie=utf-8»，«https://a.b/?q=python教程&hl=zh»",
            "«https://a.b/docs/安装.html#第一步»：先装",
            "«https://a.b/x文档.pdf»。",
            "«https://a.b/?a=1+加»，«https://a.b/@用户/x»",
            "«https://a.b/x»或«www.c.d»，«https://a.b/x»和«https://c.d/y»",
            "«https://a.b/甲和»«https://a.b/乙»",
            "«https://a.b/%E4%B8%AD%E6%96%87»这里",
            "«https://a.b:8080/x»，«https://a.b:8080»端口",
            "«https://中文.com/路径»，«https://例え.jp»",
            "«https://a.b/x», 然后;«https://a.b/y»",
        ] {
            assert_eq!(marked(&line.replace(['«', '»'], "")), line);
        }
    }

    #[test]
    fn in_footnotes_tables_and_definitions() {
        for text in [
            "甲[^l]\n\n[^l]: «https://wiki.archlinux.org/index.php/LVM_(简体中文)»\n",
            "| «https://zh.wikipedia.org/wiki/图灵_(消歧义)»|甲 |\n|---|---|\n| («https://a.b/中») | 乙 |\n",
            "| «https://a.b/x»_(甲|乙) |\n|---|---|\n",
            "[甲]\n\n[甲]: https://wiki.archlinux.org/index.php/LVM_(简体中文)\n",
            "<details>\n\n«https://a.b/x_(甲)»\n\n</details>\n",
        ] {
            assert_eq!(marked(&text.replace(['«', '»'], "")), text);
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
            format!("https://a.b/{}", "(".repeat(200_000)),
            format!("https://a.b/{}", "_（".repeat(100_000)),
            format!("https://a.b/{}", "x中".repeat(100_000)),
            "https://a.b/x(中".repeat(20_000),
            format!("https://a.b/wiki/x{}", "中y".repeat(100_000)),
        ] {
            let _ = marked(&text);
        }
    }
}
