//! Zones: which part of a text is the report, and which is its surroundings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TextRange;

/// What a stretch of a report's text is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ZoneKind {
    /// The title, and cross-heads between paragraphs.
    Headline,
    /// Who wrote it: "By …", a name alone above the text.
    Byline,
    /// Where and when it was filed, before the first sentence: "BAMAKO, Mali (AFP) -".
    Dateline,
    /// The report itself.
    Body,
    /// A block quotation or pull quote. Quotations inside a sentence belong to the body.
    Quote,
    /// The words under a picture.
    Caption,
    /// A reader's comment, labelled or not, and comment spam.
    Comment,
    /// "The opinions expressed …", copyright and licence notices, corrections policy.
    Disclaimer,
    /// Menus, related links, "Read also", tags.
    Navigation,
    /// "Share", "Tweet", "Follow us", newsletter calls.
    Share,
}

impl ZoneKind {
    /// Whether words of this zone may be evidence for a claim.
    #[must_use]
    pub const fn is_evidence(self) -> bool {
        matches!(self, Self::Headline | Self::Body | Self::Quote | Self::Caption)
    }

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::Comment => "comment",
            Self::Disclaimer => "disclaimer",
            Self::Navigation => "navigation",
            Self::Share => "share",
        }
    }
}

/// A stretch of a report's text and what it is. Zones of a report are in order and do not overlap;
/// white space between paragraphs belongs to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where it is: one paragraph, heading or list item, without the white space around it.
    #[serde(flatten)]
    pub range: TextRange,
}
