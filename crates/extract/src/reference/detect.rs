//! Finding mentions: which words head phrases that stand for somebody or something.

use std::collections::BTreeSet;
use std::ops::Range;

use averment_actors::{ActorMention, MentionKind};
use averment_lang::{Dep, EntityKind, Pos, Subtype};
use averment_types::ActorKind;

use super::mention::{Form, Gender, Kinds, Mention, Number, Pronoun, Role};
use super::nouns::Nouns;
use super::words::Words;

/// Finds the mentions of one sentence, in the order of their heads; lists come behind their first member.
pub(crate) struct Finder<'f, 'a> {
    pub(crate) words: &'f Words<'a>,
    pub(crate) sentence: usize,
    pub(crate) nouns: &'f Nouns,
    /// The report's actor mentions.
    pub(crate) actors: &'f [ActorMention],
}

impl Finder<'_, '_> {
    /// The mentions; the first will have the number `base`.
    pub(crate) fn find(&self, base: usize) -> Vec<Mention> {
        let mut found: Vec<Mention> = if self.words.read {
            (0..self.words.len()).filter_map(|at| self.mention(at)).collect()
        } else {
            self.named_by_string()
        };
        self.add_lists(base, &mut found);
        found
    }

    fn mention(&self, at: usize) -> Option<Mention> {
        if self.words.pos(at) == Pos::Pron || is_pronoun(self.words.word(at)) {
            return self.pronoun(at);
        }
        if !self.heads_phrase(at) && !self.counts(at) {
            return None;
        }
        let tokens = self.core(at);
        let actor = self.actor(at, &tokens);
        let form = self.form(at, &tokens, actor);
        let number = self.number(at, form);
        let kinds = self.kinds(at, form, actor);
        let gender = self.gender(at, &tokens, form, kinds, number);
        Some(Mention {
            sentence: self.sentence,
            head: at,
            range: self.words.range(&tokens)?,
            tokens,
            form,
            number,
            gender,
            kinds,
            role: self.role(at),
            actor,
            members: Vec::new(),
        })
    }

    fn heads_phrase(&self, at: usize) -> bool {
        let relation = self.words.tree.relation(at);
        let nominal = matches!(self.words.pos(at), Pos::Noun | Pos::Propn)
            || (self.words.name(at).is_some_and(|n| n.0.len() == 1)
                && self.words.pos(at) == Pos::X);
        let inside = matches!(
            relation.universal,
            Dep::Flat | Dep::Fixed | Dep::Goeswith | Dep::Case | Dep::Cc | Dep::Advmod | Dep::Mark
        ) || relation.is(Dep::Nmod, Subtype::Desc)
            || (relation.universal == Dep::Compound && !self.names_alone(at))
            || relation.is(Dep::Obl, Subtype::Tmod)
            || relation.is(Dep::Obl, Subtype::Unmarked)
            || relation.is(Dep::Nmod, Subtype::Tmod);
        nominal && !inside
    }

    /// "the former", "the latter", "the two", "both": no noun, yet a phrase.
    fn counts(&self, at: usize) -> bool {
        let word = self.words.word(at);
        let the = at.checked_sub(1).is_some_and(|before| self.words.word(before) == "the");
        let known = (the && matches!(word, "former" | "latter" | "two")) || word == "both";
        known
            && matches!(
                self.words.tree.dep(at),
                Dep::Nsubj | Dep::Obj | Dep::Iobj | Dep::Obl | Dep::Nmod | Dep::Root
            )
    }

    /// Whether a name stands before the noun that it hangs on: "an *ISIS* attack".
    fn names_alone(&self, at: usize) -> bool {
        let head = self.words.tree.head(at);
        self.words.name(at).is_some_and(|(tokens, kind)| {
            matches!(kind, EntityKind::Person | EntityKind::Organization)
                && head.is_some_and(|head| !tokens.contains(&head))
        })
    }

    /// The words of the phrase without what follows its head, but for the rest of a name.
    fn core(&self, head: usize) -> Range<usize> {
        let tree = &self.words.tree;
        let mut words = BTreeSet::from([head]);
        for child in tree.children(head) {
            let relation = tree.relation(*child);
            let inside = match relation.universal {
                Dep::Det | Dep::Amod | Dep::Nummod | Dep::Compound | Dep::Goeswith => *child < head,
                Dep::Flat | Dep::Fixed => true,
                Dep::Nmod => {
                    relation.subtype == Some(Subtype::Desc)
                        || (relation.subtype == Some(Subtype::Poss) && *child < head)
                }
                _ => false,
            };
            if inside {
                words.extend(tree.subtree(*child));
            }
        }
        let first = words.first().copied().unwrap_or(head);
        let mut last = words.last().copied().unwrap_or(head);
        if let Some((name, _)) = self.words.name(head).filter(|(n, _)| tree.top(n) == Some(head)) {
            last = last.max(name.end - 1);
        }
        first..last + 1
    }

