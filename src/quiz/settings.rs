//! What is agreed before the first question and never changes during a match.

use serde::{Deserialize, Serialize};

use crate::rules::{Extra, GameCode, Pace, Scoring, Seed};

/// What everybody does together, instead of being ranked: the share of the seats that are filled. A seat is a question that counts for a
/// player; a right answer fills it, a partly right one fills a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// Fill at least this share, in thousandths.
    Fill(u16),
    /// Fill more than this share, in thousandths, which is what the last lesson filled.
    Beat(u16),
}

impl Goal {
    /// "Fill 80 % of the seats together."
    pub const USUAL: Self = Self::Fill(800);

    /// Whether a filled share, in thousandths, is enough.
    #[must_use]
    pub const fn is_reached(self, filled: u16) -> bool {
        match self {
            Self::Fill(least) => filled >= least,
            Self::Beat(last) => filled > last,
        }
    }
}

/// Who answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Play {
    /// Everyone, each for themselves; also one player alone.
    #[default]
    Together,
    /// One player at a time, in the order in which they joined.
    Turns,
    /// Whoever presses first ([`super::Command::Buzz`]) answers, within [`crate::rules::buzz_ms`]; the question's own clock stands meanwhile.
    /// An answer that [takes](crate::rules::takes) the question ends it and earns its share of 1,000 points, whatever the scoring: the
    /// first press has had its advantage already, and a question that was passed on is worth as much as a new one. Any other answer, or
    /// none in time, earns and costs nothing, locks its player out of this question and passes it on to the others. It ends unanswered
    /// when all are locked out or its own time is up.
    Buzz,
}

/// When the table is shown, to players and on the big screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ShowStandings {
    /// Between rounds, and at the end.
    #[default]
    Rounds,
    /// At the end alone.
    End,
    /// Never.
    Off,
}

/// The settings of one match. They stand in the journal's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Settings {
    /// Round ids in the order of play; none means every round of the bank.
    pub rounds: Vec<String>,
    /// At most this many questions a round; `None` plays them all.
    pub per_round: Option<u16>,
    /// Only these questions, by id, in the rounds that have them, whatever the two above say; none means no such choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Whether [`Settings::only`] is also the order, hardest first: one round, whichever rounds the questions come from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_order: bool,
    /// How long a question lasts.
    pub pace: Pace,
    /// Extra time, on top of the pace.
    pub extra: Extra,
    /// What a right answer is worth.
    pub scoring: Scoring,
    /// Who answers.
    pub play: Play,
    /// Whether a question ends by itself once everybody who may answer has, durably.
    pub close_when_answered: bool,
    /// Milliseconds after which feedback and standings go on by themselves; `None` waits for [`super::Command::Next`].
    pub next_after_ms: Option<u64>,
    /// The most players that may join, 1 to 10,000.
    pub max_players: u16,
    /// All that chance decides.
    pub seed: Seed,
    /// The code that the seed follows from, to show it; a seed cannot be turned back into one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<GameCode>,
    /// Whether players may join after the start (not where they take turns). What was asked before counts for nothing, and the question
    /// that is open when they join only if they answer it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub late_join: bool,
    /// How long after its limit a question waits for answers that were on their way: milliseconds. An answer counts if it was given in
    /// time, which is when it arrived less its own lag; lag beyond this is not believed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub grace_ms: u32,
    /// When the table is shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standings: ShowStandings,
    /// What everybody does together; nobody is ranked then, whatever [`Settings::standings`] says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub goal: Option<Goal>,
    /// Whether a question that has closed waits, untold, for [`super::Command::Reveal`] or [`super::Command::Revote`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub hold: bool,
    /// Where teams play: which colour and shape each has, by player number, from 0. For the screens alone, so that a match that goes on
    /// after a crash looks as it did; the match does not look at it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub looks: Vec<u8>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Settings {
    /// One player alone, every round, relaxed, accuracy: the defaults of the set-up screen.
    #[must_use]
    pub fn solo(seed: Seed) -> Self {
        Self {
            rounds: Vec::new(),
            per_round: None,
            only: Vec::new(),
            in_order: false,
            pace: Pace::default(),
            extra: Extra::default(),
            scoring: Scoring::default(),
            play: Play::Together,
            close_when_answered: true,
            next_after_ms: None,
            max_players: 1,
            seed,
            code: None,
            late_join: false,
            grace_ms: 0,
            standings: ShowStandings::default(),
            goal: None,
            hold: false,
            looks: Vec::new(),
        }
    }

    /// The same with all chance from a game code.
    #[must_use]
    pub fn with_code(self, code: GameCode) -> Self {
        Self { seed: code.seed(), code: Some(code), ..self }
    }
}
