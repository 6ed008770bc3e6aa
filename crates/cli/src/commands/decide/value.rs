//! The corrected value of a field, from the words of the command line.

use averment_place::Gazetteer;
use averment_types::{
    Correction, DateInterval, PlaceKind, PlaceValue, StatedNumber, TextRange, TypeId, WherePrec,
};

use super::actor;
use crate::args::{CorrectArgs, Field, Point, coded, interval};
use crate::commands::resolve;
use crate::failure::{Undecided, Unfound};

/// The word for a value that the report does not state.
const NONE: &str = "none";

/// The field and the value that `args` name.
pub(super) fn of(args: &CorrectArgs) -> anyhow::Result<Correction> {
    let value = args.value.trim();
    let stated = (value != NONE).then_some(value);
    if let Some(role) = args.field.role() {
        let registry = args.actors.open()?;
        let actor = stated.map(|name| actor(&registry, name)).transpose()?;
        return Ok(Correction::Role { role, nth: args.nth, actor });
    }
    if let Some(kind) = args.field.harm() {
        let number = stated.map(number).transpose()?;
        return Ok(Correction::Casualties { kind, of: args.of, number });
    }
    Ok(match args.field {
        Field::Time => Correction::Time(stated.map(days).transpose()?),
        Field::Place => Correction::Place(stated.map(|name| place(name, args)).transpose()?),
        Field::Polarity => Correction::Polarity(
            coded(value).map_err(|_| wrong(value, "affirmed, negated, denied"))?,
        ),
        Field::Modality => Correction::Modality(coded(value).map_err(|_| {
            wrong(
                value,
                "happened, failed, attempted, planned, possible, conditional, predicted, \
                 threatened, urged, wished, habitual",
            )
        })?),
        _ => Correction::Type(type_id(value, args)?),
    })
}

fn wrong(value: &str, remedy: &'static str) -> anyhow::Error {
    Undecided { what: format!("{value} is no value of this field"), remedy }.into()
}

fn type_id(value: &str, args: &CorrectArgs) -> anyhow::Result<TypeId> {
    let codebook = crate::commands::overlaid(args.codebook.codebook.as_deref())?;
    match codebook.types().iter().find(|known| known.id.as_str() == value) {
        Some(known) => Ok(known.id.clone()),
        None => Err(Unfound::Type { name: value.to_owned() }.into()),
    }
}

/// A day, month or year, or two of them with a slash between; `..` is an open end.
fn days(value: &str) -> anyhow::Result<DateInterval> {
    const REMEDY: &str = "2020-03-12, 2020-03, 2020, 2020-03-01/2020-03-07, 2020-03-12/..";
    let end = |text: &str| match text.trim() {
        "" | ".." => Ok(None),
        text => interval(text).map(|day| Some(day.interval)).map_err(|_| wrong(value, REMEDY)),
    };
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    let (first, last) = (end(first)?, end(last)?);
    let start = first.and_then(DateInterval::start);
    DateInterval::new(start, last.and_then(DateInterval::end)).map_err(|_| wrong(value, REMEDY))
}

/// `8`, `5-8`, `20+`, `up to 30`.
fn number(value: &str) -> anyhow::Result<StatedNumber> {
    let whole = |text: &str| {
        let parsed = text.trim().replace(',', "").parse::<u32>();
        parsed.map(Some).map_err(|_| wrong(value, "8, 5-8, 20+, 'up to 30', none"))
    };
    let open = StatedNumber { low: None, best: None, high: None };
    if let Some(high) = value.strip_prefix("up to ") {
        return Ok(StatedNumber { high: whole(high)?, ..open });
    }
    if let Some(low) = value.strip_suffix('+') {
        return Ok(StatedNumber { low: whole(low)?, ..open });
    }
    match value.split_once(['-', '–']) {
        Some((low, high)) => Ok(StatedNumber { low: whole(low)?, high: whole(high)?, ..open }),
        None => Ok(StatedNumber { best: whole(value)?, ..open }),
    }
}

/// The place that the gazetteer knows by this name, or one at the point that is given.
fn place(name: &str, args: &CorrectArgs) -> anyhow::Result<Box<PlaceValue>> {
    if let Some(Point { lat, lon }) = args.point {
        let span = TextRange::new(0, 0)?;
        let value = PlaceValue::named(name, PlaceKind::Settlement, WherePrec::Exact, "", span);
        let country = args.country.clone();
        return Ok(Box::new(PlaceValue { lat: Some(lat), lon: Some(lon), country, ..value }));
    }
    let gazetteer = Gazetteer::shipped()?;
    let mut found = resolve::place_values(&gazetteer, name, args.country.as_ref());
    found.retain(is_somewhere);
    let only = found.pop().filter(|_| found.is_empty());
    only.map(Box::new).ok_or_else(|| {
        let what = format!("the gazetteer knows no place, or more than one, by the name {name}");
        let remedy = "--in COUNTRY says in which country, --point LAT,LON where it is; `averment \
                      resolve place NAME` shows what it may mean";
        Undecided { what, remedy }.into()
    })
}

/// Whether it is known where the place is.
fn is_somewhere(place: &PlaceValue) -> bool {
    place.gazetteer_id.is_some() || place.lat.is_some() || place.geometry.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_stated_as_people_state_them() {
        let told = |text| number(text).map(|number| number.to_string()).ok();
        assert_eq!(told("8").as_deref(), Some("8"));
        assert_eq!(told("5-8").as_deref(), Some("5-8"));
        assert_eq!(told("1,200+").as_deref(), Some("1200+"));
        assert_eq!(told("up to 30").as_deref(), Some("up to 30"));
        for wrong in ["dozens", "", "-", "5-", "8.5", "-3"] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_may_be_open() {
        let told = |text: &str| {
            let interval = days(text).ok()?;
            let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
            Some((day(interval.start()), day(interval.end())))
        };
        let text = |day: &str| Some(day.to_owned());
        assert_eq!(told("2020-03"), Some((text("2020-03-01"), text("2020-03-31"))));
        assert_eq!(told("2020-03/2020-04"), Some((text("2020-03-01"), text("2020-04-30"))));
        assert_eq!(told("2020-03-12/.."), Some((text("2020-03-12"), None)));
        assert_eq!(told("../2020"), Some((None, text("2020-12-31"))));
        for wrong in ["..", "../..", "2021/2020", "12 March", ""] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
