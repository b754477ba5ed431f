//! Typing: a text field with its label, and an on-screen keyboard below it for those who have only a mouse, a finger or a pad.
//!
//! The engine's `EditableText` has no role, no value and no placeholder; it stays inside this file.

use accesskit::{Action, Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, FocusedInput, InputFocus};
use bevy::picking::hover::Hovered;
use bevy::picking::pointer::PointerId;
use bevy::prelude::*;
use bevy::text::{EditableText, EditableTextFilter, FontSize, LineHeight, TextCursorStyle, TextEdit, TextEditChange};
use bevy::ui::InteractionDisabled;
use bevy::ui_widgets::{Activate, ValueChange};

use super::button::quiet_button;
use super::frame::{column, row};
use super::keyboard::{Layout, keyboard};
use super::look::Look;
use super::paint::{Draw, Edge, Fill, Ink};
use super::slider::Slide;
use super::text::{bold, hint};
use crate::game::a11y::{SelectText, SetValue};
use crate::game::focus::{Closable, Close};
use crate::game::fonts;
use crate::game::layout::{Adapt, OwnAdapt};
use crate::game::text as words;
use crate::game::theme::{REM, Theme, Token, Type, radius, space, stroke};

/// The whole of a labelled field; holds what has been typed. Its entity sends `ValueChange<String>`:
/// `is_final` when Enter was pressed.
#[derive(Component, Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What stands in the field.
    pub value: String,
}

/// The field itself.
#[derive(Component, Debug, Clone, Copy)]
pub struct Field;

/// Opens and closes the on-screen keyboard of its [`Entry`].
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct KeyboardSwitch;

/// The on-screen keyboard of an [`Entry`].
#[derive(Component, Debug, Clone, Copy)]
#[require(Closable)]
pub(super) struct KeyboardPanel;

/// Replaces what stands in an [`Entry`]'s field: `commands.trigger(FillEntry { entity, text })`.
#[derive(EntityEvent, Debug, Clone)]
pub struct FillEntry {
    /// The [`Entry`].
    pub entity: Entity,
    /// The text.
    pub text: String,
}

/// `(text_entry("Your answer", "Accents don't matter.", 40), observe(|on: On<ValueChange<String>>| …))`.
pub fn text_entry(label: impl Into<String>, help: impl Into<String>, max_chars: usize) -> impl Bundle {
    let label = label.into();
    (
        Entry::default(),
        Node { row_gap: px(space::TIGHT), ..column() },
        children![
            (row(), children![bold(label.clone(), Type::Label, Token::Text), hint(help)]),
            (
                row(),
                children![
                    field(label, max_chars, Type::Answer, Characters::Any, None),
                    (quiet_button(words::KEYBOARD), KeyboardSwitch),
                ]
            ),
            (keyboard(Layout::Letters), KeyboardPanel),
        ],
    )
}

/// The same with `beside`, a button, beside the field.
pub fn short_entry(
    label: impl Into<String>,
    help: impl Into<String>,
    max_chars: usize,
    beside: impl Bundle,
) -> impl Bundle {
    let label = label.into();
    (
        Entry::default(),
        Node { row_gap: px(space::TIGHT), ..column() },
        children![
            (row(), children![bold(label.clone(), Type::Label, Token::Text), hint(help)]),
            (
                Node { column_gap: px(space::TIGHT), ..row() },
                children![
                    (
                        field(label, max_chars, Type::Answer, Characters::Any, None),
                        // A wide code in large type takes a line of a narrow window.
                        OwnAdapt(|node, form| node.flex_basis = if form.is_narrow() { percent(100) } else { px(140) }),
                    ),
                    beside,
                    (
                        quiet_button(words::KEYBOARD),
                        KeyboardSwitch,
                        Adapt(|node, _| node.padding = UiRect::axes(px(12), px(PADDING))),
                    ),
                ]
            ),
            (keyboard(Layout::Letters), KeyboardPanel),
        ],
    )
}

/// The same without a button beside it: a name. In a narrow window the field has a line of its own.
pub fn name_entry(label: impl Into<String>, help: impl Into<String>, max_chars: usize) -> impl Bundle {
    let label = label.into();
    (
        Entry::default(),
        Node { row_gap: px(space::TIGHT), ..column() },
        children![
            (row(), children![bold(label.clone(), Type::Label, Token::Text), hint(help)]),
            (
                Node { column_gap: px(space::TIGHT), ..row() },
                OwnAdapt(|node, form| {
                    (node.flex_direction, node.flex_wrap, node.align_items) = if form.is_narrow() {
                        (FlexDirection::Column, FlexWrap::NoWrap, AlignItems::Stretch)
                    } else {
                        (FlexDirection::Row, FlexWrap::Wrap, AlignItems::Center)
                    };
                }),
                children![
                    (
                        field(label, max_chars, Type::Answer, Characters::Any, None),
                        OwnAdapt(|node, form| {
                            node.flex_basis = if form.is_narrow() { Val::Auto } else { px(140) };
                        }),
                    ),
                    (
                        quiet_button(words::KEYBOARD),
                        KeyboardSwitch,
                        Adapt(|node, _| node.padding = UiRect::axes(px(12), px(PADDING))),
                    ),
                ]
            ),
            (keyboard(Layout::Letters), KeyboardPanel),
        ],
    )
}

