//! Headless tests, a module a subject.

mod platform;
mod platform_kill;
mod platform_writer;
