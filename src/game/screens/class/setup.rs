//! What a class plays and how: the question file, rounds or a saved lesson, pace, scoring, standings, and the ways of the class. The choices
//! last as long as the program does.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use crate::bank::Bank;
use crate::classroom::lesson::{BadLesson, Lesson};
use crate::classroom::room::{MOST_LAG_MS, Manner, Talk};
use crate::game::class::OpenClass;
use crate::game::class::lessons::SavedLessons;
use crate::game::class::open::{LookForRing, RingFound};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::motion::Leaving;
use crate::game::screens::parts::{Spawner, foot, with};
use crate::game::screens::{Go, Menu, Screen};
use crate::game::session::{Loaded, Notices};
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    Blocked, BoxColour, Chosen, Slide, back_button, bold, button, check_row, choice, column, heading, hint,
    main_button, panel, row, screen, scroll, side_by_side, slider, spacer, text as words,
};
use crate::quiz::{Goal, Settings, ShowStandings};
use crate::rules::{Pace, Scoring, Seed};

const TALKS: [Option<Talk>; 3] = [None, Some(Talk::WhenSplit), Some(Talk::Always)];
const PACES: [Pace; 3] = [Pace::None, Pace::Relaxed, Pace::Standard];
const SCORINGS: [Scoring; 2] = [Scoring::Accuracy, Scoring::Speed];
const TABLES: [ShowStandings; 3] = [ShowStandings::Off, ShowStandings::Rounds, ShowStandings::End];
/// Questions a round, unless the teacher asks for more or fewer.
const PER_ROUND: u16 = 5;
/// The most seats.
const MOST_STUDENTS: u16 = 1000;
/// How wide the options stand, in a wide window.
const OPTIONS: f32 = 540.;

/// What is chosen.
#[derive(Resource, Debug, Clone)]
pub struct ClassSetup {
    /// Which bank the rounds are those of.
    bank: String,
    rounds: Vec<bool>,
    per_round: Option<u16>,
    pace: Pace,
    scoring: Scoring,
    standings: ShowStandings,
    talk: Option<Talk>,
    goal: Shared,
    own_names: bool,
    late_join: bool,
    /// The saved lesson that is played instead of rounds.
    pub lesson: Option<String>,
    /// What the class before filled together with this file, in thousandths, if there was one.
    last_ring: Option<u16>,
}

/// What the class plays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    /// Everybody for themselves.
    No,
    /// Fill 80 % of the seats together.
    Fill,
    /// Beat the last lesson's ring.
    Beat,
}

impl Default for ClassSetup {
    fn default() -> Self {
        Self {
            bank: String::new(),
            rounds: Vec::new(),
            per_round: Some(PER_ROUND),
            pace: Pace::Standard,
            scoring: Scoring::Accuracy,
            standings: ShowStandings::Rounds,
            talk: None,
            goal: Shared::No,
            own_names: false,
            late_join: true,
            lesson: None,
            last_ring: None,
        }
    }
}

impl ClassSetup {
    /// Fits the choices to a bank: another bank has other rounds, and other lessons.
    fn fit(&mut self, bank: &Bank, lessons: &SavedLessons) {
        if self.bank != bank.id || self.rounds.len() != bank.rounds.len() {
            self.bank.clone_from(&bank.id);
            self.rounds = vec![true; bank.rounds.len()];
            self.per_round = Some(PER_ROUND);
            (self.lesson, self.last_ring) = (None, None);
        }
        if self.lesson.as_ref().is_some_and(|name| lessons.lessons.get(name).is_none_or(|l| l.bank != bank.id)) {
            self.lesson = None;
        }
    }

    /// How many questions that makes.
    fn count(&self, bank: &Bank, lesson: Option<&Lesson>) -> usize {
        if let Some(lesson) = lesson {
            return lesson.questions.len() - lesson.missing(bank).len();
        }
        let chosen = bank.rounds.iter().zip(&self.rounds).filter(|(_, on)| **on);
        chosen
            .map(|(round, _)| {
                let all = round.questions.len();
                self.per_round.map_or(all, |most| all.min(usize::from(most)))
            })
            .sum()
    }

