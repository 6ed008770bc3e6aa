//! What a document states about itself: title, author, outlet, address, date of publication.
//!
//! Owns where each of these is looked for; refuses to choose between a page and the record around it.

pub(crate) mod json_ld;

use std::sync::LazyLock;

use averment_types::{DateInterval, DatePrec, Published, PublishedSource, Url, Zone, ZoneKind};
use jiff::civil::Date;
use regex::Regex;

use crate::published;
use crate::zones::{author, date_at_head, is_date_line, is_name, parts};

/// Zones above the text that are looked into.
const HEAD_ZONES: usize = 12;

/// What plain text states about itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Metadata {
    /// The title line.
    pub(crate) title: Option<String>,
    /// The byline's name.
    pub(crate) author: Option<String>,
    /// The agency of the dateline.
    pub(crate) outlet: Option<String>,
    /// An address alone above the text.
    pub(crate) url: Option<Url>,
    /// Candidates for the date of publication, the best first.
    pub(crate) published: Vec<Published>,
}

/// What the plain text `text` with these zones states about itself.
pub(crate) fn of_text(text: &str, zones: &[Zone]) -> Metadata {
    let mut stated = Metadata::default();
    let first = zones.iter().position(|z| z.kind == ZoneKind::Body).unwrap_or(zones.len());
    for (at, zone) in zones.iter().enumerate() {
        let Some(words) = zone.range.slice(text) else { continue };
        let above = at < first && at < HEAD_ZONES;
        match zone.kind {
            ZoneKind::Headline if above && stated.title.is_none() => {
                stated.title = Some(squeeze(words));
            }
            ZoneKind::Navigation if above && stated.url.is_none() => {
                stated.url = Url::parse(words).ok();
            }
            ZoneKind::Byline => {
                stated.author = stated.author.take().or_else(|| parts(words).find_map(named));
                let dates = parts(words).filter(|part| above && is_date_line(part));
                stated
                    .published
                    .extend(dates.flat_map(|part| dated(part, PublishedSource::Dateline)));
            }
            ZoneKind::Dateline => {
                stated.published.extend(dated(words, PublishedSource::Dateline));
                stated.outlet = stated.outlet.take().or_else(|| agency(words));
            }
            _ => {}
        }
    }
    stated.published.extend(stated.url.as_ref().and_then(in_address));
    let body = zones.get(first).and_then(|zone| zone.range.slice(text));
    if stated.published.is_empty()
        && let Some(date) = body.and_then(date_at_head)
    {
        stated.published.extend(dated(date, PublishedSource::Dateline));
    }
    stated
}

/// The name in a byline.
fn named(words: &str) -> Option<String> {
    author(words).or_else(|| Some(words).filter(|w| is_name(w))).map(squeeze)
}

/// The agency in a dateline, "(AFP)": short and in brackets.
fn agency(dateline: &str) -> Option<String> {
    let (_, rest) = dateline.rsplit_once('(')?;
    let (name, _) = rest.split_once(')')?;
    let fits = (2..=40).contains(&name.len())
        && name.starts_with(char::is_uppercase)
        && !name.contains(|c: char| c.is_ascii_digit());
    fits.then(|| name.trim().to_owned())
}

/// The text with its white space collapsed.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The candidates for the date of publication in a value or a line.
pub(crate) fn dated(text: &str, source: PublishedSource) -> Vec<Published> {
    let whole = published::read(text).unwrap_or_default();
    let days = if whole.is_empty() {
        date_in(text).and_then(|part| published::read(part).ok()).unwrap_or_default()
    } else {
        whole
    };
    days.into_iter().map(|interval| candidate(interval, source, text)).collect()
}

fn candidate(interval: DateInterval, source: PublishedSource, text: &str) -> Published {
    Published { interval, precision: DatePrec::of(interval), source, text: squeeze(text) }
}

/// The first date with a year in a line.
fn date_in(line: &str) -> Option<&str> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?\p{L}{3,10}\.?,?\s+\d{4}|\p{L}{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}").ok()
    });
    DATE.as_ref()?.find(line).map(|found| found.as_str())
}

/// The date in an address: `/2020/03/13/`, `/2020-03-13-`, `/20200313/`, or the month alone.
pub(crate) fn in_address(url: &Url) -> Option<Published> {
    static PATH: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"[/_-]((?:19|20)\d\d)(?:([/_-])(\d{1,2})(?:[/_-](\d{1,2}))?(?:[/_-]|$)|(\d\d)(\d\d)(?:\D|$))").ok()
    });
    let path = url.as_str().split_once("://")?.1;
    let path = path.get(path.find('/')?..)?;
    let found = PATH.as_ref()?.captures(path)?;
    let number = |group: usize| found.get(group).and_then(|m| m.as_str().parse::<i8>().ok());
    let year: i16 = found.get(1)?.as_str().parse().ok()?;
    let (month, day) = (number(3).or_else(|| number(5))?, number(4).or_else(|| number(6)));
    let spelled = found.get(2).map(|m| m.as_str());
    if !(1990..2100).contains(&year) || day.is_none() && spelled != Some("/") {
        return None;
    }
    let day = day.and_then(|day| Date::new(year, month, day).ok());
    let interval = if let Some(day) = day {
        DateInterval::day(day)
    } else {
        let first = Date::new(year, month, 1).ok()?;
        DateInterval::new(Some(first), Some(first.last_of_month())).ok()?
    };
    let words = found.get(0)?.as_str().trim_matches(['/', '-', '_']);
    Some(candidate(interval, PublishedSource::Url, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day_of(url: &str) -> Option<DateInterval> {
        in_address(&Url::parse(url).unwrap()).map(|p| p.interval)
    }

    #[test]
    fn addresses_hold_dates() {
        let day = Some(DateInterval::day(date(2020, 3, 13)));
        assert_eq!(day_of("https://example.org/2020/03/13/clashes"), day);
        assert_eq!(day_of("https://example.org/news/2020-03-13-clashes"), day);
        assert_eq!(day_of("https://example.org/20200313/clashes"), day);
        assert_eq!(day_of("https://example.org/clashes-20201399"), None);
        assert_eq!(
            day_of("https://example.org/2020/03/clashes").map(DatePrec::of),
            Some(DatePrec::Month)
        );
        assert_eq!(day_of("https://example.org/news/2020"), None);
    }

    #[test]
    fn text_states_title_author_agency_and_date() {
        let text = "Clashes near the border\nBy Ann Author\nPublished: 13 March 2020\n\
                    BAMAKO, Mali (AFP) - Four soldiers were killed on Monday when gunmen attacked their post near the border.";
        let zones = crate::zones::of_text(text);
        let stated = of_text(text, &zones);
        assert_eq!(stated.title.as_deref(), Some("Clashes near the border"));
        assert_eq!(stated.author.as_deref(), Some("Ann Author"));
        assert_eq!(stated.outlet.as_deref(), Some("AFP"));
        let days: Vec<DateInterval> = stated.published.iter().map(|p| p.interval).collect();
        assert_eq!(days, [DateInterval::day(date(2020, 3, 13))]);
    }
}
