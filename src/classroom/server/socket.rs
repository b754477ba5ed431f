//! One socket: reads words, writes frames, measures round trips, and ends whatever misbehaves.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite;

use super::{Limits, Shared};
use crate::classroom::outbox::{Next, Outbox, Progress};
use crate::classroom::protocol::{Why, read};
use crate::classroom::room::Event;

/// The first pings come sooner, so that a round trip is known before the first question.
const FIRST_PINGS: u32 = 3;
/// The very first waits until those who come at once are all in.
const SETTLE: Duration = Duration::from_millis(400);
const FIRST_PING: Duration = Duration::from_millis(700);
/// How long the other end may take to say good-bye.
const GOOD_BYE: Duration = Duration::from_millis(500);

pub(super) async fn serve(mut socket: WebSocket, shared: &Shared, from: IpAddr) {
    let conn = shared.next_conn();
    let out = Outbox::default();
    shared.door.tell(Event::Opened { conn, from, out: out.clone() });
    let mut heart = Heart::new(shared.limits);
    let mut budget = Budget::new(shared.limits);
    let end = loop {
        match write_all(&mut socket, &out, shared.limits.write).await {
            Written::All => {}
            Written::Last(why, last) => break Some((why, last)),
            Written::Gone => break None,
        }
        tokio::select! {
            () = out.ready() => {}
            said = socket.recv() => match said {
                None => break None,
                Some(Err(error)) => {
                    if !too_long(error) {
                        break None;
                    }
                    out.close(Why::TooLong, false);
                }
                Some(Ok(message)) => {
                    if !budget.spend() {
                        out.close(Why::Flood, false);
                        continue;
                    }
                    match message {
                        Message::Text(text) => match read(&text) {
                            Ok(message) => shared.door.tell(Event::Said { conn, message }),
                            Err(why) => out.refuse(why, None),
                        },
                        Message::Binary(_) => out.refuse(Why::Malformed, None),
                        Message::Pong(mark) => {
                            if let Some(ms) = heart.answered(&mark) {
                                shared.door.tell(Event::RoundTrip { conn, ms });
                            }
                        }
                        Message::Ping(_) => {}
                        Message::Close(_) => break None,
                    }
                }
            },
            () = sleep_until(heart.next(out.progress())) => {
                if heart.is_silent(out.progress()) {
                    out.close(Why::Silent, out.progress() == Progress::In);
                } else if let Some(mark) = heart.ping(out.progress())
                    && timeout(shared.limits.write, socket.send(Message::Ping(mark.into()))).await.is_err()
                {
                    break None;
                }
            }
        }
    };
    shared.door.tell(Event::Closed { conn });
    if let Some((why, last)) = end {
        good_bye(&mut socket, why, last).await;
    }
}

enum Written {
    All,
    Last(Why, Utf8Bytes),
    Gone,
}

/// Writes what is queued. A reader that is too slow ends this while a write is still stuck.
async fn write_all(socket: &mut WebSocket, out: &Outbox, limit: Duration) -> Written {
    let mut fed = false;
    loop {
        match out.next() {
            Next::Nothing if !fed => return Written::All,
            Next::Nothing => {
                // All that was queued goes out at once: a call of the system for each would be most of the work.
                fed = false;
                if !step(socket.flush(), out, limit).await {
                    return Written::Gone;
                }
            }
            Next::Close(why, last) => return Written::Last(why, last),
            Next::Frame(frame) => {
                fed = true;
                if !step(socket.feed(Message::Text(frame)), out, limit).await {
                    return Written::Gone;
                }
            }
        }
    }
}

/// A step of writing; false if it failed, took too long, or the reader was cut off meanwhile.
async fn step(write: impl Future<Output = Result<(), axum::Error>>, out: &Outbox, limit: Duration) -> bool {
    let mut write = std::pin::pin!(timeout(limit, write));
    loop {
        tokio::select! {
            biased;
            written = &mut write => return matches!(written, Ok(Ok(()))),
            () = out.ready() => if out.is_cut() { return false },
        }
    }
}

