//! The tree that assistive technology reads: built from the page, in reading order, without what only holds other things together.
//!
//! A control is a leaf: what is written in it beside its name is its description. What is hidden is left out, and so is text without words.

use accesskit::{
    Action, Node as Access, NodeId, Rect, Role, TextDirection, TextPosition, TextSelection, Toggled, TreeId, TreeUpdate,
};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::input_focus::InputFocus;
use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui::{ComputedNode, UiGlobalTransform};
use bevy::window::PrimaryWindow;

use super::super::focus::{Shown, Spent};
use super::super::text;
use super::super::widgets::Chosen;
use super::super::widgets::scroll::Scroller;

/// A container each of whose parts is told its place: "2 of 5". The parts of a [`list`] and of a radio group are so anyhow.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Counted;

fn named(role: Role, name: impl Into<String>) -> AccessibilityNode {
    let mut node = Access::new(role);
    node.set_label(name.into());
    AccessibilityNode(node)
}

/// A group with a name, on the node that holds its parts.
pub fn group(name: impl Into<String>) -> impl Bundle {
    named(Role::Group, name)
}

/// A list with a name, on the node that holds its items.
pub fn list(name: impl Into<String>) -> impl Bundle {
    named(Role::List, name)
}

/// An item of a list, on the node that holds its parts.
#[must_use]
pub fn list_item() -> impl Bundle {
    AccessibilityNode(Access::new(Role::ListItem))
}

type Part = (
    &'static AccessibilityNode,
    Option<&'static ComputedNode>,
    Option<&'static UiGlobalTransform>,
    Option<&'static EditableText>,
    Has<Spent>,
    Has<Chosen>,
    Has<Counted>,
    Has<Scroller>,
);

/// Reads the tree off the page.
#[derive(SystemParam)]
pub struct Tree<'w, 's> {
    windows: Query<'w, 's, (Entity, &'static Window), With<PrimaryWindow>>,
    shown: Shown<'w, 's>,
    parts: Query<'w, 's, Part>,
    scrollers: Query<'w, 's, (), With<Scroller>>,
    focus: Res<'w, InputFocus>,
}

/// A tree in the making.
struct Growing {
    nodes: Vec<(NodeId, Access)>,
    /// Within an area that scrolls.
    scrolls: bool,
}

impl Growing {
    fn named(&self, id: NodeId) -> Option<(Role, &str)> {
        let (_, node) = self.nodes.iter().find(|(other, _)| *other == id)?;
        let words = if node.role() == Role::Label { node.value() } else { node.label() };
        words.map(|words| (node.role(), words))
    }

    /// A line that stands before a control and says its name again is for the eye.
    fn drop_captions(&mut self, siblings: &mut Vec<NodeId>) {
        let twice = |pair: &[NodeId]| {
            let (line, control) = (self.named(pair[0])?, self.named(pair[1])?);
            (line.0 == Role::Label && control.0 != Role::Label && line.1 == control.1).then_some(pair[0])
        };
        let dropped: Vec<NodeId> = siblings.windows(2).filter_map(twice).collect();
        siblings.retain(|id| !dropped.contains(id));
        self.nodes.retain(|(id, _)| !dropped.contains(id));
    }
}

impl Tree<'_, '_> {
    /// The window, and the whole tree in it; `None` when there is no window any more.
    #[must_use]
    pub fn build(&self) -> Option<(Entity, TreeUpdate)> {
        let (window, face) = self.windows.single().ok()?;
        let mut growing = Growing { nodes: Vec::new(), scrolls: false };
        let mut below = Vec::new();
        for root in self.shown.roots() {
            self.gather(root, &mut growing, &mut below);
        }
        let mut root = Access::new(Role::Window);
        root.set_label(face.title.as_str());
        root.set_language(text::LANGUAGE);
        root.set_children(below);
        let id = NodeId(window.to_bits());
        let mut nodes = growing.nodes;
        // A focus that is not in the tree would silence it: then the window has it.
        let focus = self.focus.get().map(|entity| NodeId(entity.to_bits()));
        let focus = focus.filter(|focus| nodes.iter().any(|(id, _)| id == focus)).unwrap_or(id);
        nodes.push((id, root));
        Some((window, TreeUpdate { nodes, tree: None, tree_id: TreeId::ROOT, focus }))
    }

    fn gather(&self, entity: Entity, growing: &mut Growing, siblings: &mut Vec<NodeId>) {
        if self.shown.is_gone(entity) {
            return;
        }
        let outside = growing.scrolls;
        growing.scrolls |= self.scrollers.contains(entity);
        match self.parts.get(entity) {
            Ok((access, ..)) if access.is_hidden() => {}
            Ok(part) if speaks(part.0) => {
                let node = self.node(entity, part, growing);
                let id = NodeId(entity.to_bits());
                growing.nodes.push((id, node));
                siblings.push(id);
            }
            _ => {
                for child in self.shown.parts(entity) {
                    self.gather(child, growing, siblings);
                }
            }
        }
        growing.scrolls = outside;
    }

