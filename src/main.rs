//! Parses the command line and opens a door.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    roundtable::cli::run(roundtable::cli::Cli::parse())
}
