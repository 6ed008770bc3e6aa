//! Durations and sets: words of time that are no date.
//!
//! Owns "for more than two years" and "every Friday"; refuses points and intervals.

use crate::expr::{Amount, Expr, Hit};
use crate::lexicon::{self, Unit};
use crate::mention::TimeMentionKind;
use crate::pieces;
use crate::quantity;
use crate::token::Tokens;
use crate::weekday;

const REPEATED: &str = "repeated, without a date of its own";

/// The longest duration or set that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    crate::absolute::longest([set(t, i), duration(t, i)].into_iter().flatten())
}

fn open(start: usize, end: usize, kind: TimeMentionKind, why: &'static str) -> Hit {
    Hit { kind, ..Hit::date(start, end, Expr::Open(why)) }
}

/// "for years", "for more than two years", "a three-week siege", "72 hours", "a year-long siege", "decades of war".
fn duration(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let led = matches!(t.lower(i), "for" | "lasting" | "throughout");
    let start = i + usize::from(led);
    let start = start + usize::from(led && matches!(t.lower(start), "the" | "many"));
    if let Some(whole) = quantity::bare(t, start).filter(|_| is_long(t, start + 1)) {
        return Some(length(i, start + 3, whole.unit, whole.amount));
    }
    let found = quantity::at(t, start).or_else(|| {
        let plain = quantity::bare(t, start).filter(|q| q.amount == Amount::Few);
        plain.filter(|q| led || is_count_of(t, i, q.end))
    })?;
    let one = found.amount == Amount::Exactly(1) && !led && !is_one_long(t, i, found.unit);
    let dated =
        matches!(t.lower(found.end), "ago" | "later" | "earlier" | "after" | "before" | "old");
    (!one && !dated).then(|| length(i, found.end, found.unit, found.amount))
}

/// "year-long".
fn is_long(t: &Tokens<'_>, i: usize) -> bool {
    t.text(i) == "-" && t.lower(i + 1) == "long"
}

fn length(start: usize, end: usize, unit: Unit, amount: Amount) -> Hit {
    Hit { kind: TimeMentionKind::Duration, ..Hit::date(start, end, Expr::Length { unit, amount }) }
}

/// "decades of war", "the worst in years".
fn is_count_of(t: &Tokens<'_>, i: usize, end: usize) -> bool {
    let of = t.lower(end) == "of" && !matches!(t.lower(end + 1), "the" | "age");
    let within = t.before(i, 1) == "in" && (t.is_break(end) || pieces::goes_on(t, end));
    of || within
}

/// Whether one of a unit is a length: "one year", "after a month", "about an hour"; not "one day he".
fn is_one_long(t: &Tokens<'_>, i: usize, unit: Unit) -> bool {
    let bound = !matches!(t.lower(i), "a" | "an" | "one" | "1");
    let counted = t.lower(i) == "one" && unit > Unit::Day;
    let placed = matches!(
        t.before(i, 1),
        "after" | "within" | "lasted" | "last" | "lasting" | "took" | "take" | "takes" | "than"
    );
    bound || counted || placed
}

/// "from time to time", "every Friday", "twice a week", "repeatedly", "more frequent".
fn set(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let end =
        fixed(t, i).or_else(|| every(t, i)).or_else(|| rate(t, i)).or_else(|| weekdays(t, i))?;
    Some(open(i, end, TimeMentionKind::Set, REPEATED))
}

fn fixed(t: &Tokens<'_>, i: usize) -> Option<usize> {
    const PHRASES: [&[&str]; 14] = [
        &["from", "time", "to", "time"],
        &["time", "and", "again"],
        &["time", "and", "time", "again"],
        &["time", "after", "time"],
        &["day", "after", "day"],
        &["week", "after", "week"],
        &["year", "after", "year"],
        &["day", "and", "night"],
        &["at", "times"],
        &["on", "a", "daily", "basis"],
        &["on", "a", "regular", "basis"],
        &["several", "times"],
        &["many", "times"],
        &["increasingly", "frequent"],
    ];
    if let Some(phrase) = PHRASES.iter().find(|phrase| t.are(i, phrase)) {
        return Some(i + phrase.len());
    }
    let more = usize::from(matches!(t.lower(i), "more" | "almost" | "nearly" | "less"));
    let word = t.lower(i + more);
    let adverb = matches!(
        word,
        "repeatedly"
            | "regularly"
            | "frequently"
            | "periodically"
            | "occasionally"
            | "sporadically"
            | "frequent"
            | "daily"
            | "weekly"
            | "monthly"
            | "yearly"
            | "annually"
            | "annual"
            | "nightly"
    );
    let opens = i + more == 0 && t.is_small(i + 1);
    (adverb && (t.is_small(i + more) || opens)).then_some(i + more + 1)
}

fn every(t: &Tokens<'_>, i: usize) -> Option<usize> {
    if !matches!(t.lower(i), "every" | "each") {
        return None;
    }
    let at = i + 1 + usize::from(matches!(t.lower(i + 1), "other" | "single" | "few"));
    let unit = |at: usize| {
        lexicon::unit(t.lower(at)).is_some()
            || lexicon::weekday(t.lower(at)).is_some()
            || lexicon::is_day_part(t.lower(at))
            || lexicon::season(t.lower(at)).is_some()
            || lexicon::month(t.lower(at)).is_some_and(|_| t.is_capital(at))
    };
    if unit(at) {
        return Some(at + 1);
    }
    let (_, length) = lexicon::number(t, at)?;
    unit(at + length).then_some(at + length + 1)
}

/// "twice a week", "three times a day", "per month", "30 a day".
fn rate(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let unit = |at: usize| lexicon::unit(t.lower(at)).is_some();
    if t.lower(i) == "per" {
        return unit(i + 1).then_some(i + 2);
    }
    let number = t.before(i, 1).bytes().all(|b| b.is_ascii_digit()) && !t.before(i, 1).is_empty();
    if number && matches!(t.lower(i), "a" | "an" | "each") {
        return (unit(i + 1) && !t.lower(i + 1).ends_with('s')).then_some(i + 2);
    }
    let at = match t.lower(i) {
        "once" | "twice" => i + 1,
        _ => {
            let (_, length) = lexicon::number(t, i)?;
            (t.lower(i + length) == "times").then_some(i + length + 1)?
        }
    };
    let per = matches!(t.lower(at), "a" | "an" | "per" | "every" | "each");
    (per && unit(at + 1)).then_some(at + 2)
}

/// "Fridays"; not "*Fridays* attack", whose apostrophe is lost.
fn weekdays(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let single = t.lower(i).strip_suffix('s')?;
    let (_, short) = lexicon::weekday(single).filter(|_| t.is_capital(i))?;
    (!short && !weekday::is_owner(t, i)).then_some(i + 1)
}
