//! What moves: tiles that arrive, verdicts that land, screens that hand over, points that count up.
//!
//! Motion is a coat of paint. Layout, names, focus and presses are what they would be without it: a thing in motion is its own
//! [`UiTransform`] and [`Opacity`] away from its place, can be pressed where it is seen, and is told to assistive technology as it will
//! be in the end. With [`Motion::Reduced`] everything is in its place in the frame that brings it, and no frame is asked for.
//!
//! - [`Moving`]: one thing from a pose to its place
//! - [`hand_over`]: the old screen goes, the new one comes
//! - [`travel`]: what stands on both keeps its identity
//! - [`count`]: numbers that count up
//! - [`fill`]: a ring that fills seat by seat

pub mod count;
pub mod fill;
pub mod hand_over;
pub mod travel;

pub use count::CountUp;
pub use fill::FillUp;
pub use hand_over::{AtOnce, Leaving};
pub use travel::Counterpart;

use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::gamepad::GamepadButtonChangedEvent;
use bevy::input::keyboard::KeyboardInput;
use bevy::input::mouse::MouseButtonInput;
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::math::curve::Curve;
use bevy::prelude::*;

use super::preferences::{Motion, Preferences};
use super::redraw::Redraw;
use super::theme::time;
use super::widgets::{Draw, Opacity};

/// How fast motion goes: 1 in real life. Tests about other things are in a hurry, and take every path all the same.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Tempo(pub f32);

impl Default for Tempo {
    fn default() -> Self {
        Self(1.)
    }
}

/// Where motion takes its time from.
#[derive(SystemParam)]
pub struct Pace<'w> {
    time: Res<'w, Time>,
    tempo: Res<'w, Tempo>,
    preferences: Res<'w, Preferences>,
}

impl Pace<'_> {
    /// Whether nothing may move.
    #[must_use]
    pub fn still(&self) -> bool {
        self.preferences.motion == Motion::Reduced
    }

    /// Seconds that motion goes on in this frame. A slow frame slows it rather than swallowing it.
    fn step(&self) -> f32 {
        if self.still() {
            f32::INFINITY
        } else {
            self.time.delta_secs().min(time::LONGEST_STEP.as_secs_f32()) * self.tempo.0
        }
    }
}

/// How far a motion has come. Its time begins in the frame that first shows it: whatever went before, a window that slept or a slow
/// change of screens, is no part of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    age: Option<f32>,
    delay: f32,
    time: f32,
}

impl Run {
    const fn new(delay: f32, time: f32) -> Self {
        Self { age: None, delay, time }
    }

    fn go_on(&mut self, pace: &Pace) {
        self.age = Some(match self.age {
            None if pace.still() => f32::INFINITY,
            None => 0.,
            Some(age) => age + pace.step(),
        });
    }

    /// At the end at once; not in the frame that brings it, whose press is the one that asked for it.
    fn hurry(&mut self) {
        if self.age.is_some() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.age = Some(f32::INFINITY);
    }

    /// From 0 to 1.
    fn share(&self) -> f32 {
        let age = self.age.unwrap_or_default() - self.delay;
        if self.time > 0. { (age / self.time).clamp(0., 1.) } else { 1. }
    }

    fn done(&self) -> bool {
        self.age.unwrap_or_default() >= self.delay + self.time
    }
}

/// Where a thing is, seen from its place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pose {
    offset: Vec2,
    scale: f32,
    opacity: f32,
}

impl Pose {
    /// In its place.
    const REST: Self = Self { offset: Vec2::ZERO, scale: 1., opacity: 1. };
}

/// On its way, and gone from it when it has arrived: add it to any node, beside `Opacity` if you need one of your own.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
#[require(Opacity)]
pub struct Moving {
    from: Pose,
    to: Pose,
    ease: EaseFunction,
    run: Run,
}

impl Moving {
    const fn into_place(from: Pose, ease: EaseFunction, delay: f32, time: f32) -> Self {
        Self { from, to: Pose::REST, ease, run: Run::new(delay, time) }
    }

    /// Rises into its place: the first at once, the others one after the other.
    #[must_use]
    pub fn arrive(index: usize) -> Self {
        // More than a handful would keep the last waiting.
        let nth = u8::try_from(index.min(7)).map_or(0., f32::from);
        let from = Pose { offset: Vec2::new(0., 14.), opacity: 0., ..Pose::REST };
        let delay = time::OUT.as_secs_f32() / 2. + nth * time::STAGGER.as_secs_f32();
        Self::into_place(from, EaseFunction::CubicOut, delay, time::MOVE.as_secs_f32())
    }

