//! The tree as elements of a web page: which element stands for which part, with which attributes, in reading order.
//!
//! A canvas is silent, so the web build lays these elements over it (`assets/web/mirror.js`). What they are is decided here and only here, by
//! a pure function of the [`Tree`](super::Tree): the page's script puts them in place and knows nothing of a quiz. Roles and states live in
//! attributes that the game sets, never in a control of the browser's that would have a state of its own.

use std::collections::{HashMap, HashSet};

use accesskit::{Action, Invalid, Node as Access, NodeId, Role, Toggled, TreeUpdate};
use serde::Serialize;

/// One element.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Element {
    /// Stays the same as long as the part does, so that the focus and a reader's place stay, too.
    pub id: String,
    /// The element's name: `button`, `h1` …
    pub tag: &'static str,
    /// Attributes, in a fixed order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(&'static str, String)>,
    /// What is written in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is said of it beside its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What stands in a field; where a slider stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The ends of what is selected in a field, in UTF-16 units as the browser counts: the end that stays, and the cursor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection: Option<(usize, usize)>,
    /// Left, top, width and height on the canvas in CSS pixels; none for what only holds others together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<[i32; 4]>,
    /// Whether it can have the focus.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub focusable: bool,
    /// What is in it, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The document's title: the screen, and the game.
    pub title: String,
    /// The language of it all.
    pub language: String,
    /// What is said in a pause.
    pub polite: String,
    /// What is said at once.
    pub assertive: String,
    /// The element with the focus; empty if none has it.
    pub focus: String,
    /// What stands at the top, by id.
    pub top: Vec<String>,
    /// The elements, a part before what holds it.
    pub elements: Vec<Element>,
}

/// What is different from the page before: what `mirror.js` gets.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes<'p> {
    /// See [`Page::title`].
    pub title: &'p str,
    /// See [`Page::language`].
    pub language: &'p str,
    /// See [`Page::polite`].
    pub polite: &'p str,
    /// See [`Page::assertive`].
    pub assertive: &'p str,
    /// See [`Page::focus`].
    pub focus: &'p str,
    /// See [`Page::top`].
    pub top: &'p [String],
    /// Elements that are new or different.
    pub elements: Vec<&'p Element>,
    /// Elements that are no more.
    pub gone: Vec<&'p str>,
    /// How many of the page's requests have been answered in this.
    pub answered: u32,
}

impl Page {
    /// What is different from the page before.
    #[must_use]
    pub fn since<'p>(&'p self, before: &'p Self, answered: u32) -> Changes<'p> {
        let old: HashMap<&str, &Element> =
            before.elements.iter().map(|element| (element.id.as_str(), element)).collect();
        let now: HashSet<&str> = self.elements.iter().map(|element| element.id.as_str()).collect();
        Changes {
            title: &self.title,
            language: &self.language,
            polite: &self.polite,
            assertive: &self.assertive,
            focus: &self.focus,
            top: &self.top,
            elements: self.elements.iter().filter(|element| old.get(element.id.as_str()) != Some(element)).collect(),
            gone: before.elements.iter().map(|element| element.id.as_str()).filter(|id| !now.contains(id)).collect(),
            answered,
        }
    }
}

/// An element's id: the part's own number, so that a request can name it.
#[must_use]
pub fn id_of(node: NodeId) -> String {
    format!("{:x}", node.0)
}

/// The part that an element stands for; `None` for what is no part's id.
#[must_use]
pub fn node_of(id: &str) -> Option<NodeId> {
    u64::from_str_radix(id, 16).ok().map(NodeId)
}

/// The page for a tree; `scale` is how many of the tree's pixels make one of CSS.
#[must_use]
pub fn page(update: &TreeUpdate, scale: f64) -> Page {
    let nodes: HashMap<NodeId, &Access> = update.nodes.iter().map(|(id, node)| (*id, node)).collect();
    let mut page = Page::default();
    let Some((_, root)) = update.nodes.iter().find(|(_, node)| node.role() == Role::Window) else {
        return page;
    };
    let name = root.label().unwrap_or_default();
    root.language().unwrap_or_default().clone_into(&mut page.language);
    let mut writer = Writer { nodes, scale, elements: Vec::new() };
    let mut screen = None;
    for id in root.children() {
        let Some(node) = writer.nodes.get(id).copied() else { continue };
        let said = || node.label().unwrap_or_default().to_owned();
        match node.role() {
            // These two stand in the page for good: a reader hears of changes only in what it has known before.
            Role::Status => page.polite = said(),
            Role::Alert => page.assertive = said(),
            role => {
                if screen.is_none() && matches!(role, Role::Group | Role::Dialog) {
                    screen = node.label();
                }
                let mut top = writer.write(*id, node, Within::Page);
                page.top.append(&mut top);
            }
        }
    }
    page.title = match screen {
        Some(screen) if screen != name => format!("{screen} · {name}"),
        _ => name.to_owned(),
    };
    page.elements = writer.elements;
    if update.nodes.iter().any(|(id, node)| *id == update.focus && node.role() != Role::Window) {
        page.focus = id_of(update.focus);
    }
    page
}