    fn node(
        &self,
        entity: Entity,
        (access, place, transform, field, spent, chosen, counted, _): <Part as bevy::ecs::query::QueryData>::Item<
            '_,
            '_,
        >,
        growing: &mut Growing,
    ) -> Access {
        let mut node = access.0.clone();
        if spent {
            node.set_role(Role::ListItem);
            node.clear_actions();
            node.clear_disabled();
            node.clear_toggled();
        }
        node.clear_transform();
        if let (Some(place), Some(transform)) = (place, transform) {
            let rect = bevy::math::Rect::from_center_size(transform.translation, place.size());
            let [x0, y0, x1, y1] = [rect.min.x, rect.min.y, rect.max.x, rect.max.y].map(f64::from);
            node.set_bounds(Rect { x0, y0, x1, y1 });
        }
        if growing.scrolls {
            node.add_action(Action::ScrollIntoView);
        }
        if let Some(field) = field {
            write_field(entity, field, &mut node, growing);
        } else if is_leaf(&node, spent) {
            if chosen && node.role() == Role::Button && node.toggled().is_none() {
                node.set_toggled(Toggled::True);
            }
            if node.role() == Role::Slider {
                node.remove_action(Action::Click);
            }
            if !matches!(node.role(), Role::Meter | Role::Image) {
                self.describe(entity, &mut node);
            }
        } else {
            let mut below = Vec::new();
            for child in self.shown.parts(entity) {
                self.gather(child, growing, &mut below);
            }
            growing.drop_captions(&mut below);
            if counted || matches!(node.role(), Role::List | Role::RadioGroup) {
                let mut size = 0;
                for id in &below {
                    // Words between the parts are none of them.
                    let part = growing.nodes.iter_mut().find(|(other, _)| other == id);
                    if let Some((_, part)) = part.filter(|(_, part)| part.role() != Role::Label) {
                        part.set_position_in_set(size);
                        size += 1;
                    }
                }
                node.set_size_of_set(size);
            }
            node.set_children(below);
        }
        node
    }

    /// What stands in a control beside its name.
    fn describe(&self, entity: Entity, node: &mut Access) {
        // A button's value reaches nobody; its description does.
        let value = node.value().filter(|_| node.role() == Role::Button).map(str::to_owned);
        if value.is_some() {
            node.clear_value();
        }
        let mut said: Vec<String> = value.into_iter().chain(node.description().map(str::to_owned)).collect();
        let mut inside = Vec::new();
        self.words_in(entity, &mut inside);
        let name = node.label().unwrap_or_default().to_owned();
        said.extend(inside.into_iter().filter(|words| !name.contains(words.as_str())));
        if !said.is_empty() {
            node.set_description(said.join(". "));
        }
    }

    fn words_in(&self, entity: Entity, words: &mut Vec<String>) {
        for child in self.shown.parts(entity).filter(|child| !self.shown.is_gone(*child)) {
            if let Ok((access, ..)) = self.parts.get(child)
                && speaks(access)
            {
                words.extend(access.label().or(access.value()).map(str::to_owned));
            }
            self.words_in(child, words);
        }
    }
}

/// A field's text as a run of its own, so that its cursor can be followed and moved.
fn write_field(entity: Entity, field: &EditableText, node: &mut Access, growing: &mut Growing) {
    let text = field.editor().raw_text();
    let id = run_of(entity);
    let mut run = Access::new(Role::TextRun);
    run.set_value(text);
    // A character is at most four bytes long.
    let lengths: Vec<u8> = text.chars().map(|c| u8::try_from(c.len_utf8()).unwrap_or(1)).collect();
    run.set_character_lengths(lengths);
    run.set_word_starts(word_starts(text));
    run.set_text_direction(TextDirection::LeftToRight);
    if let Some(bounds) = node.bounds() {
        run.set_bounds(bounds);
    }
    let at = |byte: usize| TextPosition {
        node: id,
        character_index: text.char_indices().take_while(|(start, _)| *start < byte).count(),
    };
    let selection = field.editor().raw_selection();
    node.set_text_selection(TextSelection {
        anchor: at(selection.anchor().index()),
        focus: at(selection.focus().index()),
    });
    node.set_value(text);
    node.add_action(Action::SetTextSelection);
    node.set_children(vec![id]);
    growing.nodes.push((id, run));
}

/// An entity's bits never begin with so many ones before its place has been used two thousand million times.
fn run_of(field: Entity) -> NodeId {
    NodeId(!field.to_bits())
}

fn word_starts(text: &str) -> Vec<u8> {
    let mut before = ' ';
    let mut starts = Vec::new();
    for (place, c) in (0..=u8::MAX).zip(text.chars()) {
        if before.is_whitespace() && !c.is_whitespace() {
            starts.push(place);
        }
        before = c;
    }
    starts
}

/// Whether there is anything to say of it; what only holds other things together is passed over.
fn speaks(node: &Access) -> bool {
    let silent = |words: Option<&str>| words.is_none_or(str::is_empty);
    match node.role() {
        Role::Unknown | Role::GenericContainer => false,
        Role::Label => !silent(node.value()),
        Role::Image | Role::Status | Role::Alert | Role::Heading | Role::Meter => !silent(node.label()),
        _ => !node.is_hidden(),
    }
}

/// Controls, pictures of a figure, and what has been a control.
fn is_leaf(node: &Access, spent: bool) -> bool {
    spent
        || matches!(
            node.role(),
            Role::Button
                | Role::CheckBox
                | Role::RadioButton
                | Role::Slider
                | Role::Switch
                | Role::Link
                | Role::Meter
                | Role::Image
        )
}
