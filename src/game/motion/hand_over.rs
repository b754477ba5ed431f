//! Screens hand over: the old one fades out over the new one, seen and nothing else. It can be neither pressed nor focused, and
//! assistive technology no longer knows it, from the very frame in which the new one takes the focus.
//!
//! A screen takes part by being a [`screen`](crate::game::widgets::screen) with `DespawnOnExit(Screen::…)`; one that replaces itself
//! gives its old root [`Leaving`] instead of despawning it.

use bevy::a11y::AccessibilityNode;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::state::state::StateTransitionSystems;
use bevy::ui::BackgroundGradient;

use super::{CountUp, FillUp, GoingOn, Moving, Pace};
use crate::game::focus::{AutoFocus, EscAction, Inert, MainAction, Modal, Shortcut};
use crate::game::screens::Screen;
use crate::game::widgets::{Backdrop, Opacity};

/// Above screens, below dialogs and notices.
const ABOVE: i32 = 5;

/// On its way out: despawned when it has faded, or at once where nothing may move.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Leaving;

/// Nothing within moves this time: it is shown again, not for the first time.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct AtOnce;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(let_go)
        .add_observer(stay_gone)
        .add_systems(
            StateTransition,
            keep_a_while
                .after(StateTransitionSystems::DependentTransitions)
                .before(StateTransitionSystems::ExitSchedules),
        )
        .add_systems(PostUpdate, (enter, at_once).chain().before(GoingOn));
}

/// Before the engine despawns what belongs to the screen that is left.
fn keep_a_while(
    mut transitions: MessageReader<StateTransitionEvent<Screen>>,
    roots: Query<(Entity, &DespawnOnExit<Screen>), (With<Backdrop>, Without<Leaving>)>,
    mut commands: Commands,
) {
    let Some(transition) = transitions.read().last() else { return };
    if transition.entered == transition.exited {
        return;
    }
    for (entity, on_exit) in &roots {
        if Some(on_exit.0) == transition.exited {
            commands.entity(entity).insert(Leaving);
        }
    }
}

fn let_go(
    added: On<Add, Leaving>,
    pace: Pace,
    children: Query<&Children>,
    opacities: Query<&Opacity>,
    mut commands: Commands,
) {
    let root = added.entity;
    if pace.still() {
        commands.entity(root).despawn();
        return;
    }
    for part in std::iter::once(root).chain(children.iter_descendants(root)) {
        commands
            .entity(part)
            .remove::<(AccessibilityNode, TabIndex, AutoFocus, Outline, Shortcut, MainAction, EscAction)>()
            .remove::<(Modal, Moving, CountUp, FillUp)>();
    }
    let opacity = opacities.get(root).map_or(1., |opacity| opacity.share);
    commands
        .entity(root)
        // The new screen lies beneath, with the same ground.
        .remove::<(DespawnOnExit<Screen>, Backdrop, BackgroundGradient)>()
        .insert((BackgroundColor(Color::NONE), GlobalZIndex(ABOVE), Inert, Moving::leave(opacity)));
}

/// The engine gives every image that changes a node of its own.
fn stay_gone(
    inserted: On<Insert, AccessibilityNode>,
    leaving: Query<(), With<Leaving>>,
    parents: Query<&ChildOf>,
    mut commands: Commands,
) {
    if !leaving.is_empty() && parents.iter_ancestors(inserted.entity).any(|parent| leaving.contains(parent)) {
        commands.entity(inserted.entity).try_remove::<AccessibilityNode>();
    }
}

/// What comes in the frame in which something leaves takes its place.
fn enter(
    new: Query<Entity, (Added<Backdrop>, Without<Leaving>)>,
    leaving: Query<Ref<Leaving>>,
    mut commands: Commands,
) {
    if !new.is_empty() && leaving.iter().any(|leaving| leaving.is_added()) {
        for root in &new {
            commands.entity(root).insert((Moving::enter(), Opacity { share: 0., alone: false }));
        }
    }
}

fn at_once(
    roots: Query<Entity, Added<AtOnce>>,
    children: Query<&Children>,
    mut moving: Query<&mut Moving>,
    mut counting: Query<&mut CountUp>,
) {
    for part in roots.iter().flat_map(|root| children.iter_descendants(root)) {
        if let Ok(mut motion) = moving.get_mut(part) {
            motion.run.finish();
        }
        if let Ok(mut count) = counting.get_mut(part) {
            count.finish();
        }
    }
}
