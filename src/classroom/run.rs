//! A room on a thread of its own: it sleeps until something happens or the next deadline, and never looks before.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};

use super::room::{Event, Room};
use crate::platform::Times;
use crate::quiz::Stage;

/// Events that are taken before what they lead to is sent.
const BATCH: usize = 1024;

/// The way into a room.
#[derive(Debug, Clone)]
pub struct Door {
    queue: Sender<(Event, Times)>,
}

impl Door {
    /// A way in, and the queue that a room is to be run with.
    #[must_use]
    pub fn new() -> (Self, Receiver<(Event, Times)>) {
        let (queue, events) = mpsc::channel();
        (Self { queue }, events)
    }

    /// Something happens now. Never waits; after the room has stopped nothing comes of it.
    pub fn tell(&self, event: Event) {
        self.tell_at(event, Times::now());
    }

    /// Something happened at `now`.
    pub fn tell_at(&self, event: Event, now: Times) {
        let _ = self.queue.send((event, now));
    }
}

/// Runs a room until it is stopped, and tells the stage that its match was in.
///
/// # Errors
/// If the system gives no thread.
pub fn spawn(room: Room, events: Receiver<(Event, Times)>) -> std::io::Result<JoinHandle<Stage>> {
    thread::Builder::new().name("room".to_owned()).spawn(move || run(room, &events))
}

fn run(mut room: Room, events: &Receiver<(Event, Times)>) -> Stage {
    while !room.is_stopped() {
        let first = match room.idle_for(Times::now()) {
            Some(time) => events.recv_timeout(time),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match first {
            Ok((event, when)) => room.take(event, when),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        for (event, when) in events.try_iter().take(BATCH) {
            room.take(event, when);
        }
        room.settle(Times::now());
    }
    room.game().stage()
}
