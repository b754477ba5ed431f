//! Drives the window's app as a person would: finds things by role and accessible name, presses real keys, moves a real pointer.
//!
//! ```ignore
//! let mut game = Game::start();
//! game.button("Play").click();
//! game.key(Key::Enter).expect_text("Choose your rounds");
//! ```
//!
//! What fails says why, with the tree of roles and names as it stands.

#![allow(dead_code, reason = "a vocabulary for all test modules")]

use std::fmt::Write as _;
use std::time::Duration;

use accesskit::{Action, ActionData, NodeId, Role, TreeId, TreeUpdate};
use bevy::a11y::{AccessibilityNode, ActionRequest};
use bevy::input::ButtonState;
use bevy::input::gamepad::{
    GamepadAxis, GamepadButton, GamepadConnection, GamepadConnectionEvent, RawGamepadAxisChangedEvent,
    RawGamepadButtonChangedEvent, RawGamepadEvent,
};
use bevy::input::keyboard::{Key, KeyCode, KeyboardInput, NativeKey};
use bevy::input::mouse::{MouseButton, MouseButtonInput};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::input_focus::InputFocus;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::text::{FontSize, RemSize, TextLayoutInfo};
use bevy::time::TimeUpdateStrategy;
use bevy::ui::{ComputedNode, UiGlobalTransform, UiScale};
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent, WindowResized};

use roundtable::game::a11y::Tree;
use roundtable::game::app::{Mode, Options, build};
use roundtable::game::focus::{Modal, Spent};
use roundtable::game::layout::TextScale;
use roundtable::game::library::Library;
use roundtable::game::motion::{Leaving, Tempo};
use roundtable::game::progress::FirstRun;
use roundtable::game::session::Clock;
use roundtable::game::widgets::Ring;
use roundtable::game::widgets::scroll::Scroller;
use roundtable::platform::Times;

/// The app under test.
pub struct Game {
    pub app: App,
    window: Entity,
    touches: u64,
    pad: Option<Entity>,
    /// What the match's clock shows, unless the test has set it.
    times: Times,
}

/// One thing on the screen.
pub struct Found<'g> {
    game: &'g mut Game,
    pub entity: Entity,
}

impl Game {
    /// The game at its title, in a window of 1280 × 720.
    pub fn start() -> Self {
        Self::sized(1280, 720)
    }

    /// The game in a window of this size.
    pub fn sized(width: u32, height: u32) -> Self {
        Self::with(Options { size: Some((width, height)), ..Options::default() })
    }

    /// The game with these options, as somebody who has played before sees it: "Play" leads to the set-up.
    pub fn with(options: Options) -> Self {
        Self::built(options, |app| {
            app.insert_resource(FirstRun(false));
        })
    }

    /// The game with these options, just as it comes up.
    pub fn as_it_is(options: Options) -> Self {
        Self::built(options, |_| {})
    }

