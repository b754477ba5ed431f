//! What goes wrong around a game: the graphics device, the window, the disk. The game goes on, or stops with nothing lost.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use bevy::render::error_handler::{ErrorType, RenderError, RenderErrorPolicy};
use bevy::window::{PrimaryWindow, WindowFocused, WindowOccluded};
use roundtable::bank;
use roundtable::game::app::Options;
use roundtable::game::gpu::{Probe, recover};
use roundtable::game::session::{Away, Clock, CurrentView, Journal, Loaded, Running};
use roundtable::game::text;
use roundtable::platform::{JournalWriter, Pace, Sink, Times};
use roundtable::quiz::{Command, Settings, Stage};
use roundtable::rules::{Answer, Seed};

use super::harness::Game;

const BANK: &str = r#"Bank(format: 1, id: "three", title: "Three statements", rounds: [
    Round(id: "r", title: "Round", questions: [
        TrueFalse(id: "a", stem: "Two is more than one.", key: true, explanation: "It is."),
        TrueFalse(id: "b", stem: "Three is more than two.", key: true, explanation: "It is."),
        TrueFalse(id: "c", stem: "Four is more than three.", key: true, explanation: "It is."),
    ]),
])"#;

/// A game whose clock stands still until it is set.
struct Timed {
    game: Game,
    times: Times,
    folder: tempfile::TempDir,
}

impl Timed {
    fn start() -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"))
    }

    fn start_in(folder: tempfile::TempDir) -> Self {
        let path = folder.path().join("three.ron");
        std::fs::write(&path, BANK).expect("a file");
        let options = Options { data_dir: folder.path().join("data"), banks: vec![path], ..Options::default() };
        let mut timed = Self { game: Game::with(options), times: Times::now(), folder };
        timed.pass(0);
        let start = Instant::now();
        while !timed.game.texts().iter().any(|text| text.contains("Three statements")) {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", timed.game.tree());
            std::thread::sleep(Duration::from_millis(2));
            timed.game.frame();
        }
        timed
    }

    fn pass(&mut self, seconds: u64) {
        self.times.monotonic += Duration::from_secs(seconds);
        self.times.wall += Duration::from_secs(seconds);
        self.game.app.insert_resource(Clock::Manual(self.times));
        self.game.settle();
    }

    fn ask(&mut self, pace: &str) {
        self.game.tab_to(text::PLAY).key(Key::Enter);
        self.game.find(Role::RadioButton, pace).click();
        self.game.tab_to(text::START).key(Key::Enter).key(Key::Enter);
        self.game.expect_text(&text::question_of(1, 3));
    }

    fn window(&mut self) -> Entity {
        let world = self.game.app.world_mut();
        world.query_filtered::<Entity, With<PrimaryWindow>>().single(world).expect("a window")
    }

    fn hide(&mut self, occluded: bool) {
        let window = self.window();
        self.game.app.world_mut().write_message(WindowOccluded { window, occluded });
        self.game.settle();
    }

    /// What the renderer would do about a lost device: whether it starts afresh, and whether the window closes.
    fn lose(&mut self) -> (bool, bool) {
        let error = RenderError { ty: ErrorType::DeviceLost, description: String::new(), source: None };
        let world = self.game.app.world_mut();
        let policy = recover(&error, world, &mut World::new());
        let closes = world.resource_mut::<Messages<AppExit>>().drain().any(|exit| exit.is_error());
        (matches!(policy, RenderErrorPolicy::Recover(_)), closes)
    }
}

#[test]
fn a_hidden_window_pauses_a_timed_question_says_why_and_goes_on_only_when_asked() {
    let mut timed = Timed::start();
    timed.ask("Standard");
    timed.pass(1);
    timed.hide(true);
    timed.game.expect_text(text::PAUSED).expect_text("the window was hidden, so the clock stopped");
    timed.game.expect_no_text("Two is more").expect_no_text("is more than");
    timed.hide(false);
    timed.pass(3600);
    timed.game.expect_text(text::PAUSED);
    assert_eq!(timed.game.focused_name().as_deref(), Some(text::RESUME));
    timed.game.key(Key::Enter).expect_no_text(text::PAUSED).expect_text("is more than");
}

#[test]
fn a_page_that_was_hidden_pauses_as_of_then_however_late_it_hears_of_it() {
    let mut timed = Timed::start();
    timed.ask("Standard");
    timed.pass(1);
    let since = timed.times;
    // The browser draws nothing meanwhile; the time would long be up.
    timed.times.monotonic += Duration::from_hours(1);
    timed.times.wall += Duration::from_hours(1);
    timed.game.app.insert_resource(Clock::Manual(timed.times));
    timed.game.app.world_mut().write_message(Away { since });
    timed.game.settle();
    timed.game.expect_text(text::PAUSED).expect_text("the window was hidden, so the clock stopped");
    let left = timed.game.texts().into_iter().find(|text| text.contains("left")).expect("the time left");
    timed.game.key(Key::Enter).expect_no_text(text::PAUSED).expect_text("is more than");
    timed.game.key(Key::Escape);
    timed.game.expect_text(&left);
}

#[test]
fn another_window_in_front_pauses_nothing_and_nor_does_a_question_without_a_clock() {
    let mut timed = Timed::start();
    timed.ask("Standard");
    let window = timed.window();
    timed.game.app.world_mut().write_message(WindowFocused { window, focused: false });
    timed.game.settle().expect_no_text(text::PAUSED);
    let mut timed = Timed::start();
    timed.ask("No timer");
    timed.hide(true);
    timed.game.expect_no_text(text::PAUSED).expect_text("is more than");
}

