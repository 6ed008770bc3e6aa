//! MUC-4: who did it, to whom, with what, by role and by incident.
//!
//! Owns the reading of the corpus, two systems under test and the tables. The systems are what a user can have:
//! `claims` makes fillers of the coder's claims, `heard` takes what `Reader::violence` says. Of the corpus only the
//! development half is scored; nothing was trained on it or tuned to it.

mod claims;
mod gold;
mod heard;
mod score;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::Coder;
use averment_lang::{Reader, ReaderKind};
use averment_types::Report;

use crate::EvalError;
use crate::count::Count;
use gold::Document;
pub use score::{Entity, Fillers, Role, Template, normal};

/// The scores of one system.
#[derive(Default)]
struct Score {
    roles: BTreeMap<Role, Count>,
    kinds: BTreeMap<String, Count>,
    templates: Count,
    /// Documents without a template, and those of them in which something was found.
    empty: usize,
    spoilt: usize,
}

impl Score {
    fn add(&mut self, gold: &Document, found: &[Template]) {
        let (wanted, own) = (gold::fillers(&gold.templates), gold::fillers(found));
        for role in Role::ALL {
            let of = |fillers: &Fillers| fillers.get(&role).cloned().unwrap_or_default();
            self.roles.entry(role).or_default().add(score::role(&of(&wanted), &of(&own)));
        }
        self.templates.add(score::templates(&gold.templates, found));
        for kind in gold::KINDS {
            let of = |all: &[Template]| -> Vec<Template> {
                all.iter().filter(|template| template.kinds.contains(kind)).cloned().collect()
            };
            let count = score::templates(&of(&gold.templates), &of(found));
            self.kinds.entry(kind.to_owned()).or_default().add(count);
        }
        if gold.templates.is_empty() {
            self.empty += 1;
            self.spoilt += usize::from(!found.is_empty());
        }
    }
}

/// Scores both systems on the documents in the folder `corpora`/muc4 and gives the tables.
///
/// # Errors
/// When the coder or the reader cannot be made or a file of the corpus cannot be read.
pub fn run(corpora: &Path) -> Result<String, EvalError> {
    let documents = gold::documents(&corpora.join("muc4/templates-dev.jsonl"))?;
    let kind = ReaderKind::Fast;
    let coder = Coder::shipped(kind).map_err(|source| EvalError::Coder { source })?;
    let broken = |source| EvalError::Reader { kind, source };
    let reader = Reader::shipped(kind).map_err(broken)?;
    let (mut by_claims, mut by_ear) = (Score::default(), Score::default());
    for document in &documents {
        let report = Report::of_body(&document.id, &document.text).ok_or_else(|| {
            EvalError::Malformed { path: document.id.clone(), met: "no text".to_owned() }
        })?;
        by_ear.add(document, &heard::templates(&reader, &report).map_err(broken)?);
        by_claims.add(document, &claims::templates(&coder, report));
    }
    let mut out = format!(
        "{} documents of MUC-4's tests 1 and 2 (`role-fillers-dev`, `templates-dev`); neither trained on nor tuned to. \
         CEAF-REE: entities of a role, matched one to one in a document; a found one is right where all its mentions are \
         the gold one's. CEAF-RME (phi subset): the same within templates that are matched one to one by kind of incident. \
         The role fillers' gold is the templates' put together.\n",
        documents.len()
    );
    write(&mut out, "The coder's claims, mapped", &by_claims);
    write(&mut out, "`Reader::violence`, the learnt head", &by_ear);
    Ok(out)
}

fn write(out: &mut String, name: &str, score: &Score) {
    let mut all = Count::default();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "\n{name}; finds something in {} of {} documents without a template.\n\n\
         | what | right | found | gold | P | R | F1 |\n|---|--:|--:|--:|--:|--:|--:|\n",
        score.spoilt, score.empty
    );
    let mut row = |name: &str, c: Count| {
        let Count { right, found, gold } = c;
        let (p, r, f) = (c.precision(), c.recall(), c.f1());
        let _ = writeln!(out, "| {name} | {right} | {found} | {gold} | {p:.3} | {r:.3} | {f:.3} |");
    };
    for (role, count) in &score.roles {
        row(role.name(), *count);
        all.add(*count);
    }
    row("**all roles, CEAF-REE**", all);
    for (kind, count) in &score.kinds {
        row(&format!("templates: {kind}"), *count);
    }
    row("**all templates, CEAF-RME**", score.templates);
}
