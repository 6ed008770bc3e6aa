//! Times and places of events by the whole of their text, wherever it says them: scored, and fitted to.
//!
//! Owns the score of `corpus/coder/settings.jsonl` and the fit of the two rankers that choose among what was told before. Every
//! fourth text is scored only. Each text is coded twice, with a day of publication and without, for without one "on Monday" has no date.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::{Asks, Coded, Coder, RetoldOption, Wanting};
use averment_types::{ClaimContent, TextRange};

use crate::EvalError;
use crate::coder::gold::{GoldSetting, Settled, settled};
use crate::coder::placed::Placed;
use crate::place::train::Trained;
use crate::ranking::{Example, Use, fit, held_out};

const FILE: &str = "settings.jsonl";
/// The source whose texts are whole reports of the project's own.
pub(crate) const DISPATCHES: &str = "dispatches";
const HEAD: &str = "# How much each fact speaks for a WHAT told BEFORE being that of an event whose sentence leaves it out.\n\
    # Written by `cargo xtask eval settings --train`. Source: a logistic regression fitted to corpus/coder/settings.jsonl.\n\
    # Licence: MIT. The facts are named in crates/extract/src/setting/retold/facts.rs.\n";

/// Scores the texts that are scored only, as Markdown; `own` holds the annotations, `corpora` the texts.
///
/// # Errors
/// When a file is missing or of another form, or the coder cannot be made.
pub fn run(own: &Path, corpora: &Path) -> Result<Evaluation, EvalError> {
    let texts = settled(&own.join(FILE), corpora)?;
    let coder = crate::place::coder()?;
    let mut score = Score::default();
    for text in texts.iter().enumerate().filter(|(at, _)| is_scored(*at)).map(|(_, text)| text) {
        let read = coded(&coder, text, true);
        for gold in &text.settings {
            let same = |c: &&averment_types::Claim| c.content().trigger.overlaps(gold.trigger);
            let Some(claim) = read.report.claims.iter().find(same) else { continue };
            score.add(text, gold, claim.content());
        }
    }
    Ok(Evaluation { table: score.to_markdown(), errors: score.errors })
}

/// The table and what was wrong, a line each.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// As Markdown.
    pub table: String,
    /// For a look, never for the repository.
    pub errors: String,
}

/// The rankers of places and of times told before, and of those told behind, fitted to the texts that may be learnt from.
///
/// # Errors
/// As of [`run`].
pub fn train(own: &Path, corpora: &Path) -> Result<[Trained; 4], EvalError> {
    let texts = settled(&own.join(FILE), corpora)?;
    let coder = crate::place::coder()?;
    let mut asked: Vec<(&Settled, &GoldSetting<TextRange>, Wanting)> = Vec::new();
    for (_, text) in texts.iter().enumerate().filter(|(at, _)| !is_scored(*at)) {
        for published in [true, false] {
            for wanting in coded(&coder, text, published).wanting {
                let gold = text.settings.iter().find(|gold| gold.trigger.overlaps(wanting.trigger));
                asked.extend(gold.map(|gold| (text, gold, wanting)));
            }
        }
    }
    let of = |asks: Asks| {
        let asked = asked.iter().filter(move |(_, _, wanting)| wanting.asks == asks);
        let examples = asked.map(|(text, gold, wanting)| {
            let words = if asks.is_time() { gold.time } else { gold.place };
            let right =
                |option: &RetoldOption| words.is_some_and(|w| is_it(option, w, &text.report.text));
            let options = wanting.options.iter().map(|o| (o.facts.as_slice(), right(o)));
            let options: Vec<_> = options.collect();
            // Where what gold has is no candidate, none is right.
            let stated = options.iter().any(|(_, right)| *right);
            Example { source: text.source, typed: true, stated, used: Use::All, options }
        });
        let asked = |example: &Example<'_>| !example.options.is_empty();
        examples.filter(asked).collect::<Vec<_>>()
    };
    let trained = |what: &str, stands: &str, examples: &[Example<'_>]| Trained {
        weights: fit(examples, None).to_toml(&HEAD.replace("WHAT", what).replace("BEFORE", stands)),
        table: held_out(examples, what),
    };
    Ok([
        trained("place", "before", &of(Asks::Place)),
        trained("time", "before", &of(Asks::Time)),
        trained("place", "behind", &of(Asks::PlaceBehind)),
        trained("time", "behind", &of(Asks::TimeBehind)),
    ])
}

/// The claims of the dispatches that may be learnt from, with the time and place that their own sentences tell.
pub(crate) fn in_sentences(
    own: &Path,
    corpora: &Path,
    coder: &Coder,
) -> Result<Vec<Placed>, EvalError> {
    let texts = settled(&own.join(FILE), corpora)?;
    let learnt = texts.iter().enumerate().filter(|(at, _)| !is_scored(*at));
    let mut all = Vec::new();
    for (_, text) in learnt.filter(|(_, text)| text.source == DISPATCHES) {
        for claim in &coded(coder, text, true).report.claims {
            let claim = claim.content();
            let gold = text.settings.iter().find(|gold| gold.trigger.overlaps(claim.trigger));
            let Some(gold) = gold else { continue };
            let sentence = sentence_around(&text.report.text, claim.trigger);
            // Gold marks one telling of several.
            let here = |words: TextRange| {
                let within = sentence.slice(&text.report.text)?;
                let at = within.find(words.slice(&text.report.text)?);
                let start = at.map(|at| sentence.start() + at);
                let again = start.and_then(|at| TextRange::new(at, at + words.len()).ok());
                Some(words).filter(|words| sentence.contains(*words)).or(again)
            };
            all.push(Placed {
                source: DISPATCHES,
                text: text.report.text.clone(),
                taught: false,
                type_id: claim.type_id.to_string(),
                trigger: claim.trigger,
                place: gold.place.and_then(here),
                elsewhere: gold.place.is_some_and(|words| here(words).is_none()),
                time: gold.time.and_then(here),
            });
        }
    }
    Ok(all)
}

