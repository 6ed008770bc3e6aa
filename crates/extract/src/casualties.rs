//! Numbers of people harmed, as the words state them.

use averment_lang::Pos;
use averment_types::{Casualties, CasualtyGroup, CasualtyKind, TextRange, ZoneKind};

use crate::fillers::Filler;
use crate::lexicon::Lexicon;
use crate::view::View;

/// A number as stated: lowest, best and highest, each only if the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stated {
    pub(crate) low: Option<u32>,
    pub(crate) best: Option<u32>,
    pub(crate) high: Option<u32>,
}

/// The number of people that `filler` names, if its words state one.
pub(crate) fn count(
    view: &View<'_>,
    filler: &Filler,
    kind: CasualtyKind,
    lexicon: &Lexicon,
) -> Option<Casualties> {
    let phrase = quantity(view, filler, lexicon).or_else(|| view.phrases.get(filler.phrase))?;
    if phrase.adverbial {
        return None;
    }
    let from = phrase.tokens.start;
    // "*no one* was hurt"
    if view.word(from) == "no" && view.word(from + 1) == "one" || view.word(from) == "nobody" {
        return None;
    }
    // "a *Class 12* student" is one.
    let label = |at: usize| {
        let one = matches!(view.word(from), "a" | "an" | "another" | "the" | "one");
        one && at > from && matches!(view.pos(at - 1), Pos::Noun | Pos::Propn)
    };
    let mut numbers = phrase.tokens.clone().filter(|at| is_number(view, *at, lexicon));
    let number = numbers.find(|at| !label(*at));
    let (stated, first) = match number {
        Some(at) => stated(view, at, lexicon)?,
        None if view.word(from) == "no" => {
            (Stated { low: Some(0), best: Some(0), high: Some(0) }, from)
        }
        None => (singular(view, filler, lexicon)?, from),
    };
    let words = view.range(&(first.min(from)..phrase.tokens.end))?;
    let range = words.cover(filler.range);
    Some(Casualties {
        kind,
        of: group(view, filler, lexicon),
        low: stated.low,
        best: stated.best,
        high: stated.high,
        text: range.slice(view.text)?.to_owned(),
        range,
    })
}

/// The phrase that counts the people of the filler: "*dozens* of civilians".
fn quantity<'v>(
    view: &'v View<'_>,
    filler: &Filler,
    lexicon: &Lexicon,
) -> Option<&'v crate::view::Phrase> {
    let people = view.phrases.get(filler.phrase)?;
    let of = people.prep.filter(|at| view.word(*at) == "of")?;
    let counting = view.phrases.get(filler.phrase.checked_sub(1)?)?;
    let counts =
        counting.tokens.end == of && counting.tokens.clone().any(|at| is_number(view, at, lexicon));
    counts.then_some(counting)
}

fn is_number(view: &View<'_>, at: usize, lexicon: &Lexicon) -> bool {
    value(view.word(at)).is_some()
        || decimal(view, at).is_some()
        || lexicon.vague.contains_key(view.word(at))
        || view.word(at) == "dozen"
}

/// "a soldier", "the mayor": one person, when the words name a person in the singular.
fn singular(view: &View<'_>, filler: &Filler, lexicon: &Lexicon) -> Option<Stated> {
    let phrase = view.phrases.get(filler.phrase)?;
    let head = view.head(phrase);
    let first = phrase.tokens.start;
    // "two were killed and *a third* was hurt"
    let ordinal = matches!(head, "second" | "third" | "fourth" | "fifth" | "sixth");
    let alone = phrase.tokens.len() == 2 && view.word(phrase.tokens.end) != "of";
    if ordinal && view.word(first) == "a" && alone {
        return Some(Stated { low: Some(1), best: Some(1), high: Some(1) });
    }
    // Headlines leave articles out.
    let bare = view.sentence.zone == ZoneKind::Headline && view.pos(first) != Pos::Det;
    let article = bare
        || matches!(view.word(first), "a" | "an" | "another" | "one")
        || matches!(view.word(first), "his" | "her" | "their" | "my" | "our")
        || view.word(first) == "the" && (is_gendered(head) || lexicon.is_post(head))
        || phrase.tokens.clone().any(|at| matches!(view.word(at), "'s" | "’s"));
    if matches!(head, "he" | "she" | "him" | "her") {
        return Some(Stated { low: Some(1), best: Some(1), high: Some(1) });
    }
    let mention = filler.mention.and_then(|m| view.mention(m));
    let named = view.counted(phrase.head).is_none()
        && mention.is_some_and(|m| m.kind == averment_actors::MentionKind::Person && !m.plural);
    let one = (article
        && lexicon.is_person(head)
        && view.counted(phrase.head).is_none()
        && !head.ends_with('s')
        && !view.feats(phrase.head).contains("Number=Plur")
        && !lexicon.is_band(head))
        || named;
    one.then_some(Stated { low: Some(1), best: Some(1), high: Some(1) })
}

