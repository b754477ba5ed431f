//! All that a screen, a page or a socket may show: nothing else leaves the match.
//!
//! The key, the explanation and anything that hints at them are in no view but the host's before [`Stage::Feedback`].

use std::sync::Arc;

use serde::Serialize;

use super::{Goal, PauseReason, Play, Stage, Sureness};
use crate::bank::Kind;
use crate::rules::{Answer, Credit, Key};

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Seat {
    /// A player, by number.
    Player(u32),
    /// The big screen: what everybody may see.
    Projector,
    /// The teacher's own device: the key and the explanation too.
    Host,
}

/// The kinds of seat, for tables and tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Role {
    /// [`Seat::Player`]
    Player,
    /// [`Seat::Projector`]
    Projector,
    /// [`Seat::Host`]
    Host,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Player, Self::Projector, Self::Host];
}

impl Seat {
    /// The kind of seat.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Player(_) => Role::Player,
            Self::Projector => Role::Projector,
            Self::Host => Role::Host,
        }
    }
}

/// What one seat may know now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// Where the match stands.
    pub stage: Stage,
    /// Set while the clock stands; stem and options are then hidden.
    pub paused: Option<PauseReason>,
    /// The same for every seat of a role: shared, not copied.
    pub shown: Arc<Shown>,
    /// In `Asking`, if there is a timer: the question's, or while somebody holds the buzz theirs.
    pub timer: Option<Timer>,
    /// The looking player's own line; `None` for projector and host, and for a number that nobody has.
    pub you: Option<You>,
    /// Key and explanation of the open question: the host's alone.
    pub host: Option<Arc<Reveal>>,
    /// While a question is held: how it was answered, the host's alone.
    pub held: Option<Arc<Tally>>,
}

/// The part of a view that all seats share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The bank's title.
    pub bank: String,
    /// Who answers a question.
    pub play: Play,
    /// Rounds, questions, and where we are in them.
    pub progress: Progress,
    /// Everyone who has joined, in order of joining.
    pub players: Vec<PlayerView>,
    /// How many of those who may answer the open question have.
    pub answered: u32,
    /// How many may answer it.
    pub expected: u32,
    /// Whose turn it is, if players take turns.
    pub turn: Option<u32>,
    /// In `RoundIntro`.
    pub intro: Option<RoundIntro>,
    /// In `Asking` and `Feedback`, unless paused.
    pub question: Option<Arc<QuestionView>>,
    /// In `Feedback`, unless paused: key, explanation, source, notes.
    pub reveal: Option<Arc<Reveal>>,
    /// In `Feedback`: skipped or voided questions count for nobody.
    pub uncounted: bool,
    /// In `Asking`: the question has closed and is not told yet.
    pub held: bool,
    /// In `Feedback`, unless paused: how the question was answered.
    pub tally: Option<Arc<Tally>>,
    /// In `Standings` and `Finished`, and where teams play from the first round on: best first. Empty if the settings show no table.
    pub standings: Vec<StandingRow>,
    /// If everybody plays for a goal together: how far it is, after the last question that was told. There is no table then.
    pub goal: Option<Ring>,
    /// In `Finished`.
    pub abandoned: bool,
    /// In `Asking` and `Feedback`, where the first press answers.
    pub buzz: Option<BuzzView>,
    /// What [`super::Command::Undo`] would take back, where teams play.
    pub undo: Option<Undoable>,
}

/// The buzz on the question on show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuzzView {
    /// Who may answer; [`View::timer`] counts their seconds.
    pub holder: Option<u32>,
    /// Who pressed at the same moment, the holder among them; empty if nobody else did. Chance decided.
    pub together: Vec<u32>,
    /// Who has had a try, in that order.
    pub out: Vec<OutView>,
    /// Who may still buzz, now or when the holder's answer passes on.
    pub open: Vec<u32>,
    /// Who took the question.
    pub taken: Option<u32>,
}

/// Somebody who is locked out of the question on show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutView {
    /// The number.
    pub player: u32,
    /// What was answered; `None` if nothing was in time, and while the match is paused.
    pub tried: Option<Answer>,
}

