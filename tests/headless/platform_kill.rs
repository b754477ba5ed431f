//! The process dies at each step of writing a journal. What was reported durable must be there.
//!
//! The parent starts this test binary again as a child that aborts at step n, for n = 1, 2, … until a child lives to its end.

#![allow(clippy::unwrap_used, reason = "a failing helper is a failing test")]

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use roundtable::platform::{FileSink, JournalWriter, Pace, Sink};

const STEP: &str = "ROUNDTABLE_TEST_KILL_STEP";
const PLACE: &str = "ROUNDTABLE_TEST_KILL_PLACE";
const GROUPS: u64 = 6;
const IN_A_GROUP: u64 = 3;
const NEVER: Pace = Pace { first: Duration::from_hours(1), longest: Duration::from_hours(1) };

fn line(record: u64) -> String {
    format!("{record} {}\n", "x".repeat(40))
}

fn lines(records: std::ops::RangeInclusive<u64>) -> String {
    records.map(line).collect()
}

/// Counts the steps and aborts at the fatal one.
#[derive(Clone)]
struct Steps {
    taken: Arc<AtomicUsize>,
    fatal: usize,
}

impl Steps {
    fn next_is_fatal(&self) -> bool {
        self.taken.load(Ordering::SeqCst) + 1 == self.fatal
    }

    fn step(&self) {
        if self.taken.fetch_add(1, Ordering::SeqCst) + 1 == self.fatal {
            std::process::abort();
        }
    }
}

/// A real file on a disk that is full at every third write (after half of it) and fails at every fourth sync.
struct Deadly {
    inner: FileSink,
    steps: Steps,
    writes: usize,
    syncs: usize,
    /// Told at the end of every try to write a group.
    tried: Sender<()>,
}

impl Sink for Deadly {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        self.steps.step();
        let half = &bytes[..bytes.len() / 2];
        if self.steps.next_is_fatal() {
            self.inner.write(half)?;
        }
        self.steps.step(); // torn in the middle
        if self.writes.is_multiple_of(3) {
            self.inner.write(half)?;
            self.steps.step();
            let _ = self.tried.send(());
            return Err(ErrorKind::StorageFull.into());
        }
        let written = self.inner.write(bytes)?;
        self.steps.step();
        Ok(written)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.syncs += 1;
        self.steps.step();
        let _ = self.tried.send(());
        if self.syncs.is_multiple_of(4) {
            return Err(ErrorKind::Other.into());
        }
        self.inner.sync()?;
        self.steps.step();
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.steps.step();
        self.inner.cut(length)?;
        self.steps.step();
        Ok(())
    }
}

/// Does nothing unless the parent below has started it.
#[test]
fn child() {
    let (Ok(fatal), Ok(place)) = (std::env::var(STEP), std::env::var(PLACE)) else { return };
    let place = Path::new(&place);
    let steps = Steps { taken: Arc::default(), fatal: fatal.parse().unwrap() };
    let file = File::create_new(place.join("a.journal")).unwrap();
    let mut told = File::create_new(place.join("told")).unwrap();
    let (tried, ends) = mpsc::channel();
    let inner = FileSink::new(file, Some(place.to_owned()));
    let sink = Deadly { inner, steps: steps.clone(), writes: 0, syncs: 0, tried };
    let (reports, inbox) = mpsc::channel();
    let writer = JournalWriter::with_sink(sink, 0, NEVER, move |outcome| {
        steps.step();
        if let Ok(record) = &outcome {
            writeln!(told, "{record}").unwrap();
        }
        steps.step();
        reports.send(outcome).unwrap();
    })
    .unwrap();
    for group in 0..GROUPS {
        let last = (group + 1) * IN_A_GROUP;
        writer.append(last, lines(group * IN_A_GROUP + 1..=last));
        // One group at a time, so that step n is the same step in every child.
        ends.recv_timeout(Duration::from_mins(1)).unwrap();
    }
    while writer.flush(Duration::from_mins(1)).is_err() {}
    drop(writer);
    assert_eq!(inbox.iter().last(), Some(Ok(GROUPS * IN_A_GROUP)));
}

#[test]
fn a_kill_at_any_step_costs_no_durable_record() {
    let all = lines(1..=GROUPS * IN_A_GROUP);
    for step in 1.. {
        assert!(step < 1000, "no child lived to its end");
        let dir = tempfile::tempdir().unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "platform_kill::child", "--nocapture"])
            .env(STEP, step.to_string())
            .env(PLACE, dir.path())
            .output()
            .unwrap();
        let lived = output.status.success();
        // 101 is a panic: a broken child, not a killed one.
        assert_ne!(output.status.code(), Some(101), "step {step}: {}", String::from_utf8_lossy(&output.stderr));

        let journal = dir.path().join("a.journal");
        let text = fs::read_to_string(&journal).unwrap();
        assert!(all.starts_with(&text), "step {step}: more than the last line is torn:\n{text}");
        let told = fs::read_to_string(dir.path().join("told")).unwrap();
        let durable: u64 = told.lines().last().map_or(0, |record| record.parse().unwrap());
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let records = text[..whole].lines().count() as u64;
        assert!(records >= durable, "step {step}: {durable} were durable, {records} are there");

        // The next start cuts the torn tail and writes on.
        let writer = JournalWriter::open_at(&journal, whole as u64, |_| {}).unwrap();
        let last = GROUPS * IN_A_GROUP;
        if records < last {
            writer.append(last, lines(records + 1..=last));
        }
        drop(writer);
        assert_eq!(fs::read_to_string(&journal).unwrap(), all, "step {step}");
        if lived {
            assert_eq!(durable, last);
            assert!(step > 40, "only {step} steps: the child did not run");
            break;
        }
    }
}
