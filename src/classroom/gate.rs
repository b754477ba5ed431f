//! How often an address may be wrong about the room code. Uses times that come in.
//!
//! Only wrong codes count: a whole school can share one address. At ten a minute the middle of a million codes is a month away.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

/// Wrong codes in a minute that an address may send.
pub const WRONG_CODES: u32 = 10;
const WINDOW: Duration = Duration::from_mins(1);
/// More addresses than this are an attack; those that were wrong longest ago are forgotten first.
const MOST_ADDRESSES: usize = 10_000;

/// Wrong codes by address.
#[derive(Debug, Default)]
pub struct Gate {
    wrong: HashMap<IpAddr, (Duration, u32)>,
}

impl Gate {
    /// Whether this address may try a code now.
    #[must_use]
    pub fn may_try(&self, from: IpAddr, now: Duration) -> bool {
        self.wrong.get(&whole(from)).is_none_or(|(since, wrong)| *wrong < WRONG_CODES || now >= *since + WINDOW)
    }

    /// A code was wrong.
    pub fn was_wrong(&mut self, from: IpAddr, now: Duration) {
        if self.wrong.len() >= MOST_ADDRESSES {
            self.wrong.retain(|_, (since, _)| now < *since + WINDOW);
        }
        if self.wrong.len() >= MOST_ADDRESSES
            && let Some(oldest) = self.wrong.iter().min_by_key(|(_, (since, _))| *since).map(|(address, _)| *address)
        {
            self.wrong.remove(&oldest);
        }
        let entry = self.wrong.entry(whole(from)).or_insert((now, 0));
        if now >= entry.0 + WINDOW {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }
}

/// One household has a whole /64 of IPv6 addresses.
fn whole(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let mut parts = six.segments();
            parts[4..].fill(0);
            IpAddr::V6(parts.into())
        }
        four @ IpAddr::V4(_) => four,
    }
}
