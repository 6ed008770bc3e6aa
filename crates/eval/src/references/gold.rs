//! GUM's coreference: the `Entity` brackets of MISC as mentions.
//!
//! A bracket opens with `(`, the entity's number, its type and more, parted by hyphens, and closes with the
//! number and `)`; one that opens and closes at one word has both. `minspan` names the words without which the
//! mention would not be one, counted from its first; its head is the one of these that governs the others.
//! Relative pronouns have no brackets; the enhanced graph says which noun each refers to (`:ref`).

use averment_lang::conllu::ConlluSentence;

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// "he", "them".
    Personal,
    /// "his", "its".
    Possessive,
    /// "himself".
    Reflexive,
    /// "who", "which"; its antecedent is the noun that the clause tells of.
    Relative,
    /// With "the" and a common noun.
    Definite,
    /// With "this", "that", "these", "those" and a common noun.
    Demonstrative,
}

impl Kind {
    /// All kinds, in the order of the tables.
    pub const ALL: [Self; 6] = [
        Self::Personal,
        Self::Possessive,
        Self::Reflexive,
        Self::Relative,
        Self::Definite,
        Self::Demonstrative,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal pronoun",
            Self::Possessive => "possessive",
            Self::Reflexive => "reflexive",
            Self::Relative => "relative",
            Self::Definite => "definite description",
            Self::Demonstrative => "demonstrative description",
        }
    }
}

/// A mention of gold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The entity's number in its document.
    pub entity: u32,
    /// Its type: "person", "organization", and eight more.
    pub etype: String,
    /// The index of its sentence in the document.
    pub sentence: usize,
    /// Its first word, counted within the sentence.
    pub first: usize,
    /// The word behind its last one.
    pub end: usize,
    /// Its head.
    pub head: usize,
    /// What it is asked for, if it is.
    pub kind: Option<Kind>,
    /// Whether its head is a plural; `None` where gold does not say.
    pub plural: Option<bool>,
    /// Whether the entity was mentioned before.
    pub anaphoric: bool,
}

