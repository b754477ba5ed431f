//! The report of a class, saved where the teacher likes: a page to print, a workbook, a table.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::people::{Over, close_button, close_over, panel_over};
use crate::classroom::report::{csv, html, xlsx};
use crate::game::class::Class;
use crate::game::class::open::DeleteClass;
use crate::game::dialogs::{FileKind, SaveFile};
use crate::game::focus::AutoFocus;
use crate::game::session::Notices;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Caption, button, heading, quiet_button, spacer, text as words};

/// Opens the dialog.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenReport;

/// In which form.
#[derive(Component, Debug, Clone, Copy)]
enum Form {
    Page,
    Workbook,
    Table,
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(open);
}

fn open(_: On<OpenReport>, over: Query<Entity, With<Over>>, mut commands: Commands) {
    close_over(&over, &mut commands);
    commands.spawn(panel_over(
        text::REPORT_HEADING,
        |area| {
            area.spawn(heading(text::REPORT_HEADING, Type::Heading));
            area.spawn(words(text::REPORT_HINT, Type::Body, Token::Text));
            for (form, caption) in [
                (Form::Page, text::REPORT_PAGE),
                (Form::Workbook, text::REPORT_WORKBOOK),
                (Form::Table, text::REPORT_TABLE),
            ] {
                area.spawn((button(caption), form, observe(save)));
            }
        },
        |foot| {
            foot.spawn((close_button(crate::game::text::CLOSE), AutoFocus));
            foot.spawn(spacer());
            foot.spawn((quiet_button(text::DELETE), observe(delete)));
        },
    ));
}

/// The button that deletes, once it has been pressed.
#[derive(Component)]
struct Sure;

fn delete(
    on: On<Activate>,
    sure: Query<(), With<Sure>>,
    mut captions: Query<&mut Caption>,
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    if sure.contains(on.entity) {
        close_over(&over, &mut commands);
        commands.trigger(DeleteClass);
    } else if let Ok(mut caption) = captions.get_mut(on.entity) {
        text::DELETE_REALLY.clone_into(&mut caption.0);
        commands.entity(on.entity).insert(Sure);
    }
}

fn save(
    on: On<Activate>,
    (class, forms): (Res<Class>, Query<&Form>),
    over: Query<Entity, With<Over>>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let (Ok(form), Some(open)) = (forms.get(on.entity), class.get()) else { return };
    // Where it lies is told in a notice, beneath no dialog.
    close_over(&over, &mut commands);
    let made = open.report().and_then(|report| {
        let bytes = match form {
            Form::Page => html::page(&report).into_bytes(),
            Form::Workbook => xlsx::workbook(&report).map_err(|error| error.to_string())?,
            Form::Table => csv::students(&report),
        };
        Ok::<_, String>(bytes)
    });
    let (kind, ending) = match form {
        Form::Page => (FileKind::Page, "html"),
        Form::Workbook => (FileKind::Workbook, "xlsx"),
        Form::Table => (FileKind::Table, "csv"),
    };
    match made {
        Ok(bytes) => commands.trigger(SaveFile {
            kind,
            suggested_name: format!("{}.{ending}", text::report_file(&open.plate.facts.title)),
            bytes,
            tag: "report",
        }),
        Err(why) => notices.tell(text::no_report(&why)),
    }
}
