//! What a teacher asks for, whether from the terminal, the window or a remote. Who may is decided before.

use super::{Room, why};
use crate::classroom::names::clean;
use crate::classroom::protocol::{Order, Role, ToClient, Why};
use crate::classroom::token::Bearer;
use crate::quiz::{Command, Moment, PauseReason, Stage, Stamp};
use crate::rules::Extra;

impl Room {
    pub(super) fn order(&mut self, order: Order, at: Stamp) -> Result<(), Why> {
        let Moment { question, held, .. } = self.game.moment();
        match order {
            Order::Next if held => self.submit(Command::Reveal, at),
            Order::Next => self.submit(Command::Next, at),
            Order::Reveal => self.submit(Command::Reveal, at),
            Order::Close => self.submit(Command::Close, at),
            Order::Skip => self.submit(Command::Skip, at),
            Order::Pause => self.submit(Command::Pause { reason: PauseReason::Teacher }, at),
            Order::Resume => self.submit(Command::Resume, at),
            Order::Lock => self.submit(Command::Lock, at),
            Order::Unlock => self.submit(Command::Unlock, at),
            Order::End => self.submit(Command::Abandon, at),
            Order::Kick { player } => {
                self.submit(Command::Kick { player }, at)?;
                self.show_out(player);
                self.edit_if_told();
                Ok(())
            }
            Order::Rename { player, name } => self.rename(player, &name, at),
            Order::Extra { player, tenths } => {
                self.submit(Command::Extra { player, extra: Extra(tenths) }, at)?;
                self.resend(player);
                Ok(())
            }
            Order::Revote => {
                self.submit(Command::Revote { question }, at)?;
                self.edition += 1;
                Ok(())
            }
            Order::Void { question } => self.rescore(Command::Void { question }, at),
            Order::Correct { question, key } => self.rescore(Command::Correct { question, key }, at),
            Order::Undo => self.rescore(Command::Undo, at),
            Order::Rematch => self.order_again(),
            Order::NewRemote => {
                self.keys.remote += 1;
                self.keys.remote_open = true;
                self.relink();
                Ok(())
            }
            Order::RevokeRemote if !self.keys.remote_open => Err(Why::Nothing),
            Order::RevokeRemote => {
                self.keys.remote_open = false;
                self.relink();
                Ok(())
            }
        }
    }

    fn submit(&mut self, command: Command, at: Stamp) -> Result<(), Why> {
        self.game.submit(command, at).map(|_| ()).map_err(why)
    }

    /// What was told means something else now.
    fn rescore(&mut self, command: Command, at: Stamp) -> Result<(), Why> {
        self.submit(command, at)?;
        self.edit_if_told();
        Ok(())
    }

    fn edit_if_told(&mut self) {
        if matches!(self.game.stage(), Stage::Feedback | Stage::Standings | Stage::Finished) {
            self.edition += 1;
        }
    }

    fn rename(&mut self, player: u32, name: &str, at: Stamp) -> Result<(), Why> {
        let name = clean(name)?;
        let old = self.game.name(player).ok_or(Why::NoSuchPlayer)?.to_owned();
        // In other letters the own name looks like itself.
        self.namer.free(&old);
        let reply = if self.namer.is_taken(&name) {
            Err(Why::NameTaken)
        } else {
            self.submit(Command::Rename { player, name: name.clone() }, at)
        };
        self.namer.take(if reply.is_ok() { &name } else { &old });
        reply?;
        if let Some(guest) = self.seated(player) {
            guest.out.say(&ToClient::Welcome {
                role: Role::Player,
                seat: Some(player),
                name: Some(name),
                token: self.keys.secret.token(Bearer::Player(player)),
            });
        }
        self.resend(player);
        self.edit_if_told();
        Ok(())
    }
}
