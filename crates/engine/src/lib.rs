//! Batches of inputs through the house: threads, progress, resume.
