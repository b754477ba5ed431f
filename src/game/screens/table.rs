//! The player's own table: how many seats are taken, the best of each round, what was missed, what was played.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::parts::{Spawner, flowing, foot, main_side, wide_only, with};
use super::title::play;
use super::{Go, Menu, Screen};
use crate::bank::Bank;
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::motion::Leaving;
use crate::game::progress::practise::still_there;
use crate::game::progress::{Best, FirstRun, PlayedGame, Practise, Progress, Seats};
use crate::game::session::Loaded;
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::text as words;
use crate::game::widgets::{Bar, Ink, Ring, back_button, bar, bold, button, column, eyebrow, heading, hint, in_ring};
use crate::game::widgets::{main_button, panel, pill, ring, ring_caption, row, screen, scroll, side_by_side, spacer};

/// One seat a question, up to this many; beyond it, questions share seats.
const MOST_SEATS: usize = 96;

/// Games that are listed; the file keeps more.
const SHOWN_GAMES: usize = 30;

/// The seats as a ring: those taken for good, those right once, and the empty ones, clockwise from the top. Which question a seat is
/// for, it does not show.
#[must_use]
pub fn table_ring(seats: Seats, size: f32) -> Ring {
    let all = seats.all();
    let shown = all.clamp(1, MOST_SEATS);
    // A seat that is taken shows, however many questions share it.
    let share = |count: usize| if count == 0 { 0 } else { (count * shown / all.max(1)).max(1) };
    let taken = share(seats.taken);
    let once = share(seats.once).min(shown - taken);
    let tokens = [(Token::Gold, taken), (Token::SeatNew, once), (Token::Seat, shown - taken - once)];
    Ring {
        seats: tokens.into_iter().flat_map(|(token, count)| std::iter::repeat_n(token, count)).collect(),
        size,
        thick: 0.13,
        name: text::table_in_words(seats.taken, seats.once, all),
    }
}

/// The ring with its figures.
pub fn table_with_figures(seats: Seats, size: f32) -> impl Bundle {
    /// The lines beneath the main one, as a share of the ring.
    const LINE: f32 = 0.05;
    let begun = seats.taken + seats.once > 0;
    ring(
        table_ring(seats, size),
        with(move |middle| {
            middle.spawn(in_ring(seats.taken.to_string(), 0.23));
            middle.spawn(ring_caption(text::seats_taken_of(seats.all())));
            if begun {
                middle.spawn(in_ring(text::right_once(seats.once), LINE)).insert(Ink(Token::SeatNew));
                middle.spawn(in_ring(text::still_free(seats.empty), LINE)).insert(Ink(Token::Soft));
            } else if size > 400. {
                middle.spawn(Node { height: px(space::TIGHT), ..default() });
                for line in text::HOW_A_SEAT_FILLS {
                    middle.spawn(ring_caption(line));
                }
            }
        }),
    )
}

/// The seats of a whole bank.
#[must_use]
pub fn seats_of(progress: &Progress, bank: &Bank) -> Seats {
    progress.seats(&bank.id, bank.questions().map(|(_, question)| question.id.as_str()))
}

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Table), build)
        .add_systems(Update, build.run_if(in_state(Screen::Table).and_then(resource_changed::<Progress>)));
}

struct RoundLine {
    title: String,
    seats: Seats,
    best: Option<Best>,
}

struct Told {
    loaded: Loaded,
    seats: Seats,
    rounds: Vec<RoundLine>,
    /// Round and stem.
    missed: Vec<(String, String)>,
    missed_ids: Vec<String>,
    games: Vec<PlayedGame>,
}

impl Told {
    fn new(loaded: &Loaded, progress: &Progress) -> Self {
        let bank = &loaded.bank;
        let missed_ids = still_there(bank, &progress.missed(&bank.id));
        let missed = bank
            .questions()
            .filter(|(_, question)| missed_ids.contains(&question.id))
            .map(|(round, question)| (bank.rounds[round].title.clone(), question.stem.clone()))
            .collect();
        let rounds = bank.rounds.iter().map(|round| RoundLine {
            title: round.title.clone(),
            seats: progress.seats(&bank.id, round.questions.iter().map(|question| question.id.as_str())),
            best: progress.best_of_round(&bank.id, &round.id),
        });
        Self {
            loaded: loaded.clone(),
            seats: seats_of(progress, bank),
            rounds: rounds.collect(),
            missed,
            missed_ids,
            games: progress.history().iter().take(SHOWN_GAMES).cloned().collect(),
        }
    }
}

