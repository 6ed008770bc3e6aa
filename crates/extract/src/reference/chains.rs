//! Chains: the mentions that stand for the same, and what they say of it together.

use std::collections::BTreeSet;

use averment_actors::{ActorMention, MentionKind, Referent};
use averment_lang::Pos;
use averment_types::ActorRef;

use super::mention::{Form, Gender, Kinds, Mention, Number};
use super::nouns::Nouns;
use super::words::Words;

/// What mentions of one chain say together.
#[derive(Debug, Clone)]
pub(crate) struct Chain<'a> {
    /// Its mentions, in the order of the text.
    pub(crate) mentions: Vec<usize>,
    pub(crate) kinds: Kinds,
    pub(crate) number: Option<Number>,
    pub(crate) gender: Option<Gender>,
    /// The lemmas of the nouns that it is called by.
    pub(crate) nouns: BTreeSet<&'a str>,
    /// All words that tell of it.
    pub(crate) words: BTreeSet<&'a str>,
    /// Whether a name stands for it.
    pub(crate) named: bool,
}

/// All mentions and the chains that they are in.
pub(crate) struct Chains<'a> {
    /// The report's actor mentions.
    pub(crate) actors: &'a [ActorMention],
    pub(crate) sentences: Vec<Words<'a>>,
    pub(crate) mentions: Vec<Mention>,
    all: Vec<Chain<'a>>,
    of: Vec<usize>,
}

impl<'a> Chains<'a> {
    /// Each mention in a chain of its own.
    pub(crate) fn new(
        sentences: Vec<Words<'a>>,
        mentions: Vec<Mention>,
        actors: &'a [ActorMention],
        lists: &Nouns,
    ) -> Self {
        let chain = |(at, mention): (usize, &Mention)| {
            let words = sentences.get(mention.sentence);
            Chain {
                mentions: vec![at],
                kinds: mention.kinds,
                number: mention.number,
                gender: mention.gender,
                nouns: words.map(|w| nouns(w, mention, lists)).unwrap_or_default(),
                words: words.map(|w| telling(w, mention)).unwrap_or_default(),
                named: mention.form == Form::Name,
            }
        };
        let all: Vec<Chain<'a>> = mentions.iter().enumerate().map(chain).collect();
        Self { actors, of: (0..mentions.len()).collect(), sentences, mentions, all }
    }

    pub(crate) fn mention(&self, at: usize) -> Option<&Mention> {
        self.mentions.get(at)
    }

