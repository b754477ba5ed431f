//! Feedback that teaches: the verdict, every option with its mark, the reasons, the source, a small picture where the data allow one, and
//! how sure the player was.

use accesskit::{Role, Toggled};
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use roundtable::game::plot::labels::{Label, Rank, place};
use roundtable::game::plot::{Axis, When};
use roundtable::game::session::CurrentView;
use roundtable::quiz::Sureness;

use crate::games::{Place, begin_by_keys, kill, until};
use crate::harness::Game;

/// A bank of one question.
fn bank(question: &str) -> String {
    format!(
        r#"Bank(format: 1, id: "small", title: "Small quiz", documents: {{"d": (title: "A book", link: "https://example.org/book")}},
            rounds: [Round(id: "r", title: "A round", questions: [{question}])])"#
    )
}

const FINLAND: &str = r#"Choice(id: "q", stem: "When did Finland join?", key: "April 2023",
    distractors: ["May 2022", "March 2024", "1949"], notes: {"May 2022": "That is when it applied."},
    explanation: "Almost a year after it had applied.", source: (document: "d", section: "Members"), as_of: "2024-10")"#;

/// Plays the bank's one question up to its feedback.
fn answered(place: &Place, question: &str, answer: &str) -> Game {
    let mut game = place.start(&bank(question));
    begin_by_keys(&mut game);
    game.tab_to(answer).key(Key::Enter);
    until(&mut game, "See your results");
    game
}

/// The small picture's words, if there is one.
fn picture(game: &mut Game) -> Option<String> {
    let world = game.app.world_mut();
    world
        .query::<&bevy::a11y::AccessibilityNode>()
        .iter(world)
        .filter(|node| node.role() == Role::Image && !node.is_hidden())
        .find_map(|node| node.label().filter(|label| label.starts_with("Timeline") || label.starts_with("Scale")))
        .map(str::to_owned)
}

#[test]
fn dates_are_read_as_people_write_them_and_nothing_else_is() {
    let read = |text: &str| When::read(text).map(|when| (when.year, when.month, when.day));
    assert_eq!(read("1949"), Some((1949, None, None)));
    assert_eq!(read(" April 2023 "), Some((2023, Some(4), None)));
    assert_eq!(read("in May 2022"), Some((2022, Some(5), None)));
    assert_eq!(read("Sept. 2001"), Some((2001, Some(9), None)));
    assert_eq!(read("4 April 1949"), Some((1949, Some(4), Some(4))));
    assert_eq!(read("April 4, 1949"), Some((1949, Some(4), Some(4))));
    for other in
        ["the 1990s", "1990s", "999", "2101", "19490", "The treaty of 1957", "Mayor 2022", "12", "", "+194", "Ma 2022"]
    {
        assert_eq!(read(other), None, "{other:?}");
    }
    let years = |text: &str| When::read(text).expect("a date").years();
    assert!((years("April 2023") - 2023.25).abs() < 1e-9);
    assert!(years("31 January 2023") < years("February 2023"));
}

#[test]
fn a_scale_that_would_squeeze_the_answers_is_broken_where_nothing_stands() {
    // 1949 and three within two years.
    let axis = Axis::fit(&[(1949., true), (2022.3, true), (2023.25, true), (2024.2, true)]);
    assert_eq!(axis.breaks.len(), 1);
    let places: Vec<f64> = [1949., 2022.3, 2023.25, 2024.2].map(|value| axis.at(value)).to_vec();
    assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 0.12), "{places:?}");
    assert!(axis.breaks[0] > places[0] && axis.breaks[0] < places[1]);
    // The ends of a wide range.
    let axis = Axis::fit(&[(0., false), (1300., true), (1340., true), (4000., false)]);
    assert_eq!(axis.breaks.len(), 2);
    assert!(axis.at(1340.) - axis.at(1300.) > 0.12);
    // Evenly spread: no break, true proportions.
    let axis = Axis::fit(&[(0., false), (20., true), (30., true), (40., false)]);
    assert_eq!(axis.breaks.len(), 0);
    assert!((axis.at(20.) - 0.5).abs() < 1e-9 && (axis.at(30.) - 0.75).abs() < 1e-9);
    // The same value, and one alone, are no trouble.
    assert!((Axis::fit(&[(7., true), (7., true)]).at(7.) - 0.5).abs() < 1e-9);
    assert!((Axis::fit(&[]).at(7.) - 0.5).abs() < 1e-9);
}

