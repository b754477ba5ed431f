//! Every colour, size and duration of the window, and nothing else: a look is changed here or nowhere.
//!
//! A colour is a [`Token`]; a [`Palette`] names each of them, so that no theme inherits one by accident.
//! Contrast is tested over all palettes (`tests/window/theme.rs`).

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Token {
    /// No colour at all.
    #[default]
    Clear,
    /// The backdrop at its darkest (in Paper: its plain) spot.
    Ink,
    /// The backdrop at its lightest spot.
    Glow,
    /// Panels, plain buttons, rows.
    Panel,
    /// What stands out of a panel; a hovered button.
    Raised,
    /// Borders of controls, the timeline.
    Line,
    /// Text.
    Text,
    /// Text that can wait.
    Soft,
    /// The main action, the answered count, eyebrows.
    Gold,
    /// A hovered main action.
    GoldLit,
    /// Text on gold.
    OnGold,
    /// Right, and only that.
    Right,
    /// Text on `Right`.
    OnRight,
    /// Not right. Never without its ✕ and its dashes.
    Wrong,
    /// Text on `Wrong`.
    OnWrong,
    /// A seat that nobody has taken; a timer's spent seat.
    Seat,
    /// A third kind of seat.
    SeatNew,
    /// The outline of what has the focus.
    Focus,
    /// A chosen pill, a ticked box.
    Chosen,
    /// Text on `Chosen`.
    OnChosen,
    /// One of the eight: options and teams.
    Slot(usize),
    /// The same, hovered.
    SlotLit(usize),
    /// Text and shapes on one of the eight.
    OnSlot,
    /// A round's own colour: its tick box, its bar. Never green.
    Round(usize),
    /// A tick in a box of a round's colour.
    OnRound,
    /// What falls on the upper edge of what is pressed in; partly seen through.
    Shade,
}

/// How many colour-and-shape pairs there are: six options, eight teams.
pub const SLOTS: usize = 8;
/// How many colours rounds have before they begin again.
pub const ROUNDS: usize = 6;

/// Which theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ThemeName {
    /// Dark, for evenings.
    #[default]
    Dusk,
    /// Light, for bright rooms.
    Paper,
    /// For those who need it.
    HighContrast,
}

impl ThemeName {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Dusk, Self::Paper, Self::HighContrast];

    /// Its colours.
    #[must_use]
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Dusk => &DUSK,
            Self::Paper => &PAPER,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

/// The theme in use. Changing it repaints everything.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme(pub ThemeName);

impl Theme {
    /// The colour of a token.
    #[must_use]
    pub fn color(self, token: Token) -> Color {
        self.0.palette().color(token).into()
    }
}

/// One colour a token.
#[derive(Debug, Clone)]
pub struct Palette {
    ink: u32,
    glow: u32,
    panel: u32,
    raised: u32,
    line: u32,
    text: u32,
    soft: u32,
    gold: u32,
    gold_lit: u32,
    on_gold: u32,
    right: u32,
    on_right: u32,
    wrong: u32,
    on_wrong: u32,
    seat: u32,
    seat_new: u32,
    focus: u32,
    chosen: u32,
    on_chosen: u32,
    slots: [u32; SLOTS],
    slots_lit: [u32; SLOTS],
    on_slot: u32,
    rounds: [u32; ROUNDS],
    on_round: u32,
    /// Its opacity in percent.
    shade: u8,
}

impl Palette {
    /// The colour of a token; slots wrap round.
    #[must_use]
    pub const fn color(&self, token: Token) -> Srgba {
        let hex = match token {
            Token::Clear => return Srgba::NONE,
            Token::Ink => self.ink,
            Token::Glow => self.glow,
            Token::Panel => self.panel,
            Token::Raised => self.raised,
            Token::Line => self.line,
            Token::Text => self.text,
            Token::Soft => self.soft,
            Token::Gold => self.gold,
            Token::GoldLit => self.gold_lit,
            Token::OnGold => self.on_gold,
            Token::Right => self.right,
            Token::OnRight => self.on_right,
            Token::Wrong => self.wrong,
            Token::OnWrong => self.on_wrong,
            Token::Seat => self.seat,
            Token::SeatNew => self.seat_new,
            Token::Focus => self.focus,
            Token::Chosen => self.chosen,
            Token::OnChosen => self.on_chosen,
            Token::Slot(slot) => self.slots[slot % SLOTS],
            Token::SlotLit(slot) => self.slots_lit[slot % SLOTS],
            Token::OnSlot => self.on_slot,
            Token::Round(round) => self.rounds[round % ROUNDS],
            Token::OnRound => self.on_round,
            Token::Shade => return Srgba::new(0., 0., 0., self.shade as f32 / 100.),
        };
        srgb(hex)
    }
}

