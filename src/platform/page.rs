//! The page's own files, seen from the game: `assets/web/store.js` keeps them in memory and in the browser's storage. What becomes of a
//! change is told later, to whoever left a listener. Uses wasm-bindgen and js-sys.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::shelf::Change;

#[wasm_bindgen(js_namespace = ["window", "roundtable", "store"])]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = trouble)]
    static TROUBLE: String;
    fn listen(event: &JsValue, change: &JsValue);
    #[wasm_bindgen(js_name = read)]
    fn js_read(path: &str) -> Option<Uint8Array>;
    #[wasm_bindgen(js_name = size)]
    fn js_size(path: &str) -> f64;
    #[wasm_bindgen(js_name = has)]
    fn js_has(path: &str) -> bool;
    #[wasm_bindgen(js_name = list)]
    fn js_list(folder: &str) -> Array;
    #[wasm_bindgen(js_name = create)]
    fn js_create(path: &str) -> bool;
    #[wasm_bindgen(js_name = remove)]
    fn js_remove(path: &str);
    #[wasm_bindgen(js_name = rename)]
    fn js_rename(from: &str, to: &str) -> bool;
    #[wasm_bindgen(js_name = claim)]
    fn js_claim(path: &str) -> String;
    #[wasm_bindgen(js_name = release)]
    fn js_release(path: &str);
    #[wasm_bindgen(js_name = append)]
    fn js_append(path: &str, bytes: Uint8Array, token: u32, record: f64);
    #[wasm_bindgen(js_name = cut)]
    fn js_cut(path: &str, length: f64);
    #[wasm_bindgen(js_name = put)]
    fn js_put(path: &str, bytes: Uint8Array, token: u32) -> bool;
    #[wasm_bindgen(js_name = lend)]
    fn js_lend(path: &str, bytes: Uint8Array);
    #[wasm_bindgen(js_name = change)]
    fn js_change(path: &str, aside: &str, token: u32, replaces: bool) -> Vec<u32>;
}

/// What has become of a change.
#[derive(Debug)]
pub(super) struct Told {
    /// Kept, or why not, as a sentence. What was not is tried again by itself.
    pub(super) kept: Result<(), String>,
    /// The record that came with it.
    pub(super) record: u64,
    /// Where an old content was moved to.
    pub(super) moved: Option<PathBuf>,
}

type Event = Box<dyn FnMut(Told)>;
type Decide = Box<dyn FnMut(Option<&[u8]>) -> Change>;

#[derive(Default)]
struct Listeners {
    last: u32,
    events: HashMap<u32, Event>,
    changes: HashMap<u32, Decide>,
    /// Heard for the last time.
    done: Vec<u32>,
    ears: bool,
}

thread_local! {
    static LISTENERS: RefCell<Listeners> = RefCell::default();
}

/// A number under which the page tells of changes, and who hears of them.
pub(super) fn listener(event: impl FnMut(Told) + 'static) -> u32 {
    LISTENERS.with_borrow_mut(|listeners| {
        if !std::mem::replace(&mut listeners.ears, true) {
            let event: Closure<dyn FnMut(u32, bool, f64, String)> = Closure::new(hear);
            let change: Closure<dyn FnMut(u32, Option<Uint8Array>) -> JsValue> = Closure::new(decide);
            // For as long as the page lives.
            listen(&event.into_js_value(), &change.into_js_value());
        }
        listeners.last += 1;
        listeners.events.insert(listeners.last, Box::new(event));
        listeners.last
    })
}

/// The same for one change: heard until it says that it is done.
pub(super) fn listener_once(mut event: impl FnMut(Told) -> bool + 'static) -> u32 {
    // Known only once the listener stands, which is before anything can be told.
    let own = std::rc::Rc::new(std::cell::Cell::new(0));
    let known = std::rc::Rc::clone(&own);
    let token = listener(move |told| {
        if event(told) {
            LISTENERS.with_borrow_mut(|listeners| listeners.done.push(known.get()));
        }
    });
    own.set(token);
    token
}

/// Nobody listens any more.
pub(super) fn forget(token: u32) {
    // Dropped outside of the borrow: a listener may hold another one's end.
    let gone =
        LISTENERS.with_borrow_mut(|listeners| (listeners.events.remove(&token), listeners.changes.remove(&token)));
    drop(gone);
}

/// Tells of what befalls the storage as a whole, a sentence each time.
pub fn on_storage_trouble(mut tell: impl FnMut(String) + 'static) {
    let token = listener(move |told| {
        if let Err(sentence) = told.kept {
            tell(sentence);
        }
    });
    LISTENERS.with_borrow_mut(|listeners| {
        if let Some(event) = listeners.events.remove(&token) {
            // What concerns no one change comes under this number.
            listeners.events.insert(0, event);
        }
    });
}

/// A change that cannot even be asked for.
pub(super) fn refuse(token: u32, word: &str) {
    hear(token, false, 0., word.to_owned());
}

