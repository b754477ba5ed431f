//! The effects: what they are made of, and when they sound.

#![allow(clippy::cast_precision_loss, reason = "lengths well below a second")]

use std::f64::consts::TAU;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use roundtable::game::app::Options;
use roundtable::game::preferences::Preferences;
use roundtable::game::session::{Clock, CurrentView};
use roundtable::game::sound::synth::{PEAK, render};
use roundtable::game::sound::{Effect, Loudspeaker, gain};
use roundtable::game::text;
use roundtable::platform::Times;
use roundtable::platform::sound::{Cue, Device, Output, Speaker, Stream, Waits};

use crate::games::until;
use crate::harness::Game;

/// Low, so that tests are quick; nothing in the effects is above half of it.
const RATE: u32 = 16_000;
const RATES: [u32; 5] = [16_000, 22_050, 44_100, 48_000, 96_000];

/// Every sound that there is at this rate, and what to call it.
fn all(rate: u32) -> Vec<(String, Vec<f32>)> {
    let single = Effect::ALL.iter().map(|effect| (format!("{effect:?}"), render(*effect, 0, rate)));
    let seats = (1..60).map(|step| (format!("Seat {step}"), render(Effect::Seat, step, rate)));
    single.chain(seats).collect()
}

#[test]
fn every_effect_is_short_and_bounded_and_begins_and_ends_at_nothing() {
    for rate in RATES {
        for (name, samples) in all(rate) {
            let ms = samples.len() as f64 * 1000. / f64::from(rate);
            assert!((60. ..=700.5).contains(&ms), "{name} lasts {ms} ms");
            assert!(samples.iter().all(|sample| sample.is_finite() && sample.abs() <= PEAK), "{name} is too loud");
            assert!(samples.iter().any(|sample| sample.abs() > 0.1), "{name} is not heard");
            assert!(samples[0].abs() < 1e-6 && samples[samples.len() - 1].abs() < 1e-6, "{name} clicks");
            let (first, last) = (rate as usize / 5000, rate as usize * 3 / 1000);
            assert!(samples[..first].iter().all(|sample| sample.abs() < 0.06), "{name} begins with a jump");
            assert!(
                samples[samples.len() - last..].iter().all(|sample| sample.abs() < 0.002),
                "{name} ends with a jump"
            );
            let mean = samples.iter().map(|sample| f64::from(*sample)).sum::<f64>() / samples.len() as f64;
            assert!(mean.abs() < 1e-5, "{name} leans by {mean}");
        }
    }
}

#[test]
fn an_effect_is_the_same_every_time_and_unlike_every_other() {
    let made = all(RATE);
    assert_eq!(made, all(RATE));
    let single = &made[..Effect::ALL.len()];
    for (index, (name, one)) in single.iter().enumerate() {
        for (other_name, other) in &single[index + 1..] {
            let alike = likeness(one, other);
            assert!(alike < 0.8, "{name} and {other_name} are alike: {alike}");
        }
    }
}

/// How alike two sounds are by the strength of their pitches, 0 to 1, whatever their loudness.
fn likeness(one: &[f32], other: &[f32]) -> f64 {
    let (one, other) = (spectrum(one), spectrum(other));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    dot(&one, &other) / (dot(&one, &one) * dot(&other, &other)).sqrt()
}

/// Semitones from 110 Hz to 3.5 kHz.
fn semitones() -> impl Iterator<Item = f64> {
    (0..60).map(|step| 110. * (f64::from(step) / 12.).exp2())
}

/// How much of a pitch is in there: Goertzel's recursion.
fn strength(samples: &[f32], hertz: f64) -> f64 {
    let near = 2. * (TAU * hertz / f64::from(RATE)).cos();
    let (last, before) =
        samples.iter().fold((0., 0.), |(last, before), sample| (f64::from(*sample) + near * last - before, last));
    (last * last + before * before - near * last * before).max(0.).sqrt()
}

fn spectrum(samples: &[f32]) -> Vec<f64> {
    semitones().map(|hertz| strength(samples, hertz)).collect()
}

/// The strongest pitch, in twelfths of a semitone, so that small steps show.
fn pitch(samples: &[f32]) -> f64 {
    let steps = (0..720).map(|step| 110. * (f64::from(step) / 144.).exp2());
    let measured = steps.map(|hertz| (strength(samples, hertz), hertz));
    measured.max_by(|a, b| a.0.total_cmp(&b.0)).expect("a pitch").1
}

