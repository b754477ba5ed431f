//! The match: an ECS world of its own.
