//! From the match's view into the memory: each question when its feedback shows, the whole game when it is over.

use bevy::input_focus::InputFocusSystems;
use bevy::picking::PickingSystems;
use bevy::prelude::*;

use super::model::{Answered, Finished, PlayedGame, settings_key};
use super::{Calendar, Day, Progress};
use crate::game::kept::Files;
use crate::game::redraw::Waker;
use crate::game::session::{Clock, CurrentView, Driving, Running, Session};
use crate::quiz::{Play, Stage, View, You};
use crate::rules::Credit;

/// Once this frame's view is in the memory.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Feeding;

pub(super) fn plugin(app: &mut App) {
    // After this frame's presses and before its screens: the results already know what the game meant.
    app.configure_sets(
        PreUpdate,
        Feeding.after(Driving).after(InputFocusSystems::Dispatch).after(PickingSystems::Last),
    )
    .add_systems(PreUpdate, feed.in_set(Feeding).run_if(resource_changed::<CurrentView>))
    // What came later in the frame.
    .add_systems(Last, feed.run_if(resource_changed::<CurrentView>));
}

fn feed(
    (view, session, clock, calendar): (Res<CurrentView>, Res<Session>, Res<Clock>, Res<Calendar>),
    (files, waker): (Res<Files>, Res<Waker>),
    mut progress: ResMut<Progress>,
) {
    let (Some(view), Some(running)) = (view.get(), &session.running) else { return };
    // What a team knows says nothing about the player alone.
    if view.shown.play != Play::Together {
        return;
    }
    let Some(you) = &view.you else { return };
    let ms = u64::try_from(clock.now().wall.as_millis()).unwrap_or(u64::MAX);
    let at = (ms, calendar.today());
    let memory = progress.bypass_change_detection();
    let changed = match view.stage {
        Stage::Feedback => answered(memory, running, view, you, at),
        Stage::Finished => finished(memory, running, view, you, at),
        _ => false,
    };
    if changed {
        progress.set_changed();
        progress.keep(&files, &waker);
    }
}

fn answered(memory: &mut Progress, running: &Running, view: &View, you: &You, (at, day): (u64, Day)) -> bool {
    // Hidden while paused; and a question that counts for nobody is not remembered.
    let (Some(reveal), Some(verdict), false) = (&view.shown.reveal, &you.verdict, view.shown.uncounted) else {
        return false;
    };
    memory.ledger.answered(&Answered {
        bank: &running.bank().id,
        question: &reveal.id,
        game: running.id(),
        at,
        day,
        credit: verdict.credit,
        answered: you.answer.is_some(),
        sure: you.answer.as_ref().and_then(|given| given.sure),
    })
}

fn finished(memory: &mut Progress, running: &Running, view: &View, you: &You, (at, day): (u64, Day)) -> bool {
    let (bank, settings) = (running.bank(), running.settings());
    let counted = you.rounds.iter().map(|round| round.counted).sum();
    let credits = you.rounds.iter().flat_map(|round| &round.questions);
    let outcome = memory.ledger.finished(Finished {
        line: PlayedGame {
            game: running.id().to_owned(),
            at,
            day,
            bank: bank.id.clone(),
            title: bank.title.clone(),
            credit: you.credit,
            counted,
            points: you.points,
            code: settings.code.map(|code| code.to_string()),
            settings: settings_key(settings, bank),
        },
        rounds: you.rounds.iter().map(|round| (round.id.as_str(), round.credit, round.counted)).collect(),
        credits: credits.map(|credit| credit.unwrap_or(Credit::NONE)).collect(),
        whole: !view.shown.abandoned,
    });
    let changed = outcome.is_some();
    if changed {
        memory.outcome = outcome;
    }
    changed
}
