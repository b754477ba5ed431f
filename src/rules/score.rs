//! From credit and time to points.
//!
//! Uses the bank and credit. Integers only, from integer milliseconds, so that a match replays to the point.

use serde::{Deserialize, Serialize};

use super::Credit;
use crate::bank::{Body, Question};

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

/// Characters of stem and options that the seconds of a kind leave time to read.
const READ_FREE: u64 = 120;

/// Every started run of so many further characters adds a second: 60 a second is a fast skim, on top of time that is meant to suffice.
const READ_RATE: u64 = 60;

/// Full points for this long, in milliseconds: no reaction is faster, and what a network or a frame costs stays within.
const FREE_MS: u64 = 500;

/// The time limit of a question in milliseconds; `None` without a timer.
///
/// The question's own seconds just so; else its kind's (`TrueFalse` 15, `Choice` 20, `MultiChoice` and `Number` 30, `Text` 40, `Order` 45,
/// `Match` 60) plus a second for every started 60 characters of stem and options beyond the first 120. At the relaxed pace twice that; times
/// `extra`, which counts as 10 to 100 tenths. It is the same whichever option is the key: all that is shown counts, and no typed answer.
#[must_use]
pub fn limit_ms(question: &Question, pace: Pace, extra: Extra) -> Option<u64> {
    let factor = match pace {
        Pace::None => return None,
        Pace::Relaxed => 2,
        Pace::Standard => 1,
    };
    let reading = || shown_chars(question).saturating_sub(READ_FREE).div_ceil(READ_RATE);
    // An author's own limit has thought of the reading.
    let seconds = question.seconds.map_or_else(|| kind_seconds(&question.body) + reading(), u64::from);
    Some(seconds * factor * u64::from(extra.0.clamp(10, 100)) * 100)
}

const fn kind_seconds(body: &Body) -> u64 {
    match body {
        Body::TrueFalse { .. } => 15,
        Body::Choice { .. } => 20,
        Body::MultiChoice { .. } | Body::Number { .. } => 30,
        Body::Text { .. } => 40,
        Body::Order { .. } => 45,
        Body::Match { .. } => 60,
    }
}

/// Characters of the stem and of all options together.
fn shown_chars(question: &Question) -> u64 {
    let count = |text: &String| text.chars().count() as u64;
    let sum = |texts: &[String]| texts.iter().map(count).sum::<u64>();
    count(&question.stem)
        + match &question.body {
            Body::Choice { key, distractors, .. } => count(key) + sum(distractors),
            Body::MultiChoice { keys, distractors, .. } => sum(keys) + sum(distractors),
            Body::Order { items, .. } => sum(items),
            Body::Match { pairs, distractors } => {
                pairs.iter().map(|(l, r)| count(l) + count(r)).sum::<u64>() + sum(distractors)
            }
            Body::TrueFalse { .. } | Body::Number { .. } | Body::Text { .. } => 0,
        }
}

/// Points for an answer: 0 to 1000.
///
/// `elapsed_ms` counts from the moment the question was asked, pauses left out. Speed scoring: full under 500 ms, else
/// `credit × (1 − elapsed / limit / 2)`, rounded down; without a limit time does not matter. Time beyond the limit counts as the limit.
#[must_use]
pub fn points(scoring: Scoring, credit: Credit, elapsed_ms: u64, limit_ms: Option<u64>) -> u32 {
    let full = u32::from(credit.min(Credit::FULL).0);
    match (scoring, limit_ms) {
        (Scoring::Speed, Some(limit)) if elapsed_ms >= FREE_MS => {
            // A limit of nothing is over at once.
            let limit = u128::from(limit.max(1));
            let left = 2 * limit - u128::from(elapsed_ms).min(limit);
            u32::try_from(u128::from(full) * left / (2 * limit)).unwrap_or(full)
        }
        _ => full,
    }
}

/// The least time that whoever buzzed has to answer, in milliseconds.
const BUZZ_LEAST_MS: u64 = 10_000;

/// How long whoever buzzed has to answer, in milliseconds, on a question with this limit: half of it, at least ten seconds; `None` without
/// a timer. The question's own clock stands meanwhile.
#[must_use]
pub fn buzz_ms(limit_ms: Option<u64>) -> Option<u64> {
    limit_ms.map(|limit| (limit / 2).max(BUZZ_LEAST_MS))
}

/// Whether an answer takes a question that is played for by buzzing, so that it does not pass on to the others.
///
/// It does if it is fully right, or if it is a number inside the tolerance, which seldom anybody hits exactly. A part of the rest is not
/// enough: a random order is half right, and whoever presses first would take half of every such question blindly.
#[must_use]
pub fn takes(question: &Question, credit: Credit) -> bool {
    match question.body {
        Body::Number { .. } => credit > Credit::NONE,
        _ => credit == Credit::FULL,
    }
}

/// How many answers in a row were fully right, up to the last one.
///
/// It is shown and never paid: points for a streak would reward the lucky start over the steady finish.
#[must_use]
pub fn streak(credits: impl IntoIterator<Item = Credit>) -> u32 {
    credits.into_iter().fold(0, |run: u32, credit| if credit == Credit::FULL { run.saturating_add(1) } else { 0 })
}
