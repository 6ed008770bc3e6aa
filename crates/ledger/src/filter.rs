//! Questions to the ledger, and the conditions in SQL that they become. Values travel as parameters
//! only, never inside the SQL.

use averment_types::{ClaimKind, CountryCode, LanguageCode, ReportId, TypeId};
use jiff::civil::Date;
use rusqlite::types::Value;

use crate::columns::{code, fold};
use crate::search;

/// Which claims to find. Everything that is `Some` must hold, of the values in force where a person
/// corrected the coder's; the default finds every claim that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClaimQuery {
    /// An actor's id, or words that stand in a role's words or in the name of its actor. Case and
    /// accents do not matter; several words must all occur.
    pub actor: Option<String>,
    /// The codebook's type.
    pub type_id: Option<TypeId>,
    /// Event, relation, status or count.
    pub kind: Option<ClaimKind>,
    /// Its time may reach to this day or later. Claims without a time are left out.
    pub since: Option<Date>,
    /// Its time may begin on this day or earlier. Claims without a time are left out.
    pub until: Option<Date>,
    /// Its place lies, or may lie, in this country.
    pub country: Option<CountryCode>,
    /// Part of the outlet's name, in any case.
    pub outlet: Option<String>,
    /// Words of the report's title or text: all must occur; `"a phrase"`, `begin*`, `OR` and `-not` work.
    pub text: Option<String>,
    /// Made in this report.
    pub report: Option<ReportId>,
    /// Also claims that no longer count: superseded ones, and those that a person rejected.
    pub superseded: bool,
    /// At most so many, the ones stored first.
    pub limit: Option<u32>,
}

/// Which reports to find. Everything that is `Some` must hold, what concerns claims of the coder's values;
/// the default finds every report once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    /// Part of the outlet's name, in any case.
    pub outlet: Option<String>,
    /// Some claim's place lies, or may lie, in this country.
    pub country: Option<CountryCode>,
    /// Some claim has this actor, by id or words, as in [`ClaimQuery::actor`].
    pub actor: Option<String>,
    /// Some claim has this type.
    pub type_id: Option<TypeId>,
    /// Published on this day or later. Reports without a date of publication are left out.
    pub since: Option<Date>,
    /// Published on this day or earlier. Reports without a date of publication are left out.
    pub until: Option<Date>,
    /// Words of the title or text, as in [`ClaimQuery::text`].
    pub text: Option<String>,
    /// In this language.
    pub language: Option<LanguageCode>,
    /// Also revisions and codings that no longer count.
    pub superseded: bool,
    /// At most so many, the ones stored first.
    pub limit: Option<u32>,
}

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What a claim says, which a person may correct.
    Says,
    /// The report that it was made in, and which coding counts.
    Lies,
}

/// A condition and the values of its parameters.
#[derive(Debug)]
struct Condition {
    sql: &'static str,
    values: Vec<Value>,
    scope: Scope,
}

/// Which rows to read, as a statement that gives their numbers in order, and its parameters' values.
#[derive(Debug)]
pub(crate) struct Filter {
    select: &'static str,
    current: &'static str,
    order: &'static str,
    conditions: Vec<Condition>,
    limit: Option<u32>,
}

impl Filter {
    /// The claims that a query asks for.
    pub(crate) fn claims(query: &ClaimQuery) -> Self {
        // The plus keeps SQLite from walking all current codings when another condition is narrower.
        let mut filter = Self::over(
            "SELECT c.seq FROM claims c",
            "+c.coding IN (SELECT coding FROM current)",
            "c.seq",
        );
        filter.says(query.type_id.as_ref(), "c.type = ?", |t| text(t.as_str()));
        filter.says(query.kind.as_ref(), "c.kind = ?", |k| text(&code(k)));
        filter.says(query.since.as_ref(), "c.day_last >= ?", |d| text(&d.to_string()));
        filter.says(query.until.as_ref(), "c.day_first <= ?", |d| text(&d.to_string()));
        filter.says(
            query.country.as_ref(),
            "c.seq IN (SELECT claim FROM claim_countries WHERE country = ?)",
            |c| text(c.as_str()),
        );
        if let Some(actor) = &query.actor {
            filter.actor(
                actor,
                "c.seq IN (SELECT claim FROM claim_mentions WHERE mention IN (\
                 SELECT seq FROM mentions WHERE actor = ?))",
                "c.seq IN (SELECT claim FROM claim_mentions WHERE mention IN (\
                 SELECT seq FROM mentions WHERE actor = ? UNION \
                 SELECT rowid FROM mention_text WHERE mention_text MATCH ?))",
            );
        }
        filter.lies(
            query.outlet.as_ref(),
            "c.coding IN (SELECT seq FROM codings WHERE report IN (\
             SELECT seq FROM reports WHERE instr(outlet_key, ?) > 0))",
            |o| text(&fold(o)),
        );
        filter.lies(
            query.report.as_ref(),
            "c.coding IN (SELECT seq FROM codings WHERE report IN (\
             SELECT seq FROM reports WHERE id = ?))",
            |r| text(r.as_str()),
        );
        filter.words(
            query.text.as_deref(),
            "c.coding IN (SELECT seq FROM codings WHERE report IN (\
             SELECT rowid FROM report_text WHERE report_text MATCH ?))",
        );
        filter.close(query.superseded, query.limit)
    }

