//! Motion: it moves, it comes to rest, it takes nothing away while it moves; reduced, there is none.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use accesskit::Role;
use bevy::a11y::AccessibilityNode;
use bevy::input::ButtonState;
use bevy::input::keyboard::Key;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::time::TimeUpdateStrategy;
use bevy::ui::UiGlobalTransform;
use bevy::ui_widgets::Activate;
use roundtable::game::app::Options;
use roundtable::game::focus::MainAction;
use roundtable::game::motion::{CountUp, FillUp, Leaving, Moving, Tempo};
use roundtable::game::preferences::{Motion, Preferences};
use roundtable::game::session::Clock;
use roundtable::game::sound::Effect;
use roundtable::game::text;
use roundtable::game::theme::time;
use roundtable::game::widgets::{Level, Opacity, Ring};
use roundtable::platform::Times;

use crate::games::until;
use crate::harness::Game;

const CHOICE: &str = r#"Choice(id: "a", stem: "Which?", key: "Right one", distractors: ["Wrong one", "Other one", "Odd one"], explanation: "So it is."),"#;
const ORDER: &str = r#"Order(id: "b", stem: "In order.", items: ["First thing", "Second thing", "Third thing"], explanation: "One by one."),"#;

/// A game in which things take their time, at the title.
struct Slow {
    game: Game,
    _folder: tempfile::TempDir,
}

impl Slow {
    fn start(questions: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("small.ron");
        let text = format!(
            r#"Bank(format: 1, id: "small", title: "Small quiz", rounds: [Round(id: "r", title: "R", questions: [{questions}])])"#
        );
        std::fs::write(&path, text).expect("a file");
        let mut game =
            Game::with(Options { data_dir: folder.path().join("data"), banks: vec![path], ..Options::default() });
        until(&mut game, "Small quiz");
        game.app.insert_resource(Tempo(1.));
        Self { game, _folder: folder }
    }

    fn reduced(questions: &str) -> Self {
        let mut slow = Self::start(questions);
        slow.game.app.world_mut().resource_mut::<Preferences>().motion = Motion::Reduced;
        slow.game.settle();
        slow
    }

    /// Presses a control without letting a frame pass.
    #[track_caller]
    fn press(&mut self, name: &str) {
        let entity = self.game.button(name).entity;
        self.game.app.world_mut().trigger(Activate { entity });
    }

    /// Presses the main action, and one frame.
    fn main(&mut self) {
        let world = self.game.app.world_mut();
        let entity = world
            .query_filtered::<Entity, (With<MainAction>, With<TabIndex>)>()
            .iter(world)
            .next()
            .expect("a main action");
        world.trigger(Activate { entity });
        self.game.frame();
    }

    fn rest(&mut self) {
        for _ in 0..200 {
            if !self.moves() {
                self.game.settle();
                return;
            }
            self.game.frame();
        }
        panic!("It never rests.");
    }

    /// At rest in the first question.
    fn question() -> fn(&mut Self) {
        |slow| {
            for _ in 0..3 {
                slow.main();
                slow.rest();
            }
        }
    }

    /// Frames until an old screen begins to leave: the journal has a thread of its own.
    fn until_handed_over(&mut self) {
        let start = Instant::now();
        while self.leaving().is_empty() {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", self.game.tree());
            std::thread::sleep(Duration::from_millis(2));
            self.game.frame();
        }
    }

    fn leaving(&mut self) -> Vec<Entity> {
        let world = self.game.app.world_mut();
        let roots: Vec<Entity> = world.query_filtered::<Entity, With<Leaving>>().iter(world).collect();
        let mut all = roots.clone();
        let mut at = 0;
        while at < all.len() {
            all.extend(world.get::<Children>(all[at]).into_iter().flatten());
            at += 1;
        }
        all
    }

    fn moves(&mut self) -> bool {
        let world = self.game.app.world_mut();
        world
            .query_filtered::<(), Or<(With<Moving>, With<CountUp>, With<FillUp>, With<Opacity>, With<Leaving>)>>()
            .iter(world)
            .next()
            .is_some()
    }

    fn place(&self, entity: Entity) -> Vec2 {
        self.game.app.world().get::<UiGlobalTransform>(entity).map(|at| at.translation).unwrap_or_default()
    }

