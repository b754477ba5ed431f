//! What to play and how: rounds, pace, scoring, length, game code. The choices last as long as the program does.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::parts::{Refill, Spawner, foot, narrow_only, wide_only, with};
use super::{Go, Menu, Screen};
use crate::bank::{Bank, Round};
use crate::game::focus::AutoFocus;
use crate::game::invite::{Invitation, first};
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::links::Wishes;
use crate::game::preferences::Preferences;
use crate::game::progress::Progress;
use crate::game::session::{Loaded, SavedGame, StartGame, new_code};
use crate::game::teams::{ForTeams, Teams};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    Blocked, BoxColour, Chosen, Entry, FillEntry, Slide, back_button, bold, button, check_row, choice, column,
};
use crate::game::widgets::{heading, main_button, panel, pill, row, screen, scroll, side_by_side, slider, spacer};
use crate::game::widgets::{short_entry, text as words};
use crate::quiz::{Play, Settings};
use crate::rules::{Extra, GameCode, Pace, Scoring, limit_ms};

/// The paces, as they are listed.
const PACES: [Pace; 3] = [Pace::None, Pace::Relaxed, Pace::Standard];
/// The scorings, as they are listed.
const SCORINGS: [Scoring; 2] = [Scoring::Accuracy, Scoring::Speed];
/// Reading the feedback takes about this long, in milliseconds.
const FEEDBACK_MS: u64 = 12_000;
/// Questions a round, unless the player asks for more or fewer.
const PER_ROUND: u16 = 5;
/// How wide the options stand, in a wide window.
const OPTIONS: f32 = 500.;
/// The most characters in the code's field: a code, a hyphen, and stray spaces.
const CODE_CHARS: usize = 10;

/// What is chosen.
#[derive(Resource, Debug, Clone, Default)]
pub struct Setup {
    /// Which bank the rounds are those of.
    bank: String,
    /// Which rounds are played.
    rounds: Vec<bool>,
    pace: Pace,
    /// Another than the preferences say, for as long as the program runs.
    extra: Option<Extra>,
    scoring: Scoring,
    per_round: Option<u16>,
    code: Option<GameCode>,
    /// A link's, for the next visit.
    wished: Option<GameCode>,
}

impl Setup {
    /// Fits the choices to a bank: another bank has other rounds.
    fn fit(&mut self, bank: &Bank) {
        if self.bank != bank.id || self.rounds.len() != bank.rounds.len() {
            self.bank.clone_from(&bank.id);
            self.rounds = vec![true; bank.rounds.len()];
            self.per_round = Some(PER_ROUND);
        }
    }

    /// Chooses what a link wishes; for what it leaves open, what the first visit offers. The rounds that the bank does not have.
    pub fn wish(&mut self, bank: &Bank, wishes: &Wishes) -> Vec<String> {
        self.bank.clear();
        self.fit(bank);
        let named = |id: &String| wishes.rounds.contains(id);
        if bank.rounds.iter().any(|round| named(&round.id)) {
            self.rounds = bank.rounds.iter().map(|round| named(&round.id)).collect();
        }
        if let Some(each) = wishes.each {
            self.per_round = each.per_round();
        }
        self.wished = wishes.code;
        wishes.rounds.iter().filter(|id| bank.rounds.iter().all(|round| round.id != **id)).cloned().collect()
    }

    /// The longest round that is chosen.
    fn longest(bank: &Bank) -> usize {
        bank.rounds.iter().map(|round| round.questions.len()).max().unwrap_or(1)
    }

    /// How many questions, and about how many milliseconds.
    fn length(&self, bank: &Bank) -> (usize, u64) {
        let (mut count, mut ms) = (0, 0);
        for (round, _) in bank.rounds.iter().zip(&self.rounds).filter(|(_, on)| **on) {
            let all = round.questions.len();
            let asked = self.per_round.map_or(all, |most| all.min(usize::from(most)));
            // Most answers come well before the standard time is up.
            let time: u64 = round
                .questions
                .iter()
                .filter_map(|q| limit_ms(q, Pace::Standard, Extra::default()))
                .map(|t| t / 2)
                .sum();
            count += asked;
            ms += (time / all.max(1) as u64 + FEEDBACK_MS) * asked as u64;
        }
        (count, ms)
    }

