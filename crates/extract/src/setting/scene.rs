//! Time and place that a sentence leaves out, taken over from what was told before.
//!
//! Owns three ways, from strong to weak: an event that is spoken of again ("the blast killed two"), a sentence that goes on with the same scene, and, for the place of
//! what a report opens with, its dateline. The weaker two are for bodily acts told in a clause of their own: words and treaties need no place, and who "was
//! accused of helping to fight" did so elsewhere. What was taken over is not handed on. Refuses the day of publication. Each says so in its reasons.

use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{
    ClaimContent, ClaimKind, GapField, PlaceValue, Polarity, TextRange, TimeValue,
};

use crate::view::View;

/// How far back a definite noun may point, in bytes: about five sentences of news.
pub(crate) const REACH: usize = 800;
/// How far a scene goes on without a word that says so: to the next sentence.
const NEXT: usize = 40;

/// What stands before the sentence at hand.
pub(crate) struct Scene<'s> {
    pub(crate) view: &'s View<'s>,
    /// The claims so far.
    pub(crate) earlier: &'s [ClaimContent],
    pub(crate) places: &'s [PlaceMention],
    /// The place of the dateline.
    pub(crate) dateline: Option<&'s PlaceValue>,
}

impl Scene<'_> {
    /// Fills in time and place of `later`. `spoken_again` are the words that refer to an event told before; `goes_on` says whether it may be the next
    /// thing that happened in the scene.
    pub(crate) fn complete(
        &self,
        later: &mut ClaimContent,
        spoken_again: Option<&str>,
        goes_on: bool,
    ) {
        if later.kind != ClaimKind::Event || !is_told(later) {
            return;
        }
        if let Some(words) = spoken_again
            && let Some(earlier) = self
                .before(REACH)
                .find(|c| !is_other_day(later, c) && !is_elsewhere_since(self.view, self.places, c))
        {
            let reason =
                format!("taken over from what was told before, to which “{words}” refers back");
            take_over(later, earlier, &reason, true);
        }
        if later.place.is_none() && goes_on && !self.names_place(self.view.sentence.range) {
            self.carry_on(later);
        }
        if later.place.is_none() && goes_on {
            self.take_dateline(later);
        }
    }

    /// The events told before, the last first, whose sentences end within `reach` bytes.
    fn before(&self, reach: usize) -> impl Iterator<Item = &ClaimContent> {
        let start = self.view.sentence.range.start();
        let near = move |c: &&ClaimContent| {
            let told = c.evidence.first().range();
            told.end() <= start && start - told.end() <= reach
        };
        let events = self.earlier.iter().rev().filter(|c| c.kind == ClaimKind::Event && is_told(c));
        events.filter(near)
    }

    /// The sentence before told of an event at a place, and no other place was named since.
    fn carry_on(&self, later: &mut ClaimContent) {
        let Some(earlier) =
            self.before(NEXT).find(|c| names_its_place(c) && !is_other_day(later, c))
        else {
            return;
        };
        let known = earlier.place.as_ref().map(|place| place.span);
        let told = earlier.evidence.first().range();
        let since = known.and_then(|at| TextRange::new(at.end(), told.end()).ok());
        if since.is_some_and(|since| self.names_place(since)) {
            return;
        }
        let reason =
            "taken over from the sentence before: the tale goes on and no other place is named";
        take_over(later, earlier, reason, false);
    }

    /// A report's first events may lie where it was written, if it has named no place yet.
    fn take_dateline(&self, later: &mut ClaimContent) {
        let Some(place) = self.dateline else { return };
        let until = self.view.sentence.range.end();
        let so_far = TextRange::new(place.span.end(), until.max(place.span.end()));
        if so_far.is_ok_and(|range| self.names_place(range)) {
            return;
        }
        let mut place = place.clone();
        place.reasons.push(
            "weak: the place of the dateline, where the report was written; it names no other before".to_owned(),
        );
        later.place = Some(place);
        later.gaps.retain(|gap| gap.field != GapField::Place);
    }

    /// Whether a place where something may happen is named in `range`.
    fn names_place(&self, range: TextRange) -> bool {
        let from = self.places.partition_point(|p| p.span.start() < range.start());
        let within = self.places.iter().skip(from).take_while(|p| p.span.end() <= range.end());
        within.into_iter().any(|p| matches!(p.usage, PlaceUsage::Locative | PlaceUsage::Bare))
    }
}

/// Whether the tale has moved on from where `earlier` happened: a sentence between it and the one at hand opens with another place.
pub(crate) fn is_elsewhere_since(
    view: &View<'_>,
    places: &[PlaceMention],
    earlier: &ClaimContent,
) -> bool {
    let Some(known) = &earlier.place else { return false };
    let told = earlier.evidence.first().range();
    let from = places.partition_point(|p| p.span.start() < told.end());
    let since = places.iter().skip(from);
    let until = view.sentence.range.end();
    since.take_while(|p| p.span.end() <= until).any(|place| {
        let before = view.text.get(..place.span.start()).unwrap_or_default().trim_end();
        let opens = before.ends_with("In") || before.ends_with("At") || before.ends_with("Near");
        opens && place.usage == PlaceUsage::Locative && place.value.name != known.name
    })
}

/// Whether a claim says that something happened.
fn is_told(claim: &ClaimContent) -> bool {
    claim.modality.is_actual() && claim.polarity == Polarity::Affirmed
}

/// Whether the place of `claim` is named in its own sentence.
fn names_its_place(claim: &ClaimContent) -> bool {
    let told = claim.evidence.first().range();
    claim.place.as_ref().is_some_and(|place| told.contains(place.span))
}

/// Whether both claims have times and these are not one.
fn is_other_day(later: &ClaimContent, earlier: &ClaimContent) -> bool {
    let days = |time: &Option<TimeValue>| time.as_ref().map(|time| time.interval);
    days(&later.time).zip(days(&earlier.time)).is_some_and(|(a, b)| !a.overlaps(b))
}

/// Takes the place, and with `time_too` the time, of `earlier` where `later` has none.
pub(crate) fn take_over(
    later: &mut ClaimContent,
    earlier: &ClaimContent,
    reason: &str,
    time_too: bool,
) {
    let mut taken = false;
    if later.time.is_none()
        && let Some(mut time) = earlier.time.clone().filter(|_| time_too)
    {
        time.reasons.push(reason.to_owned());
        later.time = Some(time);
        later.gaps.retain(|gap| gap.field != GapField::Time);
        taken = true;
    }
    if later.place.is_none()
        && let Some(mut place) = earlier.place.clone()
    {
        place.reasons.push(reason.to_owned());
        later.place = Some(place);
        later.gaps.retain(|gap| gap.field != GapField::Place);
        taken = true;
    }
    if taken && later.evidence.first() != earlier.evidence.first() {
        later.evidence = later.evidence.clone().and(earlier.evidence.first().clone());
    }
}
