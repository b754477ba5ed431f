//! Which control has the focus, and how it moves: Tab, arrows, a press, a pad, assistive technology.
//!
//! Something always has it: when it is lost with a screen, the screen's `AutoFocus` or first control takes it in the same frame; when it is
//! lost with what lay over the screen, it goes back to where it was.

use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::input_focus::directional_navigation::{AutoNavigationConfig, FocusableArea};
use bevy::input_focus::navigator::find_best_candidate;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, InputFocus};
use bevy::math::CompassOctant;
use bevy::picking::pointer::PointerId;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, InteractionDisabled, UiGlobalTransform};

use super::theme::{Theme, Token};
use super::widgets::Draw;

pub use bevy::input_focus::AutoFocus;

/// Ctrl+Enter presses it: a screen's main action. The latest spawned counts.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct MainAction;

/// Esc presses it: back, leave, close.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct EscAction;

/// Single keys that press a control while no text is being typed: `Shortcut::letter(0)` is A (and 1), `Shortcut::key('P')`.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
pub struct Shortcut(Vec<char>);

impl Shortcut {
    /// The option's letter and its number: A or 1 for the first.
    #[must_use]
    pub fn letter(index: usize) -> Self {
        const KEYS: [(char, char); 8] =
            [('A', '1'), ('B', '2'), ('C', '3'), ('D', '4'), ('E', '5'), ('F', '6'), ('G', '7'), ('H', '8')];
        let (letter, digit) = KEYS[index % KEYS.len()];
        Self(vec![letter, digit])
    }

    /// One key.
    #[must_use]
    pub fn key(key: char) -> Self {
        Self(vec![key.to_ascii_uppercase()])
    }

    /// What its key cap says.
    #[must_use]
    pub fn cap(&self) -> Option<String> {
        self.0.first().map(char::to_string)
    }

    /// Whether this key is meant.
    #[must_use]
    pub fn is(&self, key: char) -> bool {
        self.0.contains(&key.to_ascii_uppercase())
    }
}

/// Whether single keys press controls (a setting: some people steer the computer by voice).
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct SingleKeys(pub bool);

impl Default for SingleKeys {
    fn default() -> Self {
        Self(true)
    }
}

/// A dialog: while it stands, the focus and the keys stay within.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Modal;

/// On its way out: still seen, but gone for every other sense. It is not pressed, not focused, and not in the tree of assistive technology.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Inert;

/// Has done its work: seen and read out, no longer pressed or focused (an option that has been judged).
#[derive(Component, Debug, Clone, Copy, Default)]
#[require(Pickable = Pickable::IGNORE)]
pub struct Spent;

/// A control that keeps Left and Right (and Home and End) for itself: a slider.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct KeepsArrows;

/// A control that keeps Up and Down for itself: a row that is picked up.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct KeepsUpDown;

/// A direction for a control that keeps it, from a pad: the keyboard's own arrows reach it as keys.
#[derive(EntityEvent, Debug, Clone, Copy, PartialEq)]
pub struct Nudge {
    /// The control.
    pub entity: Entity,
    /// North, south, east or west.
    pub direction: CompassOctant,
}

/// Open within a screen: stepping back from inside it closes it, and leaves the screen as it is.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Closable;

/// Closes a [`Closable`].
#[derive(EntityEvent, Debug, Clone, Copy, PartialEq)]
pub struct Close {
    /// What is open.
    pub entity: Entity,
}

