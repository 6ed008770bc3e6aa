//! The columns that are derived from a report's or a claim's JSON. One place derives them, for
//! storing and for checking alike; nothing else decides what a column holds.

use std::collections::BTreeSet;

use averment_types::{Claim, DateInterval, Report, Role};
use jiff::civil::Date;
use serde::Serialize;

/// Derived columns of a row of `claims`, and its rows in the side tables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClaimColumns {
    pub(crate) kind: String,
    pub(crate) type_id: String,
    pub(crate) polarity: String,
    pub(crate) modality: String,
    pub(crate) days: Option<Days>,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) countries: BTreeSet<String>,
    pub(crate) mentions: BTreeSet<Mention>,
}

/// Derived columns of a row of `reports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportColumns {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) outlet_key: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) days: Option<Days>,
}

/// One way in which a role is worded and linked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub(crate) actor: String,
    pub(crate) name: String,
    pub(crate) words: String,
}

/// First and last day in a form whose byte order is the order of days; an open end is the first or
/// last day that can be written at all, so that overlap is two comparisons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: String,
    pub(crate) last: String,
}

impl Days {
    pub(crate) fn of(interval: DateInterval) -> Self {
        Self {
            first: interval.start().unwrap_or(Date::MIN).to_string(),
            last: interval.end().unwrap_or(Date::MAX).to_string(),
        }
    }
}

impl Mention {
    fn of(role: &Role) -> Self {
        let actor = role.actor.as_ref();
        Self {
            actor: actor.map_or_else(String::new, |a| a.id.as_str().to_owned()),
            name: actor.map_or_else(String::new, |a| a.name.clone()),
            words: role.text.clone(),
        }
    }
}

impl ClaimColumns {
    pub(crate) fn of(claim: &Claim) -> Self {
        let content = claim.content();
        let place = content.place.as_ref();
        let countries = place.into_iter().flat_map(|p| p.country.iter().chain(&p.countries));
        Self {
            kind: code(&content.kind),
            type_id: content.type_id.as_str().to_owned(),
            polarity: code(&content.polarity),
            modality: code(&content.modality),
            days: content.time.as_ref().map(|t| Days::of(t.interval)),
            point: place.and_then(|p| p.lat.zip(p.lon)),
            countries: countries.map(|c| c.as_str().to_owned()).collect(),
            mentions: content.roles.iter().map(Mention::of).collect(),
        }
    }
}

impl ReportColumns {
    pub(crate) fn of(report: &Report) -> serde_json::Result<Self> {
        let published = report.published.as_ref();
        Ok(Self {
            title: report.title.clone(),
            outlet: report.outlet.clone(),
            outlet_key: report.outlet.as_deref().map(fold),
            url: report.url.as_ref().map(|u| u.as_str().to_owned()),
            language: report.language.as_ref().map(|l| l.as_str().to_owned()),
            published: published.map(serde_json::to_string).transpose()?,
            days: published.map(|p| Days::of(p.interval)),
        })
    }
}

/// The form in which outlets are compared: lower case of every script.
pub(crate) fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// The name that a value of a closed set has in JSON.
pub(crate) fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use averment_types::ClaimKind;
    use jiff::civil::date;

    #[test]
    fn days_sort_as_text() {
        let days = [
            date(-9999, 1, 1),
            date(0, 1, 1),
            date(987, 12, 31),
            date(2020, 3, 9),
            date(2020, 3, 12),
            date(9999, 12, 31),
        ];
        let written: Vec<String> = days.iter().map(Date::to_string).collect();
        assert!(written.is_sorted(), "{written:?}");
    }

    #[test]
    fn a_closed_set_has_its_json_name() {
        assert_eq!(code(&ClaimKind::Relation), "relation");
    }
}
