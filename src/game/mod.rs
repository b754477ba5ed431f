//! The window: screens, widgets, theme, input. May use `quiz`, `rules`, `bank`, `platform`; never `cli`.

pub mod a11y;
pub mod app;
pub mod device;
pub mod dialogs;
pub mod emblem;
#[cfg(target_os = "linux")]
pub mod figures;
pub mod focus;
pub mod fonts;
pub mod gpu;
pub mod kept;
mod keys;
pub mod layout;
pub mod library;
pub mod lookout;
mod minimised;
pub mod motion;
mod pad;
pub mod panic;
pub mod plot;
pub mod preferences;
pub mod probe;
pub mod progress;
pub mod redraw;
pub mod screens;
pub mod session;
pub mod share;
pub mod sound;
pub mod text;
pub mod theme;
pub mod widgets;

pub use app::{Options, run};
pub use probe::Unavailable;
