//! The system's file dialogs, seen from the window: [`PickFile`] and [`SaveFile`] in, [`FileAnswer`] out.
//!
//! ```ignore
//! commands.trigger(SaveFile { kind: FileKind::Text, suggested_name: "result.txt".into(), bytes, tag: "result" });
//! app.add_observer(|answer: On<FileAnswer>| if answer.tag == "result" { /* … */ });
//! ```
//!
//! The frame never waits: the dialog has a thread, which also reads or writes the file. Where something was saved, that it could not
//! be, and that there is no dialog, is told here, in a notice; whoever asked need only use what came.

use std::collections::VecDeque;

use bevy::ecs::system::NonSendMarker;
use bevy::prelude::*;
#[cfg(not(target_family = "wasm"))]
use bevy::window::PrimaryWindow;
#[cfg(not(target_family = "wasm"))]
use bevy::winit::WINIT_WINDOWS;

use super::library::Stocking;
use super::redraw::{Redraw, Waker};
use super::session::{Notices, Storage};
use super::text;
use crate::bank;
use crate::platform::{self, Ask, Filter, Outcome, Pending, Picked};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Question files; several can be picked at once.
    Questions,
    /// The player's progress and settings.
    Progress,
    /// Words.
    Text,
    /// A picture, PNG.
    Picture,
    /// A page to print, HTML.
    Page,
    /// A workbook, XLSX.
    Workbook,
    /// A table, CSV.
    Table,
}

impl FileKind {
    fn filter(self) -> Filter {
        let extensions: &[&str] = match self {
            // Windows' own editor likes to add an ending of its own.
            Self::Questions => &["ron", "txt"],
            Self::Progress => &["json"],
            Self::Text => &["txt"],
            Self::Picture => &["png"],
            Self::Page => &["html"],
            Self::Workbook => &["xlsx"],
            Self::Table => &["csv"],
        };
        let extensions = extensions.iter().map(|&ending| ending.to_owned()).collect();
        Filter { name: text::file_kind(self).to_owned(), extensions }
    }
}

/// Asks the player for a file to read.
#[derive(Event, Debug, Clone)]
pub struct PickFile {
    /// Of this kind.
    pub kind: FileKind,
    /// Comes back with the answer.
    pub tag: &'static str,
}

/// Asks the player where to write a file, and writes it whole or not at all.
#[derive(Event, Debug, Clone)]
pub struct SaveFile {
    /// Of this kind.
    pub kind: FileKind,
    /// The name that stands there first.
    pub suggested_name: String,
    /// What it will hold.
    pub bytes: Vec<u8>,
    /// Comes back with the answer.
    pub tag: &'static str,
}

/// How a dialog ended.
#[derive(Event, Debug, Clone)]
pub struct FileAnswer {
    /// Of whoever asked.
    pub tag: &'static str,
    /// How.
    pub outcome: Outcome,
}

/// Who picks: the player in the system's dialog, or a test.
#[derive(Resource, Debug, Clone, Default)]
pub enum Chooser {
    /// The system's dialogs.
    #[default]
    Native,
    /// What the next dialogs say; nothing is picked once it is empty.
    Scripted(VecDeque<Picked>),
}

/// A dialog that was asked for, and one that is open. There is one at a time.
#[derive(Resource, Default)]
struct Dialog {
    wanted: Option<(&'static str, Ask)>,
    open: Option<(&'static str, Pending)>,
}

/// The largest file of the player's own that is read.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Chooser>()
        .init_resource::<Dialog>()
        .add_observer(pick)
        .add_observer(save)
        // A file that is checked at once, as in a browser, is shown by the screen that this frame turns to.
        .add_systems(PreUpdate, answer.after(Stocking))
        .add_systems(PostUpdate, open);
}

fn pick(asked: On<PickFile>, mut dialog: ResMut<Dialog>, mut redraw: ResMut<Redraw>, mut commands: Commands) {
    let kind = asked.kind;
    let ask = Ask::Open {
        title: text::open_dialog(kind).to_owned(),
        filter: kind.filter(),
        several: kind == FileKind::Questions,
        max_bytes: if kind == FileKind::Questions { bank::MAX_BYTES as u64 } else { MOST_BYTES },
    };
    want(asked.tag, ask, &mut dialog, &mut redraw, &mut commands);
}

fn save(asked: On<SaveFile>, mut dialog: ResMut<Dialog>, mut redraw: ResMut<Redraw>, mut commands: Commands) {
    let SaveFile { kind, suggested_name, bytes, tag } = asked.event().clone();
    let ask = Ask::Save { title: text::SAVE_DIALOG.to_owned(), filter: kind.filter(), name: suggested_name, bytes };
    want(tag, ask, &mut dialog, &mut redraw, &mut commands);
}

fn want(tag: &'static str, ask: Ask, dialog: &mut Dialog, redraw: &mut Redraw, commands: &mut Commands) {
    redraw.next_frame();
    if dialog.open.is_some() || dialog.wanted.is_some() {
        commands.trigger(FileAnswer { tag, outcome: Outcome::Cancelled });
    } else {
        dialog.wanted = Some((tag, ask));
    }
}

/// Soon after the press, which browsers insist on. Nothing is scripted there.
#[cfg(target_family = "wasm")]
fn open(_main: NonSendMarker, waker: Res<Waker>, mut dialog: ResMut<Dialog>) {
    let Some((tag, ask)) = dialog.bypass_change_detection().wanted.take() else { return };
    let waker = waker.clone();
    dialog.open = Some((tag, platform::ask_page(ask, move || waker.wake())));
}

/// On the main thread, which macOS insists on.
#[cfg(not(target_family = "wasm"))]
fn open(
    _main: NonSendMarker,
    window: Query<Entity, With<PrimaryWindow>>,
    waker: Res<Waker>,
    mut chooser: ResMut<Chooser>,
    mut dialog: ResMut<Dialog>,
) {
    let Some((tag, ask)) = dialog.bypass_change_detection().wanted.take() else { return };
    let pick = match &mut *chooser {
        Chooser::Native => WINIT_WINDOWS.with_borrow(|windows| {
            let parent = window.single().ok().and_then(|window| windows.get_window(window));
            platform::native(&ask, parent.map(|window| &**window))
        }),
        Chooser::Scripted(script) => {
            let picked = script.pop_front().unwrap_or(Picked::Nothing);
            Box::new(move || picked)
        }
    };
    let waker = waker.clone();
    dialog.open = Some((tag, platform::ask(ask, pick, move || waker.wake())));
}

fn answer(
    mut dialog: ResMut<Dialog>,
    storage: Res<Storage>,
    mut notices: ResMut<Notices>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    let Some((tag, outcome)) = dialog.open.as_ref().and_then(|(tag, open)| Some((*tag, open.poll()?))) else { return };
    dialog.open = None;
    redraw.next_frame();
    match &outcome {
        Outcome::Opened(_) | Outcome::Cancelled => {}
        Outcome::Saved(path) => notices.tell(text::saved_as(path)),
        Outcome::SavedWithoutAsking(path) => notices.tell(text::saved_without_asking(path)),
        Outcome::NotSaved(error) => notices.tell(text::not_saved_file(&error.to_string())),
        Outcome::NoDialog => {
            let folder = storage.data.as_ref().map(|data| data.root().join("banks"));
            notices.tell(text::no_dialog(folder.as_deref()));
        }
    }
    commands.trigger(FileAnswer { tag, outcome });
}
