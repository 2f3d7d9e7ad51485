//! What the rounds come to: a table for `guide/src/en/behind/speed.md`, and a verdict.

use std::process::ExitCode;
use std::time::Duration;

use super::round::Round;
use super::statistics::Spread;

/// The table for `guide/src/en/behind/speed.md`.
pub(super) fn table(measured: &[(u32, Vec<Round>)]) -> String {
    let mut table = String::from(
        "| pairs of notes | bare `mdbook build` | a preprocessor that does nothing | the suite | the suite adds | of that, the text | with git |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (pairs, rounds) in measured {
        let time = |of: fn(&Round) -> Duration| {
            let spread = Spread::of(rounds.iter().map(|round| of(round).as_secs_f64()));
            let [lower, median, upper] = [spread.lower, spread.median, spread.upper]
                .map(|seconds| milliseconds(Duration::from_secs_f64(seconds)));
            format!("{median} ({lower} to {upper})")
        };
        let share = Spread::of(rounds.iter().map(Round::share));
        table += &format!(
            "| {pairs} | {} | {} | {} | {} ({} to {}; worst {}) | {} | {} |\n",
            time(|round| round.bare),
            time(|round| round.no_op),
            time(|round| round.suite),
            percent(share.median),
            percent(share.lower),
            percent(share.upper),
            percent(share.max),
            percent(Spread::of(rounds.iter().map(Round::share_of_text)).median),
            percent(Spread::of(rounds.iter().map(Round::share_with_history)).median)
        );
    }
    let rounds = measured.first().map_or(0, |(_, rounds)| rounds.len());
    table
        + &format!(
            "\nCPU time, user and system: medians of {rounds} rounds, with their quartiles in brackets. A note has 9 KB.\n"
        )
}

/// Two sentences for each book, and whether the suite adds no more than its limits: `alone`, and `with_git`.
pub(super) fn verdict(measured: &[(u32, Vec<Round>)], alone: f64, with_git: f64) -> Vec<(String, bool)> {
    let sentence = |pairs: u32, what: &str, shares: Vec<f64>, limit: f64| {
        let share = Spread::of(shares).median;
        let kept = share <= limit;
        let word = if kept { "kept" } else { "BROKEN" };
        let (share, limit) = (percent(share), percent(limit));
        (format!("{pairs} pairs: the suite{what} adds {share} to a bare build; the limit of {limit} is {word}."), kept)
    };
    let sentences = measured.iter().flat_map(|(pairs, rounds)| {
        let of = |share: fn(&Round) -> f64| rounds.iter().map(share).collect();
        [
            sentence(*pairs, "", of(Round::share), alone),
            sentence(*pairs, " with git", of(Round::share_with_history), with_git),
        ]
    });
    sentences.collect()
}

/// A sentence about a value that has a limit, and whether it keeps it.
pub(super) fn at_most(what: &str, value: f64, limit: f64) -> (String, bool) {
    let kept = value <= limit;
    (format!("{what}; the limit of {limit} is {}.", if kept { "kept" } else { "BROKEN" }), kept)
}

/// Prints such sentences; a failure if one of them is about a broken limit.
pub(super) fn conclude(sentences: &[(String, bool)]) -> ExitCode {
    for (sentence, _) in sentences {
        println!("{sentence}");
    }
    if sentences.iter().all(|(_, kept)| *kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A time, as the table shows it.
pub(super) fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

/// A share, as the table shows it.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_row_for_each_book() {
        let rounds = vec![
            Round::of_milliseconds(1000, 20, 40, 50, 80),
            Round::of_milliseconds(1100, 20, 42, 53, 83),
            Round::of_milliseconds(900, 20, 38, 47, 77),
        ];
        let table = table(&[(100, rounds)]);
        assert!(
            table.contains(
                "| 100 | 1000 ms (950 ms to 1050 ms) | 20 ms (20 ms to 20 ms) | 50 ms (48 ms to 52 ms) \
                 | 3.0 % (3.0 % to 3.0 %; worst 3.0 %) | 1.0 % | 6.0 % |"
            ),
            "{table}"
        );
        assert!(table.contains("medians of 3 rounds"), "{table}");
    }

    #[test]
    fn the_limit_is_a_median() {
        let measured = [(
            100,
            vec![
                Round::of_milliseconds(1000, 20, 40, 50, 80),
                Round::of_milliseconds(1000, 20, 50, 60, 90),
                Round::of_milliseconds(1000, 20, 890, 900, 930),
            ],
        )];
        let alone = "100 pairs: the suite adds 4.0 % to a bare build; the limit of 5.0 % is kept.";
        let with_git = "100 pairs: the suite with git adds 7.0 % to a bare build; the limit of 8.0 % is kept.";
        let kept = [(alone.to_owned(), true), (with_git.to_owned(), true)];
        assert_eq!(verdict(&measured, 0.05, 0.08), kept);
        assert!(!verdict(&measured, 0.03, 0.08)[0].1);
        assert!(!verdict(&measured, 0.05, 0.06)[1].1);
    }
}
