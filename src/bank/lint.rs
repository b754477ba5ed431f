//! The lints.
