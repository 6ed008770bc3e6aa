//! The fields of a JSON record.
//!
//! Owns the names and types of the fields that have a meaning, and keeps all others; refuses a record
//! without words or with words of the wrong type.

use std::collections::BTreeMap;

use averment_types::{LanguageCode, TextRange, Url, Warning, WarningCode};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::{Unescaped, unescape};
use crate::{RefusalReason, language};

/// Longest id, in bytes, that is taken as one.
const MAX_ID_BYTES: usize = 512;

/// The words of a record.
pub(crate) enum Content {
    Text(Unescaped),
    Html(Unescaped),
}

/// A record's fields as far as they were understood.
pub(crate) struct Record {
    pub(crate) content: Content,
    pub(crate) id: Option<String>,
    pub(crate) url: Option<Url>,
    pub(crate) title: Option<String>,
    /// The title as it stands in the record, with the way back to it.
    pub(crate) headline: Option<Unescaped>,
    pub(crate) author: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) language: Option<LanguageCode>,
    pub(crate) published: Option<Value>,
    /// Every field that has no meaning here, or whose value was not understood.
    pub(crate) extra: BTreeMap<String, Value>,
    pub(crate) warnings: Vec<Warning>,
}

/// Reads the record in `line`.
pub(crate) fn read(line: &str) -> Result<Record, RefusalReason> {
    let mut fields = Fields::parse(line)?;
    let content = fields.content()?;
    let id = fields.id()?;
    let mut record = Record {
        content,
        id,
        url: fields.take("url", |value| Url::parse(value.as_str()?).ok()),
        headline: fields.literal("title"),
        title: fields.take("title", words),
        author: fields.take("author", names),
        outlet: fields.take("outlet", words),
        language: fields.take("language", |value| language::named(value.as_str()?)),
        published: fields.take("published", |value| Some(value.clone())),
        extra: BTreeMap::new(),
        warnings: fields.warnings,
    };
    for (name, raw) in fields.raw {
        match serde_json::from_str(raw.get()) {
            Ok(value) => {
                record.extra.insert(name, value);
            }
            // Valid, but nested deeper than a value may be; the original line keeps it.
            Err(_) => record.warnings.push(unreadable("a field is nested too deep to be kept")),
        }
    }
    record.extra.extend(fields.unread);
    Ok(record)
}

/// Warns that a field was not understood.
pub(crate) fn unreadable(message: &str) -> Warning {
    Warning { code: WarningCode::FieldUnreadable, message: message.to_owned() }
}

/// The fields of a record that are not yet read.
struct Fields<'a> {
    line: &'a str,
    raw: BTreeMap<String, &'a RawValue>,
    /// Known fields with values that were not understood.
    unread: BTreeMap<String, Value>,
    warnings: Vec<Warning>,
}

impl<'a> Fields<'a> {
    fn parse(line: &'a str) -> Result<Self, RefusalReason> {
        let invalid =
            |error: serde_json::Error| RefusalReason::JsonInvalid { column: error.column() };
        if !line.trim_start().starts_with('{') {
            serde_json::from_str::<&RawValue>(line).map_err(invalid)?;
            return Err(RefusalReason::RecordNotObject);
        }
        Ok(Self {
            line,
            raw: serde_json::from_str(line).map_err(invalid)?,
            unread: BTreeMap::new(),
            warnings: Vec::new(),
        })
    }

    /// The words: `text`, or `html` where there is no text.
    fn content(&mut self) -> Result<Content, RefusalReason> {
        let text = self.string("text")?;
        let html = self.string("html")?;
        match (text, html) {
            (Some(text), _) => Ok(Content::Text(text)),
            (None, Some(html)) => Ok(Content::Html(html)),
            (None, None) => Err(RefusalReason::TextMissing),
        }
    }

    /// A field that must be a string; `None` where it is missing, null or blank.
    fn string(&mut self, field: &'static str) -> Result<Option<Unescaped>, RefusalReason> {
        let Some(raw) = self.raw.remove(field) else {
            return Ok(None);
        };
        let literal = raw.get();
        if literal == "null" {
            return Ok(None);
        }
        let place = TextRange::of(self.line, literal).filter(|_| literal.starts_with('"'));
        let Some(place) = place else {
            let expected = "a string";
            return Err(RefusalReason::FieldType { field, expected });
        };
        let read = unescape(literal, place.start());
        if read.replaced {
            self.warnings.push(Warning {
                code: WarningCode::EncodingDoubtful,
                message: format!("the field {field} holds half a surrogate pair"),
            });
        }
        Ok((!read.text.trim().is_empty()).then_some(read))
    }

