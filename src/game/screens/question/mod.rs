//! One screen for a question from the asking to the feedback, with the pause in between.
//!
//! Each `Key` has a root of its own, with something that takes the focus in the same frame; the old one leaves as a screen does, and what
//! stands on both travels. Within a key everything changes in place, so that the focus stays where it is.
//!
//! - [`asking`], [`pause`], [`feedback`]: the three faces
//! - [`choice`], [`multi_choice`], [`true_false`], [`number`], [`order`], [`match_pairs`], [`text`]: a kind each, asked and told
//! - [`draft`]: what is prepared and not yet sent; [`send`]: how it is sent; [`sure`]: how sure the player says to be
//! - [`slide`]: rows that change places; [`locked`]: what nobody may answer yet
//! - [`timer`]: the ring

pub mod asking;
pub mod choice;
pub mod draft;
pub mod feedback;
pub mod locked;
pub mod match_pairs;
pub mod multi_choice;
pub mod number;
pub mod order;
pub mod pause;
pub mod send;
pub mod slide;
pub mod sure;
pub mod text;
pub mod timer;
pub mod true_false;

use std::sync::Arc;

use bevy::prelude::*;

use self::draft::Draft;
use super::parts::with;
use super::{Screen, teams};
use crate::game::a11y::Announce;
use crate::game::motion::{AtOnce, Leaving};
use crate::game::session::{CurrentView, Running, Session};
use crate::game::sound::Effect;
use crate::game::teams::{Lineup, Teams};
use crate::game::text as words;
use crate::game::widgets::screen;
use crate::quiz::{Play, QuestionView, Reveal, Stage, Undoable, View};
use crate::rules::Answer;

/// What the tree is built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Asking(u32),
    Paused(u32),
    Feedback(u32),
}

#[derive(Component)]
struct Root {
    key: Key,
    /// The teams as they are shown; `None` where nobody but the player plays.
    lineup: Option<Lineup>,
    /// Whether a score or a verdict was changed under it.
    undo: Option<Undoable>,
}

/// Once the tree fits the view: what changes it in place comes after this.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Building;

/// A question that has been closed, with all that may be told of it.
#[derive(Clone)]
pub struct Told {
    /// What was asked.
    pub question: Arc<QuestionView>,
    /// The key and its reason.
    pub reveal: Arc<Reveal>,
    /// The player's answer.
    pub given: Option<Answer>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Draft>()
        .configure_sets(Update, Building.run_if(in_state(Screen::Question)))
        .add_systems(Update, build.in_set(Building))
        .add_plugins((
            send::plugin,
            sure::plugin,
            timer::plugin,
            locked::plugin,
            multi_choice::plugin,
            order::plugin,
            slide::plugin,
            match_pairs::plugin,
        ));
}

fn key_of(view: &View) -> Option<Key> {
    let number = view.shown.progress.question;
    match view.stage {
        Stage::Asking | Stage::Feedback if view.paused.is_some() => Some(Key::Paused(number)),
        Stage::Asking => Some(Key::Asking(number)),
        Stage::Feedback => Some(Key::Feedback(number)),
        _ => None,
    }
}

fn build(
    view: Res<CurrentView>,
    (session, teams): (Res<Session>, Res<Teams>),
    mut draft: ResMut<Draft>,
    roots: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut effects: MessageWriter<Effect>,
    mut commands: Commands,
) {
    let lineup = Lineup::of(&view, &session, &teams);
    let Some(view) = view.get() else { return };
    let Some(key) = key_of(view) else { return };
    let old = roots.iter().next();
    let old_key = old.map(|(_, root)| root.key);
    let before = old.filter(|_| old_key == Some(key)).map(|(_, root)| (root.lineup.clone(), root.undo));
    let undo = lineup.as_ref().and(view.shown.undo);
    if before.as_ref().is_some_and(|(old, old_undo)| *old == lineup && *old_undo == undo) {
        return;
    }
    // Each team that answers begins anew.
    let mut game = session.running.as_ref().map(Running::id).unwrap_or_default().to_owned();
    if let Some(line) = lineup.as_ref().filter(|lineup| lineup.play == Play::Buzz).and_then(Lineup::answering) {
        game = format!("{game}/{}", line.player);
    }
    let game = game.as_str();
    if let Some(question) = &view.shown.question
        && (draft.question != question.number || draft.game != game)
    {
        *draft = Draft::of(game, question);
    }
    let again = before.is_some();
    let news = before.zip(lineup.as_ref()).and_then(|((old, _), new)| teams::news(old.as_ref()?, new, view));
    if let Some(effect) = news.as_ref().and_then(|(_, effect)| *effect) {
        effects.write(effect);
    }
    announce.write(Announce(match key {
        _ if again => news.map(|(words, _)| words).unwrap_or_default(),
        Key::Asking(_) => asking::spoken(view, lineup.as_ref()),
        Key::Paused(_) => pause::spoken(view),
        Key::Feedback(_) => feedback::spoken(view, lineup.as_ref()),
    }));
    let seen = matches!((old_key, key), (Some(Key::Paused(_)), Key::Feedback(_)));
    if matches!(key, Key::Feedback(_))
        && !seen
        && !again
        && let Some(effect) = feedback::heard(view)
    {
        effects.write(effect);
    }
    if let Some((entity, _)) = old {
        commands.entity(entity).insert(Leaving);
    }
    let (view, draft) = (view.clone(), draft.clone());
    let seen = seen || again;
    let mut root = commands.spawn((
        Root { key, lineup: lineup.clone(), undo },
        screen(words::QUESTION),
        DespawnOnExit(Screen::Question),
        with(move |root| match key {
            Key::Asking(_) => asking::build(root, &view, lineup.as_ref(), &draft),
            Key::Paused(_) => pause::build(root, &view),
            Key::Feedback(_) => feedback::build(root, &view, lineup.as_ref()),
        }),
    ));
    // Behind the pause it has been seen already.
    if seen {
        root.insert(AtOnce);
    }
}
