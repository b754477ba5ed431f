//! The command line: what can be asked for, and the doors that it opens, one file each.
//!
//! May use everything; only `play` opens the window, and `sounds` uses its synthesiser.

pub mod bank;
#[cfg(feature = "classroom")]
mod banks;
pub mod bench;
#[cfg(feature = "classroom")]
pub mod host;
#[cfg(feature = "classroom")]
pub mod lesson;
pub mod play;
#[cfg(feature = "classroom")]
pub mod report;
#[cfg(feature = "classroom")]
pub mod serve;
#[cfg(feature = "game")]
pub mod sounds;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A quiz that says why. Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(version, about, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Where open games, results and your own question files (in its folder `banks`) are kept.
    ///
    /// Without it: the variable `ROUNDTABLE_DATA_DIR`, or else your system's place for a program's data.
    #[arg(long, value_name = "FOLDER", global = true)]
    data_dir: Option<PathBuf>,
}

const AFTER_HELP: &str = "Question files are RON; `questions/nato-explained.ron` in the source shows every kind. \
    `roundtable bank check FILE` says what is wrong with one, where, and what to do.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the window and play.
    Play(play::Args),
    /// Host a class: students join with a browser, over the local network.
    #[cfg(feature = "classroom")]
    Host(host::Args),
    /// Choose single questions for a class, with keys and explanations in view, and keep the choice by name.
    #[cfg(feature = "classroom")]
    Lesson(lesson::Args),
    /// Work with question files.
    Bank(bank::Args),
    /// Say what a class knows, and what the questions were worth, from the journal of a match.
    #[cfg(feature = "classroom")]
    Report(report::Args),
    /// Measure this build on this machine.
    Bench(bench::Args),
    /// Serve the game's web build from this computer, to try it.
    #[cfg(feature = "classroom")]
    Serve(serve::Args),
    /// Make the sound effects, to look at and to listen to.
    #[cfg(feature = "game")]
    Sounds(sounds::Args),
}

/// Does what the command line asks for.
#[must_use]
pub fn run(cli: Cli) -> ExitCode {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr());
    match cli.command {
        None => drop_then_play(out, &play::Args::default(), cli.data_dir),
        Some(Command::Play(args)) => drop_then_play(out, &args, cli.data_dir),
        #[cfg(feature = "classroom")]
        Some(Command::Host(args)) => host::run(&args, cli.data_dir.as_deref(), &mut out, &mut err).into(),
        #[cfg(feature = "classroom")]
        Some(Command::Lesson(args)) => lesson::run(&args, cli.data_dir.as_deref(), &mut out, &mut err).into(),
        Some(Command::Bank(args)) => bank::run(args, &mut out, &mut err).into(),
        #[cfg(feature = "classroom")]
        Some(Command::Report(args)) => report::run(&args, cli.data_dir.as_deref(), &mut out, &mut err).into(),
        Some(Command::Bench(args)) => bench::run(&args, &mut out, &mut err).into(),
        #[cfg(feature = "classroom")]
        Some(Command::Serve(args)) => serve::run(&args, &mut out, &mut err).into(),
        #[cfg(feature = "game")]
        Some(Command::Sounds(args)) => sounds::run(&args, &mut out, &mut err).into(),
    }
}

/// The window runs for long and has threads that may want to print: the lock must not be held meanwhile.
fn drop_then_play(out: std::io::StdoutLock<'_>, args: &play::Args, data_dir: Option<PathBuf>) -> ExitCode {
    drop(out);
    play::run(args, data_dir, &mut std::io::stderr()).into()
}
