//! Where each value stands on a line. A line that would squeeze the answers together is cut where nothing stands, and shows the break.

/// The answers must be this far apart, in shares of the line, or the scale is cut.
const APART: f64 = 0.12;
/// A break takes this share of the line.
const BREAK: f64 = 0.16;
/// Marks never stand closer than this.
const CLOSEST: f64 = 0.085;
/// Breaks at most.
const BREAKS: usize = 3;

/// A scale from values to shares of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Values and their places, both ascending.
    stops: Vec<(f64, f64)>,
    /// Where the scale is broken.
    pub breaks: Vec<f64>,
}

impl Axis {
    /// A scale on which these values stand; with each, whether it is an answer, which must be told apart from its neighbours.
    #[must_use]
    pub fn fit(values: &[(f64, bool)]) -> Self {
        let mut points: Vec<(f64, bool)> = values.to_vec();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        points.dedup_by(|next, kept| {
            let same = (next.0 - kept.0).abs() <= f64::EPSILON * kept.0.abs().max(1.);
            kept.1 |= same && next.1;
            same
        });
        if points.len() < 2 {
            return Self { stops: points.iter().map(|point| (point.0, 0.5)).collect(), breaks: Vec::new() };
        }
        let gaps: Vec<f64> = points.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
        let mut cut = vec![false; gaps.len()];
        let mut places = lay(&gaps, &cut);
        for _ in 0..BREAKS {
            if closest(&points, &places) >= APART {
                break;
            }
            let left: f64 = gaps.iter().zip(&cut).filter(|(_, cut)| !**cut).map(|(gap, _)| gap).sum();
            let widest = (0..gaps.len()).filter(|at| !cut[*at]).max_by(|a, b| gaps[*a].total_cmp(&gaps[*b]));
            match widest {
                Some(at) if gaps[at] > left / 2. && gaps[at] < left => cut[at] = true,
                _ => break,
            }
            places = lay(&gaps, &cut);
        }
        spread(&points, &mut places);
        let breaks =
            (0..gaps.len()).filter(|at| cut[*at]).map(|at| f64::midpoint(places[at], places[at + 1])).collect();
        Self { stops: points.iter().map(|point| point.0).zip(places).collect(), breaks }
    }

    /// The place of a value, from 0 to 1.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let after = self.stops.partition_point(|stop| stop.0 < value);
        let Some(next) = self.stops.get(after) else { return self.stops.last().map_or(0.5, |stop| stop.1) };
        let Some(before) = after.checked_sub(1).and_then(|at| self.stops.get(at)) else { return next.1 };
        before.1 + (value - before.0) / (next.0 - before.0) * (next.1 - before.1)
    }
}

/// Places in proportion; a cut gap has its own fixed share.
fn lay(gaps: &[f64], cut: &[bool]) -> Vec<f64> {
    let broken: f64 = cut.iter().map(|cut| if *cut { BREAK } else { 0. }).sum();
    let whole: f64 = gaps.iter().zip(cut).filter(|(_, cut)| !**cut).map(|(gap, _)| gap).sum();
    let mut at = 0.;
    let mut places = vec![0.];
    for (gap, cut) in gaps.iter().zip(cut) {
        at += if *cut { BREAK } else { gap / whole * (1. - broken) };
        places.push(at.min(1.));
    }
    places
}

/// How close the closest answers stand.
fn closest(points: &[(f64, bool)], places: &[f64]) -> f64 {
    let answers: Vec<f64> = points.iter().zip(places).filter(|(point, _)| point.1).map(|(_, place)| *place).collect();
    answers.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min)
}

/// Pushes answers apart that would lie upon each other; everything stays in order.
fn spread(points: &[(f64, bool)], places: &mut [f64]) {
    let answers = u32::try_from(points.iter().filter(|point| point.1).count()).unwrap_or(u32::MAX);
    let least = CLOSEST.min(0.9 / f64::from(answers.max(2) - 1));
    let mut floor = 0.;
    let mut last_answer = f64::NEG_INFINITY;
    for (point, place) in points.iter().zip(places.iter_mut()) {
        *place = place.max(floor).max(if point.1 { last_answer + least } else { 0. });
        floor = *place;
        if point.1 {
            last_answer = *place;
        }
    }
    let mut ceiling = 1.;
    let mut next_answer = f64::INFINITY;
    for (point, place) in points.iter().zip(places.iter_mut()).rev() {
        *place = place.min(ceiling).min(if point.1 { next_answer - least } else { 1. }).max(0.);
        ceiling = *place;
        if point.1 {
            next_answer = *place;
        }
    }
}
