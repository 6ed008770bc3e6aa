//! Numbers of calendar units: "more than two years", "a few weeks", "24 hours".
//!
//! Owns how an amount is said; refuses what it is counted from.

use crate::expr::Amount;
use crate::lexicon::{self, Unit};
use crate::token::Tokens;

/// An amount of a unit and where its words end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) amount: Amount,
    pub(crate) unit: Unit,
    pub(crate) end: usize,
}

/// The quantity that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Quantity> {
    let (bound, start) = bound(t, i);
    let (base, next) = base(t, start)?;
    let gap = usize::from(t.text(next) == "-" && t.glued(next) && t.glued(next + 1));
    let middle = usize::from(matches!(t.lower(next), "full" | "whole" | "consecutive" | "more"));
    let at = next + gap + middle;
    let fortnight = matches!(t.lower(at), "fortnight" | "fortnights");
    let unit = if fortnight { Unit::Week } else { lexicon::unit(t.lower(at))? };
    let aged = matches!(t.lower(at + 1), "old" | "olds")
        || (t.text(at + 1) == "-" && t.lower(at + 2) == "old");
    let base = match base {
        Amount::Exactly(n) if fortnight => Amount::Exactly(n * 2),
        base => base,
    };
    let amount = match (bound, base) {
        (Bound::None, base) => base,
        (Bound::More, Amount::Exactly(n)) => Amount::MoreThan(n),
        (Bound::Less, Amount::Exactly(n)) => Amount::LessThan(n),
        (_, other) => other,
    };
    let whole = Quantity { amount, unit, end: at + 1 };
    (!aged).then(|| and_more(t, whole).unwrap_or(whole))
}

/// "two years and three months", "one week and two days", "two and a half" not: the smaller unit where it
/// divides the larger one.
fn and_more(t: &Tokens<'_>, first: Quantity) -> Option<Quantity> {
    let Amount::Exactly(large) = first.amount else {
        return None;
    };
    let factor = match first.unit {
        Unit::Year => 12,
        Unit::Week => 7,
        _ => return None,
    };
    let at = first.end + usize::from(matches!(t.lower(first.end), "and" | ","));
    let (small, next) = lexicon::number(t, at).map(|(n, length)| (n, at + length))?;
    let unit = lexicon::unit(t.lower(next))?;
    let fits = matches!((first.unit, unit), (Unit::Year, Unit::Month) | (Unit::Week, Unit::Day));
    let amount = Amount::Exactly(large.checked_mul(factor)?.checked_add(small)?);
    fits.then_some(Quantity { amount, unit, end: next + 1 })
}

/// A unit without an amount: "weeks" is a few, "week" is one.
pub(crate) fn bare(t: &Tokens<'_>, i: usize) -> Option<Quantity> {
    let unit = lexicon::unit(t.lower(i))?;
    let amount = if t.lower(i).ends_with('s') { Amount::Few } else { Amount::Exactly(1) };
    Some(Quantity { amount, unit, end: i + 1 })
}

#[derive(Debug, Clone, Copy)]
enum Bound {
    None,
    More,
    Less,
}

fn bound(t: &Tokens<'_>, i: usize) -> (Bound, usize) {
    match (t.lower(i), t.lower(i + 1)) {
        ("more" | "longer", "than") | ("at", "least") => (Bound::More, i + 2),
        ("less" | "fewer", "than") => (Bound::Less, i + 2),
        ("over", _) => (Bound::More, i + 1),
        ("under" | "within", _) => (Bound::Less, i + 1),
        (
            "about" | "around" | "nearly" | "almost" | "roughly" | "approximately" | "some"
            | "just" | "exactly",
            _,
        ) if base(t, i + 1).is_some() => (Bound::None, i + 1),
        _ => (Bound::None, i),
    }
}

fn base(t: &Tokens<'_>, i: usize) -> Option<(Amount, usize)> {
    match (t.lower(i), t.lower(i + 1)) {
        ("a", "few") => return Some((Amount::Few, i + 2)),
        ("a", "couple") => {
            return Some((Amount::Exactly(2), i + 2 + usize::from(t.lower(i + 2) == "of")));
        }
        ("couple", next) if next == "of" || lexicon::unit(next).is_some() => {
            return Some((Amount::Exactly(2), i + 1 + usize::from(next == "of")));
        }
        ("few" | "several" | "many" | "some", _) => return Some((Amount::Few, i + 1)),
        ("a" | "an", _) => return Some((Amount::Exactly(1), i + 1)),
        ("half", "a") => return Some((Amount::LessThan(1), i + 2)),
        _ => {}
    }
    let plural_only = lexicon::unit(t.lower(i)).is_some() && t.lower(i).ends_with('s');
    if plural_only && matches!(t.lower(i + 1), "ago" | "later" | "earlier" | "after" | "before") {
        return Some((Amount::Few, i));
    }
    let fraction = i > 1 && t.glued(i) && matches!(t.before(i, 1), "." | "," | "/" | "-");
    let (n, length) = lexicon::number(t, i).filter(|_| !fraction)?;
    Some((Amount::Exactly(n), i + length))
}
