//! JSON-LD: what a page says of its article for machines.
//!
//! Owns the search for the article among the objects; refuses to fail: what is broken says nothing.

use serde_json::Value;

/// Longest script that is parsed, in bytes.
const MAX_SCRIPT: usize = 1024 * 1024;

/// What JSON-LD states about an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Article {
    pub(crate) headline: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Vec<String>,
}

impl Article {
    /// Fills what is missing from `other`.
    pub(crate) fn merge(&mut self, other: Self) {
        self.headline = self.headline.take().or(other.headline);
        self.author = self.author.take().or(other.author);
        self.publisher = self.publisher.take().or(other.publisher);
        self.url = self.url.take().or(other.url);
        self.published.extend(other.published);
    }
}

/// The article in one script; an empty one where there is none or the script is broken.
pub(crate) fn read(script: &str) -> Article {
    let mut found = Article::default();
    let trimmed = script
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->")
        .trim()
        .trim_end_matches(';');
    if trimmed.len() > MAX_SCRIPT {
        return found;
    }
    // Line breaks inside strings are the commonest defect of such scripts.
    let mended = || trimmed.replace(['\n', '\r', '\t'], " ");
    let value = serde_json::from_str::<Value>(trimmed).or_else(|_| serde_json::from_str(&mended()));
    let Ok(value) = value else { return found };
    let mut waiting = vec![&value];
    let mut others = Article::default();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => {
                match rank(fields.get("@type")) {
                    Some(true) => found.merge(of_object(fields)),
                    Some(false) => others.merge(of_object(fields)),
                    None => {}
                }
                for key in
                    ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"]
                {
                    waiting.extend(fields.get(key));
                }
            }
            _ => {}
        }
    }
    if found.published.is_empty() {
        found.published = others.published;
    }
    found
}

/// `true` for an article, `false` for the page around one.
fn rank(kind: Option<&Value>) -> Option<bool> {
    let names: Vec<&str> = match kind? {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    if names.iter().any(|n| {
        n.ends_with("Article")
            || n.ends_with("Posting")
            || matches!(*n, "Report" | "Review" | "Blog" | "CreativeWork")
    }) {
        return Some(true);
    }
    names.iter().any(|n| n.ends_with("Page")).then_some(false)
}

fn of_object(fields: &serde_json::Map<String, Value>) -> Article {
    let text = |key: &str| fields.get(key).and_then(name);
    let dates = ["datePublished", "dateCreated"].into_iter().filter_map(text);
    Article {
        headline: text("headline").or_else(|| text("name")),
        author: text("author").or_else(|| text("creator")),
        publisher: text("publisher"),
        url: fields.get("url").and_then(Value::as_str).map(str::to_owned),
        published: dates.take(1).collect(),
    }
}

/// A text, the name of an object, or the names in a list joined by commas.
fn name(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) => fields.get("name")?.as_str()?.to_owned(),
        Value::Array(items) => {
            let names: Vec<&str> = items
                .iter()
                .filter_map(|item| item.as_str().or_else(|| item.get("name")?.as_str()))
                .collect();
            names.join(", ")
        }
        _ => return None,
    };
    let clean = super::squeeze(&crate::html::unescape(&text));
    (!clean.is_empty()).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_found_in_a_graph() {
        let script = r#"{"@context": "https://schema.org", "@graph": [
            {"@type": "WebSite", "name": "Example Wire"},
            {"@type": ["NewsArticle"], "headline": "Clashes near the border", "datePublished": "2020-03-13T08:00:00Z",
             "author": [{"@type": "Person", "name": "Ann Author"}, {"name": "Ben Byline"}], "publisher": {"name": "Example Wire"}}]}"#;
        let article = read(script);
        assert_eq!(article.headline.as_deref(), Some("Clashes near the border"));
        assert_eq!(article.author.as_deref(), Some("Ann Author, Ben Byline"));
        assert_eq!(article.publisher.as_deref(), Some("Example Wire"));
        assert_eq!(article.published, ["2020-03-13T08:00:00Z"]);
    }

    #[test]
    fn broken_scripts_say_nothing() {
        for script in [
            "",
            "{",
            "[1, {\"@type\": 3}]",
            "{\"@type\": \"NewsArticle\", \"author\": 7, \"headline\": {}}",
            &"[".repeat(100_000),
        ] {
            assert_eq!(read(script), Article::default());
        }
        let wrapped = "{\"@type\": \"NewsArticle\", \"headline\": \"Two\nlines\"}";
        assert_eq!(read(wrapped).headline.as_deref(), Some("Two lines"));
    }
}
