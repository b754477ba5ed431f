//! A screen reader, as far as a test needs one: it knows the game only by the tree that the window hands over, and acts only through it.
//!
//! The tree is kept by the crate that the systems' adapters are built on, so that what they would refuse is refused here.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use accesskit::{Action, ActionData, ActionRequest, Live, Role, Toggled, Tree as TreeData, TreeUpdate};
use accesskit_consumer::{Node, NodeId, Tree, TreeChangeHandler, common_filter};
use bevy::a11y::ActionRequest as Request;

use crate::harness::Game;

/// The reader, at the game.
pub struct Reader {
    pub game: Game,
    tree: Tree,
    /// The tree as the window handed it over last.
    pub update: TreeUpdate,
    /// What was said without being asked for, in order: announcements, and what has got the focus.
    pub heard: Vec<String>,
}

#[derive(Default)]
struct Ear(Vec<String>);

impl TreeChangeHandler for Ear {
    fn node_added(&mut self, node: &Node) {
        self.live(node, None);
    }

    fn node_updated(&mut self, old: &Node, new: &Node) {
        self.live(new, name(old).as_deref());
    }

    fn focus_moved(&mut self, _: Option<&Node>, new: Option<&Node>) {
        if let Some(node) = new {
            self.0.push(format!("focus: {}", name(node).unwrap_or_default()));
        }
    }

    fn node_removed(&mut self, _: &Node) {}
}

impl Ear {
    /// As the adapters do it: a live region speaks when its name changes.
    fn live(&mut self, node: &Node, before: Option<&str>) {
        let how = match node.live() {
            Live::Off => return,
            Live::Polite => "polite",
            Live::Assertive => "assertive",
        };
        if let Some(name) = name(node).filter(|name| Some(name.as_str()) != before && !name.is_empty()) {
            self.0.push(format!("{how}: {name}"));
        }
    }
}

fn name(node: &Node) -> Option<String> {
    if node.label_comes_from_value() { node.value() } else { node.label() }
}

impl Reader {
    /// Starts to read a game.
    pub fn over(mut game: Game) -> Self {
        let (window, mut update) = game.access().expect("a window");
        update.tree = Some(TreeData::new(accesskit::NodeId(window.to_bits())));
        Self { game, update: update.clone(), tree: Tree::new(update, true), heard: Vec::new() }
    }

    /// A frame, and what changed with it.
    pub fn frame(&mut self) -> &mut Self {
        self.game.frame();
        let (_, update) = self.game.access().expect("a window");
        self.update.clone_from(&update);
        let mut ear = Ear::default();
        self.tree.update_and_process_changes(update, &mut ear);
        self.heard.extend(ear.0);
        self
    }

    pub fn settle(&mut self) -> &mut Self {
        for _ in 0..4 {
            self.frame();
        }
        self
    }

    /// Frames until something of this name is there: question files and the journal have threads of their own.
    #[track_caller]
    pub fn until(&mut self, wanted: &str) -> &mut Self {
        let start = Instant::now();
        while !self.dump().contains(wanted) {
            assert!(start.elapsed() < Duration::from_secs(20), "No “{wanted}”.\n{}", self.dump());
            std::thread::sleep(Duration::from_millis(2));
            self.frame();
        }
        self.settle()
    }

    fn walk(&self, visit: &mut impl FnMut(usize, &Node)) {
        fn down(node: &Node, depth: usize, visit: &mut impl FnMut(usize, &Node)) {
            visit(depth, node);
            for child in node.filtered_children(common_filter) {
                down(&child, depth + 1, visit);
            }
        }
        down(&self.tree.state().root(), 0, visit);
    }

    /// The names of everything of this role, in reading order.
    pub fn names(&self, role: Role) -> Vec<String> {
        let mut names = Vec::new();
        self.walk(&mut |_, node| {
            if node.role() == role {
                names.extend(name(node));
            }
        });
        names
    }

    /// Whether there is one of this role and name.
    pub fn has(&self, role: Role, wanted: &str) -> bool {
        self.names(role).iter().any(|name| name == wanted)
    }

    #[track_caller]
    fn find(&self, role: Role, wanted: &str) -> NodeId {
        let mut found = Vec::new();
        self.walk(&mut |_, node| {
            if node.role() == role && name(node).as_deref() == Some(wanted) {
                found.push(node.id());
            }
        });
        assert_eq!(found.len(), 1, "{role:?} “{wanted}”\n{}", self.dump());
        found[0]
    }

