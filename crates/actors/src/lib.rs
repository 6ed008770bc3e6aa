//! Registry of actors and linking of names to it.