fn ms(samples: &[f32], from: usize, to: usize) -> &[f32] {
    let at = |ms: usize| ms * RATE as usize / 1000;
    &samples[at(from)..at(to)]
}

#[test]
fn right_rises_by_a_fifth_partly_by_a_step_and_wrong_is_one_low_note() {
    let interval = |effect| {
        let samples = render(effect, 0, RATE);
        let (first, second) = (pitch(ms(&samples, 10, 90)), pitch(ms(&samples, 160, 400)));
        12. * (second / first).log2()
    };
    let close = |wanted: f64, found: f64| (wanted - found).abs() < 0.3;
    assert!(close(7., interval(Effect::Right)), "{}", interval(Effect::Right));
    assert!(close(2., interval(Effect::Partly)), "{}", interval(Effect::Partly));
    assert!(close(0., interval(Effect::Wrong)), "{}", interval(Effect::Wrong));
    assert!(pitch(&render(Effect::Wrong, 0, RATE)) < 230.);
}

#[test]
fn each_seat_sounds_higher_than_the_last_and_none_shrieks() {
    let pitches: Vec<f64> = (0..25).map(|step| pitch(&render(Effect::Seat, step, RATE))).collect();
    assert!(pitches.windows(2).all(|pair| pair[0] <= pair[1]), "{pitches:?}");
    assert!(pitches[0] < pitches[3] && pitches[3] < pitches[8] && pitches[8] < pitches[24], "{pitches:?}");
    assert!(pitch(&render(Effect::Seat, 10_000, RATE)) < 1600.);
}

/// Of the loudest tenth of a second, in decibels.
fn loudness(effect: Effect) -> f64 {
    let samples = render(effect, 0, RATE);
    let power = samples
        .chunks(RATE as usize / 100)
        .map(|chunk| chunk.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>())
        .collect::<Vec<_>>();
    let loudest = power.windows(10.min(power.len())).map(|tenth| tenth.iter().sum::<f64>()).fold(0., f64::max);
    10. * (loudest / (f64::from(RATE) / 10.)).log10()
}

#[test]
fn no_effect_jumps_out_of_the_others() {
    let moments = [Effect::Right, Effect::Partly, Effect::Wrong, Effect::Finished, Effect::Time].map(loudness);
    let (least, most) = moments.iter().fold((0_f64, -99_f64), |(least, most), db| (least.min(*db), most.max(*db)));
    assert!(most - least < 8., "{moments:?}");
    // What is heard all the time is well below what matters.
    for small in [Effect::Press, Effect::Seat].map(loudness) {
        assert!((least - 14.0..=most - 8.).contains(&small), "{small} beside {least} to {most}");
    }
}

#[test]
fn every_step_of_loudness_is_heard() {
    assert!(gain(0).abs() < f32::EPSILON);
    let steps: Vec<f32> =
        Preferences::VOLUMES[1..].windows(2).map(|two| 20. * (gain(two[1]) / gain(two[0])).log10()).collect();
    assert!(steps.iter().all(|db| (4. ..=13.).contains(db)), "{steps:?}");
    assert!((gain(100) - 1.).abs() < 1e-6);
}

/// Keeps what it should play.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<(Vec<f32>, f32)>>>);

impl Output for Heard {
    fn play(&mut self, cue: Cue) {
        self.0.lock().expect("a list").push(((cue.make)(RATE), cue.gain));
    }
}

impl Heard {
    fn on(game: &mut Game) -> Self {
        let heard = Self::default();
        game.app.insert_resource(Loudspeaker::new(heard.clone()));
        heard
    }

    /// What has been played since the last look, and how loud.
    fn taken(&self) -> Vec<(String, f32)> {
        static KNOWN: LazyLock<Vec<(String, Vec<f32>)>> = LazyLock::new(|| all(RATE));
        let played = std::mem::take(&mut *self.0.lock().expect("a list"));
        let name = |samples: &Vec<f32>| KNOWN.iter().find(|(_, made)| made == samples).expect("an effect").0.clone();
        played.iter().map(|(samples, gain)| (name(samples), *gain)).collect()
    }

