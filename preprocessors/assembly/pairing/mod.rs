//! Which files are editions of one note, and in which language each is.
//!
//! ```text
//! zh/cuda/graph.md        en/cuda/graph.md         paths that differ in the language only (see [`paths`])
//! graph.md                zh/graph.md              the unmarked language has no folder
//! a.md                    b.md                     both say `translation-key: graph`
//! ```
//!
//! What somebody said about two files (in `tie`) comes before what their paths say. A folder comes before a file
//! name. Where both speak and disagree, the folder's other files decide: `en/x_zh.md`
//! beside `en/x.md` is Chinese, while `zh/how-to-use-en.md` alone is a Chinese note whose name ends in a word. The same
//! name in two folders is one note, whatever it ends in.

pub mod claims;
pub mod disjoint_sets;
mod doubts;
pub(crate) mod folders;
pub(crate) mod paths;

pub(crate) use doubts::listed_apart;

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::pairing::claims::Tie;
use crate::assembly::pairing::disjoint_sets::Sets;
use crate::assembly::pairing::paths::PathReading;
use crate::notebook::disputes::{Clash, Disputes, Refused};
use crate::notebook::precedence;
use crate::text::Prose;
use crate::values::{Evidence, Fact, Language, Origin, PageLanguage, Script, SourcePath, Tags};

/// What is known of a file before it is paired.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The file.
    pub source: SourcePath,
    /// Whether `SUMMARY.md` lists it.
    pub listed: bool,
    /// The language that its front matter names.
    pub language: Option<Fact<PageLanguage>>,
    /// The language that a catalogue or a switch line names.
    pub said: Option<Fact<Language>>,
    /// The `translation-key` of its front matter.
    pub translation_key: Option<Fact<String>>,
    /// Whether it is a catalogue: an index of notes.
    pub catalogue: bool,
    /// Its letters.
    pub prose: Prose,
}

/// One file of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paired {
    /// Its position among the candidates.
    pub candidate: usize,
    /// Its language; `None` for a page of no language.
    pub language: Option<Fact<Language>>,
    /// What told that it belongs to the note.
    pub evidence: Evidence,
}

impl Paired {
    fn is_in(&self, language: &Language) -> bool {
        self.language.as_ref().is_some_and(|fact| fact.value == *language)
    }
}

/// The notes of a book.
#[derive(Debug, Clone, Default)]
pub struct Pairing {
    /// The files of each note, each note with its key, in the order of the first file of each.
    pub groups: Vec<(String, Vec<Paired>)>,
    /// What claims a place that is taken, and what was said and did not count.
    pub disputes: Disputes,
    /// For each file, the first of those that somebody says belong with it: what only paths pair is in two of these.
    pub said: Vec<usize>,
}

/// Groups files into notes.
///
/// `readings` are what their paths say; `tags` are those of the book's languages, the order of which decides nothing here;
/// `default` is the language of a text that says nothing and shows nothing.
#[must_use]
pub(crate) fn pair(
    candidates: &[Candidate],
    readings: &[PathReading],
    ties: &[Tie],
    apart: &BTreeSet<(usize, usize)>,
    tags: &Tags,
    default: &Language,
) -> Pairing {
    let languages = tags.languages();
    let mut keyed: BTreeMap<&str, usize> = BTreeMap::new();
    for candidate in candidates {
        if let Some(key) = &candidate.translation_key {
            *keyed.entry(&key.value).or_default() += 1;
        }
    }
    // A language with a folder of its own does not leave its notes lying outside of it.
    let housed: BTreeSet<&Language> = readings.iter().filter_map(|reading| reading.folder.as_ref()).collect();
    let usual = usual_letters(candidates, languages);
    let mut context =
        Context { candidates, readings, languages, default, housed, keyed, usual, evidence: BTreeMap::new() };
    let mut pairing = Pairing::default();
    let mut sets = Sets::new(candidates.len(), apart);
    for tie in ties {
        pairing.disputes.refused.extend(context.join_by_tie(tie, &mut sets));
    }
    pairing.said = (0..candidates.len()).map(|at| sets.of(at)).collect();
    context.join_by_paths(&mut sets);
    for members in sets.all() {
        context.resolve(&members, &mut pairing);
    }
    pairing.groups.sort_by_key(|(_, files)| files.iter().map(|file| file.candidate).min());
    pairing
}

