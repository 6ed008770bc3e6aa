//! Events of other people's codebooks, a sentence at a time: what gold has, what the coder's projections give, and where the
//! rest is lost.
//!
//! A category is judged once a sentence: gold's categories against those of the claims. Of the claims of a right category the one
//! with most of gold's actors is judged for roles. Where gold's sentence tells of more than gold codes, precision is too low.

mod scope;
pub(crate) mod table;

use std::collections::{BTreeMap, BTreeSet};

use averment_codebook::{Codebook, as_said};
use averment_extract::Coder;
use averment_types::{Claim, ClaimContent, Projections, Report, RoleKind, TextRange};

use crate::EvalError;
use crate::coder::align::{Count, overlaps};
use crate::coder::gold::find;
pub(crate) use scope::{Ontology, in_scope};

/// An event as gold codes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct GoldEvent {
    /// What is scored: PLOVER's type, CAMEO's root code.
    pub(crate) category: String,
    /// The same in more detail, for the question of scope: type and mode, or the whole code.
    pub(crate) detail: String,
    /// The words of those who did it; none where gold has none.
    pub(crate) sources: Vec<String>,
    /// The words of those to whom it was done.
    pub(crate) targets: Vec<String>,
    /// Where gold marks the event.
    pub(crate) marked: Vec<TextRange>,
}

/// A claim in the terms of gold's codebook.
#[derive(Debug, Clone)]
pub(crate) struct FoundEvent {
    pub(crate) category: String,
    pub(crate) mode: Option<String>,
    pub(crate) contexts: Vec<String>,
    /// Type and trigger, for the list of errors.
    pub(crate) shown: String,
    pub(crate) trigger: TextRange,
    pub(crate) sources: Vec<TextRange>,
    pub(crate) targets: Vec<TextRange>,
}

/// Where an event of gold's ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Category and actors are right.
    Right,
    /// The category is right, an actor is not.
    Role,
    /// No type of ours is about such an event.
    Outside,
    /// Claims of other categories alone.
    Type,
    /// No claim with a projection.
    Missed,
}

/// What came of all sentences.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    by_category: BTreeMap<String, Count>,
    outcomes: BTreeMap<Outcome, usize>,
    sources: Count,
    targets: Count,
    /// Gold's marked events with a claim at them, and those of them whose category is right.
    marked: (usize, usize),
    /// Sentences that gold leaves without an event, and those of them without a claim.
    none: (usize, usize),
    pub(crate) errors: String,
}

/// The shipped codebook, for what its rules say of other codebooks.
pub(crate) fn codebook() -> Result<Codebook, EvalError> {
    Codebook::shipped().map_err(|source| EvalError::Codebook { source })
}

/// How a claim becomes an event of another codebook.
#[derive(Clone, Copy)]
pub(crate) enum Terms<'c> {
    /// As claims carry it: the projection of their type.
    Type,
    /// The projection of the rule, where it has one of its own.
    Rule(&'c Codebook),
    /// The same, and what is threatened, urged or intended counts as the speaking ([`as_said`]).
    Said(&'c Codebook),
}

impl Terms<'_> {
    fn of(self, claim: &ClaimContent) -> Projections {
        let own = |codebook: &Codebook| {
            codebook.projections(&claim.coder.rule).unwrap_or(&claim.projections).clone()
        };
        match self {
            Self::Type => claim.projections.clone(),
            Self::Rule(codebook) => own(codebook),
            Self::Said(codebook) => as_said(&own(codebook), claim.polarity, claim.modality),
        }
    }
}

/// The claims of one sentence that have a category, which `category` reads from the projections.
pub(crate) fn found(
    coder: &Coder,
    id: &str,
    text: &str,
    terms: Terms<'_>,
    category: impl Fn(&Projections) -> Option<String>,
) -> Result<Vec<FoundEvent>, EvalError> {
    let report = Report::of_body(id, text)
        .ok_or_else(|| EvalError::Malformed { path: id.to_owned(), met: "no text".to_owned() })?;
    let claims = coder.code(report).report.claims;
    let event = |claim: &ClaimContent| {
        let projections = terms.of(claim);
        let category = category(&projections)?;
        let plover = projections.plover.unwrap_or_default();
        let fill = |roles: &[RoleKind]| -> Vec<TextRange> {
            claim.roles.iter().filter(|r| roles.contains(&r.role)).map(|r| r.range).collect()
        };
        let trigger = claim.trigger.slice(text).unwrap_or_default();
        Some(FoundEvent {
            category,
            mode: plover.mode,
            contexts: plover.contexts,
            shown: format!("{} {trigger:?}", claim.type_id.as_str()),
            trigger: claim.trigger,
            sources: fill(&SOURCES),
            targets: fill(&TARGETS),
        })
    };
    Ok(claims.iter().map(Claim::content).filter_map(event).collect())
}

/// Our roles of those who did it; who takes part in a clash or in talks is both source and target to PLOVER and CAMEO.
const SOURCES: [RoleKind; 3] = [RoleKind::Initiator, RoleKind::Participant, RoleKind::Subject];
/// Our roles of those to whom it was done.
const TARGETS: [RoleKind; 5] = [
    RoleKind::Target,
    RoleKind::Victim,
    RoleKind::Beneficiary,
    RoleKind::Participant,
    RoleKind::Object,
];