    pub(crate) fn words(&self, at: usize) -> Option<&Words<'a>> {
        self.sentences.get(self.mentions.get(at)?.sentence)
    }

    /// The chain that mention `at` is in, by number.
    pub(crate) fn chain_of(&self, at: usize) -> usize {
        self.of.get(at).copied().unwrap_or(at)
    }

    pub(crate) fn chain(&self, number: usize) -> Option<&Chain<'a>> {
        self.all.get(number)
    }

    /// The actor mention that says best who the chain is: a name that the registry knows, and else a person's name.
    /// What the words alone say ("an activist") counts where the chain has no name.
    pub(crate) fn actor_of(&self, number: usize) -> Option<usize> {
        let chain = self.chain(number)?;
        let all = chain.mentions.iter().filter_map(|m| self.mention(*m)?.actor);
        let rank = |at: &usize| {
            let mention = self.actors.get(*at)?;
            let by_name = matches!(
                mention.kind,
                MentionKind::Named | MentionKind::Person | MentionKind::Outlet
            );
            match &mention.actor {
                Some(_) if by_name => Some(3),
                None if mention.kind == MentionKind::Person => Some(2),
                Some(_) if !chain.named => Some(1),
                _ => None,
            }
        };
        let ranked = all.filter_map(|at| rank(&at).map(|rank| (rank, at)));
        ranked.max_by_key(|(rank, at)| (*rank, std::cmp::Reverse(*at))).map(|(_, at)| at)
    }

    /// The actor of the chain, where the registry knows it.
    pub(crate) fn known(&self, number: usize) -> Option<&'a ActorRef> {
        self.actors.get(self.actor_of(number)?)?.actor.as_ref()
    }

    /// What mention `at` may mean by the registry, where that knows its noun.
    pub(crate) fn referent(&self, at: usize) -> Option<&'a Referent> {
        self.actors.get(self.mention(at)?.actor?)?.refers_to.as_ref()
    }

    /// Whether both mentions are in one chain.
    pub(crate) fn joined(&self, a: usize, b: usize) -> bool {
        self.chain_of(a) == self.chain_of(b)
    }

    /// The chains with a mention before mention `at`, each with that mention, the nearest first.
    pub(crate) fn before(&self, at: usize) -> Vec<(usize, usize)> {
        let mut seen = BTreeSet::new();
        let own = self.chain_of(at);
        let mut out = Vec::new();
        for before in (0..at).rev() {
            let chain = self.chain_of(before);
            if chain != own && seen.insert(chain) {
                out.push((chain, before));
            }
        }
        out
    }

    /// Whether nothing that is known speaks against one chain for both.
    pub(crate) fn agree(&self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.chain(self.chain_of(a)), self.chain(self.chain_of(b)))
        else {
            return false;
        };
        let differ =
            |x: Option<Number>, y: Option<Number>| matches!((x, y), (Some(x), Some(y)) if x != y);
        let genders =
            |x: Option<Gender>, y: Option<Gender>| matches!((x, y), (Some(x), Some(y)) if x != y);
        let group = a.kinds.meets(Kinds::GROUP) && b.kinds.meets(Kinds::GROUP);
        a.kinds.meets(b.kinds)
            && !genders(a.gender, b.gender)
            && (group || !differ(a.number, b.number))
    }

    /// Puts the chains of both mentions together.
    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (into, from) = (self.chain_of(a), self.chain_of(b));
        if into == from {
            return;
        }
        let Some(gone) = self.all.get(from).cloned() else { return };
        for mention in &gone.mentions {
            if let Some(of) = self.of.get_mut(*mention) {
                *of = into;
            }
        }
        if let Some(from) = self.all.get_mut(from) {
            from.mentions.clear();
        }
        if let Some(chain) = self.all.get_mut(into) {
            chain.mentions.extend(gone.mentions);
            chain.mentions.sort_unstable();
            let shared = chain.kinds.and(gone.kinds);
            chain.kinds = if shared.is_none() { chain.kinds } else { shared };
            chain.number = chain.number.or(gone.number);
            chain.gender = chain.gender.or(gone.gender);
            chain.nouns.extend(gone.nouns);
            chain.words.extend(gone.words);
            chain.named |= gone.named;
        }
    }

    /// Lets the noun at `at` of a sentence tell what chain of `mention` is: "X is a *company*".
    pub(crate) fn describe(&mut self, mention: usize, noun: &'a str, nouns: &Nouns) {
        let number = self.chain_of(mention);
        if let Some(chain) = self.all.get_mut(number) {
            let shared = chain.kinds.and(nouns.kinds(noun));
            chain.kinds = if shared.is_none() { chain.kinds } else { shared };
            chain.gender = chain.gender.or(nouns.gender(noun));
            chain.nouns.insert(noun);
            chain.words.insert(noun);
        }
    }
}

/// The noun that a description is made with; of a name the titles before it, and of a group's the noun in it: "the
/// *Ministry* of Defence".
fn nouns<'a>(words: &Words<'a>, mention: &Mention, lists: &Nouns) -> BTreeSet<&'a str> {
    match mention.form {
        Form::Name => {
            let person = mention.kinds == Kinds::PERSON;
            let tells = |at: &usize| {
                let own = *at == mention.head;
                words.pos(*at) == Pos::Noun
                    || if own { !person && lists.knows(words.word(*at)) } else { person }
            };
            mention.tokens.clone().filter(tells).map(|at| words.lemma_lower(at)).collect()
        }
        Form::Pronoun(_) | Form::Speaker | Form::List => BTreeSet::new(),
        _ => BTreeSet::from([words.lemma_lower(mention.head)]),
    }
}

/// All words that tell what a mention stands for: its own, and those that hang on its head.
fn telling<'a>(words: &Words<'a>, mention: &Mention) -> BTreeSet<&'a str> {
    if !mention.is_full() {
        return BTreeSet::new();
    }
    let mut all: Vec<usize> = mention.tokens.clone().collect();
    all.extend(words.tree.subtree(mention.head));
    all.into_iter().map(|at| words.lemma_lower(at)).collect()
}
