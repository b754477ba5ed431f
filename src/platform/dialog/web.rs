//! The browser's dialogs: a file is chosen in its own picker, and saved as a download. The page asks (`assets/web/files.js`).

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::channel;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::{Ask, OpenedFile, Outcome, Pending};
use crate::platform::page;
use crate::platform::read::{FetchError, ReadError};

#[wasm_bindgen(js_namespace = ["window", "roundtable", "files"])]
extern "C" {
    fn pick(title: &str, endings: Vec<String>, several: bool, most: f64, done: &JsValue);
    fn save(name: &str, bytes: Uint8Array);
    fn listen(hear: &JsValue);
}

/// Where files lie that were opened: in the page's memory, so that they can be looked at again.
const OPENED: &str = "/opened";

/// Carries out what was asked; `wake` is called once [`Pending::poll`] has an answer. Call it soon after the player's press: browsers open
/// a picker for nobody else.
pub fn ask_page(ask: Ask, wake: impl FnOnce() + Send + 'static) -> Pending {
    let (sender, receiver) = channel();
    match ask {
        Ask::Open { title, filter, several, max_bytes } => {
            let done = Closure::once_into_js(move |files: JsValue| {
                let files = opened(&files);
                // Fails only once the window has gone.
                let _ = sender.send(if files.is_empty() { Outcome::Cancelled } else { Outcome::Opened(files) });
                wake();
            });
            #[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
            pick(&title, filter.extensions, several, max_bytes as f64, &done);
        }
        Ask::Save { name, bytes, .. } => {
            save(&name, Uint8Array::from(bytes.as_slice()));
            let _ = sender.send(Outcome::Saved(PathBuf::from(name)));
            wake();
        }
    }
    Pending(Mutex::new(receiver))
}

/// What befalls the page with files that nobody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageFiles {
    /// One hovers over the page.
    Over,
    /// It does not any more.
    Away,
    /// These were dropped, or named in the address.
    Here(Vec<OpenedFile>),
}

/// Tells of files that are dropped on the page or named in its address, earlier ones included.
pub fn on_files(mut tell: impl FnMut(PageFiles) + 'static) {
    let hear: Closure<dyn FnMut(String, JsValue)> = Closure::new(move |what: String, files: JsValue| {
        tell(match what.as_str() {
            "over" => PageFiles::Over,
            "away" => PageFiles::Away,
            _ => PageFiles::Here(opened(&files)),
        });
    });
    // For as long as the page lives.
    listen(&hear.into_js_value());
}

/// The page's rows: name, bytes or nothing, why, a number that goes with it.
fn opened(files: &JsValue) -> Vec<OpenedFile> {
    let Some(rows) = files.dyn_ref::<Array>() else { return Vec::new() };
    rows.iter().filter_map(|row| row.dyn_into::<Array>().ok()).map(|row| one(&row)).collect()
}

fn one(row: &Array) -> OpenedFile {
    let name = row.get(0).as_string().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "limits and states are whole and positive"
    )]
    let number = row.get(3).as_f64().unwrap_or_default() as u64;
    let content = match row.get(1).dyn_into::<Uint8Array>() {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(_) => Err(match row.get(2).as_string().unwrap_or_default().as_str() {
            "big" => ReadError::TooBig { max_bytes: number },
            "many" => ReadError::TooMany,
            "missing" => ReadError::Missing,
            "address" => ReadError::Fetch(FetchError::NoAddress),
            "status" if number == 404 || number == 410 => ReadError::Fetch(FetchError::NotThere),
            "status" => ReadError::Fetch(FetchError::Refused(u16::try_from(number).unwrap_or_default())),
            "late" => ReadError::Fetch(FetchError::Silent),
            "offline" => ReadError::Fetch(FetchError::Offline),
            "lost" => ReadError::Fetch(FetchError::NoAnswer),
            "denied" => ReadError::Fetch(FetchError::NotForUs),
            _ => ReadError::Denied,
        }),
    };
    let path = Path::new(OPENED).join(&name);
    if let Ok(bytes) = &content {
        page::lend(&path, bytes);
    }
    OpenedFile { name, path: Some(path), content }
}
