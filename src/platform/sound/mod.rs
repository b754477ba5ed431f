//! Short sounds out of the machine. The native half uses std, and rodio for the device itself; the web's calls the page.
//!
//! On the desktop a thread of its own opens the device at the first sound and closes it a little after the last: an open stream costs power even
//! while it plays nothing. Where there is no device, or it fails, sounds are dropped and the game goes on.
//!
//! - [`Output`], [`Cue`]: the face
//! - [`Speaker`]: the thread; on the web `Page`
//! - [`Device`], [`Stream`]: what it opens; tests bring their own
//! - [`Voices`]: mixes what sounds at the same time

#[cfg(all(feature = "game", not(target_family = "wasm")))]
mod device;
#[cfg(not(target_family = "wasm"))]
mod speaker;
#[cfg(not(target_family = "wasm"))]
mod voices;
#[cfg(target_family = "wasm")]
mod web;

#[cfg(all(feature = "game", not(target_family = "wasm")))]
pub use device::DefaultDevice;
#[cfg(not(target_family = "wasm"))]
pub use speaker::{Device, Speaker, Stream, Waits};
#[cfg(not(target_family = "wasm"))]
pub use voices::{MOST_VOICES, Sound, Voices};
#[cfg(target_family = "wasm")]
pub use web::Page;

/// Makes the samples, mono, within ±1, for so many a second: the device's own rate, so that nothing is resampled.
pub type Make = Box<dyn FnOnce(u32) -> Vec<f32> + Send>;

/// One sound to play now.
pub struct Cue {
    /// Makes it; called where there is time for it, not where frames are drawn.
    pub make: Make,
    /// What to multiply it by; 1 is as it was made.
    pub gain: f32,
}

/// Whatever plays cues.
pub trait Output: Send + Sync + 'static {
    /// Plays this now if it can. Never waits, and never fails: a sound is not worth either.
    fn play(&mut self, cue: Cue);
}
