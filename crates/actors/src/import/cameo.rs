//! CAMEO's actor codes: three letters each for a country and for roles, strung together.

use std::collections::HashMap;
use std::sync::LazyLock;

use averment_types::{ActorKind, CountryCode};

const TABLE: &str = include_str!("../../../../data/actors/cameo.tsv");

/// What a code says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Meaning {
    pub(super) country: Option<CountryCode>,
    pub(super) role: Option<Role>,
}

/// A role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) kind: ActorKind,
    /// The class of words without a name.
    pub(super) class: &'static str,
    /// Whether it is an elite without office: persons alone have it.
    pub(super) elite: bool,
}

/// Reads a code; what is not in the table says nothing. The first country and the first role count.
pub(super) fn read(code: &str) -> Meaning {
    let mut meaning = Meaning::default();
    let bytes = code.as_bytes();
    for (at, part) in bytes.chunks(3).enumerate() {
        let Some(part) = std::str::from_utf8(part).ok().map(str::to_ascii_uppercase) else {
            continue;
        };
        let role = role(&part);
        if meaning.country.is_none() && (at == 0 || role.is_none()) {
            let country = country(&part);
            if country.is_some() && (at == 0 || meaning.role.is_some_and(|r| abroad(r.kind))) {
                meaning.country = country;
                continue;
            }
        }
        meaning.role = meaning.role.or(role);
    }
    meaning
}

/// Whether codes of this kind name the country behind the role.
const fn abroad(kind: ActorKind) -> bool {
    matches!(
        kind,
        ActorKind::Ngo
            | ActorKind::Business
            | ActorKind::InternationalOrganization
            | ActorKind::ArmedGroup
            | ActorKind::Media
    )
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str, &'static str, Option<&'static str>)>
{
    let rows = TABLE.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut fields = row.split('\t');
        Some((fields.next()?, fields.next()?, fields.next()?, fields.next()))
    })
}

static COUNTRIES: LazyLock<HashMap<&'static str, CountryCode>> = LazyLock::new(|| {
    let rows = rows().filter(|(what, ..)| *what == "country");
    rows.filter_map(|(_, code, iso, _)| Some((code, CountryCode::parse(iso).ok()?))).collect()
});

static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let rows = rows().filter(|(what, ..)| *what == "role");
    rows.filter_map(|(_, code, kind, class)| {
        let kind = toml::Value::from(kind).try_into().ok()?;
        Some((code, Role { kind, class: class?, elite: code == "ELI" }))
    })
    .collect()
});

fn country(part: &str) -> Option<CountryCode> {
    COUNTRIES.get(part).cloned()
}

fn role(part: &str) -> Option<Role> {
    ROLES.get(part).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_understood() {
        for (what, code, value, _) in rows() {
            match what {
                "country" => assert!(country(code).is_some(), "{code} {value}"),
                _ => assert!(role(code).is_some(), "{code} {value}"),
            }
        }
    }

    #[test]
    fn country_and_role_are_read_where_they_stand() {
        let read = |code: &str| {
            let m = read(code);
            (m.country.map(|c| c.to_string()).unwrap_or_default(), m.role.map(|r| r.kind))
        };
        assert_eq!(read("NGAMIL"), ("NG".to_owned(), Some(ActorKind::Military)));
        assert_eq!(read("MNCUSAHLH"), ("US".to_owned(), Some(ActorKind::Business)));
        assert_eq!(read("SYRREBMUS"), ("SY".to_owned(), Some(ActorKind::ArmedGroup)));
        assert_eq!(read("NGOMUS"), (String::new(), Some(ActorKind::Ngo)));
        assert_eq!(read("HOB"), (String::new(), None));
        assert_eq!(read("\u{e9}\u{e9}\u{e9}"), (String::new(), None));
    }
}
