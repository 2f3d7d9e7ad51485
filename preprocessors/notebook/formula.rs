//! From TeX to MathML.
//!
//! ```text
//! \pi_\theta(a \mid s)   →   <math><semantics><mrow><msub><mi>π</mi><mi>θ</mi></msub>…</mrow>
//!                            <annotation encoding="application/x-tex">&#92;pi&#95;&#92;theta&#40;…</annotation></semantics></math>
//! ```
//!
//! The engine is the crate `math-core`. Around it: macros (`macros`), TeX that it does not know (`dialect`), an
//! answer for what is nested too deep (`nesting`), and an element that Markdown leaves alone (`element`).

mod dialect;
mod element;
mod lexicon;
mod macros;
mod nesting;
mod tokens;

use std::collections::BTreeMap;
use std::fmt;
use std::thread;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use dialect::{Dialect, dialect};
pub use element::inert;
use macros::Macros;

pub(crate) use macros::check as check_macro;

/// The longest formula that is read, in bytes.
pub const LONGEST: usize = 16 * 1024;

/// Up to how many levels a formula is read on the stack of whoever asks: about 26 KB a level in a build without
/// optimisation, at worst twice that.
const LEVELS_HERE: usize = 12;

/// The stack for deeper ones, in bytes: twice what [`dialect::MOST_LEVELS`] need.
const STACK: usize = 16 << 20;

/// Turns TeX into MathML, with a book's own macros.
#[derive(Debug)]
pub struct Mathematics {
    macros: Macros,
    engine: LatexToMathML,
}

/// Why a formula cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and what to do; a sentence without a capital and without a full stop.
    pub message: String,
    /// Where in the TeX, in bytes; for what comes from a macro, where the macro is used.
    pub at: usize,
}

impl Problem {
    fn new(message: impl Into<String>, at: usize) -> Self {
        Self { message: message.into(), at }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Mathematics {
    /// With these macros: names without their backslash, and what they stand for, with `#1` for an argument.
    #[must_use]
    pub fn new(macros: &BTreeMap<String, String>) -> Self {
        // Only macros can be wrong in what the engine is told, and it is told of none.
        let config = MathCoreConfig { allow_unreliable_rendering: true, ..MathCoreConfig::default() };
        let engine = LatexToMathML::new(config).unwrap_or_default();
        Self { macros: Macros::new(macros), engine }
    }

    /// The MathML of a formula: one `<math>` element on one line, with nothing in it that Markdown or mdBook would read.
    /// It keeps the TeX as an annotation. `display` is whether the formula stands on lines of its own.
    ///
    /// # Errors
    /// When the formula cannot be shown.
    pub fn mathml(&self, tex: &str, display: bool) -> Result<String, Problem> {
        if tex.len() > LONGEST {
            let message = format!("the formula is longer than {} KB; split it", LONGEST / 1024);
            return Err(Problem::new(message, 0));
        }
        let tokens = self.macros.expanded(tex)?;
        let dialect = dialect(&tokens, display)?;
        let mathml = if dialect.levels <= LEVELS_HERE {
            self.converted(&dialect, display)
        } else {
            thread::scope(|scope| {
                let work =
                    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || self.converted(&dialect, display));
                let no_stack = || Problem::new("the formula is too deep for this machine; split it", 0);
                work.map_err(|_| no_stack())?.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        }?;
        Ok(element::element(&mathml, &dialect, tex, display))
    }

    fn converted(&self, dialect: &Dialect, display: bool) -> Result<String, Problem> {
        let style = if display { MathDisplay::Block } else { MathDisplay::Inline };
        match self.engine.convert_with_local_state(&dialect.tex, style) {
            Ok(result) => Ok(result.mathml),
            Err(error) => Err(Problem::new(plain(&error.error_message()), dialect.origin(error.0.start))),
        }
    }
}

/// What the engine says, with what to do.
fn plain(said: &str) -> String {
    let quoted = |prefix: &str| said.strip_prefix(prefix)?.strip_suffix("\".").map(str::to_owned);
    if let Some(command) = quoted("Unknown command \"") {
        return format!(
            "there is no command `{command}` here; correct it, or define it in [preprocessor.bilingual.formulas.macros]"
        );
    }
    if let Some(color) = quoted("Unknown color \"") {
        return format!("`{color}` is no colour; write a name that LaTeX knows, such as `red`, or `#` and six digits");
    }
    if said.starts_with("Duplicate subscript") {
        return "this has two subscripts or two superscripts; put the first with its base into braces".to_owned();
    }
    if said.starts_with("'^' or '_' directly followed") {
        return "a `^` or `_` has nothing to raise or lower; write what it is for, in braces".to_owned();
    }
    if said.starts_with("Expected argument") {
        return "a command lacks its argument here; put it in braces behind the command".to_owned();
    }
    let said = said.trim_end_matches('.');
    let mut characters = said.chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}; correct the formula", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    fn mathematics() -> Mathematics {
        Mathematics::new(&BTreeMap::new())
    }

    fn mathml(tex: &str) -> String {
        mathematics().mathml(tex, true).unwrap_or_else(|problem| panic!("{tex}: {} at {}", problem.message, problem.at))
    }

    /// What a formula shows, without its annotation and without the elements.
    fn shown(tex: &str) -> String {
        let mathml = mathml(tex);
        let body = mathml.split("<annotation").next().unwrap();
        text(&format!("x {body} y")).trim_start_matches("x ").trim_end_matches(" y").to_owned()
    }

    /// The text of a paragraph with elements in it, and nothing but text and elements.
    fn text(markdown: &str) -> String {
        let mut text = String::new();
        for event in Parser::new_ext(markdown, Options::all()) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::InlineHtml(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                other => panic!("{other:?} in {markdown}"),
            }
        }
        text
    }

