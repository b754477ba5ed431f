//! What waits to be written to one socket: shared bytes in a short queue. Uses Tokio's `Notify` to wake the socket's task.
//!
//! A reader that lets more than [`MOST_BYTES`] pile up is cut off; nobody else notices.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::ws::Utf8Bytes;
use tokio::sync::Notify;

use super::page;
use super::protocol::{ToClient, Why, write};

/// The most bytes that wait for one socket.
pub const MOST_BYTES: usize = 64 * 1024;

/// How far a socket has come in; each stage may be silent for another while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Progress {
    /// Has not said who it is.
    #[default]
    New,
    /// Chooses a name.
    AtTheDoor,
    /// Is in.
    In,
}

/// What the socket's task does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Write this.
    Frame(Utf8Bytes),
    /// Close, after this.
    Close(Why, Utf8Bytes),
    /// Wait.
    Nothing,
}

/// A frame that can be written to many sockets.
#[must_use]
pub fn frame(message: &ToClient) -> Utf8Bytes {
    Utf8Bytes::from(write(message))
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Utf8Bytes>,
    bytes: usize,
    closing: Option<(Why, Utf8Bytes)>,
    progress: Progress,
}

/// One socket's queue; clones are the same queue.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    queue: Arc<Mutex<Queue>>,
    ready: Arc<Notify>,
}

impl Outbox {
    fn with<T>(&self, act: impl FnOnce(&mut Queue) -> T) -> T {
        // Nothing in here panics between two changes.
        act(&mut self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Queues a frame. Nothing after a closing one.
    pub fn push(&self, frame: Utf8Bytes) {
        let full = self.with(|queue| {
            if queue.closing.is_some() {
                return false;
            }
            queue.bytes += frame.len();
            queue.frames.push_back(frame);
            queue.bytes > MOST_BYTES
        });
        if full {
            // What waits will not be read either.
            self.with(|queue| queue.frames.clear());
            self.close(Why::SlowReader, true);
        }
        self.ready.notify_one();
    }

    /// Queues a message for this socket alone.
    pub fn say(&self, message: &ToClient) {
        self.push(frame(message));
    }

    /// Refuses something, with the reason.
    pub fn refuse(&self, why: Why, question: Option<u32>) {
        self.say(&ToClient::Refused { why, question, say: page::why(why).to_owned() });
    }

    /// Closes the socket after what is queued. `back`: whether the page should come back by itself.
    pub fn close(&self, why: Why, back: bool) {
        let last = frame(&ToClient::Closing { why, back, say: page::why(why).to_owned() });
        self.with(|queue| {
            queue.closing.get_or_insert((why, last));
        });
        self.ready.notify_one();
    }

    /// How far the socket has come in.
    pub fn advance(&self, progress: Progress) {
        self.with(|queue| queue.progress = queue.progress.max(progress));
        self.ready.notify_one();
    }

    /// See [`Outbox::advance`].
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.with(|queue| queue.progress)
    }

    /// What to do next.
    #[must_use]
    pub fn next(&self) -> Next {
        self.with(|queue| match queue.frames.pop_front() {
            Some(frame) => {
                queue.bytes -= frame.len().min(queue.bytes);
                Next::Frame(frame)
            }
            None => queue.closing.clone().map_or(Next::Nothing, |(why, last)| Next::Close(why, last)),
        })
    }

    /// Whether the socket is to be closed although something may still be written.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.with(|queue| matches!(queue.closing, Some((Why::SlowReader, _))))
    }

    /// Whether the socket is to be closed.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.with(|queue| queue.closing.is_some())
    }

    /// Waits until something was queued.
    pub async fn ready(&self) {
        self.ready.notified().await;
    }
}
