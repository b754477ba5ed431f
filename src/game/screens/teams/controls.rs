//! The teacher's keys: show the answer, skip, take back, change a score. They stand at the foot of a match of teams; in a narrow window in
//! its body.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::adjust::OpenAdjust;
use crate::game::focus::Shortcut;
use crate::game::layout::Adapt;
use crate::game::screens::parts::{Spawner, aside_at_foot};
use crate::game::session::{CurrentView, Session, Submit};
use crate::game::teams::{Lineup, Teams};
use crate::game::text::teams as words;
use crate::game::theme::space;
use crate::game::widgets::{Blocked, Caption, button};
use crate::quiz::Command;

/// Takes back the last verdict.
#[derive(Component)]
struct Undo;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, refresh.after(crate::game::screens::question::Building).run_if(super::playing));
}

/// `open`: whether a question is, which can be told or skipped.
pub fn at_foot(foot: &mut Spawner, open: bool) {
    foot.spawn(aside_at_foot(move |aside| {
        if open {
            aside.spawn((
                button(words::REVEAL),
                slim(),
                Shortcut::key(words::REVEAL_KEY),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Reveal))),
            ));
            aside.spawn((
                button(words::SKIP),
                slim(),
                Shortcut::key(words::SKIP_KEY),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Skip))),
            ));
        }
        aside.spawn((
            button(words::UNDO),
            slim(),
            Undo,
            Shortcut::key(words::UNDO_KEY),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Undo))),
        ));
        aside.spawn((
            button(words::ADJUST),
            slim(),
            Shortcut::key(words::ADJUST_KEY),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(OpenAdjust)),
        ));
    }));
}

fn slim() -> Adapt {
    Adapt(|node, _| node.padding = UiRect::axes(px(14), px(space::TIGHT)))
}

/// "Undo" says what it takes back.
fn refresh(
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    mut buttons: Query<(Entity, &mut Caption, Has<Blocked>), With<Undo>>,
    mut commands: Commands,
) {
    let Some(lineup) = Lineup::of(&view, &session, &teams) else { return };
    let undo = view.get().and_then(|view| view.shown.undo);
    for (entity, mut caption, blocked) in &mut buttons {
        let said = undo.map_or_else(|| words::UNDO.to_owned(), |undo| words::undo(undo, &lineup));
        if caption.0 != said {
            caption.0 = said;
        }
        match (undo.is_none(), blocked) {
            (true, false) => {
                commands.entity(entity).insert(Blocked(words::NOTHING_TO_UNDO.to_owned()));
            }
            (false, true) => {
                commands.entity(entity).remove::<Blocked>();
            }
            _ => {}
        }
    }
}
