//! The first sieves: names that are the same or part of one another, acronyms, appositions, "X is the leader".

use averment_lang::{Dep, Pos, Subtype};
use averment_types::ActorId;

use super::Links;
use super::chains::Chains;
use super::mention::{Form, Kinds, Mention, Number, Pronoun};
use super::nouns::Nouns;

/// Joins names with the names before them.
pub(crate) fn join_names(chains: &mut Chains<'_>) {
    let names: Vec<usize> = (0..chains.mentions.len())
        .filter(|at| chains.mention(*at).is_some_and(|m| m.form == Form::Name))
        .collect();
    let spelt: Vec<Vec<String>> = names.iter().map(|at| spelling(chains, *at)).collect();
    for (order, name) in names.iter().enumerate() {
        let Some(own) = spelt.get(order) else { continue };
        let before = names.iter().zip(&spelt).take(order);
        let mut best: Option<(Likeness, usize)> = None;
        let mut several = false;
        // No later name can be more alike; a page of one name is read in linear time.
        let most = actor(chains, *name).map_or(Likeness::Same, |_| Likeness::Actor);
        for (other, words) in before.rev() {
            if best.is_some_and(|(known, _)| known == most) {
                break;
            }
            if !chains.agree(*name, *other) {
                continue;
            }
            let Some(likeness) = likeness(chains, (*name, own), (*other, words)) else { continue };
            match best {
                Some((known, _)) if known > likeness => {}
                Some((known, at)) if known == likeness => {
                    several |= !chains.joined(at, *other);
                }
                _ => {
                    best = Some((likeness, *other));
                    several = false;
                }
            }
        }
        if let Some((_, other)) = best.filter(|(l, _)| !several || *l >= Likeness::Same) {
            chains.join(other, *name);
        }
    }
}

/// How alike two names are, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// One is a part of the other.
    Part,
    /// One is the other's initials.
    Acronym,
    /// The same words.
    Same,
    /// The same actor of the registry.
    Actor,
}

/// The words of a name in lower case, without articles, titles and marks.
fn spelling(chains: &Chains<'_>, at: usize) -> Vec<String> {
    let (Some(words), Some(mention)) = (chains.words(at), chains.mention(at)) else {
        return Vec::new();
    };
    let tokens = mention.tokens.clone();
    let named = tokens.filter(|at| {
        let word = words.word(*at);
        let inside =
            words.name(*at).is_some() || words.pos(*at) == Pos::Propn || *at == mention.head;
        inside
            && word.contains(char::is_alphanumeric)
            && !matches!(
                word,
                "the"
                    | "'s"
                    | "’s"
                    | "mr."
                    | "mrs."
                    | "ms."
                    | "dr."
                    | "mr"
                    | "mrs"
                    | "ms"
                    | "dr"
                    | "sir"
                    | "president"
            )
    });
    named.map(|at| words.word(at).to_owned()).collect()
}

/// The actor of the registry that a mention names.
fn actor<'c>(chains: &'c Chains<'_>, at: usize) -> Option<&'c ActorId> {
    let index = chains.mention(at)?.actor?;
    chains.actors.get(index)?.actor.as_ref().map(|actor| &actor.id)
}

fn likeness(
    chains: &Chains<'_>,
    (a, own): (usize, &[String]),
    (b, other): (usize, &[String]),
) -> Option<Likeness> {
    if actor(chains, a).is_some() && actor(chains, a) == actor(chains, b) {
        return Some(Likeness::Actor);
    }
    if own.is_empty() || other.is_empty() {
        return None;
    }
    if own == other {
        return Some(Likeness::Same);
    }
    let written = |at: usize| {
        let mention = chains.mention(at)?;
        Some(chains.words(at)?.written(mention.head))
    };
    if is_acronym(written(a)?, own, other) || is_acronym(written(b)?, other, own) {
        return Some(Likeness::Acronym);
    }
    let (short, long) = if own.len() < other.len() { (own, other) } else { (other, own) };
    let kinds = chains.mention(a)?.kinds.and(chains.mention(b)?.kinds);
    let part = if kinds == Kinds::PERSON {
        long.ends_with(short)
            || (long.starts_with(short))
            || (short.len() > 1 && short.first() == long.first() && short.last() == long.last())
    } else if kinds.within(Kinds::PERSON.or(Kinds::GROUP)) {
        long.starts_with(short) && long.len() <= short.len() + 2
    } else {
        false
    };
    (part && short.len() < long.len()).then_some(Likeness::Part)
}

