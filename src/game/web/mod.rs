//! The game on a web page.

use std::path::PathBuf;

use super::app::{Mode, Options, build};

/// Starts the game on the page's canvas. The browser calls it from then on.
pub fn run() {
    let options = Options { data_dir: PathBuf::from("/"), ..Options::default() };
    build(options, Mode::Window).run();
}
