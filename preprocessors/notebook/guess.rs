//! Which languages a book is in, when it does not say.
//!
//! ```text
//! x.md in English, x.zh-CN.md, x.tr-TR.md      →   en, zh-CN, tr-TR
//! [Türkçe](y.md) at the top of a note           →   tr
//! it/x.md, user-id.md                           →   nothing: `it` and `id` are words
//! ```
//!
//! Names tell where they form a pair. The side that says nothing is in the book's own language, unless another file has
//! taken that, or its letters are none of that language; then its letters tell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::language::is_common;
use super::naming::{self, Reading};
use super::pairing::Candidate;
use super::*;

/// The languages of a book whose own language is known, that one first: what its paths and the links between its notes
/// show in at least one pair, and what front matter names in one.
///
/// A page that is alone in its language does not make the whole book lack it. `names` are what the book calls languages.
#[must_use]
pub(super) fn languages(material: &Material, own: &Language, names: &[(String, Language)]) -> Vec<Language> {
    Look::at(material, names).paired(own)
}

/// The languages of loose notes, the one of most notes first: those of pairs, and those of letters.
///
/// Letters tell scripts rather than languages: plain Latin ones are English unless names say otherwise.
#[must_use]
pub fn languages_of_notes(material: &Material, names: &[(String, Language)]) -> Vec<Language> {
    let look = Look::at(material, names);
    // A catalogue is no note: it can be a list of titles.
    let notes: Vec<usize> = (0..look.candidates.len()).filter(|at| !look.candidates[*at].catalogue).collect();
    let is_japanese = |at: &usize| look.candidates[*at].prose.script() == Some(Script::Japanese);
    let has_japanese = notes.iter().any(is_japanese);
    let letters = |at: usize| {
        let prose = &look.candidates[at].prose;
        // A page of terms has no kana.
        let is_plain = prose.script() == Some(Script::Han) && prose.simplified + prose.traditional == 0;
        if is_plain && has_japanese { Language::parse("ja").ok() } else { prose.likely() }
    };
    let (mut counts, mut unmarked): (BTreeMap<Language, usize>, BTreeMap<Language, usize>) = Default::default();
    for &at in &notes {
        let told = look.told(at).cloned();
        if told.is_none()
            && let Some(language) = letters(at)
        {
            *unmarked.entry(language).or_default() += 1;
        }
        if let Some(language) = told.or_else(|| letters(at)) {
            *counts.entry(language).or_default() += 1;
        }
    }
    // Of two with as many notes, the one that the front page is written in comes first; without one, names that say
    // nothing are in the language that needs no saying.
    let front = (0..look.candidates.len()).find(|at| {
        let source = &look.candidates[*at].source;
        source.folders().is_empty() && source.stem().eq_ignore_ascii_case("readme")
    });
    let front = front.and_then(letters);
    let mut counts: Vec<(Language, usize)> = counts.into_iter().collect();
    counts.sort_by_cached_key(|(language, count)| {
        let silent = unmarked.get(language).copied().unwrap_or(0);
        (Reverse(*count), front.as_ref() != Some(language), Reverse(silent), language.clone())
    });
    let first = counts.first().map_or_else(|| Language::parse("en").expect("a tag"), |(language, _)| language.clone());
    let mut found = look.paired(&first);
    // What is in other letters is in another language, whether or not it has a counterpart. One note in twenty may be
    // an exception.
    for (language, count) in counts {
        let silent = unmarked.get(&language).copied().unwrap_or(0);
        if silent * 20 >= notes.len() && silent > 0 && count > 0 {
            look.add(&language, None, &mut found);
        }
    }
    found
}

/// The chapters of a book, read without knowing its languages.
struct Look<'a> {
    candidates: Vec<Candidate>,
    readings: Vec<Reading>,
    /// What links call a file.
    named: BTreeMap<&'a SourcePath, Language>,
    /// How many files share each `translation-key`.
    keyed: BTreeMap<String, usize>,
}

