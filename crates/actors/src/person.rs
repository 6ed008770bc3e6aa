//! Persons of a text: surnames bound to full names, and suggestions for spellings not in the registry.

use std::cell::RefCell;
use std::collections::BTreeMap;

use averment_types::{ActorCandidate, ActorKind, TextRange};

use crate::draft::{Draft, Target};
use crate::link::{Context, candidate};
use crate::token::fold;
use crate::{ActorMention, MentionKind, Registry};

/// Suggestions at most.
const SUGGESTIONS: usize = 3;

/// A person named in full somewhere in the text.
#[derive(Debug, Clone)]
struct Full {
    words: Vec<String>,
    actor: Option<u32>,
}

/// All persons named in full.
#[derive(Debug, Default)]
pub(crate) struct Persons {
    full: Vec<Full>,
    /// What was suggested for a name before: a text names most persons several times.
    suggested: RefCell<BTreeMap<String, Vec<ActorCandidate>>>,
}

impl Persons {
    /// Collects them from the drafts of the whole text.
    pub(crate) fn collect(registry: &Registry, text: &str, drafts: &[Draft]) -> Self {
        let mut full: Vec<Full> = Vec::new();
        for draft in drafts {
            let actor = match &draft.target {
                Target::Person { proven: true } => None,
                Target::Alias(names) => match names.as_slice() {
                    [(actor, _)] if is_person(registry, *actor) => Some(*actor),
                    _ => continue,
                },
                _ => continue,
            };
            let words = words(text, draft.head);
            if words.len() > 1 && !full.iter().any(|f| f.words == words) {
                full.push(Full { words, actor });
            }
        }
        Self { full, suggested: RefCell::default() }
    }

    /// Fills the mention of a person's name; `None` when the words are no person's name after all.
    pub(crate) fn fill(
        &self,
        context: &Context<'_>,
        proven: bool,
        mention: &mut ActorMention,
    ) -> Option<()> {
        let name = words(context.text, mention.head);
        let bound = self.bound(&name);
        if !proven && bound.is_none() {
            return None;
        }
        mention.kind = MentionKind::Person;
        mention.actor_kind = Some(ActorKind::Person);
        if let Some(full) = bound {
            mention.reasons.clear();
            mention.reasons.push(format!(
                "the last part of \u{201c}{}\u{201d}, named in full in this text",
                full.words.join(" ")
            ));
            if let Some(actor) = full.actor {
                context.choose(&[actor], mention);
                return Some(());
            }
        }
        mention.reasons.push("not in the registry".to_owned());
        let full = bound.map_or(name.join(" "), |f| f.words.join(" "));
        let mut suggested = self.suggested.borrow_mut();
        let found =
            suggested.entry(full).or_insert_with_key(|name| suggest(context.registry, name));
        mention.candidates.extend(found.iter().cloned());
        Some(())
    }

    /// The one full name that ends with these words.
    fn bound(&self, name: &[String]) -> Option<&Full> {
        let mut fitting =
            self.full.iter().filter(|f| f.words.len() > name.len() && f.words.ends_with(name));
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

/// Persons of the registry whose names are alike, as candidates.
fn suggest(registry: &Registry, name: &str) -> Vec<ActorCandidate> {
    let found = registry.people.like(name).into_iter().take(SUGGESTIONS);
    let found = found.filter_map(|(score, at, alias)| {
        let reason = format!("the name is like \u{201c}{alias}\u{201d}; a suggestion, not a link");
        Some(candidate(registry.actor_at(at)?, score, &reason))
    });
    found.collect()
}

fn is_person(registry: &Registry, actor: u32) -> bool {
    registry.actor_at(actor).is_some_and(|a| a.kind == ActorKind::Person)
}

fn words(text: &str, range: TextRange) -> Vec<String> {
    let mut folded = String::new();
    let all = range.slice(text).unwrap_or_default();
    let parts = all.split(|c: char| c.is_whitespace() || c == '-');
    let parts = parts.filter(|p| !p.is_empty()).map(|p| {
        fold(p, &mut folded);
        folded.clone()
    });
    parts.collect()
}