/// What an element stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Page,
    Part,
    List,
}

struct Writer<'t> {
    nodes: HashMap<NodeId, &'t Access>,
    scale: f64,
    elements: Vec<Element>,
}

impl Writer<'_> {
    /// Writes a part and all that is in it; the ids of what stands for it.
    fn write(&mut self, id: NodeId, node: &Access, within: Within) -> Vec<String> {
        let mut element = Element {
            id: id_of(id),
            place: node.bounds().map(|bounds| self.place(bounds)),
            focusable: node.supports_action(Action::Focus),
            ..Element::default()
        };
        dress(&mut element, node, within);
        let holds = self.holds(node);
        if holds == Within::List {
            element.tag = "ul";
            // Named, for some readers keep silent about a list that is drawn without points.
            element.attributes.retain(|(name, _)| *name != "role");
            element.attributes.insert(0, ("role", "list".to_owned()));
        }
        if node.role() != Role::TextInput {
            for child in node.children() {
                let Some(part) = self.nodes.get(child).copied() else { continue };
                let mut below = self.write(*child, part, holds);
                element.children.append(&mut below);
            }
        }
        if !element.children.is_empty() {
            element.place = None;
        }
        let item = within == Within::List && element.tag != "li";
        let mut own = element.id.clone();
        self.elements.push(element);
        if item {
            // Only items may stand in a list.
            let inside = std::mem::take(&mut own);
            own = format!("i{inside}");
            self.elements.push(Element { id: own.clone(), tag: "li", children: vec![inside], ..Element::default() });
        }
        vec![own]
    }

    /// A list of items; also a group whose parts are told their place, which a button alone cannot be.
    fn holds(&self, node: &Access) -> Within {
        let is_item = |child: &&Access| child.position_in_set().is_some() || child.role() == Role::ListItem;
        let items = || node.children().iter().filter_map(|child| self.nodes.get(child)).any(is_item);
        if node.role() == Role::List || node.role() == Role::Group && items() { Within::List } else { Within::Part }
    }

    #[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
    fn place(&self, bounds: accesskit::Rect) -> [i32; 4] {
        let [left, top] = [bounds.x0, bounds.y0].map(|at| (at / self.scale).round() as i32);
        let [right, bottom] = [bounds.x1, bounds.y1].map(|at| (at / self.scale).round() as i32);
        [left, top, (right - left).max(0), (bottom - top).max(0)]
    }
}