    /// The game with these options, and with what the test puts in before the first frame.
    pub fn built(options: Options, prepare: impl FnOnce(&mut App)) -> Self {
        let mut app = build(options, Mode::Headless);
        // A loaded machine is no match that slept, and no player who let the time run out.
        let times = Times::now();
        app.insert_resource(Clock::Manual(times));
        prepare(&mut app);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(16)));
        // Everything moves as it does for a player, and is there in the next frame; tests of motion take its own time.
        app.insert_resource(Tempo(1000.));
        app.finish();
        app.cleanup();
        let window = app
            .world_mut()
            .query_filtered::<Entity, With<PrimaryWindow>>()
            .single(app.world())
            .expect("a primary window");
        let mut game = Self { app, window, touches: 0, pad: None, times };
        game.settle();
        game
    }

    /// A page of the test's own in place of the title.
    pub fn page(width: u32, height: u32, page: impl Bundle) -> Self {
        let mut game = Self::sized(width, height);
        // Question files that come later would bring the title back.
        for _ in 0..5000 {
            if !game.app.world().resource::<Library>().loading {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
            game.frame();
        }
        game.settle();
        let roots: Vec<Entity> = game
            .app
            .world_mut()
            .query_filtered::<Entity, (With<Node>, Without<ChildOf>)>()
            .iter(game.app.world())
            .collect();
        for root in roots {
            game.app.world_mut().despawn(root);
        }
        game.app.world_mut().spawn(page);
        game.settle();
        game
    }

    /// The text-size setting.
    pub fn text_scale(&mut self, scale: f32) -> &mut Self {
        self.app.insert_resource(TextScale(scale));
        self.settle()
    }

    /// Another size of window.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let (width, height) = (f32::from(width), f32::from(height));
        let window = self.window;
        if let Some(mut found) = self.app.world_mut().get_mut::<Window>(window) {
            found.resolution.set(width, height);
        }
        self.app.world_mut().write_message(WindowResized { window, width, height });
        self.settle()
    }

    /// One frame, a moment later.
    pub fn frame(&mut self) -> &mut Self {
        const MOMENT: Duration = Duration::from_millis(1);
        let Times { monotonic, wall } = self.times;
        if matches!(self.app.world().resource::<Clock>(), Clock::Manual(times) if *times == self.times) {
            self.times = Times { monotonic: monotonic + MOMENT, wall: wall + MOMENT };
            self.app.insert_resource(Clock::Manual(self.times));
        }
        self.app.update();
        self
    }

    /// As many frames as a press needs to take effect.
    pub fn settle(&mut self) -> &mut Self {
        for _ in 0..4 {
            self.frame();
        }
        self
    }

    /// Whether the last frame asked for another: a still picture must not.
    pub fn asked_for_a_frame(&self) -> bool {
        let requests = self.app.world().resource::<Messages<bevy::window::RequestRedraw>>();
        requests.iter_current_update_messages().next().is_some()
    }

    /// Lets time pass, in steps of a tenth of a second.
    pub fn advance(&mut self, seconds: f64) -> &mut Self {
        let step = Duration::from_millis(100);
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(step));
        let mut left = Duration::from_secs_f64(seconds);
        while !left.is_zero() {
            self.frame();
            left = left.saturating_sub(step);
        }
        self.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(16)));
        self
    }

    /// The button of this name.
    #[track_caller]
    pub fn button(&mut self, name: &str) -> Found<'_> {
        self.find(Role::Button, name)
    }

    /// What has this role and this name, and is on show.
    #[track_caller]
    pub fn find(&mut self, role: Role, name: &str) -> Found<'_> {
        let found = self.all(role, name);
        match found[..] {
            [entity] => Found { game: self, entity },
            [] => panic!("No {role:?} “{name}”.\n{}", self.tree()),
            _ => panic!("{} of {role:?} “{name}”.\n{}", found.len(), self.tree()),
        }
    }

    /// Everything of this role and name on show.
    pub fn all(&mut self, role: Role, name: &str) -> Vec<Entity> {
        let world = self.app.world_mut();
        let candidates: Vec<Entity> = world
            .query::<(Entity, &AccessibilityNode)>()
            .iter(world)
            .filter(|(_, node)| node.role() == role && node.label() == Some(name))
            .map(|(entity, _)| entity)
            .collect();
        candidates.into_iter().filter(|entity| self.on_show(*entity)).collect()
    }

    /// Presses and releases a key.
    pub fn key(&mut self, key: Key) -> &mut Self {
        self.chord(&[], key)
    }

    /// Presses a key while others are held: `game.chord(&[KeyCode::ControlLeft], Key::Enter)`.
    pub fn chord(&mut self, held: &[KeyCode], key: Key) -> &mut Self {
        for code in held {
            self.stroke(*code, modifier(*code), ButtonState::Pressed);
        }
        let code = code_of(&key);
        self.stroke(code, key.clone(), ButtonState::Pressed);
        self.frame();
        self.stroke(code, key, ButtonState::Released);
        for code in held {
            self.stroke(*code, modifier(*code), ButtonState::Released);
        }
        self.settle()
    }

    /// Presses and releases a key that stands elsewhere on the keyboard than its like.
    pub fn raw_key(&mut self, code: KeyCode, key: Key) -> &mut Self {
        self.stroke(code, key.clone(), ButtonState::Pressed);
        self.frame();
        self.stroke(code, key, ButtonState::Released);
        self.settle()
    }

    /// The same within one frame, as a quick hand or a program presses it.
    pub fn quick_chord(&mut self, held: KeyCode, key: Key) -> &mut Self {
        let code = code_of(&key);
        self.stroke(held, modifier(held), ButtonState::Pressed);
        self.stroke(code, key.clone(), ButtonState::Pressed);
        self.stroke(code, key, ButtonState::Released);
        self.stroke(held, modifier(held), ButtonState::Released);
        self.settle()
    }

    /// Types a text, key by key.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            let key = if character == ' ' { Key::Space } else { Key::Character(character.to_string().into()) };
            self.key(key);
        }
        self
    }

    /// Presses Tab until this has the focus, as a person without a mouse would.
    #[track_caller]
    pub fn tab_to(&mut self, name: &str) -> &mut Self {
        for _ in 0..100 {
            if self.focused_name().as_deref() == Some(name) {
                return self;
            }
            self.key(Key::Tab);
        }
        panic!("Tab never reached “{name}”.\n{}", self.tree());
    }

    /// The name of what has the focus.
    pub fn focused_name(&self) -> Option<String> {
        let focused = self.app.world().resource::<InputFocus>().get()?;
        let node = self.app.world().get::<AccessibilityNode>(focused)?;
        node.label().map(str::to_owned)
    }

    /// Some text on show contains this.
    #[track_caller]
    pub fn expect_text(&mut self, wanted: &str) -> &mut Self {
        assert!(self.texts().iter().any(|text| text.contains(wanted)), "No text “{wanted}”.\n{}", self.tree());
        self
    }

    /// No text on show contains this.
    #[track_caller]
    pub fn expect_no_text(&mut self, unwanted: &str) -> &mut Self {
        assert!(
            !self.texts().iter().any(|text| text.contains(unwanted)),
            "There is a text “{unwanted}”.\n{}",
            self.tree()
        );
        self
    }

    /// All texts on show.
    pub fn texts(&mut self) -> Vec<String> {
        let world = self.app.world_mut();
        let texts: Vec<(Entity, String)> =
            world.query::<(Entity, &Text)>().iter(world).map(|(entity, text)| (entity, text.0.clone())).collect();
        texts
            .into_iter()
            .filter(|(entity, text)| !text.is_empty() && self.on_show(*entity))
            .map(|(_, text)| text)
            .collect()
    }

    /// What assistive technology asks for.
    pub fn assist(&mut self, entity: Entity, action: Action, data: Option<ActionData>) -> &mut Self {
        self.app.world_mut().write_message(ActionRequest(accesskit::ActionRequest {
            action,
            target_tree: TreeId::ROOT,
            target_node: NodeId(entity.to_bits()),
            data,
        }));
        self.settle()
    }

    /// Moves the mouse to a place in the window and clicks.
    pub fn click_at(&mut self, position: Vec2) -> &mut Self {
        self.point(position).mouse(ButtonState::Pressed).mouse(ButtonState::Released).settle()
    }

    /// Moves the mouse.
    pub fn point(&mut self, position: Vec2) -> &mut Self {
        let moved = CursorMoved { window: self.window, position, delta: None };
        self.app.world_mut().write_message(WindowEvent::CursorMoved(moved.clone()));
        self.app.world_mut().write_message(moved);
        self.frame()
    }

    /// Presses or releases the mouse button.
    pub fn mouse(&mut self, state: ButtonState) -> &mut Self {
        let input = MouseButtonInput { button: MouseButton::Left, state, window: self.window };
        self.app.world_mut().write_message(WindowEvent::MouseButtonInput(input));
        self.app.world_mut().write_message(input);
        self.frame()
    }

    /// Taps with a finger.
    pub fn tap_at(&mut self, position: Vec2) -> &mut Self {
        self.finger(TouchPhase::Started, position).finger(TouchPhase::Ended, position).settle()
    }

    /// The same within one frame: the machine is slower than the finger.
    pub fn tap_at_once(&mut self, position: Vec2) -> &mut Self {
        self.touches += 1;
        for phase in [TouchPhase::Started, TouchPhase::Ended] {
            let touch = TouchInput { phase, position, window: self.window, force: None, id: self.touches };
            self.app.world_mut().write_message(WindowEvent::TouchInput(touch));
            self.app.world_mut().write_message(touch);
        }
        self.settle()
    }

    /// Moves the mouse there and clicks, within one frame.
    pub fn click_at_once(&mut self, position: Vec2) -> &mut Self {
        let moved = CursorMoved { window: self.window, position, delta: None };
        self.app.world_mut().write_message(WindowEvent::CursorMoved(moved.clone()));
        self.app.world_mut().write_message(moved);
        for state in [ButtonState::Pressed, ButtonState::Released] {
            let input = MouseButtonInput { button: MouseButton::Left, state, window: self.window };
            self.app.world_mut().write_message(WindowEvent::MouseButtonInput(input));
            self.app.world_mut().write_message(input);
        }
        self.settle()
    }

    /// Puts a finger down, draws it along in small steps, and lifts it.
    pub fn swipe(&mut self, from: Vec2, to: Vec2) -> &mut Self {
        self.finger(TouchPhase::Started, from);
        for step in 1_u8..=10 {
            self.finger(TouchPhase::Moved, from.lerp(to, f32::from(step) / 10.));
        }
        self.finger(TouchPhase::Ended, to).settle()
    }

    /// One event of one finger, as the window system sends it.
    pub fn finger(&mut self, phase: TouchPhase, position: Vec2) -> &mut Self {
        if phase == TouchPhase::Started {
            self.touches += 1;
        }
        let touch = TouchInput { phase, position, window: self.window, force: None, id: self.touches };
        self.app.world_mut().write_message(WindowEvent::TouchInput(touch));
        self.app.world_mut().write_message(touch);
        self.frame()
    }

    /// Presses the mouse button, draws along in small steps, and lets go.
    pub fn drag(&mut self, from: Vec2, to: Vec2) -> &mut Self {
        self.point(from).mouse(ButtonState::Pressed);
        for step in 1_u8..=10 {
            self.point(from.lerp(to, f32::from(step) / 10.));
        }
        self.mouse(ButtonState::Released).settle()
    }

    /// The gamepad, plugged in when it is first used, as the driver reports it.
    fn gamepad(&mut self) -> Entity {
        if let Some(pad) = self.pad {
            return pad;
        }
        let world = self.app.world_mut();
        let pad = world.spawn_empty().id();
        let connection = GamepadConnection::Connected { name: "A pad".into(), vendor_id: None, product_id: None };
        let event = GamepadConnectionEvent::new(pad, connection);
        world.write_message(RawGamepadEvent::Connection(event.clone()));
        world.write_message(event);
        self.pad = Some(pad);
        self.settle();
        pad
    }

    /// Presses a button of the pad and lets it go, with the values on the way that a real one sends.
    pub fn pad(&mut self, button: GamepadButton) -> &mut Self {
        for value in [0.4, 0.8, 1., 0.3, 0.] {
            self.pad_button(button, value);
        }
        self.settle()
    }

    /// One raw value of a button.
    pub fn pad_button(&mut self, button: GamepadButton, value: f32) -> &mut Self {
        let pad = self.gamepad();
        let event = RawGamepadButtonChangedEvent::new(pad, button, value);
        self.app.world_mut().write_message(RawGamepadEvent::Button(event));
        self.app.world_mut().write_message(event);
        self.frame()
    }

    /// One raw value of a stick's axis.
    pub fn stick(&mut self, axis: GamepadAxis, value: f32) -> &mut Self {
        let pad = self.gamepad();
        let event = RawGamepadAxisChangedEvent::new(pad, axis, value);
        self.app.world_mut().write_message(RawGamepadEvent::Axis(event));
        self.app.world_mut().write_message(event);
        self.frame()
    }

    /// Steers the focus to this with the cross, by where things stand, as a person with a pad does.
    #[track_caller]
    pub fn steer_to(&mut self, role: Role, name: &str) -> &mut Self {
        let mut before: Vec<Entity> = Vec::new();
        for _ in 0..60 {
            let wanted = self.find(role, name).entity;
            let focused = self.app.world().resource::<InputFocus>().get();
            if focused == Some(wanted) {
                return self;
            }
            let Some(focused) = focused else { break };
            let way = self.rect(wanted).center() - self.rect(focused).center();
            let across = if way.x > 0. { GamepadButton::DPadRight } else { GamepadButton::DPadLeft };
            let along = if way.y > 0. { GamepadButton::DPadDown } else { GamepadButton::DPadUp };
            let (first, second) = if way.y.abs() > 20. { (along, across) } else { (across, along) };
            // Where it has been already there is no way on.
            let button = if before.contains(&focused) { second } else { first };
            before.push(focused);
            self.pad(button);
            if self.app.world().resource::<InputFocus>().get() == Some(focused) {
                self.pad(if button == first { second } else { first });
            }
        }
        panic!("The pad never reached “{name}”.\n{}", self.tree());
    }

    /// Where an entity stands in the window, in logical pixels.
    pub fn rect(&self, entity: Entity) -> Rect {
        let world = self.app.world();
        let (Some(node), Some(transform)) = (world.get::<ComputedNode>(entity), world.get::<UiGlobalTransform>(entity))
        else {
            return Rect::default();
        };
        // The window's scale factor is 1 in tests; the UI's own scale is in the node already.
        Rect::from_center_size(transform.translation, node.size())
    }

    /// Roles and names as assistive technology gets them, indented, with the focus marked: for failures.
    pub fn tree(&mut self) -> String {
        let Some((_, update)) = self.access() else { return "No window.".into() };
        let mut out = String::from("On show (role, name, value, description; * has the focus):\n");
        if let Some((root, _)) = update.nodes.last() {
            write_tree(&update, *root, 0, &mut out);
        }
        out
    }

    /// The tree as the window hands it over.
    pub fn access(&mut self) -> Option<(Entity, TreeUpdate)> {
        self.app.world_mut().run_system_cached(|tree: Tree| tree.build()).expect("the tree can be read")
    }

    /// Whether nothing above it is hidden, or on its way out.
    pub fn on_show(&self, entity: Entity) -> bool {
        let world = self.app.world();
        let mut next = Some(entity);
        while let Some(entity) = next {
            let gone = world.get::<Leaving>(entity).is_some()
                || world.get::<Node>(entity).is_some_and(|node| node.display == Display::None)
                || world.get::<Visibility>(entity) == Some(&Visibility::Hidden);
            if gone {
                return false;
            }
            next = world.get::<ChildOf>(entity).map(ChildOf::parent);
        }
        true
    }

    /// Another size of window and of text at once.
    pub fn reshape(&mut self, (width, height): (u16, u16), text: f32) -> &mut Self {
        self.app.insert_resource(TextScale(text));
        self.resize(width, height)
    }

    /// What is wrong with the layout: things beyond the window's edge (or, in a scrolling area, its sides), texts wider than
    /// their place or spilling out of their control, one text over another, a number over its ring, controls smaller than 44 px or
    /// one over the other.
    pub fn layout_faults(&mut self) -> Vec<String> {
        let mut faults = self.texts_in_the_way();
        let world = self.app.world_mut();
        let bounds = world
            .query_filtered::<&Window, With<PrimaryWindow>>()
            .single(world)
            .map(|window| Rect::from_corners(Vec2::ZERO, Vec2::new(window.width(), window.height())))
            .expect("a window");
        let controls: Vec<Entity> =
            world.query_filtered::<Entity, Or<(With<TabIndex>, With<Spent>)>>().iter(world).collect();
        // A dialog covers what is beneath it.
        let dialog = world.query_filtered::<Entity, With<Modal>>().iter(world).max_by_key(|dialog| dialog.index());
        let beneath = |entity: Entity| dialog.is_some_and(|dialog| !self.is_within(entity, dialog));
        let shown: Vec<Entity> =
            controls.iter().copied().filter(|entity| self.on_show(*entity) && !beneath(*entity)).collect();
        for entity in self.texts_on_show().into_iter().chain(shown.iter().copied()) {
            let rect = self.rect(entity);
            let scrolls = self.scroller_of(entity).is_some();
            let name = self.name_of(entity);
            if rect.min.x < -0.5 || rect.max.x > bounds.max.x + 0.5 {
                faults.push(format!("“{name}” passes the side of the window: {rect:?}"));
            }
            if !scrolls && (rect.min.y < -0.5 || rect.max.y > bounds.max.y + 0.5) {
                faults.push(format!("“{name}” passes the foot of the window: {rect:?}"));
            }
            let world = self.app.world();
            if let (Some(node), Some(text)) = (world.get::<ComputedNode>(entity), world.get::<TextLayoutInfo>(entity))
                // A space at a line's end counts in the measure, and is not seen.
                && text.size.x > node.size().x + self.space_of(entity)
            {
                faults.push(format!("“{name}” is wider than its place: {} > {}", text.size.x, node.size().x));
            }
        }
        for entity in self.texts_on_show() {
            let Some(control) = shown.iter().find(|control| self.is_within(entity, **control)) else { continue };
            let (text, place) = (self.rect(entity), self.rect(*control));
            if text.min.y < place.min.y - 2. || text.max.y > place.max.y + 2. {
                faults.push(format!(
                    "“{}” spills out of “{}”: {text:?}, {place:?}",
                    self.name_of(entity),
                    self.name_of(*control)
                ));
            }
        }
        for (index, one) in shown.iter().enumerate() {
            let rect = self.rect(*one);
            if rect.width() < 43.5 || rect.height() < 43.5 {
                faults.push(format!("“{}” is smaller than 44 px: {:?}", self.name_of(*one), rect.size()));
            }
            for other in &shown[index + 1..] {
                let common = rect.intersect(self.rect(*other));
                let nested = self.is_within(*other, *one) || self.is_within(*one, *other);
                let layered =
                    self.scroller_of(*one) != self.scroller_of(*other) || self.layer_of(*one) != self.layer_of(*other);
                if !nested && !layered && common.width() > 1. && common.height() > 1. {
                    faults.push(format!("“{}” and “{}” overlap", self.name_of(*one), self.name_of(*other)));
                }
            }
        }
        faults
    }

    /// Texts that lie over each other or over a control that they are no part of; numbers that touch their ring.
    fn texts_in_the_way(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        let texts: Vec<(Entity, Rect, Option<Entity>)> = self
            .texts_on_show()
            .into_iter()
            .map(|entity| (entity, self.rect(entity), self.scroller_of(entity)))
            .filter(|(_, rect, _)| !rect.is_empty())
            .collect();
        for (index, (one, rect, scroller)) in texts.iter().enumerate() {
            for (other, other_rect, other_scroller) in &texts[index + 1..] {
                let common = rect.intersect(*other_rect);
                if scroller == other_scroller
                    && self.layer_of(*one) == self.layer_of(*other)
                    && common.width() > 2.
                    && common.height() > 2.
                {
                    faults.push(format!("“{}” lies over “{}”: {common:?}", self.name_of(*one), self.name_of(*other)));
                }
            }
            let Some(ring) = self.ring_of(*one) else { continue };
            let Some(face) = self.app.world().get::<Ring>(ring) else { continue };
            let (place, inner) = (self.rect(ring), 0.5 - face.thick);
            let far = (rect.center() - place.center()).abs() + rect.half_size();
            if rect.intersect(place).width() > 0. && Vec2::new(far.x, far.y * 0.8).length() > place.width() * inner + 1.
            {
                faults.push(format!("“{}” touches its ring: {rect:?} in {place:?}", self.name_of(*one)));
            }
        }
        faults
    }

    /// How wide a space is in this text, generously, in pixels of the screen.
    fn space_of(&self, entity: Entity) -> f32 {
        let world = self.app.world();
        let size = match world.get::<TextFont>(entity).map(|font| font.font_size) {
            Some(FontSize::Rem(size)) => size * world.resource::<RemSize>().0,
            Some(FontSize::Px(size)) => size,
            _ => 40.,
        };
        size * world.resource::<UiScale>().0 * 0.3
    }

    /// What lies over the rest has a layer of its own.
    fn layer_of(&self, entity: Entity) -> Entity {
        let mut top = entity;
        while let Some(parent) = self.app.world().get::<ChildOf>(top) {
            top = parent.parent();
        }
        top
    }

    fn ring_of(&self, entity: Entity) -> Option<Entity> {
        let mut next = Some(entity);
        while let Some(entity) = next {
            if self.app.world().get::<Ring>(entity).is_some() {
                return Some(entity);
            }
            next = self.app.world().get::<ChildOf>(entity).map(ChildOf::parent);
        }
        None
    }

    fn texts_on_show(&mut self) -> Vec<Entity> {
        let world = self.app.world_mut();
        let texts: Vec<Entity> = world.query_filtered::<Entity, With<Text>>().iter(world).collect();
        texts.into_iter().filter(|entity| self.on_show(*entity)).collect()
    }

    fn scroller_of(&self, entity: Entity) -> Option<Entity> {
        let mut next = Some(entity);
        while let Some(entity) = next {
            if self.app.world().get::<Scroller>(entity).is_some() {
                return Some(entity);
            }
            next = self.app.world().get::<ChildOf>(entity).map(ChildOf::parent);
        }
        None
    }

    fn is_within(&self, inner: Entity, outer: Entity) -> bool {
        let mut next = Some(inner);
        while let Some(entity) = next {
            if entity == outer {
                return true;
            }
            next = self.app.world().get::<ChildOf>(entity).map(ChildOf::parent);
        }
        false
    }

    fn name_of(&self, entity: Entity) -> String {
        let world = self.app.world();
        world
            .get::<AccessibilityNode>(entity)
            .and_then(|node| node.label().or(node.value()))
            .map(str::to_owned)
            .or_else(|| world.get::<Text>(entity).map(|text| text.0.clone()))
            .unwrap_or_default()
    }

    pub fn stroke(&mut self, key_code: KeyCode, logical_key: Key, state: ButtonState) {
        let text = match (&logical_key, state) {
            (Key::Character(text), ButtonState::Pressed) => Some(text.clone()),
            (Key::Space, ButtonState::Pressed) => Some(" ".into()),
            _ => None,
        };
        let window = self.window;
        self.app.world_mut().write_message(KeyboardInput { key_code, logical_key, state, text, repeat: false, window });
    }
}

