//! From TeX to MathML.
//!
//! ```text
//! \pi_\theta(a \mid s)   →   <math><semantics><mrow><msub><mi>π</mi><mi>θ</mi></msub>…</mrow>
//!                            <annotation encoding="application/x-tex">&#92;pi&#95;&#92;theta&#40;…</annotation></semantics></math>
//! ```
//!
//! The engine is the crate `math-core`. Around it: what Markdown does to TeX between dollars (`markdown`), macros
//! (`macros`), the notation of chemistry (`chemistry`), TeX that the engine does not know (`dialect`) and what nobody here
//! knows (`elsewhere`), an answer for what is nested too deep (`nesting`), an element that Markdown leaves alone
//! (`element`), and a look at whether all of it is there (`account`).

mod account;
mod bold;
mod chemistry;
mod dialect;
mod element;
mod elsewhere;
mod error;
mod lexicon;
mod macros;
pub mod markdown;
mod nesting;
mod tokens;

use std::collections::{BTreeMap, HashMap};
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;

use dialect::{EngineFormula, dialect};
pub use element::inert;
pub use error::FormulaError;
use error::Said;
use macros::Macros;
use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

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
    /// The book's own ones.
    own: Macros,
    engine: LatexToMathML,
    asked: account::AskedCommands,
    /// What was shown so far, by the TeX: in lines, and on lines of its own.
    shown: Mutex<[HashMap<String, ShownFormula>; 2]>,
}

/// What a formula is shown as, or why it cannot be shown.
pub type ShownFormula = Result<Arc<str>, FormulaError>;

impl Mathematics {
    /// With these macros: names without their backslash, and what they stand for, with `#1` for an argument.
    #[must_use]
    pub fn new(macros: &BTreeMap<String, String>) -> Self {
        let (asked, shown) = (account::AskedCommands::default(), Mutex::default());
        Self { macros: Macros::new(macros), own: Macros::only(macros), engine: engine(), asked, shown }
    }

    /// What [`Self::mathml`] says of a formula, made once for all of a book that say the same: whoever checks formulas and
    /// whoever shows them share it.
    ///
    /// # Errors
    /// When the formula cannot be shown.
    pub fn shown(&self, tex: &str, display: bool) -> ShownFormula {
        let known = || self.shown.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(shown) = known()[usize::from(display)].get(tex) {
            return shown.clone();
        }
        // Nobody waits for the engine: two who ask at the same time each ask it.
        let shown = self.mathml(tex, display).map(Arc::from);
        known()[usize::from(display)].insert(tex.to_owned(), shown.clone());
        shown
    }

