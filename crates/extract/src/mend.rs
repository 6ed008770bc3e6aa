//! Arcs that no tree of the language has, mended: what a small reader gets wrong and the coder can tell.
//!
//! Owns twenty-five such faults, each known by tree and word endings alone. Refuses to guess where a tree is possible, if unlikely.

use averment_lang::{Dep, Pos, Relation, Subtype, Token};

/// So many tokens before a verb its subject is looked for.
const NEAR: usize = 60;

/// Verbs whose subject says what follows or stands before.
const SAYING: [&str; 20] = [
    "said",
    "says",
    "say",
    "stated",
    "announced",
    "claimed",
    "declared",
    "added",
    "reported",
    "confirmed",
    "denied",
    "denies",
    "insisted",
    "insists",
    "alleged",
    "admitted",
    "acknowledged",
    "argued",
    "maintained",
    "told",
];

/// What should govern token `at` of a sentence with the lower-case `words`, where its head is one of the faults.
pub(crate) fn head(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    match tokens.get(at)?.relation.universal {
        Dep::Conj => gapped_verb(tokens, words, at)
            .or_else(|| verb_of_saying(tokens, words, at))
            .or_else(|| verb_right_behind(tokens, at))
            .or_else(|| verb_beside(tokens, at))
            .or_else(|| verb_of_like_form(tokens, words, at))
            .or_else(|| finite_verb(tokens, words, at))
            .or_else(|| noun_beside(tokens, at)),
        Dep::Appos | Dep::Acl => saying_behind(tokens, words, at)
            .or_else(|| noun_around(tokens, at))
            .or_else(|| verb_of_agent(tokens, words, at)),
        Dep::Obj => verb_without_object(tokens, at),
        Dep::Nsubj => subject_beside(tokens, at),
        Dep::Det => noun_behind(tokens, at),
        Dep::Advcl => act_of_the_accused(tokens, words, at),
        Dep::Compound | Dep::Nmod | Dep::Obl => verb_of_day(tokens, words, at),
        _ => None,
    }
}

/// How token `at` should hang on its head, where it cannot hang as it does.
pub(crate) fn relation(tokens: &[Token], words: &[&str], at: usize) -> Option<Relation> {
    clause_with_subject(tokens, words, at)
        .or_else(|| counted(tokens, at))
        .or_else(|| subject_in_days(tokens, at))
        .or_else(|| others_harmed(tokens, words, at))
        .or_else(|| lone_receiver(tokens, at))
        .or_else(|| part_of_them(tokens, words, at))
        .or_else(|| led_subject(tokens, at))
        .or_else(|| subject_before(tokens, at))
        .or_else(|| second_subject(tokens, at))
        .or_else(|| {
            let subject = Relation { universal: Dep::Nsubj, subtype: None };
            saying_behind(tokens, words, at).map(|_| subject)
        })
        .or_else(|| {
            let subject = Relation { universal: Dep::Nsubj, subtype: None };
            verb_right_behind(tokens, at).map(|_| subject)
        })
        .or_else(|| {
            let beside = Relation { universal: Dep::Conj, subtype: None };
            subject_beside(tokens, at).map(|_| beside)
        })
        .or_else(|| {
            let subject = Relation { universal: Dep::Nsubj, subtype: Some(Subtype::Pass) };
            gapped_verb(tokens, words, at).map(|_| subject)
        })
        .or_else(|| {
            verb_of_day(tokens, words, at).map(|_| Relation { universal: Dep::Obl, subtype: None })
        })
}

/// The pairs "*regime* and rebel *fighters*" that the tree has as two nouns, both: the side that only describes, and the noun that both
/// describe.
pub(crate) fn shared_heads(tokens: &[Token], words: &[&str]) -> Vec<(usize, usize)> {
    (0..tokens.len()).filter_map(|at| shared(tokens, words, at)).collect()
}

