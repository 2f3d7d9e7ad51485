//! A page with every construct in every form that a platform's file can choose: what arrives in a draft tells which forms
//! hold.
//!
//! ```text
//! 7. formula in a line: `math.inline = "dollar"`      前 $a_1$ 后
//! 8. formula in a line: `math.inline = "eeimg"`       前 <img … eeimg="1"> 后
//! ```
//!
//! An author pastes it once, looks, and writes `tried` and the forms into the book's table for the platform.

use crate::platform::{Output, Platform};

/// A form of a construct: what it is called, the key that chooses it, and how it is written.
struct Form {
    construct: &'static str,
    key: &'static str,
    text: &'static str,
}

const fn form(construct: &'static str, key: &'static str, text: &'static str) -> Form {
    Form { construct, key, text }
}

/// Every form of Markdown.
const MARKDOWN: &[Form] = &[
    form("heading 标题", "headings: level 1", "# 一级标题"),
    form("heading 标题", "headings: level 2", "## 二级标题"),
    form("heading 标题", "headings: level 3", "### 三级标题"),
    form("heading 标题", "headings: level 4", "#### 四级标题"),
    form("heading 标题", "headings.deeper = \"bold\"", "**粗体一行**"),
    form("formula in a line 行内公式", "math.inline = \"dollar\"", "前 $a_1 + b$ 后"),
    form("formula in a line 行内公式", "math.inline = \"brackets\"", "前 \\\\(a_1 + b\\\\) 后"),
    form(
        "formula in a line 行内公式",
        "math.inline = \"eeimg\"",
        "前 <img src=\"https://www.zhihu.com/equation?tex=a%5F1%20%2B%20b\" alt=\"a_1 + b\" eeimg=\"1\"> 后",
    ),
    form("formula in a line 行内公式", "math.inline = \"liquid\"", "前 {% katex inline %}a_1 + b{% endkatex %} 后"),
    form("prices 价格", "math: which dollars are formulas", "每卡 $5，共 $10；$HOME/$USER"),
    form("formula on its own line 独立公式", "math.display = \"dollar-block\"", "$$\na = b \\\\ c\n$$"),
    form(
        "formula on lines of its own 多行公式",
        "math.one-line = false",
        "$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$",
    ),
    form("formula on its own line 独立公式", "math.display = \"brackets-block\"", "\\\\[\na = b\n\\\\]"),
    form(
        "formula on its own line 独立公式",
        "math.display = \"eeimg\"",
        "<img src=\"https://www.zhihu.com/equation?tex=a%3Db%5C%5C\" alt=\"a=b\\\\\" eeimg=\"2\">",
    ),
    form("formula on its own line 独立公式", "math.display = \"liquid-block\"", "{% katex %}\na = b\n{% endkatex %}"),
    form("comparison in a formula 大于号", "math.replace", "$a > b$、$a \\gt b$"),
    form("formula in a heading 标题里的公式", "math.inline", "### 标题 $x_1$"),
    form("formula in a list 列表里的公式", "math.display", "- 列表\n\n  $$\n  a = b\n  $$"),
    form("formula in a quotation 引用里的公式", "math.display", "> $$\n> a = b\n> $$"),
    form(
        "table 表格",
        "tables.cells = \"keep\"",
        "| 名 | 值 |\n|:---|---:|\n| `a\\|b` | **粗** |\n| $x_1$ | [链接](https://example.org) |",
    ),
    form(
        "table as HTML 表格",
        "no key",
        "<table><tbody><tr><th>名</th><th>值</th></tr><tr><td>甲</td><td>1</td></tr></tbody></table>",
    ),
    form(
        "picture on its own line 图片",
        "pictures.inline = \"own-line\"",
        "![图](https://www.rust-lang.org/static/images/rust-logo-blk.png)",
    ),
    form(
        "picture in a line 行内图片",
        "pictures.inline = \"keep\"",
        "前 ![图](https://www.rust-lang.org/static/images/rust-logo-blk.png) 后",
    ),
    form("SVG picture 矢量图", "pictures.formats", "![图](https://www.rust-lang.org/logos/rust-logo-blk.svg)"),
    form(
        "picture in the text 内嵌图片",
        "pictures.data = true",
        "![点](data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=)",
    ),
    form("link 链接", "links.elsewhere = \"keep\"", "[链接](https://example.org)"),
    form("link to a place here 页内链接", "links.fragment = \"keep\"", "[回到二级标题](#二级标题)"),
    form("footnote 脚注", "text.footnotes = \"keep\"", "正文[^1]\n\n[^1]: 脚注"),
    form("callout 提示块", "text.callouts = \"keep\"", "> [!WARNING]\n> 小心"),
    form("callout 提示块", "text.callouts = \"bold-quote\"", "> **警告**\n>\n> 小心"),
    form("quotation in a quotation 引用里的引用", "nesting.quote = 0", "> 外层\n>\n> > 内层"),
    form("details 折叠", "text.details = \"keep\"", "<details><summary>摘要</summary>\n\n内容\n\n</details>"),
    form("details 折叠", "text.details = \"liquid\"", "{% details 摘要 %}\n\n内容\n\n{% enddetails %}"),
    form("code 代码", "code.language = \"keep\"", "```python\n    x = 1  # 四个空格\n```"),
    form("code with a path 带路径的代码", "code.path = \"keep\"", "```python:srt/server.py\nx = 1\n```"),
    form("diagram 图表", "text.diagrams = \"keep\"", "```mermaid\ngraph LR\n  A --> B\n```"),
    form("tasks 任务列表", "text.tasks = \"keep\"", "- [ ] 未完\n- [x] 完"),
    form("tasks 任务列表", "text.tasks = \"characters\"", "- ☐ 未完\n- ☑ 完"),
    form(
        "list in a list 嵌套列表",
        "nesting.list = 0",
        "- 一级\n  - 二级\n    - 三级\n\n      ```\n      代码\n      ```",
    ),
    form("numbers of a list 编号", "no key", "1. 一\n2. 二\n5. 五"),
    form("emphasis 粗体", "text.emphasis = \"keep\"", "**显存。**然后"),
    form("emphasis 粗体", "text.emphasis = \"outside\"", "**显存**。然后"),
    form("emphasis 粗体", "text.emphasis = \"zero-width\"", "**“快”\u{200b}**的"),
    form("emphasis 粗体", "text.emphasis = \"html\"", "<strong>“快”</strong>的"),
    form("strike 删除线", "no key", "~~删除~~"),
    form("line break in the source 源码换行", "text.line-breaks = \"keep\"", "第一行，\n第二行"),
    form("HTML", "text.html = \"keep\"", "H<sub>2</sub>O <kbd>Ctrl</kbd>"),
    form("comment 注释", "no key", "前<!-- 注释 -->后"),
    form("Liquid", "text.liquid", "`{% if %}` {% raw %}{%{% endraw %} if %}"),
];

/// The probe page of a platform: each form below its number, and the key that chooses it.
#[must_use]
pub fn page(platform: &Platform) -> String {
    match platform.output {
        Output::Markdown => markdown(),
        Output::Html => crate::wechat::probe(platform),
    }
}

fn markdown() -> String {
    let mut out = String::new();
    for (number, Form { construct, key, text }) in MARKDOWN.iter().enumerate() {
        // A rule and a line of its own: whatever a platform does to a form, the next one begins anew.
        out.push_str(if number == 0 { "" } else { "---\n\n" });
        out.push_str(&format!("{}. {construct}: `{key}`\n\n{text}\n\n", number + 1));
    }
    out.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::{MARKDOWN, markdown};

    #[test]
    fn every_form_is_there_once() {
        let page = markdown();
        for (at, form) in MARKDOWN.iter().enumerate() {
            assert!(page.contains(form.text), "{}", form.construct);
            let same = |other: &&super::Form| other.text == form.text;
            assert_eq!(
                MARKDOWN.iter().position(|other| same(&other)),
                Some(at),
                "{} stands there twice",
                form.construct
            );
        }
    }
}
