//! Which coding of a report counts: the one place that says it, for storing, for checking and for the
//! ledger as it was at another moment.

/// For each report that `WHERE` picks, the coding that counts: of the newest revision the coding that
/// was stored, or made to count again, last. Newest means stored last.
macro_rules! counting {
    ($which:literal) => {
        concat!(
            "SELECT report, coding FROM (SELECT r.id AS report, k.seq AS coding, ",
            "row_number() OVER (PARTITION BY r.id ORDER BY r.seq DESC, ",
            "max(k.seq, coalesce(t.place, 0)) DESC, coalesce(t.seq, 0) DESC) AS rank ",
            "FROM reports r JOIN codings k ON k.report = r.seq ",
            "LEFT JOIN returns t ON t.coding = k.seq",
            $which,
            ") WHERE rank = 1"
        )
    };
}

/// For every report.
pub(crate) const ALL: &str = counting!("");

/// For the report of the id ?1.
pub(crate) const ONE: &str = counting!(" WHERE r.id = ?1");
