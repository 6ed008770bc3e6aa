//! Personal, possessive and reflexive pronouns: binding, number, gender, and who is spoken of most.
//!
//! Salience is counted as Lappin and Leass (1994) count it: a mention weighs by its grammatical function, half as much
//! for each sentence between.

use averment_lang::{Dep, Pos};

use super::Links;
use super::chains::Chains;
use super::mention::{Form, Kinds, Mention, Number, Pronoun, Role};
use super::nouns::Nouns;
use super::words::Words;

/// Sentences back that a pronoun may point.
const WINDOW: usize = 3;

/// What decides for one pronoun.
#[derive(Debug, Clone)]
pub(crate) struct Weighed {
    /// Chains that it may mean: number, nearest mention, weight; the heaviest first.
    pub(crate) found: Vec<(usize, usize, f32)>,
}

/// Joins pronouns with what they point back to.
pub(crate) fn join(chains: &mut Chains<'_>, nouns: &Nouns, links: &mut Links) {
    for at in 0..chains.mentions.len() {
        let Some(mention) = chains.mention(at).cloned() else { continue };
        let Form::Pronoun(kind) = mention.form else { continue };
        if kind == Pronoun::Relative {
            continue;
        }
        let chosen = if kind == Pronoun::Reflexive {
            reflexive(chains, at, &mention).map(|other| (other, "the subject of its clause"))
        } else if let Some(other) = sayer(chains, at, &mention) {
            Some((other, "who says it of itself"))
        } else {
            let weighed = weigh(chains, nouns, at, &mention);
            let chosen = choose(&mention, &weighed);
            if chosen.is_none() {
                links.offer(at, weighed.found.iter().take(2).map(|f| f.1).collect());
            }
            chosen
        };
        if let Some((other, reason)) = chosen {
            links.set(at, other, reason);
            chains.join(other, at);
        }
    }
}

/// By how much the heaviest must outweigh the next, and what it must weigh at least.
const fn limits(mention: &Mention) -> (f32, f32) {
    match (mention.gender, mention.number) {
        (Some(_), _) => (1.35, 60.0),
        (None, Some(Number::Several)) => (1.5, 100.0),
        (None, _) if matches!(mention.role, Role::Possessor) => (1.6, 85.0),
        (None, _) => (1.8, 120.0),
    }
}

fn choose(mention: &Mention, weighed: &Weighed) -> Option<(usize, &'static str)> {
    let (_, nearest, best) = weighed.found.first()?;
    let next = weighed.found.get(1).map_or(0.0, |f| f.2);
    let (margin, least) = limits(mention);
    if *best < least || *best < margin * next {
        return None;
    }
    Some(if next == 0.0 {
        (*nearest, "the only one nearby that it may mean")
    } else {
        (*nearest, "the one most spoken of nearby that it may mean")
    })
}

