//! A row with a tick box. Press it and `ValueChange<bool>` comes from the row; the box shows [`Chosen`].

use accesskit::{Role, Toggled};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange};

use super::control::{CaptionText, Chosen, Inner, Skin, control};
use super::icon::{Icon, icon};
use super::look::Look;
use super::paint::{Draw, Edge, Fill, Tint};
use super::text::{aside, silent, text};
use crate::game::theme::{Token, Type, radius, space, stroke};

/// A tick box's row; ticked while it has [`Chosen`], which it changes itself.
#[derive(Component, Debug, Clone, Copy)]
pub struct CheckRow;

/// The colour of a row's box, where each row has its own.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxColour(pub Token);

#[derive(Component)]
struct TickBox;
#[derive(Component)]
struct TickMark;

/// `(check_row("Founding", "1949, the twelve, and why", "10 questions"), Chosen, observe(|on: On<ValueChange<bool>>| …))`.
/// The second and third line may be empty.
pub fn check_row(caption: impl Into<String>, about: impl Into<String>, beside: impl Into<String>) -> impl Bundle {
    let (caption, about, beside) = (caption.into(), about.into(), beside.into());
    (
        CheckRow,
        control(Role::CheckBox, Skin::Check, caption.clone()),
        Node {
            min_height: px(stroke::BUTTON),
            padding: UiRect::axes(px(space::INSIDE), px(12)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(radius::CONTROL)),
            align_items: AlignItems::Center,
            flex_wrap: FlexWrap::Wrap,
            column_gap: px(space::GAP),
            ..default()
        },
        children![
            (
                TickBox,
                Node {
                    width: px(28),
                    height: px(28),
                    flex_shrink: 0.,
                    border: UiRect::all(px(3)),
                    border_radius: BorderRadius::all(px(radius::SMALL)),
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..default()
                },
                Fill(Token::Clear),
                Edge(Token::Line),
                Pickable::IGNORE,
                children![(icon(Icon::Tick, 18., Token::Clear), TickMark)],
            ),
            (
                Node {
                    flex_direction: FlexDirection::Column,
                    flex_grow: 1.,
                    flex_shrink: 1.,
                    flex_basis: px(150),
                    min_width: px(0),
                    ..default()
                },
                Pickable::IGNORE,
                children![
                    (silent(caption, Type::Label, true, Token::Text), CaptionText, Inner),
                    (text(about.clone(), Type::Small, Token::Soft), Node { display: shown(&about), ..default() }),
                ],
            ),
            (
                aside(beside.clone()),
                Node { display: shown(&beside), flex_shrink: 1., margin: UiRect::left(Val::Auto), ..default() }
            ),
        ],
    )
}

/// An empty line takes no place.
fn shown(words: &str) -> Display {
    if words.is_empty() { Display::None } else { Display::Flex }
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(toggle).add_systems(PostUpdate, show.in_set(Draw::Settle));
}

fn toggle(on: On<Activate>, rows: Query<Has<Chosen>, With<CheckRow>>, mut commands: Commands) {
    if let Ok(ticked) = rows.get(on.entity) {
        if ticked {
            commands.entity(on.entity).remove::<Chosen>();
        } else {
            commands.entity(on.entity).insert(Chosen);
        }
        commands.trigger(ValueChange { source: on.entity, value: !ticked, is_final: true });
    }
}

/// What the box is painted with, and the tick in it.
pub(super) const fn look(ticked: bool) -> (Look, Token) {
    if ticked {
        (Look::of(Token::Gold, Token::Gold, Token::Text), Token::OnGold)
    } else {
        (Look::of(Token::Clear, Token::Line, Token::Text), Token::Clear)
    }
}

fn show(
    mut rows: Query<(Entity, Has<Chosen>, Option<&BoxColour>, &mut AccessibilityNode), With<CheckRow>>,
    children: Query<&Children>,
    mut boxes: Query<(&mut Fill, &mut Edge), With<TickBox>>,
    mut marks: Query<&mut Tint, With<TickMark>>,
) {
    for (entity, ticked, own, mut node) in &mut rows {
        let toggled = Some(if ticked { Toggled::True } else { Toggled::False });
        if node.toggled() != toggled
            && let Some(toggled) = toggled
        {
            node.set_toggled(toggled);
        }
        let (look, mark) = look(ticked);
        // A box of its own colour keeps it, full or empty.
        let colour = own.map(|own| own.0);
        let fill = colour.filter(|_| ticked).unwrap_or(look.fill);
        let edge = colour.unwrap_or(look.edge);
        let mark = if colour.is_some() && ticked { Token::OnRound } else { mark };
        for part in children.iter_descendants(entity) {
            if let Ok((mut old_fill, mut old_edge)) = boxes.get_mut(part) {
                old_fill.set_if_neq(Fill(fill));
                old_edge.set_if_neq(Edge(edge));
            }
            if let Ok(mut tint) = marks.get_mut(part) {
                tint.set_if_neq(Tint(mark));
            }
        }
    }
}
