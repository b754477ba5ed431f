//! Answer tiles: a colour, a shape and a letter, so that no answer is told apart by colour alone.

use accesskit::{Role, Toggled};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::picking::hover::Hovered;
use bevy::prelude::*;
use bevy::ui::{InteractionDisabled, Pressed};

use super::control::{CaptionText, ShowKeys, Skin, control, wear};
use super::dash::Dashed;
use super::icon::{Icon, icon};
use super::look::{Look, Touch, listed};
use super::paint::{Draw, Edge, Fill, Ink, Tint};
use super::sunk::Sunk;
use super::text::silent;
use crate::game::focus::{Shortcut, SingleKeys};
use crate::game::layout::{Form, OwnAdapt};
use crate::game::text as words;
use crate::game::theme::{Token, Type, radius, space, stroke};

/// How a tile looks: change it and the tile follows.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Which colour and shape; `None` for neither.
    pub slot: Option<usize>,
    /// Whether the colour fills the tile (else it is a panel).
    pub filled: bool,
    /// Its state.
    pub state: TileState,
}

listed! {
    /// The state of a tile.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum TileState {
        /// Waiting.
        #[default]
        Rest,
        /// Chosen, not yet submitted (or submitted, and not yet judged).
        Selected,
        /// Feedback: the right answer. "✓ Right answer", a solid green border.
        Right,
        /// Feedback: chosen and right. "✓ Your answer".
        RightYours,
        /// Feedback: chosen and not right. "✕ Your answer", a dashed border.
        Wrong,
        /// Feedback: neither right nor chosen.
        Faint,
    }
}

impl TileState {
    const fn told(self) -> Option<&'static str> {
        match self {
            Self::Rest | Self::Faint => None,
            Self::Selected => Some(words::SELECTED),
            Self::Right => Some(words::RIGHT_ANSWER),
            Self::RightYours => Some(words::YOUR_RIGHT_ANSWER),
            Self::Wrong => Some(words::YOUR_ANSWER),
        }
    }

    const fn judged(self) -> bool {
        matches!(self, Self::Right | Self::RightYours | Self::Wrong | Self::Faint)
    }
}

impl Tile {
    /// A coloured tile of this slot.
    #[must_use]
    pub const fn of(slot: usize) -> Self {
        Self { slot: Some(slot), filled: true, state: TileState::Rest }
    }

    /// A panel without colour or shape.
    #[must_use]
    pub const fn blank() -> Self {
        Self { slot: None, filled: false, state: TileState::Rest }
    }
}

#[derive(Component)]
struct ShapeMark;
#[derive(Component)]
struct Verdict;
#[derive(Component)]
struct VerdictText;
#[derive(Component)]
struct VerdictMark;
#[derive(Component)]
struct LetterText;
#[derive(Component)]
struct LetterCap;

/// An answer: `(tile("May 2022", Tile::of(0)), Shortcut::letter(0), observe(…))`. Long text takes a smaller size by itself.
pub fn tile(caption: impl Into<String>, face: Tile) -> impl Bundle {
    let caption = caption.into();
    let long = caption.chars().count() > 75;
    tile_of(caption, face, if long { Type::AnswerLong } else { Type::Answer })
}

/// The same with smaller words: where many stand one below the other.
pub fn small_tile(caption: impl Into<String>, face: Tile) -> impl Bundle {
    tile_of(caption.into(), face, Type::Label)
}

