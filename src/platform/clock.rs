//! Time: a match's own milliseconds, and whether the machine slept. Uses std, and `chrono` for the calendar.
//!
//! Only [`Times::now`], [`local_day`] and [`local_date`] ask the system; the rest is arithmetic, so tests hand in times and the web twin is two functions.

use std::sync::OnceLock;
use std::time::Duration;

use web_time::{Instant, SystemTime, UNIX_EPOCH};

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Since some moment in this process. Never goes back.
    pub monotonic: Duration,
    /// Since 1970. Goes wherever the player or a time server sets it.
    pub wall: Duration,
}

impl Times {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        static ORIGIN: OnceLock<Instant> = OnceLock::new();
        Self {
            monotonic: ORIGIN.get_or_init(Instant::now).elapsed(),
            // A clock set before 1970 is as good as one that stands at 1970.
            wall: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default(),
        }
    }
}

/// Seconds since 1970, for file names and for display.
#[must_use]
pub fn unix_seconds() -> u64 {
    Times::now().wall.as_secs()
}

/// The day on the player's own calendar now, counted from 1 January 1970.
#[must_use]
pub fn local_day() -> i32 {
    use chrono::Datelike;
    /// 1 January 1970 in chrono's count.
    const EPOCH: i32 = 719_163;
    chrono::Local::now().num_days_from_ce() - EPOCH
}

/// The date of a moment on the player's own calendar, as `2026-11-24`; `None` beyond what calendars hold.
#[must_use]
pub fn local_date(unix_seconds: u64) -> Option<String> {
    use chrono::Datelike;
    let seconds = i64::try_from(unix_seconds).ok()?;
    let date = chrono::DateTime::from_timestamp(seconds, 0)?.with_timezone(&chrono::Local);
    Some(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}

/// A match's monotonic clock, in milliseconds from the match's start.
#[derive(Debug, Clone, Copy)]
pub struct MatchClock {
    origin: Duration,
    base_ms: u64,
}

impl MatchClock {
    /// A clock that stands at 0 now.
    #[must_use]
    pub fn new() -> Self {
        Self::starting_at(0)
    }

    /// A clock that stands at `ms` now: the last stamp of a match that goes on after a restart.
    #[must_use]
    pub fn starting_at(ms: u64) -> Self {
        Self::starting_from(ms, Times::now())
    }

    /// A clock that stands at `ms` at the moment `now`.
    #[must_use]
    pub fn starting_from(ms: u64, now: Times) -> Self {
        Self { origin: now.monotonic, base_ms: ms }
    }

    /// Milliseconds now.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        self.at(Times::now())
    }

    /// Milliseconds at a moment; never less than where the clock started.
    #[must_use]
    pub fn at(&self, now: Times) -> u64 {
        let passed = now.monotonic.saturating_sub(self.origin).as_millis();
        self.base_ms.saturating_add(u64::try_from(passed).unwrap_or(u64::MAX))
    }
}

impl Default for MatchClock {
    fn default() -> Self {
        Self::new()
    }
}

/// Notices that the machine slept: the wall clock went on, the monotonic one did not.
///
/// On Windows the monotonic clock goes on too. There, and for a process that was stopped, only the promise of
/// [`SleepWatch::looking_every`] helps. A wall clock set forward looks like sleep; a needless pause is the smaller evil.
#[derive(Debug, Clone, Copy)]
pub struct SleepWatch {
    last: Times,
    longest_gap: Option<Duration>,
}

impl SleepWatch {
    /// Shorter sleeps are not worth a pause.
    pub const THRESHOLD: Duration = Duration::from_secs(3);

    /// Begins to watch.
    #[must_use]
    pub fn new(now: Times) -> Self {
        Self { last: now, longest_gap: None }
    }

    /// The caller promises to look at least this often while awake: a gap longer by [`SleepWatch::THRESHOLD`] was sleep as well.
    #[must_use]
    pub fn looking_every(self, gap: Duration) -> Self {
        Self { longest_gap: Some(gap), ..self }
    }

    /// How long the machine slept since the last look (or since the beginning), if longer than [`SleepWatch::THRESHOLD`].
    pub fn look(&mut self, now: Times) -> Option<Duration> {
        let monotonic = now.monotonic.saturating_sub(self.last.monotonic);
        let wall = now.wall.saturating_sub(self.last.wall);
        self.last = now;
        let apart = wall.saturating_sub(monotonic);
        let late = self.longest_gap.map_or(Duration::ZERO, |gap| monotonic.saturating_sub(gap));
        let slept = apart.max(late);
        (slept > Self::THRESHOLD).then_some(slept)
    }
}
