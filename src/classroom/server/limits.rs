//! How many files the system lets this program have open: each socket is one.

/// Open files that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files {
    /// At most so many; `None` where the system sets no limit or tells none.
    pub allowed: Option<u64>,
}

/// Files that are open besides sockets.
const OTHERS: u64 = 64;

impl Files {
    /// How many players fit, with a page load each at the worst moment.
    #[must_use]
    pub fn players(self) -> Option<u64> {
        self.allowed.map(|allowed| allowed.saturating_sub(OTHERS) / 2)
    }
}

/// Raises the limit as far as the system lets a program, and tells it.
#[cfg(unix)]
#[must_use]
pub fn raise_files() -> Files {
    use rustix::process::{Resource, getrlimit, setrlimit};
    /// More is of no use here, and some systems refuse the whole request if it is beyond what their kernel can.
    const ENOUGH: u64 = 65_536;
    let mut limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(ENOUGH, |maximum| maximum.min(ENOUGH));
    if limit.current.is_some_and(|current| current < wanted) {
        limit.current = Some(wanted);
        let _ = setrlimit(Resource::Nofile, limit);
    }
    Files { allowed: getrlimit(Resource::Nofile).current }
}

/// Windows has no such limit.
#[cfg(not(unix))]
#[must_use]
pub fn raise_files() -> Files {
    Files { allowed: None }
}
