//! What authors call things: languages, statuses, and publishing somewhere else.
//!
//! ```text
//! [英文版本](x_en.md)  [Read in English](x_en.md)  [EN](x_en.md)     →   a link to the English edition
//! [Pending Review] KV cache                                           →   a status
//! 同样刊载于[知乎](https://zhuanlan.zhihu.com/p/1)                      →   a cross-post
//! 感谢作者的[知乎文章](https://zhuanlan.zhihu.com/p/2)                   →   somebody else's text
//! ```
//!
//! The words that are built in are those of Chinese, English, Japanese and Korean authors. Languages have the names that
//! CLDR knows, in these languages, a few others and themselves. A book adds its own in `[preprocessor.bilingual.words]` and as `names` of a language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;

use crate::platforms::Platform;
use crate::values::name::simplified;
use crate::values::{Language, Status, StatusMark, language, status};

/// Words that may stand around the name of a language in the text of a link.
const AROUND: &[&str] = &[
    "a",
    "also",
    "are",
    "article",
    "available",
    "docs",
    "document",
    "documentation",
    "edition",
    "for",
    "here",
    "in",
    "is",
    "language",
    "note",
    "or",
    "original",
    "page",
    "post",
    "read",
    "readme",
    "readme.md",
    "see",
    "switch",
    "text",
    "the",
    "this",
    "to",
    "translated",
    "translation",
    "version",
    "view",
];

/// Words that stand around the name of a language in other languages: `Lire en français`, `На русском`. They count only
/// where the name is left, so that one that is a tag as well stays one: `EN`, `de`.
const AROUND_ELSEWHERE: &[&str] = &[
    "auf",
    "baca",
    "bản",
    "czytaj",
    "dalam",
    "de",
    "em",
    "en",
    "fassung",
    "i",
    "la",
    "leer",
    "leggi",
    "leia",
    "ler",
    "lesen",
    "lire",
    "läs",
    "læs",
    "le",
    "les",
    "lees",
    "na",
    "no",
    "oku",
    "po",
    "på",
    "sürüm",
    "versi",
    "versie",
    "versio",
    "versione",
    "versión",
    "versjon",
    "versão",
    "verze",
    "wersja",
    "đọc",
    "версия",
    "версію",
    "версія",
    "мовою",
    "на",
    "по",
    "читать",
    "читати",
    "языке",
];

/// The same in languages that are written without spaces.
const AROUND_EAST_ASIAN: &[&str] = &[
    "はこちら",
    "で読む",
    "で表示",
    "を読む",
    "翻訳",
    "バージョン",
    "ページ",
    "版本",
    "版",
    "文档",
    "文檔",
    "文章",
    "原文",
    "翻译",
    "翻譯",
    "译文",
    "譯文",
    "译本",
    "说明",
    "說明",
    "介绍",
    "介紹",
    "阅读",
    "閱讀",
    "查看",
    "切换到",
    "切換到",
    "切换为",
    "点此",
    "请看",
    "请见",
    "本页",
    "本文",
    "的",
    "버전",
    "으로",
    "로 보기",
    "로 읽기",
    "보기",
    "읽기",
];

/// What says that a text was published at the place that is linked.
const PUBLISHED: &[&str] = &[
    "刊载",
    "刊載",
    "刊登",
    "发表",
    "發表",
    "发布",
    "發佈",
    "發布",
    "同步",
    "首发",
    "首發",
    "记录于",
    "記錄於",
    "记录在",
    "载于",
    "載於",
    "也发在",
    "全文见",
    "全文請見",
    "全文请见",
    "全文在",
    "原文见",
    "原文請見",
    "原文请见",
    "also published",
    "also posted",
    "also available",
    "also on",
    "cross-post",
    "crosspost",
    "cross post",
    "first published",
    "originally published",
    "published on",
    "published at",
    "posted on",
    "syndicated",
    "full text is on",
    "full text on",
    "full text at",
    "掲載",
    "公開",
    "投稿",
    "게재",
    "발행",
];

/// What says that a linked text is somebody else's.
const CREDITS: &[&str] = &[
    "参考",
    "參考",
    "感谢",
    "感謝",
    "致谢",
    "致謝",
    "鸣谢",
    "推荐",
    "推薦",
    "借鉴",
    "借鑑",
    "引用",
    "引自",
    "来自",
    "來自",
    "出自",
    "启发",
    "啟發",
    "读了",
    "阅读",
    "原作者",
    "based on",
    "credit",
    "inspired",
    "recommend",
    "refer",
    "see also",
    "thank",
    "参照",
    "謝",
];