/// Whether a text is scored only.
const fn is_scored(at: usize) -> bool {
    at % 4 == 3
}

fn coded(coder: &Coder, text: &Settled, published: bool) -> Coded {
    let mut report = text.report.clone();
    if !published {
        report.published = None;
    }
    coder.code(report)
}

/// Whether an option is what gold's `words` say.
fn is_it(option: &RetoldOption, words: TextRange, text: &str) -> bool {
    let said = |span: &TextRange| span.slice(text).is_some_and(|said| is_said(said, words, text));
    option.spans.iter().any(|span| span.overlaps(words) || said(span))
        || is_said(&option.words, words, text)
}

/// Whether gold's words say what `words` do: the same but for case and words that only say of what sort it is, "the *town* of Gao".
fn is_said(words: &str, gold: TextRange, text: &str) -> bool {
    gold.slice(text).is_some_and(|gold| plain(gold) == plain(words))
}

/// The words without those that only say of what sort a place or which part of a day it is.
fn plain(words: &str) -> Vec<String> {
    const SORTS: [&str; 34] = [
        "the",
        "of",
        "in",
        "on",
        "at",
        "near",
        "village",
        "town",
        "city",
        "district",
        "province",
        "region",
        "state",
        "county",
        "area",
        "territory",
        "governorate",
        "department",
        "zone",
        "camp",
        "quarter",
        "neighbourhood",
        "neighborhood",
        "commune",
        "township",
        "early",
        "late",
        "morning",
        "afternoon",
        "evening",
        "night",
        "dawn",
        "s",
        "around",
    ];
    let lower = words.to_lowercase();
    let all = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let own: Vec<String> =
        all.clone().filter(|word| !SORTS.contains(word)).map(str::to_owned).collect();
    if own.is_empty() { all.map(str::to_owned).collect() } else { own }
}

/// Where gold stands, and what became of it.
#[derive(Default)]
struct Score {
    counts: BTreeMap<(&'static str, &'static str, &'static str), [usize; 3]>,
    errors: String,
}

impl Score {
    fn add(&mut self, text: &Settled, gold: &GoldSetting<TextRange>, claim: &ClaimContent) {
        let time = claim.time.as_ref().map(|t| (t.span, t.text.clone()));
        let mut open =
            claim.gaps.iter().filter_map(|gap| gap.reason.strip_prefix("in the words “"));
        let open = open.find_map(|words| words.split_once('”'));
        let time = time.or_else(|| open.map(|(words, _)| (gold.trigger, words.to_owned())));
        let place = claim.place.as_ref().map(|p| (p.span, p.name.clone()));
        self.count("time", text, gold, gold.time, time);
        self.count("place", text, gold, gold.place, place);
    }

    fn count(
        &mut self,
        what: &'static str,
        text: &Settled,
        gold: &GoldSetting<TextRange>,
        words: Option<TextRange>,
        found: Option<(TextRange, String)>,
    ) {
        let sentence = sentence_around(&text.report.text, gold.trigger);
        let stands = match words {
            None => "nowhere",
            Some(words) if sentence.contains(words) => "in the sentence",
            Some(words) if words.start() < gold.trigger.start() => "before",
            Some(_) => "behind",
        };
        let outcome = match (&words, &found) {
            (None, None) => 0,
            (Some(words), Some((span, said)))
                if span.overlaps(*words) || is_said(said, *words, &text.report.text) =>
            {
                0
            }
            (_, Some(_)) => 1,
            (Some(_), None) => 2,
        };
        let texts = if text.source == DISPATCHES { DISPATCHES } else { "the others" };
        let counts = self.counts.entry((texts, what, stands)).or_default();
        if let Some(count) = counts.get_mut(outcome) {
            *count += 1;
        }
        if outcome > 0 {
            let gold_words = words.and_then(|w| w.slice(&text.report.text)).unwrap_or("-");
            let trigger = gold.trigger.slice(&text.report.text).unwrap_or_default();
            let found = found.map_or_else(|| "-".to_owned(), |(_, words)| words);
            let sentence = sentence.slice(&text.report.text).unwrap_or_default().replace('\n', " ");
            // Writing to a string cannot fail.
            let _ = writeln!(
                self.errors,
                "{what}\t{stands}\t{trigger}\tgold {gold_words}\tgot {found}\t{sentence}"
            );
        }
    }

    fn to_markdown(&self) -> String {
        let mut out =
            "| texts | what | stands | claims | right | other | none |\n|---|---|---|--:|--:|--:|--:|\n"
                .to_owned();
        for ((texts, what, stands), [right, other, none]) in &self.counts {
            let all = right + other + none;
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {texts} | {what} | {stands} | {all} | {right} | {other} | {none} |"
            );
        }
        out
    }
}

/// The sentence that holds the trigger, as the reader splits the text.
fn sentence_around(text: &str, trigger: TextRange) -> TextRange {
    let sentences = averment_lang::segment(text).into_iter();
    let mut ranges = sentences.filter_map(|words| Some(words.first()?.cover(*words.last()?)));
    ranges.find(|range| range.overlaps(trigger)).unwrap_or(trigger)
}
