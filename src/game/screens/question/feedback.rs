//! What came of it: the verdict in words and shape, every option with the right one marked, why, and where to check.

use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui::InteractionDisabled;
use bevy::ui_widgets::{Activate, observe};

use super::asking::header;
use super::{Told, choice, match_pairs, multi_choice, number, order, pause, sure, text as typed, true_false};
use crate::game::a11y;
use crate::game::focus::{AutoFocus, Spent};
use crate::game::layout::{Adapt, Form};
use crate::game::motion::{Counterpart, Moving};
use crate::game::plot::Plot;
use crate::game::screens::parts::{Spawner, aside_in_body, flowing, foot, main_side, with};
use crate::game::screens::teams::{controls, strip};
use crate::game::session::Submit;
use crate::game::sound::Effect;
use crate::game::teams::Lineup;
use crate::game::text;
use crate::game::theme::{Token, Type, radius, space, stroke};
use crate::game::widgets::{
    Dashed, Edge, Fill, Icon, Tile, TileState, bold, column, eyebrow, heading, hint, icon, line, main_button, panel,
};
use crate::game::widgets::{scroll, side_by_side, small_tile, spacer, text as words};
use crate::quiz::{Ask, Command, Reveal, Verdict, View};
use crate::rules::Credit;

/// The four verdicts, and the one for a question that does not count.
struct Judged {
    words: &'static str,
    icon: Icon,
    fill: Token,
    ink: Token,
    line: String,
}

