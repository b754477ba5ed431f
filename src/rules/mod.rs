//! Arithmetic: grade an answer, score it, draw questions from a seed.
