//! Parses the command line and opens a door. On the web there is one door: the game.

// Windows opens a terminal for every program that may print, behind the game too. So the released game cannot print there; the command
// line is a program of its own, the build without a window.
#![cfg_attr(all(windows, feature = "game", not(debug_assertions)), windows_subsystem = "windows")]

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;

    roundtable::cli::run(roundtable::cli::Cli::parse())
}

#[cfg(target_family = "wasm")]
fn main() {
    roundtable::game::web::run();
}
