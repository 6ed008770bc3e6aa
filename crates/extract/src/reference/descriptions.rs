//! Definite and demonstrative descriptions: "the suspects", "the group", "the Mauritanian website".

use std::collections::BTreeSet;

use averment_actors::Referent;
use averment_lang::{Dep, Pos};

use super::Links;
use super::chains::Chains;
use super::mention::{Form, Kinds, Number};
use super::nouns::Nouns;

/// Sentences back that a description may point by its noun.
const FAR: usize = 40;
/// Sentences back that a description may point by its kind alone.
const NEAR: usize = 3;

/// Joins descriptions with what they point back to.
pub(crate) fn join(chains: &mut Chains<'_>, nouns: &Nouns, links: &mut Links) {
    for at in 0..chains.mentions.len() {
        let points = chains
            .mention(at)
            .is_some_and(|m| matches!(m.form, Form::Definite | Form::Demonstrative));
        if !points || links.get(at).is_some() {
            continue;
        }
        let Some(told) = Description::of(chains, at) else { continue };
        if told.is_new {
            continue;
        }
        if let Some((other, reason)) =
            told.by_noun(chains).or_else(|| told.by_kind(chains, nouns, links))
        {
            links.set(at, other, reason);
            chains.join(other, at);
        }
    }
}

/// A description.
struct Description<'a> {
    at: usize,
    sentence: usize,
    noun: &'a str,
    /// The words before the noun that tell more.
    modifiers: BTreeSet<&'a str>,
    /// The nouns behind it that tell more: "of Mali".
    behind: BTreeSet<&'a str>,
    number: Option<Number>,
    /// Sentences back that it may point by its noun.
    reach: usize,
    /// Whether it says by itself who is meant: "the man who came", "the largest group".
    is_new: bool,
}

impl<'a> Description<'a> {
    fn of(chains: &Chains<'a>, at: usize) -> Option<Self> {
        let mention = chains.mention(at)?;
        let words = chains.words(at)?;
        let tree = &words.tree;
        // "the *terrorist group*" is one noun to the registry, and tells nothing more.
        let noun = chains.referent(at).and_then(|_| chains.actors.get(mention.actor?));
        let known = |t: &usize| {
            let range = words.range(&(*t..*t + 1));
            noun.zip(range).is_some_and(|(noun, range)| noun.head.overlaps(range))
        };
        let own = mention.tokens.clone().filter(|t| *t != mention.head && !known(t));
        let telling = own
            .filter(|t| !matches!(words.pos(*t), Pos::Det | Pos::Punct | Pos::Part | Pos::Cconj));
        let modifiers: BTreeSet<&str> = telling.map(|t| words.lemma_lower(t)).collect();
        let mut behind = BTreeSet::new();
        let mut is_new = false;
        for child in tree.children(mention.head).iter().filter(|c| **c > mention.head) {
            match tree.dep(*child) {
                Dep::Acl => is_new = true,
                Dep::Nmod | Dep::Appos => {
                    let below = tree.subtree(*child).into_iter();
                    let told = below.filter(|t| {
                        matches!(
                            words.pos(*t),
                            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num | Pos::Pron
                        )
                    });
                    behind.extend(told.map(|t| words.lemma_lower(t)));
                }
                _ => {}
            }
        }
        let best = mention.tokens.clone().any(|t| {
            let feats = words.feats(t);
            feats.contains("Degree=Sup")
                || feats.contains("NumType=Ord")
                || matches!(
                    words.word(t),
                    "other"
                        | "others"
                        | "another"
                        | "next"
                        | "same"
                        | "only"
                        | "last"
                        | "new"
                        | "first"
                        | "most"
                        | "latter"
                        | "former"
                        | "second"
                )
        });
        is_new |= best;
        Some(Self {
            at,
            sentence: mention.sentence,
            noun: words.lemma_lower(mention.head),
            modifiers,
            behind,
            number: mention.number,
            reach: if mention.form == Form::Demonstrative { NEAR } else { FAR },
            is_new,
        })
    }