    /// The MathML of a formula: one `<math>` element on one line, with nothing in it that Markdown or mdBook would read.
    /// It keeps the TeX as an annotation. `display` is whether the formula stands on lines of its own.
    ///
    /// # Errors
    /// When the formula cannot be shown.
    pub fn mathml(&self, tex: &str, display: bool) -> Result<String, FormulaError> {
        if tex.len() > LONGEST {
            let message = Said::new(format!("the formula is longer than {} KB", LONGEST / 1024), "split it");
            return Err(FormulaError::new(message, 0));
        }
        if let Some(at) = tokens::sign(tex) {
            let message = Said::new(
                "`%` begins a comment, so that the rest of the line would be left out",
                "write `\\%` for the sign",
            );
            return Err(FormulaError::new(message, at));
        }
        let tokens = self.macros.expanded(tex)?;
        let dialect = dialect(&tokens, display, &|name| self.color(name))?;
        let mathml = if dialect.levels <= LEVELS_HERE {
            self.converted(&dialect, display)
        } else {
            thread::scope(|scope| {
                let work =
                    thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || self.converted(&dialect, display));
                let no_stack =
                    || FormulaError::new(Said::new("the formula is too deep for this machine", "split it"), 0);
                work.map_err(|_| no_stack())?.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
            })
        }?;
        let element = element::element(&mathml, &dialect, tex, display);
        let partners = tokens::partners(&tokens)?;
        match account::lacking(&tokens, &partners, &element, &self.asked, &|tex| self.alone(tex)) {
            Some(problem) => Err(problem),
            None => Ok(element),
        }
    }

    /// A formula without the book's own macros: with what they stand for in their places. As it was where it uses none.
    ///
    /// # Errors
    /// When a macro lacks an argument, or stands for too much.
    pub fn without_macros(&self, tex: &str) -> Result<String, FormulaError> {
        if !self.own.are_in(tex) {
            return Ok(tex.to_owned());
        }
        let mut out = String::with_capacity(tex.len() * 2);
        for token in self.own.expanded(tex)? {
            // `\alpha` and `x` side by side came from two places.
            let follows_command = out
                .rsplit_once('\\')
                .is_some_and(|(_, name)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()));
            if follows_command && token.text.starts_with(|c: char| c.is_ascii_alphabetic()) {
                out.push(' ');
            }
            out.push_str(token.text);
        }
        Ok(out)
    }

    /// The MathML of something small.
    fn alone(&self, tex: &str) -> Option<String> {
        self.engine.convert_with_local_state(tex, MathDisplay::Inline).ok().map(|result| result.mathml)
    }

    /// The colour of a name, as `#` and digits.
    fn color(&self, name: &str) -> Option<String> {
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let named = || {
            let mathml = self.alone(&format!("\\color{{{name}}}x"))?;
            let digits = mathml.split_once("color:")?.1;
            digits.split_once(';').map(|(digits, _)| digits.to_owned())
        };
        named().or_else(|| lexicon::named_in_html(name).map(str::to_owned))
    }

    fn converted(&self, dialect: &EngineFormula, display: bool) -> Result<String, FormulaError> {
        let style = if display { MathDisplay::Block } else { MathDisplay::Inline };
        // Whatever becomes of a formula, the book goes on.
        let converted =
            panic::catch_unwind(AssertUnwindSafe(|| self.engine.convert_with_local_state(&dialect.tex, style)));
        let Ok(converted) = converted else {
            return Err(FormulaError::new(
                Said::new("the engine for formulas fails at it", "write it in another way"),
                0,
            ));
        };
        match converted {
            Ok(result) => Ok(result.mathml),
            Err(error) => Err(FormulaError::new(plain(&error.error_message()), dialect.origin(error.0.start))),
        }
    }
}

fn engine() -> LatexToMathML {
    // Only macros can be wrong in what the engine is told, and it is told of none.
    let config = MathCoreConfig { allow_unreliable_rendering: true, ..MathCoreConfig::default() };
    LatexToMathML::new(config).unwrap_or_default()
}

/// The name of a command, behind its backslash: the letters that a text begins with.
pub(crate) fn command_name(behind: &str) -> &str {
    &behind[..behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len())]
}

/// Whether a word is the name of a command.
pub(crate) fn is_command(word: &str) -> bool {
    static ENGINE: LazyLock<Mathematics> = LazyLock::new(|| Mathematics::new(&BTreeMap::new()));
    match ENGINE.mathml(&format!("\\{word}"), false) {
        Ok(_) => true,
        Err(problem) => !problem.what.starts_with(NO_COMMAND),
    }
}

/// How it begins what is said of a command that nobody knows.
const NO_COMMAND: &str = "there is no command";

/// What the engine says, by its beginning: the command that it is about, the same in plain words, and what to do.
const PLAINLY: &[(&str, &str, &str, &str)] = &[
    (
        "Found \"\\limits\"",
        "\\limits",
        "`\\limits` has to follow an operator",
        "write `\\mathop{…}\\limits`, or `\\underset{…}{…}`",
    ),
    (
        "Found \"\\nolimits\"",
        "\\nolimits",
        "`\\nolimits` has to follow an operator",
        "write `\\mathop{…}\\nolimits`, or take it out",
    ),
    ("Found \"\\displaylimits\"", "\\displaylimits", "`\\displaylimits` has to follow an operator", "take it out"),
    ("Unmatched closing token", "", "a command lacks its argument here", "put it in braces behind the command"),
    ("Found \"&\"", "", "`&` parts columns, and this environment has one", "write `aligned` or `array` instead"),
    (
        "There must be a parenthesis",
        "",
        "a bracket has to follow `\\left`, `\\right`, `\\middle`, `\\big` and their like",
        "write one, or `.` for none",
    ),
    ("Not valid in text mode", "", "this is a command for formulas and stands in a text", "put `$` around it"),
    ("Not valid in math mode", "", "this is a command for texts", "put it into `\\text{…}`"),
    (
        "Expected a relation after \\not",
        "\\not",
        "`\\not` has to stand before a sign such as `=` or `\\in`",
        "write that, or `\\cancel{…}`",
    ),
    (
        "Expected a large operator",
        "",
        "this command has to stand before an operator such as `\\sum`",
        "write one, or put scripts at an empty group, `{}_a^b`",
    ),
    (
        "Switch-like commands",
        "",
        "this command changes all that follows, and cannot be an argument",
        "put it and what it is for into braces",
    ),
    (
        "Found more than one infix",
        "",
        "two commands such as `\\over` stand in one group",
        "put each fraction into braces, or write `\\frac{a}{b}`",
    ),
    ("Expected length", "", "there is no length here", "write one with its unit, such as `2pt` or `0.5em`"),
    ("Found invalid unit", "", "this unit is not known", "write `em`, `ex`, `pt` or `mu`"),
    ("Could not extract text", "", "the name of an operator is letters here", "write `\\mathop{…}` for anything else"),
    ("Expected non-special ASCII", "", "only letters and digits can stand here", "write `\\text{…}` for other signs"),
    ("Expected at most one token", "", "only one sign can stand in this argument", "take the others out"),
    ("Expected exactly one token", "", "exactly one sign has to stand in this argument", "write one"),
];

