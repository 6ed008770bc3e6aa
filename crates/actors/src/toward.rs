//! "anti-X", "pro-X", "non-X": words that say how people stand to X, and never that they are X.

use averment_types::TextRange;

use crate::Registry;
use crate::acronym::Local;
use crate::lexicon::{Lexicon, Meaning};
use crate::name;
use crate::sentence::{Sentence, Unit, What};
use crate::token::{Gap, Shape};

/// How people stand to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stance {
    /// "anti-X", "counter-X".
    Against,
    /// "pro-X".
    For,
    /// "non-X".
    Not,
}

/// A stance with the words that say it and the actors that X may be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Toward {
    pub(crate) stance: Stance,
    pub(crate) words: TextRange,
    pub(crate) names: Vec<(u32, u32)>,
    /// X is a class by its head's index: "anti-government".
    pub(crate) head: Option<u32>,
}

impl Toward {
    /// Whether unnamed forces so described are the forces of no state: "anti-junta forces", "pro-X forces".
    pub(crate) fn makes_fighters(&self, registry: &Registry) -> bool {
        let head = self.head.and_then(|head| registry.heads.get(head as usize));
        let state = head.is_some_and(|head| head.kind.is_state_side());
        match self.stance {
            Stance::Against => true,
            Stance::For => !state,
            Stance::Not => false,
        }
    }

    /// What the words say, in a sentence.
    pub(crate) fn reason(&self, text: &str) -> String {
        let words = self.words.slice(text).unwrap_or_default();
        let says = match self.stance {
            Stance::Against => "says against whom they are, not who they are",
            Stance::For => "says with whom they side, not who they are",
            Stance::Not => "says who they are not",
        };
        format!("\u{201c}{words}\u{201d} {says}")
    }
}

/// The stance at word `first` of a sentence with the name behind it; `None` before a word that names nobody
/// ("anti-tank"), and where a capital begins an organisation's own name ("Anti-Corruption Commission").
pub(crate) fn unit(
    text: &str,
    sentence: &Sentence,
    first: usize,
    lexicon: &Lexicon,
    inner: impl Fn(usize) -> Unit,
    locals: &[Local],
) -> Option<Unit> {
    let token = sentence.tokens.get(first)?;
    let next = sentence.tokens.get(first + 1)?;
    let stance = stance(text.get(token.start..token.end)?, next.gap)?;
    let own_name = token.shape != Shape::Lower
        && !sentence.titled
        && name::organisation(text, sentence, first, lexicon).is_some();
    if own_name {
        return None;
    }
    let inner = inner(first + 1);
    let (names, head) = match inner.what {
        What::Alias(names) => (names, None),
        What::Local(local) => {
            (locals.get(local).map(|l| l.actors.clone()).unwrap_or_default(), None)
        }
        What::Head(head, ..) => (Vec::new(), Some(head)),
        What::Organisation(_) | What::Name | What::Country(..) | What::Reference(..) => {
            (Vec::new(), None)
        }
        What::Word | What::Toward(_) => return None,
    };
    let last = before_head(text, sentence, inner.first, inner.last, lexicon);
    let words = sentence.range(first, last);
    let toward = Toward { stance, words, names, head };
    Some(Unit { first, last, what: What::Toward(toward), classes: inner.classes })
}

/// "counter" with a blank is a verb, and so may stand the others before a word of their own.
fn stance(word: &str, gap: Gap) -> Option<Stance> {
    let all = [
        ("anti", Stance::Against, true),
        ("counter", Stance::Against, false),
        ("pro", Stance::For, true),
        ("non", Stance::Not, true),
    ];
    let (_, stance, blank) = all.into_iter().find(|(p, ..)| word.eq_ignore_ascii_case(p))?;
    (gap == Gap::Hyphen || blank && gap == Gap::Space).then_some(stance)
}

/// The last word of X where its name ends in a head: "forces" of "anti-Houthi forces" are no Houthi forces.
fn before_head(
    text: &str,
    sentence: &Sentence,
    first: usize,
    last: usize,
    lexicon: &Lexicon,
) -> usize {
    let heads = |at: usize| {
        let rest = sentence.tokens.get(at..=last).unwrap_or_default();
        let found = lexicon.at(text, rest, sentence.shouted);
        found.iter().any(|f| {
            let head = |m: &Meaning| matches!(m, Meaning::Head(..) | Meaning::Reference(..));
            f.length == rest.len() && f.meanings.iter().any(head)
        })
    };
    (first + 1..=last).find(|at| heads(*at)).map_or(last, |at| at - 1)
}
