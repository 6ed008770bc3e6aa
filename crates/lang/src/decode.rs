//! Decoding: from the scores of one window to tokens, arcs and entities of a [`Reading`].

use averment_types::TextRange;

use crate::committee::{Committee, Heard};
use crate::engine::Engine;
use crate::infer::{Failure, Rows};
use crate::lemma::Rule;
use crate::telling::Telling;
use crate::window::Part;
use crate::{Dep, Entity, Reading, Relation, chances, names, tree};

/// A lemma rule whose score lies so little below the best may be taken for it. The one value that was tried.
const ALMOST: f32 = 6.0;
/// In so few letters a piece of the vocabulary need not be a word.
const SHORTEST: usize = 3;

/// Decodes what a committee says of windows.
pub(crate) struct Decoder<'a> {
    committee: &'a Committee,
    engine: &'a Engine,
    /// Whether to ask what the sentences tell.
    tells: bool,
}

/// An arc between two words of a window; the root has itself as head.
struct Arc {
    dependent: usize,
    head: usize,
    chance: f32,
}

impl<'a> Decoder<'a> {
    pub(crate) const fn new(committee: &'a Committee, engine: &'a Engine, tells: bool) -> Self {
        Self { committee, engine, tells }
    }

    /// Writes what was heard of `window` into `reading`; changes nothing if the model fails.
    pub(crate) fn read(
        &self,
        text: &str,
        window: &[Part],
        scores: &Heard,
        reading: &mut Reading,
    ) -> Result<(), Failure> {
        let mut parts = Vec::with_capacity(window.len());
        let mut first = 0;
        for part in window {
            parts.push((part, first, self.arcs(&scores.arcs, first, part.tokens.len())));
            first += part.tokens.len();
        }
        let governed: Vec<(usize, usize)> = parts
            .iter()
            .flat_map(|(.., arcs)| arcs)
            .filter(|arc| arc.head != arc.dependent)
            .map(|arc| (arc.dependent, arc.head))
            .collect();
        let relations = self.committee.relations(scores, &governed, self.engine)?;
        let tokens: Vec<usize> = window.iter().flat_map(|part| part.tokens.clone()).collect();
        let ranges = tokens.iter().filter_map(|at| Some(reading.tokens.get(*at)?.range));
        let telling = if self.tells {
            self.committee.tell(scores, &ranges.collect::<Vec<_>>(), self.engine)?
        } else {
            None
        };
        let mut rows = 0..;
        for (part, first, arcs) in &parts {
            self.words(text, part, *first, scores, reading);
            self.tree(part, *first, arcs, &relations, &mut rows, reading);
            self.entities(part, *first, &scores.entity, reading);
        }
        if let Some(Telling { hints, told }) = telling {
            for (at, hint) in tokens.iter().zip(hints) {
                if let Some(token) = reading.tokens.get_mut(*at) {
                    token.hint = Some(hint);
                }
            }
            reading.told.extend(told);
        }
        Ok(())
    }

    /// The tree over the words `first..first + count` of the window.
    fn arcs(&self, scores: &Rows, first: usize, count: usize) -> Vec<Arc> {
        let words = first..first + count;
        let block = scores.block(words.clone(), words);
        let heads = tree::heads(&block, count);
        let rows = block.chunks_exact(count.max(1));
        let arc = |((word, head), row): ((usize, usize), &[f32])| Arc {
            dependent: first + word,
            head: first + head,
            chance: chances::share(row, head, self.committee.temperature().arcs),
        };
        heads.into_iter().enumerate().zip(rows).map(arc).collect()
    }

    /// Word class, features and lemma of the words of `part`.
    fn words(&self, text: &str, part: &Part, first: usize, scores: &Heard, reading: &mut Reading) {
        let labels = self.committee.labels();
        for (row, index) in (first..).zip(part.tokens.clone()) {
            let Some(token) = reading.tokens.get_mut(index) else { continue };
            let class = chances::best(scores.upos.row(row));
            token.pos = labels.upos.get(class).copied().unwrap_or(token.pos);
            token.pos_probability =
                chances::share(scores.upos.row(row), class, self.committee.temperature().upos);
            token.feats = u16::try_from(chances::best(scores.feats.row(row))).unwrap_or(u16::MAX);
            let form = token.range.slice(text).unwrap_or_default();
            if let Some(rule) = self.lemma_rule(form, scores.lemma.row(row)) {
                let start = reading.lemmas.len();
                rule.apply(form, &mut reading.lemmas);
                token.lemma = TextRange::new(start, reading.lemmas.len()).ok();
            }
        }
    }

