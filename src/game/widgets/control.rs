//! What all controls share: a role and a name, the looks of their states, the reason why they are disabled, their key cap.
//!
//! Everything to press is an engine `Button` underneath, whatever its role: click, Enter, Space, gamepad and assistive
//! technology all end in one [`Activate`](bevy::ui_widgets::Activate).

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::input_focus::InputFocus;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::picking::Pickable;
use bevy::picking::hover::Hovered;
use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui::{InteractionDisabled, Pressed};
use bevy::ui_widgets::Button;

use super::dash::Dashed;
use super::look::{Look, Touch, listed};
use super::paint::{Draw, Edge, Fill, Ink, Tint};
use super::sunk::Sunk;
use super::text::silent;
use crate::game::focus::{EscAction, MainAction, Shortcut, SingleKeys};
use crate::game::text as words;
use crate::game::theme::{Token, Type, radius, stroke};

listed! {
    /// How a control looks.
    #[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Skin {
        /// Gold: the one main action of a screen.
        Main,
        /// A panel with a border.
        Plain,
        /// A row with a tick box, which says by itself whether it is chosen.
        Check,
        /// A border alone.
        Quiet,
        /// One of a few values.
        Pill,
        /// A key of the on-screen keyboard, ▲, ▼, − and +.
        Key,
        /// Painted by its own widget.
        Own,
    }
}

/// The visible label, and the name for assistive technology. Change it and both follow.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
pub struct Caption(pub String);

/// Cannot be pressed now, and says why in place of its label: `Blocked("2 pairs left".into())`. Remove it to unblock.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
#[require(InteractionDisabled)]
pub struct Blocked(pub String);

/// At work: says what on, and takes no press.
#[derive(Component, Debug, Clone, PartialEq, Eq)]
#[require(InteractionDisabled)]
pub struct Busy(pub String);

/// The one that is chosen: of pills, tiles, pairs. (A tick box uses it too.)
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Chosen;

/// Text or an icon that takes the control's own ink.
#[derive(Component, Debug, Clone, Copy)]
pub struct Inner;

/// The text that shows the [`Caption`].
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct CaptionText;

/// Where the key cap appears.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct CapSlot;

/// Whether key caps are drawn at all.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShowKeys(pub bool);

impl Default for ShowKeys {
    fn default() -> Self {
        Self(true)
    }
}

/// The parts of anything that can be pressed; add a `Node` and children. `name` is what assistive technology says.
pub fn control(role: Role, skin: Skin, name: impl Into<String>) -> impl Bundle {
    let name = name.into();
    let mut access = Access::new(role);
    access.set_label(name.as_str());
    access.add_action(accesskit::Action::Click);
    access.add_action(accesskit::Action::Focus);
    (
        Button,
        Caption(name),
        skin,
        TabIndex(0),
        Hovered::default(),
        AccessibilityNode(access),
        Fill(Token::Clear),
        Edge(Token::Clear),
        Outline::new(px(stroke::FOCUS), px(stroke::FOCUS_OFFSET), Color::NONE),
    )
}

