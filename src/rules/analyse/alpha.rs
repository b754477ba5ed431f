//! How well the questions together tell students apart.

use super::estimate::Z;
use super::{Estimate, Marks, NOTHING, count, portion, variance};

/// Cronbach's alpha, at most 1: k ÷ (k − 1) × (1 − Σ var(question) ÷ var(sum)), over the students who had all k questions. `None` with
/// fewer than two questions or students, or where all sums are the same.
///
/// L. J. Cronbach, "Coefficient alpha and the internal structure of tests", *Psychometrika* 16 (1951), 297–334. The interval is D. G.
/// Bonett's: ln(1 − alpha) varies about normally with the variance 2k ÷ ((k − 1)(n − 2)), and ln(n ÷ (n − 1)) takes out its bias
/// (D. G. Bonett and T. A. Wright, "Cronbach's alpha reliability", *Journal of Organizational Behavior* 36 (2015), 3–15). It needs three
/// students.
#[must_use]
pub fn alpha(marks: &Marks) -> Option<Estimate> {
    let whole: Vec<Vec<f64>> =
        marks.rows().iter().filter_map(|row| row.iter().map(|mark| mark.map(portion)).collect()).collect();
    let (k, n) = (marks.questions(), whole.len());
    if k < 2 {
        return None;
    }
    let sums = variance(whole.iter().map(|row| row.iter().sum())).filter(|variance| *variance > NOTHING)?;
    let each: Option<f64> = (0..k).map(|question| variance(whole.iter().map(|row| row[question]))).sum();
    let value = count(k) / count(k - 1) * (1.0 - each? / sums);
    let interval = (n > 2).then(|| {
        let reach = Z * (2.0 * count(k) / (count(k - 1) * count(n - 2))).sqrt();
        let middle = (1.0 - value).max(0.0).ln() - (count(n) / count(n - 1)).ln();
        (1.0 - (middle + reach).exp(), 1.0 - (middle - reach).exp())
    });
    Some(Estimate { value, interval, n })
}
