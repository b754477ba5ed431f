//! From an answer and a key to credit.

use serde::{Deserialize, Serialize};

use super::{Answer, Key};
use crate::bank::Question;

/// The share of a question that an answer earns, in thousandths: 0 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Credit(pub u16);

impl Credit {
    /// Nothing right.
    pub const NONE: Self = Self(0);
    /// All of it: only for the key.
    pub const FULL: Self = Self(1000);
}

/// Grades an answer that [`Answer::fits`] its question.
#[must_use]
pub fn grade(_question: &Question, _key: &Key, _answer: &Answer) -> Credit {
    unimplemented!()
}