    /// The actor mention of the phrase, by its head.
    fn actor(&self, head: usize, tokens: &Range<usize>) -> Option<usize> {
        let word = self.words.range(&(head..head + 1))?;
        let range = self.words.range(tokens)?;
        let from = self.actors.partition_point(|m| m.span.end() <= range.start());
        let all = self.actors.iter().enumerate().skip(from);
        let mut near = all.take_while(|(_, m)| m.span.start() < range.end());
        near.find(|(_, m)| m.span.overlaps(word) || m.head.overlaps(word)).map(|(at, _)| at)
    }

    fn form(&self, at: usize, tokens: &Range<usize>, actor: Option<usize>) -> Form {
        let named = actor.and_then(|a| self.actors.get(a)).is_some_and(|m| {
            matches!(m.kind, MentionKind::Named | MentionKind::Person | MentionKind::Outlet)
        });
        let propn = self.words.pos(at) == Pos::Propn;
        let entity = self.words.name(at).is_some_and(|(_, kind)| {
            !matches!(kind, EntityKind::Date | EntityKind::Money | EntityKind::Norp)
        });
        let written = self.words.written(at).starts_with(char::is_uppercase);
        if propn || ((named || entity) && written) {
            return Form::Name;
        }
        let tree = &self.words.tree;
        if self.counts(at) {
            return Form::Definite;
        }
        let det = tree.child(at, Dep::Det).map(|det| self.words.word(det));
        match det {
            Some("the") => Form::Definite,
            Some("this" | "these" | "that" | "those") => Form::Demonstrative,
            _ if self.words.child(at, Dep::Nmod, Subtype::Poss).is_some() => Form::Possessed,
            None if tokens.len() > 1 && matches!(self.words.word(tokens.start), "both") => {
                Form::Definite
            }
            Some("both") => Form::Definite,
            _ => Form::Indefinite,
        }
    }

    fn number(&self, at: usize, form: Form) -> Option<Number> {
        let feats = self.words.feats(at);
        let lemma = self.words.lemma(at);
        let kind = self.words.name(at).map(|(_, kind)| *kind);
        match form {
            _ if matches!(lemma, "two" | "both") => Some(Number::Several),
            Form::Name if matches!(kind, Some(EntityKind::Person)) => {
                Some(if feats.contains("Number=Plur") { Number::Several } else { Number::One })
            }
            Form::Name if matches!(kind, Some(EntityKind::Organization)) => Some(Number::One),
            _ if matches!(lemma, "police" | "people" | "staff" | "crew" | "public") => None,
            _ if feats.contains("Number=Plur") || feats.contains("Number=Ptan") => {
                Some(Number::Several)
            }
            _ if feats.contains("Number=Sing") => Some(Number::One),
            _ => None,
        }
    }

    fn kinds(&self, at: usize, form: Form, actor: Option<usize>) -> Kinds {
        let actor = actor.and_then(|a| self.actors.get(a));
        let noun = self.nouns.kinds(self.words.lemma(at));
        if self.counts(at) {
            return Kinds::ANY;
        }
        if form != Form::Name {
            let known = if noun == Kinds::THING
                && self.words.name(at).is_some_and(|n| n.1 == EntityKind::Norp)
            {
                Kinds::PERSON
            } else {
                noun
            };
            return match actor.map(|m| m.kind) {
                Some(MentionKind::Reference) if known == Kinds::THING => Kinds::GROUP,
                Some(MentionKind::Generic) if known == Kinds::THING => {
                    Kinds::PERSON.or(Kinds::GROUP)
                }
                _ => known,
            };
        }
        if let Some(actor) =
            actor.filter(|m| m.kind != MentionKind::Generic).and_then(|m| m.actor.as_ref())
        {
            return match actor.kind {
                ActorKind::Person => Kinds::PERSON,
                ActorKind::State => Kinds::PLACE.or(Kinds::GROUP),
                _ => Kinds::GROUP,
            };
        }
        match self.words.name(at).map(|(_, kind)| *kind) {
            Some(EntityKind::Person) => Kinds::PERSON,
            Some(EntityKind::Organization) => Kinds::GROUP,
            Some(EntityKind::Location | EntityKind::Facility) => Kinds::PLACE,
            Some(EntityKind::Norp) => Kinds::PERSON.or(Kinds::GROUP),
            Some(_) => Kinds::THING,
            None => match actor.map(|m| m.kind) {
                Some(MentionKind::Person) => Kinds::PERSON,
                Some(MentionKind::Outlet | MentionKind::Named) => Kinds::GROUP,
                _ if noun != Kinds::THING => noun,
                _ => Kinds::ANY,
            },
        }
    }

    fn gender(
        &self,
        at: usize,
        tokens: &Range<usize>,
        form: Form,
        kinds: Kinds,
        number: Option<Number>,
    ) -> Option<Gender> {
        if !kinds.meets(Kinds::PERSON) || number == Some(Number::Several) {
            return None;
        }
        if form != Form::Name {
            return self.nouns.gender(self.words.lemma(at));
        }
        let titled = tokens.clone().find_map(|at| {
            let word = self.words.word(at).trim_end_matches('.');
            self.nouns.gender(word)
        });
        let given = || {
            let name = self.words.name(at).map_or(tokens.clone(), |n| n.0.clone());
            self.nouns.gender_of_name(self.words.word(name.start))
        };
        titled.or_else(given)
    }

