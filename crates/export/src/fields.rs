//! What the flat layouts say of a claim in one cell: names of codes, fillers of roles, numbers of
//! people, the chain of speakers, days.

use averment_types::{
    Casualties, CasualtyKind, ClaimContent, DateInterval, DatePrec, RoleKind, TimeValue,
};
use serde::Serialize;
use serde_json::Value;

/// The name that a value of a closed set has in JSON; empty for anything else.
pub(crate) fn name<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The fillers of one role: the linked actor's usual name, else the report's words. Each once.
pub(crate) fn fillers(content: &ClaimContent, kind: RoleKind) -> Vec<String> {
    let roles = content.roles.iter().filter(|role| role.role == kind);
    let mut names = Vec::new();
    for role in roles {
        let linked = role.actor.as_ref().map(|actor| actor.name.as_str());
        let name = one_line(linked.unwrap_or_else(|| role.name()));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// On whose word it rests that the initiators did it, where the report does not say so itself. Each once.
pub(crate) fn alleged(content: &ClaimContent) -> Vec<String> {
    let initiators = content.roles.iter().filter(|role| role.role == RoleKind::Initiator);
    let mut found: Vec<_> = initiators.filter_map(|role| role.alleged).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(name).collect()
}

/// Who says so, from the report's narrator outward; empty when the narrator does.
pub(crate) fn speakers(content: &ClaimContent) -> Vec<String> {
    let links = content.attribution.iter();
    links.map(|link| one_line(link.name())).collect()
}

/// Whether some speaker of the chain is, or speaks for, a party to the conflict.
pub(crate) fn party_source(content: &ClaimContent) -> bool {
    content.attribution.iter().any(|link| link.party)
}

/// The numbers given of people to whom `kind` happened, in the order of the words.
pub(crate) fn casualties(
    content: &ClaimContent,
    kind: CasualtyKind,
) -> impl Iterator<Item = &Casualties> {
    content.casualties.iter().filter(move |c| c.kind == kind)
}

/// A stated number in a few characters: `8`, `20+`, `20-30`, `up to 30`, `?`.
pub(crate) fn number(casualties: &Casualties) -> String {
    match (casualties.low, casualties.best, casualties.high) {
        (_, Some(best), _) => best.to_string(),
        (Some(low), None, Some(high)) => format!("{low}-{high}"),
        (Some(low), None, None) => format!("{low}+"),
        (None, None, Some(high)) => format!("up to {high}"),
        (None, None, None) => "?".to_owned(),
    }
}

/// The days in a few characters: a day, a month or a year where it is exactly one, else
/// `first/last`; an open end is `..`, as in ISO 8601-2; `~` before a value that was inferred.
pub(crate) fn days(time: &TimeValue) -> String {
    let mark = if time.inferred { "~" } else { "" };
    format!("{mark}{}", interval(time.interval, time.precision))
}

/// An interval in a few characters; see [`days`].
pub(crate) fn interval(interval: DateInterval, precision: DatePrec) -> String {
    let (Some(start), Some(end)) = (interval.start(), interval.end()) else {
        let part =
            |day: Option<_>| day.map_or("..".to_owned(), |d: jiff::civil::Date| d.to_string());
        return format!("{}/{}", part(interval.start()), part(interval.end()));
    };
    let whole_month = start == start.first_of_month() && end == start.last_of_month();
    let whole_year = start == start.first_of_year() && end == start.last_of_year();
    match precision {
        _ if start == end => start.to_string(),
        DatePrec::Month if whole_month => format!("{:04}-{:02}", start.year(), start.month()),
        DatePrec::Year if whole_year => format!("{:04}", start.year()),
        _ => format!("{start}/{end}"),
    }
}

/// `text` with every run of white space as one blank: a mention may run over a line's end.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
