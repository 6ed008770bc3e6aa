//! Lists: nominals that "and" joins, as one mention that "they" may refer to.

use averment_lang::Dep;

use super::detect::Finder;
use super::mention::{Form, Kinds, Mention, Number};

impl Finder<'_, '_> {
    /// "Ali and Omar", "the army and the police": the list as one mention that several may refer to.
    pub(super) fn add_lists(&self, base: usize, found: &mut Vec<Mention>) {
        let tree = &self.words.tree;
        let mut lists = Vec::new();
        for (at, first) in found.iter().enumerate() {
            let conjuncts: Vec<usize> = tree.children_in(first.head, &[Dep::Conj]).collect();
            let joined = conjuncts.iter().any(|c| {
                tree.children_in(*c, &[Dep::Cc])
                    .any(|cc| matches!(self.words.word(cc), "and" | "&"))
            });
            if conjuncts.is_empty() || !joined || !first.is_full() {
                continue;
            }
            let mut members = vec![at];
            members.extend((0..found.len()).filter(|i| {
                found.get(*i).is_some_and(|m| conjuncts.contains(&m.head) && m.is_full())
            }));
            let last = members
                .last()
                .and_then(|i| found.get(*i))
                .map_or(first.tokens.end, |m| m.tokens.end);
            let tokens = first.tokens.start..last;
            let shared = members.iter().filter_map(|i| found.get(*i)).map(|m| m.kinds);
            let kinds = shared.fold(Kinds::ANY, Kinds::and);
            let Some(range) = self.words.range(&tokens).filter(|_| members.len() > 1) else {
                continue;
            };
            lists.push((
                at,
                Mention {
                    tokens,
                    range,
                    form: Form::List,
                    number: Some(Number::Several),
                    gender: None,
                    kinds: if kinds.is_none() { Kinds::ANY } else { kinds },
                    actor: None,
                    members,
                    ..first.clone()
                },
            ));
        }
        // Each list moves the numbers of the mentions behind its first member.
        for (shift, (at, mut list)) in lists.iter().cloned().enumerate() {
            let moved =
                |member: usize| member + lists.iter().filter(|(first, _)| *first < member).count();
            list.members = list.members.iter().map(|m| base + moved(*m)).collect();
            found.insert(at + 1 + shift, list);
        }
    }
}
