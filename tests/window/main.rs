//! Tests of the window's app, a module a subject: the same plugins as the real one, without window, GPU and real time.

mod access;
#[cfg(feature = "classroom")]
mod class;
mod devices;
mod faults;
mod feedback;
#[cfg(target_os = "linux")]
mod figures;
mod files;
mod fits;
mod fonts;
mod games;
mod golden;
mod harness;
mod icons;
mod links;
mod mirror;
mod motion;
mod nato;
mod podium;
mod progress;
mod reader;
mod results;
mod screens;
mod shell;
mod sound;
mod teams;
mod theme;
mod twin;
mod widgets;
