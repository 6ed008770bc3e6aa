//! What is said: how far the words reach that somebody is said to have said.

use std::ops::Range;

use averment_lang::{Dep, Pos, Subtype};

use super::Finder;
use crate::view::Phrase;

/// Behind a verb of saying so many words at most say when.
const WHEN: usize = 5;

impl Finder<'_, '_> {
    /// What is said, and the words that tell of the saying. What is said is the rest of the sentence, or all
    /// of it when the cue is set off by commas.
    pub(super) fn content(
        &self,
        cue: &Range<usize>,
        speaker: &Phrase,
        inverted: bool,
    ) -> Option<(Range<usize>, Range<usize>)> {
        let (view, tree) = (self.view, &self.view.tree);
        let all = self.segment(cue.start, speaker);
        let all = all.start..self.aside_behind(cue).unwrap_or(all.end).min(all.end);
        let len = all.end;
        let owner = speaker
            .possessor
            .and_then(|p| view.phrases.get(p))
            .map_or(speaker.tokens.start, |p| p.tokens.start);
        let start = owner.min(cue.start);
        let told = tree.children_in(cue.start, &[Dep::Ccomp]).next().map(|at| tree.span(at));
        match told {
            // What is said comes first: all of the sentence is theirs.
            Some(told) if told.start < cue.start => {
                let behind = tree.span(cue.start).end;
                let tail = tree
                    .children_in(cue.start, &[Dep::Advcl, Dep::Conj, Dep::Parataxis])
                    .map(|at| tree.span(at).start)
                    .find(|at| *at > cue.end);
                let speech = start.max(told.end.min(start))..tail.unwrap_or(behind);
                return Some((all, speech));
            }
            Some(told) => {
                let end = self.until(cue.start, &told).min(len.max(told.end));
                return Some((told.start..end, start..told.start));
            }
            None if tree.dep(cue.start) == Dep::Parataxis => {
                return Some((all, tree.span(cue.start)));
            }
            None => {}
        }
        let set_off =
            start.checked_sub(1).is_some_and(|at| view.word(at) == "," || view.is_quote(at));
        let comma = (cue.end..len).find(|at| view.word(*at) == ",");
        let tail = cue.end..comma.unwrap_or(len);
        let content =
            |at: usize| matches!(view.pos(at), Pos::Verb | Pos::Aux) || view.word(at) == "that";
        if inverted || (set_off && !tail.clone().any(content)) {
            return Some((all, start..tail.end));
        }
        if self.lexicon.deny.at(&view.words, cue.start).is_some() {
            return self.denied(cue, start);
        }
        let that = (cue.end..len.min(cue.end + 14))
            .take_while(|at| !matches!(view.pos(*at), Pos::Verb | Pos::Aux))
            .find(|at| view.word(*at) == "that");
        let adverbial = view
            .phrases
            .iter()
            .find(|p| p.adverbial && (cue.end..=cue.end + 1).contains(&p.tokens.start))
            .map(|p| p.tokens.end);
        let from = that.or(adverbial).unwrap_or(cue.end);
        // "hours after Morales *claimed* victory": what a clause inside another says stays inside it.
        let inside = matches!(tree.dep(cue.start), Dep::Advcl | Dep::Acl);
        let end = if inside { tree.span(cue.start).end.max(from) } else { len };
        Some((from..end, start..from))
    }

    /// Where behind the cue of what was said before it, "…, he said, *as* he paid tributes", begins what else was going on.
    fn aside_behind(&self, cue: &Range<usize>) -> Option<usize> {
        let (view, tree) = (self.view, &self.view.tree);
        let told = tree.children_in(cue.start, &[Dep::Ccomp]).next();
        let behind = told.map_or(tree.dep(cue.start) == Dep::Parataxis, |at| at < cue.start);
        let at = cue.end + usize::from(view.word(cue.end) == ",");
        let going_on = matches!(view.word(at), "as" | "while") && view.word(at + 1) != "well";
        let comma = (cue.end..cue.end + WHEN).find(|at| view.word(*at) == ",");
        let judged = comma.map(|comma| comma + 1).filter(|at| self.places_it(*at));
        if !behind {
            return None;
        }
        Some(at).filter(|_| going_on).or(judged)
    }

    /// Whether the words from `at` on are the narrator's, who says what came of an event or how it stands among others: "…, police said
    /// Monday, *sparking* riots", "…, police said, *in the latest of* several raids".
    fn places_it(&self, at: usize) -> bool {
        let word = |at: usize| self.view.word(at);
        let came =
            matches!(word(at), "sparking" | "prompting" | "triggering" | "fuelling" | "fueling")
                || word(at) == "setting" && word(at + 1) == "off";
        let from = at + usize::from(matches!(word(at), "in" | "making"));
        let best = |at: usize| matches!(word(at), "latest" | "worst" | "deadliest" | "bloodiest");
        let counted = |at: usize| matches!(word(at), "first" | "second" | "third");
        let ranked = matches!(word(from), "one" | "it" | "the")
            && (from + 1..from + 4).any(|next| best(next) || from > at && counted(next));
        came || ranked && (from > at || word(from) == "the")
    }

