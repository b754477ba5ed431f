//! One question: how hard it was, and whether those who know the rest knew it, too.

use super::estimate::jackknife;
use super::{Estimate, Marks, NOTHING, correlation, count, covariance, mean, portion, share};

/// Moodle calls a question dubious under this discriminative efficiency.
pub const DUBIOUS_BELOW: f64 = 15.0;

/// What a class's marks say about one question. Figures that cannot be computed are `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// How many students had it.
    pub had: usize,
    /// Facility index: mean mark ÷ the most possible, 0 to 1. Wilson's interval.
    pub facility: Option<Estimate>,
    /// Standard deviation of the marks, over n − 1. The jackknife's interval.
    pub deviation: Option<Estimate>,
    /// Discrimination index: 100 × the correlation of the mark and the rest score, −100 to 100. Fisher's interval.
    pub discrimination: Option<Estimate>,
    /// Discriminative efficiency: 100 × the covariance of mark and rest score ÷ the most that it could be with these very marks and rest
    /// scores, which is when the best marks meet the best rest scores; at most 100. The jackknife's interval.
    pub efficiency: Option<Estimate>,
    /// Negative covariance of mark and whole score: those who did well got this one wrong.
    pub negative: bool,
}

impl Item {
    /// Whether Moodle would mark it: discriminative efficiency under [`DUBIOUS_BELOW`].
    #[must_use]
    pub fn dubious(&self) -> bool {
        self.efficiency.is_some_and(|efficiency| efficiency.value < DUBIOUS_BELOW)
    }
}

/// Analyses one question of many. Students without any other question have no rest score and count for the facility alone.
#[must_use]
pub fn item(marks: &Marks, question: usize) -> Item {
    let students = marks.rows().iter().enumerate();
    let had: Vec<(f64, Option<f64>, f64)> = students
        .filter_map(|(student, row)| {
            let mark = portion((*row.get(question)?)?);
            Some((mark, marks.score(student, Some(question)), marks.score(student, None)?))
        })
        .collect();
    item_of(&had)
}

/// The same from (mark, rest score, whole score) of every student who had the question.
#[must_use]
pub fn item_of(had: &[(f64, Option<f64>, f64)]) -> Item {
    let marks: Vec<f64> = had.iter().map(|student| student.0).collect();
    let rest: Vec<(f64, f64)> = had.iter().filter_map(|student| Some((student.0, student.1?))).collect();
    let whole: Vec<(f64, f64)> = had.iter().map(|student| (student.0, student.2)).collect();
    Item {
        had: had.len(),
        facility: share(&marks),
        deviation: deviation(&marks),
        discrimination: correlation(&rest).map(|r| r.times(100.0)),
        efficiency: efficiency(&rest),
        negative: covariance(&whole).is_some_and(|covariance| covariance < -NOTHING),
    }
}

/// Pairs less their means, which keeps the sums below small and exact; and the covariance's sum over all, or over all but one pair.
struct Centred(Vec<(f64, f64)>);

impl Centred {
    fn new(pairs: &[(f64, f64)]) -> Option<Self> {
        let (x, y) = (mean(pairs.iter().map(|pair| pair.0))?, mean(pairs.iter().map(|pair| pair.1))?);
        Some(Self(pairs.iter().map(|pair| (pair.0 - x, pair.1 - y)).collect()))
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// The covariance of all but one student. `products` is the sum of products without that one. The sums of all are nothing, so those of
    /// the others are what that one has, turned round.
    fn without(&self, student: usize, products: f64) -> Option<f64> {
        let (x, y) = self.0[student];
        let n = self.len();
        (n > 2).then(|| (products - x * y / count(n - 1)) / count(n - 2))
    }
}

fn deviation(marks: &[f64]) -> Option<Estimate> {
    let pairs: Vec<(f64, f64)> = marks.iter().map(|mark| (*mark, *mark)).collect();
    let value = covariance(&pairs)?.sqrt();
    let centred = Centred::new(&pairs)?;
    let all: f64 = centred.0.iter().map(|(x, _)| x * x).sum();
    let estimate = jackknife(centred.len(), value, |student| {
        let variance = centred.without(student, all - centred.0[student].0.powi(2))?;
        Some(if variance > NOTHING { variance.sqrt() } else { 0.0 })
    });
    // No deviation is less than none.
    Some(Estimate { interval: estimate.interval.map(|(low, high)| (low.max(0.0), high)), ..estimate })
}

fn efficiency(rest: &[(f64, f64)]) -> Option<Estimate> {
    let centred = Centred::new(rest)?;
    let best = Best::new(&centred.0);
    let most = covariance(&best.pairs).filter(|most| *most > NOTHING)?;
    let all: f64 = centred.0.iter().map(|(x, y)| x * y).sum();
    let value = 100.0 * covariance(rest)? / most;
    let estimate = jackknife(centred.len(), value, |student| {
        let (x, y) = centred.0[student];
        let most = centred.without(student, best.without(student)).filter(|most| *most > NOTHING)?;
        Some(100.0 * centred.without(student, all - x * y)? / most)
    });
    // Nothing is beyond the most possible.
    Some(Estimate { interval: estimate.interval.map(|(low, high)| (low, high.min(100.0))), ..estimate })
}

/// The best possible pairing: the sorted marks with the sorted rest scores. Taking one student out shifts the pairs between the two places
/// where that student's mark and rest score stood; running sums answer for it without pairing anew.
struct Best {
    pairs: Vec<(f64, f64)>,
    /// Where each student's mark and rest score stand.
    places: Vec<(usize, usize)>,
    /// Running sums, each one longer than the pairs: of the products as paired, of each mark with the rest score before it, and of each
    /// mark with the one after it.
    paired: Vec<f64>,
    mark_up: Vec<f64>,
    rest_up: Vec<f64>,
}

impl Best {
    fn new(all: &[(f64, f64)]) -> Self {
        let order = |side: fn(&(f64, f64)) -> f64| {
            let mut order: Vec<usize> = (0..all.len()).collect();
            order.sort_by(|a, b| side(&all[*a]).total_cmp(&side(&all[*b])));
            order
        };
        let (by_mark, by_rest) = (order(|pair| pair.0), order(|pair| pair.1));
        let pairs: Vec<(f64, f64)> =
            by_mark.iter().zip(&by_rest).map(|(mark, rest)| (all[*mark].0, all[*rest].1)).collect();
        let mut places = vec![(0, 0); all.len()];
        for (place, (mark, rest)) in by_mark.iter().zip(&by_rest).enumerate() {
            places[*mark].0 = place;
            places[*rest].1 = place;
        }
        let running = |products: &mut dyn Iterator<Item = f64>| {
            let mut sums = vec![0.0];
            for product in products {
                sums.push(sums[sums.len() - 1] + product);
            }
            sums
        };
        let paired = running(&mut pairs.iter().map(|(mark, rest)| mark * rest));
        let mark_up = running(&mut pairs.windows(2).map(|two| two[1].0 * two[0].1));
        let rest_up = running(&mut pairs.windows(2).map(|two| two[0].0 * two[1].1));
        Self { pairs, places, paired, mark_up, rest_up }
    }

    /// The sum of products of the best pairing without a student.
    fn without(&self, student: usize) -> f64 {
        let (mark, rest) = self.places[student];
        let (from, to) = (mark.min(rest), mark.max(rest));
        let shifted = if mark < rest { &self.mark_up } else { &self.rest_up };
        let all = self.paired[self.pairs.len()];
        all - (self.paired[to + 1] - self.paired[from]) + (shifted[to] - shifted[from])
    }
}
