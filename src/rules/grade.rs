//! From an answer and a key to credit.
//!
//! Uses the bank, answers and folding. Integers, and for numbers on a scale IEEE 754 `+ − × ÷` and rounding alone, which give the same
//! bits on every machine. The key is an argument: after a teacher's correction another one stands in.

use serde::{Deserialize, Serialize};

use super::answer::SAME;
use super::{Answer, Key, fold};
use crate::bank::{Body, Question};

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
///
/// - `Choice`, `TrueFalse`: all or nothing.
/// - `MultiChoice`: (right ticks − wrong ticks) ÷ keys.
/// - `Match`: (right pairs − wrong pairs) ÷ pairs; a left side without an answer is neither.
/// - `Order`: pairs of items in the right order ÷ all pairs, which is (Kendall's τ + 1) ÷ 2.
/// - `Number`: inside the tolerance 1 − distance ÷ (tolerance + step), at least 1 thousandth; nothing beyond.
/// - `Text`: all for an answer that [folds](fold()) to the key or an accepted one, else nothing.
///
/// Never less than nothing, rounded to the nearest thousandth, and 1000 for the key alone: the best of the rest gets 999. An answer
/// of another kind than the key gets nothing. For many answers to one question a [`Grader`] is cheaper.
#[must_use]
pub fn grade(question: &Question, key: &Key, answer: &Answer) -> Credit {
    credit(&key.answer, Scale::of(question), answer, |typed| {
        let typed = fold(typed);
        !typed.is_empty() && texts(key).any(|text| fold(text) == typed)
    })
}

/// A question and its key, prepared to grade many answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Grader {
    key: Answer,
    scale: Scale,
    /// The key's and the accepted texts, folded once.
    folded: Vec<String>,
}

impl Grader {
    /// Prepares a key, which may be a corrected one.
    #[must_use]
    pub fn new(question: &Question, key: &Key) -> Self {
        Self {
            key: key.answer.clone(),
            scale: Scale::of(question),
            folded: texts(key).map(fold).filter(|text| !text.is_empty()).collect(),
        }
    }

    /// Grades an answer that [`Answer::fits`] the question, as [`grade`] does.
    #[must_use]
    pub fn grade(&self, answer: &Answer) -> Credit {
        credit(&self.key, self.scale, answer, |typed| self.folded.contains(&fold(typed)))
    }
}

/// The typed answers with full credit; none for other kinds.
fn texts(key: &Key) -> impl Iterator<Item = &str> {
    let own = if let Answer::Text(text) = &key.answer { Some(text.as_str()) } else { None };
    own.into_iter().flat_map(|own| std::iter::once(own).chain(key.accept.iter().map(String::as_str)))
}

/// What grading a number must know of the question.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    step: f64,
    tolerance: f64,
}

impl Scale {
    const fn of(question: &Question) -> Self {
        if let Body::Number { step, tolerance, .. } = question.body {
            Self { step, tolerance }
        } else {
            Self { step: 0.0, tolerance: 0.0 }
        }
    }
}

fn credit(key: &Answer, scale: Scale, answer: &Answer, accepts: impl FnOnce(&str) -> bool) -> Credit {
    match (key, answer) {
        (Answer::Choice(key), Answer::Choice(choice)) => all_or_nothing(key == choice),
        (Answer::TrueFalse(key), Answer::TrueFalse(said)) => all_or_nothing(key == said),
        (Answer::MultiChoice(keys), Answer::MultiChoice(ticked)) => {
            let right = ticked.iter().filter(|i| keys.contains(i)).count();
            share(keys == ticked, right.saturating_sub(ticked.len() - right), keys.len())
        }
        (Answer::Number(key), Answer::Number(value)) => near(*key, *value, scale),
        (Answer::Order(key), Answer::Order(order)) => {
            let mut place = [0_u8; 256];
            for (at, &item) in (0..=u8::MAX).zip(order) {
                place[usize::from(item)] = at;
            }
            let mut ordered = 0;
            for (i, &above) in key.iter().enumerate() {
                ordered +=
                    key[i + 1..].iter().filter(|&&below| place[usize::from(above)] < place[usize::from(below)]).count();
            }
            share(key == order, ordered, key.len() * key.len().saturating_sub(1) / 2)
        }
        (Answer::Match(key), Answer::Match(partners)) => {
            let right = key.iter().zip(partners).filter(|(k, p)| p.is_some() && k == p).count();
            let given = partners.iter().flatten().count();
            share(key == partners, right.saturating_sub(given - right), key.iter().flatten().count())
        }
        (Answer::Text(_), Answer::Text(typed)) => all_or_nothing(accepts(typed)),
        _ => Credit::NONE,
    }
}

const fn all_or_nothing(right: bool) -> Credit {
    if right { Credit::FULL } else { Credit::NONE }
}

/// `earned` of `of` to the nearest thousandth; 1000 for the key alone.
fn share(is_key: bool, earned: usize, of: usize) -> Credit {
    if is_key {
        return Credit::FULL;
    }
    if of == 0 {
        return Credit::NONE;
    }
    let thousandths = (earned.saturating_mul(2000).saturating_add(of) / of.saturating_mul(2)).min(999);
    Credit(u16::try_from(thousandths).unwrap_or(999))
}

fn near(key: f64, value: f64, Scale { step, tolerance }: Scale) -> Credit {
    let distance = (value - key).abs();
    let slack = step * SAME;
    if distance <= slack {
        return Credit::FULL;
    }
    // Written so that a NaN, which no comparison holds for, earns nothing.
    if distance <= tolerance + slack {
        let thousandths = (1000.0 * (1.0 - distance / (tolerance + step))).round().clamp(1.0, 999.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 to 999")]
        return Credit(thousandths as u16);
    }
    Credit::NONE
}