/// Something that [`super::Command::Undo`] takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Undoable {
    /// A question was skipped or voided.
    Uncounted {
        /// Its number.
        question: u32,
    },
    /// A question got another key.
    Corrected {
        /// Its number.
        question: u32,
    },
    /// An answer was judged, or did not come in time.
    Verdict {
        /// Whose.
        player: u32,
        /// The number of the question.
        question: u32,
    },
    /// Points were given or taken by hand.
    Adjusted {
        /// Whose.
        player: u32,
        /// How many.
        points: i32,
    },
}

/// How far a class has come towards its [`Goal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ring {
    /// What everybody plays for.
    pub goal: Goal,
    /// The share of the seats that are filled so far, in thousandths, rounded down; 0 before the first question has closed.
    pub filled: u16,
    /// The seats so far: for every player the questions that counted.
    pub seats: u32,
    /// Whether that would be enough.
    pub reached: bool,
}

/// Where we are in the match. Counted from 1; 0 means not begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The round.
    pub round: u32,
    /// Rounds in all.
    pub rounds: u32,
    /// The question, counted through the match.
    pub question: u32,
    /// Questions in all.
    pub questions: u32,
    /// The question, counted within its round.
    pub in_round: u32,
    /// Questions in this round.
    pub round_questions: u32,
}

/// A player as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlayerView {
    /// The number.
    pub player: u32,
    /// The name.
    pub name: String,
    /// Whether the open question has this player's durable answer.
    pub answered: bool,
}

/// The announcement of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundIntro {
    /// The round's title.
    pub title: String,
    /// One line; may be empty.
    pub about: String,
    /// How many questions.
    pub questions: u32,
    /// Which kinds, in the order of [`Kind::ALL`].
    pub kinds: Vec<Kind>,
    /// Shortest and longest time limit in seconds, if there is a timer.
    pub seconds: Option<(u64, u64)>,
}

/// An open question: all that may be shown of it before `Feedback`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionView {
    /// Counted from 1 through the match; named in answers.
    pub number: u32,
    /// The round's title.
    pub round: String,
    /// What is asked.
    pub stem: String,
    /// What there is to answer with.
    pub ask: Ask,
}

/// What there is to answer with, in shown order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Ask {
    /// Choose one.
    Choice {
        /// As shown.
        options: Vec<String>,
    },
    /// Tick all that apply.
    MultiChoice {
        /// As shown.
        options: Vec<String>,
    },
    /// True or false.
    TrueFalse,
    /// A number.
    Number {
        /// What is counted; may be empty.
        unit: String,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
        /// Distance between values.
        step: f64,
    },
    /// Put in order.
    Order {
        /// As shown, shuffled.
        items: Vec<String>,
        /// What stands at the top; may be empty.
        from: String,
        /// What stands at the bottom; may be empty.
        to: String,
    },
    /// Match the pairs.
    Match {
        /// As shown.
        left: Vec<String>,
        /// As shown; may be more than `left`.
        right: Vec<String>,
    },
    /// Type a word or a name.
    Text {
        /// The most characters.
        max_chars: u16,
    },
}

impl Ask {
    /// Which kind this asks for.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Choice { .. } => Kind::Choice,
            Self::MultiChoice { .. } => Kind::MultiChoice,
            Self::TrueFalse => Kind::TrueFalse,
            Self::Number { .. } => Kind::Number,
            Self::Order { .. } => Kind::Order,
            Self::Match { .. } => Kind::Match,
            Self::Text { .. } => Kind::Text,
        }
    }
}

/// The clock of the open question. Milliseconds on the match's own clock ([`super::Stamp`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Timer {
    /// The whole limit.
    pub limit_ms: u64,
    /// When it ends; `None` while paused.
    pub ends: Option<u64>,
    /// What is left at the moment of the view.
    pub left_ms: u64,
}

/// What feedback adds to the question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reveal {
    /// The question's id in the bank: whoever keeps what was answered keeps it by this. An id may hint at the key, so it is not in
    /// [`QuestionView`].
    pub id: String,
    /// The right answer, in the terms of what is shown.
    pub key: Key,
    /// The right answer in words.
    pub key_text: String,
    /// Why it is right.
    pub explanation: String,
    /// Why a wrong option is wrong, by what is shown (or typed).
    pub notes: Vec<(String, String)>,
    /// Where to check it.
    pub source: Option<SourceView>,
    /// The date that it is true at; `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// `Number` only: how far off still earns something.
    pub tolerance: Option<f64>,
}

