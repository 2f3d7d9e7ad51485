//! What a platform takes: data, one file for each in `platforms/`.
//!
//! ```toml
//! # platforms/zhihu.toml                      # book.toml, where one of these is to be another
//! [headings]                                  [preprocessor.bilingual.export.zhihu]
//! first = 2                                   tables.cells = "keep"
//! last = 3
//! ```
//!
//! A key that a platform does not say has the default of its table here, which is Markdown that takes everything. A
//! platform that is nowhere but in `book.toml` needs no more than its table there.
//!
//! # Adding a platform
//! A file `platforms/ID.toml`, named as the identifier in front matter, and its line in [`BUILT_IN`].

use std::collections::BTreeMap;
use std::fmt;

use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::{self, Diagnostic, Diagnostics, Message};
use mdbook_bilingual_core::values::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

/// The platforms that are known, in the order in which they are listed.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("zhihu", include_str!("platforms/zhihu.toml")),
    ("wechat", include_str!("platforms/wechat.toml")),
    ("juejin", include_str!("platforms/juejin.toml")),
    ("csdn", include_str!("platforms/csdn.toml")),
    ("dev-to", include_str!("platforms/dev-to.toml")),
    ("markdown", include_str!("platforms/markdown.toml")),
];

/// The keys of front matter that an export can write.
pub const KEYS: &[&str] = &[
    "title",
    "published",
    "description",
    "subtitle",
    "tags",
    "series",
    "cover_image",
    "cover",
    "canonical_url",
    "canonical",
];

/// Declares a choice of few words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant,)+ }
    };
}

words! {
    /// What an export is written in.
    Output {
        /// Markdown: the author's own, spliced.
        #[default]
        Markdown,
        /// HTML for a clipboard, with all styles in its elements.
        Html,
    }
}
words! {
    /// What becomes of front matter.
    FrontMatter {
        /// It is left out.
        #[default]
        None,
        /// The platform has its own keys: [`Platform::keys`].
        Keys,
    }
}
words! {
    /// Where the title goes.
    Title {
        /// Into a field of its own: the report says it.
        #[default]
        Apart,
        /// Above the text, as a heading.
        Heading,
    }
}
words! {
    /// What becomes of a heading that is deeper than the platform has levels.
    Deeper {
        /// The deepest level that there is.
        #[default]
        Last,
        /// A paragraph in bold.
        Bold,
    }
}
words! {
    /// How a formula in a line is written.
    Inline {
        /// `$x$`
        #[default]
        Dollar,
        /// `\(x\)`
        Brackets,
        /// `<img eeimg="1" …>`, the form that Zhihu keeps itself.
        Eeimg,
        /// `{% katex inline %}x{% endkatex %}`
        Liquid,
        /// Drawn; for HTML.
        Svg,
    }
}
words! {
    /// How a formula on lines of its own is written.
    Display {
        /// `$$` on a line above and one below.
        #[default]
        DollarBlock,
        /// `\[` on a line above, and `\]` on one below.
        BracketsBlock,
        /// `<img eeimg="2" …>`, with `\\` behind it unless it has a tag.
        Eeimg,
        /// `{% katex %}` on a line above, and `{% endkatex %}` on one below.
        LiquidBlock,
        /// Drawn; for HTML.
        SvgBlock,
    }
}
words! {
    /// What becomes of the book's own macros.
    Macros {
        /// What they stand for is written.
        #[default]
        Expand,
        /// They stay.
        Keep,
    }
}
words! {
    /// What becomes of formulas in the cells of tables.
    InTable {
        /// They stay.
        #[default]
        Keep,
        /// Characters, where there are such: `x₁`. Else the TeX stays as text, which is a loss.
        Characters,
    }
}
words! {
    /// What the cells of tables hold.
    Cells {
        /// Anything.
        #[default]
        Keep,
        /// Text alone.
        Text,
    }
}
words! {
    /// Where pictures stand.
    Placement {
        /// Where they are, in lines of text, too.
        #[default]
        Keep,
        /// On lines of their own, below the paragraph.
        OwnLine,
    }
}
words! {
    /// What becomes of links to other sites.
    Elsewhere {
        /// They stay.
        #[default]
        Keep,
        /// A number behind the linked words, and a list at the end.
        Numbered,
        /// The linked words.
        Text,
    }
}
words! {
    /// What becomes of links to places of the same page.
    Fragment {
        /// The linked words.
        #[default]
        Text,
        /// They stay.
        Keep,
    }
}
words! {
    /// Where a block of code names its file.
    CodePath {
        /// On a line above it.
        #[default]
        LineAbove,
        /// Where it did.
        Keep,
    }
}
words! {
    /// What becomes of the language of a block of code.
    CodeLanguage {
        /// The platform reads it.
        #[default]
        Keep,
        /// It has to be chosen by hand.
        ByHand,
    }
}
words! {
    /// How emphasis beside Chinese punctuation is written.
    Emphasis {
        /// Punctuation at its end goes outside of it; where that cannot be, with a character of no width.
        #[default]
        Outside,
        /// A character of no width inside of it.
        ZeroWidth,
        /// `<strong>` and `<em>`.
        Html,
        /// As it was.
        Keep,
    }
}
words! {
    /// What becomes of a line break of the source.
    LineBreaks {
        /// The lines are joined: with no gap between Chinese or Japanese characters, else with a space.
        #[default]
        Join,
        /// It stays.
        Keep,
    }
}
words! {
    /// What becomes of footnotes.
    Footnotes {
        /// They stay.
        #[default]
        Keep,
        /// `[1]`, and a numbered list at the end.
        NumberedList,
    }
}
words! {
    /// What becomes of `[!NOTE]` and its relatives.
    Callouts {
        /// A quotation whose first line is the title in bold.
        #[default]
        BoldQuote,
        /// A section with a border; for HTML.
        Section,
        /// They stay.
        Keep,
    }
}
words! {
    /// What becomes of `<details>`.
    Details {
        /// The summary in bold, then the text.
        #[default]
        BoldHeading,
        /// `{% details summary %}` and `{% enddetails %}`.
        Liquid,
        /// It stays.
        Keep,
    }
}
words! {
    /// What becomes of the boxes of a list of tasks.
    Tasks {
        /// They stay.
        #[default]
        Keep,
        /// ☐ and ☑.
        Characters,
    }
}
words! {
    /// What becomes of HTML.
    Html {
        /// Its text.
        #[default]
        Text,
        /// It stays.
        Keep,
    }
}
words! {
    /// What becomes of diagrams.
    Diagrams {
        /// They stay: the platform draws them.
        #[default]
        Keep,
        /// A picture, where somebody can draw one; else the source, as code.
        Picture,
    }
}

