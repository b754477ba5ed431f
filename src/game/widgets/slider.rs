//! A slider: drag it, press beside the thumb, or use the arrow keys. It may start without a value.

use accesskit::{Action, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::query::QueryFilter;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::FocusedInput;
use bevy::math::CompassOctant;
use bevy::picking::Pickable;
use bevy::picking::hover::Hovered;
use bevy::picking::pointer::PointerId;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, ComputedUiRenderTargetInfo, InteractionDisabled, Pressed, UiGlobalTransform, UiScale};
use bevy::ui_widgets::ValueChange;

use super::control::{Skin, control};
use super::look::Look;
use super::paint::{Draw, Edge, Fill};
use crate::game::a11y::{SetValue, StepValue};
use crate::game::focus::{KeepsArrows, Nudge};
use crate::game::text as words;
use crate::game::theme::{Token, radius, stroke};

/// A slider's value and range; change it and the slider follows.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Slide {
    /// Lowest.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Distance between values.
    pub step: f64,
    /// Where it stands; `None` for nowhere yet.
    pub value: Option<f64>,
}

impl Slide {
    /// The nearest value that the slider can have.
    #[must_use]
    pub fn snap(&self, value: f64) -> f64 {
        let steps =
            if self.step > 0. { ((value - self.min) / self.step).round() * self.step } else { value - self.min };
        // Away with the dust of binary fractions: 0.1 × 3.
        let snapped = ((self.min + steps) * 1e9).round() / 1e9;
        snapped.clamp(self.min, self.max.max(self.min))
    }

    /// The value some steps on; from nowhere, to the lowest or the highest.
    #[must_use]
    pub fn stepped(&self, steps: f64) -> f64 {
        match self.value {
            Some(value) => self.snap(value + steps * self.step),
            None if steps < 0. => self.max,
            None => self.min,
        }
    }

    fn share(&self) -> f64 {
        let span = self.max - self.min;
        match self.value {
            Some(value) if span > 0. => ((value - self.min) / span).clamp(0., 1.),
            _ => 0.,
        }
    }
}

#[derive(Component)]
struct Filled;
#[derive(Component)]
struct Thumb;

const THUMB: f32 = 30.;

/// What the way of the thumb is painted with.
pub(super) const TRACK: Look = Look::of(Token::Raised, Token::Line, Token::Text);
/// And the part of it that is behind the thumb.
pub(super) const VALUE: Token = Token::Gold;

/// What the thumb is painted with: hollow until there is a value.
pub(super) const fn thumb(has_value: bool, hovered: bool) -> Look {
    let fill = if has_value { Token::Text } else { Token::Ink };
    Look::of(fill, if hovered { Token::Gold } else { Token::Text }, Token::Text)
}

/// `(slider("Questions per round", Slide { … }), observe(|on: On<ValueChange<f64>>| …))`.
pub fn slider(name: impl Into<String>, slide: Slide) -> impl Bundle {
    (
        slide,
        control(Role::Slider, Skin::Own, name),
        KeepsArrows,
        Node {
            min_height: px(stroke::TARGET),
            min_width: px(120),
            flex_grow: 1.,
            align_items: AlignItems::Center,
            border_radius: BorderRadius::all(px(radius::SMALL)),
            ..default()
        },
        children![
            (
                Node {
                    position_type: PositionType::Absolute,
                    left: px(THUMB / 2.),
                    right: px(THUMB / 2.),
                    height: px(10),
                    border: UiRect::all(px(1)),
                    border_radius: BorderRadius::MAX,
                    ..default()
                },
                Fill(TRACK.fill),
                Edge(TRACK.edge),
                Pickable::IGNORE,
                children![(
                    Filled,
                    Node { height: percent(100), border_radius: BorderRadius::MAX, ..default() },
                    Fill(VALUE),
                    Pickable::IGNORE,
                )],
            ),
            ticks(slide),
            (
                // As wide as the thumb's way.
                Node {
                    position_type: PositionType::Absolute,
                    left: px(0),
                    right: px(THUMB),
                    height: px(THUMB),
                    ..default()
                },
                Pickable::IGNORE,
                children![(
                    Thumb,
                    Node {
                        position_type: PositionType::Absolute,
                        width: px(THUMB),
                        height: px(THUMB),
                        border: UiRect::all(px(3)),
                        border_radius: BorderRadius::MAX,
                        ..default()
                    },
                    Fill(Token::Text),
                    Edge(Token::Text),
                    Pickable::IGNORE,
                )],
            ),
        ],
    )
}

/// A mark for each step, where they can be told apart.
fn ticks(slide: Slide) -> impl Bundle {
    const MOST: f64 = 40.;
    let steps = if slide.step > 0. { ((slide.max - slide.min) / slide.step).floor() } else { 0. };
    (
        Node {
            position_type: PositionType::Absolute,
            left: px(THUMB / 2.),
            right: px(THUMB / 2.),
            bottom: px(3),
            height: px(6),
            justify_content: JustifyContent::SpaceBetween,
            ..default()
        },
        Pickable::IGNORE,
        Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
            if !(2. ..=MOST).contains(&steps) {
                return;
            }
            let mut at = 0.;
            while at <= steps {
                let mark = Node { width: px(2), height: percent(100), ..default() };
                parent.spawn((mark, Fill(TRACK.edge), Pickable::IGNORE));
                at += 1.;
            }
        })),
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(keys)
        .add_observer(press)
        .add_observer(tap)
        .add_observer(drag)
        .add_observer(nudge)
        .add_observer(step)
        .add_observer(set)
        .add_systems(PostUpdate, show.in_set(Draw::Settle));
}