/// The pair whose noun is at `noun`.
fn shared(tokens: &[Token], words: &[&str], noun: usize) -> Option<(usize, usize)> {
    const SIDES: [&str; 14] = [
        "regime",
        "government",
        "rebel",
        "opposition",
        "police",
        "army",
        "military",
        "militia",
        "separatist",
        "insurgent",
        "terrorist",
        "coalition",
        "state",
        "jihadist",
    ];
    let token = tokens.get(noun).filter(|t| t.relation.universal == Dep::Conj)?;
    let side = token.head.filter(|side| side + 2 < noun)?;
    let joined = matches!(*words.get(side + 1)?, "and" | "or");
    let plural = words.get(noun)?.ends_with('s') && token.pos == Pos::Noun;
    let describing = [Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Punct];
    let described = tokens.get(side + 2..noun)?;
    let described = described.iter().all(|t| describing.contains(&t.relation.universal));
    let told = [Dep::Det, Dep::Nmod, Dep::Amod];
    let bare = !tokens.iter().any(|t| t.head == Some(side) && told.contains(&t.relation.universal));
    (joined && plural && described && bare && SIDES.contains(words.get(side)?))
        .then_some((side, noun))
}

/// A subject whose verb the tree has below the participle that only describes it: "*men thought* to be rebels *killed* six".
pub(crate) struct CutOff {
    pub(crate) subject: usize,
    pub(crate) participle: usize,
    pub(crate) verb: usize,
}

/// What hangs on the token `at` as `dep`.
fn children(tokens: &[Token], at: usize, dep: Dep) -> impl Iterator<Item = usize> {
    let hangs = move |t: &Token| t.head == Some(at) && t.relation.universal == dep;
    tokens.iter().enumerate().filter(move |(_, t)| hangs(t)).map(|(i, _)| i)
}

/// The first such subject of the sentence.
pub(crate) fn cut_off(tokens: &[Token], words: &[&str]) -> Option<CutOff> {
    const DESCRIBE: [&str; 10] = [
        "thought",
        "believed",
        "suspected",
        "said",
        "reported",
        "alleged",
        "presumed",
        "known",
        "understood",
        "rumoured",
    ];
    let below = |at: usize, dep: Dep| children(tokens, at, dep);
    let find = |participle: usize| {
        let subject = below(participle, Dep::Nsubj).next().filter(|at| *at < participle)?;
        let nominal = matches!(tokens.get(subject)?.pos, Pos::Noun | Pos::Propn);
        let bare = below(participle, Dep::Aux).next().is_none();
        let finite = |at: &usize| {
            let bare =
                [Dep::Nsubj, Dep::Mark].into_iter().all(|dep| below(*at, dep).next().is_none());
            let verb = tokens.get(*at).is_some_and(|t| t.pos == Pos::Verb);
            bare && verb && words.get(*at).is_some_and(|word| !word.ends_with("ing"))
        };
        let beside = [Dep::Ccomp, Dep::Conj, Dep::Parataxis, Dep::Advcl, Dep::Xcomp];
        let mut verbs = beside.into_iter().flat_map(|dep| below(participle, dep));
        let verb = verbs.find(|at| *at > participle + 2 && finite(at))?;
        (nominal && bare).then_some(CutOff { subject, participle, verb })
    };
    let describes = |at: &usize| {
        words.get(*at).is_some_and(|word| DESCRIBE.contains(word))
            && words.get(at + 1).is_some_and(|next| matches!(*next, "to" | "of" | "as"))
    };
    (0..tokens.len()).filter(describes).find_map(find)
}

/// "the coalition *airstrikes* killed ten": what stands where a noun does, and has nothing that only a verb has, is one.
pub(crate) fn class(tokens: &[Token], words: &[&str], at: usize) -> Option<Pos> {
    let token = tokens.get(at).filter(|t| t.pos == Pos::Verb)?;
    let below = |deps: &[Dep]| {
        tokens.iter().any(|t| t.head == Some(at) && deps.contains(&t.relation.universal))
    };
    let nominal = matches!(token.relation.universal, Dep::Nsubj | Dep::Obj | Dep::Obl | Dep::Nmod);
    let verbal = below(&[Dep::Nsubj, Dep::Csubj, Dep::Obj, Dep::Aux, Dep::Mark, Dep::Cop]);
    let word = words.get(at)?;
    let plural = word.ends_with('s') && !word.ends_with("ss");
    let held = below(&[Dep::Det, Dep::Amod, Dep::Compound, Dep::Nummod]);
    let participle = word.ends_with("ing") || word.ends_with("ed");
    (nominal && !verbal && !participle && (plural || held)).then_some(Pos::Noun)
}

