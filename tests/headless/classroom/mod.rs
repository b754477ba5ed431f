//! A class, headless: rooms driven by hand, and real sockets on loopback where sockets are the subject.

mod again;
mod anything;
mod browser;
mod harness;
mod joining;
mod killed;
mod load;
mod names;
mod network;
mod power;
mod protocol;
mod resuming;
mod scores;
mod secrets;
mod sockets;
mod table;
mod terminal;
mod times;
mod tokens;
mod votes;
