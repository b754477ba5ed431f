//! Parses the command line and opens a door.

// Windows opens a terminal for every program that may print, behind the game too. So the released game cannot print there; the command
// line is a program of its own, the build without a window.
#![cfg_attr(all(windows, feature = "game", not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    roundtable::cli::run(roundtable::cli::Cli::parse())
}
