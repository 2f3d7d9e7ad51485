//! Text as HTML.
//!
//! ```text
//! a < b & "c"   →   a &lt; b &amp; &quot;c&quot;
//! ```

/// A text as it stands between tags or in an attribute. What no document of HTML may hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push(c, &mut out));
    out
}

/// The text of a piece of HTML, in which entities stay.
pub(super) fn escaped_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 8);
    for (at, c) in html.char_indices() {
        match c {
            '&' if is_entity(&html[at..]) => out.push(c),
            _ => push(c, &mut out),
        }
    }
    out
}

/// A line of code: no space of it is lost, and none is where a line may break.
pub(super) fn escaped_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            ' ' => out.push_str("&nbsp;"),
            '\t' => out.push_str("&nbsp;&nbsp;&nbsp;&nbsp;"),
            c => push(c, &mut out),
        }
    }
    out
}

fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' => out.push(c),
        // The characters that a parser of HTML complains about, or takes for others.
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// Whether a text begins with `&amp;`, `&#38;` or `&#x26;`.
fn is_entity(text: &str) -> bool {
    let Some((name, _)) = text[1..].split_once(';') else { return false };
    let of = |digits: &str, are: fn(char) -> bool| !digits.is_empty() && digits.len() <= 8 && digits.chars().all(are);
    match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(number) => of(number, |c| c.is_ascii_hexdigit()),
            None => of(number, |c| c.is_ascii_digit()),
        },
        None => (2..=32).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_a_tag() {
        assert_eq!(escaped("a<b> & \"c\" 'd'\u{0}"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(escaped_code("  if\tx<1"), "&nbsp;&nbsp;if&nbsp;&nbsp;&nbsp;&nbsp;x&lt;1");
    }

    #[test]
    fn entities_of_html_stay_and_nothing_else_does() {
        for (html, expected) in [
            ("a &lt; b &copy; &#20013; &#x4e2d;", "a &lt; b &copy; &#20013; &#x4e2d;"),
            ("R&D; &; &#; &#x; &a b; &#12a;", "R&amp;D; &amp;; &amp;#; &amp;#x; &amp;a b; &amp;#12a;"),
            ("> & <", "&gt; &amp; &lt;"),
        ] {
            assert_eq!(escaped_html(html), expected);
        }
    }
}