/// What is there for the player: nothing hidden, nothing on its way out, nothing beneath a dialog.
#[derive(SystemParam)]
pub struct Shown<'w, 's> {
    roots: Query<
        'w,
        's,
        (Entity, Option<&'static GlobalZIndex>),
        (Or<(With<Node>, With<AccessibilityNode>)>, Without<ChildOf>),
    >,
    looks: Query<'w, 's, (Option<&'static Node>, Option<&'static Visibility>, Has<Inert>)>,
    children: Query<'w, 's, &'static Children>,
    parents: Query<'w, 's, &'static ChildOf>,
    modals: Query<'w, 's, Entity, With<Modal>>,
}

impl Shown<'_, '_> {
    /// Where reading begins: what lies over the rest first. A dialog stands alone, but for what only speaks.
    #[must_use]
    pub fn roots(&self) -> Vec<Entity> {
        let modal = self.modal();
        // What only speaks has no place on the page: it comes last.
        let speaks = |entity| self.looks.get(entity).is_ok_and(|(node, ..)| node.is_none());
        let mut roots: Vec<(i32, Entity)> = self
            .roots
            .iter()
            .filter(|(entity, _)| modal.is_none() || speaks(*entity))
            .map(|(entity, z)| (if speaks(entity) { i32::MIN } else { z.map_or(0, |z| z.0) }, entity))
            .collect();
        roots.sort_by_key(|(z, entity)| (std::cmp::Reverse(*z), *entity));
        modal.into_iter().chain(roots.into_iter().map(|(_, entity)| entity)).collect()
    }

    /// The dialog that holds everything; the latest wins.
    fn modal(&self) -> Option<Entity> {
        self.modals.iter().filter(|modal| !self.is_within_gone(*modal)).max_by_key(|entity| entity.index())
    }

    /// Whether it, with all that is in it, is not there.
    #[must_use]
    pub fn is_gone(&self, entity: Entity) -> bool {
        self.looks.get(entity).is_ok_and(|(node, visibility, inert)| {
            inert || node.is_some_and(|node| node.display == Display::None) || visibility == Some(&Visibility::Hidden)
        })
    }

    fn is_within_gone(&self, entity: Entity) -> bool {
        std::iter::once(entity).chain(self.parents.iter_ancestors(entity)).any(|part| self.is_gone(part))
    }

    /// Whether the player can get at it.
    #[must_use]
    pub fn is_within_reach(&self, entity: Entity) -> bool {
        let held = self.modal().is_none_or(|modal| {
            std::iter::once(entity).chain(self.parents.iter_ancestors(entity)).any(|part| part == modal)
        });
        held && self.looks.contains(entity) && !self.is_within_gone(entity)
    }

    /// What it is made of, in reading order.
    pub fn parts(&self, entity: Entity) -> impl Iterator<Item = Entity> + '_ {
        self.children.get(entity).into_iter().flatten().copied()
    }
}

/// What can have the focus now, in reading order.
#[derive(SystemParam)]
pub struct Focusables<'w, 's> {
    shown: Shown<'w, 's>,
    focusable: Query<'w, 's, (), With<TabIndex>>,
    areas: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform)>,
}

impl Focusables<'_, '_> {
    /// All of them.
    #[must_use]
    pub fn in_order(&self) -> Vec<Entity> {
        let mut found = Vec::new();
        for root in self.shown.roots() {
            self.gather(root, &mut found);
        }
        found
    }

    fn gather(&self, entity: Entity, found: &mut Vec<Entity>) {
        if self.shown.is_gone(entity) {
            return;
        }
        if self.focusable.contains(entity) {
            found.push(entity);
        }
        for child in self.shown.parts(entity) {
            self.gather(child, found);
        }
    }

    /// The one after (or before) this.
    #[must_use]
    pub fn step(&self, from: Option<Entity>, back: bool) -> Option<Entity> {
        let all = self.in_order();
        let here = from.and_then(|from| all.iter().position(|entity| *entity == from));
        let last = all.len().checked_sub(1)?;
        let next = match (here, back) {
            (None, false) => 0,
            (None, true) => last,
            (Some(here), false) => {
                if here == last {
                    0
                } else {
                    here + 1
                }
            }
            (Some(here), true) => here.checked_sub(1).unwrap_or(last),
        };
        all.get(next).copied()
    }

    /// The nearest in a direction.
    #[must_use]
    pub fn toward(&self, from: Entity, direction: CompassOctant) -> Option<Entity> {
        let origin = self.area(from)?;
        let others: Vec<FocusableArea> = self
            .in_order()
            .into_iter()
            .filter(|entity| *entity != from)
            .filter_map(|entity| self.area(entity))
            .collect();
        find_best_candidate(&origin, direction, &others, &AutoNavigationConfig::default())
    }

