//! The annotated claims that other parts learn from: where each stands and which place its annotator gave it.
//!
//! Refuses all texts that are held out of training or scored only.

use std::path::Path;

use averment_types::TextRange;

use super::gold::{self, Half, Passage};
use super::passages::{REAL, WRITTEN, half_of_real, half_of_written};
use crate::EvalError;

/// A claim of a text that is trained on.
pub(crate) struct Placed {
    /// The kind of text: the file that holds it, or "written".
    pub(crate) source: &'static str,
    pub(crate) text: String,
    pub(crate) type_id: String,
    pub(crate) trigger: TextRange,
    /// The words of its place; `None` where it has none.
    pub(crate) place: Option<TextRange>,
}

/// All claims of the texts trained on: those of the files in `own`, and those on the real texts in `corpora`.
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

fn take(
    all: &mut Vec<Placed>,
    source: &'static str,
    passages: Vec<Passage>,
    half: impl Fn(usize) -> Half,
) {
    let taught = passages.into_iter().enumerate().filter(|(at, _)| half(*at) == Half::Tune);
    for (_, passage) in taught {
        all.extend(passage.claims.into_iter().map(|claim| Placed {
            source,
            text: passage.text.clone(),
            type_id: claim.type_id,
            trigger: claim.trigger,
            place: claim.place,
        }));
    }
}
