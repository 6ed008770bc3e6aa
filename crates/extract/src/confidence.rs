//! How likely a claim is right in every field, by facts that tell good claims from bad ones.
//!
//! Owns the facts and the weights of `data/lexicons/confidence.toml`, a logistic regression that was fitted to claims judged
//! against annotated texts. Refuses what only the words of a text could tell: facts are about how a claim was made.

use std::collections::HashMap;

use averment_lang::{Hint, Reading, Token};
use averment_types::{ClaimContent, GapField, GapState, Modality, Polarity, RoleKind};
use serde::Deserialize;

use crate::ExtractError;
use crate::told;

static WEIGHTS: &str = include_str!("../../../data/lexicons/confidence.toml");

/// Weights by fact.
#[derive(Debug, Deserialize)]
pub(crate) struct Confidence {
    bias: f32,
    weights: HashMap<String, f32>,
}

impl Confidence {
    /// The weights that come with the program.
    pub(crate) fn shipped() -> Result<Self, ExtractError> {
        toml::from_str(WEIGHTS)
            .map_err(|source| ExtractError::Confidence { source: Box::new(source) })
    }

    /// The text of the weights, for the coder's version.
    pub(crate) const fn source() -> &'static str {
        WEIGHTS
    }

    /// The probability that a claim with these facts is right in every field, in hundredths.
    pub(crate) fn of(&self, facts: &[String]) -> f32 {
        let sum: f32 = facts.iter().filter_map(|fact| self.weights.get(fact)).sum();
        let chance = 1.0 / (1.0 + (-(self.bias + sum)).exp());
        (100.0 * chance).round() / 100.0
    }
}

/// What is known of how a claim was made, each fact a few words.
pub(crate) fn facts(reading: &Reading, content: &ClaimContent) -> Vec<String> {
    let mut facts = vec![format!("type {}", content.type_id), opinion(reading, content)];
    let sentences = reading.sentences();
    let index = sentences.partition_point(|s| s.range.end() < content.trigger.end());
    let sentence = sentences.get(index).filter(|s| s.range.contains(content.trigger));
    let tokens = sentence.map_or(&[][..], |_| reading.sentence_tokens(index));
    let named = |token: &&Token| token.range.overlaps(content.trigger);
    let hints = || tokens.iter().filter(named).filter_map(|token| token.hint);
    facts.push(format!("event {}", tenth(hints().map(|hint| hint.event).reduce(f32::max))));
    if let Some(hint) = hints().reduce(|a, b| if b.event > a.event { b } else { a }) {
        facts.push(stance(content, hint));
    }
    let sum: f32 = tokens.iter().map(|token| token.arc_probability).sum();
    let count = u16::try_from(tokens.len()).unwrap_or(u16::MAX);
    facts.push(format!("tree {}", tenth((count > 0).then(|| sum / f32::from(count)))));
    facts.push(format!("words {}", (count / 10).min(5)));
    for role in [RoleKind::Initiator, RoleKind::Target, RoleKind::Victim, RoleKind::Participant] {
        let count = content.roles.iter().filter(|r| r.role == role).count();
        facts.push(format!("{role:?} {}", count.min(2)).to_lowercase());
    }
    facts.push(format!("speakers {}", content.attribution.len().min(2)));
    let gap = |field: GapField| content.gaps.iter().find(|gap| gap.field == field);
    let open = |field| {
        gap(field).map_or("known", |gap| match gap.state {
            GapState::NotStated => "not stated",
            GapState::Unknown => "unknown",
            GapState::Conflicting => "conflicting",
        })
    };
    facts.push(format!("time {}", open(GapField::Time)));
    facts.push(format!("place {}", open(GapField::Place)));
    let inside = |range| sentence.is_some_and(|s| s.range.contains(range));
    let near = |known: Option<bool>| match known {
        None => "none",
        Some(true) => "here",
        Some(false) => "elsewhere",
    };
    facts.push(format!("time words {}", near(content.time.as_ref().map(|t| inside(t.span)))));
    facts.push(format!("place words {}", near(content.place.as_ref().map(|p| inside(p.span)))));
    facts.push(format!("counts {}", content.casualties.len().min(2)));
    facts.push(format!("polarity {:?}", content.polarity).to_lowercase());
    facts.push(format!("modality {:?}", content.modality).to_lowercase());
    facts
}

/// Whether rule and reader agree.
fn opinion(reading: &Reading, content: &ClaimContent) -> String {
    let told = told::at(reading.told(), content.trigger);
    let alone = content.coder.rule.as_str().ends_with("/told");
    let agrees = told.is_some_and(|told| *told.kind == *content.type_id.as_str());
    match (alone, told) {
        (true, told) => format!("opinion alone {}", tenth(told.map(|told| told.probability))),
        (false, Some(told)) if agrees => format!("both {}", tenth(Some(told.probability))),
        (false, Some(_)) => "opinion differs".to_owned(),
        (false, None) => "rule alone".to_owned(),
    }
}

/// Whether the reader's stance is that of the claim.
fn stance(content: &ClaimContent, hint: Hint) -> String {
    let ((polarity, one), (modality, other)) = (hint.polarity, hint.modality);
    let same = (polarity, modality) == (content.polarity, content.modality);
    let plain = (content.polarity, content.modality) == (Polarity::Affirmed, Modality::Happened);
    let how = if plain { "plain" } else { "marked" };
    let sure = tenth(Some(one * other));
    if same { format!("{how} stance {sure}") } else { format!("{how} stance differs {sure}") }
}

/// A probability in words of few values.
fn tenth(probability: Option<f32>) -> &'static str {
    match probability {
        None => "unknown",
        Some(p) if p < 0.1 => "below 0.1",
        Some(p) if p < 0.3 => "0.1 to 0.3",
        Some(p) if p < 0.6 => "0.3 to 0.6",
        Some(p) if p < 0.8 => "0.6 to 0.8",
        Some(p) if p < 0.9 => "0.8 to 0.9",
        Some(p) if p < 0.97 => "0.9 to 0.97",
        Some(_) => "0.97 and more",
    }
}

#[cfg(test)]
mod tests {
    use averment_lang::ReaderKind;
    use averment_types::Report;

    use super::*;
    use crate::Coder;

    #[test]
    fn facts_say_how_a_claim_was_made_and_add_up() {
        let coder = Coder::shipped(ReaderKind::Fast).unwrap();
        let text = "Gunmen killed two farmers near Gao on Monday, residents said.";
        let made = coder.code(Report::of_body("report", text).unwrap());
        let facts = made.facts.first().unwrap();
        for fact in ["type killing", "initiator 1", "victim 1", "speakers 1", "modality happened"] {
            assert!(facts.iter().any(|f| f == fact), "{fact} in {facts:?}");
        }
        let confidence =
            Confidence { bias: -1.0, weights: HashMap::from([("type killing".to_owned(), 1.0)]) };
        assert!((confidence.of(facts) - 0.5).abs() < 1e-6);
        let stored = made.report.claims.first().unwrap().content().confidence.unwrap();
        assert!((0.0..=1.0).contains(&stored));
    }
}
