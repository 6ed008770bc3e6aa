//! The city of an incident, from the several articles on it.
//!
//! The choice: every settlement (for an incident that is listed under a county: every district) that the
//! articles name gets the sum of its mentions' weights over title and text of all articles of the incident;
//! the heaviest is the answer, on a tie the one named first. A place that the gazetteer knows is one place
//! in all its spellings; one that it does not know is its name. Where gold is "A (B)", either counts.

use std::collections::BTreeMap;
use std::path::Path;

use averment_place::Gazetteer;
use averment_types::{PlaceKind, PlaceValue};
use serde::Deserialize;

use super::{Measure, PlaceTable, plain, read, rows, weight};
use crate::EvalError;

const PART: &str = "gun-violence-archive";

#[derive(Deserialize)]
struct Article {
    title: String,
    content: String,
    incident: String,
}

#[derive(Deserialize)]
struct Incident {
    #[serde(rename = "incident_uri")]
    uri: String,
    state: String,
    city_or_county: String,
}

/// A place that articles name.
#[derive(Debug, Clone)]
struct Named {
    names: Vec<String>,
    state: Option<String>,
    known: bool,
    weight: f64,
    first: usize,
}

/// Scores the incidents of the folder.
pub(super) fn score(g: &Gazetteer, folder: &Path, table: &mut PlaceTable) -> Result<(), EvalError> {
    let incidents: Vec<Incident> = rows(&folder.join("incidents.jsonl"))?;
    let mut articles: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for article in rows::<Article>(&folder.join("docs.jsonl"))? {
        articles.entry(article.incident.clone()).or_default().push(article);
    }
    let (mut city, mut both, mut among) = (0, 0, 0);
    for incident in &incidents {
        let texts = articles.get(&incident.uri).map_or(&[][..], Vec::as_slice);
        let found = places(g, texts, incident.city_or_county.ends_with("(county)"));
        let gold = golds(&incident.city_or_county);
        let matches = |n: &Named| n.names.iter().any(|name| gold.contains(name));
        let best = found.first();
        let right = best.is_some_and(matches);
        let state = plain(&incident.state);
        let in_state = best.is_some_and(|b| b.state.as_ref() == Some(&state));
        city += usize::from(right);
        both += usize::from(right && in_state);
        among += usize::from(found.iter().any(matches));
        let cause = match (right, in_state, found.iter().find(|n| matches(n))) {
            (true, true, _) => continue,
            (true, false, _) if best.is_some_and(|b| !b.known) => {
                "city named, not in the gazetteer or open, so no state"
            }
            (true, false, _) => "a city of that name in another state or country",
            (false, _, Some(_)) => "another of the articles' places preferred",
            (false, _, None) if says(texts, &gold) => "the name is in the text, no place was found",
            (false, _, None) => "the articles do not name it",
        };
        let tops: Vec<String> = found
            .iter()
            .take(4)
            .map(|n| format!("{:?}/{:?} {:.1}", n.names, n.state, n.weight))
            .collect();
        table.wrong(
            PART,
            cause,
            &format!(
                "{} {}, {}: {}",
                incident.uri,
                incident.city_or_county,
                incident.state,
                tops.join("; ")
            ),
        );
    }
    let of = incidents.len();
    let mut push = |name, means, right| table.measures.push(Measure { name, means, right, of });
    push("GVA city", "incidents whose city is the heaviest settlement of their articles", city);
    push("GVA city and state", "of these, the settlement also lies in the incident's state", both);
    push("GVA city found", "incidents whose city is among the settlements at all", among);
    Ok(())
}

/// The names that gold allows: "A (B)" is A or B.
fn golds(city: &str) -> Vec<String> {
    city.split(['(', ')']).map(plain).filter(|name| !name.is_empty() && name != "county").collect()
}

fn says(articles: &[Article], gold: &[String]) -> bool {
    articles.iter().any(|a| {
        let text = format!(" {} {} ", plain(&a.title), plain(&a.content));
        gold.iter().any(|name| text.contains(&format!(" {name} ")))
    })
}

/// The places that the articles name, the heaviest first.
fn places(g: &Gazetteer, articles: &[Article], districts: bool) -> Vec<Named> {
    let wanted = if districts { PlaceKind::Admin2 } else { PlaceKind::Settlement };
    let mut found: BTreeMap<String, Named> = BTreeMap::new();
    let mut count = 0;
    for article in articles {
        let text = format!("{}\n\n{}", article.title, article.content);
        let (mentions, sentences) = read(g, &text);
        for mention in mentions.iter().filter(|m| m.value.kind == wanted) {
            count += 1;
            let value = &mention.value;
            let key = value.gazetteer_id.clone().unwrap_or_else(|| plain(&value.name));
            let named = found.entry(key).or_insert_with(|| Named {
                names: names(value),
                state: value.admin1.as_deref().map(plain),
                known: value.gazetteer_id.is_some(),
                weight: 0.0,
                first: count,
            });
            named.weight += weight(mention, &sentences);
        }
    }
    let mut all: Vec<Named> = found.into_values().collect();
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.first.cmp(&b.first)));
    all
}

/// The gazetteer's name, and the name as written without what stands behind a comma.
fn names(value: &PlaceValue) -> Vec<String> {
    let written = value.text.split(',').next().unwrap_or_default();
    let mut names = vec![plain(&value.name), plain(written)];
    for name in &mut names {
        if let Some(short) = name.strip_suffix(" county") {
            *name = short.to_owned();
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(title: &str, content: &str) -> Article {
        Article { title: title.into(), content: content.into(), incident: "1".into() }
    }

    #[test]
    fn either_name_of_gold_counts() {
        assert_eq!(golds("Bell (Cudahy)"), ["bell", "cudahy"]);
        assert_eq!(golds("Weld (county)"), ["weld"]);
    }

    #[test]
    fn the_heaviest_settlement_comes_first() {
        let g = Gazetteer::shipped().unwrap();
        let articles = [
            article("Man shot in Chicago", "A man came from Detroit. He died in Chicago."),
            article("Shots in Chicago", "Police in Chicago were called."),
        ];
        let found = places(&g, &articles, false);
        assert_eq!(found[0].names[0], "chicago");
        assert_eq!(found[0].state.as_deref(), Some("illinois"));
        assert_eq!(found.len(), 2);
    }
}
