//! Headless tests, a module a subject.

mod bank;
mod quiz;
mod rules;
mod platform;
mod platform_kill;
mod platform_writer;
