//! Files that reach the page by themselves: dropped on it, or named in its address (`?bank=`). And what there is to tell of its storage.

use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use bevy::window::{FileDragAndDrop, PrimaryWindow};

use crate::game::library::{OpenFiles, Stocking};
use crate::game::redraw::Waker;
use crate::game::session::{Notices, ToldOfDisk};
use crate::game::text;
use crate::platform::{PageFiles, on_files, on_storage_trouble, storage_trouble};

/// What the page has told and nobody has read yet.
#[derive(Resource, Clone, Default)]
struct Inbox(Arc<Mutex<Vec<Word>>>);

enum Word {
    Files(PageFiles),
    Storage(String),
}

impl Inbox {
    fn put(&self, word: Word) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(word);
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Inbox>()
        .add_systems(Startup, (listen, tell_of_storage))
        .add_systems(PreUpdate, take_in.after(Stocking));
}

fn listen(inbox: Res<Inbox>, waker: Res<Waker>) {
    let (own, bell) = (inbox.clone(), waker.clone());
    on_files(move |files| {
        own.put(Word::Files(files));
        bell.wake();
    });
    let (own, bell) = (inbox.clone(), waker.clone());
    on_storage_trouble(move |why| {
        own.put(Word::Storage(why));
        bell.wake();
    });
}

/// What was kept could not be read: the player may be missing it.
fn tell_of_storage(mut notices: ResMut<Notices>, mut told: ResMut<ToldOfDisk>) {
    if let Some(why) = storage_trouble() {
        notices.tell(text::nothing_kept(&why));
        told.0 = true;
    }
}

fn take_in(
    inbox: Res<Inbox>,
    window: Single<Entity, With<PrimaryWindow>>,
    mut hovering: MessageWriter<FileDragAndDrop>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let words = std::mem::take(&mut *inbox.0.lock().unwrap_or_else(PoisonError::into_inner));
    for word in words {
        let window = *window;
        match word {
            Word::Files(PageFiles::Over) => {
                // Its name is known only once it is dropped.
                hovering.write(FileDragAndDrop::HoveredFile { window, path_buf: "/".into() });
            }
            Word::Files(PageFiles::Away) => {
                hovering.write(FileDragAndDrop::HoveredFileCanceled { window });
            }
            Word::Files(PageFiles::Here(files)) => commands.trigger(OpenFiles::Read(files)),
            Word::Storage(why) => notices.tell(text::kept_again(&why)),
        }
    }
}