/// "blamed the *rebels* and slammed Washington": who is given nothing is the object.
fn lone_receiver(tokens: &[Token], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Iobj)?;
    let verb = token.head.filter(|verb| *verb < at)?;
    let mut given = (0..tokens.len()).filter(|other| {
        let own = |t: &Token| t.head == Some(verb) && t.relation.universal == Dep::Obj;
        tokens.get(*other).is_some_and(own) && verb_without_object(tokens, *other).is_none()
    });
    given.next().is_none().then_some(Relation { universal: Dep::Obj, subtype: None })
}

/// The participle right behind `at`, "five were killed and *dozens injured* in air strikes", where the tree has them coordinated with
/// what comes later.
fn gapped_verb(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let verb = at + 1;
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Conj)?;
    let next = tokens.get(verb).filter(|t| t.relation.universal == Dep::Conj)?;
    let joined = at.checked_sub(1).and_then(|before| words.get(before)) == Some(&"and");
    let participle = matches!(next.pos, Pos::Verb | Pos::Adj)
        && words.get(verb).is_some_and(|word| word.ends_with("ed"));
    let later = token.head.is_some_and(|head| verb < head) && next.head.is_some_and(|h| h < at);
    (joined && participle && later).then_some(verb)
}

/// "ten were killed *in air strikes*": a second subject, behind the verb and led by a preposition, is none.
fn led_subject(tokens: &[Token], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Nsubj)?;
    let verb = token.head.filter(|verb| *verb < at)?;
    let below = |head: usize, dep: Dep| {
        tokens
            .iter()
            .enumerate()
            .any(|(i, t)| i < at && t.head == Some(head) && t.relation.universal == dep)
    };
    (below(at, Dep::Case) && below(verb, Dep::Nsubj))
        .then_some(Relation { universal: Dep::Obl, subtype: None })
}

/// "killed 25 civilians, six of them *children*": a part of those before it, and nobody besides.
fn part_of_them(tokens: &[Token], words: &[&str], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Conj)?;
    let first = token.head.filter(|head| *head < at)?;
    let between = words.get(first + 1..at)?;
    let of_them = between.windows(2).any(|pair| matches!(pair, ["of", "them" | "whom"]));
    let joined = between.iter().any(|word| matches!(*word, "and" | "or" | "as"));
    let noun = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj);
    (of_them && !joined && noun).then_some(Relation { universal: Dep::Appos, subtype: None })
}

/// "demanded that the governor *resign*": what has a subject of its own is a clause by itself.
fn clause_with_subject(tokens: &[Token], words: &[&str], at: usize) -> Option<Relation> {
    tokens.get(at).filter(|t| t.relation.universal == Dep::Xcomp && t.pos == Pos::Verb)?;
    let own = |t: &Token, dep: Dep| t.head == Some(at) && t.relation.universal == dep;
    let subject = tokens.iter().any(|t| own(t, Dep::Nsubj));
    let that = tokens.iter().zip(words).any(|(t, word)| *word == "that" && own(t, Dep::Mark));
    (subject && that).then_some(Relation { universal: Dep::Ccomp, subtype: None })
}

/// "*5* killed in blast": numbers count nouns; before a participle they are its subject.
fn counted(tokens: &[Token], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Nummod)?;
    let verb = token.head.filter(|head| at < *head)?;
    let counts = tokens.get(verb).is_some_and(|t| matches!(t.pos, Pos::Verb | Pos::Adj));
    counts.then_some(Relation { universal: Dep::Nsubj, subtype: Some(Subtype::Pass) })
}

