//! A class, headless: rooms driven by hand, and real sockets on loopback where sockets are the subject.

mod protocol;
