//! Toponyms, regions and border zones to geometries with precision and reasons.
//!
//! This crate owns finding the places that English reports name and saying where they are, with
//! alternatives where the name is open. It refuses to choose which place belongs to which event, to
//! invent coordinates, and to read files: the gazetteer is embedded.
//!
//! ```
//! use averment_place::Gazetteer;
//! use averment_types::{PlaceKind, TextRange};
//! let gazetteer = Gazetteer::shipped()?;
//! let text = "Fighters clashed near the border between Mauritania and Mali.";
//! let places = gazetteer.read(text, &[TextRange::whole(text).unwrap()], &[]);
//! assert_eq!(places[0].value.kind, PlaceKind::BorderZone);
//! assert_eq!(places[0].value.lat, None);
//! # Ok::<(), averment_place::PlaceError>(())
//! ```

mod border;
mod compile;
mod confine;
mod context;
mod error;
mod gazetteer;
mod geonames;
mod key;
mod layer;
mod length;
mod local;
mod named;
mod rank;
mod relative;
mod scan;
mod shape;
mod table;
mod tables;
mod token;
mod typed;
mod usage;
mod value;
mod words;

use averment_types::{PlaceValue, TextRange};

pub use crate::confine::confine;
pub use crate::error::PlaceError;
pub use crate::gazetteer::{Country, Gazetteer};
pub use crate::geonames::{GeoNames, RowFault};
pub use crate::tables::{SourceTables, compile};

use crate::context::Context;
use crate::token::Tokens;

/// How a place's name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceUsage {
    /// Where something is: "in Mali", "near Gao".
    Locative,
    /// Whose or of which country something is: "Malian", "Mali's army".
    Modifier,
    /// For its government or people: "Bamako said".
    Metonym,
    /// None of these can be told.
    Bare,
}

/// One place expression.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Where its words are, with the country behind a name ("Mopti, Mali") and the words of a relation.
    pub span: TextRange,
    /// How it is used.
    pub usage: PlaceUsage,
    /// What is known of the place.
    pub value: PlaceValue,
}

impl Gazetteer {
    /// Finds the places of `text` in the sentences `spans`.
    ///
    /// `spans` are the ranges of sentences that may be evidence, in the order of the text; a range that
    /// does not fit is passed over. `taken` are spans that actors claimed: they give no mention, but a
    /// country that they name still tells where the text plays. Mentions are in the order of the text and
    /// do not overlap.
    #[must_use]
    pub fn read(&self, text: &str, spans: &[TextRange], taken: &[TextRange]) -> Vec<PlaceMention> {
        self.read_titled("", text, spans, taken)
    }

    /// The same of a text with a `title` of its own, whose names tell where the text plays and give no mentions.
    #[must_use]
    pub fn read_titled(
        &self,
        title: &str,
        text: &str,
        spans: &[TextRange],
        taken: &[TextRange],
    ) -> Vec<PlaceMention> {
        let mut sentences: Vec<Tokens<'_>> =
            spans.iter().map(|span| Tokens::of(text, *span)).collect();
        let titled = TextRange::new(0, title.len()).ok().filter(|range| range.end() > 0);
        sentences.extend(titled.map(|range| Tokens::of(title, range)));
        let context = Context::of(self, &sentences);
        sentences.truncate(spans.len());
        let mut mentions = Vec::new();
        for sentence in &sentences {
            scan::sentence(self, &context, sentence, taken, &mut mentions);
        }
        mentions
    }
}
