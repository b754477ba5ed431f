//! The race against the best run so far: the player's right answers fill seats, the best run's stand hollow before them. Other runs had
//! other answers, so nothing of the open question shows.

use bevy::prelude::*;

use super::parts::Spawner;
use crate::game::layout::Form;
use crate::game::progress::{Progress, settings_key};
use crate::game::session::{CurrentView, Session};
use crate::game::text;
use crate::game::theme::Token;
use crate::game::widgets::{Hollow, Ring, ring};
use crate::quiz::{Play, View};
use crate::rules::Credit;

/// A ring has at most so many seats: more would be too small to tell apart.
const MOST_SEATS: usize = 24;
/// In the header.
const SMALL: f32 = 44.;
const SMALL_NARROW: f32 = 34.;

/// How the player stands, and how the best run stood after as many questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Race {
    /// Questions right so far, in thousandths.
    pub mine: u32,
    /// The best run's, after as many questions.
    pub best: u32,
    /// Questions in all.
    pub questions: u32,
}

impl Race {
    /// Of the match on screen; `None` where there is no run to race against.
    #[must_use]
    pub fn of(view: &View, session: &Session, progress: &Progress) -> Option<Self> {
        if view.shown.play != Play::Together {
            return None;
        }
        let (running, you) = (session.running.as_ref()?, view.you.as_ref()?);
        let best = progress.best_run(&running.bank().id, &settings_key(running.settings(), running.bank()))?;
        Some(Self::after(&you.so_far, best, view.shown.progress.questions))
    }

    /// After these questions.
    #[must_use]
    pub fn after(so_far: &[Option<Credit>], best: &[Credit], questions: u32) -> Self {
        let sum = |credits: &mut dyn Iterator<Item = Credit>| credits.map(|credit| u32::from(credit.0)).sum();
        Self {
            mine: sum(&mut so_far.iter().copied().flatten()),
            best: sum(&mut best.iter().copied().take(so_far.len())),
            questions,
        }
    }

    /// By how much the player is ahead, in thousandths.
    #[must_use]
    pub fn ahead(self) -> i64 {
        i64::from(self.mine) - i64::from(self.best)
    }

    /// Its ring: how many seats, how many of them the player has filled, and how many the best run.
    fn seats(self) -> (usize, usize, usize) {
        let questions = (self.questions as usize).max(1);
        let seats = questions.min(MOST_SEATS);
        let share = |credit: u32| (credit as usize * seats / (questions * 1000)).min(seats);
        (seats, share(self.mine), share(self.best))
    }

    /// The ring, and which of its seats are hollow.
    #[must_use]
    pub fn ring(self, size: f32) -> (Ring, Hollow) {
        let (seats, mine, best) = self.seats();
        let token = |seat: usize| match seat {
            seat if seat < mine => Token::Right,
            seat if seat < best => Token::Text,
            _ => Token::Seat,
        };
        let name = text::race_so_far(self.mine, self.best);
        let ring = Ring { seats: (0..seats).map(token).collect(), size, thick: 0.2, name };
        (ring, Hollow { from: mine, to: best.max(mine) })
    }
}

/// The ring in the header.
#[derive(Component)]
struct Small;

/// Its place: nothing until there is a race.
pub fn small(line: &mut Spawner) {
    line.spawn((Small, Node { display: Display::None, flex_shrink: 0., ..default() }));
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.after(super::question::Building));
}

fn show(
    (view, session, progress, form): (Res<CurrentView>, Res<Session>, Res<Progress>, Res<Form>),
    mut places: Query<(Entity, Ref<Small>, &mut Node, Option<&Children>)>,
    mut rings: Query<(&mut Ring, &mut Hollow)>,
    mut commands: Commands,
) {
    let changed = view.is_changed() || form.is_changed();
    for (entity, place, mut node, children) in &mut places {
        if !changed && !place.is_added() {
            continue;
        }
        let Some(race) = view.get().and_then(|view| Race::of(view, &session, &progress)) else { continue };
        let (fresh, hollow) = race.ring(if form.is_narrow() { SMALL_NARROW } else { SMALL });
        let old = children.and_then(|children| children.first()).and_then(|child| rings.get_mut(*child).ok());
        if let Some((mut ring, mut seats)) = old {
            ring.set_if_neq(fresh);
            seats.set_if_neq(hollow);
        } else {
            node.display = Display::Flex;
            commands.entity(entity).with_child((ring(fresh, ()), hollow));
        }
    }
}
