//! What several tests share: running the built program as mdBook runs it.

pub(crate) mod emphasised;
pub(crate) mod invariants;
pub(crate) mod repository;
pub(crate) mod site;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use mdbook::book::Book;
use mdbook::{Preprocessor, PreprocessorContext};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_preprocessors::{IndexPreprocessor, LinkPreprocessor};

/// What the program did.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

/// The built program, with nothing of the environment that it listens to.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdbook-bilingual"));
    command.env_remove("MDBOOK_LOG");
    command
}

/// Runs the program with this on its standard input.
pub(crate) fn run(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its input early may close it; that is its answer, not a failure of the test.
    let mut input = child.stdin.take().expect("a pipe");
    let bytes = stdin.to_vec();
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    Run { code: output.status.code(), stdout: output.stdout, stderr: String::from_utf8(output.stderr).expect("UTF-8") }
}

/// The JSON that mdBook sends for the book in `root`, after its `index` preprocessor, and after `links` where the book
/// says that this comes first.
pub(crate) fn mdbook_json(root: &Path, renderer: &str) -> (PreprocessorContext, Book, String) {
    let book = MDBook::load(root).unwrap_or_else(|error| panic!("{}: {error:#}", root.display()));
    let context = PreprocessorContext::new(book.root.clone(), book.config.clone(), renderer.to_owned());
    let mut received = IndexPreprocessor::new().run(&context, book.book).expect("index");
    let after: Option<Vec<String>> = context.config.get("preprocessor.bilingual.after").expect("names");
    if after.is_some_and(|after| after.iter().any(|name| name == "links")) {
        received = LinkPreprocessor::new().run(&context, received).expect("links");
    }
    let json = serde_json::to_string(&(&context, &received)).expect("JSON");
    (context, received, json)
}

/// A book in a temporary folder: a `book.toml` and files below `book/`. It lies in no repository, and asks for none.
pub(crate) fn book(book_toml: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    std::fs::write(
        root.join("book.toml"),
        format!(
            "[book]\nsrc = \"book\"\n\n[build]\nbuild-dir = \"out\"\n\n{book_toml}\n\n\
             [preprocessor.bilingual.history]\ngit = false\n"
        ),
    )
    .expect("written");
    for (path, text) in files {
        write(&root.join("book"), path, text);
    }
    folder
}

/// The text of a file below a folder.
pub(crate) fn read(root: &Path, file: &str) -> String {
    std::fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Writes a file below a folder, with the folders above it.
pub(crate) fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{file}: {error}"));
}

/// The root of the checkout.
pub(crate) fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, relative to it, in order.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).expect("below it").to_owned())
        .collect()
}
