//! Text that becomes part of HTML, of XML, of a script or of YAML. What cannot stand there at all is left out.

use std::borrow::Cow;

/// Text as a part of XML, also of an attribute, and of HTML. Characters that XML 1.0 has no place for are left out.
#[must_use]
pub fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '"' | '\'') || !is_of_xml(c)) {
        escaped.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        escaped.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => "",
        });
        rest = chars.as_str();
    }
    escaped.push_str(rest);
    escaped
}

/// Whether a character can stand in XML 1.0, by its production `Char`.
fn is_of_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// JSON as the text of a `<script>`: the same value, without a `<` that could end the element or begin a comment.
#[must_use]
pub fn script(json: &serde_json::Value) -> String {
    json.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// Text between double quotation marks, as YAML 1.1, YAML 1.2 and JSON read it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // YAML takes these for line breaks, for a byte order mark or for nothing that can be printed.
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                quoted.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The value of an attribute that mdBook wrote, as text.
#[must_use]
pub fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    // The ampersand comes last: what it leaves is no escape.
    let value = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    Cow::Owned(value.replace("&#39;", "'").replace("&#x27;", "'").replace("&#92;", "\\").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_again() {
        assert_eq!(
            markup("a<b> & \"c\" 'd'\u{0}\u{8}\u{b}\u{ffff}\n中😀"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\n中😀"
        );
        assert_eq!(unescaped(&markup("<a href=\"&lt;\">'")), "<a href=\"&lt;\">'");
    }

    #[test]
    fn a_script_does_not_end_early() {
        let value = serde_json::json!({"headline": "</script><!-- & \u{2028}"});
        let written = script(&value);
        assert!(!written.contains(['<', '>', '&']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
    }

    #[test]
    fn quoted_text_is_json_too() {
        let text = "no: #\"'\\\n\t\u{7f}\u{85}\u{2028}\u{feff}\u{ffff}中😀";
        assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        assert_eq!(quoted("\u{85}\u{2028}"), "\"\\u0085\\u2028\"");
    }
}
