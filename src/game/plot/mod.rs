//! The small picture beside feedback: where the player was, and where it is. Plain arithmetic over what the view reveals; no Bevy.
//!
//! - [`Plot::of`]: whether the data allow a picture, and which marks it has
//! - [`when`]: years and months read from an option's words
//! - [`axis`]: where each mark stands, with breaks in the scale
//! - [`labels`]: which words fit beside which

pub mod axis;
pub mod labels;
pub mod when;

pub use axis::Axis;
pub use labels::{Label, Placed};
pub use when::When;

use crate::quiz::{Ask, QuestionView, Reveal, number};
use crate::rules::{Answer, Credit};

/// A line with marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Years, or a quantity.
    pub timeline: bool,
    /// From left to right.
    pub marks: Vec<Mark>,
    /// From where to where an answer still earns something.
    pub band: Option<(f64, f64)>,
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where it stands.
    pub value: f64,
    /// As the question shows it.
    pub label: String,
    /// What it stands for.
    pub stands: Stands,
}

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// The right answer.
    Right,
    /// The right answer, and the player's.
    RightYours,
    /// The player's answer: not the key, but near enough to earn something.
    Near,
    /// The player's answer, not right.
    Wrong,
    /// Another option.
    Other,
    /// An end of the range.
    End,
}

impl Stands {
    /// Whether it is an answer of somebody's, right or wrong.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        !matches!(self, Self::End)
    }

    const fn of(right: bool, chosen: bool) -> Self {
        match (right, chosen) {
            (true, true) => Self::RightYours,
            (true, false) => Self::Right,
            (false, true) => Self::Wrong,
            (false, false) => Self::Other,
        }
    }
}

impl Plot {
    /// The picture of a closed question, where its data allow one: options that are all dates, or a number.
    #[must_use]
    pub fn of(question: &QuestionView, reveal: &Reveal, given: Option<&Answer>, credit: Credit) -> Option<Self> {
        match (&question.ask, &reveal.key.answer) {
            (Ask::Choice { options }, Answer::Choice(key)) => {
                let chosen = if let Some(Answer::Choice(chosen)) = given { Some(*chosen) } else { None };
                dates(options, |index| Stands::of(index == *key, chosen == Some(index)))
            }
            (Ask::MultiChoice { options }, Answer::MultiChoice(keys)) => {
                let ticked: &[u8] = if let Some(Answer::MultiChoice(ticked)) = given { ticked } else { &[] };
                dates(options, |index| Stands::of(keys.contains(&index), ticked.contains(&index)))
            }
            (Ask::Order { items, .. }, _) => dates(items, |_| Stands::Other),
            (Ask::Number { unit, min, max, step }, Answer::Number(key)) => {
                let given = if let Some(Answer::Number(given)) = given { Some(*given) } else { None };
                Some(number_line(unit, (*min, *max, *step), *key, reveal.tolerance, given, credit))
            }
            _ => None,
        }
    }

    /// Where its marks stand.
    #[must_use]
    pub fn axis(&self) -> Axis {
        let values: Vec<(f64, bool)> = self
            .marks
            .iter()
            .map(|mark| (mark.value, mark.stands.is_answer()))
            .chain(self.band.into_iter().flat_map(|(from, to)| [(from, false), (to, false)]))
            .collect();
        Axis::fit(&values)
    }
}

fn dates(options: &[String], stands: impl Fn(u8) -> Stands) -> Option<Plot> {
    let mut marks = Vec::with_capacity(options.len());
    for (index, option) in (0..=u8::MAX).zip(options) {
        let when = When::read(option)?;
        marks.push(Mark { value: when.years(), label: option.trim().to_owned(), stands: stands(index) });
    }
    let apart = marks.iter().any(|mark| (mark.value - marks[0].value).abs() > f64::EPSILON);
    apart.then(|| Plot::sorted(true, marks, None))
}

fn number_line(
    unit: &str,
    (min, max, step): (f64, f64, f64),
    key: f64,
    tolerance: Option<f64>,
    given: Option<f64>,
    credit: Credit,
) -> Plot {
    let timeline = unit.is_empty() && min >= 1000. && max <= 2100. && (step - step.round()).abs() < f64::EPSILON;
    let with_unit = |value: f64| if unit.is_empty() { number(value) } else { format!("{} {unit}", number(value)) };
    let exact = credit == Credit::FULL && given.is_some();
    let mut marks = vec![Mark { value: key, label: with_unit(key), stands: Stands::of(true, exact) }];
    if let Some(given) = given.filter(|_| !exact) {
        let stands = if credit > Credit::NONE { Stands::Near } else { Stands::Wrong };
        marks.push(Mark { value: given, label: with_unit(given), stands });
    }
    for end in [min, max] {
        if marks.iter().all(|mark| (mark.value - end).abs() > f64::EPSILON) {
            marks.push(Mark { value: end, label: number(end), stands: Stands::End });
        }
    }
    let band = tolerance
        .filter(|tolerance| *tolerance > 0.)
        .map(|tolerance| ((key - tolerance).max(min), (key + tolerance).min(max)));
    Plot::sorted(timeline, marks, band)
}

impl Plot {
    fn sorted(timeline: bool, mut marks: Vec<Mark>, band: Option<(f64, f64)>) -> Self {
        marks.sort_by(|one, other| one.value.total_cmp(&other.value));
        Self { timeline, marks, band }
    }
}