    /// What a verb of denial without a clause denies: its object, a gerund; nothing where it stands in an aside to what
    /// others say: "…, which the army denied".
    fn denied(&self, cue: &Range<usize>, start: usize) -> Option<(Range<usize>, Range<usize>)> {
        let (view, tree) = (self.view, &self.view.tree);
        let mut objects =
            tree.children_in(cue.start, &[Dep::Obj, Dep::Iobj, Dep::Xcomp, Dep::Advcl]);
        let object = objects.find(|at| *at > cue.start && !view.is_relative(*at))?;
        let told = tree.span(object);
        Some((told.start..told.end, start..told.start))
    }

    /// Whether the verb at `at` is one by which somebody says or asks for something.
    fn is_saying(&self, at: usize) -> bool {
        let (lexicon, words) = (self.lexicon, &self.view.words);
        let lists = [&lexicon.say, &lexicon.say_clause, &lexicon.accuse, &lexicon.deny];
        lists.iter().any(|list| list.at(words, at).is_some())
    }

    /// The part of the sentence between semicolons in which the cue at `cue` stands; all of it where that part tells of
    /// nothing but the saying. What a relative clause cites stays inside it: "the M23, *which the UN says is backed by
    /// Rwanda*, took the town".
    fn segment(&self, cue: usize, speaker: &Phrase) -> Range<usize> {
        if let Some(clause) = self.relative_around(cue) {
            return clause;
        }
        let view = self.view;
        let len = view.words.len();
        let ends = |at: &usize| view.word(*at) == ";";
        // "the mothers march: “…,” *says* Ama": what stands before the colon is not hers.
        let opens = |at: &usize| ends(at) || (view.word(*at) == ":" && view.is_quote(*at + 1));
        let start = (0..cue).rev().find(opens).map_or(0, |at| at + 1);
        let end = (cue..len).find(ends).unwrap_or(len);
        let tells =
            |at: usize| at != cue && view.pos(at) == Pos::Verb && !speaker.tokens.contains(&at);
        if (start..end).any(tells) { start..end } else { 0..len }
    }

    /// The relative clause that holds the cue at `cue` and, behind it, what is said.
    fn relative_around(&self, cue: usize) -> Option<Range<usize>> {
        let (view, tree) = (self.view, &self.view.tree);
        let verb = tree.upward(cue).find(|at| tree.relation(*at).is(Dep::Acl, Subtype::Relcl))?;
        // "…, which left five dead, *officials said*, adding": hung on the last clause, said of all.
        let told = tree.children_in(cue, &[Dep::Ccomp, Dep::Xcomp]).any(|at| at > cue);
        (told || verb > cue && view.is_verb(verb)).then(|| tree.span(verb))
    }

    /// Where what is `told` behind the verb at `verb` ends: with the relative clause that tells of it, or where
    /// another clause begins beside the verb.
    fn until(&self, verb: usize, told: &Range<usize>) -> usize {
        let (view, tree) = (self.view, &self.view.tree);
        // "when they *suspected* that he lied, they killed him"
        let marked = tree.dep(verb) == Dep::Advcl
            && tree.children_in(verb, &[Dep::Mark, Dep::Advmod]).any(|mark| {
                mark < verb
                    && matches!(
                        view.word(mark),
                        "when" | "if" | "after" | "because" | "since" | "once"
                    )
            });
        if marked || tree.relation(verb).is(Dep::Acl, Subtype::Relcl) {
            return told.end;
        }
        // "said that …, and *accused* the rebels": what he does besides is not what he says.
        let besides = tree.children_in(verb, &[Dep::Conj]).find(|at| {
            *at >= told.end && tree.child(*at, Dep::Nsubj).is_none() && self.is_saying(*at)
        });
        if let Some(besides) = besides {
            return tree.span(besides).start;
        }
        let beside = |at: &usize| {
            let contrast = tree.children_in(*at, &[Dep::Mark, Dep::Cc]).any(|m| {
                matches!(view.word(m), "while" | "whereas" | "though" | "although" | "but")
            });
            contrast && tree.child(*at, Dep::Nsubj).is_some()
        };
        let next = tree.children_in(verb, &[Dep::Conj, Dep::Advcl]).filter(beside);
        let next = next.map(|at| tree.span(at).start).find(|start| *start >= told.end);
        next.unwrap_or(view.words.len())
    }
}
