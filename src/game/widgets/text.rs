//! Words on the screen. Each line of text is also a node for assistive technology, kept up to date when it changes.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use bevy::text::{Font, FontSize, LineHeight};

use super::paint::{Draw, Ink};
use crate::game::fonts;
use crate::game::motion::CountUp;
use crate::game::theme::{REM, Token, Type};

/// Text that is read out as itself; part of a control instead, it is silent.
#[derive(Component, Debug, Clone, Copy)]
pub struct Spoken;

fn words(content: impl Into<String>, kind: Type, bold: bool, token: Token) -> impl Bundle {
    laid(content, kind, bold, token, TextLayout::new(Justify::Start, LineBreak::WordOrCharacter))
}

fn laid(content: impl Into<String>, kind: Type, bold: bool, token: Token, layout: TextLayout) -> impl Bundle {
    (
        Text::new(content),
        TextFont {
            font: (if bold { fonts::BOLD } else { fonts::REGULAR }).into(),
            font_size: FontSize::Rem(kind.pixels(false) / REM),
            ..default()
        },
        LineHeight::RelativeToFont(if kind.pixels(false) > 40. { 1.2 } else { 1.35 }),
        layout,
        kind,
        Ink(token),
        Pickable::IGNORE,
    )
}

fn spoken(role: Role) -> impl Bundle {
    (Spoken, AccessibilityNode(Access::new(role)))
}

/// Bold text: `bold("Nato explained", Type::Stem, Token::Text)`.
pub fn bold(content: impl Into<String>, kind: Type, token: Token) -> impl Bundle {
    (words(content, kind, true, token), spoken(Role::Label))
}

/// Regular text.
pub fn text(content: impl Into<String>, kind: Type, token: Token) -> impl Bundle {
    (words(content, kind, false, token), spoken(Role::Label))
}

/// A heading: what a screen, or a part of it, is about.
pub fn heading(content: impl Into<String>, kind: Type) -> impl Bundle {
    let mut node = Access::new(Role::Heading);
    node.set_level(if kind == Type::Label { 2 } else { 1 });
    (words(content, kind, true, Token::Text), Spoken, AccessibilityNode(node))
}

/// A number of no size of its own.
pub(super) fn number(content: impl Into<String>) -> impl Bundle {
    unsized_line(content, fonts::BOLD, Token::Text)
}

/// Soft words of no size of their own.
pub(super) fn caption(content: impl Into<String>) -> impl Bundle {
    unsized_line(content, fonts::REGULAR, Token::Soft)
}

fn unsized_line(content: impl Into<String>, font: Handle<Font>, token: Token) -> impl Bundle {
    (
        Text::new(content),
        TextFont { font: font.into(), ..default() },
        LineHeight::RelativeToFont(1.1),
        TextLayout::no_wrap(),
        Ink(token),
        Pickable::IGNORE,
        spoken(Role::Label),
    )
}

/// Body text.
pub fn body(content: impl Into<String>) -> impl Bundle {
    text(content, Type::Body, Token::Text)
}

/// Small, soft text.
pub fn hint(content: impl Into<String>) -> impl Bundle {
    text(content, Type::Small, Token::Soft)
}

/// A gold line over a heading.
pub fn eyebrow(content: impl Into<String>) -> impl Bundle {
    text(content, Type::Small, Token::Gold)
}

/// Small, soft text whose lines end together.
pub(super) fn aside(content: impl Into<String>) -> impl Bundle {
    (laid(content, Type::Small, false, Token::Soft, TextLayout::justify(Justify::End)), spoken(Role::Label))
}

/// Text in the middle of its place.
pub fn centred(content: impl Into<String>, kind: Type, bold: bool, token: Token) -> impl Bundle {
    (laid(content, kind, bold, token, TextLayout::justify(Justify::Center)), spoken(Role::Label))
}

/// Text inside a control, whose name says it already.
pub(super) fn silent(content: impl Into<String>, kind: Type, is_bold: bool, token: Token) -> impl Bundle {
    words(content, kind, is_bold, token)
}

/// Silent, in the middle of its place.
pub(super) fn silent_centred(content: impl Into<String>, kind: Type, is_bold: bool, token: Token) -> impl Bundle {
    laid(content, kind, is_bold, token, TextLayout::justify(Justify::Center))
}

/// Silent, and on one line as long as there is room: the words at a mark.
pub(super) fn silent_line(content: impl Into<String>, kind: Type, is_bold: bool, token: Token) -> impl Bundle {
    laid(content, kind, is_bold, token, TextLayout::linebreak(LineBreak::WordBoundary))
}

/// A short label inside a control: broken between words only.
pub(super) fn label(content: impl Into<String>, kind: Type, token: Token) -> impl Bundle {
    laid(content, kind, true, token, TextLayout::linebreak(LineBreak::WordBoundary))
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, speak.in_set(Draw::Dress));
}

fn speak(mut query: Query<(&Text, Option<&CountUp>, &mut AccessibilityNode), (With<Spoken>, Changed<Text>)>) {
    for (text, counting, mut node) in &mut query {
        let words = counting.map_or_else(|| text.0.clone(), CountUp::end);
        let heading = node.role() == Role::Heading;
        // What counts changes for the eye alone.
        if heading && node.label() != Some(&words) {
            node.set_label(words);
        } else if !heading && node.value() != Some(&words) {
            node.set_value(words);
        }
    }
}
