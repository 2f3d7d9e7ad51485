//! The exponent of a growth.

/// How long something took at a size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    /// The size.
    pub(super) size: f64,
    /// CPU time in seconds.
    pub(super) seconds: f64,
}

/// What is less than this above the fixed cost is noise, in seconds.
const NOISE: f64 = 0.004;

/// The exponent `e` of `time = fixed + c · size^e`: the slope of the line through the logarithms with the least squares,
/// over the points that are clearly above the fixed cost. `None` when those are fewer than three: then the whole is done
/// in no time.
pub(super) fn exponent(points: &[Point], fixed: f64) -> Option<f64> {
    let above = points.iter().map(|point| (point.size.ln(), point.seconds - fixed));
    let clear: Vec<(f64, f64)> = above
        .filter(|(_, seconds)| *seconds >= NOISE.max(fixed / 2.0))
        .map(|(size, seconds)| (size, seconds.ln()))
        .collect();
    if clear.len() < 3 {
        return None;
    }
    let count = clear.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| clear.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let both: f64 = clear.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let square: f64 = clear.iter().map(|point| (point.0 - x).powi(2)).sum();
    Some(both / square)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(seconds: impl Fn(f64) -> f64) -> Vec<Point> {
        [1.0, 2.0, 4.0, 8.0].map(|size| Point { size, seconds: seconds(size) }).to_vec()
    }

    #[test]
    fn the_fixed_cost_does_not_count() {
        for power in [0.5, 1.0, 1.5, 2.0] {
            let found = exponent(&points(|size| 0.01 + 0.02 * size.powf(power)), 0.01).unwrap();
            assert!((found - power).abs() < 1e-9, "{found} for {power}");
        }
    }

    #[test]
    fn what_is_too_fast_has_none() {
        assert_eq!(exponent(&points(|size| 0.01 + 0.0001 * size), 0.01), None);
        assert_eq!(exponent(&points(|size| 0.1 + 0.01 * size), 0.1), None, "only two are half above it");
    }
}
