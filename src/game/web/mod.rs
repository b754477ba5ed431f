//! The game on a web page.
//!
//! - [`mirror`]: what assistive technology reads and asks for, and what a soft keyboard types

pub mod mirror;

use std::path::PathBuf;

use super::app::{Mode, Options, build};

/// Starts the game on the page's canvas. The browser calls it from then on.
pub fn run() {
    let options = Options { data_dir: PathBuf::from("/"), ..Options::default() };
    let mut app = build(options, Mode::Window);
    app.add_plugins(mirror::plugin);
    app.run();
}
