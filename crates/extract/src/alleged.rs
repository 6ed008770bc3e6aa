//! Who is only said to have done it: suspected, accused, or claiming it.
//!
//! Owns two questions: whom the words around the name of an act put it down to ("the attack was blamed on *X*", "*X* claimed
//! responsibility for it"), and on whose word a filler that was found otherwise is named ("*suspected* rebels").

use averment_lang::{Dep, Pos};
use averment_types::{Allegation, RoleKind};

use crate::fillers::Filler;
use crate::frame::Frame;
use crate::lexicon::Lexicon;
use crate::subject::subject;
use crate::view::View;

/// Whom the act named by `noun` is put down to, and how.
pub(crate) fn of_noun(
    view: &View<'_>,
    noun: usize,
    lexicon: &Lexicon,
) -> Option<(Option<Allegation>, Vec<usize>)> {
    let tree = &view.tree;
    let blames = |verb: &usize| lexicon.blames.at(&view.words, *verb).is_some();
    let behind = |at: usize, cases: &[&str]| behind(view, at, cases);
    let found = |how, verb: usize, phrases: Vec<usize>| {
        let somebody = named(view, verb, phrases, lexicon);
        (!somebody.is_empty()).then_some((Some(how), somebody))
    };
    // "the raid, *attributed* to X", "the killing, which police *blame* on X"
    if let Some(verb) = tree.children_in(noun, &[Dep::Acl]).find(blames) {
        return found(Allegation::Accused, verb, behind(verb, &["on", "to"]));
    }
    // "*X* was behind the attack"
    if view.is_behind(noun)
        && tree.child(noun, Dep::Cop).is_some()
        && tree.child(noun, Dep::Nsubj).is_some()
    {
        let whom = tree.children_in(noun, &[Dep::Nsubj]).flat_map(|at| view.phrases_of(at));
        let somebody = named(view, noun, whom.collect(), lexicon);
        return (!somebody.is_empty()).then(|| (of_content(view, noun, lexicon), somebody));
    }
    let head = tree.head(noun)?;
    // "*X* is believed to be behind the attack"
    if view.is_behind(noun) && lexicon.thought.at(&view.words, head).is_some() {
        let whom = tree.children_in(head, &[Dep::Nsubj]).flat_map(|at| view.phrases_of(at));
        return found(Allegation::Suspected, head, whom.collect());
    }
    if matches!(tree.dep(noun), Dep::Nsubj | Dep::Obj) && blames(&head) {
        let mut whom = behind(head, &["on", "to"]);
        if whom.is_empty() {
            whom = behind(noun, &["on", "to"]);
        }
        return found(Allegation::Accused, head, whom);
    }
    let case = tree.case(noun).map(|case| view.word(case))?;
    let of = tree.dep(noun) == Dep::Obl && matches!(case, "for" | "of" | "in" | "over");
    if let Some(how) = charge(view, head, lexicon).filter(|_| of) {
        let object = tree.child(head, Dep::Obj).filter(|_| !view.is_passive(head));
        let whom = object.map_or_else(|| subject(view, head).phrases, |at| view.phrases_of(at));
        return found(how, head, whom);
    }
    if view.word(head) == "responsibility" && case == "for" {
        let verb = tree.head(head)?;
        lexicon.avows.at(&view.words, verb)?;
        let whom = avowed(view, verb, lexicon);
        return (!whom.is_empty()).then_some((Some(Allegation::Claimed), whom));
    }
    None
}

/// On whose word the clause at `clause` stands, where it is what somebody thinks, or says of himself: "*thinks* that the ADF was
/// behind it", "the group said *it* was behind it".
fn of_content(view: &View<'_>, clause: usize, lexicon: &Lexicon) -> Option<Allegation> {
    let tree = &view.tree;
    let over = tree.head(clause).filter(|_| tree.dep(clause) == Dep::Ccomp)?;
    if lexicon.thought.at(&view.words, over).is_some() {
        return Some(Allegation::Suspected);
    }
    let own = tree.child(clause, Dep::Nsubj).is_some_and(|at| view.pos(at) == Pos::Pron);
    let says = lexicon.say.at(&view.words, over).is_some();
    (own && says).then_some(Allegation::Claimed)
}

