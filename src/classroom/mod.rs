//! A class: phones on the local network around one match. Native only, feature `classroom`.
//!
//! May use `quiz`, `rules`, `bank` and `platform`. Only views leave it, only through sockets and pages; who may ask for what stands in
//! one table.
//!
//! - [`protocol`]: what goes over a socket
//! - [`page`]: HTML from views
//! - [`lesson`]: single questions, chosen before class
//! - [`report`]: what a class's answers say, read from a journal

pub mod lesson;
pub mod page;
pub mod protocol;
pub mod report;
