//! The tree as elements of a page: what the web build's mirror shows says the same as the tree does, in the same order, in sound HTML.

use std::collections::{HashMap, HashSet};

use accesskit::Role;
use bevy::ecs::system::RunSystemOnce;
use roundtable::bank::Kind;
use roundtable::game::a11y::page::{Element, Page, id_of, node_of, page};
use roundtable::game::focus::Focusables;
use roundtable::game::text;

use crate::access::Timed;
use crate::reader::Reader;

/// The page as it would be now.
fn now(reader: &Reader) -> Page {
    page(&reader.update, 1.)
}

fn by_id(page: &Page) -> HashMap<&str, &Element> {
    page.elements.iter().map(|element| (element.id.as_str(), element)).collect()
}

/// Every element in reading order, with what holds it.
fn walk<'p>(page: &'p Page, visit: &mut impl FnMut(&'p Element, Option<&'p Element>)) {
    fn down<'p>(
        ids: &'p [String],
        holder: Option<&'p Element>,
        all: &HashMap<&str, &'p Element>,
        visit: &mut impl FnMut(&'p Element, Option<&'p Element>),
    ) {
        for id in ids {
            let element = all.get(id.as_str()).unwrap_or_else(|| panic!("no element {id}"));
            visit(element, holder);
            down(&element.children, Some(element), all, visit);
        }
    }
    down(&page.top, None, &by_id(page), visit);
}

fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
}

fn name(element: &Element) -> &str {
    attribute(element, "aria-label").or(element.text.as_deref()).unwrap_or_default()
}

fn role(element: &Element) -> &str {
    attribute(element, "role").unwrap_or(match element.tag {
        "section" => "region",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "li" => "listitem",
        "p" => "paragraph",
        "input" if attribute(element, "type") == Some("range") => "slider",
        "input" => "textbox",
        tag => tag,
    })
}

/// What assistive technology finds on a page for what it finds in the tree.
fn roles(role: Role) -> &'static [&'static str] {
    match role {
        Role::Group => &["region", "group", "list"],
        Role::Heading => &["heading"],
        Role::Label | Role::Meter => &["paragraph"],
        Role::Button => &["button"],
        Role::CheckBox => &["checkbox"],
        Role::RadioButton => &["radio"],
        Role::RadioGroup => &["radiogroup"],
        Role::Slider => &["slider"],
        Role::TextInput => &["textbox"],
        Role::List => &["list"],
        Role::ListItem => &["listitem"],
        Role::Image => &["img"],
        Role::ProgressIndicator => &["progressbar"],
        Role::Dialog => &["dialog"],
        _ => &[],
    }
}

/// What the page says otherwise than the tree, and what no browser would take.
pub fn faults(reader: &Reader) -> Vec<String> {
    let page = now(reader);
    let mut faults = Vec::new();
    let mut said = Vec::new();
    let mut seen = HashSet::new();
    walk(&page, &mut |element, holder| {
        if !seen.insert(element.id.clone()) {
            faults.push(format!("{} stands there twice", element.id));
        }
        let attributes: HashSet<_> = element.attributes.iter().map(|(name, _)| name).collect();
        if attributes.len() < element.attributes.len() {
            faults.push(format!("an attribute of “{}” stands there twice", name(element)));
        }
        let in_list = holder.is_some_and(|holder| holder.tag == "ul");
        if in_list != (element.tag == "li") {
            faults.push(format!("<{}> “{}” in <{:?}>", element.tag, name(element), holder.map(|holder| holder.tag)));
        }
        if holder.is_some_and(|holder| ["button", "input", "p", "h1", "h2"].contains(&holder.tag)) {
            faults.push(format!("“{}” stands in what holds nothing", name(element)));
        }
        if element.focusable && name(element).is_empty() {
            faults.push(format!("<{}> can have the focus, and has no name", element.tag));
        }
        // The items that a list's other parts stand in are the page's own.
        if node_of(&element.id).is_some() {
            said.push((role(element).to_owned(), name(element).to_owned()));
        }
    });
    let tree = reader.parts();
    let tree: Vec<_> =
        tree.iter().filter(|(role, ..)| ![Role::Window, Role::Status, Role::Alert].contains(role)).collect();
    if tree.len() != said.len() {
        faults.push(format!("the tree has {} parts, the page {}: {said:#?}", tree.len(), said.len()));
    }
    for ((role, name, description), (page_role, page_name)) in tree.iter().zip(&said) {
        let whole = match role {
            Role::ListItem => [name.as_str(), description]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join(". "),
            _ => name.clone(),
        };
        if !roles(*role).contains(&page_role.as_str()) || whole != *page_name {
            faults.push(format!("{role:?} “{whole}” is {page_role} “{page_name}” on the page"));
        }
    }
    faults
}

