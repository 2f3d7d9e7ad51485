//! Reads contents out of a repository, all through two processes: one for sizes, one for the few texts that matter.

use std::collections::{BTreeSet, HashMap};
use std::io::{BufRead, Read, Result};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::process::{Dialogue, git};
use crate::facts::text::Text;

/// A process that is started when it is first asked, and not asked again once it ended.
enum CatFile {
    Never,
    Runs(Dialogue),
    Ended,
}

/// The contents of a repository.
pub(super) struct Contents<'t> {
    repository: PathBuf,
    /// It tells contents.
    reader: CatFile,
    /// It tells names and sizes, which costs much less.
    sizer: CatFile,
    texts: HashMap<String, Option<Rc<Text<'t>>>>,
    /// Whether a text was asked for that git could not tell.
    lacks: bool,
}

/// What `git cat-file` says of an object before its contents.
struct Object {
    name: String,
    size: usize,
}

impl<'t> Contents<'t> {
    pub(super) fn new(repository: &Path) -> Self {
        Self {
            repository: repository.to_owned(),
            reader: CatFile::Never,
            sizer: CatFile::Never,
            texts: HashMap::new(),
            lacks: false,
        }
    }

    /// The text with this name of its object; `None` when it is not there, is no UTF-8, or has to be fetched from
    /// another machine.
    pub(super) fn text(&mut self, name: &str) -> Option<Rc<Text<'t>>> {
        self.read_texts([name]);
        self.texts.get(name).cloned().flatten()
    }

    /// Reads several texts with one question, for [`Contents::text`].
    pub(super) fn read_texts<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let unknown: BTreeSet<&str> = names.into_iter().filter(|name| !self.texts.contains_key(*name)).collect();
        let read = self.reader.ask(&self.repository, "--batch", &unknown, |dialogue, object| {
            let mut contents = dialogue.says.by_ref().take(object.size as u64 + 1);
            if object.size > LARGEST {
                std::io::copy(&mut contents, &mut std::io::sink())?;
                return Ok(None);
            }
            let mut bytes = Vec::with_capacity(object.size + 1);
            contents.read_to_end(&mut bytes)?;
            // Behind the contents comes a line break.
            bytes.pop();
            Ok(Some(bytes))
        });
        self.lacks |= read.len() < unknown.len() || read.iter().any(|(_, bytes)| bytes.is_none());
        let text = |bytes: Vec<u8>| Some(Rc::new(Text::new(String::from_utf8(bytes).ok()?)));
        self.texts.extend(read.into_iter().map(|(name, bytes)| (name, bytes.flatten().and_then(text))));
    }

    /// Whether a text was asked for that git could not tell: it is not there, it is broken, or git ended.
    pub(super) fn lacks_any(&self) -> bool {
        self.lacks
    }

    /// Takes a text for the contents with this name, where it is: then nobody has to read them.
    pub(super) fn is(&mut self, name: &str, text: &Rc<Text<'t>>) -> bool {
        let is_it = text.is_object(name);
        if is_it {
            self.texts.entry(name.to_owned()).or_insert_with(|| Some(Rc::clone(text)));
        }
        is_it
    }

    /// How many bytes each of these objects has; those that are not there are left out.
    pub(super) fn sizes<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> HashMap<String, usize> {
        let names = names.into_iter().collect();
        let sizes = self.sizer.ask(&self.repository, "--batch-check", &names, |_, object| Ok(object.size));
        sizes.into_iter().filter_map(|(name, size)| Some((name, size?))).collect()
    }

    /// The name of the object at a path of the newest commit; `None` when there is none.
    pub(super) fn newest(&mut self, path: &str) -> Option<String> {
        self.object("HEAD", path)
    }

    /// The name of the object at a path of a commit; `None` when there is none.
    pub(super) fn object(&mut self, commit: &str, path: &str) -> Option<String> {
        // One line is one question.
        let question = Some(format!("{commit}:{path}")).filter(|question| !question.contains('\n'))?;
        let names = BTreeSet::from([question.as_str()]);
        self.sizer.ask(&self.repository, "--batch-check", &names, |_, object| Ok(object.name)).pop()?.1
    }
}

/// How many questions are asked before the answers are heard: they fit into the smallest pipe of any system, so that
/// nobody waits for anybody.
const AT_ONCE: usize = 60;

/// How many bytes of contents are read. No note is larger, and a repository may hold anything.
const LARGEST: usize = 32 << 20;

impl CatFile {
    /// Asks about several objects. What is not there has no answer, and neither has what a process that ended was asked.
    fn ask<T>(
        &mut self,
        repository: &Path,
        how: &str,
        questions: &BTreeSet<&str>,
        answer: impl Fn(&mut Dialogue, Object) -> Result<T>,
    ) -> Vec<(String, Option<T>)> {
        if matches!(self, Self::Never) && !questions.is_empty() {
            *self = Dialogue::start(git(repository, &["cat-file", how])).map_or(Self::Ended, Self::Runs);
        }
        let questions: Vec<&str> = questions.iter().copied().collect();
        let mut answers = Vec::with_capacity(questions.len());
        for questions in questions.chunks(AT_ONCE) {
            let Self::Runs(dialogue) = self else { break };
            let lines: String = questions.iter().flat_map(|question| [question, "\n"]).collect();
            let mut heard = dialogue.ask(&lines);
            for question in questions {
                let said = heard.and_then(|()| match object(dialogue)? {
                    Some(object) => answer(dialogue, object).map(Some),
                    None => Ok(None),
                });
                let said = said.map(|said| answers.push(((*question).to_owned(), said)));
                heard = said;
                if heard.is_err() {
                    break;
                }
            }
            if heard.is_err() {
                *self = Self::Ended;
            }
        }
        answers
    }
}

/// `NAME blob SIZE`, or `NAME missing` for what is not there.
fn object(dialogue: &mut Dialogue) -> Result<Option<Object>> {
    let mut line = Vec::new();
    if dialogue.says.read_until(b'\n', &mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let line = String::from_utf8_lossy(&line);
    let fields: Vec<&str> = line.trim_end().split(' ').collect();
    Ok(match fields.as_slice() {
        [name, "blob" | "tree" | "commit" | "tag", size] => {
            size.parse().ok().map(|size| Object { name: (*name).to_owned(), size })
        }
        _ => None,
    })
}
