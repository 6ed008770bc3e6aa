//! What a report gives to resolve its dates with: publication, its other dates, the tense around a date.
//!
//! Owns the anchors; refuses to choose a value.

use averment_types::{DateInterval, DatePrec, Published};
use jiff::civil::Date;

use crate::calendar;
use crate::expr::{Expr, Hit};
use crate::lexicon::Unit;
use crate::token::Tokens;

/// More than so many days before publication, a date is history and no news.
const HISTORY_DAYS: i32 = 400;

/// What is shorter moves a tale on: a season or half a year does, a year does not.
const SEASON_DAYS: i32 = 190;

/// The anchors of one report. Only what is asked for is kept of its dates, so that a report of a hundred
/// thousand dates costs no more for each of them.
#[derive(Debug, Default)]
pub(crate) struct Context {
    published: Option<(DateInterval, DatePrec)>,
    /// How many dates have their year in words, and how many of these are old.
    explicit: (usize, usize),
    latest_explicit: Option<DateInterval>,
    /// The last resolved dates as fine as a few days, a month and a year.
    resolved: [Option<DateInterval>; 3],
    tale: Option<DateInterval>,
    frame: Option<i16>,
}

/// How fine a date must be to count from it.
const FINENESS: [DatePrec; 3] = [DatePrec::Days, DatePrec::Month, DatePrec::Year];

impl Context {
    /// The context of a report published then.
    pub(crate) fn new(published: Option<&Published>) -> Self {
        Self { published: published.map(|p| (p.interval, p.precision)), ..Self::default() }
    }

    /// Adds a date whose year the words give, wherever in the text it stands.
    pub(crate) fn add_explicit(&mut self, interval: DateInterval) {
        let old = interval
            .end()
            .zip(self.publication())
            .is_some_and(|(end, published)| calendar::days_between(end, published) > HISTORY_DAYS);
        self.explicit = (self.explicit.0 + 1, self.explicit.1 + usize::from(old));
        let last = |i: DateInterval| i.end().or(i.start());
        if self.latest_explicit.is_none_or(|latest| last(interval) >= last(latest)) {
            self.latest_explicit = Some(interval);
        }
    }

    /// Adds the value of the mention just resolved. A day, month or season moves the tale on; a year
    /// does where it `opens` a sentence, for elsewhere years are mostly asides.
    pub(crate) fn add_resolved(&mut self, interval: DateInterval, opens: bool) {
        let precision = DatePrec::of(interval);
        for (last, coarsest) in self.resolved.iter_mut().zip(FINENESS) {
            if precision <= coarsest {
                *last = Some(interval);
            }
        }
        let days = interval.start().zip(interval.end()).map(|(a, b)| calendar::days_between(a, b));
        let fine = days.is_some_and(|days| days < SEASON_DAYS);
        if opens || fine || self.tale.is_none() {
            self.tale = Some(interval);
        }
    }

    /// Takes note of a year as the heading of what follows, or that a sentence opens with a date outside
    /// the heading's year, which ends its reach.
    pub(crate) fn add_heading(&mut self, heading: bool, interval: DateInterval) {
        if heading {
            self.frame = interval.start().map(Date::year);
        } else if self.frame.is_some() && interval.start().map(Date::year) != self.frame {
            self.frame = None;
        }
    }

    /// The year that the heading above names.
    pub(crate) const fn frame(&self) -> Option<i16> {
        self.frame
    }

    /// The last day of publication's interval.
    pub(crate) fn publication(&self) -> Option<Date> {
        self.published.and_then(|(interval, _)| interval.end().or(interval.start()))
    }