/// A table of `platforms/*.toml`.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
        #[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
        pub struct $name { $($(#[$doc])* pub $field: $type,)+ }
    };
}

part! {
    /// A platform.
    Platform {
        /// Its identifier; that of its file.
        id: String,
        /// What people call it.
        name: String,
        /// The address of its editor.
        editor: Option<String>,
        /// What an export is written in.
        output: Output,
        /// The day on which somebody tried the probe page there, as `2026-11-30`.
        tried: Option<String>,
        /// What becomes of front matter.
        front_matter: FrontMatter,
        /// The keys of the platform's own front matter, in order.
        keys: Vec<String>,
        /// Where the title goes.
        title: Title,
        /// Headings.
        headings: Headings,
        /// Formulas.
        math: Math,
        /// Tables.
        tables: Tables,
        /// Pictures.
        pictures: Pictures,
        /// Links.
        links: Links,
        /// Blocks of code.
        code: Code,
        /// Everything else.
        text: Text,
        /// How deep things may stand in one another.
        nesting: Nesting,
        /// What the platform counts.
        limits: Limits,
        /// The styles of elements; for HTML. Each comes in place of the one that is built in.
        styles: BTreeMap<String, String>,
        /// What nobody has tried, by construct: told once, where a note has it.
        unsure: BTreeMap<Construct, String>,
        /// What an author does with the file.
        steps: Vec<String>,
    }
}
part! {
    /// Headings.
    Headings {
        /// The level of the highest heading below the title.
        first: u8,
        /// The deepest level.
        last: u8,
        /// What becomes of deeper ones.
        deeper: Deeper,
    }
}
part! {
    /// Formulas.
    Math {
        /// Those in a line.
        inline: Inline,
        /// Those on lines of their own.
        display: Display,
        /// Whether a formula has to be on one line.
        one_line: bool,
        /// The book's own macros.
        macros: Macros,
        /// Those in the cells of tables.
        table: InTable,
        /// What is written in place of what: `">" = "\\gt "`.
        replace: BTreeMap<String, String>,
        /// What the platform is known to draw badly, such as `\begin{align}`.
        risky: Vec<String>,
    }
}
part! {
    /// Tables.
    Tables {
        /// What their cells hold.
        cells: Cells,
    }
}
part! {
    /// Pictures.
    Pictures {
        /// The extensions that the platform takes; all where none is named.
        formats: Vec<String>,
        /// Where they stand.
        inline: Placement,
        /// Whether one that is nowhere on the web may lie in the text itself.
        data: bool,
        /// Hosts from which the platform fetches slowly, or not at all.
        slow: Vec<String>,
    }
}
part! {
    /// Links.
    Links {
        /// Those to other sites.
        elsewhere: Elsewhere,
        /// The hosts that count as the platform itself.
        own_hosts: Vec<String>,
        /// Those to places of the same page.
        fragment: Fragment,
    }
}
part! {
    /// Blocks of code.
    Code {
        /// Where one names its file.
        path: CodePath,
        /// Its language.
        language: CodeLanguage,
    }
}
part! {
    /// Everything else.
    Text {
        /// Emphasis beside Chinese punctuation.
        emphasis: Emphasis,
        /// Line breaks of the source.
        line_breaks: LineBreaks,
        /// How many blank lines stand between two blocks: 1, or 2 where the editor takes one away.
        blank_lines: u8,
        /// Footnotes.
        footnotes: Footnotes,
        /// Callouts.
        callouts: Callouts,
        /// `<details>`.
        details: Details,
        /// Lists of tasks.
        tasks: Tasks,
        /// Other HTML.
        html: Html,
        /// Diagrams.
        diagrams: Diagrams,
        /// Whether `{%` and `{{` are read as Liquid, so that they have to be escaped in text.
        liquid: bool,
    }
}
part! {
    /// How deep things may stand in one another; 0 is any depth.
    Nesting {
        /// Lists in lists.
        list: usize,
        /// Quotations in quotations.
        quote: usize,
    }
}
part! {
    /// What the platform counts; 0 is no limit.
    Limits {
        /// The characters of a title.
        title: usize,
        /// The characters of a summary.
        summary: usize,
        /// The tags of a post.
        tags: usize,
    }
}

/// What a note is made of, as far as a platform may be unsure about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Construct {
    /// A link to a place of the same page.
    Anchor,
    /// `[!NOTE]` and its relatives.
    Callout,
    /// A block of code.
    Code,
    /// `<details>`.
    Details,
    /// A diagram.
    Diagram,
    /// Emphasis beside Chinese punctuation.
    Emphasis,
    /// A footnote.
    Footnote,
    /// A formula.
    Formula,
    /// A heading.
    Heading,
    /// HTML.
    Html,
    /// A list in a list.
    List,
    /// A picture.
    Picture,
    /// A quotation.
    Quote,
    /// Text that is struck through.
    Strike,
    /// A table.
    Table,
    /// A box of a list of tasks.
    Task,
}