#[test]
fn a_scale_keeps_its_order_and_its_ends_whatever_stands_on_it() {
    let mut seed: u64 = 7;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    for _ in 0..2000 {
        let count = 1 + random() % 8;
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let values: Vec<(f64, bool)> = (0..count)
            .map(|_| ((random() % 10_u64.pow(1 + (random() % 6) as u32)) as f64, random() % 2 == 0))
            .collect();
        let axis = Axis::fit(&values);
        let mut sorted = values.clone();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        let places: Vec<f64> = sorted.iter().map(|value| axis.at(value.0)).collect();
        assert!(places.iter().all(|place| (0. ..=1.).contains(place)), "{values:?}: {places:?}");
        assert!(places.windows(2).all(|pair| pair[0] <= pair[1]), "{values:?}: {places:?}");
        let mut answers: Vec<f64> = sorted.iter().filter(|value| value.1).map(|value| value.0).collect();
        answers.dedup();
        for pair in answers.windows(2) {
            assert!(axis.at(pair[1]) - axis.at(pair[0]) > 0.08, "{values:?}: {pair:?} lie upon each other");
        }
    }
}

#[test]
fn words_on_a_line_never_overlap_and_the_answers_are_always_there() {
    for width in [260., 296., 900.] {
        for text in [40., 90., 170., 260.] {
            let labels: Vec<Label> = [0., 0.1, 0.2, 0.55, 0.9, 1.]
                .iter()
                .enumerate()
                .map(|(at, share)| Label {
                    middle: share * width,
                    width: text,
                    rank: [Rank::Other, Rank::Right, Rank::Yours][if at > 2 { 0 } else { at }],
                })
                .collect();
            let placed = place(&labels, width);
            assert!(placed[1].is_some() && placed[2].is_some(), "{width} {text}: {placed:?}");
            for (index, one) in placed.iter().enumerate() {
                let Some(one) = one else { continue };
                assert!(one.left >= 0. && one.left + text <= width, "{width} {text}: {one:?}");
                for other in placed[index + 1..].iter().flatten().filter(|other| other.row == one.row) {
                    assert!((one.left - other.left).abs() >= text, "{width} {text}: {placed:?}");
                }
            }
        }
    }
}

#[test]
fn a_wrong_date_is_shown_on_a_timeline_with_every_option_the_note_and_the_source() {
    let place = Place::new();
    let mut game = answered(&place, FINLAND, "May 2022");
    game.expect_text("Not this time").expect_text("That is when it applied.");
    game.expect_text("Almost a year after it had applied.").expect_text("A book, section “Members”");
    game.expect_text("https://example.org/book").expect_text("As of October 2024.");
    assert_eq!(game.find(Role::Button, "April 2023").node().description(), Some("Right answer"));
    assert_eq!(game.find(Role::Button, "May 2022").node().description(), Some("Your answer"));
    for faint in ["March 2024", "1949"] {
        assert_eq!(game.find(Role::Button, faint).node().description(), None);
    }
    game.expect_text("On the timeline");
    assert_eq!(
        picture(&mut game).as_deref(),
        Some(
            "Timeline from 1949 to March 2024. Right answer: April 2023. Your answer: May 2022. Also there: 1949, March 2024."
        )
    );
    assert_eq!(game.layout_faults(), Vec::<String>::new());
}

#[test]
fn the_picture_appears_exactly_where_the_data_allow_it_and_never_before() {
    let number = |range: &str, key: &str, unit: &str| {
        format!(
            r#"Number(id: "q", stem: "How much?", key: {key}, unit: "{unit}", range: ({range}), step: 1, tolerance: 5, explanation: "So.")"#
        )
    };
    let place = Place::new();
    let mut game = place.start(&bank(&number("0, 50", "32", "members")));
    begin_by_keys(&mut game);
    assert_eq!(picture(&mut game), None);
    game.type_text("14").key(Key::Enter);
    until(&mut game, "See your results");
    game.expect_text("On the scale");
    assert_eq!(
        picture(&mut game).as_deref(),
        Some("Scale from 0 to 50. Right answer: 32 members. Your answer: 14 members. From 27 to 37 earns something.")
    );
    drop(game);

    let place = Place::new();
    let mut game = place.start(&bank(&number("1940, 2000", "1949", "")));
    begin_by_keys(&mut game);
    game.type_text("1951").key(Key::Enter);
    until(&mut game, "See your results");
    game.expect_text("On the timeline");
    assert_eq!(
        picture(&mut game).as_deref(),
        Some(
            "Timeline from 1940 to 2000. Right answer: 1949. Your answer, near enough: 1951. From 1944 to 1954 earns something."
        )
    );
    drop(game);

    // One option is no date: no picture, and no room for one.
    let place = Place::new();
    let mut game = answered(&place, &FINLAND.replace("1949", "the 1990s"), "April 2023");
    assert_eq!(picture(&mut game), None);
    game.expect_no_text("On the");
}

