//! Corroboration: which reports tell of one incident, and what the incidents of our own should come to.
//!
//! Owns four measures: stories over the documents of `gun-violence-archive` (asked: 0.85), of ECB+ (one group a half
//! topic) and of FA-KES (gold: day and place, crowd-sourced); and the incidents of `corpus/corroborate`, with their
//! origins, tolls and disputes. The threshold of nearness was chosen on ECB+; nothing was fitted to the others.

pub mod own;
pub mod partition;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions};
use averment_extract::Coder;
use averment_types::{
    CodedReport, DateInterval, DatePrec, Published, PublishedSource, Report, TextRange, Url, Zone,
    ZoneKind,
};
use jiff::civil::Date;
use serde::Deserialize;

use crate::EvalError;
use crate::place::rows;
use partition::{Scores, score};

/// The table, and what was wrong, a line each.
#[derive(Debug, Clone, Default)]
pub struct Evaluation {
    /// The tables as Markdown.
    pub tables: String,
    /// For a look, never for the repository.
    pub errors: String,
}

/// A document before it is coded.
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) outlet: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) url: Option<Url>,
    /// Its gold group.
    pub(crate) group: String,
}

/// Scores the corpora under `corpora` and the project's own incidents in `own`.
///
/// # Errors
/// When a corpus is missing or of another form, or the coder cannot be made.
pub fn run(corpora: &Path, own: &Path) -> Result<Evaluation, EvalError> {
    let coder = crate::place::coder()?;
    let mut evaluation = Evaluation::default();
    evaluation.tables.push_str(
        "| documents | groups | found | B-cubed P | R | F1 | MUC F1 | CEAF F1 | CoNLL |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let sets: [(&str, Vec<Document>); 3] = [
        ("gun-violence-archive", gun_violence(&corpora.join("gun-violence-archive"))?),
        ("ECB+, half topics", ecb(&corpora.join("ecb-plus/ECB+"))?),
        ("FA-KES, day and place", fakes(&corpora.join("fa-kes"))?),
    ];
    for (name, documents) in sets {
        let scores = stories(&coder, name, &documents, &mut evaluation.errors)?;
        line(&mut evaluation.tables, &format!("{name} ({})", scores.documents), &scores);
    }
    let own = own::run(&coder, own)?;
    line(
        &mut evaluation.tables,
        &format!("our own incidents, claims ({})", own.scores.documents),
        &own.scores,
    );
    evaluation.tables.push_str(&own.table);
    evaluation.errors.push_str(&own.errors);
    Ok(evaluation)
}

fn line(tables: &mut String, name: &str, s: &Scores) {
    _ = writeln!(
        tables,
        "| {name} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
        s.gold_groups,
        s.groups,
        s.b_cubed.precision,
        s.b_cubed.recall,
        s.b_cubed.f1(),
        s.muc.f1(),
        s.ceaf.f1(),
        s.conll()
    );
}

/// A room with these documents coded, and the coded reports.
pub(crate) fn room(
    coder: &Coder,
    documents: &[Document],
) -> Result<(Corroborator, Vec<CodedReport>), EvalError> {
    let registry = Registry::shipped().map_err(|source| EvalError::Actors { source })?;
    let mut room = Corroborator::new(&registry, Decisions::default())
        .map_err(|source| EvalError::Corroborate { source })?;
    let mut all = Vec::new();
    for coded in documents.iter().filter_map(report).map(|report| coder.code(report).report) {
        room.add(&coded);
        all.push(coded);
    }
    room.settle();
    Ok((room, all))
}

fn stories(
    coder: &Coder,
    name: &str,
    documents: &[Document],
    errors: &mut String,
) -> Result<Scores, EvalError> {
    let (room, _) = room(coder, documents)?;
    let found: BTreeMap<String, u64> =
        room.stories().into_iter().map(|(id, s)| (id.to_string(), s)).collect();
    let mut pairs = Vec::new();
    for document in documents {
        if let Some(story) = found.get(&document.id) {
            pairs.push((document.group.clone(), story.to_string()));
            _ = writeln!(errors, "{name}\t{}\t{story}\t{}", document.group, document.id);
        }
    }
    Ok(score(&pairs))
}

