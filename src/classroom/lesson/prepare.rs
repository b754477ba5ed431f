//! Ticking questions before class, with everything in view that a teacher needs to choose by. For the teacher's eyes alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{BadLesson, Lesson};
use crate::bank::{Bank, Body, Kind, Question};
use crate::quiz::number;
use crate::rules::{Extra, Pace, limit_ms};

/// A choice in the making.
#[derive(Debug, Clone)]
pub struct Preparing {
    bank: Arc<Bank>,
    ticked: BTreeSet<String>,
}

/// A question as the teacher sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index of its round in the file.
    pub round: usize,
    /// Its id.
    pub id: String,
    /// What is asked.
    pub stem: String,
    /// The kind.
    pub kind: Kind,
    /// The right answer in words.
    pub key: String,
    /// The wrong options, if it has some.
    pub distractors: Vec<String>,
    /// Why the key is right.
    pub explanation: String,
    /// 1 (easy) to 3 (hard).
    pub difficulty: u8,
    /// Whether it is chosen.
    pub ticked: bool,
}

impl Preparing {
    /// Nothing is ticked yet.
    #[must_use]
    pub const fn new(bank: Arc<Bank>) -> Self {
        Self { bank, ticked: BTreeSet::new() }
    }

    /// A kept lesson, to change it. Questions that the file no longer has are not ticked.
    #[must_use]
    pub fn from_lesson(bank: Arc<Bank>, lesson: &Lesson) -> Self {
        let mut preparing = Self::new(bank);
        for id in &lesson.questions {
            preparing.set(id, true);
        }
        preparing
    }

    /// Every question of the file, in its order.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        self.bank.questions().map(|(round, question)| self.row(round, question)).collect()
    }

    fn row(&self, round: usize, question: &Question) -> Row {
        let distractors = match &question.body {
            Body::Choice { distractors, .. }
            | Body::MultiChoice { distractors, .. }
            | Body::Match { distractors, .. } => distractors.clone(),
            Body::TrueFalse { .. } | Body::Number { .. } | Body::Order { .. } | Body::Text { .. } => Vec::new(),
        };
        Row {
            round,
            id: question.id.clone(),
            stem: question.stem.clone(),
            kind: question.body.kind(),
            key: key_in_words(&question.body),
            distractors,
            explanation: question.explanation.clone(),
            difficulty: question.difficulty,
            ticked: self.ticked.contains(&question.id),
        }
    }

    /// Ticks a question or takes the tick away; an id that the file has not changes nothing.
    pub fn set(&mut self, id: &str, ticked: bool) {
        if !ticked {
            self.ticked.remove(id);
        } else if self.bank.questions().any(|(_, question)| question.id == id) {
            self.ticked.insert(id.to_owned());
        }
    }

    /// The same for every question of a round, by its index in the file.
    pub fn set_round(&mut self, round: usize, ticked: bool) {
        let ids: Vec<String> = self
            .bank
            .rounds
            .get(round)
            .into_iter()
            .flat_map(|round| round.questions.iter().map(|question| question.id.clone()))
            .collect();
        for id in ids {
            self.set(&id, ticked);
        }
    }

    /// How many are ticked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ticked.len()
    }

    /// How long the ticked questions are open at most, in milliseconds; `None` without a timer.
    #[must_use]
    pub fn most_ms(&self, pace: Pace) -> Option<u64> {
        let ticked = self.bank.questions().filter(|(_, question)| self.ticked.contains(&question.id));
        ticked
            .map(|(_, question)| limit_ms(question, pace, Extra::default()))
            .try_fold(0_u64, |all, one| Some(all + one?))
    }

    /// The choice as a lesson.
    ///
    /// # Errors
    /// [`BadLesson::Name`] or [`BadLesson::Empty`].
    pub fn lesson(&self, name: &str) -> Result<Lesson, BadLesson> {
        Lesson::new(name, &self.bank, &self.ticked)
    }
}

fn key_in_words(body: &Body) -> String {
    match body {
        Body::Choice { key, .. } | Body::Text { key, .. } => key.clone(),
        Body::MultiChoice { keys, .. } => keys.join(", "),
        Body::TrueFalse { key } => if *key { "True" } else { "False" }.to_owned(),
        Body::Number { key, unit, .. } => format!("{} {unit}", number(*key)).trim().to_owned(),
        Body::Order { items, .. } => items.join(" → "),
        Body::Match { pairs, .. } => {
            pairs.iter().map(|(left, right)| format!("{left} – {right}")).collect::<Vec<_>>().join("; ")
        }
    }
}