    fn names(&self) -> Vec<String> {
        self.taken().into_iter().map(|(name, _)| name).collect()
    }
}

fn set_volume(game: &mut Game, volume: u8) {
    game.app.world_mut().resource_mut::<Preferences>().volume = volume;
    game.settle();
}

fn write(game: &mut Game, effects: &[Effect]) {
    for effect in effects {
        game.app.world_mut().write_message(*effect);
    }
    game.frame();
}

#[test]
fn a_press_is_heard_once_whatever_pressed_it() {
    let mut game = Game::start();
    let heard = Heard::on(&mut game);
    game.button(text::PLAY).click();
    assert_eq!(heard.names(), ["Press"]);
    game.key(Key::Escape);
    assert_eq!(heard.names(), ["Press"]);
    game.tab_to(text::PLAY);
    assert!(heard.names().is_empty(), "moving the focus is silent");
    game.key(Key::Enter);
    assert_eq!(heard.names(), ["Press"]);
    game.button(text::START).press();
    assert_eq!(heard.names(), ["Press"]);
}

/// Tells when it is asked for, and refuses.
struct NoDevice(Sender<()>);

impl Device for NoDevice {
    fn open(&mut self) -> Result<Box<dyn Stream>, String> {
        let _ = self.0.send(());
        Err("there is none".into())
    }
}

/// A speaker without a device, and where it tells each time that it looks for one.
fn nowhere(game: &mut Game) -> Receiver<()> {
    let (tell, told) = channel();
    let waits = Waits { retry: Duration::from_hours(1), ..Waits::default() };
    game.app.insert_resource(Loudspeaker::new(Speaker::new(NoDevice(tell), waits, |_| {})));
    told
}

#[test]
fn muted_nothing_is_played_and_no_device_is_opened() {
    let mut game = Game::start();
    let told = nowhere(&mut game);
    set_volume(&mut game, 0);
    game.button(text::PLAY).click();
    write(&mut game, &Effect::ALL);
    // Dropping the speaker ends its thread, had there been one, once that has done what it was given.
    game.app.insert_resource(Loudspeaker::default());
    assert_eq!(told.iter().count(), 0);
    let heard = Heard::on(&mut game);
    write(&mut game, &Effect::ALL);
    assert!(heard.names().is_empty());
    set_volume(&mut game, 25);
    heard.names();
    write(&mut game, &[Effect::Right]);
    assert_eq!(heard.taken(), [("Right".to_owned(), gain(25))]);
}

#[test]
fn without_a_device_the_game_goes_on() {
    let mut game = Game::start();
    let told = nowhere(&mut game);
    game.button(text::PLAY).click();
    told.recv_timeout(Duration::from_secs(20)).expect("a device is asked for");
    for _ in 0..20 {
        write(&mut game, &Effect::ALL);
    }
    game.expect_text("Choose your rounds");
    assert!(game.app.should_exit().is_none());
    game.app.insert_resource(Loudspeaker::default());
    assert_eq!(told.iter().count(), 0, "it is not asked for again at once");
}

#[test]
fn the_same_effect_twice_in_a_frame_is_heard_once_and_seats_rise() {
    let mut game = Game::start();
    let heard = Heard::on(&mut game);
    write(&mut game, &[Effect::Right, Effect::Press, Effect::Right]);
    assert_eq!(heard.names(), ["Right", "Press"]);
    for _ in 0..3 {
        write(&mut game, &[Effect::Seat]);
        game.advance(0.1);
    }
    assert_eq!(heard.names(), ["Seat", "Seat 1", "Seat 2"]);
    // A run ends with a pause; a very fast one is thinned out, and rises all the same.
    game.advance(1.);
    for _ in 0..5 {
        write(&mut game, &[Effect::Seat]);
    }
    assert_eq!(heard.names(), ["Seat", "Seat 3"]);
}

#[test]
fn another_loudness_is_heard_at_once_and_the_first_one_is_not() {
    let mut game = Game::start();
    let heard = Heard::on(&mut game);
    game.settle();
    assert!(heard.names().is_empty(), "what was loaded at the start is not news");
    set_volume(&mut game, 50);
    assert_eq!(heard.taken(), [("Right".to_owned(), gain(50))]);
    game.app.world_mut().resource_mut::<Preferences>().text_percent = 125;
    game.settle();
    assert!(heard.names().is_empty());
    set_volume(&mut game, 0);
    assert!(heard.names().is_empty());
}