/// Words of a line that says where a copy is, beside those that say that there is one.
const ABOUT_COPIES: &[&str] = &[
    "本文",
    "本篇",
    "这篇",
    "文章",
    "笔记",
    "博客",
    "原文",
    "链接",
    "地址",
    "网址",
    "版本",
    "对应",
    "同时",
    "同样",
    "也",
    "亦",
    "已",
    "于",
    "於",
    "在",
    "至",
    "到",
    "发",
    "發",
    "刊",
    "载",
    "登",
    "见",
    "請見",
    "请见",
    "查看",
    "阅读",
    "閱讀",
    "可",
    "的",
    "上",
    "和",
    "与",
    "及",
    "以及",
    "还有",
    "這篇",
    "連結",
    "網址",
    "この記事",
    "記事",
    "は",
    "に",
    "でも",
    "も",
    "しました",
    "しています",
    "で",
    "と",
];

/// The same in English.
const ABOUT_COPIES_WORDS: &[&str] = &[
    "a",
    "also",
    "and",
    "are",
    "article",
    "as",
    "at",
    "available",
    "be",
    "been",
    "blog",
    "can",
    "copy",
    "cross",
    "first",
    "found",
    "has",
    "here",
    "in",
    "is",
    "it",
    "link",
    "note",
    "on",
    "online",
    "original",
    "originally",
    "page",
    "post",
    "posted",
    "published",
    "read",
    "see",
    "syndicated",
    "full text is on",
    "full text on",
    "full text at",
    "text",
    "the",
    "this",
    "to",
    "version",
    "was",
];

/// Words of a text beside links to languages.
const LEADS: &[&str] = &[
    "languages",
    "language",
    "versions",
    "version",
    "translations",
    "other",
    "todo",
    "übersetzungen",
    "sprachen",
    "traductions",
    "langues",
    "traducciones",
    "traduções",
    "idiomas",
    "переводы",
    "языки",
    "多语言",
    "其他语言",
    "其它语言",
    "语言",
    "語言",
    "其他",
    "其它",
    "言語",
];

/// How many bytes the name of a language can have in a link, with all that may stand around it.
const LONGEST_NAME: usize = 120;

/// What a book adds to the words that are built in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What links to a language are called.
    pub languages: Vec<(String, Language)>,
    /// Status marks, in titles and in catalogues.
    pub statuses: BTreeMap<String, Status>,
    /// What says that a linked text is a copy.
    pub cross_post: Vec<String>,
}

/// How the pages of a book are read, besides what Markdown says. By default as those of a book that chose nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Whether what stands between dollars is a formula.
    pub formulas: bool,
    /// Whether a line that begins with `:` is a definition of what stands above it.
    pub definition_lists: bool,
    /// Whether such a line would be one on the page, and has to stay text.
    pub plain_colons: bool,
    /// Whether braces behind a heading are text, unless they say an id or a class.
    pub plain_braces: bool,
    /// Whether quotation marks and hyphens stay as they are written where mdBook would turn them the wrong way.
    pub straight: bool,
    /// Whether `:warning:` is an emoji.
    pub shortcodes: bool,
    /// Whether the page will be edited. If not, what only a pass asks for, and takes a parser of its own to find, is not
    /// looked for.
    pub edits: bool,
    /// Whether the emphasis that its author meant, and text that would be read as something else, are looked for even so.
    pub meant: bool,
}

impl Dialect {
    /// Whether the text is read for somebody who writes it as its author meant it.
    pub(crate) fn is_mended(&self) -> bool {
        self.edits || self.meant
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            formulas: true,
            definition_lists: false,
            plain_colons: true,
            plain_braces: true,
            straight: true,
            shortcodes: true,
            edits: true,
            meant: false,
        }
    }
}

/// Words in brackets, such as a mark or the name of a language. Those that need few words count them: a count in the
/// pattern would make that many copies of a large class.
pub(crate) static GROUP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\[【［(（]([^\[\]【】［］()（）]+)[\]】］)）]").expect("a valid pattern"));

/// The words of one book.
#[derive(Debug, Clone)]
pub struct Wording {
    languages: BTreeMap<String, Language>,
    statuses: BTreeMap<String, Status>,
    published: Vec<String>,
    /// How its pages are read.
    pub dialect: Dialect,
}

