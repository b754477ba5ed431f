//! The match: an ECS world of its own, headless and complete.
//!
//! Everyone is its client: the window, replay, tests, later the class server. May use [`crate::rules`], [`crate::bank`] and Bevy's
//! headless crates; knows no file, no clock and no thread: stamps come in, records go out.
//!
//! - [`Match`]: `submit`, `advance`, `next_deadline`, `view`, and the records to be made durable
//! - [`Command`] and [`Reply`]: all that can be asked of a match, and its answer; what only teams ask is in `buzz`
//! - [`View`]: all that a seat may know
//! - [`History`]: what became of it, for reports
//! - [`journal`]: records as lines of text, and replay

mod apply;
mod buzz;
mod command;
mod engine;
mod history;
pub mod journal;
mod look;
mod present;
mod settings;
mod stage;
mod standing;
mod view;
mod world;

pub use buzz::MAX_ADJUST;
pub use command::{Accepted, Command, PauseReason, Refused, Reply, Sureness};
pub use engine::{Match, Moment, Stamp};
pub use history::{Fate, History, PastAnswer, PastOutcome, PastPlayer, PastQuestion, PastRound};
pub use present::{number, words};
pub use settings::{Goal, Play, Settings, ShowStandings};
pub use stage::Stage;
pub use view::*;
