//! The speaker: opens late, closes soon, waits for nothing, and is never a reason to stop. No sound card is needed: the device is ours.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use roundtable::platform::sound::{Cue, Device, MOST_VOICES, Output, Sound, Speaker, Stream, Voices, Waits};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Refused,
    Opened,
    Played(usize, f32),
    Closed,
}

/// Tells what is done to it.
struct Fake {
    events: Sender<Event>,
    refuses: bool,
    lost: Arc<AtomicBool>,
    /// Opens only after this has been sent something.
    gate: Option<Mutex<Receiver<()>>>,
}

impl Device for Fake {
    fn open(&mut self) -> Result<Box<dyn Stream>, String> {
        if let Some(gate) = &self.gate {
            gate.lock().unwrap().recv().unwrap();
        }
        if self.refuses {
            self.events.send(Event::Refused).unwrap();
            return Err("there is no device".into());
        }
        self.lost.store(false, Ordering::Relaxed);
        self.events.send(Event::Opened).unwrap();
        Ok(Box::new(FakeStream { events: self.events.clone(), lost: Arc::clone(&self.lost) }))
    }
}

struct FakeStream {
    events: Sender<Event>,
    lost: Arc<AtomicBool>,
}

impl Stream for FakeStream {
    fn rate(&self) -> u32 {
        1000
    }

    fn play(&mut self, sound: Sound) {
        self.events.send(Event::Played(sound.samples.len(), sound.gain)).unwrap();
    }

