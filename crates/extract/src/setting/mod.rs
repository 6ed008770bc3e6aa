//! When and where: which of a report's times and places belong to a trigger.
//!
//! Both are chosen over the tree of the trigger's sentence: what tells when and where something was said, and
//! what is never an event's, is out ([`bond`]); of the rest the likeliest time and place are taken by two small rankers ([`time`],
//! [`place`], [`features`], [`ranker`]), which listen to the reader too.
//! What the sentence leaves out, [`scene`] takes over from what is told around it, weighed in [`retold`]; where an unknown village lies is
//! [`lying`]'s. The day of publication never stands in.

mod again;
mod bond;
mod covered;
mod features;
pub(crate) mod headline;
mod label;
mod locals;
mod lying;
mod nested;
mod opening;
pub(crate) mod place;
mod ranker;
mod reckoned;
mod referred;
mod retold;
mod scene;
mod several;
mod side;
mod stamp;
pub(crate) mod time;
mod unlisted;

use std::ops::Range;

use averment_lang::{Dep, Pos, Told};
use averment_place::PlaceMention;
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{Gap, GapField, GapState, PlaceKind, PlaceValue, TextRange, TimeValue};

pub(crate) use again::Retelling;
pub(crate) use covered::date_covered;
pub(crate) use label::{Label, labels, over, unspeak};
pub(crate) use locals::live_there;
pub(crate) use lying::lie_in_report;
pub(crate) use ranker::Rankers;
pub(crate) use reckoned::{behind_count, reckon};
pub(crate) use referred::{Refers, referred};
pub(crate) use retold::Behind;
pub use retold::{Asks, RetoldOption, Wanting};
pub(crate) use scene::{
    GoesOn, REACH, Scene, Taken, Tale, is_elsewhere_since, is_told, may_be_one, share_in_sentence,
    take_setting,
};
pub(crate) use several::put;
pub(crate) use stamp::date_entries;
pub(crate) use unlisted::{is_place_name, unlisted};

use crate::subject::subject;
use crate::view::View;

/// Why a place is an event's that was hit, or where those live whom it harmed.
const HIT: &str = "it is what was hit, or where those live who were harmed";

/// The time and place of one event, and why one is missing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    pub(crate) time: Option<TimeValue>,
    pub(crate) place: Option<PlaceValue>,
    /// Further places of the same list: "in Kenya and *Mozambique*".
    pub(crate) more_places: Vec<PlaceValue>,
    pub(crate) gaps: Vec<Gap>,
    /// Whether the time is a set: "every Friday".
    pub(crate) repeated: bool,
}

impl Setting {
    /// What opens the sentence holds for all that it tells.
    fn open_with(&mut self, view: &View<'_>, asked: &Asked<'_>, offered: &Offered<'_>) {
        const OPENS: &str = "it opens the sentence, and holds for all that this tells";
        let unknown = |gap: &Gap| gap.field == GapField::Time && gap.state == GapState::Unknown;
        if self.time.is_none() && !self.gaps.iter().any(unknown) {
            let is_day = |t: &&TimeMention| t.kind == TimeMentionKind::Date && t.side.is_none();
            let mut dates = offered.times.iter().filter(is_day);
            if let Some(mention) = dates.find(|t| opening::holds(view, asked, t.span)) {
                self.gaps.retain(|gap| gap.field != GapField::Time);
                self.time.clone_from(&mention.value);
                match &mut self.time {
                    Some(value) => value.reasons.push(OPENS.to_owned()),
                    None => self.gaps.push(open(view, mention)),
                }
            }
        }
        if self.place.is_none() {
            let mut places = offered.places.iter().chain(offered.unlisted);
            let stands = |p: &&PlaceMention| p.value.kind != PlaceKind::Country;
            let found = places.find(|p| stands(p) && opening::holds(view, asked, p.span));
            if let Some(place) = found.filter(|p| place::may_hold_events(view, p)) {
                let mut value = place.value.clone();
                value.reasons.push(OPENS.to_owned());
                self.place = Some(value);
                self.gaps.retain(|gap| gap.field != GapField::Place);
            }
        }
    }

