//! How a book names the files of its languages, to say where a missing edition belongs.
//!
//! ```text
//! graph_en.md beside others      →   the missing edition of cache.md is cache_en.md
//! zh/graph.md and en/            →   the missing edition of zh/graph.md is en/graph.md
//! docs-zh/graph.md and docs/     →   the missing edition of docs-zh/graph.md is docs/graph.md
//! ```

use std::collections::BTreeMap;

use crate::assembly::naming::{self, Form, Split};
use crate::notebook::Notebook;
use crate::values::{Language, SourcePath, Tags};

/// How a book names the files of its languages.
#[derive(Debug, Clone)]
pub(crate) struct Habits {
    tags: Tags,
    /// Language, and a folder without the name of a language → the folder with it.
    folders: BTreeMap<(Language, String), String>,
    /// What names a language by a word, in the name of a file or of a folder.
    words: BTreeMap<Language, String>,
    /// What stands before most suffixes.
    separator: char,
}

impl Habits {
    /// The habits of a book that has no folders for languages.
    #[cfg(test)]
    pub(crate) fn without_folders(languages: &[Language]) -> Self {
        let (folders, words) = Default::default();
        Self { tags: Tags::new(languages), folders, words, separator: '_' }
    }

    /// The habits of a book, as its files show them.
    #[must_use]
    pub(crate) fn of(notebook: &Notebook) -> Self {
        let tags = notebook.tags.clone();
        let (mut folders, mut words) = (BTreeMap::new(), BTreeMap::new());
        let mut separators: BTreeMap<char, usize> = BTreeMap::new();
        for note in &notebook.notes {
            // The folder of a side that is not marked is known by its counterparts.
            let mut unmarked: Vec<(&Language, &str)> = Vec::new();
            let mut rests: Vec<String> = Vec::new();
            for edition in &note.editions {
                let (Some(source), language) = (&edition.source, &edition.language.value) else { continue };
                // A word in the name of a note that is alone may be any word.
                let is_pair = note.editions.len() > 1;
                let own = |split: &Split<'_>| split.token.language == *language && (is_pair || !split.token.is_word);
                let found =
                    source.folders().into_iter().find_map(|it| Some((it, naming::split(it, &tags).filter(own)?)));
                if let Some((folder, split)) = &found {
                    folders.entry((language.clone(), split.rest.to_owned())).or_insert_with(|| (*folder).to_owned());
                    rests.push(split.rest.to_owned());
                    if split.token.is_word {
                        words.entry(language.clone()).or_insert_with(|| folder[split.named.clone()].to_owned());
                    }
                }
                unmarked.extend(source.folders().into_iter().filter(|_| found.is_none()).map(|it| (language, it)));
                let stem = source.stem();
                let Some(split) = naming::split(stem, &tags).filter(own) else { continue };
                if split.form == Form::Suffix {
                    let separator = stem[split.rest.len()..].chars().next();
                    *separators.entry(separator.unwrap_or('.')).or_default() += 1;
                }
                if split.token.is_word {
                    words.entry(language.clone()).or_insert_with(|| stem[split.named.clone()].to_owned());
                }
            }
            for (language, folder) in unmarked.into_iter().filter(|(_, folder)| rests.iter().any(|rest| rest == folder))
            {
                folders.entry((language.clone(), folder.to_owned())).or_insert_with(|| folder.to_owned());
            }
        }
        let separator = separators.into_iter().max_by_key(|(_, count)| *count).map_or('.', |(separator, _)| separator);
        Self { tags, folders, words, separator }
    }

    /// Where the counterpart of a file in another language would lie. A file at that path makes a pair with it.
    #[must_use]
    pub(crate) fn path_of(&self, source: &SourcePath, language: &Language) -> SourcePath {
        let mut folders: Vec<String> = source.folders().into_iter().map(str::to_owned).collect();
        let (stem, extension) =
            (source.stem(), source.as_str().rsplit_once('.').map_or("md", |(_, extension)| extension));
        // A word names a language where the book is known to do so.
        let counts = |piece: &str, split: &Split<'_>| {
            let named = &piece[split.named.clone()];
            let is_known = self.words.values().any(|word| word.eq_ignore_ascii_case(named));
            if split.token.is_word { is_known } else { matches!(split.form, Form::Whole | Form::Suffix) }
        };
        let is_folder = |folder: &String| {
            let split = naming::split(folder, &self.tags).filter(|split| counts(folder, split))?;
            let own = (split.token.language.clone(), split.rest.to_owned());
            // A part of a folder's name is one where files show it.
            (split.form == Form::Whole || self.folders.contains_key(&own)).then_some(own)
        };
        let folder = folders.iter().enumerate().find_map(|(at, folder)| Some((at, is_folder(folder)?)));
        let suffix = naming::split(stem, &self.tags).filter(|split| counts(stem, split));
        let stem = match (folder, suffix) {
            (Some((at, (own, rest))), suffix) => {
                // Beside its folder a name need not say the language again.
                folders[at] = self.folder(language, &own, &rest, &folders[at]);
                match suffix {
                    Some(split) if split.token.language == own && !split.rest.is_empty() => split.rest.to_owned(),
                    _ => stem.to_owned(),
                }
            }
            (None, Some(split)) => format!(
                "{}{}{}",
                &stem[..split.named.start],
                self.name(language, split.token.is_word),
                &stem[split.named.end..]
            ),
            (None, None) => {
                format!("{stem}{}{}", self.separator, self.name(language, self.words.contains_key(language)))
            }
        };
        folders.push(format!("{stem}.{extension}"));
        SourcePath::new(std::path::Path::new(&folders.join("/"))).expect("it lies beside a file of the book")
    }

    /// The folder of a language beside the folder of another one.
    fn folder(&self, language: &Language, own: &Language, rest: &str, folder: &str) -> String {
        let known = self.folders.get(&(language.clone(), rest.to_owned()));
        known.cloned().unwrap_or_else(|| match naming::split(folder, &self.tags) {
            Some(split) if split.token.language == *own => {
                let named = split.named;
                let name = if rest.is_empty() { language.tag() } else { self.name(language, split.token.is_word) };
                format!("{}{name}{}", &folder[..named.start], &folder[named.end..])
            }
            _ => language.tag().to_owned(),
        })
    }

    /// The word for a language where the book has words, else the shortest tag that means no other one of this book.
    fn name<'a>(&'a self, language: &'a Language, by_word: bool) -> &'a str {
        match self.words.get(language).filter(|_| by_word) {
            Some(word) => word,
            None if self.tags.get(language.primary()) == Some(language) => language.primary(),
            None => language.tag(),
        }
    }
}