#[test]
fn tab_goes_through_a_page_as_it_goes_through_the_window() {
    let mut timed = Timed::start(&Kind::ALL, (1280, 720));
    for opener in [None, Some(text::SETTINGS), Some(text::QUESTION_FILES)] {
        if let Some(opener) = opener {
            timed.reader.press(Role::Button, opener);
        }
        let page = now(&timed.reader);
        let mut stops = Vec::new();
        walk(&page, &mut |element, _| stops.extend(element.focusable.then(|| element.id.clone())));
        let window = timed.reader.game.app.world_mut();
        let in_order = window.run_system_once(|all: Focusables| all.in_order()).expect("the controls");
        let in_order: Vec<String> = in_order.iter().map(|entity| id_of(accesskit::NodeId(entity.to_bits()))).collect();
        assert_eq!(stops, in_order, "{}", timed.reader.dump());
        assert!(stops.contains(&page.focus), "the focus is on one of them");
        if opener.is_some() {
            timed.reader.press(Role::Button, text::BACK);
        }
    }
}

#[test]
fn only_what_changed_is_sent() {
    let mut timed = Timed::start(&Kind::ALL, (1280, 720));
    timed.reader.press(Role::Button, text::SETTINGS);
    let before = now(&timed.reader);
    assert_eq!(before.title, "Settings · Roundtable");
    assert_eq!(before.language, text::LANGUAGE);
    let same = now(&timed.reader);
    assert!(same.since(&before, 0).elements.is_empty() && same.since(&before, 0).gone.is_empty());
    timed.reader.press(Role::RadioButton, "Reduced");
    let after = now(&timed.reader);
    let changes = after.since(&before, 7);
    let names: Vec<&str> = changes.elements.iter().map(|element| name(element)).collect();
    assert_eq!(names, ["Full", "Reduced"], "the two that have swapped their state");
    assert_eq!((changes.gone.len(), changes.answered), (0, 7));
    timed.reader.press(Role::Button, text::BACK);
    let left = now(&timed.reader);
    assert_eq!(left.since(&after, 8).gone.len(), after.elements.len(), "a screen goes with all that was on it");
    assert_eq!(left.title, "Roundtable");
}

#[test]
fn what_is_said_and_what_is_typed_has_its_place() {
    let mut timed = Timed::start(&[Kind::Number], (1280, 720));
    timed.begin();
    timed.reader.press(Role::Button, text::START).press(Role::Button, text::START_ROUND);
    let page = now(&timed.reader);
    assert!(page.polite.starts_with("Question 1 of 1. How many?"), "{}", page.polite);
    assert!(page.elements.iter().all(|element| name(element) != page.polite), "said, not shown");
    let all = by_id(&page);
    let field = all[page.focus.as_str()];
    assert_eq!((role(field), name(field), field.value.as_deref()), ("textbox", "Your answer", Some("")));
    assert_eq!(attribute(field, "inputmode"), Some("numeric"), "from 2 to 32, in whole numbers");
    let heading = page.elements.iter().find(|element| element.tag == "h1").expect("a heading");
    assert_eq!(name(heading), "How many?");
    let submit = page.elements.iter().find(|element| name(element) == text::SUBMIT).expect("a button");
    assert_eq!(
        (attribute(submit, "aria-disabled"), submit.description.as_deref()),
        (Some("true"), Some("Type a number"))
    );
}
