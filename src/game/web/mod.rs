//! The game on a web page. What needs the browser and not merely a canvas; may use `wasm_bindgen`, and what the rest of `game` may.
//!
//! - `clipboard`: the clipboard, and passing something on
//! - `files`: files that reach the page by themselves, and what there is to tell of its storage
//! - `hidden`: since when nobody has seen the page
//! - [`mirror`]: what assistive technology reads and asks for, and what a soft keyboard types
//! - `pads`: gamepads
//! - `ready`: when the first picture is out
//! - `resume`: going on by itself after the page was loaded again because the graphics were lost

pub(in crate::game) mod clipboard;
mod files;
mod hidden;
pub mod mirror;
mod pads;
mod ready;
mod resume;

use std::path::PathBuf;

use wasm_bindgen::prelude::*;

use super::app::{Mode, Options, build};
use super::links::Wishes;

#[wasm_bindgen(js_namespace = location)]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = search)]
    static SEARCH: String;
    #[wasm_bindgen(thread_local_v2, js_name = origin)]
    static ORIGIN: String;
    #[wasm_bindgen(thread_local_v2, js_name = pathname)]
    static PATH: String;
}

#[wasm_bindgen(js_namespace = ["window", "roundtable"])]
extern "C" {
    fn crashed(message: &str);
}

/// Starts the game on the page's canvas. The browser calls it from then on.
pub fn run() {
    // The page shows what a mistake of ours says, where the build has kept the words.
    std::panic::set_hook(Box::new(|info| crashed(&info.to_string())));
    let page = format!("{}{}", ORIGIN.with(String::clone), PATH.with(String::clone));
    let wishes = SEARCH.with(|search| Wishes::read(search));
    let options = Options { data_dir: PathBuf::from("/"), wishes, page: Some(page), ..Options::default() };
    let mut app = build(options, Mode::Window);
    app.add_plugins((files::plugin, hidden::plugin, mirror::plugin, pads::plugin, ready::plugin, resume::plugin));
    app.run();
}