    fn settings(&self, bank: &Bank, lesson: Option<&Lesson>) -> Result<Settings, String> {
        let mut seed = [0; 32];
        // All of it, not a short code: whoever has the question file could try out every code.
        getrandom::fill(&mut seed).map_err(|error| error.to_string())?;
        let chosen = bank.rounds.iter().zip(&self.rounds).filter(|(_, on)| **on).map(|(round, _)| round.id.clone());
        let settings = Settings {
            rounds: chosen.collect(),
            per_round: self.per_round,
            pace: self.pace,
            scoring: self.scoring,
            grace_ms: if self.scoring == Scoring::Speed { MOST_LAG_MS } else { 0 },
            max_players: MOST_STUDENTS,
            late_join: self.late_join,
            standings: self.standings,
            hold: self.talk.is_some(),
            goal: match self.goal {
                Shared::No => None,
                Shared::Fill => Some(Goal::USUAL),
                Shared::Beat => Some(self.last_ring.map_or(Goal::USUAL, Goal::Beat)),
            },
            ..Settings::solo(Seed(seed))
        };
        match lesson {
            Some(lesson) => lesson.settings(bank, settings).map_err(|error: BadLesson| error.to_string()),
            None => Ok(settings),
        }
    }
}

#[derive(Component)]
struct Root;
#[derive(Component)]
struct Length;
#[derive(Component)]
struct PerRound;
#[derive(Component)]
struct OpenButton;

/// The tree is built anew: another file, another lesson.
#[derive(Event, Debug, Clone, Copy)]
struct Rebuild;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ClassSetup>()
        .add_observer(rebuild)
        .add_observer(ring_found)
        .add_systems(OnEnter(Screen::HostSetup), build)
        .add_systems(Update, refresh.run_if(in_state(Screen::HostSetup).and_then(resource_changed::<ClassSetup>)));
}

fn rebuild(_: On<Rebuild>, old: Query<Entity, (With<Root>, Without<Leaving>)>, mut commands: Commands) {
    for root in &old {
        commands.entity(root).insert(Leaving);
    }
    commands.run_system_cached(build);
}

/// The goal that beats the last lesson can be chosen once it is known.
fn ring_found(
    found: On<RingFound>,
    screen: Option<Res<State<Screen>>>,
    mut setup: ResMut<ClassSetup>,
    mut commands: Commands,
) {
    if setup.bank == found.bank && setup.last_ring != Some(found.filled) {
        setup.last_ring = Some(found.filled);
        if screen.is_some_and(|screen| *screen.get() == Screen::HostSetup) {
            commands.trigger(Rebuild);
        }
    }
}

fn build(library: Res<Library>, lessons: Res<SavedLessons>, mut setup: ResMut<ClassSetup>, mut commands: Commands) {
    let Some(loaded) = library.chosen().cloned() else {
        commands.trigger(Go(Menu::Banks));
        return;
    };
    commands.trigger(LookForRing(loaded.bank.id.clone()));
    setup.fit(&loaded.bank, &lessons);
    let files: Vec<(usize, String)> = library
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some((index, entry.loaded.as_ref()?.bank.title.clone())))
        .collect();
    let chosen_file = files
        .iter()
        .position(|(index, _)| library.entries[*index].loaded.as_ref().is_some_and(|l| l.bank.id == loaded.bank.id))
        .unwrap_or(0);
    let names: Vec<String> = lessons
        .lessons
        .all()
        .iter()
        .filter(|lesson| lesson.bank == loaded.bank.id)
        .map(|lesson| lesson.name.clone())
        .collect();
    let lacks = setup
        .lesson
        .as_ref()
        .and_then(|name| lessons.lessons.get(name))
        .map_or(0, |lesson| lesson.missing(&loaded.bank).len());
    let setup = setup.clone();
    let bank = loaded.bank.clone();
    commands.spawn((
        Root,
        screen(text::SET_UP),
        DespawnOnExit(Screen::HostSetup),
        with(move |root| {
            root.spawn(heading(text::SET_UP, Type::Heading));
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    side_by_side(),
                    with(move |sides| {
                        sides
                            .spawn((
                                Node { flex_grow: 1., flex_shrink: 1., min_width: px(0), ..column() },
                                Adapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
                            ))
                            .with_children(|left| {
                                what(left, files, chosen_file, names, &setup);
                                if lacks > 0 {
                                    left.spawn(words(text::lesson_lacks(lacks), Type::Small, Token::Gold));
                                }
                                if setup.lesson.is_none() {
                                    rounds(left, &bank, &setup);
                                }
                            });
                        options(sides, &bank, &setup);
                    }),
                ));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(common::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                foot.spawn(spacer());
                foot.spawn((main_button(text::OPEN_ROOM), OpenButton, AutoFocus, observe(start(loaded))));
            }));
        }),
    ));
}

