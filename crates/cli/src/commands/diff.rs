//! `averment diff`: the cells in which two states of a ledger differ, in a layout.

use std::collections::BTreeSet;
use std::io::{self, BufWriter};

use averment_export::{ChangeWriter, Layout};
use averment_types::{Change, ClaimId, ReportId};

use crate::args::{DiffArgs, HistoryFormat};
use crate::exit::Exit;
use crate::wording::count;
use crate::{failure, terminal};

pub(super) fn run(args: &DiffArgs) -> anyhow::Result<Exit> {
    let (before, after) = (args.before.open(&args.ledger)?, args.after.open(&args.ledger)?);
    let differing = written(args.format, |each| before.for_each_change(&after, each))?;
    failure::say(&format!("{}\n", differing.told()));
    Ok(Exit::Done)
}

/// How much differs.
#[derive(Debug, Default)]
pub(super) struct Differing {
    cells: u64,
    claims: BTreeSet<ClaimId>,
    reports: BTreeSet<ReportId>,
}

impl Differing {
    /// Whether nothing does.
    pub(super) const fn is_nothing(&self) -> bool {
        self.cells == 0
    }

    /// In words.
    pub(super) fn told(&self) -> String {
        if self.is_nothing() {
            return "nothing differs".to_owned();
        }
        let (claims, reports) = (self.claims.len() as u64, self.reports.len() as u64);
        let (claims, reports) = (count(claims, "claim"), count(reports, "report"));
        format!("{} of {claims} in {reports} differ", count(self.cells, "cell"))
    }

    fn add(&mut self, change: &Change) {
        self.cells += 1;
        self.claims.extend(change.claim_after.clone().or_else(|| change.claim_before.clone()));
        self.reports.insert(change.report.clone());
    }
}

/// Takes one change.
type Each<'a> = &'a mut dyn FnMut(Change) -> anyhow::Result<()>;

/// Writes the changes that `compare` hands over, and counts them; an empty table is not written.
pub(super) fn written<F>(format: HistoryFormat, compare: F) -> anyhow::Result<Differing>
where
    F: FnOnce(Each<'_>) -> anyhow::Result<()>,
{
    let mut out = BufWriter::new(io::stdout().lock());
    let mut writer = ChangeWriter::new(Layout::from(format), &mut out, terminal::width())?;
    let mut differing = Differing::default();
    compare(&mut |change| {
        differing.add(&change);
        Ok(writer.write(&change)?)
    })?;
    if !differing.is_nothing() || format != HistoryFormat::Table {
        writer.finish()?;
    }
    Ok(differing)
}