/// Above and below what is typed.
const PADDING: f32 = 8.;

/// Whether a finger on a field opens our own keyboard. Where the system brings up one, ours waits to be asked for.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnKeys(pub bool);

impl Default for OwnKeys {
    fn default() -> Self {
        Self(true)
    }
}

/// What may be typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Characters {
    Any,
    /// A number of this range.
    Number(Slide),
}

/// The field alone: focusable, with a border. As wide as so many digits, or as its place.
pub(super) fn field(
    label: impl Into<String>,
    max_chars: usize,
    kind: Type,
    characters: Characters,
    digits: Option<f32>,
) -> impl Bundle {
    let mut access = Access::new(Role::TextInput);
    access.set_label(label.into());
    access.add_action(Action::Focus);
    access.add_action(Action::SetValue);
    if let Characters::Number(Slide { min, max, step, .. }) = characters {
        access.set_min_numeric_value(min);
        access.set_max_numeric_value(max);
        access.set_numeric_value_step(step);
    }
    (
        Field,
        EditableText {
            max_characters: Some(max_chars),
            visible_width: digits,
            // A fine line, also between large digits.
            cursor_width: 0.07,
            ..EditableText::default()
        },
        match characters {
            Characters::Any => EditableTextFilter::default(),
            Characters::Number(_) => EditableTextFilter::new(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ',')),
        },
        TextFont { font: fonts::BOLD.into(), font_size: FontSize::Rem(kind.pixels(false) / REM), ..default() },
        LineHeight::RelativeToFont(1.25),
        kind,
        Ink(Token::Text),
        TextCursorStyle::default(),
        TabIndex(0),
        Hovered::default(),
        AccessibilityNode(access),
        Node {
            // The engine adds padding and border to what a field is at least; its line would hang at the top.
            min_height: px(stroke::BUTTON - 2. * (PADDING + stroke::CONTROL)),
            min_width: px(120),
            flex_grow: 1.,
            flex_basis: px(200),
            padding: UiRect::axes(px(16), px(PADDING)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(radius::CONTROL)),
            ..default()
        },
        Fill(Token::Panel),
        Edge(Token::Line),
        Outline::new(px(stroke::FOCUS), px(stroke::FOCUS_OFFSET), Color::NONE),
    )
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<OwnKeys>()
        .add_observer(typed)
        .add_observer(entered)
        .add_observer(switch_keyboard)
        .add_observer(tap)
        .add_observer(close)
        .add_observer(fill)
        .add_observer(set)
        .add_observer(select)
        .add_systems(PostUpdate, dress.in_set(Draw::Dress));
}

/// The [`Entry`] that an entity belongs to.
pub(super) fn entry_of(entity: Entity, parents: &Query<&ChildOf>, entries: &Query<&mut Entry>) -> Option<Entity> {
    parents.iter_ancestors(entity).find(|ancestor| entries.contains(*ancestor))
}

fn typed(
    on: On<TextEditChange>,
    mut fields: Query<(&EditableText, &mut AccessibilityNode), With<Field>>,
    parents: Query<&ChildOf>,
    mut entries: Query<&mut Entry>,
    mut commands: Commands,
) {
    let field = on.event_target();
    let Ok((text, mut access)) = fields.get_mut(field) else {
        return;
    };
    let Some(source) = entry_of(field, &parents, &entries) else {
        return;
    };
    let Ok(mut entry) = entries.get_mut(source) else {
        return;
    };
    let value = text.value().to_string();
    if entry.value == value {
        return;
    }
    access.set_value(value.as_str());
    entry.value.clone_from(&value);
    commands.trigger(ValueChange { source, value, is_final: false });
}

/// Enter in the field: what has been typed is meant.
fn entered(
    mut on: On<FocusedInput<KeyboardInput>>,
    fields: Query<(), (With<Field>, Without<InteractionDisabled>)>,
    parents: Query<&ChildOf>,
    entries: Query<&mut Entry>,
    mut commands: Commands,
) {
    if !fields.contains(on.focused_entity)
        || on.input.state != ButtonState::Pressed
        || on.input.repeat
        || on.input.logical_key != Key::Enter
    {
        return;
    }
    on.propagate(false);
    if let Some(source) = entry_of(on.focused_entity, &parents, &entries)
        && let Ok(entry) = entries.get(source)
    {
        commands.trigger(ValueChange { source, value: entry.value.clone(), is_final: true });
    }
}

