//! A class that this window hosts: the server runs beside the game, its pictures come in, the teacher's orders go out.
//!
//! Screens never touch the room. They read [`CurrentClass`] and [`Class`], and trigger [`OpenClass`], [`ResumeClass`], [`Ask`] or
//! [`CloseClass`]. What is on the big screen is drawn from the *projector's* view in it, never from the host's.
//!
//! - [`open`]: how a class begins, goes on after a crash, and ends
//! - [`closing`]: the window's own close button asks first
//! - [`lessons`]: the choices of questions that were made before class

pub mod closing;
pub mod lessons;
pub mod open;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;

pub use open::{CloseClass, LeftClass, OpenClass, ResumeClass};

use super::redraw::{Redraw, Waker};
use super::screens::{Go, Menu};
use super::session::{Driving, Notices};
use super::text::class as text;
use crate::classroom::address::{Address, url};
use crate::classroom::hosting::Hosting;
use crate::classroom::protocol::Order;
use crate::classroom::report::Report;
use crate::classroom::room::{Snapshot, Talk};
use crate::classroom::token::RoomCode;
use crate::platform::Times;
use crate::quiz::{QuestionView, Reveal, Stage, View};
use crate::rules::Scoring;

/// What stays as it is while a class is open.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The question file's title.
    pub title: String,
    /// How points come, if that is known (not of a class that goes on).
    pub scoring: Option<Scoring>,
    /// The saved choice of questions that is played, if one is.
    pub lesson: Option<String>,
    /// What people type.
    pub code: RoomCode,
    /// Where the server listens.
    pub port: u16,
    /// The port that was wanted and is taken: phones that know it from before do not find back by themselves.
    pub instead_of: Option<u16>,
    /// Which questions the class talks about before it is told the answer; none if it never does.
    pub talk: Option<Talk>,
    /// Whether the class goes on after the program had ended.
    pub resumed: bool,
    /// Why the class is not saved, if it is not.
    pub unsaved: Option<String>,
}

/// Where orders go.
enum Orders {
    Room(Box<Hosting>),
    /// For tests: to whoever plays the room.
    Elsewhere(Box<dyn Fn(Order) + Send + Sync>),
}

/// The newest picture of the room, and when it was made; left by the room's thread.
#[derive(Clone, Default)]
pub struct Inbox(Arc<Mutex<Option<Scene>>>);

impl Inbox {
    /// Leaves a picture in place of an older one that nobody has seen.
    pub fn put(&self, snapshot: Snapshot, at: Times) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Scene { snapshot, at });
    }

    fn take(&self) -> Option<Scene> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What is written on the door: enough to draw every screen.
#[derive(Debug, Clone)]
pub struct Doorplate {
    /// What stays as it is.
    pub facts: Facts,
    /// Where phones can reach this computer, the likeliest first; none without a network.
    pub places: Vec<Address>,
}

impl Doorplate {
    /// The way in, as people type it; `None` without a network.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.link_to("")
    }

    /// What the QR code holds; `None` without a network.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        self.link_to(&format!("/r/{}", self.facts.code))
    }

    /// A path of this class, such as the remote's.
    #[must_use]
    pub fn link_to(&self, path: &str) -> Option<String> {
        self.places.first().map(|place| url(place.ip, self.facts.port, path))
    }

    /// Other ways in, each with the network card's name.
    #[must_use]
    pub fn others(&self) -> Vec<(String, String)> {
        let rest = self.places.iter().skip(1);
        rest.map(|place| (url(place.ip, self.facts.port, ""), place.card.clone())).collect()
    }
}

/// A class that is open.
pub struct Open {
    /// What is written on the door.
    pub plate: Doorplate,
    /// When it opened.
    pub since: Times,
    orders: Orders,
    inbox: Inbox,
    shown: bool,
}

impl Open {
    /// A class whose room a test plays: pictures through the inbox, orders to the test.
    pub fn elsewhere(
        plate: Doorplate,
        since: Times,
        inbox: Inbox,
        orders: impl Fn(Order) + Send + Sync + 'static,
    ) -> Self {
        Self { plate, since, orders: Orders::Elsewhere(Box::new(orders)), inbox, shown: false }
    }

    /// The report of the class as it stands on disk.
    ///
    /// # Errors
    /// Why there is none, in a sentence.
    pub fn report(&self) -> Result<Report, String> {
        match &self.orders {
            Orders::Room(hosting) => hosting.report().ok_or_else(|| text::REPORT_NONE.to_owned()),
            Orders::Elsewhere(_) => Err(text::REPORT_NONE.to_owned()),
        }
    }

