//! What the info string of a block of code says: a language, and maybe where the code is from.
//!
//! mdBook takes what stands before the first space, tab or comma for the language, and makes a class of it. Its
//! highlight.js (10.1) then reads `[\w-]+` behind `language-`: of `c++` it sees C, of `12:40:a.py` it sees `12`, and of
//! `{.python}` nothing. So a language has to be a name that it knows, and no more.
//!
//! | info string | language | shown |
//! |---|---|---|
//! | `python:a/b.py` | Python | `a/b.py` |
//! | `12:40:a/b.py`, as editors refer to lines | by its extension: Python | `a/b.py:12-40` |
//! | `1:9:https://example.org/b.py` | Python | a link |
//! | `python title="b.py"` (or `file`, `filename`) | Python | `b.py` |
//! | `a/b.py`, `Makefile` | by its name | `a/b.py` |
//! | `{.python .numberLines}`, `{python}` | Python | |
//! | `c++`, `C#`, `cuda` | C++, C#, C++ | |
//! | `rust,ignore`, `python {1,3}`, `mermaid`, anything else | stays | |

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::markdown::Fence;

/// The names that highlight.js of mdBook 0.5 knows, aliases included, as far as they are words.
const KNOWN: &str = "apache apacheconf arm armasm atom bash c c-like cc cjs coffee coffeescript console cpp cs csharp \
    cson css cxx d diff gemspec go golang gyp h handlebars haskell hbs hh hpp hs html htmlbars http https hxx iced ini \
    ipython irb java javascript js json jsp jsx julia kotlin kt less lua mak makefile markdown md mjs mk mkd mkdown mm \
    nginx nginxconf nim nix nixos obj-c objc objectivec patch perl php php-template php3 php4 php5 php6 php7 pl \
    plaintext plist pm podspec properties py pycon python python-repl r rb rs rss ruby rust scala scss sh shell sql svg \
    swift text thor toml ts txt typescript wsf x86asm xhtml xjb xml xsd xsl yaml yml zsh";

/// For some of them: other names, and extensions of files, that it does not know.
const CALLED: &[(&str, &str)] = &[
    ("console", "shell-session shellsession sh-session"),
    ("cpp", "c++ cu cuda cuh h++ hip ino ipp"),
    ("csharp", "c#"),
    ("html", "htm vue"),
    ("ini", "cfg"),
    ("javascript", "json5 jsonc"),
    ("json", "jsonl"),
    ("julia", "jl"),
    ("kotlin", "kts"),
    ("objectivec", "objective-c objectivec++"),
    ("plaintext", "log"),
    ("python", "bazel bzl py3 pyi python3 pyx"),
    ("ruby", "rake"),
    ("scala", "sc"),
    ("typescript", "tsx"),
    ("x86asm", "asm nasm"),
];

/// What a file of this name is written in, whatever its extension.
const FILES: &[(&str, &str)] = &[
    ("bash", ".bashrc .profile .zshrc"),
    ("makefile", "gnumakefile makefile"),
    ("nginx", "nginx.conf"),
    ("ruby", "gemfile rakefile"),
];

/// An info string that says more than mdBook understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// The bytes that say it.
    pub range: Range<usize>,
    /// What says the same to mdBook.
    pub text: String,
    /// Where the code is from, to be shown.
    pub source: Option<CodeSource>,
}

/// Where code is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSource {
    /// What readers see: a path, or the rest of an address, with the lines behind it.
    pub name: String,
    /// Where it leads, if that was an address.
    pub url: Option<String>,
    /// Where the block of code begins.
    pub at: usize,
    /// What begins a line of the text there, in lists and quotes.
    pub prefix: String,
}

/// Reads the info string of a block that is not shown in another way.
pub(super) fn read(text: &str, fence: &Fence) -> Option<Info> {
    let info = text.get(fence.info.clone()).filter(|info| !info.is_empty() && !fence.is_shown())?;
    // Most blocks just say what they are.
    if is_known(info) {
        return None;
    }
    let InfoString { len, language, source } = said(info)?;
    let range = fence.info.start..fence.info.start + len;
    // A file of the reader's own project is nothing to run.
    let text_of = |language: String| match language.as_str() {
        "rust" | "rs" if source.is_some() => "rust,noplayground".to_owned(),
        _ => language,
    };
    let source = source
        .clone()
        .and_then(|(name, url)| Some(CodeSource { name, url, at: fence.range.start, prefix: prefix(text, fence)? }));
    Some(Info { range, text: text_of(language), source })
        .filter(|said| text[said.range.clone()] != said.text || said.source.is_some())
}

