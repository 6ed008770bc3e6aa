//! Who a verb is said of: its subject, also where another verb or a noun holds it.

use averment_lang::{Dep, EntityKind, Pos, Subtype};

use crate::view::View;

/// The subject of a verb.
#[derive(Debug, Default)]
pub(crate) struct Subject {
    /// The phrases, as indices into the view's phrases.
    pub(crate) phrases: Vec<usize>,
    /// Whether the clause describes somebody in passing: "…, a preacher who had been killed".
    pub(crate) descriptive: bool,
}

impl Subject {
    const fn of(phrases: Vec<usize>) -> Self {
        Self { phrases, descriptive: false }
    }
}

/// How many verbs a subject may be handed through: "began to threaten to kill".
const DEPTH: u8 = 6;

/// The grammatical subject of the verb at token `verb`.
pub(crate) fn subject(view: &View<'_>, verb: usize) -> Subject {
    held(view, verb, DEPTH)
}

fn held(view: &View<'_>, verb: usize, depth: u8) -> Subject {
    let tree = &view.tree;
    let Some(deeper) = depth.checked_sub(1) else { return Subject::default() };
    let own = own_subject(view, verb);
    if let Some(own) = own {
        return if view.is_relative(own) {
            antecedent(view, verb)
        } else {
            let listed = listed_before(view, verb, own).into_iter();
            Subject::of(listed.chain(view.phrases_of(own)).collect())
        };
    }
    let Some(head) = tree.head(verb) else { return Subject::default() };
    let relation = tree.relation(verb);
    match relation.universal {
        Dep::Acl if relation.subtype == Some(Subtype::Relcl) => antecedent(view, verb),
        // "bombed a bus, *killing* five": the main event did it, whatever noun the participle hangs on.
        Dep::Acl if is_afterthought(view, verb) => {
            let main = tree.upward(head).find(|at| is_predicate(view, *at));
            let main = main.map(|main| outside_clauses(view, main));
            main.map_or_else(Subject::default, |main| held(view, main, deeper))
        }
        Dep::Acl | Dep::Amod => modified(view, verb, head, deeper),
        // The verb that it is coordinated with may hide behind a noun: "killing three and *injuring* ten".
        Dep::Conj => {
            if let Some(counted) = counted_before(view, verb) {
                return Subject::of(vec![counted]);
            }
            let first = tree.upward(verb).skip(1).find(|at| is_predicate(view, *at));
            first.map_or_else(Subject::default, |first| held(view, first, deeper))
        }
        Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Parataxis | Dep::Dep => {
            controller(view, verb, head, deeper)
        }
        _ => Subject::default(),
    }
}

/// The verb's own subject: the nearest before it, which is not that of a clause around it; else one behind it.
fn own_subject(view: &View<'_>, verb: usize) -> Option<usize> {
    let subjects: Vec<usize> = view.tree.children_in(verb, &[Dep::Nsubj, Dep::Csubj]).collect();
    subjects.iter().rev().find(|at| **at < verb).or(subjects.first()).copied()
}

/// The phrase that a headline lists before the subject, without a word for "and": "*Officer*, three smugglers killed".
fn listed_before(view: &View<'_>, verb: usize, own: usize) -> Option<usize> {
    let first = view.phrases.get(view.phrase_of(own)?)?.tokens.start;
    let comma = first.checked_sub(1).filter(|at| view.word(*at) == ",")?;
    let mut subjects = view.tree.children_in(verb, &[Dep::Nsubj]);
    let before = subjects.find(|at| *at < comma && *at != own)?;
    let phrase = view.phrase_of(before)?;
    (view.phrases.get(phrase)?.tokens == (0..comma)).then_some(phrase)
}

/// The number right before a participle of harm, coordinated as it is: "ten people dead and *twenty* wounded".
fn counted_before(view: &View<'_>, verb: usize) -> Option<usize> {
    let number = verb.checked_sub(1).filter(|at| view.pos(*at) == Pos::Num)?;
    let phrase = view.phrase_of(number)?;
    let first = view.phrases.get(phrase)?.tokens.start.checked_sub(1)?;
    let joined = matches!(view.word(first), "and" | "," | ";" | "&");
    let part = view.word(verb).ends_with("ed") && view.tree.child(verb, Dep::Obj).is_none();
    (joined && part).then_some(phrase)
}

/// Whether `at` may hold a subject: a verb, or a noun or adjective with a copula.
fn is_predicate(view: &View<'_>, at: usize) -> bool {
    matches!(view.pos(at), Pos::Verb | Pos::Aux | Pos::Adj)
        || view.tree.child(at, Dep::Cop).is_some()
        || view.tree.child(at, Dep::Nsubj).is_some()
}

