//! What one sentence hands to the next: who spoke last, and which quotation is still open or waits for its speaker.

use averment_types::{AttributionLink, ClaimContent, TextRange};

use super::Scope;
use crate::view::View;

/// What is left of a paragraph is looked through for the end of a quotation up to so many bytes: a longer one is no paragraph of news.
const LONGEST: usize = 20_000;

/// Who spoke last, whether a quotation is open, and the claims in it that wait for its speaker.
#[derive(Debug, Default)]
pub(crate) struct Carry {
    pub(super) links: Vec<AttributionLink>,
    /// The person of whom the last sentence tells, where nobody speaks in it.
    pub(super) subject: Option<AttributionLink>,
    open_quote: bool,
    paragraph: Option<TextRange>,
    /// Claims of a quotation whose speaker has not been named yet, by their places in the list of claims.
    waiting: Vec<usize>,
    /// Whether a quotation runs whose speaker has not been named.
    unheard: bool,
    /// Who had spoken before that quotation, and speaks on where nobody else is named.
    before: Vec<AttributionLink>,
    /// Whether the last sentence ends with a colon behind which somebody known speaks: "The two issued a statement:".
    introduced: bool,
    /// How the last sentence stands to a quotation.
    stands: Stands,
}

/// Who else is heard or told of in a sentence.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Whoever is said in it to have spoken what was quoted.
    pub(super) speaker: Option<Vec<AttributionLink>>,
    /// Who is going to speak behind the colon with which it ends.
    pub(super) announced: Option<Vec<AttributionLink>>,
    /// The person of whom it tells.
    pub(super) subject: Option<AttributionLink>,
}

/// How a sentence stands to a quotation.
#[derive(Debug, Default, Clone)]
enum Stands {
    /// It has none that waits for its speaker.
    #[default]
    Outside,
    /// It lies within one, and so far nobody speaks.
    Within,
    /// It names who spoke the quotation that waits.
    Speaks(Vec<AttributionLink>),
}

impl Carry {
    /// Goes past a sentence in which nobody is heard.
    pub(crate) fn pass(&mut self, view: &View<'_>) {
        self.update(view, &[], Heard::default());
    }

    /// Whether a quotation waits for its speaker.
    pub(super) const fn is_waited_for(&self) -> bool {
        self.unheard
    }

    /// The scope of a sentence within a quotation whose speaker is known.
    pub(super) fn quoted(&self, view: &View<'_>, scopes: &[Scope]) -> Option<Scope> {
        let quoted = self.is_open_before(view) || view.is_quote(0);
        let same_place = self.paragraph == Some(view.sentence.paragraph) || view.is_quote(0);
        // A quotation that opens here and goes on may name its speaker later.
        let begins = !self.is_open_before(view) && view.is_quote(0) && self.is_open_after(view);
        let waits = self.unheard || (begins && !self.introduced);
        if !scopes.is_empty() || !quoted || !same_place || waits || self.links.is_empty() {
            return None;
        }
        let cue = self.links.last().map_or(view.sentence.range, |l| l.cue_range);
        Some(Scope {
            tokens: 0..view.words.len(),
            speech: 0..0,
            links: self.links.clone(),
            denial: None,
            cue,
            aside: 0..0,
        })
    }

    /// Whether the quotation before goes on where the sentence begins: no paragraph leaves one open but to take it up again.
    fn is_open_before(&self, view: &View<'_>) -> bool {
        let same = self.paragraph == Some(view.sentence.paragraph);
        self.open_quote && (same && closes_later(view) || view.is_quote(0))
    }

    fn is_open_after(&self, view: &View<'_>) -> bool {
        is_open_at(view, view.words.len(), self.is_open_before(view))
    }

