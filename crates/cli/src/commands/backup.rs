//! `averment backup` and `averment restore`: a ledger copied whole, and put back.

use std::io::{self, Write};
use std::path::Path;

use anyhow::ensure;
use averment_ledger::Ledger;
use averment_types::TextRange;

use crate::exit::Exit;
use crate::wording::count;

pub(super) fn back_up(ledger: &Path, to: &Path) -> anyhow::Result<Exit> {
    let from = Ledger::open_read_only(ledger)?;
    from.backup(to)?;
    told(&Ledger::open_read_only(to)?, to)
}

/// A damaged backup is not restored: it would only hide that the ledger is gone.
pub(super) fn restore(from: &Path, ledger: &Path) -> anyhow::Result<Exit> {
    let backup = Ledger::open_read_only(from)?;
    let check = backup.check()?;
    ensure!(
        check.is_clean(),
        "the backup {} is damaged and was not restored; `averment doctor --db` says how",
        from.display()
    );
    backup.backup(ledger)?;
    told(&backup, ledger)
}

fn told(ledger: &Ledger, to: &Path) -> anyhow::Result<Exit> {
    let summary = ledger.summary()?;
    let (reports, claims) = (count(summary.reports, "report"), count(summary.claims, "claim"));
    let line = format!("{}: {reports}, {claims}\n", to.display());
    io::stdout().write_all(TextRange::visible(&line).as_bytes())?;
    Ok(Exit::Done)
}