    /// The codings that a query for reports asks for.
    pub(crate) fn reports(query: &ReportQuery) -> Self {
        let mut filter = Self::over(
            "SELECT k.seq FROM codings k",
            "+k.seq IN (SELECT coding FROM current)",
            "k.report, k.seq",
        );
        filter.lies(
            query.outlet.as_ref(),
            "k.report IN (SELECT seq FROM reports WHERE instr(outlet_key, ?) > 0)",
            |o| text(&fold(o)),
        );
        filter.lies(
            query.language.as_ref(),
            "k.report IN (SELECT seq FROM reports WHERE language = ?)",
            |l| text(l.as_str()),
        );
        filter.lies(
            query.since.as_ref(),
            "k.report IN (SELECT seq FROM reports WHERE day_last >= ?)",
            |d| text(&d.to_string()),
        );
        filter.lies(
            query.until.as_ref(),
            "k.report IN (SELECT seq FROM reports WHERE day_first <= ?)",
            |d| text(&d.to_string()),
        );
        filter.lies(
            query.type_id.as_ref(),
            "k.seq IN (SELECT coding FROM claims WHERE type = ?)",
            |t| text(t.as_str()),
        );
        filter.lies(
            query.country.as_ref(),
            "k.seq IN (SELECT coding FROM claims WHERE seq IN (\
             SELECT claim FROM claim_countries WHERE country = ?))",
            |c| text(c.as_str()),
        );
        if let Some(actor) = &query.actor {
            filter.actor(
                actor,
                "k.seq IN (SELECT coding FROM claims WHERE seq IN (\
                 SELECT claim FROM claim_mentions WHERE mention IN (\
                 SELECT seq FROM mentions WHERE actor = ?)))",
                "k.seq IN (SELECT coding FROM claims WHERE seq IN (\
                 SELECT claim FROM claim_mentions WHERE mention IN (\
                 SELECT seq FROM mentions WHERE actor = ? UNION \
                 SELECT rowid FROM mention_text WHERE mention_text MATCH ?)))",
            );
        }
        filter.words(
            query.text.as_deref(),
            "k.report IN (SELECT rowid FROM report_text WHERE report_text MATCH ?)",
        );
        filter.close(query.superseded, query.limit)
    }

    /// The statement.
    pub(crate) fn sql(&self) -> String {
        let sql = self.statement(None, "");
        match self.limit {
            Some(limit) => format!("{sql} LIMIT {limit}"),
            None => sql,
        }
    }

    /// The statement with the conditions of one scope alone, without a limit. With `among`, only rows
    /// whose numbers stand in the JSON array that is the last parameter.
    pub(crate) fn part(&self, scope: Scope, among: bool) -> String {
        let among = if among { "c.seq IN (SELECT value FROM json_each(?))" } else { "" };
        self.statement(Some(scope), among)
    }

    /// The parameters' values, in order: of all conditions, or of those of one scope.
    pub(crate) fn values(&self, scope: Option<Scope>) -> impl Iterator<Item = &Value> {
        let wanted = self.conditions.iter().filter(move |c| scope.is_none_or(|s| s == c.scope));
        wanted.flat_map(|condition| &condition.values)
    }

    /// At most how many rows.
    pub(crate) const fn limit(&self) -> Option<u32> {
        self.limit
    }

    /// The same without a limit.
    pub(crate) const fn unlimited(mut self) -> Self {
        self.limit = None;
        self
    }

    fn statement(&self, scope: Option<Scope>, last: &'static str) -> String {
        let wanted = self.conditions.iter().filter(|c| scope.is_none_or(|s| s == c.scope));
        let last = (!last.is_empty()).then_some(last);
        let mut sql = self.select.to_owned();
        for (index, condition) in wanted.map(|c| c.sql).chain(last).enumerate() {
            sql.push_str(if index == 0 { " WHERE " } else { " AND " });
            sql.push_str(condition);
        }
        sql.push_str(" ORDER BY ");
        sql.push_str(self.order);
        sql
    }

    const fn over(select: &'static str, current: &'static str, order: &'static str) -> Self {
        Self { select, current, order, conditions: Vec::new(), limit: None }
    }

    fn add(&mut self, sql: &'static str, values: Vec<Value>, scope: Scope) {
        self.conditions.push(Condition { sql, values, scope });
    }

    /// Adds a condition about what a claim says.
    fn says<T>(&mut self, part: Option<&T>, sql: &'static str, value: fn(&T) -> Value) {
        if let Some(part) = part {
            self.add(sql, vec![value(part)], Scope::Says);
        }
    }

    /// Adds a condition about where it lies.
    fn lies<T>(&mut self, part: Option<&T>, sql: &'static str, value: fn(&T) -> Value) {
        if let Some(part) = part {
            self.add(sql, vec![value(part)], Scope::Lies);
        }
    }

    fn actor(&mut self, actor: &str, by_id: &'static str, by_id_or_words: &'static str) {
        let (sql, words) = match search::query(actor) {
            Some(words) => (by_id_or_words, Some(Value::Text(words))),
            None => (by_id, None),
        };
        let values = std::iter::once(text(actor)).chain(words).collect();
        self.add(sql, values, Scope::Says);
    }

    /// Adds a full-text condition; words that hold nothing to look for find nothing.
    fn words(&mut self, typed: Option<&str>, condition: &'static str) {
        let Some(typed) = typed else { return };
        match search::query(typed) {
            Some(words) => self.add(condition, vec![Value::Text(words)], Scope::Lies),
            None => self.add("FALSE", Vec::new(), Scope::Lies),
        }
    }

    fn close(mut self, superseded: bool, limit: Option<u32>) -> Self {
        if !superseded {
            self.add(self.current, Vec::new(), Scope::Lies);
        }
        self.limit = limit;
        self
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}