    /// Where no place is stated, what was hit says where it was, if that is a place: "*Douma* was shelled", and so does what has seen it:
    /// "*Goma* has seen fighting". A whole country is none.
    fn lie_in(
        &mut self,
        view: &View<'_>,
        mut phrases: impl Iterator<Item = usize>,
        offered: &Offered<'_>,
        reason: &str,
    ) {
        if self.place.is_some() {
            return;
        }
        let places = || offered.places.iter().chain(offered.unlisted).chain(offered.referred);
        let place = |phrase: usize| {
            let noun = view.phrases.get(phrase)?.head;
            let head = view.tokens.get(noun)?.range;
            let wide = |p: &&PlaceMention| p.value.kind == PlaceKind::Country;
            let named = |p: &&PlaceMention| p.span.overlaps(head) && !wide(p);
            // "districts *of Benghazi*"
            let within = |p: &&PlaceMention| {
                lies_under(view, p.span, noun) && !wide(p) && place::may_hold_events(view, p)
            };
            let mention = places().find(named);
            let mention = mention.or_else(|| places().filter(within).min_by_key(|p| p.span))?;
            Some(mention.value.clone())
        };
        self.place = phrases.find_map(place);
        if let Some(place) = &mut self.place {
            place.reasons.push(reason.to_owned());
            self.gaps.retain(|gap| gap.field != GapField::Place);
        }
    }
}

/// The event whose setting is asked for.
pub(crate) struct Asked<'s> {
    /// The tokens that time and place may hang on: the trigger's head, then the verb that supports it.
    pub(crate) anchors: &'s [usize],
    /// The type of the event, where it is known.
    pub(crate) kind: Option<&'s str>,
    /// Relations and statuses hold beyond the event told around them: nothing of other clauses counts.
    pub(crate) own_clause: bool,
    /// The verb by which somebody judges the event: when and where he does so says nothing of it.
    pub(crate) judged: Option<usize>,
    /// The verb that says who has seen the event.
    pub(crate) sees: Option<usize>,
    /// What the reader tells of at the trigger.
    pub(crate) told: Option<&'s Told>,
    /// What tells of somebody's saying: when and where it was said, not when and where it happened.
    pub(crate) speech: &'s [Range<usize>],
}

impl Asked<'_> {
    /// Whether an expression at `span` may be the event's: it stands in the sentence, and not in what
    /// tells of a saying.
    fn may_be(&self, view: &View<'_>, span: TextRange) -> bool {
        if !view.sentence.range.contains(span) {
            return false;
        }
        let at = view.tokens.iter().position(|t| t.range.overlaps(span));
        let judging = |at: usize| {
            let within = |at: usize| view.tokens.get(at).is_some_and(|t| t.range.overlaps(span));
            let governor = view.tree.upward(at).find(|up| !within(*up));
            self.judged.is_some() && governor == self.judged
        };
        at.is_some_and(|at| !self.speech.iter().any(|s| s.contains(&at)) && !judging(at))
    }
}

/// What a report offers for settings.
pub(crate) struct Offered<'m> {
    pub(crate) times: &'m [TimeMention],
    pub(crate) places: &'m [PlaceMention],
    /// Names that the reader alone takes for places.
    pub(crate) unlisted: &'m [PlaceMention],
    /// Places that are spoken of again without their names.
    pub(crate) referred: &'m [PlaceMention],
    pub(crate) rankers: &'m Rankers,
}

