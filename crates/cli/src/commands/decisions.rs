//! `averment decisions`: the log of decisions, in a layout.

use std::collections::HashSet;
use std::io::{self, BufWriter, Write};

use averment_export::{DecisionRow, Layout};
use averment_types::{ClaimId, Decision, DecisionId};

use crate::args::{DecisionsArgs, HistoryFormat};
use crate::commands::decide::claim_id;
use crate::exit::Exit;
use crate::{failure, terminal};

pub(super) fn run(args: &DecisionsArgs) -> anyhow::Result<Exit> {
    let ledger = args.ledger.open()?;
    let claim = args.claim.as_deref().map(|id| claim_id(&ledger, id)).transpose()?;
    let in_force: HashSet<DecisionId> =
        ledger.decisions_in_force()?.into_iter().map(|decision| decision.id).collect();
    let all = ledger.decisions()?;
    let rows = all.iter().filter(|decision| is_about(decision, claim.as_ref()));
    let rows: Vec<DecisionRow<'_>> = rows
        .map(|decision| DecisionRow { decision, in_force: in_force.contains(&decision.id) })
        .collect();
    if rows.is_empty() && args.format == HistoryFormat::Table {
        failure::say("no decisions found\n");
        return Ok(Exit::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let layout = Layout::from(args.format);
    averment_export::decisions(layout, rows.into_iter(), &mut out, terminal::width())?;
    out.flush()?;
    Ok(Exit::Done)
}

fn is_about(decision: &Decision, claim: Option<&ClaimId>) -> bool {
    claim.is_none_or(|claim| decision.act.claims().any(|about| about == claim))
}
