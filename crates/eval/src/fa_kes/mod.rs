//! Actor, cause of death and killed of a war report from Syria, beside its day and place in [`crate::place::coded`].
//!
//! Gold has one row a report: the coders took the report's main event. Which that is, is chosen by the report alone: each sentence
//! with a claim of violence that is said to have happened weighs 1 plus the logarithm of the killed it tells of, twice
//! that within the first `LEAD` bytes, where headline and lead stand. A sentence gives its weight to each actor and each cause
//! of its claims; the heaviest is the report's, of equals the one told first. An actor of a claim with another cause than the
//! report's is not the main event's and does not count. Without any the answer is `unknown`, which gold has too.
//! Our actors and types become gold's by the tables `data/fa-kes-actors.tsv` and `data/fa-kes-causes.tsv`, each line with its reason.

mod category;
mod toll;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::Coder;
use averment_ingest::{Options, documents, parse};
use averment_types::{Claim, ClaimContent, CodedReport, Report, RoleKind, TextRange, ZoneKind};
use serde::Deserialize;

use crate::place::coded::{heaviest, is_violence};
use crate::place::{coder, rows};
use crate::{EvalError, Evaluation};
use category::UNKNOWN;
use toll::Toll;

/// So many bytes from a report's beginning hold its headline and its lead; most of FA-KES' texts repeat the headline.
const LEAD: usize = 500;

/// Where headline and lead end: a headline that the text lacks stands above it, and takes nothing of the lead.
fn lead_end(report: &Report) -> usize {
    let first = report.zones.first().filter(|zone| zone.kind == ZoneKind::Headline);
    let above = first.map(|zone| zone.range.end());
    let above = above.filter(|end| report.text.get(*end..).is_some_and(|t| t.starts_with("\n\n")));
    LEAD + above.unwrap_or_default()
}

#[derive(Deserialize)]
struct Row {
    id: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    actor: String,
    cause: String,
    civilians: String,
    children: String,
    women: String,
    noncivilians: String,
}

/// How many reports are right in what.
#[derive(Debug, Default)]
struct Counts {
    right: BTreeMap<&'static str, usize>,
    /// Gold's and our value of a field, and how often.
    confused: BTreeMap<(&'static str, String, String), usize>,
    errors: String,
}

/// Scores the development slice in `corpora`.
///
/// # Errors
/// When the corpus is missing or of another form, or the coder cannot be made.
pub fn run(corpora: &Path) -> Result<Evaluation, EvalError> {
    let path = corpora.join("fa-kes/dev.jsonl");
    let gold: Vec<Row> = rows(&path)?;
    let coder: Coder = coder()?;
    let options = Options::default();
    let inputs = [path.display().to_string()];
    let mut counts = Counts::default();
    for (row, raw) in gold.iter().zip(documents(&inputs, &options)) {
        let report = raw.ok().and_then(|raw| parse(raw, &options).ok()).map(|i| i.report);
        let Some(report) = report else {
            // Writing to a string cannot fail.
            let _ = writeln!(counts.errors, "{}\trefused", row.id);
            continue;
        };
        counts.judge(row, &coder.code(report).report);
    }
    Ok(Evaluation { tables: counts.to_markdown(gold.len()), errors: counts.errors })
}

/// A sentence with claims of violence.
struct Told<'c> {
    range: TextRange,
    /// Whether it stands in headline or lead.
    leads: bool,
    claims: Vec<&'c ClaimContent>,
    toll: Toll,
}

impl Told<'_> {
    fn weight(&self) -> f64 {
        let lead = if self.leads { 2.0 } else { 1.0 };
        lead * (1.0 + f64::from(self.toll.total()).ln_1p())
    }
}

/// The sentences of a report that tell of violence, in their order.
fn told(coded: &CodedReport) -> Vec<Told<'_>> {
    let mut sentences: BTreeMap<TextRange, Vec<&ClaimContent>> = BTreeMap::new();
    for claim in coded.claims.iter().map(Claim::content).filter(|c| is_violence(c)) {
        sentences.entry(claim.evidence.first().range()).or_default().push(claim);
    }
    let end = lead_end(&coded.report);
    let told = |(range, claims): (TextRange, Vec<_>)| {
        let toll = Toll::of(&claims);
        Told { range, leads: range.start() < end, claims, toll }
    };
    sentences.into_iter().map(told).collect()
}

impl Counts {
    fn judge(&mut self, row: &Row, coded: &CodedReport) {
        let told = told(coded);
        let text = &coded.report.text;
        let cause = chosen(&told, |told, claim| cause(told, claim, text).into_iter().collect());
        self.field("actor", row, &row.gold.actor, main_actor(&told, cause, text));
        self.field("cause of death", row, &row.gold.cause, cause);
        self.killed(row, &told);
    }

    fn field(&mut self, name: &'static str, row: &Row, gold: &str, found: &str) {
        if gold == found {
            *self.right.entry(name).or_default() += 1;
            return;
        }
        *self.confused.entry((name, gold.to_owned(), found.to_owned())).or_default() += 1;
        let _ = writeln!(self.errors, "{}\t{name}\tgold {gold}\tfound {found}", row.id);
    }