/// Puts a key cap on a control: the last child of its children.
pub(super) fn cap() -> impl Bundle {
    (
        CapSlot,
        Node {
            display: Display::None,
            border: UiRect::all(px(1.5)),
            padding: UiRect::axes(px(8), px(1)),
            margin: UiRect::left(Val::Auto),
            border_radius: BorderRadius::all(px(radius::SMALL)),
            flex_shrink: 0.,
            ..default()
        },
        Edge(Token::Line),
        Pickable::IGNORE,
        children![(silent("", Type::Cap, false, Token::Soft), Inner)],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ShowKeys>().add_observer(unblock::<Blocked>).add_observer(unblock::<Busy>).add_systems(
        PostUpdate,
        (write_captions.in_set(Draw::Settle), (write_caps, dress).chain().in_set(Draw::Dress)),
    );
}

fn unblock<C: Component>(removed: On<Remove, C>, mut nodes: Query<&mut AccessibilityNode>, mut commands: Commands) {
    if let Ok(mut node) = nodes.get_mut(removed.entity) {
        node.clear_description();
    }
    commands.entity(removed.entity).try_remove::<InteractionDisabled>();
}

/// Label and name, in step with [`Caption`], [`Blocked`] and [`Busy`].
fn write_captions(
    mut controls: Query<(Entity, &Caption, Option<&Blocked>, Option<&Busy>, &mut AccessibilityNode)>,
    children: Query<&Children>,
    mut texts: Query<&mut Text, With<CaptionText>>,
) {
    for (entity, caption, blocked, busy, mut node) in &mut controls {
        if node.label() != Some(caption.0.as_str()) {
            node.set_label(caption.0.as_str());
        }
        let reason = blocked.map(|b| &b.0).or(busy.map(|b| &b.0));
        if let Some(reason) = reason
            && node.description() != Some(reason.as_str())
        {
            node.set_description(reason.as_str());
        }
        let shown = reason.unwrap_or(&caption.0);
        for part in children.iter_descendants(entity) {
            if let Ok(mut text) = texts.get_mut(part)
                && text.0 != *shown
            {
                text.0.clone_from(shown);
            }
        }
    }
}

/// A key cap stands only on what its key presses now.
fn write_caps(
    show: Res<ShowKeys>,
    single: Res<SingleKeys>,
    focus: Res<InputFocus>,
    fields: Query<(), With<EditableText>>,
    controls: Query<(Entity, &Children, Has<InteractionDisabled>, Has<MainAction>, Has<EscAction>, Option<&Shortcut>)>,
    mut caps: Query<(&mut Node, &Children), With<CapSlot>>,
    mut texts: Query<&mut Text>,
) {
    // A letter presses nothing while letters are typed.
    let letters = single.0 && focus.get().is_none_or(|focused| !fields.contains(focused));
    for (entity, children, disabled, main, esc, shortcut) in &controls {
        let label = if disabled || !show.0 {
            None
        } else if main && focus.get() == Some(entity) {
            Some(words::KEY_ENTER.to_owned())
        } else if main {
            Some(words::KEY_CTRL_ENTER.to_owned())
        } else if esc {
            Some(words::KEY_ESC.to_owned())
        } else {
            shortcut.filter(|_| letters).and_then(Shortcut::cap)
        };
        for child in children {
            let Ok((mut node, inner)) = caps.get_mut(*child) else {
                continue;
            };
            let display = if label.is_some() { Display::Flex } else { Display::None };
            if node.display != display {
                node.display = display;
            }
            if let Some(label) = &label
                && let Some(mut text) = inner.first().and_then(|text| texts.get_mut(*text).ok())
                && text.0 != *label
            {
                text.0.clone_from(label);
            }
        }
    }
}

/// What a control is painted with.
pub(super) const fn look(skin: Skin, touch: Touch, chosen: bool) -> Look {
    match (skin, touch) {
        (_, Touch::Disabled) => Look::of(Token::Clear, Token::Clear, Token::Text).dashed(Token::Line),
        (_, Touch::Busy) => Look::of(Token::Raised, Token::Gold, Token::Text),
        (Skin::Pill, Touch::Pressed) if chosen => Look::of(Token::Chosen, Token::Chosen, Token::OnChosen).sunk(),
        (Skin::Pill, _) if chosen => Look::of(Token::Chosen, Token::Chosen, Token::OnChosen),
        (Skin::Main, Touch::Pressed) => Look::of(Token::GoldLit, Token::GoldLit, Token::OnGold).sunk(),
        (Skin::Main, Touch::Hover) => Look::of(Token::GoldLit, Token::Text, Token::OnGold),
        (Skin::Main, Touch::Rest) => Look::of(Token::Gold, Token::Gold, Token::OnGold),
        (_, Touch::Pressed) => Look::of(Token::Raised, Token::Text, Token::Text).sunk(),
        (_, Touch::Hover) => Look::of(Token::Raised, Token::Text, Token::Text),
        (Skin::Quiet, Touch::Rest) => Look::of(Token::Clear, Token::Line, Token::Text),
        (Skin::Check, Touch::Rest) if chosen => Look::of(Token::Raised, Token::Line, Token::Text),
        (_, Touch::Rest) if chosen => Look::of(Token::Raised, Token::Gold, Token::Text),
        (_, Touch::Rest) => Look::of(Token::Panel, Token::Line, Token::Text),
    }
}

/// The border of a key cap: a line where it can be seen, else the words' own colour.
pub(super) const fn cap_edge(look: Look) -> Token {
    match look.fill {
        Token::Clear | Token::Panel | Token::Raised | Token::Ink => Token::Line,
        _ => look.ink,
    }
}

/// Tokens for every state of every control; the painting follows.
fn dress(
    mut controls: Query<(
        Entity,
        &Skin,
        &Hovered,
        Has<Pressed>,
        Has<InteractionDisabled>,
        Has<Busy>,
        Has<Chosen>,
        Option<&Dashed>,
        Has<Sunk>,
        &mut Fill,
        &mut Edge,
    )>,
    children: Query<&Children>,
    mut inks: Query<(Option<&mut Ink>, Option<&mut Tint>), With<Inner>>,
    mut caps: Query<&mut Edge, (With<CapSlot>, Without<Skin>)>,
    mut commands: Commands,
) {
    for (entity, skin, hovered, pressed, disabled, busy, chosen, dashed, sunk, mut fill, mut edge) in &mut controls {
        if *skin == Skin::Own {
            continue;
        }
        let look = look(*skin, Touch::of(disabled, busy, pressed, hovered.get()), chosen);
        fill.set_if_neq(Fill(look.fill));
        edge.set_if_neq(Edge(look.edge));
        wear(&mut commands.entity(entity), look, dashed, sunk);
        for inner in children.iter_descendants(entity) {
            if let Ok((ink, tint)) = inks.get_mut(inner) {
                if let Some(mut ink) = ink {
                    ink.set_if_neq(Ink(look.ink));
                }
                if let Some(mut tint) = tint {
                    tint.set_if_neq(Tint(look.ink));
                }
            }
            if let Ok(mut cap) = caps.get_mut(inner) {
                cap.set_if_neq(Edge(cap_edge(look)));
            }
        }
    }
}

/// What of a look is more than colour.
pub(super) fn wear(entity: &mut EntityCommands, look: Look, dashed: Option<&Dashed>, sunk: bool) {
    match look.dashed {
        Some(token) if dashed != Some(&Dashed(token)) => {
            entity.insert(Dashed(token));
        }
        None if dashed.is_some() => {
            entity.remove::<Dashed>();
        }
        _ => {}
    }
    match (look.sunk, sunk) {
        (true, false) => {
            entity.insert(Sunk);
        }
        (false, true) => {
            entity.remove::<Sunk>();
        }
        _ => {}
    }
}