fn hear(token: u32, ok: bool, record: f64, words: String) {
    // Taken out while it runs: it may ask for another change.
    let Some(mut event) = LISTENERS.with_borrow_mut(|listeners| listeners.events.remove(&token)) else { return };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was a record's number when it left"
    )]
    let record = record as u64;
    event(if ok {
        Told { kept: Ok(()), record, moved: Some(words).filter(|words| !words.is_empty()).map(PathBuf::from) }
    } else {
        Told { kept: Err(sentence(&words)), record, moved: None }
    });
    LISTENERS.with_borrow_mut(|listeners| {
        listeners.events.entry(token).or_insert(event);
    });
    for done in LISTENERS.with_borrow_mut(|listeners| std::mem::take(&mut listeners.done)) {
        forget(done);
    }
}

fn decide(token: u32, old: Option<Uint8Array>) -> JsValue {
    let Some(mut change) = LISTENERS.with_borrow_mut(|listeners| listeners.changes.remove(&token)) else {
        return JsValue::UNDEFINED;
    };
    let old = old.map(|bytes| bytes.to_vec());
    let verdict = change(old.as_deref());
    LISTENERS.with_borrow_mut(|listeners| listeners.changes.insert(token, change));
    match verdict {
        Change::Leave => JsValue::UNDEFINED,
        Change::Write(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Change::SetAside { why, bytes } => {
            Array::of2(&JsValue::from_str(why), &Uint8Array::from(bytes.as_slice()).into()).into()
        }
    }
}

/// Why the browser keeps nothing, as a sentence; `None` while it does.
#[must_use]
pub fn storage_trouble() -> Option<String> {
    let trouble = TROUBLE.with(String::clone);
    (!trouble.is_empty()).then(|| sentence(&trouble))
}

/// In words that a player can act on. The page knows the cases by a word each, and says any other in the browser's words.
fn sentence(word: &str) -> String {
    match word {
        "taken" => "There is already a file of this name.".to_owned(),
        "full" => "The browser has no room left for this page.".to_owned(),
        "denied" => "The browser lets this page keep nothing: perhaps a private window, or a setting.".to_owned(),
        "missing" => "This browser has no storage for pages.".to_owned(),
        "slow" => "The browser's storage does not answer.".to_owned(),
        "newer" => "A newer version of Roundtable is open in another tab: load this page again.".to_owned(),
        "wiped" => "The browser has thrown away what this page had kept.".to_owned(),
        words => format!("The browser says: {}.", words.trim_end_matches('.')),
    }
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.to_string_lossy()
}

/// What a file holds.
pub(super) fn read(path: &Path) -> Option<Vec<u8>> {
    js_read(&name(path)).map(|bytes| bytes.to_vec())
}

/// How many bytes a file has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length is whole and positive")]
pub(super) fn length(path: &Path) -> u64 {
    js_size(&name(path)) as u64
}

pub(super) fn has(path: &Path) -> bool {
    js_has(&name(path))
}

/// What lies directly in a folder: path, bytes, and when it was written, in milliseconds since 1970.
pub(super) fn list(folder: &Path) -> Vec<(PathBuf, u64, u64)> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "lengths and times are whole and positive"
    )]
    let number = |value: JsValue| value.as_f64().unwrap_or_default() as u64;
    js_list(&name(folder))
        .iter()
        .filter_map(|row| {
            let row: Array = row.dyn_into().ok()?;
            Some((PathBuf::from(row.get(0).as_string()?), number(row.get(1)), number(row.get(2))))
        })
        .collect()
}

/// A journal without a line; whether its name was free.
pub(super) fn create(path: &Path) -> bool {
    js_create(&name(path))
}

pub(super) fn remove(path: &Path) {
    js_remove(&name(path));
}

/// Whether there was something to rename.
pub(super) fn rename(from: &Path, to: &Path) -> bool {
    js_rename(&name(from), &name(to))
}

/// Whether a journal can be ours alone.
pub(super) enum Hold {
    Ours,
    Held,
    Missing,
}

pub(super) fn claim(path: &Path) -> Hold {
    match js_claim(&name(path)).as_str() {
        "" => Hold::Ours,
        "missing" => Hold::Missing,
        _ => Hold::Held,
    }
}

pub(super) fn release(path: &Path) {
    js_release(&name(path));
}

#[expect(clippy::cast_precision_loss, reason = "records are counted from 1 and bytes fit in memory")]
pub(super) fn append(path: &Path, bytes: &[u8], token: u32, record: u64) {
    js_append(&name(path), Uint8Array::from(bytes), token, record as f64);
}

#[expect(clippy::cast_precision_loss, reason = "bytes fit in memory")]
pub(super) fn cut(path: &Path, length: u64) {
    js_cut(&name(path), length as f64);
}

/// A new small file; whether its name was free.
pub(super) fn put(path: &Path, bytes: &[u8], token: u32) -> bool {
    js_put(&name(path), Uint8Array::from(bytes), token)
}

/// A file that goes with the page, so that it can be read again like any other.
pub(super) fn lend(path: &Path, bytes: &[u8]) {
    js_lend(&name(path), Uint8Array::from(bytes));
}

/// Changes a small file soon; `decide` is asked within the transaction, and again if that fails.
pub(super) fn change(
    path: &Path,
    aside: &Path,
    token: u32,
    replaces: bool,
    decide: impl FnMut(Option<&[u8]>) -> Change + 'static,
) {
    LISTENERS.with_borrow_mut(|listeners| listeners.changes.insert(token, Box::new(decide)));
    for dropped in js_change(&name(path), &name(aside), token, replaces) {
        forget(dropped);
    }
}