/// The `translation-key` that a file shares with another. A key that nobody else names pairs nothing; the path still
/// may.
fn shared_key<'a>(candidate: &'a Candidate, keyed: &BTreeMap<&str, usize>) -> Option<(&'a str, &'a Origin)> {
    let key = candidate.translation_key.as_ref()?;
    (keyed.get(key.value.as_str()).copied().unwrap_or(0) > 1).then_some((&key.value, &key.origin))
}

/// In how many letters the texts of each language that is told by letters beyond `a` to `z` have how many of these.
fn usual_letters<'a>(candidates: &[Candidate], languages: &'a [Language]) -> BTreeMap<&'a Language, (usize, usize)> {
    let among: Vec<&Language> = languages.iter().filter(|language| language.script() == Script::Latin).collect();
    let mut usual: BTreeMap<&Language, (usize, usize)> = BTreeMap::new();
    for Candidate { prose, .. } in candidates.iter().filter(|_| among.len() > 1) {
        let Some(language) = prose.language(&among) else { continue };
        let (own, all) = usual.entry(language).or_default();
        *own += prose.own_letters(language);
        *all += prose.latin_letters;
    }
    usual
}

/// A text without any letter of a language, where other texts in it would have so many, is in another language.
const LETTERS_TO_MISS: usize = 5;

struct Context<'a> {
    candidates: &'a [Candidate],
    readings: &'a [PathReading],
    languages: &'a [Language],
    default: &'a Language,
    housed: BTreeSet<&'a Language>,
    keyed: BTreeMap<&'a str, usize>,
    /// How many letters of their own the texts of a language have, in how many.
    usual: BTreeMap<&'a Language, (usize, usize)>,
    /// What somebody said that pairs a file, and with which other, the strongest word first.
    evidence: BTreeMap<usize, Vec<(usize, Evidence)>>,
}