/// What the engine says, with what to do.
fn plain(said: &str) -> Said {
    let quoted = |prefix: &str| said.strip_prefix(prefix)?.strip_suffix("\".").map(str::to_owned);
    if let Some(command) = quoted("Unknown command \"") {
        return Said::new(
            format!("{NO_COMMAND} `{command}` here"),
            "correct it, or define it in [preprocessor.bilingual.formulas.macros]",
        )
        .naming(&command);
    }
    if let Some(color) = quoted("Unknown color \"") {
        return Said::new(
            format!("`{color}` is no colour"),
            "write a name that LaTeX knows, such as `red`, or `#` and six digits",
        );
    }
    if said.starts_with("Duplicate subscript") {
        return Said::new("this has two subscripts or two superscripts", "put the first with its base into braces");
    }
    if said.starts_with("'^' or '_' directly followed") {
        return Said::new("a `^` or `_` has nothing to raise or lower", "write what it is for, in braces");
    }
    if said.starts_with("Expected argument") {
        return Said::new("a command lacks its argument here", "put it in braces behind the command");
    }
    if let Some((_, command, what, remedy)) = PLAINLY.iter().find(|(beginning, ..)| said.starts_with(beginning)) {
        return Said::new(*what, *remedy).naming(command);
    }
    let said = said.trim_end_matches('.');
    let mut characters = said.chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    Said::new(format!("{first}{}", characters.as_str()), "write this part in another way")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    fn mathematics() -> Mathematics {
        Mathematics::new(&BTreeMap::new())
    }

    fn mathml(tex: &str) -> String {
        mathematics().mathml(tex, true).unwrap_or_else(|problem| panic!("{tex}: {} at {}", problem, problem.at))
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
    fn a_formula_is_made_once() {
        let mathematics = mathematics();
        let [first, again] = [(); 2].map(|()| mathematics.shown("x", false).unwrap());
        assert!(Arc::ptr_eq(&first, &again));
        assert_ne!(first, mathematics.shown("x", true).unwrap());
        assert_eq!(mathematics.shown(r"\nope", false), mathematics.mathml(r"\nope", false).map(Arc::from));
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
            (r"\textcolor{red}{x}", r"{\boxed{x}}"),
            (r"{\color{#a00} x} y", "<mrow><mrow><mi>x</mi></mrow><mi>y</mi></mrow>"),
            (r"\sum_{\substack{i<n \\ j<m}}", r"\sum_{\begin{subarray}{c}i<n \\ j<m\end{subarray}}"),
            (r"\pmb{x}", r"\boldsymbol{x}"),
            ("显存 = 2", r"\text{显存} = 2"),
            (r"\text{a $x$ b}", r"{\text{a }x\text{ b}}"),
            (
                r"\begin{aligned} \displaystyle a &= b \\ c &= d \end{aligned}",
                r"\begin{aligned} {\displaystyle a} &= b \\ c &= d \end{aligned}",
            ),
            (r"\color{red} a &= b \\ c", r"{\color{red} a} &= b \\ c"),
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
        for tex in
            [r"\href{javascript:alert(1)}{x}", r"\htmlId{a}{x}", r"\url{https://example.org}", r"\text{\href{a}{b}}"]
        {
            let said = mathematics().mathml(tex, true).unwrap_err().to_string();
            assert!(said.contains("cannot"), "{said}");
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
            (r"a \angl& b \\ c", "&", "lacks its argument"),
            (r"a \\ \sqrt[+++++++++++++++++++++++++++++++++++++++++]& b", "&", "lacks its argument"),
            (r"a \\ \sqrt[{]} \left[ ] \right]]& b", "& b", "lacks its argument"),
            (r"a \sqrt[\sqrt[3]{2} \\ ]{b}", r"\\", "close them before"),
            (r"a \\ \sqrt[\sqrt[3]{2}]& b", "& b", "lacks its argument"),
            (r"a \sqrt[3 \\ 1]{b}", r"\\", "close them before"),
            (r"\begin{matrix} \xrightarrow[a & b]{c} \end{matrix}", "&", "close them before"),
            (r"a \\ \frac''\\ b", "'", "lacks its argument"),
            ("5%", "%", r"write `\%` for the sign"),
            ("x=10%,y=20%", "%,y", r"write `\%` for the sign"),
            (r"\text{50%}", "%", r"write `\%` for the sign"),
            ("a = 50% \\\\\nb = 2", "%", r"write `\%` for the sign"),
            ("x\u{E000}", "\u{E000}", "private use"),
            ("x\u{7}", "\u{7}", "does not show, U+0007"),
        ] {
            let problem = mathematics().mathml(tex, true).expect_err(tex);
            assert!(problem.to_string().contains(says), "{tex}: {}", problem);
            assert!(tex[problem.at..].starts_with(at), "{tex}: {} at {}", problem, problem.at);
        }
    }

    #[test]
    fn what_was_half_shown_is_shown_or_reported() {
        for (tex, want) in [
            (r"\begin{cases} 1 & x>0 \\[4pt] 0 & x<0 \end{cases}", "{1x>00x<0\u{2063}"),
            (r"\begin{aligned} a &= b \\ [3pt] &= c \\*[1em] &= d \\* &= e\end{aligned}", "a=b=c=d=e"),
            (r"\begin{bmatrix} a \\[-0.5ex] b \\[.5\baselineskip] c \end{bmatrix}", "[abc]"),
            (r"\begin{aligned} a \\ [a,b] \\ [1] \end{aligned}", "a[a,b][1]"),
            (r"a \\[4pt] b", "ab"),
            (r"\begin{array}[t]{c@{}c|*{2}{r}} a & b & c & d\end{array}", "abcd"),
            (r"\begin{aligned}[t] a \end{aligned} + \begin{gathered}[b] a \end{gathered}", "a+a"),
            (r"\smash[b]{x} + \sqrt[3]{y} + \xrightarrow[a]{b} + \cfrac[l]{1}{2}", "x+y3+→ab+12"),
            (r"\mathop{\arg\min}\limits_{\theta} L", "argminθL"),
            (r"\mathop{\min}_{\omega,b}", "minω,b"),
            (r"\left< x \middle| y \right> \big< z \big>", "⟨x|y⟩⟨z⟩"),
            (r"\begin{pmatrix*}[r] 1 & -2 \end{pmatrix*} \begin{matrix*} a \end{matrix*}", "(1−2)a"),
            (r"\cases{a & b \cr c & d} \matrix{1 & 2\cr 3} \pmatrix{x}", "{abcd\u{2063}123(x)"),
            (r"\colorbox{yellow}{$x$ a} \fcolorbox{red}{#fff}{b} \bbox[yellow,5px]{c}", "x\u{a0}abc"),
            (r"\rule{1em}{2pt} \raise 2pt {a} \raisebox{-1ex}{b} \lower{2pt}{c}", "abc"),
            (r"\TeX \LaTeX \KaTeX \mathbbm{1} \verb|a_{\b}|", "TeXLaTeXKaTeX𝟙a_{\\b}"),
            (r"\require{cancel} \cancel{x} \enclose{box,updiagonalstrike}{y} \sout{z} \cancelto{0}{w}", "xyzw0"),
            (r"\mathchoice{a}{b}{c}{d}_{\mathchoice{a}{b}{c}{d}} \frac{\mathchoice{a}{b}{c}{d}}{2}", "acb2"),
            (r"\definecolor{mine}{RGB}{1,2,3} \textcolor{mine}{x} \color[HTML]{aa0000} y", "xy"),
            (r"\kern1em a \mkern-2mu b \hskip 1em plus 1em minus 2pt c \hspace*{1em} d", "abcd"),
            (r"\ce{2H2 + O2 ->[a][b] 2H2O + SO4^2- v}", "2H2+O2→ba2H2O+SO42−↓"),
            (r"{\large x} \tiny y \text{\small z}", "xyz"),
            ("a\\\nb \\smallsetminus \\overarc{c} \\textcolor{aqua}{d}", "ab∖c⏜d"),
            (r"\mathrlap{a}b \rlap{c}d \mathllap{e}f \llap{g}h \text{\rlap{i}}", "abcdefghi"),
            (r"\ce{CH_x} \ce{A <=>> B}", "CHxA⇀↽B"),
            (
                r"\text{\'e \textbackslash} \Bra{x} \slashed{D} \overset{a}{b} \not= c \not\in D",
                "e\u{301}\u{a0}\\⟨x|D\u{338}ba≠c∉D",
            ),
        ] {
            assert_eq!(shown(tex).replace([' ', '\u{a0}'], ""), want.replace('\u{a0}', ""), "{tex}");
        }
        for (tex, want) in [("a\n% why\n= b % so\n+ c", "a=b+c"), (r"5\% + \verb|%|", "5%+%"), ("a +%\n b", "a+b")] {
            assert_eq!(shown(tex).replace(' ', ""), want, "{tex}");
        }
        for (tex, says) in [
            (r"i<n && j>m", "no second line to align"),
            (r"R & D", "`\\&` for the sign"),
            (r"\begin{gather} a & b \end{gather}", "this environment has one"),
            (r"\mathbb{E}\limits_x", "\\mathop{…}\\limits"),
            (r"\pu{1 kJ}", "mhchem"),
            (r"\ce{A\bond{~}B}", "`\\bond`"),
            (r"\eqref{a}", "formulas are not numbered"),
            (r"x \eqno(1)", r"write `\tag{1}`"),
            (r"\def\arraystretch{2} x", "take it out"),
            (r"\renewcommand{\arraystretch}{2} x", "take it out"),
            (r"a \hline b", "has to stand at the beginning of a table"),
            (r"\begin{array}{cy} a \end{array}", "`y` is no column"),
            (r"\begin{array}{c@{=}c} a & b \end{array}", "write it into the rows"),
            (r"\begin{align} a \\ \hline b \end{align}", "put the table into an `array`"),
            (r"\begin{CD} A \end{CD}", "write the diagram"),
            (r"\enclose{foo}{x}", "knows no `foo`"),
            (r"\verb|a", "same sign"),
        ] {
            let said = mathematics().mathml(tex, true).expect_err(tex).to_string();
            assert!(said.contains(says), "{tex}: {said}");
        }
    }

    #[test]
    fn what_belongs_to_an_operator_stands_where_that_of_a_sum_does() {
        let of = |tex: &str, display| mathematics().mathml(tex, display).unwrap();
        for (tex, display, below) in [
            (r"\mathop{\arg\min}_x", true, true),
            (r"\mathop{\arg\min}_x", false, false),
            (r"\mathop{\arg\min}\limits_x", false, true),
            (r"\mathop{\arg\min}\nolimits_x", true, false),
            (r"\mathop{\mathbb{E}}\limits_{x}^{y} f", false, true),
            (r"\frac{\mathop{\min}_x}{2}", true, false),
            (r"\displaystyle\mathop{\min}_x", false, true),
            (r"\begin{aligned} a &= \mathop{\min}_x \end{aligned}", false, true),
            (r"\begin{matrix} \mathop{\min}_x \end{matrix}", true, false),
            (r"a^{\mathop{\min}_x}", true, false),
            (r"\operatorname*{arg\,max}\limits_{x} f", false, true),
            (r"\operatorname{argmax}\limits_x", true, true),
            (r"\operatorname*{argmax}\nolimits_x", true, false),
            (r"\mathop{\mathop{a}\limits_b}\limits_c", true, true),
        ] {
            let mathml = of(tex, display);
            assert_eq!(mathml.contains("<munder"), below, "{tex}: {mathml}");
        }
        assert!(of(r"\mathop{a}\limits_b^c", true).contains("<munderover>"));
    }

    #[test]
    fn sizes_are_absolute_and_what_takes_no_width_has_none() {
        let sizes = |tex: &str| {
            let mathml = mathml(tex);
            let sizes = mathml.split("font-size:").skip(1).map(|size| size.split('%').next().unwrap().to_owned());
            sizes.collect::<Vec<_>>()
        };
        assert_eq!(sizes(r"\Large x \normalsize y \Huge z"), ["144", "69.4", "249"]);
        assert_eq!(sizes(r"{\Large x} \small y"), ["144", "90"]);
        assert_eq!(sizes(r"\Large {\Huge x} \tiny y \\ \small z"), ["144", "172.9", "34.7", "90"]);
        assert!(mathml(r"\mathrlap{/}x").contains("<mpadded width=\"0\"><mo"));
        assert!(mathml(r"\llap{/}{=}").contains("<mpadded width=\"0\" dir=\"rtl\"><mrow dir=\"ltr\"><mtext>"));
    }

    #[test]
    fn a_table_with_lines_is_closed() {
        let mathml = mathml(r"\begin{array}{|c|c|}\hline a & b \\ \hline c \\ \hline\hline\end{array}");
        assert_eq!(mathml.matches("<mtr>").count(), 2, "{mathml}");
        // The row that lacks a cell has it for the lines.
        assert_eq!(mathml.matches("<mtd").count(), 4, "{mathml}");
        assert_eq!(mathml.matches("border-top").count(), 4, "{mathml}");
        assert_eq!(mathml.matches("border-bottom:0.2em double").count(), 2, "{mathml}");
        assert_eq!((mathml.matches("border-left").count(), mathml.matches("border-right").count()), (2, 4), "{mathml}");
        let partial = self::mathml(r"\begin{array}{cc:c} a & b & c \\ \cline{2-3} d & e & f \end{array}");
        assert_eq!(partial.matches("border-top").count(), 2, "{partial}");
        assert_eq!(partial.matches("dashed").count(), 2, "{partial}");
        let inner =
            self::mathml(r"\begin{pmatrix} \begin{array}{c}\hline a\end{array} & b \\ \hline c & d \end{pmatrix}");
        assert_eq!(inner.matches("border-top").count(), 3, "{inner}");
    }

    /// The engine takes the end of a cell for an argument, or for what a script stands at, and stops.
    #[test]
    fn a_command_can_be_the_first_or_the_last_of_a_cell() {
        for name in include_str!("commands.txt").split_whitespace() {
            // What it is matters less than that there is an answer.
            for end in ["&", r"\\", "_c", "{1}_c", r"{b \over c}", r"{b \over c}{b \over c}", r"[b]{c \over d}"] {
                let tex = format!(r"\begin{{matrix}} a & \{name}{end} b \\ c \end{{matrix}}");
                let whole = format!(r"a \\ \{name}{end}");
                for tex in [tex, whole] {
                    if let Err(problem) = mathematics().mathml(&tex, true) {
                        assert!(!problem.to_string().contains("the engine"), "{tex}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_problem_is_said_on_one_line() {
        for tex in [
            "\\\n \\oaaee*{arg\\,max}_x \\limitsma+++\n \\over",
            "\\color{a\nb} x",
            "x \\begin{a\nb} \\end{a\nb}",
            "a_i\\begin{al\u{5}\n\\K\n\\\\ a_i\\begin{aligned}o} Y",
        ] {
            let problem = mathematics().mathml(tex, true).expect_err(tex);
            assert!(!problem.to_string().contains(char::is_control), "{tex}: {:?}", problem);
        }
    }

    #[test]
    fn a_problem_behind_a_wrapper_is_where_the_author_wrote_it() {
        let own = BTreeMap::from([("E".to_owned(), r"\mathbb{E} \nope".to_owned())]);
        for tex in [r"a \\ b \tag{1} + \nope", r"显存 + \text{a $x$} \nope", r"a &= \E \\ b"] {
            let problem = Mathematics::new(&own).mathml(tex, true).unwrap_err();
            let want = tex.find(r"\nope").or(tex.find(r"\E"));
            assert_eq!(Some(problem.at), want, "{tex}: {}", problem);
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
                    assert!(n < 500 || deep.unwrap_err().to_string().contains("levels deep"), "{open}");
                }
                for chain in chains {
                    let _ = mathematics.mathml(&(chain.repeat(n) + "x"), true);
                }
            }
            let braces = groups("{", "}", 8_000);
            assert!(mathematics.mathml(&braces, true).unwrap_err().to_string().contains("levels deep"));
            let long = mathematics.mathml(&"x".repeat(100_000), true).unwrap_err();
            assert_eq!(long.to_string(), "the formula is longer than 16 KB; split it");
            let _ = mathematics.mathml(&"x".repeat(LONGEST), true).unwrap();
            let _ = mathematics.mathml(&r"\begin{matrix}".repeat(1_000), true).unwrap_err();
        };
        thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
    }
}