type Attributes = Vec<(&'static str, String)>;

/// The element's tag, attributes and words.
fn dress(element: &mut Element, node: &Access, within: Within) {
    let label = node.label().unwrap_or_default();
    element.description = node.description().map(str::to_owned);
    let mut words = None;
    (element.tag, element.attributes) = match node.role() {
        Role::Heading => {
            words = Some(label.to_owned());
            (["h1", "h2", "h3", "h4", "h5", "h6"][node.level().unwrap_or(1).clamp(1, 6) - 1], Vec::new())
        }
        Role::Button | Role::Link | Role::CheckBox | Role::Switch | Role::RadioButton => {
            words = Some(label.to_owned());
            ("button", press(node))
        }
        Role::Slider => {
            element.value = node.numeric_value().map(|value| value.to_string());
            ("input", slider(node))
        }
        Role::TextInput => {
            let value = node.value().unwrap_or_default();
            let units = |characters: usize| value.chars().take(characters).map(char::len_utf16).sum();
            element.value = Some(value.to_owned());
            element.selection = node
                .text_selection()
                .map(|ends| (units(ends.anchor.character_index), units(ends.focus.character_index)));
            ("input", field(node))
        }
        Role::Group | Role::RadioGroup | Role::Dialog | Role::List => group(node, within),
        Role::ListItem => {
            // What has been said beside a control's name is what counts now: "Right answer".
            let said = [label, element.description.as_deref().unwrap_or_default()];
            let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
            words = (!said.is_empty()).then(|| said.join(". "));
            element.description = None;
            (if within == Within::List { "li" } else { "p" }, Vec::new())
        }
        Role::ProgressIndicator => ("div", progress(node)),
        Role::Image => ("div", vec![("role", "img".to_owned()), ("aria-label", label.to_owned())]),
        // Lines, and figures that are drawn: what they say.
        _ => {
            words = Some(if label.is_empty() { node.value().unwrap_or_default() } else { label }.to_owned());
            ("p", Vec::new())
        }
    };
    if node.is_disabled() {
        element.attributes.push(("aria-disabled", "true".to_owned()));
    }
    element.text = words;
}

/// What is pressed. Ticks and choices are buttons, too, with a role of theirs: a box of the browser's would tick itself.
fn press(node: &Access) -> Attributes {
    let role = match node.role() {
        Role::CheckBox => Some("checkbox"),
        Role::Switch => Some("switch"),
        Role::RadioButton => Some("radio"),
        _ => None,
    };
    let mut attributes = vec![("type", "button".to_owned())];
    if let Some(role) = role {
        attributes.push(("role", role.to_owned()));
        attributes.push(("aria-checked", state(node.toggled().unwrap_or(Toggled::False))));
    } else if let Some(on) = node.toggled() {
        attributes.push(("aria-pressed", state(on)));
    }
    attributes
}

fn slider(node: &Access) -> Attributes {
    let mut attributes =
        vec![("type", "range".to_owned()), ("aria-label", node.label().unwrap_or_default().to_owned())];
    let numbers =
        [("min", node.min_numeric_value()), ("max", node.max_numeric_value()), ("step", node.numeric_value_step())];
    attributes.extend(numbers.into_iter().filter_map(|(name, value)| Some((name, value?.to_string()))));
    attributes.extend(node.value().map(|said| ("aria-valuetext", said.to_owned())));
    attributes
}

fn field(node: &Access) -> Attributes {
    let mut attributes: Attributes = [
        ("type", "text"),
        ("aria-label", node.label().unwrap_or_default()),
        ("inputmode", keys(node)),
        ("autocomplete", "off"),
        ("autocapitalize", "off"),
        ("autocorrect", "off"),
        ("spellcheck", "false"),
        ("enterkeyhint", "go"),
    ]
    .into_iter()
    .map(|(name, value)| (name, value.to_owned()))
    .collect();
    if node.invalid() == Some(Invalid::True) {
        attributes.push(("aria-invalid", "true".to_owned()));
    }
    attributes
}

fn group(node: &Access, within: Within) -> (&'static str, Attributes) {
    let label = node.label().unwrap_or_default();
    let (tag, role) = match node.role() {
        Role::RadioGroup => ("div", Some("radiogroup")),
        Role::Dialog => ("div", Some("dialog")),
        Role::List => ("ul", None),
        _ if within == Within::Page && !label.is_empty() => ("section", None),
        _ => ("div", Some("group")),
    };
    let mut attributes: Attributes = role.map(|role| ("role", role.to_owned())).into_iter().collect();
    if !label.is_empty() {
        attributes.push(("aria-label", label.to_owned()));
    }
    if node.is_modal() {
        attributes.push(("aria-modal", "true".to_owned()));
    }
    (tag, attributes)
}

fn progress(node: &Access) -> Attributes {
    let mut attributes =
        vec![("role", "progressbar".to_owned()), ("aria-label", node.label().unwrap_or_default().to_owned())];
    let numbers = [
        ("aria-valuenow", node.numeric_value()),
        ("aria-valuemin", node.min_numeric_value()),
        ("aria-valuemax", node.max_numeric_value()),
    ];
    attributes.extend(numbers.into_iter().filter_map(|(name, value)| Some((name, value?.to_string()))));
    attributes.extend(node.value().map(|said| ("aria-valuetext", said.to_owned())));
    attributes
}

fn state(on: Toggled) -> String {
    match on {
        Toggled::True => "true",
        Toggled::False => "false",
        Toggled::Mixed => "mixed",
    }
    .to_owned()
}

/// Which soft keyboard a field asks for. Those for numbers have no minus on some phones.
fn keys(node: &Access) -> &'static str {
    let (Some(least), Some(_)) = (node.min_numeric_value(), node.max_numeric_value()) else {
        return "text";
    };
    let whole = node.numeric_value_step().is_some_and(|step| step.fract() == 0.);
    match (least < 0., whole) {
        (true, _) => "text",
        (false, true) => "numeric",
        (false, false) => "decimal",
    }
}
