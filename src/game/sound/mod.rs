//! Short effects, made for this game, and never the only signal of anything.
//!
//! A screen writes an [`Effect`]; how loud it is, and whether there is a device at all, is nobody else's business.
//!
//! - [`synth`]: what each sounds like
//! - `moments`: what sounds whatever the screen: presses, answers taken, another loudness

mod moments;
pub mod synth;

use bevy::prelude::*;
use bevy::time::Real;
#[cfg(not(target_family = "wasm"))]
use tracing::debug;

use super::preferences::Preferences;
use crate::platform::sound::{Cue, Output};

/// What just happened, for the ear: `effects.write(Effect::Right)`.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A control was pressed, or an answer was taken.
    Press,
    /// The answer was right.
    Right,
    /// Part of it was.
    Partly,
    /// It was not.
    Wrong,
    /// Time runs out: half, ten and five seconds left.
    Time,
    /// A seat of a ring fills.
    Seat,
    /// The match is over.
    Finished,
}

impl Effect {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Press, Self::Right, Self::Partly, Self::Wrong, Self::Time, Self::Seat, Self::Finished];
}

/// Where effects come out; nowhere until the window gives it a device.
#[derive(Resource, Default)]
pub struct Loudspeaker(Option<Box<dyn Output>>);

impl Loudspeaker {
    /// Effects come out here.
    #[must_use]
    pub fn new(output: impl Output) -> Self {
        Self(Some(Box::new(output)))
    }
}

/// What a loudness in percent multiplies samples by. The ear hears ratios: by squares, each step down is as clear as the last.
#[must_use]
pub fn gain(percent: u8) -> f32 {
    (f32::from(percent.min(100)) / 100.).powi(2)
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Effect>().init_resource::<Loudspeaker>().add_plugins(moments::plugin).add_systems(Last, play);
}

/// For the app with a window: the machine's own device.
pub(super) fn window_plugin(app: &mut App) {
    #[cfg(not(target_family = "wasm"))]
    {
        use crate::platform::sound::{DefaultDevice, Speaker, Waits};

        let tell = |why| debug!("Nothing can be heard: {why}");
        app.insert_resource(Loudspeaker::new(Speaker::new(DefaultDevice, Waits::default(), tell)));
    }
    #[cfg(target_family = "wasm")]
    app.insert_resource(Loudspeaker::new(crate::platform::sound::Page));
}

/// Seats that fill one after the other.
#[derive(Debug, Default)]
struct Run {
    step: u32,
    /// The last seat, in seconds.
    last: Option<f32>,
    /// The last that was heard.
    heard: Option<f32>,
}

impl Run {
    /// A longer wait begins a new run.
    const PAUSE: f32 = 0.8;
    /// Faster ticks would be a buzz.
    const LEAST: f32 = 0.035;

    /// The step of a seat that fills now, if it is to be heard.
    fn next(&mut self, now: f32) -> Option<u32> {
        self.step = match self.last {
            Some(last) if now - last < Self::PAUSE => self.step.saturating_add(1),
            _ => 0,
        };
        self.last = Some(now);
        if self.heard.is_some_and(|heard| now - heard < Self::LEAST) {
            return None;
        }
        self.heard = Some(now);
        Some(self.step)
    }
}

fn play(
    mut effects: MessageReader<Effect>,
    preferences: Res<Preferences>,
    time: Res<Time<Real>>,
    mut run: Local<Run>,
    mut speaker: ResMut<Loudspeaker>,
) {
    if effects.is_empty() {
        return;
    }
    let gain = gain(preferences.volume);
    let mut played = Vec::new();
    for effect in effects.read() {
        let step = if *effect == Effect::Seat { run.next(time.elapsed_secs()) } else { Some(0) };
        // The same effect twice in a frame would only be louder.
        if played.contains(effect) {
            continue;
        }
        let (Some(step), Some(output)) = (step, &mut speaker.0) else { continue };
        if gain > 0. {
            let effect = *effect;
            output.play(Cue { make: Box::new(move |rate| synth::render(effect, step, rate)), gain });
            played.push(effect);
        }
    }
}
