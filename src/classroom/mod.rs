//! A class: phones on the local network around one match. Native only, feature `classroom`.
//!
//! May use `quiz`, `rules`, `bank` and `platform`. Only views leave it, only through sockets and pages; who may ask for what stands in
//! one table.
//!
//! - [`protocol`]: what goes over a socket
//! - [`access`]: the table
//! - [`room`]: a match and everybody who has a socket to it: events in, frames out
//! - [`names`], [`token`], [`gate`], [`outbox`]: what a room is made of
//! - [`run`]: a room on a thread of its own
//! - [`server`]: HTTP and sockets; [`address`]: where phones can reach it
//! - [`hosting`]: a class from its beginning to its end, and after a crash: journal, room and server put together
//! - [`page`]: HTML from views
//! - [`lesson`]: single questions, chosen before class
//! - [`report`]: what a class's answers say, read from a journal

pub mod access;
pub mod address;
pub mod gate;
pub mod hosting;
pub mod lesson;
pub mod names;
pub mod outbox;
pub mod page;
pub mod protocol;
pub mod report;
pub mod room;
pub mod run;
pub mod server;
pub mod token;