impl<'g> Found<'g> {
    /// Clicks it with the mouse, in its middle.
    #[track_caller]
    pub fn click(self) -> &'g mut Game {
        let rect = self.game.rect(self.entity);
        assert!(!rect.is_empty(), "It has no place.\n{}", self.game.tree());
        self.game.click_at(rect.center())
    }

    /// Taps it with a finger, in its middle.
    #[track_caller]
    pub fn tap(self) -> &'g mut Game {
        let rect = self.game.rect(self.entity);
        assert!(!rect.is_empty(), "It has no place.\n{}", self.game.tree());
        self.game.tap_at(rect.center())
    }

    /// Presses it as assistive technology does.
    pub fn press(self) -> &'g mut Game {
        self.game.assist(self.entity, Action::Click, None)
    }

    /// Its accessibility node.
    pub fn node(&self) -> accesskit::Node {
        self.game.app.world().get::<AccessibilityNode>(self.entity).map(|node| node.0.clone()).unwrap_or_default()
    }

    /// Where it stands.
    pub fn rect(&self) -> Rect {
        self.game.rect(self.entity)
    }
}

fn write_tree(update: &TreeUpdate, id: NodeId, depth: usize, out: &mut String) {
    let Some((_, node)) = update.nodes.iter().find(|(other, _)| *other == id) else { return };
    let _ = writeln!(
        out,
        "{:width$}{}{:?} “{}”{}{}{}",
        "",
        if update.focus == id { "* " } else { "" },
        node.role(),
        node.label().unwrap_or_default(),
        node.value().map(|value| format!(" = {value:?}")).unwrap_or_default(),
        node.description().map(|text| format!(" ({text})")).unwrap_or_default(),
        if node.is_disabled() { " [disabled]" } else { "" },
        width = depth * 2,
    );
    for child in node.children() {
        write_tree(update, *child, depth + 1, out);
    }
}

