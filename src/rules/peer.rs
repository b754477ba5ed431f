//! Peer instruction: vote, talk to your neighbour, vote again.
//!
//! Counts alone. E. Mazur, *Peer Instruction* (1997); C. H. Crouch and E. Mazur, "Peer instruction: ten years of experience and results",
//! *American Journal of Physics* 69 (2001), 970–977: talking helps most when some have it right and many have not.

/// From this share of right answers, in hundredths, up to [`OFFER_TO`], talking and voting again is offered, both ends included.
pub const OFFER_FROM: u32 = 30;

/// See [`OFFER_FROM`].
pub const OFFER_TO: u32 = 70;

/// Whether "talk to your neighbour, vote again" is worth offering: 30 to 70 % of those who answered have it fully right, and there are two
/// at least who could talk.
#[must_use]
pub const fn offer_revote(right: u32, answered: u32) -> bool {
    let (right, answered) = (right as u64 * 100, answered as u64);
    answered >= 2 && right >= answered * OFFER_FROM as u64 && right <= answered * OFFER_TO as u64
}

/// What a second vote changed, among those who voted both times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Revote {
    /// Right both times.
    pub stayed_right: u32,
    /// Wrong, then right.
    pub learned: u32,
    /// Right, then wrong.
    pub lost: u32,
    /// Wrong both times.
    pub stayed_wrong: u32,
}

impl Revote {
    /// Counts (first, second) of everybody: whether the vote was fully right, `None` for none. Who voted once is left out, or the gain
    /// would tell who was in the room.
    #[must_use]
    pub fn of(votes: impl IntoIterator<Item = (Option<bool>, Option<bool>)>) -> Self {
        let mut all = Self::default();
        for vote in votes {
            let (Some(first), Some(second)) = vote else { continue };
            match (first, second) {
                (true, true) => all.stayed_right += 1,
                (false, true) => all.learned += 1,
                (true, false) => all.lost += 1,
                (false, false) => all.stayed_wrong += 1,
            }
        }
        all
    }

    /// How many voted both times.
    #[must_use]
    pub const fn both(self) -> u32 {
        self.stayed_right + self.learned + self.lost + self.stayed_wrong
    }

    /// How many were right in the first and in the second vote.
    #[must_use]
    pub const fn right(self) -> (u32, u32) {
        (self.stayed_right + self.lost, self.stayed_right + self.learned)
    }

    /// The normalised gain: what was won of what could be won, (after − before) ÷ (1 − before), 1 at most and negative where the class
    /// talked itself out of it. `None` if everybody was right before, or nobody voted twice.
    ///
    /// R. R. Hake, "Interactive-engagement versus traditional methods", *American Journal of Physics* 66 (1998), 64–74.
    #[must_use]
    pub fn gain(self) -> Option<f64> {
        let (before, after) = self.right();
        let wrong_before = self.both() - before;
        (wrong_before > 0).then(|| (f64::from(after) - f64::from(before)) / f64::from(wrong_before))
    }
}
