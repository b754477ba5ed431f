//! The doors that `main` opens without a window, one file each.

pub mod bank;
pub mod bench;
