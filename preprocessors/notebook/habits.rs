//! How a book names the files of its languages, to say where a missing edition belongs.
//!
//! ```text
//! graph_en.md beside others      →   the missing edition of cache.md is cache_en.md
//! zh/graph.md and en/            →   the missing edition of zh/graph.md is en/graph.md
//! ```

use std::collections::BTreeMap;

use super::pairing::split_suffix;
use super::{Language, Notebook, SourcePath, Tags};

/// How a book names the files of its languages.
#[derive(Debug, Clone)]
pub(super) struct Habits {
    tags: Tags,
    /// The folder of each language that has one.
    folders: BTreeMap<Language, String>,
    /// What stands before most suffixes.
    separator: char,
}

impl Habits {
    /// The habits of a book that has no folders for languages.
    #[cfg(test)]
    pub(super) fn without_folders(languages: &[Language]) -> Self {
        Self { tags: Tags::new(languages), folders: BTreeMap::new(), separator: '_' }
    }

    /// The habits of a book, as its files show them.
    #[must_use]
    pub(super) fn of(notebook: &Notebook) -> Self {
        let tags = Tags::new(&notebook.languages);
        let mut folders = BTreeMap::new();
        for source in
            notebook.notes.iter().flat_map(|note| &note.editions).filter_map(|edition| edition.source.as_ref())
        {
            for folder in source.folders() {
                if let Some(language) = tags.get(folder) {
                    folders.entry(language.clone()).or_insert_with(|| folder.to_owned());
                }
            }
        }
        let mut separators: BTreeMap<char, usize> = BTreeMap::new();
        let sources =
            || notebook.notes.iter().flat_map(|note| &note.editions).filter_map(|edition| edition.source.as_ref());
        for source in sources() {
            let suffix = split_suffix(source.stem(), &tags).map(|(rest, _)| &source.stem()[rest.len()..]);
            if let Some(separator) = suffix.and_then(|suffix| suffix.chars().next()).filter(|c| !c.is_alphanumeric()) {
                *separators.entry(separator).or_default() += 1;
            }
        }
        let separator = separators.into_iter().max_by_key(|(_, count)| *count).map_or('.', |(separator, _)| separator);
        Self { tags, folders, separator }
    }

    /// Where the counterpart of a file in another language would lie. A file at that path makes a pair with it.
    #[must_use]
    pub(super) fn path_of(&self, source: &SourcePath, language: &Language) -> SourcePath {
        let mut folders: Vec<String> = source.folders().into_iter().map(str::to_owned).collect();
        let (stem, extension) =
            (source.stem(), source.as_str().rsplit_once('.').map_or("md", |(_, extension)| extension));
        let folder = folders.iter().position(|folder| self.tags.get(folder).is_some());
        let suffix = split_suffix(stem, &self.tags);
        let stem = match (folder, suffix) {
            (Some(at), suffix) => {
                // Beside its folder a name need not say the language again.
                let own = self.tags.get(&folders[at]).cloned();
                folders[at] = self.folders.get(language).cloned().unwrap_or_else(|| language.tag().to_owned());
                match suffix {
                    Some((rest, named)) if Some(&named) == own.as_ref() && !rest.is_empty() => rest.to_owned(),
                    _ => stem.to_owned(),
                }
            }
            (None, Some((rest, _))) => {
                let separator = stem[rest.len()..].chars().next().filter(|_| !rest.is_empty());
                let separator = separator.map(String::from).unwrap_or_default();
                format!("{rest}{separator}{}", self.short(language))
            }
            (None, None) => format!("{stem}{}{}", self.separator, self.short(language)),
        };
        folders.push(format!("{stem}.{extension}"));
        SourcePath::new(std::path::Path::new(&folders.join("/"))).expect("it lies beside a file of the book")
    }

    /// The shortest name of a language that means no other one of this book.
    fn short<'a>(&self, language: &'a Language) -> &'a str {
        if self.tags.get(language.primary()) == Some(language) { language.primary() } else { language.tag() }
    }
}
