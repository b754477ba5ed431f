//! Before class: single questions are ticked, their right answers and reasons in view, and the choice is saved under a name.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::setup::ClassSetup;
use crate::classroom::lesson::{MOST_NAME_CHARS, Preparing, Row};
use crate::game::a11y::Announce;
use crate::game::class::lessons::{ForgetLesson, KeepLesson, SavedLessons};
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::motion::Leaving;
use crate::game::screens::parts::{Refill, Spawner, foot, with};
use crate::game::screens::{Go, Menu, Screen};
use crate::game::session::Notices;
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{
    Blocked, BoxColour, Chosen, Entry, back_button, button, check_row, heading, hint, main_button, quiet_button, row,
    screen, scroll, short_entry, spacer, text as words,
};
use crate::rules::Pace;

/// The choice in the making.
#[derive(Resource, Default)]
struct Draft(Option<Preparing>);

#[derive(Component)]
struct Root;
#[derive(Component)]
struct Count;
#[derive(Component)]
struct NameEntry;
#[derive(Component)]
struct SaveButton;
/// A question's row, by its id.
#[derive(Component)]
struct RowOf(String);

/// Ticks a whole round, or takes its ticks away.
#[derive(Event, Debug, Clone, Copy)]
struct TickRound(usize);

/// Saves the choice.
#[derive(Event, Debug, Clone, Copy)]
struct Save;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Draft>()
        .add_observer(tick_round)
        .add_observer(save)
        .add_systems(OnEnter(Screen::Lesson), build)
        .add_systems(Update, refresh.run_if(in_state(Screen::Lesson).and_then(resource_changed::<Draft>)));
}

fn build(
    (library, lessons, setup): (Res<Library>, Res<SavedLessons>, Res<ClassSetup>),
    mut draft: ResMut<Draft>,
    old: Query<Entity, (With<Root>, Without<Leaving>)>,
    mut commands: Commands,
) {
    let Some(loaded) = library.chosen().cloned() else {
        commands.trigger(Go(Menu::Banks));
        return;
    };
    for root in &old {
        commands.entity(root).insert(Leaving);
    }
    let lesson = setup.lesson.as_ref().and_then(|name| lessons.lessons.get(name)).cloned();
    let preparing = lesson.as_ref().map_or_else(
        || Preparing::new(loaded.bank.clone()),
        |lesson| Preparing::from_lesson(loaded.bank.clone(), lesson),
    );
    let rows = preparing.rows();
    draft.0 = Some(preparing);
    let titles: Vec<String> = loaded.bank.rounds.iter().map(|round| round.title.clone()).collect();
    let name = lesson.map(|lesson| lesson.name);
    commands.spawn((
        Root,
        screen(text::LESSON_HEADING),
        DespawnOnExit(Screen::Lesson),
        with(move |root| {
            root.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
                line.spawn(heading(text::LESSON_HEADING, Type::Heading));
                line.spawn(spacer());
                line.spawn((words("", Type::Body, Token::Text), Count));
            });
            let known = name.clone();
            root.spawn(scroll(with(move |area| {
                area.spawn(hint(text::LESSON_HINT));
                area.spawn((
                    NameEntry,
                    short_entry(text::LESSON_NAME, text::LESSON_NAME_HINT, MOST_NAME_CHARS, Node::default()),
                    Refill { text: known.unwrap_or_default(), focus: true },
                    observe(|on: On<ValueChange<String>>, mut commands: Commands| {
                        if on.is_final {
                            commands.trigger(Save);
                        }
                    }),
                ));
                for (round, title) in titles.into_iter().enumerate() {
                    area.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
                        line.spawn(heading(title.clone(), Type::Label));
                        line.spawn((
                            quiet_button(text::whole_round(&title)),
                            Adapt(|node, _| {
                                node.min_height = px(44);
                                node.padding = UiRect::axes(px(14), px(4));
                            }),
                            observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(TickRound(round))),
                        ));
                    });
                    for question in rows.iter().filter(|row| row.round == round) {
                        one(area, round, question);
                    }
                }
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(common::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::HostSetup))),
                ));
                if let Some(name) = name {
                    foot.spawn((
                        button(text::LESSON_FORGET),
                        observe(move |_: On<Activate>, mut setup: ResMut<ClassSetup>, mut commands: Commands| {
                            setup.lesson = None;
                            commands.trigger(ForgetLesson(name.clone()));
                            commands.trigger(Go(Menu::HostSetup));
                        }),
                    ));
                }
                foot.spawn(spacer());
                foot.spawn((
                    main_button(text::LESSON_SAVE),
                    SaveButton,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Save)),
                ));
            }));
        }),
    ));
}

fn one(area: &mut Spawner, round: usize, question: &Row) {
    let id = question.id.clone();
    let mut about = vec![
        format!("{} · {}", common::kind(question.kind), common::difficulty(question.difficulty)),
        text::key_line(&question.key),
    ];
    if !question.distractors.is_empty() {
        about.push(text::distractors(&question.distractors));
    }
    if !question.explanation.is_empty() {
        about.push(question.explanation.clone());
    }
    let mut line = area.spawn((
        check_row(question.stem.clone(), about.join("\n"), ""),
        BoxColour(Token::Round(round)),
        RowOf(id.clone()),
        observe(move |on: On<ValueChange<bool>>, mut draft: ResMut<Draft>| {
            if let Some(preparing) = &mut draft.0 {
                preparing.set(&id, on.value);
            }
        }),
    ));
    if question.ticked {
        line.insert(Chosen);
    }
}

fn tick_round(
    asked: On<TickRound>,
    mut draft: ResMut<Draft>,
    rows_of: Query<(Entity, &RowOf)>,
    mut commands: Commands,
) {
    let Some(preparing) = &mut draft.0 else { return };
    let all = preparing.rows().iter().filter(|row| row.round == asked.0).all(|row| row.ticked);
    preparing.set_round(asked.0, !all);
    for row in preparing.rows() {
        let Some((entity, _)) = rows_of.iter().find(|(_, of)| of.0 == row.id) else { continue };
        if row.ticked {
            commands.entity(entity).insert(Chosen);
        } else {
            commands.entity(entity).remove::<Chosen>();
        }
    }
}

fn refresh(
    draft: Res<Draft>,
    mut counts: Query<&mut Text, With<Count>>,
    saves: Query<Entity, With<SaveButton>>,
    mut commands: Commands,
) {
    let Some(preparing) = &draft.0 else { return };
    for mut shown in &mut counts {
        shown.set_if_neq(Text(text::ticked(preparing.count(), preparing.most_ms(Pace::Standard))));
    }
    for entity in &saves {
        if preparing.count() == 0 {
            commands.entity(entity).insert(Blocked(text::LESSON_EMPTY.to_owned()));
        } else {
            commands.entity(entity).remove::<Blocked>();
        }
    }
}

fn save(
    _: On<Save>,
    draft: Res<Draft>,
    entries: Query<&Entry, With<NameEntry>>,
    mut setup: ResMut<ClassSetup>,
    mut notices: ResMut<Notices>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let (Some(preparing), Ok(entry)) = (&draft.0, entries.single()) else { return };
    match preparing.lesson(&entry.value) {
        Ok(lesson) => {
            announce.write(Announce(text::lesson_saved(&lesson.name, lesson.questions.len())));
            setup.lesson = Some(lesson.name.clone());
            commands.trigger(KeepLesson(lesson));
            commands.trigger(Go(Menu::HostSetup));
        }
        Err(why) => notices.tell(text::bad_lesson(why)),
    }
}