/// What an info string says.
struct InfoString {
    /// How many of its bytes say it.
    len: usize,
    language: String,
    /// What is shown, and where that leads.
    source: Option<(String, Option<String>)>,
}

fn said(info: &str) -> Option<InfoString> {
    if let Some(inside) = info.strip_prefix('{') {
        return attributes(info, inside);
    }
    let word = info.split([' ', '\t', ',']).next().unwrap_or_default();
    let whole = |language, source| Some(InfoString { len: info.len(), language, source: Some(source) });
    if let Some((lines, path)) = lines(info) {
        return whole(by_name(path)?, shown(path, &lines));
    }
    if let Some((language, path)) = word.split_once(':').filter(|(_, path)| !path.starts_with("//")) {
        let language = known(language)?;
        if path.is_empty() {
            return Some(InfoString { len: word.len(), language, source: None });
        }
        // `lang:a b.py`: a path may have spaces. What has an attribute or a flag behind it ends at the first one.
        let path = &info[word.len() - path.len()..];
        let path = if path.contains(['=', '{', ',']) { path.split([' ', '\t', ',']).next()? } else { path };
        let (path, lines) = lines_behind(path);
        return whole(language, shown(path, &lines));
    }
    if let Some(language) = known(word) {
        if let Some(title) = title(&info[word.len()..]) {
            return whole(language, (title.to_owned(), None));
        }
        return (!is_known(&word.to_ascii_lowercase())).then_some(InfoString {
            len: word.len(),
            language,
            source: None,
        });
    }
    // `a/b.py` alone; with something behind it, it could be anything.
    let is_path = word.len() == info.len() && !word.contains(['(', '"', '<', '{']);
    let (path, lines) = lines_behind(word);
    if is_path { whole(by_name(path)?, shown(path, &lines)) } else { None }
}

/// `{.python .numberLines #id}` and `{python}`.
fn attributes(info: &str, inside: &str) -> Option<InfoString> {
    let inside = inside.strip_suffix('}')?;
    let mut words = inside.split([' ', '\t', ',']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let language = known(first.strip_prefix('.').unwrap_or(first))?;
    let title = title(inside).map(|title| (title.to_owned(), None));
    // What mdBook knows besides a language are classes too.
    let classes: Vec<&str> = words.filter_map(|word| word.strip_prefix('.')).collect();
    let language = std::iter::once(language.as_str()).chain(classes).collect::<Vec<_>>().join(",");
    Some(InfoString { len: info.len(), language, source: title })
}

/// `12:40:path`, or `12:path`: the lines, and the rest.
fn lines(info: &str) -> Option<(String, &str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = info.split_once(':').filter(|(first, _)| is_number(first))?;
    match rest.split_once(':').filter(|(last, _)| is_number(last)) {
        Some((last, path)) => Some((if first == last { first.to_owned() } else { format!("{first}-{last}") }, path)),
        None => Some((first.to_owned(), rest)),
    }
}

/// `path:12` and `path:12-40`: the path, and the lines.
fn lines_behind(path: &str) -> (&str, String) {
    let is_lines = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    match path.rsplit_once(':').filter(|(path, lines)| !path.is_empty() && is_lines(lines)) {
        Some((path, lines)) => (path, lines.to_owned()),
        None => (path, String::new()),
    }
}

/// What readers see of a path with these lines, and where it leads.
fn shown(path: &str, lines: &str) -> (String, Option<String>) {
    let path = path.trim();
    let behind = if lines.is_empty() { String::new() } else { format!(":{lines}") };
    let rest = path.strip_prefix("https://").or_else(|| path.strip_prefix("http://"));
    let url = rest.filter(|_| !path.contains(char::is_whitespace)).map(|_| path.to_owned());
    (format!("{}{behind}", rest.filter(|_| url.is_some()).unwrap_or(path)), url)
}

/// The value of `title="…"`, `file=…` or `filename=…`.
fn title(rest: &str) -> Option<&str> {
    ["title=", "filename=", "file="].into_iter().find_map(|key| {
        let (before, value) = rest.split_once(key)?;
        let begins = before.is_empty() || before.ends_with([' ', '\t', ',', '{']);
        let value = match value.chars().next().filter(|quote| begins && matches!(quote, '"' | '\'')) {
            Some(quote) => value[1..].split(quote).next()?,
            None if begins => value.split([' ', '\t', ',', '}']).next()?,
            None => return None,
        };
        Some(value.trim()).filter(|value| !value.is_empty())
    })
}

/// Whether highlight.js knows this name, in lower case.
fn is_known(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| KNOWN.split_ascii_whitespace().collect());
    NAMES.contains(name)
}