/// Whether the one word of `short` is written in capitals and is made of the first letters of `long`.
fn is_acronym(written: &str, short: &[String], long: &[String]) -> bool {
    let letters: String = written.chars().filter(|c| *c != '.').collect();
    let capitals = letters.len() > 1 && letters.chars().all(|c| c.is_ascii_uppercase());
    if !capitals || short.len() != 1 || long.len() < 2 {
        return false;
    }
    let all: String = long.iter().filter_map(|w| w.chars().next()).collect();
    let small =
        |word: &&String| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "in" | "on");
    let big: String = long.iter().filter(small).filter_map(|w| w.chars().next()).collect();
    let letters = letters.to_ascii_lowercase();
    letters == all || letters == big
}

/// Joins what stands in apposition, and what "is" tells of a subject.
pub(crate) fn join_told(chains: &mut Chains<'_>, nouns: &Nouns, links: &mut Links) {
    for at in 0..chains.mentions.len() {
        if !chains.mention(at).is_some_and(Mention::is_full) {
            continue;
        }
        match told_of(chains, at) {
            Some((other, Told::Beside)) if chains.agree(other, at) => {
                links.set(at, other, "stands beside it in apposition");
                chains.join(other, at);
            }
            Some((other, Told::Same)) if chains.agree(other, at) => {
                links.set(at, other, "the sentence says that it is");
                chains.join(other, at);
            }
            Some((other, Told::Described(noun))) => chains.describe(other, noun, nouns),
            _ => {}
        }
    }
}

/// How a phrase tells of another.
enum Told<'a> {
    /// It stands in apposition to it.
    Beside,
    /// "X is the leader": it is the same.
    Same,
    /// "X is a leader": it says what that is.
    Described(&'a str),
}

/// The mention that mention `at` tells of, and how.
fn told_of<'a>(chains: &Chains<'a>, at: usize) -> Option<(usize, Told<'a>)> {
    let (mention, words) = (chains.mention(at)?, chains.words(at)?);
    let tree = &words.tree;
    if tree.dep(mention.head) == Dep::Appos {
        let other = find(chains, mention.sentence, tree.head(mention.head)?)?;
        return Some((other, Told::Beside));
    }
    tree.child(mention.head, Dep::Cop)?;
    let open = |word: &str| {
        matches!(
            word,
            "not"
                | "n't"
                | "n’t"
                | "if"
                | "may"
                | "might"
                | "could"
                | "would"
                | "will"
                | "whether"
                | "never"
                | "no"
        )
    };
    let unsure = tree.children(mention.head).iter().any(|c| open(words.word(*c)));
    if unsure || words.word(words.len().saturating_sub(1)) == "?" {
        return None;
    }
    let other = find(chains, mention.sentence, tree.child(mention.head, Dep::Nsubj)?)?;
    let definite = matches!(mention.form, Form::Definite | Form::Possessed | Form::Name);
    if definite && chains.mention(other)?.is_full() {
        return Some((other, Told::Same));
    }
    let one = mention.number == Some(Number::One);
    one.then(|| (other, Told::Described(words.lemma_lower(mention.head))))
}

/// The mention whose head stands at `head` of a sentence, or whose name does.
pub(crate) fn find(chains: &Chains<'_>, sentence: usize, head: usize) -> Option<usize> {
    let first = chains.mentions.partition_point(|m| m.place() < (sentence, head));
    chains.mention(first).filter(|m| m.place() == (sentence, head)).map(|_| first)
}

/// Joins relative pronouns with the noun that their clause tells of.
pub(crate) fn join_relatives(chains: &mut Chains<'_>, links: &mut Links) {
    for at in 0..chains.mentions.len() {
        let Some(mention) = chains.mention(at) else { continue };
        if mention.form != Form::Pronoun(Pronoun::Relative) {
            continue;
        }
        let sentence = mention.sentence;
        let Some(words) = chains.words(at) else { continue };
        let tree = &words.tree;
        let clause =
            tree.upward(mention.head).find(|up| tree.relation(*up).is(Dep::Acl, Subtype::Relcl));
        let noun = clause.and_then(|clause| tree.head(clause));
        let Some(other) = noun.and_then(|noun| find(chains, sentence, noun)) else { continue };
        links.set(at, other, "its clause tells of it");
        chains.join(other, at);
    }
}
