//! A page with every construct in every form in which WeChat might take it.
//!
//! ```text
//! 5. formula in a table   <table …><td …><svg …></svg></td></table>
//! ```
//!
//! An author copies it into a draft once, saves, looks, and writes into the book's table for the platform what holds. No
//! form has a link to another site: WeChat would refuse to save all of the rest with it.

use super::clean::unclean;
use super::drawing::draw;
use super::escape::escaped;
use super::page::{BEGIN, Words, page};
use super::{colours, formulas, styles};
use crate::platform::Platform;

/// The forms, with `{NAME}` for the style of a name and `$TEX$` for a drawing.
const FORMS: &[(&str, &str)] = &[
    ("heading of level 1 标题", "<h1{h1}>一级标题</h1>"),
    ("heading of level 2", "<h2{h2}>二级标题</h2>"),
    ("heading of level 3", "<h3{h3}>三级标题</h3>"),
    ("heading of level 4", "<h4{h4}>四级标题</h4>"),
    ("heading as a paragraph", "<p{heading-deeper}><strong>粗体一行</strong></p>"),
    ("formula in a line 行内公式", "<p{p}>前 $a_1 + \\frac{b}{c}$ 后</p>"),
    ("formula with Chinese words 带中文的公式", "<p{p}>前 $\\text{显存} = a_1 + \\text{余量}$ 后</p>"),
    ("formula on its own line 独立公式", "<section{formula}>$\\sum_{t=0}^{T} \\sqrt{r_t}$</section>"),
    ("formula in a heading 标题里的公式", "<h3{h3}>标题 $x_1$</h3>"),
    ("formula in a list 列表里的公式", "<ul{ul}><li{li}><section{item}>前 $x_1$ 后</section></li></ul>"),
    (
        "formula in a table 表格里的公式",
        "<table{table}><tbody{tbody}><tr{tr}><td{td}>前 $x_1$ 后</td></tr></tbody></table>",
    ),
    ("formula in colour 彩色公式", "<p{p}>前 $\\color{red}{x_1}$ 后</p>"),
    (
        "table that scrolls 可滚动的表格",
        "<section{table-scroll}><table{table}><thead{thead}><tr{tr}><th{th}>名</th><th{th}>值</th></tr></thead>\
         <tbody{tbody}><tr{tr}><td{td}>甲</td><td{td}>1</td></tr></tbody></table></section>",
    ),
    (
        "table without a head 没有表头的表格",
        "<table{table}><tbody{tbody}><tr{tr}><th{th}>名</th><th{th}>值</th></tr>\
         <tr{tr}><td{td}>甲</td><td{td}>1</td></tr></tbody></table>",
    ),
    (
        "picture from the web 网络图片",
        "<p{p}><img src=\"https://www.rust-lang.org/static/images/rust-logo-blk.png\" alt=\"图\"{img}></p>",
    ),
    (
        "picture in the text 内嵌图片",
        "<p{p}>前 <img src=\"data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=\" alt=\"点\" style=\"width:24px;height:24px\"> 后</p>",
    ),
    (
        "list in a list, behind its item 嵌套列表",
        "<ul{ul}><li{li}><section{item}>一级</section></li><ul{ul}><li{li}><section{item}>二级</section></li></ul></ul>",
    ),
    (
        "list in a list, in its item",
        "<ul{ul}><li{li}><section{item}>一级</section><ul{ul}><li{li}><section{item}>二级</section></li></ul></li></ul>",
    ),
    (
        "list in a list in a list",
        "<ul{ul}><li{li}><section{item}>一级</section></li><ul{ul}><li{li}><section{item}>二级</section></li>\
         <ul{ul}><li{li}><section{item}>三级</section></li></ul></ul></ul>",
    ),
    ("item of plain text 列表项", "<ul{ul}><li{li}>甲 <strong>乙</strong> <code{code}>丙</code></li></ul>"),
    ("item in a span", "<ul{ul}><li{li}><span>甲 <strong>乙</strong> <code{code}>丙</code></span></li></ul>"),
    (
        "numbers from three on 编号",
        "<ol start=\"3\"{ol}><li{li}><section{item}>三</section></li><li{li}><section{item}>四</section></li></ol>",
    ),
    ("code, a section each line 代码", "<pre{pre}>[<section{line}>|</section>]</pre>"),
    ("code, sections alone", "<section{pre}>[<section{line}>|</section>]</section>"),
    ("code, a code each line", "<pre{pre}>[<code style=\"display:block\">|</code>]</pre>"),
    ("code, with line breaks", "<pre{pre}><code>[|<br>]</code></pre>"),
    ("code in a line 行内代码", "<p{p}>前 <code{code}>a&nbsp;&nbsp;b</code> 后</p>"),
    (
        "quotation in a quotation 引用",
        "<blockquote{blockquote}><p{p}>外层</p><blockquote{blockquote}><p{p}>内层</p></blockquote></blockquote>",
    ),
    ("callout 提示块", "<section{callout-warning}><p{callout-title}>警告</p><p{p}>小心</p></section>"),
    (
        "tasks 任务列表",
        "<ul{ul}><li{li}><section{item}>☐ 未完</section></li><li{li}><section{item}>☑ 完</section></li></ul>",
    ),
    (
        "emphasis 强调",
        "<p{p}><strong{strong}>“快”</strong>的 <em{em}>斜</em> <del{del}>删</del> H<sub{sub}>2</sub>O x<sup{sup}>[1]</sup></p>",
    ),
    ("rule 分隔线", "<hr{hr}>"),
];

