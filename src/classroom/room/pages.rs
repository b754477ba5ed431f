//! What goes out: pages when the scene changes, counts a few times a second, and the host's own picture.

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use std::sync::Arc;

use super::{Conn, Room, Scene, Snapshot, TALLY_EVERY};
use crate::classroom::outbox::frame;
use crate::classroom::page::{self, Facts};
use crate::classroom::protocol::{Page, PageKind, Role, ToClient, Why};
use crate::classroom::token::Bearer;
use crate::platform::Times;
use crate::quiz::{Seat, View};
use crate::rules::Extra;

/// The scene's pages: rendered once, encoded once.
#[derive(Default)]
pub(super) struct Frames {
    made: HashMap<Role, (Page, Utf8Bytes)>,
}

impl Room {
    fn role_view(&self, role: Role) -> View {
        self.view(match role {
            Role::Player | Role::Projector => Seat::Projector,
            Role::Remote | Role::Host => Seat::Host,
        })
    }

    fn facts(&self) -> Facts {
        let settings = self.game.settings();
        Facts {
            code: self.keys.code.spoken(),
            link: self.places.first().map_or_else(String::new, |place| format!("{place}/r/{}", self.keys.code)),
            places: self.places.clone(),
            locked: self.game.is_locked(),
            talk: settings.hold,
            scoring: settings.scoring,
        }
    }

    /// The page of a role, made when first asked for in a scene.
    fn made(&mut self, role: Role) -> (Page, Utf8Bytes) {
        if let Some(made) = self.frames.made.get(&role) {
            return made.clone();
        }
        let page = page::page(role, &self.role_view(role), &self.facts());
        let bytes = frame(&ToClient::Page(page.clone()));
        self.frames.made.insert(role, (page.clone(), bytes.clone()));
        (page, bytes)
    }

    /// Sends everybody the page of a new scene.
    pub(super) fn show(&mut self, now: Times) {
        let scene = Scene { moment: self.game.moment(), edition: self.edition };
        if self.scene.as_ref() == Some(&scene) {
            return;
        }
        self.scene = Some(scene);
        self.frames = Frames::default();
        self.counts_dirty = true;
        // Others first: they are few, and the projector is what everybody looks at.
        let mut others: Vec<(Conn, Role)> = Vec::new();
        for (conn, guest) in &self.guests {
            match guest.role {
                Some(role) if role != Role::Player => others.push((*conn, role)),
                _ => {}
            }
        }
        for (conn, role) in others {
            let (_, bytes) = self.made(role);
            if let Some(guest) = self.guests.get(&conn) {
                guest.out.push(bytes);
            }
        }
        let players: Vec<(u32, Conn)> =
            (0..).zip(&self.chairs).filter_map(|(seat, chair)| Some((seat, chair.conn?))).collect();
        if players.is_empty() {
            return;
        }
        let (page, bytes) = self.made(Role::Player);
        for (seat, conn) in &players {
            let own =
                if self.game.extra(*seat) == Extra::default() { bytes.clone() } else { self.own_page(*seat, &page) };
            let Some(guest) = self.guests.get(conn).filter(|guest| guest.role == Some(Role::Player)) else { continue };
            guest.out.push(own);
            let chair = &mut self.chairs[*seat as usize];
            chair.sent = page.question.filter(|_| page.kind == PageKind::Asking).map(|number| (number, now.monotonic));
            chair.shown_ms = None;
        }
        if page.kind == PageKind::Intro {
            return;
        }
        let view = self.role_view(Role::Player);
        for (seat, conn) in players {
            // Whoever has given no answer yet has no line of their own: that is everybody as a question opens.
            let open = matches!(page.kind, PageKind::Asking | PageKind::Held | PageKind::Paused);
            if !open || self.game.you(seat).is_some_and(|you| you.answer.is_some()) {
                self.send_mine(seat, conn, &view);
            }
        }
    }

    /// The page with this player's own clock.
    fn own_page(&self, seat: u32, page: &Page) -> Utf8Bytes {
        let timer = self.view(Seat::Player(seat)).timer;
        let (left_ms, limit_ms) = timer.map_or((None, None), |timer| (Some(timer.left_ms), Some(timer.limit_ms)));
        frame(&ToClient::Page(Page { left_ms, limit_ms, ..page.clone() }))
    }

    fn send_mine(&self, seat: u32, conn: Conn, shared: &View) {
        let Some(guest) = self.guests.get(&conn).filter(|guest| guest.role == Some(Role::Player)) else { return };
        let Some(you) = self.game.you(seat) else { return };
        let mine = page::mine(&View { you: Some(you), ..shared.clone() });
        if !(mine.html.is_empty() && mine.say.is_empty() && !mine.answered) {
            guest.out.say(&ToClient::Mine(mine));
        }
    }