impl Judged {
    fn new(view: &View, lineup: Option<&Lineup>) -> Self {
        let you = view.you.as_ref();
        let verdict: Option<&Verdict> = you.and_then(|you| you.verdict.as_ref());
        let answered = you.is_some_and(|you| you.answer.is_some());
        let credit = verdict.map_or(Credit::NONE, |verdict| verdict.credit);
        let streak = you.map_or(0, |you| you.streak);
        let line = verdict.map_or_else(String::new, |v| text::earned(v.points, streak, v.streak_ended));
        if view.shown.uncounted {
            let (fill, ink) = (Token::Raised, Token::Text);
            return Self { words: text::NOT_COUNTED, icon: Icon::Minus, fill, ink, line: String::new() };
        }
        let (words, icon, fill, ink) = match credit {
            Credit::FULL => (text::RIGHT, Icon::Tick, Token::Right, Token::OnRight),
            Credit::NONE if !answered => (text::TIME_IS_UP, Icon::Miss, Token::Wrong, Token::OnWrong),
            Credit::NONE => (text::NOT_THIS_TIME, Icon::Miss, Token::Wrong, Token::OnWrong),
            _ => (text::PARTLY_RIGHT, Icon::Half, Token::Raised, Token::Text),
        };
        let line = match credit {
            _ if lineup.is_some() => {
                lineup.map(|lineup| text::teams::told(lineup, verdict.map_or(0, |v| v.points))).unwrap_or_default()
            }
            Credit::FULL => line,
            Credit::NONE => text::kept_to_practise(&line),
            part => format!("{} · {line}", text::share(part.0)),
        };
        Self { words, icon, fill, ink, line }
    }
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(view: &View, lineup: Option<&Lineup>) -> String {
    let judged = Judged::new(view, lineup);
    let key = view.shown.reveal.as_ref().map(|reveal| text::right_answer(&reveal.key_text)).unwrap_or_default();
    format!("{}. {}. {key}.", judged.words, judged.line)
}

/// The same for the ear; nothing where nothing was judged.
#[must_use]
pub fn heard(view: &View) -> Option<Effect> {
    if view.shown.uncounted {
        return None;
    }
    let verdict = view.you.as_ref()?.verdict.as_ref();
    Some(match verdict.map_or(Credit::NONE, |verdict| verdict.credit) {
        Credit::FULL => Effect::Right,
        Credit::NONE => Effect::Wrong,
        _ => Effect::Partly,
    })
}

/// The whole face.
pub fn build(root: &mut Spawner, view: &View, lineup: Option<&Lineup>) {
    let (Some(question), Some(reveal)) = (view.shown.question.clone(), view.shown.reveal.clone()) else { return };
    let given = view.you.as_ref().and_then(|you| you.answer.as_ref()).map(|given| given.answer.clone());
    let verdict = view.you.as_ref().and_then(|you| you.verdict.clone());
    let credit = verdict.as_ref().map_or(Credit::NONE, |verdict| verdict.credit);
    let earned = verdict.as_ref().map_or(0, |verdict| verdict.points);
    let note = verdict.and_then(|verdict| verdict.note);
    let judged = Judged::new(view, lineup);
    let stem = question.stem.clone();
    let plot = Plot::of(&question, &reveal, given.as_ref(), credit);
    let answered = given.is_some();
    let told = Told { question, reveal, given };

    match lineup {
        Some(lineup) => strip::header(root, view, lineup),
        None => header(root, view, earned),
    }
    let of_teams = lineup.is_some();
    root.spawn(scroll(with(move |area| {
        area.spawn((
            side_by_side(),
            with(move |sides| {
                sides.spawn(main_side()).with_children(|left| {
                    show_verdict(left, &judged);
                    left.spawn(words(stem, Type::Body, Token::Soft));
                    let answers = told.clone();
                    left.spawn((
                        Node { flex_shrink: 0., row_gap: px(space::TIGHT), ..column() },
                        a11y::list(text::ANSWERS),
                        with(move |list| tell(list, &answers, credit)),
                    ));
                    if !told.reveal.explanation.is_empty() {
                        left.spawn(words(told.reveal.explanation.clone(), Type::Body, Token::Text));
                    }
                    if let Some(note) = note {
                        left.spawn(words(note, Type::Body, Token::Soft));
                    }
                    left.spawn(aside_in_body());
                });
                aside(sides, &told.reveal, plot.as_ref());
            }),
        ));
    })));
    let progress = view.shown.progress;
    let ends_round = progress.in_round >= progress.round_questions;
    let ends_match = ends_round && progress.round >= progress.rounds;
    root.spawn(foot(move |foot| {
        if answered && !of_teams {
            sure::after(foot);
        }
        if of_teams {
            controls::at_foot(foot, false);
        }
        foot.spawn(pause::button());
        foot.spawn(spacer());
        let label = if ends_match {
            text::SEE_RESULTS
        } else if ends_round {
            text::END_ROUND
        } else {
            text::NEXT_QUESTION
        };
        foot.spawn((
            main_button(label),
            AutoFocus,
            observe(move |_: On<Activate>, mut commands: Commands| {
                commands.trigger(Submit(Command::Next));
                if ends_match {
                    // The table of one player after the last round says nothing that the results do not.
                    commands.trigger(Submit(Command::Next));
                }
            }),
        ));
    }));
}

fn show_verdict(left: &mut Spawner, judged: &Judged) {
    left.spawn(Node { column_gap: px(18), align_items: AlignItems::Center, flex_shrink: 0., ..default() })
        .with_children(|line| {
            line.spawn((
                Node {
                    width: px(56),
                    height: px(56),
                    flex_shrink: 0.,
                    border_radius: BorderRadius::MAX,
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..default()
                },
                Fill(judged.fill),
                if judged.icon == Icon::Miss { Moving::settle() } else { Moving::land() },
                children![icon(judged.icon, 30., judged.ink)],
            ));
            line.spawn(Node {
                flex_direction: FlexDirection::Column,
                flex_shrink: 1.,
                flex_grow: 1.,
                flex_basis: px(0),
                ..default()
            })
            .with_children(|lines| {
                lines.spawn(heading(judged.words, Type::Verdict));
                if !judged.line.is_empty() {
                    lines.spawn(words(judged.line.clone(), Type::Body, Token::Soft));
                }
            });
        });
}

fn tell(area: &mut Spawner, told: &Told, credit: Credit) {
    if told.given.is_none() {
        area.spawn(hint(text::NO_ANSWER));
    }
    match told.question.ask {
        Ask::Choice { .. } => choice::tell(area, told),
        Ask::MultiChoice { .. } => multi_choice::tell(area, told),
        Ask::TrueFalse => true_false::tell(area, told),
        Ask::Number { .. } => number::tell(area, told, credit),
        Ask::Order { .. } => order::tell(area, told),
        Ask::Match { .. } => match_pairs::tell(area, told),
        Ask::Text { .. } => typed::tell(area, told, credit),
    }
}

/// Where to check it, and a picture of it; nothing at all where there is neither.
pub fn aside(sides: &mut Spawner, reveal: &Reveal, plot: Option<&Plot>) {
    let date = reveal.as_of.as_deref().map(text::as_of);
    let source = reveal.source.as_ref();
    if source.is_none() && date.is_none() && plot.is_none() {
        return;
    }
    let source = source.map(|source| (text::source(&source.document, &source.section), source.link.clone()));
    let plot = plot.cloned();
    sides
        .spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(376) }),
        ))
        .with_children(|holder| {
            holder.spawn((
                panel(),
                with(move |panel| {
                    if source.is_some() || date.is_some() {
                        panel.spawn(eyebrow(text::SOURCE));
                    }
                    if let Some((source, link)) = source {
                        panel.spawn(words(source, Type::Body, Token::Text));
                        if !link.is_empty() {
                            panel.spawn(hint(link));
                        }
                    }
                    if let Some(date) = date {
                        panel.spawn(hint(date));
                    }
                    if let Some(plot) = plot {
                        panel.spawn((
                            eyebrow(text::plot_heading(plot.timeline)),
                            Node { margin: UiRect::top(px(space::TIGHT)), ..default() },
                        ));
                        panel.spawn(line(&plot, text::plot(&plot)));
                    }
                }),
            ));
        });
}

