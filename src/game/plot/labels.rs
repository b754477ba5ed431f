//! Words along a line: beneath their marks where there is room, above the line or a row further where there is not. They never overlap,
//! and none leaves the line; what matters least goes first.

/// Between two labels in a row.
const BETWEEN: f32 = 10.;

/// A label that wants a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Where its mark stands.
    pub middle: f32,
    /// How wide it is.
    pub width: f32,
    /// What it is for: the least chooses its place first.
    pub rank: Rank,
}

/// What a label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The right answer: always there.
    Right,
    /// The player's: always there.
    Yours,
    /// Anything else: there if it fits.
    Other,
}

/// Where a label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Its left edge.
    pub left: f32,
    /// 1, 2, … beneath the line; −1, −2, … above it.
    pub row: i8,
}

/// Places for labels on a line of this width; `None` for those that are left out.
#[must_use]
pub fn place(labels: &[Label], width: f32) -> Vec<Option<Placed>> {
    let mut placed: Vec<Option<Placed>> = vec![None; labels.len()];
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|at| labels[*at].rank);
    for at in order {
        let label = labels[at];
        let left = (label.middle - label.width / 2.).min(width - label.width).max(0.);
        let free = |row: i8| {
            labels.iter().zip(&placed).all(|(other, place)| {
                place.is_none_or(|place| {
                    place.row != row
                        || left >= place.left + other.width + BETWEEN
                        || place.left >= left + label.width + BETWEEN
                })
            })
        };
        // As many rows as labels: what is needed finds one.
        let most = i8::try_from(labels.len()).unwrap_or(i8::MAX);
        let row = (1..=most)
            .flat_map(|row| [row, -row])
            .take(if label.rank < Rank::Other { usize::MAX } else { 2 })
            .find(|row| free(*row));
        placed[at] = row.map(|row| Placed { left, row });
    }
    placed
}
