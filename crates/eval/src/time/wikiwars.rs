//! `WikiWars`: histories of wars with TIMEX2 marks.
//!
//! Owns the corpus's form and the measure. A gold expression is a `TIMEX2` element of the text with a
//! `val`; those without one ask for no value and are left out, with the mentions that lie on them alone. A
//! mention of ours that has parts counts as these: TIMEX2 marks the two ends of a range, and the date
//! behind "since", each by itself. Words that TIMEX2 leaves out ("for", "in" ...) are cut from a mention's front.
//!
//! A pair matches *strictly* when both spans are the same, *relaxedly* when they share a byte; each
//! expression is in one pair at the most, pairs with right values and equal spans first. A value is right when
//! it means the same days ([`Timex::is_days`]; a time of day is cut off), the same length (number and
//! unit), a set for a set, the same side of the present, and no value where gold's is open
//! (`XXXX-XX-XX`). Precision is right pairs over mentions, recall right pairs over gold.

use averment_time::{TimeLength, TimeMention, TimeMentionKind, TimeReading, TimeSide};
use averment_types::{DateInterval, DatePrec, Published, PublishedSource, TextRange};

use super::timex::Timex;

/// One gold expression.
#[derive(Debug, Clone)]
pub struct GoldTimex {
    /// Where it is in the bare text.
    pub span: TextRange,
    /// What it means; `None` where the corpus gives no value.
    pub meaning: Option<Timex>,
    /// The attributes as written, for reading errors.
    pub attributes: String,
}

impl GoldTimex {
    /// What sort of meaning it has, in words; what only an event fixes ("two days after the vote") by itself.
    #[must_use]
    pub fn sort(&self) -> &'static str {
        if self.attributes.contains("EVENT-BASED") {
            return "counted from or named by an event";
        }
        self.meaning.map_or("none", Timex::sort)
    }
}

/// One document.
#[derive(Debug)]
pub struct Document {
    /// The bare text.
    pub text: String,
    /// Its expressions, by their beginning.
    pub gold: Vec<GoldTimex>,
    /// The day on which the article was fetched.
    pub published: Option<Published>,
}

/// One expression of ours.
#[derive(Debug, Clone, Copy)]
pub struct FoundTimex {
    span: TextRange,
    interval: Option<DateInterval>,
    length: Option<TimeLength>,
    side: Option<TimeSide>,
    kind: TimeMentionKind,
}

impl FoundTimex {
    /// What sort of meaning it has, in words.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match (self.kind, self.side) {
            (TimeMentionKind::Set, _) => "repetitions",
            (TimeMentionKind::Duration, _) => "lengths",
            (TimeMentionKind::Date, Some(_)) => "past, present, future",
            (TimeMentionKind::Date, None) if self.interval.is_some() => "days of the calendar",
            (TimeMentionKind::Date, None) => "open dates",
        }
    }
}

/// Counts of one document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Gold expressions with a value.
    pub gold: usize,
    /// Our expressions.
    pub found: usize,
    /// Pairs that share a byte.
    pub overlapping: usize,
    /// Pairs that share a byte and have the right value.
    pub right: usize,
    /// Pairs of equal spans.
    pub exact: usize,
    /// Pairs of equal spans with the right value.
    pub right_exact: usize,
}

impl Score {
    /// The sum of two.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            gold: self.gold + other.gold,
            found: self.found + other.found,
            overlapping: self.overlapping + other.overlapping,
            right: self.right + other.right,
            exact: self.exact + other.exact,
            right_exact: self.right_exact + other.right_exact,
        }
    }

    /// F1 of `right` pairs, 0 to 1.
    #[must_use]
    pub fn f1(self, right: usize) -> f64 {
        super::share(2 * right, self.gold + self.found)
    }
}

/// Reads a document of `keyinline`.
#[must_use]
pub fn parse(xml: &str) -> Document {
    let mut document = Document { text: String::new(), gold: Vec::new(), published: None };
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut rest = xml;
    let mut in_text = false;
    while let Some((before, tag, after)) = next_tag(rest) {
        if in_text {
            document.text.push_str(&unescape(before));
        } else if open.pop().is_some() {
            document.published = published(before);
        }
        match tag {
            "TEXT" => in_text = true,
            "/TEXT" => in_text = false,
            "/TIMEX2" if in_text => close(&mut document, &mut open),
            _ if tag.starts_with("TIMEX2") => open.push((document.text.len(), tag.to_owned())),
            _ => {}
        }
        rest = after;
    }
    document.gold.sort_by_key(|g| (g.span.start(), g.span.end()));
    document
}

fn next_tag(rest: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = rest.split_once('<')?;
    let (tag, after) = inside.split_once('>')?;
    Some((before, tag, after))
}