fn tile_of(caption: String, face: Tile, kind: Type) -> impl Bundle {
    (
        control(Role::Button, Skin::Own, caption.clone()),
        face,
        Node {
            min_height: px(64),
            flex_grow: 1.,
            padding: UiRect::axes(px(space::INSIDE - 2.), px(12)),
            border: UiRect::all(px(stroke::TILE)),
            border_radius: BorderRadius::all(px(radius::TILE)),
            align_items: AlignItems::Center,
            column_gap: px(18),
            ..default()
        },
        OwnAdapt(|node, form| {
            let narrow = form.is_narrow();
            node.padding = UiRect::axes(px(if narrow { 12. } else { space::INSIDE - 2. }), px(12));
            node.column_gap = px(if narrow { 12 } else { 18 });
            node.row_gap = px(6);
        }),
        children![
            (icon(Icon::slot(face.slot.unwrap_or(0)), 32., Token::OnSlot), ShapeMark),
            (
                Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(90), min_width: px(0), ..default() },
                Pickable::IGNORE,
                children![(silent(caption, kind, true, Token::OnSlot), CaptionText)],
            ),
            (
                badge(),
                Verdict,
                children![
                    (icon(Icon::Tick, 16., Token::Text), VerdictMark),
                    (silent("", Type::Small, true, Token::Text), VerdictText),
                ]
            ),
            (badge(), LetterCap, children![(silent("", Type::Small, true, Token::OnSlot), LetterText)]),
        ],
    )
}

fn badge() -> impl Bundle {
    (
        Node {
            display: Display::None,
            border: UiRect::all(px(2)),
            padding: UiRect::axes(px(10), px(2)),
            border_radius: BorderRadius::all(px(8)),
            align_items: AlignItems::Center,
            column_gap: px(6),
            flex_shrink: 0.,
            ..default()
        },
        Edge(Token::Clear),
        Pickable::IGNORE,
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, (dress.in_set(Draw::Dress), speak.in_set(Draw::Settle)));
}