#[test]
fn a_lost_gpu_is_replaced_three_times_and_a_loss_much_later_counts_anew() {
    let mut timed = Timed::start();
    timed.game.app.insert_resource(Probe(|| true));
    for _ in 0..3 {
        assert_eq!(timed.lose(), (true, false));
        timed.pass(5);
    }
    assert_eq!(timed.lose(), (false, true), "four within a minute: the window closes");
    timed.pass(24 * 3600);
    assert_eq!(timed.lose(), (true, false), "a fresh loss a day later");
}

#[test]
fn a_gpu_that_is_gone_for_a_while_is_waited_for() {
    let mut timed = Timed::start();
    timed.game.app.insert_resource(Probe(|| false));
    assert_eq!(timed.lose(), (false, false));
    assert_eq!(timed.lose(), (false, false), "asked again in the next frame: too soon to try");
    timed.pass(3);
    timed.game.app.insert_resource(Probe(|| true));
    assert_eq!(timed.lose(), (true, false));
    timed.game.app.insert_resource(Probe(|| false));
    assert_eq!(timed.lose(), (false, false), "the third try");
    timed.pass(3);
    assert_eq!(timed.lose(), (false, true));
}

/// A disk with this much room.
struct Small(usize);

impl Sink for Small {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let take = bytes.len().min(self.0);
        self.0 -= take;
        if take == 0 { Err(ErrorKind::StorageFull.into()) } else { Ok(take) }
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_fills_up_during_the_game_stops_nothing_and_is_told_once() {
    let loaded = Loaded { bank: Arc::new(bank::read(BANK.as_bytes()).expect("a bank")), text: BANK.into() };
    // Enough for the header; full at the first answers.
    let pace = Pace { first: Duration::from_millis(1), longest: Duration::from_millis(2) };
    let journal = Journal::on_disk("small.journal".as_ref(), Arc::new(|| {}), |report| {
        JournalWriter::with_sink(Small(1500), 0, pace, report).map_err(|error| error.to_string())
    });
    let mut running =
        Running::start(&loaded, Settings::solo(Seed([7; 32])), journal, &["You".to_owned()], Times::now());
    let mut told = Vec::new();
    let start = Instant::now();
    while !running.finished() {
        assert!(start.elapsed() < Duration::from_secs(20), "the game stands still");
        let now = Times::now();
        running.drive(now);
        told.extend(running.journal().trouble_to_tell());
        let view = running.view(now);
        let command = match (view.stage, &view.shown.question) {
            (Stage::Asking, Some(question)) => {
                Command::Answer { player: 0, question: question.number, answer: Answer::TrueFalse(true), sure: None }
            }
            _ => Command::Next,
        };
        // Refused while an answer waits for the disk: asked again.
        let _ = running.submit(command, now);
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(told, ["The disk is full."]);
    assert_eq!(running.view(Times::now()).you.map(|you| you.points), Some(3000));
}

#[test]
fn whoever_closes_the_window_over_a_question_has_the_time_that_was_left() {
    let mut timed = Timed::start();
    timed.ask("Standard");
    let limit = |timed: &Timed| {
        let view = timed.game.app.world().resource::<CurrentView>().get().cloned().expect("a match");
        view.timer.expect("a timer").limit_ms
    };
    let left = text::time_left(limit(&timed) - 5_000);
    timed.pass(5);
    timed.game.app.world_mut().write_message(AppExit::Success);
    timed.game.frame();
    let Timed { game, folder, .. } = timed;
    drop(game);
    let mut timed = Timed::start_in(folder);
    timed.pass(3600);
    timed.game.tab_to(text::CONTINUE).key(Key::Enter).expect_text(&left);
    timed.game.key(Key::Enter);
    // The limit need not be whole seconds.
    for _ in 0..limit(&timed) / 1000 - 5 - 1 {
        timed.pass(1);
    }
    timed.game.expect_no_text(text::TIME_IS_UP);
    timed.pass(2);
    timed.game.expect_text(text::TIME_IS_UP);
}

#[cfg(target_os = "linux")]
#[test]
fn a_display_that_answers_and_then_lets_no_window_open_is_no_mistake_of_ours() {
    use std::os::unix::net::UnixListener;
    use std::process::Command;
    // A server that is only coming up: it takes connections, and hangs up on whoever wants to talk.
    let folder = std::path::Path::new("/tmp/.X11-unix");
    std::fs::create_dir_all(folder).expect("a folder for sockets");
    let bound = (700..800).find_map(|number| {
        let path = folder.join(format!("X{number}"));
        UnixListener::bind(&path).ok().map(|listener| (number, path, listener))
    });
    let (number, path, listener) = bound.expect("a free display");
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let data = tempfile::tempdir().expect("a folder");
    let told = Command::new(env!("CARGO_BIN_EXE_roundtable"))
        .arg("--data-dir")
        .arg(data.path())
        .env("DISPLAY", format!(":{number}"))
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("it runs");
    std::fs::remove_file(path).expect("a socket");
    let said = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(2), "{said}");
    assert!(said.contains("works without one"), "{said}");
    assert!(!said.contains("mistake") && !data.path().join("crash.txt").exists(), "{said}");
}
