//! A sentence cut into units: known phrases, names by their shape, and other words.

use averment_types::{ActorKind, TextRange};

use crate::acronym::Local;
use crate::country::CountryForm;
use crate::lexicon::{Classes, Found, Lexicon, Meaning, Number};
use crate::name;
use crate::token::{Gap, Shape, Token, tokens};
use crate::toward::{self, Toward};

/// What a unit is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// One or more actors have this alias: actor and alias indexes.
    Alias(Vec<(u32, u32)>),
    /// A name or acronym that the text itself defines: index of the definition.
    Local(usize),
    /// The name of an organisation, by its shape.
    Organisation(ActorKind),
    /// Capitalised words that may be a person's name.
    Name,
    /// A generic head; with the reference noun that it also is.
    Head(u32, Number, Option<u32>),
    /// A reference noun.
    Reference(u32, Number),
    /// A country.
    Country(u32, CountryForm),
    /// A stance to somebody: "anti-X".
    Toward(Toward),
    /// Anything else.
    Word,
}

/// A stretch of words, first and last included.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) what: What,
    pub(crate) classes: Classes,
}

/// A sentence.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) zone: TextRange,
    pub(crate) tokens: Vec<Token>,
    pub(crate) units: Vec<Unit>,
    /// Nearly all words have a capital at their start and no full stop follows: a headline.
    pub(crate) titled: bool,
    /// Nearly all words are in capitals.
    pub(crate) shouted: bool,
}

impl Sentence {
    /// Cuts `zone` into words; units come later, when the text's own acronyms are known.
    pub(crate) fn new(text: &str, zone: TextRange, lexicon: &Lexicon) -> Self {
        let mut tokens = tokens(text, zone);
        lexicon.mark(text, &mut tokens);
        let letters = tokens.iter().filter(|t| t.end - t.start > 1 && t.shape != Shape::Digits);
        let (mut all, mut long, mut capital, mut upper) = (0, 0, 0, 0);
        for token in letters {
            all += 1;
            upper += usize::from(token.shape == Shape::Upper);
            if token.end - token.start > 3 {
                long += 1;
                capital += usize::from(token.shape != Shape::Lower);
            }
        }
        let stopped =
            zone.slice(text).is_some_and(|z| z.trim_end().ends_with(['.', '!', '"', '\u{201d}']));
        let titled = long >= 4 && capital * 10 >= long * 8 && !stopped;
        let shouted = all >= 3 && upper * 10 >= all * 8;
        Self { zone, tokens, units: Vec::new(), titled, shouted }
    }

    /// Fills `units`.
    pub(crate) fn segment(&mut self, text: &str, at: usize, lexicon: &Lexicon, locals: &[Local]) {
        let mut units = Vec::with_capacity(self.tokens.len());
        let mut first = 0;
        while first < self.tokens.len() {
            let unit = self.unit(text, at, first, lexicon, locals);
            first = unit.last + 1;
            units.push(unit);
        }
        self.units = units;
    }

    fn unit(
        &self,
        text: &str,
        at: usize,
        first: usize,
        lexicon: &Lexicon,
        locals: &[Local],
    ) -> Unit {
        let plain = |first| self.plain(text, at, first, lexicon, locals);
        let unit = plain(first);
        if unit.first == unit.last || matches!(unit.what, What::Name | What::Organisation(_)) {
            let toward = toward::unit(text, self, first, lexicon, plain, locals);
            return toward.unwrap_or(unit);
        }
        unit
    }

    /// The unit at `first`, a stance left aside.
    fn plain(
        &self,
        text: &str,
        at: usize,
        first: usize,
        lexicon: &Lexicon,
        locals: &[Local],
    ) -> Unit {
        if let Some((length, local)) = self.local(text, at, first, locals) {
            return whole(first, length, What::Local(local), Classes::default());
        }
        let rest = self.tokens.get(first..).unwrap_or_default();
        let found = lexicon.at(text, rest, self.shouted);
        let best = found.iter().find_map(meaning);
        if let Some((length, what @ What::Alias(_), classes)) = best {
            return whole(first, length, what, classes);
        }
        if !self.titled && !self.shouted {
            let known = best.as_ref().map_or(0, |b| b.0);
            let organisation = name::organisation(text, self, first, lexicon);
            if let Some((length, kind)) = organisation.filter(|o| o.0 > known) {
                return whole(first, length, What::Organisation(kind), Classes::default());
            }
            if best.is_none()
                && let Some(length) = name::run(text, self, first, lexicon)
            {
                return whole(first, length, What::Name, Classes::default());
            }
        }
        let single = rest.first().map(|t| lexicon.classes_of(t)).unwrap_or_default();
        match best {
            Some((1, what, _)) => whole(first, 1, what, single),
            Some((length, what, classes)) => whole(first, length, what, classes),
            None => whole(first, 1, What::Word, single),
        }
    }