fn modifier(code: KeyCode) -> Key {
    match code {
        KeyCode::ControlLeft | KeyCode::ControlRight => Key::Control,
        KeyCode::ShiftLeft | KeyCode::ShiftRight => Key::Shift,
        _ => Key::Alt,
    }
}

fn code_of(key: &Key) -> KeyCode {
    match key {
        Key::Enter => KeyCode::Enter,
        Key::Space => KeyCode::Space,
        Key::Tab => KeyCode::Tab,
        Key::Escape => KeyCode::Escape,
        Key::ArrowUp => KeyCode::ArrowUp,
        Key::ArrowDown => KeyCode::ArrowDown,
        Key::ArrowLeft => KeyCode::ArrowLeft,
        Key::ArrowRight => KeyCode::ArrowRight,
        Key::Home => KeyCode::Home,
        Key::End => KeyCode::End,
        Key::PageUp => KeyCode::PageUp,
        Key::PageDown => KeyCode::PageDown,
        Key::Backspace => KeyCode::Backspace,
        Key::Delete => KeyCode::Delete,
        // Which physical key a character sits on differs from keyboard to keyboard; nothing may depend on it.
        _ => KeyCode::Unidentified(bevy::input::keyboard::NativeKeyCode::Unidentified),
    }
}

/// Keys that no keyboard names.
pub fn unknown_key() -> Key {
    Key::Unidentified(NativeKey::Unidentified)
}