    fn effects(&mut self) -> Vec<Effect> {
        let messages = self.game.app.world().resource::<Messages<Effect>>();
        // What a press or the clock says is another matter.
        let others = [Effect::Press, Effect::Time];
        messages.iter_current_update_messages().copied().filter(|effect| !others.contains(effect)).collect()
    }
}

#[test]
fn tiles_arrive_one_after_the_other_and_come_to_rest() {
    let mut slow = Slow::start(CHOICE);
    for _ in 0..2 {
        slow.main();
        slow.rest();
    }
    slow.main();
    let tiles = ["Right one", "Wrong one", "Other one", "Odd one"].map(|name| slow.game.button(name).entity);
    let start = tiles.map(|tile| slow.place(tile));
    let mut frames = 0;
    while slow.game.asked_for_a_frame() {
        slow.game.frame();
        frames += 1;
        assert!(frames < 60, "it moves for ever");
    }
    let end = tiles.map(|tile| slow.place(tile));
    for (start, end) in start.iter().zip(end) {
        assert!((start.y - end.y - 14.).abs() < 1., "from below: {start} to {end}");
    }
    // The last of four tiles, then one frame to settle.
    let least = (time::OUT / 2 + time::MOVE + time::STAGGER * 3).as_millis() / 16;
    assert!((least..least + 5).contains(&frames), "{frames} frames");
    for _ in 0..20 {
        slow.game.frame();
        assert!(!slow.game.asked_for_a_frame(), "at rest it asks for nothing");
    }
    assert!(!slow.moves());
}

#[test]
fn reduced_motion_moves_nothing_and_asks_for_nothing() {
    let mut slow = Slow::reduced(&format!("{CHOICE}{ORDER}"));
    let check = |slow: &mut Slow, what: &str| {
        for frame in 0..6 {
            let world = slow.game.app.world_mut();
            let displaced = world
                .query::<&UiTransform>()
                .iter(world)
                .filter(|own| own.translation != Val2::ZERO || own.scale != Vec2::ONE)
                .count();
            assert_eq!(displaced, 0, "{what}, frame {frame}");
            let opacities = world.query::<&Opacity>().iter(world).filter(|own| own.share < 1.).count();
            assert_eq!(opacities, 0, "{what}, frame {frame}");
            assert!(slow.leaving().is_empty(), "{what}, frame {frame}: the old screen stays");
            // What shows a press asks for the frame after it, with and without motion.
            assert!(frame < 3 || !slow.game.asked_for_a_frame(), "{what}, frame {frame}");
            slow.game.frame();
        }
    };
    slow.main();
    check(&mut slow, "set-up");
    slow.main();
    check(&mut slow, "intro");
    slow.main();
    for _ in 0..2 {
        check(&mut slow, "question");
        if slow.game.texts().iter().any(|text| text == "Which?") {
            slow.press("Right one");
        } else {
            let up = slow.game.all(Role::Button, &text::move_up("First thing"))[0];
            slow.game.app.world_mut().trigger(Activate { entity: up });
            slow.game.frame();
            check(&mut slow, "rows that change places");
            slow.press(text::SUBMIT);
        }
        let start = Instant::now();
        while slow.game.all(Role::Button, text::NEXT_QUESTION).is_empty()
            && slow.game.all(Role::Button, text::SEE_RESULTS).is_empty()
        {
            assert!(start.elapsed() < Duration::from_secs(20), "{}", slow.game.tree());
            std::thread::sleep(Duration::from_millis(2));
            slow.game.frame();
        }
        check(&mut slow, "feedback");
        slow.main();
    }
    check(&mut slow, "results");
}

#[test]
fn a_press_on_a_tile_that_is_still_arriving_is_the_answer() {
    let mut slow = Slow::start(CHOICE);
    for _ in 0..2 {
        slow.main();
        slow.rest();
    }
    slow.main();
    let tile = slow.game.button("Right one").entity;
    // Where it will be, not where it is.
    let home = slow.place(tile) - Vec2::new(0., 14.);
    slow.game.point(home).mouse(ButtonState::Pressed).mouse(ButtonState::Released);
    assert!(slow.moves(), "it was pressed on its way");
    until(&mut slow.game, "+1,000 points");
}