fn weigh(chains: &Chains<'_>, nouns: &Nouns, at: usize, mention: &Mention) -> Weighed {
    let mut found: Vec<(usize, usize, f32)> = Vec::new();
    let Some(words) = chains.words(at) else { return Weighed { found } };
    let bound = Binding::of(words, mention);
    let verb = words.tree.head(mention.head).filter(|_| mention.role == Role::Subject);
    let minds = verb.is_some_and(|verb| {
        words.pos(verb) == Pos::Verb && nouns.minds(words.lemma(verb)) && !passive(words, verb)
    });
    // "its fighters", "their leader": a group or a country has these.
    let owns_persons = mention.role == Role::Possessor
        && words
            .tree
            .head(mention.head)
            .is_some_and(|noun| nouns.kinds(words.lemma(noun)) == Kinds::PERSON);
    let window = if mention.number == Some(Number::Several) { 1 } else { WINDOW };
    // What nobody read may hold whom the pronoun means.
    let read = |back: &usize| {
        let before = mention.sentence.checked_sub(*back).and_then(|at| chains.sentences.get(at));
        before.is_some_and(|words| words.read)
    };
    let window = (1..=window).take_while(read).count();
    for (number, nearest) in chains.before(at) {
        let Some(near) = chains.mention(nearest) else { continue };
        let distance = mention.sentence.saturating_sub(near.sentence);
        if distance > window {
            break;
        }
        let Some(chain) = chains.chain(number) else { continue };
        if !fits(chains, mention, number)
            || (minds && !chain.kinds.meets(Kinds::PERSON.or(Kinds::GROUP)))
        {
            continue;
        }
        let here: Vec<&Mention> = chain
            .mentions
            .iter()
            .filter_map(|m| chains.mention(*m))
            .filter(|m| m.sentence == mention.sentence)
            .collect();
        if here.iter().any(|m| bound.excludes(words, m)) {
            continue;
        }
        let mut weight = 0.0;
        for back in 0..=WINDOW {
            let Some(sentence) = mention.sentence.checked_sub(back) else { break };
            let inside = chain.mentions.iter().filter_map(|m| chains.mention(*m));
            let inside = inside.filter(|m| m.sentence == sentence && m.place() < mention.place());
            let heaviest = inside.map(salience).fold(0.0_f32, f32::max);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_possible_wrap,
                reason = "at most 3"
            )]
            let fade = 0.5_f32.powi(back as i32);
            weight += heaviest * fade;
        }
        // "held six drivers. *They* were freed": to whom it is done, it was done before.
        let done_to = verb.is_some_and(|verb| passive(words, verb));
        let like = if done_to { Role::Object } else { mention.role };
        if near.role == like && distance <= 1 {
            weight += 35.0;
        }
        if bound.says(words, near) {
            weight += 60.0;
        }
        if mention.role == Role::Possessor
            && bound.clause_subject == Some(near.head)
            && distance == 0
        {
            weight += 40.0;
        }
        if owns_persons && !chain.kinds.meets(Kinds::PERSON.or(Kinds::GROUP)) {
            weight *= 0.5;
        }
        if chain.kinds == Kinds::ANY && mention.gender.is_some() {
            weight *= 0.5;
        }
        if mention.number == Some(Number::Several) && chain.number == Some(Number::One) {
            weight *= 0.6;
        }
        found.push((number, nearest, weight));
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then(b.1.cmp(&a.1)));
    Weighed { found }
}

fn salience(mention: &Mention) -> f32 {
    let role = match mention.role {
        Role::Subject => 80.0,
        Role::Object => 50.0,
        Role::Possessor | Role::Other => 40.0,
        Role::Oblique => 30.0,
    };
    role + 100.0
}

/// Whether the pronoun may mean the chain by number, gender and kind.
fn fits(chains: &Chains<'_>, mention: &Mention, number: usize) -> bool {
    let Some(chain) = chains.chain(number) else { return false };
    let several = mention.number == Some(Number::Several);
    let count = match (several, chain.number) {
        (true, Some(Number::One)) => chain.kinds == Kinds::GROUP,
        (false, Some(Number::Several)) => false,
        _ => true,
    };
    let gender = mention.gender.is_none()
        || (chain.kinds.meets(Kinds::PERSON)
            && chain.gender.is_none_or(|gender| Some(gender) == mention.gender));
    let kinds = if mention.gender.is_some() { Kinds::PERSON } else { mention.kinds };
    let speaker =
        chain.mentions.iter().filter_map(|m| chains.mention(*m)).all(|m| m.form == Form::Speaker);
    count
        && gender
        && chain.kinds.meets(kinds)
        && !speaker
        && !(kinds == Kinds::NO_PERSON && chain.kinds == Kinds::PERSON)
}

/// What the grammar of its clause forbids a pronoun.
struct Binding {
    /// The verb or noun that it hangs on.
    governor: Option<usize>,
    possessive: bool,
    subject: Option<usize>,
    /// The subject of the verb of saying that its clause is the object of.
    speaker: Option<usize>,
    /// The subject of the clause that it stands in.
    clause_subject: Option<usize>,
    head: usize,
}

