//! "Sure" or "Guessed": one press that nobody has to make, before the answer or after it. It goes to the journal with the answer, or by
//! itself; the last word counts.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Building;
use super::draft::Draft;
use crate::game::focus::Shortcut;
use crate::game::screens::parts::{Spawner, aside_at_foot, wide_only};
use crate::game::session::{CurrentView, Submit};
use crate::game::text;
use crate::game::theme::space;
use crate::game::widgets::{Chosen, toggle};
use crate::quiz::{Command, Sureness, View};

/// What a press says.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Says(Sureness);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show.after(Building).run_if(resource_changed::<Draft>.or_else(resource_changed::<CurrentView>)),
    );
}

/// Beside an open question; a narrow window needs the room for the answers, and asks afterwards.
pub fn before(foot: &mut Spawner) {
    foot.spawn((Node { column_gap: px(space::TIGHT), flex_shrink: 0., ..default() }, wide_only())).with_children(
        |pair| {
            pair.spawn((toggle(text::SURE_BEFORE), Says(Sureness::Sure), observe(press)));
            pair.spawn((toggle(text::GUESSED_BEFORE), Says(Sureness::Guessed), observe(press)));
        },
    );
}

/// In feedback, where something was answered.
pub fn after(foot: &mut Spawner) {
    foot.spawn(aside_at_foot(|pair| {
        for (caption, says, key) in [
            (text::SURE_AFTER, Sureness::Sure, text::SURE_KEY),
            (text::GUESSED_AFTER, Sureness::Guessed, text::GUESSED_KEY),
        ] {
            pair.spawn((toggle(caption), Says(says), Shortcut::key(key), observe(press)));
        }
    }));
}

/// What is said so far: with the answer once there is one, until then in the draft.
fn said(view: &View, draft: &Draft) -> Option<Sureness> {
    match view.you.as_ref().and_then(|you| you.answer.as_ref()) {
        Some(given) => given.sure,
        None => draft.sure,
    }
}

fn press(
    on: On<Activate>,
    buttons: Query<&Says>,
    view: Res<CurrentView>,
    mut draft: ResMut<Draft>,
    mut commands: Commands,
) {
    let (Ok(Says(sure)), Some(view), Some(question)) = (buttons.get(on.entity), view.get(), view.question()) else {
        return;
    };
    let Some(you) = &view.you else { return };
    if you.answer.is_some() {
        commands.trigger(Submit(Command::Sure { player: you.player, question, sure: *sure }));
    } else {
        // Not sent yet, it can be taken back.
        draft.sure = if draft.sure == Some(*sure) { None } else { Some(*sure) };
    }
}

fn show(
    view: Res<CurrentView>,
    draft: Res<Draft>,
    buttons: Query<(Entity, &Says, Has<Chosen>)>,
    mut commands: Commands,
) {
    let Some(view) = view.get() else { return };
    let said = said(view, &draft);
    for (entity, says, chosen) in &buttons {
        let now = said == Some(says.0);
        if now && !chosen {
            commands.entity(entity).insert(Chosen);
        } else if !now && chosen {
            commands.entity(entity).remove::<Chosen>();
        }
    }
}