#[test]
fn a_hand_over_sets_the_focus_at_once_and_the_old_screen_is_only_seen() {
    let mut slow = Slow::start(CHOICE);
    slow.main();
    // One frame: the new screen has the focus, the old one is still there.
    assert_eq!(slow.game.focused_name().as_deref(), Some(text::START));
    slow.game.expect_text("Choose your rounds");
    let old = slow.leaving();
    assert!(old.len() > 10, "the title fades: {}", old.len());
    for part in &old {
        let world = slow.game.app.world();
        assert!(world.get::<TabIndex>(*part).is_none(), "it takes no focus");
        assert!(world.get::<AccessibilityNode>(*part).is_none(), "assistive technology does not know it");
        assert_eq!(world.get::<Pickable>(*part), Some(&Pickable::IGNORE), "it takes no press");
    }
    let tree = slow.game.tree();
    assert!(!tree.contains(text::TAGLINE), "{tree}");
    let mut last = 1.;
    let mut frames = 0;
    while !slow.leaving().is_empty() {
        let world = slow.game.app.world_mut();
        let seen = world.query_filtered::<&Opacity, With<Leaving>>().iter(world).next().map_or(1., |own| own.share);
        assert!(seen <= last, "it only fades");
        last = seen;
        assert!(slow.game.asked_for_a_frame());
        slow.game.frame();
        frames += 1;
    }
    let whole = time::OUT.as_millis() / 16;
    assert!((whole..whole + 3).contains(&frames), "{frames} frames");
}

#[test]
fn keys_reach_the_new_screen_while_the_old_one_fades() {
    let mut slow = Slow::start(CHOICE);
    // Three presses, one frame each.
    for _ in 0..3 {
        slow.main();
        assert!(!slow.leaving().is_empty());
    }
    slow.press("Right one");
    until(&mut slow.game, "+1,000 points");
}

#[test]
fn options_travel_from_where_they_were_asked() {
    let mut slow = Slow::start(CHOICE);
    Slow::question()(&mut slow);
    let asked = slow.game.button("Right one").rect();
    slow.press("Right one");
    slow.until_handed_over();
    // The new places are known now; in the next frame the options set out.
    let told = slow.game.button("Right one").entity;
    let home = slow.game.rect(told);
    slow.game.frame();
    let start = slow.game.rect(told);
    assert!((start.min.x - asked.min.x).abs() < 1. && (start.center().y - asked.center().y).abs() < 1., "{start:?}");
    assert!((home.center() - asked.center()).length() > 20., "it has a way to go");
    slow.rest();
    assert_eq!(slow.game.rect(told), home);
}

#[test]
fn nothing_flashes() {
    let mut slow = Slow::start(&format!("{CHOICE}{ORDER}"));
    // Everything that moves and fades, frame by frame, through a whole game.
    let mut tracks: HashMap<(Entity, &str), Vec<f32>> = HashMap::new();
    let mut watch = |slow: &mut Slow, seconds: f32| {
        let mut left = seconds;
        while left > 0. {
            let world = slow.game.app.world_mut();
            for (entity, own, opacity, fill, ink, level) in
                world
                    .query::<(
                        Entity,
                        &UiTransform,
                        Option<&Opacity>,
                        Option<&BackgroundColor>,
                        Option<&TextColor>,
                        Option<&Level>,
                    )>()
                    .iter(world)
            {
                let px = |val: Val| if let Val::Px(px) = val { px } else { 0. };
                let mut put = |what, value| tracks.entry((entity, what)).or_default().push(value);
                put("x", px(own.translation.x));
                put("y", px(own.translation.y));
                put("scale", own.scale.x);
                put("opacity", opacity.map_or(1., |own| own.share));
                put("fill", fill.map_or(0., |color| color.0.alpha()));
                put("ink", ink.map_or(0., |color| color.0.alpha()));
                put("level", level.map_or(0., |level| level.0));
            }
            slow.game.frame();
            left -= 0.016;
        }
    };
    for _ in 0..3 {
        slow.main();
        watch(&mut slow, 0.8);
    }
    for _ in 0..2 {
        if slow.game.texts().iter().any(|text| text == "Which?") {
            slow.press("Wrong one");
        } else {
            slow.press(text::SUBMIT);
        }
        slow.until_handed_over();
        watch(&mut slow, 1.);
        slow.main();
        watch(&mut slow, 2.);
    }
    let mut seen = 0;
    for ((entity, what), values) in tracks {
        let steps: Vec<f32> =
            values.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| step.abs() > 1e-4).collect();
        seen += steps.len();
        // One second's frames: no property goes back and forth more than three times.
        for second in steps.windows(62).chain(std::iter::once(&steps[..])) {
            let turns = second.windows(2).filter(|pair| pair[0].signum() != pair[1].signum()).count();
            assert!(turns <= 3, "{what} of {entity} turns {turns} times: {values:?}");
        }
    }
    assert!(seen > 500, "something moved: {seen}");
}

