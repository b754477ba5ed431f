//! From credit and time to points.

use serde::{Deserialize, Serialize};

use super::Credit;
use crate::bank::Question;

/// What a right answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Scoring {
    /// The same whenever it comes.
    #[default]
    Accuracy,
    /// More the sooner it comes; at the buzzer still half.
    Speed,
}

/// How long a question lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Pace {
    /// No timer.
    None,
    /// Twice the standard time.
    #[default]
    Relaxed,
    /// The question's own seconds, or its kind's.
    Standard,
}

/// Extra time as a factor in tenths: 10 (none) to 100 (×10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra(pub u8);

impl Default for Extra {
    fn default() -> Self {
        Self(10)
    }
}

impl Extra {
    /// The choices that settings offer: none, ×1.5, ×2, ×5, ×10.
    pub const CHOICES: [Self; 5] = [Self(10), Self(15), Self(20), Self(50), Self(100)];
}

/// The time limit of a question in milliseconds; `None` without a timer.
#[must_use]
pub fn limit_ms(_question: &Question, _pace: Pace, _extra: Extra) -> Option<u64> {
    unimplemented!()
}

/// Points for an answer: 0 to 1000.
///
/// `elapsed_ms` counts from the moment the question was asked, pauses left out. Speed scoring: full under 500 ms, else
/// `credit × (1 − elapsed / limit / 2)`, rounded down; without a limit time does not matter.
#[must_use]
pub fn points(_scoring: Scoring, _credit: Credit, _elapsed_ms: u64, _limit_ms: Option<u64>) -> u32 {
    unimplemented!()
}