/// The document as a report: each paragraph a zone.
fn report(document: &Document) -> Option<Report> {
    let title = document.title.as_deref().filter(|title| !title.trim().is_empty());
    let text = title
        .map_or_else(|| document.text.clone(), |title| format!("{title}\n\n{}", document.text));
    let mut report = Report::of_body(&document.id, &text)?;
    let mut zones = Vec::new();
    for paragraph in text.split('\n').filter(|paragraph| !paragraph.trim().is_empty()) {
        let kind =
            if zones.is_empty() && title.is_some() { ZoneKind::Headline } else { ZoneKind::Body };
        let range = TextRange::of(&text, paragraph)?.trimmed(&text);
        zones.push(Zone { kind, range });
    }
    report.zones = zones;
    report.title.clone_from(&document.title);
    report.outlet.clone_from(&document.outlet);
    report.url.clone_from(&document.url);
    report.published = document.date.map(|day| Published {
        interval: DateInterval::day(day),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: day.to_string(),
    });
    report.digest = report.compute_digest();
    Some(report)
}

#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    dct: String,
    uri: String,
    content: String,
    incident: String,
}

fn gun_violence(folder: &Path) -> Result<Vec<Document>, EvalError> {
    let articles: Vec<Article> = rows(&folder.join("docs.jsonl"))?;
    let document = |a: Article| Document {
        id: a.id,
        title: Some(a.title),
        text: a.content,
        outlet: None,
        date: a.dct.parse().ok(),
        url: Url::parse(&a.uri).ok(),
        group: a.incident,
    };
    Ok(articles.into_iter().map(document).collect())
}

#[derive(Deserialize)]
struct Fake {
    id: String,
    title: String,
    text: String,
    outlet: String,
    gold: FakeGold,
}

#[derive(Deserialize)]
struct FakeGold {
    date: String,
    place: String,
}

fn fakes(folder: &Path) -> Result<Vec<Document>, EvalError> {
    let articles: Vec<Fake> = rows(&folder.join("dev.jsonl"))?;
    let document = |a: Fake| Document {
        id: a.id,
        title: Some(a.title),
        text: a.text,
        outlet: Some(a.outlet),
        date: None,
        url: None,
        group: format!("{}/{}", a.gold.date, a.gold.place),
    };
    Ok(articles.into_iter().map(document).collect())
}

/// One document a file; its group is its topic and half, as its name has them: `12_3ecbplus` is of `12ecbplus`.
fn ecb(folder: &Path) -> Result<Vec<Document>, EvalError> {
    let failed = |source| EvalError::Read { path: folder.display().to_string(), source };
    let mut documents = Vec::new();
    for topic in fs::read_dir(folder).map_err(failed)? {
        for file in fs::read_dir(topic.map_err(failed)?.path()).map_err(failed)? {
            let path = file.map_err(failed)?.path();
            let name =
                path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let Some((topic, half)) = name.split_once('_') else {
                continue;
            };
            let half = half.trim_start_matches(|c: char| c.is_ascii_digit());
            let source = fs::read_to_string(&path).map_err(failed)?;
            documents.push(Document {
                group: format!("{topic}{half}"),
                text: tokens(&source),
                id: name,
                title: None,
                outlet: None,
                date: None,
                url: None,
            });
        }
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(documents)
}

/// The tokens of an ECB+ file, a sentence a line.
fn tokens(source: &str) -> String {
    let mut text = String::new();
    let mut sentence = None;
    for token in source.split("<token ").skip(1) {
        let attribute = token.split_once("sentence=\"").and_then(|(_, rest)| rest.split_once('"'));
        let here = attribute.map(|(number, _)| number.to_owned());
        let word = token
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once('<'))
            .map_or("", |(word, _)| word);
        let word = word.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'");
        if !text.is_empty() {
            text.push(if here == sentence { ' ' } else { '\n' });
        }
        sentence = here;
        text.push_str(word.trim());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_sentences() {
        let source = "<Document><token t_id=\"1\" sentence=\"0\" number=\"0\">Two</token>\n\
            <token t_id=\"2\" sentence=\"0\" number=\"1\">died</token><token t_id=\"3\" sentence=\"1\">A&amp;B</token>";
        assert_eq!(tokens(source), "Two died\nA&B");
    }
}
