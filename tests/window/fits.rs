//! Every screen in every size: a game is walked through once, and at each screen the window takes every shape and every text size.
//! Nothing beyond an edge, nothing over another, no text cut, targets of 44 px; and every text and border as it is really painted
//! stands out in every theme.

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, TextLayoutInfo};
use bevy::ui::ComputedNode;
use roundtable::game::app::Options;
use roundtable::game::preferences::Preferences;
use roundtable::game::session::Notices;
use roundtable::game::text;
use roundtable::game::theme::{Theme, ThemeName, Token};
use roundtable::game::widgets::scroll::Scroller;
use roundtable::game::widgets::{Backdrop, Flowing, Tile, Tint};

use crate::games::until;
use crate::harness::Game;
use crate::screens::{BANK, Timed};
use crate::theme::contrast;

/// Phones upright and on their side, tablets, laptops, large screens, one upright.
pub const SHAPES: [(u16, u16); 11] = [
    (360, 640),
    (390, 844),
    (640, 360),
    (768, 1024),
    (1024, 768),
    (1280, 720),
    (1366, 768),
    (1920, 1080),
    (1080, 1920),
    (2560, 1440),
    (3840, 2160),
];
/// Where the sizes of text between the least and the most are tried, too: the same forms, once each.
pub const BETWEEN: [(u16, u16); 5] = [(360, 640), (640, 360), (768, 1024), (1280, 720), (1366, 768)];
/// Where long texts are tried.
pub const LONG: [(u16, u16); 6] = [(360, 640), (640, 360), (1024, 768), (1280, 720), (1080, 1920), (3840, 2160)];
const USUAL: (u16, u16) = (1280, 720);
const USUAL_PIXELS: (u32, u32) = (1280, 720);

pub fn every(shapes: &[(u16, u16)], texts: &[f32]) -> Vec<((u16, u16), f32)> {
    shapes.iter().flat_map(|shape| texts.iter().map(|text| (*shape, *text))).collect()
}

/// Stems of 300 characters, six options of 150, long names everywhere.
pub fn long_bank() -> String {
    let stem = |start: &str| {
        let mut stem = start.to_owned();
        let words = " of the organisation’s members, in the long and winding years between its founding and the present day, and whatever may be said";
        while stem.chars().count() < 299 {
            stem.push_str(words);
        }
        stem.chars().take(299).chain(['?']).collect::<String>()
    };
    let long = |start: &str, length: usize| {
        let mut words = start.to_owned();
        while words.chars().count() < length {
            words.push_str(" and intercontinental responsibilities");
        }
        words.chars().take(length).collect::<String>().trim_end().to_owned()
    };
    let list = |starts: &[&str], length: usize| {
        starts.iter().map(|start| format!("{:?}", long(start, length))).collect::<Vec<_>>().join(", ")
    };
    let why = long("So it is", 400);
    format!(
        r#"Bank(format: 1, id: "layout", title: "Layout", about: {about:?}, as_of: "2024-10", documents: {{ "d": (title: {document:?}) }}, rounds: [
  Round(id: "r", title: {round:?}, about: {about:?}, questions: [
    Choice(id: "a", stem: {a:?}, key: {key:?}, distractors: [{five}], notes: {{ {first}: {why:?} }}, explanation: {why:?}, source: (document: "d", section: {about:?})),
    MultiChoice(id: "b", stem: {b:?}, keys: [{two}], distractors: [{three}], explanation: {why:?}),
    TrueFalse(id: "c", stem: {c:?}, key: true, explanation: {why:?}),
    Number(id: "d", stem: {d:?}, key: 1234567, unit: "kilometres of barbed wire", range: (0, 9999999), step: 1, tolerance: 400, explanation: {why:?}),
    Order(id: "e", stem: {e:?}, from: "the earliest of them all", to: "the latest of them all", items: [{items}], explanation: {why:?}),
    Match(id: "f", stem: {f:?}, pairs: [{pairs}], distractors: [{one:?}], explanation: {why:?}),
    Text(id: "g", stem: {g:?}, key: {answer:?}, accept: [{accept}], explanation: {why:?}),
  ])])"#,
        about = long("About it", 90),
        document = long("A document", 120),
        round = long("A round", 60),
        a = stem("First"),
        b = stem("Second"),
        c = stem("Third"),
        d = stem("Fourth"),
        e = stem("Fifth"),
        f = stem("Sixth"),
        g = stem("Seventh"),
        key = long("Right", 150),
        five = list(&["Wrong", "Also wrong", "Not right", "Hardly", "Never"], 150),
        first = list(&["Wrong"], 150),
        two = list(&["One", "Two"], 150),
        three = list(&["Three", "Four", "Five", "Six"], 150),
        items = list(&["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"], 100),
        pairs = ["Washington", "Brussels", "Luxembourg", "Reykjavik"]
            .map(|left| format!("({:?}, {:?})", long(left, 60), long(&format!("At {left}"), 100)))
            .join(", "),
        one = long("Nothing", 100),
        answer = "Donaudampfschifffahrtsgesellschaftskapitän",
        accept = list(&["A captain", "Another captain"], 60),
    )
}

