//! Emphasis beside East Asian characters is what the CJK-friendly amendment to CommonMark says, as comrak reads it.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use crate::emphasised::{by_comrak, by_mdbook, spliced};

/// What the author wrote, and what a page has to show.
const CASES: &[(&str, &str)] = &[
    ("**中文。**后文", "<b>中文。</b>后文"),
    ("前文**「中文」**", "前文<b>「中文」</b>"),
    ("前**真，**她说**“你好”**然后", "前<b>真，</b>她说<b>“你好”</b>然后"),
    ("**“甲”**乙**“丙”**丁", "<b>“甲”</b>乙<b>“丙”</b>丁"),
    ("**“甲”**乙**“丙”**", "<b>“甲”</b>乙<b>“丙”</b>"),
    ("*斜。*后 ***粗。***后", "<i>斜。</i>后 <i><b>粗。</b></i>后"),
    ("~~删。~~后", "<s>删。</s>后"),
    ("**甲~~乙。~~丙。**丁", "<b>甲<s>乙。</s>丙。</b>丁"),
    ("见**[链接](x)**和**`代码`**后", "见<b><a>链接</a></b>和<b><code>代码</code></b>后"),
    ("[**中。**后](x)", "<a><b>中。</b>后</a>"),
    ("前**(a)**后", "前<b>(a)</b>后"),
    ("**日本語。**です", "<b>日本語。</b>です"),
    ("**한국어(코리언)**를", "<b>한국어(코리언)</b>를"),
    ("**𠀀𠀁。**𠀂", "<b>𠀀𠀁。</b>𠀂"),
    ("**葛\u{e0100}**「x」**葛\u{e0100}**(a)", "<b>葛\u{e0100}</b>「x」<b>葛\u{e0100}</b>(a)"),
    ("a**（b）**c", "a<b>（b）</b>c"),
    ("> 1. **中。**后", "<b>中。</b>后"),
    ("# **中。**后", "<b>中。</b>后"),
    ("| **中。**后 |\n|---|\n| **文。**后 |", "<b>中。</b>后\n<b>文。</b>后"),
    ("\\***中。**后", "*<b>中。</b>后"),
    ("中\\*\\*。**后", "中**。**后"),
    ("`**中。**后`", "<code>**中。**后</code>"),
    ("_注意_：注意", "<i>注意</i>：注意"),
    ("简。\u{fe00}_Simplified._", "简。\u{fe00}<i>Simplified.</i>"),
];

#[test]
fn what_authors_write() {
    for (text, shown) in CASES {
        let (ours, _) = spliced(text);
        assert_eq!(by_mdbook(&ours).trim_end(), *shown, "{text} → {ours}");
        assert_eq!(by_comrak(text, true).trim_end(), *shown, "{text}, says comrak");
    }
}

#[test]
fn what_gets_no_comment() {
    for text in [
        "前**中文**后",
        "**中文**（说明）",
        "。**中文**，",
        "**中文。** 后文",
        "**bold.** text",
        "`**中。**后`",
        "```\n**中。**后\n```",
        "    **中。**后",
        "<div>**中。**后</div>",
        "[a](x**。**中) <b title=\"**。**中\">",
        "![**中。**后](x)",
        "<https://a.b/**。**中>",
        "[**中。**后]\n\n[**中。**后]: x",
        "[a**。**中]: x",
        "5~10个，约~20个。~中",
        "中\\*。\\*后",
        "2 * 3。*后",
    ] {
        assert_eq!(spliced(text).1, 0, "{text}");
    }
}

#[test]
fn a_long_line_is_read_in_one_go() {
    const PAIRS: usize = 100_000;
    // The whole of it would be over before this were read, or not at all.
    let comments = spliced(&"**。**中".repeat(PAIRS)).1;
    assert!(comments > PAIRS / 2, "{comments}");
}

static LAX: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[ab1😀]~~[“”().—$`\[<\\]").expect("a valid pattern"));

/// Inline text out of what decides about emphasis.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "中",
        "文",
        "か",
        "한",
        "𠀀",
        "a",
        "b",
        "1",
        " ",
        "。",
        "，",
        "「",
        "」",
        "“",
        "”",
        "(",
        ")",
        ".",
        "！",
        "—",
        "*",
        "**",
        "***",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`c`",
        "[甲](x)",
        "\\*",
        "<b>",
        "\n",
        "葛\u{e0100}",
        "😀",
    ]);
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mdbook_shows_what_the_amendment_says(text in text()) {
        let text = format!("中{text}");
        // comrak looks through tildes for the neighbours of other marks; neither CommonMark nor the amendment says so.
        prop_assume!(!["~*", "*~", "~_", "_~"].iter().any(|both| text.contains(both)));
        // mdBook's parser lets two tildes begin anywhere, so it strikes `a~~(b)~~` where the amendment would not.
        prop_assume!(!LAX.is_match(&text));
        let plain = by_mdbook(&text);
        // The two parsers differ in a few things that are none of ours.
        prop_assume!(plain == by_comrak(&text, false));
        let amended = by_comrak(&text, true);
        let (ours, comments) = spliced(&text);
        prop_assert_eq!(by_mdbook(&ours), &*amended, "{}", ours);
        prop_assert_eq!(comments == 0, plain == amended, "{}", ours);
    }
}
