//! What holds for every text, said as assertions: for the tests of properties, and for the targets of `fuzz/`.

use std::path::PathBuf;
use std::sync::LazyLock;

use mdbook::book::{Book, BookItem, Chapter};
use mdbook_bilingual_core::edit::{self, Edit, Layer, Splice};
use mdbook_bilingual_core::facts::front_matter;
use mdbook_bilingual_core::formula::Mathematics;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::{Anatomy, MARKERS};
use mdbook_bilingual_core::text::Wording;

/// What authors call things where a book says nothing of it.
pub(crate) static WORDING: LazyLock<Wording> = LazyLock::new(Wording::default);

/// The chapters of a book, depth first, drafts included: what the numbers in edits count.
fn chapters(items: &[BookItem]) -> Vec<&Chapter> {
    items
        .iter()
        .filter_map(|item| if let BookItem::Chapter(chapter) = item { Some(chapter) } else { None })
        .flat_map(|chapter| std::iter::once(chapter).chain(chapters(&chapter.sub_items)))
        .collect()
}

/// Takes what was written out of the output and puts back what was taken: the input, or the suite lost a byte.
pub(crate) fn undo(output: &str, mut splices: Vec<Splice>, input: &str) -> String {
    // What is replaced as a whole needs no edits inside of it.
    let all = splices.clone();
    splices.retain(|inner| {
        let holds = |outer: &Splice| {
            outer.range.start <= inner.range.start
                && inner.range.end <= outer.range.end
                && outer.range != inner.range
                && (!inner.range.is_empty()
                    || outer.range.start < inner.range.start && inner.range.end < outer.range.end)
        };
        !all.iter().any(holds)
    });
    splices.sort_by_key(|splice| (splice.range.start, !splice.range.is_empty(), splice.layer));
    let (mut restored, mut from, mut at) = (String::new(), 0, 0);
    for splice in splices {
        let kept = splice.range.start - at;
        restored.push_str(&output[from..from + kept]);
        assert_eq!(&output[from + kept..from + kept + splice.text.len()], splice.text);
        restored.push_str(&input[splice.range.clone()]);
        from += kept + splice.text.len();
        at = splice.range.end;
    }
    restored.push_str(&output[from..]);
    restored
}