    fn killed(&mut self, row: &Row, told: &[Told<'_>]) {
        let number = |words: &str| words.parse::<u32>().unwrap_or_default();
        let (civilians, others) = (number(&row.gold.civilians), number(&row.gold.noncivilians));
        let main = toll::main(told.iter().map(|t| (t.leads, &t.toll)));
        let range = toll::range(told.iter().map(|t| (t.leads, &t.toll)));
        let total = civilians + others;
        let judged = [
            ("killed, within the stated range", range.contains(&total), total, main.total()),
            ("killed, the main toll", main.total() == total, total, main.total()),
            ("civilians", main.civilians() == civilians, civilians, main.civilians()),
            ("non-civilians", main.fighters() == others, others, main.fighters()),
            (
                "children",
                main.children == number(&row.gold.children),
                number(&row.gold.children),
                main.children,
            ),
            ("women", main.women == number(&row.gold.women), number(&row.gold.women), main.women),
        ];
        for (name, right, gold, found) in judged {
            *self.right.entry(name).or_default() += usize::from(right);
            if !right {
                let _ = writeln!(
                    self.errors,
                    "{}\t{name}\tgold {gold}\tfound {found} {range:?}",
                    row.id
                );
            }
        }
    }

    fn to_markdown(&self, of: usize) -> String {
        let mut out = String::from(
            "| field | what is counted | of | right | percent |\n|---|---|--:|--:|--:|\n",
        );
        for (name, means) in FIELDS {
            let right = self.right.get(name).copied().unwrap_or_default();
            let percent = 100.0 * crate::coder::align::ratio(right, of);
            let _ = writeln!(out, "| {name} | {means} | {of} | {right} | {percent:.1} |");
        }
        out.push_str(
            "\nMost frequent errors:\n\n| field | gold | found | reports |\n|---|---|---|--:|\n",
        );
        let mut confused: Vec<_> = self.confused.iter().collect();
        confused.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for ((name, gold, found), count) in confused.into_iter().take(SHOWN) {
            let _ = writeln!(out, "| {name} | {gold} | {found} | {count} |");
        }
        out
    }
}

/// So many kinds of errors are shown.
const SHOWN: usize = 16;

const FIELDS: [(&str, &str); 8] = [
    ("actor", "the heaviest actor, in gold's seven classes"),
    ("cause of death", "the heaviest cause, in gold's six classes"),
    (
        "killed, within the stated range",
        "gold's civilians and non-civilians together lie between the lowest and the highest toll of headline and lead, or of the report where these give none",
    ),
    ("killed, the main toll", "the same number is the largest toll of headline and lead"),
    (
        "civilians",
        "of the main toll those who are no fighters, people of whom no more is said among them",
    ),
    ("non-civilians", "fighters, soldiers and police of the main toll"),
    ("children", "the largest number of children that the report states, within the main toll"),
    ("women", "the same of women"),
];

/// The heaviest of the values that the sentences' claims give.
fn chosen(
    told: &[Told<'_>],
    values: impl Fn(&Told<'_>, &ClaimContent) -> Vec<&'static str>,
) -> &'static str {
    let weighed = told.iter().flat_map(|sentence| {
        let mut given: Vec<&'static str> = Vec::new();
        for value in sentence.claims.iter().flat_map(|claim| values(sentence, claim)) {
            if !given.contains(&value) {
                given.push(value);
            }
        }
        given.into_iter().map(|value| (value, sentence.weight()))
    });
    heaviest(weighed).unwrap_or(UNKNOWN)
}

/// Gold's cause of death of a claim.
fn cause(told: &Told<'_>, claim: &ClaimContent, text: &str) -> Option<&'static str> {
    category::cause(claim.type_id.as_str(), told.range.slice(text).unwrap_or_default())
}

/// Who did the main event: of the claims whose cause of death is the report's or is not told.
fn main_actor(told: &[Told<'_>], main: &str, text: &str) -> &'static str {
    chosen(told, |told, claim| {
        let fits = cause(told, claim, text).is_none_or(|cause| cause == main);
        if fits { actors(told, claim) } else { Vec::new() }
    })
}

/// Gold's classes of those who did it: the claim's initiators; the sides of a clash less those whose people the sentence
/// says were killed.
fn actors(told: &Told<'_>, claim: &ClaimContent) -> Vec<&'static str> {
    let of = |claim: &ClaimContent, roles: &[RoleKind]| -> Vec<&'static str> {
        let fills = claim.roles.iter().filter(|r| roles.contains(&r.role));
        fills.filter_map(|r| category::actor(r.actor.as_ref()?)).collect()
    };
    let doers = of(claim, &[RoleKind::Initiator]);
    if !doers.is_empty() {
        return doers;
    }
    let sides = of(claim, &[RoleKind::Participant]);
    let victims: Vec<&str> =
        told.claims.iter().flat_map(|c| of(c, &[RoleKind::Victim, RoleKind::Target])).collect();
    let left: Vec<&'static str> = sides.iter().filter(|s| !victims.contains(s)).copied().collect();
    if left.len() == 1 { left } else { Vec::new() }
}