/// Whose infinitive or participle it is: the object's, where the governor has one ("forced them to flee"),
/// else the subject's.
fn controller(view: &View<'_>, verb: usize, head: usize, depth: u8) -> Subject {
    let tree = &view.tree;
    let head = if is_afterthought(view, verb) { outside_clauses(view, head) } else { head };
    let relation = tree.dep(verb);
    let is_finite = |at: usize| view.feats(at).contains("VerbForm=Fin");
    let finite = is_finite(verb) || tree.children_in(verb, &[Dep::Aux]).any(is_finite);
    if finite && relation != Dep::Dep {
        return Subject::of(lost(view, verb));
    }
    let mark = tree.child(verb, Dep::Mark).or_else(|| tree.child(verb, Dep::Case));
    let blamed = mark.is_some_and(|at| matches!(view.word(at), "of" | "from" | "for"));
    let takes_object =
        relation == Dep::Xcomp || (matches!(relation, Dep::Advcl | Dep::Ccomp) && blamed);
    let object = tree.children_in(head, &[Dep::Obj, Dep::Iobj]).next().filter(|_| takes_object);
    // "called *on residents* to march"
    let called = || {
        let calls = view.word(head).starts_with("call") || view.word(head).starts_with("appeal");
        let to = mark.filter(|at| calls && view.word(*at) == "to")?;
        let on = |at: &usize| {
            tree.case(*at).is_some_and(|c| matches!(view.word(c), "on" | "upon" | "to"))
        };
        tree.children_in(head, &[Dep::Obl]).find(|at| *at < to && on(at))
    };
    match object.or_else(called) {
        Some(object) => Subject::of(view.phrases_of(object)),
        None if is_predicate(view, head) => held(view, head, depth),
        // "a plan to attack": whoever has the plan.
        None => owner(view, head, depth),
    }
}

/// The phrases between "that" and the verb of its clause, where the tree has no subject: "that *the US and its allies* had resumed".
fn lost(view: &View<'_>, verb: usize) -> Vec<usize> {
    let tree = &view.tree;
    let that = tree.children_in(verb, &[Dep::Mark]).find(|at| view.word(*at) == "that");
    let group = tree.children_in(verb, &[Dep::Aux, Dep::Advmod]).min().unwrap_or(verb).min(verb);
    let Some(that) = that.filter(|that| *that < group) else { return Vec::new() };
    let between = (0..view.phrases.len()).filter(|at| {
        let phrase = view.phrases.get(*at);
        phrase.is_some_and(|p| that < p.tokens.start && p.tokens.end <= group && !p.adverbial)
    });
    let between: Vec<usize> = between.collect();
    let reaches = between.last().and_then(|at| view.phrases.get(*at));
    if reaches.is_some_and(|last| last.tokens.end == group) { between } else { Vec::new() }
}

/// Whether `verb` is a participle set off by a comma: "…, *killing* six".
pub(crate) fn is_afterthought(view: &View<'_>, verb: usize) -> bool {
    // "killing four monks *maiming* six others"
    let next = view.tree.dep(verb) == Dep::Acl && view.word(verb).ends_with("ing");
    let harmed = view.tree.head(verb).filter(|_| next && view.tree.child(verb, Dep::Obj).is_some());
    let listed = harmed.filter(|noun| view.tree.dep(*noun) == Dep::Obj);
    let before = listed.and_then(|noun| view.tree.head(noun));
    let chained = |at: usize| {
        let participle = view.word(at).ends_with("ing");
        participle && (view.tree.dep(at) == Dep::Advcl || is_afterthought(view, at))
    };
    if before.is_some_and(|at| at != verb && chained(at)) {
        return true;
    }
    let first = view.tree.span(verb).start;
    view.word(verb).ends_with("ing") && first.checked_sub(1).is_some_and(|at| view.word(at) == ",")
        || view.tree.children_in(verb, &[Dep::Punct]).any(|at| at < verb && view.word(at) == ",")
}

/// The verb around the clauses that describe nouns and that `verb` stands in: an afterthought tells of the main event.
fn outside_clauses(view: &View<'_>, verb: usize) -> usize {
    let tree = &view.tree;
    // "accused guards *of shooting* at herders, wounding a boy": what they are accused of goes on.
    let accused = |at: usize| tree.child(at, Dep::Mark).is_some_and(|mark| view.word(mark) == "of");
    let describes = |at: &usize| {
        tree.dep(*at) == Dep::Acl && !view.feats(*at).contains("VerbForm=Inf") && !accused(*at)
    };
    let describing = tree.upward(verb).filter(describes).last();
    let outer =
        describing.and_then(|at| tree.upward(at).skip(1).find(|at| is_predicate(view, *at)));
    outer.unwrap_or(verb)
}

