//! The banks inside the binary, so that a fresh copy of the program can be played with no file beside it.

/// File name and content of each bank that ships, in the order in which they are offered.
#[must_use]
pub fn shipped() -> [(&'static str, &'static str); 2] {
    [
        ("nato-explained.ron", include_str!("../../questions/nato-explained.ron")),
        ("alliance-beyond.ron", include_str!("../../questions/alliance-beyond.ron")),
    ]
}
