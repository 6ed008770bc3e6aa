//! Numbers of people harmed, as stated.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TextRange;

/// What happened to the people counted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CasualtyKind {
    /// Died.
    Killed,
    /// Wounded.
    Injured,
    /// Unaccounted for.
    Missing,
    /// Kidnapped, taken hostage.
    Abducted,
    /// Driven from home.
    Displaced,
    /// Arrested or detained.
    Arrested,
}

/// Who the people counted are, when the words say so.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CasualtyGroup {
    /// Not members of any armed force.
    Civilians,
    /// Children.
    Children,
    /// Women.
    Women,
    /// Men.
    Men,
    /// Members of an armed group.
    Fighters,
    /// Soldiers.
    Soldiers,
    /// Police officers.
    Police,
    /// Peacekeepers.
    Peacekeepers,
    /// Aid and health workers.
    AidWorkers,
    /// Journalists.
    Journalists,
    /// Demonstrators.
    Protesters,
}

/// A stated number of people harmed.
///
/// `low`, `best` and `high` are what the words say: "at least 20" is low 20 with the others open;
/// "20 to 30" is low 20, high 30; "dozens" is low 24 with the others open (two dozen, UCDP's reading);
/// "no casualties" is 0, 0, 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Casualties {
    /// What happened to them.
    pub kind: CasualtyKind,
    /// Who they are; `null` when not stated.
    pub of: Option<CasualtyGroup>,
    /// At least so many; `null` when not stated.
    pub low: Option<u32>,
    /// So many; `null` when only a bound or a vague word is given.
    pub best: Option<u32>,
    /// At most so many; `null` when not stated.
    pub high: Option<u32>,
    /// The words, exactly as in the report.
    pub text: String,
    /// Where the words are.
    #[serde(flatten)]
    pub range: TextRange,
}
