//! The choices of questions that were made before class, between this window and their file.

use bevy::prelude::*;

use crate::classroom::lesson::{Lesson, Lessons, kept};
use crate::game::redraw::Waker;
use crate::game::session::{Notices, Storage};
use crate::game::text;
use crate::platform::{FileShelf, Keeper, Kept, Pace};
use std::sync::{Arc, Mutex, PoisonError};

/// All that are kept.
#[derive(Resource, Default)]
pub struct SavedLessons {
    /// By name.
    pub lessons: Lessons,
    keeper: Option<Keeper>,
    troubles: Arc<Mutex<Vec<String>>>,
}

/// Keeps a lesson.
#[derive(Event, Debug, Clone)]
pub struct KeepLesson(pub Lesson);

/// Forgets a lesson.
#[derive(Event, Debug, Clone)]
pub struct ForgetLesson(pub String);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SavedLessons>()
        .add_observer(keep)
        .add_observer(forget)
        .add_systems(Startup, load)
        .add_systems(PreUpdate, tell);
}

fn load(storage: Res<Storage>, waker: Res<Waker>, mut saved: ResMut<SavedLessons>, mut notices: ResMut<Notices>) {
    let Some(data) = &storage.data else { return };
    match kept::load(&FileShelf::new(data)) {
        Ok(lessons) => saved.lessons = lessons,
        Err(error) => notices.tell(error.to_string()),
    }
    let (troubles, waker) = (Arc::clone(&saved.troubles), waker.clone());
    let report = move |kept| {
        let sentence = match kept {
            Kept::Failed(error) => text::not_kept_now(&error.trouble.to_string()),
            Kept::SetAside(path) => text::kept_file_set_aside(&path),
        };
        troubles.lock().unwrap_or_else(PoisonError::into_inner).push(sentence);
        waker.wake();
    };
    // Without a thread lessons last as long as the program does.
    saved.keeper = Keeper::new(FileShelf::new(data), Pace::default(), report).ok();
}

fn keep(lesson: On<KeepLesson>, mut saved: ResMut<SavedLessons>) {
    saved.lessons.keep(lesson.0.clone());
    if let Some(keeper) = &saved.keeper {
        kept::keep(keeper, lesson.0.clone());
    }
}

fn forget(name: On<ForgetLesson>, mut saved: ResMut<SavedLessons>) {
    saved.lessons.forget(&name.0);
    if let Some(keeper) = &saved.keeper {
        kept::forget(keeper, &name.0);
    }
}

fn tell(saved: Res<SavedLessons>, mut notices: ResMut<Notices>) {
    let troubles = std::mem::take(&mut *saved.troubles.lock().unwrap_or_else(PoisonError::into_inner));
    for sentence in troubles {
        notices.tell(sentence);
    }
}
