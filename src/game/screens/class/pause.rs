//! The class stands still: stem and options are hidden.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::{Building, Face, controls, scrolled};
use crate::classroom::protocol::Order;
use crate::game::class::CurrentClass;
use crate::game::focus::Shortcut;
use crate::game::screens::Screen;
use crate::game::screens::parts::{Spawner, beside_the_ring};
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{bold, heading, hint, quiet_button, text as words};
use crate::quiz::PauseReason;

#[derive(Component)]
struct Connected;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        follow.after(Building).run_if(in_state(Screen::Class).and_then(resource_changed::<CurrentClass>)),
    );
}

fn reason(face: &Face) -> String {
    match face.view.paused {
        Some(PauseReason::Restarted) => text::CLASS_IS_BACK.to_owned(),
        reason => common::paused_by(reason.unwrap_or(PauseReason::Teacher)).to_owned(),
    }
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    format!("{}. {}", common::PAUSED, reason(face))
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let progress = face.view.shown.progress;
    let why = reason(face);
    let left = face.view.timer.map(|timer| timer.left_ms);
    let facts = face.class.facts.clone();
    let address = face.class.address();
    let people = face.scene.snapshot.people.clone();
    let here = people.iter().filter(|person| person.here).count();
    let all = people.len();
    super::header(root, face, false, false);
    scrolled(root, move |area| {
        area.spawn(beside_the_ring(progress, move |lines| {
            lines.spawn(heading(common::PAUSED, Type::Display));
            lines.spawn(words(why, Type::Body, Token::Text));
            if let Some(left) = left {
                lines.spawn(words(common::time_left(left), Type::Body, Token::Text));
            }
            lines.spawn((words(text::connected(here, all), Type::Body, Token::Text), Connected));
            if let Some(address) = address {
                lines.spawn(bold(text::back_at(&address, &facts.code.spoken()), Type::Label, Token::Text));
            }
            if let Some(wanted) = facts.instead_of.filter(|_| facts.resumed) {
                lines.spawn(hint(text::other_port(wanted, facts.port, true)));
            }
        }));
    });
    let locked = face.scene.snapshot.locked;
    let network = face.class.address().is_some();
    controls::edge(root, (all, locked), move |foot| {
        if network {
            foot.spawn((
                quiet_button(text::REMOTE),
                controls::low(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(super::remote::OpenRemote)),
            ));
        }
        foot.spawn((
            crate::game::widgets::main_button(text::RESUME),
            crate::game::focus::AutoFocus,
            // What stopped the clock starts it again.
            Shortcut::key(text::KEY_PAUSE),
            controls::does(Order::Resume),
        ));
    });
}

fn follow(current: Res<CurrentClass>, mut lines: Query<&mut Text, With<Connected>>) {
    let Some(scene) = current.get() else { return };
    let people = &scene.snapshot.people;
    let here = people.iter().filter(|person| person.here).count();
    for mut line in &mut lines {
        line.set_if_neq(Text(text::connected(here, people.len())));
    }
}