impl Default for Wording {
    fn default() -> Self {
        Self::new(&Words::default())
    }
}

impl Wording {
    /// The same words, in texts whose dollars begin formulas, or none.
    #[must_use]
    pub fn with_formulas(self, formulas: bool) -> Self {
        let dialect = Dialect { formulas, ..self.dialect };
        self.with_dialect(dialect)
    }

    /// The same words, in pages that are read in another way.
    #[must_use]
    pub fn with_dialect(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// The words that are built in, and those that a book adds.
    #[must_use]
    pub fn new(words: &Words) -> Self {
        let mut languages = BTreeMap::new();
        for (name, language) in &words.languages {
            languages.entry(simplified(name)).or_insert_with(|| language.clone());
        }
        let statuses = words.statuses.iter();
        Self {
            languages,
            statuses: statuses.map(|(word, status)| (word.trim().to_lowercase(), *status)).collect(),
            dialect: Dialect::default(),
            published: words.cross_post.iter().map(|word| word.trim().to_lowercase()).collect(),
        }
    }

    /// The language of a name, as `simplified` leaves it.
    fn called(&self, name: &str) -> Option<&Language> {
        self.languages.get(name).or_else(|| language::called(name))
    }

    /// The language that a link with this text leads to, when the text names one and says nothing else.
    ///
    /// The language is as precise as the text: `中文` is `zh`, whichever Chinese the book has.
    #[must_use]
    pub fn language(&self, text: &str) -> Option<&Language> {
        // Nobody calls a language by a sentence, and most links are called by one.
        if text.len() > LONGEST_NAME {
            return None;
        }
        let label = simplified(text);
        if let Some(language) = self.called(&label) {
            return Some(language);
        }
        // `README` is often written to the name without a space.
        static AROUND_NAMES: LazyLock<AnyOf> =
            LazyLock::new(|| AnyOf::new(AROUND_EAST_ASIAN.iter().chain(&["readme.md", "readme"])));
        let rest = AROUND_NAMES.blanked(&label);
        let words: Vec<&str> = rest.split_whitespace().filter(|word| !AROUND.contains(word)).collect();
        let name = words.join(" ");
        if name != label
            && let Some(language) = self.called(&name)
        {
            return Some(language);
        }
        let twice = self.called_twice(&words).or_else(|| self.called_with_kind(text));
        twice.or_else(|| {
            let is_name = |word: &&str| !AROUND_ELSEWHERE.contains(word);
            let name: Vec<&str> = words.iter().copied().filter(is_name).collect();
            // Nothing stood around it: a form of a name may be another word.
            let is_alone = name.len() == label.split(' ').count();
            match name.as_slice() {
                [] => None,
                _ if is_alone => None,
                [one] => self.called(one).or_else(|| language::bent(one)),
                several => self.called(&several.join(" ")),
            }
        })
    }

    /// The language that several names are of: `Chinese (中文)`. The one that says most counts.
    fn called_twice(&self, words: &[&str]) -> Option<&Language> {
        let named: Vec<&Language> = words.iter().map(|word| self.called(word)).collect::<Option<_>>()?;
        let first = *named.first()?;
        let is_one = named.iter().all(|other| other.primary() == first.primary());
        named.into_iter().rev().max_by_key(|language| language.tag().len()).filter(|_| is_one)
    }

    /// The language of a name with a region or a script set off behind it: `Español (México)`, `繁體中文（台灣）`.
    fn called_with_kind(&self, label: &str) -> Option<&Language> {
        let (at, mark) = label.char_indices().find(|(_, c)| "(（[【［,，/-–—".contains(*c))?;
        let language = self.language(&label[..at])?;
        let kind = simplified(&label[at + mark.len_utf8()..]);
        let kind: Vec<&str> = kind.split(' ').filter(|word| !AROUND.contains(word)).collect();
        language::variety(language, &kind.join(" "))
    }

    /// Whether the text of a link says which language it leads to, whatever else it says:
    /// `English version of the guide`, `指南（英文版）`.
    #[must_use]
    pub fn names_language(&self, label: &str) -> bool {
        if self.language(label).is_some() || GROUP.captures_iter(label).any(|group| self.language(&group[1]).is_some())
        {
            return true;
        }
        // `显存，英文`; `the scheduler, in English`
        const APART: [char; 8] = [',', '，', '、', ':', '：', '—', '–', '|'];
        if label.split(APART).skip(1).any(|piece| self.language(piece.trim()).is_some()) {
            return true;
        }
        let label = simplified(label);
        let words: Vec<&str> = label.split(' ').collect();
        if words.windows(2).any(|pair| pair[0] == "in" && pair[1].len() > 3 && self.called(pair[1]).is_some()) {
            return true;
        }
        let is_edition = |word: &str| ["version", "edition", "translation"].contains(&word);
        words.windows(2).any(|pair| is_edition(pair[1]) && self.called(pair[0]).is_some())
            || ["版", "译文", "譯文", "翻译", "翻譯"].iter().any(|word| {
                label.match_indices(word).any(|(at, _)| {
                    let han = label[..at].char_indices().rev().take_while(|(_, c)| is_han(*c)).map(|(start, _)| start);
                    han.into_iter()
                        .any(|start| label[start..at].chars().count() > 1 && self.called(&label[start..at]).is_some())
                })
            })
    }

    /// Whether a text beside links only leads to them: `Read this in`, `语言：`, `其他版本`.
    #[must_use]
    pub fn leads_to_languages(&self, text: &str) -> bool {
        self.beside_links(text).is_some()
    }

    /// Whether links with these texts, and what stands beside them, lead to a text in its languages. Where two languages
    /// are named, another link may be called by one that nobody knows here, or lead elsewhere.
    #[must_use]
    pub fn is_switch<'a>(&self, labels: impl IntoIterator<Item = &'a str>, outside: &str) -> bool {
        let labels: Vec<Option<&Language>> = labels.into_iter().map(|label| self.language(label)).collect();
        if labels.iter().all(Option::is_none) {
            return false;
        }
        let Some(beside) = self.beside_links(outside) else { return false };
        let languages: BTreeSet<&Language> = labels.iter().flatten().copied().chain(beside).collect();
        languages.len() > 1 || labels.iter().all(Option::is_some)
    }

