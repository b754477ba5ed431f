//! What is said without moving the focus: two live regions, one that waits its turn and one that does not.

use accesskit::{Live, Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;

/// Says something when there is a pause in what is being said: `announcements.write(Announce("Right. Plus 1,000.".into()))`.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Announce(pub String);

/// Says something at once, over whatever is being said: time runs out.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Interrupt(pub String);

#[derive(Component)]
struct Polite;
#[derive(Component)]
struct Assertive;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Announce>()
        .add_message::<Interrupt>()
        .add_systems(Startup, spawn)
        .add_systems(PostUpdate, announce.before(bevy::ui::UiSystems::Prepare));
}

fn spawn(mut commands: Commands) {
    let region = |role, live| {
        let mut node = Access::new(role);
        node.set_live(live);
        AccessibilityNode(node)
    };
    commands.spawn((Polite, Name::new("Announcements"), region(Role::Status, Live::Polite)));
    commands.spawn((Assertive, Name::new("Interruptions"), region(Role::Alert, Live::Assertive)));
}

fn announce(
    mut polite: MessageReader<Announce>,
    mut assertive: MessageReader<Interrupt>,
    mut waits: Query<&mut AccessibilityNode, (With<Polite>, Without<Assertive>)>,
    mut interrupts: Query<&mut AccessibilityNode, With<Assertive>>,
) {
    let words: Vec<&str> = polite.read().map(|message| message.0.as_str()).collect();
    for mut node in &mut waits {
        say(&mut node, &words);
    }
    let words: Vec<&str> = assertive.read().map(|message| message.0.as_str()).collect();
    for mut node in &mut interrupts {
        say(&mut node, &words);
    }
}

/// The name is what every platform reads from a live region; a value is not.
fn say(node: &mut AccessibilityNode, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    let mut name = words.join(" ");
    // The same words twice are said twice: a space more makes them new.
    if node.label() == Some(name.as_str()) {
        name.push(' ');
    }
    node.set_label(name);
}
