//! The class on the big screen, from the lobby to the podium: one screen, a face a stage of the match.
//!
//! Each `Key` has a root of its own; within a key what changes (seats that fill, answers that come in) changes in place, so that the focus
//! stays where it is. A face is drawn from the projector's view. Never a name beside an answer.
//!
//! - [`setup`]: the screen before; [`lesson`]: ticking single questions
//! - [`lobby`], [`intro`], [`asking`], [`held`], [`told`], [`standings`], [`podium`], [`pause`]: the faces
//! - [`people`], [`remote`], [`help`], [`mend`], [`report`], [`leave`]: dialogs over them
//! - [`controls`]: the teacher's controls; [`crowd`]: the ring of a class; [`time`]: the bar that runs out

pub mod asking;
pub mod controls;
pub mod crowd;
pub mod goal;
pub mod held;
pub mod help;
pub mod intro;
pub mod leave;
pub mod lesson;
pub mod lobby;
pub mod mend;
pub mod pause;
pub mod people;
pub mod podium;
pub mod remote;
pub mod report;
pub mod setup;
pub mod standings;
pub mod time;
pub mod told;

use std::sync::Arc;

use bevy::prelude::*;

use super::Screen;
use super::parts::{Spawner, with};
use crate::classroom::address::Address;
use crate::game::a11y::Announce;
use crate::game::class::{Class, CurrentClass, Doorplate, Scene};
use crate::game::motion::Leaving;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{pill, row, screen, spacer, text as words};
use crate::quiz::{Reveal, Ring, Stage, StandingRow, Tally, View};

/// What the tree is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Lobby,
    Intro(u32),
    Asking(u32),
    Held(u32),
    Told(u32),
    Standings(u32),
    Podium,
    Paused,
}

/// What else a face is built from, where a change of it builds the face anew.
#[derive(Debug, Clone, PartialEq, Default)]
struct Seen {
    reveal: Option<Arc<Reveal>>,
    tally: Option<Arc<Tally>>,
    uncounted: bool,
    standings: Vec<StandingRow>,
    goal: Option<Ring>,
    places: Vec<Address>,
    offer: bool,
}

#[derive(Component)]
struct Root {
    key: Key,
    seen: Seen,
}

/// Once the tree fits the picture: what changes it in place comes after this.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Building;

/// What a face is built from.
#[derive(Clone)]
pub struct Face {
    /// The picture.
    pub scene: Scene,
    /// What the big screen may show of it.
    pub view: View,
    /// The class.
    pub class: Doorplate,
    /// Whether there is something that "Undo" takes back.
    pub undoes: bool,
}

impl Face {
    /// How many students have a seat, and whether the room is locked: what the controls show.
    #[must_use]
    pub fn door(&self) -> (usize, bool) {
        (self.scene.snapshot.people.len(), self.scene.snapshot.locked)
    }
}

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(Update, Building.run_if(in_state(Screen::Class)))
        .init_resource::<Undoes>()
        .add_systems(
            Update,
            build.in_set(Building).run_if(resource_changed::<CurrentClass>.or_else(resource_changed::<Class>)),
        )
        .add_systems(OnEnter(Screen::Class), build)
        .add_plugins((setup::plugin, lesson::plugin, lobby::plugin, asking::plugin, controls::plugin, time::plugin))
        .add_plugins((people::plugin, remote::plugin, mend::plugin, report::plugin, leave::plugin, pause::plugin));
}

/// How many skips and mendings were asked for since the class opened: a sign that there is something to take back.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct Undoes(pub u32);

fn key_of(view: &View) -> Key {
    let question = view.shown.progress.question;
    match view.stage {
        Stage::Lobby => Key::Lobby,
        Stage::Finished => Key::Podium,
        _ if view.paused.is_some() => Key::Paused,
        Stage::RoundIntro => Key::Intro(view.shown.progress.round),
        Stage::Asking if view.shown.held => Key::Held(question),
        Stage::Asking => Key::Asking(question),
        Stage::Feedback => Key::Told(question),
        Stage::Standings => Key::Standings(view.shown.progress.round),
    }
}

