//! What the engine leaves undone for assistive technology: requests that reach the controls, a tree that follows the
//! page, and announcements.

use accesskit::{Action, ActionData, Live, Node as Access, Role};
use bevy::a11y::{AccessibilityNode, ActionRequest};
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::ui::InteractionDisabled;
use bevy::ui_widgets::Activate;

use super::redraw::{Asking, Redraw};

/// Says something aloud, without moving the focus: `announcements.write(Announce("Right. Plus 1,000.".into()))`.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Announce(pub String);

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

#[derive(Component)]
struct Status;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Announce>()
        .add_message::<ActionRequest>()
        .add_systems(Startup, spawn_status)
        .add_systems(PostUpdate, (announce, bridge).before(bevy::ui::UiSystems::Prepare))
        .add_systems(Last, answer.before(Asking));
}

fn spawn_status(mut commands: Commands) {
    let mut node = Access::new(Role::Status);
    node.set_live(Live::Polite);
    commands.spawn((Status, Name::new("Announcements"), AccessibilityNode(node)));
}

fn announce(mut messages: MessageReader<Announce>, mut status: Query<&mut AccessibilityNode, With<Status>>) {
    let words: Vec<&str> = messages.read().map(|message| message.0.as_str()).collect();
    if words.is_empty() {
        return;
    }
    for mut node in &mut status {
        // The same words twice are announced twice: a space more makes them new.
        let mut value = words.join(" ");
        if node.value() == Some(value.as_str()) {
            value.push(' ');
        }
        node.set_value(value);
    }
}

/// A node hangs under its direct parent only if that is a node too: layout wrappers become containers without a meaning.
fn bridge(
    added: Query<Entity, Added<AccessibilityNode>>,
    moved: Query<Entity, (Changed<ChildOf>, With<AccessibilityNode>)>,
    parents: Query<&ChildOf>,
    nodes: Query<(), With<AccessibilityNode>>,
    mut commands: Commands,
) {
    for entity in added.iter().chain(moved.iter()) {
        for ancestor in parents.iter_ancestors(entity) {
            if !nodes.contains(ancestor) {
                commands.entity(ancestor).insert_if_new(AccessibilityNode(Access::new(Role::GenericContainer)));
            }
        }
    }
}

/// Requests end where a press of the key would.
fn answer(
    mut requests: MessageReader<ActionRequest>,
    controls: Query<Has<InteractionDisabled>, With<TabIndex>>,
    mut focus: ResMut<InputFocus>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for ActionRequest(request) in requests.read() {
        redraw.next_frame();
        let Some(entity) = Entity::try_from_bits(request.target_node.0) else {
            continue;
        };
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
            _ => {}
        }
    }
}