/// Why a platform cannot be read; it displays as a sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformError(Box<Diagnostic>);

impl PlatformError {
    fn new(message: impl Into<Message>) -> Self {
        Self(Box::new(Diagnostic::new(diagnostic::Code::ConfigValue, message)))
    }
}

impl fmt::Display for PlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.0.place() {
            write!(f, "{place}: ")?;
        }
        self.0.message().fmt(f)
    }
}

impl std::error::Error for PlatformError {}

/// A choice as a platform's file writes it.
#[must_use]
pub fn word(choice: &impl Serialize) -> String {
    serde_json::to_value(choice).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The identifiers of all platforms that a book can export for, its own ones last.
#[must_use]
pub fn identifiers(own: &BTreeMap<String, Value>) -> Vec<String> {
    let built_in = BUILT_IN.iter().map(|(id, _)| (*id).to_owned());
    let is_new = |id: &&String| !BUILT_IN.iter().any(|(known, _)| known == id);
    built_in.chain(own.keys().filter(is_new).cloned()).collect()
}

/// What is wrong in what a book says of platforms, whether or not somebody exports for them.
#[must_use]
pub fn check(own: &BTreeMap<String, Value>, book_toml: &BookToml) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    for PlatformError(found) in own.keys().filter_map(|id| Platform::read(id, own, book_toml).err()) {
        diagnostics.push(*found);
    }
    diagnostics
}

