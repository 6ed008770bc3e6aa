//! To the left of a verb: its subject, across brackets, relative clauses and coordination.

use averment_lang::Pos;

use crate::frame::Grammar;

/// What stands to the left of a verb.
#[derive(Default)]
pub(crate) struct Subject {
    /// The phrases, as indices into the view's phrases.
    pub(crate) phrases: Vec<usize>,
    /// Whether the clause describes somebody in passing: "…, a preacher who had been killed".
    pub(crate) descriptive: bool,
}

impl Grammar<'_, '_> {
    /// The subject of the verb group that starts at token `start`.
    pub(crate) fn subject(&self, start: usize, depth: u8) -> Subject {
        let view = self.view;
        let Some(before) = view.before(start).filter(|_| depth < 6) else {
            return Subject::default();
        };
        if view.is_relative(before) {
            return self.antecedent(before);
        }
        match view.word(before) {
            "and" | "but" | "or" | "then" | "while" | "before" | "after" | "by" | "to" => {
                self.inherited(before, depth)
            }
            "," if view.is_reduced_relative(start) => self.modified(start),
            // "…, killing six": the participle goes with the sentence's own verb.
            "," if view.word(start).ends_with("ing") => self.inherited(before, depth),
            "," => match self.bracket_before(before) {
                Some(open) => self.subject(open, depth + 1),
                None => self.inherited(before, depth),
            },
            _ => self.segment_subject(start, depth),
        }
    }

    /// The phrase that a participle right behind it modifies: "the coalition led by", "rebels, led by".
    pub(crate) fn modified(&self, participle: usize) -> Subject {
        let before = self.view.before(participle);
        let before = before
            .filter(|at| self.view.word(*at) == ",")
            .and_then(|comma| self.view.before(comma))
            .or(before);
        let phrases =
            before.and_then(|at| self.view.phrase_of(at)).map(|p| self.coordinated_before(p));
        Subject { phrases: phrases.unwrap_or_default(), descriptive: false }
    }

    /// What a relative pronoun stands for: the phrase right before it, with those listed before it unless
    /// the verb is singular; the name before a description: "Koufa, a preacher who".
    fn antecedent(&self, pronoun: usize) -> Subject {
        let view = self.view;
        let comma = pronoun > 0 && view.word(pronoun - 1) == ",";
        let end = if comma { pronoun - 1 } else { pronoun };
        let Some(phrase) = end.checked_sub(1).and_then(|at| self.phrase_of_clause(at, end)) else {
            return Subject::default();
        };
        let first = view.phrases.get(phrase).map_or(0, |p| p.tokens.start);
        let described =
            matches!(view.word(first), "a" | "an") && first > 1 && view.word(first - 1) == ",";
        let named = first.checked_sub(2).filter(|_| described).and_then(|at| view.phrase_of(at));
        if let Some(named) = named {
            let person = view.word(pronoun) == "who";
            let meant = if person { view.nested_in(named).unwrap_or(named) } else { named };
            return Subject { phrases: vec![meant], descriptive: person };
        }
        let singular = matches!(view.word(pronoun + 1), "is" | "was" | "has");
        let phrases = if singular { vec![phrase] } else { self.coordinated_before(phrase) };
        Subject { phrases, descriptive: false }
    }

    /// The last phrase up to token `at` that is no adverbial and stands in the clause that token `end` closes.
    fn phrase_of_clause(&self, at: usize, end: usize) -> Option<usize> {
        let view = self.view;
        let direct =
            view.phrase_of(at).filter(|p| view.phrases.get(*p).is_some_and(|p| !p.adverbial));
        let clause = view.clause(end);
        direct.or_else(|| {
            let fits = |p: &crate::view::Phrase| {
                p.tokens.end <= at + 1 && !p.adverbial && view.clause(p.tokens.start) == clause
            };
            view.phrases.iter().rposition(fits)
        })
    }

    /// The subject of the verb before `at`, which the verb behind it shares.
    fn inherited(&self, at: usize, depth: u8) -> Subject {
        let view = self.view;
        let gerund = |i: usize| {
            view.word(i).ends_with("ing") && view.before(i).is_some_and(|b| view.pos(b) == Pos::Adp)
        };
        let own = |i: &usize| view.pos(*i) == Pos::Verb && !gerund(*i);
        let clause = view.clause(at);
        let verb = (0..at).rev().find(|i| own(i) && view.clause(*i) == clause);
        let verb = verb.or_else(|| (0..at).rev().find(own));
        verb.map_or_else(Subject::default, |verb| self.subject(self.group_start(verb), depth + 1))
    }

    /// The comma that opens the bracket which the comma at `close` closes.
    fn bracket_before(&self, close: usize) -> Option<usize> {
        let open = (0..close).rev().find(|at| self.view.word(*at) == ",")?;
        let inside = open + 1..close;
        let clause = inside.clone().any(|at| {
            self.view.is_relative(at) || matches!(self.view.pos(at), Pos::Verb | Pos::Adp)
        });
        (clause || inside.len() <= 8).then_some(open)
    }

