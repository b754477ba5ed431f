//! Keys and pad buttons that buzz, read before the focused control sees them: while a team's key decides who answers, it presses nothing
//! else. Those pressed within one frame go to the match together, which draws who was first.
//!
//! Also what is pressed while the teams are set up: the next key or button is a team's from then on, and a team's own is shown as pressed.

use std::time::Duration;

use bevy::ecs::message::MessageCursor;
use bevy::input::ButtonState;
use bevy::input::InputSystems;
use bevy::input::gamepad::GamepadButtonStateChangedEvent;
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};
use bevy::input_focus::{InputFocus, InputFocusSystems};
use bevy::prelude::*;
use bevy::text::EditableText;

use super::pads::{PadButton, Pads};
use super::{Lineup, NotThat, Part, Teams};
use crate::game::device::Watching;
use crate::game::focus::Modal;
use crate::game::screens::Screen;
use crate::game::session::{Clock, CurrentView, Session, Submit};
use crate::quiz::{Command, Play, Stage};

/// For so long after a buzz the teams' keys press nothing: whoever was a moment late must not answer for the one who was first.
const SETTLES: Duration = Duration::from_millis(700);

/// Before keys and pads reach anything else.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Listening;

/// What the set-up waits for: the next press is this team's.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing.
    #[default]
    No,
    /// A key.
    Key(usize),
    /// A gamepad's button.
    Pad(usize),
}

/// What came of it.
#[derive(Event, Debug, Clone, PartialEq)]
pub struct Heard {
    /// Whose press it was to be.
    pub team: usize,
    /// Whether a gamepad's button was waited for.
    pub pad: bool,
    /// What was pressed, in words, or why it cannot be.
    pub outcome: Result<(), NotThat>,
}

/// A team's own key or button was pressed while the teams are set up.
#[derive(Event, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// Whose.
    pub team: usize,
    /// Whether it was the gamepad's.
    pub pad: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Waiting>()
        .configure_sets(PreUpdate, Listening.after(InputSystems).after(Watching).before(InputFocusSystems::Dispatch))
        .add_systems(PreUpdate, (buzz, set_up).chain().in_set(Listening));
}

/// The new messages of a kind, taken out; what is not ours goes back.
struct Taken<M: Message>(Vec<M>);

impl<M: Message + Clone> Taken<M> {
    fn new(messages: &Messages<M>, cursor: &mut MessageCursor<M>) -> Self {
        Self(cursor.read(messages).cloned().collect())
    }

    /// Keeps those for which `ours` says so from everybody else.
    fn keep(self, messages: &mut Messages<M>, cursor: &mut MessageCursor<M>, mut ours: impl FnMut(&M) -> bool) {
        let (mine, others): (Vec<M>, Vec<M>) = self.0.into_iter().partition(|message| ours(message));
        if mine.is_empty() {
            return;
        }
        messages.clear();
        for message in others {
            messages.write(message);
        }
        cursor.clear(messages);
    }
}

/// With Ctrl or Alt a key is a command.
const COMMANDS: [KeyCode; 6] = [
    KeyCode::ControlLeft,
    KeyCode::ControlRight,
    KeyCode::AltLeft,
    KeyCode::AltRight,
    KeyCode::SuperLeft,
    KeyCode::SuperRight,
];

fn typed(input: &KeyboardInput) -> Option<&str> {
    match &input.logical_key {
        Key::Character(typed) => Some(typed),
        _ => None,
    }
}

/// Who held the buzz when we looked last, and since when.
#[derive(Default)]
struct Since(Option<u32>, Duration);

