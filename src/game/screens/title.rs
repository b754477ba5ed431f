//! The title: one press to a game, and a game that was left comes first. The ring is the player's own table.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::parts::{Spawner, wide_only, with};
use super::table::{seats_of, table_with_figures};
use super::{Go, Menu, Screen, settings, setup};
#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
use crate::game::class::{LeftClass, ResumeClass};
use crate::game::focus::AutoFocus;
use crate::game::layout::{Adapt, Form};
use crate::game::library::{Library, ask_for_files};
use crate::game::motion::Leaving;
use crate::game::preferences::Preferences;
use crate::game::progress::practise::still_there;
use crate::game::progress::{FirstRun, Practise, Progress, Seats};
use crate::game::session::{ContinueGame, Loaded, Saved, SavedGame, StartGame, new_code};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{button, column, eyebrow, figure_button, heading, hint, main_button, panel, quiet_button};
use crate::game::widgets::{row, screen, scroll, text as words};

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    app.add_systems(Update, build.run_if(in_state(Screen::Title).and_then(resource_changed::<LeftClass>)));
    app.add_systems(OnEnter(Screen::Title), build).add_systems(
        Update,
        build.run_if(in_state(Screen::Title).and_then(
            resource_changed::<Library>.or_else(resource_changed::<SavedGame>).or_else(resource_changed::<Progress>),
        )),
    );
}

/// What the title tells, taken out of the resources so that the tree can be built from it.
struct Told {
    loaded: Option<Loaded>,
    seats: Seats,
    missed: Vec<String>,
    saved: Option<String>,
    waits: Option<String>,
    /// A class that was left running.
    class: Option<String>,
    first: FirstRun,
    preferences: Preferences,
}

impl Told {
    fn new(
        library: &Library,
        saved: Option<&Saved>,
        progress: &Progress,
        first: FirstRun,
        preferences: &Preferences,
    ) -> Self {
        let loaded = library.chosen().cloned();
        let bank = loaded.as_ref().map(|loaded| &loaded.bank);
        let waits = saved.and_then(|saved| saved.waits.as_ref()).map(|waits| text::waits(&waits.bank, waits.question));
        let saved = saved.map(|saved| {
            let summary = &saved.summary;
            let line = match summary.teams {
                0 => text::saved_game(summary.question, summary.points, saved.age),
                teams => text::teams::saved_game(summary.question, teams, saved.age),
            };
            format!("{} · {line}", summary.bank)
        });
        Self {
            seats: bank.map(|bank| seats_of(progress, bank)).unwrap_or_default(),
            missed: bank.map(|bank| still_there(bank, &progress.missed(&bank.id))).unwrap_or_default(),
            loaded,
            saved,
            waits,
            class: None,
            first,
            preferences: preferences.clone(),
        }
    }
}

#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
fn waiting_class(left: &crate::classroom::hosting::Left) -> String {
    text::class::left_class(&left.summary.bank, left.summary.question, left.players)
}

fn build(
    library: Res<Library>,
    saved: Res<SavedGame>,
    progress: Res<Progress>,
    first: Res<FirstRun>,
    preferences: Res<Preferences>,
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))] left: Res<LeftClass>,
    old: Query<Entity, (With<Root>, Without<Leaving>)>,
    mut commands: Commands,
) {
    for root in &old {
        commands.entity(root).despawn();
    }
    let told = Told::new(&library, saved.0.as_ref(), &progress, *first, &preferences);
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    let told = Told { class: left.0.as_ref().map(waiting_class), ..told };
    commands.spawn((
        Root,
        screen(text::NAME),
        DespawnOnExit(Screen::Title),
        with(move |root| {
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    Node {
                        min_height: percent(100),
                        column_gap: px(space::EDGE),
                        align_items: AlignItems::Center,
                        ..default()
                    },
                    Adapt(|node, form| {
                        let side = if form.is_narrow() { 0. } else { 40. };
                        node.padding = UiRect::horizontal(px(side));
                    }),
                    with(move |middle| {
                        let seats = told.seats;
                        middle.spawn((
                            Node {
                                flex_grow: 1.,
                                flex_shrink: 1.,
                                row_gap: px(if told.first.0 { 9. } else { space::GAP }),
                                ..column()
                            },
                            Adapt(|node, form| {
                                node.max_width = if form.is_narrow() { percent(100) } else { px(space::LIST) };
                            }),
                            with(move |list| fill(list, told)),
                        ));
                        middle.spawn((
                            Node { flex_grow: 1., flex_shrink: 0., justify_content: JustifyContent::End, ..default() },
                            wide_only(),
                            children![table_with_figures(seats, 440.)],
                        ));
                    }),
                ));
            })));
        }),
    ));
}

