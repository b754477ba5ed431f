//! Match the pairs: pick one on the left, then its partner; press a pair again to separate it. A pair shares a colour and a shape.

use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::draft::{Draft, Pairs, Prepared};
use super::feedback::told_row;
use super::{Building, Told};
use crate::game::a11y::{self, Announce};
use crate::game::focus::AutoFocus;
use crate::game::layout::{Adapt, Form};
use crate::game::motion::Moving;
use crate::game::screens::parts::{Spawner, with};
use crate::game::session::CurrentView;
use crate::game::text;
use crate::game::theme::space;
use crate::game::widgets::{Tile, TileState, small_tile};
use crate::quiz::Ask;
use crate::rules::Answer;

#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left(usize),
    Right(usize),
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.after(Building).run_if(resource_changed::<Draft>));
}

/// The open question.
pub fn ask(area: &mut Spawner, left: &[String], right: &[String], draft: &Draft) {
    let Prepared::Pairs(pairs) = &draft.state else { return };
    let (left, right, pairs) = (left.to_vec(), right.to_vec(), pairs.clone());
    area.spawn((
        Node { column_gap: px(space::EDGE), row_gap: px(space::WIDE), flex_shrink: 0., ..default() },
        Adapt(|node, form| {
            node.flex_direction = if form == Form::Wide { FlexDirection::Row } else { FlexDirection::Column };
        }),
        with(move |sides| {
            let left = left.into_iter().enumerate().map(|(at, words)| (words, Side::Left(at)));
            column(sides, text::LEFT_SIDE, left.collect(), &pairs);
            let right = right.into_iter().enumerate().map(|(at, words)| (words, Side::Right(at)));
            column(sides, text::RIGHT_SIDE, right.collect(), &pairs);
        }),
    ));
}

fn column(sides: &mut Spawner, name: &str, tiles: Vec<(String, Side)>, pairs: &Pairs) {
    sides
        .spawn((
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.,
                min_width: px(0),
                row_gap: px(space::GAP),
                ..default()
            },
            Adapt(|node, form| node.flex_basis = if form == Form::Wide { px(0) } else { Val::Auto }),
            a11y::group(name),
            a11y::Counted,
        ))
        .with_children(|list| {
            for (words, side) in tiles {
                let (Side::Left(at) | Side::Right(at)) = side;
                let mut tile =
                    list.spawn((small_tile(words, face(side, pairs)), side, Moving::arrive(at), observe(press)));
                if side == Side::Left(0) {
                    tile.insert(AutoFocus);
                }
            }
        });
}

/// A left side keeps its shape; a right side takes its partner's; colour comes with the pair.
fn face(side: Side, pairs: &Pairs) -> Tile {
    let (slot, filled, picked) = match side {
        Side::Left(at) => (Some(at), pairs.partner.get(at).is_some_and(Option::is_some), pairs.picked_left == Some(at)),
        Side::Right(at) => {
            let owner = pairs.owner(at);
            (owner, owner.is_some(), pairs.picked_right == Some(at))
        }
    };
    Tile { slot, filled, state: if picked { TileState::Selected } else { TileState::Rest } }
}

fn press(
    on: On<Activate>,
    sides: Query<&Side>,
    view: Res<CurrentView>,
    mut draft: ResMut<Draft>,
    mut announce: MessageWriter<Announce>,
) {
    let (Ok(side), Prepared::Pairs(pairs)) = (sides.get(on.entity), &mut draft.state) else { return };
    let before = pairs.left_over();
    match *side {
        Side::Left(at) => pairs.press_left(at),
        Side::Right(at) => pairs.press_right(at),
    }
    let Some(question) = view.get().and_then(|view| view.shown.question.as_ref()) else { return };
    let Ask::Match { left, right } = &question.ask else { return };
    if pairs.left_over() < before {
        let joined = match *side {
            Side::Left(at) => Some(at),
            Side::Right(at) => pairs.owner(at),
        };
        if let Some(words) = joined.and_then(|at| partner_words(at, pairs, left, right)) {
            announce.write(Announce(words));
        }
    } else if pairs.left_over() > before {
        announce.write(Announce(text::SEPARATED.to_owned()));
    }
}

fn partner_words(at: usize, pairs: &Pairs, left: &[String], right: &[String]) -> Option<String> {
    let partner = pairs.partner.get(at).copied().flatten()?;
    Some(text::paired(left.get(at)?, right.get(usize::from(partner))?))
}

/// Tiles in step with the draft, for the eye and for assistive technology.
fn show(
    draft: Res<Draft>,
    view: Res<CurrentView>,
    mut tiles: Query<(Entity, &Side, &mut Tile, &mut AccessibilityNode)>,
    mut commands: Commands,
) {
    let Prepared::Pairs(pairs) = &draft.state else { return };
    let Some(question) = view.get().and_then(|view| view.shown.question.as_ref()) else { return };
    let Ask::Match { left, right } = &question.ask else { return };
    for (entity, side, mut tile, mut access) in &mut tiles {
        let fresh = face(*side, pairs);
        if fresh.filled && !tile.filled {
            commands.entity(entity).insert(Moving::join());
        }
        tile.set_if_neq(fresh);
        let partner = match *side {
            Side::Left(at) => {
                pairs.partner.get(at).copied().flatten().and_then(|partner| right.get(usize::from(partner)))
            }
            Side::Right(at) => pairs.owner(at).and_then(|owner| left.get(owner)),
        };
        let value = partner.map(|partner| text::paired_with(partner));
        if access.value() != value.as_deref() {
            match value {
                Some(value) => access.set_value(value),
                None => access.clear_value(),
            }
        }
    }
}

/// The closed one: the right pairs, and what the player chose instead.
pub fn tell(area: &mut Spawner, told: &Told) {
    let Ask::Match { left, right } = &told.question.ask else { return };
    let Answer::Match(key) = &told.reveal.key.answer else { return };
    let given: Option<&Vec<Option<u8>>> = match &told.given {
        Some(Answer::Match(given)) => Some(given),
        _ => None,
    };
    let words = |index: &Option<u8>| index.and_then(|index| right.get(usize::from(index))).cloned();
    for (at, (side, partner)) in left.iter().zip(key).enumerate() {
        let Some(partner_words) = words(partner) else { continue };
        let yours = given.and_then(|given| given.get(at));
        let right_pair = yours.map(|yours| yours == partner);
        let aside = match (right_pair, yours.and_then(words)) {
            (Some(false), Some(chosen)) => text::you_chose(&chosen),
            (Some(true), _) => text::RIGHT_PAIR.to_owned(),
            _ => String::new(),
        };
        told_row(area, right_pair, text::pair(side, &partner_words), aside);
    }
}