/// "*two days* of bombardment have killed 38": where a sentence has no other subject, what lasted is its subject.
fn subject_in_days(tokens: &[Token], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.is(Dep::Obl, Subtype::Unmarked))?;
    let verb = token.head.filter(|verb| at < *verb)?;
    let below = |head: usize, deps: &[Dep]| {
        let is = |t: &Token| t.head == Some(head) && deps.contains(&t.relation.universal);
        tokens.iter().any(is)
    };
    let root = tokens.get(verb)?.relation.universal == Dep::Root;
    let lasts = below(at, &[Dep::Nmod]) && below(verb, &[Dep::Aux]);
    let free = root && lasts && !below(verb, &[Dep::Nsubj, Dep::Csubj, Dep::Expl]);
    free.then_some(Relation { universal: Dep::Nsubj, subtype: None })
}

/// "ten were killed and many *more* wounded": right behind a conjunction and before a participle that has no other subject, a
/// count of others is its subject.
fn others_harmed(tokens: &[Token], words: &[&str], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Advmod)?;
    let verb = token.head.filter(|verb| *verb == at + 1)?;
    let is = |i: usize, dep: Dep| tokens.get(i).is_some_and(|t| t.relation.universal == dep);
    let below = |deps: &[Dep]| {
        tokens.iter().any(|t| t.head == Some(verb) && deps.contains(&t.relation.universal))
    };
    let counts = matches!(words.get(at..at + 1)?, ["more" | "others"]);
    let opened = (0..at).rev().find(|i| tokens.get(*i).is_some_and(|t| t.head != Some(at)))?;
    let free = !below(&[Dep::Nsubj, Dep::Csubj, Dep::Aux, Dep::Obj]);
    let gapped = is(verb, Dep::Conj) && is(opened, Dep::Cc);
    (counts && gapped && free)
        .then_some(Relation { universal: Dep::Nsubj, subtype: Some(Subtype::Pass) })
}

/// "accused the guards of *shooting* at herders, *wounding* a boy": what harms them is the act of which they are accused.
fn act_of_the_accused(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    const HARMS: [&str; 7] =
        ["killing", "wounding", "injuring", "hurting", "displacing", "destroying", "leaving"];
    let word = |at: usize| words.get(at).copied().unwrap_or_default();
    let verb = tokens.get(at)?.head.filter(|verb| *verb < at && HARMS.contains(&word(at)))?;
    let accuses = ["accus", "blam", "condemn"].iter().any(|stem| word(verb).starts_with(stem));
    let act = |act: &usize| {
        let token = tokens.get(*act);
        let below = token.and_then(|token| token.head).is_some_and(|head| {
            head == verb || tokens.get(head).is_some_and(|noun| noun.head == Some(verb))
        });
        below
            && token.is_some_and(|t| t.pos == Pos::Verb)
            && word(*act).ends_with("ing")
            && children(tokens, *act, Dep::Mark).any(|mark| matches!(word(mark), "of" | "for"))
    };
    if !accuses {
        return None;
    }
    (verb + 1..at).rev().find(act)
}

/// The noun whose name `at` explains, where it hangs on a part of that name: "*Ansar* Dine, an *offshoot* of …".
/// What stands behind a noun explains no word of a compound before it.
fn noun_around(tokens: &[Token], at: usize) -> Option<usize> {
    let part = tokens.get(at)?.head?;
    let compound = tokens.get(part).filter(|t| t.relation.universal == Dep::Compound)?;
    compound.head.filter(|noun| part < *noun && *noun < at)
}

/// The verb whose agent `at` hangs on, where it says what for: "accused *by the ministry* of having *shelled* a market".
fn verb_of_agent(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let noun = tokens.get(at)?.head.filter(|noun| *noun < at)?;
    let agent = tokens.get(noun).map(|t| t.relation).filter(|r| r.is(Dep::Obl, Subtype::Agent))?;
    let mark = (noun + 1..at).next().filter(|mark| {
        let is_of = words.get(*mark).is_some_and(|word| *word == "of");
        is_of && tokens.get(*mark).is_some_and(|t| t.relation.universal == Dep::Mark)
    });
    mark.and(Some(agent)).and(tokens.get(noun)?.head)
}