/// An option that has been judged: a tile that nobody can press any more. It comes from where it was asked.
pub fn told_tile(area: &mut Spawner, caption: String, face: Tile) {
    let mut told = area.spawn((
        small_tile(caption, face),
        Spent,
        InteractionDisabled,
        // What is neither right nor chosen steps back.
        Adapt(if face.state == TileState::Faint { step_back } else { step_forward }),
    ));
    if let Some(option) = face.slot {
        told.insert(Counterpart::Option(option));
    }
    if face.state != TileState::Faint {
        // On its way it passes over the others.
        told.insert(ZIndex(1));
    }
}

fn step_forward(node: &mut Node, form: Form) {
    step_back(node, form);
    node.min_height = px(if form.is_narrow() { 48 } else { 50 });
}

fn step_back(node: &mut Node, _: Form) {
    node.min_height = px(44);
    node.padding = UiRect::axes(px(18), px(4));
    node.flex_grow = 0.;
    node.flex_shrink = 0.;
}

/// A row that has been judged: solid and ✓, dashed and ✕, or plain where nothing was answered.
pub fn told_row(area: &mut Spawner, right: Option<bool>, caption: String, aside: String) -> Entity {
    let mut row = area.spawn((
        Node {
            min_height: px(52),
            flex_shrink: 0.,
            padding: UiRect::axes(px(18), px(6)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(radius::CONTROL)),
            justify_content: JustifyContent::Center,
            column_gap: px(space::GAP),
            row_gap: px(4),
            ..default()
        },
        // One below the other, or the words would break in their middle.
        Adapt(|node, form| {
            let narrow = form.is_narrow();
            node.flex_direction = if narrow { FlexDirection::Column } else { FlexDirection::Row };
            node.align_items = if narrow { AlignItems::Stretch } else { AlignItems::Center };
        }),
        Fill(Token::Panel),
        Edge(if right == Some(true) { Token::Right } else { Token::Clear }),
        Pickable::IGNORE,
        a11y::list_item(),
    ));
    if right == Some(false) {
        row.insert(Dashed(Token::Wrong));
    }
    row.with_children(|line| {
        line.spawn((
            Node {
                align_items: AlignItems::Center,
                column_gap: px(space::GAP),
                flex_grow: 1.,
                flex_shrink: 1.,
                min_width: px(0),
                ..default()
            },
            Adapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
            Pickable::IGNORE,
        ))
        .with_children(|line| {
            match right {
                Some(true) => {
                    line.spawn(icon(Icon::Tick, 20., Token::Right));
                }
                Some(false) => {
                    line.spawn(icon(Icon::Miss, 20., Token::Wrong));
                }
                None => {}
            }
            line.spawn(flowing(bold(caption, Type::Label, Token::Text)));
        });
        if !aside.is_empty() {
            line.spawn((
                Node { flex_shrink: 1., ..default() },
                Adapt(|node, form| node.max_width = if form.is_narrow() { percent(100) } else { percent(45) }),
                Pickable::IGNORE,
                children![hint(aside)],
            ));
        }
    });
    row.id()
}
