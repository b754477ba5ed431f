//! Which questions, in which order, with which order of options: all from the seed.

use super::Seed;
use crate::bank::Bank;

/// A drawn match: rounds in play order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// At least one.
    pub rounds: Vec<DrawnRound>,
}

/// A round as drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRound {
    /// Index into [`Bank::rounds`].
    pub round: usize,
    /// In play order; at least one.
    pub questions: Vec<Dealt>,
}

/// A question with the order in which its parts are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dealt {
    /// Index into [`crate::bank::Round::questions`].
    pub question: usize,
    /// Shown position → index in the canonical list. The canonical lists are: `Choice` key then distractors; `MultiChoice` keys then
    /// distractors; `Order` items; `Match` left sides; else empty.
    pub order: Vec<u8>,
    /// `Match` only: shown position → index among the right sides, pairs first, then distractors.
    pub right: Vec<u8>,
}

/// Draws a match.
///
/// `rounds` are round ids in the order of play; unknown ones are ignored and none at all means every round of the bank in file order.
/// `per_round` caps the questions of each round (`None`: all). A round's draw depends on the seed, the round's and the questions' ids and
/// the options' texts, not on which other rounds are played, nor on which option is the key: options are sorted by a hash keyed with the
/// seed, then shuffled. A smaller `per_round` draws a prefix of a larger one.
#[must_use]
pub fn draw(_bank: &Bank, _rounds: &[String], _per_round: Option<u16>, _seed: Seed) -> Draw {
    unimplemented!()
}
