//! Phrases without a name: which class their heads give, and what follows them.

use averment_types::ActorKind;

use crate::country::CountryForm;
use crate::draft::{Draft, Target};
use crate::lexicon::{Classes, Number};
use crate::phrase::Phrases;
use crate::sentence::{Unit, What};
use crate::token::Gap;

/// Target, whether it counts only beside a name, whether it stands for the group named after "of", why.
type Decision = (Target, bool, bool, Option<String>);

/// What the heads `cores` say; the last of them is `last`.
pub(crate) fn draft(
    phrases: &Phrases<'_>,
    first: usize,
    cores: &[usize],
    last: usize,
    definite: bool,
) -> Option<Decision> {
    let unit = phrases.sentence.units.get(last)?;
    match unit.what {
        What::Reference(noun, _) => Some(reference(phrases, first, cores, noun, definite)),
        What::Head(_, _, Some(noun)) if definite && !describes(phrases, last) => {
            Some((Target::Reference(noun), false, true, None))
        }
        What::Head(..) if describes(phrases, last) => None,
        What::Head(head, ..) => {
            let heads = &phrases.registry.heads;
            let data = heads.get(head as usize)?;
            let (class, described) = if data.neutral {
                inherited(phrases, first, cores).map_or((head, false), |class| (class, true))
            } else {
                (head, true)
            };
            let armed = data.neutral && class == head && armed_before(phrases, first, last);
            let class = if armed { class_of(phrases, "militants").unwrap_or(class) } else { class };
            let bare = data.neutral && class == head && data.kind.is_state_side();
            let sided = bare && sided_before(phrases, first, last);
            let class = if sided { class_of(phrases, "fighters").unwrap_or(class) } else { class };
            let partial = !data.bare && !described && !armed;
            Some((Target::Class(class), partial, data.member || data.neutral, None))
        }
        _ => None,
    }
}

/// Whether the head is only the description of an unknown noun behind it, "terrorist attacks", or a
/// part of an unknown name, "Refugee Camp". A word in -ed is taken for a verb; institutions stand for
/// themselves also in "army bases".
fn describes(phrases: &Phrases<'_>, last: usize) -> bool {
    let sentence = phrases.sentence;
    let Some(unit) = sentence.units.get(last) else {
        return false;
    };
    let next = sentence.units.get(last + 1).filter(|u| sentence.gap(u) == Gap::Space);
    let before = last.checked_sub(1).and_then(|b| sentence.units.get(b));
    let before = before.filter(|_| sentence.gap(unit) == Gap::Space);
    if sentence.capital(unit) && !sentence.titled && !sentence.shouted {
        let name = |u: &Unit| u.what == What::Name;
        let capital = |u: &Unit| name(u) || (u.what == What::Word && sentence.capital(u));
        if next.is_some_and(capital) && last > 0 || before.is_some_and(name) {
            return true;
        }
    }
    let noun = next.is_some_and(|u| {
        u.what == What::Word
            && !sentence.capital(u)
            && !u.classes.has(Classes::COMMON.with(Classes::SPEECH).with(Classes::LINKED))
            && !sentence.text(phrases.text, u).ends_with("ed")
    });
    let singular = match unit.what {
        What::Head(head, Number::Singular, _) => !institution(phrases, head),
        _ => false,
    };
    singular && noun && unit.classes.has(Classes::ARMED.with(Classes::MODIFIER))
}

fn institution(phrases: &Phrases<'_>, head: u32) -> bool {
    phrases.registry.heads.get(head as usize).is_some_and(|h| match h.kind {
        ActorKind::Military
        | ActorKind::Police
        | ActorKind::SecurityForces
        | ActorKind::Political => true,
        ActorKind::Government => !h.neutral,
        _ => false,
    })
}

fn reference(
    phrases: &Phrases<'_>,
    first: usize,
    cores: &[usize],
    noun: u32,
    definite: bool,
) -> Decision {
    if definite {
        return (Target::Reference(noun), false, true, None);
    }
    let class = inherited(phrases, first, cores);
    let class = class.or_else(|| {
        armed_before(phrases, first, cores.last().copied().unwrap_or(first))
            .then(|| class_of(phrases, "militants"))
            .flatten()
    });
    match class {
        Some(class) => (Target::Class(class), false, true, None),
        None => (Target::Reference(noun), true, true, None),
    }
}

/// The class of the head before the last one.
fn inherited(phrases: &Phrases<'_>, first: usize, cores: &[usize]) -> Option<u32> {
    let (_, before) = cores.split_last()?;
    let heads = &phrases.registry.heads;
    before.iter().rev().filter(|c| **c >= first).find_map(|c| {
        match phrases.sentence.units.get(*c)?.what {
            What::Head(head, ..) if heads.get(head as usize).is_some_and(|h| !h.neutral) => {
                Some(head)
            }
            _ => None,
        }
    })
}

fn armed_before(phrases: &Phrases<'_>, first: usize, last: usize) -> bool {
    let units = phrases.sentence.units.get(first..last).unwrap_or_default();
    units.iter().any(|u| u.classes.has(Classes::ARMED))
}

/// Whether the phrase says that they side with or against somebody.
fn sided_before(phrases: &Phrases<'_>, first: usize, last: usize) -> bool {
    let units = phrases.sentence.units.get(first..last).unwrap_or_default();
    let fighters =
        |u: &Unit| matches!(&u.what, What::Toward(t) if t.makes_fighters(phrases.registry));
    units.iter().any(fighters)
}

fn class_of(phrases: &Phrases<'_>, id: &str) -> Option<u32> {
    let at = phrases.registry.heads.iter().position(|h| h.id == id)?;
    u32::try_from(at).ok()
}

/// The draft with "of Mali", "led by France" behind it.
pub(crate) fn extended(phrases: &Phrases<'_>, mut draft: Draft) -> Draft {
    let Target::Class(class) = draft.target else {
        return draft;
    };
    let last = draft.units.1;
    let led = led_by(phrases, last + 1);
    let of = phrases.is_word(last + 1, "of");
    let from = match (of, led) {
        (true, _) => last + 2,
        (false, true) => last + 3,
        _ => return draft,
    };
    let from = if phrases.is_word(from, "the") { from + 1 } else { from };
    let Some(unit) = phrases.sentence.units.get(from) else {
        return draft;
    };
    let What::Country(country, CountryForm::Name) = unit.what else {
        return draft;
    };
    let civil = phrases
        .registry
        .heads
        .get(class as usize)
        .is_some_and(|h| matches!(h.id.as_str(), "civilians" | "experts"));
    let possessive = phrases.sentence.possessive(unit);
    if !phrases.sentence.gap(unit).joins() || civil || possessive {
        return draft;
    }
    if draft.countries.is_empty() || led {
        draft.countries = vec![country];
    }
    draft.units.1 = from;
    draft.span = draft.span.cover(phrases.sentence.range(unit.first, unit.last));
    draft
}

fn led_by(phrases: &Phrases<'_>, at: usize) -> bool {
    let led = phrases.sentence.units.get(at).is_some_and(|u| u.classes.has(Classes::LED));
    led && phrases.is_word(at + 1, "by")
}
