//! Coming in, coming back, going.

use super::{Chair, Conn, Guest, Person, Room, Waiting, why};
use crate::classroom::names::clean;
use crate::classroom::outbox::Progress;
use crate::classroom::protocol::{Role, ToClient, Why};
use crate::classroom::token::Bearer;
use crate::platform::Times;
use crate::quiz::{Command, Refused, Stage, Stamp};

/// Names that are offered: one, and two more spins.
const OFFERS: usize = 3;

impl Room {
    /// Whether the code is right; if not, the socket is told and closed.
    fn check_code(&mut self, conn: Conn, code: &str, now: Times) -> bool {
        let Some(guest) = self.guests.get(&conn) else { return false };
        // The address first: beyond its tries even the right code is not looked at, or trying on would pay.
        if !self.gate.may_try(guest.from, now.monotonic) {
            guest.out.close(Why::SlowDown, false);
            return false;
        }
        if !self.keys.code.is(code) {
            guest.out.close(Why::WrongCode, false);
            self.gate.was_wrong(guest.from, now.monotonic);
            return false;
        }
        true
    }

    pub(super) fn knock(&mut self, conn: Conn, code: &str, now: Times) {
        if !self.check_code(conn, code, now) {
            return;
        }
        if let Some(reason) = self.closed_to_newcomers() {
            if let Some(guest) = self.guests.get(&conn) {
                guest.out.close(reason, false);
            }
            return;
        }
        let mut offers: Vec<String> = Vec::new();
        while offers.len() < OFFERS {
            let name = self.namer.make();
            if !offers.contains(&name) {
                offers.push(name);
            }
        }
        if let Some(guest) = self.guests.get_mut(&conn) {
            guest.out.advance(Progress::AtTheDoor);
            if guest.offers.is_empty() {
                guest.offers = offers;
            }
            guest.out.say(&ToClient::Names { offers: guest.offers.clone(), own: self.manner.own_names });
        }
    }

    fn closed_to_newcomers(&self) -> Option<Why> {
        let settings = self.game.settings();
        match self.game.stage() {
            Stage::Finished => Some(Why::Ended),
            Stage::Lobby => None,
            _ if !settings.late_join => Some(Why::Begun),
            _ => None,
        }
        .or(self.game.is_locked().then_some(Why::Locked))
    }

    pub(super) fn join(&mut self, conn: Conn, code: &str, pick: Option<u8>, own: Option<&str>, at: Stamp, now: Times) {
        if !self.check_code(conn, code, now) {
            return;
        }
        let Some(guest) = self.guests.get_mut(&conn) else { return };
        guest.out.advance(Progress::AtTheDoor);
        let name = match own {
            Some(_) if !self.manner.own_names => Err(Why::NoOwnNames),
            Some(own) => clean(own).and_then(|name| {
                let free = !self.namer.is_taken(&name);
                free.then_some(name).ok_or(Why::NameTaken)
            }),
            None => {
                let offered = guest.offers.get(usize::from(pick.unwrap_or(0))).cloned();
                let free = offered.filter(|name| !self.namer.is_taken(name));
                Ok(free.unwrap_or_else(|| self.namer.make()))
            }
        };
        let reply = name.and_then(|name| {
            let joined = self.game.submit(Command::Join { name: name.clone() }, at);
            joined.map(|_| name).map_err(|refused| match refused {
                Refused::WrongStage if self.game.stage() == Stage::Finished => Why::Ended,
                Refused::WrongStage => Why::Begun,
                other => why(other),
            })
        });
        match reply {
            Ok(name) => {
                let seat = self.game.seats() - 1;
                self.namer.take(&name);
                guest.seat = Some(seat);
                guest.joining = true;
                self.chairs.push(Chair { conn: Some(conn), ..Chair::default() });
                self.waiting.push_back((self.game.last_record(), Waiting::Welcome(conn)));
                self.counts_dirty = true;
            }
            Err(reason) => guest.out.refuse(reason, None),
        }
    }