/// How a question was answered, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// For a choice every option in shown order; for a number the values given, ascending; for typed words the right ones together and
    /// all others together; for the rest all right, partly right, wrong.
    pub rows: Vec<TallyRow>,
    /// How many answered.
    pub answers: u32,
    /// How many could have and did not.
    pub none: u32,
    /// How many were fully right.
    pub right: u32,
    /// After "vote again": how many were fully right before, and how many had answered.
    pub before: Option<(u32, u32)>,
}

/// One line of a [`Tally`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TallyRow {
    /// The answer in words.
    pub label: String,
    /// How many gave it (or ticked it).
    pub count: u32,
    /// Whether it is right.
    pub right: bool,
}

/// Where to check a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// The document's title.
    pub document: String,
    /// The section or page.
    pub section: String,
    /// Where to find it; may be empty.
    pub link: String,
}

/// A player's own line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct You {
    /// The number.
    pub player: u32,
    /// The name.
    pub name: String,
    /// The question that was open, or came next, when this player joined after the start; 0 for whoever was there from the beginning.
    pub joined: u32,
    /// Whether this player may answer the open question now.
    pub may_answer: bool,
    /// The answer to the question on show.
    pub answer: Option<Given>,
    /// In `Feedback`: what came of it.
    pub verdict: Option<Verdict>,
    /// Points so far.
    pub points: u32,
    /// Questions right so far, in thousandths.
    pub credit: u32,
    /// Fully right answers in a row.
    pub streak: u32,
    /// Place among all, 1 is best; equal points share a place. 0 before the first question has closed, and while the settings show no table.
    pub place: u32,
    /// In `Finished`: every question that was not fully right, with its reason.
    pub review: Arc<Vec<Review>>,
    /// In `Standings` and `Finished`: by round, in play order; what has not been asked yet is not in it.
    pub rounds: Arc<Vec<RoundResult>>,
    /// In `Finished`: by difficulty, the easiest first; none that was not asked.
    pub levels: Arc<Vec<LevelResult>>,
    /// Every question that has closed, in play order: the share earned, `None` if it did not count.
    pub so_far: Arc<Vec<Option<Credit>>>,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// How sure.
    pub sure: Option<Sureness>,
    /// Whether it is on disk: only then is it "received".
    pub received: bool,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// The share earned.
    pub credit: Credit,
    /// The points earned.
    pub points: u32,
    /// The streak that this answer ended, if it did.
    pub streak_ended: u32,
    /// Why this very answer is wrong, where the bank says so.
    pub note: Option<String>,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingRow {
    /// Place, 1 is best; equal points share a place.
    pub place: u32,
    /// The number.
    pub player: u32,
    /// The name.
    pub name: String,
    /// Points.
    pub points: u32,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted for this player.
    pub counted: u32,
}

/// A question to look at again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// Its number.
    pub number: u32,
    /// The question's id in the bank, so that it can be practised again.
    pub id: String,
    /// The round's title.
    pub round: String,
    /// What was asked.
    pub stem: String,
    /// What was answered, in words; `None` if nothing.
    pub yours: Option<String>,
    /// The right answer in words.
    pub key_text: String,
    /// Why.
    pub explanation: String,
    /// Why the given answer is wrong, where the bank says so.
    pub note: Option<String>,
    /// Where to check it.
    pub source: Option<SourceView>,
    /// The share earned: less than full.
    pub credit: Credit,
    /// How sure the player said to be.
    pub sure: Option<Sureness>,
}

/// A player's result in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoundResult {
    /// The round's id in the bank.
    pub id: String,
    /// The round's title.
    pub title: String,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted.
    pub counted: u32,
    /// Each question in play order: the share earned, `None` if it did not count.
    pub questions: Vec<Option<Credit>>,
    /// The ids of the same questions.
    pub ids: Vec<String>,
}

/// A player's result among the questions of one difficulty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelResult {
    /// 1 is easy, 3 is hard.
    pub difficulty: u8,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted.
    pub counted: u32,
}
