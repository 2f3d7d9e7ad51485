//! Tables.
//!
//! ```text
//! | 名 | 值 |   →   <section style="overflow-x:auto"><table style="…"><thead style="…"><tr><th style="border:…">…
//! ```
//!
//! Every cell has its lines in itself, and a wide table scrolls alone.

use pulldown_cmark::Alignment;

use super::styles;
use super::writer::Writer;
use crate::document::{Kind, Node};

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, columns: &[Alignment], rows: &[Node]) {
        self.open("section", "table-scroll");
        self.open("table", "table");
        let (head, body): (Vec<&Node>, Vec<&Node>) = rows.iter().partition(|row| row.kind == Kind::TableHead);
        for (element, cell, rows) in [("thead", "th", head), ("tbody", "td", body)] {
            if rows.is_empty() {
                continue;
            }
            self.open(element, element);
            rows.iter().for_each(|row| self.row(cell, columns, row));
            self.close(element);
        }
        self.close("table");
        self.close("section");
    }

    fn row(&mut self, element: &str, columns: &[Alignment], row: &Node) {
        self.open("tr", "tr");
        for (column, cell) in row.children.iter().enumerate() {
            let alignment = match columns.get(column) {
                Some(Alignment::Center) => "text-align:center",
                Some(Alignment::Right) => "text-align:right",
                Some(Alignment::Left | Alignment::None) | None => "text-align:left",
            };
            let style = styles::attribute(self.note.export.platform, element, alignment);
            self.out.push_str(&format!("<{element}{style}>"));
            self.begin_line(&cell.children);
            self.close(element);
        }
        self.close("tr");
    }
}
