//! How repositories name the files of their languages, and what `adopt` makes of it.

use mdbook_bilingual::commands::adopt::{AdoptOptions, Survey, survey};
use support::files::{read, write};

/// What stands in a note, by the language of its text.
fn text(language: &str) -> &'static str {
    match language {
        "zh" => "这是一段简体中文，对读者说明问题：显存不够时，我们应该怎么办，又为什么这样办。",
        "tw" => "這是一段繁體中文，對讀者說明問題：顯存不夠時，我們應該怎麼辦，又為什麼這樣辦。",
        "ja" => "これは日本語の文章です。メモリが足りないときに、どうすればよいかを説明します。",
        "ko" => "이것은 한국어 문장입니다. 메모리가 모자랄 때 무엇을 할지 설명합니다.",
        "tr" => {
            "Bu Türkçe yazılmış bir metindir; bellek yetmediğinde ne yapılacağını açıklar, öğrenmek için güzel bir örnek."
        }
        "fr" => {
            "Ceci est un texte en français, où l'on explique ce qu'il faut faire lorsque la mémoire vient à manquer à côté."
        }
        "de" => {
            "Dies ist ein Text auf Deutsch, für später; er erklärt, was man tut, wenn der Speicher nicht genügt, größere Übungen."
        }
        "es" => {
            "Este es un texto en español; explica qué hacer cuando la memoria no basta, mañana o después, según el año."
        }
        "pt" => {
            "Este é um texto em português; explica o que fazer quando a memória não basta, amanhã ou depois, então são duas opções."
        }
        "eu" => {
            "Hau euskaraz idatzitako testua da, eta memoria nahikoa ez denean zer egin behar den azaltzen du, baita zergatik egiten dugun horrela ere, beti."
        }
        "ru" => "Это текст на русском языке; он объясняет, что делать, когда памяти мало, и почему мы так делаем.",
        "uk" => "Це текст українською мовою; він пояснює, що робити, коли пам'яті мало, і чому ми так робимо її.",
        "vi" => "Đây là một văn bản tiếng Việt, viết bằng chữ quốc ngữ; nó giải thích phải làm gì khi bộ nhớ không đủ.",
        "ka" => "ეს არის ტექსტი ქართულ ენაზე; ის ხსნის, რა უნდა გავაკეთოთ, როცა მეხსიერება არ გვყოფნის.",
        "he" => "זה טקסט בעברית; הוא מסביר מה לעשות כשאין מספיק זיכרון, ולמה אנחנו עושים את זה כך.",
        _ => {
            "This is a text in English; it explains what there is to do when the memory does not suffice, and why we do it so."
        }
    }
}

/// The files of each note, with their languages: `a.md=zh-CN a_en.md=en`, as `adopt` pairs them.
fn notes(files: &[(&str, &str)]) -> Vec<String> {
    let (_folder, survey) = look(files);
    pairs(&survey)
}

fn look(files: &[(&str, &str)]) -> (tempfile::TempDir, Survey) {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, language) in files {
        let text = if language.contains([' ', '[']) { language } else { text(language) };
        write(folder.path(), file, &format!("{text}\n"));
    }
    let survey = survey(folder.path(), &AdoptOptions::default()).expect("notes");
    (folder, survey)
}

fn pairs(survey: &Survey) -> Vec<String> {
    let mut notes: Vec<String> = survey
        .reading
        .notebook
        .notes
        .iter()
        .filter(|note| !note.added)
        .map(|note| {
            let editions = note.editions.iter().map(|edition| format!("{}={}", edition.file, edition.language.value));
            let mut editions: Vec<String> = editions.collect();
            editions.sort();
            editions.join(" ")
        })
        .collect();
    notes.sort();
    notes
}