fn seen(key: Key, scene: &Scene, places: &[Address]) -> Seen {
    let shown = &scene.view().shown;
    match key {
        Key::Lobby => Seen { places: places.to_vec(), ..Seen::default() },
        Key::Held(_) => Seen { offer: scene.worth_talking(), ..Seen::default() },
        Key::Told(_) => Seen {
            reveal: shown.reveal.clone(),
            tally: shown.tally.clone(),
            uncounted: shown.uncounted,
            ..Seen::default()
        },
        Key::Standings(_) | Key::Podium => {
            Seen { standings: shown.standings.clone(), goal: shown.goal, ..Seen::default() }
        }
        Key::Intro(_) | Key::Asking(_) | Key::Paused => Seen::default(),
    }
}

fn build(
    (class, current, undoes): (Res<Class>, Res<CurrentClass>, Res<Undoes>),
    roots: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let (Some(open), Some(scene)) = (class.get(), current.get()) else { return };
    let key = key_of(scene.view());
    let seen = seen(key, scene, &open.plate.places);
    let old = roots.iter().next();
    if old.is_some_and(|(_, root)| root.key == key && root.seen == seen) {
        return;
    }
    let face =
        Face { scene: scene.clone(), view: scene.view().clone(), class: open.plate.clone(), undoes: undoes.0 > 0 };
    // What is only built anew was said before.
    if old.is_none_or(|(_, root)| root.key != key) {
        announce.write(Announce(match key {
            Key::Lobby => lobby::spoken(&face),
            Key::Intro(_) => intro::spoken(&face),
            Key::Asking(_) => asking::spoken(&face),
            Key::Held(_) => held::spoken(&face),
            Key::Told(_) => told::spoken(&face),
            Key::Standings(_) => standings::spoken(&face),
            Key::Podium => podium::spoken(&face),
            Key::Paused => pause::spoken(&face),
        }));
    }
    if let Some((entity, _)) = old {
        commands.entity(entity).insert(Leaving);
    }
    let name = match key {
        Key::Lobby => text::LOBBY,
        Key::Standings(_) => text::STANDINGS,
        Key::Podium => text::PODIUM,
        Key::Paused => crate::game::text::PAUSED,
        Key::Intro(_) | Key::Asking(_) | Key::Held(_) | Key::Told(_) => crate::game::text::QUESTION,
    };
    let build = move |root: &mut Spawner| match key {
        Key::Lobby => lobby::build(root, &face),
        Key::Intro(_) => intro::build(root, &face),
        Key::Asking(_) => asking::build(root, &face),
        Key::Held(_) => held::build(root, &face),
        Key::Told(_) => told::build(root, &face),
        Key::Standings(_) => standings::build(root, &face),
        Key::Podium => podium::build(root, &face),
        Key::Paused => pause::build(root, &face),
    };
    commands.spawn((Root { key, seen }, screen(name), DespawnOnExit(Screen::Class), with(build)));
}

/// The line at the top of a face: the room, for those who come late, and where the class is.
///
/// On its far side: what stops the clock, and what passes the question over, where there is something to stop or to pass over.
pub fn header(root: &mut Spawner, face: &Face, stops: bool, skips: bool) {
    let progress = face.view.shown.progress;
    let code = face.class.facts.code.spoken();
    let place = crate::game::text::question_of(progress.question, progress.questions);
    let round = face.view.shown.question.as_ref().map(|question| question.round.clone()).unwrap_or_default();
    root.spawn((Node { flex_shrink: 0., ..row() }, crate::game::motion::Counterpart::Header)).with_children(|line| {
        line.spawn(pill(text::room(&code)));
        line.spawn(words(place, Type::Small, Token::Soft));
        if !round.is_empty() {
            line.spawn((words(round, Type::Small, Token::Soft), super::parts::wide_only()));
        }
        line.spawn(spacer());
        if skips {
            controls::skip(line);
        }
        if stops {
            controls::pause(line);
        }
    });
}

/// An area that scrolls, filled at once.
fn scrolled(root: &mut Spawner, fill: impl FnOnce(&mut Spawner) + Send + Sync + 'static) {
    root.spawn(crate::game::widgets::scroll(with(fill)));
}
