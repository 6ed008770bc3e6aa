//! The annotated claims that other parts learn from: where each stands, and which place and time its annotator gave it.
//!
//! Refuses all texts that are scored only.

use std::collections::BTreeSet;
use std::path::Path;

use averment_types::TextRange;

use super::gold::{self, Half, Passage};
use super::passages::{REAL, WRITTEN, half_of_real, half_of_written};
use crate::EvalError;

/// A claim of a text that may be learnt from.
pub(crate) struct Placed {
    /// The kind of text: the file that holds it, or "written".
    pub(crate) source: &'static str,
    pub(crate) text: String,
    /// Whether the reader was taught on the text, so that what it tells there proves nothing.
    pub(crate) taught: bool,
    pub(crate) type_id: String,
    pub(crate) trigger: TextRange,
    /// The words of its place; `None` where it has none.
    pub(crate) place: Option<TextRange>,
    /// Whether its place is told in another sentence, which its own may refer to.
    pub(crate) elsewhere: bool,
    /// The words of its time; `None` where it has none.
    pub(crate) time: Option<TextRange>,
}

/// All claims of the texts that may be learnt from: those of the files in `own`, and those on the real texts in `corpora`.
pub(crate) fn placed(own: &Path, corpora: &Path) -> Result<Vec<Placed>, EvalError> {
    let mut all = Vec::new();
    for file in WRITTEN {
        let passages = gold::written(&own.join(format!("{file}.jsonl")))?;
        take(&mut all, "written", passages, half_of_written);
    }
    for file in REAL {
        let texts = gold::standoff(&own.join(format!("{file}.jsonl")), corpora)?;
        take(&mut all, file, texts, half_of_real);
    }
    Ok(all)
}

/// Real sentences by their text: those that the reader was taught on, and those that are scored only.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) taught: BTreeSet<String>,
    pub(crate) scored: BTreeSet<String>,
}

/// What was annotated of event-location's sentences, which lie in `corpora`.
pub(crate) fn known(own: &Path, corpora: &Path) -> Result<Known, EvalError> {
    let mut known = Known::default();
    let texts = gold::standoff(&own.join("sentences.jsonl"), corpora)?;
    for (at, passage) in texts.into_iter().enumerate() {
        match half_of_real(at) {
            Half::Tune => known.taught.insert(passage.text),
            Half::Test => known.scored.insert(passage.text),
            Half::Held => false,
        };
    }
    Ok(known)
}

fn take(
    all: &mut Vec<Placed>,
    source: &'static str,
    passages: Vec<Passage>,
    half: impl Fn(usize) -> Half,
) {
    for (at, passage) in passages.into_iter().enumerate() {
        let taught = match half(at) {
            Half::Tune => true,
            Half::Held => false,
            Half::Test => continue,
        };
        all.extend(passage.claims.into_iter().map(|claim| Placed {
            source,
            text: passage.text.clone(),
            taught,
            type_id: claim.type_id,
            trigger: claim.trigger,
            place: claim.place,
            elsewhere: false,
            time: claim.time,
        }));
    }
}
