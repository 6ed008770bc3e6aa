//! The setting of what a report opens with, from the sentences behind it: "Gunmen killed five people. The raid, *on Monday*, ...".

use averment_lang::Sentence;
use averment_types::ClaimContent;

use super::super::Rankers;
use super::super::scene::names_when;
use super::facts::{self, Relation, of_time_words};
use super::{Candidate, MOST, Wanting, may_bear, number, places_of, take, times_of, wanted};

/// So many sentences behind a claim its setting may be told.
const AHEAD: usize = 4;

/// Completes those `claims` that still lack what they were `wanting`; what they lacked, with the candidates.
pub(crate) fn complete(
    text: &str,
    sentences: &[Sentence],
    rankers: &Rankers,
    claims: &mut [ClaimContent],
    wanting: &[Wanting],
) -> Vec<Wanting> {
    let mut asked = Vec::new();
    for lack in wanting {
        let still = |c: &ClaimContent| {
            c.trigger == lack.trigger && if lack.time { !names_when(c) } else { c.place.is_none() }
        };
        let from =
            claims.partition_point(|c| c.evidence.first().range().end() <= lack.trigger.start());
        let near = claims.iter().skip(from);
        let mut near = near.take_while(|c| c.evidence.first().range().start() < lack.trigger.end());
        let Some(at) = near.position(still).map(|at| from + at) else { continue };
        let Some(mut later) = claims.get(at).cloned() else { continue };
        let behind = claims.get(at..).unwrap_or_default();
        let candidates = candidates(text, sentences, behind, &later, lack);
        if candidates.is_empty() {
            continue;
        }
        asked.push(wanted(&later, &lack.manner, &candidates, lack.time));
        take(text, rankers, &mut later, &candidates, lack.time);
        if let Some(claim) = claims.get_mut(at) {
            *claim = later;
        }
    }
    asked
}

/// What the claims of the next sentences bear, the nearest first.
fn candidates<'s>(
    text: &str,
    sentences: &[Sentence],
    claims: &'s [ClaimContent],
    later: &ClaimContent,
    lack: &Wanting,
) -> Vec<Candidate<'s>> {
    let here = number(sentences, later.trigger.start());
    let until = sentences.get(here + AHEAD).or(sentences.last()).map_or(0, |s| s.range.end());
    let own = sentences.get(here).map_or(later.trigger.end(), |s| s.range.end());
    let ahead = |c: &&ClaimContent| (own..until).contains(&c.trigger.start()) && may_bear(c);
    let near = claims.iter().take_while(|c| c.evidence.first().range().start() < until);
    let bearers = near.filter(ahead);
    let mut found = if lack.time { times_of(bearers) } else { places_of(bearers) };
    found.truncate(MOST);
    let relation = Relation { sentences, later, manner: &lack.manner };
    let count = found.len();
    for (rank, candidate) in found.iter_mut().enumerate() {
        let mut facts = relation.facts(candidate, rank, count);
        facts.extend(if lack.time {
            of_time_words(text, candidate)
        } else {
            facts::of_place(candidate)
        });
        facts.push("all behind".to_owned());
        if !lack.time {
            facts.extend(facts::pairs(&facts));
        }
        candidate.facts = facts;
    }
    found
}
