//! The value of each expression, by its words and the report's anchors.
//!
//! Owns interval, candidates and reasons; refuses grammar.

use averment_types::{DateInterval, DatePrec, TimeCandidate, WarningCode};
use jiff::civil::Date;

use crate::calendar;
use crate::context::Context;
use crate::expr::{Expr, YearRef};
use crate::lexicon::{Part, Season, Unit};
use crate::mention::LENGTH;
use crate::pieces::{is_known, is_plausible};
use crate::range;
use crate::span_of_units;
use crate::within;
use crate::year::{self, Choice, Recurring};

/// A value and how it came about.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) interval: DateInterval,
    pub(crate) inferred: bool,
    pub(crate) reasons: Vec<String>,
    pub(crate) candidates: Vec<TimeCandidate>,
    pub(crate) warnings: Vec<(WarningCode, &'static str)>,
    /// The values of the dates inside: a range's two ends, the date behind "since" or "until".
    pub(crate) ends: Vec<DateInterval>,
}

/// Why there is no value.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reason: String,
    pub(crate) warning: Option<(WarningCode, &'static str)>,
}

impl Refusal {
    /// The words fit no day of any calendar.
    pub(crate) fn impossible() -> Self {
        Self {
            reason: "there is no such date".into(),
            warning: Some((WarningCode::DateImpossible, "an impossible date")),
        }
    }

    /// The words leave it open.
    pub(crate) fn open(reason: &str) -> Self {
        Self { reason: reason.into(), warning: None }
    }
}

impl From<&'static str> for Refusal {
    fn from(reason: &'static str) -> Self {
        Self::open(reason)
    }
}

impl Answer {
    /// A value that the words give.
    pub(crate) fn stated(interval: Option<DateInterval>, reason: &str) -> Result<Self, Refusal> {
        Ok(Self {
            interval: interval.ok_or_else(Refusal::impossible)?,
            inferred: false,
            reasons: vec![reason.into()],
            candidates: Vec::new(),
            warnings: Vec::new(),
            ends: Vec::new(),
        })
    }

    /// A value that something beside the words gives.
    pub(crate) fn inferred(
        interval: Option<DateInterval>,
        reason: String,
    ) -> Result<Self, Refusal> {
        let mut answer = Self::stated(interval, "")?;
        answer.inferred = true;
        answer.reasons = vec![reason];
        Ok(answer)
    }

    /// The same with another reading.
    pub(crate) fn or(mut self, interval: Option<DateInterval>, score: f32, reason: &str) -> Self {
        if let Some(interval) = interval.filter(|i| *i != self.interval) {
            self.candidates.push(candidate(interval, score, reason.into()));
        }
        self
    }

    fn noting(mut self, warning: &'static str) -> Self {
        self.warnings.push((WarningCode::DateAmbiguous, warning));
        self
    }

    /// Every interval of the answer changed by `change`.
    pub(crate) fn map(
        mut self,
        change: impl Fn(DateInterval) -> Option<DateInterval>,
    ) -> Result<Self, Refusal> {
        self.interval = change(self.interval).ok_or_else(Refusal::impossible)?;
        self.candidates = self
            .candidates
            .into_iter()
            .filter_map(|c| change(c.interval).map(|i| candidate(i, c.score, c.reason)))
            .collect();
        Ok(self)
    }
}

fn candidate(interval: DateInterval, score: f32, reason: String) -> TimeCandidate {
    TimeCandidate { interval, precision: DatePrec::of(interval), score, reason }
}

impl From<Choice> for Answer {
    fn from(choice: Choice) -> Self {
        let count = u16::try_from(choice.others.len()).unwrap_or(1).max(1);
        let score = 0.4 / f32::from(count);
        Self {
            interval: choice.interval,
            inferred: choice.inferred,
            reasons: choice.reasons,
            candidates: choice
                .others
                .into_iter()
                .map(|(interval, reason)| candidate(interval, score, reason))
                .collect(),
            warnings: choice.warnings,
            ends: Vec::new(),
        }
    }
}