fn close(document: &mut Document, open: &mut Vec<(usize, String)>) {
    let Some((start, tag)) = open.pop() else {
        return;
    };
    let Ok(span) = TextRange::new(start, document.text.len()) else {
        return;
    };
    let value = attribute(&tag, "val").filter(|v| !v.is_empty());
    let set = attribute(&tag, "set") == Some("YES");
    let meaning = value.and_then(|value| Timex::read(value, attribute(&tag, "mod"), set));
    document.gold.push(GoldTimex { span, meaning, attributes: tag });
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Publication on the day that begins `stamp`.
pub(super) fn published(stamp: &str) -> Option<Published> {
    let text = stamp.get(..10)?.to_owned();
    let interval = DateInterval::day(text.parse().ok()?);
    Some(Published { interval, precision: DatePrec::Day, source: PublishedSource::Field, text })
}

/// Our expressions in the terms of TIMEX2: ranges and open intervals as their parts.
#[must_use]
pub fn found(reading: &TimeReading, text: &str) -> Vec<FoundTimex> {
    let mut all = Vec::new();
    for mention in &reading.mentions {
        if mention.parts.is_empty() {
            all.push(whole(mention, text));
        }
        all.extend(mention.parts.iter().map(|part| FoundTimex {
            span: part.span,
            interval: Some(part.interval),
            length: None,
            side: None,
            kind: mention.kind,
        }));
    }
    all
}

fn whole(mention: &TimeMention, text: &str) -> FoundTimex {
    FoundTimex {
        span: without_lead(mention.span, text),
        interval: mention.value.as_ref().map(|v| v.interval),
        length: mention.length,
        side: mention.side,
        kind: mention.kind,
    }
}

/// The span without the words in front that TIMEX2 leaves out.
fn without_lead(span: TextRange, text: &str) -> TextRange {
    const LEADS: [&str; 12] = [
        "for ",
        "in ",
        "during ",
        "since ",
        "until ",
        "till ",
        "from ",
        "between ",
        "by ",
        "up to ",
        "lasting ",
        "throughout ",
    ];
    let words = span.slice(text).unwrap_or_default();
    let lead = LEADS
        .iter()
        .find(|lead| words.get(..lead.len()).is_some_and(|front| front.eq_ignore_ascii_case(lead)));
    let cut = lead.and_then(|lead| TextRange::new(span.start() + lead.len(), span.end()).ok());
    cut.unwrap_or(span)
}

/// Whether `found` means what gold means.
#[must_use]
pub fn is_right(meaning: Timex, found: &FoundTimex) -> bool {
    match meaning {
        Timex::Days { .. } => found.interval.is_some_and(|i| meaning.is_days(i)),
        Timex::Length(length) => found.length == Some(length),
        Timex::Set => found.kind == TimeMentionKind::Set,
        Timex::Side(side) => found.side == Some(side),
        Timex::Open => {
            let no_more = found.length.is_none() && found.side.is_none();
            found.interval.is_none() && no_more && found.kind == TimeMentionKind::Date
        }
    }
}

/// What is wrong with an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultSort {
    /// Found with another meaning.
    Wrong,
    /// Not found.
    Missed,
    /// Found where gold has none.
    Spurious,
}

/// An expression that is not right, for reading.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What is wrong with it.
    pub sort: FaultSort,
    /// The sort of meaning: gold's, for spurious ones ours.
    pub meaning: &'static str,
    /// The words, marked in what stands around them, with gold's and our meaning.
    pub text: String,
}

/// Scores what was found and lists the faults.
#[must_use]
pub fn score(document: &Document, found: &[FoundTimex]) -> (Score, Vec<Fault>) {
    let asked: Vec<&GoldTimex> = document.gold.iter().filter(|g| g.meaning.is_some()).collect();
    let found: Vec<&FoundTimex> =
        found.iter().filter(|f| !lies_on_valueless(document, &asked, f)).collect();
    let relaxed = pairs(&asked, &found, TextRange::overlaps);
    let strict = pairs(&asked, &found, |g, f| g == f);
    let right = |pairs: &[(usize, usize)]| {
        pairs.iter().filter(|(g, f)| pair_is_right(&asked, &found, *g, *f)).count()
    };
    let score = Score {
        gold: asked.len(),
        found: found.len(),
        overlapping: relaxed.len(),
        right: right(&relaxed),
        exact: strict.len(),
        right_exact: right(&strict),
    };
    (score, faults(document, &asked, &found, &relaxed))
}

fn lies_on_valueless(document: &Document, asked: &[&GoldTimex], found: &FoundTimex) -> bool {
    let on = |g: &GoldTimex| g.span.overlaps(found.span);
    document.gold.iter().any(|g| g.meaning.is_none() && on(g)) && !asked.iter().any(|g| on(g))
}

