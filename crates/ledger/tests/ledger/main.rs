//! The ledger from outside: storing, finding, superseding, opening, checking, and two at once.

#[cfg(test)]
mod adopting;
#[cfg(test)]
mod checking;
#[cfg(test)]
mod comparing;
#[cfg(test)]
mod deciding;
#[cfg(test)]
mod exactness;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod looking_back;
#[cfg(test)]
mod measuring;
#[cfg(test)]
mod old_ledgers;
#[cfg(test)]
mod opening;
#[cfg(test)]
#[path = "../sample/mod.rs"]
mod sample;
#[cfg(test)]
mod storing;
#[cfg(test)]
mod together;

#[cfg(test)]
mod desk {
    use std::fmt::Write;
    use std::path::PathBuf;

    use averment_ledger::{Entry, Ledger, LedgerError, Ruling, StoreOutcome};
    use averment_types::{Act, CodedReport, CoderVersion, Decision};

    use crate::sample;

    /// A ledger in a folder of its own.
    pub(crate) struct Desk {
        pub(crate) folder: tempfile::TempDir,
        pub(crate) ledger: Ledger,
    }

    impl Desk {
        pub(crate) fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
            Self { folder, ledger }
        }

        pub(crate) fn path(&self) -> PathBuf {
            self.ledger.path().to_owned()
        }

        /// Stores `coded` in one batch; the moment is the number of codings that are there.
        pub(crate) fn store(
            &mut self,
            coded: &[CodedReport],
            version: &CoderVersion,
        ) -> Vec<StoreOutcome> {
            let now = sample::moment(self.ledger.summary().unwrap().codings.cast_signed());
            store(&mut self.ledger, coded, version, now)
        }

        /// Decides as Ada; the moment is `seconds` after that of the first report.
        pub(crate) fn decide(&mut self, act: Act, seconds: i64) -> Decision {
            self.try_deciding(act, seconds).unwrap()
        }

        pub(crate) fn try_deciding(
            &mut self,
            act: Act,
            seconds: i64,
        ) -> Result<Decision, LedgerError> {
            let because = Some("read it again".to_owned());
            let ruling = Ruling { by: "Ada".to_owned(), because, act };
            self.ledger.decide(&ruling, sample::moment(seconds))
        }

        /// Every table's rows, the derived ones included, as one text.
        pub(crate) fn dump(&self) -> String {
            let conn = rusqlite::Connection::open(self.path()).unwrap();
            let tables = [
                "coders",
                "reports",
                "originals",
                "codings",
                "claims",
                "claim_bodies",
                "claim_countries",
                "mentions",
                "claim_mentions",
                "current",
                "decisions",
                "decision_head",
                "returns",
                "report_text_data",
                "mention_text_data",
            ];
            let mut out = String::new();
            for table in tables {
                let mut all = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
                let columns = all.column_count();
                let mut rows = all.query([]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    for column in 0..columns {
                        write!(out, "{:?}|", row.get_ref(column).unwrap()).unwrap();
                    }
                    out.push_str(table);
                    out.push('\n');
                }
            }
            out
        }
    }

    pub(crate) fn store(
        ledger: &mut Ledger,
        coded: &[CodedReport],
        version: &CoderVersion,
        now: jiff::Timestamp,
    ) -> Vec<StoreOutcome> {
        let originals: Vec<_> = coded.iter().map(|c| sample::original(&c.report)).collect();
        let entries: Vec<_> = coded
            .iter()
            .zip(&originals)
            .map(|(coded, original)| Entry { coded, original })
            .collect();
        ledger.store(&entries, version, now).unwrap()
    }
}