#[test]
fn points_count_up_for_the_eye_alone() {
    let mut slow = Slow::start(CHOICE);
    Slow::question()(&mut slow);
    slow.press("Right one");
    slow.until_handed_over();
    for _ in 0..25 {
        slow.game.frame();
    }
    let world = slow.game.app.world_mut();
    let (shown, told) = world
        .query_filtered::<(&Text, &AccessibilityNode), With<CountUp>>()
        .iter(world)
        .next()
        .map(|(text, node)| (text.0.clone(), node.value().unwrap_or_default().to_owned()))
        .expect("it counts");
    assert_eq!(told, "1,000 points", "heard as it will be");
    assert!(shown != told && shown != "0 points", "on its way: {shown}");
    slow.rest();
    slow.game.expect_text("1,000 points");
}

#[test]
fn a_verdict_is_heard_once_and_a_pause_replays_nothing() {
    let mut slow = Slow::start(CHOICE);
    Slow::question()(&mut slow);
    slow.press("Right one");
    slow.until_handed_over();
    assert_eq!(slow.effects(), [Effect::Right]);
    slow.rest();
    slow.game.key(Key::Escape);
    slow.game.expect_text(text::PAUSED);
    slow.rest();
    slow.main();
    assert_eq!(slow.effects(), []);
    let world = slow.game.app.world_mut();
    assert_eq!(world.query::<&CountUp>().iter(world).count(), 0, "the points stand");
}

/// Answers every statement of a match with "true", up to the last feedback.
fn answer_all(game: &mut Game, questions: u32) {
    for question in 1..=questions {
        until(game, &text::question_of(question, questions));
        game.type_text("t");
        until(game, text::RIGHT);
        if question < questions {
            game.key(Key::Enter);
        }
    }
}

#[test]
fn the_results_ring_fills_seat_by_seat_and_any_press_ends_it() {
    let questions: Vec<String> = (0..12)
        .map(|at| format!(r#"TrueFalse(id: "q{at}", stem: "Is {at} a number?", key: true, explanation: "It is."),"#))
        .collect();
    let mut slow = Slow::start(&questions.concat());
    slow.game.app.insert_resource(Tempo(1000.));
    slow.game.key(Key::Enter).tab_to(text::PER_ROUND).key(Key::End).tab_to(text::START).key(Key::Enter).key(Key::Enter);
    answer_all(&mut slow.game, 12);
    slow.game.app.insert_resource(Tempo(1.));
    slow.main();
    let (mut last, mut seats, mut finished, mut frames) = (0., 0, 0, 0);
    let mut heard = Vec::new();
    while frames < 120 {
        let world = slow.game.app.world_mut();
        let level = world.query_filtered::<&Level, With<Ring>>().iter(world).last().map_or(0., |level| level.0);
        assert!(level >= last, "a seat that has filled stays so");
        last = level;
        for effect in slow.effects() {
            match effect {
                Effect::Seat => {
                    seats += 1;
                    heard.push(frames);
                }
                Effect::Finished => finished = frames,
                _ => {}
            }
        }
        slow.game.frame();
        frames += 1;
    }
    assert!((last - 12.).abs() < 0.01);
    assert!(finished > 0 && finished * 16 <= 1500, "full after {} ms", finished * 16);
    assert!(seats >= 9, "{seats} seats were heard");
    assert!(heard.windows(2).all(|pair| (pair[1] - pair[0]) * 16 >= 96), "no more than ten a second: {heard:?}");
    assert!(!slow.moves());

    // Once more, with a press in the middle.
    slow.press(text::AGAIN_SAME);
    slow.game.app.insert_resource(Tempo(1000.));
    slow.game.settle().key(Key::Enter);
    answer_all(&mut slow.game, 12);
    slow.game.app.insert_resource(Tempo(1.));
    slow.main();
    for _ in 0..20 {
        slow.game.frame();
    }
    let world = slow.game.app.world_mut();
    assert_eq!(world.query::<&FillUp>().iter(world).count(), 1, "it fills");
    slow.game.key(Key::Tab);
    let world = slow.game.app.world_mut();
    assert_eq!(world.query::<&FillUp>().iter(world).count(), 0, "it is full");
    slow.game.expect_text("out of 12");
}

#[test]
fn the_timer_drains_and_never_fills() {
    for motion in [Motion::Full, Motion::Reduced] {
        let mut slow = Slow::start(CHOICE);
        slow.game.app.world_mut().resource_mut::<Preferences>().motion = motion;
        let mut times = Times::now();
        slow.game.app.insert_resource(Clock::Manual(times));
        Slow::question()(&mut slow);
        let (mut last, mut thick, mut changes) = (f32::MAX, 0., Vec::new());
        let mut thicknesses = 0;
        let mut left = 20_000;
        while left > 0 {
            let world = slow.game.app.world_mut();
            let Some((ring, level)) = world.query::<(&Ring, &Level)>().iter(world).next() else { break };
            assert!(level.0 <= last, "a seat that has drained stays so");
            assert!(ring.thick >= thick, "it only thickens");
            if ring.thick > thick + 0.001 {
                thicknesses += 1;
            }
            if level.0 < last {
                changes.push(times.monotonic);
            }
            (last, thick) = (level.0, ring.thick);
            times.monotonic += Duration::from_millis(50);
            times.wall += Duration::from_millis(50);
            slow.game.app.insert_resource(Clock::Manual(times));
            slow.game.frame();
            left -= 50;
        }
        assert!(changes.len() > 10, "it drains");
        if motion == Motion::Reduced {
            let close = changes.windows(2).filter(|pair| pair[1].saturating_sub(pair[0]).as_millis() < 950).count();
            assert_eq!(close, 0, "once a second");
        } else {
            assert!(changes.len() > 100, "smoothly: {}", changes.len());
        }
        assert!(thicknesses >= 1);
    }
}

#[test]
fn a_slow_frame_swallows_no_motion() {
    let mut slow = Slow::start(CHOICE);
    for _ in 0..2 {
        slow.main();
        slow.rest();
    }
    // The window slept for ten seconds before the press.
    slow.game.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs(10)));
    slow.main();
    let tile = slow.game.button("Right one").entity;
    let start = slow.place(tile);
    slow.game.frame();
    assert!(slow.moves());
    slow.game.app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(16)));
    slow.rest();
    assert!((start.y - slow.place(tile).y - 14.).abs() < 1., "it began where it begins");
}

