//! Date expressions of news to intervals with precision and reasons.
