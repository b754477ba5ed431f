//! The game on a web page. What needs the browser and not merely a canvas; may use `wasm_bindgen`, and what the rest of `game` may.
//!
//! - `files`: files that reach the page by themselves, and what there is to tell of its storage
//! - `hidden`: since when nobody has seen the page
//! - [`mirror`]: what assistive technology reads and asks for, and what a soft keyboard types
//! - `pads`: gamepads

mod files;
mod hidden;
pub mod mirror;
mod pads;

use std::path::PathBuf;

use wasm_bindgen::prelude::wasm_bindgen;

use super::app::{Mode, Options, build};

#[wasm_bindgen(js_namespace = ["window", "roundtable"])]
extern "C" {
    fn crashed(message: &str);
}

/// Starts the game on the page's canvas. The browser calls it from then on.
pub fn run() {
    // The page shows what a mistake of ours says, where the build has kept the words.
    std::panic::set_hook(Box::new(|info| crashed(&info.to_string())));
    let options = Options { data_dir: PathBuf::from("/"), ..Options::default() };
    let mut app = build(options, Mode::Window);
    app.add_plugins((files::plugin, hidden::plugin, mirror::plugin, pads::plugin));
    app.run();
}