    /// How the match is played.
    fn settings(&self, bank: &Bank, preferences: &Preferences, code: GameCode) -> Settings {
        let chosen = bank.rounds.iter().zip(&self.rounds).filter(|(_, on)| **on).map(|(round, _)| round.id.clone());
        Settings {
            rounds: chosen.collect(),
            per_round: self.per_round,
            pace: self.pace,
            extra: self.extra.unwrap_or(preferences.extra),
            scoring: self.scoring,
            ..Settings::solo(code.seed()).with_code(code)
        }
    }
}

/// The very first game: what the set-up screen would start with.
#[must_use]
pub fn first_game(preferences: &Preferences, code: GameCode) -> Settings {
    Settings { per_round: Some(PER_ROUND), extra: preferences.extra, ..Settings::solo(code.seed()).with_code(code) }
}

#[derive(Component)]
struct Root;
#[derive(Component)]
struct Length;
#[derive(Component)]
struct PerRound;
#[derive(Component)]
struct ToBeat;
#[derive(Component)]
struct StartButton;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Setup>()
        .add_systems(OnEnter(Screen::Setup), build)
        .add_systems(OnExit(Screen::Settings), forget_extra)
        .add_systems(Update, refresh.run_if(in_state(Screen::Setup).and_then(resource_changed::<Setup>)));
}

fn build(
    library: Res<Library>,
    saved: Res<SavedGame>,
    progress: Res<Progress>,
    preferences: Res<Preferences>,
    (mut setup, for_teams, teams): (ResMut<Setup>, Res<ForTeams>, Res<Teams>),
    mut commands: Commands,
) {
    let Some(loaded) = library.chosen().cloned() else {
        commands.trigger(Go(Menu::Banks));
        return;
    };
    setup.fit(&loaded.bank);
    // Every visit offers fresh questions; "Play again, same code" is where the old ones are.
    setup.code = setup.wished.take().or_else(|| Some(new_code()));
    let gives_up = saved.0.as_ref().map(|saved| {
        let summary = &saved.summary;
        match summary.teams {
            0 => text::gives_up(&summary.bank, summary.question, summary.points),
            _ => text::teams::gives_up(&summary.bank, summary.question),
        }
    });
    let told = gives_up.clone();
    let setup = setup.clone();
    let extra = setup.extra.unwrap_or(preferences.extra);
    let rounds_told = tell_rounds(&loaded.bank, &progress);
    let teams = for_teams.0.then(|| teams.clone());
    commands.spawn((
        Root,
        screen(text::CHOOSE_ROUNDS),
        DespawnOnExit(Screen::Setup),
        with(move |root| {
            let bank = loaded.bank.clone();
            let about = match &teams {
                Some(teams) => text::teams::pill(teams.count(), teams.play()),
                None => text::bank_pill(&bank.title, bank.questions().count()),
            };
            // Who is first has had the advantage of being fast.
            let scores = teams.as_ref().is_none_or(|teams| teams.play() != Play::Buzz);
            let before = if teams.is_some() { Menu::Teams } else { Menu::Title };
            root.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
                line.spawn(heading(text::CHOOSE_ROUNDS, Type::Heading));
                line.spawn(spacer());
                line.spawn(pill(about));
            });
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    side_by_side(),
                    with(move |sides| {
                        rounds(sides, rounds_told, &setup);
                        options(sides, &bank, &setup, extra, (gives_up, scores));
                    }),
                ));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(text::BACK),
                    observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(Go(before))),
                ));
                foot.spawn(spacer());
                if let Some(told) = told {
                    foot.spawn((
                        Node { flex_basis: px(0), flex_grow: 4., min_width: px(0), ..default() },
                        wide_only(),
                        children![words(told, Type::Small, Token::Gold)],
                    ));
                }
                // Beside the button, too: the options have no line to spare in a window of 1280 × 720.
                foot.spawn((
                    Node { flex_shrink: 0., ..default() },
                    wide_only(),
                    children![(bold("", Type::Body, Token::Gold), ToBeat)],
                ));
                foot.spawn((
                    main_button(text::START),
                    StartButton,
                    AutoFocus,
                    Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(OPTIONS) }),
                    observe(start(loaded, teams)),
                ));
            }));
        }),
    ));
}

/// Whoever has been to the settings expects what stands there.
fn forget_extra(mut setup: ResMut<Setup>) {
    setup.extra = None;
}

