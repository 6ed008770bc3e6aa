//! A codebook's own sentences tried: what each rule says that it codes, and what it must ignore.

use averment_types::{Report, RuleId};

use crate::Coder;

/// What came of trying a codebook's sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rehearsal {
    /// How many sentences were tried.
    pub sentences: usize,
    /// Those that came out otherwise than their rule says.
    pub misses: Vec<Miss>,
}

/// A sentence that came out otherwise than its rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The rule that holds the sentence.
    pub rule: RuleId,
    /// The sentence.
    pub sentence: String,
    /// The rule of its type that coded it though it must be ignored; `None` where nothing coded what
    /// must be coded.
    pub coded_by: Option<RuleId>,
}

impl Coder {
    /// Tries the sentences of the rules that `wanted` picks: each must be coded, or ignored, as the rule's
    /// type, whichever of the type's rules does it.
    #[must_use]
    pub fn rehearse(&self, wanted: impl Fn(&RuleId) -> bool) -> Rehearsal {
        let mut rehearsal = Rehearsal::default();
        for rule in self.codebook().rules().iter().filter(|rule| wanted(&rule.id)) {
            let Some(event_type) = self.codebook().types().get(rule.type_index) else { continue };
            let coded_by = |sentence: &str| {
                let coded = self.code(Report::of_body("rehearsal", sentence)?).report;
                let claim = coded.claims.iter().find(|c| c.content().type_id == event_type.id)?;
                Some(claim.content().coder.rule.clone())
            };
            let tried = |sentence: &String, coded_by: Option<RuleId>| Miss {
                rule: rule.id.clone(),
                sentence: sentence.clone(),
                coded_by,
            };
            rehearsal.sentences += rule.codes.len() + rule.ignores.len();
            let missed = rule.codes.iter().filter(|s| coded_by(s).is_none());
            rehearsal.misses.extend(missed.map(|s| tried(s, None)));
            let wrong = rule.ignores.iter().filter_map(|s| Some(tried(s, Some(coded_by(s)?))));
            rehearsal.misses.extend(wrong);
        }
        rehearsal
    }
}
