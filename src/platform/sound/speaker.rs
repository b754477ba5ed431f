//! The thread that plays. Uses std alone; what it plays on is a [`Device`].

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::voices::Sound;
use super::{Cue, Output};

/// Waiting cues; more than these are dropped.
const QUEUE: usize = 16;

/// Where sound can come out.
pub trait Device: Send + Sync + 'static {
    /// Opens it. May take its time: it is called on the speaker's own thread.
    ///
    /// # Errors
    /// Why there is none, for a log.
    fn open(&mut self) -> Result<Box<dyn Stream>, String>;
}

/// An open device; dropping it closes it.
pub trait Stream {
    /// Samples a second.
    fn rate(&self) -> u32;
    /// Plays this from now on, beside what sounds already.
    fn play(&mut self, sound: Sound);
    /// Whether the device has gone since it was opened.
    fn lost(&self) -> bool;
}

/// How long the speaker waits for what.
#[derive(Debug, Clone, Copy)]
pub struct Waits {
    /// An open device that plays nothing stays open this long: the next sound is likely near, and opening takes time.
    pub linger: Duration,
    /// A device that could not be opened is not tried again before.
    pub retry: Duration,
    /// A sound that could not begin within this is dropped: late, it would belong to something else.
    pub stale: Duration,
    /// Silence before the first sound after opening: devices swallow the beginning of what they play first.
    pub lead: Duration,
}

impl Default for Waits {
    fn default() -> Self {
        Self {
            linger: Duration::from_secs(3),
            retry: Duration::from_secs(5),
            stale: Duration::from_millis(400),
            lead: Duration::from_millis(60),
        }
    }
}

type Report = Box<dyn FnMut(String) + Send + Sync>;

/// Plays cues on a thread that exists from the first of them on. Dropping it ends the thread, without waiting for it.
pub struct Speaker {
    idle: Option<Player>,
    queue: Option<SyncSender<(Cue, Instant)>>,
}

impl Speaker {
    /// Plays on this device. `report` is told, on the speaker's thread, why nothing can be heard.
    pub fn new(device: impl Device, waits: Waits, report: impl FnMut(String) + Send + Sync + 'static) -> Self {
        let player = Player { device: Box::new(device), waits, report: Box::new(report) };
        Self { idle: Some(player), queue: None }
    }
}

impl Output for Speaker {
    fn play(&mut self, cue: Cue) {
        if let Some(player) = self.idle.take() {
            let (queue, cues) = sync_channel(QUEUE);
            // A system that gives no thread plays nothing.
            if thread::Builder::new().name("sound".into()).spawn(move || player.run(&cues)).is_ok() {
                self.queue = Some(queue);
            }
        }
        if let Some(queue) = &self.queue {
            // Full: the device hangs. Closed: the thread has died. The game goes on either way.
            let _ = queue.try_send((cue, Instant::now()));
        }
    }
}

/// What the thread is made of before it runs. An open stream never leaves the thread: on some systems it cannot.
struct Player {
    device: Box<dyn Device>,
    waits: Waits,
    report: Report,
}

struct Open {
    stream: Box<dyn Stream>,
    /// Nothing has been played on it.
    fresh: bool,
    /// When it will have played everything, and lingered.
    until: Instant,
}

impl Player {
    fn run(mut self, cues: &Receiver<(Cue, Instant)>) {
        let mut open: Option<Open> = None;
        let mut refused: Option<Instant> = None;
        loop {
            let next = match &open {
                None => cues.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(open) => cues.recv_timeout(open.until.saturating_duration_since(Instant::now())),
            };
            let (cue, asked) = match next {
                Ok(next) => next,
                Err(RecvTimeoutError::Timeout) => {
                    open = None;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            open = open.filter(|open| !open.stream.lost());
            if open.is_none() && refused.is_none_or(|at| at.elapsed() >= self.waits.retry) {
                open = self.open();
                refused = open.is_none().then(Instant::now);
            }
            if let Some(open) = &mut open
                && asked.elapsed() <= self.waits.stale
            {
                self.play(open, cue);
            }
        }
    }

    fn open(&mut self) -> Option<Open> {
        match self.device.open() {
            Ok(stream) => Some(Open { stream, fresh: true, until: Instant::now() + self.waits.linger }),
            Err(why) => {
                (self.report)(why);
                None
            }
        }
    }

    fn play(&self, open: &mut Open, cue: Cue) {
        let rate = open.stream.rate().max(1);
        let mut samples = Vec::new();
        if std::mem::take(&mut open.fresh) {
            let lead = self.waits.lead.as_millis() * u128::from(rate) / 1000;
            samples.resize(usize::try_from(lead).unwrap_or(0), 0.);
        }
        samples.append(&mut (cue.make)(rate));
        let length = Duration::from_secs(samples.len() as u64) / rate;
        open.until = open.until.max(Instant::now() + length + self.waits.linger);
        open.stream.play(Sound { samples, gain: cue.gain });
    }
}