/// What a table says of this name, in lower case.
fn called(table: &[(&str, &str)], name: &str) -> Option<String> {
    let found = table.iter().find(|(_, names)| names.split_ascii_whitespace().any(|called| called == name));
    found.map(|(known, _)| (*known).to_owned())
}

/// The name of a language that highlight.js knows.
fn known(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    called(CALLED, &name).or_else(|| is_known(&name).then_some(name))
}

/// The language of a file.
fn by_name(path: &str) -> Option<String> {
    let path = path.trim().split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    called(FILES, &name).or_else(|| {
        let (stem, extension) = name.rsplit_once('.')?;
        // The short names are extensions of files; the long ones are none.
        if stem.is_empty() { None } else { known(extension) }
    })
}

/// What begins a line of the text that the block stands in: what is before its last fence.
fn prefix(text: &str, fence: &Fence) -> Option<String> {
    let block = &text[fence.range.clone()];
    let mark = block.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (_, last) = block.rsplit_once('\n')?;
    let before = last.trim_end_matches(mark);
    let is_closed = last.len() - before.len() >= 3 && before.chars().all(|c| matches!(c, ' ' | '\t' | '>'));
    is_closed.then(|| before.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of an info string, the language that it says, and what is shown.
    fn told(info: &str) -> Option<(String, String, String)> {
        said(info).map(|InfoString { len, language, source }| {
            let shown = source.map(|(name, url)| url.map_or(name.clone(), |url| format!("{name} → {url}")));
            (info[len..].to_owned(), language, shown.unwrap_or_default())
        })
    }

    #[test]
    fn conventions() {
        for (info, rest, language, shown) in [
            ("python:sglang/srt/server.py", "", "python", "sglang/srt/server.py"),
            ("python:", "", "python", ""),
            ("py:a b.py", "", "py", "a b.py"),
            ("cpp:a.cu:12-40", "", "cpp", "a.cu:12-40"),
            ("46:67:verl/trainer/config/algorithm.py", "", "py", "verl/trainer/config/algorithm.py:46-67"),
            ("7:7:a.rs", "", "rs", "a.rs:7"),
            ("1:121:https://github.com/o/r/a.py", "", "py", "github.com/o/r/a.py:1-121 → https://github.com/o/r/a.py"),
            ("a/b.cu", "", "cpp", "a/b.cu"),
            ("src/Makefile", "", "makefile", "src/Makefile"),
            ("python title=\"a b.py\" {1,3}", "", "python", "a b.py"),
            ("rust,file=src/a.rs", "", "rust", "src/a.rs"),
            ("{.python .numberLines}", "", "python,numberLines", ""),
            ("{.rust .ignore}", "", "rust,ignore", ""),
            ("{python}", "", "python", ""),
            ("{.py title=\"x.py\"}", "", "py", "x.py"),
            ("C++", "", "cpp", ""),
            ("c#,editable", ",editable", "csharp", ""),
            ("cuda {1}", " {1}", "cpp", ""),
        ] {
            let want = (rest.to_owned(), language.to_owned(), shown.to_owned());
            assert_eq!(told(info), Some(want), "{info}");
        }
    }

    #[test]
    fn what_is_no_convention() {
        for info in [
            "python",
            "Python",
            "YAML",
            "rust,ignore,editable",
            "rust,should_panic",
            "rust, edition2018",
            "python {1,3}",
            "python showLineNumbers",
            "bt",
            "dockerfile",
            "pseudocode",
            "toml",
            "12:40:a.unknown",
            "note:a",
            "admonish note title=\"x\"",
            "__type(key, __u16);",
            "See https://a.b/c.py for more",
            "{r",
            "{code-block} python",
            "asp.net",
            ".py",
            "http://a.b/c",
            "{}",
            "{.unknown}",
            ":",
            "::",
            "12:",
            "title=\"x.py\"",
        ] {
            assert_eq!(told(info), None, "{info}");
        }
    }

    #[test]
    fn the_tables_agree() {
        for (language, names) in CALLED {
            assert!(is_known(language), "{language}");
            assert!(!names.split_ascii_whitespace().any(is_known), "{names}");
        }
        assert!(FILES.iter().all(|(language, _)| is_known(language)));
    }
}