#[test]
fn a_row_slides_to_its_place_and_follows_the_mouse() {
    let mut slow = Slow::start(ORDER);
    Slow::question()(&mut slow);
    let rows = |slow: &mut Slow| -> Vec<String> {
        (1..=3)
            .map(|place| {
                ["First thing", "Second thing", "Third thing"]
                    .into_iter()
                    .find(|item| !slow.game.all(Role::Button, &text::row_name(place, item, false)).is_empty())
                    .expect("a row")
                    .to_owned()
            })
            .collect()
    };
    let before = rows(&mut slow);
    let places: Vec<Rect> =
        (0..3).map(|at| slow.game.button(&text::row_name(at + 1, &before[at], false)).rect()).collect();
    slow.press(&text::move_up(&before[1]));
    slow.game.frame();
    let moved = slow.game.button(&text::row_name(1, &before[1], false)).rect();
    assert!((moved.center().y - places[1].center().y).abs() < 1., "it sets out from where it was");
    slow.rest();
    let moved = slow.game.button(&text::row_name(1, &before[1], false)).rect();
    assert_eq!(moved, places[0]);

    // The mouse takes the first row to the end.
    let now = rows(&mut slow);
    slow.game.point(places[0].center()).mouse(ButtonState::Pressed);
    let pitch = places[1].center().y - places[0].center().y;
    for step in 1..=10u8 {
        slow.game.point(places[0].center() + Vec2::new(0., pitch * 2. * f32::from(step) / 10.));
    }
    let held = slow.game.button(&text::row_name(3, &now[0], true)).rect();
    assert!((held.center().y - places[2].center().y).abs() < 2., "under the pointer: {held:?}");
    slow.game.mouse(ButtonState::Released);
    slow.rest();
    assert_eq!(rows(&mut slow), [now[1].clone(), now[2].clone(), now[0].clone()]);
    let world = slow.game.app.world_mut();
    let displaced = world.query::<&UiTransform>().iter(world).filter(|own| own.translation != Val2::ZERO).count();
    assert_eq!(displaced, 0, "everything is in its place");
    assert_eq!(slow.game.focused_name(), Some(text::row_name(3, &now[0], false)), "and nothing is picked up");
}
