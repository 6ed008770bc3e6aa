//! Durations and sets: words of time that are no date.
//!
//! Owns "for more than two years" and "every Friday"; refuses points and intervals.

use crate::expr::{Amount, Expr, Hit};
use crate::lexicon;
use crate::mention::TimeMentionKind;
use crate::quantity;
use crate::token::Tokens;

const REPEATED: &str = "repeated, without a date of its own";

/// The longest duration or set that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    crate::absolute::longest([set(t, i), duration(t, i)].into_iter().flatten())
}

fn open(start: usize, end: usize, kind: TimeMentionKind, why: &'static str) -> Hit {
    Hit { kind, ..Hit::date(start, end, Expr::Open(why)) }
}

/// "for years", "for more than two years", "a three-week siege", "72 hours".
fn duration(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let led = matches!(t.lower(i), "for" | "lasting" | "throughout");
    let start = i + usize::from(led);
    let start = start + usize::from(led && matches!(t.lower(start), "the" | "many"));
    let found = quantity::at(t, start).or_else(|| {
        let plain = quantity::bare(t, start).filter(|q| q.amount == Amount::Few);
        plain.filter(|_| led)
    })?;
    let one = found.amount == Amount::Exactly(1) && !led;
    let dated =
        matches!(t.lower(found.end), "ago" | "later" | "earlier" | "after" | "before" | "old");
    let expr = Expr::Length { unit: found.unit, amount: found.amount };
    (!one && !dated)
        .then(|| Hit { kind: TimeMentionKind::Duration, ..Hit::date(i, found.end, expr) })
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
            | "nightly"
    );
    (adverb && t.is_small(i + more)).then_some(i + more + 1)
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

/// "twice a week", "three times a day".
fn rate(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let at = match t.lower(i) {
        "once" | "twice" => i + 1,
        _ => {
            let (_, length) = lexicon::number(t, i)?;
            (t.lower(i + length) == "times").then_some(i + length + 1)?
        }
    };
    let per = matches!(t.lower(at), "a" | "an" | "per" | "every" | "each");
    (per && lexicon::unit(t.lower(at + 1)).is_some()).then_some(at + 2)
}

/// "Fridays".
fn weekdays(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let single = t.lower(i).strip_suffix('s')?;
    let (_, short) = lexicon::weekday(single).filter(|_| t.is_capital(i))?;
    (!short).then_some(i + 1)
}
