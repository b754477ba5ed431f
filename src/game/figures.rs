//! The window measures itself: it plays alone and reports, a line each, on standard output. For `roundtable bench --window`, which reads
//! them and measures from outside what can be seen from there.
//!
//! - `drawn`: the first picture of the title is on the screen
//! - `title`, `paused`: from now on nothing happens on this screen, until `done`
//! - `frame OWN RASTERISER`: the processor's time for one frame while a question arrives, in microseconds
//! - `end`

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::render::render_resource::{CachedPipelineState, PipelineCache, PipelineDescriptor};
use bevy::render::renderer::{RenderGraph, RenderGraphSystems};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderSystems};

use super::app::Figures;
use super::library::Library;
use super::redraw::{Redraw, Waker};
use super::session::{CurrentView, StartGame, Submit};
use crate::platform::cost::{Cost, CostMeter, this_thread};
use crate::quiz::{Ask, Command, PauseReason, Settings, Stage};
use crate::rules::{Answer, GameCode, Pace};

/// How long a question has arrived for: until then each of its frames counts.
const ARRIVES: Duration = Duration::from_secs(1);
/// Between two acts of the player.
const BEAT: Duration = Duration::from_millis(1500);

/// What the two worlds share.
#[derive(Resource, Clone, Default)]
struct Log(Arc<Mutex<Entries>>);

#[derive(Default)]
struct Entries {
    drawn: bool,
    arriving: bool,
    frames: Vec<Cost>,
    /// When presenting began, on the clock of the thread that does it; and how long it took, since the last frame was weighed.
    present_from: Option<Duration>,
    presented: Duration,
}