/// Who claims the act that the verb at `verb` says is claimed: "*X* claimed the attack", "the attack was claimed by *X*"; nobody
/// where nobody did.
pub(crate) fn avowed(view: &View<'_>, verb: usize, lexicon: &Lexicon) -> Vec<usize> {
    let passive = view.is_passive(verb);
    let phrases = if passive { behind(view, verb, &["by"]) } else { subject(view, verb).phrases };
    named(view, verb, phrases, lexicon)
}

/// The phrases behind the verb at `verb` that one of `cases` leads.
fn behind(view: &View<'_>, verb: usize, cases: &[&str]) -> Vec<usize> {
    let phrases = view.tree.children_in(verb, &[Dep::Obl, Dep::Nmod]);
    let fits =
        |at: &usize| view.tree.case(*at).is_some_and(|case| cases.contains(&view.word(case)));
    phrases.filter(fits).flat_map(|at| view.phrases_of(at)).collect()
}

/// Those of the `phrases` at `verb` that name somebody; none where the verb is negated: "*no group* claimed responsibility",
/// "police did *not* blame it on anybody".
fn named(view: &View<'_>, verb: usize, mut phrases: Vec<usize>, lexicon: &Lexicon) -> Vec<usize> {
    let negates = |at: usize| lexicon.negators.has(view.word(at));
    phrases.retain(|phrase| {
        view.phrases.get(*phrase).is_some_and(|p| !negates(p.tokens.start) && !negates(p.head))
    });
    let denied = view.tree.children_in(verb, &[Dep::Advmod, Dep::Cc]).any(negates);
    if denied { Vec::new() } else { phrases }
}

/// On whose word `filler` is named for the act at token `head`; `None` where the report says it.
pub(crate) fn of_filler(
    view: &View<'_>,
    head: usize,
    filler: &Filler,
    frame: &Frame,
    lexicon: &Lexicon,
) -> Option<Allegation> {
    if !matches!(filler.role, RoleKind::Initiator | RoleKind::Participant) {
        return None;
    }
    let put_down = frame.alleged.as_ref().filter(|(_, whom)| whom.contains(&filler.phrase));
    let put_down = put_down.map(|(how, _)| *how).or_else(|| charged(view, head, lexicon));
    put_down.or_else(|| guessed(view, head, frame, lexicon)).or_else(|| {
        let phrase = view.phrases.get(filler.phrase)?;
        let doubtful = |at: usize| lexicon.alleged.at(&view.words, at).is_some();
        let before = phrase.tokens.clone().any(|at| at < phrase.head && doubtful(at));
        let behind = view.tree.children_in(phrase.head, &[Dep::Acl]).any(doubtful);
        (before || behind).then_some(Allegation::Suspected)
    })
}

/// "was most *likely* carried out by X", "*probably* killed by X": that it was done is said, and by whom is guessed.
fn guessed(view: &View<'_>, head: usize, frame: &Frame, lexicon: &Lexicon) -> Option<Allegation> {
    let support = frame.support.clone().and_then(|verbs| view.tree.top(&verbs));
    let verb =
        support.filter(|verb| view.is_passive(*verb)).or(view.is_passive(head).then_some(head))?;
    let mut adverbs = view.tree.children_in(verb, &[Dep::Advmod]);
    adverbs.any(|at| lexicon.presumably.has(view.word(at))).then_some(Allegation::Suspected)
}

/// "accused of *killing* ten", "accused the army of *killing* ten", "suspected of having *planted* the bomb".
fn charged(view: &View<'_>, head: usize, lexicon: &Lexicon) -> Option<Allegation> {
    let tree = &view.tree;
    let clause = tree.upward(head).find(|at| tree.dep(*at) != Dep::Conj)?;
    let marks = tree.children_in(clause, &[Dep::Mark, Dep::Case]);
    if !marks.map(|at| view.word(at)).any(|word| matches!(word, "of" | "for" | "in")) {
        return None;
    }
    let over = tree.head(clause)?;
    let verb = tree.head(over).filter(|_| tree.dep(over) == Dep::Obj);
    charge(view, over, lexicon).or_else(|| charge(view, verb?, lexicon))
}

/// How sure the verb at `verb` is of what it puts somebody's act down to: "accuse", "suspect"; `None` for all others.
fn charge(view: &View<'_>, verb: usize, lexicon: &Lexicon) -> Option<Allegation> {
    let suspected = lexicon.suspects.at(&view.words, verb).is_some();
    let charged = lexicon.charges.at(&view.words, verb).is_some();
    charged.then_some(if suspected { Allegation::Suspected } else { Allegation::Accused })
}
