//! What a report says, before it is written in any form.

use super::Advice;
use crate::bank::Kind;
use crate::quiz::Fate;
use crate::rules::analyse::{Estimate, Item, OptionUse, WEAK_BELOW};
use crate::rules::{Credit, Revote};

/// The report of one match.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The question file's title.
    pub title: String,
    /// The day of the match, such as `2026-11-24`. A journal does not say; whoever knows its name may ([`Report::dated`]).
    pub day: Option<String>,
    /// The question file's id.
    pub bank: String,
    /// BCP 47 language of the questions.
    pub language: String,
    /// Questions that were to be asked.
    pub drawn: u32,
    /// Whether the match is over.
    pub finished: bool,
    /// Whether faster answers were worth more.
    pub speed: bool,
    /// In play order; only those that were reached.
    pub rounds: Vec<RoundLine>,
    /// Best first; equal points in the order of joining; last those who were sent away, whom no other figure counts.
    pub students: Vec<StudentLine>,
    /// In play order; only those that have closed.
    pub questions: Vec<QuestionLine>,
    /// The class as a whole.
    pub totals: Totals,
    /// Whether slow links were a handicap; `None` where no answer was on its way for a measurable time.
    pub fairness: Option<Fairness>,
    /// The sentences about the whole; those about one question stand with it.
    pub advice: Vec<Advice>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLine {
    /// Its title.
    pub title: String,
    /// How many of its questions count.
    pub counted: u32,
}

/// The class as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// Questions that closed and count.
    pub counted: u32,
    /// Questions that closed and do not: skipped, or taken out of the score.
    pub uncounted: u32,
    /// The mean of the students' shares right, 0 to 1; students without a question left out.
    pub mean: Option<Estimate>,
    /// Their standard deviation.
    pub deviation: Option<f64>,
    /// Cronbach's alpha.
    pub alpha: Option<Estimate>,
}

/// One student.
#[derive(Debug, Clone, PartialEq)]
pub struct StudentLine {
    /// Place by points, 1 is best; equal points share one. 0: none.
    pub place: u32,
    /// The number, from 0 in the order of joining.
    pub player: u32,
    /// The name.
    pub name: String,
    /// Points.
    pub points: u32,
    /// Questions right, in thousandths of a question: partly right counts partly.
    pub credit: u32,
    /// Questions fully right.
    pub right: u32,
    /// Questions that counted for this student.
    pub had: u32,
    /// Of those, how many were answered.
    pub answered: u32,
    /// The number of the first question that this student had; more than 1 for whoever joined late.
    pub from: u32,
    /// Whether the student was sent away.
    pub gone: bool,
    /// Milliseconds from the opening of a question to the answer, over the answered questions that count.
    pub time_ms: u64,
    /// In the order of [`Report::rounds`].
    pub rounds: Vec<RoundResult>,
    /// In the order of [`Report::questions`].
    pub marks: Vec<Mark>,
}

impl StudentLine {
    /// The share right of the questions had, 0 to 1; `None` of none.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.had > 0).then(|| f64::from(self.credit) / 1000.0 / f64::from(self.had))
    }
}

/// One student in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoundResult {
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted for this student.
    pub had: u32,
}

/// One student in one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The student did not have it: joined later, or it was another's turn.
    NotHad,
    /// It counts for nobody.
    Uncounted,
    /// No answer, which earns nothing.
    Unanswered,
    /// What the answer earned.
    Earned(Credit),
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionLine {
    /// Counted from 1 through the match.
    pub number: u32,
    /// Index into [`Report::rounds`].
    pub round: usize,
    /// Its id in the question file.
    pub id: String,
    /// What was asked.
    pub stem: String,
    /// The kind.
    pub kind: Kind,
    /// The right answer in words.
    pub key: String,
    /// Why it is right.
    pub explanation: String,
    /// Whether it counts.
    pub fate: Fate,
    /// Whether its key was corrected afterwards.
    pub corrected: bool,
    /// Students who had it.
    pub had: u32,
    /// Of those, who answered.
    pub answered: u32,
    /// Fully right answers.
    pub right: u32,
    /// Answers that earned something and not all.
    pub partly: u32,
    /// Students who said to be sure and were not fully right.
    pub sure_and_wrong: u32,
    /// The middle answer's time in milliseconds.
    pub median_ms: Option<u64>,
    /// Facility, deviation, discrimination; `None` if it does not count.
    pub item: Option<Item>,
    /// If it counts and the class talked and voted again: what that changed. The last vote is what all else here counts.
    pub revote: Option<Revote>,
    /// For kinds with options, as they were shown: who chose what.
    pub options: Vec<OptionLine>,
    /// For the other kinds: the commonest answers, at most [`CommonAnswer::MOST`].
    pub common: Vec<CommonAnswer>,
    /// What it all means, in plain sentences.
    pub advice: Vec<Advice>,
}

impl QuestionLine {
    /// Whether its figures rest on fewer than [`WEAK_BELOW`] students.
    #[must_use]
    pub const fn weak(&self) -> bool {
        (self.had as usize) < WEAK_BELOW
    }
}

/// An option and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionLine {
    /// As it was shown.
    pub text: String,
    /// Who chose it.
    pub used: OptionUse,
}

/// An answer that several gave.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonAnswer {
    /// In words, as it was first given.
    pub text: String,
    /// How many gave it, or one that counts as the same.
    pub gave: u32,
    /// What it earned.
    pub credit: Credit,
}

impl CommonAnswer {
    /// So many are listed.
    pub const MOST: usize = 5;
}

/// Whether slow links were a handicap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fairness {
    /// Answers that came over a link of measurable length.
    pub answers: u32,
    /// The middle time that an answer was on its way, in milliseconds; it was taken off.
    pub median_ms: u32,
    /// The longest.
    pub longest_ms: u32,
    /// The correlation, over students, of the mean time on the way and the points for a question; about 0 when links did not matter.
    pub correlation: Option<Estimate>,
}

impl Report {
    /// The students who were not sent away.
    pub fn present(&self) -> impl Iterator<Item = &StudentLine> {
        self.students.iter().filter(|student| !student.gone)
    }

    /// How many there are of them.
    #[must_use]
    pub fn size(&self) -> u32 {
        u32::try_from(self.present().count()).unwrap_or(u32::MAX)
    }
}