/// Starts what is set up.
fn start(loaded: Loaded, teams: Option<Teams>) -> impl FnMut(On<Activate>, Res<Setup>, Res<Preferences>, Commands) {
    move |_, setup, preferences, mut commands| {
        if let Some(code) = setup.code {
            commands.trigger(Go(Menu::Title));
            let settings = setup.settings(&loaded.bank, &preferences, code);
            let (settings, names) = match &teams {
                Some(teams) => (teams.settings(settings), teams.names()),
                None => (settings, Vec::new()),
            };
            commands.trigger(StartGame { settings, loaded: loaded.clone(), teams: names });
        }
    }
}

/// Of each round its title, what it is about, how many questions it has and the best so far.
fn tell_rounds(bank: &Bank, progress: &Progress) -> Vec<(String, String, String)> {
    let tell = |round: &Round| {
        let best = progress.best_of_round(&bank.id, &round.id).map(|best| (best.credit, best.counted));
        let beside = format!("{}\n{}", text::questions(round.questions.len()), text::best_so_far(best));
        (round.title.clone(), round.about.clone(), beside)
    };
    bank.rounds.iter().map(tell).collect()
}

fn rounds(sides: &mut Spawner, told: Vec<(String, String, String)>, setup: &Setup) {
    let rounds: Vec<_> = told.into_iter().zip(setup.rounds.clone()).collect();
    sides
        .spawn((
            Node { flex_grow: 1., flex_shrink: 1., min_width: px(0), ..column() },
            Adapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
        ))
        .with_children(|list| {
            for (index, ((title, about, beside), on)) in rounds.into_iter().enumerate() {
                let mut round = list.spawn((
                    check_row(title, about, beside),
                    BoxColour(Token::Round(index)),
                    observe(move |on: On<ValueChange<bool>>, mut setup: ResMut<Setup>| {
                        if let Some(round) = setup.rounds.get_mut(index) {
                            *round = on.value;
                        }
                    }),
                ));
                if on {
                    round.insert(Chosen);
                }
            }
        });
}

fn options(sides: &mut Spawner, bank: &Bank, setup: &Setup, extra: Extra, (gives_up, scores): (Option<String>, bool)) {
    let setup = setup.clone();
    let longest = u16::try_from(Setup::longest(bank)).unwrap_or(u16::MAX);
    sides
        .spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(OPTIONS) }),
        ))
        .with_children(|holder| {
            holder.spawn((
                panel(),
                // All of it in view, in a window of 1280 × 720.
                Adapt(|node, form| {
                    let side = if form.is_narrow() { 16. } else { space::INSIDE };
                    (node.padding, node.row_gap) = (UiRect::axes(px(side), px(14)), px(8));
                }),
                with(move |panel| {
                    if let Some(gives_up) = gives_up {
                        // A wide window has it beside the button that does it.
                        panel.spawn((
                            Node::default(),
                            narrow_only(),
                            children![words(gives_up, Type::Small, Token::Gold)],
                        ));
                    }
                    panel.spawn((
                        Node::default(),
                        narrow_only(),
                        children![(bold("", Type::Body, Token::Gold), ToBeat)],
                    ));
                    pace(panel, &setup, extra);
                    if scores {
                        scoring(panel, &setup);
                    }
                    length(panel, &setup, longest);
                    code(panel, setup.code);
                }),
            ));
        });
}

fn pace(panel: &mut Spawner, setup: &Setup, extra_now: Extra) {
    panel.spawn(bold(text::PACE, Type::Label, Token::Text));
    let names = PACES.map(text::pace);
    let at = PACES.iter().position(|pace| *pace == setup.pace).unwrap_or(0);
    panel.spawn((
        choice(text::PACE, &names, at),
        observe(|on: On<ValueChange<usize>>, mut setup: ResMut<Setup>| {
            if let Some(pace) = PACES.get(on.value) {
                setup.pace = *pace;
            }
        }),
    ));
    panel.spawn(bold(text::EXTRA_TIME, Type::Small, Token::Text));
    let names = Extra::CHOICES.map(text::extra);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let at = Extra::CHOICES.iter().position(|extra| *extra == extra_now).unwrap_or(0);
    panel.spawn((
        choice(text::EXTRA_TIME, &names, at),
        observe(|on: On<ValueChange<usize>>, mut setup: ResMut<Setup>| {
            if let Some(extra) = Extra::CHOICES.get(on.value) {
                setup.extra = Some(*extra);
            }
        }),
    ));
}

fn scoring(panel: &mut Spawner, setup: &Setup) {
    panel.spawn(bold(text::SCORING, Type::Label, Token::Text));
    let names = SCORINGS.map(text::scoring);
    let at = SCORINGS.iter().position(|scoring| *scoring == setup.scoring).unwrap_or(0);
    panel.spawn((
        choice(text::SCORING, &names, at),
        observe(|on: On<ValueChange<usize>>, mut setup: ResMut<Setup>| {
            if let Some(scoring) = SCORINGS.get(on.value) {
                setup.scoring = *scoring;
            }
        }),
    ));
}

