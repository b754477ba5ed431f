//! What this process has cost the processor, told apart: the program's own work, and a software rasteriser's. For `roundtable bench --window`.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time that the calling thread has had.
#[must_use]
pub fn this_thread() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

fn clock(which: ClockId) -> Duration {
    let now = clock_gettime(which);
    Duration::new(now.tv_sec.try_into().unwrap_or(0), now.tv_nsec.try_into().unwrap_or(0))
}

/// Processor time since the start of the process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Of every thread but the rasteriser's.
    pub own: Duration,
    /// Of the threads of Mesa's software rasteriser, if it draws.
    pub rasteriser: Duration,
}

impl Cost {
    /// The same, with this much of it laid to the rasteriser.
    #[must_use]
    pub fn shifted(self, time: Duration) -> Self {
        Self { own: self.own.saturating_sub(time), rasteriser: self.rasteriser + time.min(self.own) }
    }

    /// What was added since an earlier look.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            own: self.own.saturating_sub(earlier.own),
            rasteriser: self.rasteriser.saturating_sub(earlier.rasteriser),
        }
    }
}

/// Reads [`Cost`]; knows the rasteriser's threads.
#[derive(Debug, Default)]
pub struct CostMeter {
    /// The scheduler's statistics, a file a thread.
    rasteriser: Vec<PathBuf>,
}

impl CostMeter {
    /// Looks for the rasteriser's threads: call it again once something has been drawn.
    pub fn look(&mut self) {
        let mut threads: Vec<(u32, String)> = fs::read_dir("/proc/self/task")
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let id = entry.file_name().to_str()?.parse().ok()?;
                let name = fs::read_to_string(entry.path().join("comm")).ok()?;
                Some((id, name.trim_end().to_owned()))
            })
            .collect();
        threads.sort_unstable();
        self.rasteriser =
            rasteriser(&threads).into_iter().map(|id| format!("/proc/self/task/{id}/schedstat").into()).collect();
    }

    /// Whether a software rasteriser draws.
    #[must_use]
    pub fn has_rasteriser(&self) -> bool {
        !self.rasteriser.is_empty()
    }

    /// The cost until now.
    #[must_use]
    pub fn read(&self) -> Cost {
        let rasteriser = self.rasteriser.iter().filter_map(|file| ran(&fs::read_to_string(file).ok()?)).sum();
        Cost { own: clock(ClockId::ProcessCPUTime).saturating_sub(rasteriser), rasteriser }
    }
}

/// The first number of a thread's `schedstat`: nanoseconds on a processor.
fn ran(schedstat: &str) -> Option<Duration> {
    schedstat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Among threads by number and name, lavapipe's: its workers by their name, and the nameless one made right before them, which feeds them. A
/// nameless thread has the name of the process, which is the first thread's.
#[must_use]
pub fn rasteriser(threads: &[(u32, String)]) -> Vec<u32> {
    let worker = |name: &str| name.starts_with("llvmpipe-");
    let Some(first) = threads.iter().position(|(_, name)| worker(name)) else { return Vec::new() };
    let feeder = threads[..first].iter().rposition(|(_, name)| *name == threads[0].1).filter(|at| *at > 0);
    let workers = threads.iter().filter(|(_, name)| worker(name));
    feeder.map(|at| &threads[at]).into_iter().chain(workers).map(|(id, _)| *id).collect()
}