    fn local(
        &self,
        text: &str,
        at: usize,
        first: usize,
        locals: &[Local],
    ) -> Option<(usize, usize)> {
        let token = self.tokens.get(first)?;
        let named = locals.iter().position(|l| l.sentence == at && l.first == first);
        if let Some(n) = named {
            let local = locals.get(n)?;
            return Some((local.last - local.first + 1, n));
        }
        let word = text.get(token.start..token.end)?;
        let upper = token.shape == Shape::Upper;
        let n = upper.then(|| locals.iter().position(|l| l.acronym == word)).flatten()?;
        Some((1, n))
    }

    /// The range from word `first` to word `last`, both included.
    pub(crate) fn range(&self, first: usize, last: usize) -> TextRange {
        let start = self.tokens.get(first).map_or(self.zone.start(), |t| t.start);
        let end = self.tokens.get(last).map_or(start, |t| t.end);
        TextRange::new(start, end.max(start)).unwrap_or(self.zone)
    }

    /// The range from word `first` to word `last`, with a bracket that opens inside and closes
    /// right behind it.
    pub(crate) fn closed(&self, text: &str, first: usize, last: usize) -> TextRange {
        let range = self.range(first, last);
        let words = range.slice(text).unwrap_or_default();
        let open = words.contains('(') && !words.contains(')');
        let longer = TextRange::new(range.start(), range.end() + 1).unwrap_or(range);
        let closes = longer.slice(text).is_some_and(|w| w.ends_with(')'));
        let inside = longer.end() <= self.zone.end();
        if open && closes && inside { longer } else { range }
    }

    /// The words of a unit.
    pub(crate) fn text<'t>(&self, text: &'t str, unit: &Unit) -> &'t str {
        self.range(unit.first, unit.last).slice(text).unwrap_or_default()
    }

    /// What lies before a unit.
    pub(crate) fn gap(&self, unit: &Unit) -> Gap {
        self.tokens.get(unit.first).map_or(Gap::Break, |t| t.gap)
    }

    /// What lies after a word.
    pub(crate) fn gap_after(&self, text: &str, last: usize) -> Gap {
        if let Some(next) = self.tokens.get(last + 1) {
            return next.gap;
        }
        let end = self.tokens.get(last).map_or(self.zone.end(), |t| t.end);
        let tail = text.get(end..self.zone.end()).unwrap_or_default();
        if tail.trim_start().starts_with([')', ']']) { Gap::Close } else { Gap::Break }
    }

    /// Whether the unit's last word has a possessive ending.
    pub(crate) fn possessive(&self, unit: &Unit) -> bool {
        self.tokens.get(unit.last).is_some_and(|t| t.possessive)
    }

    /// Whether the unit's first word has a capital.
    pub(crate) fn capital(&self, unit: &Unit) -> bool {
        self.tokens
            .get(unit.first)
            .is_some_and(|t| matches!(t.shape, Shape::Capital | Shape::Upper))
    }
}

fn whole(first: usize, length: usize, what: What, classes: Classes) -> Unit {
    Unit { first, last: first + length.max(1) - 1, what, classes }
}

/// The first alias of each actor: one actor may have the same words as several aliases.
pub(crate) fn one_each(all: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for one in all {
        if !out.iter().any(|(actor, _)| *actor == one.0) {
            out.push(one);
        }
    }
    out
}

/// The use of a phrase: names before heads, heads before countries.
fn meaning(found: &Found) -> Option<(usize, What, Classes)> {
    let all = &found.meanings;
    let aliases = all.iter().filter_map(|m| match m {
        Meaning::Alias(actor, alias) => Some((*actor, *alias)),
        _ => None,
    });
    let aliases = one_each(aliases);
    if !aliases.is_empty() {
        return Some((found.length, What::Alias(aliases), found.classes));
    }
    let reference = all.iter().find_map(|m| match m {
        Meaning::Reference(noun, number) => Some((*noun, *number)),
        _ => None,
    });
    let other = all.iter().find_map(|m| match m {
        Meaning::Head(head, number) => Some(What::Head(*head, *number, reference.map(|r| r.0))),
        _ => None,
    });
    let other = other.or(reference.map(|(noun, number)| What::Reference(noun, number)));
    let other = other.or_else(|| {
        all.iter().find_map(|m| match m {
            Meaning::Country(country, form) => Some(What::Country(*country, *form)),
            _ => None,
        })
    });
    let phrase = (found.length > 1 && found.classes != Classes::default()).then_some(What::Word);
    other.or(phrase).map(|what| (found.length, what, found.classes))
}