    /// What somebody who has just come (back) sees.
    pub(super) fn send_page(&mut self, conn: Conn, now: Times) {
        let Some((role, seat)) = self.guests.get(&conn).and_then(|guest| Some((guest.role?, guest.seat))) else {
            return;
        };
        let (page, bytes) = self.made(role);
        let bytes = match (role, seat) {
            (Role::Player, Some(seat)) if page.left_ms.is_some() => self.own_page(seat, &page),
            _ if page.left_ms.is_some() => {
                let left_ms = self.role_view(role).timer.map(|timer| timer.left_ms);
                frame(&ToClient::Page(Page { left_ms, ..page.clone() }))
            }
            _ => bytes,
        };
        let Some(guest) = self.guests.get(&conn) else { return };
        guest.out.push(bytes);
        if let (Role::Player, Some(seat)) = (role, seat) {
            if let Some(chair) = self.chairs.get_mut(seat as usize) {
                chair.sent = page.question.filter(|_| page.kind == PageKind::Asking).map(|n| (n, now.monotonic));
                chair.shown_ms = None;
            }
            let view = self.role_view(Role::Player);
            self.send_mine(seat, conn, &view);
        }
    }

    /// A player's page again: the time or the name is another.
    pub(super) fn resend(&mut self, player: u32) {
        let Some(conn) = self.chairs.get(player as usize).and_then(|chair| chair.conn) else { return };
        // The clock of the question goes on: a page sent again is no new question.
        let kept = self.chairs[player as usize].sent;
        self.send_page(conn, Times { monotonic: kept.map_or(Duration::ZERO, |(_, when)| when), wall: Duration::ZERO });
    }

    /// Counts to those who watch, at most every [`TALLY_EVERY`].
    pub(super) fn count(&mut self, now: Times) {
        if !self.counts_dirty || now.monotonic < self.counts_sent + TALLY_EVERY && self.counts_shown == self.scene {
            return;
        }
        self.counts_dirty = false;
        self.counts_sent = now.monotonic;
        self.counts_shown.clone_from(&self.scene);
        let projector = self.view(Seat::Projector);
        let host = self.view(Seat::Host);
        let people = Arc::new(self.everybody());
        self.refresh(&projector);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let tally = projector.shown.question.as_ref().filter(|_| projector.shown.expected > 0).map(|question| {
            frame(&ToClient::Tally {
                question: question.number,
                answered: projector.shown.answered,
                expected: projector.shown.expected,
            })
        });
        let crowd = frame(&ToClient::People {
            seated: count(people.len()),
            here: count(people.iter().filter(|person| person.here).count()),
            locked: self.game.is_locked(),
        });
        for guest in self.guests.values() {
            match guest.role {
                Some(role @ (Role::Projector | Role::Remote | Role::Host)) => {
                    if let Some(tally) = &tally {
                        guest.out.push(tally.clone());
                    }
                    if role != Role::Projector {
                        guest.out.push(crowd.clone());
                    }
                }
                Some(Role::Player) | None => {}
            }
        }
        let remote = self.remote_path();
        let (offer, gain) = (self.offer(), self.gain());
        (self.out.watch)(Snapshot {
            projector,
            host,
            people,
            locked: self.game.is_locked(),
            trouble: self.trouble.clone(),
            remote,
            reply: self.reply,
            offer,
            gain,
            matches: self.matches,
        });
    }

    /// In the lobby those who watch see the seats fill; a teacher's list of students is always the newest.
    fn refresh(&mut self, projector: &View) {
        let lobby = page::kind(projector) == PageKind::Lobby;
        for role in [Role::Projector, Role::Remote, Role::Host] {
            if role == Role::Projector && !lobby {
                continue;
            }
            let Some((old, _)) = self.frames.made.remove(&role) else { continue };
            let (page, bytes) = self.made(role);
            if page.html != old.html {
                for guest in self.guests.values().filter(|guest| guest.role == Some(role)) {
                    guest.out.push(bytes.clone());
                }
            }
        }
    }

    fn remote_path(&self) -> Option<String> {
        let link = self.keys.remote_open.then_some(self.keys.remote)?;
        Some(format!("/remote#{}", self.keys.secret.token(Bearer::Remote(link))))
    }

    /// A remote's link was made or revoked: older ones are worth nothing, and are closed.
    pub(super) fn relink(&mut self) {
        (self.out.keys)(&self.keys);
        let path = self.remote_path().unwrap_or_default();
        for guest in self.guests.values_mut() {
            match guest.role {
                Some(Role::Remote) => {
                    guest.role = None;
                    guest.out.close(Why::UnknownToken, false);
                }
                Some(Role::Host) => guest.out.say(&ToClient::Remote { path: path.clone() }),
                _ => {}
            }
        }
        self.counts_dirty = true;
    }
}