    /// The first phrase outside prepositions between the last boundary and `start`, with its coordination.
    fn segment_subject(&self, start: usize, depth: u8) -> Subject {
        let view = self.view;
        let boundary = (0..start).rev().find(|at| self.is_boundary(*at));
        let from = boundary.map_or(0, |at| at + 1);
        let from = self.after_last_comma(from, start).unwrap_or(from);
        let gerund = view.word(start) == "being";
        let candidates = view
            .phrases
            .iter()
            .enumerate()
            .filter(|(_, p)| p.tokens.start >= from && p.tokens.end <= start);
        let mut free = candidates
            .filter(|(_, p)| (p.prep.is_none() || gerund) && !p.is_possessor && !p.adverbial);
        if let Some((first, _)) = free.next() {
            let phrases = self
                .coordinated_until(first, start)
                .into_iter()
                .filter(|p| view.phrases.get(*p).is_some_and(|p| p.tokens.end <= start))
                .collect();
            return Subject { phrases, descriptive: false };
        }
        match boundary {
            // "militants based in Mali attacked": the participle belongs to the subject.
            // "it has not been able to form": the governor's subject is the infinitive's.
            Some(at) if matches!(view.pos(at), Pos::Verb | Pos::Aux) => {
                self.subject(self.group_start(at), depth + 1)
            }
            _ => Subject::default(),
        }
    }

    /// Where the phrase right before the verb starts, when a comma that is no list's comes before it:
    /// "…, the minister said".
    fn after_last_comma(&self, from: usize, start: usize) -> Option<usize> {
        let view = self.view;
        let comma = (from..start).rev().find(|at| view.word(*at) == "," || view.is_quote(*at))?;
        let mut index = view.phrase_of(comma + 1)?;
        if view.phrases.get(index)?.is_possessor {
            index += 1;
        }
        let speakers = self.coordinated_until(index, start);
        let last = speakers.last().and_then(|p| view.phrases.get(*p))?;
        let reaches = view.before(start).is_some_and(|at| at + 1 == last.tokens.end);
        reaches.then_some(comma + 1)
    }

    fn is_boundary(&self, at: usize) -> bool {
        let view = self.view;
        view.is_relative(at)
            || matches!(view.pos(at), Pos::Sconj | Pos::Verb)
            || (view.pos(at) == Pos::Aux && view.phrase_of(at).is_none())
            || matches!(view.word(at), ";" | ":" | "—" | "–" | "that" | "-" | "--")
    }

    /// The phrase and those coordinated with it to the right.
    pub(crate) fn coordinated(&self, first: usize) -> Vec<usize> {
        self.coordinated_until(first, usize::MAX)
    }

    /// The same for a list that may end right before the verb at token `verb`.
    fn coordinated_until(&self, first: usize, verb: usize) -> Vec<usize> {
        let mut all = vec![first];
        while let Some(next) = all.last().and_then(|last| self.next_in_list(*last, verb)) {
            all.push(next);
        }
        all
    }

    fn next_in_list(&self, phrase: usize, verb: usize) -> Option<usize> {
        let view = self.view;
        let mut at = view.phrases.get(phrase)?.tokens.end;
        let joiner = at;
        while matches!(view.word(at), "," | "and" | "or" | "as" | "well" | "&") && at < joiner + 4 {
            at += 1;
        }
        let next = view.phrase_of(at).filter(|p| at > joiner && self.starts_at(*p, at))?;
        let end = view.phrases.get(next)?.tokens.end;
        let clause = end != verb && matches!(view.pos(end), Pos::Verb | Pos::Aux);
        let listed = view.word(joiner) != ","
            || (at > joiner + 1)
            || matches!(view.word(end), "," | "and" | "or");
        let told = view.word(joiner) == "," && self.speaks_next(end, verb);
        (listed && !clause && !told && !view.phrases.get(next)?.adverbial).then_some(next)
    }

    /// Whether what follows a comma is the next clause's subject: "killing three, witnesses and police said".
    fn speaks_next(&self, end: usize, verb: usize) -> bool {
        let view = self.view;
        let mut at = end;
        while matches!(view.word(at), "and" | "or") {
            let Some(next) = view.phrase_of(at + 1).and_then(|p| view.phrases.get(p)) else {
                return false;
            };
            at = next.tokens.end;
        }
        at != verb && at > end && matches!(view.pos(at), Pos::Verb | Pos::Aux)
    }

    fn coordinated_before(&self, last: usize) -> Vec<usize> {
        let mut all = vec![last];
        while let Some(first) = all.first().copied().and_then(|p| p.checked_sub(1)) {
            let then = self.next_in_list(first, usize::MAX);
            if then != all.first().copied() {
                break;
            }
            all.insert(0, first);
        }
        all
    }
}