    fn hosting(self) -> Option<Hosting> {
        match self.orders {
            Orders::Room(hosting) => Some(*hosting),
            Orders::Elsewhere(_) => None,
        }
    }
}

/// The class that is open, if one is.
#[derive(Resource, Default)]
pub struct Class(pub Option<Open>);

impl Class {
    /// The class that is open.
    #[must_use]
    pub fn get(&self) -> Option<&Open> {
        self.0.as_ref()
    }
}

/// A picture of the room.
#[derive(Debug, Clone)]
pub struct Scene {
    /// What it shows.
    pub snapshot: Snapshot,
    /// When it was made.
    pub at: Times,
}

impl Scene {
    /// What the big screen may show.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.snapshot.projector
    }

    /// What is left of the open question's time, and the whole of it, in milliseconds; `None` where no clock runs.
    #[must_use]
    pub fn left_ms(&self, now: Times) -> Option<(u64, u64)> {
        let timer = self.view().timer?;
        let since = now.monotonic.saturating_sub(self.at.monotonic).as_millis();
        let gone = if timer.ends.is_some() { u64::try_from(since).unwrap_or(u64::MAX) } else { 0 };
        Some((timer.left_ms.saturating_sub(gone), timer.limit_ms))
    }

    /// Whether "talk to your neighbour, vote again" is worth while: some know it, and some do not. Nothing more of the host's view is told.
    #[must_use]
    pub fn worth_talking(&self) -> bool {
        self.snapshot.offer.is_some()
    }
}

/// The newest picture; changes whenever one comes.
#[derive(Resource, Default)]
pub struct CurrentClass(pub Option<Scene>);

impl CurrentClass {
    /// The picture, if there is a class.
    #[must_use]
    pub fn get(&self) -> Option<&Scene> {
        self.0.as_ref()
    }

    /// What the big screen may show.
    #[must_use]
    pub fn view(&self) -> Option<&View> {
        self.0.as_ref().map(Scene::view)
    }
}

/// Questions that have been told in this class, so that one can be taken back or get another key later.
#[derive(Resource, Default)]
pub struct ToldQuestions(pub BTreeMap<u32, (Arc<QuestionView>, Arc<Reveal>)>);

/// Asks something of the room.
#[derive(Event, Debug, Clone)]
pub struct Ask(pub Order);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Class>()
        .init_resource::<CurrentClass>()
        .init_resource::<ToldQuestions>()
        .add_observer(ask)
        .add_systems(PreUpdate, take_in.in_set(Driving))
        .add_plugins((open::plugin, closing::plugin, lessons::plugin));
}

fn ask(asked: On<Ask>, class: Res<Class>) {
    match class.get().map(|open| &open.orders) {
        Some(Orders::Room(hosting)) => hosting.order(asked.0.clone()),
        Some(Orders::Elsewhere(orders)) => orders(asked.0.clone()),
        None => {}
    }
}

/// What the room's thread calls with each picture.
fn watch(inbox: &Inbox, waker: &Waker) -> impl FnMut(Snapshot) + Send + 'static {
    let (inbox, waker) = (inbox.clone(), waker.clone());
    move |snapshot| {
        inbox.put(snapshot, Times::now());
        waker.wake();
    }
}

fn take_in(
    mut class: ResMut<Class>,
    mut current: ResMut<CurrentClass>,
    mut told: ResMut<ToldQuestions>,
    mut notices: ResMut<Notices>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    let Some(open) = &mut class.bypass_change_detection().0 else { return };
    let Some(scene) = open.inbox.take() else { return };
    let before = current.get().map(|scene| &scene.snapshot);
    if let Some(trouble) = &scene.snapshot.trouble
        && before.is_none_or(|before| before.trouble.is_none())
    {
        notices.tell(text::not_saved(&trouble.to_string()));
    }
    if let Some(why) = scene.snapshot.reply
        && before.is_none_or(|before| before.reply != Some(why))
        && let Some(sentence) = text::refused(why, scene.snapshot.projector.stage)
    {
        notices.tell(sentence.to_owned());
    }
    if before.is_some_and(|before| before.matches != scene.snapshot.matches) {
        // A rematch has questions of its own.
        told.0.clear();
    }
    let shown = &scene.snapshot.projector.shown;
    if scene.snapshot.projector.stage == Stage::Feedback
        && let (Some(question), Some(reveal)) = (&shown.question, &shown.reveal)
    {
        told.0.insert(question.number, (Arc::clone(question), Arc::clone(reveal)));
    }
    current.0 = Some(scene);
    redraw.next_frame();
    if !open.shown {
        open.shown = true;
        commands.trigger(Go(Menu::Class));
    }
}