impl Tally {
    /// Judges one sentence.
    pub(crate) fn sentence(
        &mut self,
        ontology: Ontology,
        id: &str,
        text: &str,
        gold: &[GoldEvent],
        found: &[FoundEvent],
    ) {
        if gold.is_empty() {
            self.none.0 += 1;
            self.none.1 += usize::from(found.is_empty());
        }
        let wanted: BTreeSet<&str> = gold.iter().map(|event| event.category.as_str()).collect();
        let given: BTreeSet<&str> = found.iter().map(|event| event.category.as_str()).collect();
        for category in wanted.union(&given) {
            let count = self.by_category.entry((*category).to_owned()).or_default();
            count.gold += usize::from(wanted.contains(category));
            count.found += usize::from(given.contains(category));
            count.right += usize::from(wanted.contains(category) && given.contains(category));
        }
        let mut wrong: Vec<String> = Vec::new();
        for event in gold {
            let outcome = self.event(ontology, text, event, found);
            *self.outcomes.entry(outcome).or_default() += 1;
            if outcome != Outcome::Right {
                wrong.push(format!("{outcome:?} {}", event.detail));
            }
        }
        let extra = found.iter().any(|event| !wanted.contains(event.category.as_str()));
        if !wrong.is_empty() || extra {
            let shown: Vec<String> =
                found.iter().map(|f| format!("{} = {}", f.shown, f.category)).collect();
            let line = format!("{id}\t{}\t{}\t{text}\n", wrong.join("; "), shown.join("; "));
            self.errors.push_str(&line);
        }
    }

    fn event(
        &mut self,
        ontology: Ontology,
        text: &str,
        gold: &GoldEvent,
        found: &[FoundEvent],
    ) -> Outcome {
        let at: Vec<&FoundEvent> = found
            .iter()
            .filter(|f| gold.marked.iter().any(|marked| marked.overlaps(f.trigger)))
            .collect();
        self.marked.0 += usize::from(!at.is_empty());
        self.marked.1 += usize::from(at.iter().any(|f| f.category == gold.category));
        let roles = |f: &FoundEvent| {
            let sources = overlaps(text, &ranges(text, &gold.sources), &f.sources);
            let targets = overlaps(text, &ranges(text, &gold.targets), &f.targets);
            (sources, targets)
        };
        let same = found.iter().filter(|f| f.category == gold.category);
        let best = same.map(roles).max_by_key(|(s, t)| {
            (usize::from(s.right > 0) + usize::from(t.right > 0), s.right + t.right)
        });
        let Some((sources, targets)) = best else {
            return match (in_scope(ontology, &gold.detail), found.is_empty()) {
                (false, _) => Outcome::Outside,
                (true, true) => Outcome::Missed,
                (true, false) => Outcome::Type,
            };
        };
        self.sources.add(sources);
        self.targets.add(targets);
        let met = |count: Count| count.gold == 0 || count.right > 0;
        if met(sources) && met(targets) { Outcome::Right } else { Outcome::Role }
    }
}

/// Where `words` stand in `text`; an empty range, which meets nothing, where they do not.
fn ranges(text: &str, words: &[String]) -> Vec<TextRange> {
    let at = |words: &String| find(text, words, 1).or_else(|| TextRange::new(0, 0).ok());
    words.iter().filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Rebels shelled Juba and the army fled.";

    fn range(words: &str) -> TextRange {
        let start = TEXT.find(words).unwrap();
        TextRange::new(start, start + words.len()).unwrap()
    }

    fn gold(category: &str, source: &str, target: &str) -> GoldEvent {
        GoldEvent {
            category: category.to_owned(),
            detail: category.to_owned(),
            sources: vec![source.to_owned()],
            targets: vec![target.to_owned()],
            marked: vec![range("shelled")],
        }
    }

    fn claim(category: &str, source: &str, target: &str) -> FoundEvent {
        FoundEvent {
            category: category.to_owned(),
            mode: None,
            contexts: Vec::new(),
            shown: category.to_owned(),
            trigger: range("shelled"),
            sources: vec![range(source)],
            targets: vec![range(target)],
        }
    }

    fn outcome(gold: &GoldEvent, found: &[FoundEvent]) -> Outcome {
        Tally::default().event(Ontology::Plover, TEXT, gold, found)
    }

    #[test]
    fn an_event_ends_in_one_way() {
        let assault = gold("ASSAULT", "Rebels", "Juba");
        assert_eq!(outcome(&assault, &[claim("ASSAULT", "Rebels", "Juba")]), Outcome::Right);
        assert_eq!(outcome(&assault, &[claim("ASSAULT", "army", "Juba")]), Outcome::Role);
        assert_eq!(outcome(&assault, &[claim("RETREAT", "army", "Juba")]), Outcome::Type);
        assert_eq!(outcome(&assault, &[]), Outcome::Missed);
        let visit =
            GoldEvent { detail: "CONSULT/visit".to_owned(), ..gold("CONSULT", "Rebels", "Juba") };
        assert_eq!(outcome(&visit, &[]), Outcome::Outside);
    }

    #[test]
    fn a_category_counts_once_a_sentence_and_an_empty_sentence_stays_empty() {
        let mut tally = Tally::default();
        let found = [claim("ASSAULT", "Rebels", "Juba"), claim("ASSAULT", "army", "Juba")];
        let gold = [gold("ASSAULT", "Rebels", "Juba")];
        tally.sentence(Ontology::Plover, "1", TEXT, &gold, &found);
        tally.sentence(Ontology::Plover, "2", TEXT, &[], &found);
        tally.sentence(Ontology::Plover, "3", TEXT, &[], &[]);
        let count = tally.by_category.get("ASSAULT").copied().unwrap();
        assert_eq!(count, Count { right: 1, found: 2, gold: 1 });
        assert_eq!((tally.none, tally.marked), ((2, 1), (1, 1)));
        assert_eq!(tally.outcomes.get(&Outcome::Right), Some(&1));
    }
}
