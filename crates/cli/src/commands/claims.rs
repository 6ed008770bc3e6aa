//! `averment claims`: finds claims and writes them, one by one, in a layout.

use std::io::{self, BufWriter};

use averment_codebook::Codebook;
use averment_export::{ClaimRow, ClaimWriter, Decided, DecidedState, Layout};
use averment_ledger::{ClaimQuery, Standing, StoredClaim};
use averment_types::{ReportId, TypeId, Verdict};

use crate::args::{ClaimsArgs, ListFormat};
use crate::exit::Exit;
use crate::{failure, terminal};

pub(super) fn run(args: &ClaimsArgs) -> anyhow::Result<Exit> {
    let ledger = args.ledger.open()?;
    let format = args.filters.list.format;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut writer = ClaimWriter::new(Layout::from(format), &mut out, terminal::width())?;
    let mut found = 0_u64;
    ledger.for_each_claim(&query(args), |stored| {
        found += 1;
        writer.write(&row(&stored)).map_err(anyhow::Error::from)
    })?;
    if found > 0 || format != ListFormat::Table {
        writer.finish()?;
    }
    if found == 0 && format == ListFormat::Table {
        failure::say(&nothing(args.filters.which.type_id.as_deref())?);
    }
    Ok(Exit::Done)
}

/// The row of a stored claim.
pub(crate) fn row(stored: &StoredClaim) -> ClaimRow<'_> {
    ClaimRow {
        claim: stored.in_force(),
        report_id: &stored.report.id,
        report_title: stored.report.title.as_deref(),
        outlet: stored.report.outlet.as_deref(),
        published: stored.report.published.as_ref(),
        superseded: stored.superseded.is_some(),
        decided: decided(&stored.standing),
    }
}

/// What a person made of a claim.
fn decided(standing: &Standing) -> Option<Decided<'_>> {
    let state = match (standing.verdict, &standing.corrected) {
        (Some(Verdict::Rejected), _) => DecidedState::Rejected,
        (_, Some(_)) => DecidedState::Corrected,
        (Some(Verdict::Accepted), None) => DecidedState::Accepted,
        (None, None) => DecidedState::Graded,
    };
    standing.decisions.last().map(|last| Decided { state, by: &last.by })
}

fn query(args: &ClaimsArgs) -> ClaimQuery {
    let filters = &args.filters;
    ClaimQuery {
        actor: filters.actor.clone(),
        type_id: filters.which.type_id.as_deref().map(TypeId::new),
        kind: args.kind.map(Into::into),
        since: filters.which.since,
        until: filters.which.until,
        country: filters.country.clone(),
        outlet: filters.outlet.clone(),
        text: filters.text.clone(),
        report: args.report.as_deref().map(ReportId::new),
        superseded: filters.all,
        limit: filters.list.limit,
    }
}

/// What to say of an empty list: perhaps the type is none.
fn nothing(type_id: Option<&str>) -> anyhow::Result<String> {
    let Some(asked) = type_id else {
        return Ok("no claims found\n".to_owned());
    };
    let codebook = Codebook::shipped()?;
    let types = codebook.types();
    if types.iter().any(|known| known.id.as_str() == asked) {
        return Ok("no claims found\n".to_owned());
    }
    let known: Vec<&str> = types.iter().map(|known| known.id.as_str()).collect();
    let (name, known) = (codebook.name(), known.join(", "));
    Ok(format!("no claims found; {name} has no type {asked}, it has {known}\n"))
}
