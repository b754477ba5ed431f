//! Leaving asks first, and keeps the class for going on later.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};
use bevy::window::{ClosingWindow, PrimaryWindow};

use super::people::{Over, close_over, panel_over};
use crate::classroom::protocol::Order;
use crate::game::class::closing::{AskToLeave, Asked};
use crate::game::class::{Ask, Class, CloseClass, CurrentClass};
use crate::game::focus::{AutoFocus, EscAction};
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Caption, button, heading, main_button, quiet_button, spacer, text as words};
use crate::quiz::Stage;

#[derive(Component)]
struct Sure;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(ask).add_observer(close_window).add_observer(asked_again);
}

/// Once the dialog is gone, the next close asks again.
fn asked_again(_: On<Remove, Over>, mut asked: ResMut<Asked>) {
    asked.0 = false;
}

fn ask(
    asked: On<AskToLeave>,
    (class, current): (Res<Class>, Res<CurrentClass>),
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    let Some(open) = class.get() else { return };
    let quit = asked.quit;
    let stage = current.view().map(|view| view.stage);
    if stage == Some(Stage::Finished) {
        // Nothing is left to go on with.
        commands.trigger(CloseClass);
        if quit {
            commands.trigger(Quit);
        }
        return;
    }
    close_over(&over, &mut commands);
    let saved = open.plate.facts.unsaved.is_none();
    let begun = stage.is_some_and(|stage| stage != Stage::Lobby);
    commands.spawn(panel_over(
        text::LEAVE_HEADING,
        move |area| {
            area.spawn(heading(text::LEAVE_HEADING, Type::Heading));
            area.spawn(words(if saved { text::LEAVE_HINT } else { text::LEAVE_UNSAVED }, Type::Body, Token::Text));
        },
        move |foot| {
            if begun {
                foot.spawn((quiet_button(text::END), observe(end)));
            }
            foot.spawn(spacer());
            let caption = match (saved, quit) {
                (false, _) => text::LEAVE,
                (true, false) => text::LEAVE_KEEP,
                (true, true) => text::QUIT_KEEP,
            };
            foot.spawn((
                button(caption),
                observe(move |_: On<Activate>, mut commands: Commands| {
                    commands.trigger(CloseClass);
                    if quit {
                        commands.trigger(Quit);
                    }
                }),
            ));
            foot.spawn((
                main_button(text::STAY),
                EscAction,
                AutoFocus,
                observe(|_: On<Activate>, over: Query<Entity, With<Over>>, mut commands: Commands| {
                    close_over(&over, &mut commands);
                }),
            ));
        },
    ));
}

/// Closes the window.
#[derive(Event, Debug, Clone, Copy)]
struct Quit;

fn end(
    on: On<Activate>,
    sure: Query<(), With<Sure>>,
    mut captions: Query<&mut Caption>,
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    if sure.contains(on.entity) {
        commands.trigger(Ask(Order::End));
        close_over(&over, &mut commands);
    } else if let Ok(mut caption) = captions.get_mut(on.entity) {
        text::END_REALLY.clone_into(&mut caption.0);
        commands.entity(on.entity).insert(Sure);
    }
}

fn close_window(_: On<Quit>, windows: Query<Entity, With<PrimaryWindow>>, mut commands: Commands) {
    for window in &windows {
        commands.entity(window).try_insert(ClosingWindow);
    }
}
