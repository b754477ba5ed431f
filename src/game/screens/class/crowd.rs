//! The ring of a class: a seat a student as long as seats can be told apart; beyond that a seat is a share of them.

use crate::game::widgets::Ring;

/// Seats that stand ready before anybody comes.
const READY: usize = 32;
/// More than these cannot be told apart across a room.
const MOST: usize = 64;

/// Seats that fill as people come: 32 stand ready, more are brought as they are needed, eight at a time.
#[must_use]
pub fn seats_at_the_table(people: usize, size: f32) -> Ring {
    let seats = people.next_multiple_of(8).clamp(READY, MOST);
    Ring { thick: 0.12, ..Ring::filled(seats, people.min(seats), size) }
}

/// How many of those who may have answered.
#[must_use]
pub fn answered(done: u32, of: u32, size: f32) -> Ring {
    let (done, of) = (usize::try_from(done).unwrap_or(0), usize::try_from(of).unwrap_or(0));
    let seats = of.clamp(1, MOST);
    // One who has answered is seen among a thousand, and one who has not, too.
    let filled =
        if of <= MOST { done } else { (done * MOST).div_ceil(of).min(if done < of { MOST - 1 } else { MOST }) };
    Ring { thick: 0.12, ..Ring::filled(seats, filled.min(seats), size) }
}