/// The verb that `at` is coordinated with, where it hangs on that verb's object: "*killing* three and
/// *injuring* twenty". A verb that has an object of its own is no second object.
fn verb_beside(tokens: &[Token], at: usize) -> Option<usize> {
    let token = tokens.get(at)?;
    let object = tokens.get(token.head?)?;
    let verb = tokens.get(object.head?)?;
    let misplaced = token.pos == Pos::Verb
        && object.relation.universal == Dep::Obj
        && !matches!(object.pos, Pos::Verb | Pos::Adj)
        && verb.pos == Pos::Verb
        && object_of(tokens, at).is_some();
    object.head.filter(|_| misplaced)
}

/// The noun before the conjunction, where the noun `at` is coordinated with a verb or a number: "injuring twenty,
/// *activists* and a medical *source* said". Coordination joins like with like.
fn noun_beside(tokens: &[Token], at: usize) -> Option<usize> {
    let is = |i: usize, classes: &[Pos]| tokens.get(i).is_some_and(|t| classes.contains(&t.pos));
    let nouns = [Pos::Noun, Pos::Propn];
    let token = tokens.get(at)?;
    let conjunction = tokens
        .iter()
        .position(|t| t.relation.universal == Dep::Cc && t.head == Some(at))
        .filter(|cc| *cc < at)?;
    let before = (0..conjunction).rev().find(|i| !is(*i, &[Pos::Punct]))?;
    let misplaced = is(at, &nouns) && is(token.head?, &[Pos::Verb, Pos::Num]) && is(before, &nouns);
    Some(before).filter(|_| misplaced)
}

/// The participle that `at` is coordinated with, where it hangs on what governs both: "tried to storm the
/// hall, *killing* three and *injuring* twenty". Coordination joins like forms.
fn verb_of_like_form(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let governor = tokens.get(at)?.head.filter(|governor| *governor < at)?;
    let ing = |i: usize| {
        let verb = tokens.get(i).is_some_and(|t| t.pos == Pos::Verb);
        verb && words.get(i).is_some_and(|word| word.ends_with("ing"))
    };
    let below = |i: &usize| ing(*i) && tokens.get(*i).is_some_and(|t| t.head == Some(governor));
    let like = (governor + 1..at).rev().find(below);
    like.filter(|_| ing(at) && !ing(governor))
}

/// The finite verb above the gerund that `at`, a finite verb without a subject, is coordinated with: "*accused* them of kidnapping and
/// *resumed* the raids".
fn finite_verb(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let has = |i: usize, dep: Dep| children(tokens, i, dep).next().is_some();
    let is_finite = |i: usize| {
        let told = tokens.get(i).is_some_and(|t| t.pos == Pos::Verb) && !has(i, Dep::Mark);
        told && words.get(i).is_some_and(|word| word.ends_with("ed"))
    };
    let gerund = tokens.get(at)?.head.filter(|gerund| *gerund < at)?;
    let ing = words.get(gerund).is_some_and(|word| word.ends_with("ing"));
    let led = has(gerund, Dep::Mark) || has(gerund, Dep::Case);
    let fits = ing && led && is_finite(at) && !has(at, Dep::Nsubj) && has(at, Dep::Cc);
    tokens.get(gerund)?.head.filter(|above| fits && is_finite(*above))
}

/// The verb right of the governor that has no object, where the governor has two: "killing three and
/// *injuring* at least *twenty*", "blamed the rebels and *slammed Washington*".
fn verb_without_object(tokens: &[Token], at: usize) -> Option<usize> {
    let verb = tokens.get(at)?.head?;
    let owned =
        |t: &Token| t.head == Some(verb) && matches!(t.relation.universal, Dep::Obj | Dep::Iobj);
    let first = tokens.iter().position(owned).filter(|first| verb < *first && *first < at)?;
    let between = (first + 1..at).rev();
    let mut verbs = between.filter(|i| tokens.get(*i).is_some_and(|t| t.pos == Pos::Verb));
    verbs.next().filter(|verb| object_of(tokens, *verb).is_none())
}

