//! Several that are meant at once: "the two organizations, ISIS and al-Qaida", "both sides", "the two"; and one of
//! two, "the former", "the latter".

use averment_lang::{Dep, Pos};

use super::Links;
use super::chains::Chains;
use super::mention::{Form, Kinds, Number};

/// Sentences back that the sides may have been named in.
const NEAR: usize = 3;

/// Finds who is meant together.
pub(crate) fn join(chains: &mut Chains<'_>, links: &mut Links) {
    for at in 0..chains.mentions.len() {
        let asks = chains.mention(at).is_some_and(|m| m.form == Form::Definite);
        if !asks || links.get(at).is_some() {
            continue;
        }
        let word = chains.words(at).zip(chains.mention(at)).map(|(w, m)| w.word(m.head));
        match word {
            Some(order @ ("former" | "latter")) => {
                let last = order == "latter";
                if let Some(other) = one_of_two(chains, at, last) {
                    links.set(at, other, "named in this order before");
                    chains.join(other, at);
                }
            }
            _ => several(chains, links, at),
        }
    }
}

/// The first or last member of the last list of two.
fn one_of_two(chains: &Chains<'_>, at: usize, last: bool) -> Option<usize> {
    let own = chains.mention(at)?;
    let lists = (0..at).rev().filter_map(|i| chains.mention(i));
    let mut near = lists.filter(|m| own.sentence.saturating_sub(m.sentence) <= 2);
    let both = near.find(|m| m.form == Form::List)?;
    match both.members.as_slice() {
        [a, b] => Some(if last { *b } else { *a }),
        _ => None,
    }
}

fn several(chains: &mut Chains<'_>, links: &mut Links, at: usize) {
    let apposed = apposed(chains, at);
    if apposed.len() > 1 {
        links.together(at, apposed, "named right behind it");
        return;
    }
    let Some(two) = asks_for_two(chains, at) else { return };
    let found = before(chains, at);
    let nearest = found.first().map(|f| f.1);
    let last: Vec<usize> = found.iter().filter(|f| Some(f.1) == nearest).map(|f| f.0).collect();
    let enough: Vec<usize> = if last.len() == 1 {
        let next = found.get(1).map(|f| f.1);
        found.iter().filter(|f| Some(f.1) == nearest || Some(f.1) == next).map(|f| f.0).collect()
    } else {
        last
    };
    match (enough.len(), two) {
        (2, _) => links.together(at, enough, "the nearest two before it that it may mean"),
        (0, _) => {}
        _ => links.offer(at, enough),
    }
}

/// Whether two are meant: `Some(true)` where the words say so, `Some(false)` where they only say several sides.
fn asks_for_two(chains: &Chains<'_>, at: usize) -> Option<bool> {
    let (words, mention) = (chains.words(at)?, chains.mention(at)?);
    if mention.number != Some(Number::Several) {
        return None;
    }
    let two = mention.tokens.clone().any(|t| matches!(words.word(t), "two" | "both"));
    let sides = chains.referent(at).is_some();
    (two && (sides
        || matches!(
            words.word(mention.head),
            "two"
                | "both"
                | "sides"
                | "parties"
                | "groups"
                | "organizations"
                | "organisations"
                | "men"
                | "women"
                | "countries"
                | "companies"
        )))
    .then_some(true)
    .or(sides.then_some(false))
}

/// What stands in apposition behind it.
fn apposed(chains: &Chains<'_>, at: usize) -> Vec<usize> {
    let (Some(words), Some(mention)) = (chains.words(at), chains.mention(at)) else {
        return Vec::new();
    };
    let tree = &words.tree;
    if mention.number != Some(Number::Several) {
        return Vec::new();
    }
    let mut heads = Vec::new();
    for child in tree.children_in(mention.head, &[Dep::Appos]) {
        heads.push(child);
        heads.extend(tree.children_in(child, &[Dep::Conj]));
        // A reader that is not sure hangs the second name on the noun itself.
        heads.extend(tree.children_in(mention.head, &[Dep::Conj]).filter(|c| *c > child));
    }
    heads.sort_unstable();
    let named = heads.into_iter().filter(|h| matches!(words.pos(*h), Pos::Propn | Pos::Noun));
    named.filter_map(|head| super::names::find(chains, mention.sentence, head)).collect()
}

/// The chains before it that may be among those meant, nearest first, with their distance in sentences.
fn before(chains: &Chains<'_>, at: usize) -> Vec<(usize, usize)> {
    let Some(mention) = chains.mention(at) else { return Vec::new() };
    let referent = chains.referent(at);
    let head = chains.words(at).map_or("", |w| w.lemma(mention.head));
    let mut found = Vec::new();
    for (number, nearest) in chains.before(at) {
        let (Some(chain), Some(near)) = (chains.chain(number), chains.mention(nearest)) else {
            continue;
        };
        let distance = mention.sentence.saturating_sub(near.sentence);
        if distance > NEAR {
            break;
        }
        let one = chain.number != Some(Number::Several) && chain.named;
        let fits = match (referent, chains.known(number)) {
            (Some(referent), Some(actor)) => referent.fits(actor),
            (Some(_), None) => chain.kinds == Kinds::GROUP,
            (None, _) => match head {
                "man" | "woman" => chain.kinds == Kinds::PERSON,
                "country" => chain.kinds.meets(Kinds::PLACE),
                "two" | "both" => chain.kinds == Kinds::PERSON || chain.kinds == Kinds::GROUP,
                _ => chain.kinds == Kinds::GROUP,
            },
        };
        if one && fits && !chain.kinds.is_none() {
            found.push((nearest, distance));
        }
    }
    found
}
