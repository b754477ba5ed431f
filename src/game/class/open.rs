//! How a class begins, goes on after a crash, and ends.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};

use bevy::prelude::*;

use super::{Class, CurrentClass, Doorplate, Facts, Inbox, Open, Orders, ToldQuestions, watch};
use crate::classroom::address::{Address, addresses};
use crate::classroom::hosting::{self, Hosting, Left, PORT, Plan};
use crate::classroom::room::{Manner, Talk};
use crate::classroom::server::{Limits, raise_files};
use crate::game::redraw::Waker;
use crate::game::screens::{Go, Menu};
use crate::game::session::{Clock, Loaded, Notices, Storage};
use crate::game::text::class as text;
use crate::platform::{MatchStore, Times};
use crate::quiz::Settings;

/// Opens a class.
#[derive(Event, Debug, Clone)]
pub struct OpenClass {
    /// What is played.
    pub loaded: Loaded,
    /// What is agreed.
    pub settings: Settings,
    /// How it is run.
    pub manner: Manner,
    /// The saved choice of questions, if one is played.
    pub lesson: Option<String>,
}

/// Goes on with the class that was running when the program ended.
#[derive(Event, Debug, Clone, Copy)]
pub struct ResumeClass;

/// Closes the class in this window. One that is not over can go on later.
#[derive(Event, Debug, Clone, Copy)]
pub struct CloseClass;

/// "Delete this class": closes it and removes every trace of it.
#[derive(Event, Debug, Clone, Copy)]
pub struct DeleteClass;

/// Looks again for networks.
#[derive(Event, Debug, Clone, Copy)]
pub struct LookForNetworks;

/// Asks what the class before filled together with this question file.
#[derive(Event, Debug, Clone)]
pub struct LookForRing(pub String);

/// What it filled, in thousandths.
#[derive(Event, Debug, Clone)]
pub struct RingFound {
    /// The question file's id.
    pub bank: String,
    /// The share.
    pub filled: u16,
}

/// What the thread that looks for it has found.
#[derive(Resource, Default)]
struct Rings(Mutex<Option<Receiver<RingFound>>>);

/// A class that could go on.
#[derive(Resource, Default)]
pub struct LeftClass(pub Option<Left>);

/// What the thread that looks for left classes has found.
#[derive(Resource, Default)]
struct Found(Mutex<Option<Receiver<Option<Left>>>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<LeftClass>()
        .init_resource::<Found>()
        .init_resource::<Rings>()
        .add_observer(look_for_ring)
        .add_observer(open)
        .add_observer(resume)
        .add_observer(close)
        .add_observer(delete)
        .add_observer(look_for_networks)
        .add_systems(Startup, look_for_left)
        .add_systems(PreUpdate, (left_found, ring_found))
        .add_systems(Last, at_the_end.run_if(on_message::<AppExit>));
}

/// The classes' folders, or why there are none.
pub(super) fn store_of(storage: &Storage) -> Result<MatchStore, String> {
    match &storage.data {
        Some(data) => MatchStore::classes(data).map_err(|error| error.to_string()),
        None => Err(storage.why_none.clone()),
    }
}

/// On a thread: a long class takes a while to read.
fn look_for_left(storage: Res<Storage>, found: Res<Found>, waker: Res<Waker>) {
    // Whoever has never hosted a class has no folder for them, and needs none.
    let Some(data) = storage.data.clone().filter(|data| data.root().join("classes").exists()) else { return };
    let (sender, receiver) = channel();
    *found.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(receiver);
    let waker = waker.clone();
    // Without a thread nothing is offered; the class is still there at the next start.
    let _ = std::thread::Builder::new().name("left classes".to_owned()).spawn(move || {
        let store = MatchStore::classes(&data).ok();
        let left = store.and_then(|store| hosting::left(&store).ok()).unwrap_or_default();
        let _ = sender.send(left.into_iter().next());
        waker.wake();
    });
}

fn left_found(found: Res<Found>, class: Res<Class>, mut left: ResMut<LeftClass>) {
    let mut found = found.0.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(answer) = found.as_ref().and_then(|found| found.try_recv().ok()) else { return };
    *found = None;
    if class.get().is_none() && (answer.is_some() || left.0.is_some()) {
        left.0 = answer;
    }
}

/// On a thread: reports of old classes are read for it.
fn look_for_ring(asked: On<LookForRing>, storage: Res<Storage>, rings: Res<Rings>, waker: Res<Waker>) {
    let Some(data) = storage.data.clone().filter(|data| data.root().join("classes").exists()) else { return };
    let (sender, receiver) = channel();
    *rings.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(receiver);
    let (bank, waker) = (asked.0.clone(), waker.clone());
    // Without a thread there is one goal less to choose.
    let _ = std::thread::Builder::new().name("last ring".to_owned()).spawn(move || {
        let filled = MatchStore::classes(&data).ok().and_then(|store| hosting::last_ring(&store, &bank));
        if let Some(filled) = filled {
            let _ = sender.send(RingFound { bank, filled });
            waker.wake();
        }
    });
}

fn ring_found(rings: Res<Rings>, mut commands: Commands) {
    let mut rings = rings.0.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(found) = rings.as_ref().and_then(|rings| rings.try_recv().ok()) else { return };
    *rings = None;
    commands.trigger(found);
}

/// Addresses that a phone could use with what the server listens on.
fn places(hosting: &Hosting) -> Vec<Address> {
    let sixes = hosting.address().is_some_and(|at| at.is_ipv6());
    addresses().into_iter().filter(|place| place.ip.is_ipv4() || sixes).collect()
}