/// The next noun, where a determiner stands before a verb and hangs on what is behind it: "*neither* army
/// controls the zone".
fn noun_behind(tokens: &[Token], at: usize) -> Option<usize> {
    let head = tokens.get(at)?.head.filter(|head| at < *head)?;
    let is = |i: &usize, classes: &[Pos]| tokens.get(*i).is_some_and(|t| classes.contains(&t.pos));
    let verb = (at + 1..head).find(|i| is(i, &[Pos::Verb, Pos::Aux]))?;
    (at + 1..verb).rev().find(|i| is(i, &[Pos::Noun, Pos::Propn]))
}

/// The verb before the day `at`, where that hangs on a noun behind it that is no part of the day: "killed two *on Sunday* state media
/// said".
fn verb_of_day(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let part = ["morning", "evening", "night", "afternoon", "noon", "midday", "prayers"];
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let noun = tokens.get(at)?.head.filter(|noun| at < *noun)?;
    // "in the city *Wednesday* state media said": of those who speak none is the day's.
    let speaks = |noun: usize| {
        let subject = tokens.get(noun).filter(|t| t.relation.universal == Dep::Nsubj);
        let verb = subject.and_then(|t| t.head).filter(|verb| noun < *verb);
        let said = ["said", "reported", "says", "say", "told", "announced", "confirmed"];
        verb.and_then(|verb| words.get(verb)).is_some_and(|word| said.contains(word))
    };
    if !days.contains(words.get(at)?) || before != Some(&"on") && !speaks(noun) {
        return None;
    }
    let word = words.get(noun)?;
    let nominal = matches!(tokens.get(noun)?.pos, Pos::Noun | Pos::Propn);
    if !nominal || part.contains(word) || word.ends_with('s') {
        return None;
    }
    (0..at).rev().find(|i| tokens.get(*i).is_some_and(|t| t.pos == Pos::Verb))
}

/// The first object of the verb at `verb`.
fn object_of(tokens: &[Token], verb: usize) -> Option<usize> {
    let owned = |t: &Token| t.head == Some(verb) && t.relation.universal == Dep::Obj;
    tokens.iter().position(owned)
}

/// The verb of saying that `at`, another one, is coordinated with, where it hangs on what was said: "the ministry *said* that the army had won and
/// *accused* the rebels of lying".
fn verb_of_saying(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    const SECOND: [&str; 22] = [
        "accused",
        "accuses",
        "warned",
        "warns",
        "urged",
        "urges",
        "called",
        "calls",
        "denied",
        "condemned",
        "condemns",
        "vowed",
        "vows",
        "threatened",
        "pledged",
        "promised",
        "blamed",
        "blames",
        "praised",
        "demanded",
        "appealed",
        "rejected",
    ];
    let token = tokens.get(at)?;
    let told = token.head.filter(|told| *told < at)?;
    let verb =
        tokens.get(told).filter(|t| t.pos == Pos::Verb && t.relation.universal == Dep::Ccomp);
    let above = verb.and_then(|t| t.head).filter(|above| *above < told)?;
    let is = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(word));
    let bare = || {
        !tokens
            .iter()
            .any(|t| t.head == Some(at) && matches!(t.relation.universal, Dep::Nsubj | Dep::Aux))
    };
    let apart = !is(told, &SECOND) && !is(told, &SAYING);
    (token.pos == Pos::Verb && is(at, &SECOND) && is(above, &SAYING) && apart && bare())
        .then_some(above)
}

/// The noun before the verb that the tree has as its object, or as a subject of its own, where its subject is coordinated with it: "after *units*
/// and the *militia* overran a post".
fn object_before(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let verb = tokens.get(at)?.head?;
    // A list that does not end has no subject.
    let mut before = verb.saturating_sub(NEAR)..verb;
    let hangs = |i: &usize, dep: Dep| {
        tokens.get(*i).is_some_and(|t| t.head == Some(verb) && t.relation.universal == dep)
    };
    let subject = before.clone().rev().find(|i| hangs(i, Dep::Nsubj))?;
    let object = before.find(|i| hangs(i, Dep::Obj) || hangs(i, Dep::Nsubj))?;
    let joined = tokens
        .iter()
        .take(subject)
        .skip(object + 1)
        .any(|t| t.relation.universal == Dep::Cc && t.head == Some(subject));
    let nouns = [object, subject]
        .iter()
        .all(|i| tokens.get(*i).is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Propn)));
    (object < subject && joined && nouns).then_some((object, subject))
}