const fn srgb(hex: u32) -> Srgba {
    let [_, red, green, blue] = hex.to_be_bytes();
    Srgba::rgb(red as f32 / 255., green as f32 / 255., blue as f32 / 255.)
}

/// White text on each: 5:1, and 4.5:1 where it is lighter. Each on Dusk's lightest and Paper's only spot: above 3:1.
const SLOT_COLOURS: [u32; SLOTS] =
    [0x1f_6dcf, 0xc2_4519, 0x0d_7e5d, 0x9d_50aa, 0x00_798d, 0x7c_6f00, 0xca_306f, 0x5d_6f8f];
const SLOT_COLOURS_LIT: [u32; SLOTS] =
    [0x21_74dd, 0xce_4a1b, 0x0d_8663, 0xa7_55b6, 0x00_8296, 0x84_7700, 0xd7_3377, 0x63_7799];

const DUSK: Palette = Palette {
    ink: 0x0d_1524,
    glow: 0x16_243f,
    panel: 0x1a_2842,
    raised: 0x23_3455,
    line: 0x66_83b8,
    text: 0xf6_f2e7,
    soft: 0xb3_c0d8,
    gold: 0xff_c24b,
    gold_lit: 0xff_d278,
    on_gold: 0x25_1a02,
    right: 0x2f_bf86,
    on_right: 0x04_281a,
    wrong: 0xf4_737c,
    on_wrong: 0x2a_0508,
    seat: 0x4f_6fb3,
    seat_new: 0x5f_d0ff,
    focus: 0xff_ffff,
    chosen: 0xf6_f2e7,
    on_chosen: 0x0d_1524,
    slots: SLOT_COLOURS,
    slots_lit: SLOT_COLOURS_LIT,
    on_slot: 0xff_ffff,
    rounds: [0xff_c24b, 0x5f_d0ff, 0xc5_8bd2, 0xf5_8a5b, 0x8f_a3ff, 0xd9_c27a],
    on_round: 0x0d_1524,
    shade: 40,
};

const PAPER: Palette = Palette {
    ink: 0xf4_efe3,
    glow: 0xf8_f4ea,
    panel: 0xe9_e2d3,
    raised: 0xdd_d4c0,
    line: 0x72_6a56,
    text: 0x16_213a,
    soft: 0x47_5570,
    gold: 0x85_5200,
    gold_lit: 0x6f_4400,
    on_gold: 0xff_ffff,
    right: 0x0b_6b4d,
    on_right: 0xff_ffff,
    wrong: 0xa8_1d2c,
    on_wrong: 0xff_ffff,
    seat: 0x8f_846c,
    seat_new: 0x00_6d9c,
    focus: 0x16_213a,
    chosen: 0x16_213a,
    on_chosen: 0xf8_f4ea,
    slots: SLOT_COLOURS,
    slots_lit: SLOT_COLOURS_LIT,
    on_slot: 0xff_ffff,
    rounds: [0x85_5200, 0x00_6d9c, 0x7d_3f8f, 0xa8_481c, 0x3d_4fae, 0x6a_6300],
    on_round: 0xff_ffff,
    shade: 25,
};

const HIGH_CONTRAST: Palette = Palette {
    ink: 0x00_0000,
    glow: 0x00_0000,
    panel: 0x00_0000,
    raised: 0x26_2626,
    line: 0xff_ffff,
    text: 0xff_ffff,
    soft: 0xff_ffff,
    gold: 0xff_d84d,
    gold_lit: 0xff_e68a,
    on_gold: 0x00_0000,
    right: 0x5c_ffb4,
    on_right: 0x00_0000,
    wrong: 0xff_a3a8,
    on_wrong: 0x00_0000,
    seat: 0x8a_8a8a,
    seat_new: 0x7a_d9ff,
    focus: 0x5c_e1ff,
    chosen: 0xff_ffff,
    on_chosen: 0x00_0000,
    slots: SLOT_COLOURS,
    slots_lit: SLOT_COLOURS_LIT,
    on_slot: 0xff_ffff,
    rounds: [0xff_d84d, 0x7a_d9ff, 0xe6_b0f2, 0xff_ad85, 0xb3_c1ff, 0xf0_dfa6],
    on_round: 0x00_0000,
    shade: 55,
};

/// Type: the size in a wide window and in a narrow one, in pixels at 100 % text.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Type {
    /// The name of the game; the number inside a big ring.
    Display,
    /// A question's stem.
    Stem,
    /// A stem of more words, or over many rows.
    StemMiddle,
    /// A stem of many words.
    StemLong,
    /// "Not this time".
    Verdict,
    /// A screen's heading.
    Heading,
    /// What has been earned so far.
    Score,
    /// An answer.
    Answer,
    /// An answer of many words.
    AnswerLong,
    /// A button, a field.
    Label,
    /// Running text.
    #[default]
    Body,
    /// Hints, captions.
    Small,
    /// Key caps.
    Cap,
}

