//! "Share result": the picture as it will be, and four ways to take it along, or its words.

use bevy::clipboard::Clipboard;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use super::parts::with;
use crate::game::a11y::Announce;
use crate::game::dialogs::{FileKind, SaveFile};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::progress::{Calendar, Progress};
use crate::game::session::{CurrentView, Notices, Session};
use crate::game::share::board::{Board, Copied};
use crate::game::share::{Report, canvas, code_of, picture};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{back_button, button, column, dialog, heading, main_button, row, scroll};
use crate::game::widgets::{text as words, unspoken};

/// The dialog; what it shares, and what had the focus before.
#[derive(Component)]
struct Sharing {
    report: Report,
    opener: Entity,
}

/// Says what has been copied.
#[derive(Component)]
struct Said;

/// What a button does.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    CopyText,
    CopyPicture,
    SaveText,
    SavePicture,
}

/// "Share result".
#[must_use]
pub fn share_button() -> impl Bundle {
    (button(text::SHARE), observe(open))
}

/// What the match on screen has to tell.
fn report(view: &CurrentView, session: &Session, progress: &Progress, calendar: Calendar) -> Option<Report> {
    let best = progress.outcome().and_then(text::beside_best);
    Report::of(view.get()?, code_of(session), text::date(calendar.today()), best)
}

fn open(
    on: On<Activate>,
    (view, session, progress, calendar): (Res<CurrentView>, Res<Session>, Res<Progress>, Res<Calendar>),
    mut images: ResMut<Assets<Image>>,
    mut commands: Commands,
) {
    let Some(report) = report(&view, &session, &progress, *calendar) else { return };
    let shown = images.add(picture::draw(&report).into_image());
    commands.spawn((
        dialog(text::SHARE_HEADING),
        DespawnOnExit(Screen::Results),
        Sharing { report, opener: on.entity },
        with(move |root| {
            root.spawn((
                scroll(with(move |area| {
                    area.spawn((
                        Node { align_items: AlignItems::Center, ..column() },
                        with(move |lines| {
                            lines.spawn(heading(text::SHARE_HEADING, Type::Heading));
                            lines.spawn((
                                Node {
                                    width: percent(100),
                                    max_width: px(560),
                                    aspect_ratio: Some(1200. / 630.),
                                    ..default()
                                },
                                ImageNode::new(shown),
                                unspoken(),
                                Pickable::IGNORE,
                            ));
                            lines
                                .spawn(Node { width: percent(100), justify_content: JustifyContent::Center, ..row() })
                                .with_children(|line| {
                                    line.spawn((
                                        main_button(text::COPY_TEXT),
                                        AutoFocus,
                                        Take::CopyText,
                                        observe(take),
                                    ));
                                    line.spawn((button(text::COPY_PICTURE), Take::CopyPicture, observe(take)));
                                    line.spawn((button(text::SAVE_TEXT), Take::SaveText, observe(take)));
                                    line.spawn((button(text::SAVE_PICTURE), Take::SavePicture, observe(take)));
                                });
                            lines.spawn((words("", Type::Body, Token::Text), Said));
                        }),
                    ));
                })),
                Adapt(|node, _| node.width = percent(100)),
            ));
            root.spawn(Node { width: percent(100), flex_shrink: 0., ..row() }).with_children(|foot| {
                foot.spawn((
                    back_button(text::CLOSE),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(CloseSharing)),
                ));
            });
        }),
    ));
}

/// Closes the dialog.
#[derive(Event, Debug, Clone, Copy)]
struct CloseSharing;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(close);
}

fn close(_: On<CloseSharing>, open: Query<(Entity, &Sharing)>, mut focus: ResMut<InputFocus>, mut commands: Commands) {
    for (entity, sharing) in &open {
        commands.entity(entity).despawn();
        focus.set(sharing.opener, FocusCause::Navigated);
    }
}

fn take(
    on: On<Activate>,
    buttons: Query<&Take>,
    open: Query<&Sharing>,
    (mut board, mut clipboard): (ResMut<Board>, ResMut<Clipboard>),
    mut said: Query<&mut Text, With<Said>>,
    mut announce: MessageWriter<Announce>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let (Ok(take), Ok(Sharing { report, .. })) = (buttons.get(on.entity), open.single()) else { return };
    let drawn = || picture::draw(report).into_image();
    let copied = match take {
        Take::CopyText => board.copy(&mut clipboard, Copied::Text(report.text())),
        Take::CopyPicture => board.copy(&mut clipboard, Copied::Picture(drawn())),
        Take::SaveText => {
            save(FileKind::Text, format!("{}.txt", report.file_name()), report.text().into_bytes(), &mut commands);
            return;
        }
        Take::SavePicture => match canvas::png(drawn()) {
            Ok(file) => {
                save(FileKind::Picture, format!("{}.png", report.file_name()), file, &mut commands);
                return;
            }
            Err(why) => Err(why),
        },
    };
    match copied {
        Ok(()) => {
            let words = if *take == Take::CopyText { text::TEXT_COPIED } else { text::PICTURE_COPIED };
            for mut line in &mut said {
                words.clone_into(&mut line.0);
            }
            announce.write(Announce(words.to_owned()));
        }
        Err(why) => {
            // A notice lies on the screen beneath.
            commands.trigger(CloseSharing);
            notices.tell(text::result_not_copied(&why));
        }
    }
}

/// The system's dialog comes in place of this one, and tells where the file lies.
fn save(kind: FileKind, suggested_name: String, bytes: Vec<u8>, commands: &mut Commands) {
    commands.trigger(CloseSharing);
    commands.trigger(SaveFile { kind, suggested_name, bytes, tag: "result" });
}
