//! Headless tests, a module a subject.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod bank;
mod bank_cli;
mod bank_hostile;
mod bank_lints;
#[cfg(feature = "classroom")]
mod classroom;
mod layers;
#[cfg(feature = "classroom")]
mod lesson;
mod platform;
mod platform_keeper;
mod platform_kill;
mod platform_sound;
mod platform_writer;
#[cfg(feature = "game")]
mod progress;
mod quiz;
#[cfg(feature = "classroom")]
mod report;
mod rules;
#[cfg(feature = "classroom")]
mod serve;