type Row = (&'static [(&'static str, &'static str)], &'static [&'static str]);

#[test]
fn names_of_files() {
    let rows: &[Row] = &[
        // Tags.
        (&[("x.md", "en"), ("x.tr-TR.md", "tr")], &["x.md=en x.tr-TR.md=tr-TR"]),
        (&[("x.md", "en"), ("x_pt-BR.md", "en")], &["x.md=en x_pt-BR.md=pt-BR"]),
        (&[("x.md", "en"), ("x-sr-Latn.md", "en")], &["x-sr-Latn.md=sr-Latn x.md=en"]),
        (&[("x.md", "en"), ("x.fil-PH.md", "en")], &["x.fil-PH.md=fil-PH x.md=en"]),
        (
            &[("README.md", "en"), ("README.tr-TR.md", "tr"), ("README.zh-CN.md", "zh")],
            &["README.md=en README.tr-TR.md=tr-TR README.zh-CN.md=zh-CN"],
        ),
        (&[("x.md", "en"), ("x.uk.md", "uk"), ("x.ru.md", "ru")], &["x.md=en x.ru.md=ru x.uk.md=uk"]),
        (
            &[("x.md", "en"), ("x-ka.md", "ka"), ("x_he.md", "he"), ("x-vi.md", "vi")],
            &["x-ka.md=ka x-vi.md=vi x.md=en x_he.md=he"],
        ),
        (
            &[("x.zh-Hans.md", "zh"), ("x.zh-Hant.md", "tw"), ("x.en-US.md", "en")],
            &["x.en-US.md=en x.zh-Hans.md=zh-CN x.zh-Hant.md=zh-TW"],
        ),
        (&[("x_ch.md", "zh"), ("x_en.md", "en")], &["x_ch.md=zh-CN x_en.md=en"]),
        // Regions beside each other, and alone.
        (&[("x.md", "en"), ("x.pt-BR.md", "pt"), ("x.pt-PT.md", "pt")], &["x.md=en x.pt-BR.md=pt-BR x.pt-PT.md=pt-PT"]),
        (&[("x.md", "en"), ("x.pt.md", "pt"), ("x.pt-BR.md", "pt")], &["x.md=en x.pt-BR.md=pt-BR x.pt.md=pt"]),
        (&[("x.md", "en"), ("x.zh-TW.md", "tw"), ("x.zh-HK.md", "tw")], &["x.md=en x.zh-HK.md=zh-HK x.zh-TW.md=zh-TW"]),
        (&[("x.zh-CN.md", "zh"), ("x.zh-SG.md", "zh")], &["x.zh-CN.md=zh-CN x.zh-SG.md=zh-SG"]),
        (&[("x.md", "en"), ("x.es-ES.md", "es"), ("x.es-MX.md", "es")], &["x.es-ES.md=es-ES x.es-MX.md=es-MX x.md=en"]),
        (
            &[("x.md", "en"), ("x.es-419.md", "es"), ("x.es-ES.md", "es")],
            &["x.es-419.md=es-419 x.es-ES.md=es-ES x.md=en"],
        ),
        (&[("x.md", "en"), ("x.es.md", "es"), ("x.es-MX.md", "es")], &["x.es-MX.md=es-MX x.es.md=es x.md=en"]),
        (&[("x.md", "en"), ("x.fr-FR.md", "fr"), ("x.fr-CA.md", "fr")], &["x.fr-CA.md=fr-CA x.fr-FR.md=fr-FR x.md=en"]),
        (&[("x.md", "en"), ("x.de-DE.md", "de"), ("x.de-AT.md", "de")], &["x.de-AT.md=de-AT x.de-DE.md=de-DE x.md=en"]),
        (&[("x.en-US.md", "en"), ("x.en-GB.md", "en")], &["x.en-GB.md=en-GB x.en-US.md=en-US"]),
        (&[("x.md", "en"), ("x.es-MX.md", "es")], &["x.es-MX.md=es x.md=en"]),
        (&[("README.md", "en"), ("README_zhCN.md", "zh")], &["README.md=en README_zhCN.md=zh-CN"]),
        (&[("README.md", "en"), ("README-zhtw.md", "tw")], &["README-zhtw.md=zh-TW README.md=en"]),
        // Rare codes behind a dot, in texts without an accent.
        (&[("README.md", "en"), ("README.eu.md", "eu")], &["README.eu.md=eu README.md=en"]),
        (&[("README.md", "en"), ("README.tl.md", "eu")], &["README.md=en README.tl.md=tl"]),
        (
            &[("main.md", "en"), ("main.rs.md", "en"), ("main.so.md", "zh")],
            &["main.md=en", "main.rs.md=en", "main.so.md=zh-CN"],
        ),
        // Names.
        (&[("x.md", "en"), ("x.chinese.md", "zh")], &["x.chinese.md=zh-CN x.md=en"]),
        (&[("x.md", "en"), ("x_chinese.md", "zh")], &["x.md=en x_chinese.md=zh-CN"]),
        (&[("x.md", "zh"), ("x-English.md", "en")], &["x-English.md=en x.md=zh-CN"]),
        (&[("x.md", "en"), ("x.中文.md", "zh")], &["x.md=en x.中文.md=zh-CN"]),
        (&[("x.md", "zh"), ("x_英文版.md", "en")], &["x.md=zh-CN x_英文版.md=en"]),
        (&[("x.md", "zh"), ("x(英文).md", "en")], &["x(英文).md=en x.md=zh-CN"]),
        (&[("x.md", "en"), ("x（中文版）.md", "zh")], &["x.md=en x（中文版）.md=zh-CN"]),
        (&[("x.md", "en"), ("x 中文.md", "zh")], &["x 中文.md=zh-CN x.md=en"]),
        (&[("README.md", "en"), ("README中文.md", "zh")], &["README.md=en README中文.md=zh-CN"]),
        (
            &[("x.english.md", "en"), ("x.german.md", "de"), ("x.turkish.md", "tr")],
            &["x.english.md=en x.german.md=de x.turkish.md=tr"],
        ),
        (
            &[("x.md", "en"), ("x.简体中文.md", "zh"), ("x.繁體中文.md", "tw")],
            &["x.md=en x.简体中文.md=zh-CN x.繁體中文.md=zh-TW"],
        ),
        (&[("english.md", "en"), ("chinese.md", "zh")], &["chinese.md=zh-CN english.md=en"]),
        // In front.
        (&[("zh_x.md", "zh"), ("en_x.md", "en")], &["en_x.md=en zh_x.md=zh-CN"]),
        (&[("zh-x.md", "zh"), ("x.md", "en")], &["x.md=en zh-x.md=zh-CN"]),
        (&[("[en] x.md", "en"), ("x.md", "zh")], &["[en] x.md=en x.md=zh-CN"]),
        (&[("【中文】x.md", "zh"), ("【English】x.md", "en")], &["【English】x.md=en 【中文】x.md=zh-CN"]),
        // The unmarked side beside several.
        (&[("a.md", "zh"), ("a.ja.md", "ja"), ("a.zh-TW.md", "tw")], &["a.ja.md=ja a.md=zh-CN a.zh-TW.md=zh-TW"]),
        (&[("a.md", "tw"), ("a.ja.md", "ja"), ("a.zh-CN.md", "zh")], &["a.ja.md=ja a.md=zh-TW a.zh-CN.md=zh-CN"]),
        (&[("a.md", "fr"), ("a_en.md", "en")], &["a.md=fr a_en.md=en"]),
        // Words that are no languages: two texts in English are no translations of each other.
        (&[("dup.md", "en"), ("de-dup.md", "en")], &["de-dup.md=en", "dup.md=en"]),
        (&[("api.md", "en"), ("api-polish.md", "en")], &["api-polish.md=en", "api.md=en"]),
        (
            &[("press.md", "en"), ("french-press.md", "en"), ("grammar.md", "en"), ("grammar-english.md", "en")],
            &["french-press.md=en", "grammar-english.md=en", "grammar.md=en", "press.md=en"],
        ),
        (&[("1.md", "en"), ("1.cs.md", "en")], &["1.cs.md=en", "1.md=en"]),
        (&[("cluster.md", "en"), ("es-cluster.md", "en")], &["cluster.md=en", "es-cluster.md=en"]),
        (
            &[("decoder.md", "en"), ("en-decoder.md", "en"), ("de-dup.md", "en")],
            &["de-dup.md=en", "decoder.md=en", "en-decoder.md=en"],
        ),
        (&[("user.md", "en"), ("user-id.md", "en")], &["user-id.md=en", "user.md=en"]),
        (&[("what.md", "en"), ("what_is.md", "en"), ("it.md", "en")], &["it.md=en", "what.md=en", "what_is.md=en"]),
        (
            &[("to-do.md", "en"), ("do.md", "en"), ("en-route.md", "en"), ("de-facto.md", "en")],
            &["de-facto.md=en", "do.md=en", "en-route.md=en", "to-do.md=en"],
        ),
        (&[("learning-english.md", "zh"), ("learning.md", "zh")], &["learning-english.md=zh-CN", "learning.md=zh-CN"]),
        (&[("日语.md", "zh"), ("法语.md", "zh")], &["日语.md=zh-CN", "法语.md=zh-CN"]),
        (
            &[("x.md", "zh"), ("x-kv.md", "zh"), ("x_os.md", "zh"), ("x_ml.md", "en")],
            &["x-kv.md=zh-CN", "x.md=zh-CN", "x_ml.md=en", "x_os.md=zh-CN"],
        ),
    ];
    for (files, want) in rows {
        assert_eq!(notes(files), *want, "{files:?}");
    }
}

#[test]
fn names_of_folders() {
    let rows: &[Row] = &[
        (&[("docs-zh/a.md", "zh"), ("docs-en/a.md", "en")], &["docs-en/a.md=en docs-zh/a.md=zh-CN"]),
        (&[("docs_zh/a.md", "zh"), ("docs_en/a.md", "en")], &["docs_en/a.md=en docs_zh/a.md=zh-CN"]),
        (&[("zh-docs/a.md", "zh"), ("en-docs/a.md", "en")], &["en-docs/a.md=en zh-docs/a.md=zh-CN"]),
        (&[("docs/a.md", "zh"), ("docs-en/a.md", "en")], &["docs-en/a.md=en docs/a.md=zh-CN"]),
        (&[("source/x/a.md", "zh"), ("source_en/x/a.md", "en")], &["source/x/a.md=zh-CN source_en/x/a.md=en"]),
        (&[("doc_ch/a.md", "zh"), ("doc_en/a.md", "en")], &["doc_ch/a.md=zh-CN doc_en/a.md=en"]),
        (&[("docs.zh/a.md", "zh"), ("docs/a.md", "en")], &["docs.zh/a.md=zh-CN docs/a.md=en"]),
        (&[("content/a.md", "en"), ("content.zh/a.md", "zh")], &["content.zh/a.md=zh-CN content/a.md=en"]),
        (&[("i18n/zh-CN/docs/a.md", "zh"), ("docs/a.md", "en")], &["docs/a.md=en i18n/zh-CN/docs/a.md=zh-CN"]),
        (
            &[("i18n/zh-CN/docusaurus-plugin-content-docs/current/x/a.md", "zh"), ("docs/x/a.md", "en")],
            &["docs/x/a.md=en i18n/zh-CN/docusaurus-plugin-content-docs/current/x/a.md=zh-CN"],
        ),
        (
            &[("translations/de/a.md", "de"), ("translations/es/a.md", "es"), ("a.md", "en")],
            &["a.md=en translations/de/a.md=de translations/es/a.md=es"],
        ),
        (
            &[("pages/a.md", "en"), ("pages.pt_BR/a.md", "pt"), ("pages.pt_PT/a.md", "pt")],
            &["pages.pt_BR/a.md=pt-BR pages.pt_PT/a.md=pt-PT pages/a.md=en"],
        ),
        (
            &[("a.md", "en"), ("translations/zh-TW/a.md", "tw"), ("translations/zh-HK/a.md", "tw")],
            &["a.md=en translations/zh-HK/a.md=zh-HK translations/zh-TW/a.md=zh-TW"],
        ),
        (
            &[("docs/a.md", "en"), ("translations/zh/a.md", "zh"), ("translations/fr/a.md", "fr")],
            &["docs/a.md=en translations/fr/a.md=fr translations/zh/a.md=zh-CN"],
        ),
        (
            &[
                ("docs/a.md", "en"),
                ("docs/b.md", "en"),
                ("lang/zh/a.md", "zh"),
                ("lang/zh/b.md", "zh"),
                ("lang/fr/a.md", "fr"),
                ("lang/fr/x.md", "fr"),
                ("lang/fr/y.md", "fr"),
            ],
            &[
                "docs/a.md=en lang/fr/a.md=fr lang/zh/a.md=zh-CN",
                "docs/b.md=en lang/zh/b.md=zh-CN",
                "lang/fr/x.md=fr",
                "lang/fr/y.md=fr",
            ],
        ),
        (
            &[("a/README.md", "en"), ("a/translations/README.zh-cn.md", "zh"), ("a/translations/README.fr.md", "fr")],
            &["a/README.md=en a/translations/README.fr.md=fr a/translations/README.zh-cn.md=zh-CN"],
        ),
        (&[("x.md", "en"), ("i18n/x.zh-cn.md", "zh")], &["i18n/x.zh-cn.md=zh-CN x.md=en"]),
        (
            &[("README.md", "en"), ("translations/README_zh.md", "zh")],
            &["README.md=en translations/README_zh.md=zh-CN"],
        ),
        (
            &[("x.md", "en"), ("lang/y_zh.md", "zh"), ("lang/y.md", "en")],
            &["lang/y.md=en lang/y_zh.md=zh-CN", "x.md=en"],
        ),
        (&[("zh/a.md", "tw"), ("zh-cn/a.md", "zh"), ("en/a.md", "en")], &["en/a.md=en zh-cn/a.md=zh-CN zh/a.md=zh-TW"]),
        (&[("Chinese/a.md", "zh"), ("English/a.md", "en")], &["Chinese/a.md=zh-CN English/a.md=en"]),
        (&[("中文/a.md", "zh"), ("English/a.md", "en")], &["English/a.md=en 中文/a.md=zh-CN"]),
        (&[("日本語/a.md", "ja"), ("English/a.md", "en")], &["English/a.md=en 日本語/a.md=ja"]),
        (&[("docs（中文）/a.md", "zh"), ("docs/a.md", "en")], &["docs/a.md=en docs（中文）/a.md=zh-CN"]),
        (
            &[("docs/a.md", "zh"), ("ja/docs/a.md", "ja"), ("zh-hant/docs/a.md", "tw")],
            &["docs/a.md=zh-CN ja/docs/a.md=ja zh-hant/docs/a.md=zh-TW"],
        ),
        (
            &[("docs/a.md", "zh"), ("ko/docs/a.md", "ko"), ("en/docs/a.md", "en")],
            &["docs/a.md=zh-CN en/docs/a.md=en ko/docs/a.md=ko"],
        ),
        (
            &[("zh-CN/a.md", "zh"), ("tr-TR/a.md", "tr"), ("en/a.md", "en")],
            &["en/a.md=en tr-TR/a.md=tr-TR zh-CN/a.md=zh-CN"],
        ),
        // Words that are no languages.
        (&[("it/a.md", "en"), ("a.md", "en")], &["a.md=en", "it/a.md=en"]),
        (
            &[("English/words.md", "zh"), ("Chinese/poems.md", "zh")],
            &["Chinese/poems.md=zh-CN", "English/words.md=zh-CN"],
        ),
        (&[("v1/a.md", "en"), ("v2/a.md", "en")], &["v1/a.md=en", "v2/a.md=en"]),
        (&[("no-std/a.md", "en"), ("std/a.md", "en")], &["no-std/a.md=en", "std/a.md=en"]),
    ];
    for (files, want) in rows {
        assert_eq!(notes(files), *want, "{files:?}");
    }
}

#[test]
fn links_name_languages() {
    let rows: &[Row] = &[
        (
            &[
                (
                    "aa.md",
                    "[_简体中文_](aa.zh-CN.md), [_Türkçe_](aa.tr-TR.md)\n\nThis is a text in English; it explains things.",
                ),
                ("aa.zh-CN.md", "zh"),
                (
                    "aa.tr-TR.md",
                    "[_简体中文_](aa.zh-CN.md), [français](aa.fr-FR.md)\n\nBu Türkçe yazılmış bir metindir; öğrenmek için güzel.",
                ),
                (
                    "aa.fr-FR.md",
                    "[english](aa.md), [_简体中文_](aa.zh-CN.md)\n\nCeci est un texte en français, où l'on explique.",
                ),
                ("bb.md", "en"),
                ("bb.de-DE.md", "de"),
            ],
            &["aa.fr-FR.md=fr aa.md=en aa.tr-TR.md=tr-TR aa.zh-CN.md=zh-CN", "bb.de-DE.md=de bb.md=en"],
        ),
        (
            &[("a.md", "[Türkçe](b.md)\n\nThis is a text in English; it explains things."), ("b.md", "tr")],
            &["a.md=en b.md=tr"],
        ),
        (
            &[
                ("a.md", "# A\n\n[Українська](a-ua.md)\n\nThis is a text in English; it explains things."),
                ("a-ua.md", "uk"),
            ],
            &["a-ua.md=uk a.md=en"],
        ),
    ];
    for (files, want) in rows {
        assert_eq!(notes(files), *want, "{files:?}");
    }
}

#[test]
fn trees_that_mirror_each_other_are_named() {
    let files = [
        ("original/a.md", "zh"),
        ("original/x/b.md", "zh"),
        ("original/c.md", "zh"),
        ("handbook/a.md", "en"),
        ("handbook/x/b.md", "en"),
    ];
    let (_folder, survey) = look(&files);
    let said = survey.to_string();
    let want = "handbook/ and original/ hold the same paths (2 of 2) in two languages, and their names alone do not pair them; to pair them, write into book.toml:
  [preprocessor.bilingual]
  language.en.names = [\"handbook\"]
  language.zh-CN.names = [\"original\"]
";
    assert!(said.contains(want), "{said}");
    // What it says to write does it.
    let lines: String = said
        .lines()
        .skip_while(|line| !line.contains("write into book.toml"))
        .skip(1)
        .take(3)
        .map(|line| format!("{line}\n"))
        .collect();
    let toml = format!("[book]\nsrc = \".\"\n{lines}");
    let config = [("book.toml", toml.as_str())];
    let (_folder, survey) = look(&[&config[..], &files[..]].concat());
    assert_eq!(
        pairs(&survey),
        ["handbook/a.md=en original/a.md=zh-CN", "handbook/x/b.md=en original/x/b.md=zh-CN", "original/c.md=zh-CN"]
    );
    // Two versions in one language are none.
    let (_folder, survey) = look(&[("v1/a.md", "en"), ("v1/b.md", "en"), ("v2/a.md", "en"), ("v2/b.md", "en")]);
    assert!(!survey.to_string().contains("hold the same paths"));
}

#[test]
fn titles_and_sections_are_for_the_readers_of_their_letters() {
    let (_folder, survey) = look(&[
        ("README.md", "# Algorithms\n\nWhat there is to know about algorithms, in English and in other languages.\n"),
        ("README.zh-TW.md", "# 演算法\n\n## 資料結構\n\n- [陣列](a)\n- [串列](b)\n- [樹](c)\n- [圖](d)\n"),
        ("a/README.md", "# Array\n\nThis is a text in English about arrays.\n"),
        ("a/README.zh-TW.md", "# 陣列\n\n這是一段繁體中文，對讀者說明問題。\n"),
        ("b/README.md", "# List\n\nThis is a text in English about lists.\n"),
        ("c/README.md", "# Tree\n\nThis is a text in English about trees.\n"),
        ("d/README.md", "# Graph\n\nThis is a text in English about graphs.\n"),
    ]);
    let notebook = &survey.reading.notebook;
    let titles: Vec<&str> = notebook
        .notes
        .iter()
        .flat_map(|note| &note.editions)
        .filter(|edition| edition.language.value.tag() == "en" && edition.file.contains('/'))
        .map(|edition| edition.title.value.as_str())
        .collect();
    assert_eq!(titles, ["Array", "List", "Tree", "Graph"]);
    survey.write().expect("a book");
    let summary = read(_folder.path(), "book/SUMMARY.md");
    let (english, chinese) = (summary.find("# English"), summary.find("# 資料結構"));
    let part = &summary[english.expect("a part")..];
    let part = match chinese.filter(|at| *at > english.unwrap_or(0)) {
        Some(end) => &summary[english.unwrap_or(0)..end],
        None => part,
    };
    assert!(!part.contains("資料結構") && !part.contains("陣列"), "{summary}");
}

#[test]
fn a_list_of_languages_lists_nothing() {
    let (_folder, survey) = look(&[
        (
            "README.md",
            "# Notes\n\n- [Chinese](./README.chinese.md)\n- [Euskara](README.eu.md)\n\n## By day\n\n- [Trees, again](a.md)\n- [Lists](b.md)\n\n## By subject\n\n- [Trees](a.md)\n- [Graphs](c.md)\n",
        ),
        (
            "README.chinese.md",
            "# 笔记\n\n- [英文](./README.md)\n\n这是一段简体中文，对读者说明问题。\n\n- [树](a.md)\n- [表](b.md)\n- [图](c.md)\n",
        ),
        (
            "README.eu.md",
            "# Oharrak\n\n- [Ingelesa](README.md)\n- [Txinera](README.chinese.md)\n\nHau euskaraz idatzitako testua da.\n\n- [Trees](a.md)\n- [Lists](b.md)\n- [Graphs](c.md)\n",
        ),
        ("a.md", "# Trees\n\nThis is a text in English about trees.\n"),
        ("b.md", "# Lists\n\nThis is a text in English about lists.\n"),
        ("c.md", "# Graphs\n\nThis is a text in English about graphs.\n"),
    ]);
    let said = survey.reading.diagnostics.sorted().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(!said.iter().any(|line| line.contains("Txinera") || line.contains("README.md:14")), "{said:#?}");
    assert!(
        survey
            .reading
            .notebook
            .listings
            .iter()
            .all(|listing| !listing.notes.iter().any(|note| note.as_str().starts_with("README")))
    );
}
