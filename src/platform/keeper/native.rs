//! The keeper is a thread that holds what is not written yet.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Decide, Kept};
use crate::platform::shelf::{Change, Shelf};
use crate::platform::writer::Pace;

/// The thread. Dropping it tries once more to write what is left, and waits for that.
#[derive(Debug)]
pub struct Keeper {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Change { name: &'static str, decide: Decide, replaces: bool },
    Flush(SyncSender<bool>),
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Change { name, .. } => write!(f, "Change({name})"),
            Self::Flush(_) => f.write_str("Flush"),
        }
    }
}

impl Keeper {
    /// Keeps files on a shelf.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn new(shelf: impl Shelf, pace: Pace, report: impl FnMut(Kept) + Send + 'static) -> io::Result<Self> {
        let (orders, queue) = mpsc::channel();
        let mut worker = Worker {
            shelf: Box::new(shelf),
            report: Box::new(report),
            pace,
            pending: Vec::new(),
            failing: false,
            next_wait: pace.first,
        };
        let thread = thread::Builder::new().name("keeper".to_owned()).spawn(move || worker.run(&queue))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Changes a file soon; never waits. Several changes of one file come in order.
    pub fn change(&self, name: &'static str, decide: Decide) {
        self.send(Order::Change { name, decide, replaces: false });
    }

    /// The same for a change that knows everything that earlier ones of this file knew: those that still wait are dropped.
    pub fn replace(&self, name: &'static str, decide: Decide) {
        self.send(Order::Change { name, decide, replaces: true });
    }

    /// Waits until everything asked for has been tried. Whether all of it is kept.
    pub fn flush(&self, timeout: Duration) -> bool {
        let (done, answer) = mpsc::sync_channel(1);
        self.send(Order::Flush(done));
        answer.recv_timeout(timeout).unwrap_or(false)
    }

    fn send(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // Fails only if the thread has died, which `flush` then says.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.orders = None; // the thread ends once its queue is empty
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Worker {
    shelf: Box<dyn Shelf>,
    report: Box<dyn FnMut(Kept) + Send>,
    pace: Pace,
    /// Not kept yet, in order.
    pending: Vec<(&'static str, Decide)>,
    failing: bool,
    next_wait: Duration,
}

impl Worker {
    fn run(&mut self, queue: &Receiver<Order>) {
        let mut open = true;
        while open {
            let first = if self.pending.is_empty() {
                queue.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                queue.recv_timeout(self.next_wait)
            };
            let mut waiting = Vec::new();
            match first {
                Ok(order) => self.take(order, &mut waiting),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => open = false,
            }
            while let Ok(order) = queue.try_recv() {
                self.take(order, &mut waiting);
            }
            self.commit();
            for done in waiting {
                let _ = done.send(self.pending.is_empty()); // whoever asked may have gone
            }
        }
    }

    fn take(&mut self, order: Order, waiting: &mut Vec<SyncSender<bool>>) {
        match order {
            Order::Change { name, decide, replaces } => {
                if replaces {
                    self.pending.retain(|(other, _)| *other != name);
                }
                self.pending.push((name, decide));
            }
            Order::Flush(done) => waiting.push(done),
        }
    }

    /// One try for each file with something to change.
    fn commit(&mut self) {
        let mut failure = None;
        let mut names: Vec<&'static str> = self.pending.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let (mut mine, others): (Vec<_>, Vec<_>) =
                std::mem::take(&mut self.pending).into_iter().partition(|(other, _)| *other == name);
            self.pending = others;
            match self.shelf.change(name, &mut |old| in_turn(&mut mine, old)) {
                Ok(moved) => {
                    if let Some(path) = moved {
                        (self.report)(Kept::SetAside(path));
                    }
                }
                Err(error) => {
                    self.pending.append(&mut mine);
                    failure = Some(error);
                }
            }
        }
        match failure {
            None => {
                self.failing = false;
                self.next_wait = self.pace.first;
            }
            Some(error) => {
                if self.failing {
                    self.next_wait = self.next_wait.saturating_mul(2).min(self.pace.longest);
                } else {
                    (self.report)(Kept::Failed(error));
                }
                self.failing = true;
            }
        }
    }
}

/// Several changes of one file as one: each sees what the one before it made.
fn in_turn(changes: &mut [(&'static str, Decide)], old: Option<&[u8]>) -> Change {
    let mut fresh: Option<Vec<u8>> = None;
    let mut aside = None;
    for (_, decide) in changes {
        match decide(fresh.as_deref().or(old)) {
            Change::Leave => {}
            Change::Write(bytes) => fresh = Some(bytes),
            Change::SetAside { why, bytes } => {
                aside = Some(why);
                fresh = Some(bytes);
            }
        }
    }
    match (fresh, aside) {
        (None, _) => Change::Leave,
        (Some(bytes), None) => Change::Write(bytes),
        (Some(bytes), Some(why)) => Change::SetAside { why, bytes },
    }
}
