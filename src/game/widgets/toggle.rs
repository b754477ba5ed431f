//! A button that stays pressed: while it has [`Chosen`], a ✓ stands before its label, and assistive technology hears that it is on.

use accesskit::{Role, Toggled};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;

use super::control::{CaptionText, Chosen, Inner, Skin, cap, control};
use super::icon::{Icon, icon};
use super::paint::Draw;
use super::text::label;
use crate::game::theme::{Token, Type, space, stroke};

#[derive(Component)]
struct Toggle;
#[derive(Component)]
struct TickMark;

/// `(toggle("I was sure"), observe(…))`: whoever observes its press decides whether it has [`Chosen`].
pub fn toggle(caption: impl Into<String>) -> impl Bundle {
    let caption = caption.into();
    (
        Toggle,
        control(Role::Button, Skin::Pill, caption.clone()),
        Node {
            min_height: px(stroke::TARGET),
            min_width: px(stroke::TARGET),
            padding: UiRect::axes(px(18), px(space::TIGHT)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::MAX,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            column_gap: px(space::TIGHT),
            ..default()
        },
        children![
            (icon(Icon::Tick, 16., Token::Text), Inner, TickMark),
            (label(caption, Type::Small, Token::Text), CaptionText, Inner),
            cap(),
        ],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, show.in_set(Draw::Settle));
}

fn show(
    mut toggles: Query<(Has<Chosen>, &Children, &mut AccessibilityNode), With<Toggle>>,
    mut marks: Query<&mut Node, With<TickMark>>,
) {
    for (on, children, mut node) in &mut toggles {
        let state = if on { Toggled::True } else { Toggled::False };
        if node.toggled() != Some(state) {
            node.set_toggled(state);
        }
        for child in children {
            if let Ok(mut mark) = marks.get_mut(*child) {
                let display = if on { Display::Flex } else { Display::None };
                if mark.display != display {
                    mark.display = display;
                }
            }
        }
    }
}
