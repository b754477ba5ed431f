//! What assistive technology asks for ends where a press of the key would. It can ask only what the tree offers: nothing hidden, nothing on
//! its way out, nothing beneath a dialog.

use accesskit::{Action, ActionData, TextSelection};
use bevy::a11y::ActionRequest;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::ui::InteractionDisabled;
use bevy::ui_widgets::{Activate, ScrollIntoView};

use super::super::focus::Shown;
use super::super::redraw::{Asking, Redraw};

/// Assistive technology asks a control for a new value: text, or a number as text.
#[derive(EntityEvent, Debug, Clone, PartialEq)]
pub struct SetValue {
    /// The control.
    pub entity: Entity,
    /// The value.
    pub value: String,
}

/// Assistive technology asks a control for one step more, or less.
#[derive(EntityEvent, Debug, Clone, Copy, PartialEq)]
pub struct StepValue {
    /// The control.
    pub entity: Entity,
    /// 1 or −1.
    pub by: f64,
}

/// Assistive technology moves the cursor in a field, or selects text: both ends in characters.
#[derive(EntityEvent, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SelectText {
    /// The field.
    pub entity: Entity,
    /// The end that stays.
    pub anchor: usize,
    /// The end with the cursor.
    pub cursor: usize,
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<ActionRequest>().add_systems(Last, answer.before(Asking));
}

fn answer(
    mut requests: MessageReader<ActionRequest>,
    shown: Shown,
    controls: Query<Has<InteractionDisabled>, With<TabIndex>>,
    mut focus: ResMut<InputFocus>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for ActionRequest(request) in requests.read() {
        redraw.next_frame();
        let Some(entity) = Entity::try_from_bits(request.target_node.0).filter(|entity| shown.is_within_reach(*entity))
        else {
            continue;
        };
        if request.action == Action::ScrollIntoView {
            commands.trigger(ScrollIntoView { entity });
        }
        let Ok(disabled) = controls.get(entity) else {
            continue;
        };
        if request.action == Action::Focus {
            focus.set(entity, FocusCause::Navigated);
        }
        if disabled {
            continue;
        }
        match (&request.action, &request.data) {
            (Action::Click, _) => commands.trigger(Activate { entity }),
            (Action::Increment, _) => commands.trigger(StepValue { entity, by: 1. }),
            (Action::Decrement, _) => commands.trigger(StepValue { entity, by: -1. }),
            (Action::SetValue, Some(ActionData::Value(value))) => {
                commands.trigger(SetValue { entity, value: value.to_string() });
            }
            (Action::SetValue, Some(ActionData::NumericValue(value))) => {
                commands.trigger(SetValue { entity, value: value.to_string() });
            }
            (Action::SetTextSelection, Some(ActionData::SetTextSelection(TextSelection { anchor, focus }))) => {
                let (anchor, cursor) = (anchor.character_index, focus.character_index);
                commands.trigger(SelectText { entity, anchor, cursor });
            }
            _ => {}
        }
    }
}
