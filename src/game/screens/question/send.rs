//! From a press to the match: an answer names the question that it was given to, so that it never meets another one.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Building;
use super::draft::{Draft, NotYet, Prepared};
use crate::game::session::{CurrentView, Submit};
use crate::game::text;
use crate::game::widgets::{Blocked, Busy, Tile, TileState, main_button};
use crate::quiz::{Command, Stage, number};
use crate::rules::Answer;

/// The player's answer to the question of this number.
#[derive(Event, Debug, Clone)]
pub struct Give {
    /// From [`crate::quiz::QuestionView::number`].
    pub question: u32,
    /// In the terms of what is shown.
    pub answer: Answer,
}

/// Sends the draft, if it is an answer.
#[derive(Event, Debug, Clone, Copy)]
pub struct SendDraft;

/// Changed by the player's hand: the draft of the open question.
#[derive(Component)]
struct SubmitButton;

/// A tile whose press is this answer.
#[derive(Component, Debug, Clone)]
pub struct Gives(pub Answer);

pub(super) fn plugin(app: &mut App) {
    app.add_observer(give)
        .add_observer(send_draft)
        .add_observer(press)
        .add_systems(Update, (gate, mark).after(Building));
}

/// "Submit answer", which says why when it cannot be pressed.
#[must_use]
pub fn submit_button() -> impl Bundle {
    (
        main_button(text::SUBMIT),
        SubmitButton,
        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(SendDraft)),
    )
}

fn give(given: On<Give>, draft: Res<Draft>, view: Res<CurrentView>, mut commands: Commands) {
    let Some(you) = view.get().and_then(|view| view.you.as_ref()) else { return };
    let Give { question, answer } = given.event().clone();
    let sure = draft.sure.filter(|_| draft.question == question);
    commands.trigger(Submit(Command::Answer { player: you.player, question, answer, sure }));
}

fn send_draft(_: On<SendDraft>, draft: Res<Draft>, view: Res<CurrentView>, mut commands: Commands) {
    // Whatever the draft says, only the question on screen is answered.
    if view.question() == Some(draft.question)
        && let Ok(answer) = draft.answer()
    {
        commands.trigger(Give { question: draft.question, answer });
    }
}

fn press(on: On<Activate>, tiles: Query<&Gives>, view: Res<CurrentView>, mut commands: Commands) {
    if let Ok(gives) = tiles.get(on.entity)
        && let Some(question) = view.question()
    {
        commands.trigger(Give { question, answer: gives.0.clone() });
    }
}

/// Why the draft is no answer yet, in words.
fn reason(not_yet: &NotYet, draft: &Draft) -> String {
    match not_yet {
        NotYet::NoTick => text::TICK_ONE.to_owned(),
        NotYet::NoNumber => text::NUMBER_EMPTY.to_owned(),
        NotYet::OffStep => match &draft.state {
            Prepared::Number(given) => text::number_step(&number(given.step), &number(given.min)),
            _ => text::NUMBER_EMPTY.to_owned(),
        },
        NotYet::PairsLeft(left) => text::pairs_left(*left),
        NotYet::NoText => text::TEXT_EMPTY.to_owned(),
    }
}

/// Keeps "Submit answer" in step with the draft, and with the answer on its way to the disk.
fn gate(
    draft: Res<Draft>,
    view: Res<CurrentView>,
    buttons: Query<(Entity, Option<&Blocked>, Has<Busy>), With<SubmitButton>>,
    mut commands: Commands,
) {
    let Some(view) = view.get() else { return };
    let sent = view.stage == Stage::Asking && view.you.as_ref().is_some_and(|you| you.answer.is_some());
    for (entity, blocked, busy) in &buttons {
        let mut button = commands.entity(entity);
        if sent {
            if !busy {
                button.remove::<Blocked>().insert(Busy(text::SENDING.to_owned()));
            }
            continue;
        }
        match draft.answer().err().map(|not_yet| reason(&not_yet, &draft)) {
            Some(reason) if blocked.is_none_or(|old| old.0 != reason) => {
                button.insert(Blocked(reason));
            }
            None if blocked.is_some() => {
                button.remove::<Blocked>();
            }
            _ => {}
        }
    }
}

/// The tile that was pressed looks so until the answer is on disk.
fn mark(view: Res<CurrentView>, mut tiles: Query<(&Gives, &mut Tile)>) {
    if !view.is_changed() {
        return;
    }
    let given =
        view.get().filter(|view| view.stage == Stage::Asking).and_then(|view| view.you.as_ref()?.answer.as_ref());
    let Some(given) = given else { return };
    for (gives, mut tile) in &mut tiles {
        if gives.0 == given.answer && tile.state != TileState::Selected {
            tile.state = TileState::Selected;
        }
    }
}
