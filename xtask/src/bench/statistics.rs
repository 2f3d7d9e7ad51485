//! Medians and quartiles.

/// How some measurements are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// A quarter of the measurements is below this.
    pub(super) lower: f64,
    /// Half of them.
    pub(super) median: f64,
    /// Three quarters.
    pub(super) upper: f64,
    /// All others are.
    pub(super) max: f64,
}

impl Spread {
    /// The spread of at least one measurement; quantiles between two measurements are interpolated.
    pub(super) fn of(measurements: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = measurements.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1).expect("a round has been measured");
        let quantile = |part: f64| {
            let place = part * last as f64;
            let below = sorted[place.floor() as usize];
            let above = sorted[place.ceil() as usize];
            below + (above - below) * place.fract()
        };
        Self { lower: quantile(0.25), median: quantile(0.5), upper: quantile(0.75), max: sorted[last] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter() {
        let spread = Spread { lower: 2.0, median: 3.0, upper: 4.0, max: 5.0 };
        assert_eq!(Spread::of([5.0, 1.0, 4.0, 2.0, 3.0]), spread);
    }

    #[test]
    fn an_even_number_has_its_median_in_between() {
        assert_eq!(Spread::of([1.0, 2.0]), Spread { lower: 1.25, median: 1.5, upper: 1.75, max: 2.0 });
    }

    #[test]
    fn one_measurement_is_all_there_is() {
        assert_eq!(Spread::of([7.0]), Spread { lower: 7.0, median: 7.0, upper: 7.0, max: 7.0 });
    }
}