impl Type {
    /// The size in pixels at 100 % text.
    #[must_use]
    pub const fn pixels(self, narrow: bool) -> f32 {
        let (wide_size, narrow_size) = match self {
            Self::Display => (76., 44.),
            Self::Stem => (46., 24.),
            Self::StemMiddle => (38., 22.),
            Self::StemLong => (30., 20.),
            Self::Verdict => (42., 28.),
            Self::Heading => (30., 24.),
            Self::Score => (25., 18.),
            Self::Answer => (28., 21.),
            Self::AnswerLong => (20., 18.),
            Self::Label => (21., 19.),
            Self::Body => (20., 18.5),
            Self::Small => (17., 16.),
            Self::Cap => (15., 14.),
        };
        if narrow { narrow_size } else { wide_size }
    }

    /// What a window that is `width` pixels wide leaves for a line of this type, at the least: beside it stand the screen's edges, the
    /// table, the timer's ring, a verdict's mark. Types that are no larger than running text have no such limit.
    #[must_use]
    pub const fn room(self, narrow: bool, width: f32) -> Option<f32> {
        let width = width - 2. * space::EDGE_NARROW;
        match self {
            Self::Display if !narrow => Some((width - 4. * space::EDGE - 480.).min(space::LIST)),
            Self::Display | Self::Heading => Some(width),
            Self::Stem | Self::StemMiddle | Self::StemLong => Some(width - 100.),
            Self::Verdict => Some(width - 76.),
            Self::Answer => Some(width - 120.),
            _ => None,
        }
    }
}

/// `RemSize` at 100 % text.
pub const REM: f32 = 20.;

/// Distances, in pixels.
pub mod space {
    /// The most that words and buttons of the title take: the sound's five values on a line.
    pub const LIST: f32 = 580.;
    /// The edge of a screen, wide.
    pub const EDGE: f32 = 48.;
    /// The edge of a screen, narrow.
    pub const EDGE_NARROW: f32 = 16.;
    /// Between things that belong together.
    pub const TIGHT: f32 = 8.;
    /// Between controls.
    pub const GAP: f32 = 14.;
    /// Between groups.
    pub const WIDE: f32 = 24.;
    /// Inside a panel or a tile.
    pub const INSIDE: f32 = 24.;
}

/// Rounded corners, in pixels.
pub mod radius {
    /// Key caps, check boxes.
    pub const SMALL: f32 = 7.;
    /// Buttons and rows.
    pub const CONTROL: f32 = 14.;
    /// Answer tiles.
    pub const TILE: f32 = 18.;
    /// Panels.
    pub const PANEL: f32 = 22.;
}

/// Thicknesses and the least sizes of controls, in pixels.
pub mod stroke {
    /// The border of a control.
    pub const CONTROL: f32 = 2.;
    /// The border of a tile: thick when selected, right or wrong.
    pub const TILE: f32 = 4.;
    /// The focus outline.
    pub const FOCUS: f32 = 3.;
    /// Between a control and its focus outline.
    pub const FOCUS_OFFSET: f32 = 3.;
    /// The least width and height of anything to press.
    pub const TARGET: f32 = 44.;
    /// The height of a button.
    pub const BUTTON: f32 = 56.;
}

/// Durations.
pub mod time {
    use std::time::Duration;
    /// A tile that moves into its place.
    pub const MOVE: Duration = Duration::from_millis(220);
    /// Between two tiles that arrive one after the other.
    pub const STAGGER: Duration = Duration::from_millis(35);
    /// The old screen fades out.
    pub const OUT: Duration = Duration::from_millis(120);
    /// The new one fades in, once little is left of the old: two texts one over the other are none.
    pub const IN: Duration = Duration::from_millis(180);
    /// What stands on both screens, from the one place to the other; rows that change places.
    pub const TRAVEL: Duration = Duration::from_millis(260);
    /// A verdict lands.
    pub const LAND: Duration = Duration::from_millis(340);
    /// Points count up.
    pub const COUNT: Duration = Duration::from_millis(600);
    /// A seat of a ring that fills.
    pub const SEAT: Duration = Duration::from_millis(100);
    /// A ring of many seats fills within this.
    pub const FILL: Duration = Duration::from_millis(1200);
    /// Motion never goes further in one frame, so that a slow frame swallows none of it.
    pub const LONGEST_STEP: Duration = Duration::from_millis(50);
    /// How often a countdown is drawn.
    pub const TICK: Duration = Duration::from_millis(100);
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Theme>();
}