    /// The languages that a text beside links names; `None` where it says anything else.
    fn beside_links(&self, text: &str) -> Option<Vec<&Language>> {
        static LEADING: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(LEADS.iter().chain(AROUND_EAST_ASIAN)));
        let mut languages = Vec::new();
        for piece in text.split(['|', '｜', '/', '·', '•', ',', '，', '、', '(', '（', '[', '【', ':', '：', '\n'])
        {
            if let Some(language) = self.language(piece) {
                languages.push(language);
                continue;
            }
            let simple = simplified(piece);
            let rest = LEADING.blanked(&simple);
            for word in rest.split_whitespace().filter(|word| !AROUND.contains(word)) {
                languages.push(self.called(word)?);
            }
        }
        Some(languages)
    }

    /// Finds the status mark at the start or the end of a title, if there is one.
    #[must_use]
    pub fn mark(&self, title: &str) -> Option<StatusMark> {
        status::mark(title, |words| self.statuses.get(&words.trim().to_lowercase()).copied())
    }

    /// The title without its status mark.
    #[must_use]
    pub fn without_mark(&self, title: &str) -> String {
        match self.mark(title) {
            Some(mark) => format!("{}{}", &title[..mark.range.start], &title[mark.range.end..]),
            None => title.to_owned(),
        }
    }

    /// The status that a mark's words name.
    #[must_use]
    pub fn status(&self, words: &str) -> Option<Status> {
        self.statuses.get(&words.trim().to_lowercase()).copied().or_else(|| Status::from_mark(words))
    }

    /// Whether a link to a platform, in a sentence about a text, leads to a copy of that text.
    ///
    /// `label` is the text of the link, `before` the sentence up to it, and `title` the title of the text. A copy is
    /// called by the platform's name, or by the title, or a verb before it says so; what the author thanks for or
    /// refers to is no copy.
    #[must_use]
    pub fn is_copy(&self, label: &str, before: &str, title: &str, platform: &Platform) -> bool {
        let before = before.to_lowercase();
        let own = self.published.iter().any(|phrase| before.contains(phrase));
        if !own && CREDITS.iter().any(|phrase| before.contains(phrase)) {
            return false;
        }
        let (label, title) = (label.trim().to_lowercase(), title.trim().to_lowercase());
        let named = |text: &str| platform.names().iter().any(|name| text.contains(name));
        let called = platform.names().iter().any(|name| {
            label.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() && !is_han(c)))
        });
        own || called || label == title || named(&before) || PUBLISHED.iter().any(|phrase| before.contains(phrase))
    }

    /// Whether a line, without its links, says no more than that there is a copy behind them. The title of the text, in
    /// quotation marks, is no more.
    #[must_use]
    pub fn says_only_published(&self, outside: &str) -> bool {
        static QUOTED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r#"《[^》]*》|「[^」]*」|“[^”]*”|"[^"]*""#).expect("a valid pattern"));
        static WORDS: LazyLock<AnyOf> = LazyLock::new(|| {
            let platforms: Vec<&str> = Platform::all_names().filter(|name| !name.is_ascii()).collect();
            AnyOf::new(PUBLISHED.iter().filter(|word| !word.is_ascii()).chain(&platforms).chain(ABOUT_COPIES))
        });
        let mut rest = QUOTED.replace_all(outside, " ").to_lowercase();
        for phrase in &self.published {
            rest = rest.replace(phrase, " ");
        }
        let rest = simplified(&rest);
        let rest = WORDS.blanked(&rest);
        rest.split_whitespace()
            .all(|word| ABOUT_COPIES_WORDS.contains(&word) || Platform::all_names().any(|name| name == word))
    }

    /// Whether a line says that a text was published elsewhere too.
    #[must_use]
    pub fn says_published(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.published.iter().any(|phrase| text.contains(phrase))
            || (PUBLISHED.iter().any(|phrase| text.contains(phrase))
                && !CREDITS.iter().any(|phrase| text.contains(phrase)))
    }
}

