//! What other codebooks call an event that is only spoken of: planned, demanded, threatened.
//!
//! PLOVER and CAMEO code the speaking: who threatens with an attack is THREATEN, who calls for a withdrawal
//! REQUEST, who will give aid AGREE (CAMEO's 03, express intent to cooperate), who will not REJECT (12). A type's own projection is of the deed.

use averment_types::{Modality, PloverProjection, Polarity, Projections};

/// PLOVER's cooperative types: who intends one of these agrees, who intends another does not yet threaten.
const COOPERATIVE: [&str; 6] = ["CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"];

/// The projections of a claim whose type has `projections`, said with `polarity` and `modality`.
///
/// ACLED and UCDP count deeds alone and are left as they are. What is denied, merely possible or has not happened has no other
/// code in CAMEO or PLOVER and keeps that of the deed.
#[must_use]
pub fn as_said(projections: &Projections, polarity: Polarity, modality: Modality) -> Projections {
    let mut said = projections.clone();
    let plover = said.plover.as_ref().map(|p| p.event_type.as_str());
    let cooperative = plover.is_some_and(|class| COOPERATIVE.contains(&class));
    let ahead = cooperative
        && matches!(modality, Modality::Planned | Modality::Predicted | Modality::Wished);
    let other = match (polarity, modality) {
        (Polarity::Affirmed, Modality::Threatened) => Some(("THREATEN", "130")),
        (Polarity::Affirmed, Modality::Urged) => Some(("REQUEST", "100")),
        (Polarity::Affirmed, _) if ahead => Some(("AGREE", "030")),
        (Polarity::Negated, _) if ahead => Some(("REJECT", "120")),
        _ => None,
    };
    let Some((class, cameo)) = other else { return said };
    said.plover = said.plover.map(|deed| PloverProjection {
        event_type: class.to_owned(),
        mode: None,
        contexts: deed.contexts,
    });
    said.cameo = said.cameo.map(|_| cameo.to_owned());
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(class: &str, modality: Modality, polarity: Polarity) -> (String, String) {
        let plover =
            PloverProjection { event_type: class.to_owned(), ..PloverProjection::default() };
        let deed = Projections {
            plover: Some(plover),
            cameo: Some("190".to_owned()),
            ..Projections::default()
        };
        let said = as_said(&deed, polarity, modality);
        (said.plover.unwrap_or_default().event_type, said.cameo.unwrap_or_default())
    }

    #[test]
    fn who_speaks_of_a_deed_is_coded_for_speaking() {
        let pair = |class: &str, code: &str| (class.to_owned(), code.to_owned());
        let affirmed = Polarity::Affirmed;
        assert_eq!(of("ASSAULT", Modality::Happened, affirmed), pair("ASSAULT", "190"));
        assert_eq!(of("ASSAULT", Modality::Threatened, affirmed), pair("THREATEN", "130"));
        assert_eq!(of("RETREAT", Modality::Urged, affirmed), pair("REQUEST", "100"));
        assert_eq!(of("AID", Modality::Predicted, affirmed), pair("AGREE", "030"));
        assert_eq!(of("AID", Modality::Planned, Polarity::Negated), pair("REJECT", "120"));
        assert_eq!(of("AID", Modality::Happened, Polarity::Negated), pair("AID", "190"));
        assert_eq!(of("ASSAULT", Modality::Predicted, affirmed), pair("ASSAULT", "190"));
        assert_eq!(of("ASSAULT", Modality::Threatened, Polarity::Denied), pair("ASSAULT", "190"));
        let none = as_said(&Projections::default(), affirmed, Modality::Urged);
        assert_eq!(none, Projections::default());
    }
}