    fn role(&self, at: usize) -> Role {
        let tree = &self.words.tree;
        let relation = tree.relation(at);
        match relation.universal {
            Dep::Nsubj | Dep::Csubj => Role::Subject,
            Dep::Obj | Dep::Iobj => Role::Object,
            Dep::Nmod if relation.subtype == Some(Subtype::Poss) => Role::Possessor,
            Dep::Obl | Dep::Nmod => Role::Oblique,
            Dep::Conj => {
                tree.head(at).filter(|head| *head < at).map_or(Role::Other, |head| self.role(head))
            }
            _ => Role::Other,
        }
    }

    fn pronoun(&self, at: usize) -> Option<Mention> {
        let tree = &self.words.tree;
        let word = self.words.word(at);
        if tree.dep(at) == Dep::Expl {
            return None;
        }
        let owns = tree.relation(at).is(Dep::Nmod, Subtype::Poss) || tree.dep(at) == Dep::Det;
        let (form, number, gender, kinds) = match word {
            "he" | "him" | "himself" | "his" => {
                (third(word, owns), Some(Number::One), Some(Gender::Male), Kinds::PERSON)
            }
            "she" | "her" | "hers" | "herself" => {
                (third(word, owns), Some(Number::One), Some(Gender::Female), Kinds::PERSON)
            }
            "it" | "its" | "itself" => {
                (third(word, owns), Some(Number::One), None, Kinds::NO_PERSON)
            }
            "they" | "them" | "their" | "theirs" | "themselves" => {
                (third(word, owns), Some(Number::Several), None, Kinds::ANY)
            }
            "i" | "me" | "my" | "mine" | "myself" => {
                (Form::Speaker, Some(Number::One), None, Kinds::PERSON)
            }
            "we" | "us" | "our" | "ours" | "ourselves" => {
                (Form::Speaker, Some(Number::Several), None, Kinds::PERSON.or(Kinds::GROUP))
            }
            "who" | "whom" | "whose" | "which" | "that" if self.is_relative(at) => {
                let kinds = if matches!(word, "who" | "whom") {
                    Kinds::PERSON.or(Kinds::GROUP)
                } else {
                    Kinds::ANY
                };
                (Form::Pronoun(Pronoun::Relative), None, None, kinds)
            }
            "someone" | "somebody" | "everyone" | "everybody" | "nobody" | "anyone" | "anybody" => {
                (Form::Indefinite, None, None, Kinds::PERSON)
            }
            _ => return None,
        };
        let tokens = at..at + 1;
        Some(Mention {
            sentence: self.sentence,
            head: at,
            range: self.words.range(&tokens)?,
            tokens,
            form,
            number,
            gender,
            kinds,
            role: if owns { Role::Possessor } else { self.role(at) },
            actor: None,
            members: Vec::new(),
        })
    }

    /// Whether the pronoun stands in a relative clause that it opens.
    fn is_relative(&self, at: usize) -> bool {
        let tree = &self.words.tree;
        let clause = tree.upward(at).find(|up| tree.relation(*up).is(Dep::Acl, Subtype::Relcl));
        clause.is_some_and(|clause| {
            at <= clause
                && tree.head(clause).is_some_and(|noun| noun < at)
                && !matches!(tree.dep(at), Dep::Det | Dep::Mark)
                && (self.words.feats(at).contains("PronType=Rel") || self.words.word(at) != "that")
        })
    }

    /// The names that actors are found by in a sentence that the reader did not read.
    fn named_by_string(&self) -> Vec<Mention> {
        let Some(range) = self.words.range(&(0..self.words.len())) else { return Vec::new() };
        let from = self.actors.partition_point(|m| m.span.start() < range.start());
        let here = self.actors.iter().enumerate().skip(from);
        let here = here.take_while(|(_, m)| m.span.start() < range.end());
        here.filter_map(|(index, mention)| {
            let kinds = match mention.kind {
                MentionKind::Person => Kinds::PERSON,
                MentionKind::Named | MentionKind::Outlet => Kinds::GROUP,
                _ => return None,
            };
            let start = self.words.at_offset(mention.head.start());
            let end = self.words.at_offset(mention.head.end().saturating_sub(1)) + 1;
            let tokens = start..end.min(self.words.len()).max(start + 1);
            let given = self.nouns.gender_of_name(self.words.word(tokens.start));
            Some(Mention {
                sentence: self.sentence,
                head: tokens.end - 1,
                range: mention.span,
                tokens,
                form: Form::Name,
                number: Some(Number::One),
                gender: given.filter(|_| kinds == Kinds::PERSON),
                kinds,
                role: Role::Other,
                actor: Some(index),
                members: Vec::new(),
            })
        })
        .collect()
    }
}

fn third(word: &str, owns: bool) -> Form {
    Form::Pronoun(match word {
        "himself" | "herself" | "itself" | "themselves" => Pronoun::Reflexive,
        "his" | "its" | "their" => Pronoun::Possessive,
        "her" if owns => Pronoun::Possessive,
        _ => Pronoun::Personal,
    })
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "his" | "its" | "their" | "my" | "our" | "her")
}
