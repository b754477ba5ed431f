//! Contrast, computed from the tokens of every theme on both spots of the backdrop (WCAG 2).

use bevy::prelude::*;
use roundtable::game::theme::{SLOTS, ThemeName, Token};

fn luminance(color: Srgba) -> f32 {
    let linear = LinearRgba::from(color);
    0.2126 * linear.red + 0.7152 * linear.green + 0.0722 * linear.blue
}

fn contrast(one: Srgba, other: Srgba) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// Every pair that is too close, over all themes.
fn too_close(pairs: &[(Token, Token)], least: f32) -> Vec<String> {
    let mut faults = Vec::new();
    for theme in ThemeName::ALL {
        for (front, back) in pairs {
            let (a, b) = (theme.palette().color(*front), theme.palette().color(*back));
            let ratio = contrast(a, b);
            if ratio < least {
                faults.push(format!("{theme:?}: {front:?} on {back:?} is {ratio:.2}:1, needs {least}:1"));
            }
        }
    }
    faults
}

#[test]
fn text_stands_out() {
    use Token::{
        Chosen, Glow, Gold, GoldLit, Ink, OnChosen, OnGold, OnRight, OnSlot, OnWrong, Panel, Raised, Right, Slot,
        SlotLit, Soft, Text, Wrong,
    };
    let grounds = [Ink, Glow, Panel, Raised];
    let mut pairs: Vec<(Token, Token)> = grounds.iter().flat_map(|back| [(Text, *back), (Soft, *back)]).collect();
    pairs.extend([Ink, Glow, Panel].iter().flat_map(|back| [(Gold, *back), (Right, *back), (Wrong, *back)]));
    pairs.extend([(OnGold, Gold), (OnGold, GoldLit), (OnRight, Right), (OnWrong, Wrong), (OnChosen, Chosen)]);
    pairs.extend((0..SLOTS).flat_map(|slot| [(OnSlot, Slot(slot)), (OnSlot, SlotLit(slot))]));
    assert_eq!(too_close(&pairs, 4.5), Vec::<String>::new());
}

#[test]
fn shapes_and_borders_stand_out() {
    use Token::{Focus, Glow, Gold, Ink, Line, Panel, Raised, Right, Seat, SeatNew, Slot, Wrong};
    let mut pairs = Vec::new();
    for back in [Ink, Glow] {
        pairs.extend([Line, Seat, SeatNew, Focus, Gold, Right, Wrong].map(|front| (front, back)));
        pairs.extend((0..SLOTS).map(|slot| (Slot(slot), back)));
    }
    for back in [Panel, Raised] {
        pairs.extend([Line, Focus, Gold].map(|front| (front, back)));
    }
    pairs.extend([(Right, Panel), (Wrong, Panel)]);
    assert_eq!(too_close(&pairs, 3.), Vec::<String>::new());
}

#[test]
fn the_ring_tells_its_seats_apart() {
    // A taken seat and an empty one differ in lightness too, not in hue alone.
    assert_eq!(too_close(&[(Token::Gold, Token::Seat)], 1.5), Vec::<String>::new());
}
