//! Pictures of a small book, in every place that they can be in.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::read_to_export;
use url::Url;

use super::{Shown, data, draw};
use crate::note::Note;
use crate::{Export, Exported, Images, Options, Platform, Sources};

const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='3' height='2'><rect width='1' height='1'/></svg>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n-";
const WEBP: &[u8] = b"RIFF\0\0\0\0WEBPVP8 ";

/// The note, whose links make its pictures known.
const NOTE: &str = "# 笔记\n\n![](loss.svg) ![](b.png) ![](图/曲线%20(1).png) ![](../fig/c.png) ![](c.webp)\n\n\
    ```mermaid\ngraph TD\n```\n\n```mermaid\ngraph LR\n```\n";

#[derive(Default)]
struct Fake {
    files: BTreeMap<String, Vec<u8>>,
    pushed: BTreeSet<String>,
    asked: RefCell<Vec<String>>,
}

impl Sources for Fake {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.files.get(path).cloned()
    }

    fn is_pushed(&self, path: &str) -> bool {
        self.asked.borrow_mut().push(path.to_owned());
        self.pushed.contains(path)
    }

    fn diagram(&self, source: &str) -> Option<Vec<u8>> {
        source.starts_with("graph").then(|| PNG.to_vec())
    }
}

fn fake() -> Fake {
    let files: [(&str, &[u8]); 8] = [
        ("book/a/loss.svg", SVG.as_bytes()),
        ("book/a/b.png", PNG),
        ("book/a/图/曲线 (1).png", PNG),
        ("book/fig/c.png", PNG),
        ("book/a/c.webp", WEBP),
        ("book/a/no-link.png", PNG),
        ("book/a/broken.svg", b"<svg"),
        ("book/a/text.png", b"version https://git-lfs.github.com/spec/v1\n"),
    ];
    let files = files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
    Fake { files, pushed: BTreeSet::from(["book/a/b.png".to_owned()]), ..Fake::default() }
}