    fn area(&self, entity: Entity) -> Option<FocusableArea> {
        let (node, transform) = self.areas.get(entity).ok()?;
        (!node.is_empty()).then(|| FocusableArea {
            entity,
            position: transform.translation * node.inverse_scale_factor(),
            size: node.size() * node.inverse_scale_factor(),
        })
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SingleKeys>()
        .add_observer(press_moves_focus)
        .add_observer(tap_moves_focus)
        .add_observer(let_go)
        .add_observer(rest)
        .add_systems(PostUpdate, (keep, outline).chain().before(Draw::Paint));
}

/// A press on a control, or on anything inside it, gives it the focus. A press elsewhere takes nothing away.
fn press_moves_focus(press: On<Pointer<Press>>, touched: Touched) {
    // A finger may be about to scroll, and the focus would move what lies beneath it.
    if press.entity == press.original_event_target() && !matches!(press.pointer_id, PointerId::Touch(_)) {
        focus_on(press.entity, touched);
    }
}

fn tap_moves_focus(tap: On<Pointer<Click>>, touched: Touched) {
    if tap.entity == tap.original_event_target() && matches!(tap.pointer_id, PointerId::Touch(_)) {
        focus_on(tap.entity, touched);
    }
}

/// What a press can give the focus to.
#[derive(SystemParam)]
struct Touched<'w, 's> {
    focusable: Query<'w, 's, (), With<TabIndex>>,
    parents: Query<'w, 's, &'static ChildOf>,
    focus: ResMut<'w, InputFocus>,
}

fn focus_on(entity: Entity, Touched { focusable, parents, mut focus }: Touched) {
    let target =
        std::iter::once(entity).chain(parents.iter_ancestors(entity)).find(|entity| focusable.contains(*entity));
    if let Some(target) = target
        && focus.get() != Some(target)
    {
        focus.set(target, FocusCause::Pressed);
    }
}

/// What is on its way out takes no press.
fn let_go(added: On<Add, Inert>, children: Query<&Children>, mut commands: Commands) {
    for part in std::iter::once(added.entity).chain(children.iter_descendants(added.entity)) {
        commands.entity(part).insert(Pickable::IGNORE);
    }
}

fn rest(added: On<Add, Spent>, mut commands: Commands) {
    commands.entity(added.entity).remove::<TabIndex>();
}

/// The focus is always on something that can take it.
fn keep(
    focusables: Focusables,
    preferred: Query<(), With<AutoFocus>>,
    disabled: Query<(), With<InteractionDisabled>>,
    mut before: Local<Vec<Entity>>,
    mut focus: ResMut<InputFocus>,
) {
    /// How many steps back are remembered: from the opener through a dialog's controls.
    const STEPS: usize = 16;
    let all = focusables.in_order();
    if let Some(focused) = focus.get().filter(|focused| all.contains(focused)) {
        if before.last() != Some(&focused) {
            before.retain(|entity| *entity != focused);
            if before.len() == STEPS {
                before.remove(0);
            }
            before.push(focused);
        }
        return;
    }
    let next = before
        .iter()
        .rev()
        .find(|entity| all.contains(entity))
        .or_else(|| all.iter().find(|entity| preferred.contains(**entity)))
        .or_else(|| all.iter().find(|entity| !disabled.contains(**entity)))
        .or(all.first());
    if let Some(next) = next {
        focus.set(*next, FocusCause::Navigated);
    }
}

/// Always visible, always the same.
fn outline(focus: Res<InputFocus>, theme: Res<Theme>, mut outlines: Query<(Entity, &mut Outline), With<TabIndex>>) {
    for (entity, mut outline) in &mut outlines {
        let color = if focus.get() == Some(entity) { theme.color(Token::Focus) } else { Color::NONE };
        if outline.color != color {
            outline.color = color;
        }
    }
}
