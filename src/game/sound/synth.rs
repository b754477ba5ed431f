//! Makes the effects, in code, so that they belong to this game alone. Pure: an effect and a rate in, samples out.
//!
//! A note is a struck bar: a few damped sines, the higher the fainter and the sooner gone, behind a soft attack. An effect is a few
//! notes. It begins and ends at nothing, so that it never clicks, and has its own peak, chosen so that no effect jumps out of the others.

use std::f64::consts::{PI, TAU};

use super::Effect;

/// No effect is louder than this, of 1.
pub const PEAK: f32 = 0.8;

/// The fade at the end, in seconds.
const FADE: f64 = 0.06;
/// How long a hand takes to damp a note, in seconds.
const DAMPED: f64 = 0.04;

/// One damped sine of a bar: its pitch and loudness beside the note's, and the seconds in which it falls to a third.
struct Partial(f64, f64, f64);

/// What is struck: the attack in seconds, and how it rings.
struct Bar {
    attack: f64,
    partials: &'static [Partial],
}

/// Rosewood under a soft mallet: the partials of a tuned bar, 1 : 4 : 10, with a little of the octave for warmth.
const MALLET: Bar = Bar {
    attack: 0.004,
    partials: &[Partial(1., 1., 0.16), Partial(2., 0.16, 0.09), Partial(3.99, 0.14, 0.035), Partial(9.6, 0.03, 0.012)],
};
/// The same under felt: hardly an attack, nothing bright.
const FELT: Bar = Bar {
    attack: 0.014,
    partials: &[Partial(1., 1., 0.13), Partial(2., 0.45, 0.1), Partial(3., 0.16, 0.07), Partial(4.01, 0.03, 0.03)],
};
/// A block of hard wood: its partials are out of tune with each other, and gone at once.
const BLOCK: Bar = Bar {
    attack: 0.0012,
    partials: &[
        Partial(1., 1., 0.016),
        Partial(1.58, 0.5, 0.011),
        Partial(2.46, 0.28, 0.008),
        Partial(3.7, 0.1, 0.004),
    ],
};
/// A fingertip on a table.
const TABLE: Bar =
    Bar { attack: 0.002, partials: &[Partial(1., 1., 0.011), Partial(1.71, 0.45, 0.008), Partial(2.9, 0.12, 0.004)] };
/// A small wooden key.
const KEY: Bar =
    Bar { attack: 0.0015, partials: &[Partial(1., 1., 0.016), Partial(2., 0.14, 0.01), Partial(4., 0.08, 0.004)] };

struct Note {
    /// When, in seconds.
    at: f64,
    /// How high.
    hertz: f64,
    /// How loud beside the other notes.
    level: f64,
    bar: &'static Bar,
    /// For how many seconds, before a hand damps it.
    rings: f64,
}

fn note(at: f64, hertz: f64, level: f64, bar: &'static Bar) -> Note {
    Note { at, hertz, level, bar, rings: f64::INFINITY }
}

struct Score {
    seconds: f64,
    peak: f64,
    notes: Vec<Note>,
}

const A3: f64 = 220.;
const C4: f64 = 261.63;
const C5: f64 = 523.25;
const D5: f64 = 587.33;
const E5: f64 = 659.26;
const G5: f64 = 783.99;
const C6: f64 = 1046.5;

fn score(effect: Effect, step: u32) -> Score {
    let (seconds, peak, notes) = match effect {
        Effect::Press => (0.07, 0.34, vec![note(0., 310., 1., &TABLE)]),
        // A fifth up, with the octave below the second note, so that it lands.
        Effect::Right => {
            (0.56, 0.5, vec![note(0., C5, 0.8, &MALLET), note(0.1, G5, 1., &MALLET), note(0.1, C4, 0.35, &FELT)])
        }
        // One step up. Neighbours that ring together are harsh, so the first is damped.
        Effect::Partly => {
            (0.42, 0.44, vec![Note { rings: 0.09, ..note(0., C5, 1., &MALLET) }, note(0.1, D5, 0.9, &MALLET)])
        }
        // One low note: no falling interval, nothing that mocks.
        Effect::Wrong => (0.42, 0.55, vec![note(0., A3, 1., &FELT)]),
        Effect::Time => (0.26, 0.6, vec![note(0., 820., 1., &BLOCK), note(0.13, 690., 0.9, &BLOCK)]),
        Effect::Seat => (0.08, 0.26, vec![note(0., seat(step), 1., &KEY)]),
        Effect::Finished => (
            0.7,
            0.55,
            vec![
                note(0., C5, 0.7, &MALLET),
                note(0.08, E5, 0.75, &MALLET),
                note(0.16, G5, 0.8, &MALLET),
                note(0.24, C6, 0.9, &MALLET),
                note(0.24, C4, 0.4, &FELT),
            ],
        ),
    };
    Score { seconds, peak, notes }
}

