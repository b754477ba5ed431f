//! Parses the command line and opens a door.
fn main() {}