fn buzz(
    (view, session, teams, pads, clock): (Res<CurrentView>, Res<Session>, Res<Teams>, Res<Pads>, Res<Clock>),
    held: Res<ButtonInput<KeyCode>>,
    dialogs: Query<(), With<Modal>>,
    mut since: Local<Since>,
    (mut keys, mut key_cursor): (ResMut<Messages<KeyboardInput>>, Local<MessageCursor<KeyboardInput>>),
    (mut buttons, mut pad_cursor): (
        ResMut<Messages<GamepadButtonStateChangedEvent>>,
        Local<MessageCursor<GamepadButtonStateChangedEvent>>,
    ),
    mut commands: Commands,
) {
    let typed_now = Taken::new(&keys, &mut key_cursor);
    let pressed_now = Taken::new(&buttons, &mut pad_cursor);
    let open = view.get().filter(|view| {
        view.shown.play == Play::Buzz && view.stage == Stage::Asking && view.paused.is_none() && !view.shown.held
    });
    let lineup = open.and_then(|_| Lineup::of(&view, &session, &teams));
    let Some(lineup) = lineup.filter(|_| dialogs.is_empty()) else {
        since.0 = None;
        return;
    };
    let holder = lineup.lines.iter().find(|line| line.part == Part::Answers).map(|line| line.player);
    let now = clock.now().monotonic;
    if since.0 != holder {
        *since = Since(holder, now);
    }
    let settling = holder.is_some() && now.saturating_sub(since.1) < SETTLES;
    let command = held.any_pressed(COMMANDS);
    let by_key = |typed: &str| {
        let typed: String = typed.chars().flat_map(char::to_uppercase).collect();
        lineup.lines.iter().find(|line| line.key.is_some_and(|key| key.to_string() == typed))
    };
    let by_pad = |event: &GamepadButtonStateChangedEvent| {
        let button = PadButton::new(pads.number(event.entity)?, event.button)?;
        let team = teams.by_pad(button)?;
        lineup.lines.iter().find(|line| line.name == teams.playing()[team].name).or(lineup.lines.get(team))
    };
    // A pad that only other teams use says nothing while one team answers.
    let of_others = |event: &GamepadButtonStateChangedEvent| {
        let Some(number) = pads.number(event.entity) else { return false };
        let mut users = teams.playing().iter().filter(|team| team.pad.is_some_and(|pad| pad.pad == number)).peekable();
        users.peek().is_some() && holder.is_some_and(|holder| users.all(|team| team.name != lineup.name(holder)))
    };
    let mut pressed: Vec<u32> = Vec::new();
    typed_now.keep(&mut keys, &mut key_cursor, |input| {
        if input.state != ButtonState::Pressed || command {
            return false;
        }
        let Some(line) = typed(input).and_then(by_key) else { return false };
        if holder.is_none() && line.part == Part::In && !input.repeat {
            pressed.push(line.player);
        }
        holder.is_none() || settling
    });
    pressed_now.keep(&mut buttons, &mut pad_cursor, |event| {
        if event.state != ButtonState::Pressed {
            return false;
        }
        if of_others(event) {
            return true;
        }
        let Some(line) = by_pad(event) else { return false };
        if holder.is_none() && line.part == Part::In {
            pressed.push(line.player);
        }
        holder.is_none() || settling
    });
    if !pressed.is_empty() {
        commands.trigger(Submit(Command::Buzz { players: pressed }));
    }
}

fn set_up(
    (screen, pads): (Option<Res<State<Screen>>>, Res<Pads>),
    (mut waiting, mut teams): (ResMut<Waiting>, ResMut<Teams>),
    (focus, fields): (Res<InputFocus>, Query<(), With<EditableText>>),
    (mut keys, mut key_cursor): (ResMut<Messages<KeyboardInput>>, Local<MessageCursor<KeyboardInput>>),
    (mut buttons, mut pad_cursor): (
        ResMut<Messages<GamepadButtonStateChangedEvent>>,
        Local<MessageCursor<GamepadButtonStateChangedEvent>>,
    ),
    mut commands: Commands,
) {
    let typed_now = Taken::new(&keys, &mut key_cursor);
    let pressed_now = Taken::new(&buttons, &mut pad_cursor);
    if !screen.is_some_and(|screen| matches!(screen.get(), Screen::Teams | Screen::Team)) {
        waiting.set_if_neq(Waiting::No);
        return;
    }
    let mut wanted = *waiting;
    let mut heard = Vec::new();
    let mut tried = Vec::new();
    let writes = focus.get().is_some_and(|focused| fields.contains(focused));
    let shown = teams.bypass_change_detection();
    let mut changed = false;
    typed_now.keep(&mut keys, &mut key_cursor, |input| {
        if input.state != ButtonState::Pressed || input.repeat {
            return false;
        }
        match (wanted, typed(input)) {
            (Waiting::Key(_) | Waiting::Pad(_), _) if input.logical_key == Key::Escape => {
                wanted = Waiting::No;
                true
            }
            // Whoever goes on elsewhere with Tab has thought better of it.
            (Waiting::Key(_), _) if input.logical_key == Key::Tab => {
                wanted = Waiting::No;
                false
            }
            (Waiting::Key(team), pressed) => {
                let outcome = shown.bind_key(team, pressed.unwrap_or(""));
                changed |= outcome.is_ok();
                if outcome.is_ok() {
                    wanted = Waiting::No;
                }
                heard.push(Heard { team, pad: false, outcome });
                true
            }
            (_, Some(pressed)) if !writes => {
                tried.extend(shown.by_key(pressed).map(|team| Tried { team, pad: false }));
                false
            }
            _ => false,
        }
    });
    pressed_now.keep(&mut buttons, &mut pad_cursor, |event| {
        if event.state != ButtonState::Pressed {
            return false;
        }
        let button = pads.number(event.entity).and_then(|pad| PadButton::new(pad, event.button));
        match (wanted, button) {
            (Waiting::Pad(team), None) => {
                heard.push(Heard { team, pad: true, outcome: Err(NotThat::NoButton) });
                true
            }
            (Waiting::Pad(team), Some(button)) => {
                let outcome = shown.bind_pad(team, Some(button));
                changed |= outcome.is_ok();
                if outcome.is_ok() {
                    wanted = Waiting::No;
                }
                heard.push(Heard { team, pad: true, outcome });
                true
            }
            (_, Some(button)) => {
                tried.extend(shown.by_pad(button).map(|team| Tried { team, pad: true }));
                false
            }
            _ => false,
        }
    });
    if changed {
        teams.set_changed();
    }
    waiting.set_if_neq(wanted);
    for heard in heard {
        commands.trigger(heard);
    }
    for tried in tried {
        commands.trigger(tried);
    }
}
