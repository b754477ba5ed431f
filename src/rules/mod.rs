//! Arithmetic: grade an answer, score it, draw questions from a seed, analyse what a class answered.
//!
//! May use [`crate::bank`] alone: no Bevy, no clock, no file system, no thread. Times and seeds come in as arguments, and every
//! function gives the same result on every machine ([`analyse`] to about twelve digits). A change to a result here is a new [`RULES`] or [`DRAW`] version, since old
//! journals are replayed with it.

pub mod analyse;
mod answer;
mod code;
mod draw;
mod fold;
mod grade;
mod peer;
mod score;

pub use answer::{Answer, Key, MAX_TEXT_CHARS, Malformed};
pub use code::{CodeError, GameCode, Seed};
pub use draw::{Dealt, Draw, DrawnRound, draw, draw_in_order, draw_only, first_of};
pub use fold::fold;
pub use grade::{Credit, Grader, grade};
pub use peer::{OFFER_FROM, OFFER_TO, Revote, offer_revote};
pub use score::{Extra, Pace, Scoring, buzz_ms, limit_ms, points, streak, takes};

/// Version of grading and scoring, written into every journal.
pub const RULES: u32 = 1;

/// Version of the draw, written into every journal.
pub const DRAW: u32 = 1;