    /// The one chain that was called by the same noun, and by nothing that this one is not.
    fn by_noun(&self, chains: &Chains<'a>) -> Option<(usize, &'static str)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (number, nearest) in chains.before(self.at) {
            let Some(chain) = chains.chain(number) else { continue };
            let distance = self.distance(chains, nearest);
            if distance > self.reach {
                break;
            }
            let called = chain.nouns.contains(self.noun)
                && chain.number.is_none_or(|n| self.number.is_none_or(|own| own == n));
            let told = self.modifiers.iter().chain(&self.behind).all(|w| chain.words.contains(w));
            if called && told && !self.holds(chains, nearest) {
                found.push((nearest, distance));
            }
        }
        match found.as_slice() {
            [(one, _)] => Some((*one, "the one named before by the same noun")),
            [(one, near), (_, far), ..] if near + 2 <= *far => {
                Some((*one, "the last one named before by the same noun"))
            }
            _ => None,
        }
    }

    /// The one chain that a noun for any group may mean.
    fn by_kind(
        &self,
        chains: &Chains<'a>,
        nouns: &Nouns,
        links: &mut Links,
    ) -> Option<(usize, &'static str)> {
        let any = nouns.any_group(self.noun);
        let referent = chains.referent(self.at);
        if (any.is_none() && referent.is_none())
            || self.number == Some(Number::Several)
            || !self.behind.is_empty()
        {
            return None;
        }
        let window = if referent.is_some_and(Referent::is_media) { usize::MAX } else { NEAR };
        // Each chain that is a group, how far back it is, whether it fits, and whether the registry says so.
        let mut found: Vec<(usize, usize, bool, bool)> = Vec::new();
        for (number, nearest) in chains.before(self.at) {
            let Some(chain) = chains.chain(number) else { continue };
            let distance = self.distance(chains, nearest);
            if distance > window {
                break;
            }
            if chain.number == Some(Number::Several) || self.holds(chains, nearest) {
                continue;
            }
            if let (Some(referent), Some(actor)) = (referent, chains.known(number)) {
                if chain.named && chain.kinds.meets(Kinds::GROUP) && referent.fits(actor) {
                    found.push((nearest, distance, true, true));
                }
                continue;
            }
            let group = chain.kinds == Kinds::GROUP && chain.named;
            let told = self.modifiers.iter().all(|w| chain.words.contains(w));
            let fits = any.is_some_and(|named| {
                named.is_empty() || chain.words.iter().any(|w| named.contains(*w))
            });
            if group && distance <= NEAR {
                found.push((nearest, distance, told && fits, false));
            }
        }
        let (nearest, near, fits, known) = *found.first()?;
        if known {
            let same: Vec<usize> =
                found.iter().filter(|f| f.3 && f.1 == near).map(|f| f.0).collect();
            if same.len() == 1 {
                return Some((nearest, "the nearest group before it that it may mean"));
            }
            links.offer(self.at, same);
            return None;
        }
        let alone = found.len() == 1 && fits;
        if !alone {
            links.offer(self.at, found.iter().filter(|f| f.2).map(|f| f.0).take(3).collect());
        }
        alone.then_some((nearest, "the only group named nearby"))
    }

    fn distance(&self, chains: &Chains<'_>, other: usize) -> usize {
        chains.mention(other).map_or(usize::MAX, |m| self.sentence.saturating_sub(m.sentence))
    }

    /// Whether one of both stands inside the other's phrase.
    fn holds(&self, chains: &Chains<'_>, other: usize) -> bool {
        let (Some(own), Some(mention), Some(words)) =
            (chains.mention(self.at), chains.mention(other), chains.words(self.at))
        else {
            return true;
        };
        own.sentence == mention.sentence
            && (words.tree.upward(own.head).any(|up| up == mention.head)
                || words.tree.upward(mention.head).any(|up| up == own.head))
    }
}
