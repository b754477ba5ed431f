//! What a class does with what it has learned: talk about a question that split it, and a rematch with the hardest questions first.

use super::{Room, Scene, Talk};
use crate::classroom::protocol::Why;
use crate::classroom::report::Report;
use crate::platform::{MatchClock, Times};
use crate::quiz::journal::{Event, Tick};
use crate::quiz::{Command, Match, Seat, Settings, Stage, Stamp};
use crate::rules::{Extra, Revote, Seed, offer_revote};

/// "Talk to your neighbour, vote again" is worth it: 30 to 70 % are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// How many are fully right.
    pub right: u32,
    /// How many have answered.
    pub answers: u32,
}

impl Room {
    /// What the host is offered, now that the open question has closed and is not told yet.
    pub(super) fn offer(&self) -> Option<Offer> {
        let tally = self.view(Seat::Host).held?;
        let (right, answers) = (tally.right, tally.answers);
        offer_revote(right, answers).then_some(Offer { right, answers })
    }

    /// What the second vote on the question just told has changed. Worked out once a scene.
    pub(super) fn gain(&mut self) -> Option<Revote> {
        if let Some((scene, gain)) = &self.gained
            && Some(scene) == self.scene.as_ref()
        {
            return *gain;
        }
        let gain = self.gain_now();
        self.gained = self.scene.map(|scene| (scene, gain));
        gain
    }

    fn gain_now(&self) -> Option<Revote> {
        let moment = self.game.moment();
        let voted_again = moment.stage == Stage::Feedback
            && moment.paused.is_none()
            && self.view(Seat::Projector).shown.tally.as_ref().is_some_and(|tally| tally.before.is_some());
        if !voted_again {
            return None;
        }
        let report = Report::of(&self.game);
        report.questions.last().filter(|line| line.number == moment.question)?.revote
    }

    /// Where only a split class talks, any other question is told at once; and so is a second vote.
    pub(super) fn tell_what_is_clear(&mut self, at: Stamp) {
        let moment = self.game.moment();
        let looked_at = self.scene == Some(Scene { moment, edition: self.edition });
        if self.manner.talk != Talk::WhenSplit || !moment.held || moment.paused.is_some() || looked_at {
            return;
        }
        let again = self.view(Seat::Host).held.is_some_and(|tally| tally.before.is_some());
        if !self.closed_by_hand() && (again || self.offer().is_none()) {
            let _ = self.game.submit(Command::Reveal, at);
        }
    }

    /// Whether the teacher has closed the open question, and not the clock.
    fn closed_by_hand(&self) -> bool {
        let last = self.game.records().iter().rev().find_map(|record| match &record.event {
            Event::Command(Command::Close) => Some(true),
            Event::Clock(Tick::TimeUp | Tick::AllAnswered) | Event::Command(Command::Revote { .. }) => Some(false),
            _ => None,
        });
        last == Some(true)
    }

    /// The settings of a rematch: the same, the questions that counted, the hardest first. Those whose key was wrong are left out.
    fn settings_again(&self) -> Result<Settings, Why> {
        let report = Report::of(&self.game);
        let wrong_key = |id: &String| report.questions.iter().any(|line| line.id == *id && line.corrected);
        let only: Vec<String> = report.hardest_first().into_iter().filter(|id| !wrong_key(id)).collect();
        if only.is_empty() {
            return Err(Why::Nothing);
        }
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| Why::NotNow)?;
        Ok(Settings { only, in_order: true, seed: Seed(seed), code: None, ..self.game.settings().clone() })
    }

    /// Asks for a rematch; it begins once the last record of this match is on disk.
    pub(super) fn order_again(&mut self) -> Result<(), Why> {
        if self.game.stage() != Stage::Finished || self.trouble.is_some() {
            return Err(Why::NotNow);
        }
        self.again = Some(self.settings_again()?);
        Ok(())
    }

    /// A new match in the same room: the same people on the same seats with the same tokens, and a journal of its own.
    pub(super) fn begin_again(&mut self, now: Times) {
        if self.durable < self.game.last_record() {
            return;
        }
        let Some(settings) = self.again.take() else { return };
        if !(self.out.again)(&self.keys, self.manner) {
            self.reply = Some(Why::NotNow);
            self.counts_dirty = true;
            return;
        }
        let mut game = Match::new(self.game.bank().clone(), &self.bank_text, settings);
        let at = Stamp(0);
        // Numbers are what tokens hold, so whoever was sent away keeps theirs, too.
        for player in self.game.history().players {
            let _ = game.submit(Command::Join { name: player.name }, at);
            if player.gone {
                let _ = game.submit(Command::Kick { player: player.player }, at);
            }
            let extra = self.game.extra(player.player);
            if extra != Extra::default() {
                let _ = game.submit(Command::Extra { player: player.player, extra }, at);
            }
        }
        if self.game.is_locked() {
            let _ = game.submit(Command::Lock, at);
        }
        self.game = game;
        self.matches += 1;
        self.clock = MatchClock::starting_from(0, now);
        self.last = at;
        self.durable = 0;
        self.waiting.clear();
        self.received = None;
        self.auto_at = None;
        for chair in &mut self.chairs {
            chair.sent = None;
            chair.shown_ms = None;
        }
        self.edition += 1;
        self.counts_dirty = true;
        self.write();
    }
}