    fn lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for FakeStream {
    fn drop(&mut self) {
        let _ = self.events.send(Event::Closed);
    }
}

const NEVER: Duration = Duration::from_hours(1);
/// Nothing happens by itself.
const PATIENT: Waits = Waits { linger: NEVER, retry: NEVER, stale: NEVER, lead: Duration::ZERO };

fn fake() -> (Fake, Receiver<Event>) {
    let (events, seen) = channel();
    (Fake { events, refuses: false, lost: Arc::default(), gate: None }, seen)
}

/// So many samples, at a thousand a second.
fn cue(samples: usize, gain: f32) -> Cue {
    Cue { make: Box::new(move |rate| vec![0.5; samples * rate as usize / 1000]), gain }
}

#[track_caller]
fn next(seen: &Receiver<Event>) -> Event {
    seen.recv_timeout(Duration::from_secs(20)).expect("something happens")
}

#[test]
fn nothing_is_opened_before_the_first_sound_and_one_stream_plays_them_all() {
    let (device, seen) = fake();
    let mut speaker = Speaker::new(device, PATIENT, |_| {});
    assert!(seen.try_recv().is_err());
    speaker.play(cue(10, 0.5));
    speaker.play(cue(20, 1.));
    assert_eq!([next(&seen), next(&seen), next(&seen)], [Event::Opened, Event::Played(10, 0.5), Event::Played(20, 1.)]);
    drop(speaker);
    assert_eq!(seen.iter().collect::<Vec<_>>(), [Event::Closed], "dropping the speaker ends all");
}

#[test]
fn the_device_is_closed_once_all_has_sounded_and_opened_again_for_the_next() {
    let (device, seen) = fake();
    let mut speaker = Speaker::new(device, Waits { linger: Duration::from_millis(1), ..PATIENT }, |_| {});
    for _ in 0..2 {
        let asked = Instant::now();
        speaker.play(cue(80, 1.));
        assert_eq!([next(&seen), next(&seen), next(&seen)], [Event::Opened, Event::Played(80, 1.), Event::Closed]);
        assert!(asked.elapsed() >= Duration::from_millis(80), "it was closed before it had sounded");
    }
}

#[test]
fn a_missing_device_is_reported_once_and_not_tried_again_soon() {
    let (device, seen) = fake();
    let (reports, reported) = channel();
    let mut speaker = Speaker::new(Fake { refuses: true, ..device }, PATIENT, move |why| reports.send(why).unwrap());
    for _ in 0..5 {
        speaker.play(cue(10, 1.));
    }
    drop(speaker);
    assert_eq!(seen.iter().collect::<Vec<_>>(), [Event::Refused]);
    assert_eq!(reported.iter().collect::<Vec<_>>(), ["there is no device"]);
}

#[test]
fn a_missing_device_is_tried_again_later() {
    let (device, seen) = fake();
    let mut speaker =
        Speaker::new(Fake { refuses: true, ..device }, Waits { retry: Duration::ZERO, ..PATIENT }, |_| {});
    for _ in 0..3 {
        speaker.play(cue(10, 1.));
        assert_eq!(next(&seen), Event::Refused);
    }
}

#[test]
fn a_device_that_has_gone_is_opened_afresh() {
    let (device, seen) = fake();
    let lost = Arc::clone(&device.lost);
    let mut speaker = Speaker::new(device, PATIENT, |_| {});
    speaker.play(cue(1, 1.));
    assert_eq!([next(&seen), next(&seen)], [Event::Opened, Event::Played(1, 1.)]);
    lost.store(true, Ordering::Relaxed);
    speaker.play(cue(2, 1.));
    assert_eq!([next(&seen), next(&seen), next(&seen)], [Event::Closed, Event::Opened, Event::Played(2, 1.)]);
}

#[test]
fn a_device_that_hangs_holds_nobody_up() {
    let (device, seen) = fake();
    let (open, gate) = channel();
    let mut speaker = Speaker::new(Fake { gate: Some(Mutex::new(gate)), ..device }, PATIENT, |_| {});
    // Were one of these to wait for the device, this would never end: it opens only afterwards.
    for _ in 0..1000 {
        speaker.play(cue(1, 1.));
    }
    open.send(()).unwrap();
    drop(speaker);
    let played = seen.iter().filter(|event| matches!(event, Event::Played(..))).count();
    assert!((1..=20).contains(&played), "{played} sounds had queued up");
}

#[test]
fn a_sound_that_would_come_too_late_is_dropped() {
    let (device, seen) = fake();
    let mut speaker = Speaker::new(device, Waits { stale: Duration::ZERO, ..PATIENT }, |_| {});
    speaker.play(cue(1, 1.));
    drop(speaker);
    assert_eq!(seen.iter().collect::<Vec<_>>(), [Event::Opened, Event::Closed]);
}

#[test]
fn only_the_first_sound_on_a_fresh_stream_waits_for_it_to_wake_up() {
    let (device, seen) = fake();
    let mut speaker = Speaker::new(device, Waits { lead: Duration::from_millis(50), ..PATIENT }, |_| {});
    speaker.play(cue(10, 1.));
    speaker.play(cue(10, 1.));
    assert_eq!([next(&seen), next(&seen), next(&seen)], [Event::Opened, Event::Played(60, 1.), Event::Played(10, 1.)]);
}

fn voices() -> (Sender<Sound>, Voices) {
    let (sounds, arriving) = channel();
    (sounds, Voices::new(arriving))
}

#[test]
fn what_sounds_together_is_added_and_silence_follows() {
    let (sounds, mut voices) = voices();
    assert_eq!(voices.next(), Some(0.));
    sounds.send(Sound { samples: vec![0.1; 100], gain: 1. }).unwrap();
    sounds.send(Sound { samples: vec![0.4; 200], gain: 0.5 }).unwrap();
    let mixed: Vec<f32> = voices.by_ref().take(400).collect();
    let start = mixed.iter().position(|sample| *sample != 0.).expect("a sound");
    assert!(start <= 48, "it began {start} samples late");
    assert!(mixed[start..start + 100].iter().all(|sample| (sample - 0.3).abs() < 1e-6));
    assert!(mixed[start + 100..start + 200].iter().all(|sample| (sample - 0.2).abs() < 1e-6));
    assert!(mixed[start + 200..].iter().all(|sample| *sample == 0.));
    assert_eq!(voices.sounding(), 0);
}

#[test]
fn voices_are_bounded_and_never_clip() {
    let (sounds, mut voices) = voices();
    for _ in 0..100 {
        sounds.send(Sound { samples: vec![0.8; 96], gain: 1. }).unwrap();
    }
    let mixed: Vec<f32> = voices.by_ref().take(96).collect();
    assert_eq!(voices.sounding(), MOST_VOICES);
    assert!(mixed.iter().all(|sample| sample.abs() <= 1.), "{mixed:?}");
    assert!(mixed[0] > 0.9);
    // Those that found no room are gone: they do not come later.
    assert!(voices.skip(96).take(1000).all(|sample| sample == 0.));
}
