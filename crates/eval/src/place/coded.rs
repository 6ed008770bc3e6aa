//! Day and governorate of a war report from Syria by the coder's claims.
//!
//! The choice: of the claims of violence that are said to have happened, each gives its weight, 1 and the logarithm of the killed it tells
//! of, to its day and to its place's governorate; the heaviest is the report's, on a tie the one told first. A report that
//! has no dated claim has no day: the day of publication does not stand in. Gold's day is mostly that of publication, which
//! the table shows beside it; whether a report states the day in words at all bounds what can be reached.

use std::collections::BTreeMap;
use std::path::Path;

use averment_extract::Coder;
use averment_ingest::{Options, documents, parse};
use averment_lang::segment;
use averment_time::TimeMention;
use averment_types::{
    CasualtyKind, Claim, ClaimContent, ClaimKind, CodedReport, CountryCode, DateInterval, DatePrec,
    Polarity, Published, PublishedSource, Report, TextRange,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::fakes::spelling;
use super::{Measure, PlaceTable, rows};
use crate::EvalError;

const PART: &str = "fa-kes coded";
/// Within so many bytes from its beginning a report gives the day of its publication.
const OPENING: usize = 120;

#[derive(Deserialize)]
struct Row {
    id: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    date: Date,
    place: String,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    day: usize,
    beside: usize,
    either: usize,
    stated: usize,
    within_reach: usize,
    published: usize,
    governorate: usize,
    claims: Claims,
}

/// The claims of violence of all reports, one by one.
#[derive(Debug, Default)]
struct Claims {
    all: usize,
    placed: usize,
    elsewhere: usize,
    dated: usize,
    otherwise: usize,
}

impl Claims {
    /// Counts `claims` of a report of which `gold` is known.
    fn count(&mut self, claims: &[&ClaimContent], gold: &Gold) {
        self.all += claims.len();
        for claim in claims {
            let governorate = governorate_of(claim);
            let placed = governorate == Some(gold.place.as_str());
            self.placed += usize::from(placed);
            self.elsewhere += usize::from(governorate.is_some() && !placed);
            let day = day_of(claim);
            let next = day.and_then(|day| day.tomorrow().ok());
            let dated = day == Some(gold.date) || next == Some(gold.date);
            self.dated += usize::from(dated);
            self.otherwise += usize::from(day.is_some() && !dated);
        }
    }

    /// Adds the rows of all claims to `table`.
    fn tell(&self, table: &mut PlaceTable) {
        let mut push =
            |name, means, right| table.measures.push(Measure { name, means, right, of: self.all });
        push(
            "FA-KES claims placed",
            "claims of violence, one by one, whose place lies in gold's governorate",
            self.placed,
        );
        push(
            "FA-KES claims elsewhere",
            "the same, whose place lies in another known governorate; the rest have a wider place, one of no known governorate, or none",
            self.elsewhere,
        );
        push(
            "FA-KES claims dated",
            "the same, whose day is gold's or the day before, on which it was printed",
            self.dated,
        );
        push(
            "FA-KES claims dated otherwise",
            "the same, whose day is another one; the rest have a longer time or none",
            self.otherwise,
        );
    }
}

/// Scores the development slice.
pub(super) fn score(coder: &Coder, folder: &Path, table: &mut PlaceTable) -> Result<(), EvalError> {
    let path = folder.join("dev.jsonl");
    let gold: Vec<Row> = rows(&path)?;
    let options = Options::default();
    let inputs = [path.display().to_string()];
    let mut counts = Counts::default();
    for (row, raw) in gold.iter().zip(documents(&inputs, &options)) {
        counts.all += 1;
        let report =
            raw.ok().and_then(|raw| parse(raw, &options).ok()).map(|ingested| ingested.report);
        let Some(report) = report else {
            table.wrong(PART, "refused", &row.id);
            continue;
        };
        let stated = states(&report, row.gold.date);
        let printed = published(&report) == Some(row.gold.date);
        counts.stated += usize::from(stated);
        counts.within_reach += usize::from(stated || printed);
        judge(row, &coder.code(report).report, table, &mut counts);
    }
    let Counts { all, day, beside, either, stated, within_reach, published, governorate, claims } =
        counts;
    let mut push =
        |name, means, right| table.measures.push(Measure { name, means, right, of: all });
    push(
        "FA-KES published",
        "reports whose day of publication, as ingested, is gold's day",
        published,
    );
    push(
        "FA-KES day stated",
        "reports that state gold's day in words behind the day of publication: what a reader of the words alone could reach",
        stated,
    );
    push(
        "FA-KES day stated or published",
        "the same, or gold's day is that of publication: what the best choice between both could reach",
        within_reach,
    );
    push(
        "FA-KES coded day",
        "reports whose heaviest day of violence, by the claims, is gold's",
        day,
    );
    push(
        "FA-KES coded day, or the day after",
        "the same, or gold's day is the next one, on which it was printed",
        beside,
    );
    push(
        "FA-KES coded day, or publication",
        "the same with the day of publication where no claim has a day",
        either,
    );
    push(
        "FA-KES coded governorate",
        "reports whose heaviest governorate, by the claims, is gold's",
        governorate,
    );
    claims.tell(table);
    Ok(())
}

fn judge(row: &Row, coded: &CodedReport, table: &mut PlaceTable, counts: &mut Counts) {
    let claims: Vec<&ClaimContent> =
        coded.claims.iter().map(Claim::content).filter(|c| is_violence(c)).collect();
    let published = published(&coded.report);
    let day = heaviest(claims.iter().filter_map(|c| Some((day_of(c)?, weight(c)))));
    let next = day.and_then(|day| day.tomorrow().ok());
    counts.claims.count(&claims, &row.gold);
    counts.published += usize::from(published == Some(row.gold.date));
    counts.day += usize::from(day == Some(row.gold.date));
    counts.beside += usize::from(day == Some(row.gold.date) || next == Some(row.gold.date));
    counts.either += usize::from(day.or(published) == Some(row.gold.date));
    if day != Some(row.gold.date) {
        let cause = match (day, published) {
            _ if claims.is_empty() => "day: no claim of violence",
            (None, None) => "day: no claim has one, and no day of publication is known",
            (None, Some(_)) => "day: no claim has one",
            (Some(_), _) if next == Some(row.gold.date) => {
                "day: the claims say the day before gold's"
            }
            (_, Some(published)) if published != row.gold.date => {
                "day: gold is not the day of publication either"
            }
            _ => "day: another",
        };
        table.wrong(
            PART,
            cause,
            &format!("{} gold {} day {day:?} published {published:?}", row.id, row.gold.date),
        );
    }
    let governorate = heaviest(claims.iter().filter_map(|c| Some((governorate_of(c)?, weight(c)))));
    counts.governorate += usize::from(governorate == Some(row.gold.place.as_str()));
    if governorate != Some(row.gold.place.as_str()) {
        let cause = match governorate {
            _ if claims.is_empty() => "governorate: no claim of violence",
            None => "governorate: no claim has one",
            Some(_) => "governorate: another",
        };
        table.wrong(
            PART,
            cause,
            &format!("{} gold {} has {governorate:?}", row.id, row.gold.place),
        );
    }
}

/// The day of publication, as ingested.
fn published(report: &Report) -> Option<Date> {
    report.published.as_ref().and_then(|p| p.interval.start())
}

/// Whether a time expression behind the opening, where the day of publication stands, means `day`. Days of the week are
/// counted from gold's day where the day of publication is not known.
fn states(report: &Report, day: Date) -> bool {
    let sentences: Vec<TextRange> = segment(&report.text)
        .iter()
        .filter_map(|words| Some(words.first()?.cover(*words.last()?)))
        .collect();
    let assumed = Published {
        interval: DateInterval::day(day),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: day.to_string(),
    };
    let published = report.published.as_ref().unwrap_or(&assumed);
    let times = averment_time::read(&report.text, &sentences, Some(published)).mentions;
    times
        .iter()
        .filter(|t| t.span.start() > OPENING || !has_year(t, &report.text))
        .any(|t| t.value.as_ref().is_some_and(|value| value.interval == DateInterval::day(day)))
}

fn has_year(time: &TimeMention, text: &str) -> bool {
    let words = time.span.slice(text).unwrap_or_default();
    words.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4)
}

