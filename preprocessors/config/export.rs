//! `[preprocessor.bilingual.export]`: what the command `export` is told.

use std::collections::BTreeMap;

use serde_json::Value;

use super::choice::{Choice, choices};
use super::key::Key;
use super::table::table;
use crate::platforms::linkable;

table! {
    /// What `export` writes for other sites.
    pub struct ExportConfig {
        /// The address at which the book is published, where `output.bilingual-site` does not say it.
        pub site: Option<String> = web_folder("site"),
        /// What stands before the path of a picture: an address, `site` or `repository`.
        pub images: Option<String> = pictures("images"),
        /// Where a link to another note leads: the first of these that there is.
        pub links: Vec<LinkWay> = choices("links", "way for links", LinkWay::ALL),
        /// What one platform takes, by its identifier: keys as in the platform's own file, which come before those; or all
        /// keys of a new platform.
        pub platforms: BTreeMap<String, Value> = platforms("PLATFORM"),
    }
}

choices! {
    /// Where a link to another note leads when the note is exported.
    pub enum LinkWay {
        /// The note's own copy on the platform.
        Sister = "sister",
        /// Its page on the book's site.
        Site = "site",
        /// Its file in the repository.
        Repository = "repository",
        /// Nowhere: its words.
        Text = "text",
    }
}

impl LinkWay {
    /// The way of a name.
    ///
    /// # Errors
    /// When none has this name.
    pub fn find(name: &str) -> Result<Self, String> {
        let found = Self::named(name.trim());
        found.ok_or_else(|| format!("“{name}” is no way for a link; write sister, site, repository or text"))
    }
}

impl Key<'_, '_> {
    /// The address of a folder on the web, with a slash at its end.
    fn web_folder(&mut self) -> Option<String> {
        let text = self.word()?;
        self.as_web_folder(&text)
    }

    fn as_web_folder(&mut self, text: &str) -> Option<String> {
        match linkable(text) {
            Ok(url) => {
                let url = String::from(url);
                Some(if url.ends_with('/') { url } else { url + "/" })
            }
            Err(error) => {
                self.wrong(error.message());
                None
            }
        }
    }

    /// Where pictures are on the web: an address, or one of two words.
    fn pictures(&mut self) -> Option<String> {
        let text = self.word()?;
        if matches!(text.as_str(), "site" | "repository") { Some(text) } else { self.as_web_folder(&text) }
    }

    /// The tables in this one, each for a platform, as they stand: their keys are for whoever knows platforms.
    fn platforms(&mut self) -> BTreeMap<String, Value> {
        if self.table_above().is_described() {
            self.any_table();
            self.table_above().describe_each();
            return BTreeMap::new();
        }
        let is_identifier =
            |name: &String| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let names: Vec<String> = self.table_above().unasked().into_iter().filter(is_identifier).collect();
        // What is no table is a key that nobody knows.
        names
            .into_iter()
            .filter_map(|name| Some((name.clone(), self.table_above().table_of_anything(&name)?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn what_export_is_told() {
        let (config, said) = read(
            "[preprocessor.bilingual.export]\nsite = \"https://e.org/notes\"\nimages = \"repository\"\n[preprocessor.bilingual.export.zhihu]\ntasks = \"keep\"\n",
        );
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(config.export.site.as_deref(), Some("https://e.org/notes/"));
        assert_eq!(config.export.images.as_deref(), Some("repository"));
        assert_eq!(config.export.platforms["zhihu"]["tasks"], "keep");
        let (_, said) =
            read("[preprocessor.bilingual.export]\nsite = \"notes\"\nimages = \"javascript:1\"\n\"A b\" = {}\nc = 1\n");
        assert_eq!(said.len(), 4, "{said:?}");
    }
}
