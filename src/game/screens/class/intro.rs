//! A round is announced to the class.

use bevy::prelude::*;

use super::{Face, controls, scrolled};
use crate::classroom::protocol::Order;
use crate::game::screens::parts::{Spawner, beside_the_ring};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{eyebrow, heading, text as words};

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let progress = face.view.shown.progress;
    let intro = face.view.shown.intro.clone();
    intro.map(|intro| text::said_round(progress.round, progress.rounds, &intro.title, &intro.about)).unwrap_or_default()
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let Some(intro) = face.view.shown.intro.clone() else { return };
    let progress = face.view.shown.progress;
    scrolled(root, move |area| {
        area.spawn(beside_the_ring(progress, move |lines| {
            lines.spawn(eyebrow(text::round_of(progress.round, progress.rounds)));
            lines.spawn(heading(intro.title, Type::Display));
            if !intro.about.is_empty() {
                lines.spawn(words(intro.about, Type::Answer, Token::Soft));
            }
            lines.spawn(words(text::round_kinds(intro.questions, &intro.kinds), Type::Body, Token::Text));
            lines.spawn(words(text::round_seconds(intro.seconds), Type::Body, Token::Text));
        }));
    });
    controls::edge(root, face.door(), move |foot| {
        controls::pause(foot);
        controls::main(foot, text::START_ROUND, Order::Next);
    });
}
