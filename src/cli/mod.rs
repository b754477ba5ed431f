//! The doors that `main` opens without a window, one file each, and the command line itself.

pub mod args;
pub mod bank;
pub mod bench;