impl<'a> Look<'a> {
    fn at(material: &'a Material, names: &[(String, Language)]) -> Self {
        let mut seen = BTreeSet::new();
        let chapters = material.chapters.iter().filter_map(|chapter| Some((chapter, chapter.source.as_ref()?)));
        let chapters: Vec<(&Chapter, &SourcePath)> = chapters.filter(|(_, source)| seen.insert(*source)).collect();
        let catalogues: BTreeSet<&SourcePath> =
            material.catalogues.iter().filter_map(|catalogue| catalogue.source.as_ref()).collect();
        let candidate = |(chapter, source): &(&Chapter, &SourcePath)| Candidate {
            source: (*source).clone(),
            listed: true,
            language: chapter.front_matter.language.clone(),
            said: None,
            translation_key: chapter.front_matter.translation_key.clone(),
            catalogue: catalogues.contains(source),
            prose: chapter.written.prose.clone(),
        };
        let candidates: Vec<Candidate> = chapters.iter().map(candidate).collect();
        let mut keyed: BTreeMap<String, usize> = BTreeMap::new();
        for key in candidates.iter().filter_map(|candidate| candidate.translation_key.as_ref()) {
            *keyed.entry(key.value.clone()).or_default() += 1;
        }
        let mut look = Self { named: named(material, &chapters), ..Self::of(candidates, names) };
        look.keyed = keyed;
        look
    }

    /// What paths and letters tell.
    fn of(candidates: Vec<Candidate>, names: &[(String, Language)]) -> Self {
        let mut guessed = Language::guessed();
        guessed.extend(names.iter().map(|(_, language)| language.clone()));
        guessed.extend(codes(&candidates, &Tags::new(&guessed)));
        let mut seen = BTreeSet::new();
        guessed.retain(|language| seen.insert(language.clone()));
        let tags = Tags::new(&guessed).with_names(names);
        let readings = naming::read_paths(&candidates, &tags);
        Self { candidates, readings, named: BTreeMap::new(), keyed: BTreeMap::new() }
    }

    /// The language that a file says it is in, or that somebody says it is in.
    fn told(&self, at: usize) -> Option<&Language> {
        let candidate = &self.candidates[at];
        match &candidate.language {
            Some(Fact { value: PageLanguage::One(language), .. }) => Some(language),
            _ => self.named.get(&candidate.source).or_else(|| self.readings[at].language()),
        }
    }

    /// The languages of pairs, after the book's own.
    fn paired(&self, own: &Language) -> Vec<Language> {
        let mut found = vec![own.clone()];
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, reading) in self.readings.iter().enumerate() {
            groups.entry(reading.key()).or_default().push(at);
        }
        let marks = |members: &[usize]| -> BTreeSet<Option<&Language>> {
            members.iter().map(|at| self.readings[*at].language()).collect()
        };
        let pairs: Vec<(&Vec<usize>, BTreeSet<Option<&Language>>)> =
            groups.values().map(|members| (members, marks(members))).filter(|(_, marks)| marks.len() > 1).collect();
        let paired: BTreeSet<&Language> = pairs.iter().flat_map(|(_, marks)| marks.iter().copied().flatten()).collect();
        // The side that says nothing.
        let is_own = |language: &Language| Tags::new(std::slice::from_ref(own)).get(language.tag()).is_some();
        for (members, marks) in &pairs {
            let taken: BTreeSet<&Language> = marks.iter().copied().flatten().collect();
            let own_is_taken = taken.iter().any(|language| is_own(language));
            for at in members.iter().filter(|at| self.told(**at).is_none()) {
                let prose = &self.candidates[*at].prose;
                if !own_is_taken && prose.can_be(own) != Some(false) {
                    continue;
                }
                if let Some(likely) = prose.likely().filter(|likely| !taken.contains(likely)) {
                    self.add(&likely, None, &mut found);
                }
            }
        }
        for language in paired {
            self.add(language, None, &mut found);
        }
        for (source, language) in &self.named {
            self.add(language, Some(source), &mut found);
        }
        for candidate in &self.candidates {
            let is_shared = candidate.translation_key.as_ref().is_some_and(|key| self.keyed[&key.value] > 1);
            if let Some(Fact { value: PageLanguage::One(language), .. }) = &candidate.language
                && is_shared
            {
                self.add(language, None, &mut found);
            }
        }
        found
    }

    /// Adds a language that is not there yet: a book in `zh` whose folder is called `zh-CN` has one Chinese, not two.
    fn add(&self, language: &Language, source: Option<&SourcePath>, found: &mut Vec<Language>) {
        if Tags::new(found).get(language.tag()).is_some() {
            return;
        }
        // `中文` is a language of which the letters tell the rest.
        let text = source.and_then(|source| self.candidates.iter().find(|candidate| candidate.source == *source));
        let precise = match text {
            Some(candidate) if language.tag() == "zh" => candidate.prose.likely().filter(|it| it.primary() == "zh"),
            _ => None,
        };
        found.push(precise.unwrap_or_else(|| language.clone()));
    }
}

