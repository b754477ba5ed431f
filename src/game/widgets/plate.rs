//! A team's plate: shape, name, points, and the key that it presses. Several stand in a row; one may be a button.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::picking::Pickable;
use bevy::prelude::*;

use super::control::{Inner, Skin, control};
use super::dash::Dashed;
use super::icon::{Icon, icon};
use super::paint::{Edge, Fill};
use super::text::silent;
use crate::game::layout::OwnAdapt;
use crate::game::text;
use crate::game::theme::{Token, Type, radius, space, stroke};

/// What a plate shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// The team.
    pub name: String,
    /// Its points.
    pub points: u32,
    /// Its colour and shape.
    pub slot: usize,
    /// How it stands.
    pub state: PlateState,
    /// The key that it presses.
    pub key: Option<char>,
    /// What is read out.
    pub spoken: String,
}

/// How a plate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlateState {
    /// Like the others.
    Plain,
    /// It can be pressed.
    Button,
    /// The one that counts now: filled with its colour.
    Active,
    /// Out: dashed, with a ✕.
    Out,
}

type Parts<'w> = RelatedSpawner<'w, ChildOf>;

fn shape() -> Node {
    Node {
        flex_grow: 1.,
        flex_shrink: 1.,
        min_height: px(stroke::TARGET),
        border: UiRect::all(px(stroke::CONTROL)),
        border_radius: BorderRadius::all(px(radius::CONTROL)),
        align_items: AlignItems::Center,
        column_gap: px(space::TIGHT),
        ..default()
    }
}

/// A plate of the parent's row; give a [`PlateState::Button`] what its press does.
pub fn plate<'a>(row: &'a mut Parts, face: &Plate) -> EntityWorldMut<'a> {
    let adapt = OwnAdapt(|node, form| {
        let narrow = form.is_narrow();
        node.padding = UiRect::axes(px(if narrow { 6. } else { 10. }), px(4));
        node.flex_basis = if narrow { Val::Auto } else { px(0) };
        node.min_width = px(if narrow { 72. } else { 120. });
    });
    let (fill, edge, ink) = match face.state {
        PlateState::Active => (Token::Slot(face.slot), Token::Text, Token::OnSlot),
        PlateState::Out => (Token::Clear, Token::Clear, Token::Soft),
        PlateState::Plain | PlateState::Button => (Token::Panel, Token::Clear, Token::Text),
    };
    let mut plate = if face.state == PlateState::Button {
        row.spawn((control(Role::Button, Skin::Plain, face.spoken.clone()), shape(), adapt))
    } else {
        let mut access = Access::new(Role::ListItem);
        access.set_label(face.spoken.as_str());
        row.spawn((AccessibilityNode(access), Fill(fill), Edge(edge), shape(), adapt, Pickable::IGNORE))
    };
    if face.state == PlateState::Out {
        plate.insert(Dashed(Token::Line));
    }
    let face = face.clone();
    plate.with_children(move |parts| {
        mark(parts, &face, ink);
        parts
            .spawn((
                Node {
                    flex_direction: FlexDirection::Column,
                    flex_grow: 1.,
                    flex_shrink: 1.,
                    min_width: px(0),
                    ..default()
                },
                OwnAdapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
                Pickable::IGNORE,
            ))
            .with_children(|lines| {
                // A phone has room for shapes; whose turn it is stands above in words.
                lines.spawn((
                    Node::default(),
                    OwnAdapt(|node, form| node.display = if form.is_narrow() { Display::None } else { Display::Flex }),
                    Pickable::IGNORE,
                    children![(silent(face.name.clone(), Type::Cap, true, ink), Inner)],
                ));
                lines
                    .spawn((
                        Node {
                            align_items: AlignItems::Center,
                            justify_content: JustifyContent::SpaceBetween,
                            column_gap: px(6),
                            flex_wrap: FlexWrap::Wrap,
                            ..default()
                        },
                        Pickable::IGNORE,
                    ))
                    .with_children(|line| {
                        line.spawn((silent(text::grouped(face.points), Type::Cap, false, ink), Inner));
                        if let Some(key) = face.key.filter(|_| face.state == PlateState::Button) {
                            line.spawn((
                                Node {
                                    border: UiRect::all(px(1.5)),
                                    padding: UiRect::axes(px(7), px(0)),
                                    border_radius: BorderRadius::all(px(radius::SMALL)),
                                    flex_shrink: 0.,
                                    ..default()
                                },
                                Edge(Token::Line),
                                Pickable::IGNORE,
                                children![(silent(key.to_string(), Type::Cap, true, ink), Inner)],
                            ));
                        }
                    });
            });
    });
    plate
}

/// The team's shape on its colour, or what has become of it.
fn mark(parts: &mut Parts, face: &Plate, ink: Token) {
    let (shape, ground, tint) = match face.state {
        PlateState::Out => (Icon::Miss, Token::Clear, ink),
        PlateState::Active => (Icon::slot(face.slot), Token::Clear, Token::OnSlot),
        PlateState::Plain | PlateState::Button => (Icon::slot(face.slot), Token::Slot(face.slot), Token::OnSlot),
    };
    parts.spawn((
        Node {
            width: px(28),
            height: px(28),
            flex_shrink: 0.,
            border_radius: BorderRadius::all(px(radius::SMALL)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        Fill(ground),
        Pickable::IGNORE,
        children![icon(shape, 18., tint)],
    ));
}
