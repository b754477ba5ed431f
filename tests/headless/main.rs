//! Headless tests, a module a subject.

mod bank;
mod platform;
mod platform_kill;
mod platform_writer;
mod quiz;
mod rules;
