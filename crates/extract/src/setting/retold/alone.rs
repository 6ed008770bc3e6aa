//! The one place that a report tells of, for what stands before it: "*Nine people were killed* on Monday, police said. [...] The gunmen
//! had come to *Kouma* at dawn."
//!
//! Owns when a report tells of one place, and which events before it share that. Refuses reports of several places, what stands under
//! labels or in lists, and what is told in other tenses than a tale's.

use averment_lang::Sentence;
use averment_place::PlaceUsage;
use averment_types::{ClaimContent, PlaceValue, TextRange, ZoneKind};

use super::super::Taken;
use super::super::covered::line_around;
use super::super::scene::{is_wide, is_within, take_setting};
use super::behind::{Behind, is_frame, position};
use super::{Wanting, may_bear, number};

const ONE_PLACE: &str = "taken over as the one place of which the report tells, behind it";

impl Behind<'_> {
    /// Gives the one place to those `claims` before it that were `wanting` and still lack it.
    pub(crate) fn tell_one_place(&self, claims: &mut [ClaimContent], wanting: &[Wanting]) {
        let Some(from) = self.one_place(claims).filter(|_| self.labels.is_empty()).cloned() else {
            return;
        };
        let Some(told) = from.place.as_ref().map(|place| place.span.start()) else { return };
        let asked = |lack: &&Wanting| !lack.asks.is_time() && lack.manner.is_of_the_tale();
        for lack in wanting.iter().filter(asked).filter(|lack| self.ends_before(lack, told)) {
            let at = position(claims, lack, |c| c.place.is_none() && may_bear(c));
            let claim = at.and_then(|at| claims.get_mut(at));
            if let Some(claim) = claim.filter(|claim| self.is_tale(claim.trigger)) {
                take_setting(claim, &from, ONE_PLACE, Taken::Place);
            }
        }
    }

    /// Whether the sentence of what was wanting ends before the byte `told`.
    fn ends_before(&self, lack: &Wanting, told: usize) -> bool {
        let sentence = self.sentences.get(number(self.sentences, lack.trigger.start()));
        sentence.is_some_and(|sentence| sentence.range.end() <= told)
    }

    /// The first claim at the one place where what the report tells happened, all others being wider ones around it.
    fn one_place<'c>(&self, claims: &'c [ClaimContent]) -> Option<&'c ClaimContent> {
        let mut placed = claims.iter().filter(|c| may_bear(c) && c.place.is_some());
        let rough = |place: &PlaceValue| is_wide(place) || is_frame(place, self.sentences);
        let found = placed.clone().find(|c| c.place.as_ref().is_some_and(|place| !rough(place)))?;
        let place = found.place.as_ref()?;
        let fits = |other: &PlaceValue| {
            other.name == place.name || is_within(place, other) || is_frame(other, self.sentences)
        };
        placed.all(|c| c.place.as_ref().is_none_or(fits)).then_some(found)
    }

    /// Whether a trigger stands in a paragraph of a tale, whose sentence says of nothing else that it is there.
    fn is_tale(&self, trigger: TextRange) -> bool {
        let sentence = self.sentences.get(number(self.sentences, trigger.start()));
        let Some(Sentence { range, zone, .. }) = sentence else { return false };
        let from = self.places.partition_point(|p| p.span.start() < range.start());
        let mut own = self.places.iter().skip(from).take_while(|p| p.span.end() <= range.end());
        let paragraph = line_around(self.text, *range).slice(self.text).unwrap_or_default();
        let listed = *zone != ZoneKind::Headline && is_item(paragraph.trim_start());
        !listed && !own.any(|place| place.usage == PlaceUsage::Locative)
    }
}

/// Whether a paragraph is one of a list: "3. Two men were held", "- Gunmen killed".
fn is_item(paragraph: &str) -> bool {
    let first = paragraph.split_whitespace().next().unwrap_or_default();
    let counted = first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(['.', ')']);
    counted || paragraph.starts_with(['-', '–', '—', '•', '*'])
}
