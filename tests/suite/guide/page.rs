//! A page of the guide as it is written: its outline, and the blocks that happen.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A page.
pub(super) struct Page {
    /// Where it lies.
    file: PathBuf,
    /// Its path from the folder of the sources, with forward slashes.
    pub(super) name: String,
    /// What stands in it.
    pub(super) text: String,
    /// The levels of its headings, in their order.
    pub(super) levels: Vec<u8>,
    /// Its headings, blocks, rows and items, in their order.
    pub(super) shape: Vec<String>,
    /// What happens, in its order.
    pub(super) blocks: Vec<Block>,
    /// What is no block that can happen, with its place.
    pub(super) wrong: Vec<String>,
}

/// A block of code, or a comment that does what one would do.
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Whether it is a comment.
    pub(super) is_hidden: bool,
    /// The bytes of the page that hold the text.
    range: Range<usize>,
    /// The line of the page on which the text begins.
    pub(super) line: usize,
}

/// What a block is for.
pub(super) enum Kind {
    /// The text of a file.
    File(String),
    /// Commands that have to succeed, and that nobody sees.
    Run,
    /// Commands, and what they print.
    Console,
    /// What readers type at home.
    Shell,
    /// A part of a `book.toml`.
    Toml,
    /// A workflow, or a part of one.
    Yaml,
    /// What a program prints.
    Json,
    /// What is to be looked at.
    Drawing,
}

impl Page {
    /// Reads a page below the folder of the sources.
    pub(super) fn read(source: &Path, path: &Path) -> Self {
        let file = source.join(path);
        let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (levels, shape, blocks, wrong) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut page = Self { file, name, text, levels, shape, blocks, wrong };
        page.fill();
        page
    }

    /// The room that the page is in.
    pub(super) fn room(&self) -> Option<&str> {
        self.name.split('/').nth(1)
    }

    /// What the page does, which is the same in both languages.
    pub(super) fn deeds(&self) -> Vec<String> {
        let mut deeds = Vec::new();
        for block in &self.blocks {
            match &block.kind {
                Kind::File(path) => deeds.push(format!("writes {path}")),
                Kind::Run | Kind::Console => deeds.extend(commands(&block.text).map(|command| format!("$ {command}"))),
                _ => {}
            }
        }
        deeds
    }

    /// How many of its lines a reader sees.
    pub(super) fn seen(&self) -> usize {
        let hidden = self.blocks.iter().filter(|block| block.is_hidden).map(|block| block.text.lines().count() + 3);
        self.text.lines().count().saturating_sub(hidden.sum())
    }

    /// Writes the page with other texts in some of its blocks.
    pub(super) fn rewrite(&self, texts: &[(&Block, String)]) {
        let mut page = self.text.clone();
        for (block, text) in texts.iter().rev() {
            assert_eq!(page[block.range.clone()], block.text, "{}:{}: no block of its own", self.name, block.line);
            page.replace_range(block.range.clone(), text);
        }
        fs::write(&self.file, page).unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    fn fill(&mut self) {
        let text = self.text.clone();
        let mut open: Option<(String, Option<Range<usize>>, String)> = None;
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    self.levels.push(level_of(level));
                    self.shape.push(format!("a heading of level {}", level_of(level)));
                }
                Event::Start(Tag::TableRow) => self.shape.push("a row".to_owned()),
                Event::Start(Tag::Item) => self.shape.push("an item".to_owned()),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    self.shape.push(format!("a block of `{info}`"));
                    open = Some((info.into_string(), None, String::new()));
                }
                Event::Text(part) => {
                    if let Some((_, own, code)) = &mut open {
                        let start = own.as_ref().map_or(range.start, |own| own.start);
                        *own = Some(start..range.end);
                        code.push_str(&part);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    // An indented block is the example of a text on a code, which is its own test.
                    if let Some((info, own, code)) = open.take() {
                        let line = self.line(range.start);
                        match kind(&info) {
                            Ok(kind) => self.block(kind, code, own.unwrap_or(range), false),
                            Err(error) => self.wrong.push(format!("guide/src/{}:{line}: {error}", self.name)),
                        }
                    }
                }
                Event::Start(Tag::HtmlBlock) => self.comment(range),
                _ => {}
            }
        }
    }

    /// Reads a comment as the block that it may be.
    fn comment(&mut self, range: Range<usize>) {
        let Some(inside) = self.text[range.clone()].strip_prefix("<!-- ") else { return };
        let Some((head, rest)) = inside.split_once('\n') else { return };
        let Some((body, _)) = rest.split_once("-->") else { return };
        let kind = match head.split_once(' ') {
            Some(("file", path)) => Kind::File(path.trim().to_owned()),
            None if head == "run" => Kind::Run,
            None if head == "console" => Kind::Console,
            _ => return,
        };
        let start = range.start + "<!-- ".len() + head.len() + 1;
        let body = body.to_owned();
        let end = start + body.len();
        self.block(kind, body, start..end, true);
    }

    fn block(&mut self, kind: Kind, text: String, range: Range<usize>, is_hidden: bool) {
        let line = self.line(range.start);
        self.blocks.push(Block { kind, text, is_hidden, range, line });
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

/// The commands of a block.
pub(super) fn commands(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("$ "))
}

/// What a block with this info string is for.
fn kind(info: &str) -> Result<Kind, String> {
    if let Some((_, path)) = info.split_once(':') {
        return Ok(Kind::File(path.to_owned()));
    }
    match info {
        "console" => Ok(Kind::Console),
        "sh" => Ok(Kind::Shell),
        "toml" => Ok(Kind::Toml),
        "yaml" => Ok(Kind::Yaml),
        "json" => Ok(Kind::Json),
        "text" | "mermaid" => Ok(Kind::Drawing),
        "" => Err("the block says no language; `text` is for drawings".to_owned()),
        _ if info.contains(' ') => Err(format!("the block says `{info}`; write `{}`", info.replacen(' ', ":", 1))),
        _ => Err(format!("nothing tests a block of `{info}`; say which file it is: `{info}:PATH`")),
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