fn build(
    library: Res<Library>,
    progress: Res<Progress>,
    first: Res<FirstRun>,
    old: Query<Entity, (With<Root>, Without<Leaving>)>,
    mut commands: Commands,
) {
    let Some(loaded) = library.chosen() else {
        commands.trigger(Go(Menu::Banks));
        return;
    };
    for root in &old {
        commands.entity(root).despawn();
    }
    let told = Told::new(loaded, &progress);
    let (empty, first) = (progress.is_empty(), *first);
    commands.spawn((
        Root,
        screen(text::YOUR_TABLE),
        DespawnOnExit(Screen::Table),
        with(move |root| {
            root.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
                line.spawn(heading(text::YOUR_TABLE, Type::Heading));
                line.spawn(spacer());
                line.spawn(pill(told.loaded.bank.title.clone()));
            });
            let (loaded, missed) = (told.loaded.clone(), told.missed_ids.clone());
            root.spawn(scroll(with(move |area| if empty { nothing_yet(area, told.seats) } else { full(area, told) })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(text::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                foot.spawn(spacer());
                if missed.is_empty() {
                    foot.spawn((main_button(text::PLAY), AutoFocus, observe(play(loaded, first))));
                } else {
                    foot.spawn((button(text::PLAY), wide_only(), observe(play(loaded.clone(), first))));
                    foot.spawn((
                        main_button(text::PRACTISE_THESE),
                        AutoFocus,
                        observe(move |_: On<Activate>, mut commands: Commands| {
                            commands.trigger(Practise { loaded: loaded.clone(), questions: missed.clone() });
                        }),
                    ));
                }
            }));
        }),
    ));
}

/// What will appear here.
fn nothing_yet(area: &mut Spawner, seats: Seats) {
    area.spawn((
        side_by_side(),
        Adapt(|node, form| {
            node.min_height = if form.is_narrow() { Val::Auto } else { percent(100) };
            node.align_items = if form.is_narrow() { AlignItems::Stretch } else { AlignItems::Center };
        }),
        with(move |sides| {
            sides.spawn((ring_side(), with(move |column| place_ring(column, seats))));
            sides.spawn((
                main_side(),
                with(|lines| {
                    lines.spawn(heading(text::TABLE_EMPTY, Type::Heading));
                    for line in text::TABLE_EMPTY_LINES {
                        lines.spawn(words(line, Type::Body, Token::Soft));
                    }
                }),
            ));
        }),
    ));
}

/// Where the ring stands.
fn ring_side() -> impl Bundle {
    (
        Node { flex_direction: FlexDirection::Column, align_items: AlignItems::Center, flex_shrink: 0., ..default() },
        Adapt(|node, form| node.width = if form.is_narrow() { percent(100) } else { px(360) }),
    )
}

fn place_ring(column: &mut Spawner, seats: Seats) {
    column.spawn(table_with_figures(seats, 320.));
}

fn full(area: &mut Spawner, told: Told) {
    area.spawn((
        side_by_side(),
        with(move |sides| {
            let seats = told.seats;
            sides.spawn((ring_side(), with(move |column| place_ring(column, seats))));
            sides.spawn(main_side()).with_children(|list| {
                list.spawn(heading(text::BY_ROUND, Type::Label));
                for round in told.rounds {
                    by_round(list, round);
                }
                if !told.missed.is_empty() {
                    list.spawn(heading(text::to_practise_heading(told.missed.len()), Type::Label));
                    list.spawn(panel()).with_children(|panel| {
                        for (round, stem) in told.missed {
                            panel.spawn(Node { row_gap: px(2), ..column() }).with_children(|lines| {
                                lines.spawn(eyebrow(round));
                                lines.spawn(words(stem, Type::Body, Token::Text));
                            });
                        }
                    });
                }
                if !told.games.is_empty() {
                    list.spawn(heading(text::GAMES_PLAYED, Type::Label));
                    list.spawn(panel()).with_children(|panel| {
                        for game in told.games {
                            played(panel, &game);
                        }
                    });
                }
            });
        }),
    ));
}

fn by_round(list: &mut Spawner, round: RoundLine) {
    let all = round.seats.all();
    // A few hundred: exact in an f32.
    #[expect(clippy::cast_precision_loss, reason = "a few hundred questions")]
    let share = round.seats.taken as f32 / all.max(1) as f32;
    let best = round.best.map(|best| (best.credit, best.counted));
    let line = text::round_at_table(round.seats.taken, all, best);
    list.spawn(Node { row_gap: px(4), flex_shrink: 0., ..column() }).with_children(|lines| {
        lines.spawn(row()).with_children(|head| {
            head.spawn(words(round.title.clone(), Type::Body, Token::Text));
            head.spawn(spacer());
            head.spawn(hint(line));
        });
        lines.spawn(bar(round.title, Bar { share, token: Token::Gold }));
    });
}

fn played(panel: &mut Spawner, game: &PlayedGame) {
    let what = text::played(&game.title, game.settings.is_empty());
    let came = text::came_of_it(game.credit, game.counted, game.points);
    let when = text::played_when(game.day, game.code.as_deref());
    panel.spawn(Node { row_gap: px(2), ..column() }).with_children(|lines| {
        lines.spawn(row()).with_children(|line| {
            line.spawn(flowing(words(what, Type::Body, Token::Text)));
            line.spawn(bold(came, Type::Body, Token::Text));
        });
        lines.spawn(hint(when));
    });
}
