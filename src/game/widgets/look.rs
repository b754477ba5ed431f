//! What each state of each control is painted with, in one kind of table, and what of it must stand out from what.
//!
//! The tables are the very functions that the widgets dress themselves by (`control`, `tile` and
//! their like); [`contrasts`] walks them over every state. The enums list themselves, so that a new state cannot be forgotten: it is
//! in `ALL`, and so in the contrast test, as soon as it compiles.

use super::{check, control, entry, scroll, slider, tile};
use crate::game::theme::{ROUNDS, SLOTS, Token};

/// An enum that lists all of itself.
macro_rules! listed {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident,)+ }) => {
        $(#[$meta])*
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }
        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}
pub(super) use listed;

listed! {
    /// What a control is in the middle of.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Touch {
        /// Nothing.
        Rest,
        /// The pointer is on it.
        Hover,
        /// It is being pressed.
        Pressed,
        /// It cannot be pressed, and says why.
        Disabled,
        /// It is at work, and says what on.
        Busy,
    }
}

impl Touch {
    /// What counts first: being disabled, then a press, then the pointer.
    #[must_use]
    #[expect(clippy::fn_params_excessive_bools, reason = "each is the presence of a component")]
    pub const fn of(disabled: bool, busy: bool, pressed: bool, hovered: bool) -> Self {
        match (busy, disabled, pressed, hovered) {
            (true, ..) => Self::Busy,
            (_, true, ..) => Self::Disabled,
            (_, _, true, _) => Self::Pressed,
            (_, _, _, true) => Self::Hover,
            _ => Self::Rest,
        }
    }
}

/// What a state is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The ground.
    pub fill: Token,
    /// The border.
    pub edge: Token,
    /// Words and icons on it.
    pub ink: Token,
    /// Dashes in place of a border.
    pub dashed: Option<Token>,
    /// Whether it lies deeper than what is round it.
    pub sunk: bool,
}

impl Look {
    /// Without dashes, and not sunk.
    #[must_use]
    pub const fn of(fill: Token, edge: Token, ink: Token) -> Self {
        Self { fill, edge, ink, dashed: None, sunk: false }
    }

    /// The same with dashes.
    #[must_use]
    pub const fn dashed(self, token: Token) -> Self {
        Self { dashed: Some(token), ..self }
    }

    /// The same, sunk.
    #[must_use]
    pub const fn sunk(self) -> Self {
        Self { sunk: true, ..self }
    }
}

/// How much must lie between two colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Text: 4.5:1.
    Text,
    /// Shapes, borders, what has the focus: 3:1.
    Shape,
}

/// Something that must be told from what it lies on.
#[derive(Debug, Clone)]
pub struct Contrast {
    /// Of what, in which state.
    pub what: String,
    /// Any one of these will do: a control is seen by its ground or by its border.
    pub fronts: Vec<Token>,
    /// What lies behind.
    pub back: Token,
    /// How much.
    pub need: Need,
}

/// What a screen is made of behind its controls: the backdrop's two ends, and panels.
const GROUNDS: [Token; 3] = [Token::Ink, Token::Glow, Token::Panel];
/// The backdrop alone: answer tiles and rings stand there.
const BACKDROP: [Token; 2] = [Token::Ink, Token::Glow];

#[derive(Default)]
struct List(Vec<Contrast>);

impl List {
    fn add(&mut self, what: &str, fronts: &[Token], back: Token, need: Need) {
        self.0.push(Contrast { what: what.to_owned(), fronts: fronts.to_vec(), back, need });
    }

    /// A control: it is seen on each ground, and what stands on it is read.
    fn control(&mut self, what: &str, look: Look, grounds: &[Token]) {
        for ground in grounds {
            let fill = if look.fill == Token::Clear { *ground } else { look.fill };
            self.add(what, &[look.ink], fill, Need::Text);
            let bounds = [look.dashed.unwrap_or(look.edge), fill];
            self.add(&format!("the bounds of {what}"), &bounds, *ground, Need::Shape);
        }
    }
}