/// Whether these are whole lines with nothing on them but links, or the name of a language, and words between them.
fn are_lines_of_links(text: &str, range: &std::ops::Range<usize>, wording: &Wording) -> bool {
    let (before, taken, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let whole = (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || taken.ends_with('\n'));
    let has_link = |line: &str| ["]", "href=", "https://"].iter().any(|part| line.contains(part));
    let tag = regex::Regex::new("</?[A-Za-z][^<>]*>").expect("a valid pattern");
    // HTML and headings of several lines have their links on some of them.
    whole && (has_link(taken) || wording.language(&tag.replace_all(taken, " ")).is_some())
}

/// Checks a book: nothing is taken away but front matter, status marks, markers, the destinations of links, line breaks
/// between East Asian characters, and lines that only hold links; all else stays.
pub(crate) fn check(host: &Host, book: &Book) -> usize {
    let (reading, edits) = mdbook_bilingual_core::plan(host, book);
    let mut output = book.clone();
    edit::apply(&mut output, &reading.notebook.added, edits.clone()).expect("edits have an order");
    let mut again = book.clone();
    let (reading_again, edits_again) = mdbook_bilingual_core::plan(host, book);
    edit::apply(&mut again, &reading_again.notebook.added, edits_again).expect("edits have an order");
    assert_eq!(output, again, "two runs differ");

    let added: Vec<_> = reading.notebook.added.iter().map(|added| PathBuf::from(added.path.chapter())).collect();
    let outputs: Vec<_> = chapters(&output.items)
        .into_iter()
        .filter(|chapter| chapter.path.as_ref().is_none_or(|path| !added.contains(path)))
        .collect();
    let inputs = chapters(&book.items);
    assert_eq!(inputs.len(), outputs.len());
    for (number, (input, output)) in inputs.iter().zip(outputs).enumerate() {
        let splices: Vec<Splice> = edits
            .iter()
            .filter_map(|edit| match edit {
                Edit::Splice(chapter, splice) if *chapter == number => Some(splice.clone()),
                _ => None,
            })
            .collect();
        let wording = &*WORDING;
        let body = front_matter::find(&input.content).map_or(0, |block| block.end);
        let anatomy = Anatomy::of(&input.content, body, wording);
        let links = &anatomy.links;
        for splice in splices.iter().filter(|splice| !splice.range.is_empty()) {
            let taken = &input.content[splice.range.clone()];
            match splice.layer {
                Layer::Link => {
                    assert!(
                        links.iter().any(|link| link.place.as_ref() == Some(&splice.range)),
                        "{:?}: {taken:?}",
                        input.path
                    );
                    continue;
                }
                Layer::Formula => {
                    let is_formula = anatomy.formulas.iter().any(|formula| formula.range == splice.range);
                    let marks = ["$", "\\(", "\\[", "```", "~~~"];
                    assert!(
                        is_formula && marks.iter().any(|mark| taken.starts_with(mark)),
                        "{:?}: {taken:?}",
                        input.path
                    );
                    continue;
                }
                Layer::EndTag => {
                    assert!(taken.starts_with("</") && splice.text.starts_with("</"), "{:?}: {taken:?}", input.path);
                    continue;
                }
                Layer::PlainText | Layer::Punctuation => {
                    assert_eq!(splice.text, format!("\\{taken}"), "{:?}", input.path);
                    continue;
                }
                Layer::Emoji => {
                    let is_name = taken.len() > 2 && taken.starts_with(':') && taken.ends_with(':');
                    assert!(is_name && !splice.text.is_ascii(), "{:?}: {taken:?}", input.path);
                    continue;
                }
                Layer::LineBreak => {
                    assert!(
                        taken.contains(['\n', '\r']) && taken.chars().all(|c| c.is_whitespace() || c == '>'),
                        "{taken:?}"
                    );
                    continue;
                }
                Layer::Autolink => {
                    let found = anatomy.addresses.iter().any(|address| address.range == splice.range);
                    assert!(found && !splice.text.is_empty(), "{:?}: {taken:?}", input.path);
                    continue;
                }
                Layer::Callout => {
                    let is_marker = taken.starts_with("[!") && taken.ends_with(']');
                    assert!(is_marker || taken.trim().is_empty(), "{:?}: {taken:?}", input.path);
                    continue;
                }
                Layer::CodeLanguage => {
                    let is_info = anatomy.fences.iter().any(|fence| fence.info.start == splice.range.start);
                    assert!(is_info && !splice.text.is_empty(), "{:?}: {taken:?}", input.path);
                    continue;
                }
                Layer::LanguageSwitch | Layer::CrossPost => {
                    assert!(
                        splice.text.is_empty() && are_lines_of_links(&input.content, &splice.range, wording),
                        "{:?}: {taken:?}",
                        input.path
                    );
                    continue;
                }
                _ => {}
            }
            let is_front_matter = splice.range.start == 0 && front_matter::find(&input.content).is_some();
            let mark = |title: String| wording.mark(&title).is_some();
            let is_mark = mark(format!("{taken} title")) || mark(format!("title {taken}"));
            assert!(is_front_matter || is_mark || is_marker(taken), "{:?}: {taken:?}", input.path);
        }
        assert_eq!(undo(&output.content, splices, &input.content), input.content, "{:?}", input.path);
    }
    inputs.len()
}

/// Whether these bytes are a comment in whose place a pass writes.
pub(crate) fn is_marker(text: &str) -> bool {
    let name = text.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    name.is_some_and(|name| MARKERS.contains(&name.trim()))
}

/// What a Markdown parser makes of a line with an element in it: its text, and the tags.
fn text_and_tags(line: &str) -> (String, Vec<String>) {
    // mdBook's options, and all others that there are.
    let (mut text, mut tags) = (String::new(), Vec::new());
    for event in pulldown_cmark::Parser::new_ext(line, pulldown_cmark::Options::all()) {
        match event {
            pulldown_cmark::Event::Text(piece) => text.push_str(&piece),
            pulldown_cmark::Event::InlineHtml(tag) => tags.push(tag.into_string()),
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph)
            | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Paragraph) => {}
            other => panic!("{other:?} in {line}"),
        }
    }
    (text, tags)
}

