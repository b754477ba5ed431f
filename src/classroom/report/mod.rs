//! The report of a match, from its journal alone: who knew what, and what the questions were worth.
//!
//! The same journal gives the same report, byte for byte. Everything a student or a question file says is data here: no cell of a
//! spreadsheet starts a formula, no name becomes markup or a terminal's command.
//!
//! - [`Report`]: the numbers ([`rules::analyse`](crate::rules::analyse) computes them)
//! - [`Advice`]: what they mean, in plain sentences
//! - [`save_beside`], [`delete_class`]: the files beside a finished journal, and the end of them
//! - [`csv`], [`xlsx`], [`html`], [`text`]: the ways out

mod advice;
mod cell;
pub mod csv;
pub mod html;
mod keep;
mod model;
mod plot;
mod read;
mod table;
pub mod text;
pub mod xlsx;

pub use advice::{Advice, Topic};
pub use keep::{NotSaved, delete_class, save_beside};
pub use model::{
    CommonAnswer, Fairness, Mark, OptionLine, QuestionLine, Report, RoundLine, RoundResult, StudentLine, Totals,
};
