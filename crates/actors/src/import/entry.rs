//! An actor to be written, and how it is written.

use std::fmt::Write as _;

use averment_types::{ActorKind, CountryCode};

use crate::{PartialDate, Tie};

/// Names of one entry are held up to so many, ties too.
const MOST_EACH: usize = 500;

/// A tie to another actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) id: String,
    pub(super) tie: Tie,
    pub(super) since: Option<PartialDate>,
    pub(super) until: Option<PartialDate>,
    pub(super) reason: String,
}

/// An actor, or names and ties for one that the program has.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: ActorKind,
    pub(super) country: Option<CountryCode>,
    pub(super) active_in: Vec<CountryCode>,
    pub(super) aliases: Vec<String>,
    pub(super) acronyms: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) founded: Option<PartialDate>,
    pub(super) dissolved: Option<PartialDate>,
    pub(super) ucdp: Option<u32>,
    pub(super) parents: Vec<Link>,
    pub(super) allies: Vec<String>,
    /// The role of `[[actor]]` that it fills in its country.
    pub(super) role: &'static str,
    pub(super) note: String,
    pub(super) source: &'static str,
    /// Whether the id is one of the program's actors, to which this adds.
    pub(super) more: bool,
}

/// How far a name can be trusted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Name,
    Acronym,
    Weak,
}

impl Entry {
    pub(super) fn new(id: String, name: String, kind: ActorKind, source: &'static str) -> Self {
        Self {
            id,
            name,
            kind,
            country: None,
            active_in: Vec::new(),
            aliases: Vec::new(),
            acronyms: Vec::new(),
            weak: Vec::new(),
            founded: None,
            dissolved: None,
            ucdp: None,
            parents: Vec::new(),
            allies: Vec::new(),
            role: "",
            note: String::new(),
            source,
            more: false,
        }
    }

    /// Adds a name once.
    pub(super) fn call(&mut self, name: String, trust: Trust) {
        let lists = [&self.aliases, &self.acronyms, &self.weak];
        let count: usize = lists.iter().map(|list| list.len()).sum();
        if count >= MOST_EACH || lists.iter().any(|list| list.contains(&name)) {
            return;
        }
        match trust {
            Trust::Name => self.aliases.push(name),
            Trust::Acronym => self.acronyms.push(name),
            Trust::Weak => self.weak.push(name),
        }
    }

    pub(super) fn tie(&mut self, link: Link) {
        if self.parents.len() < MOST_EACH && link.id != self.id && !self.parents.contains(&link) {
            self.parents.push(link);
        }
    }

    pub(super) const fn is_named(&self) -> bool {
        !(self.aliases.is_empty() && self.acronyms.is_empty() && self.weak.is_empty())
    }

    /// Adds a sentence to the note.
    pub(super) fn note(&mut self, sentence: &str) {
        if !self.note.is_empty() {
            self.note.push_str("; ");
        }
        self.note.push_str(sentence);
    }

    /// Appends the entry as TOML.
    pub(super) fn write(&self, out: &mut String) {
        out.push_str(if self.more { "\n[[more]]\n" } else { "\n[[actor]]\n" });
        field(out, "id", &self.id);
        if !self.more {
            field(out, "name", &self.name);
            field(out, "kind", &kind(self.kind));
            if let Some(country) = &self.country {
                field(out, "country", country.as_str());
            }
            list(out, "active_in", self.active_in.iter().map(CountryCode::as_str));
            for (key, date) in [("founded", self.founded), ("dissolved", self.dissolved)] {
                if let Some(date) = date {
                    field(out, key, &date.to_string());
                }
            }
            if let Some(ucdp) = self.ucdp {
                _ = writeln!(out, "ucdp = {ucdp}");
            }
            if !self.role.is_empty() {
                field(out, "role", self.role);
            }
        }
        list(out, "aliases", self.aliases.iter().map(String::as_str));
        list(out, "acronyms", self.acronyms.iter().map(String::as_str));
        list(out, "weak", self.weak.iter().map(String::as_str));
        self.write_ties(out);
        list(out, "allies", self.allies.iter().map(String::as_str));
        if !self.note.is_empty() {
            field(out, "note", &self.note);
        }
        if !self.more {
            field(out, "source", self.source);
        }
    }

    fn write_ties(&self, out: &mut String) {
        if self.parents.is_empty() {
            return;
        }
        out.push_str("parents = [\n");
        for link in &self.parents {
            let tie = match link.tie {
                Tie::PartOf => "part_of",
                Tie::LoyalTo => "loyal_to",
                Tie::Leads => "leads",
                Tie::MemberOf => "member_of",
                Tie::OutletOf => "outlet_of",
            };
            _ = write!(out, "  {{ id = {}, tie = \"{tie}\"", quoted(&link.id));
            for (key, date) in [("since", link.since), ("until", link.until)] {
                if let Some(date) = date {
                    _ = write!(out, ", {key} = \"{date}\"");
                }
            }
            if !link.reason.is_empty() {
                _ = write!(out, ", reason = {}", quoted(&link.reason));
            }
            out.push_str(" },\n");
        }
        out.push_str("]\n");
    }
}

pub(super) fn kind(kind: ActorKind) -> String {
    let value = toml::Value::try_from(kind).ok();
    value.as_ref().and_then(toml::Value::as_str).unwrap_or("other").to_owned()
}

pub(super) fn field(out: &mut String, key: &str, value: &str) {
    _ = writeln!(out, "{key} = {}", quoted(value));
}

/// A list of strings; nothing for an empty one.
pub(super) fn list<'v>(out: &mut String, key: &str, values: impl Iterator<Item = &'v str>) {
    let values: Vec<String> = values.map(quoted).collect();
    if !values.is_empty() {
        _ = writeln!(out, "{key} = [{}]", values.join(", "));
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Letters of an id that come from one name at most.
const LONGEST_ID: usize = 80;

/// `prefix` and the name in lower-case Latin letters and digits with hyphens.
pub(super) fn slug(prefix: &str, name: &str) -> String {
    let mut out = prefix.to_owned();
    for c in name.chars() {
        let before = out.len();
        for b in any_ascii::any_ascii_char(c).bytes() {
            if b.is_ascii_alphanumeric() {
                out.push(b.to_ascii_lowercase().into());
            }
        }
        if out.len() == before && !matches!(c, '\'' | '\u{2019}' | '.') && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= LONGEST_ID {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}
