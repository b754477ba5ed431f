//! Headless tests, a module a subject.
mod bank;
