//! "Share result": the picture as it will be, ways to take it or its words along, and a link for whoever wants to beat it.

use std::sync::{Arc, Mutex, PoisonError};

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::clipboard::Clipboard;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use super::parts::{Spawner, with};
use crate::game::a11y::Announce;
use crate::game::app::Options;
use crate::game::dialogs::{FileKind, SaveFile};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::progress::{Calendar, Progress};
use crate::game::redraw::Waker;
use crate::game::session::{CurrentView, Notices, Session};
use crate::game::share::board::{Board, Copied, Done};
use crate::game::share::{Report, canvas, code_of, link_of, picture, qr};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{back_button, button, centred, column, dialog, heading, main_button, panel, row, scroll};
use crate::game::widgets::{text as words, unspoken};

/// How wide the QR code is, in pixels: a module of a long link stays three wide.
const QR: f32 = 180.;

/// The dialog, and what it shares.
#[derive(Component)]
struct Sharing {
    report: Report,
}

/// Says what has been copied.
#[derive(Component)]
struct Said;

/// What the clipboard has answered, and what is told then.
#[derive(Resource, Default, Clone)]
struct Answers(Arc<Mutex<Vec<(&'static str, Result<(), String>)>>>);

/// What a button does.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Take {
    CopyLink,
    #[cfg(target_family = "wasm")]
    Sheet,
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
fn report(
    view: &CurrentView,
    (session, progress, library): (&Session, &Progress, &Library),
    calendar: Calendar,
    page: Option<&str>,
) -> Option<Report> {
    let best = progress.outcome().and_then(text::beside_best);
    let view = view.get()?;
    let link = link_of(session, library, page, view.you.as_ref()?.credit);
    Report::of(view, code_of(session), text::date(calendar.today()), best, link)
}

fn open(
    _: On<Activate>,
    (view, session, progress, calendar): (Res<CurrentView>, Res<Session>, Res<Progress>, Res<Calendar>),
    (library, options): (Res<Library>, Res<Options>),
    mut images: ResMut<Assets<Image>>,
    mut commands: Commands,
) {
    let all = (&*session, &*progress, &*library);
    let Some(report) = report(&view, all, *calendar, options.page.as_deref()) else { return };
    let code = report.link.as_deref().and_then(qr::draw).map(|code| images.add(code));
    let told = report.clone();
    let shown = images.add(picture::draw(&report).into_image());
    commands.spawn((
        dialog(text::SHARE_HEADING),
        DespawnOnExit(Screen::Results),
        Sharing { report },
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
                            challenge(lines, &told, code);
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

/// "Beat my 15½": the link in a QR code and on a button, or where there is none, the game code.
fn challenge(lines: &mut Spawner, report: &Report, code: Option<Handle<Image>>) {
    let (Some(_), Some(game_code)) = (report.code.as_ref().or(report.link.as_ref()), report.code.clone()) else {
        return;
    };
    let (credit, link) = (report.credit, report.link.is_some());
    lines.spawn((panel(), Adapt(|node, _| node.align_items = AlignItems::Center))).with_children(|panel| {
        panel.spawn(heading(text::beat_my(credit), Type::Label));
        panel.spawn(words(text::game_code_short(&game_code), Type::Body, Token::Text));
        if let Some(code) = code {
            let mut access = Access::new(Role::Image);
            access.set_label(text::qr_name(credit));
            panel.spawn((
                Node { width: px(QR), height: px(QR), flex_shrink: 0., ..default() },
                AccessibilityNode(access),
                Pickable::IGNORE,
                // The engine names pictures after their children, and this one has none.
                children![(
                    Node { width: percent(100), height: percent(100), ..default() },
                    ImageNode::new(code),
                    unspoken(),
                    Pickable::IGNORE,
                )],
            ));
        }
        panel.spawn(centred(if link { text::LINK_HINT } else { text::CODE_HINT }, Type::Body, false, Token::Soft));
        if link {
            panel.spawn(Node { justify_content: JustifyContent::Center, ..row() }).with_children(|line| {
                line.spawn((button(text::COPY_LINK), Take::CopyLink, observe(take)));
                #[cfg(target_family = "wasm")]
                if crate::game::web::clipboard::can_share() {
                    line.spawn((button(text::SHARE_SHEET), Take::Sheet, observe(take)));
                }
            });
        }
    });
}

/// Closes the dialog.
#[derive(Event, Debug, Clone, Copy)]
struct CloseSharing;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Answers>().add_observer(close).add_systems(Update, tell);
}

/// The focus goes back by itself to where it was.
fn close(_: On<CloseSharing>, open: Query<Entity, With<Sharing>>, mut commands: Commands) {
    for entity in &open {
        commands.entity(entity).despawn();
    }
}

fn take(
    on: On<Activate>,
    buttons: Query<&Take>,
    open: Query<&Sharing>,
    (mut board, mut clipboard): (ResMut<Board>, ResMut<Clipboard>),
    (answers, waker): (Res<Answers>, Res<Waker>),
    mut commands: Commands,
) {
    let (Ok(take), Ok(Sharing { report, .. })) = (buttons.get(on.entity), open.single()) else { return };
    let drawn = || picture::draw(report).into_image();
    let (answers, waker) = (answers.clone(), waker.clone());
    let tells = move |words: &'static str| -> Done {
        Box::new(move |outcome| {
            answers.0.lock().unwrap_or_else(PoisonError::into_inner).push((words, outcome));
            waker.wake();
        })
    };
    match take {
        Take::CopyLink => {
            let link = report.link.clone().unwrap_or_default();
            board.copy(&mut clipboard, Copied::Text(link), tells(text::LINK_COPIED));
        }
        #[cfg(target_family = "wasm")]
        Take::Sheet => {
            let link = report.link.as_deref().unwrap_or_default();
            crate::game::web::clipboard::share(&text::beat_my(report.credit), link, tells(""));
        }
        Take::CopyText => board.copy(&mut clipboard, Copied::Text(report.text()), tells(text::TEXT_COPIED)),
        Take::CopyPicture => board.copy(&mut clipboard, Copied::Picture(drawn()), tells(text::PICTURE_COPIED)),
        Take::SaveText => {
            save(FileKind::Text, format!("{}.txt", report.file_name()), report.text().into_bytes(), &mut commands);
        }
        Take::SavePicture => match canvas::png(drawn()) {
            Ok(file) => save(FileKind::Picture, format!("{}.png", report.file_name()), file, &mut commands),
            Err(why) => tells("")(Err(why)),
        },
    }
}

/// What the clipboard has answered.
fn tell(
    answers: Res<Answers>,
    mut said: Query<&mut Text, With<Said>>,
    mut announce: MessageWriter<Announce>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let answers = std::mem::take(&mut *answers.0.lock().unwrap_or_else(PoisonError::into_inner));
    for (words, outcome) in answers {
        match outcome {
            Ok(()) => {
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
}

/// The system's dialog comes in place of this one, and tells where the file lies.
fn save(kind: FileKind, suggested_name: String, bytes: Vec<u8>, commands: &mut Commands) {
    commands.trigger(CloseSharing);
    commands.trigger(SaveFile { kind, suggested_name, bytes, tag: "result" });
}
