//! Headless tests, a module a subject.