fn facts(hosting: &Hosting, wanted: u16, unsaved: Option<String>) -> Facts {
    let port = hosting.address().map_or(wanted, |at| at.port());
    Facts {
        title: String::new(),
        scoring: None,
        lesson: None,
        code: hosting.code,
        port,
        instead_of: (port != wanted).then_some(wanted),
        talk: None,
        resumed: false,
        unsaved,
    }
}

fn open(
    request: On<OpenClass>,
    (storage, waker, clock): (Res<Storage>, Res<Waker>, Res<Clock>),
    mut class: ResMut<Class>,
    (mut current, mut told): (ResMut<CurrentClass>, ResMut<ToldQuestions>),
    mut notices: ResMut<Notices>,
) {
    let OpenClass { loaded, settings, manner, lesson } = request.event().clone();
    // How many it lets in is the system's; the class opens all the same.
    let _ = raise_files();
    let (store, unsaved) = match store_of(&storage) {
        Ok(store) => (Some(store), None),
        Err(why) => (None, Some(why)),
    };
    let (scoring, talk) = (settings.scoring, settings.hold.then_some(manner.talk));
    let plan = Plan { bank: loaded.bank.clone(), bank_text: loaded.text.to_string(), settings, manner };
    let inbox = Inbox::default();
    let opened = hosting::listen(None)
        .and_then(|listener| hosting::open(store, plan, listener, Limits::default(), watch(&inbox, &waker)));
    match opened {
        Ok(hosting) => {
            if let Some(why) = &unsaved {
                notices.tell(text::class_unsaved(why));
            }
            let facts = Facts {
                title: loaded.bank.title.clone(),
                scoring: Some(scoring),
                talk,
                lesson,
                ..facts(&hosting, PORT, unsaved)
            };
            (current.0, told.0) = (None, std::collections::BTreeMap::new());
            class.0 = Some(begun(facts, hosting, inbox, clock.now()));
        }
        Err(trouble) => notices.tell(text::trouble(&trouble)),
    }
}

fn begun(facts: Facts, hosting: Hosting, inbox: Inbox, since: Times) -> Open {
    let places = places(&hosting);
    Open { plate: Doorplate { facts, places }, since, orders: Orders::Room(Box::new(hosting)), inbox, shown: false }
}

fn resume(
    _: On<ResumeClass>,
    (storage, waker, clock): (Res<Storage>, Res<Waker>, Res<Clock>),
    mut left: ResMut<LeftClass>,
    mut class: ResMut<Class>,
    (mut current, mut told): (ResMut<CurrentClass>, ResMut<ToldQuestions>),
    mut notices: ResMut<Notices>,
) {
    let Some(found) = left.0.clone() else { return };
    let store = match store_of(&storage) {
        Ok(store) => store,
        Err(why) => return notices.tell(text::not_resumed(&why)),
    };
    // How many it lets in is the system's; the class opens all the same.
    let _ = raise_files();
    let inbox = Inbox::default();
    let opened = hosting::listen_again(found.port)
        .and_then(|listener| hosting::resume(store, &found.path, listener, Limits::default(), watch(&inbox, &waker)));
    match opened {
        Ok(hosting) => {
            let facts = Facts {
                title: found.summary.bank.clone(),
                scoring: Some(found.settings.scoring),
                talk: found.settings.hold.then_some(Talk::Always),
                resumed: true,
                ..facts(&hosting, found.port.unwrap_or(PORT), None)
            };
            left.0 = None;
            (current.0, told.0) = (None, std::collections::BTreeMap::new());
            class.0 = Some(begun(facts, hosting, inbox, clock.now()));
        }
        Err(trouble) => notices.tell(text::trouble(&trouble)),
    }
}

fn close(
    _: On<CloseClass>,
    (storage, found, waker): (Res<Storage>, Res<Found>, Res<Waker>),
    mut class: ResMut<Class>,
    (mut current, mut told): (ResMut<CurrentClass>, ResMut<ToldQuestions>),
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let Some(open) = class.0.take() else { return };
    (current.0, told.0) = (None, std::collections::BTreeMap::new());
    if let Some(hosting) = open.hosting() {
        let closed = hosting.close();
        if let Some(trouble) = &closed.trouble {
            notices.tell(trouble.to_string());
        } else if let Some(folder) = closed.reports.first().and_then(|file| file.parent()) {
            notices.tell(text::report_lies_in(folder));
        }
    }
    commands.trigger(Go(Menu::Title));
    look_for_left(storage, found, waker);
}

/// Every trace of the class is removed, and the window is back at its title.
fn delete(
    _: On<DeleteClass>,
    mut class: ResMut<Class>,
    (mut current, mut told): (ResMut<CurrentClass>, ResMut<ToldQuestions>),
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let Some(hosting) = class.0.take().and_then(Open::hosting) else { return };
    (current.0, told.0) = (None, std::collections::BTreeMap::new());
    notices.tell(match hosting.delete() {
        Ok(_) => text::DELETED.to_owned(),
        Err(error) => error.to_string(),
    });
    commands.trigger(Go(Menu::Title));
}

fn look_for_networks(_: On<LookForNetworks>, mut class: ResMut<Class>) {
    if let Some(open) = &mut class.0
        && let Orders::Room(hosting) = &open.orders
    {
        open.plate.places = places(hosting);
    }
}

/// Everything that was acknowledged is on disk before the program ends.
fn at_the_end(mut class: ResMut<Class>) {
    if let Some(hosting) = class.0.take().and_then(Open::hosting) {
        // Nobody is there to be told any more; a report that was not saved is made again by `roundtable report`.
        let _ = hosting.close();
    }
}