/// Every shape and text size at this screen; then as before.
#[track_caller]
pub fn check(timed: &mut Timed, what: &str, sizes: &[((u16, u16), f32)], whole_words: bool) {
    let mut faults = faults_of(&mut timed.game, sizes, whole_words);
    let count = faults.len();
    faults.truncate(40);
    assert!(count == 0, "{what}: {count} faults\n{}", faults.join("\n"));
}

/// Words that a line's end breaks in their middle, where no single word is longer than any line could be.
fn broken(game: &mut Game) -> Vec<String> {
    let world = game.app.world_mut();
    let mut texts = world.query::<(Entity, &Text, &ComputedTextBlock, &TextLayoutInfo)>();
    let ends: Vec<(Entity, String, Vec<usize>)> = texts
        .iter(world)
        // The block may still be as it was last measured; what is drawn has the lines of its glyphs.
        .filter(|(_, _, block, drawn)| {
            drawn.glyphs.last().map_or(0, |glyph| glyph.line_index + 1) == block.buffer().len()
        })
        .map(|(entity, text, block, _)| {
            (entity, text.0.clone(), block.buffer().lines().map(|line| line.text_range().end).collect())
        })
        .collect();
    let breaks = |text: &str, end: usize| {
        let (before, after) = text.split_at(end);
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    };
    ends.into_iter()
        // A phone has no line that holds an address in the largest type.
        .filter(|(_, text, _)| !text.contains("http://"))
        .filter(|(entity, text, ends)| {
            ends.iter().any(|end| text.is_char_boundary(*end) && breaks(text, *end)) && game.on_show(*entity)
        })
        .map(|(_, text, _)| format!("a word of “{text}” is broken"))
        .collect()
}

/// What is wrong with this screen in any of the sizes; then it is as before.
pub fn faults_of(game: &mut Game, sizes: &[((u16, u16), f32)], whole_words: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for (shape, text) in sizes {
        game.reshape(*shape, *text);
        let found = game.layout_faults().into_iter().chain(hidden(game));
        faults.extend(found.map(|fault| format!("{shape:?} at {text}: {fault}")));
        if whole_words {
            faults.extend(broken(game).into_iter().map(|fault| format!("{shape:?} at {text}: {fault}")));
        }
    }
    game.reshape(USUAL, 1.);
    for theme in ThemeName::ALL {
        game.app.insert_resource(Theme(theme));
        game.frame();
        faults.extend(paint_faults(game).into_iter().map(|fault| format!("{theme:?}: {fault}")));
    }
    game.app.insert_resource(Theme(ThemeName::Dusk));
    game.settle();
    if game.focused_name().is_none() {
        faults.push("nothing has the focus".to_owned());
    }
    faults
}

/// A screen either scrolls as a whole, or leaves a place to read in for what scrolls in it.
fn hidden(game: &mut Game) -> Option<String> {
    let world = game.app.world_mut();
    let pages = world.query_filtered::<(), With<Flowing>>().iter(world).count();
    let areas = world.query_filtered::<&ComputedNode, With<Scroller>>();
    let mut areas = areas;
    let least = areas
        .iter(world)
        .filter(|area| area.content_size().y > area.size().y + 1.)
        .map(|area| area.size().y * area.inverse_scale_factor())
        .fold(f32::MAX, f32::min);
    (pages == 0 && least < 150.).then(|| format!("an area of {least} pixels is no place to read in"))
}

