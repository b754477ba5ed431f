//! What was found in the question files just opened: whether they play, and every finding in words that a teacher understands.
//!
//! The screen follows [`Opened`]. Files that were opened while something else is on screen (a match, above all) are told of in a
//! notice instead: nothing interrupts.

use std::path::PathBuf;

use bevy::clipboard::Clipboard;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::parts::{Spawner, flowing, foot, with};
use super::{Go, Menu, Screen};
use crate::bank::{Diagnostic, Level};
use crate::game::a11y::Announce;
use crate::game::focus::AutoFocus;
use crate::game::library::{Entry, FileKept, FilesOpened, KeepFile, Library, OpenFiles, Origin, ask_for_files};
use crate::game::session::{CurrentView, Notices, Storage};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Caption, Icon, back_button, bold, button, column, eyebrow, heading, hint, icon};
use crate::game::widgets::{main_button, panel, row, screen, scroll, spacer, text as words};

/// Findings drawn at most: nobody mends more in one go, and the copied list has them all.
const MOST_SHOWN: usize = 60;
/// Files drawn at most.
const MOST_FILES: usize = 20;

/// The files that the screen is about.
#[derive(Resource, Default)]
pub struct Opened {
    /// What was found.
    pub entries: Vec<Entry>,
    /// How many openings have not been answered.
    checking: usize,
    /// Where the player came from.
    back: Menu,
}

/// Shows what was found in a file of the list.
#[derive(Event, Debug, Clone)]
pub struct ShowFindings(pub Entry);

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Opened>()
        .add_systems(OnEnter(Screen::Findings), build)
        .add_systems(Update, build.run_if(in_state(Screen::Findings).and_then(resource_changed::<Opened>)))
        .add_observer(checking)
        .add_observer(checked)
        .add_observer(show)
        .add_observer(kept);
}

/// The screen comes at once, whatever the disk does.
fn checking(
    _: On<OpenFiles>,
    view: Res<CurrentView>,
    menu: Res<State<Menu>>,
    mut opened: ResMut<Opened>,
    mut commands: Commands,
) {
    if opened.checking == 0 {
        opened.entries.clear();
    }
    opened.checking += 1;
    if view.get().is_none() && *menu.get() != Menu::Class {
        turn_to(&menu, &mut opened, &mut commands);
    }
}

fn turn_to(menu: &State<Menu>, opened: &mut Opened, commands: &mut Commands) {
    if *menu.get() != Menu::Findings {
        opened.back = if *menu.get() == Menu::Banks { Menu::Banks } else { Menu::Title };
        commands.trigger(Go(Menu::Findings));
    }
}

fn checked(
    files: On<FilesOpened>,
    (view, menu): (Res<CurrentView>, Res<State<Menu>>),
    mut opened: ResMut<Opened>,
    mut notices: ResMut<Notices>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let files = &files.event().0;
    // The files of the command line come unasked by this screen, and find the player on the title.
    let asked = opened.checking > 0;
    opened.checking = opened.checking.saturating_sub(1);
    let here = *menu.get() == Menu::Findings || (!asked && *menu.get() == Menu::Title);
    if view.get().is_some() || !here || *menu.get() == Menu::Class {
        for entry in files.iter().take(MOST_FILES) {
            notices.tell(text::opened_meanwhile(&name(entry), entry.loaded.is_some()));
        }
        return;
    }
    for entry in files {
        opened.entries.retain(|old| entry.path.is_none() || old.path != entry.path);
        opened.entries.push(entry.clone());
        announce.write(Announce(spoken(entry)));
    }
    turn_to(&menu, &mut opened, &mut commands);
}

fn show(asked: On<ShowFindings>, menu: Res<State<Menu>>, mut opened: ResMut<Opened>, mut commands: Commands) {
    opened.entries = vec![asked.0.clone()];
    turn_to(&menu, &mut opened, &mut commands);
}

fn kept(file: On<FileKept>, mut opened: ResMut<Opened>) {
    let FileKept { from, to } = file.event();
    for entry in &mut opened.entries {
        if entry.path.as_ref() == Some(from) {
            (entry.path, entry.origin) = (Some(to.clone()), Origin::Folder);
        }
    }
}

/// What a file is called: by its title if it has one.
fn name(entry: &Entry) -> String {
    if entry.report.title.is_empty() { entry.file.clone() } else { entry.report.title.clone() }
}

fn verdict(entry: &Entry) -> &'static str {
    if entry.loaded.is_some() { text::READY_TO_PLAY } else { text::CANNOT_BE_PLAYED }
}

