//! Teams on one screen: their set-up, and what their match has beside a solo one. The question itself is [`super::question`]'s.
//!
//! - [`setup`]: how many, how they play, who they are; [`team`]: one team's name, look, key and button
//! - [`strip`]: the teams over a question; [`controls`]: the teacher's keys; [`adjust`]: a score changed by hand
//! - [`standings`]: between rounds; [`podium`]: the end

pub mod adjust;
pub mod controls;
pub mod podium;
pub mod setup;
pub mod standings;
pub mod strip;
pub mod team;

use bevy::prelude::*;

use crate::game::session::CurrentView;
use crate::game::sound::Effect;
use crate::game::teams::{Lineup, Part};
use crate::game::text::teams as words;
use crate::quiz::{Play, View};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        setup::plugin,
        team::plugin,
        strip::plugin,
        controls::plugin,
        adjust::plugin,
        standings::plugin,
        podium::plugin,
    ));
}

/// Whether the match on screen is one of teams.
#[must_use]
pub fn playing(view: Res<CurrentView>) -> bool {
    view.get().is_some_and(|view| view.shown.play != Play::Together)
}

/// What is said aloud, and what is heard, when something changes under a question that stays; nothing of what its own screen says.
#[must_use]
pub fn news(old: &Lineup, new: &Lineup, view: &View) -> Option<(String, Option<Effect>)> {
    let seconds = view.timer.map(|timer| timer.left_ms.div_ceil(1000));
    let outs = |lineup: &Lineup| lineup.names(Part::Out).len();
    if !new.asking {
        let changed = new.lines.iter().zip(&old.lines).find(|(new, old)| new.points != old.points);
        return changed.map(|(line, _)| (words::line(&line.name, line.points, Part::Waits), None));
    }
    match (old.answering(), new.answering()) {
        (before, Some(now)) if before.map(|line| line.player) != Some(now.player) => {
            Some((words::said_first(new, seconds), Some(Effect::Press)))
        }
        (Some(_), None) if outs(new) > outs(old) => Some((words::said_passes(new), Some(Effect::Wrong))),
        (Some(_), None) => Some((words::status(new), None)),
        _ => None,
    }
}