    /// Takes note of a sentence with its `scopes`, and of who else is `told` of in it.
    pub(super) fn update(&mut self, view: &View<'_>, scopes: &[Scope], told: Heard) {
        let Heard { speaker, announced, subject } = told;
        let before = self.is_open_before(view);
        let within = before || view.is_quote(0);
        let open = self.is_open_after(view);
        let new = !before && within;
        if new && !self.is_waited_for() {
            self.before.clone_from(&self.links);
        }
        let outside = scopes
            .iter()
            .find(|scope| !scope.links.is_empty() && is_unquoted(view, scope.cue, before));
        self.stands = match speaker {
            Some(links) if self.is_waited_for() => Stands::Speaks(links),
            // "“…,” says X, “and …": whoever speaks outside of the quotation goes on in the next sentence.
            _ if outside.is_some() || (new && self.introduced) => Stands::Outside,
            _ if within && open && (new || self.is_waited_for()) => Stands::Within,
            // The quotation ends with the sentence: its speaker may come in the next.
            None if within && self.is_waited_for() && scopes.is_empty() => Stands::Within,
            _ => Stands::Outside,
        };
        self.unheard = matches!(self.stands, Stands::Within);
        let last = || scopes.iter().rev().find(|scope| !scope.links.is_empty());
        // "“They said, you fed them. They killed him”": who is quoted within a quotation does not speak on.
        let inner = before && !self.links.is_empty();
        let last = || last().filter(|_| !inner);
        let heard = outside.or_else(last).map(|scope| scope.links.clone()).or(announced);
        let colon = view.words.iter().rev().find(|w| !w.is_empty()).is_some_and(|w| *w == ":");
        self.introduced = colon && heard.is_some();
        self.subject = subject.filter(|_| heard.is_none() && !within);
        if let Some(heard) = heard {
            self.links = heard;
        }
        self.open_quote = open;
        self.paragraph = Some(view.sentence.paragraph);
    }

    /// Gives the claims that waited to whoever turns out to have spoken them; those from `first` on are the last sentence's.
    pub(crate) fn settle(&mut self, first: usize, claims: &mut [ClaimContent]) {
        match std::mem::take(&mut self.stands) {
            Stands::Within => self.waiting.extend(first..claims.len()),
            Stands::Speaks(links) => {
                for at in self.waiting.drain(..) {
                    if let Some(claim) = claims.get_mut(at) {
                        claim.attribution.splice(0..0, links.iter().cloned());
                    }
                }
            }
            Stands::Outside => {
                let known = std::mem::take(&mut self.before);
                for at in self.waiting.drain(..) {
                    let claim = claims.get_mut(at).filter(|c| c.attribution.is_empty());
                    if let Some(claim) = claim {
                        claim.attribution.clone_from(&known);
                    }
                }
            }
        }
    }
}

/// Whether a quotation that is open where the sentence begins ends in its paragraph, or is taken up in the next: one that does not was
/// opened by mistake.
fn closes_later(view: &View<'_>) -> bool {
    let (start, end) = (view.sentence.range.start(), view.sentence.paragraph.end());
    if end > start + LONGEST {
        return true;
    }
    let rest = view.text.get(start..end).unwrap_or_default();
    let count = |marks: &[char]| rest.matches(marks).count();
    let behind = view.text.get(end..).unwrap_or_default().trim_start();
    count(&['"']) % 2 == 1
        || count(&['”', '»']) > count(&['“', '«'])
        || rest.contains("''")
        || behind.starts_with(['"', '“', '«', '`'])
}

/// Whether the words at `cue` stand outside of quotation marks; `open` says whether the sentence begins within some.
fn is_unquoted(view: &View<'_>, cue: TextRange, open: bool) -> bool {
    let at = view.tokens.iter().position(|t| t.range.overlaps(cue)).unwrap_or_default();
    !is_open_at(view, at, open)
}

/// Whether a quotation is open before the word at `until`; `open` says whether one is where the sentence begins.
fn is_open_at(view: &View<'_>, until: usize, open: bool) -> bool {
    (0..until).fold(open, |open, at| match view.word(at) {
        "“" | "«" | "``" => true,
        "”" | "»" | "''" => false,
        "\"" => !open,
        _ => open,
    })
}
