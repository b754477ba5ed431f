//! The title: one press to a game, and a game that was left comes first.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::parts::{Spawner, wide_only, with};
use super::{Go, Menu, Screen};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::library::{Library, ask_for_files};
use crate::game::motion::Leaving;
use crate::game::session::{ContinueGame, Saved, SavedGame};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Ring, bold, button, column, eyebrow, heading, hint, main_button, panel, quiet_button};
use crate::game::widgets::{in_ring, ring, ring_caption, screen, scroll, text as words};

/// Seats in the title's ring.
const SEATS: usize = 24;

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Title), build).add_systems(
        Update,
        build.run_if(
            in_state(Screen::Title).and_then(resource_changed::<Library>.or_else(resource_changed::<SavedGame>)),
        ),
    );
}

/// What the title tells, taken out of the resources so that the tree can be built from it.
struct Told {
    bank: Option<(String, usize, usize)>,
    saved: Option<(String, (u32, u32), String)>,
}

impl Told {
    fn new(library: &Library, saved: Option<&Saved>) -> Self {
        let bank = library.chosen().map(|loaded| {
            let bank = &loaded.bank;
            (bank.title.clone(), bank.questions().count(), bank.rounds.len())
        });
        let saved = saved.map(|saved| {
            let summary = &saved.summary;
            (summary.bank.clone(), summary.question, text::saved_game(summary.question, summary.points, saved.age))
        });
        Self { bank, saved }
    }
}

fn build(
    library: Res<Library>,
    saved: Res<SavedGame>,
    old: Query<Entity, (With<Root>, Without<Leaving>)>,
    mut commands: Commands,
) {
    for root in &old {
        commands.entity(root).despawn();
    }
    let told = Told::new(&library, saved.0.as_ref());
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
                        let seats = seats(&told);
                        middle.spawn((
                            Node { max_width: px(600), flex_shrink: 1., ..column() },
                            with(move |list| fill(list, told)),
                        ));
                        middle.spawn(seats);
                    }),
                ));
            })));
        }),
    ));
}

/// The ring: the player's way through the game that was left, or plain decoration. It counts nothing that is asked.
fn seats(told: &Told) -> impl Bundle + use<> {
    let (done, all, middle, below) = match (&told.saved, &told.bank) {
        (Some((_, (at, all), _)), _) => (*at, *all, at.to_string(), text::out_of_questions(*all)),
        (None, Some((_, questions, _))) => (0, 0, questions.to_string(), text::QUESTIONS_WAIT.to_owned()),
        (None, None) => (0, 0, String::new(), String::new()),
    };
    let filled = if all == 0 { 9 } else { done as usize * SEATS / all as usize };
    (
        Node { flex_grow: 1., flex_shrink: 0., justify_content: JustifyContent::End, ..default() },
        wide_only(),
        children![ring(
            Ring { thick: 0.13, ..Ring::filled(SEATS, filled, 440.) },
            children![in_ring(middle, 0.23), ring_caption(below)],
        )],
    )
}

fn fill(list: &mut Spawner, told: Told) {
    list.spawn(eyebrow(text::TAGLINE));
    list.spawn(heading(text::NAME, Type::Display));
    let playable = told.bank.is_some();
    let short = told.bank.map(|(title, questions, rounds)| text::bank_in_short(&title, questions, rounds));
    list.spawn(words(short.unwrap_or_else(|| text::NOTHING_TO_PLAY.to_owned()), Type::Body, Token::Soft));
    let has_saved = told.saved.is_some();
    if let Some((bank, _, line)) = told.saved {
        list.spawn(panel()).with_children(|panel| {
            panel.spawn(words(text::CONTINUE_HEADING, Type::Small, Token::Gold));
            panel.spawn(bold(bank, Type::Label, Token::Text));
            panel.spawn(hint(line));
        });
    }
    list.spawn((
        Node { max_width: px(440), ..column() },
        Adapt(|node, form| {
            node.row_gap = px(if form.is_narrow() { 10. } else { space::GAP });
        }),
        with(move |buttons| {
            if has_saved {
                buttons.spawn((
                    main_button(text::CONTINUE),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(ContinueGame)),
                ));
            }
            let play = |_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Setup));
            if playable && has_saved {
                buttons.spawn((button(text::START_AFRESH), observe(play)));
            } else if playable {
                buttons.spawn((main_button(text::PLAY), AutoFocus, observe(play)));
            }
            let mut files = buttons.spawn((
                button(text::QUESTION_FILES),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Banks))),
            ));
            if !playable && !has_saved {
                files.insert(AutoFocus);
            }
            buttons.spawn((
                quiet_button(text::OPEN_FILE),
                observe(|_: On<Activate>, mut commands: Commands| ask_for_files(&mut commands)),
            ));
            buttons.spawn((
                quiet_button(text::QUIT),
                observe(|_: On<Activate>, mut exit: MessageWriter<AppExit>| {
                    exit.write(AppExit::Success);
                }),
            ));
        }),
    ));
}
