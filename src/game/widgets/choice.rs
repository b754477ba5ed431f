//! One of a few values, as a row of pills. Each pill can be reached and pressed by itself, so an arrow key only looks.

use accesskit::{Node as Access, Role, Toggled};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange};

use super::control::{CaptionText, Chosen, Inner, Skin, control};
use super::paint::Draw;
use super::text::silent;
use crate::game::theme::{Token, Type, space, stroke};

/// The group; holds which pill is chosen. Change it and the pills follow.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice(pub usize);

#[derive(Component, Debug, Clone, Copy)]
struct Pill(usize);

/// `(choice("Pace", &["No timer", "Relaxed", "Standard"], 1), observe(|on: On<ValueChange<usize>>| …))`.
/// The name is for assistive technology: put a label above it yourself.
pub fn choice(name: impl Into<String>, options: &[&str], chosen: usize) -> impl Bundle {
    let mut access = Access::new(Role::RadioGroup);
    access.set_label(name.into());
    let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
    (
        Choice(chosen),
        AccessibilityNode(access),
        Node { flex_wrap: FlexWrap::Wrap, column_gap: px(10), row_gap: px(10), ..default() },
        Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
            for (index, option) in options.into_iter().enumerate() {
                parent.spawn(pill(index, option));
            }
        })),
    )
}

fn pill(index: usize, caption: String) -> impl Bundle {
    (
        Pill(index),
        control(Role::RadioButton, Skin::Pill, caption.clone()),
        Node {
            min_height: px(stroke::TARGET),
            padding: UiRect::axes(px(18), px(space::TIGHT)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::MAX,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        children![(silent(caption, Type::Small, true, Token::Text), CaptionText, Inner)],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(choose).add_systems(PostUpdate, show.in_set(Draw::Settle));
}

fn choose(on: On<Activate>, pills: Query<(&Pill, &ChildOf)>, mut groups: Query<&mut Choice>, mut commands: Commands) {
    let Ok((pill, parent)) = pills.get(on.entity) else {
        return;
    };
    let group = parent.parent();
    if let Ok(mut choice) = groups.get_mut(group)
        && choice.0 != pill.0
    {
        choice.0 = pill.0;
        commands.trigger(ValueChange { source: group, value: pill.0, is_final: true });
    }
}

fn show(
    groups: Query<(&Choice, &Children), Changed<Choice>>,
    mut pills: Query<(&Pill, &mut AccessibilityNode)>,
    mut commands: Commands,
) {
    for (choice, children) in &groups {
        for child in children {
            if let Ok((pill, mut node)) = pills.get_mut(*child) {
                let chosen = pill.0 == choice.0;
                node.set_toggled(if chosen { Toggled::True } else { Toggled::False });
                if chosen {
                    commands.entity(*child).insert(Chosen);
                } else {
                    commands.entity(*child).remove::<Chosen>();
                }
            }
        }
    }
}