/// Words for one man, woman or child: "the *woman*".
fn is_gendered(word: &str) -> bool {
    matches!(
        word,
        "man"
            | "woman"
            | "boy"
            | "girl"
            | "child"
            | "baby"
            | "father"
            | "mother"
            | "brother"
            | "sister"
            | "son"
            | "daughter"
    )
}

fn group(view: &View<'_>, filler: &Filler, lexicon: &Lexicon) -> Option<CasualtyGroup> {
    let phrase = view.phrases.get(filler.phrase)?;
    let own = phrase.tokens.clone().rev().find_map(|at| lexicon.group(view.word(at)));
    // "dozens of civilians": the people stand behind "of".
    let next = view
        .phrases
        .get(filler.phrase + 1)
        .filter(|p| p.prep == Some(phrase.tokens.end) && view.word(phrase.tokens.end) == "of");
    own.or_else(|| next?.tokens.clone().rev().find_map(|at| lexicon.group(view.word(at))))
}

/// The number that starts at token `at`, with the words before it that bound it; and the first of these.
pub(crate) fn stated(view: &View<'_>, at: usize, lexicon: &Lexicon) -> Option<(Stated, usize)> {
    let bound = |set: &crate::lexicon::Phrases, at: usize| {
        // "*at least*" before "least"
        (1..=4usize).rev().find_map(|back| {
            let start = at.checked_sub(back)?;
            set.at(&view.words, start).filter(|len| start + len == at).map(|_| start)
        })
    };
    if let Some(low) = lexicon.vague.get(view.word(at)) {
        // "hundreds *of thousands*", "several *dozen*"
        let scale = match (view.word(at + 1), view.word(at + 2)) {
            ("of", "thousands") | ("thousand", _) => 1_000,
            ("of", "millions") => 1_000_000,
            ("dozen", _) => 12,
            ("hundred", _) => 100,
            _ => 1,
        };
        let low = low.checked_mul(scale)?;
        return Some((Stated { low: Some(low), ..Stated::default() }, at));
    }
    let (mut number, next) = read(view, at)?;
    // "more than *a dozen*"
    let article = at.checked_sub(1).filter(|before| matches!(view.word(*before), "a" | "one"));
    let round = matches!(view.word(at), "dozen" | "hundred" | "thousand" | "million");
    let mut at = article.filter(|_| round).unwrap_or(at);
    // "a *quarter of* a million"
    if let Some((first, share)) = share(view, at) {
        (number, at) = (number / share, first);
    }
    if let Some((second, joined)) = range_end(view, next).filter(|(second, _)| *second > number) {
        let _ = joined;
        let start = if at > 0 && view.word(at - 1) == "between" { at - 1 } else { at };
        return Some((Stated { low: Some(number), best: None, high: Some(second) }, start));
    }
    if let Some(start) = bound(&lexicon.at_least, at) {
        let low = if matches!(view.word(start), "more" | "over" | "upwards" | "in") {
            number + 1
        } else {
            number
        };
        return Some((Stated { low: Some(low), ..Stated::default() }, start));
    }
    if let Some(start) = bound(&lexicon.at_most, at) {
        return Some((Stated { high: Some(number), ..Stated::default() }, start));
    }
    if let Some(start) = bound(&lexicon.about, at) {
        return Some((Stated { best: Some(number), ..Stated::default() }, start));
    }
    Some((Stated { low: Some(number), best: Some(number), high: Some(number) }, at))
}

/// The part of the number at token `at` that the words before it speak of, with the first of them: "*half* a million".
fn share(view: &View<'_>, at: usize) -> Option<(usize, u32)> {
    let mut first = at.checked_sub(1)?;
    for article in ["a", "of"] {
        first -= usize::from(view.word(first) == article && first > 0);
    }
    let part = match view.word(first) {
        "half" => 2,
        "quarter" => 4,
        _ => return None,
    };
    let article = first.checked_sub(1).filter(|at| matches!(view.word(*at), "a" | "one"));
    (first + 1 < at).then_some((article.unwrap_or(first), part))
}

