//! The bank as the rest of the program sees it: plain data, already checked to hold together.
//!
//! Uses nothing of ours and no Bevy. Reading and checking live beside this file.

use std::collections::BTreeMap;

/// A question bank that has passed every check whose level is *error*.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    /// Unique among banks, never changes meaning: lower-case letters, digits and hyphens.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// One line about what is in it. May be empty.
    pub about: String,
    /// BCP 47 language of the questions, `en` if the file says nothing.
    pub language: String,
    /// SPDX expression or a sentence; may be empty in a teacher's own file.
    pub licence: String,
    /// The documents that questions cite, by id.
    pub documents: BTreeMap<String, Document>,
    /// At least one, each with at least one question.
    pub rounds: Vec<Round>,
}

/// Something that questions cite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The document's title, with its publisher.
    pub title: String,
    /// Where to find it; may be empty.
    pub link: String,
}

/// A named group of questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Unique within the bank.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// One line; may be empty.
    pub about: String,
    /// At least one.
    pub questions: Vec<Question>,
}

/// One question with everything that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Unique within the bank; never changes meaning.
    pub id: String,
    /// What is asked.
    pub stem: String,
    /// The kind, with its options and its key.
    pub body: Body,
    /// Why the key is right.
    pub explanation: String,
    /// Where the key can be checked. `None` only in a teacher's own file (a warning there).
    pub source: Option<Source>,
    /// The date that the key is true at, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Falls back to the bank's.
    pub as_of: Option<String>,
    /// 1 (easy) to 3 (hard).
    pub difficulty: u8,
    /// Free words for choosing and reporting.
    pub tags: Vec<String>,
    /// The time limit at the standard pace in seconds, 5 to 600; `None` takes the kind's.
    pub seconds: Option<u16>,
}

/// The place in a document that supports a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// A key of [`Bank::documents`].
    pub document: String,
    /// The section or page.
    pub section: String,
}

/// What kind of question it is, with its options and its key.
///
/// `notes` say why a wrong answer is wrong; they are keyed by the text of the option (or, for `Text`, of the typed answer).
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// One key among distractors: 2 to 6 options.
    Choice {
        /// The right option.
        key: String,
        /// The wrong ones.
        distractors: Vec<String>,
        /// Why a distractor is wrong, by its text.
        notes: BTreeMap<String, String>,
    },
    /// All keys must be ticked: 2 to 8 options, at least one key and one distractor.
    MultiChoice {
        /// The right options.
        keys: Vec<String>,
        /// The wrong ones.
        distractors: Vec<String>,
        /// Why a distractor is wrong, by its text.
        notes: BTreeMap<String, String>,
    },
    /// A statement that is true or false.
    TrueFalse {
        /// Whether the statement holds.
        key: bool,
    },
    /// A number on a scale.
    Number {
        /// The right value, inside `min..=max` and on a step.
        key: f64,
        /// What is counted, such as `members`; may be empty.
        unit: String,
        /// The lowest value that can be answered.
        min: f64,
        /// The highest.
        max: f64,
        /// The distance between values that can be answered, more than 0.
        step: f64,
        /// Answers this far from the key still earn something; 0 or more.
        tolerance: f64,
    },
    /// Things to put in order: 3 to 8 items, here in the right order.
    Order {
        /// In the right order.
        items: Vec<String>,
        /// What stands at the top, such as `earliest`.
        from: String,
        /// What stands at the bottom, such as `latest`.
        to: String,
    },
    /// Pairs to match: 2 to 8 pairs.
    Match {
        /// Left and its right partner.
        pairs: Vec<(String, String)>,
        /// Partners that belong to nobody.
        distractors: Vec<String>,
    },
    /// A word or name to type.
    Text {
        /// The right answer as it is shown afterwards.
        key: String,
        /// Other answers that count as the key.
        accept: Vec<String>,
        /// Why a tempting wrong answer is wrong, by its text.
        notes: BTreeMap<String, String>,
    },
}

/// The kinds of question, for tables and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Kind {
    /// [`Body::Choice`]
    Choice,
    /// [`Body::MultiChoice`]
    MultiChoice,
    /// [`Body::TrueFalse`]
    TrueFalse,
    /// [`Body::Number`]
    Number,
    /// [`Body::Order`]
    Order,
    /// [`Body::Match`]
    Match,
    /// [`Body::Text`]
    Text,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 7] =
        [Self::Choice, Self::MultiChoice, Self::TrueFalse, Self::Number, Self::Order, Self::Match, Self::Text];
}

impl Body {
    /// Which kind this is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Choice { .. } => Kind::Choice,
            Self::MultiChoice { .. } => Kind::MultiChoice,
            Self::TrueFalse { .. } => Kind::TrueFalse,
            Self::Number { .. } => Kind::Number,
            Self::Order { .. } => Kind::Order,
            Self::Match { .. } => Kind::Match,
            Self::Text { .. } => Kind::Text,
        }
    }
}

impl Bank {
    /// All questions with the index of their round, in file order.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &Question)> {
        self.rounds.iter().enumerate().flat_map(|(r, round)| round.questions.iter().map(move |q| (r, q)))
    }
}