/// Each seat of a run sounds higher than the one before, ever more slowly, so that a ring of any size keeps rising and none shrieks.
fn seat(step: u32) -> f64 {
    C5 * (1.5 * (1. - (-f64::from(step) / 12.).exp())).exp2()
}

/// The samples of an effect at this many a second, each within ±[`PEAK`]. `step` counts the seats of a run; the others have no steps.
#[must_use]
pub fn render(effect: Effect, step: u32, rate: u32) -> Vec<f32> {
    let score = score(effect, step);
    let rate = f64::from(rate);
    let mut sound = vec![0.; samples(score.seconds, rate)];
    for note in &score.notes {
        strike(&mut sound, note, rate);
    }
    fade_out(&mut sound, samples(FADE.min(score.seconds / 3.), rate));
    centre(&mut sound);
    let top = sound.iter().fold(0., |top: f64, sample| top.max(sample.abs()));
    let gain = if top > 0. { score.peak.min(f64::from(PEAK)) / top } else { 0. };
    sound.iter().map(|sample| narrow(sample * gain)).collect()
}

/// How many samples last this long.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "well below a second, never negative")]
fn samples(seconds: f64, rate: f64) -> usize {
    (seconds * rate).round() as usize
}

#[expect(clippy::cast_possible_truncation, reason = "what loudspeakers take")]
fn narrow(sample: f64) -> f32 {
    sample as f32
}

#[expect(clippy::cast_precision_loss, reason = "well below a second")]
fn share(index: usize, of: usize) -> f64 {
    index as f64 / of.max(1) as f64
}

/// Half a cosine from 0 to 1.
fn ease(share: f64) -> f64 {
    0.5 - 0.5 * (PI * share.clamp(0., 1.)).cos()
}

/// Adds a note. Each partial is the two-term recursion of a damped sine: one cosine a partial instead of one a sample.
fn strike(sound: &mut [f64], note: &Note, rate: f64) {
    let start = samples(note.at, rate).min(sound.len());
    let (attack, damped) = (samples(note.bar.attack, rate), samples(DAMPED, rate));
    let rings = if note.rings.is_finite() { samples(note.rings, rate) } else { usize::MAX };
    for Partial(ratio, loud, decay) in note.bar.partials {
        let hertz = note.hertz * ratio;
        // Beyond what the device can carry it would come back as another pitch.
        if hertz > 0.45 * rate {
            continue;
        }
        let turn = TAU * hertz / rate;
        let damp = (-1. / (decay * rate)).exp();
        let (near, far) = (2. * damp * turn.cos(), damp * damp);
        let (mut last, mut now) = (0., -turn.sin() / damp);
        for (index, sample) in sound[start..].iter_mut().enumerate() {
            let next = near * last - far * now;
            (now, last) = (last, next);
            let held = if index < attack {
                ease(share(index, attack))
            } else if index > rings {
                1. - ease(share(index - rings, damped))
            } else {
                1.
            };
            *sample += note.level * loud * held * now;
        }
    }
}

fn fade_out(sound: &mut [f64], length: usize) {
    for (index, sample) in sound.iter_mut().rev().take(length).enumerate() {
        *sample *= ease(share(index, length));
    }
}

/// Takes out the mean, by a hump that is nothing at both ends: cones of loudspeakers should swing, not lean.
fn centre(sound: &mut [f64]) {
    let length = sound.len();
    let mean = sound.iter().sum::<f64>() / share(length, 1).max(1.);
    for (index, sample) in sound.iter_mut().enumerate() {
        // The hump's own mean is a half.
        *sample -= 2. * mean * (PI * share(index, length - 1)).sin().powi(2);
    }
}