impl Platform {
    /// Reads a platform: its file, and what the book says of it.
    ///
    /// # Errors
    /// When there is no such platform, or when the book's table holds what none has; that names its place in `book.toml`.
    pub fn read(id: &str, own: &BTreeMap<String, Value>, book_toml: &BookToml) -> Result<Self, PlatformError> {
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == id).map(|(_, text)| *text);
        if built_in.is_none() && !own.contains_key(id) {
            let all = identifiers(own).join(", ");
            return Err(PlatformError::new(Message::new(
                format!("there is no platform “{id}”"),
                format!(
                    "the platforms are {all}, and [preprocessor.bilingual.export.{id}] in book.toml makes a new one"
                ),
            )));
        }
        let parsed = toml::from_str::<Value>(built_in.unwrap_or_default());
        let no_toml = |error| PlatformError::new(format!("{id}.toml: {error}"));
        let mut value = parsed.map_err(no_toml)?;
        if let Some(own) = own.get(id) {
            merge(&mut value, own);
        }
        let place = book_toml.place(&["preprocessor", "bilingual", "export", id]);
        let wrong = |why: String| {
            let remedy = "the keys and their values are in the guide, under “Export”";
            let PlatformError(found) = PlatformError::new(Message::new(format!("`export.{id}`: {why}"), remedy));
            PlatformError(Box::new(found.at(place.clone())))
        };
        let mut platform: Self = serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
        id.clone_into(&mut platform.id);
        if platform.name.is_empty() {
            id.clone_into(&mut platform.name);
        }
        let headings = &mut platform.headings;
        headings.first = headings.first.max(1);
        headings.last = if headings.last == 0 { 6 } else { headings.last };
        if headings.last > 6 || headings.first > headings.last {
            return Err(wrong(
                "`headings.first` and `headings.last` have to be levels from 1 to 6, in this order".to_owned(),
            ));
        }
        if let Some(key) = platform.keys.iter().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(wrong(format!(
                "nobody knows the key “{key}” of front matter; the keys are {}",
                KEYS.join(", ")
            )));
        }
        if let Some(day) = platform.tried.as_deref().filter(|day| Date::parse(day).is_err()) {
            return Err(wrong(format!("`tried` is “{day}”, and no day such as 2026-11-30")));
        }
        platform.unsure.retain(|_, what| !what.trim().is_empty());
        platform.text.blank_lines = platform.text.blank_lines.clamp(1, 2);
        let is_drawn = platform.math.inline == Inline::Svg || platform.math.display == Display::SvgBlock;
        if is_drawn && platform.output == Output::Markdown {
            return Err(wrong("formulas are drawn for `output = \"html\"` only".to_owned()));
        }
        Ok(platform)
    }

    /// Whether a picture with this extension is taken.
    #[must_use]
    pub fn takes(&self, extension: &str) -> bool {
        let formats = &self.pictures.formats;
        formats.is_empty() || formats.iter().any(|format| format.eq_ignore_ascii_case(extension))
    }
}

impl Links {
    /// Whether a link to an address may stay a link: to any, or to the platform's own pages.
    #[must_use]
    pub fn may_lead_to(&self, address: &str) -> bool {
        self.elsewhere == Elsewhere::Keep
            || Url::parse(address).is_ok_and(|url| {
                let is_web = matches!(url.scheme(), "http" | "https");
                is_web && url.host_str().is_some_and(|host| self.own_hosts.iter().any(|own| own == host))
            })
    }
}

/// Puts the keys of one table into another, tables into tables.
fn merge(base: &mut Value, own: &Value) {
    match (base, own) {
        (Value::Object(base), Value::Object(own)) => {
            for (key, value) in own {
                merge(base.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (base, own) => base.clone_from(own),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(id: &str, own: &str) -> Result<Platform, String> {
        let table: BTreeMap<String, Value> = toml::from_str(own).unwrap();
        let text = format!("[preprocessor.bilingual.export]\n{}", own.replace('[', "[preprocessor.bilingual.export."));
        Platform::read(id, &table, &BookToml::new(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn every_file_says_what_a_platform_needs() {
        for (id, _) in BUILT_IN {
            let platform = read(id, "").unwrap();
            assert_eq!(platform.id, *id);
            assert!(!platform.steps.is_empty() && !platform.name.is_empty(), "{id}");
            assert_eq!(platform.front_matter == FrontMatter::Keys, !platform.keys.is_empty(), "{id}");
        }
    }

    #[test]
    fn a_book_changes_a_key_or_adds_a_platform() {
        let zhihu = read("zhihu", "[zhihu]\ntext.tasks = \"keep\"\nmath = { inline = \"eeimg\" }\n").unwrap();
        assert_eq!((zhihu.text.tasks, zhihu.text.callouts), (Tasks::Keep, Callouts::BoldQuote));
        assert_eq!((zhihu.math.inline, zhihu.math.display), (Inline::Eeimg, Display::DollarBlock));
        let blog = read("blog", "[blog]\nname = \"My blog\"\nlinks.fragment = \"keep\"\n").unwrap();
        assert_eq!((blog.id.as_str(), blog.name.as_str(), blog.headings.last), ("blog", "My blog", 6));
    }

    #[test]
    fn what_is_wrong_says_where_and_what_to_do() {
        let said = read("zhihu", "[zhihu]\ntext.task = \"keep\"\n").unwrap_err();
        assert!(said.starts_with("book.toml:2:"), "{said}");
        assert!(said.contains(": `export.zhihu`: unknown field `task`, expected one of "), "{said}");
        let said = read("zhihu", "[zhihu]\ntext.tasks = \"characters!\"\n").unwrap_err();
        assert!(said.contains("unknown variant `characters!`, expected `keep` or `characters`"), "{said}");
        let said = read("mastodon", "").unwrap_err();
        assert!(
            said.starts_with("there is no platform “mastodon”; the platforms are zhihu, wechat, juejin, csdn, "),
            "{said}"
        );
        assert!(read("juejin", "[juejin]\nmath.inline = \"svg\"\n").is_err());
        assert!(read("juejin", "[juejin]\nheadings.first = 7\n").is_err());
    }
}
