//! Tests of the window's app, a module a subject.