/// The keyboard of an entry, and what it is for.
#[derive(SystemParam)]
struct Keyboards<'w, 's> {
    parents: Query<'w, 's, &'static ChildOf>,
    entries: Query<'w, 's, &'static mut Entry>,
    children: Query<'w, 's, &'static Children>,
    panels: Query<'w, 's, &'static mut Node, With<KeyboardPanel>>,
    keys: Query<'w, 's, (), With<TabIndex>>,
    fields: Query<'w, 's, (), With<Field>>,
    focus: ResMut<'w, InputFocus>,
}

impl Keyboards<'_, '_> {
    /// Opens or closes the keyboard of the entry that this belongs to: `None` for the other way than now. Says which, and with what panel.
    fn set(&mut self, part: Entity, open: Option<bool>) -> Option<(Entity, bool)> {
        let entry = entry_of(part, &self.parents, &self.entries)?;
        let panel = self.children.iter_descendants(entry).find(|part| self.panels.contains(*part))?;
        let mut node = self.panels.get_mut(panel).ok()?;
        let open = open.unwrap_or(node.display == Display::None);
        let display = if open { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
        Some((panel, open))
    }

    fn focus_first(&mut self, inside: Entity, field: bool) {
        let wanted = |part: &Entity| if field { self.fields.contains(*part) } else { self.keys.contains(*part) };
        if let Some(part) = self.children.iter_descendants_depth_first(inside).find(wanted) {
            self.focus.set(part, FocusCause::Navigated);
        }
    }
}

/// The switch opens and closes it. So does a press of the field with a pad, which has no other way to type: then the focus goes to the keys.
fn switch_keyboard(on: On<Activate>, switches: Query<(), With<KeyboardSwitch>>, mut keyboards: Keyboards) {
    if switches.contains(on.entity) {
        keyboards.set(on.entity, None);
    } else if keyboards.fields.contains(on.entity)
        && let Some((panel, _)) = keyboards.set(on.entity, Some(true))
    {
        keyboards.focus_first(panel, false);
    }
}

/// A finger on the field wants keys to tap.
fn tap(on: On<Pointer<Click>>, own: Res<OwnKeys>, mut keyboards: Keyboards) {
    if own.0 && matches!(on.pointer_id, PointerId::Touch(_)) && keyboards.fields.contains(on.entity) {
        keyboards.set(on.entity, Some(true));
    }
}

/// Back from the keys to the field.
fn close(on: On<Close>, mut keyboards: Keyboards) {
    if keyboards.panels.contains(on.entity)
        && let Some(entry) = entry_of(on.entity, &keyboards.parents, &keyboards.entries)
    {
        keyboards.set(on.entity, Some(false));
        keyboards.focus_first(entry, true);
    }
}

fn fill(on: On<FillEntry>, children: Query<&Children>, mut fields: Query<&mut EditableText, With<Field>>) {
    for part in children.iter_descendants(on.entity) {
        if let Ok(mut text) = fields.get_mut(part) {
            replace(&mut text, &on.text);
        }
    }
}

fn set(on: On<SetValue>, mut fields: Query<&mut EditableText, With<Field>>) {
    if let Ok(mut text) = fields.get_mut(on.entity) {
        replace(&mut text, &on.value);
    }
}

/// The editor knows moves alone: to the start, then on by characters.
fn select(on: On<SelectText>, mut fields: Query<&mut EditableText, With<Field>>) {
    let Ok(mut text) = fields.get_mut(on.entity) else { return };
    let end = text.editor().raw_text().chars().count();
    let (anchor, cursor) = (on.anchor.min(end), on.cursor.min(end));
    text.queue_edit(TextEdit::TextStart(false));
    for _ in 0..anchor {
        text.queue_edit(TextEdit::Right(false));
    }
    for _ in anchor..cursor {
        text.queue_edit(TextEdit::Right(true));
    }
    for _ in cursor..anchor {
        text.queue_edit(TextEdit::Left(true));
    }
}

fn replace(text: &mut EditableText, value: &str) {
    text.queue_edit(TextEdit::SelectAll);
    if value.is_empty() {
        text.queue_edit(TextEdit::Delete);
    } else {
        text.queue_edit(TextEdit::Insert(value.into()));
    }
}

/// What a field is painted with.
pub(super) const fn look(hovered: bool, disabled: bool) -> Look {
    Look::of(Token::Panel, if hovered && !disabled { Token::Text } else { Token::Line }, Token::Text)
}

fn dress(
    theme: Res<Theme>,
    mut fields: Query<(&Hovered, Has<InteractionDisabled>, &mut Edge, &mut TextCursorStyle), With<Field>>,
) {
    for (hovered, disabled, mut edge, mut cursor) in &mut fields {
        edge.set_if_neq(Edge(look(hovered.get(), disabled).edge));
        let color = theme.color(Token::Gold);
        if cursor.color != color {
            cursor.color = color;
            cursor.selection_color = theme.color(Token::Slot(0));
            cursor.unfocused_selection_color = Color::NONE;
            cursor.selected_text_color = Some(theme.color(Token::OnSlot));
        }
    }
}
