//! What is said of translations and reviews, once it is known how they are.

use mdbook_bilingual_core::checks::{self, Subject};
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics, Place};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::freshness::{Behind, ChangedSection};
use mdbook_bilingual_core::notebook::{Edition, Freshness, Translation};
use mdbook_bilingual_core::values::{Commit, Date, Fact, Language, Origin, Period, Review};
use support::book::book;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

/// What is said of a pair whose English edition was changed like this.
fn said(change: impl FnOnce(&mut Edition), today: Option<&str>) -> Vec<String> {
    let folder = book(
        "[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n",
        &[
            ("SUMMARY.md", "- [甲](a.md)\n- [A](a_en.md)\n"),
            ("a.md", "---\ndate: 2025-08-31\n---\n# 甲\n"),
            ("a_en.md", "---\ndate: 2025-09-30\nreviewed-on: 2025-12-02\n---\n# A\n"),
        ],
    );
    let (host, book) = Host::load(folder.path()).expect("a book");
    let mut reading = mdbook_bilingual_core::read(&host, &book);
    assert_eq!(reading.diagnostics, Diagnostics::default());
    change(&mut reading.notebook.notes[0].editions[1]);
    let mut diagnostics = Diagnostics::default();
    let occasion = checks::Occasion {
        today: today.map(day),
        is_built: false,
        is_expanded: false,
        is_for_browsers: true,
        is_for_site: false,
        subject: Subject::Book,
    };
    let checked = checks::Checked {
        notebook: &reading.notebook,
        config: &reading.config,
        wording: &reading.wording,
        mathematics: &reading.mathematics,
        book_toml: &host.book_toml,
        html: host.html,
        occasion,
    };
    checks::report(&checked, &mut diagnostics);
    diagnostics.sorted().iter().map(ToString::to_string).collect()
}

fn behind(is_worth_saying: bool) -> Translation {
    let since = Some(Commit { id: "a".repeat(40), day: day("2025-11-02") });
    let sections = vec![ChangedSection { heading: Some("甲".to_owned()), id: None }];
    Translation {
        of: Fact { value: Language::parse("zh-CN").expect("a tag"), origin: Origin::Default },
        freshness: Freshness::Behind(Behind {
            commits: Some(3),
            days: Some(29),
            lines: Some((12, 4)),
            sections,
            since,
            last: None,
            is_worth_saying,
        }),
        confirmed: None,
    }
}

#[test]
fn a_translation_that_misses_changes() {
    assert_eq!(
        said(|edition| edition.translation = Some(behind(true)), None),
        [
            "warning[translation-behind]: book/a_en.md: this translation misses 3 commits of book/a.md, over 29 days (12 lines new, 4 gone), in “甲”; bring it up to date, or run `mdbook-bilingual confirm book/a_en.md` if it is right"
        ]
    );
    let none: [&str; 0] = [];
    assert_eq!(said(|edition| edition.translation = Some(behind(false)), None), none);
    let in_step = Translation { freshness: Freshness::InStep, ..behind(true) };
    assert_eq!(said(|edition| edition.translation = Some(in_step), None), none);
}

#[test]
fn a_text_that_was_changed_since_its_review() {
    let changed = |day| move |edition: &mut Edition| edition.review = Some(Review::ChangedSince(day));
    assert_eq!(
        said(changed(Some(day("2025-12-20"))), None),
        [
            "warning[review-changed]: book/a_en.md:3:14: the text was changed since its review of 2025-12-02, last on 2025-12-20; review it again, and run `mdbook-bilingual confirm --review book/a_en.md`"
        ]
    );
    assert!(said(changed(None), None)[0].contains("since its review of 2025-12-02; review it again"));
    assert_eq!(said(|edition| edition.review = Some(Review::OfThisText), None).len(), 0);
}

#[test]
fn a_review_that_is_overdue() {
    let review_in = |edition: &mut Edition| {
        let place = Place::at("book/a_en.md", 4, 12);
        edition.review_in = Some(Fact::authored(Period::parse("90 days").expect("a period"), place));
    };
    assert_eq!(
        said(review_in, Some("2026-03-03")),
        [
            "warning[review-overdue]: book/a_en.md:4:12: it was reviewed on 2025-12-02, and a review was due 90 days later, on 2026-03-02; review it, and run `mdbook-bilingual confirm --review book/a_en.md`"
        ]
    );
    let never_reviewed = |edition: &mut Edition| {
        review_in(edition);
        edition.reviewed_on = None;
    };
    assert!(said(never_reviewed, Some("2026-03-03"))[0].contains("it was published on 2025-09-30"));
    let updated = |edition: &mut Edition| {
        never_reviewed(edition);
        edition.updated = Some(Fact { value: day("2025-10-01"), origin: Origin::Default });
    };
    assert!(said(updated, Some("2026-03-03"))[0].contains("it was updated on 2025-10-01"));
    assert_eq!(said(review_in, Some("2026-03-02")).len(), 0);
    assert_eq!(said(review_in, None).len(), 0, "a build knows no day");
    assert_eq!(Code::ReviewOverdue.severity().to_string(), "warning");
}
