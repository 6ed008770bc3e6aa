//! Which blocks a claim stands in.

use averment_types::DatePrec;

use crate::blocks::BlockKey;
use crate::fact::{Fact, Stance};
use crate::hash::{join, key_of};
use crate::kinds::Kinds;

/// An interval of more days gives no block of its own.
const DAYS: i32 = 7;
/// Publications so many days apart share a block for claims without a day.
const WINDOW: i32 = 16;

/// What a block is of, mixed into its key so that keys of two sorts never meet.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
enum Sort {
    DayPlace = 1,
    DayArea,
    DayActor,
    PlaceTime,
    Story,
    Report,
    Sentence,
    Name,
    Month,
}

/// The blocks of `fact`, made in a report of this story that was published on this day. None for a claim that is never linked.
pub(crate) fn blocks(
    fact: &Fact,
    story: u64,
    published: Option<i32>,
    kinds: &Kinds,
) -> Vec<BlockKey> {
    let mut keys = Vec::new();
    if !fact.links() {
        return keys;
    }
    for family in kinds.families(fact.type_id.as_str()) {
        let mut put = |sort: Sort, parts: [u64; 2], fine: bool| {
            keys.push(BlockKey { hash: join(&[sort as u64, family, parts[0], parts[1]]), fine });
        };
        put(Sort::Report, [u64::from(fact.doc), 0], true);
        if !fact.background {
            put(Sort::Story, [story, 0], true);
        }
        dated(fact, &mut put);
        placed(fact, published, &mut put);
        for name in fact.parts.iter().filter(|part| part.named) {
            let last = name.text.rsplit('-').next().unwrap_or_default();
            put(Sort::Name, [key_of(last), 0], false);
        }
    }
    if fact.sentence != 0 && fact.stance == Stance::Tells {
        keys.push(BlockKey { hash: join(&[Sort::Sentence as u64, fact.sentence]), fine: true });
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Each day, and the one behind it, so that claims of two days that follow each other meet.
fn dated(fact: &Fact, put: &mut impl FnMut(Sort, [u64; 2], bool)) {
    let Some(when) = fact.when else {
        return;
    };
    if when.precision == DatePrec::Month {
        if let Some(spot) = fact.spot.as_ref().filter(|spot| spot.is_exact()) {
            put(Sort::Month, [unsigned(when.days.0), key_of(&spot.key)], true);
        }
        return;
    }
    if when.precision > DatePrec::Week || when.days.1.saturating_sub(when.days.0) > DAYS {
        return;
    }
    for day in when.days.0..=when.days.1.saturating_add(1) {
        if let Some(spot) = fact.spot.as_ref() {
            if spot.is_exact() {
                put(Sort::DayPlace, [unsigned(day), key_of(&spot.key)], true);
            }
            let country = spot.country.as_ref().map_or("", |c| c.as_str());
            let area = spot.admin1.as_deref().unwrap_or_default();
            put(Sort::DayArea, [unsigned(day), key_of(&format!("{country}/{area}"))], false);
            put(Sort::DayArea, [unsigned(day), key_of(country)], false);
        }
        for actor in fact.named_actors() {
            put(Sort::DayActor, [unsigned(day), key_of(actor.id.as_str())], false);
        }
    }
}

/// A claim without a day meets those of its town that were published about then.
fn placed(fact: &Fact, published: Option<i32>, put: &mut impl FnMut(Sort, [u64; 2], bool)) {
    let Some(spot) = fact.spot.as_ref().filter(|spot| spot.is_exact()) else {
        return;
    };
    let Some(published) = published else {
        put(Sort::PlaceTime, [u64::MAX, key_of(&spot.key)], false);
        return;
    };
    let window = published.div_euclid(WINDOW);
    for window in [window, window + 1] {
        put(Sort::PlaceTime, [unsigned(window), key_of(&spot.key)], false);
    }
    let vague = fact.parts.iter().filter_map(|p| p.actor.as_ref()).filter(|a| !a.id.is_generic());
    for actor in vague {
        put(
            Sort::PlaceTime,
            [unsigned(window), key_of(&spot.key) ^ key_of(actor.id.as_str())],
            true,
        );
    }
}

fn unsigned(day: i32) -> u64 {
    u64::from(day.cast_unsigned())
}
