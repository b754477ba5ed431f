//! The system's default device, through rodio.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use rodio::cpal::traits::HostTrait;
use rodio::{ChannelCount, DeviceSinkBuilder, MixerDeviceSink, SampleRate, Source, cpal};

use super::speaker::{Device, Stream};
use super::voices::{Sound, Voices};

/// Whatever the system plays sound on by default, when it is opened.
#[derive(Debug, Default)]
pub struct DefaultDevice;

impl Device for DefaultDevice {
    fn open(&mut self) -> Result<Box<dyn Stream>, String> {
        hush();
        // Not `cpal::default_host()`, which panics where the sound system itself does not start.
        let host = cpal::available_hosts().into_iter().find_map(|id| cpal::host_from_id(id).ok());
        let device = host.and_then(|host| host.default_output_device()).ok_or("there is no device")?;
        let gone = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&gone);
        let mut sink = DeviceSinkBuilder::from_device(device)
            .map_err(|error| in_words(&error))?
            // Without one of ours, rodio prints.
            .with_error_callback(move |error| {
                if !matches!(error.kind(), cpal::ErrorKind::Xrun) {
                    heard.store(true, Ordering::Relaxed);
                }
            })
            .open_sink_or_fallback()
            .map_err(|error| in_words(&error))?;
        sink.log_on_drop(false);
        let rate = sink.config().sample_rate();
        let (sounds, arriving) = channel();
        sink.mixer().add(Endless { voices: Voices::new(arriving), rate, begun: false });
        Ok(Box::new(Opened { _sink: sink, sounds, rate, gone }))
    }
}

/// The error and what caused it: rodio's own sentences leave the cause out.
fn in_words(error: &dyn std::error::Error) -> String {
    match error.source() {
        None => error.to_string(),
        Some(cause) => format!("{error}: {}", in_words(cause)),
    }
}

struct Opened {
    _sink: MixerDeviceSink,
    sounds: Sender<Sound>,
    rate: SampleRate,
    gone: Arc<AtomicBool>,
}

impl Stream for Opened {
    fn rate(&self) -> u32 {
        self.rate.get()
    }

    fn play(&mut self, sound: Sound) {
        // Fails only if the stream has ended, which `lost` tells before the next.
        let _ = self.sounds.send(sound);
    }

    fn lost(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }
}

/// [`Voices`] in rodio's terms.
struct Endless {
    voices: Voices,
    rate: SampleRate,
    begun: bool,
}

impl Iterator for Endless {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if !self.begun {
            self.begun = true;
            // Here for the first time on the thread that feeds the device.
            hush();
        }
        self.voices.next()
    }
}

impl Source for Endless {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> ChannelCount {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> SampleRate {
        self.rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

/// Where there is no card, ALSA's library writes many lines to the terminal. From here on it keeps them to itself on this thread, on a
/// page that each call begins anew.
#[cfg(target_os = "linux")]
fn hush() {
    // Fails only without memory; then the lines are the least concern.
    let _ = alsa::Output::local_error_handler();
}

#[cfg(not(target_os = "linux"))]
fn hush() {}
