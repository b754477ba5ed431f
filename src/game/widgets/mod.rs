//! The widgets: functions that return a bundle. Spawn them as children; give them behaviour with
//! [`observe`](bevy::ui_widgets::observe) and states with components.
//!
//! | Widget | Use |
//! |---|---|
//! | [`screen`], [`panel`], [`pill`], [`row()`], [`column()`], [`side_by_side`], [`two_columns`], [`spacer`] | `(screen("Setup"), DespawnOnExit(Screen::Setup), children![…])`; `row()` and `column()` are plain `Node`s |
//! | [`dialog`] | `(dialog("Pause"), children![…])`: over everything, holds focus, keys and pointer |
//! | [`scroll()`] | `scroll(children![…])`: a column that fills the rest and scrolls; keeps the focus in view |
//! | [`heading`], [`bold`], [`text()`], [`body`], [`hint`], [`eyebrow`], [`centred`] | `heading("Choose your rounds", Type::Heading)`; `text("…", Type::Body, Token::Soft)`; change `Text` and what is read out follows |
//! | [`main_button`], [`button()`], [`quiet_button`], [`back_button`] | `(main_button("Play"), AutoFocus, observe(\|_: On<Activate>, …\| …))`. Main: Ctrl+Enter; back: Esc |
//! | [`figure_button`], [`icon_button`], [`key_button`], [`row_button`] | `figure_button("Practise my mistakes", "7 to practise")`; `icon_button(Icon::Up, "Move up: Sweden")`; `(row_button("Founding"), children![…])` |
//! | [`tile()`] | `(tile("May 2022", Tile::of(0)), Shortcut::letter(0), observe(…))`; change its [`Tile`] for selected, right, wrong, faint; [`small_tile`] where many stand together |
//! | [`check_row`] | `(check_row("Founding", "1949, …", "10 questions"), Chosen, observe(\|on: On<ValueChange<bool>>\| …))` |
//! | [`choice()`] | `(choice("Pace", &["No timer", "Relaxed"], 0), observe(\|on: On<ValueChange<usize>>\| …))` |
//! | [`slider()`] | `(slider("Questions", Slide { min, max, step, value }), observe(\|on: On<ValueChange<f64>>\| …))` |
//! | [`number_entry`] | `(number_entry("Your answer", "members", Slide { …, value: None }), observe(\|on: On<ValueChange<Option<f64>>>\| …))`: field, − +, slider, keypad |
//! | [`text_entry`] | `(text_entry("Your answer", "Accents don't matter.", 40), observe(\|on: On<ValueChange<String>>\| …))`: `is_final` on Enter; with an on-screen keyboard |
//! | [`short_entry`] | `(short_entry("Game code", "Same code, same questions.", 10, button), observe(…))`: the same on two lines, with a button beside the field |
//! | [`toggle()`] | `(toggle("I was sure"), observe(…))`: a button that stays pressed while it has [`Chosen`] |
//! | [`line()`] | `line(&plot, "Timeline: …")`: a [`Plot`](super::plot::Plot) with its marks and words |
//! | [`bar()`] | `bar("Founding", Bar { share: 0.7, token: Token::Gold })` |
//! | [`plate()`] | `plate(row, &Plate { name, points, slot, … })`: a team over a question |
//! | [`podium()`] | `podium(&rows)`: who came where, as high as the scores say |
//! | [`ring()`] | `ring(Ring::filled(32, 12, 480.), children![in_ring("32", 0.22), ring_caption("seats")])`; change its [`Ring`]; `Ring::timer(left, limit, size)`; some seats [`Hollow`] |
//! | [`icon()`] | `icon(Icon::Tick, 24., Token::Right)` |
//!
//! States, as components on any button: [`Blocked`]`("2 pairs left".into())` (disabled, with the reason), [`Busy`], [`Chosen`],
//! [`Caption`] (the label; change it), and from [`focus`](super::focus): `AutoFocus`, `MainAction`, `EscAction`, `Shortcut`.
//!
//! A widget's `Node` is its own; change it with `Adapt(|node, form| node.flex_grow = 1.)` ([`layout`](super::layout)).
//! Paint your own nodes with [`Fill`], [`Edge`], [`Ink`], [`Tint`], never with colours.
//! Everything pressed ends in one `Activate` on the control's entity.

mod bar;
mod button;
mod check;
mod choice;
mod control;
mod dash;
mod entry;
mod flow;
mod frame;
mod hollow;
mod icon;
mod keyboard;
mod line;
pub mod look;
mod number;
mod paint;
mod plate;
mod podium;
mod ring;
pub mod scroll;
mod slider;
mod sunk;
mod text;
mod tile;
mod toggle;

pub use bar::{Bar, bar};
pub use button::{back_button, button, figure_button, icon_button, key_button, main_button, quiet_button, row_button};
pub use check::{BoxColour, CheckRow, check_row};
pub use choice::{Choice, choice};
pub use control::{Blocked, Busy, Caption, Chosen, Inner, ShowKeys, Skin, control};
pub use dash::Dashed;
pub use entry::{Entry, FillEntry, OwnKeys, name_entry, short_entry, text_entry};
pub use flow::{Flowing, Page};
pub use frame::{column, dialog, panel, pill, row, screen, side_by_side, spacer, two_columns};
pub use hollow::Hollow;
pub use icon::{Icon, icon, unspoken};
pub use line::line;
pub use number::{NumberEntry, number_entry, show as show_number};
pub use paint::{Backdrop, Draw, Edge, Fill, Ink, Opacity, Tint};
pub use plate::{Plate, PlateState, plate};
pub use podium::{Column, PodiumRow, podium};
pub use ring::{InRing, Level, Ring, RingCaption, in_ring, ring, ring_caption};
pub use scroll::scroll;
pub use slider::{Slide, slider};
pub use text::{body, bold, centred, eyebrow, heading, hint, text};
pub use tile::{Tile, TileState, small_tile, tile};
pub use toggle::toggle;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        paint::plugin,
        text::plugin,
        icon::plugin,
        control::plugin,
        dash::plugin,
        tile::plugin,
        check::plugin,
        choice::plugin,
        slider::plugin,
        entry::plugin,
        keyboard::plugin,
        number::plugin,
    ))
    .add_plugins((ring::plugin, bar::plugin, scroll::plugin, flow::plugin, sunk::plugin))
    .add_plugins((hollow::plugin, line::plugin, toggle::plugin, podium::plugin));
}