fn length(panel: &mut Spawner, setup: &Setup, longest: u16) {
    let value = setup.per_round.unwrap_or(longest).min(longest);
    panel.spawn(row()).with_children(|line| {
        line.spawn(bold(text::PER_ROUND, Type::Label, Token::Text));
        line.spawn(spacer());
        line.spawn((
            bold(text::per_round(setup.per_round.filter(|most| *most < longest)), Type::Label, Token::Text),
            PerRound,
        ));
    });
    panel.spawn((
        slider(text::PER_ROUND, Slide { min: 1., max: f64::from(longest), step: 1., value: Some(f64::from(value)) }),
        observe(move |on: On<ValueChange<f64>>, mut setup: ResMut<Setup>| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 up")]
            let asked = on.value.round() as u16;
            setup.per_round = (asked < longest).then_some(asked.max(1));
        }),
    ));
    panel.spawn((words("", Type::Small, Token::Soft), Length));
}

fn code(panel: &mut Spawner, code: Option<GameCode>) {
    let shown = code.map(|code| code.to_string()).unwrap_or_default();
    let another = (
        button(text::NEW_CODE),
        Adapt(|node, _| node.padding = UiRect::axes(px(12), px(space::TIGHT))),
        observe(
            |on: On<Activate>,
             parents: Query<&ChildOf>,
             entries: Query<(), With<Entry>>,
             mut setup: ResMut<Setup>,
             mut commands: Commands| {
                let code = new_code();
                setup.code = Some(code);
                if let Some(entity) = parents.iter_ancestors(on.entity).find(|parent| entries.contains(*parent)) {
                    commands.trigger(FillEntry { entity, text: code.to_string() });
                }
            },
        ),
    );
    panel.spawn((
        short_entry(text::GAME_CODE, text::SAME_CODE_SAME, CODE_CHARS, another),
        Refill { text: shown, focus: false },
        observe(|on: On<ValueChange<String>>, mut setup: ResMut<Setup>| {
            let code = GameCode::parse(&on.value).ok();
            if setup.code != code {
                setup.code = code;
            }
        }),
    ));
}

/// What follows from the choices.
fn refresh(
    setup: Res<Setup>,
    library: Res<Library>,
    (invitation, preferences, for_teams): (Res<Invitation>, Res<Preferences>, Res<ForTeams>),
    mut texts: ParamSet<(
        Query<&mut Text, With<Length>>,
        Query<&mut Text, With<PerRound>>,
        Query<(&mut Text, &mut Node), With<ToBeat>>,
    )>,
    starts: Query<(Entity, Option<&Blocked>), With<StartButton>>,
    mut commands: Commands,
) {
    let Some(loaded) = library.chosen() else { return };
    let (count, ms) = setup.length(&loaded.bank);
    for mut shown in &mut texts.p0() {
        shown.set_if_neq(Text(text::length_of_match(count, ms.div_ceil(60_000))));
    }
    for mut shown in &mut texts.p1() {
        let longest = Setup::longest(&loaded.bank);
        shown.set_if_neq(Text(text::per_round(setup.per_round.filter(|most| usize::from(*most) < longest))));
    }
    // As long as what is chosen is what the score was reached with.
    let goal = setup.code.filter(|_| !for_teams.0).and_then(|code| {
        let settings = setup.settings(&loaded.bank, &preferences, code);
        invitation.wishes().beat.filter(|_| invitation.wishes().is_of(&settings, &loaded.bank, first(&library)))
    });
    for (mut shown, mut node) in &mut texts.p2() {
        shown.set_if_neq(Text(goal.map(|goal| text::to_beat(goal, count)).unwrap_or_default()));
        let display = if goal.is_some() { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
    let reason = match (count, setup.code) {
        (0, _) => Some(text::NO_ROUND),
        (_, None) => Some(text::CODE_WRONG),
        _ => None,
    };
    for (entity, blocked) in &starts {
        match reason {
            Some(reason) if blocked.is_none_or(|old| old.0 != reason) => {
                commands.entity(entity).insert(Blocked(reason.to_owned()));
            }
            None if blocked.is_some() => {
                commands.entity(entity).remove::<Blocked>();
            }
            _ => {}
        }
    }
}
