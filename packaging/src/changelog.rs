//! What a version brings: its section of `CHANGELOG.md`.
//!
//! ```text
//! ## [Unreleased]            what is not released yet
//!
//! ## [0.1.0] - 2026-12-01    a release, and its day
//! ```

/// What stands below the heading of a version, without blank lines around it; none where there is no such heading.
#[must_use]
pub fn section(changelog: &str, version: &str) -> Option<String> {
    let mut lines = changelog.lines().skip_while(|line| !is_heading_of(line, version));
    lines.next()?;
    let section: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    Some(section.join("\n").trim().to_owned())
}

/// Whether the heading of a version says the day on which it was released.
#[must_use]
pub fn has_day(changelog: &str, version: &str) -> bool {
    let heading = changelog.lines().find(|line| is_heading_of(line, version)).unwrap_or_default();
    heading.split_once("] - ").is_some_and(|(_, day)| day.trim().parse::<jiff::civil::Date>().is_ok())
}

fn is_heading_of(line: &str, version: &str) -> bool {
    line.strip_prefix("## [").and_then(|rest| rest.strip_prefix(version)).is_some_and(|rest| rest.starts_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.1.1] - 2026-12-01\n\n### Fixed\n\n- This.\n\n## [0.1.0] - soon\n\n- That.\n";

    #[test]
    fn a_section_ends_where_the_next_begins() {
        assert_eq!(section(CHANGELOG, "0.1.1").as_deref(), Some("### Fixed\n\n- This."));
        assert_eq!(section(CHANGELOG, "0.1.0").as_deref(), Some("- That."));
        assert_eq!(section(CHANGELOG, "Unreleased").as_deref(), Some(""));
        assert_eq!(section(CHANGELOG, "0.1"), None);
    }

    #[test]
    fn a_day_is_a_date() {
        assert!(has_day(CHANGELOG, "0.1.1"));
        assert!(!has_day(CHANGELOG, "0.1.0"));
        assert!(!has_day(CHANGELOG, "0.2.0"));
    }
}
