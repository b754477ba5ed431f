//! All that can be asked of a match, and what it answers. Every command is accepted, or refused with a reason; none is dropped.

use serde::{Deserialize, Serialize};

use crate::rules::{Answer, Extra, Key, Malformed};

/// A request. Who may send which is decided where the request comes in (at one keyboard: everybody everything).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// A player takes a seat. Only in the lobby, unless [`super::Settings::late_join`]. The name is 1 to 24 characters after trimming
    /// (accents that stand as characters of their own not counted), unique without regard to case.
    Join {
        /// What others see.
        name: String,
    },
    /// A player answers the open question. The first answer counts.
    Answer {
        /// From [`Accepted::Joined`].
        player: u32,
        /// The number of the question as [`super::QuestionView::number`] shows it, so that an answer never meets another question.
        question: u32,
        /// In the terms of what is shown.
        answer: Answer,
        /// How sure the player says to be.
        sure: Option<Sureness>,
    },
    /// A player says afterwards, in feedback, how sure they were. The last word counts.
    Sure {
        /// From [`Accepted::Joined`].
        player: u32,
        /// The number of the question.
        question: u32,
        /// How sure.
        sure: Sureness,
    },
    /// Goes on: out of the lobby, the round intro, feedback or standings.
    Next,
    /// Closes the open question now; the answers so far count.
    Reveal,
    /// Closes the open question and does not count it for anybody.
    Skip,
    /// Stops the clock.
    Pause {
        /// Who or what asks.
        reason: PauseReason,
    },
    /// Lets the clock go on.
    Resume,
    /// Takes a question that has been closed out of the score.
    Void {
        /// Its number.
        question: u32,
    },
    /// Gives a question that has been closed another key; every score is folded again.
    Correct {
        /// Its number.
        question: u32,
        /// The new key, in the terms of what is shown.
        key: Key,
    },
    /// Takes back the last [`Command::Skip`], [`Command::Void`] or [`Command::Correct`] that still stands. Where teams play
    /// ([`super::Play::Turns`], [`super::Play::Buzz`]) also the last verdict and the last [`Command::Adjust`].
    ///
    /// A verdict that is taken back leaves the answer counting for nothing. While its question is open, the player may answer it again: who
    /// had buzzed holds the buzz once more, with all the seconds, and whoever buzzed since loses it. Once the right answer has been told,
    /// the question stays closed.
    Undo,
    /// Ends the match where it is.
    Abandon,
    /// Lets nobody new in.
    Lock,
    /// Lets people in again.
    Unlock,
    /// Sends a player away for good: the seat stays empty, the name stays taken.
    Kick {
        /// From [`Accepted::Joined`].
        player: u32,
    },
    /// Gives a player another name, by the rules of [`Command::Join`].
    Rename {
        /// From [`Accepted::Joined`].
        player: u32,
        /// What others see from now on.
        name: String,
    },
    /// Gives one player more time than the others, from the open question on.
    Extra {
        /// From [`Accepted::Joined`].
        player: u32,
        /// On top of everybody's own limit.
        extra: Extra,
    },
    /// Closes the open question without telling the answer yet. Only with [`super::Settings::hold`].
    Close,
    /// The question that is closed and not told yet is open once more; its answers so far count for nothing. Only with
    /// [`super::Settings::hold`].
    Revote {
        /// Its number.
        question: u32,
    },
    /// These players pressed at the same moment, most often one alone. One of them may answer: [`crate::rules::first_of`] draws who. Only in
    /// [`super::Play::Buzz`], while nobody holds the buzz. Whoever is locked out is passed over; the journal keeps the others.
    Buzz {
        /// From [`Accepted::Joined`], in any order.
        players: Vec<u32>,
    },
    /// Gives a player points by hand, or takes some. Only where teams play, from the first round on, also at the end. Nobody falls below
    /// nothing by it.
    Adjust {
        /// From [`Accepted::Joined`].
        player: u32,
        /// 1 to [`super::MAX_ADJUST`], or as many less.
        points: i32,
    },
}

/// How sure a player says to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sureness {
    /// "Sure"
    Sure,
    /// "Guessed"
    Guessed,
}

/// Why the clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseReason {
    /// The player pressed pause.
    Player,
    /// The computer slept, or the window was hidden.
    Sleep,
    /// The teacher pressed pause.
    Teacher,
    /// The program was closed and started again.
    Restarted,
}

/// The answer to a command.
pub type Reply = Result<Accepted, Refused>;

/// The command took effect and is in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Accepted {
    /// The player's number, from 0 in the order of joining.
    Joined(u32),
    /// The answer is recorded; it is *received* once this record number is durable.
    Answered {
        /// The record's number.
        record: u64,
    },
    /// This player holds the buzz.
    Buzzed(u32),
    /// Done.
    Done,
}

/// The command changed nothing, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// Not possible in the stage that the match is in.
    WrongStage,
    /// The match is paused.
    Paused,
    /// The match is not paused.
    NotPaused,
    /// Nobody sits there.
    NoSuchPlayer,
    /// Not the open question: an earlier or a later one, or one that never was.
    WrongQuestion,
    /// The question had closed before this arrived.
    TooLate,
    /// This player has answered already; the first answer stands.
    AlreadyAnswered,
    /// It is another player's turn.
    NotYourTurn,
    /// The answer does not fit the question.
    Malformed(Malformed),
    /// The name is empty, too long or has characters that cannot be shown.
    BadName,
    /// Somebody has this name.
    NameTaken,
    /// Every seat is taken.
    Full,
    /// Nobody has joined yet.
    NobodyHere,
    /// There is nothing to take back.
    NothingToUndo,
    /// The question was not counted already.
    AlreadyVoid,
    /// Nobody new is let in.
    Locked,
    /// This player has been sent away.
    Gone,
    /// It is so already.
    AlreadySo,
    /// This player has had a try at this question.
    LockedOut,
    /// Somebody holds the buzz.
    SomebodyAnswers,
    /// Nobody has buzzed yet.
    BuzzFirst,
    /// Not in this way of playing.
    NotThisPlay,
    /// So many points cannot be given, or taken.
    BadPoints,
}
