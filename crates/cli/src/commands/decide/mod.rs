//! `averment decide`: a person's decision into the ledger's log.
//!
//! Owns finding what the words of the command line stand for; refuses what a decision does, which the
//! ledger knows.

mod value;

use std::io::{self, Write};

use averment_actors::Registry;
use averment_ledger::{ClaimMatch, Ledger, Ruling};
use averment_types::{Act, ActorRef, ClaimId, DecisionId, OriginId, ReportId, TextRange};
use jiff::Timestamp;

use crate::args::{DecideArgs, Grade, RegistryArg};
use crate::commands::{explain, resolve, views};
use crate::exit::Exit;
use crate::failure::{Undecided, Unfound};

pub(super) fn run(args: &DecideArgs) -> anyhow::Result<Exit> {
    let who = args.who();
    let mut ledger = who.ledger.existing()?;
    let act = act(&ledger, args)?;
    let ruling = Ruling { by: who.by.clone(), because: who.because.clone(), act };
    let decision = ledger.decide(&ruling, Timestamp::now())?;
    let told = format!("{}: {}\n", decision.id, decision.act);
    io::stdout().write_all(TextRange::visible(&told).as_bytes())?;
    Ok(Exit::Done)
}

fn act(ledger: &Ledger, args: &DecideArgs) -> anyhow::Result<Act> {
    Ok(match args {
        DecideArgs::Accept { claim, .. } => Act::Accept { claim: claim_id(ledger, claim)? },
        DecideArgs::Reject { claim, .. } => Act::Reject { claim: claim_id(ledger, claim)? },
        DecideArgs::Correct(args) => {
            Act::Correct { claim: claim_id(ledger, &args.claim)?, correction: value::of(args)? }
        }
        DecideArgs::Same { a, b, .. } => {
            Act::Same { a: claim_id(ledger, a)?, b: claim_id(ledger, b)? }
        }
        DecideArgs::Different { a, b, .. } => {
            Act::Different { a: claim_id(ledger, a)?, b: claim_id(ledger, b)? }
        }
        DecideArgs::Name { words, actor: name, report, actors, .. } => Act::Name {
            words: words.clone(),
            report: report.as_deref().map(ReportId::new),
            actor: actor(&actors.open()?, name)?,
        },
        DecideArgs::Grade { of, grade: Grade::Source(reliability), .. } => {
            Act::GradeSource { origin: origin(ledger, of)?, reliability: *reliability }
        }
        DecideArgs::Grade { of, grade: Grade::Claim(credibility), .. } => {
            Act::GradeClaim { claim: claim_id(ledger, of)?, credibility: *credibility }
        }
        DecideArgs::Resolve { dispute, position, actors, .. } => {
            settled(ledger, dispute, position.as_deref(), actors)?
        }
        DecideArgs::Retract { report, .. } => Act::Retract { report: ReportId::new(report) },
        DecideArgs::Undo { decision, .. } => Act::Undo { decision: decision_id(ledger, decision)? },
    })
}

/// The settling of the dispute whose id begins so, by one of its positions or by none.
fn settled(
    ledger: &Ledger,
    id: &str,
    position: Option<&str>,
    actors: &RegistryArg,
) -> anyhow::Result<Act> {
    let found = views::of_ledger(ledger, actors, true, |views| views.disputes_named(id))?;
    let found = found.into_iter().map(|dispute| (dispute.id.to_string(), dispute)).collect();
    let dispute = explain::only(id, found)?;
    let alike = |side: &&str, asked: &str| side.to_lowercase() == asked.trim().to_lowercase();
    let positions: Vec<&str> = dispute.sides.iter().map(|side| side.position.as_str()).collect();
    let position = position
        .map(|asked| {
            let known = positions.iter().find(|side| alike(side, asked));
            known.map(|side| (*side).to_owned()).ok_or_else(|| Undecided {
                what: format!(
                    "{} has no side “{asked}”; it has “{}”",
                    dispute.id,
                    positions.join("”, “")
                ),
                remedy: "name one of its sides, or none to settle it for no side",
            })
        })
        .transpose()?;
    Ok(Act::Resolve { dispute: dispute.id, position })
}

/// A source is named as an origin is: kind, colon, name. What is a claim is graded by a number.
fn origin(ledger: &Ledger, name: &str) -> anyhow::Result<OriginId> {
    if name.contains(':') {
        return Ok(OriginId::new(name));
    }
    let known = !matches!(ledger.resolve_claim(name)?, ClaimMatch::None);
    let remedy = if known {
        "a claim is graded by a number from 1 to 6; the letters are for sources"
    } else {
        "name the source with its kind, for example outlet:sahel-wire or person:ada-lovelace"
    };
    Err(Undecided { what: format!("{name} is not the name of a source"), remedy }.into())
}

/// The claim whose id begins so.
pub(super) fn claim_id(ledger: &Ledger, id: &str) -> anyhow::Result<ClaimId> {
    let whole = ClaimId::new(id);
    if ledger.claim(&whole)?.is_some() {
        return Ok(whole);
    }
    match ledger.resolve_claim(id)? {
        ClaimMatch::One(id) => Ok(id),
        ClaimMatch::None => Err(Unfound::None { id: id.to_owned() }.into()),
        ClaimMatch::Several(ids) => Err(several(id, &ids)),
    }
}

fn decision_id(ledger: &Ledger, id: &str) -> anyhow::Result<DecisionId> {
    match ledger.resolve_decision(id)?.as_slice() {
        [] => Err(Undecided {
            what: format!("no decision has an id that begins with {id}"),
            remedy: "`averment decisions` lists them",
        }
        .into()),
        [one] => Ok(one.clone()),
        ids => Err(several(id, ids)),
    }
}

fn several(id: &str, ids: &[impl ToString]) -> anyhow::Error {
    let several = ids.iter().map(ToString::to_string).collect();
    Unfound::Several { id: id.to_owned(), several }.into()
}

/// The actor of this id, or else the only one of this name.
fn actor(registry: &Registry, name: &str) -> anyhow::Result<ActorRef> {
    let by_id =
        registry.get(&averment_types::ActorId::new(name)).map(averment_actors::Actor::to_ref);
    let found = by_id.or_else(|| resolve::sole_actor(registry, name));
    found.ok_or_else(|| {
        let what = format!("no actor, or more than one, goes by the id or name {name}");
        let remedy = "`averment resolve actor NAME` shows whom it may mean; --registry names a \
                      registry of your own";
        Undecided { what, remedy }.into()
    })
}
