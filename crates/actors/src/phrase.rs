//! Noun phrases over units: determiners, numbers, modifiers, countries, then heads and names.

use averment_types::{ActorKind, TextRange};

use crate::Registry;
use crate::country::CountryForm;
use crate::draft::{Draft, Target};
use crate::lexicon::{Classes, Number};
use crate::sentence::{Sentence, Unit, What};
use crate::token::{Gap, Shape};
use crate::toward::Toward;

/// A reader of one sentence.
pub(crate) struct Phrases<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) at: usize,
}

/// What stands before the heads of a phrase.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations about one phrase")]
pub(crate) struct Before {
    definite: bool,
    determined: bool,
    number: Option<TextRange>,
    several: bool,
    countries: Vec<u32>,
    linked: Vec<(u32, u32)>,
    toward: Vec<Toward>,
    /// Behind "former" or "ex-".
    former: bool,
    pub(crate) titled: bool,
    filler: bool,
}

impl Phrases<'_> {
    /// The drafts of the sentence, in order, without overlap.
    pub(crate) fn read(&self) -> Vec<Draft> {
        let mut out: Vec<Draft> = Vec::new();
        let mut at = 0;
        while at < self.sentence.units.len() {
            match self.phrase(at) {
                Some(draft) => {
                    at = draft.units.1 + 1;
                    out.push(draft);
                }
                None => at += 1,
            }
        }
        out
    }

    pub(crate) fn unit(&self, at: usize) -> Option<&Unit> {
        self.sentence.units.get(at)
    }

    /// The unit at `at` when it may go on the phrase of the unit before it.
    pub(crate) fn joined(&self, at: usize, first: usize) -> Option<&Unit> {
        self.unit(at).filter(|u| at == first || self.sentence.gap(u).joins())
    }

    fn phrase(&self, first: usize) -> Option<Draft> {
        let mut before = Before::default();
        let mut at = first;
        while let Some(next) = self.before(at, first, &mut before) {
            at = next;
        }
        let cores = self.cores(at, first, &mut before);
        if cores.is_empty() {
            return self.people(first, at, &before);
        }
        self.draft(first, &cores, &before)
    }

    /// Takes one unit in front of the heads; `None` when the heads begin.
    fn before(&self, at: usize, first: usize, before: &mut Before) -> Option<usize> {
        let unit = self.joined(at, first)?;
        let classes = unit.classes;
        let range = self.sentence.range(unit.first, unit.last);
        match &unit.what {
            What::Country(country, form) if *form != CountryForm::People => {
                let inside = self.modifies(at, *form);
                // "*Iranian*-backed army units" are not Iran's.
                let leads = |link: &Unit| link.classes.has(Classes::LED);
                if inside && self.is_link(at + 1) && !self.unit(at + 1).is_some_and(leads) {
                    return Some(at + 2);
                }
                if inside {
                    before.countries.push(*country);
                }
                inside.then_some(at + 1)
            }
            What::Toward(toward) => {
                before.toward.push(toward.clone());
                before.determined = true;
                Some(at + 1)
            }
            What::Alias(names) if self.is_link(at + 1) && !before.titled => {
                before.linked.extend(names);
                Some(at + 2)
            }
            What::Word if self.is_quantity(at) || self.is_number(unit) => {
                if at > first && !before.determined {
                    return None;
                }
                before.number = Some(before.number.map_or(range, |n| n.cover(range)));
                before.several |= !range.slice(self.text).is_some_and(is_one);
                before.determined = true;
                Some(at + 1)
            }
            What::Word if classes.has(Classes::DEFINITE) => {
                let fresh = at == first || (before.determined && at == first + 1);
                let fresh = fresh && !self.conjunction(at);
                before.determined |= fresh;
                before.definite |= fresh;
                fresh.then_some(at + 1)
            }
            What::Word if classes.has(Classes::INDEFINITE) => {
                let fresh = at == first || (before.determined && at == first + 1);
                before.determined = true;
                fresh.then_some(at + 1)
            }
            What::Word if self.is_link(at) && !before.countries.is_empty() => Some(at + 1),
            What::Word if self.is_title(at) => {
                before.titled = true;
                Some(at + 1)
            }
            What::Word if classes.has(Classes::MODIFIER) => {
                let verb = classes.has(Classes::COMMON) && at > 0 && !before.determined;
                let words = self.sentence.text(self.text, unit);
                before.former |= ["ex", "former"].iter().any(|f| words.eq_ignore_ascii_case(f));
                (!verb).then_some(at + 1)
            }
            What::Word if self.joins_countries(at, before) => Some(at + 1),
            What::Word if before.determined && !before.filler && self.is_filler(at) => {
                before.filler = true;
                Some(at + 1)
            }
            _ => None,
        }
    }

    /// "that" before anything but a reference noun is no determiner: "said that police".
    fn conjunction(&self, at: usize) -> bool {
        let that = self
            .unit(at)
            .is_some_and(|u| self.sentence.text(self.text, u).eq_ignore_ascii_case("that"));
        let next = self.unit(at + 1).map(|u| &u.what);
        that && !matches!(next, Some(What::Reference(_, Number::Singular)))
    }

    /// Whether a country's word at `at` describes what follows.
    fn modifies(&self, at: usize, form: CountryForm) -> bool {
        let Some(next) = self.unit(at + 1).filter(|u| self.sentence.gap(u).joins()) else {
            return false;
        };
        if self.is_link(at + 1)
            || self.joins_countries(at + 1, &Before { countries: vec![0], ..Before::default() })
        {
            return true;
        }
        let head = matches!(
            next.what,
            What::Head(..)
                | What::Reference(..)
                | What::Alias(_)
                | What::Organisation(_)
                | What::Toward(_)
        );
        let describes = head
            || next.classes.has(Classes::MODIFIER.with(Classes::TITLE))
            || matches!(next.what, What::Country(..));
        match form {
            CountryForm::Adjective => describes || self.is_filler(at + 1),
            _ => self.unit(at).is_some_and(|u| self.sentence.possessive(u)) && describes || head,
        }
    }

    /// "-led", "-backed" behind a country or a name.
    fn is_link(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|u| {
            self.sentence.gap(u) == Gap::Hyphen && u.classes.has(Classes::LINKED.with(Classes::LED))
        })
    }

    pub(crate) fn is_number(&self, unit: &Unit) -> bool {
        let word = self.sentence.text(self.text, unit);
        let digits = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        (digits && !year && !word.is_empty()) || unit.classes.has(Classes::NUMBER)
    }

    /// "dozens of", or "about" and the like before a number.
    fn is_quantity(&self, at: usize) -> bool {
        let Some(unit) = self.unit(at).filter(|u| u.classes.has(Classes::QUANTITY)) else {
            return false;
        };
        let words = self.sentence.text(self.text, unit);
        let next = self.unit(at + 1).filter(|u| self.sentence.gap(u).joins());
        words.ends_with(" of") || words.contains("dozen") || next.is_some_and(|u| self.is_number(u))
    }

    /// A title in front of a name or another title.
    fn is_title(&self, at: usize) -> bool {
        let Some(unit) = self.unit(at).filter(|u| u.classes.has(Classes::TITLE)) else {
            return false;
        };
        let next = self
            .unit(at + 1)
            .filter(|u| matches!(self.sentence.gap(u), Gap::Space | Gap::Hyphen | Gap::Break));
        let next = next.filter(|u| self.sentence.gap(u) != Gap::Break || self.stop_only(unit, u));
        next.is_some_and(|u| match &u.what {
            What::Name => true,
            What::Alias(names) => self.is_person(names),
            _ => self.is_title(at + 1),
        })
    }

    /// "Gen. Keita": only a full stop and a blank between.
    fn stop_only(&self, unit: &Unit, next: &Unit) -> bool {
        let end = self.sentence.range(unit.first, unit.last).end();
        let start = self.sentence.range(next.first, next.last).start();
        self.text.get(end..start) == Some(". ")
            && end - self.sentence.range(unit.first, unit.last).start() < 6
    }

    fn is_person(&self, names: &[(u32, u32)]) -> bool {
        names.iter().any(|(actor, _)| {
            self.registry.actor_at(*actor).is_some_and(|a| a.kind == ActorKind::Person)
        })
    }

    fn joins_countries(&self, at: usize, before: &Before) -> bool {
        let and = self.unit(at).is_some_and(|u| self.sentence.text(self.text, u) == "and");
        let next = self
            .unit(at + 1)
            .is_some_and(|u| matches!(u.what, What::Country(_, CountryForm::Adjective)));
        and && next && !before.countries.is_empty() && self.modifies(at + 1, CountryForm::Adjective)
    }

    /// One unknown small word between a determiner and a head: "the beleaguered soldiers".
    fn is_filler(&self, at: usize) -> bool {
        let plain = self.unit(at).is_some_and(|u| {
            u.what == What::Word
                && !self.sentence.capital(u)
                && !u.classes.has(Classes::COMMON.with(Classes::SPEECH).with(Classes::DEFINITE))
                && self.sentence.gap(u).joins()
        });
        let next = self.unit(at + 1).filter(|u| self.sentence.gap(u).joins());
        let next = next.filter(|u| !self.sentence.capital(u));
        plain && next.is_some_and(|u| matches!(u.what, What::Head(..) | What::Reference(..)))
    }

    /// The heads and names that follow each other, as unit indexes.
    fn cores(&self, from: usize, first: usize, before: &mut Before) -> Vec<usize> {
        let mut cores: Vec<usize> = Vec::new();
        let mut at = from;
        while let Some(unit) = self.joined(at, first).or_else(|| self.titled_name(at, before)) {
            let last = cores.last().and_then(|c| self.unit(*c));
            if matches!(unit.what, What::Country(..) | What::Toward(_)) {
                break;
            }
            if unit.what == What::Word {
                if self.is_title(at) && cores.len() < 3 && !cores.iter().any(|c| self.is_name(*c)) {
                    before.titled = true;
                    at += 1;
                    continue;
                }
                break;
            }
            if !last.is_none_or(|last| self.follows(last, unit)) {
                break;
            }
            if matches!(unit.what, What::Head(..) | What::Alias(_)) && self.ends_before(at, &cores)
            {
                break;
            }
            cores.push(at);
            at += 1;
        }
        cores
    }

    /// A name behind "Gen. ".
    fn titled_name(&self, at: usize, before: &Before) -> Option<&Unit> {
        let previous = self.unit(at.checked_sub(1)?)?;
        let unit = self.unit(at)?;
        (before.titled && self.stop_only(previous, unit)).then_some(unit)
    }

    /// A name that is linked to what follows ("Boko Haram-linked") begins a phrase of its own.
    fn ends_before(&self, at: usize, cores: &[usize]) -> bool {
        !cores.is_empty() && self.is_link(at + 1)
    }

    fn is_name(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|u| {
            matches!(u.what, What::Alias(_) | What::Local(_) | What::Organisation(_) | What::Name)
        })
    }

    /// Whether `unit` may stand behind `last` in one phrase.
    fn follows(&self, last: &Unit, unit: &Unit) -> bool {
        let possessive = self.sentence.possessive(last);
        match (&last.what, &unit.what) {
            (What::Head(_, Number::Plural, _) | What::Reference(_, Number::Plural), _) => false,
            (What::Head(head, ..), What::Name) => self.head_titled(*head) && !possessive,
            (What::Head(head, _, reference), What::Alias(names)) if !possessive => {
                if self.is_person(names) {
                    self.head_titled(*head)
                } else {
                    reference.is_some() || self.head_introduces(*head)
                }
            }
            (What::Head(_, _, reference), What::Local(_) | What::Organisation(_)) => {
                reference.is_some() && !possessive
            }
            (What::Alias(names), What::Head(head, ..)) => {
                let head = self.registry.heads.get(*head as usize);
                !self.is_person(names) && (!possessive || head.is_some_and(|h| h.member))
            }
            (What::Reference(..), What::Alias(_) | What::Local(_) | What::Organisation(_))
            | (
                What::Alias(_)
                | What::Local(_)
                | What::Organisation(_)
                | What::Head(..)
                | What::Reference(..),
                What::Reference(..),
            )
            | (
                What::Local(_) | What::Organisation(_) | What::Head(..) | What::Reference(..),
                What::Head(..),
            ) => !possessive,
            _ => false,
        }
    }

    pub(crate) fn head_titled(&self, head: u32) -> bool {
        self.registry.heads.get(head as usize).is_some_and(|h| h.title)
    }

    /// "militia X", "armed group X".
    fn head_introduces(&self, head: u32) -> bool {
        let head = self.registry.heads.get(head as usize);
        head.is_some_and(|h| {
            matches!(h.kind, ActorKind::ArmedGroup | ActorKind::Militia) && h.id.contains("group")
        })
    }

    fn draft(&self, first: usize, cores: &[usize], before: &Before) -> Option<Draft> {
        let name = cores.iter().copied().find(|c| self.is_name(*c));
        match name {
            Some(name) if self.unit(name)?.what == What::Name => self.person(first, name, before),
            Some(name) => self.named(first, name, cores, before),
            None => self.generic(first, cores, before),
        }
    }

    pub(crate) fn make(
        &self,
        first: usize,
        last: usize,
        head: usize,
        target: Target,
        before: &Before,
    ) -> Option<Draft> {
        let (from, to, head) = (self.unit(first)?, self.unit(last)?, self.unit(head)?);
        let plural = matches!(
            head.what,
            What::Head(_, Number::Plural | Number::Attributive, _)
                | What::Reference(_, Number::Plural)
                | What::Country(_, CountryForm::People)
        );
        let span = self.sentence.closed(self.text, from.first, to.last);
        Some(Draft {
            sentence: self.at,
            units: (first, last),
            span,
            head: self.sentence.range(head.first, head.last),
            target,
            number: before.number.filter(|n| span.contains(*n)),
            plural: plural || (before.several && matches!(head.what, What::Head(..))),
            definite: before.definite,
            countries: before.countries.clone(),
            linked: before.linked.clone(),
            toward: before.toward.clone(),
            former: before.former,
            member: false,
            partial: false,
            reasons: Vec::new(),
        })
    }

    /// The unit behind `last` when it is a bracketed acronym.
    pub(crate) fn bracketed(&self, last: usize) -> Option<usize> {
        let unit = self.unit(last + 1)?;
        let open = self.sentence.gap(unit) == Gap::Open && unit.first == unit.last;
        let close = self.sentence.gap_after(self.text, unit.last) == Gap::Close;
        let token = self.sentence.tokens.get(unit.first)?;
        (open && close && token.shape == Shape::Upper).then_some(last + 1)
    }

    /// A noun behind a bracket that belongs to the name before it: "(JNIM) group".
    pub(crate) fn noun_after_bracket(&self, bracket: usize) -> Option<usize> {
        let end = self.unit(bracket)?.last;
        let unit = self.unit(bracket + 1)?;
        let start = self.sentence.tokens.get(unit.first)?.start;
        let close = self.text.get(self.sentence.tokens.get(end)?.end..start) == Some(") ");
        let noun = matches!(unit.what, What::Head(..) | What::Reference(..));
        (close && noun).then_some(bracket + 1)
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.joined(at, usize::MAX).is_some_and(|u| self.sentence.text(self.text, u) == word)
    }

    fn generic(&self, first: usize, cores: &[usize], before: &Before) -> Option<Draft> {
        let last = *cores.last()?;
        crate::generic::draft(self, first, cores, last, before.definite).and_then(
            |(target, partial, member, reason)| {
                let mut draft = self.make(first, last, last, target, before)?;
                draft.partial = partial;
                draft.member = member;
                draft.reasons.extend(reason);
                Some(crate::generic::extended(self, draft))
            },
        )
    }

    /// "Two Nigerians".
    fn people(&self, first: usize, at: usize, before: &Before) -> Option<Draft> {
        let What::Country(country, CountryForm::People) = self.joined(at, first)?.what else {
            return None;
        };
        let class = self.registry.heads.iter().position(|h| h.id == "people")?;
        let target = Target::Class(u32::try_from(class).ok()?);
        let mut draft = self.make(first, at, at, target, before)?;
        draft.countries = vec![country];
        Some(draft)
    }

    fn named(&self, first: usize, name: usize, cores: &[usize], before: &Before) -> Option<Draft> {
        let unit = self.unit(name)?;
        let trailing: Vec<usize> = cores.iter().copied().filter(|c| *c > name).collect();
        let target = match &unit.what {
            What::Alias(names) => Target::Alias(names.clone()),
            What::Local(local) => Target::Local(*local),
            What::Organisation(kind) => Target::Organisation(*kind),
            _ => return None,
        };
        let naming = crate::naming::Naming { phrases: self, first, name, trailing };
        let mut plan = naming.plan(target);
        let alone = plan.last == name && !before.definite && before.linked.is_empty();
        let bare = Before::default();
        let before =
            if alone && before.toward.is_empty() && !before.former { &bare } else { before };
        if alone && !cores.iter().any(|c| *c < name) {
            plan.first = name;
        }
        let mut draft = self.make(plan.first, plan.last, plan.head, plan.target, before)?;
        draft.plural = plan.plural;
        draft.reasons.extend(plan.reasons);
        Some(draft)
    }
}

fn is_one(words: &str) -> bool {
    words.eq_ignore_ascii_case("one") || words == "1"
}
