//! Text of which a platform reads nothing as Markdown, nor as Liquid.

/// Text of which nothing is Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let is_in_word = before.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            // Behind a backslash it would begin a formula for whoever reads those of LaTeX.
            '[' => out.push_str("&#91;"),
            '\n' => out.push(' '),
            '_' if is_in_word => out.push(c),
            '\\' | '`' | '*' | '_' | '<' | '>' | '|' | '$' | '~' | '#' => out.extend(['\\', c]),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Text in which Liquid finds none of its tags.
pub(super) fn raw(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = ["{%", "{{"].iter().filter_map(|mark| rest.find(mark)).min() {
        out.push_str(&rest[..at]);
        out.push_str(&format!("{{% raw %}}{}{{% endraw %}}", &rest[at..at + 2]));
        rest = &rest[at + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{escaped, raw};

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a_b *c* [d](e) max_len #1\n> f"), "a_b \\*c\\* &#91;d](e) max_len \\#1 \\> f");
        assert_eq!(raw("a {% b %} {{c}}"), "a {% raw %}{%{% endraw %} b %} {% raw %}{{{% endraw %}c}}");
    }
}
