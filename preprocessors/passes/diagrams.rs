//! Shows diagrams in Mermaid.
//!
//! ````text
//! ```mermaid              stays as it is, and at the end of the page:
//! graph LR          →
//!   A --> B               <script class="diagrams" data-failed="…" …>… "bilingual/diagrams.js" …</script>
//! ```
//! ````
//!
//! The block itself is not touched. So it can stand in a list, a quotation or a `<details>`; without JavaScript, or
//! without the file, it is the block of code that it was; and nothing of it has to be escaped once more. The script on
//! the page asks for `bilingual/diagrams.js`, which `install` put into the source folder,
//! and which draws what it finds. It asks once, however many chapters the print page has, and from the root of the site,
//! which mdBook tells each page: the address is right for the copy of the first chapter at the root, too.
//!
//! Whether a block is valid is known only where it is drawn. A page without one gets nothing. What reads Markdown
//! ([`Format::Markdown`](crate::host::Format::Markdown)) gets nothing either: its tools for Mermaid look for the block.

use super::markup::{Attributes, Block};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::notebook::Page;

/// Asks for the file that draws, once in a window. `path_to_root` is mdBook's.
const LOAD: &str = "window.bilingualDiagrams ||= document.head.appendChild(Object.assign(document.createElement('script'), {src: path_to_root + 'bilingual/diagrams.js'}))";

/// One script for each page that has a diagram.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let pages = stage.notebook.pages.iter();
    pages.filter(|page| page.anatomy.has_diagram()).filter_map(|page| script(stage, page)).collect()
}

fn script(stage: &Stage<'_>, page: &Page) -> Option<Edit> {
    let language = stage.speaks(page);
    let settings = Attributes::class("diagrams")
        .with("data-failed", stage.text(language, "diagram-failed"))
        .with("data-source", stage.text(language, "diagram-source"))
        .with("data-label", stage.text(language, "diagram-label"))
        .with("data-wide", stage.text(language, "diagram-wide"));
    // What ends inside of a block of code or of HTML has no room behind it, and always some below its title.
    let gap = if page.anatomy.closed { page.anatomy.end } else { page.anatomy.banner };
    splices::blocks(stage, page, gap, &[Block::Script(settings, LOAD)], Layer::Diagram)
}

#[cfg(test)]
mod tests {
    use crate::passes::test_book::pages;

    const BLOCK: &str = "```mermaid\ngraph LR\n  A --> B\n```\n";

    fn pages_of(chinese: &str, english: &str, renderer: &str) -> [String; 2] {
        let files = [
            ("SUMMARY.md", "[A](zh/a.md)\n[B](en/b.md)\n"),
            ("zh/a.md", &format!("# 甲\n\n中文。\n\n{chinese}")),
            ("en/b.md", &format!("# B\n\nText.\n\n{english}")),
        ];
        let mut pages = pages(crate::read, "diagrams", &files, renderer, |_| {});
        ["zh/a.md", "en/b.md"].map(|page| pages.remove(page).unwrap())
    }

    #[test]
    fn one_script_at_the_end_in_the_language_of_the_page() {
        let [chinese, english] = pages_of(&BLOCK.repeat(2), BLOCK, "html");
        for (page, blocks, said) in [(chinese, 2, "这张图无法绘制"), (english, 1, "This diagram cannot be drawn")]
        {
            let (text, script) = page.split_once("<script").unwrap();
            assert!(text.ends_with(&format!("{}\n", BLOCK.repeat(blocks))), "{text}");
            assert!(script.contains(said) && script.contains("path_to_root + 'bilingual/diagrams.js'"), "{script}");
            assert_eq!(script.trim_end().lines().count(), 1, "{script}");
            // The code is no text of HTML: an escaped sign would break it.
            assert!(!script.contains('&'), "{script}");
        }
    }

    #[test]
    fn nothing_for_other_pages_and_other_readers() {
        let text = "`mermaid`\n\n```text\nmermaid\n```\n\n    ```mermaid\n    graph LR\n    ```\n";
        let [chinese, english] = pages_of(text, BLOCK, "markdown");
        assert!(chinese.ends_with(text) && english.ends_with(BLOCK), "{chinese}{english}");
        let [chinese, _] = pages_of(text, BLOCK, "html");
        assert!(chinese.ends_with(text), "{chinese}");
    }

    #[test]
    fn a_block_in_something_is_one_and_stays() {
        for text in [
            "- a\n\n  ```mermaid\n  graph LR\n  ```\n",
            "> ~~~Mermaid title=x\n> graph LR\n> ~~~\n",
            "<details>\n\n```mermaid,ignore\n```\n\n</details>\n",
        ] {
            let [chinese, _] = pages_of(text, "", "html");
            assert_eq!(chinese.matches("<script").count(), 1, "{chinese}");
            assert!(chinese.contains(&format!("中文。\n\n{text}\n<script")), "{chinese}");
        }
    }

    #[test]
    fn a_page_that_does_not_end_has_it_below_its_title() {
        for text in ["```mermaid\ngraph LR\n", "<details>\n\n```mermaid\ngraph LR\n```\n"] {
            let [chinese, _] = pages_of(text, "", "html");
            assert!(chinese.starts_with("# 甲\n\n<script") && chinese.ends_with(text), "{chinese}");
        }
    }
}