impl Context<'_> {
    /// Makes one set of two files that somebody calls editions of one note; what did not count comes back.
    fn join_by_tie(&mut self, tie: &Tie, sets: &mut Sets<'_>) -> Option<Refused> {
        // One `translation-key` in one language is said of a clash, where both files are known.
        let shared = match tie.evidence {
            Evidence::TranslationKey(_) => None,
            _ => self.shared_language(sets, tie.a, tie.b),
        };
        if shared.is_none() && sets.join(tie.a, tie.b) {
            for (at, other) in [(tie.a, tie.b), (tie.b, tie.a)] {
                self.evidence.entry(at).or_default().push((other, tie.evidence.clone()));
            }
            return None;
        }
        let said = [tie.a, tie.b].map(|at| self.evidence.get(&at).and_then(|all| all.first()));
        let stronger = said.into_iter().flatten().next().map(|(_, evidence)| evidence.clone());
        let files = (self.candidates[tie.a].source.clone(), self.candidates[tie.b].source.clone());
        let stronger = stronger.filter(|_| shared.is_some());
        Some(Refused { files, evidence: tie.evidence.clone(), language: shared, stronger })
    }

    /// Makes one set of the files whose paths differ in the language only.
    fn join_by_paths(&self, sets: &mut Sets<'_>) {
        let mut by_path: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, (candidate, reading)) in self.candidates.iter().zip(self.readings).enumerate() {
            let none = candidate.language.as_ref().is_some_and(|fact| fact.value == PageLanguage::None);
            // A page of no language has no counterpart, and a key that somebody shares comes before a path.
            if none || shared_key(candidate, &self.keyed).is_some() {
                continue;
            }
            by_path.entry(format!("{}\0{}", reading.key(), candidate.catalogue)).or_default().push(at);
        }
        for members in by_path.values() {
            let mut heads: Vec<usize> = Vec::new();
            for &at in members {
                let joined = heads.iter().any(|head| {
                    let both_said = sets.len(*head) > 1 && sets.len(at) > 1;
                    !(both_said && self.shared_language(sets, *head, at).is_some()) && sets.join(*head, at)
                });
                if !joined {
                    heads.push(at);
                }
            }
        }
    }

    /// A language in which two sets have a file each, as far as their files say it. What is a pair already tells by its
    /// letters, too: the one file of a catalogue's entry that says nothing is not in the language of another entry's.
    fn shared_language(&self, sets: &Sets<'_>, a: usize, b: usize) -> Option<Language> {
        let (a, b) = (sets.of(a), sets.of(b));
        if a == b {
            return None;
        }
        let among: Vec<&Language> = self.languages.iter().collect();
        let languages = |set: usize| -> BTreeSet<Language> {
            let members = sets.members(set);
            let language = |at: &usize| match self.said(*at) {
                Some(said) => said.map(|fact| fact.value),
                None if members.len() > 1 => self.candidates[*at].prose.language(&among).cloned(),
                None => None,
            };
            members.iter().filter_map(language).collect()
        };
        languages(a).intersection(&languages(b)).next().cloned()
    }

    /// Gives each file of a group its language, and takes out those that cannot stay.
    fn resolve(&self, members: &[usize], pairing: &mut Pairing) {
        let mut members = members.to_vec();
        // Who is here by somebody's word comes before who is here by a name.
        members.sort_by_key(|at| (!self.evidence.contains_key(at), *at));
        let members = &members;
        let mut files: Vec<Paired> = Vec::new();
        let mut alone: Vec<usize> = Vec::new();
        let mut silent: Vec<usize> = Vec::new();
        for &at in members {
            let Some(language) = self.said(at) else {
                silent.push(at);
                continue;
            };
            match language {
                None => alone.push(at),
                Some(language) => self.place(at, language, &mut files, &mut alone, pairing),
            }
        }
        for at in silent {
            match self.left_over(at, &files, members.len()) {
                Some(language) => self.place(at, language, &mut files, &mut alone, pairing),
                // Every language is taken: whoever put the file here wants to know by which.
                None if members.len() > 1 && !self.is_mul(at) => {
                    self.place(at, self.by_letters(at), &mut files, &mut alone, pairing);
                }
                None => alone.push(at),
            }
        }
        let together: BTreeSet<usize> = files.iter().map(|file| file.candidate).collect();
        for file in &mut files {
            file.evidence = self.evidence(file.candidate, &together);
        }
        // Named after the file that a reader meets first.
        if let Some(first) = together.first() {
            pairing.groups.push((self.name(*first), files));
        }
        for at in alone {
            let language = if self.is_mul(at) {
                None
            } else {
                Some(self.said(at).flatten().unwrap_or_else(|| self.by_letters(at)))
            };
            pairing.groups.push((
                self.name(at),
                vec![Paired { candidate: at, language, evidence: self.evidence(at, &BTreeSet::new()) }],
            ));
        }
    }

    fn place(
        &self,
        at: usize,
        language: Fact<Language>,
        files: &mut Vec<Paired>,
        alone: &mut Vec<usize>,
        pairing: &mut Pairing,
    ) {
        if let Some(kept) = files.iter().find(|file| file.is_in(&language.value)).map(|file| file.candidate) {
            let (kept, lost) = (&self.candidates[kept], &self.candidates[at]);
            let is_shared =
                |key: &Fact<String>| kept.translation_key.as_ref().is_some_and(|other| other.value == key.value);
            // What is not in the book takes nothing from it.
            if kept.listed || lost.listed {
                pairing.disputes.clashes.push(Clash {
                    kept: kept.source.clone(),
                    lost: lost.source.clone(),
                    language: language.value,
                    translation_key: lost.translation_key.clone().filter(is_shared),
                });
            }
            alone.push(at);
            return;
        }
        // Who else stays is not known yet, and so which word counts.
        let evidence = self.evidence(at, &BTreeSet::new());
        files.push(Paired { candidate: at, evidence, language: Some(language) });
    }

    /// The language that a file says it is in: `None` when it is silent, `Some(None)` for a page of no language.
    fn said(&self, at: usize) -> Option<Option<Fact<Language>>> {
        let (candidate, reading) = (&self.candidates[at], &self.readings[at]);
        let (in_name, in_folder) = (reading.suffix.as_ref(), reading.folder.as_ref());
        precedence::language(candidate.language.as_ref(), candidate.said.as_ref(), in_name, in_folder)
    }

    /// The language of a file that says nothing, given what its counterparts take; `None` when nothing is left.
    fn left_over(&self, at: usize, files: &[Paired], members: usize) -> Option<Fact<Language>> {
        if members == 1 {
            return if self.is_mul(at) { None } else { Some(self.by_letters(at)) };
        }
        // Beside suffixed siblings any language may be the unmarked one. Beside folders, a language that has a folder
        // keeps its notes there, unless the letters say that this one lies outside of it.
        let by_letters = self.candidates[at].prose.language(&self.languages.iter().collect::<Vec<_>>());
        let written_in = by_letters.filter(|_| !self.is_mul(at));
        let beside_folders = files.iter().any(|file| self.readings[file.candidate].folder.is_some());
        let free: Vec<&Language> = self
            .languages
            .iter()
            .filter(|language| files.iter().all(|file| !file.is_in(language)))
            .filter(|language| !(beside_folders && self.housed.contains(language)) || written_in == Some(*language))
            .collect();
        let fact = |language: &Language, origin| Fact { value: language.clone(), origin };
        match free.as_slice() {
            // Nobody else speaks either: go by the letters, and let two that look alike clash.
            _ if files.is_empty() => Some(self.by_letters(at)),
            [] => None,
            [only] => Some(self.unlisted(at).unwrap_or_else(|| fact(only, Origin::Counterpart))),
            several => Some(self.among(at, several)),
        }
    }

    fn by_letters(&self, at: usize) -> Fact<Language> {
        self.among(at, &self.languages.iter().collect::<Vec<_>>())
    }

    /// The language of a text that nobody tells, of several: the one that its letters tell, else the book's own, unless
    /// the letters say that it is another.
    fn among(&self, at: usize, languages: &[&Language]) -> Fact<Language> {
        let prose = &self.candidates[at].prose;
        let fact = |language: &Language, origin| Fact { value: language.clone(), origin };
        if let Some(language) = prose.language(languages) {
            return fact(language, Origin::Script);
        }
        if let Some(unlisted) = self.unlisted(at) {
            return unlisted;
        }
        let own = std::iter::once(self.default).filter(|own| languages.contains(own));
        let mut possible =
            own.chain(languages.iter().copied()).filter(|language| prose.can_be(language) != Some(false));
        let first = languages.first().copied().filter(|_| !languages.contains(&self.default));
        let language = possible.next().or(first).unwrap_or(self.default);
        if self.is_bare(prose, language)
            && let Some(likely) = prose.likely()
            && let Some(other) = languages.iter().find(|language| **language == &likely)
        {
            return fact(other, Origin::Script);
        }
        fact(language, Origin::Default)
    }

    /// Whether a text lacks the letters that the other texts in a language are full of.
    fn is_bare(&self, prose: &Prose, language: &Language) -> bool {
        let is_full = |(own, all): &(usize, usize)| {
            *own > 0 && own.saturating_mul(prose.latin_letters) >= all.saturating_mul(LETTERS_TO_MISS)
        };
        prose.script() == Some(Script::Latin)
            && self.usual.get(language).is_some_and(is_full)
            && prose.own_letters(language) == 0
    }

    /// The language of a text in letters that none of the book's languages is written in. Latin ones and Chinese ones
    /// prove nothing: a list of links may be all in English.
    fn unlisted(&self, at: usize) -> Option<Fact<Language>> {
        let value = self.candidates[at].prose.foreign_to(self.languages)?;
        Some(Fact { value, origin: Origin::Script })
    }

    /// Whether a file is a page of no language: it says so, or it is the root index of a book in several languages, or in
    /// another one than the book.
    fn is_mul(&self, at: usize) -> bool {
        let (candidate, reading) = (&self.candidates[at], &self.readings[at]);
        match &candidate.language {
            Some(fact) => fact.value == PageLanguage::None,
            None => {
                !candidate.catalogue
                    && reading.key() == "index"
                    && reading.folder.is_none()
                    && reading.suffix.is_none()
                    && (self.languages.len() > 1 || self.is_foreign(at))
            }
        }
    }

    /// Whether a text is in letters that none of the book's languages is written in; a title alone proves nothing.
    fn is_foreign(&self, at: usize) -> bool {
        let prose = &self.candidates[at].prose;
        prose.characters() + prose.words() >= 10
            && self.languages.iter().all(|language| prose.can_be(language) == Some(false))
    }

    fn name(&self, at: usize) -> String {
        match shared_key(&self.candidates[at], &self.keyed) {
            Some((key, _)) => key.to_owned(),
            None => self.readings[at].name(),
        }
    }

    /// What pairs a file with others.
    fn evidence(&self, at: usize, others: &BTreeSet<usize>) -> Evidence {
        let said = self.evidence.get(&at).into_iter().flatten();
        match said.filter(|(other, _)| others.contains(other)).map(|(_, evidence)| evidence).next() {
            // Each file has a key of its own to show.
            None | Some(Evidence::TranslationKey(_)) => {}
            Some(evidence) => return evidence.clone(),
        }
        match (shared_key(&self.candidates[at], &self.keyed), &self.readings[at]) {
            (Some((_, Origin::FrontMatter(place))), _) => Evidence::TranslationKey(place.clone()),
            (_, PathReading { suffix: None, folder: Some(_), .. }) => Evidence::Folder,
            _ => Evidence::FileName,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::assembly::habits::Habits;
    use crate::diagnostic::Place;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn candidate(path: &str) -> Candidate {
        let prose = if path.contains('*') { Prose { han: 100, ..Prose::default() } } else { Prose::default() };
        Candidate {
            source: SourcePath::new(Path::new(&path.replace('*', ""))).unwrap(),
            listed: true,
            language: None,
            said: None,
            translation_key: None,
            catalogue: false,
            prose,
        }
    }

    /// The notes of a book in these languages: `key: path=language path=language`. A `*` in a path means that the
    /// text is Chinese.
    fn notes(languages: &[&str], paths: &[&str]) -> Vec<String> {
        let languages: Vec<_> = languages.iter().map(|tag| language(tag)).collect();
        let candidates: Vec<_> = paths.iter().map(|path| candidate(path)).collect();
        show(&candidates, &pair(&candidates, &languages, &languages[0]))
    }

    /// Pairs by paths and keys alone.
    fn pair(candidates: &[Candidate], languages: &[Language], default: &Language) -> Pairing {
        let keys = |key: &Fact<String>| key.origin.place().cloned().map(Evidence::TranslationKey);
        let mut ties = Vec::new();
        for (b, candidate) in candidates.iter().enumerate() {
            let Some(key) = &candidate.translation_key else { continue };
            let same = |other: &Candidate| other.translation_key.as_ref().is_some_and(|other| other.value == key.value);
            let first = candidates.iter().position(same).filter(|a| *a < b);
            ties.extend(first.zip(keys(key)).map(|(a, evidence)| Tie { a, b, evidence }));
        }
        let tags = Tags::new(languages);
        let readings = crate::assembly::pairing::paths::read_paths(candidates, &tags);
        super::pair(candidates, &readings, &ties, &BTreeSet::new(), &tags, default)
    }

    fn show(candidates: &[Candidate], pairing: &Pairing) -> Vec<String> {
        pairing
            .groups
            .iter()
            .map(|(key, files)| {
                let mut line = format!("{key}:");
                for file in files {
                    let language = file.language.as_ref().map_or("mul", |fact| fact.value.tag());
                    line.push_str(&format!(" {}={language}", candidates[file.candidate].source));
                }
                line
            })
            .collect()
    }

    #[test]
    fn folders_at_any_depth() {
        assert_eq!(
            notes(&["zh-CN", "en"], &["zh/a.md", "en/a.md", "docs/zh/b/c.md", "docs/en/b/c.md", "zh-CN/d.md"]),
            ["a: zh/a.md=zh-CN en/a.md=en", "docs/b/c: docs/zh/b/c.md=zh-CN docs/en/b/c.md=en", "d: zh-CN/d.md=zh-CN"]
        );
    }

    #[test]
    fn suffixes_in_every_style() {
        for (chinese, english) in [
            ("a/readme.md", "a/readme_en.md"),
            ("a/readme.md", "a/readme-EN.md"),
            ("a/readme-CN.md", "a/readme.md"),
            ("a/README.md", "a/readme-en.md"),
            ("x-2.md", "x-2-EN.md"),
            ("x_ZH.md", "x.md"),
            ("x_CN.md", "x_EN.md"),
            ("x-ch.md", "x-en.md"),
            ("x.zh.md", "x.en.md"),
            ("x.zh-CN.md", "x.md"),
            ("x-zh_hans.md", "x.md"),
            ("g/zh.md", "g/en.md"),
        ] {
            let found = notes(&["zh-CN", "en"], &[chinese, english]);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(
                found[0].ends_with(&format!(" {chinese}=zh-CN {english}=en"))
                    || found[0].ends_with(&format!(" {english}=en {chinese}=zh-CN")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn tags_are_whole_tokens() {
        assert_eq!(
            notes(&["zh-CN", "en"], &["token.md", "when.md", "tokenizen.md", "men.md"]),
            ["token: token.md=zh-CN", "when: when.md=zh-CN", "tokenizen: tokenizen.md=zh-CN", "men: men.md=zh-CN"]
        );
        assert_eq!(notes(&["zh-CN", "en"], &["en.md"]), ["en: en.md=zh-CN"]);
    }

    #[test]
    fn folder_and_suffix_together() {
        // A sibling vouches for the suffix; alone, it is a word of the name.
        assert_eq!(notes(&["en", "zh-CN"], &["en/x.md", "en/x_zh.md"]), ["x: en/x.md=en en/x_zh.md=zh-CN"]);
        assert_eq!(notes(&["en", "zh-CN"], &["zh/how-to-use-en.md"]), ["how-to-use-en: zh/how-to-use-en.md=zh-CN"]);
        assert_eq!(notes(&["en", "zh-CN"], &["zh/x_zh.md", "en/x.md"]), ["x: zh/x_zh.md=zh-CN en/x.md=en"]);
        // The same name in two folders is one note, whatever it ends in.
        for name in ["how-to-use-en", "llama-zh", "llama.zh", "x_cn", "en", "README_en"] {
            let (chinese, english) = (format!("zh/{name}.md"), format!("en/{name}.md"));
            let want = format!("{name}: {chinese}=zh-CN {english}=en");
            assert_eq!(notes(&["en", "zh-CN"], &[&chinese, &english]), [want]);
        }
    }

    #[test]
    fn the_unmarked_language_without_a_folder() {
        assert_eq!(notes(&["en", "zh-CN"], &["a.md", "zh/a.md"]), ["a: zh/a.md=zh-CN a.md=en"]);
        // Chinese has a folder elsewhere, but this text is Chinese all the same.
        assert_eq!(
            notes(&["zh-CN", "en"], &["a*.md", "en/a.md", "zh/b.md"]),
            ["a: en/a.md=en a.md=zh-CN", "b: zh/b.md=zh-CN"]
        );
        assert_eq!(
            notes(&["en", "zh-CN", "ja"], &["a.md", "zh/a.md", "ja/a.md"]),
            ["a: zh/a.md=zh-CN ja/a.md=ja a.md=en"]
        );
    }

    #[test]
    fn the_root_index() {
        assert_eq!(
            notes(&["zh-CN", "en"], &["index.md", "zh/index.md", "en/README.md"]),
            ["index: index.md=mul", "index: zh/index.md=zh-CN en/README.md=en"]
        );
        assert_eq!(
            notes(&["zh-CN", "en"], &["README.md", "README_en.md"]),
            ["README: README_en.md=en README.md=zh-CN"]
        );
        // English has a folder, so the page at the root is not its missing index.
        assert_eq!(
            notes(&["zh-CN", "en"], &["index.md", "zh/index.md", "en/a.md"]),
            ["index: index.md=mul", "index: zh/index.md=zh-CN", "a: en/a.md=en"]
        );
        assert_eq!(notes(&["en"], &["index.md"]), ["index: index.md=en"]);
    }

    #[test]
    fn a_root_index_in_another_language_than_the_book() {
        assert_eq!(notes(&["en"], &["index*.md", "a.md"]), ["index: index.md=mul", "a: a.md=en"]);
        assert_eq!(notes(&["en"], &["x/index*.md"]), ["x/index: x/index.md=en"]);
    }

    #[test]
    fn three_languages() {
        assert_eq!(
            notes(&["zh-CN", "en", "ja"], &["x*.md", "x_en.md", "x_ja.md"]),
            ["x: x_en.md=en x_ja.md=ja x.md=zh-CN"]
        );
        assert_eq!(notes(&["zh-CN", "zh-TW"], &["zh-CN/x.md", "zh-TW/x.md"]), ["x: zh-CN/x.md=zh-CN zh-TW/x.md=zh-TW"]);
    }

    #[test]
    fn letters_decide_what_nothing_else_does() {
        assert_eq!(notes(&["en", "zh-CN"], &["x*.md", "y.md"]), ["x: x.md=zh-CN", "y: y.md=en"]);
    }

    #[test]
    fn keys_pair_names_that_have_nothing_in_common() {
        let mut candidates = vec![candidate("a*.md"), candidate("b.md"), candidate("c.md")];
        for (at, key) in [(0, "k"), (1, "k"), (2, "other")] {
            candidates[at].translation_key = Some(Fact::authored(key.to_owned(), Place::at("x", 2, 1)));
        }
        candidates[1].language = Some(Fact::authored(PageLanguage::One(language("en")), Place::at("x", 2, 1)));
        let pairing = pair(&candidates, &[language("zh-CN"), language("en")], &language("zh-CN"));
        assert_eq!(show(&candidates, &pairing), ["k: b.md=en a.md=zh-CN", "c: c.md=zh-CN"]);
    }

    #[test]
    fn a_place_can_be_taken_once() {
        let candidates = vec![candidate("zh/x.md"), candidate("zh/x_zh.md"), candidate("en/x.md")];
        let pairing = pair(&candidates, &[language("zh-CN"), language("en")], &language("zh-CN"));
        assert_eq!(show(&candidates, &pairing), ["x: zh/x.md=zh-CN en/x.md=en", "x: zh/x_zh.md=zh-CN"]);
        let clash = &pairing.disputes.clashes[0];
        assert_eq!((clash.kept.as_str(), clash.lost.as_str()), ("zh/x.md", "zh/x_zh.md"));
    }

    /// What is proposed for a missing edition has to be right: with that file there, the note has both.
    #[test]
    fn a_file_at_the_proposed_path_makes_a_pair() {
        let languages = [language("zh-CN"), language("en"), language("ja")];
        for path in [
            "graph_en.md",
            "graph.md",
            "x.zh.md",
            "b_CN.md",
            "b-EN.md",
            "zh/a.md",
            "zh/a_zh.md",
            "docs/en/x/y.md",
            "g/README.md",
            "README_en.md",
            "x.zh-CN.md",
            "when.md",
        ] {
            let habits = Habits::without_folders(&languages);
            let source = SourcePath::new(Path::new(path)).unwrap();
            let own = pair(&[candidate(path)], &languages, &languages[0]).groups[0].1[0].language.clone();
            let own = own.map(|fact| fact.value);
            for other in languages.iter().filter(|language| Some(*language) != own.as_ref()) {
                let proposed = habits.path_of(&source, other);
                let candidates = [candidate(path), candidate(proposed.as_str())];
                let pairing = pair(&candidates, &languages, &languages[0]);
                assert_eq!(pairing.groups.len(), 1, "{path} and {proposed}: {:?}", show(&candidates, &pairing));
                assert!(
                    pairing.groups[0]
                        .1
                        .iter()
                        .any(|file| file.candidate == 1
                            && file.language.as_ref().is_some_and(|fact| fact.value == *other))
                );
            }
        }
    }
}
