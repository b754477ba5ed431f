//! Parses the command line and opens a door.

use std::io::{Write as _, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use roundtable::cli::args::{Args, Door, Play};
use roundtable::cli::{bank, bench};

fn main() -> ExitCode {
    let args = Args::parse();
    match args.door.unwrap_or_else(|| Door::Play(Play::default())) {
        Door::Play(play) => open_window(play, args.data_dir.as_deref()),
        Door::Bank(args) => bank::run(args, &mut stdout().lock(), &mut stderr().lock()).into(),
        Door::Bench(args) => bench::run(&args, &mut stdout().lock()).into(),
    }
}

#[cfg(feature = "game")]
fn open_window(play: Play, data_dir: Option<&Path>) -> ExitCode {
    use roundtable::game::{Options, run};
    use roundtable::platform::DataDir;

    // Without a place to save, the window opens all the same and tells the player.
    let data_dir = DataDir::resolve(data_dir).map(|data| data.root().to_owned()).unwrap_or_default();
    match run(Options { data_dir, banks: play.banks, size: None }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(unavailable) => complain(&unavailable.to_string()),
    }
}

#[cfg(not(feature = "game"))]
fn open_window(_: Play, _: Option<&Path>) -> ExitCode {
    complain("This build of Roundtable has no window: build it with the feature `game` to play. `roundtable bank check` works.")
}

/// One sentence on standard error.
fn complain(sentence: &str) -> ExitCode {
    // Whoever reads may have gone; the exit status remains.
    let _ = writeln!(stderr().lock(), "{sentence}");
    ExitCode::FAILURE
}