/// The code of the forms.
const CODE: &str = "def f(n):\n    if n < 1:\n\n        return \"四个空格\"\n";

/// The probe page of a platform.
pub(crate) fn probe(platform: &Platform) -> String {
    let mut fragment = format!("{BEGIN}{}>", styles::attribute(platform, "article", ""));
    for (number, (construct, form)) in FORMS.iter().enumerate() {
        let title = styles::attribute(platform, "code-path", "");
        fragment.push_str(&format!("<p{title}>{}. {}</p>{}", number + 1, escaped(construct), written(platform, form)));
    }
    fragment.push_str("</section>");
    debug_assert!(unclean(&fragment, &platform.links).is_empty(), "a form that nothing would keep");
    let words = Words {
        language: "zh-CN".to_owned(),
        is_right_to_left: false,
        title: platform.name.clone(),
        button: [
            "Copy · 复制",
            "Copied. Paste it into a draft. 已复制，请粘贴到草稿里。",
            "It could not be copied. 没能复制。",
        ]
        .map(str::to_owned),
    };
    page(&words, &fragment)
}

/// A form as HTML.
fn written(platform: &Platform, form: &str) -> String {
    let mut out = String::new();
    for (at, piece) in form.split('$').enumerate() {
        match at % 2 {
            0 => out.push_str(&styled(platform, &coded(piece))),
            _ => out.push_str(
                &draw(piece, form.contains("{formula}"))
                    .map(|parts| formulas::html(&parts, piece, form.contains("{formula}")))
                    .unwrap_or_default(),
            ),
        }
    }
    out
}

/// What stands between brackets, once for each line of the code.
fn coded(form: &str) -> String {
    let Some((before, rest)) = form.split_once('[') else { return form.to_owned() };
    let Some((line, behind)) = rest.split_once(']').filter(|(line, _)| line.contains('|')) else {
        return form.to_owned();
    };
    let lines = colours::lines(CODE, "python").into_iter();
    let lines = lines.map(|code| line.replace('|', if code.is_empty() { "&nbsp;" } else { &code }));
    format!("{before}{}{behind}", lines.collect::<String>())
}

/// The styles of a form.
fn styled(platform: &Platform, form: &str) -> String {
    let mut out = String::new();
    let mut rest = form;
    while let Some((before, name, behind)) = rest.split_once('{').and_then(|(before, rest)| {
        let (name, behind) = rest.split_once('}')?;
        Some((before, name, behind))
    }) {
        out.push_str(before);
        out.push_str(&styles::attribute(platform, name, ""));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mdbook_bilingual_core::config::BookToml;

    use super::*;
    use crate::wechat::counts;

    #[test]
    fn every_form_is_written_out() {
        let platform = Platform::read("wechat", &BTreeMap::new(), &BookToml::new(String::new())).unwrap();
        for (construct, form) in FORMS {
            let html = written(&platform, form);
            assert!(!html.contains(['$', '|']), "{construct}: {html}");
            for text in form.split('$').step_by(2) {
                let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
                names.for_each(|(name, _)| assert!(!styles::style(&platform, name).is_empty(), "{construct}: {name}"));
            }
            assert!(unclean(&html, &platform.links).is_empty(), "{construct}: {html}");
        }
        let counts = counts(&probe(&platform));
        assert_eq!((counts.formulas, counts.pictures, counts.tables, counts.code, counts.links), (7, 2, 3, 3, 0));
    }
}