/// What "Play" does: leads to the set-up, or, the very first time, straight into a game.
pub fn play(loaded: Loaded, first: FirstRun) -> impl FnMut(On<Activate>, Res<Preferences>, Commands) {
    move |_, preferences, mut commands| {
        if first.0 {
            let settings = setup::first_game(&preferences, new_code());
            commands.trigger(Go(Menu::Title));
            commands.trigger(StartGame { loaded: loaded.clone(), settings, teams: Vec::new() });
        } else {
            commands.trigger(Go(Menu::Setup));
        }
    }
}

fn fill(list: &mut Spawner, told: Told) {
    list.spawn(eyebrow(text::TAGLINE));
    list.spawn(heading(text::NAME, Type::Display));
    let short = told.loaded.as_ref().map(|loaded| {
        let bank = &loaded.bank;
        text::bank_in_short(&bank.title, bank.questions().count(), bank.rounds.len())
    });
    list.spawn(words(short.unwrap_or_else(|| text::NOTHING_TO_PLAY.to_owned()), Type::Body, Token::Soft));
    if told.loaded.is_some() && !told.first.0 {
        // A narrow window has no room for the ring; its figures are worth a line.
        let seats = told.seats;
        list.spawn((
            Node::default(),
            Adapt(|node, form| node.display = if form.is_narrow() { Display::Flex } else { Display::None }),
            children![hint(text::table_in_words(seats.taken, seats.once, seats.all()))],
        ));
    }
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    if let Some(line) = told.class.clone() {
        list.spawn(panel()).with_children(|panel| {
            panel.spawn(words(text::class::GO_ON_HEADING, Type::Small, Token::Gold));
            panel.spawn(hint(line));
        });
    }
    if let Some(line) = told.saved.clone() {
        list.spawn(panel()).with_children(|panel| {
            panel.spawn(words(text::CONTINUE_HEADING, Type::Small, Token::Gold));
            panel.spawn(hint(line));
            if let Some(waits) = told.waits.clone() {
                panel.spawn(hint(waits));
            }
        });
    }
    let (main, rest): (Group, Group) = (main_buttons, other_buttons);
    let told = Arc::new(told);
    group(list, main, &told);
    if told.first.0 {
        list.spawn((
            panel(),
            Adapt(|node, _| {
                node.padding = UiRect::axes(px(16), px(10));
                node.row_gap = px(4);
            }),
        ))
        .with_children(|panel| offer(panel, &told.preferences));
    }
    group(list, rest, &told);
}

/// How wide a column of buttons is that has no panel in it.
const SINGLE: f32 = 440.;

type Group = fn(&mut Spawner, &Told);

fn lay_group(node: &mut Node, form: Form, widest: f32) {
    node.row_gap = px(if form.is_narrow() || widest > SINGLE { 10. } else { space::GAP });
    node.max_width = if form.is_narrow() { percent(100) } else { px(widest) };
}

