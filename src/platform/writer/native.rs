//! The writer is a thread that makes lines durable while the window draws.
//!
//! Group commit: whatever has queued up while one sync ran goes out with the next. Until a group is synced its lines stay in memory;
//! after any failure the file is cut back to the last durable line and the whole group is written again, since after a failed sync the
//! system may have dropped pages that a second sync would call written.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Pace, WriteError};
use crate::platform::claim::Claim;
use crate::platform::sink::Sink;
use crate::platform::trouble::FileError;

/// Writes one journal. Dropping it writes what is queued (one try), waits for the thread and frees the journal.
///
/// `report` is called on the writer's thread: `Ok(n)` once everything up to record `n` is durable; `Err` once when writing begins to fail,
/// and not again before the next `Ok`. It should only pass the word on, and must not panic.
#[derive(Debug)]
pub struct JournalWriter {
    orders: Option<Sender<Order>>,
    durable: Arc<AtomicU64>,
    stuck: AtomicBool,
    thread: Option<JoinHandle<()>>,
}

impl JournalWriter {
    /// A new journal at `path`, which must not exist; its folder must.
    ///
    /// # Errors
    /// See [`Claim::create`].
    pub fn create(
        path: &Path,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        Self::resume(Claim::create(path)?, 0, report)
    }

    /// Goes on with a journal, cutting what follows `whole_bytes`. If the bytes were read before, without a claim, another copy may have
    /// added to them since: prefer [`Claim::open`], [`Claim::read`], [`JournalWriter::resume`].
    ///
    /// # Errors
    /// See [`Claim::open`]; [`Trouble::Changed`](crate::platform::Trouble::Changed) if the file is shorter than `whole_bytes`.
    pub fn open_at(
        path: &Path,
        whole_bytes: u64,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        Self::resume(Claim::open(path)?, whole_bytes, report)
    }

    /// Goes on with a claimed journal, cutting what follows `whole_bytes`.
    ///
    /// # Errors
    /// [`Trouble::Changed`](crate::platform::Trouble::Changed) if the file is shorter than `whole_bytes`, or why it cannot be cut.
    pub fn resume(
        claim: Claim,
        whole_bytes: u64,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        let path = claim.path().to_owned();
        let sink = claim.into_sink(whole_bytes)?;
        Self::with_sink(sink, whole_bytes, Pace::default(), report).map_err(FileError::at(&path))
    }

    /// Writes to any sink that already holds `whole_bytes` and stands at their end.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn with_sink(
        sink: impl Sink,
        whole_bytes: u64,
        pace: Pace,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, queue) = mpsc::channel();
        let durable = Arc::new(AtomicU64::new(0));
        let mut worker = Worker {
            sink: Box::new(sink),
            report: Box::new(report),
            durable: Arc::clone(&durable),
            pace,
            whole_bytes,
            tail_in_doubt: false,
            lines: String::new(),
            last_record: 0,
            waiting: Vec::new(),
            failure: None,
            next_wait: pace.first,
        };
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(move || worker.run(&queue))?;
        Ok(Self { orders: Some(orders), durable, stuck: AtomicBool::new(false), thread: Some(thread) })
    }

    /// Queues whole lines, each with its `\n`, of which `last_record` is the last. Never waits for the disk.
    pub fn append(&self, last_record: u64, lines: String) {
        self.send(Order::Append { last_record, lines });
    }

    /// The last record known to be on disk; 0 as long as this writer has made none durable.
    #[must_use]
    pub fn durable(&self) -> u64 {
        self.durable.load(Ordering::Acquire)
    }

    /// Waits until everything appended so far is durable, or one try has failed. For an orderly exit; not for every frame.
    ///
    /// # Errors
    /// Why something may be missing on disk. After [`WriteError::Slow`], dropping the writer no longer waits either.
    pub fn flush(&self, timeout: Duration) -> Result<(), WriteError> {
        let (done, answer) = mpsc::sync_channel(1);
        self.send(Order::Flush(done));
        match answer.recv_timeout(timeout) {
            Ok(outcome) => {
                self.stuck.store(false, Ordering::Relaxed);
                outcome
            }
            Err(RecvTimeoutError::Timeout) => {
                self.stuck.store(true, Ordering::Relaxed);
                Err(WriteError::Slow)
            }
            Err(RecvTimeoutError::Disconnected) => Err(WriteError::Stopped),
        }
    }

    fn send(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Fails only if the thread has died, which `flush` then says.
            let _ = orders.send(order);
        }
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.orders = None; // the thread ends once its queue is empty
        if let Some(thread) = self.thread.take()
            && !self.stuck.load(Ordering::Relaxed)
        {
            let _ = thread.join();
        }
    }
}

#[derive(Debug)]
enum Order {
    Append { last_record: u64, lines: String },
    Flush(SyncSender<Result<(), WriteError>>),
}

struct Worker {
    sink: Box<dyn Sink>,
    report: Box<dyn FnMut(Result<u64, WriteError>) + Send>,
    durable: Arc<AtomicU64>,
    pace: Pace,
    /// The durable length of the file: always a line's end.
    whole_bytes: u64,
    /// Something may stand after `whole_bytes`.
    tail_in_doubt: bool,
    /// Not durable yet, in order.
    lines: String,
    last_record: u64,
    waiting: Vec<SyncSender<Result<(), WriteError>>>,
    /// Reported and not over yet.
    failure: Option<WriteError>,
    next_wait: Duration,
}

impl Worker {
    fn run(&mut self, queue: &Receiver<Order>) {
        let mut open = true;
        while open {
            let first = if self.failure.is_some() {
                queue.recv_timeout(self.next_wait)
            } else {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match first {
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            while let Ok(order) = queue.try_recv() {
                self.take(order);
            }
            self.commit();
            let outcome = self.failure.clone().map_or(Ok(()), Err);
            for done in self.waiting.drain(..) {
                let _ = done.send(outcome.clone()); // whoever asked may have gone
            }
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Append { last_record, lines } => {
                self.last_record = last_record;
                if self.lines.is_empty() {
                    self.lines = lines;
                } else {
                    self.lines.push_str(&lines);
                }
            }
            Order::Flush(done) => self.waiting.push(done),
        }
    }

    /// One try to make everything queued durable.
    fn commit(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        match self.write_group() {
            Ok(()) => {
                self.whole_bytes += self.lines.len() as u64;
                self.lines.clear();
                self.failure = None;
                self.next_wait = self.pace.first;
                self.durable.store(self.last_record, Ordering::Release);
                (self.report)(Ok(self.last_record));
            }
            Err(error) => {
                // At once, so that whoever opens the file meanwhile finds whole lines; if this fails too, before the next try.
                let _ = self.cut_tail();
                let error = WriteError::from(&error);
                if self.failure.is_some() {
                    self.next_wait = self.next_wait.saturating_mul(2).min(self.pace.longest);
                } else {
                    (self.report)(Err(error.clone()));
                }
                self.failure = Some(error);
            }
        }
    }

    fn write_group(&mut self) -> io::Result<()> {
        self.cut_tail()?;
        self.tail_in_doubt = true;
        let mut rest = self.lines.as_bytes();
        while !rest.is_empty() {
            match self.sink.write(rest) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.sink.sync()?;
        self.tail_in_doubt = false;
        Ok(())
    }

    fn cut_tail(&mut self) -> io::Result<()> {
        if self.tail_in_doubt {
            self.sink.cut(self.whole_bytes)?;
            self.tail_in_doubt = false;
        }
        Ok(())
    }
}
