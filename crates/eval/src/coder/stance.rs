//! Polarity, modality and who says so, on passages written to be hard.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::Coder;
use averment_types::{ClaimContent, TextRange};

use super::align::{Count, overlaps, ratio, speakers};
use super::code;
use super::gold::{Half, Stance, find, rows};
use crate::EvalError;

#[derive(Default)]
struct Score {
    passages: usize,
    /// Passages in which a claim stands at the trigger; the others count as wrong.
    found: usize,
    polarity: usize,
    modality: usize,
    both: usize,
    speakers: Count,
}

/// Scores `stance.jsonl`.
pub(super) fn score(coder: &Coder, own: &Path, errors: &mut String) -> Result<String, EvalError> {
    let passages: Vec<Stance> = rows(&own.join("stance.jsonl"))?;
    let mut scores: BTreeMap<(Half, bool), Score> = BTreeMap::new();
    for passage in &passages {
        let claims = code(coder, &passage.id, &passage.text)?.report.claims;
        let Some(trigger) = find(&passage.text, &passage.trigger, passage.nth) else { continue };
        let at_trigger = claims
            .iter()
            .map(averment_types::Claim::content)
            .filter(|c| c.trigger.overlaps(trigger));
        let best = at_trigger.min_by_key(|c| c.type_id.as_str() != passage.type_id);
        let wrong = scores.entry((passage.half, passage.hard)).or_default().passage(passage, best);
        if passage.half == Half::Tune && !wrong.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(errors, "{} {}\n{wrong}", passage.id, passage.text);
        }
    }
    Ok(table(&scores))
}

impl Score {
    fn passage(&mut self, gold: &Stance, found: Option<&ClaimContent>) -> String {
        let mut wrong = String::new();
        self.passages += 1;
        let sources: Vec<&str> = gold.speakers.iter().map(|s| s.words.as_str()).collect();
        let Some(found) = found else {
            self.speakers.gold += sources.len();
            return format!("  missed {}: {}\n", gold.type_id, gold.trigger);
        };
        self.found += 1;
        let (polarity, modality) =
            (found.polarity == gold.polarity, found.modality == gold.modality);
        self.polarity += usize::from(polarity);
        self.modality += usize::from(modality);
        self.both += usize::from(polarity && modality);
        if !(polarity && modality) {
            let _ = writeln!(
                wrong,
                "  {}: {:?} {:?} for {:?} {:?}",
                gold.trigger, found.polarity, found.modality, gold.polarity, gold.modality
            );
        }
        let ranges = speakers(&gold.text, found);
        let asked: Vec<TextRange> =
            sources.iter().filter_map(|words| find(&gold.text, words, 1)).collect();
        let speakers = overlaps(&gold.text, &asked, &ranges);
        self.speakers.add(speakers);
        if speakers.right != speakers.found || speakers.right != speakers.gold {
            let names: Vec<&str> = found.attribution.iter().map(|a| a.speaker.as_str()).collect();
            let _ = writeln!(wrong, "  {} said by {names:?} for {sources:?}", gold.trigger);
        }
        wrong
    }
}

fn table(scores: &BTreeMap<(Half, bool), Score>) -> String {
    let mut out = String::from(
        "Polarity, modality and speakers in `corpus/coder/stance.jsonl`, half of it hard. A passage whose trigger carries no claim counts as wrong. A speaker is right where the claim at the trigger is given to him, so that who and what are judged at once; an outlet that was told is in the chain and not counted.\n\n\
         | half | passages | how | with a claim | polarity | modality | both | both, of those found | speaker P | R | F1 |\n|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for ((half, hard), s) in scores {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            if *half == Half::Tune { "tune" } else { "test" },
            s.passages,
            if *hard { "hard" } else { "plain" },
            s.found,
            ratio(s.polarity, s.passages),
            ratio(s.modality, s.passages),
            ratio(s.both, s.passages),
            ratio(s.both, s.found),
            s.speakers.precision(),
            s.speakers.recall(),
            s.speakers.f1()
        );
    }
    out
}
