//! A press and what follows it never fall into one frame. The engine looks for what was clicked among what lay under the pointer a frame
//! earlier: where a frame takes longer than a tap (a slow phone, a renderer in software), finger down and finger up would arrive together,
//! with nothing under the finger before them, and the tap would be lost.

use bevy::ecs::message::MessageCursor;
use bevy::picking::PickingSystems;
use bevy::picking::pointer::{PointerAction, PointerInput};
use bevy::prelude::*;

use super::redraw::Redraw;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(First, part.after(PickingSystems::Input));
}

/// What a pointer does after it has pressed waits for the next frame.
fn part(
    mut messages: ResMut<Messages<PointerInput>>,
    mut cursor: Local<MessageCursor<PointerInput>>,
    mut waiting: Local<Vec<PointerInput>>,
    mut redraw: ResMut<Redraw>,
) {
    let had = !waiting.is_empty();
    let all: Vec<PointerInput> = waiting.drain(..).chain(cursor.read(&messages).cloned()).collect();
    let mut pressed = Vec::new();
    let (later, now): (Vec<_>, Vec<_>) = all.into_iter().partition(|input| {
        let after = pressed.contains(&input.pointer_id);
        if matches!(input.action, PointerAction::Press(_)) {
            pressed.push(input.pointer_id);
        }
        after
    });
    if !had && later.is_empty() {
        return;
    }
    messages.clear();
    messages.write_batch(now);
    cursor.clear(&messages);
    if !later.is_empty() {
        redraw.next_frame();
    }
    *waiting = later;
}