    /// Comes down with weight: a little too far, and back.
    #[must_use]
    pub const fn land() -> Self {
        let from = Pose { scale: 0.55, opacity: 0., ..Pose::REST };
        Self::into_place(from, EaseFunction::BackOut, time::MOVE.as_secs_f32() / 2., time::LAND.as_secs_f32())
    }

    /// Slides in from the side and settles: not what was hoped for, said without alarm.
    #[must_use]
    pub const fn settle() -> Self {
        let from = Pose { offset: Vec2::new(-26., 0.), opacity: 0., ..Pose::REST };
        Self::into_place(from, EaseFunction::BackOut, time::MOVE.as_secs_f32() / 2., time::LAND.as_secs_f32())
    }

    /// Two that now belong together: both swell back to their size.
    #[must_use]
    pub const fn join() -> Self {
        Self::into_place(Pose { scale: 0.97, ..Pose::REST }, EaseFunction::BackOut, 0., time::MOVE.as_secs_f32())
    }

    /// From another place, this far away in pixels.
    #[must_use]
    pub const fn from(offset: Vec2) -> Self {
        Self::into_place(Pose { offset, ..Pose::REST }, EaseFunction::CubicOut, 0., time::TRAVEL.as_secs_f32())
    }

    const fn enter() -> Self {
        let from = Pose { opacity: 0., ..Pose::REST };
        Self::into_place(from, EaseFunction::SineOut, time::OUT.as_secs_f32() * 0.75, time::IN.as_secs_f32())
    }

    const fn leave(opacity: f32) -> Self {
        let from = Pose { opacity, ..Pose::REST };
        let to = Pose { offset: Vec2::new(0., -8.), scale: 1., opacity: 0. };
        Self { from, to, ease: EaseFunction::SineOut, run: Run::new(0., time::OUT.as_secs_f32()) }
    }

    fn pose(&self) -> Pose {
        if self.run.done() {
            return self.to;
        }
        let (from, to) = (self.from, self.to);
        let share = self.run.share();
        let eased = |from, to| EasingCurve::new(from, to, self.ease).sample_clamped(share);
        Pose {
            offset: EasingCurve::new(from.offset, to.offset, self.ease).sample_clamped(share),
            scale: eased(from.scale, to.scale),
            // What overshoots its place is not more than there.
            opacity: eased(from.opacity, to.opacity).clamp(0., 1.),
        }
    }
}

/// When motion goes on: after all that brings new things in a frame, before they are painted and laid out.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
struct GoingOn;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Tempo>()
        .configure_sets(PostUpdate, GoingOn.before(Draw::Settle))
        .add_systems(PostUpdate, (hurry, go_on).chain().in_set(GoingOn))
        .add_plugins((hand_over::plugin, travel::plugin, count::plugin, fill::plugin));
}

fn go_on(
    pace: Pace,
    mut moving: Query<(Entity, &mut Moving, &mut UiTransform, &mut Opacity, Has<Leaving>)>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for (entity, mut motion, mut transform, mut opacity, leaving) in &mut moving {
        motion.run.go_on(&pace);
        let pose = motion.pose();
        let there = UiTransform {
            translation: Val2::px(pose.offset.x, pose.offset.y),
            scale: Vec2::splat(pose.scale),
            rotation: transform.rotation,
        };
        transform.set_if_neq(there);
        opacity.set_if_neq(Opacity { share: pose.opacity, ..*opacity });
        if !motion.run.done() {
            redraw.next_frame();
        } else if leaving {
            commands.entity(entity).despawn();
        } else {
            commands.entity(entity).remove::<Moving>();
        }
    }
}

/// Any press means "go on": what counts and fills is at its end at once, and the press does what it does.
fn hurry(
    mut keys: MessageReader<KeyboardInput>,
    mut buttons: MessageReader<MouseButtonInput>,
    mut fingers: MessageReader<TouchInput>,
    mut pads: MessageReader<GamepadButtonChangedEvent>,
    mut counts: Query<&mut CountUp>,
    mut rings: Query<&mut FillUp>,
) {
    let pressed = keys.read().filter(|key| key.state == ButtonState::Pressed && !key.repeat).count()
        + buttons.read().filter(|button| button.state == ButtonState::Pressed).count()
        + fingers.read().filter(|finger| finger.phase == TouchPhase::Started).count()
        + pads.read().filter(|button| button.state == ButtonState::Pressed).count();
    if pressed > 0 {
        for mut count in &mut counts {
            count.hurry();
        }
        for mut ring in &mut rings {
            ring.hurry();
        }
    }
}
