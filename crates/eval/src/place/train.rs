//! Fits the ranker of places to the sentences of event-location that may be looked at, and to the project's own annotated
//! claims; the ranker of times to these alone.
//!
//! Refuses the sentences kept aside and those on which claims are scored.

use std::path::Path;

use averment_extract::{Coder, Located};

use super::event_location::{Case, cases};
use crate::EvalError;
use crate::coder::placed::{Known, Placed, known, placed};
use crate::coder::report;
use crate::ranking::{Example, Use, fit, held_out};
use crate::settings::in_sentences;

/// In the sentences of this source gold has a place for one verb in ten, though most are told with one: its annotators
/// left places out, and it teaches nothing about "none".
const LEFT_OUT: &[&str] = &["Masdar"];

const PLACES: &str = "\
    # How much each fact speaks for a place being an event's. Written by `cargo xtask eval place --train`.\n\
    # Source: a logistic regression fitted to the sentences of event-location (A. Halterman) that may be looked at and to corpus/coder.\n\
    # Licence: MIT. The facts are named in crates/extract/src/setting/features.rs.\n";
const TIMES: &str = "\
    # How much each fact speaks for a time being an event's. Written by `cargo xtask eval place --train`.\n\
    # Source: a logistic regression fitted to corpus/coder.\n\
    # Licence: MIT. The facts are named in crates/extract/src/setting/features.rs.\n";

/// What was fitted for one ranker.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The weights' file.
    pub weights: String,
    /// Scores on each source by the weights of all others, as Markdown.
    pub table: String,
}

/// The rankers of places and of times, fitted to the corpora in the folder `corpora` and to the claims annotated in the
/// folder `own`.
///
/// # Errors
/// When the corpus is missing or of another form, or the coder cannot be made.
pub fn run(own: &Path, corpora: &Path) -> Result<[Trained; 2], EvalError> {
    let coder = super::coder()?;
    let known = known(own, corpora)?;
    let mut all = cases(&coder, &corpora.join("event-location"), false)?;
    all.retain(|case| !known.scored.contains(&case.text));
    let mut claims = placed(own, corpora)?;
    claims.extend(in_sentences(own, corpora, &coder)?);
    let claims: Vec<(&Placed, Located)> =
        claims.iter().filter_map(|claim| Some((claim, located(&coder, claim)?))).collect();
    let annotated = claims.iter().filter_map(|(claim, located)| place_of_claim(claim, located));
    let places: Vec<Example<'_>> =
        all.iter().filter_map(|case| place_of_case(case, &known)).chain(annotated).collect();
    let times: Vec<Example<'_>> =
        claims.iter().map(|(claim, located)| time_of_claim(claim, located)).collect();
    let trained = |examples: &[Example<'_>], head, what| Trained {
        weights: fit(examples, None).to_toml(head),
        table: held_out(examples, what),
    };
    Ok([trained(&places, PLACES, "place"), trained(&times, TIMES, "time")])
}

/// The places and times that the coder may choose among for a claim.
fn located(coder: &Coder, claim: &Placed) -> Option<Located> {
    coder.locate(report("text", &claim.text).ok()?, claim.trigger, Some(&claim.type_id))
}

fn place_of_case<'c>(case: &'c Case, known: &Known) -> Option<Example<'c>> {
    let taught = known.taught.contains(&case.text);
    let used = match (LEFT_OUT.contains(&case.source.as_str()), taught) {
        (true, true) => return None,
        (true, false) => Use::Scored,
        (false, true) => Use::Taught,
        (false, false) => Use::All,
    };
    let options = case.located.options.iter().enumerate();
    Some(Example {
        source: &case.source,
        typed: false,
        stated: case.is_placed(),
        used,
        options: options.map(|(at, o)| (o.facts.as_slice(), case.is_right(at))).collect(),
    })
}

fn place_of_claim<'c>(claim: &'c Placed, located: &'c Located) -> Option<Example<'c>> {
    // "in the town" may be the place that is named elsewhere.
    let refers = |span: averment_types::TextRange| {
        let words = span.slice(&claim.text).unwrap_or_default();
        !words.chars().any(char::is_uppercase)
    };
    if claim.elsewhere && located.options.iter().any(|o| refers(o.mention.span)) {
        return None;
    }
    let right = |span| claim.place.is_some_and(|place| place.overlaps(span));
    let options = located.options.iter();
    let options = options.map(|o| (o.facts.as_slice(), right(o.mention.span))).collect();
    Some(of_claim(claim, claim.place.is_some(), options))
}

fn time_of_claim<'c>(claim: &'c Placed, located: &'c Located) -> Example<'c> {
    let right = |span| claim.time.is_some_and(|time| time.overlaps(span));
    let options = located.times.iter();
    let options = options.map(|o| (o.facts.as_slice(), right(o.span))).collect();
    of_claim(claim, claim.time.is_some(), options)
}

fn of_claim<'c>(claim: &Placed, stated: bool, options: Vec<(&'c [String], bool)>) -> Example<'c> {
    let used = if claim.taught { Use::Taught } else { Use::All };
    Example { source: claim.source, typed: true, stated, used, options }
}