/// The second number of "20 to 30", "between 20 and 30", "20-30".
fn range_end(view: &View<'_>, at: usize) -> Option<(u32, usize)> {
    matches!(view.word(at), "to" | "-" | "–" | "and" | "or").then(|| read(view, at + 1)).flatten()
}

/// A number in figures or words from token `at`, and the token behind it.
fn read(view: &View<'_>, at: usize) -> Option<(u32, usize)> {
    if let Some(number) = decimal(view, at) {
        return Some((number, at + 2));
    }
    let mut total = value(view.word(at))?;
    let mut next = at + 1;
    while view.pos(next) == Pos::Num
        || view.word(next) == "dozen"
        || (view.word(next) == "and" && total % 100 == 0 && total > 0)
    {
        let word = view.word(next);
        total = match (word, value(word)) {
            ("and", _)
                if value(view.word(next + 1)).is_some_and(|v| v < 100)
                    && view.pos(next + 1) == Pos::Num =>
            {
                total
            }
            ("dozen", _) => total.checked_mul(12)?,
            (_, Some(scale @ (100 | 1_000 | 1_000_000))) => total.checked_mul(scale)?,
            (_, Some(small)) if small < 100 && total % 10 == 0 => total.checked_add(small)?,
            _ => break,
        };
        next += 1;
    }
    Some((total, next))
}

/// The value of "2.7 million" at token `at`; `None` where no scale stands behind a number with a point.
fn decimal(view: &View<'_>, at: usize) -> Option<u32> {
    let (whole, part) = view.word(at).split_once('.')?;
    let scale = value(view.word(at + 1)).filter(|scale| *scale >= 1_000)?;
    let digits = u32::try_from(part.len()).ok()?;
    let below = scale.checked_div(10u32.checked_pow(digits)?)?;
    let part: u32 = part.parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(scale)?.checked_add(part.checked_mul(below)?)
}

/// Whether a lower-case word is a figure or the name of a number.
pub(crate) fn is_stated(word: &str) -> bool {
    value(word).is_some() || matches!(word, "dozens" | "scores" | "hundreds" | "thousands")
}

fn value(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] =
        &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "").parse().ok();
    }
    if let Some((tens, ones)) = word.split_once('-') {
        let tens = TENS.iter().position(|w| *w == tens)?;
        let ones = WORDS.iter().position(|w| *w == ones).filter(|v| (1..10).contains(v))?;
        return u32::try_from((tens + 2) * 10 + ones).ok();
    }
    let index =
        |list: &[&str]| list.iter().position(|w| *w == word).and_then(|at| u32::try_from(at).ok());
    index(WORDS).or_else(|| index(TENS).map(|at| (at + 2) * 10)).or(match word {
        "hundred" => Some(100),
        "thousand" => Some(1_000),
        "million" => Some(1_000_000),
        "dozen" => Some(12),
        _ => None,
    })
}

/// The first number from token `from` on that is the toll: "rose to 45".
pub(crate) fn toll(
    view: &View<'_>,
    from: usize,
    kind: CasualtyKind,
    lexicon: &Lexicon,
) -> Option<Casualties> {
    // "The toll from the blast in the town has *risen* to 70": as far behind its verb as behind itself.
    let verb = from.checked_sub(1).and_then(|noun| view.tree.head(noun)).unwrap_or(from);
    let until = (verb.max(from) + 8).min(view.words.len());
    let at = (from..until).find(|at| {
        let leads = at.checked_sub(1).is_some_and(|b| {
            matches!(
                view.word(b),
                "to" | "at"
                    | "of"
                    | "is"
                    | "was"
                    | ":"
                    | "least"
                    | "than"
                    | "over"
                    | "about"
                    | "around"
                    | "nearly"
                    | "reached"
                    | "reaches"
            )
        });
        leads
            && is_number(view, *at, lexicon)
            && view.phrase_of(*at).and_then(|p| view.phrases.get(p)).is_none_or(|p| !p.adverbial)
    })?;
    let (stated, first) = stated(view, at, lexicon)?;
    let range: TextRange = view.range(&(first..at + 1))?;
    let text = range.slice(view.text)?.to_owned();
    Some(Casualties {
        kind,
        of: None,
        low: stated.low,
        best: stated.best,
        high: stated.high,
        text,
        range,
    })
}
