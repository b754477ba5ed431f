//! Roundtable: a quiz that says why.
//!
//! One line a module; each may use only what stands to the right of its arrow (`tests/headless/layers.rs` holds the walls):
//!
//! - [`bank`]: what a question is. Text in, questions or diagnostics out. → nothing of ours
//! - [`rules`]: arithmetic: grade an answer, score it, draw questions from a seed. → `bank`
//! - [`quiz`]: the match: an ECS world of its own. Stages, players, commands, views, journal. → `rules`, `bank`
//! - [`platform`]: files, storage, dialogs, sound, clocks. → nothing of ours
//! - `classroom`: the class server: sockets, pages, tokens, names. → `quiz`, `rules`, `bank`, `platform`
//! - `game`: the window: screens, widgets, theme, input, motion, sound, progress. → `quiz`, `rules`, `bank`, `platform`, `classroom` (to host)
//! - [`cli`]: the doors that `main` opens without a window. → everything but `game` (`play` opens it, `bench --window` measures it, `sounds`
//!   makes its effects)
//!
//! A new question kind starts in [`bank::Kind`]: the compiler and the tests then name every place that must know it.
//! A new screen is one file in `game/screens`. A new import format will be one file in `bank`.

pub mod bank;
#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
pub mod classroom;
#[cfg(not(target_family = "wasm"))]
pub mod cli;
#[cfg(feature = "game")]
pub mod game;
pub mod platform;
pub mod quiz;
pub mod rules;
