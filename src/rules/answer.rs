//! What a player can answer, in the terms of what is shown.

use serde::{Deserialize, Serialize};

use super::Dealt;
use crate::bank::Question;

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

impl Answer {
    /// Checks that this answer can be given to this question.
    ///
    /// # Errors
    /// The first reason found.
    pub fn fits(&self, _question: &Question, _dealt: &Dealt) -> Result<(), Malformed> {
        unimplemented!()
    }
}

impl Key {
    /// The key of a question as it was dealt.
    #[must_use]
    pub fn of(_question: &Question, _dealt: &Dealt) -> Self {
        unimplemented!()
    }
}
