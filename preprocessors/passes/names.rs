//! What pages are called, in the sidebar and in the browser's window.
//!
//! Not a pass: `review-status` gives pages their names, and `window-title` those their titles whose names would not do.
//! The site is told all titles at once, because mdBook tells them to nobody but itself.

use std::collections::BTreeMap;

use super::{Stage, status_word};
use crate::config::PassName;
use crate::messages::Argument;
use crate::notebook::Page;
use crate::values::PagePath;

/// What the browser's window says of each page: what its author asks for with `{{#title …}}`, or else its name and the
/// title of the book in its language.
#[must_use]
pub fn window_titles(stage: &Stage<'_>) -> BTreeMap<PagePath, String> {
    let title = |page: &Page| {
        let brought = || page.brought.iter().rev().find_map(|brought| brought.anatomy.window_title.clone());
        page.written.window_title.clone().or_else(brought).or_else(|| in_window(stage, page))
    };
    stage.notebook.pages.iter().filter_map(|page| Some((page.path.clone(), title(page)?))).collect()
}

/// The name of a page in the sidebar, when it carries a mark there.
///
/// Where the browser's title could not be kept clean of it (without `links` behind us, or with a brace in the title),
/// there is no mark.
pub(super) fn in_sidebar(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let wanted = stage.config.runs(PassName::ReviewStatus) && stage.config.review_status.sidebar_marks;
    if !wanted || !can_have_title(stage) && !stage.is_for_site {
        return None;
    }
    let (_, edition) = stage.notebook.shown(page)?;
    let status = status_word::worth_saying(edition)?;
    let language = &edition.language.value;
    let word = status_word::of(stage, language, edition, status);
    let arguments = [("title", Argument::Text(&page.bare_name)), ("status", Argument::Text(&word))];
    in_window(stage, page).map(|_| stage.messages.text(language, "sidebar-mark", &arguments))
}

/// Whether a directive can give the window another title than mdBook does: `links` reads it behind us. The site needs none.
pub(super) fn can_have_title(stage: &Stage<'_>) -> bool {
    stage.format.is_for_mdbook() && stage.links && !stage.is_for_site
}

/// The book's title in the language of a page.
pub(super) fn of_book<'a>(stage: &'a Stage<'_>, page: &Page) -> Option<&'a str> {
    let wanted = stage.is_for_site || stage.config.runs(PassName::LanguageSwitch);
    let language = stage.notebook.language(page).filter(|_| wanted)?;
    stage.config.of(language)?.title.as_deref()
}

/// The clean title of a page, as far as its renderer can be told: mdBook reads a directive up to the first closing brace.
pub(super) fn in_window(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let name = if stage.config.runs(PassName::ReviewStatus) { &page.bare_name } else { &page.name };
    if name.trim().is_empty() {
        return None;
    }
    let title = match of_book(stage, page).or(stage.book_title) {
        Some(book) => format!("{name} - {book}"),
        None => name.clone(),
    };
    (stage.is_for_site || !title.contains(['{', '}', '\n', '\r'])).then_some(title)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::host::Host;

    const FILES: &[(&str, &str)] = &[
        (
            "book.toml",
            "[book]\ntitle = \"Notes\"\nsrc = \"book\"\n[output.bilingual-site]\n[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\npasses = [\"review-status\"]\n[preprocessor.bilingual.language.zh-CN]\ntitle = \"笔记\"\n",
        ),
        ("book/SUMMARY.md", "[Home](index.md)\n\n- [缓存 [待审]](zh/a.md)\n- [Cache](en/a.md)\n- [{b}](en/b.md)\n"),
        ("book/index.md", "Home\n"),
        ("book/zh/a.md", "# 缓存\n\n正文。\n"),
        ("book/en/a.md", "{{#title Its own}}\n\n# Cache\n\nText.\n"),
        ("book/en/b.md", "# B\n\nText.\n"),
    ];

    #[test]
    fn the_site_is_told_all_titles_and_no_page_has_a_directive() {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in FILES {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let (mut host, book) = Host::load(folder.path()).unwrap();
        host.renderer = Some("bilingual-site".to_owned());
        let reading = crate::read(&host, &book);
        let stage = Stage::new(&reading, &host);
        let titles = window_titles(&stage);
        let titles: Vec<(&str, &str)> = titles.iter().map(|(path, title)| (path.chapter(), title.as_str())).collect();
        assert_eq!(
            titles,
            [
                ("en/a.md", "Its own"),
                ("en/b.md", "{b} - Notes"),
                ("index.md", "Home - Notes"),
                ("zh/a.md", "缓存 - 笔记")
            ]
        );
        // The sidebar has its mark, though nothing reads a directive behind us.
        assert!(!host.links && stage.notebook.pages.iter().any(|page| in_sidebar(&stage, page).is_some()));
        assert!(super::super::window_title::edits(&stage).is_empty());
    }
}
