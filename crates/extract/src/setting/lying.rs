//! Where a place lies whose name no gazetteer has: a village, a quarter, a building.
//!
//! Owns the country and division that such a place takes from what is told around it; each says so in its reasons. Refuses a point.

use averment_place::PlaceMention;
use averment_types::{ClaimContent, CountryCode, PlaceKind, PlaceValue, TextRange};

use super::scene::{REACH, Scene, may_hold};

/// So many claims back a name is looked for that was placed before.
const BACK: usize = 1_000;

impl Scene<'_> {
    /// A name that no gazetteer has is taken to lie where the report was before.
    pub(super) fn lie_in_scene(&self, later: &mut ClaimContent) {
        let Some(open) = later.place.as_mut().filter(|place| is_unplaced(place)) else { return };
        // Where the same name was placed before, and what the sentence itself names, come first.
        let all = self.earlier.iter().rev().take(BACK).filter_map(|c| c.place.as_ref());
        let same = all.filter(|place| place.name == open.name && place.admin1.is_some()).take(1);
        let own = open.span;
        let here = self.named_in(self.view.sentence.range).filter(|p| p.span != own && may_hold(p));
        let here = here.map(|p| &p.value).filter(|p| p.admin1.is_some() && p.name != open.name);
        let label = self.label.and_then(|label| label.place.as_ref());
        let label = label.filter(|p| p.name != open.name);
        let known =
            same.chain(here).chain(label).chain(self.before().filter_map(|c| c.place.as_ref()));
        let from = open.span.start().saturating_sub(REACH);
        let named = TextRange::new(from, open.span.start()).ok();
        let named: Vec<&PlaceMention> =
            named.into_iter().flat_map(|range| self.named_in(range)).collect();
        let nearest = |held: fn(&PlaceMention) -> bool| {
            let named: Vec<&PlaceMention> =
                named.iter().rev().copied().filter(|p| held(p)).collect();
            named.into_iter().map(|place| &place.value)
        };
        // "*Kano* police said" tells where the tale plays too, where nothing else does.
        let around: Vec<&PlaceValue> =
            known.chain(nearest(may_hold)).chain(nearest(|p| !may_hold(p))).collect();
        // From a capital the whole country is written about.
        let far = |p: &PlaceValue| {
            self.from_capital && self.dateline.is_some_and(|line| line.name == p.name)
        };
        let divided =
            around.iter().filter(|p| !far(p)).find(|p| p.country.is_some() && p.admin1.is_some());
        let within = around.iter().find(|p| p.country.is_some());
        let Some(around) = divided.or(within).copied() else { return };
        let reason = format!(
            "weak: taken to lie where {} does, of which the report told before",
            around.name
        );
        lie_where(open, around, reason);
        if far(around) && open.kind != PlaceKind::Admin1 {
            open.admin1 = None;
        }
    }
}

/// Places named before anything was told, in a headline above all, lie where the next claims do that say it; the others in the one country
/// of the report's claims.
pub(crate) fn lie_in_report(claims: &mut [ClaimContent]) {
    let known = |place: &&PlaceValue| place.country.is_some() && place.admin1.is_some();
    let mut countries: Vec<&CountryCode> =
        claims.iter().filter_map(|c| c.place.as_ref()?.country.as_ref()).collect();
    countries.sort_unstable();
    countries.dedup();
    let only = if let [only] = countries.as_slice() { Some((*only).clone()) } else { None };
    for at in 0..claims.len() {
        let Some((claim, behind)) = claims.get_mut(at..).and_then(<[_]>::split_first_mut) else {
            return;
        };
        let Some(open) = claim.place.as_mut().filter(|place| is_unplaced(place)) else { continue };
        let until = open.span.end() + REACH;
        let near = behind.iter().take_while(|c| c.trigger.start() < until);
        if let Some(next) = near.filter_map(|c| c.place.as_ref()).find(known) {
            let reason = format!(
                "weak: taken to lie where {} does, of which the report tells next",
                next.name
            );
            lie_where(open, next, reason);
        } else if let Some(only) = &only {
            open.country = Some(only.clone());
            open.countries = vec![only.clone()];
            open.candidates.clear();
            open.reasons
                .push("weak: taken to lie in the one country of the report's claims".to_owned());
        }
    }
}

/// Gives `value` the country and division of `holder`, for a `reason`.
pub(super) fn lie_where(value: &mut PlaceValue, holder: &PlaceValue, reason: String) {
    value.country.clone_from(&holder.country);
    value.countries.clone_from(&holder.countries);
    value.candidates.clear();
    if value.kind != PlaceKind::Admin1 {
        value.admin1.clone_from(&holder.admin1);
    }
    value.reasons.push(reason);
}

/// Whether it is a town, district, building or the like of which no more is known than its name.
fn is_unplaced(place: &PlaceValue) -> bool {
    use PlaceKind::{Admin1, Admin2, Facility, Natural, Settlement};
    let bounded = matches!(place.kind, Settlement | Admin1 | Admin2 | Facility | Natural);
    // A river that several countries share is told of in one of them.
    let open = place.gazetteer_id.is_none() || place.kind == Natural;
    bounded && place.country.is_none() && open
}

#[cfg(test)]
mod tests {
    use averment_types::WherePrec;

    use super::*;

    #[test]
    fn a_sea_lies_in_no_country_that_was_told_of() {
        let span = TextRange::new(0, 7).unwrap();
        let open = |kind| PlaceValue::named("Red Sea", kind, WherePrec::SeaOrAir, "Red Sea", span);
        assert!(!is_unplaced(&open(PlaceKind::Water)));
        assert!(!is_unplaced(&open(PlaceKind::Region)));
        assert!(is_unplaced(&open(PlaceKind::Settlement)));
    }
}
