//! References: who is meant by "he", "the group", "the two sides", by a sieve over the reader's trees.
//!
//! Owns the mentions of a report (names, descriptions, pronouns) and which of them stand for the same, with the
//! reason in words. Refuses to guess: where two may be meant about equally, nothing is said. A name that
//! matches another is a suggestion inside this report; no actor is merged with another.

mod chains;
mod descriptions;
mod detect;
mod lists;
mod mention;
mod names;
mod nouns;
mod pronouns;
mod settle;
mod sides;
mod words;

use averment_actors::ActorMention;
use averment_lang::Reading;
use averment_types::TextRange;

use crate::ExtractError;
use chains::Chains;
use detect::Finder;
use mention::{Form, Mention, Number, Pronoun};
use nouns::Nouns;
use words::Words;

pub(crate) use settle::settle;

/// What kind of phrase refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// "he", "them".
    Personal,
    /// "his", "its".
    Possessive,
    /// "himself".
    Reflexive,
    /// "who", "which".
    Relative,
    /// "the suspects", "the group".
    Definite,
    /// "this group".
    Demonstrative,
}

/// A place in a reading: a phrase by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The index of the sentence.
    pub sentence: usize,
    /// The head, counted within the sentence.
    pub token: usize,
    /// The phrase, without what follows its head.
    pub range: TextRange,
}

/// A phrase that may refer to something named before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it is.
    pub place: Place,
    /// What kind of phrase it is.
    pub kind: ReferenceKind,
    /// Whether it is a plural.
    pub plural: bool,
    /// The nearest phrase before it that means the same; `None` where that is open, or where several are meant that no
    /// one phrase names.
    pub antecedent: Option<Place>,
    /// The last name before it of what is meant.
    pub name: Option<Place>,
    /// The last phrase before it with a noun of its own that means the same.
    pub full: Option<Place>,
    /// The actor mentions that are meant, as indices into those given: one, or all of several.
    pub actors: Vec<usize>,
    /// Where it is open: the actor mentions that it may mean, the likeliest first.
    pub candidates: Vec<usize>,
    /// Why this antecedent.
    pub reason: Option<&'static str>,
}

/// What finds references.
#[derive(Debug)]
pub struct References {
    nouns: Nouns,
}

/// What one mention refers to.
#[derive(Debug, Clone, Default)]
enum Link {
    /// Nothing is known.
    #[default]
    Open,
    /// One of these mentions, or none of them.
    Offered(Vec<usize>),
    /// This mention.
    To(usize, &'static str),
    /// These mentions together.
    Together(Vec<usize>, &'static str),
}

/// Which mention each mention refers to.
#[derive(Debug, Default)]
pub(crate) struct Links {
    of: Vec<Link>,
}

impl Links {
    fn new(mentions: usize) -> Self {
        Self { of: vec![Link::Open; mentions] }
    }

    fn put(&mut self, at: usize, link: Link) {
        if let Some(slot) = self.of.get_mut(at) {
            *slot = link;
        }
    }

    /// `at` means the same as `other`.
    pub(crate) fn set(&mut self, at: usize, other: usize, reason: &'static str) {
        self.put(at, Link::To(other, reason));
    }

    /// `at` means all of `others`.
    pub(crate) fn together(&mut self, at: usize, others: Vec<usize>, reason: &'static str) {
        self.put(at, Link::Together(others, reason));
    }

    /// `at` may mean one of `others`.
    pub(crate) fn offer(&mut self, at: usize, others: Vec<usize>) {
        if self.get(at).is_none() {
            self.put(at, Link::Offered(others));
        }
    }

    /// What `at` means, and why.
    pub(crate) fn get(&self, at: usize) -> Option<&'static str> {
        match self.of.get(at)? {
            Link::To(_, reason) | Link::Together(_, reason) => Some(reason),
            Link::Open | Link::Offered(_) => None,
        }
    }
}

impl References {
    /// With the word lists that come with the program.
    ///
    /// # Errors
    /// When these are wrong, which the tests rule out.
    pub fn shipped() -> Result<Self, ExtractError> {
        Ok(Self { nouns: Nouns::shipped()? })
    }