/// The value of `expr`.
pub(crate) fn resolve(context: &Context, expr: &Expr, future: bool) -> Result<Answer, Refusal> {
    match expr {
        Expr::Day { year, month, day, weekday } => {
            let of = |year| calendar::day(year, *month, *day).map(DateInterval::day);
            let exists = (2000..2004).any(|year| of(year).is_some());
            let date = Recurring { of: &of, weekday: *weekday };
            if exists {
                recurring(context, &date, *year, future)
            } else {
                Err(Refusal::impossible())
            }
        }
        Expr::Month { year, month, part } => {
            let of = |year| parted(calendar::month(year, *month), *part);
            let date = Recurring { of: &of, weekday: None };
            let answer = recurring(context, &date, *year, future)?;
            Ok(with_part(answer, *part))
        }
        Expr::Season { year, season, part } => season_of(context, *year, *season, *part, future),
        Expr::YearPart { year, part } => {
            let of = |year| parted(calendar::years(year, year), Some(*part));
            let date = Recurring { of: &of, weekday: None };
            recurring(context, &date, *year, future)
        }
        Expr::WeekNumber { year, week } => {
            let of = |year| calendar::iso_week(year, *week);
            recurring(context, &Recurring { of: &of, weekday: None }, *year, future)
        }
        Expr::Named { .. } | Expr::Hijri { .. } => named(context, expr, future),
        Expr::DayOf { .. }
        | Expr::DayAlone { .. }
        | Expr::WeekdayOf { .. }
        | Expr::WeekOf(_)
        | Expr::Weekend { .. } => within::resolve(context, expr, future),
        Expr::Numeric { first, second, year } => numeric(context, *first, *second, *year),
        Expr::Garbled { year, month, day } => garbled(*year, *month, *day),
        Expr::Year { .. } | Expr::Decade { .. } | Expr::Century { .. } => years(expr),
        Expr::Weekday { weekday, shift } => within::weekday(context, *weekday, *shift, future),
        Expr::Today { from, to } => {
            let day = context.reference(Unit::Day)?;
            let ends = calendar::plus_days(day, *from).zip(calendar::plus_days(day, *to));
            Answer::inferred(
                ends.and_then(|(a, b)| calendar::span(a, b)),
                format!("counted from publication on {day}"),
            )
        }
        Expr::Shift { .. }
        | Expr::Window { .. }
        | Expr::Current { .. }
        | Expr::Rest { .. }
        | Expr::Ahead { .. }
        | Expr::From { .. } => span_of_units::resolve(context, expr, future),
        Expr::Range(first, second) => range::range(context, first, second, future),
        Expr::Since(inner) | Expr::Until(inner) | Expr::After(inner) | Expr::Before(inner) => {
            range::opened(context, expr, inner, future)
        }
        Expr::Impossible(reason) => {
            Err(Refusal { reason: (*reason).into(), ..Refusal::impossible() })
        }
        Expr::Open(reason) => Err(Refusal::open(reason)),
        Expr::Length { .. } => Err(Refusal::open(LENGTH)),
        Expr::Near(_) => {
            Err(Refusal::open("the expression gives no day, only its side of the time of writing"))
        }
    }
}

fn recurring(
    context: &Context,
    date: &Recurring<'_>,
    year: YearRef,
    future: bool,
) -> Result<Answer, Refusal> {
    match year {
        YearRef::Stated(year) if !is_known(year) => Err(Refusal::impossible()),
        year => year::choose(context, date, year, future).map(Answer::from),
    }
}

fn parted(whole: Option<DateInterval>, part: Option<Part>) -> Option<DateInterval> {
    match part {
        Some(part) => calendar::part(whole?, part),
        None => whole,
    }
}

fn with_part(mut answer: Answer, part: Option<Part>) -> Answer {
    if matches!(part, Some(Part::Early | Part::Mid | Part::Late)) {
        answer.reasons.push("early, mid and late are read as thirds of the period".into());
    }
    answer
}

fn season_of(
    context: &Context,
    year: YearRef,
    season: Season,
    part: Option<Part>,
    future: bool,
) -> Result<Answer, Refusal> {
    let dated = matches!(year, YearRef::Stated(_) | YearRef::Relative(_) | YearRef::Told(_));
    if season == Season::Local && !dated {
        return Err(Refusal::open("the months of such a season depend on the place"));
    }
    let of = |year| parted(calendar::season(year, season), part);
    let date = Recurring { of: &of, weekday: None };
    let mut answer = recurring(context, &date, year, future)?;
    let why = if season == Season::Local {
        "the months of such a season depend on the place, so the whole year is kept"
    } else {
        "the season is read by the months of the northern hemisphere"
    };
    answer.reasons.push(why.into());
    if let (Season::Winter, YearRef::Stated(year)) = (season, year) {
        answer = answer.or(of(year - 1), 0.4, "the winter that ends in this year may be meant");
    }
    Ok(with_part(answer, part))
}

