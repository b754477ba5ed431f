//! What several screens show: notices, lists built from data, the row of buttons at the foot.

use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::{Go, Menu};
use crate::game::layout::Adapt;
use crate::game::session::{LeaveGame, Notices};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{button, panel, row, spacer, text as words};

/// Spawns children of one parent.
pub type Spawner<'w> = RelatedSpawner<'w, ChildOf>;

/// Children made by a function, where their number is only known when the screen is built.
pub fn with(build: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    Children::spawn(SpawnWith(build))
}

/// Nothing to show in a narrow window: keyboard hints, decoration.
pub fn wide_only() -> Adapt {
    Adapt(|node, form| node.display = if form.is_narrow() { Display::None } else { Display::Flex })
}

/// The row of buttons at the foot of a screen: what follows a [`spacer`] stands at its end.
pub fn foot(build: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    (Node { flex_shrink: 0., ..row() }, with(build))
}

/// A grid of answers: two columns in a wide window, one in a narrow one; long ones always have one.
pub fn answers_grid(long: bool) -> impl Bundle {
    let adapt = if long {
        Adapt(|node, form| {
            node.row_gap = px(if form.is_narrow() { 8 } else { 12 });
            node.grid_template_columns = RepeatedGridTrack::flex(1, 1.);
            node.grid_auto_rows = vec![GridTrack::minmax(
                MinTrackSizingFunction::Px(56.),
                MaxTrackSizingFunction::Auto,
            )];
        })
    } else {
        Adapt(|node, form| {
            let narrow = form.is_narrow();
            let gap = px(if narrow { 8 } else { 20 });
            (node.row_gap, node.column_gap) = (gap, gap);
            node.grid_template_columns = RepeatedGridTrack::flex(if narrow { 1 } else { 2 }, 1.);
            node.grid_auto_rows = vec![GridTrack::minmax(
                MinTrackSizingFunction::Px(if narrow { 60. } else { 104. }),
                MaxTrackSizingFunction::Auto,
            )];
        })
    };
    (Node { display: Display::Grid, flex_shrink: 0., ..default() }, adapt)
}

/// Text that may take several lines beside something else.
pub fn flowing(what: impl Bundle) -> impl Bundle {
    (
        Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(0), ..default() },
        Pickable::IGNORE,
        children![what],
    )
}

/// Back to the title; an unfinished match is kept.
pub fn leave(_: On<Activate>, mut commands: Commands) {
    commands.trigger(Go(Menu::Title));
    commands.trigger(LeaveGame);
}

#[derive(Component)]
struct NoticeBar;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show_notices.run_if(resource_changed::<Notices>));
}

/// Notices lie over every screen, at its top, until they are dismissed; play goes on beneath them.
fn show_notices(notices: Res<Notices>, old: Query<Entity, With<NoticeBar>>, mut commands: Commands) {
    for bar in &old {
        commands.entity(bar).despawn();
    }
    let Some(first) = notices.0.first().cloned() else { return };
    commands
        .spawn((
            NoticeBar,
            GlobalZIndex(10),
            Node {
                position_type: PositionType::Absolute,
                top: px(0),
                left: px(0),
                right: px(0),
                justify_content: JustifyContent::Center,
                padding: UiRect::all(px(space::TIGHT)),
                ..default()
            },
            Pickable::IGNORE,
        ))
        .with_children(|bar| {
            bar.spawn(panel()).with_children(|panel| {
                panel.spawn(row()).with_children(|line| {
                    line.spawn((
                        Node { max_width: px(820), flex_shrink: 1., ..default() },
                        children![words(first, Type::Small, Token::Text)],
                    ));
                    line.spawn(spacer());
                    line.spawn((
                        button(text::DISMISS),
                        observe(|_: On<Activate>, mut notices: ResMut<Notices>| {
                            if !notices.0.is_empty() {
                                notices.0.remove(0);
                            }
                        }),
                    ));
                });
            });
        });
}