impl Binding {
    fn of(words: &Words<'_>, mention: &Mention) -> Self {
        let tree = &words.tree;
        let possessive = mention.role == Role::Possessor;
        let governor = tree.head(mention.head);
        let clause = tree.clause(mention.head);
        let above = (mention.role == Role::Subject && tree.dep(clause) == Dep::Ccomp)
            .then(|| tree.head(clause))
            .flatten();
        Self {
            governor,
            possessive,
            subject: governor
                .filter(|_| !possessive && mention.role != Role::Subject)
                .and_then(|verb| words.subject(verb)),
            speaker: above.and_then(|verb| words.subject(verb)),
            clause_subject: words.subject(clause).filter(|_| possessive),
            head: mention.head,
        }
    }

    /// Whether the pronoun cannot mean `other`, of the same sentence.
    fn excludes(&self, words: &Words<'_>, other: &Mention) -> bool {
        let tree = &words.tree;
        if other.head > self.head {
            // "He accused Diallo", "he said that Diallo left": a name below the pronoun's verb is another's.
            return !self.possessive
                && other.form == Form::Name
                && self.governor.is_some_and(|g| tree.upward(other.head).any(|up| up == g));
        }
        let inside = tree
            .upward(self.head)
            .skip(1)
            .take_while(|up| nominal(words, *up))
            .any(|up| up == other.head);
        let beside = !self.possessive
            && self.governor.is_some()
            && tree.head(other.head) == self.governor
            && other.role != Role::Possessor
            && self
                .governor
                .is_some_and(|g| !nominal(words, g) || tree.child(g, Dep::Cop).is_some());
        let subject = self.subject == Some(other.head) && !self.possessive;
        inside || beside || subject
    }

    fn says(&self, _words: &Words<'_>, other: &Mention) -> bool {
        self.speaker == Some(other.head)
    }
}

fn nominal(words: &Words<'_>, at: usize) -> bool {
    matches!(words.pos(at), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
}

fn reflexive(chains: &Chains<'_>, at: usize, mention: &Mention) -> Option<usize> {
    let words = chains.words(at)?;
    let tree = &words.tree;
    let verb = tree.upward(mention.head).skip(1).find(|up| !nominal(words, *up))?;
    let subject = words.subject(verb)?;
    let other = super::names::find(chains, mention.sentence, subject)?;
    (other < at && fits(chains, mention, chains.chain_of(other))).then_some(other)
}

/// Those who bear arms and speak of themselves as "they".
const BEARERS: [&str; 12] = [
    "rebels",
    "militants",
    "insurgents",
    "fighters",
    "separatists",
    "jihadists",
    "jihadis",
    "extremists",
    "islamists",
    "guerrillas",
    "guerillas",
    "militias",
];

/// "The resistance said *it* had seized", "the rebels claimed *they* had killed": whoever speaks, where "it" or "they" does what is said. A
/// person is no "it".
fn sayer(chains: &Chains<'_>, at: usize, mention: &Mention) -> Option<usize> {
    let words = chains.words(at)?;
    let they = words.word(mention.head) == "they";
    let stands = they || words.word(mention.head) == "it";
    let does = stands && mention.role == Role::Subject;
    let verb =
        words.tree.head(mention.head).filter(|verb| does && words.pos(*verb) == Pos::Verb)?;
    let above = words.tree.head(verb).filter(|_| words.tree.dep(verb) == Dep::Ccomp)?;
    let subject = words.subject(above).filter(|subject| *subject < above && above < verb)?;
    let other = super::names::find(chains, mention.sentence, subject)?;
    let said = chains.mention(other)?;
    let chain = chains.chain(chains.chain_of(other))?;
    let one = said.number != Some(Number::Several) && said.gender.is_none();
    let body = said.kinds != Kinds::PERSON && chain.kinds != Kinds::PERSON;
    let fits = if they { BEARERS.contains(&words.word(subject)) } else { one && body };
    (other < at && fits).then_some(other)
}

fn passive(words: &Words<'_>, verb: usize) -> bool {
    words.feats(verb).contains("Voice=Pass")
}
