//! A match on a real disk, in a process that dies at each step of writing: every answer that was "received" is there afterwards, and
//! the match goes on from the file alone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::Command as Process;
use std::sync::mpsc;
use std::time::Duration;

use roundtable::platform::{FileSink, JournalWriter, Pace as Retry, Sink};
use roundtable::quiz::journal::{Unreadable, replay};
use roundtable::quiz::*;

use super::*;

const STEP: &str = "ROUNDTABLE_TEST_MATCH_STEP";
const PLACE: &str = "ROUNDTABLE_TEST_MATCH_PLACE";

/// Aborts at the fatal step: before a write, in the middle of it, after it, before a sync, after it.
struct Deadly {
    inner: FileSink,
    taken: usize,
    fatal: usize,
}

impl Deadly {
    fn step(&mut self) {
        self.taken += 1;
        if self.taken == self.fatal {
            std::process::abort();
        }
    }
}

impl Sink for Deadly {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.step();
        if self.taken + 1 == self.fatal {
            self.inner.write(&bytes[..bytes.len() / 2])?;
        }
        self.step();
        let written = self.inner.write(bytes)?;
        self.step();
        Ok(written)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.step();
        self.inner.sync()?;
        self.step();
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.inner.cut(length)
    }
}

/// Does nothing unless the parent below has started it: plays every question rightly, and notes what it was told is received.
#[test]
fn child() {
    let (Ok(fatal), Ok(place)) = (std::env::var(STEP), std::env::var(PLACE)) else { return };
    let place = Path::new(&place);
    let file = File::create_new(place.join("a.journal")).unwrap();
    let mut told = File::create_new(place.join("told")).unwrap();
    let sink = Deadly { inner: FileSink::new(file, Some(place.to_owned())), taken: 0, fatal: fatal.parse().unwrap() };
    let never = Retry { first: Duration::from_hours(1), longest: Duration::from_hours(1) };
    let (reports, inbox) = mpsc::channel();
    let writer = JournalWriter::with_sink(sink, 0, never, move |outcome| reports.send(outcome).unwrap()).unwrap();
    let mut game = Match::new(read(BANK), BANK, settings());
    let mut now = 0;
    let mut save = |game: &mut Match, now: u64| {
        while let Some((record, lines)) = game.take_lines() {
            writer.append(record, lines);
            while game.view(Seat::Player(0), Stamp(now)).you.is_some() && inbox.recv().unwrap().unwrap() < record {}
            game.durable(record);
            let you = game.view(Seat::Player(0), Stamp(now)).you;
            if you.and_then(|you| you.answer).is_some_and(|given| given.received) {
                writeln!(told, "{}", game.view(Seat::Projector, Stamp(now)).shown.progress.question).unwrap();
            }
            game.advance(Stamp(now));
        }
    };
    game.submit(Command::Join { name: "Ada".into() }, Stamp(0)).unwrap();
    save(&mut game, now);
    while game.stage() != Stage::Finished {
        now += 1000;
        let view = game.view(Seat::Host, Stamp(now));
        let command = match view.host {
            Some(host) => Command::Answer {
                player: 0,
                question: view.shown.progress.question,
                answer: host.key.answer.clone(),
                sure: None,
            },
            None => Command::Next,
        };
        game.submit(command, Stamp(now)).unwrap();
        save(&mut game, now);
    }
}

#[test]
fn a_kill_at_any_step_of_a_match_costs_no_received_answer() {
    for step in 1.. {
        assert!(step < 1000, "no child lived to its end");
        let dir = tempfile::tempdir().unwrap();
        let output = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "quiz::killed::child", "--nocapture"])
            .env(STEP, step.to_string())
            .env(PLACE, dir.path())
            .output()
            .unwrap();
        let told = fs::read_to_string(dir.path().join("told")).unwrap();
        let received: Vec<u32> = told.lines().map(|line| line.parse().unwrap()).collect();
        let journal = fs::read(dir.path().join("a.journal")).unwrap();
        match replay(&journal) {
            Ok(again) => {
                let at = again.game.last_stamp();
                let last = received.last().copied().unwrap_or(0);
                let closed = again.game.view(Seat::Player(0), at).you.map_or(0, |you| you.points / 1000);
                let asked = again.game.view(Seat::Projector, at).shown.progress.question;
                assert!(asked >= last, "step {step}: question {last} was received, the file ends at {asked}");
                assert!(closed + 1 >= last, "step {step}: {last} received, {closed} scored");
                let mut game = Game { quiz: again.game, bank: read(BANK), now: at.0, written: String::new() };
                if game.stage() != Stage::Finished && closed < last {
                    // Received, not yet closed: the match closes it by itself once it goes on.
                    game.ok(Command::Resume);
                    game.pass(0);
                    assert_eq!(game.you(0).points, last * 1000, "step {step}");
                }
            }
            Err(error) => assert!(received.is_empty() && error == Unreadable::NotAJournal, "step {step}: {error}"),
        }
        if output.status.success() {
            assert_eq!(received.last(), Some(&7), "a child that lives plays to the end");
            return;
        }
    }
}