impl Log {
    fn change<T>(&self, change: impl FnOnce(&mut Entries) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whoever reads has gone if this fails; the window is then closed from outside.
fn report(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// For the app with a window: it plays alone from now on.
pub(super) fn start(app: &mut App, figures: Figures) {
    let log = Log::default();
    let waker = app.world().get_resource::<Waker>().cloned().unwrap_or_default();
    app.insert_resource(Act { figures, step: Step::Drawing, since: Instant::now(), asked: 0, paused: false })
        .insert_resource(log.clone())
        .add_systems(Update, act);
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(log)
            .insert_resource(waker)
            .add_systems(RenderGraph, before_present.in_set(RenderGraphSystems::Finish))
            .add_systems(Render, (after_present, notice_picture).chain().after(RenderSystems::Render))
            // Here the renderer stands still: whatever it costs falls between two of these.
            .add_systems(ExtractSchedule, weigh);
    }
}

/// The first frame after which no pipeline was missing, the interface's among them, is the first whole picture.
fn notice_picture(pipelines: Res<PipelineCache>, log: Res<Log>, waker: Res<Waker>) {
    if log.change(|log| log.drawn) {
        return;
    }
    let ui = pipelines.pipelines().any(|pipeline| {
        matches!(&pipeline.descriptor, PipelineDescriptor::RenderPipelineDescriptor(descriptor)
            if descriptor.label.as_deref() == Some("ui_pipeline"))
            && matches!(pipeline.state, CachedPipelineState::Ok(_))
    });
    if ui && pipelines.waiting_pipelines().next().is_none() {
        log.change(|log| log.drawn = true);
        report("drawn");
        waker.wake();
    }
}

/// A graphics card shows a picture by itself; a software rasteriser copies it to the display, pixel by pixel, on our thread.
fn before_present(log: Res<Log>) {
    log.change(|log| log.present_from = Some(this_thread()));
}

fn after_present(log: Res<Log>) {
    log.change(|log| {
        if let Some(from) = log.present_from.take() {
            log.presented += this_thread().saturating_sub(from);
        }
    });
}

fn weigh(log: Res<Log>, mut meter: Local<CostMeter>, mut last: Local<Option<Cost>>) {
    log.change(|log| {
        let presented = std::mem::take(&mut log.presented);
        if !log.arriving {
            // Now nothing is measured, there is time to look.
            meter.look();
            *last = None;
            return;
        }
        let cost = meter.read();
        if let Some(last) = *last {
            let frame = cost.since(last);
            log.frames.push(if meter.has_rasteriser() { frame.shifted(presented) } else { frame });
        }
        *last = Some(cost);
    });
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Drawing,
    Settling,
    Still,
    Playing,
    Pausing,
    Paused,
}

/// The player who is not there.
#[derive(Resource)]
struct Act {
    figures: Figures,
    step: Step,
    since: Instant,
    /// Questions that have been asked.
    asked: u32,
    /// Whether the pause has been.
    paused: bool,
}

impl Act {
    fn go(&mut self, step: Step) {
        self.step = step;
        self.since = Instant::now();
    }

    /// Whether this much of the step has passed; if not, a frame then.
    fn passed(&self, time: Duration, redraw: &mut Redraw) -> bool {
        let passed = self.since.elapsed() >= time;
        if !passed {
            redraw.wake_at(self.since + time);
        }
        passed
    }
}

fn act(
    mut act: ResMut<Act>,
    (log, library, view): (Res<Log>, Res<Library>, Res<CurrentView>),
    mut redraw: ResMut<Redraw>,
    mut seen: Local<Option<(Stage, u32)>>,
    mut exit: MessageWriter<AppExit>,
    mut commands: Commands,
) {
    let still = act.figures.still;
    match act.step {
        Step::Drawing => {
            if log.change(|log| log.drawn) {
                act.go(Step::Settling);
                redraw.next_frame();
            }
        }
        Step::Settling => {
            if act.passed(BEAT, &mut redraw) {
                report("title");
                act.go(Step::Still);
                redraw.wake_at(act.since + still);
            }
        }
        Step::Still => {
            if act.passed(still, &mut redraw) {
                report("done");
                let Some(loaded) = library.chosen().cloned() else {
                    exit.write(AppExit::error());
                    return;
                };
                let settings = Settings { pace: Pace::Standard, ..Settings::solo(GameCode::from_bits(7).seed()) };
                commands.trigger(StartGame { loaded, settings, teams: Vec::new() });
                act.go(Step::Playing);
                redraw.next_frame();
            }
        }
        Step::Pausing => {
            if act.passed(BEAT, &mut redraw) {
                report("paused");
                act.go(Step::Paused);
                redraw.wake_at(act.since + still);
            }
        }
        Step::Paused => {
            if act.passed(still, &mut redraw) {
                report("done");
                commands.trigger(Submit(Command::Resume));
                act.go(Step::Playing);
                redraw.next_frame();
            }
        }
        Step::Playing => {
            let Some(view) = view.get() else { return };
            let place = (view.stage, view.shown.progress.question);
            if *seen != Some(place) {
                *seen = Some(place);
                act.go(Step::Playing);
                let arriving = view.stage == Stage::Asking;
                act.asked += u32::from(arriving);
                log.change(|log| log.arriving = arriving);
            }
            if view.stage == Stage::Asking && !act.passed(ARRIVES, &mut redraw) {
                return;
            }
            log.change(|log| log.arriving = false);
            if !act.passed(BEAT, &mut redraw) {
                return;
            }
            match (view.stage, &view.shown.question, &view.you) {
                (Stage::Feedback, _, _) if act.asked >= act.figures.questions => {
                    for frame in log.change(|log| std::mem::take(&mut log.frames)) {
                        report(&format!("frame {} {}", frame.own.as_micros(), frame.rasteriser.as_micros()));
                    }
                    report("end");
                    exit.write(AppExit::Success);
                }
                (Stage::Asking, _, _) if !act.paused => {
                    act.paused = true;
                    commands.trigger(Submit(Command::Pause { reason: PauseReason::Player }));
                    act.go(Step::Pausing);
                    redraw.next_frame();
                }
                (Stage::Asking, Some(question), Some(you)) => {
                    let answer = answer(&question.ask);
                    let command = Command::Answer { player: you.player, question: question.number, answer, sure: None };
                    commands.trigger(Submit(command));
                }
                _ => commands.trigger(Submit(Command::Next)),
            }
        }
    }
}

/// Some answer; a question asked is all that matters here.
fn answer(ask: &Ask) -> Answer {
    let places = |list: &[String]| (0..list.len()).filter_map(|place| u8::try_from(place).ok()).collect();
    match ask {
        Ask::Choice { .. } => Answer::Choice(0),
        Ask::MultiChoice { .. } => Answer::MultiChoice(vec![0]),
        Ask::TrueFalse => Answer::TrueFalse(true),
        Ask::Number { min, .. } => Answer::Number(*min),
        Ask::Order { items, .. } => Answer::Order(places(items)),
        Ask::Match { left, .. } => Answer::Match(vec![None; left.len()]),
        Ask::Text { .. } => Answer::Text("Belgium".to_owned()),
    }
}
