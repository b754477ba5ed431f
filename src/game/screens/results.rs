//! The end: the score, each round, and every question that was missed, with its reason.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use super::parts::{Spawner, aside_at_foot, aside_in_body, foot, leave, main_side, with};
use super::share::share_button;
use crate::game::a11y::Announce;
use crate::game::focus::{AutoFocus, EscAction};
use crate::game::invite::Invitation;
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::motion::{CountUp, FillUp};
use crate::game::progress::{Practise, Progress};
use crate::game::session::{CurrentView, PlayAgain, Session};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    Bar, Icon, Ring, bar, bold, button, centred, eyebrow, heading, hint, icon, in_ring, main_button, panel,
};
use crate::game::widgets::{quiet_button, ring, ring_caption, screen, scroll, side_by_side, spacer, text as words};
use crate::quiz::{Play, Review, RoundResult, Sureness, View, You};
use crate::rules::Credit;

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Results), build);
}

fn build(
    (view, session, progress): (Res<CurrentView>, Res<Session>, Res<Progress>),
    (invitation, library): (Res<Invitation>, Res<Library>),
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    // Teams have a podium.
    let Some(view) = view.get().filter(|view| view.shown.play == Play::Together).cloned() else { return };
    let Some(you) = view.you.clone() else { return };
    let counted = you.rounds.iter().flat_map(|round| &round.questions).flatten().count();
    let goal = invitation.goal(&session, &library).map(|goal| text::beside_goal(you.credit, goal));
    let mut said = text::said_result(you.credit, u32::try_from(counted).unwrap_or(u32::MAX), you.points);
    if let Some(goal) = &goal {
        said = format!("{said} {goal}");
    }
    announce.write(Announce(said));
    let questions: Vec<String> = you.review.iter().map(|missed| missed.id.clone()).collect();
    let missed = session.played().filter(|_| !questions.is_empty()).map(|loaded| Practise { loaded, questions });
    let best = progress.outcome().and_then(text::beside_best);
    commands.spawn((
        Root,
        screen(text::RESULTS),
        DespawnOnExit(Screen::Results),
        with(move |root| {
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    side_by_side(),
                    with(move |sides| {
                        score(sides, &view, &you, best, goal);
                        details(sides, &you);
                    }),
                ));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((quiet_button(text::MENU), EscAction, observe(leave)));
                foot.spawn(spacer());
                let again = |_: On<Activate>, mut commands: Commands| commands.trigger(PlayAgain::NewCode);
                let practises = missed.is_some();
                foot.spawn(aside_at_foot(move |aside| {
                    aside.spawn(share_button());
                    aside.spawn((
                        button(text::AGAIN_SAME),
                        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(PlayAgain::SameCode)),
                    ));
                    if practises {
                        aside.spawn((button(text::AGAIN_NEW), observe(again)));
                    }
                }));
                match missed {
                    Some(practise) => {
                        foot.spawn((
                            main_button(text::PRACTISE_THESE),
                            AutoFocus,
                            observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(practise.clone())),
                        ));
                    }
                    None => {
                        foot.spawn((main_button(text::AGAIN_NEW), AutoFocus, observe(again)));
                    }
                }
            }));
        }),
    ));
}

/// The ring has a seat a question; what it shows in colour, the rows beside it say in words.
fn score(sides: &mut Spawner, view: &View, you: &You, best: Option<String>, goal: Option<String>) {
    let asked: Vec<Option<Credit>> = you.rounds.iter().flat_map(|round| round.questions.iter().copied()).collect();
    let counted = asked.iter().flatten().count();
    let seats = asked
        .iter()
        .map(|credit| match credit {
            None => Token::Seat,
            Some(Credit::FULL) => Token::Right,
            Some(Credit::NONE) => Token::Wrong,
            Some(_) => Token::SeatNew,
        })
        .collect::<Vec<_>>();
    let total = u32::try_from(counted).unwrap_or(u32::MAX);
    let middle = text::thousandths(you.credit);
    let name = text::of(you.credit, total);
    let (credit, points, abandoned, bank) = (you.credit, you.points, view.shown.abandoned, view.shown.bank.clone());
    sides
        .spawn((
            Node {
                flex_direction: FlexDirection::Column,
                align_items: AlignItems::Center,
                row_gap: px(space::GAP),
                flex_shrink: 0.,
                ..default()
            },
            Adapt(|node, form| node.width = if form.is_narrow() { percent(100) } else { px(380) }),
        ))
        .with_children(|column| {
            column.spawn(eyebrow(bank));
            let (filling, seconds) = (FillUp::new(seats.len()), FillUp::seconds(seats.len()));
            column.spawn((
                filling,
                ring(
                    Ring { seats, size: 320., thick: 0.13, name },
                    children![
                        (in_ring(middle, 0.27), CountUp::new(0, credit, text::thousandths).by(1000).within(seconds),),
                        ring_caption(text::out_of(total)),
                    ],
                ),
            ));
            column.spawn((
                heading(text::points(points), Type::Heading),
                CountUp::new(0, points, text::points).within(seconds),
            ));
            if let Some(goal) = goal {
                column.spawn(centred(goal, Type::Label, true, Token::Gold));
            }
            if let Some(best) = best {
                column.spawn(centred(best, Type::Body, false, Token::Gold));
            }
            if abandoned {
                column.spawn(hint(text::ABANDONED));
            }
        });
}