/// The noun that a participle tells of: "rebels *attacking*", "the town *held* by"; the infinitive behind a
/// noun belongs to whoever has the noun.
fn modified(view: &View<'_>, verb: usize, noun: usize, depth: u8) -> Subject {
    // "a statement *condemning* the attack": whoever made it condemns.
    let written = view.word(verb).ends_with("ing") && is_writing(view.word(noun));
    if written || view.feats(verb).contains("VerbForm=Inf") {
        return owner(view, noun, depth);
    }
    if is_of_some(view, verb) {
        return Subject::default();
    }
    view.phrase_of(noun).map_or_else(Subject::default, |phrase| Subject::of(vec![phrase]))
}

/// Whether it is said of a part of those before it: "200 people, *including* 20 *wounded*".
pub(crate) fn is_of_some(view: &View<'_>, at: usize) -> bool {
    let mut marks = view.tree.children_in(at, &[Dep::Case, Dep::Mark]);
    marks.any(|mark| view.word(mark) == "including")
}

/// Words for what somebody says in writing.
fn is_writing(word: &str) -> bool {
    matches!(
        word,
        "statement"
            | "statements"
            | "declaration"
            | "letter"
            | "communique"
            | "communiqué"
            | "message"
            | "resolution"
            | "tweet"
            | "petition"
            | "appeal"
    )
}

/// Who owns the noun, or the subject of the verb that the noun depends on.
fn owner(view: &View<'_>, noun: usize, depth: u8) -> Subject {
    let owner = view.phrase_of(noun).and_then(|p| view.phrases.get(p)).and_then(|p| p.possessor);
    if let Some(owner) = owner {
        return Subject::of(vec![owner]);
    }
    // "an attempt *by rebels* to attack"
    let by = view
        .tree
        .children_in(noun, &[Dep::Nmod])
        .find(|at| view.tree.case(*at).is_some_and(|case| view.word(case) == "by"));
    if let Some(by) = by {
        return Subject::of(view.phrases_of(by));
    }
    let verb = view.tree.upward(noun).skip(1).find(|at| is_predicate(view, *at));
    verb.map_or_else(Subject::default, |verb| held(view, verb, depth))
}

/// What a relative pronoun stands for: the noun that its clause tells of; all of a list, unless the verb is
/// singular; the name before a description: "Koufa, a preacher who".
pub(crate) fn antecedent(view: &View<'_>, verb: usize) -> Subject {
    let tree = &view.tree;
    let Some(noun) = tree.head(verb) else { return Subject::default() };
    let Some(phrase) = view.phrase_of(noun) else { return Subject::default() };
    let described =
        view.phrases.get(phrase).is_some_and(|p| matches!(view.word(p.tokens.start), "a" | "an"));
    let named = tree.head(noun).filter(|_| described && tree.dep(noun) == Dep::Appos);
    if let Some(named) = named.and_then(|at| view.phrase_of(at)) {
        let person = tree.span(verb).any(|at| view.word(at) == "who");
        let meant = if person { view.nested_in(named).unwrap_or(named) } else { named };
        return Subject { phrases: vec![meant], descriptive: person };
    }
    let singular = tree
        .children_in(verb, &[Dep::Aux, Dep::Cop])
        .any(|at| matches!(view.word(at), "is" | "was" | "has"));
    if singular {
        return Subject::of(vec![phrase]);
    }
    // A clause behind a list tells of all of it, whichever member it hangs on.
    let first = tree.head(noun).filter(|_| tree.dep(noun) == Dep::Conj).unwrap_or(noun);
    let before = |phrase: &usize| view.phrases.get(*phrase).is_some_and(|p| p.head < verb);
    let members = view.tree.coordinated(first).into_iter();
    let members = members.flat_map(|at| view.tree.coordinated(at));
    let mut listed: Vec<usize> =
        members.filter_map(|at| view.phrase_of(at)).filter(before).collect();
    listed.sort_unstable();
    listed.dedup();
    let persons: Vec<usize> =
        listed.iter().copied().filter(|p| is_named_person(view, *p)).collect();
    let who = tree.span(verb).any(|at| view.word(at) == "who");
    match () {
        () if who && !persons.is_empty() => Subject::of(persons),
        () if listed.is_empty() => Subject::of(vec![phrase]),
        () => Subject::of(listed),
    }
}

/// Whether the reader takes the phrase for a person's name.
fn is_named_person(view: &View<'_>, phrase: usize) -> bool {
    let range = view.phrases.get(phrase).map(|p| p.range);
    let entity = range.and_then(|range| view.entity_at(range));
    matches!(entity, Some((EntityKind::Person, _)))
}
