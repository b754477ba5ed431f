//! The podium: heights true to the scores, ties, two to eight teams, in every form.

use accesskit::Role;
use bevy::prelude::*;
use roundtable::game::text::teams;
use roundtable::game::widgets::{Column, PodiumRow, podium, screen, scroll};

use crate::harness::Game;

fn rows(points: &[u32]) -> Vec<PodiumRow> {
    let names =
        ["Bold Lynxes", "Calm Herons", "Swift Otters", "Keen Wrens", "Quiet Hippopotami", "Red", "Elks", "Mild Moths"];
    let place = |mine: &u32| 1 + u32::try_from(points.iter().filter(|other| *other > mine).count()).unwrap_or(0);
    let row = |(index, mine): (usize, &u32)| PodiumRow {
        place: place(mine),
        name: names[index].to_owned(),
        points: *mine,
        slot: Some(index),
    };
    points.iter().enumerate().map(row).collect()
}

fn shown(points: &[u32], size: (u32, u32)) -> Game {
    let rows = rows(points);
    let whole = Node { min_height: percent(100), flex_direction: FlexDirection::Column, ..default() };
    Game::page(size.0, size.1, (screen("Podium"), children![scroll(children![(whole, children![podium(&rows)])])]))
}

/// How far each column goes, in the order of the rows.
fn extents(game: &mut Game, up: bool) -> Vec<f32> {
    let world = game.app.world_mut();
    let columns: Vec<(Entity, usize)> =
        world.query::<(Entity, &Column)>().iter(world).map(|(entity, column)| (entity, column.0)).collect();
    let mut found: Vec<(usize, f32)> = Vec::new();
    for (column, index) in columns {
        if game.on_show(column) {
            let rect = game.rect(column);
            found.push((index, if up { rect.height() } else { rect.width() }));
        }
    }
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, extent)| extent).collect()
}

#[test]
fn heights_are_true_to_the_scores() {
    for (size, up) in [((1280, 720), true), ((1920, 1080), true), ((360, 640), false)] {
        let points = [14_900, 12_650, 11_200, 9_800];
        let mut game = shown(&points, size);
        let found = extents(&mut game, up);
        assert_eq!(found.len(), 4, "{}", game.tree());
        for (extent, points) in found.iter().zip(points) {
            let wanted = found[0] * f32::from(u16::try_from(points).unwrap_or(0)) / 14_900.;
            assert!((extent - wanted).abs() <= 1., "{points} points are {extent} high, not {wanted}, in {size:?}");
        }
    }
}

#[test]
fn equal_points_share_a_place_and_a_height_and_nothing_is_still_a_line() {
    let mut game = shown(&[3000, 3000, 0], (1280, 720));
    let found = extents(&mut game, true);
    assert!((found[0] - found[1]).abs() < 0.1 && found[2] > 1. && found[2] < 6., "{found:?}");
    for name in ["Bold Lynxes", "Calm Herons"] {
        game.find(Role::ListItem, &teams::podium_row(1, name, 3000));
    }
    game.find(Role::ListItem, &teams::podium_row(3, "Swift Otters", 0));
    let mut game = shown(&[0, 0], (1280, 720));
    assert_eq!(extents(&mut game, true).len(), 2, "nobody has scored, and everybody came first");
}

#[test]
fn the_best_stands_in_the_middle_and_is_read_first() {
    let mut game = shown(&[900, 800, 700], (1280, 720));
    let x = |game: &mut Game, place, name: &str, points| {
        let entity = game.find(Role::ListItem, &teams::podium_row(place, name, points)).entity;
        game.rect(entity).center().x
    };
    let first = x(&mut game, 1, "Bold Lynxes", 900);
    let second = x(&mut game, 2, "Calm Herons", 800);
    let third = x(&mut game, 3, "Swift Otters", 700);
    assert!(second < first && first < third);
    let tree = game.tree();
    let at = |name: &str| tree.find(name).expect("it is read out");
    assert!(at("1st place") < at("2nd place") && at("2nd place") < at("3rd place"), "{tree}");
}

#[test]
fn two_to_eight_fit_in_every_size() {
    for count in 2..=8_usize {
        let points: Vec<u32> = (0..8_u32).map(|index| 12_800 - index * 1700).take(count).collect();
        let mut game = shown(&points, (1280, 720));
        let mut faults = Vec::new();
        for (shape, text) in [
            ((1280, 720), 1.),
            ((1280, 720), 1.5),
            ((1280, 720), 2.),
            ((768, 1024), 1.),
            ((1024, 768), 1.25),
            ((1920, 1080), 1.5),
            ((360, 640), 1.),
            ((360, 640), 2.),
            ((1080, 1920), 2.),
            ((3840, 2160), 1.),
        ] {
            game.reshape(shape, text);
            let found = game.layout_faults().into_iter();
            faults.extend(found.map(|fault| format!("{count} in {shape:?} at {text}: {fault}")));
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }
}