/// Everything that must stand out, in every state of every control.
#[must_use]
pub fn contrasts() -> Vec<Contrast> {
    let mut list = List::default();
    for (skin, touch, chosen) in control::Skin::ALL
        .iter()
        .flat_map(|skin| Touch::ALL.iter().map(move |touch| (*skin, *touch)))
        .flat_map(|(skin, touch)| [(skin, touch, false), (skin, touch, true)])
        .filter(|(skin, ..)| *skin != control::Skin::Own)
    {
        let what = format!("{skin:?}, {touch:?}{}", if chosen { ", chosen" } else { "" });
        let look = control::look(skin, touch, chosen);
        list.control(&what, look, &GROUNDS);
        for ground in GROUNDS {
            let fill = if look.fill == Token::Clear { ground } else { look.fill };
            list.add(&format!("the key cap on {what}"), &[control::cap_edge(look)], fill, Need::Shape);
        }
    }
    for state in tile::TileState::ALL {
        for touch in Touch::ALL {
            for (slot, filled) in
                (0..SLOTS).flat_map(|slot| [(Some(slot), true), (Some(slot), false)]).chain([(None, false)])
            {
                let face = tile::Tile { slot, filled, state: *state };
                let (look, verdict) = tile::look(face, *touch);
                let what = format!("a tile of {slot:?}, filled {filled}, {state:?}, {touch:?}");
                // What is judged and not right and not chosen steps back: its words alone must be read.
                let faint = *state == tile::TileState::Faint || (*touch == Touch::Disabled && !filled);
                if faint {
                    list.add(&what, &[look.ink], look.fill, Need::Text);
                } else {
                    list.control(&what, look, &BACKDROP);
                }
                if let Some((_, _, token)) = verdict {
                    list.add(&format!("the verdict on {what}"), &[token], look.fill, Need::Text);
                }
            }
        }
    }
    for ticked in [false, true] {
        let (look, mark) = check::look(ticked);
        for touch in Touch::ALL {
            let row = control::look(control::Skin::Check, *touch, ticked);
            for ground in GROUNDS {
                let row = if row.fill == Token::Clear { ground } else { row.fill };
                let what = format!("a tick box, ticked {ticked}, {touch:?}");
                let fill = if look.fill == Token::Clear { row } else { look.fill };
                list.add(&what, &[look.edge, fill], row, Need::Shape);
                if mark != Token::Clear {
                    list.add(&format!("the tick in {what}"), &[mark], fill, Need::Shape);
                }
            }
        }
    }
    for hovered in [false, true] {
        for ground in GROUNDS {
            for has_value in [false, true] {
                let thumb = slider::thumb(has_value, hovered);
                list.add("a slider’s thumb", &[thumb.edge, thumb.fill], ground, Need::Shape);
            }
            list.add("a slider’s track", &[slider::TRACK.edge], ground, Need::Shape);
            list.add("a slider’s value on its track", &[slider::VALUE], slider::TRACK.fill, Need::Shape);
            for disabled in [false, true] {
                list.control("a field", entry::look(hovered, disabled), &[ground]);
            }
        }
    }
    for ground in GROUNDS {
        list.add("the focus", &[Token::Focus], ground, Need::Shape);
        list.add("a scroll bar", &[scroll::BAR], ground, Need::Shape);
        for round in 0..ROUNDS {
            list.add("a round’s bar", &[Token::Round(round)], ground, Need::Shape);
        }
    }
    for back in BACKDROP {
        for seat in [Token::Gold, Token::Seat, Token::SeatNew, Token::Right, Token::Wrong] {
            list.add("a seat", &[seat], back, Need::Shape);
        }
    }
    for (ink, fill) in [(Token::OnRight, Token::Right), (Token::OnWrong, Token::Wrong), (Token::OnRound, Token::Gold)] {
        list.add("a mark on its disc", &[ink], fill, Need::Text);
    }
    for ground in [Token::Ink, Token::Glow, Token::Panel, Token::Raised] {
        for words in [Token::Text, Token::Soft] {
            list.add("words", &[words], ground, Need::Text);
        }
    }
    for ground in GROUNDS {
        for words in [Token::Gold, Token::Right, Token::Wrong] {
            list.add("coloured words", &[words], ground, Need::Text);
        }
    }
    list.0
}
