//! Sentences, tokens and shallow syntax: a report's text to a Reading.
