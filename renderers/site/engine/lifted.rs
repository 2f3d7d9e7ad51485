//! What stands in a template between its tags, taken out while mdBook renders, and put back into each page.
//!
//! Handlebars looks for the line of each tag from the beginning of the template, so to read mdBook's own template costs
//! as much as to render dozens of pages; and it is read in each call.
//!
//! ```text
//! {{#if previous}}                        {{#if previous}}
//!     <a rel="prev" …                     <!-- bilingual-site: lifted 7 -->
//!        …>                          →        …</a>
//!     …</a>
//! {{/if}}                                 {{/if}}
//! ```
//!
//! The first and the last line between two tags stay, and white space beside them: Handlebars looks at them to tell
//! whether a tag stands alone, and `{{~` takes them away.

use super::marks;

const BEGIN: &str = "<!-- bilingual-site: lifted ";
const END: &str = " -->";

/// What is shorter is not worth a mark.
const SHORTEST: usize = 64;

/// What was taken out of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifted {
    /// By their numbers.
    texts: Vec<String>,
}

impl Lifted {
    /// A template without what it would only copy, and that.
    #[must_use]
    pub fn of(template: &str) -> (String, Self) {
        let mut lifted = Self::default();
        // Handlebars indents each line of a partial, also of one that is written in the template itself.
        if template.contains("*inline") {
            return (template.to_owned(), lifted);
        }
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(tag) = rest.find("{{") {
            lifted.add(&rest[..tag], &mut out);
            // What is in a comment looks like anything.
            let is_comment = rest[tag..].trim_start_matches(['{', '~']).starts_with("!--");
            let close = if is_comment { "--}}" } else { "}}" };
            let end = rest[tag + 2..].find(close).map_or(rest.len(), |end| tag + 2 + end + close.len());
            out.push_str(&rest[tag..end]);
            rest = &rest[end..];
        }
        lifted.add(rest, &mut out);
        (out, lifted)
    }

    /// Adds what stands between two tags to a template, or a mark for it.
    fn add(&mut self, text: &str, out: &mut String) {
        let lines = text.find('\n').zip(text.rfind('\n')).filter(|(first, last)| first < last).map(|(first, last)| {
            let whole = &text[first..last];
            (last - whole.trim_start().len(), first + whole.trim_end().len())
        });
        match lines {
            Some((begin, end)) if end >= begin + SHORTEST => {
                out.push_str(&text[..begin]);
                out.push_str(&format!("{BEGIN}{}{END}", self.texts.len()));
                out.push_str(&text[end..]);
                self.texts.push(text[begin..end].to_owned());
            }
            _ => out.push_str(text),
        }
    }

    /// What was taken out, in the order of the template.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }

    /// A page with what was taken out of its template. The note's text is the note's, whatever it holds.
    #[must_use]
    pub fn restored(&self, page: &str) -> String {
        let mut out = String::with_capacity(page.len() + self.texts.iter().map(String::len).sum::<usize>());
        match marks::text(page) {
            Some(text) => {
                self.restore(&page[..text.start], &mut out);
                out.push_str(&page[text.clone()]);
                self.restore(&page[text.end..], &mut out);
            }
            None => self.restore(page, &mut out),
        }
        out
    }

    fn restore(&self, shell: &str, out: &mut String) {
        let mut pieces = shell.split(BEGIN);
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let known = piece.split_once(END).and_then(|(number, rest)| {
                let text = self.texts.get(number.parse::<usize>().ok()?)?;
                Some((text, rest))
            });
            match known {
                Some((text, rest)) => {
                    out.push_str(text);
                    out.push_str(rest);
                }
                None => {
                    out.push_str(BEGIN);
                    out.push_str(piece);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, Renderable};

    use super::*;

    /// A block that writes what is in it.
    fn raw<'reg, 'rc>(
        helper: &Helper<'rc>,
        handlebars: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rendering: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        helper.template().map_or(Ok(()), |template| template.render(handlebars, context, rendering, out))
    }

    const LONG: &str = "    <p>a line that is long enough to be worth a mark of its own, and more than that</p>\n";

    #[test]
    fn a_template_says_the_same_without_what_was_taken_out() {
        let inline = format!("{{{{#*inline \"p\"}}}}\n{LONG}{LONG}{LONG}{{{{/inline}}}}\n  {{{{> p}}}}");
        let comment = format!("{{{{!-- }}}} \n{LONG}{LONG}{LONG} --}}}}");
        let tags = [
            "{{else}}",
            "{{~ a ~}}",
            "{{{a}}}",
            "{{! x }}",
            "\\{{a}}",
            "{{{{raw}}}}{{x}}{{{{/raw}}}}",
            &comment,
            &inline,
        ];
        let mut templates = vec![String::new(), LONG.repeat(3)];
        for tag in tags {
            for space in ["", "\n", "  \n", " x \n"] {
                templates.push(format!(
                    "{LONG}{{{{#if a}}}}{space}{LONG}{LONG}  {tag}{space}{LONG}{LONG}{space}{{{{/if}}}}\n{LONG}{LONG}end"
                ));
            }
        }
        let mut handlebars = Handlebars::new();
        handlebars.register_helper("raw", Box::new(raw));
        let rendered =
            |template: &str| handlebars.render_template(template, &serde_json::json!({"a": "A"})).expect("a template");
        for template in templates {
            let (short, lifted) = Lifted::of(&template);
            let is_lifted = template.len() > 200 && !template.contains("*inline");
            assert_eq!(short.len() < template.len(), is_lifted, "{template}");
            assert_eq!(lifted.restored(&rendered(&short)), rendered(&template), "{template}");
        }
    }

    #[test]
    fn a_note_may_hold_any_text() {
        let template = marks::set(&format!("{LONG}{LONG}{{{{{{ content }}}}}}\n{LONG}{LONG}{LONG}</body>\n"));
        let (short, lifted) = Lifted::of(&template);
        let note = format!("<p>{BEGIN}0{END} {BEGIN}x{END}</p>");
        let page = short.replace("{{{ content }}}", &note);
        assert_eq!(lifted.restored(&page), template.replace("{{{ content }}}", &note));
    }
}