    /// The elements of one parent, with what they hold, without their attributes: `mi`, `mo`, …
    fn outline(tex: &str) -> String {
        let mathml = mathml(tex);
        let body =
            mathml.split("<annotation").next().unwrap().trim_start_matches("<math display=\"block\"><semantics>");
        let attributes = regex::Regex::new("<([a-z]+) [^>]*>").unwrap();
        attributes.replace_all(body, "<$1>").into_owned()
    }

    #[test]
    fn a_formula_is_one_element_on_one_line() {
        let mathml = mathml("\\frac{a}{b}\n= x_1 % why");
        assert_eq!(
            mathml,
            "<math display=\"block\"><semantics><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>&#61;</mo>\
             <msub><mi>x</mi><mn>1</mn></msub></mrow><annotation encoding=\"application/x-tex\">\
             &#92;frac&#123;a&#125;&#123;b&#125;&#10;&#61; x&#95;1 &#37; why</annotation></semantics></math>"
        );
        assert!(mathematics().mathml("x", false).unwrap().starts_with("<math><semantics><mi>x</mi>"));
    }

    #[test]
    fn what_the_engine_lacks_is_shown() {
        for (tex, want) in [
            (
                r"a \\ = b",
                "<mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mo>&#61;</mo><mi>b</mi></mtd></mtr></mtable>",
            ),
            (r"a &= b \\[4pt] &= c \\", r"\begin{aligned}a &= b \\ &= c\end{aligned}"),
            (r"\begin{align} a &= b \end{align}", r"\begin{align*} a &= b \end{align*}"),
            (r"\begin{split} a &= b \end{split}", r"\begin{aligned} a &= b \end{aligned}"),
            (r"\begin{alignat}{2} a &= b \end{alignat}", r"\begin{align*} a &= b \end{align*}"),
            (r"x \tag{1}", r"\begin{equation} x \tag{1} \end{equation}"),
            (r"\theta*x", r"\theta * x"),
            (r"\boxed{x}", "<mrow><mi>x</mi></mrow>"),
            (r"\textcolor{red}{x}", r"{\color{red} x}"),
            (r"{\color{#a00} x} y", "<mrow><mrow><mi>x</mi></mrow><mi>y</mi></mrow>"),
            (r"\sum_{\substack{i<n \\ j<m}}", r"\sum_{\begin{subarray}{c}i<n \\ j<m\end{subarray}}"),
            (r"\pmb{x}", r"\boldsymbol{x}"),
            ("显存 = 2", r"\text{显存} = 2"),
            (r"\text{a $x$ b}", r"{\text{a }x\text{ b}}"),
            (
                r"\begin{aligned} \displaystyle a &= b \\ c &= d \end{aligned}",
                r"\begin{aligned} {\displaystyle a} &= b \\ c &= d \end{aligned}",
            ),
            (r"\color{red} a &= b", r"{\color{red} a} &= b"),
            (r"{a \\ b}", r"\begin{gathered}a \\ b\end{gathered}"),
            (r"\label{eq:1} x", "<mi>x</mi>"),
        ] {
            let want = if want.starts_with('<') { want.to_owned() } else { outline(want) };
            let got = outline(tex);
            let got = got.trim_end_matches('\n');
            assert_eq!(got, want, "{tex}");
        }
        assert!(mathml(r"\boxed{x}").contains("<mrow class=\"formula-box\">"));
        assert!(
            mathml(r"\textcolor{#0a0}{x}").contains("<mrow style=\"color:color-mix(in srgb,#0a0 65%,currentcolor)\">")
        );
    }

