//! Event ontology and coding rules as data.
