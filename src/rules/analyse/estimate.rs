//! A figure, its interval, and what both rest on.

use super::{NOTHING, WEAK_BELOW, count, covariance, mean};

/// The normal distribution's 97.5th percentile: intervals of 95 %.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A figure with the interval in which the truth lies 95 times of 100, and the number of students that it was computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// From and to; `None` where there are too few students for one.
    pub interval: Option<(f64, f64)>,
    /// How many students.
    pub n: usize,
}

impl Estimate {
    /// Whether it rests on fewer than [`WEAK_BELOW`] students.
    #[must_use]
    pub const fn weak(&self) -> bool {
        self.n < WEAK_BELOW
    }

    /// The same in other units.
    #[must_use]
    pub(super) fn times(self, factor: f64) -> Self {
        let interval = self.interval.map(|(low, high)| (low * factor, high * factor));
        Self { value: self.value * factor, interval, n: self.n }
    }
}

/// The mean of shares from 0 to 1, with Wilson's score interval; `None` of nothing.
///
/// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", *Journal of the American Statistical Association*
/// 22 (1927), 209–212. Made for shares that are 0 or 1; with partial credit it is wider than need be and never narrower, since what lies
/// between 0 and 1 with the mean p varies by at most p(1 − p).
#[must_use]
pub fn share(shares: &[f64]) -> Option<Estimate> {
    let p = mean(shares.iter().copied())?.clamp(0.0, 1.0);
    let n = count(shares.len());
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let reach = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let interval = Some(((middle - reach).max(0.0), (middle + reach).min(1.0)));
    Some(Estimate { value: p, interval, n: shares.len() })
}

/// Pearson's correlation, −1 to 1, with Fisher's interval; `None` where either side is the same for all. No interval under four pairs.
///
/// R. A. Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small sample", *Metron* 1 (1921), 3–32:
/// artanh r varies normally with the standard error 1 ÷ √(n − 3).
#[must_use]
pub fn correlation(pairs: &[(f64, f64)]) -> Option<Estimate> {
    let square = |side: fn(&(f64, f64)) -> f64| {
        let same: Vec<(f64, f64)> = pairs.iter().map(|pair| (side(pair), side(pair))).collect();
        covariance(&same).filter(|variance| *variance > NOTHING)
    };
    let r = covariance(pairs)? / (square(|pair| pair.0)? * square(|pair| pair.1)?).sqrt();
    // Rounding may leave a hair beyond ±1; what is nearly ±1 is it.
    let r = if r.abs() > 1.0 - NOTHING { r.signum() } else { r };
    let n = pairs.len();
    let interval = (n > 3).then(|| {
        let reach = Z / count(n - 3).sqrt();
        ((r.atanh() - reach).tanh(), (r.atanh() + reach).tanh())
    });
    Some(Estimate { value: r, interval, n })
}

/// A figure of `n` students with the jackknife's interval: value ± 1.96 standard errors, from what the figure would be `without` each of
/// the students. No interval under three students, or where it cannot be computed without some student.
///
/// J. W. Tukey, "Bias and confidence in not-quite large samples", *Annals of Mathematical Statistics* 29 (1958), 614; B. Efron and
/// R. J. Tibshirani, *An Introduction to the Bootstrap* (1993), equation 11.5.
pub(super) fn jackknife(n: usize, value: f64, without: impl Fn(usize) -> Option<f64>) -> Estimate {
    let without: Option<Vec<f64>> = (0..n).map(without).collect();
    let interval = without.filter(|_| n > 2).and_then(|without| {
        let middle = mean(without.iter().copied())?;
        let squares: f64 = without.iter().map(|value| (value - middle).powi(2)).sum();
        let reach = Z * (squares * count(n - 1) / count(n)).sqrt();
        Some((value - reach, value + reach))
    });
    Estimate { value, interval, n }
}