    pub(super) fn back(&mut self, conn: Conn, token: &str, now: Times) {
        let Some(guest) = self.guests.get_mut(&conn) else { return };
        let bearer = self.keys.secret.bearer(token).filter(|bearer| match bearer {
            Bearer::Player(seat) => *seat < self.game.seats(),
            Bearer::Remote(link) => *link == self.keys.remote && self.keys.remote_open,
            Bearer::Projector | Bearer::Host => true,
        });
        let Some(bearer) = bearer else {
            guest.out.close(Why::UnknownToken, false);
            return;
        };
        match bearer {
            Bearer::Player(seat) if self.game.is_gone(seat) => {
                guest.out.close(Why::Kicked, false);
                return;
            }
            Bearer::Player(seat) => {
                guest.seat = Some(seat);
                guest.role = Some(Role::Player);
                let chair = &mut self.chairs[seat as usize];
                if let Some(old) = chair.conn.replace(conn).filter(|old| *old != conn)
                    && let Some(old) = self.guests.get_mut(&old)
                {
                    old.seat = None;
                    old.role = None;
                    old.out.close(Why::Elsewhere, false);
                }
            }
            Bearer::Projector | Bearer::Remote(_) | Bearer::Host => {
                if let Some(guest) = self.guests.get_mut(&conn) {
                    guest.role = Some(match bearer {
                        Bearer::Projector => Role::Projector,
                        Bearer::Remote(_) => Role::Remote,
                        _ => Role::Host,
                    });
                }
            }
        }
        self.welcome(conn, now);
        self.counts_dirty = true;
    }
}

impl Room {
    pub(super) fn closed(&mut self, conn: Conn) {
        let Some(guest) = self.guests.remove(&conn) else { return };
        if let Some(chair) = guest.seat.and_then(|seat| self.chairs.get_mut(seat as usize))
            && chair.conn == Some(conn)
        {
            chair.conn = None;
            chair.sent = None;
        }
        self.counts_dirty = true;
    }

    /// The seat is on disk: gives the token, and what everybody sees now.
    pub(super) fn welcome(&mut self, conn: Conn, now: Times) {
        let Some(guest) = self.guests.get_mut(&conn) else { return };
        if std::mem::take(&mut guest.joining) {
            guest.role = Some(Role::Player);
        }
        let Some(role) = guest.role else { return };
        let seat = guest.seat;
        let bearer = match (role, seat) {
            (Role::Player, Some(seat)) => Bearer::Player(seat),
            (Role::Player, None) => return,
            (Role::Projector, _) => Bearer::Projector,
            (Role::Remote, _) => Bearer::Remote(self.keys.remote),
            (Role::Host, _) => Bearer::Host,
        };
        guest.offers = Vec::new();
        guest.out.advance(Progress::In);
        guest.out.say(&ToClient::Welcome {
            role,
            seat,
            name: seat.and_then(|seat| self.game.name(seat)).map(str::to_owned),
            token: self.keys.secret.token(bearer),
        });
        self.send_page(conn, now);
    }

    /// Everybody who has a seat, for the host.
    pub(super) fn everybody(&self) -> Vec<Person> {
        (0..self.game.seats())
            .filter_map(|player| {
                let here = self.chairs.get(player as usize).is_some_and(|chair| chair.conn.is_some());
                Some(Person { player, name: self.game.name(player)?.to_owned(), here })
            })
            .collect()
    }

    /// A player who was sent away is told, and the socket closed.
    pub(super) fn show_out(&mut self, player: u32) {
        let conn = self.chairs.get_mut(player as usize).and_then(|chair| chair.conn.take());
        if let Some(guest) = conn.and_then(|conn| self.guests.get_mut(&conn)) {
            guest.role = None;
            guest.seat = None;
            guest.out.close(Why::Kicked, false);
        }
    }
}

impl Guest {
    /// Nothing more is taken from somebody who was told to go.
    pub(super) fn is_leaving(&self) -> bool {
        self.out.is_closing()
    }
}
