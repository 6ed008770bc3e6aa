//! A word's function as the slots of codebook rules name it.

use averment_codebook::Function;
use averment_lang::{Dep, Subtype};

use super::sentence::Word;

/// A function, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// The word has it towards its head.
    Own(String),
    /// Its head has it towards the word.
    OfHead(String),
    /// The word that it is coordinated with has it.
    Joined(String),
}

/// The slot of the word at `index` of `words`, a sentence; `None` where rules have no name for its relation.
pub(super) fn of(words: &[Word], index: usize) -> Option<Slot> {
    let word = words.get(index)?;
    word.head?;
    let relation = word.relation;
    let own = |function: Function| Some(Slot::Own(function.to_string()));
    match (relation.universal, relation.subtype) {
        (Dep::Nsubj, Some(Subtype::Pass)) | (Dep::Obj, _) => own(Function::Object),
        (Dep::Nsubj, _) | (Dep::Obl, Some(Subtype::Agent)) => own(Function::Subject),
        (Dep::Nmod, Some(Subtype::Poss)) => own(Function::Possessor),
        (Dep::Nmod, Some(Subtype::Desc)) => Some(Slot::OfHead(Function::Apposition.to_string())),
        (Dep::Obl | Dep::Nmod, _) => {
            let name = relation.universal.name();
            let slot = format!("{name}:{}", preposition(words, index)?);
            Function::parse(&slot).map(|_| Slot::Own(slot))
        }
        (Dep::Compound, None) => own(Function::Compound),
        (Dep::Amod, None) => own(Function::Amod),
        (Dep::Appos, _) => own(Function::Apposition),
        (Dep::Acl, _) => Some(Slot::OfHead(Function::Head.to_string())),
        (Dep::Conj, _) => joined(words, index),
        _ => None,
    }
}

/// The slot of the word that a coordination begins with.
fn joined(words: &[Word], index: usize) -> Option<Slot> {
    let head = |at: usize| words.get(at).filter(|w| w.relation.universal == Dep::Conj)?.head;
    // As many steps as there are words: an end even where heads go round in a ring.
    let first = std::iter::successors(Some(index), |at| head(*at)).take(words.len()).last()?;
    if head(first).is_some() {
        return None;
    }
    match of(words, first)? {
        Slot::Own(name) => Some(Slot::Joined(name)),
        Slot::OfHead(_) | Slot::Joined(_) => None,
    }
}

/// The preposition of a phrase: the last word of the last one of its markers of case that stands before it.
fn preposition(words: &[Word], index: usize) -> Option<String> {
    let below = |head: usize, relation: Dep| {
        let mut before = words.iter().enumerate().take(index).rev();
        before.find(|(_, word)| word.head == Some(head) && word.relation.universal == relation)
    };
    let (at, case) = below(index, Dep::Case)?;
    let last = below(at, Dep::Fixed).map_or(case, |(_, word)| word);
    Some(last.form.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::given::sentence;
    use super::*;

    fn slots(rows: &str) -> Vec<String> {
        let words = sentence(rows).words;
        let slots = (0..words.len()).filter_map(|index| of(&words, index));
        slots
            .map(|slot| match slot {
                Slot::Own(name) => name,
                Slot::OfHead(name) => format!("head is {name}"),
                Slot::Joined(name) => format!("and {name}"),
            })
            .collect()
    }

    #[test]
    fn passives_are_turned() {
        let rows = "Men NOUN 3 nsubj:pass|were AUX 3 aux:pass|shot VERB 0 root|By ADP 5 case|rebels NOUN 3 obl:agent";
        assert_eq!(slots(rows), ["obj", "nsubj"]);
    }

    #[test]
    fn prepositions_name_their_phrases() {
        let rows = "Talks NOUN 4 nsubj|with ADP 3 case|rebels NOUN 1 nmod|failed VERB 0 root\
                    |because ADP 7 case|of ADP 5 fixed|rain NOUN 4 obl|yesterday NOUN 4 obl:unmarked";
        assert_eq!(slots(rows), ["nsubj", "nmod:with", "obl:of"]);
        let odd = "Il PRON 2 nsubj|va VERB 0 root|l' ADP 4 case|est NOUN 2 obl";
        assert_eq!(slots(odd), ["nsubj"]);
    }

    #[test]
    fn heads_have_functions_towards_what_hangs_on_them() {
        let rows =
            "commander NOUN 2 nmod:desc|Musa PROPN 0 root|leading VERB 2 acl|them PRON 3 obj";
        assert_eq!(slots(rows), ["head is appos", "head is head", "obj"]);
    }

    #[test]
    fn coordinated_words_share_a_function() {
        let rows = "Men NOUN 3 nsubj|boys NOUN 1 conj|fled VERB 0 root|town NOUN 3 obj|village NOUN 4 conj\
                    |hut NOUN 5 conj|hid VERB 3 conj";
        assert_eq!(slots(rows), ["nsubj", "and nsubj", "obj", "and obj", "and obj"]);
        assert_eq!(slots("a NOUN 2 conj|b NOUN 1 conj|c VERB 0 root"), [""; 0]);
    }
}
