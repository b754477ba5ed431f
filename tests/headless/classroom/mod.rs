//! A class, headless: rooms driven by hand, and real sockets on loopback where sockets are the subject.

mod again;
mod browser;
mod harness;
mod killed;
mod names;
mod protocol;
mod room;
mod secrets;
mod sockets;
mod table;
mod terminal;
mod tokens;
