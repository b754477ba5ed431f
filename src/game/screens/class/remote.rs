//! The remote's link: only on request, never together with what the class sees, and revocable.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::people::{Over, close_button, close_over, panel_over};
use super::{Building, lobby};
use crate::classroom::protocol::Order;
use crate::game::a11y::Announce;
use crate::game::class::{Ask, Class, CurrentClass};
use crate::game::focus::AutoFocus;
use crate::game::screens::Screen;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{bold, heading, hint, main_button, quiet_button, spacer, text as words};

/// How wide the code is.
const QR: f32 = 260.;

/// Opens the dialog.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenRemote;

/// Whether a new link was asked for, and which one was there before.
#[derive(Resource, Default)]
struct Wanted {
    now: bool,
    before: Option<String>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Wanted>().add_observer(open).add_systems(
        Update,
        show.after(Building).run_if(in_state(Screen::Class).and_then(resource_changed::<CurrentClass>)),
    );
}

/// First a warning: what comes next is for one pair of eyes.
fn open(
    _: On<OpenRemote>,
    (class, current): (Res<Class>, Res<CurrentClass>),
    over: Query<Entity, With<Over>>,
    mut wanted: ResMut<Wanted>,
    mut commands: Commands,
) {
    let (Some(open), Some(scene)) = (class.get(), current.get()) else { return };
    close_over(&over, &mut commands);
    wanted.now = false;
    let there = scene.snapshot.remote.is_some();
    let network = open.plate.address().is_some();
    commands.spawn(panel_over(
        text::REMOTE_HEADING,
        move |area| {
            area.spawn(heading(text::REMOTE_HEADING, Type::Heading));
            area.spawn(words(
                if network { text::REMOTE_BEFORE } else { text::REMOTE_NO_NETWORK },
                Type::Body,
                Token::Text,
            ));
            if there {
                area.spawn(words(text::REMOTE_THERE, Type::Body, Token::Soft));
            }
        },
        move |foot| {
            foot.spawn((close_button(crate::game::text::CLOSE), AutoFocus));
            if there {
                foot.spawn((quiet_button(text::REVOKE), observe(revoke)));
            }
            foot.spawn(spacer());
            if network {
                foot.spawn((main_button(text::SHOW_REMOTE), observe(ask)));
            }
        },
    ));
}

fn ask(_: On<Activate>, current: Res<CurrentClass>, mut wanted: ResMut<Wanted>, mut commands: Commands) {
    *wanted = Wanted { now: true, before: current.get().and_then(|scene| scene.snapshot.remote.clone()) };
    commands.trigger(Ask(Order::NewRemote));
}

fn revoke(
    _: On<Activate>,
    over: Query<Entity, With<Over>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    commands.trigger(Ask(Order::RevokeRemote));
    announce.write(Announce(text::REVOKED.to_owned()));
    close_over(&over, &mut commands);
}

/// The new link has come: nothing but it is on the screen.
fn show(
    (class, current): (Res<Class>, Res<CurrentClass>),
    mut wanted: ResMut<Wanted>,
    over: Query<Entity, With<Over>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    if !wanted.now {
        return;
    }
    let path = current.get().and_then(|scene| scene.snapshot.remote.clone());
    let Some(link) =
        path.filter(|path| Some(path) != wanted.before.as_ref()).and_then(|path| class.get()?.plate.link_to(&path))
    else {
        return;
    };
    wanted.now = false;
    // Closed meanwhile: then nobody waits for it, and nobody shall see it.
    if over.is_empty() {
        return;
    }
    close_over(&over, &mut commands);
    announce.write(Announce(text::PAIR_NOW.to_owned()));
    commands.spawn(panel_over(
        text::REMOTE_HEADING,
        move |area| {
            area.spawn(heading(text::REMOTE_HEADING, Type::Heading));
            area.spawn(bold(text::PAIR_NOW, Type::Label, Token::Gold));
            lobby::code(area, link.clone(), text::REMOTE_QR, QR);
            area.spawn(hint(link));
        },
        |foot| {
            foot.spawn((quiet_button(text::REVOKE), observe(revoke)));
            foot.spawn(spacer());
            foot.spawn((
                main_button(crate::game::text::CLOSE),
                crate::game::focus::EscAction,
                AutoFocus,
                observe(|_: On<Activate>, over: Query<Entity, With<Over>>, mut commands: Commands| {
                    close_over(&over, &mut commands);
                }),
            ));
        },
    ));
}