async fn good_bye(socket: &mut WebSocket, why: Why, last: Utf8Bytes) {
    let code = match why {
        Why::TooLong => 1009,
        Why::Flood | Why::Silent | Why::SlowReader | Why::SlowDown => 1008,
        Why::Stopping => 1001,
        _ => 1000,
    };
    let _ = timeout(GOOD_BYE, async {
        let _ = socket.send(Message::Text(last)).await;
        let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() }))).await;
        // What is still unread would turn the good-bye into a reset.
        loop {
            match socket.recv().await {
                Some(Ok(_)) => {}
                // Nothing more can be read of a frame that was too long: time for the other end to read why.
                _ if why == Why::TooLong => std::future::pending::<()>().await,
                _ => break,
            }
        }
    })
    .await;
}

fn too_long(error: axum::Error) -> bool {
    error
        .into_inner()
        .downcast::<tungstenite::Error>()
        .is_ok_and(|error| matches!(*error, tungstenite::Error::Capacity(_)))
}

/// When to ping, what came back, and whether anybody is there.
struct Heart {
    limits: Limits,
    opened: Instant,
    heard: Instant,
    pings: u32,
    pinged: Instant,
    mark: Option<[u8; 8]>,
}

impl Heart {
    fn new(limits: Limits) -> Self {
        let now = Instant::now();
        Self { limits, opened: now, heard: now, pings: 0, pinged: now, mark: None }
    }

    fn deadline(&self, progress: Progress) -> Instant {
        match progress {
            Progress::New => self.opened + self.limits.hello,
            Progress::AtTheDoor => self.opened + self.limits.choose,
            Progress::In => self.heard + self.limits.silence,
        }
    }

    fn next_ping(&self) -> Instant {
        let wait = if self.pings < FIRST_PINGS { FIRST_PING.min(self.limits.ping) } else { self.limits.ping };
        if self.pings == 0 { self.opened + SETTLE.min(self.limits.ping) } else { self.pinged + wait }
    }

    fn next(&self, progress: Progress) -> Instant {
        match progress {
            Progress::In => self.next_ping().min(self.deadline(progress)),
            Progress::New | Progress::AtTheDoor => self.deadline(progress),
        }
    }

    fn is_silent(&self, progress: Progress) -> bool {
        Instant::now() >= self.deadline(progress)
    }

    /// A ping to send now. Its mark cannot be guessed, so that no answer comes before it was asked for.
    fn ping(&mut self, progress: Progress) -> Option<Vec<u8>> {
        if progress != Progress::In || Instant::now() < self.next_ping() {
            return None;
        }
        let mark = getrandom::u64().ok()?.to_le_bytes();
        self.pings += 1;
        self.pinged = Instant::now();
        self.mark = Some(mark);
        Some(mark.to_vec())
    }

    /// The round trip in milliseconds, if this answers the last ping.
    fn answered(&mut self, mark: &[u8]) -> Option<u32> {
        if self.mark.is_none_or(|sent| sent != *mark) {
            return None;
        }
        self.mark = None;
        self.heard = Instant::now();
        u32::try_from(self.pinged.elapsed().as_millis()).ok()
    }
}

/// How many messages a socket may still send: so many at once, and so many a second.
struct Budget {
    limits: Limits,
    left: u32,
    filled: Instant,
}

impl Budget {
    fn new(limits: Limits) -> Self {
        Self { limits, left: limits.burst, filled: Instant::now() }
    }

    fn spend(&mut self) -> bool {
        let earned = self.filled.elapsed().as_millis() * u128::from(self.limits.rate) / 1000;
        if earned > 0 {
            self.left = self.limits.burst.min(self.left.saturating_add(u32::try_from(earned).unwrap_or(u32::MAX)));
            self.filled = Instant::now();
        }
        let may = self.left > 0;
        self.left = self.left.saturating_sub(1);
        may
    }
}