fn start(loaded: Loaded) -> impl FnMut(On<Activate>, Res<ClassSetup>, Res<SavedLessons>, ResMut<Notices>, Commands) {
    move |_, setup, lessons, mut notices, mut commands| {
        let lesson = setup.lesson.as_ref().and_then(|name| lessons.lessons.get(name));
        match setup.settings(&loaded.bank, lesson) {
            Ok(settings) => commands.trigger(OpenClass {
                loaded: loaded.clone(),
                settings,
                manner: Manner { own_names: setup.own_names, auto: false, talk: setup.talk.unwrap_or_default() },
                lesson: lesson.map(|lesson| lesson.name.clone()),
            }),
            Err(why) => notices.tell(why),
        }
    }
}

/// The file, and which of its questions.
fn what(left: &mut Spawner, files: Vec<(usize, String)>, chosen_file: usize, lessons: Vec<String>, setup: &ClassSetup) {
    if files.len() > 1 {
        left.spawn(bold(text::FILE, Type::Label, Token::Text));
        let names: Vec<&str> = files.iter().map(|(_, title)| title.as_str()).collect();
        let pills = choice(text::FILE, &names, chosen_file);
        left.spawn((
            pills,
            observe(move |on: On<ValueChange<usize>>, mut library: ResMut<Library>, mut commands: Commands| {
                if let Some((index, _)) = files.get(on.value) {
                    library.choose_at(*index);
                    commands.trigger(Rebuild);
                }
            }),
        ));
    } else if let Some((_, title)) = files.first() {
        left.spawn(bold(title.clone(), Type::Label, Token::Text));
    }
    left.spawn(Node { column_gap: px(space::TIGHT), ..row() }).with_children(|line| {
        if !lessons.is_empty() {
            let mut names = vec![text::WHOLE_ROUNDS];
            names.extend(lessons.iter().map(String::as_str));
            let at = setup
                .lesson
                .as_ref()
                .and_then(|chosen| lessons.iter().position(|name| name == chosen))
                .map_or(0, |at| at + 1);
            let pills = choice(text::LESSON, &names, at);
            line.spawn((
                pills,
                observe(move |on: On<ValueChange<usize>>, mut setup: ResMut<ClassSetup>, mut commands: Commands| {
                    setup.lesson = on.value.checked_sub(1).and_then(|at| lessons.get(at)).cloned();
                    commands.trigger(Rebuild);
                }),
            ));
        }
        line.spawn((
            button(text::PREPARE),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Lesson))),
        ));
    });
}

fn rounds(left: &mut Spawner, bank: &Bank, setup: &ClassSetup) {
    for (index, (round, on)) in bank.rounds.iter().zip(&setup.rounds).enumerate() {
        let mut line = left.spawn((
            check_row(round.title.clone(), round.about.clone(), common::questions(round.questions.len())),
            BoxColour(Token::Round(index)),
            observe(move |on: On<ValueChange<bool>>, mut setup: ResMut<ClassSetup>| {
                if let Some(round) = setup.rounds.get_mut(index) {
                    *round = on.value;
                }
            }),
        ));
        if *on {
            line.insert(Chosen);
        }
    }
}

/// One of a few values, under its name.
fn values<T: Copy + PartialEq + Send + Sync + 'static, const N: usize>(
    panel: &mut Spawner,
    name: &'static str,
    all: [T; N],
    now: T,
    called: fn(T) -> &'static str,
    set: fn(&mut ClassSetup, T),
) {
    panel.spawn(bold(name, Type::Label, Token::Text));
    let at = all.iter().position(|value| *value == now).unwrap_or(0);
    let pills = choice(name, &all.map(called), at);
    panel.spawn((
        pills,
        observe(move |on: On<ValueChange<usize>>, mut setup: ResMut<ClassSetup>| {
            if let Some(value) = all.get(on.value) {
                set(&mut setup, *value);
            }
        }),
    ));
}

