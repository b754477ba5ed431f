//! One question: how hard it was, and whether those who know the rest knew it, too.

use super::estimate::jackknife;
use super::{Estimate, Marks, NOTHING, correlation, covariance, mean, portion, share, variance};

/// Moodle calls a question dubious under this discriminative efficiency.
pub const DUBIOUS_BELOW: f64 = 15.0;

/// What a class's marks say about one question. Figures that cannot be computed are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// How many students had it.
    pub had: usize,
    /// Facility index: mean mark ÷ the most possible, 0 to 1. Wilson's interval.
    pub facility: Option<Estimate>,
    /// Standard deviation of the marks, over n − 1. The jackknife's interval.
    pub deviation: Option<Estimate>,
    /// Discrimination index: 100 × the correlation of the mark and the rest score, −100 to 100. Fisher's interval.
    pub discrimination: Option<Estimate>,
    /// Discriminative efficiency: 100 × the covariance of mark and rest score ÷ the most that it could be with these very marks and rest
    /// scores, which is when the best marks meet the best rest scores; at most 100. The jackknife's interval.
    pub efficiency: Option<Estimate>,
    /// Negative covariance of mark and whole score: those who did well got this one wrong.
    pub negative: bool,
}

impl Item {
    /// Whether Moodle would mark it: discriminative efficiency under [`DUBIOUS_BELOW`].
    #[must_use]
    pub fn dubious(&self) -> bool {
        self.efficiency.is_some_and(|efficiency| efficiency.value < DUBIOUS_BELOW)
    }
}

/// Analyses one question of many. Students without any other question have no rest score and count for the facility alone.
#[must_use]
pub fn item(marks: &Marks, question: usize) -> Item {
    let students = marks.rows().iter().enumerate();
    let had: Vec<(f64, Option<f64>, f64)> = students
        .filter_map(|(student, row)| {
            let mark = portion((*row.get(question)?)?);
            Some((mark, marks.score(student, Some(question)), marks.score(student, None)?))
        })
        .collect();
    item_of(&had)
}

/// The same from (mark, rest score, whole score) of every student who had the question.
#[must_use]
pub fn item_of(had: &[(f64, Option<f64>, f64)]) -> Item {
    let marks: Vec<f64> = had.iter().map(|student| student.0).collect();
    let rest: Vec<(f64, f64)> = had.iter().filter_map(|student| Some((student.0, student.1?))).collect();
    let whole: Vec<(f64, f64)> = had.iter().map(|student| (student.0, student.2)).collect();
    Item {
        had: had.len(),
        facility: share(&marks),
        deviation: deviation(&marks),
        discrimination: correlation(&rest).map(|r| r.times(100.0)),
        efficiency: efficiency(&rest),
        negative: covariance(&whole).is_some_and(|covariance| covariance < -NOTHING),
    }
}

fn deviation(marks: &[f64]) -> Option<Estimate> {
    jackknife(marks.len(), |without| {
        let kept = marks.iter().enumerate().filter(|(student, _)| Some(*student) != without);
        variance(kept.map(|(_, mark)| *mark)).map(f64::sqrt)
    })
    // No deviation is less than none.
    .map(|estimate| Estimate { interval: estimate.interval.map(|(low, high)| (low.max(0.0), high)), ..estimate })
}

fn efficiency(rest: &[(f64, f64)]) -> Option<Estimate> {
    let order = |side: fn(&(f64, f64)) -> f64| {
        let mut order: Vec<usize> = (0..rest.len()).collect();
        order.sort_by(|a, b| side(&rest[*a]).total_cmp(&side(&rest[*b])));
        order
    };
    // Sorted once: what is left after taking one out is still sorted.
    let (by_mark, by_rest) = (order(|pair| pair.0), order(|pair| pair.1));
    jackknife(rest.len(), |without| {
        let kept = |student: &&usize| Some(**student) != without;
        let best: Vec<(f64, f64)> = by_mark
            .iter()
            .filter(kept)
            .zip(by_rest.iter().filter(kept))
            .map(|(mark, other)| (rest[*mark].0, rest[*other].1))
            .collect();
        let most = covariance(&best).filter(|most| *most > NOTHING)?;
        let middle = mean(best.iter().map(|pair| pair.1))?;
        let middle_mark = mean(best.iter().map(|pair| pair.0))?;
        let n = best.len();
        let sum: f64 = rest
            .iter()
            .enumerate()
            .filter(|(student, _)| Some(*student) != without)
            .map(|(_, pair)| (pair.0 - middle_mark) * (pair.1 - middle))
            .sum();
        Some(100.0 * sum / super::count(n - 1) / most)
    })
    .map(|estimate| Estimate {
        // Nothing is beyond the most possible.
        interval: estimate.interval.map(|(low, high)| (low, high.min(100.0))),
        ..estimate
    })
}
