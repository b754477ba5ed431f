//! The window: screens, widgets, theme, input. May use `quiz`, `rules`, `bank`, `platform`, and to host a class
//! `classroom`; never `cli`.

pub mod a11y;
pub mod app;
#[cfg(all(feature = "classroom", not(target_family = "wasm")))]
pub mod class;
pub mod device;
pub mod dialogs;
#[cfg(not(target_family = "wasm"))]
pub mod emblem;
#[cfg(target_os = "linux")]
pub mod figures;
pub mod focus;
pub mod fonts;
pub mod gpu;
pub mod invite;
pub mod kept;
mod keys;
pub mod layout;
pub mod library;
pub mod links;
pub mod lookout;
#[cfg(not(target_family = "wasm"))]
mod minimised;
pub mod motion;
mod pad;
#[cfg(not(target_family = "wasm"))]
pub mod panic;
pub mod plot;
pub mod preferences;
mod presses;
#[cfg(not(target_family = "wasm"))]
pub mod probe;
pub mod progress;
pub mod redraw;
pub mod screens;
pub mod session;
pub mod share;
pub mod sound;
pub mod teams;
pub mod text;
pub mod theme;
#[cfg(target_family = "wasm")]
pub mod web;
pub mod widgets;

pub use app::Options;
#[cfg(not(target_family = "wasm"))]
pub use app::run;
#[cfg(not(target_family = "wasm"))]
pub use probe::Unavailable;
