//! How far a text has come, in its author's words.

use std::sync::LazyLock;

use regex::Regex;

/// The authored status of an edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Finished, nothing to say about it.
    #[default]
    Published,
    /// A first version that may change in every part.
    Draft,
    /// Written, and waiting for somebody to check it.
    PendingReview,
    /// Checked by somebody.
    Reviewed,
    /// Once right; no longer kept up.
    Outdated,
    /// Parts of it are not written yet.
    NotFinished,
}

impl Status {
    /// Every status, in the order in which a text goes through them.
    pub const ALL: &[Self] =
        &[Self::Published, Self::Draft, Self::PendingReview, Self::Reviewed, Self::Outdated, Self::NotFinished];

    /// The name in front matter and in `data-status`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::PendingReview => "pending-review",
            Self::Reviewed => "reviewed",
            Self::Outdated => "outdated",
            Self::NotFinished => "not-finished",
        }
    }

    /// Reads a name as front matter gives it; case, spaces and underscores do not matter.
    #[must_use]
    pub fn from_name(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.iter().copied().find(|status| status.name() == name)
    }

    /// Reads the words inside the brackets of a mark, in the languages that notes are written in.
    pub(crate) fn from_mark(words: &str) -> Option<Self> {
        Self::from_name(words).or_else(|| {
            Some(match words.trim().to_lowercase().as_str() {
                "wip" | "work in progress" | "unfinished" | "incomplete" | "未完成" | "未完" | "未完待续"
                | "未完待續" | "施工中" => Self::NotFinished,
                "pending" | "review pending" | "to be reviewed" | "待审" | "待审阅" | "待审核" | "待审查"
                | "待校对" | "待審" | "待審閱" | "待審核" | "待校對" | "レビュー待ち" => {
                    Self::PendingReview
                }
                "草稿" | "草案" | "下書き" => Self::Draft,
                "已过时" | "过时" | "已過時" | "過時" | "obsolete" | "古い" => Self::Outdated,
                "已审阅" | "已审核" | "已審閱" | "已審核" | "レビュー済み" => Self::Reviewed,
                _ => return None,
            })
        })
    }
}

/// A status mark at the edge of a title, such as `[Pending Review]` or `【未完成】`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMark {
    /// What it says.
    pub status: Status,
    /// Its bytes in the title, with the white space between it and the title.
    pub range: std::ops::Range<usize>,
}

/// How many characters a mark has at most, without its brackets.
const LONGEST: usize = 24;

/// Finds the mark at the start or the end of a title, if there is one.
///
/// Backslashes before the brackets belong to it, so that the source of a heading can be read as well as its text.
/// `own` reads the words of one book, before those that are built in.
pub(crate) fn mark(title: &str, own: impl Fn(&str) -> Option<Status>) -> Option<StatusMark> {
    // How long one is at most is counted: written into the pattern, it makes that many copies of a large class.
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        let one = r"\\?[\[【［]([^\[\]【】［］\\]+)\\?[\]】］]";
        Regex::new(&format!(r"^\s*{one}\s*|\s*{one}\s*$")).expect("a valid pattern")
    });
    // Most titles have no mark, and a pattern is compiled for the first that may have one.
    if !title.contains([']', '】', '］']) {
        return None;
    }
    // A title can begin with one bracket that is no mark and end with one that is.
    MARK.captures_iter(title).find_map(|found| {
        let words = found.get(1).or_else(|| found.get(2)).filter(|words| words.as_str().chars().count() <= LONGEST)?;
        let range = found.get(0)?.range();
        let status = own(words.as_str()).or_else(|| Status::from_mark(words.as_str()))?;
        (range.len() < title.len()).then_some(StatusMark { status, range })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Wording;

    fn mark(title: &str) -> Option<StatusMark> {
        super::mark(title, |_| None)
    }

    fn without_mark(title: &str) -> String {
        Wording::default().without_mark(title)
    }

    #[test]
    fn marks_in_the_wild() {
        for (title, status, rest) in [
            ("[Pending Review] How to use docker", Status::PendingReview, "How to use docker"),
            ("【Not finished】手搓 TP", Status::NotFinished, "手搓 TP"),
            ("[Draft] [Pytorch] DDP", Status::Draft, "[Pytorch] DDP"),
            (r"\[pending-review\] x", Status::PendingReview, "x"),
            ("［草稿］x", Status::Draft, "x"),
            ("KV cache [WIP]", Status::NotFinished, "KV cache"),
            ("[原创][深度] DDP 【待审阅】", Status::PendingReview, "[原创][深度] DDP"),
        ] {
            assert_eq!(mark(title).map(|mark| mark.status), Some(status), "{title}");
            assert_eq!(without_mark(title), rest);
        }
    }

    #[test]
    fn what_is_no_mark() {
        for title in ["[原创][深度][PyTorch] DDP", "[Draft]", "a [draft] b", "Drafting", "", "[]", "【】x"] {
            assert_eq!(mark(title), None, "{title}");
            assert_eq!(without_mark(title), title);
        }
    }

    #[test]
    fn names_round_trip() {
        for status in Status::ALL {
            assert_eq!(Status::from_name(status.name()), Some(*status));
        }
        assert_eq!(Status::from_name("Pending Review"), Some(Status::PendingReview));
        assert_eq!(Status::from_name("done"), None);
    }
}
