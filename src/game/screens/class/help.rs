//! What to try if phones cannot connect.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::people::{Over, close_over, panel_over};
use crate::game::class::Class;
use crate::game::focus::{AutoFocus, EscAction};
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{heading, main_button, text as words};

/// Opens it.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenHelp;

/// The dialog.
pub(super) fn open(_: On<OpenHelp>, class: Res<Class>, over: Query<Entity, With<Over>>, mut commands: Commands) {
    let Some(open) = class.get() else { return };
    close_over(&over, &mut commands);
    let others: Vec<String> = open.plate.others().into_iter().map(|(address, _)| address).collect();
    let lines = text::what_to_try(open.plate.facts.port, &others);
    commands.spawn(panel_over(
        text::HELP_HEADING,
        move |area| {
            area.spawn(heading(text::HELP_HEADING, Type::Heading));
            for line in lines {
                area.spawn(words(line, Type::Body, Token::Text));
            }
        },
        |foot| {
            foot.spawn((
                main_button(crate::game::text::CLOSE),
                EscAction,
                AutoFocus,
                observe(|_: On<Activate>, over: Query<Entity, With<Over>>, mut commands: Commands| {
                    close_over(&over, &mut commands);
                }),
            ));
        },
    ));
}