/// The colours that may lie behind this: the nearest ground, or both ends of the backdrop.
fn grounds(game: &Game, entity: Entity) -> Vec<Srgba> {
    let world = game.app.world();
    let mut next = Some(entity);
    while let Some(part) = next {
        if world.get::<Backdrop>(part).is_some() {
            break;
        }
        if let Some(fill) = world.get::<BackgroundColor>(part).filter(|fill| fill.0.alpha() > 0.99) {
            return vec![fill.0.into()];
        }
        next = world.get::<ChildOf>(part).map(ChildOf::parent);
    }
    let palette = world.resource::<Theme>().0.palette();
    vec![palette.color(Token::Ink), palette.color(Token::Glow)]
}

/// What is on show and too close to its ground: words under 4.5:1, icons and seats under 3:1.
fn paint_faults(game: &mut Game) -> Vec<String> {
    let world = game.app.world_mut();
    let words: Vec<(Entity, String, Color)> = world
        .query::<(Entity, &Text, &TextColor)>()
        .iter(world)
        .filter(|(_, text, _)| !text.0.is_empty())
        .map(|(entity, text, color)| (entity, format!("“{}”", text.0), color.0))
        .collect();
    let icons: Vec<(Entity, String, Color)> = world
        .query_filtered::<(Entity, &ImageNode), With<Tint>>()
        .iter(world)
        .filter(|(_, image)| image.color.alpha() > 0.)
        .map(|(entity, image)| (entity, "an icon or a seat".to_owned(), image.color))
        .collect();
    let mut faults = Vec::new();
    for (marks, least) in [(words, 4.5), (icons, 3.)] {
        for (entity, what, color) in marks {
            if !game.on_show(entity) {
                continue;
            }
            for ground in grounds(game, entity) {
                let ratio = contrast(color.into(), ground);
                if ratio < least {
                    faults.push(format!("{what}: {ratio:.2}:1, needs {least}:1"));
                }
            }
        }
    }
    faults
}

/// Every screen of a game in which every question times out.
fn walk(bank: &str, sizes: &[((u16, u16), f32)], whole_words: bool) {
    let mut timed = Timed::with(bank, (1280, 720));
    let check = |timed: &mut Timed, what: &str| check(timed, what, sizes, whole_words);
    check(&mut timed, "title");
    timed.game.tab_to(text::QUESTION_FILES).key(Key::Enter);
    check(&mut timed, "question files");
    timed.game.key(Key::Escape).tab_to(text::PLAY).key(Key::Enter);
    check(&mut timed, "set-up");
    // Seven questions, not five.
    timed.game.tab_to(text::PER_ROUND).key(Key::End);
    timed.game.tab_to(text::START).key(Key::Enter);
    check(&mut timed, "intro");
    timed.game.key(Key::Enter);
    for question in 1..=7 {
        timed.game.expect_text(&text::question_of(question, 7));
        check(&mut timed, &format!("question {question}"));
        for keys in [text::KEYBOARD, text::KEYPAD] {
            if let [switch] = timed.game.all(Role::Button, keys)[..] {
                timed.game.assist(switch, accesskit::Action::Click, None);
                check(&mut timed, &format!("question {question} with its keys"));
            }
        }
        if question == 1 {
            timed.game.key(Key::Escape);
            check(&mut timed, "pause");
            timed.game.tab_to(text::RESUME).key(Key::Enter);
        }
        for _ in 0..40 {
            if timed.game.texts().iter().any(|text| text == text::TIME_IS_UP) {
                break;
            }
            timed.pass(10);
        }
        check(&mut timed, &format!("feedback {question}"));
        timed.game.key(Key::Enter);
    }
    timed.until(text::TO_REVIEW);
    check(&mut timed, "results");
}

#[test]
fn every_screen_holds_in_every_size() {
    let sizes = [every(&SHAPES, &[1., 2.]), every(&BETWEEN, &[1.25, 1.5])].concat();
    walk(BANK, &sizes, true);
}

#[test]
fn long_texts_hold_in_every_size() {
    walk(&long_bank(), &every(&LONG, &[1., 2.]), false);
}

/// The questions of a normal game, on the smallest phone.
#[test]
fn four_options_are_above_the_fold_on_a_phone() {
    let bank = r#"Bank(format: 1, id: "layout", title: "Layout", rounds: [Round(id: "r", title: "Membership", questions: [
        Choice(id: "a", stem: "Finland had been neutral for decades. When did it become a member?", key: "April 2023", distractors: ["May 2022", "March 2024", "October 2024"], explanation: "So it is."),
    ])])"#;
    let mut timed = Timed::with(bank, (360, 640));
    timed.game.button(text::PLAY).press();
    timed.game.tab_to(text::START).key(Key::Enter).key(Key::Enter);
    timed.game.expect_text("Finland");
    let world = timed.game.app.world_mut();
    let area = world.query_filtered::<Entity, With<Scroller>>().iter(world).next().expect("an area");
    let tiles: Vec<Entity> = world.query_filtered::<Entity, With<Tile>>().iter(world).collect();
    assert_eq!(tiles.len(), 4);
    let fold = timed.game.rect(area).max.y;
    for tile in tiles {
        let rect = timed.game.rect(tile);
        assert!(rect.max.y <= fold, "{rect:?} is below {fold}\n{}", timed.game.tree());
    }
    assert!(timed.game.all(Role::Button, text::MORE_BELOW).is_empty());
}