/// Checks what becomes of a formula: an element that Markdown, mdBook and a table leave alone, with what its author wrote as
/// its annotation, or else a message about a place in it.
pub(crate) fn check_formula(mathematics: &Mathematics, tex: &str, display: bool) {
    match mathematics.mathml(tex, display) {
        Ok(mathml) => {
            assert!(!mathml.contains(['\n', '\r', '|', '`', '$', '{', '}', '\\']), "{}", mathml);
            let (text, tags) = text_and_tags(&format!("x {mathml} y"));
            // Every tag is closed by its own, and all are of the one element.
            let mut open = Vec::new();
            for tag in &tags {
                assert!(open.len() < 400);
                match tag.strip_prefix("</") {
                    Some(name) => assert_eq!(open.pop(), Some(name.trim_end_matches('>').to_owned())),
                    None => {
                        open.push(tag.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default().to_owned())
                    }
                }
            }
            assert!(open.is_empty() && tags[0].starts_with("<math"), "{}", mathml);
            // The annotation says what the author wrote.
            let kept: String = tex
                .trim()
                .chars()
                .filter(|c| *c != '\r')
                .map(|c| if c.is_control() && !"\n\t".contains(c) { '\u{FFFD}' } else { c })
                .collect();
            assert!(text.ends_with(&format!("{kept} y")), "{} in {}", kept, text);
        }
        Err(problem) => {
            assert!(problem.at <= tex.len() && tex.is_char_boundary(problem.at), "{:?}", problem);
            assert!(!problem.what.is_empty() && !problem.to_string().contains('\n'));
        }
    }
}

/// Checks that whatever a reading of a text points at is in it.
pub(crate) fn check_parts(text: &str) {
    let body = front_matter::find(text).map_or(0, |block| block.end);
    assert!(text.is_char_boundary(body));
    let anatomy = Anatomy::of(text, body, &WORDING);
    assert!(anatomy == Anatomy::of(text, body, &WORDING), "two readings differ");
    assert!(text.is_char_boundary(anatomy.banner.at) && anatomy.banner.at >= body);
    assert!(text.is_char_boundary(anatomy.end.at) && anatomy.end.at >= body);
    for marker in &anatomy.markers {
        assert!(is_marker(&text[marker.range.clone()]));
    }
    if let Some(range) = anatomy.title.as_ref().and_then(|title| title.mark.as_ref()?.1.clone()) {
        assert!(text.get(range).is_some());
    }
    let formulas = anatomy.formulas.iter().map(|formula| &formula.range);
    let addresses = anatomy.addresses.iter().map(|address| &address.range);
    let links = anatomy.links.iter().filter_map(|link| link.place.as_ref());
    let infos = anatomy.fences.iter().map(|fence| &fence.info);
    for range in formulas.chain(addresses).chain(links).chain(infos) {
        assert!(text.get(range.clone()).is_some() && range.start >= body, "{range:?} of {}", text.len());
    }
    for place in &anatomy.without_id {
        assert!(place.heading < anatomy.headings.len() && text.is_char_boundary(place.at));
    }
    for at in &anatomy.emphasis {
        assert!(text.is_char_boundary(*at) && *at >= body);
    }
}