    /// The word lists as text; part of the coder's version.
    pub(crate) const fn source() -> &'static str {
        Nouns::source()
    }

    /// The references in `reading`, which was made of `text`, in the order of the text. `actors` are the actor
    /// mentions of the text, in its order.
    #[must_use]
    pub fn find(&self, text: &str, reading: &Reading, actors: &[ActorMention]) -> Vec<Reference> {
        let sentences = Words::all(text, reading);
        let mut mentions = Vec::new();
        for (sentence, words) in sentences.iter().enumerate() {
            let finder = Finder { words, sentence, nouns: &self.nouns, actors };
            mentions.extend(finder.find(mentions.len()));
        }
        let mut links = Links::new(mentions.len());
        let mut chains = Chains::new(sentences, mentions, actors, &self.nouns);
        names::join_names(&mut chains);
        names::join_told(&mut chains, &self.nouns, &mut links);
        names::join_relatives(&mut chains, &mut links);
        sides::join(&mut chains, &mut links);
        descriptions::join(&mut chains, &self.nouns, &mut links);
        pronouns::join(&mut chains, &self.nouns, &mut links);
        (0..chains.mentions.len()).filter_map(|at| reference(&chains, &links, at)).collect()
    }
}

fn reference(chains: &Chains<'_>, links: &Links, at: usize) -> Option<Reference> {
    let mention = chains.mention(at)?;
    let kind = kind(mention.form)?;
    let place = |at: usize| {
        let mention = chains.mention(at)?;
        Some(Place { sentence: mention.sentence, token: mention.head, range: mention.range })
    };
    let mut reference = Reference {
        place: place(at)?,
        kind,
        plural: mention.number == Some(Number::Several),
        antecedent: None,
        name: None,
        full: None,
        actors: Vec::new(),
        candidates: Vec::new(),
        reason: links.get(at),
    };
    match links.of.get(at)? {
        Link::Open => {}
        Link::Offered(others) => reference.candidates = actors(chains, others),
        Link::Together(others, _) => reference.actors = all_actors(chains, others),
        Link::To(other, _) => {
            let chain = chains.chain(chains.chain_of(at))?;
            let named = |m: &&usize| chains.mention(**m).is_some_and(|m| m.form == Form::Name);
            let mut before = chain.mentions.iter().filter(|m| **m < at);
            let full = |m: &&usize| chains.mention(**m).is_some_and(Mention::is_full);
            reference.antecedent = place(*other);
            reference.full = before.clone().rfind(full).copied().and_then(place);
            reference.name = before.rfind(named).copied().and_then(place);
            let lists = chain.mentions.iter().filter_map(|m| chains.mention(*m));
            let members = lists.map(|m| &m.members).find(|members| !members.is_empty());
            let own = [at];
            reference.actors = all_actors(chains, members.map_or(&own, Vec::as_slice));
        }
    }
    Some(reference)
}

/// The actor mentions behind `mentions`, one a chain; those of a chain that has none are left out.
fn actors(chains: &Chains<'_>, mentions: &[usize]) -> Vec<usize> {
    let all = mentions.iter().filter_map(|m| chains.actor_of(chains.chain_of(*m)));
    let mut found = Vec::new();
    for actor in all {
        if !found.contains(&actor) {
            found.push(actor);
        }
    }
    found
}

/// The actor mentions of all of `mentions`; none where one of these is nobody known, for a part is not who is meant.
fn all_actors(chains: &Chains<'_>, mentions: &[usize]) -> Vec<usize> {
    let found = actors(chains, mentions);
    if found.len() == mentions.len() { found } else { Vec::new() }
}

const fn kind(form: Form) -> Option<ReferenceKind> {
    Some(match form {
        Form::Pronoun(Pronoun::Personal) => ReferenceKind::Personal,
        Form::Pronoun(Pronoun::Possessive) => ReferenceKind::Possessive,
        Form::Pronoun(Pronoun::Reflexive) => ReferenceKind::Reflexive,
        Form::Pronoun(Pronoun::Relative) => ReferenceKind::Relative,
        Form::Definite => ReferenceKind::Definite,
        Form::Demonstrative => ReferenceKind::Demonstrative,
        _ => return None,
    })
}
