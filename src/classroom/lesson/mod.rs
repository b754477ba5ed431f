//! A lesson: single questions of a question file, chosen before class and kept by name.
//!
//! Deals in ids, so that a choice outlives a corrected wording; which of them a question file still has is asked when it is played.
//!
//! - [`Lesson`], [`Lessons`]: a choice, and all that are kept
//! - [`Preparing`]: ticking questions, with keys and explanations in view
//! - [`kept`]: the file between runs

pub mod kept;
mod prepare;

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

pub use prepare::{Preparing, Row};

use crate::bank::Bank;
use crate::quiz::Settings;

/// The most characters in a lesson's name.
pub const MOST_NAME_CHARS: usize = 60;

/// A choice of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// What the teacher calls it: 1 to [`MOST_NAME_CHARS`] characters, unique without regard to case.
    pub name: String,
    /// The question file's id.
    pub bank: String,
    /// The questions' ids, in the order of the file; at least one.
    pub questions: Vec<String>,
}

/// Why there is no lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadLesson {
    /// No name, one that is too long, or one with characters that cannot be shown.
    Name,
    /// No question is chosen, or none that the file has.
    Empty,
    /// It was made from another question file.
    OtherBank,
}

impl fmt::Display for BadLesson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => write!(f, "Give the lesson a name of at most {MOST_NAME_CHARS} characters."),
            Self::Empty => f.write_str("Choose at least one question that the file has."),
            Self::OtherBank => f.write_str("This lesson was made from another question file."),
        }
    }
}

impl std::error::Error for BadLesson {}

impl Lesson {
    /// A lesson of these questions, brought into the file's order; ids that the file has not are left out.
    ///
    /// # Errors
    /// [`BadLesson::Name`] or [`BadLesson::Empty`].
    pub fn new(name: &str, bank: &Bank, chosen: &BTreeSet<String>) -> Result<Self, BadLesson> {
        let name = name.trim();
        let chars = name.chars().count();
        if chars == 0 || chars > MOST_NAME_CHARS || name.chars().any(char::is_control) {
            return Err(BadLesson::Name);
        }
        let questions: Vec<String> = in_file(bank, |id| chosen.contains(id));
        if questions.is_empty() {
            Err(BadLesson::Empty)
        } else {
            Ok(Self { name: name.to_owned(), bank: bank.id.clone(), questions })
        }
    }

    /// The chosen questions that the file no longer has: to be told before class.
    #[must_use]
    pub fn missing(&self, bank: &Bank) -> Vec<&str> {
        let has: BTreeSet<&str> = bank.questions().map(|(_, question)| question.id.as_str()).collect();
        self.questions.iter().map(String::as_str).filter(|id| !has.contains(id)).collect()
    }

    /// The settings of a match that plays this lesson and nothing else.
    ///
    /// # Errors
    /// [`BadLesson::OtherBank`], or [`BadLesson::Empty`] if the file has none of the questions any more.
    pub fn settings(&self, bank: &Bank, settings: Settings) -> Result<Settings, BadLesson> {
        if bank.id != self.bank {
            return Err(BadLesson::OtherBank);
        }
        let only = in_file(bank, |id| self.questions.iter().any(|chosen| chosen == id));
        // No question at all would mean every question.
        if only.is_empty() { Err(BadLesson::Empty) } else { Ok(Settings { only, ..settings }) }
    }
}

/// The ids of a file's questions that are wanted, in its order.
fn in_file(bank: &Bank, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    bank.questions().map(|(_, question)| &question.id).filter(|id| wanted(id)).cloned().collect()
}

/// All lessons that are kept, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lessons(Vec<Lesson>);

impl Lessons {
    /// All of them, in the order of their names.
    #[must_use]
    pub fn all(&self) -> &[Lesson] {
        &self.0
    }

    /// The lesson of this name, whatever its case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Lesson> {
        self.0.iter().find(|lesson| same(&lesson.name, name))
    }

    /// Keeps a lesson; one of the same name makes way for it.
    pub fn keep(&mut self, lesson: Lesson) {
        self.forget(&lesson.name);
        self.0.push(lesson);
        self.0.sort_by_key(|lesson| lesson.name.to_lowercase());
    }

    /// Forgets a lesson. Whether there was one.
    pub fn forget(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|lesson| !same(&lesson.name, name));
        self.0.len() < before
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
