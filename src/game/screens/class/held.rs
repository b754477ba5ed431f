//! The vote is closed and nothing is told yet: the class talks, and may vote once more.

use bevy::prelude::*;

use super::{Face, asking, controls, header, scrolled};
use crate::classroom::protocol::Order;
use crate::game::screens::parts::Spawner;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{bold, button, eyebrow, text as words};

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let offer = if face.scene.worth_talking() { text::WORTH_TALKING } else { "" };
    format!("{} {}. {offer}", text::VOTE_CLOSED, text::TALK_NOW)
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let Some(question) = face.view.shown.question.clone() else { return };
    let offer = face.scene.worth_talking();
    header(root, face, true, true);
    asking::stem(root, &question, Some((face.view.shown.answered, face.view.shown.expected)));
    scrolled(root, move |area| {
        area.spawn(eyebrow(text::VOTE_CLOSED));
        area.spawn(bold(text::TALK_NOW, Type::Verdict, Token::Text));
        area.spawn(words(if offer { text::WORTH_TALKING } else { text::TALK_WHY }, Type::Body, Token::Soft));
        asking::ask(area, &question);
    });
    controls::edge(root, face.door(), move |foot| {
        // What is worth while comes first.
        let other = |foot: &mut Spawner, caption: &str, key: char, order: Order| {
            foot.spawn((
                button(caption),
                controls::low(),
                crate::game::focus::Shortcut::key(key),
                controls::does(order),
            ));
        };
        if offer {
            other(foot, text::REVEAL, text::KEY_REVEAL, Order::Reveal);
            controls::main(foot, text::REVOTE, Order::Revote);
        } else {
            other(foot, text::REVOTE, text::KEY_REVOTE, Order::Revote);
            controls::main(foot, text::REVEAL, Order::Reveal);
        }
    });
}
