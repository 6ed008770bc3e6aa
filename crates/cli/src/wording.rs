//! Values in the words of an editor: days, numbers, names of codes, places.

use averment_types::{
    AttributionLink, Casualties, CountryCode, DateInterval, DatePrec, PlaceValue, Published,
    SpeakerKind, WherePrec,
};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// The name that a value of a closed set has in JSON, with blanks: `armed group`.
pub(crate) fn name<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name.replace('_', " "),
        _ => String::new(),
    }
}

/// `text` on one line: a mention may run over a line's end.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1 claim`, `2 claims`, `1,200 claims`.
pub(crate) fn count(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// A number with its thousands apart: `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `Thursday 12 March 2020`, `March 2020`, `since 15 April 2020`.
pub(crate) fn days(interval: DateInterval, precision: DatePrec) -> String {
    let (start, end) = match (interval.start(), interval.end()) {
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => return format!("since {}", day(start)),
        (None, Some(end)) => return format!("until {}", day(end)),
        (None, None) => return String::new(),
    };
    let whole_month = start == start.first_of_month() && end == start.last_of_month();
    let whole_year = start == start.first_of_year() && end == start.last_of_year();
    match precision {
        _ if start == end => start.strftime("%A %-d %B %Y").to_string(),
        DatePrec::Month if whole_month => start.strftime("%B %Y").to_string(),
        DatePrec::Year if whole_year => start.strftime("%Y").to_string(),
        _ => format!("{} to {}", day(start), day(end)),
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// How exact a time is.
pub(crate) const fn date_precision(precision: DatePrec) -> &'static str {
    match precision {
        DatePrec::Day => "the exact day",
        DatePrec::Days => "within two to six days",
        DatePrec::Week => "within a week",
        DatePrec::Month => "within a month",
        DatePrec::Year => "within a year",
        DatePrec::Longer => "longer than a year, or open",
    }
}

/// How exact a place is.
pub(crate) const fn place_precision(precision: WherePrec) -> &'static str {
    match precision {
        WherePrec::Exact => "the exact place",
        WherePrec::Near => "near it, within about 25 km",
        WherePrec::Admin2 => "a second-order division",
        WherePrec::Admin1 => "a first-order division",
        WherePrec::Fuzzy => "a fuzzy area, no pin",
        WherePrec::Country => "no more than the country",
        WherePrec::SeaOrAir => "at sea or in the air",
    }
}

/// `Gao, Gao region, ML`; several countries as `ML/NE`.
pub(crate) fn place(place: &PlaceValue) -> String {
    let countries = match &place.country {
        Some(country) => country.as_str().to_owned(),
        None => codes(&place.countries),
    };
    let parts = [
        Some(place.name.as_str()),
        place.admin2.as_deref(),
        place.admin1.as_deref(),
        Some(countries.as_str()),
    ];
    let mut all: Vec<&str> = Vec::new();
    for part in parts.into_iter().flatten().filter(|p| !p.is_empty()) {
        if all.last() != Some(&part) {
            all.push(part);
        }
    }
    one_line(&all.join(", "))
}

fn codes(countries: &[CountryCode]) -> String {
    let codes: Vec<&str> = countries.iter().map(CountryCode::as_str).collect();
    codes.join("/")
}

/// `at least 20 civilians killed`.
pub(crate) fn casualties(casualties: &Casualties) -> String {
    let number = match (casualties.low, casualties.best, casualties.high) {
        (Some(0), _, Some(0)) => "no".to_owned(),
        (_, Some(best), _) => best.to_string(),
        (Some(low), None, Some(high)) => format!("{low} to {high}"),
        (Some(low), None, None) => format!("at least {low}"),
        (None, None, Some(high)) => format!("at most {high}"),
        (None, None, None) => "an unknown number".to_owned(),
    };
    let of = casualties.of.map(|of| format!(" {}", name(of)));
    format!("{number}{} {}", of.unwrap_or_default(), name(casualties.kind))
}

/// `13 March 2020 (from the dateline)`.
pub(crate) fn published(published: &Published) -> String {
    let days = days(published.interval, published.precision);
    format!("{days} (by the {})", name(published.source))
}

/// The chain of speakers from the narrator outward, on one line.
pub(crate) fn chain(outlet: Option<&str>, links: &[AttributionLink]) -> String {
    let outlet = outlet.map(|o| format!(" ({})", one_line(o)));
    let narrator = format!("the narrator{}", outlet.unwrap_or_default());
    if links.is_empty() {
        return format!("{narrator}, naming no other source");
    }
    links.iter().fold(narrator, |chain, link| {
        let kind = match link.kind {
            SpeakerKind::Unknown => String::new(),
            kind => format!(" [{}]", name(kind)),
        };
        format!("{chain} <- {}{kind}", one_line(link.name()))
    })
}

/// The notice that a speaker is no bystander, where it is none.
pub(crate) fn party(link: &AttributionLink) -> Option<String> {
    if !link.party {
        return None;
    }
    let speaker = one_line(link.name());
    let side = link.affiliation.as_ref().or(link.actor.as_ref());
    Some(match side {
        Some(side) if side.name == speaker => format!("{speaker}: is a party to the conflict"),
        Some(side) => format!("{speaker}: speaks for a party to the conflict ({})", side.name),
        None => format!("{speaker}: speaks for a party to the conflict"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use averment_types::{CasualtyGroup, CasualtyKind, TextRange};
    use jiff::civil::date;

    #[test]
    fn days_are_as_long_as_they_are_known() {
        let of = |start, end| {
            let interval = DateInterval::new(start, end).unwrap();
            days(interval, DatePrec::of(interval))
        };
        let first = date(2020, 3, 1);
        assert_eq!(of(Some(first), Some(first)), "Sunday 1 March 2020");
        assert_eq!(of(Some(first), Some(first.last_of_month())), "March 2020");
        assert_eq!(of(None, Some(first)), "until 1 March 2020");
        let week = Some(date(2020, 3, 7));
        assert_eq!(of(Some(first), week), "1 March 2020 to 7 March 2020");
    }

    #[test]
    fn numbers_say_what_is_open() {
        let range = TextRange::new(0, 0).unwrap();
        let toll = |low, best, high| {
            casualties(&Casualties {
                kind: CasualtyKind::Killed,
                of: Some(CasualtyGroup::Civilians),
                low,
                best,
                high,
                text: String::new(),
                range,
            })
        };
        assert_eq!(toll(Some(20), None, None), "at least 20 civilians killed");
        assert_eq!(toll(Some(0), Some(0), Some(0)), "no civilians killed");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(
            (count(1, "claim"), count(1000, "claim")),
            ("1 claim".into(), "1,000 claims".into())
        );
    }
}