/// A day or period with a name, by its rule.
fn named(context: &Context, expr: &Expr, future: bool) -> Result<Answer, Refusal> {
    let (mut answer, rule, part) = match expr {
        Expr::Named { year, rule, part } => {
            let of = |year| parted(rule.days_in(year), *part);
            let date = Recurring { of: &of, weekday: None };
            (recurring(context, &date, *year, future)?, rule, *part)
        }
        Expr::Hijri { year, rule, part } => {
            let days = parted(rule.days_of_hijra(*year), *part);
            (Answer::stated(days, "the words give the year of the Hijra")?, rule, *part)
        }
        _ => return Err(Refusal::impossible()),
    };
    if rule.is_islamic() {
        answer.reasons.push(
            "counted by the table of the Islamic calendar; the moon's sighting may move it by a day"
                .into(),
        );
    }
    answer = with_part(answer, part);
    Ok(answer)
}

fn numeric(context: &Context, first: i8, second: i8, year: i16) -> Result<Answer, Refusal> {
    let day_first = calendar::day(year, second, first).filter(|_| is_plausible(year));
    let month_first = calendar::day(year, first, second).filter(|_| is_plausible(year));
    let (taken, other, why) = match (day_first, month_first) {
        (Some(a), Some(b)) if a == b => (a, None, "day and month are the same number"),
        (Some(a), Some(b)) => either_order(context, a, b),
        (Some(a), None) => (a, None, "only the order day, month, year gives a date"),
        (None, Some(b)) => (b, None, "only the order month, day, year gives a date"),
        (None, None) => return Err(Refusal::impossible()),
    };
    let answer = Answer::stated(Some(DateInterval::day(taken)), why)?;
    let Some(other) = other else {
        return Ok(answer);
    };
    let answer = answer.or(Some(DateInterval::day(other)), 0.4, "the other order of day and month");
    Ok(answer.noting("a date in numbers could be read in two orders"))
}

/// Both orders give a date: the one that lies shortly before publication, else day first.
fn either_order(
    context: &Context,
    day_first: Date,
    month_first: Date,
) -> (Date, Option<Date>, &'static str) {
    const SHORTLY: std::ops::RangeInclusive<i32> = -1..=45;
    let near = |date: Date| {
        context
            .publication()
            .is_some_and(|day| SHORTLY.contains(&calendar::days_between(date, day)))
    };
    if near(month_first) && !near(day_first) {
        return (
            month_first,
            Some(day_first),
            "of the two orders the one shortly before publication is taken",
        );
    }
    let why = if near(day_first) && !near(month_first) {
        "of the two orders the one shortly before publication is taken"
    } else {
        "the order is open; day before month is the more usual one in the world"
    };
    (day_first, Some(month_first), why)
}

fn garbled(year: i16, month: i8, day: i8) -> Result<Answer, Refusal> {
    let whole = calendar::month(year, month).filter(|_| is_plausible(year));
    let mut answer = Answer::stated(whole, "the words give month and year")?;
    answer.reasons.push(format!(
        "a stray {day} stands behind them; it may be the day or a slip, so the month is kept"
    ));
    let exact = calendar::day(year, month, day).map(DateInterval::day);
    let answer = answer.or(exact, 0.5, "the stray number read as the day");
    let month_reading = answer.interval;
    let mut answer = answer.noting("a stray number stands behind a month and year");
    answer.candidates.push(candidate(month_reading, 0.5, "the stray number left out".into()));
    Ok(answer)
}

fn years(expr: &Expr) -> Result<Answer, Refusal> {
    let (first, last, part) = match expr {
        Expr::Year { year, part } => (*year, *year, *part),
        Expr::Decade { first, part } => (*first, first.saturating_add(9), *part),
        Expr::Century { ordinal, part } => {
            let first = (ordinal - 1) * 100 + 1;
            (first, first + 99, *part)
        }
        _ => return Err(Refusal::impossible()),
    };
    if !is_known(first) {
        return Err(Refusal::impossible());
    }
    let answer =
        Answer::stated(parted(calendar::years(first, last), part), "the words give the year")?;
    Ok(with_part(answer, part))
}
