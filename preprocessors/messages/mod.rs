//! Every sentence that a reader sees, in the reader's language, in Project Fluent's syntax.
//!
//! A new language is one more file here and one more line in the table below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::diagnostic::{Message, says};
use crate::platforms::Platform;
use crate::values::Language;

/// The languages that we speak. English stands in for all others, and has every message.
const BUILT_IN: &[(&str, &str)] = &[
    ("en", include_str!("en.ftl")),
    ("zh-CN", include_str!("zh-CN.ftl")),
    ("zh-TW", include_str!("zh-TW.ftl")),
    ("ja", include_str!("ja.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

/// The messages of a book's languages.
pub struct Messages {
    /// For each language, what is asked first comes first; English comes last.
    bundles: BTreeMap<Language, Vec<Bundle>>,
}

/// What a message's variable stands for.
#[derive(Debug, Clone, Copy)]
pub enum Argument<'a> {
    /// Text.
    Text(&'a str),
    /// A count, which decides between singular and plural.
    Count(usize),
}

/// A piece of a sentence in which some variables stand for more than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, not yet escaped.
    Text(String),
    /// The variable at this position of the list that was asked for.
    Slot(usize),
}

/// Why a book cannot have a text in place of one of our messages; it displays as a sentence with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageError {
    /// There is no message of this name: the one that may have been meant, else all that there are.
    Unknown {
        /// What was written.
        id: String,
        /// The name that is nearly the same.
        near: Option<&'static str>,
        /// Where none is, the names of all messages.
        names: Vec<&'static str>,
    },
    /// Nothing would be left of it.
    Empty,
    /// It has more bytes than any sentence.
    TooLong,
    /// Its braces and brackets are nested too deep.
    TooDeep,
    /// It is not in Fluent's syntax.
    NotFluent(String),
    /// Without this variable there would be nothing to follow, or nothing to read.
    MissingVariable(String),
    /// It uses a variable that the message has not got.
    UnknownVariable {
        /// What was written, without its dollar.
        unknown: String,
        /// What the message has.
        known: BTreeSet<String>,
    },
    /// It refers to a term, a function or another message.
    Unresolved {
        /// What was written.
        text: String,
        /// What Fluent says of it.
        why: String,
    },
}

impl MessageError {
    /// What is wrong, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        const BRACE: &str = "write a brace as {\"{\"}";
        match self {
            Self::Unknown { id, near, names } => {
                let remedy = match near {
                    Some(near) => format!("did you mean “{near}”?"),
                    None => format!("the names are {}", names.join(", ")),
                };
                Message::new(format!("there is no message “{id}”"), remedy)
            }
            Self::Empty => Message::new("a message cannot be empty", "leave it out, and ours stands"),
            Self::TooLong => Message::new(format!("this message has more than {LONGEST} bytes"), "shorten it"),
            Self::TooDeep => {
                Message::new(format!("braces and brackets are nested in this message more than {DEEPEST} times"), BRACE)
            }
            Self::NotFluent(text) => Message::new(format!("“{text}” is not a Fluent message"), BRACE),
            Self::MissingVariable(lost) => format!("this message needs {{ ${lost} }}").into(),
            Self::UnknownVariable { unknown, known } if known.is_empty() => {
                format!("this message has no variables, so there is no ${unknown}").into()
            }
            Self::UnknownVariable { unknown, known } => {
                let known: Vec<String> = known.iter().map(|name| format!("${name}")).collect();
                Message::new(
                    format!("this message has no ${unknown}"),
                    format!("its variables are {}", known.join(", ")),
                )
            }
            Self::Unresolved { text, why } => Message::new(
                format!("“{text}” refers to something that is not there ({why})"),
                "use text and variables only",
            ),
        }
    }
}

says!(MessageError);

/// The first of the characters that stand for slots while Fluent puts a sentence together. They are private, and no
/// text keeps them.
const SLOT: char = '\u{f0000}';

impl Messages {
    /// The messages of these languages, with what the book replaces: language → name → text in Fluent's syntax.
    #[must_use]
    pub fn new(languages: &[Language], replaced: &BTreeMap<&Language, &BTreeMap<String, String>>) -> Self {
        let english = Language::english();
        let bundles = languages
            .iter()
            .chain([&english])
            .map(|language| {
                let mut chain = Vec::new();
                if let Some(own) = replaced.get(language) {
                    let text: String = own.iter().map(|(id, text)| entry(id, text)).collect();
                    chain.push(bundle(language.tag(), text));
                }
                chain.extend(built_in(language).map(|(tag, text)| bundle(tag, text.to_owned())));
                chain.push(bundle("en", BUILT_IN[0].1.to_owned()));
                (language.clone(), chain)
            })
            .collect();
        Self { bundles }
    }