/// Whether a claim tells of violence that happened.
pub(crate) fn is_violence(claim: &ClaimContent) -> bool {
    let violent = claim.projections.ucdp.is_some() || !claim.casualties.is_empty();
    claim.kind != ClaimKind::Relation
        && violent
        && claim.modality.is_actual()
        && claim.polarity == Polarity::Affirmed
}

fn weight(claim: &ClaimContent) -> f64 {
    let killed = claim.casualties.iter().filter(|c| c.kind == CasualtyKind::Killed);
    let most = killed.filter_map(|c| c.best.or(c.low).or(c.high)).max().unwrap_or_default();
    1.0 + f64::from(most).ln_1p()
}

fn day_of(claim: &ClaimContent) -> Option<Date> {
    let interval = claim.time.as_ref()?.interval;
    interval.start().filter(|start| interval.end() == Some(*start))
}

fn governorate_of(claim: &ClaimContent) -> Option<&'static str> {
    let place = claim.place.as_ref()?;
    let syria = CountryCode::parse("SY").ok();
    let name = spelling(place.admin1.as_deref().filter(|_| place.country == syria)?);
    (!name.is_empty()).then_some(name)
}

/// The value with the largest sum of weights; of equals the first.
pub(crate) fn heaviest<T: Ord + Copy>(weighed: impl Iterator<Item = (T, f64)>) -> Option<T> {
    let mut sums: BTreeMap<T, (f64, usize)> = BTreeMap::new();
    for (at, (value, weight)) in weighed.enumerate() {
        sums.entry(value).or_insert((0.0, at)).0 += weight;
    }
    let best = sums.into_iter().max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_is_chosen_and_of_equals_the_first() {
        assert_eq!(heaviest([(2, 1.0), (1, 0.5), (1, 0.4)].into_iter()), Some(2));
        assert_eq!(heaviest([(2, 1.0), (1, 1.0)].into_iter()), Some(2));
        assert_eq!(heaviest(std::iter::empty::<(u8, f64)>()), None);
    }
}