/// A verdict's mark, its words and their colour.
type Told = Option<(Icon, &'static str, Token)>;

/// What a tile is painted with, and the verdict on it.
pub(super) fn look(tile: Tile, touch: Touch) -> (Look, Told) {
    let judged = tile.state.judged();
    let lit = matches!(touch, Touch::Hover | Touch::Pressed) && !judged;
    let (fill, ink) = match tile.slot {
        Some(slot) if tile.filled && !judged => {
            (if lit { Token::SlotLit(slot) } else { Token::Slot(slot) }, Token::OnSlot)
        }
        _ if lit => (Token::Raised, Token::Text),
        _ => (Token::Panel, if tile.state == TileState::Faint { Token::Soft } else { Token::Text }),
    };
    let (edge, told) = match tile.state {
        TileState::Rest if lit => (ink, None),
        TileState::Rest if tile.filled || touch == Touch::Disabled => (fill, None),
        TileState::Rest => (Token::Line, None),
        TileState::Selected => (ink, Some((Icon::Tick, words::SELECTED, ink))),
        TileState::Right => (Token::Right, Some((Icon::Tick, words::RIGHT_ANSWER, Token::Right))),
        TileState::RightYours => (Token::Right, Some((Icon::Tick, words::YOUR_ANSWER, Token::Right))),
        TileState::Wrong => (fill, Some((Icon::Miss, words::YOUR_ANSWER, Token::Wrong))),
        TileState::Faint => (fill, None),
    };
    let look = Look::of(fill, edge, ink);
    let look = if tile.state == TileState::Wrong { look.dashed(Token::Wrong) } else { look };
    (if touch == Touch::Pressed && !judged { look.sunk() } else { look }, told)
}

fn dress(
    form: Res<Form>,
    show_keys: Res<ShowKeys>,
    single: Res<SingleKeys>,
    mut tiles: Query<(
        Entity,
        &Tile,
        &Hovered,
        Has<Pressed>,
        Has<InteractionDisabled>,
        Option<&Shortcut>,
        Option<&Dashed>,
        Has<Sunk>,
        &mut Fill,
        &mut Edge,
    )>,
    children: Query<&Children>,
    mut nodes: Query<&mut Node>,
    mut edges: Query<&mut Edge, Without<Tile>>,
    mut texts: Query<(&mut Text, &mut Ink)>,
    mut marks: Query<(&mut ImageNode, &mut Tint)>,
    kinds: Query<(
        Has<ShapeMark>,
        Has<Verdict>,
        Has<VerdictText>,
        Has<VerdictMark>,
        Has<LetterCap>,
        Has<LetterText>,
        Has<CaptionText>,
    )>,
    mut commands: Commands,
) {
    // The letter tells the tile apart always; in a box it is a key that can be pressed.
    let boxed = show_keys.0 && single.0;
    for (entity, tile, hovered, pressed, disabled, shortcut, dashed, sunk, mut fill, mut edge) in &mut tiles {
        let (look, told) = look(*tile, Touch::of(disabled, false, pressed, hovered.get()));
        fill.set_if_neq(Fill(look.fill));
        edge.set_if_neq(Edge(look.edge));
        wear(&mut commands.entity(entity), look, dashed, sunk);
        // In a narrow window a verdict needs a line of its own; without one, wrapping would measure the text too short.
        let wrap = if form.is_narrow() && told.is_some() { FlexWrap::Wrap } else { FlexWrap::NoWrap };
        if let Ok(mut node) = nodes.get_mut(entity)
            && node.flex_wrap != wrap
        {
            node.flex_wrap = wrap;
        }
        let letter = shortcut.and_then(Shortcut::cap).filter(|_| told.is_none() && !tile.state.judged());
        for part in children.iter_descendants(entity) {
            let Ok((shape, verdict, verdict_text, verdict_mark, cap, letter_text, caption)) = kinds.get(part) else {
                continue;
            };
            if shape {
                show(&mut nodes, part, tile.slot.is_some());
                if let Ok((mut image, mut tint)) = marks.get_mut(part) {
                    let wanted = Icon::slot(tile.slot.unwrap_or(0)).image();
                    if image.image != wanted {
                        image.image = wanted;
                    }
                    tint.set_if_neq(Tint(look.ink));
                }
            } else if verdict || cap {
                show(&mut nodes, part, if verdict { told.is_some() } else { letter.is_some() });
                if let Ok(mut edge) = edges.get_mut(part) {
                    edge.set_if_neq(Edge(if verdict {
                        told.map_or(Token::Clear, |(_, _, token)| token)
                    } else if boxed && !disabled {
                        look.ink
                    } else {
                        Token::Clear
                    }));
                }
            } else if verdict_mark
                && let (Some((icon, _, token)), Ok((mut image, mut tint))) = (told, marks.get_mut(part))
            {
                if image.image != icon.image() {
                    image.image = icon.image();
                }
                tint.set_if_neq(Tint(token));
            } else if let Ok((mut text, mut ink)) = texts.get_mut(part) {
                if verdict_text && let Some((_, words, token)) = told {
                    write(&mut text, words);
                    ink.set_if_neq(Ink(token));
                } else if letter_text {
                    write(&mut text, letter.as_deref().unwrap_or(""));
                    ink.set_if_neq(Ink(look.ink));
                } else if caption {
                    ink.set_if_neq(Ink(look.ink));
                }
            }
        }
    }
}

fn show(nodes: &mut Query<&mut Node>, part: Entity, visible: bool) {
    if let Ok(mut node) = nodes.get_mut(part) {
        let display = if visible { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
}

fn write(text: &mut Mut<Text>, words: &str) {
    if text.0 != words {
        words.clone_into(&mut text.0);
    }
}

/// What the eye sees on the tile, for assistive technology.
fn speak(mut tiles: Query<(&Tile, &mut AccessibilityNode), Changed<Tile>>) {
    for (tile, mut node) in &mut tiles {
        match tile.state.told() {
            Some(words) => node.set_description(words),
            None => node.clear_description(),
        }
        match tile.state {
            TileState::Selected | TileState::RightYours | TileState::Wrong => node.set_toggled(Toggled::True),
            _ => node.clear_toggled(),
        }
    }
}
