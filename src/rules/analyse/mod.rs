//! Item analysis: what a class's answers say about its questions.
//!
//! Uses nothing but numbers: marks as shares of a question (0 to 1), options as indices. Nothing here is ever scored, only shown, so the
//! logarithms and roots need not be the same to the last bit on every machine, as scores must. Every figure comes with an interval of 95 %
//! and the number of students behind it; under [`WEAK_BELOW`] it is [weak](Estimate::weak).
//!
//! - [`Marks`]: who earned what, with gaps where somebody did not have a question
//! - [`Item`]: one question: facility, deviation, discrimination
//! - [`OptionUse`]: one option of it: who chose it
//! - [`alpha()`]: how well all the questions together tell students apart
//!
//! The formulas of an item are those of Moodle's `question/classes/statistics/questions/calculator.php`, so that a teacher finds the
//! numbers that a report there would have. `tests/report/oracle.py` computes them all by other code.

mod alpha;
mod estimate;
mod item;
mod options;

pub use alpha::alpha;
pub use estimate::{Estimate, correlation, share};
pub use item::{DUBIOUS_BELOW, Item, item, item_of};
pub use options::{Chosen, NON_FUNCTIONAL_BELOW, OptionUse, Tally, Third, options, thirds};

use super::Credit;

/// Under so many students a figure is weak: shown, with its interval, and no sentence is built on it.
pub const WEAK_BELOW: usize = 20;

/// Who earned which share of which question: a row a student, a column a question, `None` where the student did not have the question
/// (joined later, or it was another's turn). Questions that count for nobody have no column.
#[derive(Debug, Clone, PartialEq)]
pub struct Marks {
    questions: usize,
    rows: Vec<Vec<Option<Credit>>>,
}

impl Marks {
    /// Marks of so many questions. Shorter rows are filled with gaps, longer ones cut.
    #[must_use]
    pub fn new(questions: usize, mut rows: Vec<Vec<Option<Credit>>>) -> Self {
        for row in &mut rows {
            row.resize(questions, None);
        }
        Self { questions, rows }
    }

    /// How many questions there are.
    #[must_use]
    pub const fn questions(&self) -> usize {
        self.questions
    }

    /// The rows, one a student.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Option<Credit>>] {
        &self.rows
    }

    /// A student's mean share over the questions had; `None` if there were none. With `without`, that question is left out: the *rest score*.
    ///
    /// A mean, where Moodle takes the sum: for students who had the same questions all figures come out the same, and somebody who
    /// joined late is not taken for a weak student. Summed in whole thousandths, so that equal scores are equal numbers.
    #[must_use]
    pub fn score(&self, student: usize, without: Option<usize>) -> Option<f64> {
        let row = self.rows.get(student)?;
        let had = row.iter().enumerate().filter(|(question, _)| Some(*question) != without);
        let (sum, n) =
            had.filter_map(|(_, mark)| *mark).fold((0, 0), |(sum, n), mark| (sum + usize::from(mark.0), n + 1));
        (n > 0).then(|| count(sum) / count(1000 * n))
    }
}

/// A mark as a share, 0 to 1.
fn portion(mark: Credit) -> f64 {
    f64::from(mark.0) / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "counts of people and questions, far below 2^52")]
const fn count(n: usize) -> f64 {
    n as f64
}

fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.into_iter().fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / count(n))
}

/// Sums of products of deviations, over n − 1; `None` for fewer than two pairs.
fn covariance(pairs: &[(f64, f64)]) -> Option<f64> {
    let (x, y) = (mean(pairs.iter().map(|pair| pair.0))?, mean(pairs.iter().map(|pair| pair.1))?);
    let sum: f64 = pairs.iter().map(|pair| (pair.0 - x) * (pair.1 - y)).sum();
    (pairs.len() > 1).then(|| sum / count(pairs.len() - 1))
}

/// Sums of squares of deviations, over n − 1; `None` for fewer than two values.
fn variance(values: impl Iterator<Item = f64>) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = values.map(|value| (value, value)).collect();
    covariance(&pairs)
}

/// Rounding in the sums above leaves less than this where there is nothing; the marks themselves come in thousandths.
const NOTHING: f64 = 1e-12;