/// What the note's pictures are for a platform.
fn shown(
    platform: &str,
    images: Images,
    sources: &Fake,
    show: impl FnOnce(&mut Note<'_>) -> Vec<Shown>,
) -> (Vec<Shown>, Exported) {
    let tables = "[preprocessor.bilingual]\nlanguages = [\"zh-CN\"]\n\
        [preprocessor.bilingual.links]\nrepository = \"https://github.com/o/r\"";
    let folder = tempfile::tempdir().unwrap();
    let book_toml = format!("[book]\nsrc = \"book\"\n\n{tables}\n\n[preprocessor.bilingual.history]\ngit = false\n");
    let texts =
        [("book.toml", book_toml.as_str()), ("book/SUMMARY.md", "[笔记](a/note.md)\n"), ("book/a/note.md", NOTE)];
    let texts = texts.map(|(path, text)| (path, text.as_bytes()));
    let pictures = sources.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    for (path, bytes) in texts.into_iter().chain(pictures) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let (host, book) = Host::load(folder.path()).unwrap();
    let reading = read_to_export(&host, &book);
    let platform = Platform::read(platform, &BTreeMap::new(), &BookToml::new(String::new())).unwrap();
    let options = Options { site: Url::parse("https://e.org/notes/").ok(), images, links: Vec::new() };
    let export = Export::new(&reading, &host, &platform, &options, sources);
    let page = reading.notebook.pages.first().unwrap();
    let mut note = Note::new(&export, page, NOTE, &[]);
    let shown = show(&mut note);
    (shown, note.finish(String::new(), 0))
}

/// How one picture is shown, what is said of it, and which files there are.
fn one(platform: &str, images: Images, destination: &str) -> (Shown, Vec<String>, Vec<String>) {
    let (shown, exported) = shown(platform, images, &fake(), |note| vec![note.show(destination, "曲线", 8)]);
    (shown.into_iter().next().unwrap(), said(&exported), exported.files.into_keys().collect())
}

fn said(exported: &Exported) -> Vec<String> {
    let codes = [Code::PictureByHand, Code::PictureLost, Code::PictureSlow, Code::PictureUnpushed];
    let findings = exported.findings.iter().map(|finding| &finding.diagnostic);
    let own = findings.filter(|said| codes.contains(&said.code()));
    own.map(|said| format!("{}: {}", said.code().name(), said.message())).collect()
}

fn from(address: &str) -> Shown {
    Shown::From(address.to_owned())
}

fn base() -> Images {
    Images::At("https://cdn.e.org/p/".to_owned())
}

#[test]
fn addresses_of_the_web_stay() {
    for (platform, destination, want, codes) in [
        ("zhihu", "https://h/c.png", "https://h/c.png", ""),
        ("zhihu", "//h/c.png", "https://h/c.png", ""),
        ("zhihu", "HTTP://h/c.png?a=b c", "HTTP://h/c.png?a=b c", ""),
        ("zhihu", "https://h/c.svg#x", "https://h/c.svg#x", "picture-by-hand"),
        ("dev-to", "https://h/c.svg", "https://h/c.svg", ""),
        ("zhihu", "https://img.shields.io/badge/a-b", "https://img.shields.io/badge/a-b", ""),
        (
            "zhihu",
            "https://raw.githubusercontent.com/o/r/x/a.png",
            "https://raw.githubusercontent.com/o/r/x/a.png",
            "picture-slow",
        ),
        (
            "dev-to",
            "https://raw.githubusercontent.com/o/r/x/a.png",
            "https://raw.githubusercontent.com/o/r/x/a.png",
            "",
        ),
        (
            "dev-to",
            "https://github.com/o/r/blob/HEAD/book/a/b.png?raw=true",
            "https://github.com/o/r/raw/HEAD/book/a/b.png",
            "",
        ),
        ("juejin", "https://github.com/x/y/blob/main/b.png", "https://github.com/x/y/raw/main/b.png", "picture-slow"),
    ] {
        let (shown, said, files) = one(platform, Images::Nowhere, destination);
        let found: Vec<&str> = said.iter().filter_map(|said| said.split(':').next()).collect();
        assert_eq!(
            (shown, found.join(" "), files),
            (from(want), codes.to_owned(), Vec::new()),
            "{platform} {destination}"
        );
    }
}

#[test]
fn pictures_of_the_book_have_an_address() {
    for (images, destination, want, codes) in [
        (base(), "b.png", "https://cdn.e.org/p/a/b.png", ""),
        (base(), "./b.png?raw=true#x", "https://cdn.e.org/p/a/b.png", ""),
        (base(), "图/曲线%20(1).png", "https://cdn.e.org/p/a/%E5%9B%BE/%E6%9B%B2%E7%BA%BF%20%281%29.png", ""),
        (base(), "../fig/c.png", "https://cdn.e.org/p/fig/c.png", ""),
        (base(), "/fig/c.png", "https://cdn.e.org/p/fig/c.png", ""),
        (Images::Site, "b.png", "https://e.org/notes/a/b.png", ""),
        (Images::Site, "no-link.png", "https://e.org/notes/a/no-link.png", ""),
        (Images::Repository, "b.png", "https://github.com/o/r/raw/HEAD/book/a/b.png", ""),
        (Images::Repository, "../fig/c.png", "https://github.com/o/r/raw/HEAD/book/fig/c.png", "picture-unpushed"),
    ] {
        let (shown, said, files) = one("dev-to", images, destination);
        let found: Vec<&str> = said.iter().filter_map(|said| said.split(':').next()).collect();
        let (want, files) = ((from(want), codes.to_owned()), (files, Vec::<String>::new()));
        assert_eq!((shown, found.join(" ")), want, "{destination}");
        assert_eq!(files.0, files.1);
    }
}

#[test]
fn the_repository_is_asked_only_where_pictures_are_there() {
    let sources = fake();
    shown("dev-to", base(), &sources, |note| vec![note.show("b.png", "", 0)]);
    assert!(sources.asked.borrow().is_empty());
}

#[test]
fn a_drawn_picture_has_an_address_once_it_is_put_there() {
    let (shown, said, files) = one("zhihu", base(), "loss.svg");
    assert_eq!((shown, files), (from("https://cdn.e.org/p/a/loss.png"), vec!["loss.png".to_owned()]));
    assert_eq!(
        said,
        [
            "picture-by-hand: picture 1 was drawn from loss.svg; upload loss.png so that it is at https://cdn.e.org/p/a/loss.png"
        ]
    );
    // No picture of the site or of the repository is the drawn one.
    for images in [Images::Site, Images::Repository] {
        let (shown, said, _) = one("zhihu", images, "loss.svg");
        assert_eq!(shown, Shown::Words("【图 1：曲线】".to_owned()));
        assert_eq!(
            said,
            [
                "picture-by-hand: picture 1 was drawn from loss.svg, and has no public address; upload loss.png where the text says 【图 1：曲线】"
            ]
        );
    }
    let (shown, _, _) = one("dev-to", base(), "loss.svg");
    assert_eq!(shown, from("https://cdn.e.org/p/a/loss.svg"));
}

#[test]
fn without_an_address_words_stand_there() {
    let (shown, said, files) = one("zhihu", Images::Nowhere, "b.png");
    assert_eq!((shown, files), (Shown::Words("【图 1：曲线】".to_owned()), vec!["b.png".to_owned()]));
    assert_eq!(
        said,
        ["picture-by-hand: picture 1 has no public address; upload b.png where the text says 【图 1：曲线】"]
    );
    let (shown, said, files) = one("wechat", base(), "c.webp");
    assert_eq!((shown, files), (Shown::Words("【图 1：曲线】".to_owned()), vec!["c.webp".to_owned()]));
    assert_eq!(
        said,
        [
            "picture-by-hand: picture 1 is of the format webp, which WeChat does not take; upload c.webp in another format where the text says 【图 1：曲线】"
        ]
    );
}

#[test]
fn a_platform_may_take_pictures_in_the_text() {
    for platform in ["wechat", "markdown"] {
        let (shown, said, files) = one(platform, Images::Nowhere, "b.png");
        assert_eq!(
            (shown, files),
            (from(&format!("data:image/png;base64,{}", data::encoded(PNG))), vec!["b.png".to_owned()])
        );
        assert_eq!(
            said,
            ["picture-by-hand: picture 1 lies in the page itself; where it does not arrive, upload b.png"]
        );
        let (shown, _, files) = one(platform, Images::Nowhere, "loss.svg");
        let drawn = draw::png(SVG.as_bytes()).unwrap().png;
        assert_eq!(
            (shown, files),
            (from(&format!("data:image/png;base64,{}", data::encoded(&drawn))), vec!["loss.png".to_owned()])
        );
    }
    let mut sources = fake();
    let large = [PNG, &vec![0; super::place::LARGEST_INSIDE]].concat();
    sources.files.insert("book/a/b.png".to_owned(), large);
    let (shown, _) = shown("wechat", Images::Nowhere, &sources, |note| vec![note.show("b.png", "", 0)]);
    assert_eq!(shown, [Shown::Words("【图 1】".to_owned())]);
}

#[test]
fn what_is_no_picture_is_lost() {
    for destination in [
        "gone.png",
        "broken.svg",
        "text.png",
        "../../../../x.png",
        "note.md",
        "",
        "#x",
        "mailto:a@b.c",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:image/png;base64,!",
        "data:",
        "data:text/html,x",
        "..",
        "%FF%00.png",
        "/",
        "?",
        "c:\\a.png",
    ] {
        for platform in ["zhihu", "wechat"] {
            let (shown, said, files) = one(platform, base(), destination);
            assert_eq!(shown, Shown::Words("【图 1：曲线】".to_owned()), "{destination}");
            assert!(said.len() == 1 && said[0].starts_with("picture-lost: picture 1: "), "{destination}: {said:?}");
            assert!(files.is_empty(), "{destination}");
        }
    }
}

#[test]
fn pictures_in_addresses() {
    let address = format!("data:image/png;base64,{}", data::encoded(PNG));
    assert_eq!(one("wechat", base(), &address), (from(&address), Vec::new(), Vec::new()));
    let (shown, said, files) = one("zhihu", base(), &address);
    assert_eq!((shown, files), (Shown::Words("【图 1：曲线】".to_owned()), vec!["note-picture-1.png".to_owned()]));
    assert_eq!(
        said,
        [
            "picture-by-hand: picture 1 has no public address; upload note-picture-1.png where the text says 【图 1：曲线】"
        ]
    );
    let svg = format!("data:image/svg+xml,{}", SVG.replace('<', "%3C"));
    let (shown, _, files) = one("wechat", base(), &svg);
    assert!(matches!(shown, Shown::From(address) if address.starts_with("data:image/png;base64,")));
    assert_eq!(files, ["note-picture-1.png"]);
}

#[test]
fn two_pictures_of_one_name_are_two_files() {
    let mut sources = fake();
    sources.files.insert("book/a/x/B.PNG".to_owned(), [PNG, b"x"].concat());
    sources.files.insert("book/a/y/b.png".to_owned(), PNG.to_vec());
    let all = ["b.png", "x/B.PNG", "y/b.png", "b.png"];
    let (_, exported) = shown("zhihu", Images::Nowhere, &sources, |note| {
        all.iter().map(|destination| note.show(destination, "", 0)).collect()
    });
    let names: Vec<&str> = exported.files.keys().map(String::as_str).collect();
    assert!(
        matches!(names.as_slice(), [other, "b.png"] if other.starts_with("B-") && other.len() == "B-12345678.PNG".len()),
        "{names:?}"
    );
    // A drawn picture never takes the place of another one.
    sources.files.insert("book/a/loss.png".to_owned(), PNG.to_vec());
    let (shown, _) = shown("zhihu", base(), &sources, |note| vec![note.show("loss.svg", "", 0)]);
    assert!(
        matches!(&shown[..], [Shown::From(address)] if address.starts_with("https://cdn.e.org/p/a/loss-")),
        "{shown:?}"
    );
}

#[test]
fn diagrams_are_numbered_by_the_note() {
    let ats: Vec<usize> = NOTE.match_indices("```mermaid").map(|(at, _)| at).collect();
    let (drawn, exported) = shown("zhihu", base(), &fake(), |note| {
        assert_eq!(note.draw_diagram("no such thing", ats[0]), None);
        ats.iter().filter_map(|at| note.draw_diagram("graph TD", *at)).collect()
    });
    assert_eq!(
        drawn,
        [from("https://cdn.e.org/p/a/note-diagram-1.png"), from("https://cdn.e.org/p/a/note-diagram-2.png")]
    );
    let names: Vec<&str> = exported.files.keys().map(String::as_str).collect();
    assert_eq!(names, ["note-diagram-1.png", "note-diagram-2.png"]);
    let draw = |platform| {
        shown(platform, Images::Nowhere, &fake(), |note| note.draw_diagram("graph", ats[1]).into_iter().collect())
    };
    let (drawn, exported) = draw("zhihu");
    assert_eq!(drawn, [Shown::Words("【图 1：图表】".to_owned())]);
    assert_eq!(
        said(&exported),
        [
            "picture-by-hand: picture 1 was drawn, and has no public address; upload note-diagram-2.png where the text says 【图 1：图表】"
        ]
    );
    assert!(matches!(&draw("wechat").0[..], [Shown::From(address)] if address.starts_with("data:image/png;base64,")));
}
