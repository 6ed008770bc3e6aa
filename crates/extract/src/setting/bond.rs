//! How an expression hangs on a trigger: the way from one to the other through the sentence's tree.
//!
//! Owns the way and what can be told of it; refuses to choose between expressions.

use std::ops::Range;

use averment_actors::MentionKind;
use averment_lang::{Dep, Pos, Subtype};
use averment_types::TextRange;

use crate::view::View;

/// The way from an expression up to where it meets the trigger's own way to the root.
pub(crate) struct Bond<'v, 'a> {
    view: &'v View<'a>,
    /// The token that the trigger is asked for.
    pub(crate) anchor: usize,
    /// The expression's tokens.
    pub(crate) tokens: Range<usize>,
    /// The token that governs the expression.
    pub(crate) top: usize,
    /// From `top` up to the meeting, which is left out.
    pub(crate) up: Vec<usize>,
    /// From the anchor up to the meeting, which is left out.
    pub(crate) down: Vec<usize>,
    /// The first token that is on both ways.
    pub(crate) meeting: usize,
}

impl<'v, 'a> Bond<'v, 'a> {
    /// The bond of the expression at `span` with the token `anchor`; `None` where no token lies in `span`.
    pub(crate) fn of(view: &'v View<'a>, anchor: usize, span: TextRange) -> Option<Self> {
        let tree = &view.tree;
        let start = view.tokens.partition_point(|t| t.range.end() <= span.start());
        let end = view.tokens.partition_point(|t| t.range.start() < span.end());
        let top = tree.top(&(start..end))?;
        let own: Vec<usize> = tree.upward(anchor).collect();
        let meeting = tree.upward(top).find(|at| own.contains(at))?;
        let below = |from: usize| tree.upward(from).take_while(|at| *at != meeting).collect();
        let (up, down) = (below(top), below(anchor));
        Some(Self { view, anchor, tokens: start..end, top, up, down, meeting })
    }

    /// The relation and the preposition by which the expression hangs on its governor: "obl in", "conj &in" in
    /// a list, "nsubj".
    pub(crate) fn hold(&self) -> String {
        let tree = &self.view.tree;
        let relation = self.relation(self.top);
        let own = tree.case(self.top).map(|at| self.view.word(at));
        let list = || {
            let first = tree.head(self.top).filter(|_| tree.dep(self.top) == Dep::Conj)?;
            tree.case(first).map(|at| self.view.word(at))
        };
        match (own, list()) {
            (Some(case), _) => format!("{relation} {case}"),
            (None, Some(case)) => format!("{relation} &{case}"),
            (None, None) => relation,
        }
    }

    /// The relation of token `at` with those subtypes that matter here.
    pub(super) fn relation(&self, at: usize) -> String {
        let relation = self.view.tree.relation(at);
        let telling = matches!(
            relation.subtype,
            Some(
                Subtype::Relcl
                    | Subtype::Poss
                    | Subtype::Agent
                    | Subtype::Pass
                    | Subtype::Unmarked
                    | Subtype::Desc
            )
        );
        if telling { relation.to_string() } else { relation.universal.name().to_owned() }
    }

    /// The noun of which the expression says where it is or belongs, and what sort of noun: an actor ("the mayor *of Gao*"), a
    /// name, a thing. `None` where the expression hangs on no noun but the trigger.
    pub(super) fn holder(&self) -> Option<(usize, &'static str)> {
        let tree = &self.view.tree;
        let chain = tree.upward(self.top).find(|at| tree.dep(*at) != Dep::Conj)?;
        let says = matches!(tree.dep(chain), Dep::Nmod | Dep::Compound | Dep::Appos | Dep::Amod);
        let holder = tree.head(chain).filter(|at| says && *at != self.anchor)?;
        let actor = self.view.mention_at(holder).is_some_and(|m| m.kind != MentionKind::Outlet);
        match self.view.pos(holder) {
            _ if actor => Some((holder, "actor")),
            Pos::Propn => Some((holder, "name")),
            Pos::Noun => Some((holder, "thing")),
            _ => None,
        }
    }

    /// The relations of the clauses that lie between the expression and the meeting.
    pub(super) fn clauses_up(&self) -> impl Iterator<Item = Dep> {
        self.clauses(&self.up)
    }

    /// The relations of the clauses that lie between the trigger and the meeting.
    pub(super) fn clauses_down(&self) -> impl Iterator<Item = Dep> {
        self.clauses(&self.down)
    }

    /// Each kind of clause once, in the order of [`Dep`]'s names here.
    fn clauses(&self, way: &[usize]) -> impl Iterator<Item = Dep> {
        const CLAUSES: [Dep; 6] =
            [Dep::Ccomp, Dep::Xcomp, Dep::Acl, Dep::Advcl, Dep::Csubj, Dep::Parataxis];
        let met: Vec<Dep> = way.iter().map(|at| self.view.tree.dep(*at)).collect();
        CLAUSES.into_iter().filter(move |dep| met.contains(dep))
    }

    /// Whether the expression hangs on the trigger, straight or through phrases of it.
    pub(crate) fn is_below(&self) -> bool {
        self.meeting == self.anchor
    }

    /// Whether it says how long before or after another event: "*two weeks* after the raid".
    pub(crate) fn is_before(&self) -> bool {
        matches!(self.view.word(self.tokens.end), "after" | "before" | "later" | "earlier" | "ago")
    }