    /// Asks for an action that the node offers.
    #[track_caller]
    pub fn act(&mut self, role: Role, wanted: &str, action: Action, data: Option<ActionData>) -> &mut Self {
        let id = self.find(role, wanted);
        let node = self.tree.state().node_by_id(id).expect("a node");
        assert!(node.supports_action(action, &common_filter), "{role:?} “{wanted}” offers no {action:?}");
        let (target_node, target_tree) = node.locate();
        self.game.app.world_mut().write_message(Request(ActionRequest { action, target_tree, target_node, data }));
        self.settle()
    }

    /// Presses it.
    #[track_caller]
    pub fn press(&mut self, role: Role, wanted: &str) -> &mut Self {
        self.act(role, wanted, Action::Click, None)
    }

    /// The whole tree, a line a node.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        self.walk(&mut |depth, node| {
            let _ = write!(out, "{:width$}{:?}", "", node.role(), width = depth * 2);
            if let Some(name) = name(node) {
                let _ = write!(out, " “{name}”");
            }
            for fact in facts(node) {
                let _ = write!(out, " {fact}");
            }
            out.push('\n');
        });
        out
    }

    /// Every part in reading order: role, name, description.
    pub fn parts(&self) -> Vec<(Role, String, String)> {
        let mut parts = Vec::new();
        self.walk(&mut |_, node| {
            let description = node.description().unwrap_or_default();
            parts.push((node.role(), name(node).unwrap_or_default(), description));
        });
        parts
    }

    /// What can be pressed, focused or set, and has no name.
    pub fn nameless(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.walk(&mut |_, node| {
            let acts = [Action::Click, Action::Focus, Action::SetValue];
            if acts.iter().any(|act| node.data().supports_action(*act)) && name(node).is_none_or(|name| name.is_empty())
            {
                found.push(format!("{:?}", node.role()));
            }
        });
        found
    }

    /// Every node's place, in reading order: role, name, bounds, and whether it scrolls.
    pub fn places(&self) -> Vec<(Role, String, accesskit::Rect, bool)> {
        let mut places = Vec::new();
        self.walk(&mut |_, node| {
            if let Some(bounds) = node.bounding_box()
                && node.filtered_children(common_filter).next().is_none()
            {
                let scrolls = node.data().supports_action(Action::ScrollIntoView);
                places.push((node.role(), name(node).unwrap_or_default(), bounds, scrolls));
            }
        });
        places
    }
}

fn facts(node: &Node) -> Vec<String> {
    let mut facts = Vec::new();
    if !node.label_comes_from_value()
        && let Some(value) = node.raw_value()
    {
        facts.push(format!("value “{value}”"));
    }
    if let Some(value) = node.numeric_value() {
        facts.push(format!("at {value}"));
    }
    if let (Some(least), Some(most)) = (node.min_numeric_value(), node.max_numeric_value()) {
        facts.push(format!("from {least} to {most}"));
    }
    if let Some(step) = node.numeric_value_step() {
        facts.push(format!("by {step}"));
    }
    if let Some(description) = node.description() {
        facts.push(format!("({description})"));
    }
    if let Some(level) = node.level() {
        facts.push(format!("level {level}"));
    }
    if let Some(place) = node.position_in_set() {
        let size = node.size_of_set_from_container(&common_filter).unwrap_or_default();
        facts.push(format!("{} of {size}", place + 1));
    }
    match node.toggled() {
        Some(Toggled::True) => facts.push("on".into()),
        Some(Toggled::False) => facts.push("off".into()),
        Some(Toggled::Mixed) => facts.push("mixed".into()),
        None => {}
    }
    if let Some(selection) = node.raw_text_selection() {
        facts.push(format!("cursor at {}", selection.focus.character_index));
    }
    match node.live() {
        Live::Off => {}
        live => facts.push(format!("live {live:?}").to_lowercase()),
    }
    for (is, word) in [(node.is_modal(), "modal"), (node.is_disabled(), "disabled"), (node.is_focused(), "FOCUS")] {
        if is {
            facts.push(word.into());
        }
    }
    let offers: Vec<String> = [
        (Action::Click, "click"),
        (Action::Focus, "focus"),
        (Action::Increment, "increment"),
        (Action::Decrement, "decrement"),
        (Action::SetValue, "set value"),
        (Action::SetTextSelection, "select"),
    ]
    .into_iter()
    .filter(|(action, _)| node.supports_action(*action, &common_filter))
    .map(|(_, word)| word.to_owned())
    .collect();
    if !offers.is_empty() {
        facts.push(format!("[{}]", offers.join(", ")));
    }
    facts
}
