//! The page's clipboard, and the system's dialog for passing something on (`assets/web/share.js`).

use wasm_bindgen::prelude::*;

use crate::game::share::board::Done;

#[wasm_bindgen(js_namespace = ["window", "roundtable", "share"])]
extern "C" {
    #[wasm_bindgen(js_name = copyText, catch)]
    fn page_copy_text(text: &str, done: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = copyPicture, catch)]
    fn page_copy_picture(png: &[u8], done: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = canShare, catch)]
    fn page_can_share() -> Result<bool, JsValue>;
    #[wasm_bindgen(js_name = shareLink, catch)]
    fn page_share(text: &str, url: &str, done: &JsValue) -> Result<(), JsValue>;
}

fn call(done: Done) -> JsValue {
    Closure::once_into_js(move |why: Option<String>| done(why.map_or(Ok(()), Err)))
}

/// Copies words.
pub(in crate::game) fn copy_text(words: &str, done: Done) {
    // A page without it copies nothing, and says nothing of it.
    let _ = page_copy_text(words, &call(done));
}

/// Copies a picture, a PNG file.
pub(in crate::game) fn copy_picture(png: &[u8], done: Done) {
    let _ = page_copy_picture(png, &call(done));
}

/// Whether there is a dialog for passing something on.
pub(in crate::game) fn can_share() -> bool {
    page_can_share().unwrap_or(false)
}

/// Opens it.
pub(in crate::game) fn share(words: &str, link: &str, done: Done) {
    let _ = page_share(words, link, &call(done));
}