/// The setting of an event by its own sentence; `hit` are the phrases of what was hit.
pub(crate) fn of(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'_>,
    hit: impl Iterator<Item = usize>,
) -> Setting {
    let mut setting = Setting::default();
    let trigger = asked.anchors.first().copied().unwrap_or_default();
    // "arrived from the *besieged* cities": what a noun is by now has no time or place of the sentence's.
    if view.tree.dep(trigger) == Dep::Amod && view.pos(trigger) != Pos::Noun {
        setting.gaps.push(gap(GapField::Time, GapState::NotStated, &[]));
        setting.gaps.push(no_place());
        setting.lie_in(view, hit, offered, HIT);
        return setting;
    }
    let mut times = offered.times.iter().filter(|t| asked.may_be(view, t.span));
    setting.repeated = times.any(|t| {
        let here = view.clause_of_range(t.span) == Some(view.clause(trigger));
        t.kind == TimeMentionKind::Set && here && is_adverbial(view, t.span)
    });
    let times = time::rank(view, asked, offered);
    let places = place::rank(view, asked, offered);
    match time::choose(&times, asked, offered) {
        _ if let Some(value) = time::since_when(view, asked, offered) => setting.time = Some(value),
        Some((mention, reason)) => {
            setting.time.clone_from(&mention.value);
            if let Some(value) = &mut setting.time {
                value.reasons.push(reason);
                if let Some(longer) = time::lasted(view, value, offered) {
                    *value = longer;
                }
            } else {
                setting.gaps.push(open(view, mention));
            }
        }
        None if let Some(value) = time::since(view, asked, offered) => setting.time = Some(value),
        None => setting.gaps.push(match time::lasting(view, asked, offered) {
            Some(mention) => open(view, mention),
            None => gap(GapField::Time, GapState::NotStated, &[]),
        }),
    }
    match place::choose(view, &places, asked, offered) {
        Some(chosen) => {
            setting.more_places = several::listed(view, chosen.mention, offered);
            setting.place = Some(chosen.value);
        }
        None => setting.gaps.push(no_place()),
    }
    setting.open_with(view, asked, offered);
    if setting.place.is_none() {
        setting.place = locals::told_by(view, asked, offered);
        if setting.place.is_some() {
            setting.gaps.retain(|gap| gap.field != GapField::Place);
        }
    }
    let scene = asked.sees.into_iter().flat_map(|verb| subject(view, verb).phrases);
    setting.lie_in(view, scene, offered, "it is what the place has seen");
    setting.lie_in(view, hit, offered, HIT);
    setting
}

/// Whether the words at `span` say more of the noun at token `noun`: "districts *of Benghazi*", "part *of the city*".
fn lies_under(view: &View<'_>, span: TextRange, noun: usize) -> bool {
    let last = view.tokens.iter().rposition(|token| token.range.overlaps(span));
    let mut way = last.into_iter().flat_map(|last| view.tree.upward(last));
    let inner = |at: &usize| {
        matches!(view.tree.dep(*at), Dep::Nmod | Dep::Compound | Dep::Flat | Dep::Appos | Dep::Amod)
    };
    last != Some(noun) && way.find(|at| *at == noun || !inner(at)) == Some(noun)
}

/// Whether a time expression stands by itself: "every week", and not "the weekly market".
fn is_adverbial(view: &View<'_>, span: TextRange) -> bool {
    let last = view.tokens.iter().rposition(|t| t.range.overlaps(span));
    let phrase = last.and_then(|at| view.phrase_of(at)).and_then(|p| view.phrases.get(p));
    phrase.is_none_or(|p| last.is_some_and(|at| at + 1 >= p.tokens.end))
}

/// That no place is stated.
pub(crate) fn no_place() -> Gap {
    gap(GapField::Place, GapState::NotStated, &[])
}

/// That a time is stated, in words that nobody can date.
fn open(view: &View<'_>, mention: &TimeMention) -> Gap {
    open_at(view.text, mention)
}

fn open_at(text: &str, mention: &TimeMention) -> Gap {
    let words = mention.span.slice(text).unwrap_or_default();
    let mut reasons = vec![format!("in the words “{words}”")];
    reasons.extend(mention.reasons.iter().cloned());
    gap(GapField::Time, GapState::Unknown, &reasons)
}

fn gap(field: GapField, state: GapState, reasons: &[String]) -> Gap {
    let what = match field {
        GapField::Time => "no time",
        _ => "no place",
    };
    let reason = if reasons.is_empty() {
        format!("{what} is stated with the event")
    } else {
        reasons.join("; ")
    };
    Gap { field, state, reason }
}