    /// A message as text.
    #[must_use]
    pub fn text(&self, language: &Language, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let chain = self.bundles.get(language).or_else(|| {
            // A page may be in a language that the book does not list.
            self.bundles.get(&Language::english())
        });
        let mut args = FluentArgs::new();
        for (name, argument) in arguments {
            let value = match argument {
                Argument::Text(text) => FluentValue::from(*text),
                Argument::Count(count) => FluentValue::from(*count),
            };
            args.set(*name, value);
        }
        let found = chain.into_iter().flatten().find_map(|bundle| {
            let pattern = bundle.get_message(id)?.value()?;
            Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
        });
        found.unwrap_or_else(|| id.to_owned())
    }

    /// A message in which `slots` are variables that stand for more than text.
    #[must_use]
    pub fn sentence(
        &self,
        language: &Language,
        id: &str,
        arguments: &[(&str, Argument<'_>)],
        slots: &[&str],
    ) -> Vec<Piece> {
        let marks: Vec<String> = (0..slots.len()).map(|at| slot(at).to_string()).collect();
        let slot_arguments = slots.iter().zip(&marks).map(|(name, mark)| (*name, Argument::Text(mark)));
        let all: Vec<_> = arguments.iter().copied().chain(slot_arguments).collect();
        let mut pieces = Vec::new();
        let mut text = String::new();
        for c in self.text(language, id, &all).chars() {
            match (0..slots.len()).find(|at| slot(*at) == c) {
                Some(at) => {
                    pieces.extend((!text.is_empty()).then(|| Piece::Text(std::mem::take(&mut text))));
                    pieces.push(Piece::Slot(at));
                }
                None => text.push(c),
            }
        }
        pieces.extend((!text.is_empty()).then_some(Piece::Text(text)));
        pieces
    }

    /// What authors are told in.
    #[must_use]
    pub fn for_authors() -> Self {
        Self::new(&[Language::english()], &BTreeMap::new())
    }

    /// The name of a platform as authors are told it.
    #[must_use]
    pub fn platform_for_authors(&self, platform: &Platform) -> String {
        self.platform(&Language::english(), platform)
    }

    /// The name of a platform.
    #[must_use]
    pub fn platform(&self, language: &Language, platform: &Platform) -> String {
        match platform {
            Platform::Known(site) => self.text(language, &format!("platform-{}", site.id), &[]),
            Platform::Other(name) => name.clone(),
        }
    }
}

fn slot(at: usize) -> char {
    char::from_u32(SLOT as u32 + u32::try_from(at).unwrap_or(0)).unwrap_or(SLOT)
}

/// Our messages for a language, and under which tag they are.
fn built_in(language: &Language) -> Option<(&'static str, &'static str)> {
    language.fallbacks().iter().find_map(|tag| BUILT_IN.iter().find(|(own, _)| own == tag).copied())
}

fn bundle(tag: &str, text: String) -> Bundle {
    // The rules for plurals come from the tag; a tag that Unicode does not know has those of English.
    let tag: LanguageIdentifier = tag.parse().unwrap_or_else(|_| "en".parse().expect("a tag"));
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would become part of titles and of what readers copy.
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// One message in Fluent's syntax. Further lines have to be indented.
fn entry(id: &str, text: &str) -> String {
    format!("{id} = {}\n", text.lines().map(str::trim).collect::<Vec<_>>().join("\n    "))
}

/// Whether there are messages in a language; else English stands in.
#[must_use]
pub fn speak(language: &Language) -> bool {
    built_in(language).is_some()
}

/// The longest message that a book may have, in bytes; ours have a few hundred.
const LONGEST: usize = 4000;

/// How deep a message is nested at most: a choice in a choice in a choice is six deep.
const DEEPEST: usize = 16;

/// Every message: its name, and its text in English.
#[must_use]
pub fn all() -> Vec<(&'static str, &'static str)> {
    entries(BUILT_IN[0].1).collect()
}

/// Whether a book may say `text` for the message `id`.
///
/// # Errors
/// When there is no such message, when the text is not Fluent, or when it uses a variable that the message has not got.
pub fn check(id: &str, text: &str) -> Result<(), MessageError> {
    static ENGLISH: LazyLock<BTreeMap<&str, BTreeSet<String>>> = LazyLock::new(|| messages_of(BUILT_IN[0].1));
    let Some(ours) = ENGLISH.get(id) else {
        let near =
            ENGLISH.keys().find(|known| id.len() < 2 * known.len() && strsim::damerau_levenshtein(known, id) <= 3);
        let names = if near.is_some() { Vec::new() } else { ENGLISH.keys().copied().collect() };
        return Err(MessageError::Unknown { id: id.to_owned(), near: near.copied(), names });
    };
    if text.trim().is_empty() {
        return Err(MessageError::Empty);
    }
    if text.len() > LONGEST {
        return Err(MessageError::TooLong);
    }
    // Braces that stand for themselves go no deeper.
    let plain = text.replace(r#"{"{"}"#, "").replace(r#"{"}"}"#, "");
    if depth(&plain) > DEEPEST {
        return Err(MessageError::TooDeep);
    }
    match FluentResource::try_new(entry(id, text)) {
        Ok(resource) if resource.entries().count() == 1 => {}
        _ => return Err(MessageError::NotFluent(text.to_owned())),
    }
    let used = variables(text);
    // Without these there would be nothing to follow, or nothing to read.
    if let Some(lost) = ours.iter().find(|name| matches!(name.as_str(), "links" | "title") && !used.contains(*name)) {
        return Err(MessageError::MissingVariable(lost.clone()));
    }
    match used.difference(ours).next() {
        None => says_something(id, text, ours),
        Some(unknown) => Err(MessageError::UnknownVariable { unknown: unknown.clone(), known: ours.clone() }),
    }
}

/// How deep braces are nested in a message, and brackets in those: the parser of Fluent goes one call deeper for each,
/// and a stack that is full ends the program.
fn depth(text: &str) -> usize {
    let (mut braces, mut brackets, mut deepest) = (0usize, 0usize, 0);
    for c in text.chars() {
        match c {
            '{' => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            // Outside of braces it is text.
            '(' if braces > 0 => brackets += 1,
            ')' => brackets = brackets.saturating_sub(1),
            _ => continue,
        }
        if braces == 0 {
            brackets = 0;
        }
        deepest = deepest.max(braces + brackets);
    }
    deepest
}

/// Whether a text can be put together from these variables alone, and is not empty then.
fn says_something(id: &str, text: &str, variables: &BTreeSet<String>) -> Result<(), MessageError> {
    let bundle = bundle("en", entry(id, text));
    let mut args = FluentArgs::new();
    for name in variables {
        let counts = matches!(name.as_str(), "minutes" | "changes" | "days" | "notes");
        args.set(name.as_str(), if counts { FluentValue::from(2) } else { FluentValue::from("x") });
    }
    let mut wrong = Vec::new();
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    let said = pattern.map(|pattern| bundle.format_pattern(pattern, Some(&args), &mut wrong).into_owned());
    match (wrong.first(), said) {
        (Some(why), _) => Err(MessageError::Unresolved { text: text.to_owned(), why: why.to_string() }),
        (None, Some(said)) if !said.trim().is_empty() => Ok(()),
        (None, _) => Err(MessageError::Empty),
    }
}

/// The messages of a file: name → the variables that it uses.
fn messages_of(file: &str) -> BTreeMap<&str, BTreeSet<String>> {
    entries(file).map(|(id, text)| (id, variables(text))).collect()
}

/// The messages of a file, each with its text.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = std::iter::once(0).chain(file.match_indices('\n').map(|(at, _)| at + 1));
    lines.filter_map(|at| {
        let (id, text) = file[at..].split_once(" = ").filter(|(id, _)| !id.contains(['#', ' ', '\n']))?;
        let ends = |at: &usize| !text[at + 1..].starts_with([' ', '}']);
        let end = text.match_indices('\n').map(|(at, _)| at).find(ends).unwrap_or(text.len());
        Some((id, &text[..end]))
    })
}

/// The variables of a text in Fluent's syntax, without their dollar.
fn variables(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    text.split('{').skip(1).filter_map(|inside| inside.trim_start().strip_prefix('$')).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::SITES;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    #[test]
    fn all_languages_say_the_same() {
        let english = messages_of(BUILT_IN[0].1);
        assert!(english.len() > 40);
        for (tag, text) in BUILT_IN {
            assert_eq!(messages_of(text), english, "{tag}");
            assert!(FluentResource::try_new((*text).to_owned()).is_ok(), "{tag}");
        }
    }

    #[test]
    fn each_site_has_a_name_and_each_name_a_site() {
        let english = messages_of(BUILT_IN[0].1);
        let names = |prefix: &str| -> BTreeSet<String> {
            english.keys().filter_map(|id| id.strip_prefix(prefix)).map(str::to_owned).collect()
        };
        let (languages, mut sites) = (names("platform-language-"), names("platform-"));
        sites.retain(|name| !name.starts_with("language-"));
        assert_eq!(sites, SITES.iter().map(|site| site.id.to_owned()).collect());
        let spoken = SITES.iter().filter_map(|site| site.language).map(|tag| language(tag).primary().to_owned());
        assert_eq!(languages, spoken.collect());
    }

    #[test]
    fn a_language_without_messages_speaks_english() {
        let languages = [language("tlh"), language("zh-HK")];
        let messages = Messages::new(&languages, &BTreeMap::new());
        assert_eq!(messages.text(&languages[0], "status-draft", &[]), "Draft");
        assert_eq!(messages.text(&languages[1], "status-outdated", &[]), "已過時");
        assert!(!speak(&languages[0]) && speak(&languages[1]));
    }

    #[test]
    fn a_book_replaces_what_it_likes() {
        let own = BTreeMap::from([("cross-post".to_owned(), "See <b>{ $links }</b>".to_owned())]);
        let english = language("en");
        let messages = Messages::new(&[language("en")], &BTreeMap::from([(&english, &own)]));
        assert_eq!(
            messages.sentence(&language("en"), "cross-post", &[], &["links"]),
            [Piece::Text("See <b>".into()), Piece::Slot(0), Piece::Text("</b>".into())]
        );
        assert_eq!(messages.text(&language("en"), "status-draft", &[]), "Draft");
    }

    #[test]
    fn plurals() {
        let messages = Messages::new(&[language("en")], &BTreeMap::new());
        let time = |minutes| messages.text(&language("en"), "reading-time", &[("minutes", Argument::Count(minutes))]);
        assert_eq!((time(1).as_str(), time(5).as_str()), ("1 minute", "5 minutes"));
    }

    #[test]
    fn replacements_are_checked() {
        assert!(check("status-draft", "First {\"{\"} version").is_ok());
        assert!(check("status-draft", "two\nlines").is_ok());
        assert!(check("status-draft", "{ $").is_err());
        assert!(check("status-draf", "x").unwrap_err().to_string().contains("did you mean “status-draft”?"));
        assert!(
            check("cross-post", "{ $links }, { $lnks }")
                .unwrap_err()
                .to_string()
                .contains("no $lnks; its variables are $links")
        );
        assert!(check("cross-post-only", "Elsewhere.").unwrap_err().to_string().contains("needs { $links }"));
        for text in ["{ nope }", "{ -term }", "{ NOPE(3) }", "{ undated }", "{ cross-post }", "{\"\"}"] {
            assert!(check("undated", text).is_err(), "{text}");
        }
        assert!(check("reading-time", "{ $minutes ->\n[one] a\n*[other] { $minutes }\n}").is_ok());
        assert!(check("undated", " ").unwrap_err().to_string().contains("cannot be empty"));
        assert!(check("undated", "{ $x }").unwrap_err().to_string().contains("has no variables"));
        assert!(check("status-draft", "a\nundated = b").is_ok_and(|()| true));
    }

    #[test]
    fn no_message_is_too_deep_or_too_long() {
        for text in ["{", "{ FOO(", "{ $x -> *[a] ", "{ $x -> *[a] \"", "{\"{\"}{", "({", "{ -a(b: "] {
            for count in [20, 400, 100_000] {
                let said = check("status-draft", &text.repeat(count)).unwrap_err().to_string();
                assert!(said.len() < 5000, "{text} {count}: {said}");
            }
        }
        assert!(check("status-draft", &"x".repeat(LONGEST + 1)).unwrap_err().to_string().contains("shorten it"));
        assert!(check("status-draft", &"{\"{\"}".repeat(100)).is_ok());
        assert!(check("status-draft", &"a :( b".repeat(100)).is_ok());
        let deep = |depth: usize| format!("{}\"x\"{}", "{".repeat(depth), "}".repeat(depth));
        assert!(check("status-draft", &deep(DEEPEST)).is_ok());
        assert!(check("status-draft", &deep(DEEPEST + 1)).unwrap_err().to_string().contains("nested"));
    }
}
