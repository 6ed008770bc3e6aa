//! Date expressions of news to intervals with precision and reasons.
//!
//! This crate owns finding and resolving the time words of English reports. It refuses clocks (the
//! day of publication is handed in, and never stands in for a date that the words do not give),
//! choosing which of several times belongs to an event, and times of the day.
//!
//! ```
//! use averment_types::TextRange;
//! let text = "Clashes broke out on Thursday, March 12. Raids had begun in February 2020.";
//! let sentences = [TextRange::new(0, 40)?, TextRange::new(41, text.len())?];
//! let reading = averment_time::read(text, &sentences, None);
//! let value = reading.mentions[0].value.as_ref().map(|v| (v.text.as_str(), v.interval.start()));
//! assert_eq!(value, Some(("Thursday, March 12", Some(jiff::civil::date(2020, 3, 12)))));
//! # Ok::<(), averment_types::RangeError>(())
//! ```

mod absolute;
mod calendar;
mod context;
mod expr;
mod grammar;
mod islamic;
mod lexicon;
mod mention;
mod month;
mod named;
mod period;
mod pieces;
mod quantity;
mod range;
mod relative;
mod resolve;
mod season;
mod span_of_units;
mod spelled;
mod token;
mod vague;
mod weekday;
mod within;
mod year;
mod year_place;

use averment_types::{
    DateInterval, DatePrec, Published, TextRange, TimeValue, Warning, WarningCode,
};

pub use crate::mention::{
    Counted, EventOffset, LENGTH, LengthUnit, TimeLength, TimeMention, TimeMentionKind, TimePart,
    TimeReading, TimeSide,
};

use crate::context::Context;
use crate::expr::{Expr, Hit, YearRef};
use crate::resolve::{Answer, Refusal};
use crate::token::Tokens;

/// An expression in its sentence, with what the sentence says about its side of publication.
struct Found {
    span: TextRange,
    parts: Vec<TextRange>,
    hit: Hit,
    future: bool,
    heading: bool,
}

/// Finds the time expressions of `text` in the sentences `spans` and resolves them.
///
/// `spans` are the ranges of sentences that may be evidence, in the order of the text; a range that
/// does not fit the text is passed over. Never fails: what cannot be resolved has no value and a
/// reason.
#[must_use]
pub fn read(text: &str, spans: &[TextRange], published: Option<&Published>) -> TimeReading {
    let found: Vec<Found> = spans.iter().flat_map(|span| find(text, *span)).collect();
    let mut context = Context::new(published);
    for one in found.iter().filter(|f| f.hit.expr.has_stated_year()) {
        if let Ok(answer) = resolve::resolve(&Context::default(), &one.hit.expr, false) {
            context.add_explicit(answer.interval);
        }
    }
    let mut reading =
        TimeReading { mentions: Vec::with_capacity(found.len()), warnings: Vec::new() };
    for one in found {
        let answer = resolve::resolve(&context, &one.hit.expr, one.future);
        if let Ok(answer) = &answer {
            let aside = context.is_history() && one.hit.expr.is_from_publication();
            let opens = one.hit.start <= 1;
            if !aside {
                context.add_resolved(answer.interval, opens);
            }
            if one.heading || (opens && one.hit.expr.has_stated_year()) {
                context.add_heading(one.heading, answer.interval);
            }
        }
        collect(text, &context, one, answer, &mut reading);
    }
    reading
}

fn find(text: &str, span: TextRange) -> Vec<Found> {
    let tokens = Tokens::of(text, span);
    grammar::hits(&tokens)
        .into_iter()
        .filter_map(|hit| {
            Some(Found {
                span: tokens.range(hit.start, hit.end)?,
                parts: hit.parts.iter().filter_map(|p| tokens.range(p.start, p.end)).collect(),
                future: context::is_future(&tokens, &hit),
                heading: context::is_heading(&tokens, &hit),
                hit,
            })
        })
        .collect()
}

fn collect(
    text: &str,
    context: &Context,
    one: Found,
    answer: Result<Answer, Refusal>,
    out: &mut TimeReading,
) {
    let mut reasons = one.hit.reasons;
    let mut warn = |code, what: &str| {
        out.warnings.push(Warning { code, message: format!("{what} at bytes {}", one.span) });
    };
    if reasons.iter().any(|r| r.contains("misspelt") || r.contains("looks like")) {
        warn(WarningCode::DateAmbiguous, "a misspelt date");
    }
    let mut parts = Vec::new();
    let value = match answer {
        Ok(answer) => {
            parts = parts_of(&one.parts, &answer.ends);
            for (code, what) in &answer.warnings {
                warn(*code, what);
            }
            if is_after_publication(context, &one.hit.expr, &answer) && !one.future {
                warn(WarningCode::DateAfterPublication, "a date after publication");
                reasons.push("the date lies after publication".into());
            }
            reasons.splice(0..0, answer.reasons.iter().cloned());
            one.span.slice(text).map(|words| TimeValue {
                interval: answer.interval,
                precision: DatePrec::of(answer.interval),
                text: words.to_owned(),
                span: one.span,
                inferred: answer.inferred,
                reasons: reasons.clone(),
                candidates: answer.candidates,
            })
        }
        Err(refusal) => {
            if let Some((code, what)) = refusal.warning {
                warn(code, what);
            }
            reasons.insert(0, refusal.reason);
            None
        }
    };
    let (length, side) = (one.hit.expr.length(), one.hit.expr.side());
    let offset = one.hit.expr.offset();
    let kind = match one.hit.expr {
        Expr::Ahead { .. } if value.is_some() => TimeMentionKind::Date,
        _ => one.hit.kind,
    };
    let span = one.span;
    out.mentions.push(TimeMention { span, kind, value, reasons, parts, length, side, offset });
}

/// The words of the parts with their values; none where the two do not pair.
fn parts_of(spans: &[TextRange], ends: &[DateInterval]) -> Vec<TimePart> {
    if spans.len() != ends.len() {
        return Vec::new();
    }
    spans
        .iter()
        .zip(ends)
        .map(|(span, interval)| TimePart { span: *span, interval: *interval })
        .collect()
}

/// Whether a date of the calendar begins more than a day after publication.
fn is_after_publication(context: &Context, expr: &Expr, answer: &Answer) -> bool {
    let calendar_date = matches!(
        expr,
        Expr::Day { .. }
            | Expr::Numeric { .. }
            | Expr::Month { .. }
            | Expr::Year { .. }
            | Expr::Garbled { .. }
            | Expr::Since(_)
    );
    let told_ahead = matches!(expr.year(), YearRef::Occurrence(1) | YearRef::Relative(1));
    let after = answer.interval.start().zip(context.publication());
    calendar_date
        && !told_ahead
        && after.is_some_and(|(start, day)| calendar::days_between(day, start) > 1)
}