    /// Whether the trigger stands in a clause that tells what was where or when the expression says: "in Mali, *where* rebels struck", "in May,
    /// *when* he resigned".
    pub(crate) fn frames(&self, word: &str) -> bool {
        let tree = &self.view.tree;
        // "in Ermita, a farming *community*, where", "the Dhaman *district*, where"
        let named = |at: usize| matches!(tree.dep(at), Dep::Appos | Dep::Nmod | Dep::Compound);
        let clause = self.down.iter().rev().find(|at| !named(**at));
        let clause = clause.filter(|at| tree.relation(**at).universal == Dep::Acl);
        let whole = self.meeting == self.top
            || tree.dep(self.top) == Dep::Compound && tree.head(self.top) == Some(self.meeting);
        let asks = |at: &usize| {
            tree.children_in(*at, &[Dep::Advmod, Dep::Mark]).any(|m| self.view.word(m) == word)
        };
        whole && clause.is_some_and(asks)
    }

    /// Whether the expression stands behind the trigger.
    pub(crate) const fn is_behind(&self) -> bool {
        self.top > self.anchor
    }

    /// The tokens between expression and trigger.
    pub(crate) fn between(&self) -> Range<usize> {
        self.top.min(self.anchor) + 1..self.top.max(self.anchor)
    }

    /// How many commas, semicolons, colons and dashes stand between.
    pub(crate) fn commas(&self) -> usize {
        let mark = |at: &usize| matches!(self.view.word(*at), "," | ";" | "–" | "--" | ":");
        self.between().filter(mark).count()
    }

    /// How many verbs stand between.
    pub(crate) fn verbs(&self) -> usize {
        self.between().filter(|at| self.view.pos(*at) == Pos::Verb).count()
    }

    /// Whether the expression opens the sentence, in its main clause.
    pub(crate) fn opens(&self) -> bool {
        self.tokens.start == 0 || (self.top < 6 && self.view.clause(self.top) == 0)
    }

    /// Whether both stand in one clause.
    pub(crate) fn shares_clause(&self) -> bool {
        self.view.clause(self.top) == self.view.clause(self.anchor)
    }

    /// Whether the expression tells of another event of the sentence: it lies in a clause of its own that says
    /// something of a noun, or what somebody says or wants.
    pub(crate) fn is_of_another(&self) -> bool {
        self.up.iter().any(|at| {
            let relation = self.view.tree.relation(*at);
            matches!(relation.universal, Dep::Ccomp | Dep::Csubj)
                || relation.is(Dep::Acl, Subtype::Relcl)
        })
    }

    /// Whether it stands between a verb and the "that" of what is said, which the trigger is in: "said *on Monday*
    /// that gunmen had attacked", whatever the tree hangs it on.
    pub(crate) fn is_before_that(&self) -> bool {
        let tree = &self.view.tree;
        tree.upward(self.anchor).any(|verb| {
            let that =
                tree.children_in(verb, &[Dep::Mark]).find(|at| self.view.word(*at) == "that");
            let sayer = tree.head(verb);
            that.zip(sayer).is_some_and(|(that, sayer)| sayer < self.top && self.top < that)
        })
    }

    /// Whether it says when another event began, in a clause that the trigger is not in: "since the war *began in 2011*".
    pub(crate) fn is_since_then(&self) -> bool {
        self.since_clause().is_some()
    }

    /// The verb of that clause.
    pub(crate) fn since_clause(&self) -> Option<usize> {
        self.up.iter().copied().find(|verb| self.view.is_since(*verb))
    }

    /// Whether it tells of what the trigger only comes beside: "the blast *comes as* the army retook Gao".
    pub(crate) fn is_beside(&self) -> bool {
        let comes = matches!(self.view.word(self.meeting), "come" | "comes" | "came" | "coming");
        comes && self.up.iter().any(|at| self.view.tree.dep(*at) == Dep::Advcl)
    }

    /// Whether it says when something else was, in a clause that only tells when or how: "hold the town after driving others out *in May*".
    pub(crate) fn is_when_else(&self) -> bool {
        let tree = &self.view.tree;
        self.up.iter().any(|at| tree.dep(*at) == Dep::Advcl && self.view.is_verb(*at))
    }

    /// Whether it lies in a clause below the trigger's that tells when or how, or in one coordinated with it.
    pub(crate) fn is_in_further_clause(&self) -> bool {
        let clause = |at: &usize| {
            matches!(self.view.tree.dep(*at), Dep::Advcl | Dep::Conj | Dep::Acl | Dep::Parataxis)
                && matches!(self.view.pos(*at), Pos::Verb | Pos::Aux | Pos::Adj)
        };
        self.up.iter().any(clause)
    }

    /// The bond in words: "hangs on “killed” (obl in)".
    pub(crate) fn in_words(&self) -> String {
        let word = |at: usize| self.view.tokens.get(at).and_then(|t| t.range.slice(self.view.text));
        let on = word(self.meeting).unwrap_or_default();
        let how = self.hold();
        match (self.is_below(), self.up.len()) {
            (true, 0 | 1) => format!("hangs on “{on}” ({how})"),
            (true, _) => format!("stands in a phrase of “{on}” ({how})"),
            (false, _) if self.opens() => format!("opens the sentence ({how})"),
            (false, _) => format!("stands with “{on}”, on which the event hangs ({how})"),
        }
    }
}

/// Whether what happens at `at` went on for long before what is told around it: "captured the town on Monday *after weeks of clashes*".
pub(crate) fn is_long_before(view: &View<'_>, at: usize) -> bool {
    let tree = &view.tree;
    let long =
        |at: usize| matches!(view.word(at), "days" | "weeks" | "months" | "years" | "decades");
    tree.upward(at).take_while(|up| view.pos(*up) == Pos::Noun).any(|up| {
        let after = tree.case(up).map(|case| view.word(case));
        matches!(after, Some("after" | "following"))
            && (long(up) || tree.children_in(up, &[Dep::Nmod, Dep::Compound]).any(long))
    })
}
