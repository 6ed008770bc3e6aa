//! What a trigger's time and place may hang on, and the answer of [`Coder::locate`](crate::Coder::locate).

use std::ops::Range;

use averment_codebook::{Form, Function, Trigger};
use averment_lang::Pos;
use averment_place::PlaceMention;
use averment_types::TextRange;

use crate::attribution::Scope;
use crate::frame::Frame;
use crate::view::{Phrase, View};

/// The places and times that may be those of an event.
#[derive(Debug, Clone)]
pub struct Located {
    /// The candidates of the event's sentence, in the order of the text, without those that a rule takes out.
    pub options: Vec<PlaceOption>,
    /// Which of them the coder takes; `None` for none.
    pub chosen: Option<usize>,
    /// Where the report names places at all.
    pub named: Vec<TextRange>,
    /// The times that may be the event's, in the order of the text.
    pub times: Vec<TimeOption>,
}

/// A time that may be an event's, and what the ranker is told of it.
#[derive(Debug, Clone)]
pub struct TimeOption {
    /// Its words.
    pub span: TextRange,
    /// The facts, each a few words.
    pub facts: Vec<String>,
}

/// A place that may be an event's, and what the ranker is told of it.
#[derive(Debug, Clone)]
pub struct PlaceOption {
    /// The place.
    pub mention: PlaceMention,
    /// The facts, each a few words: "hold obl in".
    pub facts: Vec<String>,
}

/// The tokens that the time and place of a trigger may hang on: its head, and for a noun the verb that supports
/// or governs it.
pub(crate) fn anchors(
    view: &View<'_>,
    trigger: &Trigger,
    frame: &Frame,
    head: usize,
) -> Vec<usize> {
    let mut anchors = vec![head];
    if trigger.form == Form::Noun {
        let support = frame.support.as_ref().map(|verb| verb.end.saturating_sub(1));
        anchors.extend(support.or_else(|| governor(view, head)).filter(|at| *at != head));
    }
    anchors
}

/// The verb above token `at`.
pub(crate) fn governor(view: &View<'_>, at: usize) -> Option<usize> {
    view.tree.upward(at).skip(1).find(|at| view.pos(*at) == Pos::Verb)
}

/// The words of the sentence that refer to an event told before: "*the blast* killed two", or the trigger itself.
pub(crate) fn spoken_again<'a>(
    view: &View<'a>,
    trigger: &Trigger,
    frame: &Frame,
    triggers: &[Trigger],
) -> Option<&'a str> {
    let definite = |at: usize| matches!(view.word(at), "the" | "this" | "that" | "these" | "those");
    if trigger.form == Form::Noun {
        let group = view.range(&frame.group)?;
        return group.slice(view.text).filter(|_| definite(frame.group.start));
    }
    // "five of *them* were killed in the market": a part of those told of.
    let harmed = [Function::Subject, Function::Object];
    let harmed = harmed.iter().flat_map(|function| frame.get(function));
    let part = harmed.filter_map(|index| view.phrases.get(*index)).find(|p| is_part(view, p));
    if let Some(part) = part {
        return part.range.slice(view.text);
    }
    let functions = [Function::Subject, Function::Prep("in".into()), Function::Prep("by".into())];
    let phrases = functions.iter().flat_map(|function| frame.get(function));
    let event =
        |head: usize| triggers.iter().any(|t| t.form == Form::Noun && t.tokens.contains(&head));
    phrases
        .filter_map(|index| view.phrases.get(*index))
        .find(|phrase| definite(phrase.tokens.start) && event(phrase.head))
        .and_then(|phrase| phrase.range.slice(view.text))
}

/// Whether a phrase is a part of people told of before: "five of them", "two of the dead".
fn is_part(view: &View<'_>, phrase: &Phrase) -> bool {
    let of = (phrase.tokens.start..=phrase.tokens.end).find(|at| view.word(*at) == "of");
    let whom = |at: usize| {
        let known = usize::from(matches!(view.word(at), "the" | "those"));
        matches!(
            view.word(at + known),
            "them"
                | "dead"
                | "victims"
                | "wounded"
                | "injured"
                | "killed"
                | "casualties"
                | "fatalities"
        )
    };
    of.is_some_and(|of| whom(of + 1))
}

/// What tells of somebody's saying, but for what holds token `at` itself.
pub(crate) fn speech_besides(scopes: &[Scope], at: usize) -> Vec<Range<usize>> {
    scopes.iter().map(|s| s.speech.clone()).filter(|s| !s.contains(&at)).collect()
}
