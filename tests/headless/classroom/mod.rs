//! A class, headless: rooms driven by hand, and real sockets on loopback where sockets are the subject.

mod harness;
mod names;
mod protocol;
mod room;
mod secrets;

mod table;
mod tokens;