    /// The day to count `unit`s from, by publication.
    pub(crate) fn reference(&self, unit: Unit) -> Result<Date, &'static str> {
        let Some((_, precision)) = self.published else {
            return Err("no publication date to count from");
        };
        let fine = match unit {
            Unit::Hour | Unit::Day | Unit::Week => precision == DatePrec::Day,
            Unit::Month | Unit::Quarter => precision <= DatePrec::Month,
            Unit::Year | Unit::Decade | Unit::Century => precision <= DatePrec::Year,
        };
        match self.publication() {
            Some(date) if fine => Ok(date),
            _ => Err("the publication date is not exact enough to count from"),
        }
    }

    /// The text's previous date that is fine enough to count `unit`s from.
    pub(crate) fn narrative(&self, unit: Unit) -> Result<DateInterval, &'static str> {
        let [days, month, year] = self.resolved;
        let found = match unit {
            Unit::Hour | Unit::Day => days,
            Unit::Week | Unit::Month | Unit::Quarter => month,
            Unit::Year | Unit::Decade | Unit::Century => year,
        };
        found.ok_or("no earlier date in the text to count from")
    }

    /// The date at which the text's tale stands.
    pub(crate) const fn previous(&self) -> Option<DateInterval> {
        self.tale
    }

    /// The latest of the text's dates whose year the words give.
    pub(crate) const fn latest_explicit(&self) -> Option<DateInterval> {
        self.latest_explicit
    }

    /// Whether the text tells of long ago: three dates or more with a year, more than half of
    /// them more than a year before publication.
    pub(crate) const fn is_history(&self) -> bool {
        let (all, old) = self.explicit;
        all >= 3 && old * 2 > all
    }
}

/// Whether a date is the heading of what follows: a year before a colon ("2008: the surge") or by itself.
pub(crate) fn is_heading(t: &Tokens<'_>, hit: &Hit) -> bool {
    let alone = hit.end == t.len() || t.text(hit.end) == ":";
    hit.start == 0 && alone && matches!(hit.expr, Expr::Year { part: None, .. })
}

/// Whether the words beside a date tell of what is to come.
pub(crate) fn is_future(t: &Tokens<'_>, hit: &Hit) -> bool {
    const AHEAD: [&str; 22] = [
        "will",
        "shall",
        "would",
        "scheduled",
        "due",
        "planned",
        "plans",
        "plan",
        "planning",
        "expected",
        "upcoming",
        "deadline",
        "slated",
        "set",
        "intends",
        "hopes",
        "postponed",
        "expire",
        "expires",
        "start",
        "begin",
        "by",
    ];
    let weak = |at: usize| matches!(t.lower(at), "set" | "start" | "begin" | "by");
    let clause =
        (1..=8).take_while(|back| *back <= hit.start && !is_clause_end(t, hit.start - back));
    let behind = clause
        .map(|back| hit.start - back)
        .any(|at| AHEAD.contains(&t.lower(at)) && (!weak(at) || is_strong(t, at, hit.start)));
    let opens = hit.start <= 1;
    let ahead = opens && (hit.end..hit.end + 7).any(|at| matches!(t.lower(at), "will" | "shall"));
    behind || ahead
}

/// "set to", "to start", "to begin", and "by" right before the date.
fn is_strong(t: &Tokens<'_>, at: usize, date: usize) -> bool {
    match t.lower(at) {
        "set" => matches!(t.lower(at + 1), "to" | "for"),
        "by" => (at + 1 == date || at + 2 == date) && is_wanted(t, at),
        _ => t.before(at, 1) == "to",
    }
}

/// Whether what is to be done "by Monday" is still to come: "must leave", "unless he is released"; not "had been killed by Monday".
fn is_wanted(t: &Tokens<'_>, by: usize) -> bool {
    const WANTED: [&str; 22] = [
        "will", "would", "shall", "must", "should", "could", "may", "might", "can", "to", "unless",
        "if", "demand", "demanded", "deadline", "urged", "ordered", "expected", "due", "hopes",
        "wants", "be",
    ];
    let back = (1..=14).take_while(|back| *back <= by && t.lower(by - back) != ".");
    // "rose to 40 by Monday" has a number behind the "to".
    let wanted = |at: usize| {
        let number = t.text(at + 1).starts_with(|c: char| c.is_ascii_digit());
        WANTED.contains(&t.lower(at)) && !(t.lower(at) == "to" && number)
    };
    back.into_iter().any(|back| wanted(by - back))
}

fn is_clause_end(t: &Tokens<'_>, at: usize) -> bool {
    matches!(t.lower(at), ";" | "." | ":" | "\"" | "”" | "said" | "told" | "and")
}