fn counts(entry: &Entry) -> String {
    let report = &entry.report;
    text::findings([Level::Error, Level::Warning, Level::Note].map(|level| report.count(level)))
}

/// For those who cannot see the screen.
fn spoken(entry: &Entry) -> String {
    format!("{}. {}. {}", name(entry), verdict(entry), counts(entry))
}

/// Everything that was found in these files, as text for whoever mends them.
#[must_use]
pub fn report(entries: &[Entry]) -> String {
    let mut lines = Vec::new();
    for entry in entries {
        let report = &entry.report;
        lines.push(text::report_head(&entry.file, &report.title));
        lines.push(format!("{}. {}", verdict(entry), counts(entry)));
        for level in [Level::Error, Level::Warning, Level::Note] {
            if report.findings.iter().any(|finding| finding.level == level) {
                lines.push(String::new());
                lines.push(text::findings_heading(level, report.count(level)));
            }
            for finding in report.findings.iter().filter(|finding| finding.level == level) {
                let place = text::place(finding.at.map(|at| (at.line, at.column)));
                let about = finding.question.as_deref().map(|id| text::about_question(id, finding.stem.as_deref()));
                let head = [place, about].into_iter().flatten().collect::<Vec<_>>().join(", ");
                let colon = if head.is_empty() { "" } else { ": " };
                lines.push(format!(
                    "- {head}{colon}{} {}",
                    text::sentence(&finding.what),
                    text::sentence(&finding.todo)
                ));
            }
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

fn build(
    opened: Res<Opened>,
    library: Res<Library>,
    storage: Res<Storage>,
    old: Query<Entity, With<Root>>,
    mut commands: Commands,
) {
    for root in &old {
        commands.entity(root).despawn();
    }
    let entries = opened.entries.clone();
    let others = library.entries.iter().any(|other| {
        other.loaded.is_some() && !entries.iter().any(|entry| entry.path == other.path && entry.file == other.file)
    });
    let (busy, can_keep) = (opened.checking > 0, storage.data.is_some());
    commands.spawn((
        Root,
        screen(text::FINDINGS),
        DespawnOnExit(Screen::Findings),
        with(move |root| {
            let first = entries.iter().find(|entry| entry.loaded.is_some()).cloned();
            let nothing = entries.is_empty();
            root.spawn(scroll(with(move |area| {
                if busy {
                    area.spawn(heading(text::CHECKING, Type::Heading));
                }
                let several = entries.len() > 1;
                let most = (MOST_SHOWN / entries.len().max(1)).max(6);
                for (index, entry) in entries.iter().take(MOST_FILES).enumerate() {
                    file(area, entry, several);
                    actions(area, &entries, index, can_keep, several);
                    findings(area, entry, most);
                }
                if let Some(more) = entries.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
                    area.spawn(hint(text::more_files(more)));
                }
                if !busy && others && entries.iter().any(|entry| entry.loaded.is_none()) {
                    area.spawn(words(text::OTHERS_WORK, Type::Body, Token::Text));
                }
            })));
            root.spawn(foot(move |foot| {
                let mut back = foot.spawn((
                    back_button(text::BACK),
                    observe(|_: On<Activate>, opened: Res<Opened>, mut commands: Commands| {
                        commands.trigger(Go(opened.back));
                    }),
                ));
                if nothing {
                    back.insert(AutoFocus);
                }
                foot.spawn((
                    button(text::OPEN_ANOTHER),
                    observe(|_: On<Activate>, mut commands: Commands| ask_for_files(&mut commands)),
                ));
                foot.spawn(spacer());
                if let Some(entry) = first {
                    foot.spawn((main_button(text::PLAY), AutoFocus, observe(play(entry.path))));
                }
            }));
        }),
    ));
}

/// Chooses the file and goes on to its rounds.
fn play(path: Option<PathBuf>) -> impl FnMut(On<Activate>, ResMut<Library>, Commands) {
    move |_, mut library, mut commands| {
        if let Some(path) = &path {
            library.bypass_change_detection().choose(path);
        }
        commands.trigger(Go(Menu::Setup));
    }
}

/// What it is, and whether it plays.
fn file(area: &mut Spawner, entry: &Entry, several: bool) {
    let report = &entry.report;
    area.spawn(Node { row_gap: px(space::TIGHT), ..column() }).with_children(|head| {
        head.spawn(eyebrow(entry.file.clone()));
        if !report.title.is_empty() {
            head.spawn(heading(report.title.clone(), if several { Type::Stem } else { Type::Heading }));
        }
        head.spawn(Node { flex_wrap: FlexWrap::NoWrap, ..row() }).with_children(|line| {
            let (mark, token) =
                if entry.loaded.is_some() { (Icon::Tick, Token::Right) } else { (Icon::Miss, Token::Wrong) };
            line.spawn(icon(mark, 24., token));
            line.spawn(flowing(bold(verdict(entry), Type::Label, Token::Text)));
        });
        if report.questions > 0 {
            head.spawn(words(text::size_of_file(report.questions, report.rounds), Type::Body, Token::Text));
        }
        head.spawn(words(counts(entry), Type::Body, Token::Soft));
    });
}

/// What can be done with one file.
fn actions(area: &mut Spawner, entries: &[Entry], index: usize, can_keep: bool, several: bool) {
    let Some(entry) = entries.get(index).cloned() else { return };
    let plays = entry.loaded.is_some();
    let anything_plays = entries.iter().any(|entry| entry.loaded.is_some());
    area.spawn(row()).with_children(|line| {
        if several && plays {
            let name = text::play_file(&name(&entry));
            line.spawn((button(name), observe(play(entry.path.clone()))));
        }
        if let Some(path) = entry.path.clone() {
            let again = move |_: On<Activate>, mut commands: Commands| {
                commands.trigger(OpenFiles::At(vec![path.clone()]));
            };
            let mut again = line.spawn((button(text::CHECK_AGAIN), observe(again)));
            if !anything_plays && index == 0 {
                again.insert(AutoFocus);
            }
        }
        if !entry.report.findings.is_empty() {
            let list = report(std::slice::from_ref(&entry));
            line.spawn((button(text::COPY_FINDINGS), observe(copy(list))));
        }
        if plays && can_keep && entry.origin == Origin::Asked {
            let keep = entry.clone();
            line.spawn((
                button(text::KEEP_FILE),
                observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(KeepFile(keep.clone()))),
            ));
        }
    });
}

fn copy(
    list: String,
) -> impl FnMut(On<Activate>, ResMut<Clipboard>, ResMut<Notices>, Query<&mut Caption>, MessageWriter<Announce>) {
    move |press, mut clipboard, mut notices, mut captions, mut announce| match clipboard.set_text(list.as_str()) {
        Ok(()) => {
            if let Ok(mut caption) = captions.get_mut(press.entity) {
                text::COPIED.clone_into(&mut caption.0);
            }
            announce.write(Announce(text::COPIED.to_owned()));
        }
        Err(error) => notices.tell(text::not_copied(&error.to_string())),
    }
}

/// All of them, as far as a screen can hold them, with those about the same question together.
fn findings(area: &mut Spawner, entry: &Entry, most: usize) {
    let report = &entry.report;
    let shown: Vec<&Diagnostic> = report.findings.iter().take(most).collect();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let here: Vec<&Diagnostic> = shown.iter().copied().filter(|finding| finding.level == level).collect();
        if here.is_empty() {
            continue;
        }
        area.spawn(heading(text::findings_heading(level, report.count(level)), Type::Label));
        for about in here.chunk_by(|a, b| a.question.is_some() && a.question == b.question) {
            together(area, level, about);
        }
    }
    let all: usize = report.found.iter().sum();
    if all > shown.len() {
        area.spawn(hint(text::more_findings(all - shown.len())));
    }
}

fn together(area: &mut Spawner, level: Level, about: &[&Diagnostic]) {
    area.spawn(panel()).with_children(|panel| {
        if let Some((id, stem)) = about.first().and_then(|first| Some((first.question.clone()?, first.stem.clone()))) {
            panel.spawn(bold(text::about_question(&id, stem.as_deref()), Type::Label, Token::Text));
        }
        for finding in about {
            panel.spawn(Node { row_gap: px(4), ..column() }).with_children(|lines| {
                lines.spawn(Node { column_gap: px(space::TIGHT), flex_wrap: FlexWrap::NoWrap, ..row() }).with_children(
                    |line| {
                        if level == Level::Error {
                            line.spawn(icon(Icon::Miss, 16., Token::Wrong));
                        }
                        if let Some(place) = text::place(finding.at.map(|at| (at.line, at.column))) {
                            line.spawn(flowing(eyebrow(place)));
                        }
                    },
                );
                lines.spawn(words(text::sentence(&finding.what), Type::Body, Token::Text));
                lines.spawn(words(text::sentence(&finding.todo), Type::Body, Token::Soft));
            });
        }
    });
}