const BANK: &str = r#"Bank(format: 1, id: "sounds", title: "Sounds", rounds: [Round(id: "r", title: "A round", questions: [
    Text(id: "a", stem: "Which city?", key: "Rome", seconds: 60, explanation: "So it is."),
])])"#;

/// A game whose clock stands still until it is set, in its one question.
fn in_a_question(folder: &tempfile::TempDir) -> (Game, Times) {
    let path = folder.path().join("sounds.ron");
    std::fs::write(&path, BANK).expect("a file");
    let options = Options { data_dir: folder.path().join("data"), banks: vec![path], ..Options::default() };
    let (mut game, times) = (Game::with(options), Times::now());
    game.app.insert_resource(Clock::Manual(times));
    until(&mut game, "Sounds");
    game.tab_to(text::PLAY).key(Key::Enter).tab_to(text::START).key(Key::Enter).key(Key::Enter);
    game.expect_text("Which city?");
    (game, times)
}

#[test]
fn time_knocks_at_half_at_ten_and_at_five_seconds_and_not_after_a_pause() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut game, mut clock) = in_a_question(&folder);
    let heard = Heard::on(&mut game);
    let timer = game.app.world().resource::<CurrentView>().get().and_then(|view| view.timer).expect("a timer");
    let limit = timer.limit_ms / 1000;
    let mut knocks = Vec::new();
    for passed in 1..limit {
        clock.monotonic += Duration::from_secs(1);
        clock.wall += Duration::from_secs(1);
        game.app.insert_resource(Clock::Manual(clock));
        game.settle();
        let left = limit - passed;
        if left == 8 {
            // A pause takes nothing away and adds nothing.
            game.key(Key::Escape).expect_text(text::PAUSED).tab_to(text::RESUME).key(Key::Enter);
            assert_eq!(heard.names(), ["Press", "Press"]);
        }
        knocks.extend(heard.names().into_iter().map(|name| (name, left)));
    }
    let time = |left| ("Time".to_owned(), left);
    assert_eq!(knocks, [time(limit / 2), time(10), time(5)]);
    // Each of them is seen too: the seconds stand in the ring all the time.
    game.expect_text("1");
}

#[test]
fn an_answer_given_with_enter_in_a_field_is_heard() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut game, _) = in_a_question(&folder);
    let field = game.find(Role::TextInput, text::YOUR_ANSWER).entity;
    assert_eq!(game.focused_name().as_deref(), Some(text::YOUR_ANSWER), "{field}");
    game.type_text("Rome");
    let heard = Heard::on(&mut game);
    game.key(Key::Enter);
    until(&mut game, text::RIGHT);
    assert_eq!(heard.names().iter().filter(|name| *name == "Press").count(), 1);
}

#[test]
fn the_effects_are_written_as_files_that_say_what_they_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |out: &std::path::Path| {
        std::process::Command::new(env!("CARGO_BIN_EXE_roundtable"))
            .args(["sounds", "--rate", "22050", "--out"])
            .arg(out)
            .output()
            .expect("the program")
    };
    let output = run(folder.path());
    assert!(output.status.success(), "{output:?}");
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    for effect in Effect::ALL {
        let name = format!("{effect:?}").to_lowercase();
        assert!(table.contains(&name), "{table}");
        let file = folder.path().join(if effect == Effect::Seat { "seat-0".into() } else { name });
        let bytes = std::fs::read(file.with_extension("wav")).expect("a file");
        let number = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
        assert_eq!((&bytes[..4], &bytes[8..16], &bytes[36..40]), (&b"RIFF"[..], &b"WAVEfmt "[..], &b"data"[..]));
        let samples = render(effect, 0, 22_050);
        assert_eq!((number(4), number(24), number(40)), (bytes.len() - 8, 22_050, samples.len() * 2));
        let back =
            bytes[44..].chunks(2).map(|two| f32::from(i16::from_le_bytes([two[0], two[1]])) / f32::from(i16::MAX));
        assert!(back.zip(samples).all(|(read, made)| (read - made).abs() < 1e-4));
    }
    let output = run(&folder.path().join("not there"));
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("not there") && said.contains("Name a folder"), "{said}");
}
