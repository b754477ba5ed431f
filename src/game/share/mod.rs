//! A result to take along: as a few lines of text, or as a picture. Nothing in either gives an answer away.
//!
//! - [`Report`]: what is told, from the view of a finished match
//! - [`picture`]: the picture, drawn on the processor alone, so that it needs no window and a test can look at it
//! - [`canvas`]: pixels, shapes and type
//! - [`board`]: the clipboard
//! - [`qr`]: the link as a QR code

pub mod board;
pub mod canvas;
pub mod picture;
pub mod qr;

use bevy::prelude::*;

use super::invite::first;
use super::library::Library;
use super::links::Wishes;
use super::session::Session;
use super::text;
use crate::quiz::{RoundResult, View};
use crate::rules::Credit;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(board::plugin);
}

/// What is told of a finished match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The bank's title.
    pub bank: String,
    /// Questions right, in thousandths.
    pub credit: u32,
    /// Questions that counted.
    pub counted: u32,
    /// Points.
    pub points: u32,
    /// By round, in play order; those of which nothing counted are left out.
    pub rounds: Vec<RoundResult>,
    /// The game code, if there is one.
    pub code: Option<String>,
    /// The day, in words.
    pub date: String,
    /// What it means beside the best run, if it means something.
    pub best: Option<String>,
    /// Where the same questions wait for whoever wants to beat this.
    pub link: Option<String>,
}

impl Report {
    /// Of a match that is over; `None` before.
    #[must_use]
    pub fn of(
        view: &View,
        code: Option<String>,
        date: String,
        best: Option<String>,
        link: Option<String>,
    ) -> Option<Self> {
        let you = view.you.as_ref()?;
        let rounds: Vec<RoundResult> = you.rounds.iter().filter(|round| round.counted > 0).cloned().collect();
        Some(Self {
            bank: view.shown.bank.clone(),
            credit: you.credit,
            counted: rounds.iter().map(|round| round.counted).sum(),
            points: you.points,
            rounds,
            code,
            date,
            best,
            link,
        })
    }

    /// Question by question, those that counted.
    pub fn seats(&self) -> impl Iterator<Item = Credit> {
        self.rounds.iter().flat_map(|round| round.questions.iter().copied().flatten())
    }

    /// A few lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        text::shared_result(self)
    }

    /// A name for a file, without an ending: "roundtable-nato-explained-2026-11-24" would need a date of its own; the bank is enough.
    #[must_use]
    pub fn file_name(&self) -> String {
        let mut name = String::from("roundtable");
        for word in self.bank.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            // Long titles make no better names.
            if name.chars().count() + word.chars().count() > 48 {
                break;
            }
            name.push('-');
            name.push_str(&word.to_lowercase());
        }
        name
    }
}

/// A round's seats as letters, for text alone: no word of the window.
#[must_use]
pub fn row(round: &RoundResult) -> String {
    let seat = |credit: &Credit| match *credit {
        Credit::FULL => '●',
        Credit::NONE => '○',
        _ => '◐',
    };
    round.questions.iter().flatten().map(seat).collect()
}

/// The link to the match on screen, with this score to beat; `None` where no page plays it, or no link can say it.
#[must_use]
pub fn link_of(session: &Session, library: &Library, page: Option<&str>, credit: u32) -> Option<String> {
    let running = session.running.as_ref()?;
    let wishes = Wishes::of_match(running.settings(), running.bank(), first(library))?;
    Some(format!("{}?{}", page?, Wishes { beat: Some(credit), ..wishes }.query()))
}

/// The game code that the match on screen was played with.
#[must_use]
pub fn code_of(session: &Session) -> Option<String> {
    session.running.as_ref()?.settings().code.map(|code| code.to_string())
}
