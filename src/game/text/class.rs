//! What the window says where a class is hosted.

/// On the title.
pub const HOST_A_CLASS: &str = "Host a class";
