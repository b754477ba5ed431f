//! One question's options: who chose which.

use super::{Estimate, correlation, share};

/// A wrong option that a smaller share of those who answered chose does no work.
///
/// T. M. Haladyna and S. M. Downing, "How many options is enough for a multiple-choice test item?", *Educational and Psychological
/// Measurement* 53 (1993), 999–1010.
pub const NON_FUNCTIONAL_BELOW: f64 = 0.05;

/// What one student who answered chose, and how well they did in the other questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The options, as indices.
    pub options: Vec<usize>,
    /// See [`super::Marks::score`]; `None` if there was no other question.
    pub rest: Option<f64>,
}

/// A third of those who answered, by rest score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Third {
    /// The highest rest scores.
    Top,
    /// Between.
    Middle,
    /// The lowest.
    Bottom,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many chose it.
    pub chose: usize,
    /// How many answered.
    pub of: usize,
}

/// What became of one option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionUse {
    /// Whether it is right.
    pub key: bool,
    /// Among all who answered.
    pub all: Tally,
    /// Among the third of those with the highest rest scores, the middle third and the lowest.
    pub thirds: [Tally; 3],
    /// The share of those who answered. Wilson's interval.
    pub share: Option<Estimate>,
    /// The correlation of having chosen it with the rest score (point-biserial), −1 to 1. Fisher's interval.
    pub rest: Option<Estimate>,
    /// A wrong option chosen by less than [`NON_FUNCTIONAL_BELOW`] of those who answered.
    pub non_functional: bool,
    /// A wrong option that works, and that is chosen rather by those who know the rest, or more so than the key: the question may well
    /// be keyed wrong.
    pub suspicious: bool,
}

/// The third of everybody in a list of rest scores. Students with equal scores are in the same third (by the middle of their ranks), so
/// thirds need not be equal, and who joined first decides nothing.
#[must_use]
pub fn thirds(rest: &[f64]) -> Vec<Third> {
    let mut sorted = rest.to_vec();
    sorted.sort_by(f64::total_cmp);
    let third = |score: &f64| {
        let below = sorted.partition_point(|other| other.total_cmp(score).is_lt());
        let up_to = sorted.partition_point(|other| other.total_cmp(score).is_le());
        // The middle rank ÷ n against 1/3 and 2/3, in whole numbers.
        let middle_rank = 3 * (below + up_to);
        if middle_rank < 2 * sorted.len() {
            Third::Bottom
        } else if middle_rank > 4 * sorted.len() {
            Third::Top
        } else {
            Third::Middle
        }
    };
    rest.iter().map(third).collect()
}

/// The distractor table: a line an option. `keys` says of each option whether it is right; `answers` holds everybody who answered.
#[must_use]
pub fn options(keys: &[bool], answers: &[Chosen]) -> Vec<OptionUse> {
    let ranked: Vec<&Chosen> = answers.iter().filter(|answer| answer.rest.is_some()).collect();
    let rest: Vec<f64> = ranked.iter().filter_map(|answer| answer.rest).collect();
    let thirds = thirds(&rest);
    let mut uses: Vec<OptionUse> = keys
        .iter()
        .enumerate()
        .map(|(option, &key)| {
            let chose = |answer: &Chosen| answer.options.contains(&option);
            let shares: Vec<f64> = answers.iter().map(|answer| f64::from(u8::from(chose(answer)))).collect();
            let pairs: Vec<(f64, f64)> =
                ranked.iter().zip(&rest).map(|(answer, rest)| (f64::from(u8::from(chose(answer))), *rest)).collect();
            let tally = |wanted: Third| {
                let inside = || thirds.iter().zip(&ranked).filter(move |(third, _)| **third == wanted);
                Tally { chose: inside().filter(|(_, answer)| chose(answer)).count(), of: inside().count() }
            };
            let share = share(&shares);
            OptionUse {
                key,
                all: Tally { chose: answers.iter().filter(|answer| chose(answer)).count(), of: answers.len() },
                thirds: [Third::Top, Third::Middle, Third::Bottom].map(tally),
                non_functional: !key && share.is_some_and(|share| share.value < NON_FUNCTIONAL_BELOW),
                share,
                rest: correlation(&pairs),
                suspicious: false,
            }
        })
        .collect();
    // With several keys, the one that says least.
    let of_key =
        uses.iter().filter(|line| line.key).filter_map(|line| line.rest).map(|rest| rest.value).reduce(f64::min);
    for line in &mut uses {
        let rest = line.rest.map(|rest| rest.value);
        let works = !line.key && !line.non_functional && line.all.chose > 0;
        line.suspicious = works
            && rest.is_some_and(|rest| rest > super::NOTHING || of_key.is_some_and(|key| rest > key + super::NOTHING));
    }
    uses
}