/// That noun's relation: it is the subject.
fn subject_before(tokens: &[Token], at: usize) -> Option<Relation> {
    let (object, _) = object_before(tokens, at)?;
    (object == at).then_some(Relation { universal: Dep::Nsubj, subtype: None })
}

/// "A patrol killed, on 5 May, three *rebels*": what the tree has for a second subject, behind an active verb, is its object.
fn second_subject(tokens: &[Token], at: usize) -> Option<Relation> {
    let token = tokens.get(at).filter(|t| t.relation.universal == Dep::Nsubj)?;
    let verb = token.head.filter(|verb| *verb < at)?;
    let has = |dep: Dep, before: bool| {
        children(tokens, verb, dep).any(|i| i != at && (i < verb) == before)
    };
    let active =
        tokens.get(verb)?.pos == Pos::Verb && !has(Dep::Aux, true) && !has(Dep::Ccomp, false);
    let nominal = matches!(token.pos, Pos::Noun | Pos::Propn);
    let free = !has(Dep::Obj, false) && !has(Dep::Obj, true);
    (nominal && active && free && has(Dep::Nsubj, true)).then_some(Relation::plain(Dep::Obj))
}

/// That noun, where `at` is the subject coordinated with it.
fn subject_beside(tokens: &[Token], at: usize) -> Option<usize> {
    let (object, subject) = object_before(tokens, at)?;
    (subject == at).then_some(object)
}

/// The verb right behind the noun `at`, where both are coordinated with one verb before and this one has no subject: "shelled the market and *two
/// traders* died".
fn verb_right_behind(tokens: &[Token], at: usize) -> Option<usize> {
    let noun = tokens.get(at).filter(|t| matches!(t.pos, Pos::Noun | Pos::Propn))?;
    let above = noun.head.filter(|above| *above < at)?;
    let mut behind = (at + 1..tokens.len()).filter(|i| {
        tokens.get(*i).is_some_and(|t| !matches!(t.pos, Pos::Aux | Pos::Adv | Pos::Part))
    });
    let verb = behind.next()?;
    let told = tokens.get(verb)?;
    let beside =
        told.pos == Pos::Verb && told.relation.universal == Dep::Conj && told.head == Some(above);
    let first = tokens.get(above).is_some_and(|t| t.pos == Pos::Verb);
    let free = || {
        !tokens.iter().any(|t| {
            t.head == Some(verb) && matches!(t.relation.universal, Dep::Nsubj | Dep::Csubj)
        })
    };
    (beside && first && free()).then_some(verb)
}

/// The verb of saying right behind the noun `at` and what hangs on it, where all before was said, and nobody says it: "burned six huts in
/// Kolda, state *radio* and a rights group said".
fn saying_behind(tokens: &[Token], words: &[&str], at: usize) -> Option<usize> {
    let noun = tokens.get(at).filter(|t| t.relation.universal == Dep::Appos)?;
    let nominal = matches!(noun.pos, Pos::Noun | Pos::Propn);
    let own = |i: usize| {
        let mut up = Some(i);
        let steps = std::iter::from_fn(|| {
            let here = up?;
            up = tokens.get(here).and_then(|t| t.head);
            Some(here)
        });
        steps.take(12).any(|step| step == at)
    };
    let first = (0..=at).rev().take_while(|i| own(*i)).last()?;
    let comma = words.get(first.checked_sub(1)?).is_some_and(|word| *word == ",")
        || words.get(first).is_some_and(|word| *word == ",");
    let verb = (at + 1..tokens.len()).find(|i| !own(*i))?;
    let says = words.get(verb).is_some_and(|word| SAYING.contains(word));
    let has =
        |dep: Dep| tokens.iter().position(|t| t.head == Some(verb) && t.relation.universal == dep);
    let told = || has(Dep::Ccomp).is_some_and(|told| told < at);
    (nominal && comma && says && told() && has(Dep::Nsubj).is_none()).then_some(verb)
}
