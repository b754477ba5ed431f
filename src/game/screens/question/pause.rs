//! The pause: stem and options are hidden, so that stopping the clock buys no time to think.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use crate::game::focus::{AutoFocus, EscAction};
use crate::game::screens::parts::{Spawner, beside_the_ring, foot, leave, with};
use crate::game::screens::{Go, Menu};
use crate::game::session::Submit;
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{back_button, bold, heading, hint, main_button, pill, quiet_button, row, scroll};
use crate::game::widgets::{button as plain_button, spacer, text as words};
use crate::quiz::{Command, PauseReason, Play, View};

/// "Pause", which Esc presses.
#[must_use]
pub fn button() -> impl Bundle {
    (
        back_button(text::PAUSE),
        observe(|_: On<Activate>, mut commands: Commands| {
            commands.trigger(Submit(Command::Pause { reason: PauseReason::Player }));
        }),
    )
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(view: &View) -> String {
    text::stopped(view.paused.unwrap_or(PauseReason::Player))
}

/// The whole face.
pub fn build(root: &mut Spawner, view: &View) {
    let progress = view.shown.progress;
    let reason = view.paused.unwrap_or(PauseReason::Player);
    let left = view.timer.map(|timer| timer.left_ms);
    let points = view.you.as_ref().filter(|_| view.shown.play == Play::Together).map(|you| you.points);
    let bank = view.shown.bank.clone();
    root.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
        line.spawn(pill(bank));
        if progress.question > 0 {
            line.spawn(words(text::question_of(progress.question, progress.questions), Type::Small, Token::Soft));
        }
        line.spawn(spacer());
        if let Some(points) = points {
            line.spawn(bold(text::points(points), Type::Label, Token::Text));
        }
    });
    root.spawn(scroll(with(move |area| {
        area.spawn(beside_the_ring(progress, move |lines| {
            lines.spawn(heading(text::PAUSED, Type::Display));
            lines.spawn(words(text::paused_by(reason), Type::Body, Token::Text));
            if let Some(left) = left {
                lines.spawn(words(text::time_left(left), Type::Body, Token::Text));
            }
            lines.spawn(hint(text::LEAVE_KEEPS));
        }));
    })));
    root.spawn(foot(|foot| {
        foot.spawn((quiet_button(text::LEAVE), observe(leave)));
        foot.spawn((
            plain_button(text::SETTINGS),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Settings))),
        ));
        foot.spawn(spacer());
        foot.spawn((
            main_button(text::RESUME),
            // What stopped the clock starts it again.
            EscAction,
            AutoFocus,
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Resume))),
        ));
    }));
}
