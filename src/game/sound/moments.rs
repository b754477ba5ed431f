//! What sounds whatever the screen: a press, an answer taken, a new loudness.

use bevy::prelude::*;
use bevy::ui_widgets::Activate;

use super::Effect;
use crate::game::preferences::Preferences;
use crate::game::screens::question::send::Give;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press).add_observer(taken).add_systems(Update, sample);
}

/// Mouse, touch, keys, pad and assistive technology all end in one `Activate`; a control that is disabled sends none.
fn press(_: On<Activate>, mut effects: MessageWriter<Effect>) {
    effects.write(Effect::Press);
}

/// Not every answer is a press on a control: Enter in a text field is one too.
fn taken(_: On<Give>, mut effects: MessageWriter<Effect>) {
    effects.write(Effect::Press);
}

/// A new loudness is heard at once. What was loaded at the start is not new.
fn sample(preferences: Res<Preferences>, mut last: Local<Option<u8>>, mut effects: MessageWriter<Effect>) {
    if last.replace(preferences.volume).is_some_and(|last| last != preferences.volume) {
        effects.write(Effect::Right);
    }
}
