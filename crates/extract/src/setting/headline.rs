//! Time and place of what a headline tells, from the lead that tells it again, and from what the headline tells beside it.

use averment_types::{ClaimContent, ClaimKind, PlaceValue, ZoneKind};

use super::label::bears;
use super::retold::{may_bear, shares_people};
use super::scene::{
    is_other_day, is_told, is_wide, is_within, lie_apart, may_be_one, names_when, narrow_all,
};
use super::{Taken, take_setting};

/// How far behind the headline its event is told again, in bytes: about three sentences of news.
const LEAD: usize = 600;

const BESIDE: &str = "taken over from what the headline tells beside it";
const REASON: &str = "taken over from the lead, which tells what the headline does";

/// Whether `town` bears the name of its division, and `other` is that division or another place in it.
fn is_its_division(town: &PlaceValue, other: &PlaceValue) -> bool {
    bears(town)
        && town.admin1 == other.admin1
        && town.country == other.country
        && town.gazetteer_id != other.gazetteer_id
}

/// Whether both are acts of one class.
fn is_kin(one: &ClaimContent, other: &ClaimContent) -> bool {
    let classes = one.projections.acled.as_ref().zip(other.projections.acled.as_ref());
    classes.is_some_and(|(one, other)| one.event_type == other.event_type)
}

/// Gives the `titles` that still lack a time or place those of the others, or of the first act that the lead tells.
fn complete_beside(titles: &mut [ClaimContent], body: &[ClaimContent]) {
    let Some(from) = titles.first().map(|title| title.evidence.first().range().end()) else {
        return;
    };
    let lead = body.iter().take_while(|c| c.evidence.first().range().start() <= from + LEAD);
    let lead: Vec<&ClaimContent> = lead.filter(|c| may_bear(c)).collect();
    let beside: Vec<ClaimContent> = titles.iter().filter(|c| may_bear(c)).cloned().collect();
    let fuller = |title: &ClaimContent, c: &ClaimContent| {
        (title.place.is_none() && c.place.is_some() || !names_when(title) && names_when(c))
            && c.trigger != title.trigger
            && is_kin(title, c)
            && may_be_one(title, c)
    };
    for title in titles.iter_mut().filter(|c| may_bear(c)) {
        if let Some(told) = beside.iter().find(|c| fuller(title, c)) {
            take_setting(title, told, BESIDE, Taken::Both);
        }
        let again = |c: &&&ClaimContent| fuller(title, c) && shares_people(title, c);
        if let Some(told) = lead.iter().find(again) {
            take_setting(title, told, REASON, Taken::Both);
        }
    }
}

/// Completes the claims of headlines, which are the first of a report's `claims`.
pub(crate) fn complete(claims: &mut [ClaimContent]) {
    let headline = |claim: &ClaimContent| claim.evidence.first().zone() == ZoneKind::Headline;
    let count = claims.iter().take_while(|claim| headline(claim)).count();
    let mut narrower: Vec<(PlaceValue, PlaceValue)> = Vec::new();
    let (titles, body) = claims.split_at_mut(count);
    for title in titles.iter_mut().filter(|c| c.kind == ClaimKind::Event && is_told(c)) {
        let from = title.evidence.first().range().end();
        let lead = body.iter().take_while(|c| c.evidence.first().range().start() <= from + LEAD);
        let mut again = lead.filter(|c| c.type_id == title.type_id && is_told(c));
        let Some(told) = again.next().filter(|told| !is_other_day(title, told)) else { continue };
        // "posts in *Kandahar*", of which the lead says that it is the province.
        let places = title.place.as_ref().zip(told.place.as_ref());
        if places.is_some_and(|(town, other)| is_its_division(town, other)) {
            title.place = None;
        }
        let places = title.place.as_ref().zip(told.place.as_ref());
        if !places.is_some_and(|(a, b)| lie_apart(a, b)) {
            if let Some((wide, place)) = places.filter(|(a, b)| is_wide(a) && is_within(b, a)) {
                narrower.push((wide.clone(), place.clone()));
            }
            take_setting(title, told, REASON, Taken::Both);
        }
    }
    complete_beside(titles, body);
    for (wide, place) in narrower {
        narrow_all(claims, &wide, &place);
    }
}