fn options(sides: &mut Spawner, bank: &Bank, setup: &ClassSetup) {
    let setup = setup.clone();
    let longest = bank.rounds.iter().map(|round| round.questions.len()).max().unwrap_or(1);
    let longest = u16::try_from(longest).unwrap_or(u16::MAX);
    sides
        .spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(OPTIONS) }),
        ))
        .with_children(|holder| {
            holder.spawn((
                panel(),
                Adapt(|node, form| {
                    let side = if form.is_narrow() { 16. } else { space::INSIDE };
                    (node.padding, node.row_gap) = (UiRect::axes(px(side), px(14)), px(8));
                }),
                with(move |panel| {
                    values(panel, common::PACE, PACES, setup.pace, text::pace, |setup, pace| setup.pace = pace);
                    values(panel, common::SCORING, SCORINGS, setup.scoring, common::scoring, |setup, scoring| {
                        setup.scoring = scoring;
                    });
                    values(panel, text::STANDINGS, TABLES, setup.standings, text::show_standings, |setup, table| {
                        setup.standings = table;
                    });
                    let mut goals = vec![text::GOAL_NO, text::GOAL_FILL];
                    if setup.last_ring.is_some() {
                        goals.push(text::GOAL_BEAT);
                    }
                    panel.spawn(bold(text::GOAL, Type::Label, Token::Text));
                    let pills = choice(text::GOAL, &goals, (setup.goal as usize).min(goals.len() - 1));
                    panel.spawn((
                        pills,
                        observe(|on: On<ValueChange<usize>>, mut setup: ResMut<ClassSetup>| {
                            setup.goal = match on.value {
                                1 => Shared::Fill,
                                2 => Shared::Beat,
                                _ => Shared::No,
                            };
                        }),
                    ));
                    values(panel, text::TALK, TALKS, setup.talk, text::talk, |setup, talk| setup.talk = talk);
                    if setup.lesson.is_none() {
                        per_round(panel, &setup, longest);
                    }
                    panel.spawn((hint(""), Length));
                    panel.spawn(bold(text::WAYS, Type::Label, Token::Text));
                    switch(panel, text::OWN_NAMES, text::OWN_NAMES_ABOUT, setup.own_names, |setup, on| {
                        setup.own_names = on;
                    });
                    switch(panel, text::LATE, text::LATE_ABOUT, setup.late_join, |setup, on| setup.late_join = on);
                }),
            ));
        });
}

fn switch(panel: &mut Spawner, caption: &str, about: &str, now: bool, set: fn(&mut ClassSetup, bool)) {
    let mut line = panel.spawn((
        check_row(caption, about, ""),
        observe(move |on: On<ValueChange<bool>>, mut setup: ResMut<ClassSetup>| set(&mut setup, on.value)),
    ));
    if now {
        line.insert(Chosen);
    }
}

fn per_round(panel: &mut Spawner, setup: &ClassSetup, longest: u16) {
    let value = setup.per_round.unwrap_or(longest).min(longest);
    panel.spawn(row()).with_children(|line| {
        line.spawn(bold(common::PER_ROUND, Type::Label, Token::Text));
        line.spawn(spacer());
        let shown = common::per_round(setup.per_round.filter(|most| *most < longest));
        line.spawn((bold(shown, Type::Label, Token::Text), PerRound));
    });
    panel.spawn((
        slider(common::PER_ROUND, Slide { min: 1., max: f64::from(longest), step: 1., value: Some(f64::from(value)) }),
        observe(move |on: On<ValueChange<f64>>, mut setup: ResMut<ClassSetup>| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 up")]
            let asked = on.value.round() as u16;
            setup.per_round = (asked < longest).then_some(asked.max(1));
        }),
    ));
}

/// What follows from the choices.
fn refresh(
    (setup, library, lessons): (Res<ClassSetup>, Res<Library>, Res<SavedLessons>),
    mut texts: ParamSet<(Query<&mut Text, With<Length>>, Query<&mut Text, With<PerRound>>)>,
    opens: Query<Entity, With<OpenButton>>,
    mut commands: Commands,
) {
    let Some(loaded) = library.chosen() else { return };
    let lesson = setup.lesson.as_ref().and_then(|name| lessons.lessons.get(name));
    let count = setup.count(&loaded.bank, lesson);
    for mut shown in &mut texts.p0() {
        shown.set_if_neq(Text(common::questions(count)));
    }
    for mut shown in &mut texts.p1() {
        shown.set_if_neq(Text(common::per_round(setup.per_round)));
    }
    for entity in &opens {
        if count == 0 {
            commands.entity(entity).insert(Blocked(common::NO_ROUND.to_owned()));
        } else {
            commands.entity(entity).remove::<Blocked>();
        }
    }
}
