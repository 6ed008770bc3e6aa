//! Our actors and types in FA-KES' terms, by the tables in `data`.

use averment_types::{ActorKind, ActorRef};

/// What gold says where it knows nothing.
pub(super) const UNKNOWN: &str = "unknown";

static ACTORS: &str = include_str!("../../data/fa-kes-actors.tsv");
static CAUSES: &str = include_str!("../../data/fa-kes-causes.tsv");

/// A line: what it goes by, its key, gold's class.
fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    })
}

/// Gold's class of an actor; `None` where gold has none or would say unknown.
pub(super) fn actor(actor: &ActorRef) -> Option<&'static str> {
    let country = actor.country.as_ref().map_or("-", |c| c.as_str());
    let side = match actor.kind {
        ActorKind::Coalition => "coalition",
        ActorKind::UnidentifiedArmed => return None,
        kind if kind.is_state_side() => "state",
        kind if kind.is_armed_group() => "armed",
        _ => "",
    };
    let side = format!("{side} {country}");
    let fits = |(by, key, _): &(&str, &str, &str)| match *by {
        "id" => *key == actor.id.as_str(),
        _ => *key == side,
    };
    lines(ACTORS).find(fits).map(|(_, _, class)| class).filter(|class| *class != UNKNOWN)
}

/// Gold's cause of death of a claim of the type `type_id` that rests on `words`.
pub(super) fn cause(type_id: &str, words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let fits = |(by, key, _): &(&str, &str, &str)| match *by {
        "words" => words.contains(key),
        _ => *key == type_id,
    };
    lines(CAUSES).find(fits).map(|(_, _, class)| class)
}

#[cfg(test)]
mod tests {
    use averment_types::{ActorId, CountryCode};

    use super::*;

    fn of(id: &str, kind: ActorKind, country: Option<&str>) -> Option<&'static str> {
        let country = country.map(|c| CountryCode::parse(c).unwrap());
        actor(&ActorRef { id: ActorId::new(id), name: id.to_owned(), kind, country })
    }

    #[test]
    fn an_actor_goes_by_its_id_first_and_then_by_its_side() {
        let kurds = Some("self administration forces");
        assert_eq!(of("sdf", ActorKind::ArmedGroup, Some("SY")), kurds);
        let rebels = Some("armed opposition groups");
        assert_eq!(of("some-brigade", ActorKind::ArmedGroup, Some("SY")), rebels);
        let state = Some("syrian government or russian troops");
        assert_eq!(of("generic:military:RU", ActorKind::Military, Some("RU")), state);
        assert_eq!(of("generic:military", ActorKind::Military, None), state);
        assert_eq!(of("generic:gunmen", ActorKind::UnidentifiedArmed, None), None);
        assert_eq!(of("generic:military:TR", ActorKind::Military, Some("TR")), None);
    }

    #[test]
    fn gas_goes_before_the_type_and_a_bare_killing_has_no_cause() {
        assert_eq!(cause("air_strike", "Jets dropped sarin."), Some("chemical and toxic gases"));
        assert_eq!(cause("air_strike", "Jets dropped bombs."), Some("shelling"));
        assert_eq!(cause("killing", "Ten were killed."), None);
    }
}
