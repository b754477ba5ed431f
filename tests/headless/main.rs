//! Headless tests, a module a subject.

mod bank;
mod bank_cli;
mod bank_hostile;
mod bank_lints;