/// Buttons that belong together, no wider than they need to be.
fn group(list: &mut Spawner, fill: Group, told: &Arc<Told>) {
    let told = Arc::clone(told);
    // As wide as the panel among them.
    let lay = if told.first.0 || told.saved.is_some() || told.class.is_some() {
        Adapt(|node, form| lay_group(node, form, space::LIST))
    } else {
        Adapt(|node, form| lay_group(node, form, SINGLE))
    };
    list.spawn((Node { width: percent(100), ..column() }, lay, with(move |buttons| fill(buttons, &told))));
}

fn main_buttons(buttons: &mut Spawner, told: &Told) {
    let Told { loaded, missed, saved, first, class, .. } = told;
    // Thirty phones wait for it: it comes before a game of one's own.
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    if class.is_some() {
        buttons.spawn((
            main_button(text::class::GO_ON),
            AutoFocus,
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(ResumeClass)),
        ));
    }
    if saved.is_some() {
        let go_on = observe(|_: On<Activate>, mut commands: Commands| commands.trigger(ContinueGame));
        if class.is_some() {
            buttons.spawn((button(text::CONTINUE), go_on));
        } else {
            buttons.spawn((main_button(text::CONTINUE), AutoFocus, go_on));
        }
    }
    if let Some(loaded) = loaded.clone() {
        if saved.is_some() {
            buttons.spawn((button(text::START_AFRESH), observe(play(loaded.clone(), *first))));
        } else if class.is_some() {
            buttons.spawn((button(text::PLAY), observe(play(loaded.clone(), *first))));
        } else {
            buttons.spawn((main_button(text::PLAY), AutoFocus, observe(play(loaded.clone(), *first))));
        }
        let missed = missed.clone();
        if !missed.is_empty() {
            buttons.spawn((
                figure_button(text::PRACTISE, text::to_practise(missed.len())),
                observe(move |_: On<Activate>, mut commands: Commands| {
                    commands.trigger(Practise { loaded: loaded.clone(), questions: missed.clone() });
                }),
            ));
        }
    }
}

fn other_buttons(buttons: &mut Spawner, told: &Told) {
    let playable = told.loaded.is_some();
    if playable {
        buttons.spawn(row()).with_children(|line| {
            line.spawn((
                button(text::teams::TEAMS),
                beside(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Teams))),
            ));
            #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
            line.spawn((
                button(text::class::HOST_A_CLASS),
                beside(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::HostSetup))),
            ));
        });
    }
    buttons.spawn(row()).with_children(|line| {
        let mut files = line.spawn((
            button(text::QUESTION_FILES),
            beside(),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Banks))),
        ));
        if !playable && told.saved.is_none() {
            files.insert(AutoFocus);
        }
        line.spawn((
            quiet_button(text::OPEN_FILE),
            beside(),
            observe(|_: On<Activate>, mut commands: Commands| ask_for_files(&mut commands)),
        ));
    });
    buttons.spawn(row()).with_children(|line| {
        if playable {
            line.spawn((
                quiet_button(text::YOUR_TABLE),
                beside(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Table))),
            ));
        }
        line.spawn((
            quiet_button(text::SETTINGS),
            beside(),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Settings))),
        ));
        // A page is closed by its browser.
        if cfg!(not(target_family = "wasm")) {
            line.spawn((
                quiet_button(text::QUIT),
                beside(),
                observe(|_: On<Activate>, mut exit: MessageWriter<AppExit>| {
                    exit.write(AppExit::Success);
                }),
            ));
        }
    });
}

/// Shares a line with others, as far as its label lets it.
fn beside() -> Adapt {
    Adapt(|node, _| {
        node.flex_grow = 1.;
        node.padding = UiRect::axes(px(16), px(space::TIGHT));
        node.justify_content = JustifyContent::Center;
    })
}

/// Before the first game: offered, and never asked for.
fn offer(panel: &mut Spawner, preferences: &Preferences) {
    panel.spawn(hint(text::MAKE_IT_YOURS));
    for setting in [settings::TEXT_SIZE, settings::MOTION, settings::SOUND] {
        setting.show_on_a_line(panel, preferences);
    }
}