/// A notice of several lines, while a question is open: nothing of the question is beneath it.
#[test]
fn a_notice_covers_nothing() {
    const STEM: &str = "A question of quite ordinary length, is it not?";
    let bank = format!(
        r#"Bank(format: 1, id: "layout", title: "Layout", rounds: [Round(id: "r", title: "A round", questions: [
        Choice(id: "a", stem: {STEM:?}, key: "Right", distractors: ["Wrong", "Also wrong", "Not right"], explanation: "So it is."),
    ])])"#
    );
    let mut timed = Timed::with(&bank, USUAL_PIXELS);
    timed.game.button(text::PLAY).press();
    timed.game.tab_to(text::START).key(Key::Enter);
    timed.game.tab_to(text::START_ROUND).key(Key::Enter);
    timed.until(STEM);
    let at_first = timed.game.find(Role::Heading, STEM).rect();
    let words =
        "This game cannot be saved: there is no room left. Play goes on. As soon as there is room, all of it is saved.";
    timed.game.app.world_mut().resource_mut::<Notices>().0.push(words.to_owned());
    for (shape, size) in [((360, 640), 1.), ((360, 640), 2.), ((640, 360), 1.), (USUAL, 1.)] {
        timed.game.reshape(shape, size);
        let faults = timed.game.layout_faults();
        assert!(faults.is_empty(), "{shape:?} at {size}: {faults:#?}");
        let told = timed.game.button(text::DISMISS).rect();
        let stem = timed.game.find(Role::Heading, STEM).rect();
        assert!(stem.min.y >= told.max.y, "{shape:?} at {size}: {stem:?} under {told:?}");
    }
    timed.game.button(text::DISMISS).press();
    timed.game.settle();
    assert_eq!(timed.game.find(Role::Heading, STEM).rect(), at_first, "the screen has its place again");
}

/// The preference is what the window follows.
#[test]
fn the_preference_of_text_size_enlarges_every_text() {
    let mut game = Game::start();
    let before = game.find(Role::Heading, text::NAME).rect();
    let world = game.app.world_mut();
    world.resource_mut::<Preferences>().text_percent = 200;
    game.settle();
    let after = game.find(Role::Heading, text::NAME).rect();
    assert!(after.height() > before.height() * 1.15, "{before:?}, {after:?}");
}

fn scrolls(game: &mut Game) -> Vec<String> {
    let world = game.app.world_mut();
    let areas = world
        .query_filtered::<&ComputedNode, With<Scroller>>()
        .iter(world)
        .map(|area| (area.content_size().y, area.size().y))
        .collect::<Vec<_>>();
    areas
        .into_iter()
        .filter(|(content, seen)| *content > seen + 1.)
        .map(|(content, seen)| format!("{content} pixels in {seen}"))
        .collect()
}

/// What the very first start offers, nothing of it below the fold.
#[test]
fn the_first_title_is_all_in_view_in_a_usual_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let data_dir = folder.path().join("data");
    let mut game = Game::as_it_is(Options { data_dir, size: Some(USUAL_PIXELS), ..Options::default() });
    until(&mut game, "Nato explained");
    game.expect_text(text::MAKE_IT_YOURS);
    assert_eq!(scrolls(&mut game), Vec::<String>::new(), "{}", game.tree());
}

#[test]
fn the_set_up_is_all_in_view_in_a_usual_window() {
    let mut game = Game::start();
    until(&mut game, "Nato explained");
    game.tab_to(text::PLAY).key(Key::Enter).expect_text(text::CHOOSE_ROUNDS).expect_text(text::SAME_CODE_SAME);
    for shape in [USUAL, (1366, 768)] {
        game.reshape(shape, 1.);
        assert_eq!(scrolls(&mut game), Vec::<String>::new(), "{shape:?}");
    }
}
