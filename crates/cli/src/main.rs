//! The `averment` program.

fn main() {}
