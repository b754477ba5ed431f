//! A number: type it, step it, slide it, or press it on a keypad. It starts empty, so that nothing hints at the answer.

use accesskit::Role;
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange};

use super::button::{icon_button, quiet_button};
use super::entry::{Characters, Entry, FillEntry, KeyboardPanel, KeyboardSwitch, field};
use super::frame::{column, row};
use super::icon::Icon;
use super::keyboard::{Layout, keyboard};
use super::paint::Draw;
use super::slider::{Slide, slider};
use super::text::{Spoken, hint, text};
use crate::game::layout::{Form, OwnAdapt};
use crate::game::text as words;
use crate::game::theme::{Token, Type, space, stroke};

/// The whole of a number's entry; holds its value. Its entity sends `ValueChange<Option<f64>>`.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct NumberEntry {
    /// Range, step and value; `None` while empty or not a number within the range.
    pub slide: Slide,
}

#[derive(Component)]
struct Step(f64);
#[derive(Component)]
struct Note;

/// `(number_entry("Your answer", "members", Slide { min, max, step, value: None }), observe(|on: On<ValueChange<Option<f64>>>| …))`.
pub fn number_entry(label: impl Into<String>, unit: impl Into<String>, slide: Slide) -> impl Bundle {
    let label = label.into();
    let longest = show(slide.min).len().max(show(slide.max).len()).max(2);
    #[expect(clippy::cast_precision_loss, reason = "a few digits")]
    let digits = longest.min(12) as f32 + 0.6;
    (
        NumberEntry { slide },
        Entry::default(),
        Node { align_items: AlignItems::Stretch, row_gap: px(space::TIGHT), ..column() },
        children![
            (
                Node { justify_content: JustifyContent::Center, column_gap: px(space::WIDE), ..row() },
                children![
                    (icon_button(Icon::Minus, words::LESS), Step(-1.), OwnAdapt(step_size)),
                    (
                        field(label.clone(), 16, Type::Display, Characters::Number(slide), Some(digits)),
                        TextLayout::justify(Justify::Center),
                        OwnAdapt(|node, _| {
                            node.flex_grow = 0.;
                            node.flex_shrink = 1.;
                            node.flex_basis = Val::Auto;
                            node.padding = UiRect::axes(px(20), px(0));
                            // As high as its line is.
                            node.min_height = Val::Auto;
                            // The line that a number is written on.
                            node.border = UiRect::all(px(stroke::CONTROL)).with_bottom(px(stroke::TILE));
                        })
                    ),
                    (icon_button(Icon::Plus, words::MORE), Step(1.), OwnAdapt(step_size)),
                    (
                        quiet_button(words::KEYPAD),
                        KeyboardSwitch,
                        OwnAdapt(|node, form| {
                            // Beside the number, which stays in the middle.
                            let wide = form == Form::Wide;
                            node.position_type = if wide { PositionType::Absolute } else { PositionType::Relative };
                            (node.right, node.bottom) = if wide { (px(0), px(0)) } else { (Val::Auto, Val::Auto) };
                        })
                    ),
                ],
            ),
            (
                Node { justify_content: JustifyContent::Center, ..default() },
                children![text(unit, Type::Body, Token::Soft)],
            ),
            slider(label, slide),
            (
                Node { justify_content: JustifyContent::SpaceBetween, column_gap: px(space::GAP), ..default() },
                children![hint(show(slide.min)), hint(show(slide.max))],
            ),
            // The line is kept free: keys must not move under the pointer when it fills.
            (hint(""), Note, Node { min_height: px(24), ..default() }),
            (keyboard(Layout::Digits), KeyboardPanel),
        ],
    )
}

fn step_size(node: &mut Node, form: Form) {
    let (width, height) = if form.is_narrow() { (52., 52.) } else { (72., 58.) };
    (node.width, node.height) = (px(width), px(height));
}

/// A number as people write it: no trailing zeros.
#[must_use]
pub fn show(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    format!("{rounded}")
}

/// A typed number; a comma counts as a point.
fn parse(typed: &str) -> Option<f64> {
    typed.trim().replace(',', ".").parse().ok().filter(|value: &f64| value.is_finite())
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(typed)
        .add_observer(slid)
        .add_observer(stepped)
        .add_systems(PostUpdate, write_note.in_set(Draw::Settle));
}

fn typed(
    on: On<ValueChange<String>>,
    mut numbers: Query<(Entity, &mut NumberEntry)>,
    children: Query<&Children>,
    mut sliders: Query<&mut Slide>,
    mut commands: Commands,
) {
    let Ok((source, mut number)) = numbers.get_mut(on.source) else {
        return;
    };
    let range = number.slide;
    let value = parse(&on.value).filter(|value| (range.min..=range.max).contains(value));
    let changed = number.slide.value != value;
    number.slide.value = value;
    for part in children.iter_descendants(source) {
        if let Ok(mut slide) = sliders.get_mut(part)
            && slide.value != value
        {
            slide.value = value;
        }
    }
    if changed || on.is_final {
        commands.trigger(ValueChange { source, value, is_final: on.is_final });
    }
}

fn slid(
    on: On<ValueChange<f64>>,
    parents: Query<&ChildOf>,
    numbers: Query<(), With<NumberEntry>>,
    mut commands: Commands,
) {
    let number = parents.iter_ancestors(on.source).find(|ancestor| numbers.contains(*ancestor));
    if let Some(entity) = number {
        commands.trigger(FillEntry { entity, text: show(on.value) });
    }
}

fn stepped(
    on: On<Activate>,
    steps: Query<&Step>,
    parents: Query<&ChildOf>,
    numbers: Query<&NumberEntry>,
    mut commands: Commands,
) {
    let Ok(step) = steps.get(on.entity) else {
        return;
    };
    for entity in parents.iter_ancestors(on.entity) {
        if let Ok(number) = numbers.get(entity) {
            commands.trigger(FillEntry { entity, text: show(number.slide.stepped(step.0)) });
            return;
        }
    }
}

/// Says why a typed number does not count.
fn write_note(
    numbers: Query<(Entity, &NumberEntry, &Entry), Or<(Changed<NumberEntry>, Changed<Entry>)>>,
    children: Query<&Children>,
    mut lines: Query<&mut Text, (With<Note>, With<Spoken>)>,
    mut nodes: Query<&mut AccessibilityNode>,
) {
    for (entity, number, entry) in &numbers {
        let wrong = !entry.value.trim().is_empty() && number.slide.value.is_none();
        let words = if wrong {
            format!("A number from {} to {}, please.", show(number.slide.min), show(number.slide.max))
        } else {
            String::new()
        };
        for part in children.iter_descendants(entity) {
            if let Ok(mut text) = lines.get_mut(part)
                && text.0 != words
            {
                text.0.clone_from(&words);
            }
            if let Ok(mut node) = nodes.get_mut(part)
                && node.role() == Role::TextInput
            {
                if wrong {
                    node.set_invalid(accesskit::Invalid::True);
                } else {
                    node.clear_invalid();
                }
            }
        }
    }
}