    #[test]
    fn text_keeps_its_characters() {
        for (tex, want) in [
            (r"\text{a_b^c & #1, 50\% of \$5 \{x\}}", "a_b^c\u{a0}&\u{a0}#1,\u{a0}50%\u{a0}of\u{a0}$5\u{a0}{x}"),
            (r"\text{token\_id}", "token_id"),
            (r"\operatorname{top-k}", "top−k"),
            (r"\texttt{max_len}", "max_len"),
            (r"x \tag{式 1}", "x(式 1)"),
            (r"x \tag*{A_1}", "xA_1"),
            (r"\text{如果 $x > 0$，则}", "如果\u{a0}x>0，则"),
        ] {
            assert_eq!(shown(tex), want, "{tex}");
        }
    }

    #[test]
    fn a_script_in_a_formula_is_text() {
        for tex in [
            "</math><script>alert(1)</script>",
            r"\text{</math><script>alert(1)</script>}",
            r"\operatorname{</math><script>}",
            r"\operatorname<",
            r"x \tag{<script>}",
            r"\operatorname{\text{<}\textless\lt}",
        ] {
            let mathml = mathml(tex);
            assert!(!mathml.contains("<script") && mathml.matches("</math>").count() == 1, "{mathml}");
        }
        for tex in [r"\href{javascript:alert(1)}{x}", r"\htmlId{a}{x}", r"\url{https://example.org}"] {
            assert!(mathematics().mathml(tex, true).unwrap_err().message.contains("there is no command"));
        }
    }

