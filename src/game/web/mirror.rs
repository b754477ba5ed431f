//! The page's mirror of the game: after each frame that changed the tree, the page gets what is different, and what it asks for goes where
//! the desktop's assistive technology asks.
//!
//! The page's half is `assets/web/mirror.js`, as `window.roundtable.mirror`. It finds
//! `window.roundtable.ask(id, action, value, anchor, cursor)`, which returns the number of the request: what the page has typed or focused
//! since the answer it knows is newer than what the game says. Nothing is sent while nothing changes, and no frame is drawn for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use accesskit::{
    Action, ActionData, ActionRequest as Request, NodeId, TextPosition, TextSelection, TreeId, TreeUpdate,
};
use bevy::a11y::{AccessibilitySystems, ActionRequest};
use bevy::prelude::*;
use bevy::ui::UiSystems;
use bevy::window::PrimaryWindow;
use js_sys::{Function, JsString, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::super::a11y::Tree;
use super::super::a11y::page::{Page, node_of, page};
use super::super::keys::NothingBehind;
use super::super::redraw::Waker;
use super::super::widgets::OwnKeys;

/// What the page asks for, until the next frame takes it.
#[derive(Default)]
struct Asked {
    requests: RefCell<Vec<Request>>,
    count: Cell<u32>,
}

/// The mirror's end in the game.
struct Mirror {
    asked: Rc<Asked>,
    /// How many requests the last frame's systems had been given, and this one's.
    answered: u32,
    taken: u32,
    tree: Option<(TreeUpdate, f64)>,
    page: Page,
    said: u32,
}

pub(super) fn plugin(app: &mut App) {
    let waker = app.world().get_resource::<Waker>().cloned().unwrap_or_default();
    let asked = Rc::<Asked>::default();
    listen(&asked, waker);
    app.insert_non_send(Mirror { asked, answered: 0, taken: 0, tree: None, page: Page::default(), said: 0 })
        // A finger on a field of the page's brings up the system's own keys.
        .insert_resource(OwnKeys(false))
        .add_observer(leave)
        .add_systems(First, take)
        .add_systems(PostUpdate, send.in_set(AccessibilitySystems::Update).after(UiSystems::PostLayout));
}

/// What the page and the game share.
fn shared() -> Option<Object> {
    Reflect::get(&js_sys::global(), &"roundtable".into()).ok()?.dyn_into().ok()
}

/// Calls a function of the page's half.
fn call(name: &str, with: &JsValue) {
    let half = shared().and_then(|shared| Reflect::get(&shared, &"mirror".into()).ok());
    let function = half.and_then(|half| Reflect::get(&half, &name.into()).ok()?.dyn_into::<Function>().ok());
    if let Some(function) = function
        && let Err(error) = function.call1(&JsValue::UNDEFINED, with)
    {
        tracing::error!("The page's {name} failed: {error:?}");
    }
}

/// Puts `ask` on the page.
fn listen(asked: &Rc<Asked>, waker: Waker) {
    type Ask = dyn Fn(String, String, JsValue, u32, u32) -> u32;
    let Some(shared) = shared() else { return };
    let asked = Rc::clone(asked);
    let ask: Box<Ask> = Box::new(move |id, action, value, anchor, cursor| {
        if let Some(node) = node_of(&id) {
            let value = value.dyn_into::<JsString>().ok().map(String::from);
            let wanted = requests(node, &action, value, anchor, cursor);
            if !wanted.is_empty() {
                asked.requests.borrow_mut().extend(wanted);
                asked.count.set(asked.count.get() + 1);
                waker.wake();
            }
        }
        asked.count.get()
    });
    let ask = Closure::wrap(ask).into_js_value();
    // Fails only on an object that was frozen, which ours is not.
    let _ = Reflect::set(&shared, &"ask".into(), &ask);
}

fn requests(target_node: NodeId, action: &str, value: Option<String>, anchor: u32, cursor: u32) -> Vec<Request> {
    let request = |action, data| Request { action, target_tree: TreeId::ROOT, target_node, data };
    match (action, value) {
        ("press", _) => vec![request(Action::Click, None)],
        ("focus", _) => vec![request(Action::Focus, None)],
        ("show", _) => vec![request(Action::ScrollIntoView, None)],
        ("value", Some(value)) => vec![request(Action::SetValue, Some(ActionData::Value(value.into())))],
        // What stands there, and where its cursor is.
        ("type" | "select", value) => {
            let at = |character: u32| TextPosition { node: target_node, character_index: character as usize };
            let ends = TextSelection { anchor: at(anchor), focus: at(cursor) };
            let typed = value.map(|value| request(Action::SetValue, Some(ActionData::Value(value.into()))));
            typed
                .into_iter()
                .chain([request(Action::SetTextSelection, Some(ActionData::SetTextSelection(ends)))])
                .collect()
        }
        _ => Vec::new(),
    }
}

fn take(mut mirror: NonSendMut<Mirror>, mut actions: MessageWriter<ActionRequest>) {
    mirror.answered = mirror.taken;
    mirror.taken = mirror.asked.count.get();
    actions.write_batch(mirror.asked.requests.take().into_iter().map(ActionRequest));
}

fn send(mut mirror: NonSendMut<Mirror>, tree: Tree, windows: Query<&Window, With<PrimaryWindow>>) {
    let (Some((_, update)), Ok(window)) = (tree.build(), windows.single()) else { return };
    let now = Some((update, f64::from(window.scale_factor())));
    let answered = mirror.answered;
    if now == mirror.tree && answered == mirror.said {
        return;
    }
    let page = now.as_ref().map(|(update, scale)| page(update, *scale)).unwrap_or_default();
    match serde_json::to_string(&page.since(&mirror.page, answered)) {
        Ok(changes) => call("update", &changes.into()),
        Err(error) => tracing::error!("The page's mirror cannot be written: {error}"),
    }
    (mirror.tree, mirror.page, mirror.said) = (now, page, answered);
}

/// A step back with nothing behind it: out of the game, if it stands within another page.
fn leave(_: On<NothingBehind>) {
    call("leave", &JsValue::UNDEFINED);
}