/// The mentions of a document, in the order of their first words, the wider first; `None` where a bracket is not of the format.
#[must_use]
pub fn mentions(document: &[ConlluSentence<'_>]) -> Option<Vec<Mention>> {
    let mut all = Vec::new();
    for (index, sentence) in document.iter().enumerate() {
        all.extend(of_sentence(index, sentence)?);
    }
    let mut seen: Vec<u32> = Vec::new();
    for mention in &mut all {
        mention.anaphoric = seen.contains(&mention.entity);
        seen.push(mention.entity);
    }
    Some(all)
}

fn of_sentence(index: usize, sentence: &ConlluSentence<'_>) -> Option<Vec<Mention>> {
    let mut found: Vec<Mention> = Vec::new();
    // The places in `found` of the brackets that are open, and the words of each mention that count.
    let mut open: Vec<usize> = Vec::new();
    let mut counted: Vec<Vec<usize>> = Vec::new();
    for (at, word) in sentence.words().enumerate() {
        let Some(marks) = word.misc.split('|').find_map(|item| item.strip_prefix("Entity=")) else {
            continue;
        };
        let mut rest = marks;
        while let Some((before, behind)) = rest.find(['(', ')']).map(|p| rest.split_at(p)) {
            let body = behind.get(1..)?;
            if behind.starts_with(')') {
                close(&mut open, &mut found, before.parse().ok()?, at)?;
                rest = body;
                continue;
            }
            let end = body.find(['(', ')']).unwrap_or(body.len());
            let (mention, words) = opened(index, at, body.get(..end)?)?;
            open.push(found.len());
            counted.push(words);
            found.push(mention);
            rest = body.get(end..)?;
            if rest.starts_with(')') {
                let number = found.last()?.entity;
                close(&mut open, &mut found, number, at)?;
                rest = rest.get(1..)?;
            }
        }
    }
    let words: Vec<_> = sentence.words().collect();
    for (mention, counted) in found.iter_mut().zip(&counted) {
        let inside = |at: usize| counted.iter().any(|c| mention.first + c == at);
        let all = (mention.first..mention.end).filter(|at| inside(*at));
        let governs = |at: &usize| {
            let head = words.get(*at).and_then(|w| w.head()).and_then(|h| h.checked_sub(1));
            head.is_none_or(|head| !inside(head))
        };
        mention.head = all.clone().find(governs).or_else(|| all.clone().next())?;
        describe(mention, &words);
    }
    add_relatives(index, &words, &mut found);
    Some(found)
}

/// A mention and the words of it that count, from "12-person-giv:act-nnnnn-cf1-1,2-coref".
fn opened(sentence: usize, first: usize, body: &str) -> Option<(Mention, Vec<usize>)> {
    let mut fields = body.split('-');
    let entity = fields.next()?.parse().ok()?;
    let etype = fields.next()?.to_owned();
    let words = fields.nth(3)?.split(',');
    let words =
        words.map(|n| n.parse::<usize>().ok()?.checked_sub(1)).collect::<Option<Vec<_>>>()?;
    let mention = Mention {
        entity,
        etype,
        sentence,
        first,
        end: first + 1,
        head: first,
        kind: None,
        plural: None,
        anaphoric: false,
    };
    Some((mention, words))
}

fn close(open: &mut Vec<usize>, found: &mut [Mention], entity: u32, at: usize) -> Option<()> {
    let last = open.iter().rposition(|o| found.get(*o).is_some_and(|m| m.entity == entity))?;
    let closed = open.remove(last);
    found.get_mut(closed)?.end = at + 1;
    Some(())
}

type Row<'a, 'b> = &'b averment_lang::conllu::Row<'a>;

fn describe(mention: &mut Mention, words: &[Row<'_, '_>]) {
    let Some(head) = words.get(mention.head) else { return };
    let first = words.get(mention.first).map_or(String::new(), |w| w.form.to_lowercase());
    mention.plural = if head.feats.contains("Number=Plur") {
        Some(true)
    } else if head.feats.contains("Number=Sing") {
        Some(false)
    } else {
        None
    };
    mention.kind = match (head.upos, first.as_str()) {
        ("PRON", word) if mention.end == mention.first + 1 => match word {
            "he" | "him" | "she" | "it" | "they" | "them" | "'em" | "em" | "theirs" | "hers" => {
                Some(Kind::Personal)
            }
            "his" | "its" | "their" => Some(Kind::Possessive),
            "her" if head.deprel == "nmod:poss" => Some(Kind::Possessive),
            "her" => Some(Kind::Personal),
            "himself" | "herself" | "itself" | "themselves" => Some(Kind::Reflexive),
            _ => None,
        },
        ("NOUN", "the") => Some(Kind::Definite),
        ("NOUN", "this" | "that" | "these" | "those") => Some(Kind::Demonstrative),
        _ => None,
    };
}

/// Adds relative pronouns as mentions of what their noun is a mention of.
fn add_relatives(sentence: usize, words: &[Row<'_, '_>], found: &mut Vec<Mention>) {
    for (at, word) in words.iter().enumerate() {
        let noun = word
            .deps
            .split('|')
            .find_map(|arc| arc.strip_suffix(":ref")?.parse::<usize>().ok()?.checked_sub(1));
        let noun = noun.filter(|noun| *noun < at);
        let widest =
            found.iter().filter(|m| Some(m.head) == noun && m.kind != Some(Kind::Relative));
        let Some(of) = widest.max_by_key(|m| m.end - m.first).cloned() else { continue };
        found.push(Mention {
            sentence,
            first: at,
            end: at + 1,
            head: at,
            kind: Some(Kind::Relative),
            plural: of.plural,
            ..of
        });
    }
    found.sort_by_key(|m| (m.first, std::cmp::Reverse(m.end)));
}

#[cfg(test)]
mod tests {
    use averment_lang::conllu::parse;

    use super::*;

    const GOLD: &str = "\
# newdoc id = GUM_news_a
1\tThe\tthe\tDET\t_\t_\t2\tdet\t_\tEntity=(1-organization-new-nnnnn-cf1-2-coref
2\tgroup\tgroup\tNOUN\t_\tNumber=Sing\t6\tnsubj\t_\t_
3\tof\tof\tADP\t_\t_\t4\tcase\t_\t_
4\tAmy\tAmy\tPROPN\t_\t_\t2\tnmod\t_\tEntity=(2-person-new-nnnnn-cf2-1-sgl-Amy)1)
5\tthat\tthat\tPRON\t_\tPronType=Rel\t6\tnsubj\t2:ref\t_
6\tleft\tleave\tVERB\t_\t_\t0\troot\t_\t_

1\tShe\tshe\tPRON\t_\tNumber=Sing\t2\tnsubj\t_\tEntity=(2-person-giv:act-nnnnn-cf2-1-ana)
2\tstayed\tstay\tVERB\t_\t_\t0\troot\t_\t_
";

    #[test]
    fn brackets_are_mentions_with_heads_kinds_and_histories() {
        let found = mentions(&parse(GOLD).unwrap()).unwrap();
        let brief: Vec<_> = found
            .iter()
            .map(|m| (m.entity, m.sentence, m.first..m.end, m.head, m.kind, m.anaphoric))
            .collect();
        assert_eq!(
            brief,
            [
                (1, 0, 0..4, 1, Some(Kind::Definite), false),
                (2, 0, 3..4, 3, None, false),
                (1, 0, 4..5, 4, Some(Kind::Relative), true),
                (2, 1, 0..1, 0, Some(Kind::Personal), true),
            ]
        );
        assert_eq!((found[0].etype.as_str(), found[0].plural), ("organization", Some(false)));
    }
}