fn change(entity: Entity, slide: &mut Mut<Slide>, value: f64, commands: &mut Commands) {
    let value = slide.snap(value);
    if slide.value != Some(value) {
        slide.value = Some(value);
        commands.trigger(ValueChange { source: entity, value, is_final: true });
    }
}

fn keys(
    mut on: On<FocusedInput<KeyboardInput>>,
    mut sliders: Query<&mut Slide, Without<InteractionDisabled>>,
    mut commands: Commands,
) {
    let Ok(mut slide) = sliders.get_mut(on.focused_entity) else {
        return;
    };
    if on.input.state != ButtonState::Pressed {
        return;
    }
    let value = match on.input.logical_key {
        Key::ArrowRight => slide.stepped(1.),
        Key::ArrowLeft => slide.stepped(-1.),
        Key::PageUp => slide.stepped(10.),
        Key::PageDown => slide.stepped(-10.),
        Key::Home => slide.min,
        Key::End => slide.max,
        _ => return,
    };
    on.propagate(false);
    change(on.focused_entity, &mut slide, value, &mut commands);
}

type Placed =
    (&'static mut Slide, &'static ComputedNode, &'static ComputedUiRenderTargetInfo, &'static UiGlobalTransform);

fn to_pointer<F: QueryFilter>(
    entity: Entity,
    position: Vec2,
    sliders: &mut Query<Placed, F>,
    scale: f32,
    commands: &mut Commands,
) -> bool {
    let Ok((mut slide, node, target, transform)) = sliders.get_mut(entity) else {
        return false;
    };
    let Some(at) = node.normalize_point(*transform, position * target.scale_factor() / scale) else {
        return false;
    };
    let width = node.size().x * node.inverse_scale_factor();
    let share = ((at.x + 0.5) * width - THUMB / 2.) / (width - THUMB).max(1.);
    let value = slide.min + f64::from(share.clamp(0., 1.)) * (slide.max - slide.min);
    change(entity, &mut slide, value, commands);
    true
}

fn press(
    on: On<Pointer<Press>>,
    mut sliders: Query<Placed, Without<InteractionDisabled>>,
    scale: Res<UiScale>,
    mut commands: Commands,
) {
    // A finger may be about to scroll: it moves the thumb by a tap, or sideways.
    if !matches!(on.pointer_id, PointerId::Touch(_)) {
        to_pointer(on.entity, on.pointer_location.position, &mut sliders, scale.0, &mut commands);
    }
}

fn tap(
    on: On<Pointer<Click>>,
    mut sliders: Query<Placed, (With<Pressed>, Without<InteractionDisabled>)>,
    scale: Res<UiScale>,
    mut commands: Commands,
) {
    if matches!(on.pointer_id, PointerId::Touch(_)) {
        to_pointer(on.entity, on.pointer_location.position, &mut sliders, scale.0, &mut commands);
    }
}

fn drag(
    mut on: On<Pointer<Drag>>,
    mut sliders: Query<Placed, Without<InteractionDisabled>>,
    scale: Res<UiScale>,
    mut commands: Commands,
) {
    let scrolling = matches!(on.pointer_id, PointerId::Touch(_)) && on.distance.y.abs() > on.distance.x.abs();
    if !scrolling && to_pointer(on.entity, on.pointer_location.position, &mut sliders, scale.0, &mut commands) {
        on.propagate(false);
    }
}

fn nudge(on: On<Nudge>, mut sliders: Query<&mut Slide, Without<InteractionDisabled>>, mut commands: Commands) {
    if let Ok(mut slide) = sliders.get_mut(on.entity) {
        let value = slide.stepped(if on.direction == CompassOctant::East { 1. } else { -1. });
        change(on.entity, &mut slide, value, &mut commands);
    }
}

fn step(on: On<StepValue>, mut sliders: Query<&mut Slide>, mut commands: Commands) {
    if let Ok(mut slide) = sliders.get_mut(on.entity) {
        let value = slide.stepped(on.by);
        change(on.entity, &mut slide, value, &mut commands);
    }
}

fn set(on: On<SetValue>, mut sliders: Query<&mut Slide>, mut commands: Commands) {
    if let Ok(mut slide) = sliders.get_mut(on.entity)
        && let Ok(value) = on.value.trim().parse()
    {
        change(on.entity, &mut slide, value, &mut commands);
    }
}

fn show(
    mut sliders: Query<(Entity, Ref<Slide>, &Hovered, &mut AccessibilityNode)>,
    children: Query<&Children>,
    mut fills: Query<&mut Node, (With<Filled>, Without<Thumb>)>,
    mut thumbs: Query<(&mut Node, &mut Fill, &mut Edge), With<Thumb>>,
) {
    for (entity, slide, hovered, mut access) in &mut sliders {
        if slide.is_changed() {
            access.set_min_numeric_value(slide.min);
            access.set_max_numeric_value(slide.max);
            access.set_numeric_value_step(slide.step);
            // Without a number no platform lets it be moved: nowhere is told in words, at the low end.
            access.set_numeric_value(slide.value.unwrap_or(slide.min));
            match slide.value {
                Some(_) => access.clear_value(),
                None => access.set_value(words::NO_VALUE),
            }
            for action in [Action::Increment, Action::Decrement, Action::SetValue] {
                access.add_action(action);
            }
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = slide.share() as f32;
        for part in children.iter_descendants(entity) {
            if let Ok(mut node) = fills.get_mut(part) {
                let width = percent(share * 100.);
                if node.width != width {
                    node.width = width;
                }
            }
            if let Ok((mut node, mut fill, mut edge)) = thumbs.get_mut(part) {
                let left = percent(share * 100.);
                if node.left != left {
                    node.left = left;
                }
                let look = thumb(slide.value.is_some(), hovered.get());
                fill.set_if_neq(Fill(look.fill));
                edge.set_if_neq(Edge(look.edge));
            }
        }
    }
}
