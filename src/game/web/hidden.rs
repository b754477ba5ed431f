//! A page that nobody sees: another tab, another program, a phone in a pocket. The browser calls us once, at that moment, and may then draw
//! nothing for hours; so the moment is noted in the call itself, and the match hears of it in the next frame, whenever that is.

use std::cell::Cell;

use bevy::prelude::*;
use wasm_bindgen::prelude::*;

use crate::game::session::{Away, Driving};
use crate::platform::Times;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = addEventListener)]
    fn on_window(event: &str, listener: &Closure<dyn Fn()>);
    #[wasm_bindgen(js_namespace = document, js_name = addEventListener)]
    fn on_document(event: &str, listener: &Closure<dyn Fn()>);
    type Document;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
    #[wasm_bindgen(method, getter)]
    fn hidden(this: &Document) -> bool;
}

thread_local! {
    /// Since when the page has been hidden, and the match not told.
    static HIDDEN: Cell<Option<Times>> = const { Cell::new(None) };
}

fn note() {
    if HIDDEN.get().is_none() {
        HIDDEN.set(Some(Times::now()));
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, listen).add_systems(PreUpdate, tell.before(Driving));
}

fn listen() {
    let changed = Closure::<dyn Fn()>::new(|| {
        if DOCUMENT.with(Document::hidden) {
            note();
        }
    });
    on_document("visibilitychange", &changed);
    // Some browsers say only one of the three.
    let gone = Closure::<dyn Fn()>::new(note);
    on_document("freeze", &gone);
    on_window("pagehide", &gone);
    // As long as the page.
    changed.forget();
    gone.forget();
}

fn tell(mut away: MessageWriter<Away>) {
    if let Some(since) = HIDDEN.take() {
        away.write(Away { since });
    }
}