fn pair_is_right(asked: &[&GoldTimex], found: &[&FoundTimex], g: usize, f: usize) -> bool {
    let (Some(gold), Some(found)) = (asked.get(g), found.get(f)) else {
        return false;
    };
    gold.meaning.is_some_and(|meaning| is_right(meaning, found))
}

/// One-to-one pairs of those that `meet`, right ones first, then those of equal spans, then in order.
fn pairs(
    asked: &[&GoldTimex],
    found: &[&FoundTimex],
    meet: impl Fn(TextRange, TextRange) -> bool,
) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (g, gold) in asked.iter().enumerate() {
        for (f, one) in found.iter().enumerate() {
            if meet(gold.span, one.span) {
                let wrong = !pair_is_right(asked, found, g, f);
                all.push((wrong, gold.span != one.span, g, f));
            }
        }
    }
    all.sort_unstable();
    let (mut golds, mut founds) = (vec![false; asked.len()], vec![false; found.len()]);
    all.retain(|(_, _, g, f)| match (golds.get_mut(*g), founds.get_mut(*f)) {
        (Some(gold @ false), Some(found @ false)) => {
            (*gold, *found) = (true, true);
            true
        }
        _ => false,
    });
    all.into_iter().map(|(_, _, g, f)| (g, f)).collect()
}

fn faults(
    document: &Document,
    asked: &[&GoldTimex],
    found: &[&FoundTimex],
    pairs: &[(usize, usize)],
) -> Vec<Fault> {
    let around = |span| super::in_context(&document.text, span);
    let mut faults = Vec::new();
    for (g, gold) in asked.iter().enumerate() {
        let pair = pairs.iter().find(|(a, _)| *a == g);
        match pair.and_then(|(_, f)| found.get(*f).map(|found| (*f, found))) {
            Some((f, _)) if pair_is_right(asked, found, g, f) => {}
            Some((_, one)) => faults.push(Fault {
                sort: FaultSort::Wrong,
                meaning: gold.sort(),
                text: format!(
                    "{}\n    gold {}\n    ours {}",
                    around(gold.span),
                    gold.attributes,
                    shown(one)
                ),
            }),
            None => faults.push(Fault {
                sort: FaultSort::Missed,
                meaning: gold.sort(),
                text: format!("{}\n    gold {}", around(gold.span), gold.attributes),
            }),
        }
    }
    for (f, one) in found.iter().enumerate() {
        if !pairs.iter().any(|(_, b)| *b == f) {
            faults.push(Fault {
                sort: FaultSort::Spurious,
                meaning: one.sort(),
                text: format!("{}\n    ours {}", around(one.span), shown(one)),
            });
        }
    }
    faults
}

fn shown(found: &FoundTimex) -> String {
    let value = found.interval.map(super::shown);
    format!("{:?} {} {:?} {:?}", found.kind, value.unwrap_or_default(), found.length, found.side)
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<DOC><DATETIME> <TIMEX2 val=\"2009-12-19T17:00:00\">2009-12-19T17:00:00</TIMEX2> </DATETIME>\n\
        <TEXT>A &amp; B fought from <TIMEX2 val=\"1954\">1954</TIMEX2> to <TIMEX2 val=\"1962\">1962</TIMEX2>, \
        for <TIMEX2 val=\"P8Y\">eight years</TIMEX2>, <TIMEX2>a long time</TIMEX2>. In <TIMEX2 val=\"1963-05\">May 1963</TIMEX2> they met.</TEXT></DOC>";

    #[test]
    fn a_document_is_read_and_scored() {
        let document = parse(XML);
        assert_eq!(document.gold.len(), 5);
        assert_eq!(document.gold[0].span.slice(&document.text), Some("1954"));
        let text = &document.text;
        let spans = [TextRange::new(0, text.len()).unwrap()];
        let reading = averment_time::read(text, &spans, document.published.as_ref());
        let (score, faults) = score(&document, &found(&reading, text));
        assert!(faults.is_empty(), "{faults:?}");
        let all = Score { gold: 4, found: 4, overlapping: 4, right: 4, exact: 4, right_exact: 4 };
        assert_eq!(score, all);
        assert!((score.f1(score.right) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn pairs_are_one_to_one() {
        let document = parse(XML);
        let day = FoundTimex {
            span: document.gold[0].span,
            interval: None,
            length: None,
            side: None,
            kind: TimeMentionKind::Date,
        };
        let (score, faults) = score(&document, &[day, day]);
        assert_eq!((score.overlapping, score.right, faults.len()), (1, 0, 5));
    }
}