#[test]
fn without_a_source_and_a_picture_the_words_take_the_whole_width() {
    let plain =
        r#"Choice(id: "q", stem: "Which?", key: "Right one", distractors: ["Wrong one"], explanation: "So it is.")"#;
    let with_source = plain.replace("explanation", r#"source: (document: "d"), explanation"#);
    let width = |question: &str| {
        let place = Place::new();
        let mut game = answered(&place, question, "Wrong one");
        game.find(Role::Button, "Right one").rect().width()
    };
    let (narrow, wide) = (width(&with_source), width(plain));
    assert!(wide > narrow + 300., "{wide} {narrow}");
}

fn said(game: &Game) -> Option<Sureness> {
    let view = game.app.world().resource::<CurrentView>().get().cloned().expect("a match");
    view.you.expect("a player").answer.and_then(|given| given.sure)
}

fn is_on(game: &mut Game, name: &str) -> bool {
    game.button(name).node().toggled() == Some(Toggled::True)
}

#[test]
fn sure_or_guessed_is_one_press_of_any_kind_and_the_last_word_counts() {
    let place = Place::new();
    let mut game = answered(&place, FINLAND, "May 2022");
    assert_eq!(said(&game), None, "nobody has to say");
    game.type_text("s");
    assert_eq!(said(&game), Some(Sureness::Sure), "by its key");
    assert!(is_on(&mut game, "I was sure") && !is_on(&mut game, "I guessed"));
    game.button("I guessed").click();
    assert_eq!(said(&game), Some(Sureness::Guessed), "by the mouse");
    game.button("I was sure").press();
    assert_eq!(said(&game), Some(Sureness::Sure), "by assistive technology");
    game.tab_to("I guessed").key(Key::Space);
    assert_eq!(said(&game), Some(Sureness::Guessed), "by the focus");
    assert!(is_on(&mut game, "I guessed") && !is_on(&mut game, "I was sure"));
}

#[test]
fn what_was_said_before_the_answer_goes_with_it_and_survives_a_kill() {
    let place = Place::new();
    let mut game = place.start(&bank(FINLAND));
    begin_by_keys(&mut game);
    game.tab_to("I’m guessing").key(Key::Space);
    assert!(is_on(&mut game, "I’m guessing"));
    game.key(Key::Space);
    assert!(!is_on(&mut game, "I’m guessing"), "until it is sent it can be taken back");
    game.tab_to("I’m sure").key(Key::Space);
    game.tab_to("May 2022").key(Key::Enter);
    until(&mut game, "See your results");
    assert_eq!(said(&game), Some(Sureness::Sure));
    assert!(is_on(&mut game, "I was sure"));
    kill(game, &place);

    let mut game = place.start(&bank(FINLAND));
    game.key(Key::Enter).key(Key::Enter);
    until(&mut game, "Not this time");
    assert_eq!(said(&game), Some(Sureness::Sure), "the journal has it");
    assert!(is_on(&mut game, "I was sure"));
}

#[test]
fn feedback_holds_on_a_phone_with_text_at_twice_its_size() {
    let number = r#"Number(id: "q", stem: "How far?", key: 1340, unit: "thousand kilometres", range: (0, 4000), step: 1, tolerance: 200, explanation: "So.")"#;
    for (question, answer) in [(FINLAND, "May 2022"), (number, "1300")] {
        for (size, scale) in
            [((360, 640), 1.), ((360, 640), 2.), ((1280, 720), 2.), ((1280, 720), 1.), ((3840, 2160), 1.)]
        {
            let place = Place::new();
            let mut game = place.sized(&bank(question), size);
            begin_by_keys(&mut game);
            if answer == "1300" {
                game.type_text(answer).key(Key::Enter);
            } else {
                game.tab_to(answer).key(Key::Enter);
            }
            until(&mut game, "See your results");
            game.text_scale(scale);
            game.settle();
            assert_eq!(game.layout_faults(), Vec::<String>::new(), "{size:?} at {scale}");
            assert_eq!(overlaps(&mut game), Vec::<String>::new(), "{size:?} at {scale}");
        }
    }
}

/// Words of the picture that lie over one another.
fn overlaps(game: &mut Game) -> Vec<String> {
    let world = game.app.world_mut();
    let texts: Vec<(Entity, String, Entity)> = world
        .query::<(Entity, &Text, &ChildOf)>()
        .iter(world)
        .map(|(entity, text, parent)| (entity, text.0.clone(), parent.parent()))
        .collect();
    let in_picture = |parent: Entity| {
        let node = game.app.world().get::<bevy::a11y::AccessibilityNode>(parent);
        node.is_some_and(|node| node.role() == Role::Image && node.label().is_some())
    };
    let shown: Vec<(Rect, String)> = texts
        .into_iter()
        .filter(|(entity, _, parent)| game.on_show(*entity) && in_picture(*parent))
        .map(|(entity, text, _)| (game.rect(entity), text))
        .collect();
    assert!(shown.len() > 1, "the picture has words");
    let mut faults = Vec::new();
    for (index, (one, words)) in shown.iter().enumerate() {
        for (other, others) in &shown[index + 1..] {
            let common = one.intersect(*other);
            if common.width() > 1. && common.height() > 1. {
                faults.push(format!("“{words}” and “{others}”: {one:?} {other:?}"));
            }
        }
    }
    faults
}
