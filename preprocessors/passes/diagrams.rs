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
//! the page asks for `bilingual/diagrams.js`, which [`install`](crate::commands::install) put into the source folder,
//! and which draws what it finds. It asks once, however many chapters the print page has, and from the root of the site,
//! which mdBook tells each page: the address is right for the copy of the first chapter at the root, too.
//!
//! Whether a block is valid is known only where it is drawn. A page without one gets nothing. What reads Markdown
//! ([`Format::Markdown`]) gets nothing either: its tools for Mermaid look for the block.

use maud::{PreEscaped, html};

use super::markup::{block, html_line};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::notebook::Page;

/// Asks for the file that draws, once in a window. `path_to_root` is mdBook's.
const LOAD: &str = "window.bilingualDiagrams ||= document.head.appendChild(Object.assign(document.createElement('script'), {src: path_to_root + 'bilingual/diagrams.js'}))";

/// One script for each page that has a diagram.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if stage.format != Format::Html {
        return Vec::new();
    }
    let pages = stage.notebook.pages.iter();
    pages.filter(|page| page.anatomy.has_diagram()).map(|page| script(stage, page)).collect()
}

fn script(stage: &Stage<'_>, page: &Page) -> Edit {
    let language = stage.speaks(page);
    let text = |id: &str| stage.messages.text(language, id, &[]);
    let element = html! {
        script.diagrams data-failed=(text("diagram-failed")) data-source=(text("diagram-source"))
            data-label=(text("diagram-label")) { (PreEscaped(LOAD)) }
    };
    // What ends inside of a block of code or of HTML has no room behind it, and always some below its title.
    let gap = if page.anatomy.closed { page.anatomy.end } else { page.anatomy.banner };
    block(page, gap, &html_line(element), Layer::Diagram)
}
