//! A bar that shows a share: progress, results by round.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;

use super::paint::{Draw, Edge, Fill};
use crate::game::theme::Token;

/// A bar; change it and it follows.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// From 0 to 1.
    pub share: f32,
    /// The colour.
    pub token: Token,
}

#[derive(Component)]
struct Filled;

/// `bar("Founding", Bar { share: 0.7, token: Token::Gold })`: as wide as its parent lets it be.
pub fn bar(name: impl Into<String>, value: Bar) -> impl Bundle {
    let mut access = Access::new(Role::ProgressIndicator);
    access.set_label(name.into());
    access.set_min_numeric_value(0.);
    access.set_max_numeric_value(100.);
    (
        value,
        AccessibilityNode(access),
        Node {
            height: px(16),
            width: percent(100),
            min_width: px(40),
            border: UiRect::all(px(1)),
            border_radius: BorderRadius::MAX,
            overflow: Overflow::clip(),
            ..default()
        },
        Fill(Token::Panel),
        Edge(Token::Line),
        children![(
            Filled,
            Node { height: percent(100), border_radius: BorderRadius::MAX, ..default() },
            Fill(value.token),
        )],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, show.in_set(Draw::Settle));
}

fn show(
    mut bars: Query<(&Bar, &Children, &mut AccessibilityNode), Changed<Bar>>,
    mut parts: Query<(&mut Node, &mut Fill), With<Filled>>,
) {
    for (bar, children, mut access) in &mut bars {
        let share = bar.share.clamp(0., 1.);
        access.set_numeric_value(f64::from((share * 100.).round()));
        for child in children {
            if let Ok((mut node, mut fill)) = parts.get_mut(*child) {
                node.width = percent(share * 100.);
                fill.set_if_neq(Fill(bar.token));
            }
        }
    }
}
