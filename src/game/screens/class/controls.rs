//! The teacher's controls along the foot of the big screen: each a button with its own name and key.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::people::OpenPeople;
use super::{Building, Undoes};
use crate::classroom::protocol::Order;
use crate::game::class::closing::AskToLeave;
use crate::game::class::{Ask, CurrentClass};
use crate::game::focus::{AutoFocus, Shortcut};
use crate::game::layout::Adapt;
use crate::game::screens::parts::{Spawner, aside_at_foot, foot};
use crate::game::text::class as text;
use crate::game::theme::{space, stroke};
use crate::game::widgets::{Caption, back_button, button, main_button, quiet_button, spacer};

/// What a control asks for.
#[derive(Component, Debug, Clone)]
pub struct Does(pub Order);

#[derive(Component)]
struct LockButton;
#[derive(Component)]
struct PeopleButton;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, follow.after(Building).run_if(resource_changed::<CurrentClass>));
}

fn press(on: On<Activate>, controls: Query<&Does>, mut undoes: ResMut<Undoes>, mut commands: Commands) {
    let Ok(Does(order)) = controls.get(on.entity) else { return };
    match order {
        Order::Skip | Order::Void { .. } | Order::Correct { .. } => undoes.0 += 1,
        Order::Undo => undoes.0 = undoes.0.saturating_sub(1),
        _ => {}
    }
    commands.trigger(Ask(order.clone()));
}

/// A control that asks the room for this.
pub fn does(order: Order) -> impl Bundle {
    (Does(order), observe(press))
}

/// Less wide at its sides: many stand in one row.
#[must_use]
pub fn low() -> Adapt {
    Adapt(|node, form| node.padding = UiRect::axes(px(if form.is_narrow() { 12. } else { 16. }), px(space::TIGHT)))
}

/// As low as can be pressed: at the head of the screen.
fn lower() -> Adapt {
    Adapt(|node, _| {
        node.min_height = px(stroke::TARGET);
        node.padding = UiRect::axes(px(14), px(4));
    })
}

/// The screen's main action, which has the focus.
pub fn main(parent: &mut Spawner, caption: impl Into<String>, order: Order) {
    parent.spawn((main_button(caption), AutoFocus, does(order)));
}

/// "Leave", which asks first.
pub fn leave(parent: &mut Spawner) {
    parent.spawn((
        back_button(text::LEAVE),
        low(),
        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(AskToLeave { quit: false })),
    ));
}

/// "Students (24)"
pub fn people(parent: &mut Spawner, count: usize) {
    parent.spawn((
        button(text::people(count)),
        PeopleButton,
        low(),
        Shortcut::key(text::KEY_PEOPLE),
        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(OpenPeople { page: 0 })),
    ));
}

/// "Lock the room" and "Unlock the room".
pub fn lock(parent: &mut Spawner, locked: bool) {
    parent.spawn((
        button(if locked { text::UNLOCK } else { text::LOCK }),
        LockButton,
        low(),
        Shortcut::key(text::KEY_LOCK),
        does(if locked { Order::Unlock } else { Order::Lock }),
    ));
}

/// "Pause"
pub fn pause(parent: &mut Spawner) {
    parent.spawn((quiet_button(text::PAUSE), lower(), Shortcut::key(text::KEY_PAUSE), does(Order::Pause)));
}

/// "Skip"
pub fn skip(parent: &mut Spawner) {
    parent.spawn((quiet_button(text::SKIP), lower(), Shortcut::key(text::KEY_SKIP), does(Order::Skip)));
}

/// The foot of a face in class: what is the same on all of them, then what `fill` adds at its end.
pub fn edge(
    root: &mut Spawner,
    (people_count, locked): (usize, bool),
    fill: impl FnOnce(&mut Spawner) + Send + Sync + 'static,
) {
    root.spawn(foot(move |foot| {
        leave(foot);
        foot.spawn(aside_at_foot(move |aside| {
            people(aside, people_count);
            lock(aside, locked);
        }));
        foot.spawn(spacer());
        fill(foot);
    }));
}

/// Captions in step with the room.
fn follow(
    current: Res<CurrentClass>,
    mut locks: Query<(&mut Caption, &mut Does), (With<LockButton>, Without<PeopleButton>)>,
    mut peoples: Query<&mut Caption, With<PeopleButton>>,
) {
    let Some(scene) = current.get() else { return };
    let locked = scene.snapshot.locked;
    for (mut caption, mut does) in &mut locks {
        caption.set_if_neq(Caption((if locked { text::UNLOCK } else { text::LOCK }).to_owned()));
        does.0 = if locked { Order::Unlock } else { Order::Lock };
    }
    for mut caption in &mut peoples {
        caption.set_if_neq(Caption(text::people(scene.snapshot.people.len())));
    }
}
