//! The look, computed: contrast (WCAG 2) in every theme, of every state of every control, on every ground that it can stand on; the
//! eight pairs of colour, shape and letter, also as colour-blind players see them.

use bevy::prelude::*;
use roundtable::game::focus::Shortcut;
use roundtable::game::theme::{SLOTS, ThemeName, Token};
use roundtable::game::widgets::Icon;
use roundtable::game::widgets::look::{Contrast, Need, contrasts};

use crate::harness::Game;

fn luminance(color: Srgba) -> f32 {
    let linear = LinearRgba::from(color);
    0.2126 * linear.red + 0.7152 * linear.green + 0.0722 * linear.blue
}

/// How far two colours are apart: 1 to 21.
pub fn contrast(one: Srgba, other: Srgba) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

fn too_close(theme: ThemeName, pair: &Contrast) -> Option<String> {
    let palette = theme.palette();
    let back = palette.color(pair.back);
    let seen = pair.fronts.iter().map(|front| contrast(palette.color(*front), back)).fold(0., f32::max);
    let least = match pair.need {
        Need::Text => 4.5,
        Need::Shape => 3.,
    };
    let fault =
        || format!("{theme:?}: {}: {:?} on {:?} is {seen:.2}:1, needs {least}:1", pair.what, pair.fronts, pair.back);
    (seen < least).then(fault)
}

#[test]
fn every_state_of_every_control_stands_out_in_every_theme() {
    let pairs = contrasts();
    let faults: Vec<String> =
        ThemeName::ALL.iter().flat_map(|theme| pairs.iter().filter_map(|pair| too_close(*theme, pair))).collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), pairs.len() * 3, faults.join("\n"));
    assert!(pairs.len() > 1000, "the tables are walked: {}", pairs.len());
}

#[test]
fn the_ring_tells_its_seats_apart() {
    // A taken seat and an empty one differ in lightness too, not in hue alone.
    for theme in ThemeName::ALL {
        let palette = theme.palette();
        let ratio = contrast(palette.color(Token::Gold), palette.color(Token::Seat));
        assert!(ratio > 1.5, "{theme:?}: {ratio:.2}");
    }
}

#[test]
fn a_hovered_tile_is_lighter() {
    for theme in ThemeName::ALL {
        for slot in 0..SLOTS {
            let [rest, lit] =
                [Token::Slot(slot), Token::SlotLit(slot)].map(|token| luminance(theme.palette().color(token)));
            assert!(lit > rest * 1.05, "{theme:?}, slot {slot}: {rest:.3}, {lit:.3}");
        }
    }
}

/// How much two shapes have in common: 1 is all.
fn likeness(one: &Image, other: &Image) -> f32 {
    let alpha = |image: &Image| -> Vec<f32> {
        let texels = (image.width() * image.height()) as usize;
        let data = image.data.as_ref().expect("a mask");
        data.chunks_exact(4).take(texels).map(|texel| f32::from(texel[3]) / 255.).collect()
    };
    let (one, other) = (alpha(one), alpha(other));
    let both: f32 = one.iter().zip(&other).map(|(a, b)| a.min(*b)).sum();
    let either: f32 = one.iter().zip(&other).map(|(a, b)| a.max(*b)).sum();
    both / either
}

#[test]
fn eight_pairs_have_eight_shapes_and_eight_letters() {
    let game = Game::start();
    let images = game.app.world().resource::<Assets<Image>>();
    let shapes: Vec<&Image> =
        (0..SLOTS).map(|slot| images.get(&Icon::slot(slot).image()).expect("a shape a slot")).collect();
    for one in 0..SLOTS {
        for other in one + 1..SLOTS {
            let like = likeness(shapes[one], shapes[other]);
            assert!(like < 0.86, "{:?} and {:?} are {like:.2} alike", Icon::slot(one), Icon::slot(other));
            assert_ne!(Shortcut::letter(one).cap(), Shortcut::letter(other).cap());
        }
    }
}

/// Machado, Oliveira and Fernandes 2009, at full strength: protan, deutan, tritan.
const BLINDNESS: [[[f32; 3]; 3]; 3] = [
    [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
];

fn seen(color: Srgba, by: &[[f32; 3]; 3]) -> Laba {
    let LinearRgba { red, green, blue, .. } = color.into();
    let channel = |row: [f32; 3]| (row[0] * red + row[1] * green + row[2] * blue).clamp(0., 1.);
    LinearRgba::rgb(channel(by[0]), channel(by[1]), channel(by[2])).into()
}

fn apart(one: Laba, other: Laba) -> f32 {
    let far = Vec3::new(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
    far.length() * 100.
}

#[test]
fn neighbours_among_the_eight_differ_for_colour_blind_players_too() {
    for theme in ThemeName::ALL {
        for by in &BLINDNESS {
            for slot in 0..SLOTS - 1 {
                let [one, other] = [slot, slot + 1].map(|slot| seen(theme.palette().color(Token::Slot(slot)), by));
                let far = apart(one, other);
                assert!(far > 10., "{theme:?}: slots {slot} and {} are {far:.1} apart", slot + 1);
            }
        }
    }
}
