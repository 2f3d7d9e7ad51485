//! `llms.txt` (<https://llmstxt.org>): what there is to read, as a list in Markdown, for programs that read the pages as
//! Markdown.
//!
//! ```text
//! llms.txt           # Notes              llms-en.txt    # Notes
//!                    > What we learnt                    > What we learnt
//!                    ## 简体中文                         ## Basics
//!                    - [显存](zh/a.md): …                - [Memory](en/a.md): …
//!                    ## English
//!                    - [Memory](en/a.md): …
//! ```
//!
//! The one of all languages has a section for each of them, the one of a language its own sections.

use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::values::{Language, PagePath};

use crate::output::Files;
use crate::site::Site;

/// `llms.txt`, and one file for each language.
#[must_use]
pub fn files(site: &Site<'_>) -> Files {
    let mut files = Files::from([("llms.txt".to_owned(), all(site).into_bytes())]);
    for language in &site.languages {
        files.insert(format!("llms-{}.txt", language.tag()), own(site, language).into_bytes());
    }
    files
}

/// The list of all languages.
fn all(site: &Site<'_>) -> String {
    let title = site.title.as_deref().or_else(|| site.title_in(site.default_language()));
    let mut list = List::new(site, title, site.description.as_deref());
    let pages = &site.notebook.pages;
    let names: Vec<&str> = site.languages.iter().map(|language| site.config.autonym(language)).collect();
    list.section(&names.join(" · "), pages.iter().filter(|page| page.edition.is_none()));
    for (language, name) in site.languages.iter().zip(names) {
        list.section(name, pages.iter().filter(|page| site.notebook.language(page) == Some(language)));
    }
    list.text
}

/// The list of a language, by the parts of the book.
fn own(site: &Site<'_>, language: &Language) -> String {
    let mut list = List::new(site, site.title_in(language), site.description_in(language));
    let is_shown = |page: &&Page| site.notebook.language(page).is_none_or(|own| own == language);
    let mut sections: Vec<(&str, Vec<&Page>)> = Vec::new();
    for page in site.notebook.pages.iter().filter(is_shown) {
        let section = site.notebook.shown(page).and_then(|(_, edition)| edition.section.first());
        let section = section.map_or_else(|| site.config.autonym(language), String::as_str);
        match sections.iter_mut().find(|(name, _)| *name == section) {
            Some((_, pages)) => pages.push(page),
            None => sections.push((section, vec![page])),
        }
    }
    for (name, pages) in sections {
        list.section(name, pages.into_iter());
    }
    list.text
}

/// A list that is being written.
struct List<'l> {
    site: &'l Site<'l>,
    text: String,
}

impl<'l> List<'l> {
    fn new(site: &'l Site<'l>, title: Option<&str>, description: Option<&str>) -> Self {
        // A list has to be called something; where the book has no title, its address is one.
        let host = || site.address.as_ref().and_then(|address| address.host_str());
        let title = title.or_else(host).unwrap_or_else(|| site.config.autonym(site.default_language()));
        let description = description.map(line).filter(|description| !description.is_empty());
        let description = description.map_or_else(String::new, |description| format!("\n> {description}\n"));
        Self { site, text: format!("# {}\n{description}", line(title)) }
    }

    fn section<'p>(&mut self, name: &str, pages: impl Iterator<Item = &'p Page>) {
        let entries: String = pages.map(|page| self.entry(page)).collect();
        if !entries.is_empty() {
            self.text.push_str(&format!("\n## {}\n\n{entries}", line(name)));
        }
    }

    fn entry(&self, page: &Page) -> String {
        let edition = self.site.notebook.shown(page).map(|(_, edition)| edition);
        let title = edition.map_or(&page.bare_name, |edition| &edition.title.value);
        let title = line(title).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
        let url = self.markdown(&page.path).replace('(', "%28").replace(')', "%29");
        let summary = edition.and_then(|edition| edition.summary.as_ref());
        let summary = summary.map_or_else(String::new, |summary| format!(": {}", line(&summary.value)));
        format!("- [{title}]({url}){summary}\n")
    }

    /// The address of a page's Markdown: whole where the site's is known, else from the root.
    fn markdown(&self, path: &PagePath) -> String {
        let whole = self.site.url_of(path.chapter());
        whole.map_or_else(|| path.markdown_link_from(&root(path)), String::from)
    }
}

/// A page at the root, from which a link can lead to a page.
fn root(path: &PagePath) -> PagePath {
    PagePath::new(std::path::Path::new("llms.txt"), false).unwrap_or_else(|| path.clone())
}

/// Text in one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::test_site::TestSite;

    const BOOK: [(&str, &str); 4] = [
        ("README.md", "---\nlanguage: mul\n---\n# Book\n"),
        ("zh/a (1).md", "---\ntitle: \"[甲] 与乙\"\nsummary: |\n  两行\n  摘要\n---\n# 甲\n\n正文。\n"),
        ("en/a (1).md", "# A\n\nThe text of it.\n"),
        ("en/b.md", "# B\n\nAnother text.\n"),
    ];
    const CHAPTERS: &str = "[Book](README.md)\n\n# 中文\n\n- [甲](<zh/a (1).md>)\n\n# English\n\n- [A](<en/a (1).md>)\n\n\
                            # More\n\n- [B](en/b.md)\n";

    fn files(test: &TestSite) -> Vec<(String, String)> {
        let files = super::files(&test.site());
        files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
    }

    #[test]
    fn all_languages_and_each() {
        let test = TestSite::listed("languages = [\"zh-CN\", \"en\"]", CHAPTERS, &BOOK);
        let files = files(&test);
        assert_eq!(
            files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["llms-en.txt", "llms-zh-CN.txt", "llms.txt"]
        );
        let begin = "# Notes & <more>\n\n> What we \"learnt\"\n";
        let zh = "- [\\[甲\\] 与乙](https://example.org/zh/a%20%281%29.md): 两行 摘要\n";
        let en = "- [A](https://example.org/en/a%20%281%29.md)\n";
        let b = "- [B](https://example.org/en/b.md)\n";
        let path =
            |language: &str, name: &str| format!("- [{name}](https://example.org/{language}/learning-path.md)\n");
        let (zh_path, en_path) = (path("zh", "学习路径"), path("en", "Learning path"));
        let book = "- [Book](https://example.org/index.md)\n";
        assert_eq!(
            files[2].1,
            format!(
                "{begin}\n## 简体中文 · English\n\n{book}\n## 简体中文\n\n{zh}{zh_path}\n## English\n\n{en}{b}{en_path}"
            )
        );
        assert!(
            files[0].1.ends_with(&format!("\n## English\n\n{book}{en}{en_path}\n## More\n\n{b}")),
            "{}",
            files[0].1
        );
    }

    #[test]
    fn links_from_the_root_without_an_address() {
        let test = TestSite::listed("languages = [\"zh-CN\", \"en\"]", CHAPTERS, &BOOK).nowhere();
        assert!(files(&test)[2].1.contains("](zh/a%20%281%29.md)"));
    }
}