fn details(sides: &mut Spawner, you: &You) {
    let (rounds, levels, review) = (you.rounds.clone(), you.levels.clone(), you.review.clone());
    sides.spawn(main_side()).with_children(|column| {
        column.spawn(heading(text::BY_ROUND, Type::Label));
        by_round(column, &rounds);
        column.spawn((Node { height: px(space::TIGHT), ..default() },));
        // One difficulty says no more than the score does.
        if levels.len() > 1 {
            column.spawn(heading(text::BY_DIFFICULTY, Type::Label));
            for level in levels.iter() {
                part(
                    column,
                    text::difficulty(level.difficulty).to_owned(),
                    level.credit,
                    level.counted,
                    Token::SeatNew,
                );
            }
            column.spawn((Node { height: px(space::TIGHT), ..default() },));
        }
        column.spawn(heading(text::TO_REVIEW, Type::Label));
        if review.is_empty() {
            column.spawn(words(text::NOTHING_TO_REVIEW, Type::Body, Token::Text));
        }
        for missed in review.iter() {
            missed_question(column, missed);
        }
        column.spawn(aside_in_body());
    });
}

/// A bar a round, of those that count.
pub fn by_round(column: &mut Spawner, rounds: &[RoundResult]) {
    for (index, round) in rounds.iter().enumerate().filter(|(_, round)| round.counted > 0) {
        part(column, round.title.clone(), round.credit, round.counted, Token::Round(index));
    }
}

fn part(column: &mut Spawner, title: String, credit: u32, counted: u32, token: Token) {
    // A few thousand thousandths: exact in an f32.
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let share = credit as f32 / (counted as f32 * 1000.);
    let line = text::of(credit, counted);
    column
        .spawn((
            Node { column_gap: px(space::GAP), ..default() },
            // Where it is narrow the title has a line of its own: beside the bar it would break within its words.
            Adapt(|node, form| {
                (node.flex_direction, node.align_items) = if form.is_narrow() {
                    (FlexDirection::Column, AlignItems::Stretch)
                } else {
                    (FlexDirection::Row, AlignItems::Center)
                };
            }),
        ))
        .with_children(|part| {
            part.spawn((
                Node { flex_shrink: 1., ..default() },
                Adapt(|node, form| node.width = if form.is_narrow() { percent(100) } else { px(190) }),
                children![words(title.clone(), Type::Body, Token::Text)],
            ));
            part.spawn(Node {
                column_gap: px(space::GAP),
                align_items: AlignItems::Center,
                flex_grow: 1.,
                min_width: px(0),
                ..default()
            })
            .with_children(|row| {
                row.spawn(bar(title, Bar { share, token }));
                row.spawn((
                    Node { min_width: px(90), flex_shrink: 0., justify_content: JustifyContent::End, ..default() },
                    children![words(line, Type::Body, Token::Soft)],
                ));
            });
        });
}

fn missed_question(column: &mut Spawner, missed: &Review) {
    let missed = missed.clone();
    column.spawn((
        panel(),
        with(move |panel| {
            panel.spawn(eyebrow(text::review_place(&missed.round, missed.number)));
            panel.spawn(bold(missed.stem, Type::Label, Token::Text));
            let (mark, token) =
                if missed.credit == Credit::NONE { (Icon::Miss, Token::Wrong) } else { (Icon::Half, Token::Soft) };
            let yours = missed.yours.map_or_else(|| text::NO_ANSWER.to_owned(), |yours| text::your_answer(&yours));
            line(panel, mark, token, yours);
            line(panel, Icon::Tick, Token::Right, text::right_answer(&missed.key_text));
            // What one was sure of is worth a second look.
            if missed.sure == Some(Sureness::Sure) {
                panel.spawn(words(text::YOU_WERE_SURE, Type::Body, Token::Gold));
            }
            if !missed.explanation.is_empty() {
                panel.spawn(words(missed.explanation, Type::Body, Token::Text));
            }
            if let Some(note) = missed.note {
                panel.spawn(words(note, Type::Body, Token::Soft));
            }
            if let Some(source) = missed.source {
                panel.spawn(hint(text::source(&source.document, &source.section)));
            }
        }),
    ));
}

fn line(panel: &mut Spawner, mark: Icon, token: Token, what: String) {
    panel.spawn(Node { column_gap: px(10), align_items: AlignItems::Center, ..default() }).with_children(|row| {
        row.spawn(icon(mark, 18., token));
        row.spawn(super::parts::flowing(bold(what, Type::Body, Token::Text)));
    });
}