    /// The best rule that fits `form`. Where it makes no word ("captur"), the best of those almost as likely that makes one.
    fn lemma_rule(&self, form: &str, scores: &[f32]) -> Option<&'a Rule> {
        let rules = &self.committee.labels().lemma;
        let best = rules.get(chances::best(scores)).filter(|rule| rule.fits(form));
        if best.is_some_and(|best| self.makes_word(best, form)) {
            return best;
        }
        let fitting = rules.iter().zip(scores).filter(|(rule, _)| rule.fits(form));
        let mut fitting: Vec<(&Rule, f32)> = fitting.map(|(rule, score)| (rule, *score)).collect();
        fitting.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (best, score) = *fitting.first()?;
        if self.makes_word(best, form) {
            return Some(best);
        }
        let mut likely = fitting.iter().take_while(|(_, other)| score - other < ALMOST);
        // That something goes is not in doubt: "occupied" is a word, and no lemma.
        let word = likely.find(|(rule, _)| !rule.leaves(form) && self.makes_word(rule, form));
        Some(word.map_or(best, |(rule, _)| *rule))
    }

    /// Whether what `rule` makes of `form` is a common word, or `form` as it is.
    fn makes_word(&self, rule: &Rule, form: &str) -> bool {
        if rule.leaves(form) {
            return true;
        }
        let mut lemma = String::new();
        rule.apply(form, &mut lemma);
        let lemma = lemma.to_lowercase();
        lemma.len() >= SHORTEST && self.committee.knows(&lemma)
    }

    /// Heads and relations of the words of `part`. The root of a later part of a cut sentence hangs
    /// on the sentence's root, which is a guess and has a probability of 0.
    fn tree(
        &self,
        part: &Part,
        first: usize,
        arcs: &[Arc],
        relations: &Rows,
        rows: &mut impl Iterator<Item = usize>,
        reading: &mut Reading,
    ) {
        let begin = reading.sentences.get(part.sentence).map_or(0, |sentence| sentence.first);
        let root = (!part.opens).then(|| reading.root_of(part.sentence));
        for arc in arcs {
            let index = |word: usize| part.tokens.start + (word - first);
            let Some(token) = reading.tokens.get_mut(index(arc.dependent)) else { continue };
            if arc.head != arc.dependent {
                let (relation, chance) =
                    self.relation(rows.next().map_or(&[], |row| relations.row(row)));
                token.head = Some(index(arc.head) - begin);
                token.relation = relation;
                token.arc_probability = arc.chance * chance;
            } else if let Some(root) = root {
                token.head = Some(root);
                token.relation = Relation::plain(Dep::Parataxis);
                token.arc_probability = 0.0;
            } else {
                token.head = None;
                token.relation = Relation::ROOT;
                token.arc_probability = arc.chance;
            }
        }
    }

    /// The best relation but root, and its share among these.
    fn relation(&self, scores: &[f32]) -> (Relation, f32) {
        let all = &self.committee.labels().relation;
        let (relations, scores): (Vec<Relation>, Vec<f32>) =
            all.iter().zip(scores).filter(|(relation, _)| **relation != Relation::ROOT).unzip();
        let best = chances::best(&scores);
        let relation = relations.get(best).copied().unwrap_or(Relation::plain(Dep::Dep));
        (relation, chances::share(&scores, best, self.committee.temperature().relation))
    }

    fn entities(&self, part: &Part, first: usize, scores: &Rows, reading: &mut Reading) {
        let tags = &self.committee.labels().entity;
        let words = first..first + part.tokens.len();
        let mut rows = scores.block(words, 0..tags.len());
        for row in rows.chunks_exact_mut(tags.len().max(1)) {
            chances::log_shares(row, self.committee.temperature().entity);
        }
        let share = |word: usize, tag: usize| rows.get(word * tags.len() + tag).copied();
        let path = names::best_tags(&rows, tags);
        let begin = reading.sentences.get(part.sentence).map_or(0, |sentence| sentence.first);
        for span in names::spans(&path, tags) {
            let chosen = path.iter().enumerate().take(span.end).skip(span.first);
            let inside = tags.iter().position(|tag| *tag == names::Tag::Inside(span.kind));
            let goes_on = inside.and_then(|tag| share(span.end, tag));
            let logs = chosen.filter_map(|(word, tag)| share(word, *tag));
            let token = |word: usize| reading.tokens.get(part.tokens.start + word);
            let (Some(from), Some(to)) = (token(span.first), token(span.end - 1)) else { continue };
            let entity = Entity {
                range: from.range.cover(to.range),
                sentence: part.sentence,
                first: part.tokens.start + span.first - begin,
                end: part.tokens.start + span.end - begin,
                kind: span.kind,
                probability: chances::entity(logs, goes_on),
            };
            reading.entities.push(entity);
        }
    }
}
