//! Headless tests, a module a subject.

mod bank;
mod quiz;
mod rules;
