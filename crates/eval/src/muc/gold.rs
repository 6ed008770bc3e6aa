//! The corpus: a document a line, with its templates.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::score::{Entity, Fillers, Role, Template, normal};
use crate::EvalError;
use crate::coder::rows;

/// The kinds of incident that the corpus has.
pub(super) const KINDS: [&str; 6] =
    ["arson", "attack", "bombing", "forced work stoppage", "kidnapping", "robbery"];

/// A document with what should be found in it.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) templates: Vec<Template>,
}

#[derive(Deserialize)]
struct Line {
    docid: String,
    doctext: String,
    templates: Vec<Raw>,
}

/// Mentions are words with their first place in the text.
type RawEntities = Vec<Vec<(String, usize)>>;

#[derive(Deserialize)]
struct Raw {
    incident_type: String,
    #[serde(flatten)]
    roles: BTreeMap<String, RawEntities>,
}

/// The documents of the file at `path`.
pub(super) fn documents(path: &Path) -> Result<Vec<Document>, EvalError> {
    let lines: Vec<Line> = rows(path)?;
    let document = |line: Line| Document {
        id: line.docid,
        text: line.doctext,
        templates: line.templates.iter().map(template).collect(),
    };
    Ok(lines.into_iter().map(document).collect())
}

fn template(raw: &Raw) -> Template {
    let entities = |role: Role| -> Vec<Entity> {
        let all = raw.roles.get(role.key()).into_iter().flatten();
        all.map(|entity| entity.iter().map(|(words, _)| normal(words)).collect()).collect()
    };
    Template {
        kinds: raw.incident_type.split(" / ").map(str::to_owned).collect(),
        fillers: Role::ALL.into_iter().map(|role| (role, entities(role))).collect(),
    }
}

/// All fillers of `templates`; entities of a role that share a mention are one.
pub(super) fn fillers(templates: &[Template]) -> Fillers {
    let mut all = Fillers::new();
    for (role, entities) in templates.iter().flat_map(|template| &template.fillers) {
        let own = all.entry(*role).or_default();
        for entity in entities {
            if own.iter().all(|known| known.is_disjoint(entity)) {
                own.push(entity.clone());
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_understood_and_its_fillers_put_together() {
        let line = r#"{"docid": "1", "doctext": "rebels of the front", "templates": [
            {"incident_type": "bombing / attack", "PerpInd": [[["rebels", 0]]], "PerpOrg": [[["the front", 10], ["f", 3]]],
             "Target": [], "Victim": [], "Weapon": []},
            {"incident_type": "arson", "PerpInd": [], "PerpOrg": [[["front", 14]]], "Target": [], "Victim": [], "Weapon": []}]}"#;
        let line: Line = serde_json::from_str(line).unwrap();
        let templates: Vec<Template> = line.templates.iter().map(template).collect();
        assert_eq!(templates[0].kinds.len(), 2);
        let all = fillers(&templates);
        assert_eq!((all[&Role::Person].len(), all[&Role::Group].len()), (1, 1));
        assert!(all[&Role::Group][0].contains("front"));
    }
}