/// Words that are found wherever they stand; the first of two that fit at one place wins. A pattern of them would find
/// the same, and takes much longer to be made.
struct AnyOf(AhoCorasick);

impl AnyOf {
    fn new<'a>(words: impl Iterator<Item = &'a &'a str>) -> Self {
        // The kind that is made the quickest: what is searched is a label or a line.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        let found =
            AhoCorasick::builder().kind(kind).match_kind(MatchKind::LeftmostFirst).prefilter(false).build(words);
        Self(found.expect("so few words fit into it"))
    }

    /// A text with a space in the place of each.
    fn blanked(&self, text: &str) -> String {
        let mut rest = String::with_capacity(text.len());
        self.0.replace_all_with(text, &mut rest, |_, _, rest| {
            rest.push(' ');
            true
        });
        rest
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::ZHIHU;

    #[test]
    fn a_link_can_name_its_language_and_its_text() {
        let wording = Wording::default();
        for label in [
            "English",
            "English version of the guide",
            "the scheduler, in English",
            "显存，英文",
            "the Chinese translation",
            "指南的英文版",
            "英文版本的指南",
            "指南（英文）",
            "Guide (in Chinese)",
            "【EN】指南",
        ] {
            assert!(wording.names_language(label), "{label}");
        }
        for label in ["指南", "Guide", "英文资料", "第二版", "出版", "version 2", "Learning English", "中文排版", "(2)"]
        {
            assert!(!wording.names_language(label), "{label}");
        }
    }

    #[test]
    fn languages_by_what_links_call_them() {
        let wording = Wording::default();
        let tag = |label: &str| wording.language(label).map(Language::tag);
        for label in [
            "English",
            "english version",
            "English README",
            "英文",
            "英文版",
            "英文版本",
            "Read in English",
            "EN",
            "🇬🇧 English",
            "[English]",
            "英文 README",
            "English Version",
            "Switch to English",
            "英語版",
            "英文README.md",
            "en-US",
        ] {
            assert_eq!(tag(label), Some("en"), "{label}");
        }
        for label in [
            "中文",
            "中文版",
            "中文版本",
            "Chinese version",
            "Chinese",
            "中国語",
            "Chinese (中文)",
            "中文文档",
            "【中文】",
            "阅读中文版",
        ] {
            assert_eq!(tag(label), Some("zh"), "{label}");
        }
        for (label, language) in [
            ("简体中文", "zh-CN"),
            ("Simplified Chinese", "zh-CN"),
            ("繁體中文", "zh-TW"),
            ("日本語", "ja"),
            ("日本語版はこちら", "ja"),
            ("한국어", "ko"),
            ("Français", "fr"),
            ("pt-BR", "pt-BR"),
            ("日本语", "ja"),
            ("한글", "ko"),
            ("Castellano", "es"),
            ("台灣正體", "zh-TW"),
            ("中文（台灣正體）", "zh-TW"),
            // With a region or a script.
            ("繁體中文（台灣）", "zh-TW"),
            ("繁體中文 (香港)", "zh-HK"),
            ("Traditional Chinese (Taiwan)", "zh-TW"),
            ("简体中文（马来西亚）", "zh-MY"),
            ("Español (México)", "es-MX"),
            ("Español (España)", "es-ES"),
            ("Français (Canada)", "fr-CA"),
            ("Deutsch (Schweiz)", "de-CH"),
            ("English (UK)", "en-GB"),
            ("Srpski (latinica)", "sr-Latn"),
            ("Português - Brasil", "pt-BR"),
            ("Español (México) version", "es-MX"),
            // In a sentence of that language.
            ("日本語で読む", "ja"),
            ("한국어로 보기", "ko"),
            ("Lire en français", "fr"),
            ("Leer en español", "es"),
            ("Version française", "fr"),
            ("Auf Deutsch", "de"),
            ("deutsche Fassung", "de"),
            ("На русском", "ru"),
            ("Русская версия", "ru"),
            ("Po polsku", "pl"),
            ("Українською мовою", "uk"),
        ] {
            assert_eq!(tag(label), Some(language), "{label}");
        }
        for label in [
            "Part 1",
            "SGLang",
            "文章",
            "英文论文",
            "KV cache",
            "",
            "版本",
            "code-walk-through",
            "How to learn English",
            "中文分词",
            "Chinese tokenizer",
            "Deutsch lernen",
            "Cours de français",
            "polished version",
            "En personne",
            "La personne",
            "русском",
            "No",
            "English (tokenizer)",
            "French Guiana",
        ] {
            assert_eq!(tag(label), None, "{label}");
        }
    }

    #[test]
    fn what_is_known_of_a_switch_counts() {
        let wording = Wording::default();
        for (labels, outside, is) in [
            (&["English", "简体中文", "Klingon (Kronos)"][..], " | | ", true),
            (&["English", "简体中文", "Docs"], " | | ", true),
            (&["简体中文", "Docs"], "English | | ", true),
            (&["简体中文"], "Translations: ", true),
            (&["Chinese"], "This document is also available in .", true),
            (&["English"], "Tiếng Việt | ", true),
            (&["English", "Docs"], " | ", false),
            (&["English", "English", "Docs"], " | | ", false),
            (&["English", "简体中文", "Docs"], "See and and of", false),
            (&["Docs", "API"], " | ", false),
            (&["Chinese tokenizer", "English tokenizer"], " | ", false),
            (&[], "English", false),
        ] {
            assert_eq!(wording.is_switch(labels.iter().copied(), outside), is, "{labels:?} {outside}");
        }
    }

    #[test]
    fn a_book_has_words_of_its_own() {
        let french = Language::parse("fr").unwrap();
        let wording = Wording::new(&Words {
            languages: vec![("version de Molière".to_owned(), french.clone())],
            statuses: BTreeMap::from([("À relire".to_owned(), Status::PendingReview)]),
            cross_post: vec!["paru dans".to_owned()],
        });
        assert_eq!(wording.language("Version de Molière"), Some(&french));
        assert_eq!(wording.mark("[à relire] KV").map(|mark| mark.status), Some(Status::PendingReview));
        assert!(wording.says_published("Paru dans le journal"));
    }

    #[test]
    fn copies_and_look_alikes() {
        let wording = Wording::default();
        let zhihu = Platform::Known(&ZHIHU);
        let copy = |label: &str, before: &str| wording.is_copy(label, before, "一文理解 KV", &zhihu);
        for (label, before) in [
            ("知乎", "源码赏析，同样刊载于"),
            ("知乎", "甚至看"),
            ("知乎：PyTorch 通讯实践", ""),
            ("Zhihu", "and on"),
            ("一文理解 KV", ""),
            ("记一次优化", "一次 debug 过程，同样刊载于"),
            ("文章", "可到知乎查看"),
            ("an article", "also published as"),
        ] {
            assert!(copy(label, before), "{before}{label}");
        }
        for (label, before) in [
            ("这篇文章", "建议看"),
            ("知乎", "感谢猛猿的"),
            ("图解 PPO", "主要是参考了这篇知乎："),
            ("数据并行上篇", "其实猛猿的"),
        ] {
            assert!(!copy(label, before), "{before}{label}");
        }
    }
}
