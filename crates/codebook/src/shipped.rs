//! The codebook that comes with the program.

use crate::{Codebook, CodebookError};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../data/codebook/", $name)))),*]
    };
}

/// Name and contents of every shipped file.
pub(crate) const FILES: &[(&str, &str)] = files![
    "abduction.toml",
    "accusation.toml",
    "agreement.toml",
    "air_strike.toml",
    "alive.toml",
    "allied_with.toml",
    "armed_clash.toml",
    "assassination.toml",
    "attack.toml",
    "bombing.toml",
    "casualty_toll.toml",
    "codebook.toml",
    "controls.toml",
    "dead.toml",
    "detention.toml",
    "displacement.toml",
    "group_formation.toml",
    "incitement.toml",
    "injury.toml",
    "killing.toml",
    "leads.toml",
    "movement.toml",
    "negotiation.toml",
    "part_of.toml",
    "property_destruction.toml",
    "protest.toml",
    "release.toml",
    "responsibility_claim.toml",
    "seizure.toml",
    "shelling.toml",
    "threat.toml",
    "violent_plot.toml",
];

impl Codebook {
    /// Compiles the shipped codebook, `data/codebook`.
    ///
    /// # Errors
    /// When a shipped file is wrong; the tests of this crate rule that out.
    pub fn shipped() -> Result<Self, CodebookError> {
        Self::compile(FILES)
    }
}