    /// The words of a field that is a string, which is not taken out.
    fn literal(&self, field: &str) -> Option<Unescaped> {
        let literal = self.raw.get(field)?.get();
        let place = TextRange::of(self.line, literal).filter(|_| literal.starts_with('"'))?;
        Some(unescape(literal, place.start()))
    }

    /// The id: a string or a whole number; one that cannot be an id is kept aside with a warning.
    fn id(&mut self) -> Result<Option<String>, RefusalReason> {
        let Some(raw) = self.raw.remove("id") else {
            return Ok(None);
        };
        let wrong =
            RefusalReason::FieldType { field: "id", expected: "a string or a whole number" };
        let text = match serde_json::from_str(raw.get()) {
            Ok(Value::Null) => return Ok(None),
            Ok(Value::String(text)) => text.trim().to_owned(),
            Ok(Value::Number(number)) if !number.is_f64() => number.to_string(),
            _ => return Err(wrong),
        };
        if text.is_empty() {
            return Ok(None);
        }
        if text.len() > MAX_ID_BYTES || text.chars().any(char::is_control) {
            let message = "the field id is too long or holds control characters";
            self.warnings.push(unreadable(message));
            self.unread.insert("id".to_owned(), Value::String(text));
            return Ok(None);
        }
        Ok(Some(text))
    }

    /// A field read by `read`; `None` where it is missing, null or blank. A value that is not
    /// understood is kept among the other fields, with a warning.
    fn take<T>(&mut self, field: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let raw = self.raw.remove(field)?;
        let value = serde_json::from_str::<Value>(raw.get()).ok();
        match value {
            Some(Value::Null) => None,
            Some(Value::String(text)) if text.trim().is_empty() => None,
            Some(value) => {
                let found = read(&value);
                if found.is_none() {
                    self.set_aside(field, value);
                }
                found
            }
            None => {
                self.set_aside(field, Value::Null);
                None
            }
        }
    }

    fn set_aside(&mut self, field: &str, value: Value) {
        let message = format!("the field {field} was not understood and is kept as given");
        self.warnings.push(unreadable(&message));
        self.unread.insert(field.to_owned(), value);
    }
}

/// A string in one line.
fn words(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// One name or a list of names.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) if !list.is_empty() => {
            let names: Option<Vec<String>> = list.iter().map(words).collect();
            Some(names?.join(", "))
        }
        other => words(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> &'static str {
        read(line).map(|_| ()).unwrap_err().code()
    }

    #[test]
    fn a_record_without_words_is_refused() {
        assert_eq!(refused("{\"text\": }"), "json_invalid");
        assert_eq!(refused("[1]"), "record_not_object");
        assert_eq!(refused("7"), "record_not_object");
        assert_eq!(refused(r#"{"title":"x"}"#), "text_missing");
        assert_eq!(refused(r#"{"text":"  "}"#), "text_missing");
        assert_eq!(refused(r#"{"text":["x"]}"#), "field_type");
        assert_eq!(refused(r#"{"text":"x","id":{}}"#), "field_type");
    }

    #[test]
    fn fields_are_read_and_the_others_kept() {
        let line = r#"{"id":17,"text":"x","title":" a\n b ","author":["A B","C"],"url":"ftp://x",
            "language":"eng","outlet":null,"section":{"a":[1]},"published":1584057600}"#;
        let record = read(line).unwrap();
        assert_eq!(record.id.as_deref(), Some("17"));
        assert_eq!(record.title.as_deref(), Some("a b"));
        assert_eq!(record.author.as_deref(), Some("A B, C"));
        assert_eq!(record.language, LanguageCode::parse("en").ok());
        assert_eq!(record.url, None);
        let kept: Vec<_> = record.extra.keys().map(String::as_str).collect();
        assert_eq!(kept, ["section", "url"]);
        assert_eq!(record.warnings.len(), 1);
    }

    #[test]
    fn a_value_nested_deep_harms_nobody() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let line = format!(r#"{{"text":"x","deep":{deep},"title":{deep}}}"#);
        let record = read(&line).unwrap();
        assert_eq!(record.warnings.len(), 2);
    }
}
