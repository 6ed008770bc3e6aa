//! Scorers that read the corpora and write the committed tables.
