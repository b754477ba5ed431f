//! The command line, as `--help` tells it.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// A quiz that says why. Without a command, it opens the window and plays.
#[derive(Debug, Parser)]
#[command(name = "roundtable", version, propagate_version = true)]
pub struct Args {
    /// Where games, settings and your own question files are kept (also: the variable `ROUNDTABLE_DATA_DIR`).
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub door: Option<Door>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Door {
    /// Open the window and play.
    Play(Play),
    /// Work with question files.
    Bank(super::bank::Args),
    /// Measure how fast this machine reads, grades and replays.
    Bench(super::bench::Args),
}

/// Open the window and play.
#[derive(Debug, Default, clap::Args)]
pub struct Play {
    /// Question files of your own, or folders of them; they come first in the list.
    #[arg(value_name = "FILE")]
    pub banks: Vec<PathBuf>,
}
