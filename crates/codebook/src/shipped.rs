//! The codebook that comes with the program.

use crate::{Codebook, CodebookError};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((concat!($name, ".toml"), include_bytes!(concat!("../../../data/codebook/", $name, ".toml")))),*]
    };
}

/// Name and contents of every shipped file.
const FILES: &[(&str, &[u8])] = files![
    "abduction",
    "accusation",
    "affiliated_with",
    "agreement",
    "aid",
    "air_strike",
    "alive",
    "allied_with",
    "ambush",
    "armed_clash",
    "arrest",
    "arson",
    "assassination",
    "attack",
    "blockade",
    "bombing",
    "captured",
    "casualty_toll",
    "ceasefire",
    "codebook",
    "concession",
    "controls",
    "crackdown",
    "dead",
    "defection",
    "demand",
    "denial",
    "deployment",
    "detention",
    "disarmament",
    "displacement",
    "execution",
    "freed",
    "grenade_attack",
    "group_formation",
    "group_merger",
    "group_split",
    "incitement",
    "injury",
    "killing",
    "leads",
    "looting",
    "massacre",
    "movement",
    "negotiation",
    "operates_in",
    "part_of",
    "pledge",
    "property_destruction",
    "protest",
    "raid",
    "recruitment",
    "rejection",
    "release",
    "resigned",
    "responsibility_claim",
    "riot",
    "rival_of",
    "sanctions",
    "seizure",
    "sexual_violence",
    "shelling",
    "siege",
    "statement",
    "suicide_attack",
    "supported_by",
    "surrender",
    "talks_breakdown",
    "territory_loss",
    "threat",
    "torture",
    "training",
    "ultimatum",
    "violent_plot",
    "withdrawal",
];

impl Codebook {
    /// Compiles the shipped codebook, `data/codebook`.
    ///
    /// # Errors
    /// When a shipped file is wrong; the tests of this crate rule that out.
    pub fn shipped() -> Result<Self, CodebookError> {
        Self::compile(FILES)
    }

    /// Compiles the shipped codebook with another one laid over it.
    ///
    /// # Errors
    /// The first thing wrong with `files`, with file and line.
    pub fn shipped_under(files: &[(&str, &[u8])]) -> Result<Self, CodebookError> {
        Self::layered(&[FILES, files])
    }
}