    #[test]
    fn a_problem_says_where_and_what_to_do() {
        for (tex, at, says) in [
            (r"a + \foo{b}", r"\foo", r"there is no command `\foo` here; correct it, or define it in"),
            (r"\frac{a}{b", "{b", "never closed"),
            (r"a } b", "}", "closes nothing"),
            (r"\begin{foo} a \end{foo}", r"\begin", "no environment `foo`"),
            (r"\begin{aligned} a", r"\begin", r"add `\end{aligned}`"),
            (r"\begin{aligned} a \end{cases}", r"\end", r"write `\end{aligned}`"),
            (r"x \end{aligned}", r"\end", r"has no `\begin{aligned}`"),
            (r"\left( x", r"\left", r"no `\right`"),
            (r"{\left( x} \right)", r"\left", r"no `\right`"),
            (r"x \right)", r"\right", r"no `\left`"),
            (r"x_1_2", "_2", "two subscripts"),
            (r"\frac", "", "lacks its argument"),
            (r"a $ b", "$", "there is a `$`"),
            (r"\text{a $b}", "$", "no second one"),
            (r"\newcommand{\a}{b} \a", r"\newcommand", "[preprocessor.bilingual.formulas.macros]"),
            (r"\def\a{\b\b}\def\b{\a\a}\a", r"\def", "[preprocessor.bilingual.formulas.macros]"),
            (r"x \textcolor{nocolour}{x}", r"\textcolor", "is no colour"),
            (r"x \textcolor{#12}{x}", r"\textcolor", "is no colour"),
            (r"x \tag{1} \tag{2}", r"\tag{2}", "one tag"),
            ("x\u{E000}", "\u{E000}", "private use"),
            ("x\u{7}", "\u{7}", "does not show, U+0007"),
        ] {
            let problem = mathematics().mathml(tex, true).expect_err(tex);
            assert!(problem.message.contains(says), "{tex}: {}", problem.message);
            assert!(tex[problem.at..].starts_with(at), "{tex}: {} at {}", problem.message, problem.at);
        }
    }

    #[test]
    fn a_problem_behind_a_wrapper_is_where_the_author_wrote_it() {
        let own = BTreeMap::from([("E".to_owned(), r"\mathbb{E} \nope".to_owned())]);
        for tex in [r"a \\ b \tag{1} + \nope", r"显存 + \text{a $x$} \nope", r"a &= \E"] {
            let problem = Mathematics::new(&own).mathml(tex, true).unwrap_err();
            let want = tex.find(r"\nope").or(tex.find(r"\E"));
            assert_eq!(Some(problem.at), want, "{tex}: {}", problem.message);
        }
    }

    /// In a thread with the stack that Rust gives one, and without optimisation.
    #[test]
    fn a_deep_formula_is_an_answer_and_no_overflow() {
        let work = || {
            let mathematics = mathematics();
            let groups = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
            let chains = [
                r"\sqrt ",
                r"\hat ",
                r"\frac1",
                r"x_\sqrt",
                r"\sum\limits_\sqrt",
                r"\displaystyle ",
                r"\color{red}",
                r"\color{#f00}",
                r"\overset1",
                r"\xrightarrow ",
                r"\mathop ",
                r"\prescript{}{}",
                r"\genfrac(){1pt}{0}{1}",
                r"\sqrt[3]",
                r"\rm ",
                r"\boxed ",
                r"\textcolor{red}{a}\hat ",
            ];
            for n in [10, 30, 60, 500] {
                for (open, close) in [
                    ("{", "}"),
                    ("x^{", "}"),
                    (r"\left(", r"\right)"),
                    (r"\sqrt{", "}"),
                    (r"\begin{matrix}", r"\end{matrix}"),
                    (r"\text{", "}"),
                    (r"\boxed{", "}"),
                    (r"\textcolor{red}{", "}"),
                    (r"\text{a $", "$}"),
                    (r"\substack{", "}"),
                    (r"\frac{1}{", "}"),
                    (r"\textcolor{#f00}{", "}"),
                ] {
                    let deep = mathematics.mathml(&groups(open, close, n), true);
                    assert!(n < 500 || deep.unwrap_err().message.contains("levels deep"), "{open}");
                }
                for chain in chains {
                    let _ = mathematics.mathml(&(chain.repeat(n) + "x"), true);
                }
            }
            let braces = groups("{", "}", 8_000);
            assert!(mathematics.mathml(&braces, true).unwrap_err().message.contains("levels deep"));
            let long = mathematics.mathml(&"x".repeat(100_000), true).unwrap_err();
            assert_eq!(long.message, "the formula is longer than 16 KB; split it");
            let _ = mathematics.mathml(&"x".repeat(LONGEST), true).unwrap();
            let _ = mathematics.mathml(&r"\begin{matrix}".repeat(1_000), true).unwrap_err();
        };
        thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
    }
}
