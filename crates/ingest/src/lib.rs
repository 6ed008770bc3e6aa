//! Bytes to reports: clean text, zones, metadata, and the map back to the bytes.
