//! Mixes what sounds at the same time into one stream of samples. Uses std alone.

use std::sync::mpsc::Receiver;

/// So many sounds at once; one more is dropped, since nobody would hear it out.
pub const MOST_VOICES: usize = 8;

/// Up to here the mix is untouched; what is beyond is bent to stay below 1.
const KNEE: f32 = 0.8;

/// How many samples pass between two looks for new sounds: a thousandth of a second.
const BLOCK: u8 = 48;

/// Samples, and what to multiply them by.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Mono, within ±1.
    pub samples: Vec<f32>,
    /// 1 is as they are.
    pub gain: f32,
}

/// An endless stream of samples: sounds as they come in, silence between them.
#[derive(Debug)]
pub struct Voices {
    arriving: Receiver<Sound>,
    sounding: Vec<(Sound, usize)>,
    until_look: u8,
}

impl Voices {
    /// Mixes what arrives here.
    #[must_use]
    pub fn new(arriving: Receiver<Sound>) -> Self {
        Self { arriving, sounding: Vec::with_capacity(MOST_VOICES), until_look: 0 }
    }

    /// How many sound now.
    #[must_use]
    pub fn sounding(&self) -> usize {
        self.sounding.len()
    }

    fn look(&mut self) {
        self.sounding.retain(|(sound, at)| *at < sound.samples.len());
        while let Ok(sound) = self.arriving.try_recv() {
            if self.sounding.len() < MOST_VOICES {
                self.sounding.push((sound, 0));
            }
        }
    }
}

impl Iterator for Voices {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.until_look == 0 {
            self.look();
            self.until_look = BLOCK;
        }
        self.until_look -= 1;
        let mut sum = 0.;
        for (sound, at) in &mut self.sounding {
            sum += sound.samples.get(*at).map_or(0., |sample| sample * sound.gain);
            *at += 1;
        }
        Some(bend(sum))
    }
}

/// Several sounds at once never clip: beyond the knee the curve flattens towards 1, with no corner.
fn bend(sample: f32) -> f32 {
    let over = sample.abs() - KNEE;
    if over <= 0. {
        return sample;
    }
    let room = 1. - KNEE;
    sample.signum() * (KNEE + room * (over / room).tanh())
}
