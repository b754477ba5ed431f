//! What a player can answer, in the terms of what is shown.
//!
//! Answers travel from phones and out of journals, so they are checked here before anything else looks at them. Uses the bank and the
//! draw.

use serde::{Deserialize, Serialize};

use super::{Dealt, fold};
use crate::bank::{Body, Question};

/// An answer. Indices count what is *shown*, from 0, top to bottom: they say nothing about the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The option chosen.
    Choice(u8),
    /// The options ticked, ascending, without doubles; may be empty.
    MultiChoice(Vec<u8>),
    /// Whether the statement is said to hold.
    TrueFalse(bool),
    /// The value, inside the range and on a step.
    Number(f64),
    /// The items' shown indices, from top to bottom: a permutation.
    Order(Vec<u8>),
    /// For each left side as shown, the partner's shown index, or nothing; no partner twice.
    Match(Vec<Option<u8>>),
    /// What was typed: 1 to 200 characters that do not fold to nothing.
    Text(String),
}

/// The right answer to a dealt question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Key {
    /// The full-credit answer.
    pub answer: Answer,
    /// Other typed answers with full credit (`Text` only).
    pub accept: Vec<String>,
}

/// Why an answer does not fit its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Malformed {
    /// An answer of another kind.
    Kind,
    /// An index that is not shown, or one named twice.
    Index,
    /// Too few or too many entries.
    Length,
    /// A number that is not finite, outside the range or off the step.
    Number,
    /// Text that is empty once folded, or longer than 200 characters.
    Text,
}

/// The most characters in a typed answer.
pub const MAX_TEXT_CHARS: u16 = 200;

/// Two numbers on a scale are the same value when they lie within this share of a step: enough for decimals such as 0.1 that binary
/// fractions miss, and far from the next step.
pub(super) const SAME: f64 = 0.5e-6;

impl Answer {
    /// Checks that this answer can be given to this question.
    ///
    /// # Errors
    /// The first reason found.
    pub fn fits(&self, question: &Question, dealt: &Dealt) -> Result<(), Malformed> {
        let shown = dealt.order.len();
        match (&question.body, self) {
            (Body::Choice { .. }, Self::Choice(i)) => inside(*i, shown),
            (Body::MultiChoice { .. }, Self::MultiChoice(ticked)) => {
                if !ticked.is_sorted_by(|a, b| a < b) {
                    return Err(Malformed::Index);
                }
                ticked.last().map_or(Ok(()), |&i| inside(i, shown))
            }
            (Body::TrueFalse { .. }, Self::TrueFalse(_)) => Ok(()),
            (Body::Number { min, max, step, .. }, Self::Number(value)) => {
                if on_scale(*value, *min, *max, *step) {
                    Ok(())
                } else {
                    Err(Malformed::Number)
                }
            }
            (Body::Order { .. }, Self::Order(order)) => {
                if order.len() != shown {
                    return Err(Malformed::Length);
                }
                distinct(order.iter().copied(), shown)
            }
            (Body::Match { .. }, Self::Match(partners)) => {
                if partners.len() != shown {
                    return Err(Malformed::Length);
                }
                distinct(partners.iter().copied().flatten(), dealt.right.len())
            }
            (Body::Text { .. }, Self::Text(text)) => {
                // The length first: folding a long text would be work for whoever sent it.
                let fits = text.chars().nth(usize::from(MAX_TEXT_CHARS)).is_none() && !fold(text).is_empty();
                if fits { Ok(()) } else { Err(Malformed::Text) }
            }
            _ => Err(Malformed::Kind),
        }
    }
}

fn inside(index: u8, shown: usize) -> Result<(), Malformed> {
    if usize::from(index) < shown { Ok(()) } else { Err(Malformed::Index) }
}

/// Every index is shown and none comes twice.
fn distinct(indices: impl Iterator<Item = u8>, shown: usize) -> Result<(), Malformed> {
    let mut seen = [false; 256];
    for i in indices {
        inside(i, shown)?;
        if std::mem::replace(&mut seen[usize::from(i)], true) {
            return Err(Malformed::Index);
        }
    }
    Ok(())
}

/// Whether `value` is `min` plus a whole number of steps, at most `max`. Not for NaN and infinities: no comparison with them holds.
fn on_scale(value: f64, min: f64, max: f64, step: f64) -> bool {
    let slack = step * SAME;
    let steps = (value - min) / step;
    value >= min - slack && value <= max + slack && (steps - steps.round()).abs() <= SAME
}

impl Key {
    /// The key of a question as it was dealt.
    #[must_use]
    pub fn of(question: &Question, dealt: &Dealt) -> Self {
        // The shown position of an item of a canonical list.
        let shown = |list: &[u8], canonical: usize| {
            (0_u8..=u8::MAX).zip(list).find(|&(_, &c)| usize::from(c) == canonical).map(|(position, _)| position)
        };
        let mut accepted = Vec::new();
        let answer = match &question.body {
            Body::Choice { .. } => Answer::Choice(shown(&dealt.order, 0).unwrap_or(0)),
            Body::MultiChoice { keys, .. } => {
                let right = |&(_, &canonical): &(u8, &u8)| usize::from(canonical) < keys.len();
                Answer::MultiChoice(
                    (0..=u8::MAX).zip(&dealt.order).filter(right).map(|(position, _)| position).collect(),
                )
            }
            Body::TrueFalse { key } => Answer::TrueFalse(*key),
            Body::Number { key, .. } => Answer::Number(*key),
            Body::Order { items, .. } => {
                Answer::Order((0..items.len()).filter_map(|canonical| shown(&dealt.order, canonical)).collect())
            }
            Body::Match { .. } => Answer::Match(
                // A left side and its partner have the same canonical index.
                dealt.order.iter().map(|&canonical| shown(&dealt.right, usize::from(canonical))).collect(),
            ),
            Body::Text { key, accept, .. } => {
                accepted.clone_from(accept);
                Answer::Text(key.clone())
            }
        };
        Self { answer, accept: accepted }
    }
}