/// What the lines that lead to other languages call the notes that they lead to.
fn named<'a>(material: &'a Material, chapters: &[(&'a Chapter, &'a SourcePath)]) -> BTreeMap<&'a SourcePath, Language> {
    let prose: BTreeMap<&SourcePath, &Prose> =
        chapters.iter().map(|(chapter, source)| (*source, &chapter.written.prose)).collect();
    let mut named = BTreeMap::new();
    for (chapter, own) in chapters {
        for target in chapter.written.switches.iter().flat_map(|lead| &lead.targets) {
            let (Some(language), Destination::Note { source, .. }) =
                (&target.language, material.files.destination(&chapter.location, &target.destination))
            else {
                continue;
            };
            // Links are wrong now and then, and letters are not.
            let Some((source, prose)) = prose.get_key_value(source) else { continue };
            if *source != *own && prose.can_be(language) != Some(false) {
                named.entry(*source).or_insert_with(|| language.clone());
            }
        }
    }
    named
}

/// The languages that bare codes name, beyond those that `tags` has: a code can be any short word, so that the letters
/// of a text have to agree with it, or several counterparts.
fn codes(candidates: &[Candidate], tags: &Tags) -> Vec<Language> {
    let code = |piece: &str| {
        let is_code = matches!(piece.len(), 2 | 3) && piece.bytes().all(|byte| byte.is_ascii_alphabetic());
        let language = Language::parse(piece).ok().filter(|language| is_code && language.exists())?;
        tags.get(piece).is_none().then_some(language)
    };
    let lower = |source: &SourcePath, stem: &str| {
        let folders = source.folders().join("/");
        format!("{folders}/{stem}").to_lowercase()
    };
    // Each name as it is, and without a language that is known already.
    let mut names: BTreeSet<String> = BTreeSet::new();
    for candidate in candidates {
        let stem = candidate.source.stem();
        names.insert(lower(&candidate.source, stem));
        names.extend(naming::split(stem, tags).map(|split| lower(&candidate.source, split.rest)));
    }
    let mut found: BTreeSet<Language> = BTreeSet::new();
    // Folder and code → files, and counterparts among them.
    let mut folders: BTreeMap<String, (Language, usize, usize)> = BTreeMap::new();
    for candidate in candidates {
        let (source, prose) = (&candidate.source, &candidate.prose);
        let stem = source.stem();
        if let Some(at) = stem.rfind(['.', '_', '-'])
            && let Some(language) = code(&stem[at + 1..])
            && names.contains(&lower(source, &stem[..at]))
        {
            let is_dotted = stem[at..].starts_with('.') && is_common(language.tag());
            if prose.is_surely(&language) || is_dotted && prose.can_be(&language) != Some(false) {
                found.insert(language);
            }
        }
        let above = source.folders();
        if let Some((at, language)) = above.iter().enumerate().find_map(|(at, folder)| Some((at, code(folder)?))) {
            let others: Vec<&str> =
                above.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| *it).collect();
            let has_counterpart = names.contains(&format!("{}/{stem}", others.join("/")).to_lowercase());
            if has_counterpart && prose.is_surely(&language) {
                found.insert(language.clone());
            }
            let possible = prose.can_be(&language) != Some(false);
            let counts = folders.entry(above[..=at].join("/")).or_insert((language, 0, 0));
            counts.1 += 1;
            counts.2 += usize::from(has_counterpart && possible);
        }
    }
    let mirrored = folders.into_values().filter(|(language, files, counterparts)| {
        is_common(language.tag()) && *counterparts > 2 && counterparts * 2 >= *files
    });
    found.extend(mirrored.map(|(language, _, _)| language));
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::notebook::Wording;

    /// The languages of a book with these files, each with its text.
    fn guess(files: &[(&str, &str)], own: &str) -> Vec<String> {
        let candidates = files.iter().map(|(path, text)| Candidate {
            source: SourcePath::new(Path::new(path)).unwrap(),
            listed: true,
            language: None,
            said: None,
            translation_key: None,
            catalogue: false,
            prose: Anatomy::of(text, 0, &Wording::default()).prose,
        });
        let look = Look::of(candidates.collect(), &[]);
        look.paired(&Language::parse(own).unwrap()).iter().map(|language| language.tag().to_owned()).collect()
    }

    const EN: &str = "A plain text in English.";
    const ZH: &str = "这是一段简体中文，对读者说明问题。";
    const TW: &str = "這是一段繁體中文，對讀者說明問題。";
    const JA: &str = "これは日本語の文章です";
    const TR: &str = "Bu Türkçe yazılmış bir metindir; öğrenme için güzel bir örnek.";
    const UK: &str = "Це українська мова, її літери інші, ніж у російській.";
    const VI: &str = "Đây là một văn bản tiếng Việt, viết bằng chữ quốc ngữ.";

    #[test]
    fn languages_of_pairs() {
        type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);
        let rows: &[Row<'_>] = &[
            (&[("x.md", ""), ("x_zh.md", "")], "en", &["en", "zh-CN"]),
            (&[("zh/x.md", ""), ("en/x.md", "")], "zh", &["zh", "en"]),
            // Words that are codes.
            (&[("x.md", EN), ("it/x.md", EN), ("de.md", EN)], "en", &["en"]),
            (&[("user.md", EN), ("user-id.md", EN), ("what.md", EN), ("what_is.md", EN)], "en", &["en"]),
            (&[("x.md", EN), ("x-kv.md", EN), ("api.md", EN), ("api-polish.md", EN.repeat(200).leak())], "en", &["en"]),
            (&[("how.md", EN), ("how-to.md", EN), ("how-to-do.md", EN), ("en-route.md", EN)], "en", &["en"]),
            // Tags that can be nothing else, and codes that the letters agree with.
            (&[("x.md", EN), ("x.zh-CN.md", ZH), ("x.tr-TR.md", TR)], "en", &["en", "tr-TR", "zh-CN"]),
            (&[("x.md", EN), ("x_uk.md", UK), ("x-vi.md", VI)], "en", &["en", "uk", "vi"]),
            (&[("x.md", EN), ("x.pl.md", ""), ("x.pt.md", "")], "en", &["en", "pl", "pt"]),
            (&[("x.md", EN), ("uk/x.md", UK)], "en", &["en", "uk"]),
            (&[("x.md", EN), ("x.fil-PH.md", ""), ("x-sr-Latn.md", "")], "en", &["en", "fil-PH", "sr-Latn"]),
            // Names.
            (&[("x.md", EN), ("x.chinese.md", ZH), ("x.turkish.md", TR)], "en", &["en", "tr", "zh-CN"]),
            (&[("中文/x.md", ZH), ("English/x.md", EN), ("日本語/x.md", JA)], "zh-CN", &["zh-CN", "en", "ja"]),
            // The side that says nothing.
            (&[("a.md", EN), ("a.zh.md", ZH)], "zh-CN", &["zh-CN", "en"]),
            (&[("README.md", EN), ("README_zh.md", ZH), ("README_ja.md", JA)], "zh-CN", &["zh-CN", "en", "ja"]),
            (&[("a.md", ZH), ("a.ja.md", JA), ("a.zh-TW.md", TW)], "zh-TW", &["zh-TW", "zh-CN", "ja"]),
            (&[("a.md", ZH), ("a.en.md", EN)], "en", &["en", "zh-CN"]),
            (&[("a.md", EN), ("a.zh.md", ZH), ("a.fr-FR.md", "")], "zh-CN", &["zh-CN", "en", "fr"]),
        ];
        for (files, own, want) in rows {
            assert_eq!(guess(files, own), *want, "{files:?}");
        }
    }
}
